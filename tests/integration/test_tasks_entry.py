"""Entering tasks quickly: what a form begins with, how agencies are found, what is said of vague wording."""

import pytest
from django.contrib.messages import get_messages
from django.utils import translation

from coordination.tasks.forms.wording import WordingForm
from coordination.tasks.models import Task
from tests.factories.people import make_agency, make_unit
from tests.factories.programs import make_area
from tests.factories.tasks import make_draft, official_of
from tests.integration.entering import BY_SCRIPT, CREATE, FIND, KEEP, edit_url, filled, first_values, form_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def parties(program):
    return [party.agency for party in program.parties.order_by("letterhead_order")]


@pytest.fixture
def official(parties):
    return official_of(parties[0])


@pytest.fixture
def client(official, sign_in):
    return sign_in(official)


# What a form begins with


def test_a_first_task_begins_with_what_the_program_leaves_open(program, parties, official, client):
    """The actor's own agency leads; the only section and the only area are chosen."""
    area = make_area(program.unit)
    first = first_values(client.get(f"{CREATE}?program={program.slug}"))
    assert (first["lead"], first["area"]) == (str(parties[0].pk), str(area.pk))
    sections = program.sections.count()
    assert first["section"] == (str(program.sections.get().pk) if sections == 1 else "")
    assert not first["title"] and not first["coordinators"]


def test_the_next_task_of_a_row_begins_as_the_one_just_saved(program, parties, client):
    section, other = program.sections.first(), make_area(program.unit, "gpmb", "Giải phóng mặt bằng")
    sent = filled(
        program, section=str(section.pk), area=str(other.pk), coordinators=[str(parties[-1].pk)],
        update_cycle="weekly", again="1",
    )  # fmt: skip
    response = client.post(CREATE, sent)
    saved = Task.objects.get()
    assert response.url == f"{CREATE}?program={program.slug}&after={saved.slug}"
    first = first_values(client.get(response.url))
    shared = {"section": str(section.pk), "area": str(other.pk), "lead": str(parties[0].pk), "update_cycle": "weekly"}
    assert {name: first[name] for name in shared} == shared
    assert first["coordinators"] == [str(parties[-1].pk)]
    assert (first["start_on"], first["due_on"]) == (saved.start_on, saved.due_on)
    assert not first["title"] and not first["deliverable"] and not first["target_value"]
    assert form_on(client.get(response.url)).fields["title"].widget.attrs["autofocus"]


def test_a_form_opened_later_shares_less_and_can_begin_empty(program, parties, client):
    client.post(CREATE, filled(program, coordinators=[str(parties[-1].pk)], lead=str(parties[0].pk)))
    later = client.get(f"{CREATE}?program={program.slug}")
    assert Task.objects.get().short_code in later.content.decode()
    first = first_values(later)
    assert first["area"] and not first["coordinators"] and not first["due_on"]
    assert "autofocus" not in form_on(later).fields["title"].widget.attrs
    empty = client.get(f"{CREATE}?program={program.slug}&blank=1")
    assert Task.objects.get().short_code not in empty.content.decode().split("<aside")[0]


def test_the_address_is_stronger_than_the_last_entry(program, client):
    sections = list(program.sections.all()[:2])
    client.post(CREATE, filled(program, section=str(sections[0].pk)))
    asked = str(sections[-1].pk)
    assert first_values(client.get(f"{CREATE}?program={program.slug}&section={asked}"))["section"] == asked


def test_someone_elses_entry_is_no_last_entry(program, parties, client, sign_in):
    sign_in(official_of(parties[-1])).post(CREATE, filled(program, lead=str(parties[-1].pk)))
    assert Task.objects.exists()
    assert client.get(f"{CREATE}?program={program.slug}").context["last"] is None


@pytest.mark.parametrize("after", ["khong-co", "%00", "9" * 300, "../"])
def test_a_silly_predecessor_is_ignored(program, client, after):
    assert client.get(f"{CREATE}?program={program.slug}&after={after}&draft={after}").status_code == 200


# Agencies beside the parties


@pytest.fixture
def many(program):
    """More agencies than a form lists, one of them sought."""
    for number in range(45):
        make_agency(program.unit, f"xa-{number}", f"Ủy ban nhân dân xã số {number}")
    return make_agency(program.unit, "can", "Hội Nạn nhân chất độc da cam")


def names_offered(response) -> list[str]:
    return [label for _pk, label in form_on(response).fields["other_coordinators"].choices]


def test_few_agencies_are_all_offered_and_many_are_looked_for_without_marks(program, client, many):
    url = f"{CREATE}?program={program.slug}"
    assert names_offered(client.get(url)) == []
    found = client.get(f"{FIND}?program={program.slug}&find_agency=nan nhan").content.decode()
    assert many.current_name in found and "xã số 1" not in found
    by_button = client.post(CREATE, filled(program, find_agency="da cam", find_agencies="1"))
    assert names_offered(by_button) == [many.current_name]
    assert form_on(by_button)["title"].value() == make_draft(program).title
    assert not Task.objects.exists()


def test_what_is_ticked_stays_while_something_else_is_looked_for_and_is_saved(program, client, many):
    asked = f"{FIND}?program={program.slug}&find_agency=so 7&other_coordinators={many.pk}&other_coordinators=x"
    found = client.get(asked).content.decode()
    assert many.current_name in found and "xã số 7" in found and "checked" in found
    assert client.post(CREATE, filled(program, other_coordinators=[str(many.pk)])).status_code == 302
    task = Task.objects.get()
    assert many in [role.agency for role in task.roles.all()]
    assert many.current_name in names_offered(client.get(edit_url(task)))


def test_an_agency_of_another_unit_is_neither_found_nor_taken(program, client, many):
    foreign = make_agency(make_unit(), "xa-la", "Hội Nạn nhân nơi khác")
    assert foreign.current_name not in client.get(f"{FIND}?program={program.slug}&find_agency=nan").content.decode()
    ticked = client.get(f"{FIND}?program={program.slug}&other_coordinators={foreign.pk}").content.decode()
    assert foreign.current_name not in ticked
    assert client.post(CREATE, filled(program, other_coordinators=[str(foreign.pk)])).status_code == 422
    assert not Task.objects.exists()


@pytest.mark.parametrize("words", ["a\x00b", "10" * 30, "-1", "%", "'; DROP TABLE", "x" * 100_000, "{{7*7}}"])
def test_hostile_words_find_nothing_and_break_nothing(program, client, many, words):
    asked = {"program": program.slug, "find_agency": words.encode("utf-8", "replace"), "other_coordinators": [words]}
    assert client.get(FIND, asked).status_code == 200
    assert client.post(CREATE, filled(program, find_agency=words, find_agencies="1")).status_code == 200


# Vague wording


def test_vague_wording_is_spoken_of_and_never_refused(program, client):
    vague = filled(program, title="Tăng cường công tác tuyên truyền", deliverable="Hoàn thành tốt", target_value="",
                   target_unit="")  # fmt: skip
    while_typing = client.post(KEEP, vague, **BY_SCRIPT).content.decode()
    response = client.post(CREATE, vague)
    assert response.status_code == 302
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    shown = client.get(edit_url(Task.objects.get())).content.decode()
    with translation.override("vi"):
        told = [one.words for one in WordingForm(vague).advice]
    assert len(told) == 2
    for words in told:
        assert words in said and words in while_typing and words in shown


def test_clear_wording_is_left_alone(program, client):
    response = client.post(CREATE, filled(program))
    assert len(list(get_messages(response.wsgi_request))) == 1
