from django.urls import path

from agencies.log import views

urlpatterns = [
    path("quan-tri/nhat-ky/", views.log_list, name="log-list"),
    path("quan-tri/nhat-ky/xuat.csv", views.log_export, name="log-export"),
    path("quan-tri/nhat-ky/<int:sequence>/", views.log_entry, name="log-entry"),
    path("co-quan/<slug:unit>/<slug:agency>/lich-su/", views.agency_history, name="agency-history"),
]
