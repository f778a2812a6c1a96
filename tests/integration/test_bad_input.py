"""Whatever is typed or forged into a form: a clear answer beside the field, never a 500, nothing half saved."""

import logging
from fnmatch import fnmatch

import pytest
from django.db import transaction
from django.test import Client

from records import clock
from tests.conftest import MOMENT
from tests.factories.story import told_story
from tests.integration.hostile import (
    ALONE,
    AS_CHOICE,
    DECOMPOSED,
    HOSTILE,
    UNTYPABLE,
    Control,
    Form,
    Page,
    alike,
    rows_kept,
    says_vietnamese,
    shown_of,
    stored_anywhere,
    told,
    urlencoded,
)
from tests.integration.hostile_doors import DOORS
from tests.integration.hostile_stage import Door, Stage, set_the_stage

pytestmark = pytest.mark.on_postgresql

FORM = "application/x-www-form-urlencoded"
ANSWERS = (302, 403, 404, 409, 413, 422)


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as story, clock.standing_at(MOMENT):
        yield set_the_stage(story, MOMENT.date())


@pytest.fixture(autouse=True)
def _database(db, monkeypatch):
    """Each test of the module writes into a savepoint of its own; refusals are expected here, so not logged."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


class Visit:
    """One form as its rightful account sees it, to be sent again and again, each time on the same database."""

    def __init__(self, door: Door, stage: Stage, sign_in):
        member = stage.story.cast.members[door.account] if door.account else None
        self.client = sign_in(member) if member else Client()
        self.client.raise_request_exception = False
        self.address, self.slot = door.page(stage), str(stage.slot.pk)
        answer = self.client.get(self.address)
        assert answer.status_code == 200, (self.address, answer.status_code)
        self.form: Form = Page(answer.content.decode()).form_with(*(name.format(slot=self.slot) for name in door.has))
        self.action = self.form.action or self.address
        self.good = self._good(door, stage)
        self.known = self._fields_of(DOORS[door.like], stage) if door.like else set()
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def _good(self, door: Door, stage: Stage) -> dict[str, list[str]]:
        sent = self.form.sent()
        for pattern, good in door.good.items():
            value = good(stage) if callable(good) else good
            for name, control in self.form.controls.items():
                if fnmatch(name, pattern.format(slot=self.slot)):
                    sent[name] = _chosen(control, value)
        buttons = {door.button: "1"} if door.button else {"step": self.form.buttons.get("step", "")}
        return sent | {name: [value] for name, value in buttons.items() if value}

    def _fields_of(self, door: Door, stage: Stage) -> set[str]:
        return set(Page(self.client.get(door.page(stage)).content.decode()).form_with(*door.has).controls)

    def send(self, sent: dict[str, list[str]], judge, **how) -> None:
        """Post a form and let `judge` look at the answer before all of it is taken back."""
        self.client.cookies.load(self.cookies)
        with transaction.atomic():
            judge(self.client.post(self.action, urlencoded(sent), content_type=FORM, **how))
            transaction.set_rollback(True)


def _chosen(control: Control, value) -> list[str]:
    if isinstance(value, int):
        return [control.offered[value]]
    return [control.offered[place] for place in value] if isinstance(value, tuple) else [value]


def judged(answer, spoilt: list[Control], value: str, before: dict, taken: int) -> list[str]:
    """What is wrong with an answer to one hostile value in some fields; `taken` is how the form answers a good one."""
    text = answer.content.decode()
    if answer.status_code not in (*ANSWERS, taken) or "Traceback" in text:
        return [f"{answer.status_code} {getattr(answer, 'exc_info', '')}"]
    if answer.status_code == 302:
        return (
            [f"stored as typed in {held}" for held in stored_anywhere(value)]
            if value in (DECOMPOSED, *UNTYPABLE)
            else []
        )
    faults = [] if rows_kept() == before else ["something was saved"]
    if answer.status_code == 422:
        page = Page(text)
        for control in spoilt:
            faults += _refused(page, control, value)
    return faults


def _refused(page: Page, control: Control, value: str) -> list[str]:
    faults = [] if page.alert or page.messages else ["no message"]
    message = page.message_of(control.name)
    again = next((form.controls[control.name] for form in page.forms if control.name in form.controls), None)
    if value in UNTYPABLE and control.is_text and "\ufffd" not in shown_of(value) and not message:
        faults.append(f"no message beside the field, only at {sorted(page.messages)}")
    if message and not says_vietnamese(message):
        faults.append(f"not in Vietnamese: {message.strip()!r}")
    if message and not again.invalid:
        faults.append("the field is not marked as invalid")
    if control.is_text and not alike((again.values if again else [""])[0], shown_of(value)):
        faults.append(f"typed text is lost: {again and again.values[:1]!r:.80}")
    return faults


def attacks_on(form: Form, known: set[str]) -> list[tuple[list[Control], str]]:
    """Which fields are spoilt together, and how; fields `known` from a form like this one are not spoilt alone."""
    controls = [control for control in form.controls.values() if control.kind != "file"]
    typed = [control for control in controls if control.is_text]
    free = [control for control in typed if not control.is_number]
    alone = [
        ([control], called)
        for control in controls
        for called in (ALONE if control in typed else AS_CHOICE)
        if control.name not in known
    ]
    together = [(group, called) for group in (typed, free) for called in HOSTILE if called not in ALONE and group]
    return alone + together


@pytest.mark.parametrize("opened", sorted(DOORS))
def test_every_field_answers_every_hostile_value(opened, stage, sign_in):
    visit, taken = Visit(DOORS[opened], stage, sign_in), DOORS[opened].taken
    before, faults = rows_kept(), []
    for spoilt, called in attacks_on(visit.form, visit.known):
        names, value = [control.name for control in spoilt], HOSTILE[called]

        def judge(answer, spoilt=spoilt, value=value, what=f"{names} = {called}"):
            faults.extend(f"{what}: {fault}" for fault in judged(answer, spoilt, value, before, taken))

        visit.send(visit.good | {name: [value] for name in names}, judge)
    assert not faults, told(faults)


@pytest.mark.parametrize("opened", sorted(DOORS))
def test_a_form_sent_out_of_shape_is_answered(opened, stage, sign_in):
    """A field left out, one sent twice, keys nobody knows, too many keys, none at all."""
    visit, taken = Visit(DOORS[opened], stage, sign_in), DOORS[opened].taken
    before, faults, good = rows_kept(), [], visit.good
    shapes = {f"without {name}": {key: value for key, value in good.items() if key != name} for name in good}
    shapes["every field twice, wrong"] = {name: [*values, "<b>2</b>"] for name, values in good.items()}
    shapes["every field twice, alike"] = {name: [*values, *values] for name, values in good.items()}
    unknown = (
        "__proto__",
        "status",
        "state",
        "signed_at",
        "agency",
        "unit",
        "is_staff",
        "pk",
        "id",
        "revision[]",
        "a\x00",
    )
    shapes["nothing known"] = {key: ["1"] for key in unknown}
    shapes["2,001 fields"] = good | {f"x{number}": ["1"] for number in range(2001)}
    shapes["5 MB"] = good | {"x": ["x" * 5_000_000]}
    for shape, sent in shapes.items():

        def judge(answer, shape=shape):
            expected = {"2,001 fields": (400,), "5 MB": (413,)}.get(shape, (*ANSWERS, taken))
            if answer.status_code not in expected:
                faults.append(f"{shape}: {answer.status_code} {getattr(answer, 'exc_info', '')}")
            elif answer.status_code not in (302, taken) and rows_kept() != before:
                faults.append(f"{shape}: something was saved")

        visit.send(sent, judge)
    assert not faults, told(faults)


@pytest.mark.parametrize("opened", sorted(DOORS))
def test_a_good_form_is_taken_so_that_a_bad_one_shows_something(opened, stage, sign_in):
    visit = Visit(DOORS[opened], stage, sign_in)

    def taken(answer):
        assert answer.status_code == DOORS[opened].taken, Page(answer.content.decode()).messages

    visit.send(visit.good, taken)
