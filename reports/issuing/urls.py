from django.urls import path

from reports.issuing import views

urlpatterns = [
    path("bao-cao/", views.report_list, name="report-list"),
    path("bao-cao/chuong-trinh/<slug:program>.pdf", views.program_pdf, name="program-pdf"),
    path("bao-cao/chuong-trinh/<slug:program>/phat-hanh/", views.issue_program, name="issue-program"),
    path("bao-cao/hoi-nghi/<slug:conference>.pdf", views.conference_report, name="conference-report-pdf"),
    path("bao-cao/pdf/<slug:kind>/<slug:key>.pdf", views.paper_pdf, name="paper-pdf"),
    path("bao-cao/phat-hanh/<slug:kind>/<slug:key>/", views.issue_paper, name="issue-paper"),
    path("bao-cao/van-ban/<int:pk>.pdf", views.document_pdf, name="document-pdf"),
]
