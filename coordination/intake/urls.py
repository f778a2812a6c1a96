from django.urls import path

from coordination.intake import views

_ONE = "chuong-trinh/<slug:program>/nhap-nhiem-vu/"

urlpatterns = [
    path(_ONE, views.intake, name="program-intake"),
    path(f"{_ONE}mau/", views.intake_template, name="program-intake-template"),
    path(f"{_ONE}<int:table>/", views.intake_check, name="program-intake-check"),
    path(f"{_ONE}<int:table>/ghi-chu/", views.intake_notes, name="program-intake-notes"),
]
