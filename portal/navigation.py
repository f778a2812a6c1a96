"""What the frame of every page shows: whose portal, who is acting, where one can go, which year is being worked on."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import CONTENT_ROLES, Role
from agencies.models import Membership
from agencies.units.queries import name_of_unit
from coordination.programs.queries import working_year, years_of
from coordination.reminders.queries import FrameCounts, frame_counts
from portal.guidance import anchor_of
from records import clock

YEARS_OFFERED = 3
# The year an object carries in its own address: /danh-gia/2021/, /chuong-trinh/dh-2021-02/.
_YEAR_IN_PATH = re.compile(r"[/-](20\d\d)(?=[/-])")


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation before it is known who looks at it; `also` names pages that lie beside it.

    `keys` are typed one after the other to go there.
    """

    name: str
    label: str
    icon: str
    keys: str = ""
    roles: tuple[Role, ...] = CONTENT_ROLES
    on_phone: bool = False
    by_year: bool = True
    also: tuple[str, ...] = ()


PLACES = (
    Place("coordination:my-work", _("My work"), "inbox", "g v", on_phone=True, by_year=False),
    Place("reports:dashboard", _("Dashboard"), "bar-chart-line", "g t", on_phone=True, also=("reports:levels",)),
    Place(
        "coordination:program-list",
        _("Programs"),
        "journal-text",
        "g c",
        on_phone=True,
        also=("coordination:register-list",),
    ),
    Place("coordination:task-list", _("Tasks"), "list-check", "g n", on_phone=True),
    Place("coordination:evaluation-list", _("Evaluation"), "clipboard-check", "g d"),
    Place("coordination:conference-list", _("Conferences"), "people", "g h"),
    Place(
        "reports:report-list",
        _("Reports"),
        "file-earmark-text",
        "g b",
        roles=(Role.SECRETARY, Role.LEADER),
        also=("coordination:letter-list",),
    ),
    Place(
        "agencies:agency-list",
        _("Agencies"),
        "building",
        "g q",
        roles=tuple(Role),
        by_year=False,
        also=("agencies:person-list", "agencies:group-list"),
    ),
)
ADMINISTRATORS = (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN)
# What lies behind the account menu: nobody's daily work, so it stands outside the main navigation.
ASIDE = (
    Place("administration", _("Administration"), "gear", roles=ADMINISTRATORS, by_year=False),
    Place("account", _("My account"), "person-circle", roles=tuple(Role), by_year=False),
    Place("more", _("More"), "grid", roles=tuple(Role), by_year=False),
    Place("help", _("Help"), "question-circle", roles=tuple(Role), by_year=False),
)


@dataclass(frozen=True)
class Item:
    """One link of the main navigation; `current` is "page" on the page itself, "true" below it."""

    label: str
    url: str
    icon: str
    on_phone: bool
    current: str = ""
    count: int = 0
    keys: str = ""


@dataclass(frozen=True)
class Shell:
    """The frame of a page; anonymous visitors get one without anything that needs the database."""

    unit_name: str
    theme: str
    demo: bool
    clock_day: date
    signed_in: bool = False
    actor: Membership | None = None
    memberships: tuple[Membership, ...] = ()
    items: tuple[Item, ...] = ()
    years: tuple[int, ...] = ()
    year: int | None = None
    years_at: str = ""
    is_told: bool = False
    unread: int = 0
    help_anchor: str = ""

    @property
    def unread_shown(self) -> str:
        """The number on the bell, as far as there is room for it."""
        return str(self.unread) if self.unread < 100 else "99+"

    @property
    def administers(self) -> bool:
        """Whether the one who acts keeps units, agencies or accounts."""
        return self.actor is not None and self.actor.role in ADMINISTRATORS

    @property
    def may_switch(self) -> bool:
        """Whether there is another membership to go on in."""
        return len(self.memberships) > 1

    @property
    def phone_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.on_phone)

    @property
    def further_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.on_phone)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor: the frame for whoever is acting."""
    # Errors before the actor is known are told in a frame as well.
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"shell": frame_without_database(request)}
    today = clock.today()
    reads_content = actor.role in CONTENT_ROLES
    years = sorted(years_of(actor)) if reads_content else []
    year = working_year(_year_shown(request, years), years)
    carried = year if year != working_year(None, years) else None
    counts = frame_counts(actor, today) if reads_content else FrameCounts(0, 0)
    items = items_for(request, actor, year_carried=carried, overdue=counts.overdue)
    return {
        "shell": Shell(
            unit_name=_first_capital(name_of_unit(actor.unit_id, today)),
            theme=actor.user.theme,
            demo=settings.DEMO,
            clock_day=today,
            signed_in=True,
            actor=actor,
            memberships=tuple(request.memberships),
            items=items,
            years=_offered(years, year),
            year=year,
            years_at=_list_above(request.path),
            is_told=reads_content,
            unread=counts.unread,
            help_anchor=anchor_of(actor.role, request.path),
        )
    }


def frame_without_database(request: HttpRequest) -> Shell:
    """The frame for visitors without a membership and for the page that tells of a failure: no counts, no years."""
    # Where the database failed before the visitor was known, asking who it is would fail again.
    user = request.user if hasattr(request, "actor") else None
    signed_in = user is not None and user.is_authenticated
    actor = getattr(request, "actor", None)
    return Shell(
        unit_name=getattr(settings, "PORTAL_OWNER", ""),
        theme=user.theme if signed_in else "auto",
        demo=settings.DEMO,
        clock_day=clock.today(),
        signed_in=signed_in,
        actor=actor,
        items=items_for(request, actor) if actor else (),
    )


def place_like(path: str, actor: Membership) -> str:
    """Where to go on after taking up another membership: the same kind of page if its role may see it, else home."""
    for place in (*PLACES, *ASIDE):
        address = reverse(place.name)
        if path.startswith(address) and actor.role in place.roles:
            return address
    return reverse("home")


def items_for(
    request: HttpRequest, actor: Membership, *, year_carried: int | None = None, overdue: int = 0
) -> tuple[Item, ...]:
    """The places the actor's role may go; a year chosen in the address is carried along."""
    items = []
    for place in PLACES:
        if actor.role not in place.roles:
            continue
        path = _address(place.name)
        items.append(
            Item(
                label=place.label,
                url=f"{path}?year={year_carried}" if year_carried and place.by_year else path,
                icon=place.icon,
                keys=place.keys,
                on_phone=place.on_phone,
                current=_current(request.path, path, *map(_address, place.also)),
                count=overdue if place.name == "coordination:my-work" else 0,
            )
        )
    return tuple(items)


def _year_shown(request: HttpRequest, years: list[int]) -> str | None:
    """The year of the object the address names, where the actor has programs of that year; otherwise the query's."""
    named = _YEAR_IN_PATH.search(request.path)
    return named[1] if named and int(named[1]) in years else request.GET.get("year")


def _list_above(path: str) -> str:
    """Where the year's switch leads from a page below a list: to that list, since the page itself has one year."""
    lists = (_address(place.name) for place in PLACES if place.by_year)
    return next((place for place in lists if path.startswith(place) and path != place), "")


@cache
def _address(name: str) -> str:
    """Where a place is; asked a dozen times a page and always the same."""
    return reverse(name)


def _offered(years: list[int], year: int) -> tuple[int, ...]:
    """The latest years to switch between, and the one shown even when it is older."""
    return tuple(sorted({*years[-YEARS_OFFERED:], year})) if years else ()


def _current(path: str, place: str, *also: str) -> str:
    if path == place:
        return "page"
    return "true" if path.startswith((place, *also)) else ""


def _first_capital(name: str) -> str:
    return name[:1].upper() + name[1:]
