"""The fields of how work is shared out and where it comes from: groups, contributions, parts, proof, origin."""

from collections import Counter
from collections.abc import Iterable

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyGroup
from coordination.tasks.enums import EvidenceKind, RoleKind, TaskOrigin
from coordination.tasks.lines import (
    ItemLine,
    LineFault,
    agency_meant,
    read_contributions,
    read_items,
    written_contributions,
    written_items,
)
from coordination.tasks.models import Task
from coordination.tasks.services import DirectionDraft, ItemDraft, TaskDraft
from records import clock
from records.fields import DayField, LineField, ProseField
from records.text import fold

_NAMES = ("current_short_name", "current_name")
SHARING_FIELDS = ("groups", "contributions", "items")
ORIGIN_FIELDS = ("origin", "continues", "direction_number", "direction_on", "direction_issuer", "direction_subject")
# A conclusion becomes a task on the conference's own page, which links the two.
_ORIGINS_OFFERED = (TaskOrigin.PLANNED, TaskOrigin.ARISING, TaskOrigin.DIRECTION, TaskOrigin.CARRIED_OVER)


class PartFields(forms.Form):
    """Mixed into the task form, which knows the program, the actor and the agencies offered."""

    groups = forms.MultipleChoiceField(
        label=_("Groups of agencies"),
        help_text=_("Given the task once; each member reports its own part and is counted once."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    contributions = ProseField(
        label=_("What coordinating agencies contribute"),
        help_text=_("One on a line: Farmers' Union: asks its members to give land"),
        max_length=12000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    items = ProseField(
        label=_("Parts of the work with deadlines of their own"),
        help_text=_("One on a line, with its deadline and who does it: List the households: 15/4/2022, Farmers' Union"),
        max_length=12000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proof = forms.ChoiceField(
        label=_("What proves the result"),
        choices=[("", _("Not laid down")), *EvidenceKind.choices],
        required=False,
    )
    origin = forms.ChoiceField(label=_("Origin"), required=False)
    continues = LineField(
        label=_("Code of the earlier task"),
        help_text=_("Only for a task that is carried over, for example DH-2021-02.03."),
        max_length=40,
        required=False,
    )
    direction_number = LineField(
        label=_("Number of the paper of direction"), help_text=_("1250/UBND-NC"), max_length=60, required=False
    )
    direction_on = DayField(label=_("Day of the paper"), required=False)
    direction_issuer = LineField(label=_("Issued by"), max_length=200, required=False)
    direction_subject = LineField(label=_("About"), max_length=300, required=False)

    def offer_parts(self) -> None:
        """Fill the choices: the groups of the actor's directory that exist today, and those the task has already."""
        kept = self.base.groups if self.base else ()
        known = AgencyGroup.objects.visible_to(self.actor).on(clock.today()).order_by("name_sorted", "pk")
        self.group_rows = {str(group.pk): group for group in [*known, *kept]}
        self.fields["groups"].choices = [(pk, group.name) for pk, group in self.group_rows.items()]
        if not self.group_rows:
            del self.fields["groups"]
        self.item_drafts, self.contribution_words, self.at_work = (), {}, {}
        self.kept_unseen = self._earlier_not_seen()
        if self.kept_unseen:
            self.initial["continues"] = ""
        origins = {TaskOrigin(self.base.origin)} if self.base else set()
        offered = [one for one in TaskOrigin if one in (*_ORIGINS_OFFERED, *origins)]
        self.fields["origin"].choices = [(one.value, one.label) for one in offered]

    def clean_items(self):
        """The parts of the work as they were typed, each on its line."""
        try:
            return read_items(self.cleaned_data["items"], year=self.program.year)
        except LineFault as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean_contributions(self):
        """The contributions as they were typed, each on its line."""
        try:
            return read_contributions(self.cleaned_data["contributions"])
        except LineFault as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean_continues(self):
        """The earlier task, by its code; it is one the actor sees. One the actor does not see stays as it is."""
        typed = self.cleaned_data["continues"].strip().upper()
        if not typed:
            return self.kept_unseen
        found = Task.objects.visible_to(self.actor).filter(code=typed).first()
        if found is None:
            raise forms.ValidationError(gettext("You see no task with this code"))
        return found

    def settle_parts(self, leads: list[Agency], coordinating: list[Agency]) -> None:
        """Find the agencies named on the lines; one that is not known is told with its line."""
        lines = self.cleaned_data.get("items") or ()
        members = self._members() if any(line.agency for line in lines) else []
        self.at_work = {one.pk: one for one in (*leads, *coordinating, *members)}
        self._settle_items(lines, _names_of(self.at_work.values()))
        self._settle_contributions(_names_of(coordinating))

    def part_values(self) -> dict:
        """What the plan says of shares, proof and origin."""
        typed = self.cleaned_data
        return {
            "groups": tuple(self.group_rows[pk] for pk in typed.get("groups") or ()),
            "contributions": self.contribution_words,
            "items": self.item_drafts,
            "proof": typed.get("proof", ""),
            "origin": TaskOrigin(typed.get("origin") or (self.base.origin if self.base else TaskOrigin.PLANNED)),
            "continues": typed.get("continues"),
            "direction": self._direction(),
        }

    def _direction(self) -> DirectionDraft | None:
        typed = self.cleaned_data
        told = [typed.get(name) or "" for name in ("direction_number", "direction_issuer", "direction_subject")]
        if not any(told) and not typed.get("direction_on"):
            return None
        return DirectionDraft(told[0], typed.get("direction_on"), told[1], told[2])

    def _members(self) -> list[Agency]:
        """The members of the groups that are ticked, and those that have the task already."""
        groups = [self.group_rows[pk] for pk in self.cleaned_data.get("groups") or ()]
        had = [role.agency for role in self.task.roles.all() if role.kind == RoleKind.MEMBER] if self.task else []
        return had + [agency for group in groups for agency in group.members_on(clock.today())]

    def _earlier_not_seen(self) -> Task | None:
        """The task before, where whoever edits this one may not know of it."""
        earlier = self.base.continues if self.base else None
        if earlier is None or Task.objects.visible_to(self.actor).filter(pk=earlier.pk).exists():
            return None
        return earlier

    def _settle_items(self, lines: Iterable[ItemLine], names: dict[int, list[str]]) -> None:
        drafts = []
        for line in lines:
            found = agency_meant(line.agency, names) if line.agency else None
            if line.agency and found is None:
                self._unknown("items", line.place, line.agency)
            else:
                drafts.append(ItemDraft(line.title, line.due_on, self.at_work.get(found)))
        self.item_drafts = tuple(drafts)

    def _settle_contributions(self, names: dict[int, list[str]]) -> None:
        for place, typed, words in self.cleaned_data.get("contributions") or ():
            found = agency_meant(typed, names)
            if found is None:
                self._unknown("contributions", place, typed)
            else:
                self.contribution_words[found] = words

    def _unknown(self, field: str, place: int, typed: str) -> None:
        told = {"place": place, "agency": typed[:80]}
        words = gettext("Line %(place)s: “%(agency)s” is none of the agencies chosen above, or means several")
        self.add_error(field, words % told)


def _names_of(agencies: Iterable[Agency]) -> dict[int, list[str]]:
    """All that each may be called by on a line."""
    agencies = list(agencies)
    told = spoken_names(agencies)
    return {one.pk: [told[one.pk], one.current_short_name, one.current_name, one.code] for one in agencies}


def spoken_names(agencies: Iterable[Agency]) -> dict[int, str]:
    """What each is called by on a line: its short name; where two share it, the name that tells them apart."""
    agencies = list({one.pk: one for one in agencies}.values())
    short, whole = (Counter(fold(getattr(one, name)) for one in agencies) for name in _NAMES)
    return {
        one.pk: one.current_short_name
        if short[fold(one.current_short_name)] == 1
        else one.current_name
        if whole[fold(one.current_name)] == 1
        else f"{one.current_name} ({one.unit.code})"
        for one in agencies
    }


def parts_initial(draft: TaskDraft) -> dict:
    """The same fields as a saved plan fills them."""
    at_work = [*(lead.agency for lead in draft.leads), *draft.coordinators]
    at_work += [item.agency for item in draft.items if item.agency]
    named, coordinating = spoken_names(at_work), spoken_names(draft.coordinators)
    items = [(item.title, item.due_on, named[item.agency.pk] if item.agency else "") for item in draft.items]
    paper = draft.direction
    return {
        "groups": [str(group.pk) for group in draft.groups],
        "contributions": written_contributions(
            [(coordinating[pk], words) for pk, words in draft.contributions.items() if pk in coordinating]
        ),
        "items": written_items(items),
        "proof": draft.proof,
        "origin": draft.origin.value,
        "continues": draft.continues.code if draft.continues else "",
        "direction_number": paper.number if paper else "",
        "direction_on": paper.issued_on if paper else None,
        "direction_issuer": paper.issuer if paper else "",
        "direction_subject": paper.subject if paper else "",
    }


def origin_layout() -> list:
    """The fields of the origin in their order on the page, folded away by whoever asks."""
    return [
        Div("origin", "continues", css_class="pf-fields"),
        Div("direction_number", "direction_on", css_class="pf-fields"),
        "direction_issuer",
        "direction_subject",
    ]
