from django.urls import path

from coordination.partyreports import views

_PROGRAM = "chuong-trinh/<slug:program>/bao-cao-cac-ben/"

urlpatterns = [
    path(_PROGRAM, views.party_reports, name="party-reports"),
    path(f"{_PROGRAM}tong-hop/", views.party_reports_together, name="party-reports-together"),
    path(f"{_PROGRAM}yeu-cau/<int:year>/", views.party_report_call, name="party-report-call"),
    path(f"{_PROGRAM}yeu-cau/<int:year>/nhac/", views.party_reports_ask, name="party-reports-ask"),
    path(f"{_PROGRAM}<slug:agency>/<int:year>/", views.party_report_write, name="party-report-write"),
    path("bao-cao-cac-ben/<int:report>/gui/", views.party_report_send, name="party-report-send"),
    path("bao-cao-cac-ben/<int:report>/lay-lai/", views.party_report_take_back, name="party-report-take-back"),
    path("bao-cao-cac-ben/<int:report>/tra-lai/", views.party_report_return, name="party-report-return"),
]
