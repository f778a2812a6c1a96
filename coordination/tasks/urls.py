from django.urls import path

from coordination.tasks import views

urlpatterns = [
    path("nhiem-vu/tao/", views.create, name="task-create"),
    path("nhiem-vu/tao/ban-nhap/", views.new_task_draft, name="new-task-draft"),
    path("nhiem-vu/tao/co-quan/", views.find_agencies, name="task-agencies"),
    path("nhiem-vu/<str:task>/", views.detail, name="task-detail"),
    path("nhiem-vu/<str:task>/sua/", views.edit, name="task-edit"),
    path("nhiem-vu/<str:task>/sua/ban-nhap/", views.task_draft, name="task-draft"),
    path("nhiem-vu/<str:task>/tien-do/", views.progress, name="task-progress"),
    path("nhiem-vu/<str:task>/phan-viec/<int:role>/", views.part, name="task-part"),
    path("nhiem-vu/<str:task>/viec/<int:step>/", views.step, name="task-step"),
    path("nhiem-vu/<str:task>/xac-nhan/", views.confirm, name="task-confirm"),
    path("nhiem-vu/<str:task>/gia-han/", views.extend, name="task-extend"),
    path("nhiem-vu/<str:task>/dung/", views.stop, name="task-stop"),
    path("nhiem-vu/<str:task>/lich-su/", views.history, name="task-history"),
    path("minh-chung/<int:pk>/", views.evidence, name="evidence-download"),
]
