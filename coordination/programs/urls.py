from django.urls import path

from coordination.programs import views

_ONE = "chuong-trinh/<slug:program>/"

urlpatterns = [
    path("chuong-trinh/", views.program_list, name="program-list"),
    path("chuong-trinh/tao/", views.program_create, name="program-create"),
    path(_ONE, views.program_detail, name="program-detail"),
    path(f"{_ONE}nhiem-vu/", views.program_tasks, name="program-tasks"),
    path(f"{_ONE}thong-nhat/", views.program_agreement, name="program-agreement"),
    path(f"{_ONE}thong-nhat/<int:party>/", views.program_agree, name="program-agree"),
    path(f"{_ONE}thong-nhat/<int:party>/van-ban/", views.program_agree_letter, name="program-agree-letter"),
    path(f"{_ONE}trinh-cap-uy/", views.program_submission, name="program-submission"),
    path(f"{_ONE}ky-ket/", views.program_signing, name="program-signing"),
    path(f"{_ONE}ky-ket/the-thuc/", views.program_paper_rules, name="program-paper-rules"),
    path(f"{_ONE}ky-ket/cach-ky/", views.program_signing_plan, name="program-signing-plan"),
    path(f"{_ONE}ky-ket/han-ky/", views.program_last_day, name="program-last-day"),
    path(f"{_ONE}ky-ket/rut-ban/", views.program_recall, name="program-recall"),
    path(f"{_ONE}ky-ket/<int:slot>/doi-chieu/", views.program_attest, name="program-attest"),
    path(f"{_ONE}ky-ket/<int:slot>/da-ky/", views.program_sign, name="program-sign"),
    path(f"{_ONE}ky-ket/<int:slot>/tra-lai/", views.program_return, name="program-return"),
    path(f"{_ONE}ky-ket/<int:slot>/nguoi-ky/", views.program_signer, name="program-signer"),
    path(f"{_ONE}ky-ket/<int:slot>/ban-quet/", views.program_scan, name="program-scan"),
    path(f"{_ONE}van-ban/", views.program_documents, name="program-documents"),
    path(f"{_ONE}lich-su/", views.program_history, name="program-history"),
]
