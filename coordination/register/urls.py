from django.urls import path

from coordination.register import views

_ONE = "chuong-trinh/<slug:program>/"
_SERIES = "so-van-ban/<int:series>/"

urlpatterns = [
    path("so-van-ban/", views.register_list, name="register-list"),
    path("so-van-ban/mo/", views.series_open, name="series-open"),
    path(_SERIES, views.series_detail, name="series-detail"),
    path(f"{_SERIES}lay-so/", views.series_reserve, name="series-reserve"),
    path(f"{_SERIES}giai-trinh/", views.series_explain, name="series-explain"),
    path(f"{_SERIES}<int:number>/da-dung/", views.number_use, name="number-use"),
    path(f"{_SERIES}<int:number>/huy/", views.number_void, name="number-void"),
    path(f"{_ONE}ky-ket/so/", views.program_number, name="program-number"),
    path(f"{_ONE}phat-hanh/", views.program_issue, name="program-issue"),
    path(f"{_ONE}sua-doi/", views.program_amend, name="program-amend"),
]
