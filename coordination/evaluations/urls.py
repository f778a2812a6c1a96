from django.urls import path, register_converter

from coordination.evaluations import views
from coordination.evaluations.workflow import KEY_PATTERN


class RoundKey:
    """The place of a round in an address: 2021, 2021-6-thang-dau, 2021-quy-1, 2021-dot-2."""

    regex = KEY_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value) -> str:
        return str(value)


register_converter(RoundKey, "round")

ROUND, _SCHEME = "danh-gia/<round:key>/", "danh-gia/tieu-chi/<int:scheme>/"

urlpatterns = [
    path("danh-gia/", views.evaluation_list, name="evaluation-list"),
    path("danh-gia/mo/", views.evaluation_open, name="evaluation-open"),
    path("danh-gia/tieu-chi/", views.scheme_list, name="scheme-list"),
    path("danh-gia/tieu-chi/tao/", views.scheme_create, name="scheme-create"),
    path(_SCHEME, views.scheme_detail, name="scheme-detail"),
    path(f"{_SCHEME}sua/", views.scheme_edit, name="scheme-edit"),
    path(f"{_SCHEME}phien-ban-moi/", views.scheme_copy, name="scheme-copy"),
    path(ROUND, views.evaluation_detail, name="evaluation-detail"),
    path(f"{ROUND}sua/", views.evaluation_change, name="evaluation-change"),
    path(f"{ROUND}tu-danh-gia/", views.evaluation_self, name="evaluation-self"),
    path(f"{ROUND}cheo/", views.evaluation_cross, name="evaluation-cross"),
    path(f"{ROUND}tham-dinh/", views.evaluation_verify, name="evaluation-verify"),
    path(f"{ROUND}ket-luan/", views.evaluation_conclude, name="evaluation-conclude"),
    path(f"{ROUND}chenh-lech/", views.evaluation_differences, name="evaluation-differences"),
    path(f"{ROUND}phieu/", views.evaluation_sheet, name="evaluation-sheet"),
    path(f"{ROUND}lich-su/", views.evaluation_history, name="evaluation-history"),
    path(f"{ROUND}chot/", views.evaluation_close, name="evaluation-close"),
    path(f"{ROUND}dinh-chinh/", views.evaluation_correct, name="evaluation-correct"),
]
