"""The agenda with its papers, its times and how far it has come: planned, taken, over time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import zip_longest

from django.db.models import Prefetch

from agencies.models import Membership
from coordination.conferences.models import AgendaItem, AgendaPaper, Conference, Speech
from coordination.conferences.models.papers import issued_papers
from records import clock


@dataclass(frozen=True)
class PaperRow:
    """A paper under an item: what it is called and, by kind, what leads to it."""

    paper: AgendaPaper
    title: str
    document: int | None = None

    @property
    def is_file(self) -> bool:
        return self.paper.file_id is not None


@dataclass(frozen=True)
class AgendaRow:
    """An item with its papers, the time planned for it and the time it took.

    Units: minutes, whole; `over` is what went beyond the plan, 0 where it kept to it or nothing was planned.
    """

    item: AgendaItem
    place: int
    planned: int | None
    ends_at: time | None
    took: int | None
    over: int
    papers: list[PaperRow] = field(default_factory=list)

    @property
    def left(self) -> int | None:
        """Minutes left of an item under way; None where that is not known."""
        known = self.item.status.is_now and self.planned is not None and self.took is not None
        return max(self.planned - self.took, 0) if known else None


@dataclass(frozen=True)
class LiveState:
    """Where a conference in session stands: the item under way, who has the floor, what comes next, how late it is.

    Units: minutes; `behind` is how much later than planned the item under way began.
    """

    row: AgendaRow | None
    upcoming: AgendaRow | None
    speech: Speech | None
    speech_took: int | None
    speech_over: int
    waiting: list[Speech]
    behind: int
    done: int
    total: int


def agenda_rows(actor: Membership, conference: Conference, now: datetime) -> list[AgendaRow]:
    """The agenda in order, judged at a moment. Five queries whatever the number of items."""
    seen = AgendaPaper.objects.visible_to(actor).select_related("file", "party_report__agency", "party_report__program")
    items = list(
        conference.agenda.select_related("presenter_agency", "program").prefetch_related(
            "presenter_agency__names", Prefetch("papers", queryset=seen, to_attr="papers_seen")
        )
    )
    titles = _issued_titles(actor, items)
    return [
        _row(item, place, after, now, _papers(item, titles))
        for place, (item, after) in enumerate(zip_longest(items, items[1:]), start=1)
    ]


def live_state(conference: Conference, rows: Sequence[AgendaRow], now: datetime) -> LiveState:
    """Where it stands at a moment. Two queries."""
    speeches = [speech for speech in conference.speeches.order_by("position") if not speech.is_spoken]
    speech = next((one for one in speeches if one.has_floor), None)
    row = next((row for row in rows if row.item.status.is_now), None)
    took = _minutes(speech.running_for(now)) if speech else None
    return LiveState(
        row=row,
        upcoming=next((one for one in rows if one.item.is_waiting and (row is None or one.place > row.place)), None),
        speech=speech,
        speech_took=took,
        speech_over=_over(speech.minutes_allowed if speech else None, took),
        waiting=[one for one in speeches if one.is_registered],
        behind=_behind(conference, row.item) if row else 0,
        done=sum(not one.item.is_waiting and not one.item.status.is_now for one in rows),
        total=len(rows),
    )


def planned_minutes(item: AgendaItem, after: AgendaItem | None) -> int | None:
    """What is planned: its duration, or the time until the next item begins."""
    if item.duration_minutes is not None:
        return item.duration_minutes
    if after is None or item.starts_at is None or after.starts_at is None:
        return None
    gap = _of_day(after.starts_at) - _of_day(item.starts_at)
    return gap if gap > 0 else None


def _row(item: AgendaItem, place: int, after: AgendaItem | None, now: datetime, papers: list[PaperRow]) -> AgendaRow:
    planned = planned_minutes(item, after)
    took = _minutes(item.running_for(now) if item.status.is_now else item.taken)
    return AgendaRow(item, place, planned, _ends_at(item, planned), took, _over(planned, took), papers)


def _ends_at(item: AgendaItem, planned: int | None) -> time | None:
    if item.starts_at is None or planned is None:
        return None
    end = _of_day(item.starts_at) + planned
    return time(end // 60, end % 60) if end < 24 * 60 else None


def _behind(conference: Conference, item: AgendaItem) -> int:
    if item.starts_at is None or item.began_at is None:
        return 0
    if clock.local_day(item.began_at) != conference.held_on:
        return 0
    return max(clock.minute_of_day(item.began_at) - _of_day(item.starts_at), 0)


def _papers(item: AgendaItem, titles: dict[str, tuple[int, str]]) -> list[PaperRow]:
    rows = []
    for paper in item.papers_seen:
        if paper.issued_code:
            if (found := titles.get(paper.issued_code)) is not None:
                rows.append(PaperRow(paper, found[1], found[0]))
        elif paper.party_report_id:
            report = paper.party_report
            rows.append(PaperRow(paper, f"{report.agency.current_name} – {report.program.code}, {report.year}"))
        else:
            rows.append(PaperRow(paper, paper.title))
    return rows


def _issued_titles(actor: Membership, items: Sequence[AgendaItem]) -> dict[str, tuple[int, str]]:
    """The issued papers among them that the actor may read: the last issue of each code, and its title."""
    codes = {paper.issued_code for item in items for paper in item.papers_seen} - {""}
    if not codes:
        return {}
    issued = issued_papers().visible_to(actor).filter(code__in=codes).order_by("issued_at", "pk")
    return {one.code: (one.pk, f"{one.printed_number} {one.title}".strip()) for one in issued}


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else max(int(length.total_seconds() // 60), 0)


def _over(planned: int | None, took: int | None) -> int:
    return max(took - planned, 0) if planned is not None and took is not None else 0


def _of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute
