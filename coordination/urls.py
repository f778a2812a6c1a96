from coordination.carryover import urls as carryover
from coordination.conferences import urls as conferences
from coordination.consultation import urls as consultation
from coordination.drafting import urls as drafting
from coordination.evaluations import urls as evaluations
from coordination.findings import urls as findings
from coordination.inbox import urls as inbox
from coordination.intake import urls as intake
from coordination.lists import urls as lists
from coordination.partyreports import urls as partyreports
from coordination.programs import urls as programs
from coordination.register import urls as register
from coordination.reminders import urls as reminders
from coordination.reorganisation import urls as reorganisation
from coordination.tasks import urls as tasks
from coordination.urging import urls as urging
from coordination.versions import urls as versions
from coordination.workbooks import urls as workbooks

app_name = "coordination"
urlpatterns = [
    *inbox.urlpatterns,
    *reminders.urlpatterns,
    *programs.urlpatterns,
    *partyreports.urlpatterns,
    *versions.urlpatterns,
    *consultation.urlpatterns,
    *drafting.urlpatterns,
    *lists.urlpatterns,
    *workbooks.urlpatterns,
    *tasks.urlpatterns,
    *intake.urlpatterns,
    *evaluations.urlpatterns,
    *findings.urlpatterns,
    *conferences.urlpatterns,
    *carryover.urlpatterns,
    *register.urlpatterns,
    *urging.urlpatterns,
    *reorganisation.urlpatterns,
]
