from django.urls import path

from reports.projection import views

_WALL = "hoi-nghi/<slug:conference>/trinh-chieu/"

urlpatterns = [
    path(_WALL, views.projection, name="projection"),
    path(f"{_WALL}luu-san.js", views.projection_worker, name="projection-worker"),
]
