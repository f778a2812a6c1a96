"""What else to look for when nothing was found: fewer of the same words, as far as they find something."""

from django.db.models import BooleanField, Case, Exists, Value, When

from agencies.access.scopes import works_on_content
from agencies.models import Membership
from coordination.programs.queries import search as programs_found
from coordination.tasks.queries import search as tasks_found
from records.finding import SHORTEST_INSIDE
from records.text import fold

MOST_SUGGESTED = 3
_SOUGHT = (programs_found, tasks_found)


def shorter(actor: Membership, asked: str) -> list[str]:
    """At most three shorter searches, as typed, that find programs or tasks the actor sees. One query.

    Rule: R-FIND-2. Only what is visible counts, so that a suggestion tells nothing of what is hidden.
    """
    tried = _fewer(asked) if works_on_content(actor) else []
    if not tried:
        return []
    answers = Membership.objects.filter(pk=actor.pk).values_list(*(_finds_something(actor, words) for words in tried))
    return [words for words, finds in zip(tried, answers[0], strict=True) if finds][:MOST_SUGGESTED]


def _fewer(asked: str) -> list[str]:
    """Without the last word, without the first, then the two longest words alone."""
    typed = list({fold(word): word for word in asked.split()}.values())
    if len(typed) < 2:
        return []
    longest = sorted((word for word in typed if len(word) >= SHORTEST_INSIDE), key=len, reverse=True)
    return list(dict.fromkeys((" ".join(typed[:-1]), " ".join(typed[1:]), *longest[:2])))


def _finds_something(actor: Membership, asked: str) -> Case:
    found = (When(Exists(search(actor, asked)), then=Value(True)) for search in _SOUGHT)
    return Case(*found, default=Value(False), output_field=BooleanField())
