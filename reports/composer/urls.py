from django.urls import path

from reports.composer import views

urlpatterns = [
    path("bao-cao/soan/hoi-nghi/<slug:conference>/", views.begin_on_conference, name="report-begin-conference"),
    path("bao-cao/soan/chuong-trinh/<slug:program>/<int:year>/", views.begin_on_program, name="report-begin-program"),
    path("bao-cao/mau-van-ban/", views.report_templates, name="report-templates"),
    path("bao-cao/mau-van-ban/<slug:agency>/<slug:kind>/<str:key>/", views.report_template, name="report-template"),
    path("bao-cao/<int:composed>/soan/", views.report_compose, name="report-compose"),
    path("bao-cao/<int:composed>/soan/<int:block>/", views.report_block, name="report-block"),
    path("bao-cao/<int:composed>/soan/<int:block>/ban-tu-soan/", views.report_block_words, name="report-block-words"),
    path("bao-cao/<int:composed>/soan/<int:block>/sap-xep/", views.report_block_settle, name="report-block-settle"),
    path("bao-cao/<int:composed>/soan/<int:block>/xoa/", views.report_part_remove, name="report-part-remove"),
    path("bao-cao/<int:composed>/muc-luc/", views.report_parts, name="report-parts"),
    path("bao-cao/<int:composed>/so-lieu/", views.report_figures, name="report-figures"),
    path("bao-cao/<int:composed>/trinh-ky/", views.report_submit, name="report-submit"),
    path("bao-cao/<int:composed>/tra-lai/", views.report_return, name="report-return"),
    path("bao-cao/<int:composed>/dong-y/", views.report_approve, name="report-approve"),
    path("bao-cao/<int:composed>/rut-ve/", views.report_take_back, name="report-take-back"),
    path("bao-cao/<int:composed>/lich-su/", views.report_history, name="report-history"),
]
