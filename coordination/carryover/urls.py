from django.urls import path

from coordination.carryover import views

_ONE = "chuong-trinh/<slug:program>/chuyen-tiep/"

urlpatterns = [
    path(_ONE, views.carry_over, name="program-carry-over"),
    path(f"{_ONE}lap/", views.carry_over_start, name="program-carry-over-start"),
]
