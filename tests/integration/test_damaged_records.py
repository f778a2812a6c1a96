"""What `manage.py verify` found damaged stands at the top of the record's own page until a proof finds it whole."""

import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.models import Program, Task
from coordination.programs.models import ProgramVersion
from coordination.register import services as register
from coordination.register.enums import DocumentType
from coordination.register.models import RegisterEntry
from coordination.tasks import services as tasks
from coordination.tasks.models import Evidence, TaskRole
from portal.condition.damage import HOMES, marks_of
from portal.condition.enums import Standing
from portal.condition.looks import database
from records import clock, verified
from records.audit.models import AuditEntry
from records.damage import Harm, Mark
from records.files.enums import FileKind
from records.files.models import StoredFile
from records.files.queries import Damage
from records.files.services import keep_bytes
from records.orphans import Orphan, orphan_rows
from tests.factories.papers import make_letter
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.stored import path_of
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
BANNER = 'id="hu-hong"'
NOBODY = 10**9


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def program() -> Program:
    return make_program("signed")


@pytest.fixture
def evidence(program) -> Evidence:
    task = make_task(program, "in_progress")
    lead = task.roles.filter(kind="lead").first().agency
    upload = tasks.Upload("Biên bản.pdf", io.BytesIO(b"%PDF-1.7\n%%EOF\n"), 15)
    report = tasks.report_progress(task, actor=official_of(lead), value=None, percent=60, files=[upload])
    return report.evidence.select_related("file", "report__task").get()


def verify(*arguments: str) -> str:
    out = io.StringIO()
    with suppress(CommandError):
        call_command("verify", *arguments, stdout=out)
    return out.getvalue()


def set_aside(guard: str, table: str) -> None:
    """What only the owner of the database can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {guard}")


def write_another_title(version: ProgramVersion) -> None:
    set_aside("coordination_programversion_frozen", "coordination_programversion")
    ProgramVersion.objects.filter(pk=version.pk).update(snapshot=version.snapshot | {"title": "Khác"})


def address(record: Program | Task) -> str:
    return f"/{'chuong-trinh' if isinstance(record, Program) else 'nhiem-vu'}/{record.slug}/"


def test_a_version_changed_under_the_portal_is_told_to_everybody_who_sees_the_program(program, sign_in):
    keeper = make_member(make_agency(program.unit, "cntt", "Trung tâm Công nghệ"), Role.SYSTEM_ADMIN)
    readers = [sign_in(official_of(party.agency)) for party in program.parties.all()]
    version = program.versions.get(for_signing=True)
    write_another_title(version)
    assert all(BANNER not in reader.get(address(program)).content.decode() for reader in readers)
    verify()
    for reader in readers:
        for page in ("", "lich-su/", "ky-ket/"):
            shown = reader.get(address(program) + page).content.decode()
            assert BANNER in shown, page
            assert str(Harm.VERSION.words) in shown
            assert keeper.agency.current_name in shown
    other = make_program("signed", agencies=[party.agency for party in program.parties.all()])
    assert BANNER not in readers[0].get(address(other)).content.decode()
    ProgramVersion.objects.filter(pk=version.pk).update(snapshot=version.snapshot)
    verify()
    assert BANNER not in readers[0].get(address(program)).content.decode()


def test_damaged_evidence_is_named_on_its_task_until_all_files_are_read_again(evidence, sign_in):
    task, client = evidence.report.task, sign_in(official_of(evidence.report.task.program.parties.first().agency))
    kept = path_of(evidence.file).read_bytes()
    path_of(evidence.file).chmod(0o600)
    path_of(evidence.file).write_bytes(b"%PDF-other")
    verify("--files")
    page = address(task)
    for shown in (client.get(page).content.decode(), client.get(f"{page}lich-su/").content.decode()):
        assert BANNER in shown
        assert f"{evidence.file.name}: {Harm.FILE.words}" in shown
    assert BANNER not in client.get(address(task.program)).content.decode()
    path_of(evidence.file).write_bytes(kept)
    assert "--files" in verify()
    assert BANNER in client.get(page).content.decode()
    assert [one.standing for one in database.proof()] == [Standing.BROKEN]
    verify("--files")
    assert BANNER not in client.get(page).content.decode()
    assert [one.standing for one in database.proof()] == [Standing.IN_ORDER]


def test_a_record_whose_history_was_changed_says_so(program, sign_in):
    entry = AuditEntry.objects.filter(object_kind="coordination.program", object_id=program.pk).first()
    set_aside("records_auditentry_no_update", "records_auditentry")
    AuditEntry.objects.filter(pk=entry.pk).update(actor_label="ai đó")
    verify()
    shown = sign_in(secretary_of(program.drafting_agency)).get(address(program)).content.decode()
    assert str(Harm.LOG.words) in shown


def test_a_part_that_points_nowhere_marks_the_record_it_belongs_to(program):
    role = make_task(program).roles.first()
    was = role.agency_id
    TaskRole.objects.filter(pk=role.pk).update(agency_id=NOBODY)
    marks = {mark for one in orphan_rows() for mark in marks_of(one)}
    # The database asks at the end of the transaction whether every row points somewhere.
    TaskRole.objects.filter(pk=role.pk).update(agency_id=was)
    assert marks == {Mark("coordination.task", role.task_id, Harm.ROW)}


def test_a_counter_put_back_is_told_where_a_number_would_be_taken(program, sign_in):
    keeper = secretary_of(program.drafting_agency)
    series = register.open_series(actor=keeper, agency=keeper.agency, document_type=DocumentType.PROGRAM, year=2022)
    RegisterEntry.objects.create(series=series, number=series.next_number, subject="ba", reserved_at=clock.now())
    verify()
    stranger = sign_in(make_member(make_agency(program.unit, "khac", "Cơ quan khác"), Role.SECRETARY))
    for page in (f"/so-van-ban/{series.pk}/", f"/so-van-ban/{series.pk}/lay-so/"):
        assert str(Harm.COUNTER.words) in sign_in(keeper).get(page).content.decode(), page
        refused = stranger.get(page)
        assert (refused.status_code, BANNER in refused.content.decode()) == (404, False)


def test_a_letter_says_what_is_damaged_of_it_and_only_to_those_who_may_read_it(program, sign_in):
    addressee = program.parties.exclude(agency=program.drafting_agency).first().agency
    letter = make_letter(program, addressee)
    entry = AuditEntry.objects.filter(object_kind="coordination.urgingletter", object_id=letter.pk).get()
    set_aside("records_auditentry_no_update", "records_auditentry")
    AuditEntry.objects.filter(pk=entry.pk).update(actor_label="ai đó")
    verify()
    page = f"/don-doc/{letter.pk}/"
    reader = sign_in(secretary_of(program.drafting_agency))
    for own in (page, f"{page}sua/"):
        assert str(Harm.LOG.words) in reader.get(own).content.decode(), own
    refused = sign_in(secretary_of(addressee)).get(page)
    assert (refused.status_code, BANNER in refused.content.decode()) == (404, False), "not sent yet"


def test_a_part_of_a_letter_or_a_series_that_points_nowhere_marks_it(program):
    letter = make_letter(program, program.parties.exclude(agency=program.drafting_agency).first().agency)
    part = letter.urged.get()
    assert marks_of(Orphan("coordination.UrgedTask", part.pk, "task", NOBODY)) == {
        Mark("coordination.urgingletter", letter.pk, Harm.ROW),
        Mark("coordination.task", part.task_id, Harm.ROW),
    }
    assert marks_of(Orphan("coordination.NumberSeries", 7, "agency", NOBODY)) == {
        Mark("coordination.numberseries", 7, Harm.ROW)
    }


def test_a_row_that_points_nowhere_two_steps_away_marks_the_record_it_is_part_of(evidence):
    task = evidence.report.task_id
    assert marks_of(Orphan("coordination.Evidence", evidence.pk, "file", NOBODY)) == {
        Mark("coordination.task", task, Harm.ROW)
    }
    who = evidence.report.by_id
    assert marks_of(Orphan("agencies.Membership", who, "agency", NOBODY)) == set(), "nobody is part of a record"


def test_every_column_that_leads_to_a_stored_file_says_whose_it_is():
    columns = {
        (model, column.name)
        for model in apps.get_models()
        for column in model._meta.local_concrete_fields
        if column.related_model is StoredFile
    }
    assert columns == set(HOMES)
    unused = keep_bytes("tep.pdf", FileKind.PDF, b"%PDF-1.7\n%%EOF\n")
    assert marks_of(Damage(unused.pk, unused.name, "x", is_missing=True)) == set(), "every way leads somewhere"


@pytest.mark.parametrize(("damaged", "more"), [("none", 0), ("others", 0), ("this", 1)])
def test_a_whole_record_costs_no_query_a_damaged_one_costs_one(damaged: str, more: int, program, sign_in):
    task, other = make_task(program), make_task(program)
    client = sign_in(secretary_of(program.drafting_agency))
    pages = (address(task), "/nhiem-vu/")
    before = [queries(client.get, page) for page in pages for _twice in range(2)][1::2]
    marked = {"none": [], "others": [other], "this": [task]}[damaged]
    verified.keep(faults=1, head="0:", damaged_files=None, marks=[Mark.on(one, Harm.ROW) for one in marked])
    assert [queries(client.get, page) for page in pages] == [before[0] + more, before[1]]


def queries(get: Callable, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert get(page).status_code == 200
    return len(asked)


def test_a_reader_elsewhere_is_told_nothing(program, sign_in):
    verified.keep(faults=1, head="0:", damaged_files=None, marks=[Mark.on(program, Harm.ROW)])
    stranger: Membership = make_member(make_agency(program.unit, "khac", "Cơ quan khác"), Role.OFFICIAL)
    answer = sign_in(stranger).get(f"{address(program)}lich-su/")
    assert answer.status_code == 404
    assert BANNER not in answer.content.decode()


def test_more_marks_than_pages_need_are_not_kept(settings):
    many = [Mark("coordination.task", pk, Harm.FILE) for pk in range(verified.MOST_MARKS + 1)]
    verified.keep(faults=len(many), head="0:", damaged_files=len(many), marks=many)
    assert (verified.last().faults, len(verified.last().marks)) == (len(many), verified.MOST_MARKS)
    assert [path.name for path in Path(settings.MEDIA_ROOT).iterdir()] == ["verified.json"]
