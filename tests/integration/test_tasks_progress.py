"""Progress: what a report holds, how it is dated, further targets, totals, the form and its fold."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext

from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from coordination.tasks.models import ActualFigure, ProgressReport, Task
from coordination.tasks.queries import history_of
from records import clock
from records.audit.models import AuditEntry
from records.errors import RuleBroken
from tests.factories.tasks import make_task, official_of
from tests.factories.wording import said

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


def made(program, **facts) -> Task:
    return make_task(program, title=facts.pop("title", "Vận động hộ dân"), **facts)


def with_further(program, *, total: bool = False) -> Task:
    """A task of 45 households with two further targets, parts of the first one where it is a total."""
    part = {"part_of": 1} if total else {}
    further = (
        tasks.TargetDraft(name="Hộ ở xã Tân Bình", value=Decimal(30), unit="hộ", **part),
        tasks.TargetDraft(name="Hộ ở xã Đại Bình", value=Decimal(15), unit="hộ", **part),
    )
    return made(program, target_name="Hộ bàn giao", more_targets=further)


def test_a_report_keeps_all_that_was_said(program, official):
    task = made(program)
    report = tasks.report_progress(
        task,
        actor=official,
        value=Decimal(31),
        percent=None,
        result="Đã vận động 31 hộ",
        obstacles="Ba hộ chưa đồng ý",
        causes="Chưa có phương án tái định cư",
        proposal="Đề nghị công bố phương án",
        expected_on=date(2022, 4, 20),
    )
    kept = ProgressReport.objects.get()
    assert (kept.causes, kept.expected_on) == ("Chưa có phương án tái định cư", date(2022, 4, 20))
    assert (kept.reported_on, kept.days_late) == (TODAY, 0)
    told = AuditEntry.objects.filter(action="reported", object_id=task.pk).latest("sequence").after
    assert told["expected_on"] == "2022-04-20"
    assert "reported_on" not in told
    assert report.entered_at == clock.now()


@pytest.mark.parametrize("day", [date(2022, 3, 31), date(2022, 3, 19), date(2021, 12, 31)])
def test_a_report_tells_of_a_day_that_has_come_and_of_none_before_the_last(program, official, day):
    task = made(program)
    tasks.report_progress(task, actor=official, value=Decimal(9), percent=None, reported_on=date(2022, 3, 20))
    with pytest.raises(RuleBroken) as refused:
        tasks.report_progress(task, actor=official, value=Decimal(10), percent=None, reported_on=day)
    assert refused.value.field == "reported_on"
    tasks.report_progress(task, actor=official, value=Decimal(10), percent=None, reported_on=date(2022, 3, 20))
    assert ProgressReport.objects.count() == 2


def test_a_first_report_tells_of_no_day_before_the_program(program, official):
    with pytest.raises(RuleBroken) as refused:
        tasks.report_progress(
            made(program), actor=official, value=Decimal(9), percent=None, reported_on=date(2021, 12, 31)
        )
    assert refused.value.field == "reported_on"


def test_completion_is_not_expected_in_the_past(program, official):
    with pytest.raises(RuleBroken) as refused:
        tasks.report_progress(
            made(program), actor=official, value=Decimal(9), percent=None, expected_on=date(2022, 3, 29)
        )
    assert refused.value.field == "expected_on"


def test_a_fall_is_explained_as_obstacle_or_as_cause(program, official):
    task = make_task(program, "in_progress")
    with pytest.raises(RuleBroken) as refused:
        tasks.report_progress(task, actor=official, value=Decimal(30), percent=None, causes="  ")
    assert refused.value.field == "obstacles"
    tasks.report_progress(task, actor=official, value=Decimal(30), percent=None, causes="Một hộ rút cam kết")
    assert Task.objects.get().last_value == 30


def test_each_further_target_has_its_figure(program, official):
    task = with_further(program)
    first, one, two = task.targets.all()
    tasks.report_progress(task, actor=official, value=Decimal(10), percent=None, figures={one.pk: Decimal(4)})
    tasks.report_progress(
        task, actor=official, value=Decimal(20), percent=None, figures={one.pk: Decimal(9), two.pk: Decimal(2)}
    )
    figures = list(ActualFigure.objects.order_by("pk").values_list("target_id", "value_before", "value"))
    assert figures == [(one.pk, None, 4), (one.pk, 4, 9), (two.pk, None, 2)]
    assert Task.objects.get().last_value == 20
    told = AuditEntry.objects.filter(action="reported").latest("sequence").after["figures"]
    assert told == ["Hộ ở xã Tân Bình: 9 hộ", "Hộ ở xã Đại Bình: 2 hộ"]
    assert first.pk not in ActualFigure.objects.values_list("target_id", flat=True)


def test_a_figure_keeps_the_rules_of_a_quantity(program, official):
    task = with_further(program)
    _first, one, _two = task.targets.all()
    foreign = with_further(program).targets.last()
    tasks.report_progress(task, actor=official, value=None, percent=None, figures={one.pk: Decimal(9)})
    wrong = {(one.pk, Decimal(31)): f"figure_{one.pk}", (foreign.pk, Decimal(1)): f"figure_{foreign.pk}"}
    for (pk, value), field in {**wrong, (one.pk, Decimal(8)): "obstacles"}.items():
        with pytest.raises(RuleBroken) as refused:
            tasks.report_progress(task, actor=official, value=None, percent=None, figures={pk: value})
        assert refused.value.field == field
    assert ActualFigure.objects.count() == 1


def test_a_total_is_what_its_parts_make_and_nobody_types_it(program, official, sign_in):
    task = with_further(program, total=True)
    _total, one, two = task.targets.all()
    client, url = sign_in(official), f"/nhiem-vu/{task.slug}/tien-do/"
    page = client.get(url).content.decode()
    assert 'name="value"' not in page
    assert f'name="figure_{one.pk}"' in page
    client.post(url, {f"figure_{one.pk}": "20", "state": "in_progress"})
    assert Task.objects.get().last_value == 20
    client.post(url, {f"figure_{two.pk}": "15", "state": "in_progress"})
    task = Task.objects.get()
    assert (task.last_value, task.last_percent) == (35, task.targets.first().percent_of(35))


def test_the_form_offers_the_last_figures_and_keeps_what_was_typed(program, official, sign_in):
    task = with_further(program)
    _first, one, two = task.targets.all()
    tasks.report_progress(task, actor=official, value=Decimal(10), percent=None, figures={one.pk: Decimal(4)})
    client, url = sign_in(official), f"/nhiem-vu/{task.slug}/tien-do/"
    form = client.get(url).context["form"]
    offered = [form[name].value() for name in ("value", f"figure_{one.pk}", f"figure_{two.pk}")]
    assert offered == ["10", "4", None]
    assert not form.opens_fold
    response = client.post(url, {"value": "9", f"figure_{one.pk}": "x", "state": "in_progress", "result": "Đã làm"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {f"figure_{one.pk}"}
    assert "Đã làm" in response.content.decode()


def test_the_fold_opens_where_something_must_be_mended(program, official, sign_in):
    task = make_task(program, "in_progress")
    client, url = sign_in(official), f"/nhiem-vu/{task.slug}/tien-do/"
    assert '<details class="pf-fold">' in client.get(url).content.decode()
    response = client.post(url, {"value": "30", "state": "in_progress"})
    assert response.status_code == 422
    assert '<details class="pf-fold" open>' in response.content.decode()


def test_who_expects_to_finish_late_is_told_to_ask(program, official, sign_in):
    task = made(program, due_on=date(2022, 4, 15))
    url = f"/nhiem-vu/{task.slug}/tien-do/"
    sent = {"value": "9", "state": "in_progress", "expected_on": "30/4/2022"}
    response = sign_in(official).post(url, sent, follow=True)
    assert said("You expect to finish after the deadline: ask for a later one.") in response.content.decode()


def test_the_history_tells_a_report_in_words(program, official):
    task = with_further(program)
    _first, one, _two = task.targets.all()
    tasks.report_progress(
        task, actor=official, value=Decimal(10), percent=None, figures={one.pk: Decimal(4)},
        reported_on=date(2022, 3, 20), expected_on=date(2022, 4, 10),
    )  # fmt: skip
    event = next(one for one in history_of(task).events if one.changes and one.text == gettext("Reported progress"))
    labels = {change.label for change in event.changes}
    assert {gettext("Further targets, done"), gettext("Figures as of"), gettext("Completion expected on")} <= labels


def test_a_confirmed_result_carries_the_remark_and_its_lateness_is_told_before(program, sign_in):
    task = make_task(program, "awaiting", due_on=date(2022, 3, 15))
    client = sign_in(official_of(task.confirming_agency))
    url = f"/nhiem-vu/{task.slug}/xac-nhan/"
    page = client.get(url).content.decode()
    assert said(
        "Reported complete on %(done)s, after the deadline %(due)s: once confirmed, the task counts as completed late.",
        done="30/3/2022", due="15/3/2022",
    ) in page  # fmt: skip
    assert client.post(url, {"remark": "Đủ hồ sơ"}).status_code == 302
    task = Task.objects.get()
    assert (task.state, task.state_changes.last().reason) == (TaskState.COMPLETED, "Đủ hồ sơ")


def test_abuse_61_the_same_form_sent_twice_reports_once(program, official, sign_in):
    task = made(program)
    client, url = sign_in(official), f"/nhiem-vu/{task.slug}/tien-do/"
    token = client.get(url).context["form"]["form_token"].value()
    for _click in range(2):
        response = client.post(url, {"value": "9", "state": "in_progress", "form_token": token})
        assert response.status_code == 302
    assert ProgressReport.objects.count() == 1
