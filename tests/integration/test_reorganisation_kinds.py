"""Every kind of step: exactly what was previewed happens, and undoing it leaves no trace."""

import pytest

from agencies.reorganisation.enums import ReorganisationState
from coordination.reorganisation.queries import preview_of
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from tests.factories.reorganisations import Land, apply, changed, everything, make_act, undo
from tests.integration.reorganising import KINDS, carried_out, happened, working_land


@pytest.fixture
def land(db) -> Land:
    return working_land()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_was_previewed_happens_and_nothing_else(land, kind):
    """Every row that changed is one the journal names; every effect of the preview is found in the rows."""
    act = make_act(land)
    kind(land, act)
    before = everything()
    seen = apply(act)
    assert seen.digest == act.digest
    assert act.state == ReorganisationState.APPLIED
    assert changed(before, everything()) == {(one.table, one.row) for one in act.changes.all()}
    happened(seen)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_undoing_it_leaves_everything_as_it_was(land, kind):
    """Compared table by table, row by row; only the log tells of both."""
    act = make_act(land)
    kind(land, act)
    before, entries = everything(), AuditEntry.objects.count()
    apply(act)
    undo(act)
    assert everything() == before
    assert act.state == ReorganisationState.UNDONE
    assert not act.changes.exists()
    assert AuditEntry.objects.count() > entries
    assert AuditEntry.objects.order_by("-sequence").first().action == AuditAction.UNDONE


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_after_undoing_it_can_be_applied_again_and_does_the_same(land, kind):
    act, first = carried_out(land, kind)
    undo(act)
    assert preview_of(act).digest == first.digest
