from reports.bundles import urls as bundles
from reports.checking import urls as checking
from reports.composer import urls as composer
from reports.dashboard import urls as dashboard
from reports.dashboard.paper import urls as dashboard_paper
from reports.exports import urls as exports
from reports.issuing import urls as issuing
from reports.levels import urls as levels
from reports.preview import urls as preview
from reports.projection import urls as projection
from reports.search import urls as search
from reports.signing import urls as signing
from reports.verification import urls as verification
from reports.weekly import urls as weekly

app_name = "reports"
urlpatterns = [
    *bundles.urlpatterns,
    *checking.urlpatterns,
    *composer.urlpatterns,
    *dashboard.urlpatterns,
    *dashboard_paper.urlpatterns,
    *exports.urlpatterns,
    *issuing.urlpatterns,
    *levels.urlpatterns,
    *preview.urlpatterns,
    *projection.urlpatterns,
    *search.urlpatterns,
    *signing.urlpatterns,
    *verification.urlpatterns,
    *weekly.urlpatterns,
]
