"""What the drafting page shows around the text: sections with their state, tasks, drafts, numbers offered."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.drafting.models import SectionDraft
from coordination.drafting.numbering import Series, series_of, suggestion
from coordination.drafting.queries.presence import Here
from coordination.programs.models import Program, Section
from coordination.programs.queries import OutlineEntry
from coordination.tasks.models import Task
from records import clock


@dataclass(frozen=True)
class OutlineRow:
    """A section in the contents: whether it is written, who has it open, whether the reader left text there unsaved."""

    section: Section
    depth: int
    is_written: bool
    is_here: bool
    tasks: int
    editors: tuple[Membership, ...] = ()
    has_draft: bool = False

    @property
    def icon(self) -> str:
        if self.editors or self.is_here:
            return "pencil"
        return "check-circle-fill" if self.is_written else "circle"

    @property
    def words(self) -> str:
        """The state in words, for those who do not see the icon."""
        if self.editors:
            return _("being edited by %(who)s") % {"who": "; ".join(str(one) for one in self.editors)}
        return _("written") if self.is_written else _("nothing written yet")

    @property
    def step(self) -> int:
        """How far the line is moved in; deeper than four looks the same."""
        return min(self.depth, 4)


@dataclass(frozen=True)
class Unsaved:
    """Text the reader typed and did not save; `section` is None for a new one and for one deleted meanwhile."""

    draft: SectionDraft
    at: datetime

    @property
    def is_new(self) -> bool:
        return self.draft.place == SectionDraft.NEW

    @property
    def is_orphan(self) -> bool:
        return not self.is_new and self.draft.section_id is None


def outline_rows(
    entries: list[OutlineEntry],
    *,
    here: list[Here],
    tasks: list[Task],
    unsaved: list[Unsaved],
    current: Section | None = None,
) -> list[OutlineRow]:
    """The contents of a text with the state of every section; no query of its own."""
    counts = Counter(task.section_id for task in tasks)
    with_parts = {entry.section.parent_id for entry in entries}
    left = {one.draft.section_id for one in unsaved}
    return [
        OutlineRow(
            section=entry.section,
            depth=entry.depth,
            is_written=bool(entry.section.body) or entry.section.pk in with_parts,
            is_here=current is not None and entry.section.pk == current.pk,
            tasks=counts[entry.section.pk],
            editors=tuple(one.member for one in here if one.section and one.section.pk == entry.section.pk),
            has_draft=entry.section.pk in left,
        )
        for entry in entries
    ]


def tasks_in(actor: Membership, program: Program) -> list[Task]:
    """The tasks of a program the actor sees, by area and number."""
    tasks = Task.objects.visible_to(actor).filter(program=program).select_related("area", "section")
    return list(tasks.order_by("area__position", "ordinal"))


def unsaved_of(actor: Membership, program: Program) -> list[Unsaved]:
    """What the actor typed in a program and did not save, newest first."""
    drafts = SectionDraft.objects.visible_to(actor).filter(program=program).select_related("section")
    return [Unsaved(draft, clock.told(draft.saved_at)) for draft in drafts]


def number_after(entries: list[OutlineEntry], *, parent: Section | None = None, after: Section | None = None) -> str:
    """The number offered for a section behind another one, or at the end of its section; always to be written over."""
    parent_id = after.parent_id if after else parent.pk if parent else None
    above = next((entry for entry in entries if entry.section.pk == parent_id), None)
    siblings = [entry.section for entry in entries if entry.section.parent_id == parent_id]
    if after is not None:
        siblings = siblings[: siblings.index(after) + 1]
    end = after or parent
    before = entries if end is None else entries[: _end_of(entries, end)]
    articles = [one.section.numbering for one in before if series_of(one.section.numbering) is Series.ARTICLE]
    return suggestion(
        [one.numbering for one in siblings if one.numbering],
        above.depth + 1 if above else 1,
        above.section.numbering if above else "",
        last_article=articles[-1] if articles else "",
    )


def _end_of(entries: list[OutlineEntry], section: Section) -> int:
    """The place behind a section and all it holds."""
    places = [entry.section.pk for entry in entries]
    at = places.index(section.pk)
    deeper = entries[at + 1 :]
    return at + 1 + next((n for n, one in enumerate(deeper) if one.depth <= entries[at].depth), len(deeper))
