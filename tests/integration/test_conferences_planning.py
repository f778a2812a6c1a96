"""A conference as it is planned and changed: who leads it, what it reviews and signs, two who change it at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.models import OfficeHolding
from agencies.people.services import end_holding
from coordination.conferences import services as conferences
from coordination.conferences.enums import ProgramPurpose
from coordination.conferences.forms.planning import stored
from coordination.conferences.models import Conference, Invitation
from coordination.conferences.queries.seats import head_seats
from records.errors import RuleBroken
from reports.documents.meeting import chaired_by
from tests.factories.gatherings import Gathering, make_gathering
from tests.factories.people import make_holder
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(ground) -> Gathering:
    return make_gathering()


@pytest.fixture
def gathering(built) -> Gathering:
    """The gathering of the module with its conference as it is now."""
    return Gathering(built.organiser, built.party, built.commune, built.keeper, Conference.objects.get())


@pytest.fixture(scope="module")
def program_once(built) -> int:
    return make_program("signed", agencies=[built.organiser, built.party], secretary=built.keeper).pk


def typed(gathering: Gathering, **changes) -> dict:
    """The form as the page shows it, with some values typed anew."""
    given = stored(gathering.conference, gathering.keeper) | {"organiser": gathering.organiser.pk}
    given |= {"held_on": gathering.conference.held_on.strftime("%d/%m/%Y")}
    given |= {name: [program.pk for program in given[name]] for name in ("reviews", "signs")}
    given |= {"concluder": "", "guest": "", "starts_at": "14:00"}
    return {name: "" if value is None else value for name, value in (given | changes).items()}


def edit(gathering: Gathering) -> str:
    return reverse("coordination:conference-edit", args=[gathering.conference.slug])


def test_chairs_concluder_and_highest_guest_are_apart(gathering, sign_in):
    leads, concludes = head_seats([gathering.organiser, gathering.party], gathering.conference.held_on)
    answer = sign_in(gathering.keeper).post(
        edit(gathering),
        typed(
            gathering,
            chairs=[leads.key, concludes.key],
            concluder=concludes.person.pk,
            guest_name="Vũ Thị Hạnh",
            guest_title="Phó Bí thư Tỉnh ủy",
        ),
    )
    assert answer.status_code == 302
    conference = Conference.objects.get()
    assert [str(chair) for chair in conference.chairs.all()] == [
        "Trần Văn Bình, Chủ tịch UBND huyện",
        "Lê Thị Cúc, Chủ tịch",
    ]
    assert (conference.concluded_by.full_name, conference.concluded_by_title) == ("Lê Thị Cúc", "Chủ tịch")
    assert (conference.guest_name, conference.highest_guest) == ("Vũ Thị Hạnh", None)
    assert chaired_by(conference)[0] == "Đồng chủ trì"


def test_a_guest_from_elsewhere_needs_a_title(gathering, sign_in):
    answer = sign_in(gathering.keeper).post(edit(gathering), typed(gathering, guest_name="Vũ Thị Hạnh"))
    assert answer.status_code == 422
    assert "guest_title" in answer.context["form"].errors


def test_programs_are_put_on_and_taken_off(gathering, program_once, sign_in):
    client = sign_in(gathering.keeper)
    client.post(edit(gathering), typed(gathering, reviews=[program_once], signs=[program_once]))
    purposes = Conference.objects.get().program_links.values_list("purpose", flat=True)
    assert list(purposes) == [ProgramPurpose.REVIEW, ProgramPurpose.SIGN]
    fresh = Gathering(
        gathering.organiser, gathering.party, gathering.commune, gathering.keeper, Conference.objects.get()
    )
    shown = client.get(edit(fresh)).content.decode()
    assert "UBND huyện, Ủy ban MTTQ huyện" in shown
    client.post(edit(fresh), typed(fresh, reviews=[]))
    assert [link.purpose for link in Conference.objects.get().program_links.all()] == [ProgramPurpose.SIGN]


def test_two_who_change_it_at_once_lose_nothing(gathering, sign_in):
    client = sign_in(gathering.keeper)
    (chair,) = head_seats([gathering.organiser], gathering.conference.held_on)
    mine = typed(gathering, place="Nhà văn hóa", title="Hội nghị của tôi", chairs=[chair.key])
    client.post(edit(gathering), typed(gathering, place="Hội trường tầng 2"))
    late = client.post(edit(gathering), mine)
    assert late.status_code == 409
    told = late.content.decode()
    assert "Nhà văn hóa" in told and "Hội trường tầng 2" in told
    assert ("Chủ trì", "Chủ tịch UBND huyện – Trần Văn Bình", "") in [
        (one.label, one.mine, one.theirs) for one in late.context["differences"]
    ]
    assert Conference.objects.get().place == "Hội trường tầng 2"
    client.post(edit(gathering), mine | {"revision": str(late.context["form"]["revision"].value())})
    assert Conference.objects.get().place == "Nhà văn hóa"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"plan_year": "2020"}, "plan_year"),
        ({"review_year": "2023", "plan_year": "2023"}, "review_year"),
        ({"chairs": ["9-9"]}, "chairs"),
        ({"concluder": "999999999999999999999999"}, "concluder"),
        ({"title": " "}, "title"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(gathering, sign_in, changes, field):
    answer = sign_in(gathering.keeper).post(edit(gathering), typed(gathering, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Conference.objects.get().revision == 0


def test_a_held_conference_is_not_changed(gathering, sign_in):
    conferences.open_conference(gathering.conference, actor=gathering.keeper)
    conferences.close_conference(gathering.conference, actor=gathering.keeper)
    assert sign_in(gathering.keeper).get(edit(gathering)).status_code == 403
    assert sign_in(gathering.keeper).post(edit(gathering), typed(gathering)).status_code == 403


def test_the_half_day_of_another_conference_is_refused(gathering):
    facts = {name: getattr(gathering.conference, name) for name in ("title", "full_title", "starts_at", "place")}
    with pytest.raises(RuleBroken) as refused:
        conferences.plan_conference(
            gathering.organiser.unit,
            actor=gathering.keeper,
            held_on=gathering.conference.held_on,
            half_day=gathering.conference.half_day,
            review_year=2021,
            plan_year=2022,
            organiser=gathering.organiser,
            **facts,
        )
    assert refused.value.field == "held_on"


def test_seats_follow_their_posts_to_another_day(gathering, sign_in):
    """The head of the party changes between the day planned first and the one it is moved to."""
    gathering.invite(gathering.party)
    moved = gathering.conference.held_on + timedelta(days=30)
    holding = OfficeHolding.objects.get(office__agency=gathering.party)
    end_holding(holding, last_day=moved - timedelta(days=1))
    make_holder(holding.office, "Ngô Thị Mão", since=moved)
    client = sign_in(gathering.keeper)
    client.post(edit(gathering), typed(gathering, held_on=moved.strftime("%d/%m/%Y")))
    assert Invitation.objects.get(agency=gathering.party).person_name == "Ngô Thị Mão"
