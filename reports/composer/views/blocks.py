"""The editor: one block of a report with its words, its figures as links, its tables, and how it is printed."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.drafting.differences import Run, joined, runs
from records.errors import Conflict, RuleBroken
from records.forms import posted
from reports.composed.enums import BlockPart
from reports.composed.models import ComposedReport, ReportBlock
from reports.composed.tokens import exhibits_in, pieces, with_exhibit, without_exhibit
from reports.composer import services
from reports.composer.forms import BlockForm, RevisionForm
from reports.composer.permissions import can_keep_report, can_write_report
from reports.composer.queries import Contents
from reports.composer.views.frame import block_of, block_or_404, frame, report_or_404
from reports.composer.views.pickers import exhibits_of, labels_of_exhibits, tokens_of
from reports.composer.views.sheets import printed
from reports.documents.report_exhibits import EXHIBITS

INVALID, OVERTAKEN = 422, 409


@dataclass(frozen=True)
class Difference:
    """One field in both versions, each in stretches that both have or it alone."""

    label: str
    mine: list[Run]
    theirs: list[Run]


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def report_block(request: HttpRequest, composed: int, block: int) -> HttpResponse:
    """Write one block; a table or chart is put in and taken out with what is typed so far."""
    found = report_or_404(request, composed)
    if request.method != "POST":
        return block_page(request, found, block_or_404(request, found, block))
    if overtaken := _closed_meanwhile(request, found, block):
        return overtaken
    part = block_or_404(request, found, block)
    require(can_write_report(request.actor, found))
    form = BlockForm(posted(request), block=part)
    if form.is_valid():
        typed = form.values(part) | {"text": _with_exhibits(request, form.values(part)["text"])}
        try:
            services.write_block(found, part, actor=request.actor, **typed)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return _conflict(request, found, part, typed, conflict)
        else:
            messages.success(request, _("Saved “%(part)s”.") % {"part": part})
            return redirect("reports:report-block", found.pk, part.pk)
    return block_page(request, found, part, form=form)


@require_POST
@member_required
def report_block_words(request: HttpRequest, composed: int, block: int) -> HttpResponse:
    """Go back to what the portal wrote, or forward to what a person wrote."""
    own = request.POST.get("words") == "own"
    done = _("The text edited by hand is printed again.") if own else _("The portal's own text is printed again.")
    return pressed(
        request, composed, block, done, lambda *found, **more: services.choose_words(*found, own=own, **more)
    )


@require_POST
@member_required
def report_block_settle(request: HttpRequest, composed: int, block: int) -> HttpResponse:
    """Leave a block out, take it in again, or move it up or down, as the button says."""
    act = request.POST.get("act", "")
    if act in ("up", "down"):
        done = _("Moved the part.")
        return pressed(
            request, composed, block, done, lambda *found, **more: services.move_block(*found, move=act, **more)
        )
    is_included = act == "include"
    done = _("The part is printed again.") if is_included else _("The part is left out; its text is kept.")
    return pressed(
        request,
        composed,
        block,
        done,
        lambda *found, **more: services.settle_block(*found, is_included=is_included, **more),
    )


def pressed(request: HttpRequest, composed: int, block: int, done: str, act) -> HttpResponse:
    """Do what a button of a block says, then go back to where it was pressed."""
    found = report_or_404(request, composed)
    part = block_or_404(request, found, block)
    require(can_write_report(request.actor, found))
    form = RevisionForm(posted(request))
    if not form.is_valid():
        return block_page(request, found, part, failed=form)
    try:
        act(found, part, actor=request.actor, revision=form.cleaned_data["revision"])
    except (RuleBroken, Conflict) as refusal:
        form.add_error(None, str(refusal))
        status = OVERTAKEN if isinstance(refusal, Conflict) else INVALID
        return block_page(request, found, part, failed=form, status=status)
    messages.success(request, done)
    if request.POST.get("back") == "parts":
        return redirect("reports:report-parts", found.pk)
    return redirect("reports:report-block", found.pk, part.pk)


def block_page(
    request: HttpRequest,
    report: ComposedReport,
    block: ReportBlock,
    *,
    form: BlockForm | None = None,
    failed: RevisionForm | None = None,
    contents: Contents | None = None,
    status: int | None = None,
) -> HttpResponse:
    """The editor with a block open."""
    page = frame(request, report, contents)
    row = page["contents"].row_of(block)
    block, text = row.block, row.block.text
    first = {"heading": block.heading, "text": text, "revision": block.revision}
    is_open = bool(page["may_write"])
    rows = page["contents"].rows
    place = rows.index(row)
    shown_as = {**page["contents"].values, **labels_of_exhibits()}
    page |= {
        "row": row,
        "part": block,
        "form": form or (BlockForm(initial=first, block=block) if is_open else None),
        "form_failed": bool(form and form.errors),
        "failed": failed,
        "lines": [list(pieces(line, shown_as)) for line in text.splitlines() if line.strip()],
        "tokens": tokens_of(page["contents"]) if is_open else [],
        "exhibits": exhibits_of(page["contents"].facts, text) if is_open and block.part == BlockPart.SECTION else [],
        "next": rows[place + 1] if place + 1 < len(rows) else None,
        "has_other": bool(block.generated.strip()) if block.is_own else bool(block.own.strip()),
        "sheet": printed(report, page["contents"], row),
    }
    wrong = page["form_failed"] or failed is not None
    return render(request, "reports/composer/report_block.html", page, status=status or (INVALID if wrong else 200))


def _with_exhibits(request: HttpRequest, text: str) -> str:
    """What was typed, with the table or chart of the button that was pressed put in or taken out."""
    added, removed = request.POST.get("put_in", ""), request.POST.get("take_out", "")
    if added in EXHIBITS and added not in exhibits_in(text):
        return with_exhibit(text, added)
    return without_exhibit(text, removed) if removed else text


def _closed_meanwhile(request: HttpRequest, report: ComposedReport, block: int) -> HttpResponse | None:
    """The page that keeps the text of a writer whose part was removed, or whose report was submitted, meanwhile.

    Why not the page of a refusal: what took half an hour to write would be gone.
    """
    if not can_keep_report(request.actor, report):
        return None
    may, part = can_write_report(request.actor, report), block_of(request, report, block)
    if may and part is not None:
        return None
    reason = _("This part was removed while you wrote. Your text is kept below.") if may else may.reason
    words = BlockForm(posted(request), block=part or ReportBlock(heading="-"))
    words.full_clean()
    mine = {name: words.cleaned_data.get(name) or _typed(request, name) for name in ("heading", "text")}
    page = {"report": report, "part": part or "", "reason": reason, "mine": mine, "stored": None}
    return render(request, "reports/composer/block_conflict.html", page, status=OVERTAKEN)


def _typed(request: HttpRequest, name: str) -> str:
    """What was typed, as it is: it is shown, not kept."""
    return request.POST.get(name, "").replace("\x00", "")


def _conflict(
    request: HttpRequest, report: ComposedReport, block: ReportBlock, mine: dict, conflict: Conflict
) -> HttpResponse:
    """Both texts side by side: take mine, keep theirs, or join them by hand; nothing of either is lost."""
    stored = ReportBlock.objects.visible_to(request.actor).filter(report=report, pk=block.pk).first()
    page = {"report": report, "part": stored or block, "reason": str(conflict), "mine": mine, "stored": stored}
    if stored is not None:
        theirs = {"heading": stored.heading, "text": stored.text}
        whole = {**mine, "text": joined(mine["text"], theirs["text"]), "revision": stored.revision}
        labels = {"heading": _("Heading"), "text": _("Text")}
        page |= {
            "differences": [
                Difference(label, runs(mine[name], theirs[name]), runs(theirs[name], mine[name]))
                for name, label in labels.items()
                if mine[name] != theirs[name]
            ],
            "form": BlockForm(initial=whole, block=stored, auto_id="id_joined_%s"),
            "revision": stored.revision,
        }
    return render(request, "reports/composer/block_conflict.html", page, status=OVERTAKEN)
