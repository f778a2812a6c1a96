from django.urls import path

from reports.levels import views

urlpatterns = [
    path("tong-quan/don-vi/", views.levels, name="levels"),
    path("tong-quan/don-vi/<slug:unit>/", views.levels, name="level"),
]
