"""Proving the log: whatever is done to it behind the portal's back is found, named and placed."""

import hashlib
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from records import clock
from records.audit.chain import COLUMNS, digest_of, is_sealed, seal_of
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry, AuditHead
from records.audit.services import record
from records.audit.verification import Fault, Head, Wrong, faults, present_head
from records.files.enums import FileKind
from records.files.queries import Damage
from records.files.services import keep_bytes
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.stored import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[AuditEntry]:
    """A log of some entries, the last ones about one agency, with the guards of the database out of the way."""
    member = make_member(make_agency(make_unit(), "ubnd", "UBND huyện"))
    for number in range(6):
        record(AuditAction.CHANGED, actor=member, about=member.agency, after={"lần": number})
    set_the_guards_aside()
    return list(AuditEntry.objects.order_by("sequence"))


def set_the_guards_aside() -> None:
    """What only the owner of the database can do; the chain and its seal must still tell."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE records_auditentry DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE records_audithead DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER records_auditentry_no_update")
            cursor.execute("DROP TRIGGER records_auditentry_no_delete")
            cursor.execute("DROP TRIGGER records_audithead_not_back")
            cursor.execute("DROP TRIGGER records_audithead_no_delete")


def chain_again(since: AuditEntry) -> AuditEntry:
    """Write the digests from an entry on anew, as whoever holds only the database can; the last entry."""
    previous = AuditEntry.objects.filter(sequence__lt=since.sequence).order_by("-sequence").first()
    digest = previous.digest if previous else ""
    for entry in AuditEntry.objects.filter(sequence__gte=since.sequence).order_by("sequence"):
        entry.previous_digest = digest
        entry.digest = digest = digest_of(entry)
        entry.save()
    return entry


def found(*noted: Head) -> list[tuple[Wrong, int, int]]:
    return [(fault.wrong, fault.first, fault.last) for fault in faults(noted)]


def said() -> list[str]:
    return [str(fault) for fault in faults()]


def test_a_log_nobody_touched_is_whole(entries):
    assert found() == []
    assert found(present_head(), Head(entries[2].sequence, entries[2].digest[:8])) == []


COLUMN_CHANGES = {
    "actor_label": "ai đó", "user_id": 99, "user_name": "ai-do", "role": "leader", "role_label": "Lãnh đạo",
    "agency_id": 99, "agency_label": "Cơ quan khác", "unit_id": 99, "actor_id": 99, "action": "moved",
    "object_kind": "agencies.user", "object_id": 99, "object_code": "x", "object_label": "x", "before": {"a": 1},
    "after": {"lần": 9}, "address": "10.0.0.1", "request_id": "x", "local_at": "2022-01-01T00:00:00+07:00",
    "layout": 1, "at": None,
}  # fmt: skip


def test_every_column_is_told_apart():
    assert set(COLUMN_CHANGES) | {"sequence", "previous_digest"} == set(COLUMNS[max(COLUMNS)])


@pytest.mark.parametrize("column", COLUMN_CHANGES)
def test_a_changed_entry_is_found_whatever_was_changed(column, entries):
    value = COLUMN_CHANGES[column] if column != "at" else clock.at(clock.today())
    AuditEntry.objects.filter(sequence=entries[-3].sequence).update(**{column: value})
    assert found() == [(Wrong.CHANGED, entries[-3].sequence, entries[-3].sequence)]
    assert said() == [str(Fault(Wrong.CHANGED, entries[-3].sequence, entries[-3].sequence))]


def test_deleted_entries_are_found(entries):
    gone = [entry.sequence for entry in entries[-4:-2]]
    AuditEntry.objects.filter(sequence__in=gone).delete()
    assert found() == [(Wrong.MISSING, *gone)]
    assert said() == [str(Fault(Wrong.MISSING, *gone))]


def test_the_first_entry_is_missed_as_well(entries):
    AuditEntry.objects.filter(sequence=1).delete()
    assert found() == [(Wrong.MISSING, 1, 1)]


def test_entries_that_changed_places_are_found(entries):
    one, other = entries[-4], entries[-3]
    aside = 10**9
    for was, becomes in ((one.sequence, aside), (other.sequence, one.sequence), (aside, other.sequence)):
        AuditEntry.objects.filter(sequence=was).update(sequence=becomes)
    assert said() == [
        str(Fault(Wrong.MOVED, here.sequence, here.sequence, str(there.sequence)))
        for here, there in ((one, other), (other, one))
    ]


def test_a_forged_entry_breaks_the_link_to_the_next(entries):
    forged = entries[-3]
    forged.actor_label = "ai đó"
    forged.digest = digest_of(forged)
    forged.save()
    assert found() == [(Wrong.UNLINKED, forged.sequence + 1, forged.sequence + 1)]


def test_a_tail_that_was_cut_off_is_found(entries):
    AuditEntry.objects.filter(sequence__gte=entries[-2].sequence).delete()
    assert found() == [(Wrong.CUT, entries[-2].sequence, entries[-1].sequence)]
    assert said() == [str(Fault(Wrong.CUT, entries[-2].sequence, entries[-1].sequence))]


def test_a_log_that_was_cut_off_is_found_even_when_all_of_it_is_gone(entries):
    AuditEntry.objects.all().delete()
    assert found() == [(Wrong.CUT, 1, entries[-1].sequence)]


def test_a_log_written_anew_from_an_entry_on_is_found(entries):
    AuditEntry.objects.filter(sequence=entries[-3].sequence).update(actor_label="ai đó")
    chain_again(entries[-3])
    assert found() == [(Wrong.REWRITTEN, entries[-1].sequence, entries[-1].sequence)]


def test_a_head_written_anew_without_the_key_is_found(entries):
    AuditEntry.objects.filter(sequence=entries[-3].sequence).update(actor_label="ai đó")
    last = chain_again(entries[-3])
    AuditHead.objects.update(digest=last.digest, seal=seal_of(last.sequence, last.digest, key="another key"))
    assert found() == [(Wrong.UNSEALED, 0, 0)]


def test_a_head_put_back_is_found(entries):
    AuditHead.objects.update(
        sequence=entries[-3].sequence,
        digest=entries[-3].digest,
        seal=seal_of(entries[-3].sequence, entries[-3].digest),
    )
    assert found() == [(Wrong.BEYOND, entries[-2].sequence, entries[-1].sequence)]


def test_a_head_taken_away_is_found_and_not_covered_up_by_the_next_entry(entries, caplog):
    AuditHead.objects.all().delete()
    assert found() == [(Wrong.NO_HEAD, 0, 0)]
    record(AuditAction.CHANGED)
    assert found() == [(Wrong.UNSEALED, 0, 0)]
    assert "The head of the audit is missing" in caplog.text


def test_abuse_53_a_whole_database_put_back_is_told_by_a_head_noted_outside(entries):
    """With a copy of yesterday's tables everything fits together; only the head on paper knows better."""
    noted = present_head()
    AuditEntry.objects.filter(sequence__gte=entries[-2].sequence).delete()
    AuditHead.objects.update(
        sequence=entries[-3].sequence,
        digest=entries[-3].digest,
        seal=seal_of(entries[-3].sequence, entries[-3].digest),
    )
    assert found() == []
    assert found(noted) == [(Wrong.NOT_AS_NOTED, noted.sequence, noted.sequence)]
    record(AuditAction.CHANGED)
    record(AuditAction.CHANGED)
    assert found(noted) == [(Wrong.NOT_AS_NOTED, noted.sequence, noted.sequence)]


def test_the_portal_works_on_after_a_break_and_never_seals_it(entries, caplog):
    """Otherwise one more entry would cover up what was done to the log."""
    AuditEntry.objects.filter(sequence=entries[-1].sequence).delete()
    AuditHead.objects.update(sequence=entries[-2].sequence, digest=entries[-2].digest)
    record(AuditAction.CHANGED)
    record(AuditAction.CHANGED)
    assert found() == [(Wrong.UNSEALED, 0, 0)]
    assert caplog.text.count("was not sealed by this portal's key") == 1


def test_a_new_key_seals_on_while_the_old_one_is_named(entries, settings):
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", [old]
    assert found() == []
    record(AuditAction.CHANGED)
    settings.SECRET_KEY_FALLBACKS = []
    assert found() == []


def test_a_key_that_was_lost_is_told_and_sealed_again_only_on_purpose(entries, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", []
    assert found() == [(Wrong.UNSEALED, 0, 0)]
    verify("--seal-again", "khóa cũ bị mất")
    assert found() == []
    assert AuditEntry.objects.order_by("-sequence").first().after["reason"] == "khóa cũ bị mất"


def test_the_seal_is_of_the_head_and_the_key(entries):
    head = AuditHead.objects.get()
    assert is_sealed(head)
    assert re.fullmatch("[0-9a-f]{64}", head.seal)
    assert head.seal != hashlib.sha256(str(head).encode()).hexdigest()
    assert len({head.seal, seal_of(head.sequence + 1, head.digest), seal_of(head.sequence, "0" * 64)}) == 3


def old_entry(sequence: int, previous: str) -> AuditEntry:
    """An entry as the portal wrote it before there were names of accounts and roles in it."""
    entry = AuditEntry(
        sequence=sequence, previous_digest=previous, layout=1, at=clock.now(), action="changed", agency_id=1, unit_id=1,
        actor_label="Chuyên viên, UBND huyện", before={}, after={"a": "b"},
    )  # fmt: skip
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def test_entries_of_the_old_layout_still_prove_themselves(entries):
    last = old_entry(entries[-1].sequence + 1, entries[-1].digest)
    AuditHead.objects.update(sequence=last.sequence, digest=last.digest, seal=seal_of(last.sequence, last.digest))
    assert found() == []
    record(AuditAction.CHANGED)
    assert found() == []


def test_the_old_layout_is_written_as_it_always_was():
    """The digest of an entry of the first release, taken from its log."""
    entry = AuditEntry(
        sequence=1, previous_digest="", layout=1, at=clock.at(clock.today(), 8, 30), action="created", actor_id=5,
        actor_label="Thư ký, Văn phòng", agency_id=3, unit_id=2, object_kind="coordination.program", object_id=7,
        object_label="DH-2022-02", before={}, after={"title": "Chương trình"}, address="127.0.0.1", request_id="r",
    )  # fmt: skip
    written = (
        '{"action":"created","actor_id":5,"actor_label":"Thư ký, Văn phòng","address":"127.0.0.1",'
        '"after":{"title":"Chương trình"},"agency_id":3,"at":"2022-03-30T01:30:00.000000+00:00","before":{},'
        '"object_id":7,"object_kind":"coordination.program","object_label":"DH-2022-02","previous_digest":"",'
        '"request_id":"r","sequence":1,"unit_id":2}'
    )
    assert digest_of(entry) == hashlib.sha256(written.encode()).hexdigest()


def test_nothing_can_be_written_into_the_new_columns_of_an_old_entry(entries):
    last = old_entry(entries[-1].sequence + 1, entries[-1].digest)
    AuditHead.objects.update(sequence=last.sequence, digest=last.digest, seal=seal_of(last.sequence, last.digest))
    AuditEntry.objects.filter(sequence=last.sequence).update(user_name="ai-do")
    assert found() == [(Wrong.CHANGED, last.sequence, last.sequence)]


def verify(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify", *arguments, stdout=out)
    return out.getvalue()


def test_verify_prints_the_head_to_be_written_down(entries):
    head = AuditHead.objects.get()
    assert f" {head.sequence}:{head.digest}\n" in verify()


def test_verify_fails_and_says_what_and_where(entries):
    AuditEntry.objects.filter(sequence=entries[-2].sequence).update(actor_label="ai đó")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^1 ") as failed:
        call_command("verify", stdout=out)
    assert failed.value.returncode == 1
    assert str(Fault(Wrong.CHANGED, entries[-2].sequence, entries[-2].sequence)) in out.getvalue()


@pytest.mark.parametrize("digits", [8, 64])
def test_verify_compares_with_a_head_printed_earlier(digits, entries):
    noted = f"{entries[-2].sequence}:{entries[-2].digest[:digits]}"
    record(AuditAction.CHANGED)
    verify("--head", noted)
    with pytest.raises(CommandError):
        verify("--head", f"{entries[-2].sequence}:{entries[-3].digest[:digits]}")
    with pytest.raises(CommandError):
        verify("--head", f"{entries[-1].sequence + 9}:{entries[-3].digest[:digits]}")


@pytest.mark.parametrize(
    "typed", ["", "12", "12:", ":abcdef12", "x:abcdef12", "12:zzzzzzzz", f"{10**30}:abcdef12", "1:ab"]
)
def test_verify_refuses_what_is_no_head(typed, entries):
    with pytest.raises(CommandError, match="1234:0f3a5b7c"):
        verify("--head", typed)


def test_verify_keeps_a_file_of_heads_and_compares_with_it(entries, tmp_path):
    kept = tmp_path / "heads"
    verify("--heads", str(kept))
    verify("--heads", str(kept))
    record(AuditAction.CHANGED)
    verify("--heads", str(kept))
    first, second = kept.read_text().split()
    assert (first, second) == (f"{entries[-1].sequence}:{entries[-1].digest}", str(present_head()))
    AuditEntry.objects.filter(sequence=entries[-1].sequence).update(actor_label="ai đó")
    chain_again(entries[-1])
    last = AuditEntry.objects.order_by("-sequence").first()
    AuditHead.objects.update(digest=last.digest, seal=seal_of(last.sequence, last.digest))
    with pytest.raises(CommandError, match=r"^2 "):
        verify("--heads", str(kept))
    assert kept.read_text().split() == [first, second]


def test_verify_reads_the_stored_files_when_asked(entries):
    whole, lost, changed = (
        keep_bytes(f"tep-{number}", FileKind.PDF, b"%PDF-" + str(number).encode()) for number in range(3)
    )
    verify("--files")
    path_of(lost).unlink()
    path_of(changed).write_bytes(b"%PDF-9")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^2 "):
        call_command("verify", "--files", stdout=out)
    said = out.getvalue()
    for one, is_missing in ((lost, True), (changed, False)):
        assert str(Damage(one.pk, one.name, str(path_of(one)), is_missing)) in said
    assert whole.name not in said


def test_the_time_and_memory_of_a_long_log_are_bounded(django_assert_max_num_queries, entries):
    """One query for each five thousand entries: the log is never read as a whole."""
    with django_assert_max_num_queries(5):
        assert found() == []
