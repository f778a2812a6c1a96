from django.urls import include, path

from portal import views

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.missing
handler500 = views.failed

urlpatterns = [
    path("", views.home, name="home"),
    path("dang-nhap/", views.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("them/", views.more, name="more"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/mat-khau/", views.change_password, name="account-password"),
    path("tai-khoan/co-quan/", views.act_as, name="account-acting"),
    path("tro-giup/", views.help_page, name="help"),
    path("tim-kiem/", views.search, name="search"),
    path("healthz", views.health, name="health"),
    path("", include("agencies.urls")),
    path("", include("coordination.urls")),
    path("", include("reports.urls")),
]
