"""Every form of the portal sent by those who may not, with what its rightful sender would have sent."""

import fnmatch
import hashlib
import logging
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import resolve

from agencies.models import Agency, AgencyName, Membership, Office, OfficeHolding, Person, UnitName
from coordination.models import AgendaItem, Conclusion, Evaluation, Program, Section, SignatureSlot, Task
from records import clock
from records.audit.enums import AuditAction
from records.models import AuditEntry
from tests.conftest import MOMENT
from tests.factories.story import told_story
from tests.integration.hostile import Page, rows_kept, told
from tests.integration.hostile_doors import DOORS
from tests.integration.hostile_stage import set_the_stage

pytestmark = pytest.mark.on_postgresql

STRANGERS = ("can-bo-xa-tan-binh", "thu-ky-hai-ha", "quan-tri")
LEADER, OTHER_PARTY, OTHER_SECRETARY = "chu-tich-mttq", "chuyen-vien-hnd", "thu-ky-tuyen-giao"
# Doors whose page is the account's own, or that open on the sender's own agency: everyone may use them on themselves.
OWN = {"preferences", "password", "sign-in", "self-evaluation", "cross-evaluation", "conference planned",
       "program created", "task created", "agency added", "evaluation opened", "forgotten password", "password by link",
       "phone set up", "recovery codes renewed", "second factor removed", "sign-in policy",
       "series opened", "unsaved task dropped", "rhythm of letters", "figures of the week", "view saved",
       "scheme written", "template of a report"}  # fmt: skip
WATCHED = (Program, Section, SignatureSlot, Task, Evaluation, AgendaItem, Conclusion)
WATCHED += (Office, OfficeHolding, Person, Membership, Agency, AgencyName, UnitName)


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as story, clock.standing_at(MOMENT):
        yield set_the_stage(story, MOMENT.date())


@pytest.fixture(autouse=True)
def _database(db, monkeypatch):
    """Each test of the module writes into a savepoint of its own; refusals are expected here, so not logged."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


def content() -> str:
    """The digest of everything the forms could have changed, column by column."""
    links = [field.remote_field.through for model in WATCHED for field in model._meta.many_to_many]
    rows = [list(table._default_manager.order_by("pk").values()) for table in (*WATCHED, *links)]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def rightful(door, stage, sign_in) -> tuple[str, dict]:
    """Where and what the account that may would send."""
    slot = str(stage.slot.pk)
    client, address = sign_in(stage.story.cast.members[door.account]), door.page(stage)
    page = Page(client.get(address).content.decode())
    form = page.form_with(*(name.format(slot=slot) for name in door.has))
    sent = form.sent()
    for pattern, value in door.good.items():
        for name in fnmatch.filter(form.controls, pattern.format(slot=slot)):
            if isinstance(value, str):
                sent[name] = [value]
            else:
                places = (value,) if isinstance(value, int) else value
                sent[name] = [form.controls[name].offered[place] for place in places]
    if door.button:
        sent[door.button] = ["1"]
    elif "step" in form.buttons:
        sent["step"] = [form.buttons["step"]]
    return form.action or address, sent


@pytest.mark.parametrize("opened", sorted(DOORS.keys() - OWN))
def test_whoever_may_not_send_a_form_changes_nothing(opened, stage, sign_in):
    """Rule: 403 for those who may know of the object, 404 for all others; a refused write leaves its audit entry."""
    door = DOORS[opened]
    url, sent = rightful(door, stage, sign_in)
    kept, rows, faults = content(), rows_kept(), []
    everyone = (*STRANGERS, LEADER, OTHER_PARTY, OTHER_SECRETARY)
    others = [name for name in everyone if name not in (door.account, *door.also)]
    # That there is a page for something is no secret, nor an administration; what stands behind an address is.
    hidden = STRANGERS[1:] if resolve(urlsplit(url).path).kwargs and not url.startswith("/quan-tri/") else ()
    for name in others:
        refused = AuditEntry.objects.filter(action=AuditAction.REFUSED).count()
        with transaction.atomic():
            status = sign_in(stage.story.cast.members[name]).post(url, sent).status_code
            if status not in (403, 404) or (name in hidden and status != 404):
                faults.append(f"{name}: {status}")
            if rows_kept() != rows or content() != kept:
                faults.append(f"{name}: something was saved")
            now = AuditEntry.objects.filter(action=AuditAction.REFUSED).count()
            if status == 403 and now == refused:
                faults.append(f"{name}: the refusal left no audit entry")
            transaction.set_rollback(True)
    assert not faults, told(faults)


@pytest.mark.parametrize("opened", ["program created", "task created", "evaluation opened", "conference planned"])
def test_an_administrator_writes_no_content(opened, stage, sign_in):
    door = DOORS[opened]
    url, sent = rightful(door, stage, sign_in)
    rows = rows_kept()
    assert sign_in(stage.story.cast.members["quan-tri"]).post(url, sent).status_code in (403, 404)
    assert rows_kept() == rows


@pytest.mark.parametrize("opened", ["program created", "task created", "evaluation opened", "conference planned"])
def test_another_unit_cannot_be_named_in_a_form(opened, stage, sign_in):
    """The secretary of the neighbouring unit sends what the secretary of this one would."""
    door = DOORS[opened]
    url, sent = rightful(door, stage, sign_in)
    rows = rows_kept()
    assert sign_in(stage.story.cast.members["thu-ky-hai-ha"]).post(url, sent).status_code in (403, 404, 422)
    assert rows_kept() == rows


@pytest.mark.parametrize("form", ["tu-danh-gia", "cheo"])
@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("thu-ky-hai-ha", (404,)),
        ("quan-tri", (403, 404)),
        ("chuyen-vien-mttq", (403,)),
        ("can-bo-xa-tan-binh", (403, 404)),
    ],
)
def test_nobody_grades_in_the_name_of_another_agency(form, account, expected, stage, sign_in):
    door = DOORS["self-evaluation" if form == "tu-danh-gia" else "cross-evaluation"]
    _url, sent = rightful(door, stage, sign_in)
    kept, rows = content(), rows_kept()
    client = sign_in(stage.story.cast.members[account])
    assert client.post(f"/danh-gia/2021/{form}/?agency=hnd", sent).status_code in expected
    assert (content(), rows_kept()) == (kept, rows)


def test_a_membership_of_someone_else_cannot_be_taken(stage, sign_in):
    cast = stage.story.cast
    client = sign_in(cast.members["chuyen-vien-hnd"])
    answer = client.post("/tai-khoan/co-quan/", {"membership": cast.secretary.pk})
    assert answer.status_code == 422
    assert client.get("/chuong-trinh/tao/").status_code == 403
