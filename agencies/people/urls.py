from django.urls import path

from agencies.people import views

_POSTS = "co-quan/<slug:unit>/<slug:agency>/chuc-vu/"
_ACCOUNTS = "quan-tri/nguoi-dung/"

urlpatterns = [
    path("can-bo/", views.person_list, name="person-list"),
    path("can-bo/<int:pk>/", views.person_detail, name="person-detail"),
    path("can-bo/<int:pk>/ho-ten/", views.person_rename, name="person-rename"),
    path(_POSTS, views.office_list, name="office-list"),
    path(f"{_POSTS}them/", views.office_add, name="office-add"),
    path(f"{_POSTS}<int:office>/sua/", views.office_edit, name="office-edit"),
    path(f"{_POSTS}<int:office>/ket-thuc/", views.office_close, name="office-close"),
    path(f"{_POSTS}<int:office>/bo-nhiem/", views.office_appoint, name="office-appoint"),
    path(f"{_POSTS}giu-chuc/<int:holding>/thoi-giu/", views.holding_end, name="holding-end"),
    path(f"{_POSTS}giu-chuc/<int:holding>/dinh-chinh/", views.holding_correct, name="holding-correct"),
    path(_ACCOUNTS, views.user_list, name="user-list"),
    path(f"{_ACCOUNTS}moi/", views.user_invite, name="user-invite"),
    path(f"{_ACCOUNTS}<int:pk>/", views.user_detail, name="user-detail"),
    path(f"{_ACCOUNTS}<int:pk>/vai-tro/", views.user_role, name="user-role"),
    path(f"{_ACCOUNTS}<int:pk>/vai-tro/<int:role>/ket-thuc/", views.user_role_end, name="user-role-end"),
    path(f"{_ACCOUNTS}<int:pk>/vai-tro/<int:role>/chuyen/", views.user_move, name="user-move"),
    path(f"{_ACCOUNTS}<int:pk>/tam-ngung/", views.user_suspend, name="user-suspend"),
    path(f"{_ACCOUNTS}<int:pk>/khoi-phuc/", views.user_restore, name="user-restore"),
    path(f"{_ACCOUNTS}<int:pk>/moi-lai/", views.user_invite_again, name="user-invite-again"),
]
