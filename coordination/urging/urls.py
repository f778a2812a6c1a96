from django.urls import path

from coordination.urging import views

urlpatterns = [
    path("don-doc/", views.letter_list, name="letter-list"),
    path("don-doc/soan/<int:addressee>/", views.letter_create, name="letter-create"),
    path("don-doc/<int:letter>/", views.letter_detail, name="letter-detail"),
    path("don-doc/<int:letter>/sua/", views.letter_edit, name="letter-edit"),
    path("don-doc/<int:letter>/bo/", views.letter_drop, name="letter-drop"),
]
