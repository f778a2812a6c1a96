from agencies.directory import urls as directory
from agencies.log import urls as log
from agencies.people import urls as people
from agencies.registry import urls as registry
from agencies.units import urls as units

app_name = "agencies"
urlpatterns = [*registry.urlpatterns, *units.urlpatterns, *directory.urlpatterns, *log.urlpatterns, *people.urlpatterns]
