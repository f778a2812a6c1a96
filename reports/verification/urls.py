from django.urls import path

from reports.verification import views

urlpatterns = [
    path("xac-minh/", views.verify, name="verify"),
    path("xac-minh/tep/", views.verify_file, name="verify-file"),
    path("xac-minh/<str:code>/", views.verify_code, name="verify-code"),
    path("bao-cao/van-ban/<int:pk>/thu-hoi/", views.withdraw, name="document-withdraw"),
]
