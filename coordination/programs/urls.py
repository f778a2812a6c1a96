from django.urls import path

from coordination.programs import views

_ONE = "chuong-trinh/<slug:program>/"

urlpatterns = [
    path("chuong-trinh/", views.program_list, name="program-list"),
    path("chuong-trinh/tao/", views.program_create, name="program-create"),
    path(_ONE, views.program_detail, name="program-detail"),
    path(f"{_ONE}soan/", views.program_edit, name="program-edit"),
    path(f"{_ONE}soan/muc/", views.section_add, name="program-section-add"),
    path(f"{_ONE}soan/muc/<int:section>/", views.section_edit, name="program-section-edit"),
    path(f"{_ONE}soan/buoc/", views.program_step, name="program-step"),
    path(f"{_ONE}nhiem-vu/", views.program_tasks, name="program-tasks"),
    path(f"{_ONE}ky-ket/", views.program_signing, name="program-signing"),
    path(f"{_ONE}ky-ket/so/", views.program_number, name="program-number"),
    path(f"{_ONE}ky-ket/<int:slot>/da-ky/", views.program_sign, name="program-sign"),
    path(f"{_ONE}ky-ket/<int:slot>/tra-lai/", views.program_return, name="program-return"),
    path(f"{_ONE}ky-ket/<int:slot>/nguoi-ky/", views.program_signer, name="program-signer"),
    path(f"{_ONE}ky-ket/<int:slot>/ban-quet/", views.program_scan, name="program-scan"),
    path(f"{_ONE}van-ban/", views.program_documents, name="program-documents"),
    path(f"{_ONE}lich-su/", views.program_history, name="program-history"),
]
