from django.urls import path

from reports.search import views

urlpatterns = [path("tim-kiem/", views.search, name="search")]
