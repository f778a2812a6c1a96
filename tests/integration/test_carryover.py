"""The next program started from the one before: what was chosen goes over, by the calendar, with lineage both ways."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Agency
from coordination.carryover import services
from coordination.carryover.enums import Fate, Part
from coordination.carryover.queries import Choice, offer_of, plan_of
from coordination.carryover.queries.planning import first_year, renamed
from coordination.conferences import services as conferences
from coordination.evaluations import services as evaluations
from coordination.findings import services as findings
from coordination.findings.enums import FindingKind, Remedy
from coordination.findings.models import Finding
from coordination.models import ConclusionTask, Program
from coordination.programs import services as programs
from coordination.tasks import services as tasks
from coordination.tasks.enums import ScheduleKind, TaskOrigin
from records.errors import NotAllowed, RuleBroken
from tests.factories.conferences import make_conference
from tests.factories.evaluations import make_round
from tests.factories.findings import leader_over
from tests.factories.people import make_member
from tests.factories.programs import advance, make_area, make_program, secretary_of
from tests.factories.tasks import make_draft

pytestmark = pytest.mark.django_db
URL, START = "coordination:program-carry-over", "coordination:program-carry-over-start"


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    """A program of 2022, signed, with three tasks, a conclusion nobody took up and a limitation nobody remedied."""
    program = make_program(title="Chương trình phối hợp công tác năm 2022", short_title="Phối hợp 2022")
    secretary = secretary_of(program.drafting_agency)
    programs.set_legal_bases(program, actor=secretary, texts=["Căn cứ Luật Mặt trận", "Căn cứ Quy chế"])
    parties = [party.agency for party in program.parties.all()]
    plans = (
        make_draft(program, title="Bàn giao mặt bằng", coordinators=(parties[1],),
                   section=program.sections.get(numbering="1")),
        make_draft(program, title="Tuyên truyền", schedule_kind=ScheduleKind.QUARTER, schedule_number=2, start_on=None,
                   due_on=None, lead=parties[1]),
        make_draft(program, title="Trực tiếp dân", schedule_kind=ScheduleKind.ONGOING, start_on=None, due_on=None),
    )  # fmt: skip
    for plan in plans:
        tasks.create_task(program, actor=secretary, draft=plan)
    program = advance(program, "signed", secretary=secretary)
    conference = make_conference("running", organiser=program.drafting_agency, actor=secretary, reviews=[program])
    conferences.conclude(conference, actor=secretary, text="Tăng cường đối thoại với nhân dân", agencies=[parties[2]])
    findings.add_finding(
        make_round(programs=[program]),
        actor=secretary,
        kind=FindingKind.LIMITATION,
        text="Thông tin chưa kịp thời",
        program=program,
    )
    return program.pk


@pytest.fixture
def source(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def secretary(source):
    return secretary_of(source.drafting_agency)


def everything(source, actor, **changed) -> Choice:
    offer = offer_of(source, actor)
    ticked = {
        Part.PARTIES: frozenset(one.party.pk for one in offer.parties),
        Part.BASES: frozenset(one.pk for one in offer.bases),
        Part.SECTIONS: frozenset(one.section.pk for one in offer.outline),
        Part.UNFINISHED: frozenset(one.pk for one in offer.unfinished),
        Part.CONCLUSIONS: frozenset(one.pk for one in offer.conclusions),
        Part.LIMITATIONS: frozenset(one.pk for one in offer.limitations),
    } | changed.pop("ticked", {})
    facts = {"year": 2023, "title": "Chương trình năm 2023", "short_title": "Năm 2023", "area": make_area(source.unit)}
    return Choice(**{**facts, **changed}, ticked=ticked)


def started(source, actor, **changed) -> Program:
    choice = everything(source, actor, **changed)
    return services.start_from(
        source, actor=actor, choice=choice, digest=plan_of(source, actor=actor, choice=choice).digest
    )


def test_everything_chosen_goes_over_with_lineage_both_ways(source, secretary):
    before = {**vars(Program.objects.get(pk=source.pk))}
    tasks_before = list(source.tasks.order_by("pk").values())
    made = started(source, secretary)
    assert (made.year, made.state, made.continues) == (2023, "draft", source)
    assert (made.period_start, made.period_end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert [one.text for one in made.legal_bases.all()] == ["Căn cứ Luật Mặt trận", "Căn cứ Quy chế"]
    outline = [(s.numbering, s.heading, s.parent.heading if s.parent else "") for s in made.sections.all()]
    assert outline == [
        ("I", "Mục đích, yêu cầu", ""),
        ("II", "Nội dung phối hợp", ""),
        ("1", "Xây dựng nông thôn mới", "Nội dung phối hợp"),
    ]
    assert [p.agency.code for p in made.parties.all()] == ["ben-1", "ben-2", "ben-3"]
    land, spread, reception, talks, remedy = made.tasks.order_by("ordinal")
    assert [t.continues.title for t in (land, spread, reception)] == [
        "Bàn giao mặt bằng",
        "Tuyên truyền",
        "Trực tiếp dân",
    ]
    assert (land.section.program, land.section.heading) == (made, "Xây dựng nông thôn mới")
    assert spread.section is None
    assert (land.start_on, land.due_on, land.origin) == (date(2023, 1, 1), date(2023, 4, 17), TaskOrigin.CARRIED_OVER)
    assert (spread.schedule_words, spread.due_on) == ("Quý II/2023", date(2023, 6, 30))
    assert (reception.start_on, reception.due_on) == (None, None)
    assert (talks.origin, talks.title) == (TaskOrigin.CONCLUSION, "Tăng cường đối thoại với nhân dân")
    assert talks.roles.get(kind="lead").agency.code == "ben-3"
    assert ConclusionTask.objects.get().task == talks
    assert Finding.objects.get(kind=FindingKind.LIMITATION).remedied_by == remedy
    assert remedy.roles.get(kind="lead").agency.code == "ben-1"
    after = {**vars(Program.objects.get(pk=source.pk))}
    before.pop("_state"), after.pop("_state")
    assert (after, list(source.tasks.order_by("pk").values())) == (before, tasks_before)


def test_what_waits_of_earlier_years_is_offered_and_what_was_settled_is_not(source, secretary):
    """A limitation of the program before stays on offer until it has its remedy; a waiver or a settling ends that."""
    conclusion = source.conference_links.get().conference.conclusions.get()
    limitation = Finding.objects.limitations().get()
    following = started(source, secretary, ticked={Part.CONCLUSIONS: frozenset(), Part.LIMITATIONS: frozenset()})
    advance(following, "signed", secretary=secretary)
    assert list(offer_of(following, secretary).limitations) == [limitation]
    findings.waive_limitation(limitation, actor=leader_over(source), reason="Đã hết nguyên nhân")
    conferences.settle_conclusion(conclusion, actor=secretary, reason="Chỉ đạo chung")
    offer = offer_of(source, secretary)
    assert (offer.conclusions, offer.limitations) == ((), ())


def test_what_a_task_was_to_mend_goes_over_with_it(source, secretary):
    """Found half-way, given to a task of the same year that is not finished: the next program takes both together."""
    half = evaluations.open_round(
        source.unit, actor=secretary, year=2022, period="half", part=1, programs=[source],
        scheme=source.evaluation_rounds.get().scheme, cut_off_on=date(2022, 3, 28),
    )  # fmt: skip
    land, spread = source.tasks.order_by("ordinal")[:2]
    found = [
        findings.add_finding(half, actor=secretary, kind=FindingKind.LIMITATION, text=text) for text in ("Một", "Hai")
    ]
    for limitation, task in zip(found, (land, spread), strict=True):
        findings.name_remedy(limitation, actor=secretary, task=task)
    tasks.close_program_year(source, actor=secretary)
    source.refresh_from_db()
    assert not {one.pk for one in found} & {one.pk for one in offer_of(source, secretary).limitations}
    made = started(source, secretary, ticked={Part.UNFINISHED: frozenset({land.pk})})
    first, second = Finding.objects.filter(round=half).select_related("remedied_by").order_by("position")
    assert (first.remedied_by, first.remedy) == (made.tasks.get(continues=land), Remedy.GIVEN)
    assert (second.remedied_by, second.remedy) == (spread, Remedy.OPEN)


def test_the_preview_tells_old_and_new_days_and_why(source, secretary):
    plan = plan_of(source, actor=secretary, choice=everything(source, secretary))
    [land] = [row for row in plan.rows if "Bàn giao" in row.name]
    assert (land.fate, land.before, land.after) == (
        Fate.SHIFTED, "Từ 01/01/2022 đến 15/4/2022", "Từ 01/01/2023 đến 17/4/2023",
    )  # fmt: skip
    assert "15/4/2023" in land.note
    [reception] = [row for row in plan.rows if "Trực tiếp" in row.name]
    assert reception.fate == Fate.KEPT


def test_quantity_reached_goes_over_and_finished_work_begins_anew(source, secretary):
    task = source.tasks.get(title="Bàn giao mặt bằng")
    official = make_member(source.drafting_agency, Role.OFFICIAL)
    tasks.report_progress(task, actor=official, value=Decimal(20), percent=None)
    assert started(source, secretary).tasks.get(title="Bàn giao mặt bằng").last_value == 20


def test_a_party_left_out_takes_its_tasks_with_it(source, secretary):
    """The task led by the second party has nobody to lead it: it is dropped and the preview says so."""
    kept = frozenset(party.pk for party in source.parties.all() if party.agency.code != "ben-2")
    choice = everything(source, secretary, ticked={Part.PARTIES: kept})
    plan = plan_of(source, actor=secretary, choice=choice)
    dropped = [row for row in plan.of(Fate.DROPPED) if row.part == Part.UNFINISHED]
    assert [row.name.partition(" ")[2] for row in dropped] == ["Tuyên truyền"]
    made = services.start_from(source, actor=secretary, choice=choice, digest=plan.digest)
    assert not made.tasks.filter(title="Tuyên truyền").exists()


def test_a_task_whose_section_stays_behind_lies_in_the_one_above(source, secretary):
    kept = frozenset(one.pk for one in source.sections.filter(parent=None))
    made = started(source, secretary, ticked={Part.SECTIONS: kept})
    assert made.tasks.get(title="Bàn giao mặt bằng").section.heading == "Nội dung phối hợp"


def test_what_is_not_ticked_stays_behind(source, secretary):
    others = (part for part in Part if part not in (Part.PARTIES, Part.FINISHED))
    made = started(source, secretary, ticked=dict.fromkeys(others, frozenset()))
    assert (made.sections.count(), made.tasks.count(), made.legal_bases.count()) == (0, 0, 0)
    assert not ConclusionTask.objects.exists()


def test_a_change_after_the_preview_is_shown_anew(source, secretary, sign_in):
    client = sign_in(secretary)
    typed = form_values(client, source)
    preview = client.post(reverse(URL, args=[source.slug]), typed)
    assert (preview.status_code, Program.objects.count()) == (200, 1)
    digest = preview.context["plan"].digest
    task = source.tasks.get(title="Bàn giao mặt bằng")
    tasks.move_due_date(task, actor=secretary, new_due_on=date(2022, 5, 20), reason="Chờ bàn giao")
    late = client.post(reverse(START, args=[source.slug]), {**typed, "digest": digest})
    assert (late.status_code, Program.objects.count()) == (409, 1)
    again = client.post(reverse(START, args=[source.slug]), {**typed, "digest": late.context["plan"].digest})
    assert again.status_code == 302
    assert Program.objects.get(year=2023).tasks.get(title="Bàn giao mặt bằng").due_on == date(2023, 5, 22)


def test_two_clicks_make_one_program(source, secretary, sign_in):
    client = sign_in(secretary)
    typed = form_values(client, source)
    preview = client.post(reverse(URL, args=[source.slug]), typed)
    confirmed = {**typed, **preview.context["confirmed"].initial}
    answers = [client.post(reverse(START, args=[source.slug]), confirmed) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert Program.objects.filter(year=2023).count() == 1


def test_bad_choices_are_told_beside_their_fields(source, secretary, sign_in):
    client = sign_in(secretary)
    for changed, field in (
        ({"year": "2022"}, "year"),
        ({"year": "20x"}, "year"),
        ({"title": ""}, "title"),
        ({"area": ""}, "area"),
        ({"parties": ["77777"]}, "parties"),
        ({"sections": [str(10**30)]}, "sections"),
    ):
        answer = client.post(reverse(URL, args=[source.slug]), {**form_values(client, source), **changed})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field]), changed


def test_without_its_lead_party_the_service_says_so(source, secretary, sign_in):
    client = sign_in(secretary)
    others = [str(party.pk) for party in source.parties.all() if not party.is_lead]
    typed = {**form_values(client, source), "parties": others}
    preview = client.post(reverse(URL, args=[source.slug]), typed)
    confirmed = {**typed, **preview.context["confirmed"].initial}
    answer = client.post(reverse(START, args=[source.slug]), confirmed)
    assert (answer.status_code, Program.objects.count()) == (422, 1)


def test_who_may_not_start_from_it(source, secretary, sign_in):
    leader = make_member(source.drafting_agency, Role.LEADER)
    assert sign_in(leader).get(reverse(URL, args=[source.slug])).status_code == 403
    stranger = make_member(make_program().drafting_agency, Role.SECRETARY)
    assert sign_in(stranger).get(reverse(URL, args=[source.slug])).status_code == 404
    with pytest.raises(NotAllowed):
        services.start_from(source, actor=leader, choice=everything(source, leader), digest="")
    draft = make_program(secretary=secretary, agencies=[party.agency for party in source.parties.all()])
    assert sign_in(secretary).get(reverse(URL, args=[draft.slug])).status_code == 403


def test_the_year_must_lie_after_the_old_one(source, secretary):
    with pytest.raises(RuleBroken) as refusal:
        started(source, secretary, year=2022)
    assert refusal.value.field == "year"


def test_a_program_of_several_years_moves_by_its_length(source, secretary):
    five = make_program(
        "signed", secretary=secretary, agencies=[secretary.agency, *_others(secretary)],
        title="Chương trình giai đoạn 2021-2025", year=2021,
        period_start=date(2021, 1, 1), period_end=date(2025, 12, 31),
    )  # fmt: skip
    assert first_year(five) == 2026
    assert renamed(five.title, five, 2026) == "Chương trình giai đoạn 2026-2030"
    made = started(five, secretary, year=2026)
    assert (made.period_start, made.period_end) == (date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_stay_within_their_queries(source, secretary, sign_in, count, django_assert_max_num_queries):
    for number in range(count):
        tasks.create_task(source, actor=secretary, draft=make_draft(source, title=f"Việc {number}"))
    client = sign_in(secretary)
    with django_assert_max_num_queries(24):
        assert client.get(reverse(URL, args=[source.slug])).status_code == 200
    typed = form_values(client, source)
    with django_assert_max_num_queries(40):
        assert client.post(reverse(URL, args=[source.slug]), typed).status_code == 200


def form_values(client, source) -> dict:
    """What the page would send as it stands, with an area for what becomes tasks."""
    form = client.get(reverse(URL, args=[source.slug])).context["form"]
    return {**form.initial, "area": make_area(source.unit).pk}


def _others(secretary):
    others = Agency.objects.filter(unit=secretary.agency.unit).exclude(pk=secretary.agency_id)
    return list(others.in_protocol_order())[:2]
