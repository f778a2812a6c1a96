from django.urls import path

from agencies.directory import views

urlpatterns = [
    path("co-quan/", views.agency_list, name="agency-list"),
    path("co-quan/<slug:unit>/<slug:agency>/", views.agency_detail, name="agency-detail"),
]
