from django.urls import include, path

from portal import probes, views

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.missing
handler500 = views.failed

urlpatterns = [
    path("", views.home, name="home"),
    path("dang-nhap/", views.SignIn.as_view(), name="sign-in"),
    path("dang-nhap/ma-xac-thuc/", views.sign_in_code, name="sign-in-code"),
    path("dang-nhap/ma-khoi-phuc/", views.sign_in_recovery, name="sign-in-recovery"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("quen-mat-khau/", views.forgotten, name="password-forgotten"),
    path("quen-mat-khau/da-gui/", views.reset_asked, name="password-asked"),
    path("lien-ket/<str:token>/", views.one_time_link, name="one-time-link"),
    path("them/", views.more, name="more"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/mat-khau/", views.change_password, name="account-password"),
    path("tai-khoan/co-quan/", views.act_as, name="account-acting"),
    path("tai-khoan/xac-thuc-hai-lop/", views.second_factor_page, name="second-factor"),
    path("tai-khoan/xac-thuc-hai-lop/bat-dau/", views.start_second_factor, name="second-factor-start"),
    path("tai-khoan/xac-thuc-hai-lop/xac-nhan/", views.confirm_second_factor, name="second-factor-confirm"),
    path("tai-khoan/xac-thuc-hai-lop/ma-khoi-phuc/", views.renew_recovery_codes, name="second-factor-codes"),
    path("tai-khoan/xac-thuc-hai-lop/go/", views.remove_second_factor, name="second-factor-remove"),
    path("tai-khoan/thiet-bi/", views.devices, name="devices"),
    path("tai-khoan/thiet-bi/ket-thuc/", views.end_other_devices, name="devices-end-others"),
    path("tai-khoan/thiet-bi/<int:pk>/ket-thuc/", views.end_device, name="device-end"),
    path("quan-tri/", views.administration, name="administration"),
    path("quan-tri/dang-nhap/", views.sign_in_policy, name="sign-in-policy"),
    path("quan-tri/dang-nhap/<slug:username>/", views.sign_in_help, name="sign-in-help"),
    path("quan-tri/dang-nhap/<slug:username>/lien-ket/", views.issue_link, name="sign-in-help-link"),
    path("quan-tri/dang-nhap/<slug:username>/xac-thuc/", views.reset_second_factor, name="sign-in-help-factor"),
    path("quan-tri/dang-nhap/<slug:username>/thiet-bi/", views.end_sign_ins, name="sign-in-help-devices"),
    path("quan-tri/may-chu/", views.server_condition, name="server-condition"),
    path("quan-tri/viec-nen/", views.background, name="background"),
    path("quan-tri/viec-nen/<slug:name>/chay/", views.background_run, name="background-run"),
    path("quan-tri/viec-nen/thu/<int:pk>/gui-lai/", views.letter_again, name="letter-again"),
    path("viec-chay/", views.job_list, name="job-list"),
    path("viec-chay/<int:pk>/", views.job_page, name="job"),
    path("viec-chay/<int:pk>/tinh-trang/", views.job_state, name="job-state"),
    path("viec-chay/<int:pk>/tep/", views.job_file, name="job-file"),
    path("viec-chay/<int:pk>/thu-lai/", views.job_retry, name="job-retry"),
    path("tro-giup/", views.help_page, name="help"),
    # These three are answered before anything else, see portal/probes.py.
    path("healthz", probes.health, name="health"),
    path("readyz", probes.ready, name="ready"),
    path("metrics", probes.metrics, name="metrics"),
    path("", include("agencies.urls")),
    path("", include("coordination.urls")),
    path("", include("reports.urls")),
]
