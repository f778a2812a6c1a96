from django.urls import path

from reports.preview import views

urlpatterns = [
    path("bao-cao/trinh-bay/<slug:profile>.css", views.paper_style, name="paper-style"),
    path("bao-cao/xem-truoc/<slug:kind>/<slug:key>/", views.paper_preview, name="paper-preview"),
    path("bao-cao/word/<slug:kind>/<slug:key>.docx", views.paper_word, name="paper-word"),
]
