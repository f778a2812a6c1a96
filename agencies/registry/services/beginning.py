"""The first administrator of a portal in which there is nobody yet."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind
from agencies.directory.services import found_agency
from agencies.directory.wording import title_of_head
from agencies.people.models import Membership, User
from agencies.people.services import found_office, grant_membership, open_account
from agencies.registry.defaults import usual_head
from agencies.registry.services.facts import Facts, completed, naming_of
from agencies.units.enums import UnitKind
from agencies.units.services import enter_unit
from records import clock
from records.errors import RuleBroken

_ORDER_OF_THE_OFFICE = 70


@transaction.atomic
def begin_portal(
    *, unit_code: str, unit_kind: UnitKind, bare_name: str, office_name: str, abbreviation: str, username: str
) -> User:
    """Found the first unit with the office that keeps the portal, and open the account of its system administrator.

    Rule: R-KEEP-4. Once only, by whoever may run commands on the server; everything else is entered on screen, by this
    account, which has no password until its owner opens a link.
    Raises: RuleBroken when there is a system administrator already, or naming what cannot be entered.
    """
    if Membership.objects.filter(role=Role.SYSTEM_ADMIN).exists():
        raise RuleBroken(_("The portal has a system administrator already."))
    today = clock.today()
    unit = enter_unit(code=unit_code, kind=unit_kind, bare_name=bare_name, valid_from=today)
    head = usual_head(AgencyKind.OFFICE)
    facts = completed(Facts(office_name, abbreviation, AgencyKind.OFFICE, head_title=head))
    office = found_agency(
        unit, code="vp", kind=AgencyKind.OFFICE, naming=naming_of(facts, _ORDER_OF_THE_OFFICE), valid_from=today
    )
    found_office(
        office,
        title=title_of_head(head, office_name)[:120].rstrip(),
        printed_title=facts.head_title,
        authority=facts.authority,
        is_head=True,
    )
    account = open_account(username, None)
    grant_membership(account, office, role=Role.SYSTEM_ADMIN, title=str(Role.SYSTEM_ADMIN.label), since=today)
    return account
