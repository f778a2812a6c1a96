from django.urls import path

from agencies.groups import views

urlpatterns = [
    path("nhom-co-quan/", views.group_list, name="group-list"),
    path("nhom-co-quan/tao/", views.group_create, name="group-create"),
    path("nhom-co-quan/<int:group>/", views.group_edit, name="group-edit"),
    path("nhom-co-quan/<int:group>/thoi-dung/", views.group_end, name="group-end"),
]
