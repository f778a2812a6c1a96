"""A refusal says why, and whom to ask: every sentence of every predicate, and the page that shows it."""

import ast
import re

import pytest

from agencies.access.enums import Role
from tests.consistency.tree import FLOORS, PROJECT
from tests.integration.rights.refused import refused

pytestmark = pytest.mark.django_db

# Who is named: a role, an office or an agency that may, somebody else to ask, or the page that does it instead.
_WHO = re.compile(
    r"secretar|leader|official|organiser|administrator|part(y|ies)\b|agency\)s|lead\)s|office|members?|someone else|"
    r"those who|whoever|people who|another one|“My account”|unit\)s|(drafting|confirming|lead) agency|agency that",
    re.IGNORECASE,
)
# What the state of things refuses to everybody: there is nobody to ask, the sentence says what happened or comes next.
_WHAT_HAPPENED = re.compile(
    r"closed|finished|no longer|has been held|awaits confirmation|has not reported|no deadline|have agreed|"
    r"does not grade|of the same program|evaluated|suspended|ended|undone|applied|prepared|no program|deleted|"
    r"was withdrawn|not been sent|has begun|still open|asks for no|was submitted|take it back|"
    r"taken back|dropped|not agreed yet|done already|not done yet|days ago|your own agency leads",
    re.IGNORECASE,
)


def refusals() -> list[tuple[str, int, str]]:
    """Every sentence given to `no(...)` in the product, with its place."""
    found = []
    for floor in FLOORS:
        for path in sorted((PROJECT / floor).rglob("*.py")):
            module = ast.parse(path.read_text(encoding="utf-8"))
            for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
                if isinstance(call.func, ast.Name) and call.func.id == "no" and call.args:
                    said = [each.value for each in ast.walk(call.args[0]) if _is_sentence(each)]
                    found += [(str(path.relative_to(PROJECT)), call.lineno, sentence) for sentence in said]
    return found


def _is_sentence(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def test_every_refusal_names_who_may_or_what_happened():
    unhelpful = [each for each in refusals() if not _WHO.search(each[2]) and not _WHAT_HAPPENED.search(each[2])]
    assert len(refusals()) > 30
    assert unhelpful == []


def test_a_sentence_that_helps_nobody_would_be_noticed():
    for sentence in ("You may not do this.", "Not allowed.", "Access denied for this page."):
        assert not _WHO.search(sentence) and not _WHAT_HAPPENED.search(sentence)


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.ORGANISER])
def test_the_page_says_why_and_which_offices_to_ask(role, world, enter):
    """By office, never by name: secretaries for the work, administrators for accounts, of the reader's own unit."""
    program = world.programs["here draft"]
    page = refused(enter("party", role), "get", f"/chuong-trinh/{program.slug}/soan/", status=403).response
    text = page.content.decode()
    assert program.drafting_agency.current_short_name in text
    assert world.here.agencies["drafter"].current_name in text
    main = text.partition("<main")[2].partition("</main>")[0]
    assert all(agency.current_name not in main for agency in _others(world))
    assert world.here.members["drafter", Role.SECRETARY].user.username not in main


def _others(world) -> list:
    return [world.here.agencies[name] for name in ("above", "below", "another")]


def test_a_hidden_object_is_refused_without_a_word(world, enter):
    page = refused(enter("sameunit"), "get", f"/chuong-trinh/{world.programs['here draft'].slug}/", status=404).response
    assert "Thư ký" not in page.content.decode().partition("<main")[2].partition("</main>")[0]


# Views and guards that say no themselves, because no predicate is about what they ask.
_NOT_PREDICATES = {
    "agencies/access/http.py",  # an account without a membership today
    "coordination/consultation/views/writing.py",  # a member who speaks for no party at all
    "coordination/tasks/views/choosing.py",  # no program at all to write a task in
    "coordination/evaluations/views/forms_of_agencies.py",  # no other party to grade
}


def test_reasons_are_given_by_predicates():
    places = {place for place, _line, _sentence in refusals() if not place.endswith("permissions.py")}
    assert places == _NOT_PREDICATES
