"""The audit: append-only by the database, chained by digests, and any change in it is found and told where."""

import pytest
from django.db import IntegrityError, connection, transaction

from records.audit.enums import AuditAction
from records.audit.services import Origin, broken_links, digest_of, origin, record
from records.models import AuditEntry
from tests.factories.people import make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    member = make_member(make_agency(make_unit(), "ubnd", "UBND huyện"))
    for number in range(5):
        record(AuditAction.CHANGED, actor=member, about=member.agency, after={"lần": number})
    return list(AuditEntry.objects.order_by("sequence"))


def set_aside_the_trigger() -> None:
    """What only the owner of the database can do; the chain must still tell."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE records_auditentry DISABLE TRIGGER records_auditentry_append_only")
        else:
            cursor.execute("DROP TRIGGER records_auditentry_no_update")
            cursor.execute("DROP TRIGGER records_auditentry_no_delete")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(entries, change):
    rows = AuditEntry.objects.filter(sequence=entries[0].sequence)
    with pytest.raises(IntegrityError), transaction.atomic():
        if change == "update":
            rows.update(actor_label="ai đó")
        else:
            rows.delete()
    assert broken_links() == []


def test_a_changed_entry_is_found(entries):
    set_aside_the_trigger()
    AuditEntry.objects.filter(sequence=entries[2].sequence).update(actor_label="ai đó")
    assert broken_links() == [f"entry {entries[2].sequence} was changed"]


def test_a_removed_entry_is_found(entries):
    set_aside_the_trigger()
    AuditEntry.objects.filter(sequence=entries[2].sequence).delete()
    assert broken_links() == [f"entries {entries[2].sequence} to {entries[2].sequence} are missing"]


def test_a_forged_entry_breaks_the_link_to_the_next(entries):
    set_aside_the_trigger()
    forged = entries[1]
    forged.actor_label = "ai đó"
    forged.digest = digest_of(forged)
    forged.save()
    assert broken_links() == [f"entry {forged.sequence + 1} does not follow entry {forged.sequence}"]


def test_an_entry_tells_who_where_and_what(entries):
    token = origin.set(Origin(address="10.0.0.7", request_id="abc"))
    try:
        entry = record(AuditAction.EXPORTED, actor_label="thu-ky", after={"văn bản": "DH-2022-02"})
    finally:
        origin.reset(token)
    entry.refresh_from_db()
    assert (entry.address, entry.request_id, entry.after) == ("10.0.0.7", "abc", {"văn bản": "DH-2022-02"})
    assert digest_of(entry) == entry.digest


def test_what_is_taken_back_leaves_no_entry(entries):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(AuditAction.CHANGED, after={"x": 1})
        raise RuntimeError
    assert AuditEntry.objects.count() == len(entries)
    assert broken_links() == []
