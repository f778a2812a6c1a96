from reports.dashboard import urls as dashboard
from reports.issuing import urls as issuing

app_name = "reports"
urlpatterns = [*dashboard.urlpatterns, *issuing.urlpatterns]
