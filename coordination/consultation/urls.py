from django.urls import path

from coordination.consultation import views

_ALL = "chuong-trinh/<slug:program>/y-kien/"
_ROUND, _COMMENT = f"{_ALL}dot-<int:round>/", f"{_ALL}<int:comment>/"

urlpatterns = [
    path(_ALL, views.consultation, name="consultation"),
    path(f"{_ALL}mo/", views.consultation_open, name="consultation-open"),
    path(f"{_ALL}tra-loi/", views.answer_next, name="comment-answer-next"),
    path(f"{_ROUND}du-thao/", views.consultation_text, name="consultation-text"),
    path(f"{_ROUND}gop-y/", views.comment_add, name="comment-add"),
    path(f"{_ROUND}bao-xong/", views.consultation_reply, name="consultation-reply"),
    path(f"{_ROUND}gia-han/", views.consultation_extend, name="consultation-extend"),
    path(f"{_ROUND}ket-thuc/", views.consultation_close, name="consultation-close"),
    path(f"{_COMMENT}sua/", views.comment_edit, name="comment-edit"),
    path(f"{_COMMENT}rut/", views.comment_withdraw, name="comment-withdraw"),
    path(f"{_COMMENT}tra-loi/", views.comment_answer, name="comment-answer"),
]
