"""Whatever leaves the portal leaves one entry: who took what, and only when it was truly handed over."""

import io

import pytest

from coordination.programs import services as programs
from coordination.programs.enums import SignatureMethod
from coordination.programs.queries import signing_stand
from coordination.tasks import services as tasks
from records import clock
from records.audit.enums import AuditAction
from records.models import AuditEntry
from reports.issuing.services import issue_program
from reports.pdf import engine
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.stored import path_of
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 minh chung\n%%EOF\n"


def told_after(act) -> list[AuditEntry]:
    last = AuditEntry.objects.last().sequence
    act()
    return list(AuditEntry.objects.filter(sequence__gt=last))


def read_out(response) -> bytes:
    """The file, read to its end as a browser does; one left open would be closed by nobody."""
    return b"".join(response.streaming_content)


@pytest.fixture
def evidence():
    program = make_program("signed")
    task = make_task(program, "in_progress")
    lead = task.roles.filter(kind="lead").first().agency
    upload = tasks.Upload("Biên bản.pdf", io.BytesIO(PDF), len(PDF))
    report = tasks.report_progress(task, actor=official_of(lead), value=None, percent=60, files=[upload])
    return report.evidence.select_related("file", "report__task").get()


def test_a_file_of_evidence_handed_over_leaves_one_entry(evidence, sign_in):
    reader = official_of(evidence.report.task.program.parties.first().agency)
    client = sign_in(reader)
    [entry] = told_after(lambda: read_out(client.get(f"/minh-chung/{evidence.pk}/")))
    assert (entry.action, entry.object_kind, entry.object_id) == ("downloaded", "coordination.evidence", evidence.pk)
    assert entry.after == {
        "task": evidence.report.task.code, "file": evidence.file.name, "sha256": evidence.file.sha256,
    }  # fmt: skip
    assert (entry.actor_id, entry.role) == (reader.pk, reader.role)


def test_a_file_whose_bytes_are_gone_was_handed_to_nobody(evidence, sign_in):
    path_of(evidence.file).unlink()
    client = sign_in(official_of(evidence.report.task.program.parties.first().agency))
    entries = told_after(lambda: client.get(f"/minh-chung/{evidence.pk}/"))
    assert [entry.action for entry in entries] == [AuditAction.REFUSED]


def test_a_file_asked_for_by_a_stranger_leaves_a_refusal_and_no_name(evidence, sign_in):
    client = sign_in(make_member(make_agency(make_unit("KH"), "ubnd")))
    [entry] = told_after(lambda: client.get(f"/minh-chung/{evidence.pk}/"))
    assert (entry.action, entry.object_label) == (AuditAction.REFUSED, "")
    assert evidence.file.name not in str(entry.after)


def test_a_scan_handed_over_leaves_one_entry(sign_in):
    program = make_program("signing")
    slot = signing_stand(program).awaited[0]
    scan = programs.Scan("Bản ký.pdf", io.BytesIO(PDF), len(PDF))
    secretary = secretary_of(program.drafting_agency)
    programs.record_signature(slot, actor=secretary, method=SignatureMethod.PAPER, signed_on=clock.today(), scan=scan)
    client, address = sign_in(secretary), f"/chuong-trinh/{program.slug}/ky-ket/{slot.pk}/ban-quet/"
    [entry] = told_after(lambda: read_out(client.get(address)))
    assert (entry.action, entry.object_kind, entry.after["program"]) == (
        "downloaded", "coordination.signatureslot", program.code,
    )  # fmt: skip


def test_an_issued_paper_handed_over_leaves_one_entry(sign_in):
    program = make_program("signed")
    document = issue_program(program, actor=secretary_of(program.drafting_agency))
    client = sign_in(secretary_of(program.drafting_agency))
    [entry] = told_after(lambda: client.get(f"/bao-cao/van-ban/{document.pk}.pdf"))
    assert (entry.action, entry.object_kind, entry.object_id) == ("downloaded", "reports.issueddocument", document.pk)
    assert entry.after["sha256"] == document.file.sha256


def test_a_paper_that_could_not_be_made_was_not_exported(sign_in, monkeypatch, settings, tmp_path):
    """The renderer takes no document at all, as it takes none that is too large."""
    monkeypatch.setattr(engine, "MAX_HTML_BYTES", 0)
    settings.VAR = tmp_path
    program = make_program("signed")
    client = sign_in(secretary_of(program.drafting_agency))
    assert told_after(lambda: client.get(f"/bao-cao/chuong-trinh/{program.slug}.pdf")) == []
