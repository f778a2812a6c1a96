from agencies.calendar import urls as calendar
from agencies.certificates import urls as certificates
from agencies.directory import urls as directory
from agencies.groups import urls as groups
from agencies.log import urls as log
from agencies.people import urls as people
from agencies.registry import urls as registry
from agencies.units import urls as units

app_name = "agencies"
urlpatterns = [
    *calendar.urlpatterns,
    *certificates.urlpatterns,
    *registry.urlpatterns,
    *groups.urlpatterns,
    *units.urlpatterns,
    *directory.urlpatterns,
    *log.urlpatterns,
    *people.urlpatterns,
]
