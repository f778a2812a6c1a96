from django.urls import path

from reports.dashboard import views

urlpatterns = [path("tong-quan/", views.dashboard, name="dashboard")]
