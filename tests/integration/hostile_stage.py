"""Where the forms of `hostile_doors` stand: the told story, what it leaves out, and what a door is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from coordination.conferences.enums import HalfDay
from coordination.models import Comment, Conference, Program, Section, SignatureSlot, Task
from coordination.programs.queries import signing_stand
from coordination.register import services as register
from coordination.register.enums import DocumentType
from coordination.register.models import RegisterEntry
from coordination.tasks.enums import TaskState
from portal.demo.directory import Cast
from portal.demo.story import Story
from tests.factories.conferences import make_conference
from tests.factories.consultations import make_comment, make_round, party_of
from tests.factories.programs import make_program


@dataclass(frozen=True)
class Stage:
    """The told story and what it leaves out: a program in every other state, a conference planned, one in session, a
    number reserved.
    """

    story: Story
    draft: Program
    signing: Program
    planned: Conference
    running: Conference
    numbered: RegisterEntry
    consulting: Program
    comment: Comment
    revising: Program
    agreed: Program
    submitted: Program
    enforced: Program

    @property
    def slot(self) -> SignatureSlot:
        return signing_stand(self.signing).awaited[0]

    @property
    def section(self) -> Section:
        return self.draft.sections.order_by("position").first()

    @property
    def running_task(self) -> Task:
        """A counted task that the Front reports on."""
        return self._task(TaskState.IN_PROGRESS, "mttq")

    @property
    def awaiting_task(self) -> Task:
        return self._task(TaskState.AWAITING, None, "ubnd")

    @property
    def overdue_program(self) -> Program:
        return self.story.programs_2022["B"]

    def _task(self, state: str, lead: str | None, confirming: str | None = None) -> Task:
        tasks = Task.objects.filter(program=self.story.programs_2022["B"], state=state).order_by("ordinal")
        if lead:
            tasks = tasks.filter(roles__kind="lead", roles__agency__code=lead)
        if confirming:
            tasks = tasks.filter(confirming_agency__code=confirming)
        return tasks.first()


def set_the_stage(story: Story, today: date) -> Stage:
    """Put beside the story what its forms need."""
    cast = story.cast
    parties = [cast.agencies[code] for code in ("ubnd", "btg", "mttq")]
    drafted = {"secretary": cast.secretary, "agencies": parties, "drafting_agency": cast.agencies["vp"]}
    consulting = make_program("draft", **drafted)
    meeting = {"organiser": cast.agencies["ubnd"], "actor": cast.secretary}
    return Stage(
        story,
        draft=make_program("draft", **drafted),
        signing=make_program("signing", **drafted),
        planned=make_conference("planned", held_on=today + timedelta(days=20), guest="Già làng", **meeting),
        running=_running(story, today, meeting),
        numbered=_numbered(cast),
        consulting=consulting,
        comment=_comment_on(consulting, story),
        revising=make_program("revising", **drafted),
        agreed=make_program("agreed", **drafted),
        submitted=make_program("submitted", **drafted),
        enforced=_enforced(drafted),
    )


def _running(story: Story, today: date, meeting: dict) -> Conference:
    """A conference in session over a program whose parties have reported."""
    reviewed = [story.programs_2021["B"]]
    return make_conference(
        "running", held_on=today, half_day=HalfDay.MORNING, guest="Già làng", reviews=reviewed, **meeting
    )


def _enforced(drafted: dict) -> Program:
    """A program in force with a later one that can take its place."""
    earlier, _later = make_program("signed", **drafted), make_program("signed", **drafted)
    return earlier


def _comment_on(program: Program, story: Story) -> Comment:
    """What the Front says of a draft in its first round."""
    round = make_round(program, actor=story.cast.secretary)
    return make_comment(round, party_of(round, 3), actor=story.cast.members["chuyen-vien-mttq"])


def _numbered(cast: Cast) -> RegisterEntry:
    """A number reserved in the Committee's series of regulations, for a paper kept outside the portal."""
    series = register.open_series(
        actor=cast.secretary, agency=cast.agencies["ubnd"], document_type=DocumentType.REGULATION, year=2022
    )
    return register.reserve_number(series, actor=cast.secretary, subject="Quy chế trên giấy")


@dataclass(frozen=True)
class Door:
    """One form: the account that may send it, the page it stands on, a control that tells it apart, good values."""

    account: str | None
    page: Callable[[Stage], str]
    has: tuple[str, ...]
    good: dict[str, object] = field(default_factory=dict)
    button: str = ""
    like: str = ""  # a form with the same fields, walked in full there
    taken: int = 302  # the answer to the good form; 200 where something is shown once
    also: tuple[str, ...] = ()  # further accounts that may send it


def at(route: str, **parts: Callable[[Stage], object]) -> Callable[[Stage], str]:
    return lambda stage: reverse(route, kwargs={name: part(stage) for name, part in parts.items()})
