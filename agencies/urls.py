from agencies.directory import urls as directory

app_name = "agencies"
urlpatterns = [*directory.urlpatterns]
