"""What a report of results tells of: the programs of a year, who issues it, what was found, concluded and reported."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import AdminUnit, Agency, AgencyName, Membership
from coordination.conferences.enums import CommendationState, ProgramPurpose
from coordination.conferences.models import Commendation
from coordination.figures.queries import Scope, figures_of
from coordination.handover.queries import drafting_agencies_on
from coordination.models import Conference, Finding, PartyReport, Program, Task
from coordination.partyreports.enums import PartyReportState
from coordination.programs.enums import SETTLED_STATES
from reports.composed.counts import ReportFacts, YearCounts
from reports.documents.citing import kind_word, subject_of
from reports.documents.wording import hyphenated

_LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class ReportAbout:
    """The rows a report is made of. `on` is the day whose names it prints; `asked` what was concluded, in its order."""

    unit: AdminUnit
    issuer: Agency
    on: date
    year: int
    plan_year: int
    subject: str
    reviewed: tuple[Program, ...]
    signed: tuple[Program, ...]
    findings: tuple[Finding, ...]
    asked: tuple[str, ...] = ()
    said: tuple[PartyReport, ...] = ()
    commended: tuple[Commendation, ...] = ()

    @property
    def issuer_name(self) -> AgencyName:
        """The issuer as it was called on the report's day."""
        return self.issuer.name_on(self.on)

    @property
    def year_of_plan(self) -> int | None:
        """The year whose tasks are planned where a program goes on; None where all the tasks of the next one are."""
        goes_on = {program.pk for program in self.signed} & {program.pk for program in self.reviewed}
        return self.plan_year if goes_on else None

    def titles(self) -> dict[int, str]:
        """The programs reviewed by id, as tables name them."""
        return {program.pk: hyphenated(program.short_title) for program in self.reviewed}

    def offices(self) -> list[str]:
        """Who drafted the programs reviewed, each office once."""
        drafting = drafting_agencies_on(self.reviewed, self.on)
        return list(dict.fromkeys(hyphenated(drafting[one.pk].name_on(self.on).name) for one in self.reviewed))


def of_conference(conference: Conference) -> ReportAbout:
    """The programs a conference reviews and signs, with the findings of their evaluation and what was concluded."""
    links = list(
        conference.program_links.select_related("program__drafting_agency").prefetch_related(
            "program__parties__agency__names", "program__drafting_agency__names"
        )
    )
    reviewed, signed = (
        tuple(link.program for link in links if link.purpose == purpose)
        for purpose in (ProgramPurpose.REVIEW, ProgramPurpose.SIGN)
    )
    return ReportAbout(
        unit=conference.unit,
        issuer=conference.organiser,
        on=conference.held_on,
        year=conference.review_year,
        plan_year=conference.plan_year,
        subject="Kết quả thực hiện chương trình phối hợp công tác\n"
        f"năm {conference.review_year}, nhiệm vụ phối hợp năm {conference.plan_year}",
        reviewed=reviewed,
        signed=signed,
        findings=_findings(conference.unit, conference.review_year, reviewed),
        asked=tuple(conclusion.text for conclusion in conference.conclusions.all()),
        said=_said(reviewed, conference.review_year),
        commended=_commended(conference),
    )


def of_program(program: Program, year: int, *, issuer: Agency, on: date) -> ReportAbout:
    """One year of one program; the year after is planned by the program itself, or by the one that continues it."""
    program = Program.objects.with_parties().select_related("unit", "drafting_agency").get(pk=program.pk)
    goes_on = program.period_end.year > year
    after = (program,) if goes_on else tuple(program.continued_by.filter(state__in=SETTLED_STATES).with_parties())
    title = subject_of(program, program.title)
    of_year = "" if f"năm {year}" in program.title else f", năm {year}"
    return ReportAbout(
        unit=program.unit,
        issuer=issuer,
        on=on,
        year=year,
        plan_year=year + 1,
        subject=f"Kết quả thực hiện {kind_word(program)} {title[:1].lower()}{title[1:]}{of_year}",
        reviewed=(program,),
        signed=after,
        findings=_findings(program.unit, year, (program,)),
        said=_said((program,), year),
    )


def facts_of(about: ReportAbout, actor: Membership, as_of: date) -> ReportFacts:
    """Every figure of a report, judged on a day. Seven queries, with the year before ten."""
    titles = about.titles()
    scope = Scope(actor, program_ids=tuple(titles), roles_on=about.on)
    return ReportFacts(
        counts=YearCounts.of(figures_of(scope, about.year, as_of=as_of), about.year, as_of, titles=titles),
        before=_before(about, actor, as_of),
        planned=(_planned(about), len(about.signed)),
        signed=sum(program.signed_on is not None for program in about.reviewed),
        parties=tuple((program.code, len(program.parties.all())) for program in about.reviewed),
    )


def _findings(unit: AdminUnit, year: int, reviewed: tuple[Program, ...]) -> tuple[Finding, ...]:
    rounds = unit.evaluation_rounds.filter(year=year, programs__in=reviewed)
    about = Q(program=None) | Q(program__in=reviewed)
    found = Finding.objects.filter(about, round__in=rounds).exclude(repeated_by__round__in=rounds)
    return tuple(found.select_related("addressee").distinct().order_by("position"))


def _said(reviewed: tuple[Program, ...], year: int) -> tuple[PartyReport, ...]:
    """What the parties reported of their year, as far as they sent it."""
    sent = PartyReport.objects.filter(program__in=reviewed, year=year, state=PartyReportState.SUBMITTED)
    return tuple(sent.select_related("agency").prefetch_related("agency__names").order_by("agency__protocol_order"))


def _commended(conference: Conference) -> tuple[Commendation, ...]:
    """Who was proposed for a commendation and not refused."""
    standing = conference.commendations.filter(state__in=(CommendationState.PROPOSED, CommendationState.GRANTED))
    return tuple(standing.select_related("proposed_by").prefetch_related("proposed_by__names"))


def _planned(about: ReportAbout) -> int:
    tasks = Task.objects.filter(program__in=about.signed)
    return (tasks.of_year(about.year_of_plan) if about.year_of_plan else tasks).count()


def _before(about: ReportAbout, actor: Membership, as_of: date) -> YearCounts | None:
    """The year before in the programs these continue, judged a year earlier; nothing unless the actor makes them all.

    Why not a part of them: the comparison would differ from reader to reader.
    """
    earlier = _earlier(about)
    if not earlier or Program.objects.made_by(actor).filter(pk__in=earlier).count() < len(earlier):
        return None
    scope, day = Scope(actor, program_ids=tuple(earlier), entered_since=True), _a_year_before(as_of)
    figures = figures_of(scope, about.year - 1, as_of=day)
    counts = YearCounts.of(figures, about.year - 1, day, titles={})
    return counts if counts.all.total or counts.all.ongoing else None


def _earlier(about: ReportAbout) -> list[int]:
    earlier = [
        program.pk if program.period_start.year < about.year else program.continues_id for program in about.reviewed
    ]
    return list(dict.fromkeys(pk for pk in earlier if pk is not None))


def _a_year_before(day: date) -> date:
    is_leap = (day.month, day.day) == _LEAP_DAY
    return date(day.year - 1, day.month, 28 if is_leap else day.day)
