from django.urls import path

from coordination.evaluations.urls import ROUND
from coordination.findings import views

_ONE = f"{ROUND}nhan-dinh/<int:position>/"

urlpatterns = [
    path("danh-gia/han-che/", views.limitation_list, name="limitation-list"),
    path(f"{ROUND}nhan-dinh/", views.evaluation_findings, name="evaluation-findings"),
    path(f"{ROUND}nhan-dinh/ghi/", views.evaluation_finding, name="evaluation-finding"),
    path(_ONE, views.finding_detail, name="finding-detail"),
    path(f"{_ONE}sua/", views.finding_edit, name="finding-edit"),
    path(f"{_ONE}xoa/", views.finding_remove, name="finding-remove"),
    path(f"{_ONE}khac-phuc/", views.limitation_remedy, name="limitation-remedy"),
    path(f"{_ONE}khac-phuc/moi/", views.limitation_task, name="limitation-task"),
    path(f"{_ONE}khong-khac-phuc/", views.limitation_waive, name="limitation-waive"),
    path(f"{_ONE}mo-lai/", views.limitation_reopen, name="limitation-reopen"),
]
