"""What happened to an agency, its posts and those who hold them, in plain words."""

from django.utils.translation import gettext as _

from agencies.models import Agency, OfficeHolding
from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import History, Told
from records.audit.models import AuditEntry
from records.audit.queries import entries_about

# Codes of other agencies and numbers of rows are left to the page, which knows the names of the day.
_OF_AGENCY = (
    "name", "short_name", "abbreviation", "kind", "kind_label", "family", "document_symbol", "protocol_order",
    "letterhead_lines", "superior_lines", "authority", "authority_lines", "head_title", "paper_rules", "legal_basis",
    "since", "until", "last_day", "decision", "from",
)  # fmt: skip
_OF_POST = ("title", "printed_title", "authority", "seats", "since", "until", "last_day")
_OF_HOLDER = ("person", "office", "acting", "since", "until", "decision", "ended_by", "last_day")


def history_of(agency: Agency, *, before: str = "", after: str = "") -> History:
    """The events of an agency, newest first. The caller has already asked whether the actor may see it."""
    holdings = OfficeHolding.objects.filter(office__agency=agency)
    return history.read(entries_about(agency, agency.offices.all(), holdings), tell, before=before, after=after)


def tell(entry: AuditEntry) -> Told:
    """One entry about an agency, a post or its holder as a sentence."""
    if entry.object_kind == "agencies.office":
        return _post(entry)
    if entry.object_kind == "agencies.officeholding":
        return _holder(entry)
    return _agency(entry)


def _agency(entry: AuditEntry) -> Told:
    texts = {
        AuditAction.CREATED: _("Entered the agency"),
        AuditAction.CHANGED: _("Changed how the agency is recorded"),
        AuditAction.ENDED: _("The agency ended"),
        AuditAction.HANDED_OVER: _("Took over from other agencies"),
    }
    if entry.action == AuditAction.CHANGED and "name" in entry.after:
        return Told(_("The agency is called otherwise"), "", shown=_OF_AGENCY)
    if entry.action == AuditAction.CHANGED and "serves" in entry.after:
        return Told(_("The office works for another agency"), shown=("since",))
    return Told(texts.get(entry.action, str(AuditAction(entry.action).label)), shown=_OF_AGENCY)


def _post(entry: AuditEntry) -> Told:
    texts = {
        AuditAction.CREATED: _("Set up the post “%(post)s”"),
        AuditAction.CHANGED: _("Changed the post “%(post)s”"),
        AuditAction.ENDED: _("The post “%(post)s” ended"),
    }
    text = texts.get(entry.action, "%(post)s") % {"post": entry.object_label}
    return Told(text, shown=_OF_POST)


def _holder(entry: AuditEntry) -> Told:
    texts = {
        AuditAction.CREATED: _("%(holder)s took the post"),
        AuditAction.CHANGED: _("Corrected who holds a post: %(holder)s"),
        AuditAction.ENDED: _("%(holder)s left the post"),
    }
    text = texts.get(entry.action, "%(holder)s") % {"holder": entry.object_label}
    return Told(text, shown=_OF_HOLDER)
