from django.urls import path

from coordination.inbox import views

urlpatterns = [path("viec-cua-toi/", views.my_work, name="my-work")]
