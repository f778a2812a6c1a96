from django.urls import path

from coordination.reorganisation import views

_ALL = "quan-tri/sap-xep/"
_ONE = f"{_ALL}<int:act>/"

urlpatterns = [
    path(_ALL, views.reorganisation_list, name="reorganisation-list"),
    path(f"{_ALL}tao/", views.reorganisation_create, name="reorganisation-create"),
    path(_ONE, views.reorganisation_detail, name="reorganisation-detail"),
    path(f"{_ONE}quyet-dinh/", views.reorganisation_decision, name="reorganisation-decision"),
    path(f"{_ONE}ap-dung/", views.reorganisation_apply, name="reorganisation-apply"),
    path(f"{_ONE}hoan-tac/", views.reorganisation_undo, name="reorganisation-undo"),
    path(f"{_ONE}bo/", views.reorganisation_discard, name="reorganisation-discard"),
    path(f"{_ONE}chuan-bi-lai/", views.reorganisation_again, name="reorganisation-again"),
    path(f"{_ONE}buoc/", views.step_kinds, name="reorganisation-step-kinds"),
    path(f"{_ONE}buoc/<int:position>/", views.step_edit, name="reorganisation-step-edit"),
    path(f"{_ONE}buoc/<int:position>/bo/", views.step_remove, name="reorganisation-step-remove"),
    path(f"{_ONE}buoc/<slug:kind>/", views.step_bodies, name="reorganisation-step-bodies"),
    path(f"{_ONE}buoc/<slug:kind>/chi-tiet/", views.step_add, name="reorganisation-step-add"),
]
