from django.urls import path

from reports.dashboard.paper import views

urlpatterns = [
    path("tong-quan/in/", views.dashboard_print, name="dashboard-print"),
    path("tong-quan/so-lieu.pdf", views.dashboard_pdf, name="dashboard-pdf"),
    path("tong-quan/so-lieu.xlsx", views.dashboard_xlsx, name="dashboard-xlsx"),
]
