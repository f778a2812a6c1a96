"""Saying which agency is meant among those an administrator keeps: from a list, or found by name where it is long."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.directory.models import Agency, AgencyQuerySet
from agencies.people.forms.who import ActorForm
from agencies.people.models import Membership
from agencies.people.queries import agencies_called
from agencies.units.reach import units_kept_by
from records import clock
from records.fields import LineField

MOST_LISTED, MOST_FOUND = 120, 30


class WhereForm(ActorForm):
    """An agency of the units the actor keeps, living today or later.

    Why two shapes: a select of some dozens is the quickest, one of a whole country's agencies cannot be used.
    """

    agency = forms.ChoiceField(label=_("Agency"), choices=())
    agency_words = LineField(
        label=_("Agency"), max_length=100, help_text=_("Name or code; marks may be left out. Add the unit's name.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = _kept_agencies(self.actor)
        first = list(kept[: MOST_LISTED + 1])
        self.is_listed = len(first) <= MOST_LISTED
        if self.is_listed:
            del self.fields["agency_words"]
            self.offered = {str(agency.pk): agency for agency in first}
            self.fields["agency"].choices = [("", _("Choose an agency")), *_by_unit(self.offered)]
        else:
            self.offered = self._found(kept) if self.is_bound else {}
            self.fields["agency"] = forms.ChoiceField(
                label=_("Which agency"), required=False, widget=forms.RadioSelect, choices=_one_by_one(self.offered)
            )
            if len(self.offered) < 2:
                del self.fields["agency"]

    @property
    def where(self) -> list[str]:
        """The names of the fields that say it, in their order on the page."""
        return [name for name in ("agency_words", "agency") if name in self.fields]

    @property
    def chosen_agency(self) -> Agency:
        """The agency that was chosen, once the form is valid."""
        chosen = self.cleaned_data.get("agency") or next(iter(self.offered))
        return self.offered[chosen]

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.is_listed or "agency_words" in self.errors:
            return cleaned
        if not self.offered:
            self.add_error("agency_words", _("No agency of this name is among those you keep."))
        elif "agency" in self.fields and "agency" not in self.errors and not cleaned.get("agency"):
            self.add_error("agency", _("Several agencies have this name. Choose one."))
        return cleaned

    def _found(self, kept: AgencyQuerySet) -> dict[str, Agency]:
        try:
            typed = self.fields["agency_words"].clean(self.data.get(self.add_prefix("agency_words"), ""))
        except forms.ValidationError:
            return {}
        return {str(agency.pk): agency for agency in agencies_called(kept, typed)[:MOST_FOUND]}


def _kept_agencies(actor: Membership) -> AgencyQuerySet:
    """The agencies an administrator keeps that have not ended, by unit and in protocol order."""
    today = clock.today()
    living = Agency.objects.visible_to(actor).filter(Q(valid_to=None) | Q(valid_to__gte=today))
    living = living.filter(Q(unit__valid_to=None) | Q(unit__valid_to__gte=today))
    kept = living.filter(unit__in=units_kept_by(actor)).select_related("unit")
    return kept.order_by("unit__level", "unit__name_sorted", "unit_id", "protocol_order", "name_sorted", "pk")


def _by_unit(offered: dict[str, Agency]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for value, agency in offered.items():
        groups.setdefault(_unit_name(agency), []).append((value, agency.current_name))
    return list(groups.items())


def _one_by_one(offered: dict[str, Agency]) -> list[tuple[str, str]]:
    return [(value, f"{agency.current_name} ({_unit_name(agency)})") for value, agency in offered.items()]


def _unit_name(agency: Agency) -> str:
    name = agency.unit.current_name or agency.unit.code
    return name[:1].upper() + name[1:]
