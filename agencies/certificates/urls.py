from django.urls import path

from agencies.certificates import views

_ONE = "co-quan/<slug:unit>/<slug:agency>/chung-thu-so/"

urlpatterns = [
    path(_ONE, views.certificate_list, name="certificate-list"),
    path(f"{_ONE}dang-ky/", views.certificate_add, name="certificate-add"),
    path(f"{_ONE}<int:certificate>/ket-thuc/", views.certificate_end, name="certificate-end"),
]
