from django.urls import path

from reports.weekly import views

urlpatterns = [
    path("tai-khoan/bang-so-lieu-tuan/", views.weekly_settings, name="weekly-settings"),
    path("tai-khoan/bang-so-lieu-tuan/gui-thu/", views.weekly_trial, name="weekly-trial"),
]
