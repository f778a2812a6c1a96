from django.urls import path

from coordination.lists import views

urlpatterns = [
    path("nhiem-vu/", views.listed, name="task-list"),
    path("nhiem-vu/xuat.xlsx", views.export, {"kind": "xlsx"}, name="task-export"),
    path("nhiem-vu/xuat.csv", views.export, {"kind": "csv"}, name="task-export-csv"),
    path("nhiem-vu/hang-loat/", views.act, name="task-act"),
    path("nhiem-vu/hang-loat/<int:change>/", views.change_detail, name="task-change"),
    path("nhiem-vu/hang-loat/<int:change>/hoan-tac/", views.undo, name="task-change-undo"),
    path("nhiem-vu/da-xoa/", views.bin_and_changes, name="task-bin"),
    path("nhiem-vu/da-xoa/<str:task>/khoi-phuc/", views.restore, name="task-restore"),
    path("nhiem-vu/bo-loc/", views.view_list, name="view-list"),
    path("nhiem-vu/bo-loc/luu/", views.view_save, name="view-save"),
    path("nhiem-vu/bo-loc/<int:view>/", views.view_edit, name="view-edit"),
    path("nhiem-vu/bo-loc/<int:view>/xoa/", views.view_delete, name="view-delete"),
]
