from django.urls import path

from reports.checking import views

urlpatterns = [path("bao-cao/the-thuc/<slug:kind>/<slug:key>/", views.check_paper, name="check-paper")]
