from django.urls import path

from coordination.drafting import views

_ONE = "chuong-trinh/<slug:program>/soan/"
_SECTION = f"{_ONE}muc/<int:section>/"

urlpatterns = [
    path(_ONE, views.program_edit, name="program-edit"),
    path(f"{_ONE}buoc/", views.program_step, name="program-step"),
    path(f"{_ONE}co-mat/", views.program_presence, name="program-presence"),
    path(f"{_ONE}can-cu/", views.program_bases, name="program-bases"),
    path(f"{_ONE}cac-ben/", views.program_parties, name="program-parties"),
    path(f"{_ONE}dan/", views.program_paste, name="program-paste"),
    path(f"{_ONE}dan/xem-truoc/", views.program_paste_preview, name="program-paste-preview"),
    path(f"{_ONE}muc/", views.section_add, name="program-section-add"),
    path(f"{_ONE}muc/ban-nhap/", views.section_draft, name="program-new-section-draft"),
    path(_SECTION, views.section_edit, name="program-section-edit"),
    path(f"{_SECTION}ban-nhap/", views.section_draft, name="program-section-draft"),
    path(f"{_SECTION}vi-tri/", views.section_place, name="program-section-place"),
    path(f"{_SECTION}nhiem-vu/", views.section_task, name="program-section-task"),
    path(f"{_SECTION}xoa/", views.section_delete, name="program-section-delete"),
]
