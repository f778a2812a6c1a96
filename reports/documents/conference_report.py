"""The report of an evaluation conference: the results of the year reviewed and the tasks of the year planned."""

from datetime import date

from django.db.models import Q, prefetch_related_objects

from agencies.access.decisions import require
from agencies.models import AgencyName, Membership
from agencies.people.queries import head_on
from coordination.conferences.enums import ProgramPurpose
from coordination.conferences.models import Conference
from coordination.conferences.permissions import can_view_report
from coordination.evaluations.models import Finding
from coordination.figures.queries import Scope, figures_of
from coordination.handover.queries import drafting_agencies_on
from coordination.programs.models import Program
from records import wording
from reports.documents.annexes import in_order
from reports.documents.blocks import Paragraph
from reports.documents.citing import cited, subject_of
from reports.documents.layout_profiles import profile_for
from reports.documents.letterheads import place_of, single_letterhead
from reports.documents.papers import Annex, PaperDay, PaperSection, PaperState, Recipients, ReportPaper, SignatureBlock
from reports.documents.report_findings import assessment, numbered, priorities, proposals
from reports.documents.report_results import results
from reports.documents.report_tables import plan_of_year, results_of_year
from reports.documents.signing import block_of
from reports.documents.task_tables import names_on
from reports.documents.wording import hyphenated, lines, listed


def conference_report(
    conference: Conference, *, actor: Membership, cut_off: date, number: int | None = None, dated_on: date | None = None
) -> ReportPaper:
    """The organiser's report for the conference, with figures judged on the cut-off day.

    Rule: the figures cover every program the conference reviews, whoever asks; number and day stay blank until known.
    Raises: NotAllowed when the actor does not make all these programs; RuleBroken when no layout rules are known.
    """
    prefetch_related_objects([conference], "unit__names", "organiser__names", "conclusions")
    on = conference.held_on
    reviewed, signed = _programs(conference)
    require(can_view_report(actor, conference))
    issuer = conference.organiser.name_on(on)
    names = names_on(conference.unit, on)
    findings = _findings(conference, reviewed)
    plan = plan_of_year(signed, names, cut_off=cut_off, on=on)
    annexes = _annexes(conference, reviewed, names, cut_off, plan)
    return ReportPaper(
        state=PaperState.ISSUED if number is not None and dated_on else PaperState.FOR_SIGNING,
        profile_code=profile_for(issuer, [issuer], dated_on or on).code,
        letterhead=single_letterhead(
            issuer,
            conference.unit,
            number=number,
            symbol=f"BC-{issuer.document_symbol}",
            place=place_of(conference.unit, on),
            day=PaperDay.of(dated_on) if dated_on else PaperDay(on.year, on.month),
            on=on,
        ),
        kind_name="BÁO CÁO",
        subject="Kết quả thực hiện chương trình phối hợp công tác\n"
        f"năm {conference.review_year}, nhiệm vụ phối hợp năm {conference.plan_year}",
        opening=(Paragraph(_opening(reviewed, issuer)),),
        sections=numbered(
            (
                _steering(conference, reviewed),
                _results(conference, actor, reviewed, cut_off),
                assessment(findings),
                priorities(conference, planned=_planned(conference, signed, plan, annexes)),
                proposals(findings),
            )
        ),
        closing=_closing(conference, issuer),
        signatures=(_signature(conference, issuer),),
        recipients=Recipients(_recipients(reviewed)),
        annexes=annexes,
        is_illustrative=conference.unit.is_illustrative,
    )


def cut_off_of(conference: Conference, *, today: date) -> date:
    """The day a conference's figures are judged on: its own day, or today while it lies ahead."""
    return min(conference.held_on, today)


def _programs(conference: Conference) -> tuple[list[Program], list[Program]]:
    """The programs reviewed and the programs signed, in the conference's order."""
    links = list(
        conference.program_links.select_related("program__drafting_agency").prefetch_related(
            "program__parties__agency__names", "program__drafting_agency__names"
        )
    )
    return tuple(
        [link.program for link in links if link.purpose == purpose]
        for purpose in (ProgramPurpose.REVIEW, ProgramPurpose.SIGN)
    )


def _findings(conference: Conference, reviewed: list[Program]) -> list[Finding]:
    rounds = conference.unit.evaluation_rounds.filter(year=conference.review_year, programs__in=reviewed)
    about = Q(program=None) | Q(program__in=reviewed)
    return list(Finding.objects.filter(about, round__in=rounds).distinct().order_by("position"))


def _opening(reviewed: list[Program], issuer: AgencyName) -> str:
    carried_out = "; ".join(cited(program) for program in reviewed)
    name = hyphenated(issuer.name)
    if not carried_out:
        return f"{name} báo cáo kết quả như sau:"
    return f"Thực hiện {carried_out}, {name} báo cáo kết quả như sau:"


def _steering(conference: Conference, reviewed: list[Program]) -> PaperSection:
    """I. When and by whom the programs were signed, who kept them together."""
    signed = [
        f"{subject_of(program, program.short_title)} ({wording.zero_padded(len(program.parties.all()))} bên ký kết, "
        f"ký ngày {wording.day(program.signed_on)})"
        for program in reviewed
        if program.signed_on
    ]
    said = []
    if signed:
        said.append(
            f"Năm {conference.review_year}, các bên đã ký kết và triển khai {wording.zero_padded(len(signed))} "
            f"chương trình phối hợp: {'; '.join(signed)}."
        )
    drafting = drafting_agencies_on(reviewed, conference.held_on)
    offices = list(dict.fromkeys(hyphenated(drafting[p.pk].name_on(conference.held_on).name) for p in reviewed))
    if offices:
        said.append(f"{listed(offices)} là cơ quan đầu mối soạn thảo các chương trình.")
    return PaperSection(heading="CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI", blocks=tuple(map(Paragraph, said)))


def _results(conference: Conference, actor: Membership, reviewed: list[Program], cut_off: date) -> PaperSection:
    scope = Scope(actor, program_ids=tuple(program.pk for program in reviewed), roles_on=conference.held_on)
    figures = figures_of(scope, conference.review_year, as_of=cut_off)
    titles = {program.pk: hyphenated(program.short_title) for program in reviewed}
    return PaperSection(
        heading="KẾT QUẢ THỰC HIỆN CÁC NỘI DUNG PHỐI HỢP",
        children=results(figures, year=conference.review_year, cut_off=cut_off, titles=titles),
    )


def _planned(conference: Conference, signed: list[Program], plan, annexes: tuple[Annex, ...]) -> str:
    if not signed:
        return ""
    count = wording.zero_padded(sum(not row.is_group for row in plan.rows))
    titles = listed([hyphenated(program.short_title) for program in signed])
    where = f" (danh mục tại {annexes[-1].label})" if plan.rows else ""
    return (
        f"Năm {conference.plan_year}, các bên phối hợp thực hiện {count} nhiệm vụ thuộc "
        f"{wording.zero_padded(len(signed))} chương trình: {titles}{where}; trong đó tập trung:"
    )


def _closing(conference: Conference, issuer: AgencyName) -> str:
    return (
        f"Trên đây là báo cáo kết quả thực hiện chương trình phối hợp công tác năm {conference.review_year}, nhiệm vụ "
        f"phối hợp năm {conference.plan_year}; {hyphenated(issuer.name)} báo cáo các cơ quan, đơn vị biết, "
        "phối hợp thực hiện"
    )


def _signature(conference: Conference, issuer: AgencyName) -> SignatureBlock:
    """The organiser's head or acting head signs; the holder of the post on the day of the conference, where known."""
    head = head_on(conference.organiser, conference.held_on)
    if head is None:
        return block_of(issuer)
    return block_of(issuer, signer=head.person.full_name, is_acting=head.holding.is_acting)


def _recipients(reviewed: list[Program]) -> tuple[str, ...]:
    """The recipients of the programs reported on, each once, the file copy last."""
    every = [line.strip().rstrip(";.") for program in reviewed for line in lines(program.recipients)]
    kept = [line for line in dict.fromkeys(every) if not line.lower().startswith("lưu")]
    return (*(kept or ["Các bên ký kết"]), next((line for line in every if line.lower().startswith("lưu")), "Lưu: VT"))


def _annexes(conference: Conference, reviewed: list[Program], names, cut_off: date, plan) -> tuple[Annex, ...]:
    done = results_of_year(reviewed, names, cut_off=cut_off, on=conference.held_on)
    annexes = []
    if done.rows:
        title = f"KẾT QUẢ THỰC HIỆN NHIỆM VỤ PHỐI HỢP NĂM {conference.review_year}"
        annexes.append((title, f"(Số liệu chốt đến hết ngày {wording.day(cut_off)})", done))
    if plan.rows:
        annexes.append((f"NHIỆM VỤ PHỐI HỢP NĂM {conference.plan_year}", "", plan))
    return in_order(
        [
            Annex(title=title, reference=reference, blocks=(table,), is_landscape=True)
            for title, reference, table in annexes
        ]
    )
