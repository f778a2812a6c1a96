"""Finding people and agencies by their names, typed with or without marks."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.directory.models import AgencyQuerySet, AgencyWord
from agencies.people.models import Membership, OfficeHolding, Person, PersonQuerySet
from records import text
from records.fields import prefix_range

_MOST_WORDS = 8


def people_called(actor: Membership, full_name: str) -> PersonQuerySet:
    """The people an actor sees whose names have all the words typed, in the order typed, by given name."""
    folded = text.fold(full_name)
    if not folded:
        return Person.objects.none()
    return Person.objects.visible_to(actor).filter(name_folded__contains=folded).by_given_name()


def agencies_called(agencies: AgencyQuerySet, words: str) -> AgencyQuerySet:
    """Those agencies of which each typed word begins a word of the code, a name or the unit's name. Rule: R-FIND-1."""
    for word in text.words(words)[:_MOST_WORDS]:
        first, end = prefix_range(word)
        agencies = agencies.filter(pk__in=AgencyWord.objects.filter(word__gte=first, word__lt=end).values("agency_id"))
    return agencies


def what_they_do(actor: Membership, people: Iterable[Person]) -> dict[int, str]:
    """By each person's id, what they hold today, or held last, so that two of one name can be told apart. Two queries.

    Only offices the actor's directory shows are told; the roles of accounts are told by their titles.
    """
    people = list(people)
    told = {person.pk: [] for person in people}
    holdings = OfficeHolding.objects.visible_to(actor).filter(person__in=people).select_related("office")
    for holding in holdings.order_by("-valid_from", "pk"):
        told[holding.person_id].append(holding.office.title)
    roles = Membership.objects.filter(user__person__in=people, agency__unit_id=actor.unit_id)
    for role in roles.select_related("agency", "user").order_by("-valid_from", "pk"):
        told[role.user.person_id].append(str(role))
    return {pk: "; ".join(dict.fromkeys(words[:3])) or _("no office known to you") for pk, words in told.items()}
