from django.urls import path

from agencies.registry import views

_AGENCY = "co-quan/<slug:unit>/<slug:agency>/"

urlpatterns = [
    path("co-quan/tao/", views.agency_create, name="agency-create"),
    path(f"{_AGENCY}sua/", views.agency_edit, name="agency-edit"),
    path(f"{_AGENCY}sua-loi-ghi/", views.agency_correct, name="agency-correct"),
    path(f"{_AGENCY}lien-he/", views.agency_contact, name="agency-contact"),
]
