from django.urls import path

from coordination.evaluations import views

urlpatterns = [
    path("danh-gia/", views.evaluation_list, name="evaluation-list"),
    path("danh-gia/mo/", views.evaluation_open, name="evaluation-open"),
    path("danh-gia/<int:year>/", views.evaluation_detail, name="evaluation-detail"),
    path("danh-gia/<int:year>/tu-danh-gia/", views.evaluation_self, name="evaluation-self"),
    path("danh-gia/<int:year>/cheo/", views.evaluation_cross, name="evaluation-cross"),
    path("danh-gia/<int:year>/nhan-dinh/", views.evaluation_finding, name="evaluation-finding"),
    path("danh-gia/<int:year>/lich-su/", views.evaluation_history, name="evaluation-history"),
    path("danh-gia/<int:year>/chot/", views.evaluation_close, name="evaluation-close"),
]
