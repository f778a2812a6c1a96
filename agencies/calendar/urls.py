from django.urls import path

from agencies.calendar import views

_HERE = "quan-tri/ngay-lam-viec/"

urlpatterns = [
    path(_HERE, views.workday_list, name="workday-list"),
    path(f"{_HERE}bo-ngay/", views.workday_clear, name="workday-clear"),
    path(f"{_HERE}theo-danh-muc/", views.workday_follow, name="workday-follow"),
]
