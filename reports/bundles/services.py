"""All papers of a year in one file: asked for, packed by a job, handed over."""

import hashlib

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.access.decisions import require
from agencies.models import Membership
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.jobs.kinds import JobKind, Made, Work
from records.jobs.services import enqueue
from records.models import Job
from reports.bundles.packing import packed, withdrawn_on
from reports.bundles.permissions import can_have_bundle, can_take_papers, held_by
from reports.bundles.queries import papers_of_year

PACK_PAPERS = "papers-of-year"
MOST_BYTES = 2 * 1024**3
ZIP = "application/zip"


def ask_for_papers(year: int, *, actor: Membership, asked_from: str = "") -> Job:
    """Have the papers dated in a year packed, those the actor sees. The same papers asked for again are the same job.

    Why no entry: nothing of the record changes; `tell_bundle` leaves one when the file is taken.
    Raises: NotAllowed; RuleBroken where the actor sees none, or more than one file may hold.
    """
    require(can_take_papers(actor))
    papers = list(papers_of_year(actor, year))
    if not papers:
        raise RuleBroken(_("No paper dated in %(year)s was issued yet.") % {"year": year})
    if sum(paper.file.size_bytes for paper in papers) > MOST_BYTES:
        raise RuleBroken(_("The papers of %(year)s are too large for one file. Take them one by one.") % {"year": year})
    told = (f"{paper.pk} {paper.file.sha256} {withdrawn_on(paper)}\n" for paper in papers)
    inside = hashlib.sha256("".join(told).encode()).hexdigest()
    return enqueue(
        PACK_PAPERS,
        actor=actor,
        key=f"{year} {inside}",
        title=_("Papers issued in %(year)s") % {"year": year},
        asked_from=asked_from,
        year=year,
    )


def pack_papers(work: Work) -> Made:
    """Pack the papers of a year that the one who asked sees now: rights are asked again, by whoever does the job.

    Why no entry: see `ask_for_papers`.
    Raises: RuleBroken where the role it was asked in has ended, nothing is left to pack or a file is damaged.
    """
    year = work.values["year"]
    usable = Membership.objects.usable_on(clock.today()).select_related("user", "agency__unit")
    actor = usable.filter(pk=work.asked_by).first()
    if actor is None or not can_take_papers(actor):
        raise RuleBroken(_("The role this was asked for in has ended."))
    papers = list(papers_of_year(actor, year))
    if not papers:
        raise RuleBroken(_("No paper dated in %(year)s was issued yet.") % {"year": year})
    return Made(
        f"van-ban-{year}.zip", ZIP, packed(papers, year, told=work.advance), {"held": [paper.pk for paper in papers]}
    )


def tell_bundle(job: Job, actor: Membership) -> None:
    """The audit tells who took which papers out of the portal.

    Rule: R-AUDIT-1.
    """
    told = {
        "file": job.result_name,
        "sha256": job.result_sha256,
        "year": job.values["year"],
        "papers": len(held_by(job)),
    }
    record(AuditAction.EXPORTED, actor=actor, after=told)


KIND = JobKind(
    PACK_PAPERS, run=pack_papers, label=gettext_lazy("Bundle of papers"), may_have=can_have_bundle, tell=tell_bundle
)
