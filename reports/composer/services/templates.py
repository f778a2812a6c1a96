"""An office keeps the words its reports begin with."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from reports.composed.enums import ReportKind
from reports.composed.models import PartTemplate
from reports.composed.tokens import faults_in
from reports.composer.permissions import can_write_template
from reports.composer.queries import TEMPLATE_PARTS, UNNUMBERED_PARTS, known_in_templates
from reports.composer.services.writing import LONGEST_TEXT


@transaction.atomic
def write_template(
    agency: Agency, *, actor: Membership, kind: ReportKind, key: str, text: str, revision: int
) -> PartTemplate:
    """Keep an office's own words for a part; empty words give the part back to the portal.

    Rule: R-COMPOSE-6. Drafts begun or refreshed from then on begin with them; a token nobody knows is refused with its
    line and what may have been meant.
    Raises: NotAllowed; Conflict where somebody saved it meanwhile; RuleBroken.
    """
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    require(can_write_template(actor, agency))
    if kind not in ReportKind.values or key not in TEMPLATE_PARTS:
        raise RuleBroken(_("Choose one of the listed values"))
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise RuleBroken(_("At most 20000 characters"), "text")
    known = known_in_templates(agency)
    if faults := faults_in(text, known, takes_exhibits=key not in UNNUMBERED_PARTS):
        raise RuleBroken(" ".join(fault.told for fault in faults), "text")
    kept = PartTemplate.objects.filter(agency=agency, kind=kind, key=key).first()
    if (kept.revision if kept else 0) != revision:
        raise Conflict(_("Someone else saved this template after you opened it. Your text is kept beside theirs."))
    if kept is None:
        kept = PartTemplate(agency=agency, kind=kind, key=key, revision=0)
    before = {"text": kept.text}
    kept.text, kept.revision, kept.changed_at, kept.changed_by = text, kept.revision + 1, clock.now(), actor
    kept.save()
    told = {"text": text, "part": str(TEMPLATE_PARTS[key])}
    record(AuditAction.CHANGED, actor=actor, about=kept, before=before, after=told)
    return kept
