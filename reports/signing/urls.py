from django.urls import path

from reports.signing import views

_ONE = "chuong-trinh/<slug:program>/ky-so/"

urlpatterns = [
    path(_ONE, views.signing_round, name="signing-round"),
    path(f"{_ONE}tep.pdf", views.signing_file, name="signing-file"),
    path(f"{_ONE}lap-tep/", views.signing_prepare, name="signing-prepare"),
    path(f"{_ONE}rut-tep/", views.signing_withdraw, name="signing-withdraw"),
    path(f"{_ONE}<int:field>/nop/", views.signing_upload, name="signing-upload"),
    path(f"{_ONE}<int:field>/dia-chi/", views.signing_addresses, name="signing-addresses"),
    path("cong-cu-ky/<str:token>/tep.pdf", views.tool_file, name="signing-tool-file"),
    path("cong-cu-ky/<str:token>/nop/", views.tool_upload, name="signing-tool-upload"),
]
