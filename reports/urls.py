from reports.dashboard import urls as dashboard
from reports.exports import urls as exports
from reports.issuing import urls as issuing
from reports.search import urls as search

app_name = "reports"
urlpatterns = [*dashboard.urlpatterns, *exports.urlpatterns, *issuing.urlpatterns, *search.urlpatterns]
