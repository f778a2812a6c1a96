from django.urls import path

from coordination.versions import views

_ONE = "chuong-trinh/<slug:program>/"

urlpatterns = [
    path(f"{_ONE}so-sanh/", views.program_comparison, name="program-comparison"),
    path(f"{_ONE}phien-ban/<str:label>/", views.program_version, name="program-version"),
    path(f"{_ONE}so-voi-ban-ky/", views.program_drift, name="program-drift"),
]
