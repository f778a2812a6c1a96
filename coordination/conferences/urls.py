from django.urls import path

from coordination.conferences import views

_ONE = "hoi-nghi/<slug:conference>/"

urlpatterns = [
    path("hoi-nghi/", views.conference_list, name="conference-list"),
    path("hoi-nghi/tao/", views.conference_create, name="conference-create"),
    path(_ONE, views.conference_detail, name="conference-detail"),
    path(f"{_ONE}thanh-phan/", views.conference_people, name="conference-people"),
    path(f"{_ONE}tai-lieu/", views.conference_documents, name="conference-documents"),
    path(f"{_ONE}lich-su/", views.conference_history, name="conference-history"),
    path(f"{_ONE}bien-ban/", views.conference_minutes, name="conference-minutes"),
    path(f"{_ONE}bien-ban/<int:position>/", views.conference_item, name="conference-item"),
    path(f"{_ONE}phat-bieu/", views.conference_speech, name="conference-speech"),
    path(f"{_ONE}ket-luan/", views.conference_conclusions, name="conference-conclusions"),
    path(f"{_ONE}ket-luan/<int:position>/nhiem-vu/", views.conference_task, name="conference-task"),
    path(f"{_ONE}them-muc/", views.conference_agenda, name="conference-agenda"),
    path(f"{_ONE}khai-mac/", views.conference_open, name="conference-open"),
    path(f"{_ONE}be-mac/", views.conference_close, name="conference-close"),
]
