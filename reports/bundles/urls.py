from django.urls import path

from reports.bundles import views

urlpatterns = [path("bao-cao/nam-<int:year>/tai-ve/", views.take_papers, name="papers-of-year")]
