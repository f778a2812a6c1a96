from coordination.conferences import urls as conferences
from coordination.evaluations import urls as evaluations
from coordination.inbox import urls as inbox
from coordination.programs import urls as programs
from coordination.reorganisation import urls as reorganisation
from coordination.tasks import urls as tasks

app_name = "coordination"
urlpatterns = [
    *inbox.urlpatterns,
    *programs.urlpatterns,
    *tasks.urlpatterns,
    *evaluations.urlpatterns,
    *conferences.urlpatterns,
    *reorganisation.urlpatterns,
]
