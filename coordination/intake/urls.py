from django.urls import path

from coordination.intake import views

_PROGRAM = "chuong-trinh/<slug:program>/nhap-nhiem-vu/"
_TABLE = "nhiem-vu/nhap-excel/<int:table>/"

urlpatterns = [
    path(_PROGRAM, views.intake, name="program-intake"),
    path(f"{_PROGRAM}mau/", views.intake_template, name="program-intake-template"),
    path(f"{_TABLE}kiem-tra/", views.intake_check, name="intake-check"),
    path(f"{_TABLE}ghi-chu/", views.intake_notes, name="intake-notes"),
    path(f"{_TABLE}cot/", views.intake_columns, name="intake-columns"),
    path(f"{_TABLE}hoan-tac/", views.intake_undo, name="intake-undo"),
]
