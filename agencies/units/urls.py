from django.urls import path

from agencies.units import views

urlpatterns = [
    path("quan-tri/don-vi/", views.unit_list, name="unit-list"),
    path("quan-tri/don-vi/tao/", views.unit_create, name="unit-create"),
    path("quan-tri/don-vi/<slug:unit>/", views.unit_detail, name="unit-detail"),
    path("quan-tri/don-vi/<slug:unit>/ten/<int:name>/", views.unit_name, name="unit-name"),
]
