from django.urls import path

from coordination.workbooks import views

urlpatterns = [
    path("nhiem-vu/nhap-excel/", views.home, name="workbook-home"),
    path("nhiem-vu/nhap-excel/so-cua-co-quan/", views.agency_workbook, name="agency-workbook"),
    path("chuong-trinh/<slug:program>/so-nhiem-vu/", views.program_workbook, name="program-workbook"),
]
