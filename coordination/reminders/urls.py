from django.urls import path

from coordination.reminders import views

urlpatterns = [
    path("thong-bao/", views.notice_list, name="notice-list"),
    path("thong-bao/da-doc/", views.notices_read, name="notices-read"),
    path("chuong-trinh/<slug:program>/ky-ket/nhac/", views.ask_to_sign, name="ask-to-sign"),
    path("hoi-nghi/<slug:conference>/thanh-phan/nhac/", views.ask_to_answer, name="ask-to-answer"),
    path("nhac-viec/quy-tac/", views.reminder_rules, name="reminder-rules"),
    path("nhac-viec/quy-tac/nhu-thuong/", views.reminder_rules_usual, name="reminder-rules-usual"),
    path("tai-khoan/nhac-viec/", views.reminder_settings, name="reminder-settings"),
    path("tai-khoan/nhac-viec/lich/", views.feed_open, name="feed-open"),
    path("tai-khoan/nhac-viec/lich/<int:pk>/thu-hoi/", views.feed_revoke, name="feed-revoke"),
    path("lich/<str:token>.ics", views.calendar_feed, name="calendar-feed"),
]
