from django.urls import path

from reports.exports import views

_ROUND = "bao-cao/y-kien/<slug:program>/dot-<int:round>"

urlpatterns = [
    path("bao-cao/so-sanh/<slug:program>/<str:older>/<str:newer>.pdf", views.comparison_pdf, name="comparison-pdf"),
    path("bao-cao/giay-moi/<slug:conference>.pdf", views.invitations_pdf, name="invitations-pdf"),
    path(f"{_ROUND}.docx", views.comment_table_docx, name="comment-table-docx"),
    path(f"{_ROUND}.pdf", views.comment_table_pdf, name="comment-table-pdf"),
]
