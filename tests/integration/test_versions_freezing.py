"""Numbers of versions, what they freeze, and that the database keeps what was frozen."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from coordination.programs import services as programs
from coordination.programs.models import Program, ProgramVersion
from coordination.programs.services.snapshot import digest_of
from coordination.versions.queries import damaged_versions
from records import clock
from records.models import AuditEntry
from tests.factories.consultations import make_round
from tests.factories.programs import make_program, secretary_of

pytestmark = pytest.mark.django_db


def drafter(program: Program):
    return secretary_of(program.drafting_agency)


def test_drafts_are_counted_from_0_1_and_the_same_draft_is_frozen_once():
    program = make_program()
    first = programs.freeze(program, actor=drafter(program))
    assert (first.label, first.for_signing, first.digest) == ("0.1", False, digest_of(first.snapshot))
    entries = AuditEntry.objects.count()
    assert programs.freeze(program, actor=drafter(program)) == first
    assert AuditEntry.objects.count() == entries
    section = program.sections.get(numbering="I")
    programs.edit_section(
        section, actor=drafter(program), revision=section.revision, numbering="I", heading="Mục đích", body="Khác."
    )
    second = programs.freeze(Program.objects.get(pk=program.pk), actor=drafter(program))
    assert second.label == "0.2" and second.digest != first.digest
    told = AuditEntry.objects.filter(after__version="0.2").get()
    assert (told.object_id, told.after["digest"]) == (program.pk, second.digest)


def test_a_round_freezes_the_draft_it_sends():
    program = make_program()
    sent = make_round(program)
    assert (sent.version.label, sent.version.for_signing) == ("0.1", False)
    assert sent.version.snapshot["title"] == program.title


def test_signing_versions_are_counted_apart_and_are_always_new():
    program = make_program("signing")
    actor = drafter(program)
    signing = program.versions.get(for_signing=True)
    assert signing.label == "1.1"
    program.versions.filter(pk=signing.pk).update(voided_at=clock.now(), void_reason="Xem lại")
    assert programs.freeze(program, actor=actor, for_signing=True).label == "1.2"


def test_sections_and_tasks_carry_the_keys_of_their_rows_and_agencies_their_names():
    program = make_program("signing")
    content = program.versions.get(for_signing=True).snapshot
    assert [row[4] for row in content["sections"]] == list(program.sections.values_list("pk", flat=True))
    assert [len(row) for row in content["sections"]] == [5, 5, 5]
    assert content["agencies"] == {}


@pytest.mark.parametrize("facts", [{"title": "Nội dung khác"}, {"sections": []}, {}])
def test_what_was_frozen_is_never_changed(facts):
    version = make_program("signing").versions.get(for_signing=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgramVersion.objects.filter(pk=version.pk).update(snapshot=version.snapshot | facts | {"place": "Nơi khác"})
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgramVersion.objects.filter(pk=version.pk).update(digest="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgramVersion.objects.filter(pk=version.pk).update(major=2)
    version.refresh_from_db()
    assert digest_of(version.snapshot) == version.digest and version.label == "1.1"


def test_a_version_is_not_deleted_nor_the_table_emptied():
    program = make_program()
    programs.freeze(program, actor=drafter(program))
    table, settled = ProgramVersion._meta.db_table, "SET CONSTRAINTS ALL IMMEDIATE"
    on_postgresql = [settled, f"TRUNCATE {table} CASCADE"]
    for *before, command in [[f"DELETE FROM {table}"]] + [on_postgresql] * (connection.vendor == "postgresql"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            for each in (*before, command):
                cursor.execute(each)
    assert program.versions.count() == 1


def test_a_version_is_voided_once_and_stays_void():
    version = make_program("signing").versions.get(for_signing=True)
    ProgramVersion.objects.filter(pk=version.pk).update(voided_at=clock.now(), void_reason="Trả lại")
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgramVersion.objects.filter(pk=version.pk).update(voided_at=None, void_reason="")
    version.refresh_from_db()
    assert version.voided_at is not None


def test_a_draft_never_bears_the_number_of_a_signing_version():
    program = make_program()
    version = programs.freeze(program, actor=drafter(program))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramVersion.objects.create(
            program=program, major=1, minor=1, snapshot=version.snapshot, digest=version.digest, locked_at=clock.now()
        )


def test_every_version_is_proved_by_its_digest_and_by_the_log():
    program = make_program("signing")
    programs.freeze(make_program(), actor=secretary_of(Program.objects.last().drafting_agency))
    assert list(damaged_versions()) == []
    content = program.versions.get(for_signing=True).snapshot
    for facts, by_digest in (
        ({"snapshot": content | {"title": "Khác"}}, True),
        ({"snapshot": content | {"title": "Khác"}, "digest": digest_of(content | {"title": "Khác"})}, False),
    ):
        with transaction.atomic():
            _unguarded(program, **facts)
            [damaged] = damaged_versions()
            transaction.set_rollback(True)
        assert damaged.is_known_by_digest is by_digest
        assert program.code in str(damaged)


def _unguarded(program: Program, **facts) -> None:
    """A version changed by somebody who took the database's guard away."""
    table = ProgramVersion._meta.db_table
    name = f"{table}_frozen ON {table}" if connection.vendor == "postgresql" else f"{table}_frozen"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TRIGGER {name}")
    program.versions.filter(for_signing=True).update(**facts)
