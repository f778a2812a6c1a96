"""What a leader should look at first, in words; an empty list on a clean day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.figures.queries import LateTask, Unsigned
from records import wording
from reports.dashboard.answer import late_note, listed
from reports.dashboard.facts import FactKind
from reports.dashboard.queries import Dashboard
from reports.dashboard.told import Awaited, Waiting

PROGRAMS_SHOWN, NAMES_SHOWN = 5, 4


@dataclass(frozen=True)
class Attention:
    """One thing for the leader to look at: its sentence, where it leads and what is known of it."""

    icon: str
    tone: str
    title: str
    place: str
    slug: str
    facts: tuple[str, ...]

    @property
    def css(self) -> str:
        """The classes of its icon."""
        return f"pf-row__icon pf-row__icon--{self.tone}"


def attention(dashboard: Dashboard, actor: Membership) -> list[Attention]:
    """Programs not signed first, then late tasks, reports and forms that did not come, what has no task yet.

    Rule: R-DASH-3. An official is told of the own agencies' reports and forms only.
    """
    return [
        *(_unsigned(program) for program in dashboard.unsigned[:PROGRAMS_SHOWN]),
        *(_late(task) for task in dashboard.late_shown),
        *_unanswered(dashboard),
        *_missing(dashboard, actor),
        *(_to_give_out(one) for one in dashboard.to_give_out),
        *(_to_remedy(one) for one in dashboard.to_remedy),
    ]


def some_of(names: Sequence[str]) -> str:
    """The first of many names and how many more there are."""
    more = len(names) - NAMES_SHOWN
    if more < 1:
        return listed(names)
    words = {"names": ", ".join(names[:NAMES_SHOWN]), "n": more}
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % words


def own_forms(dashboard: Dashboard, actor: Membership, kind: EvaluationKind) -> list[str]:
    """The agencies whose form of a kind is missing, as far as the actor is told."""
    missing = dashboard.missing(kind)
    told = missing if actor.role != Role.OFFICIAL else [form for form in missing if actor.acts_for(form.agency.pk)]
    return [form.agency.current_short_name for form in told]


def _unsigned(program: Unsigned) -> Attention:
    count = len(program.awaited)
    words = ngettext(
        "Program %(code)s awaits %(count)s signature", "Program %(code)s awaits %(count)s signatures", count
    )
    return Attention(
        icon="pen",
        tone="wait",
        title=words % {"code": program.code, "count": count},
        place="coordination:program-signing",
        slug=program.slug,
        facts=(program.title, _("Awaited: %(parties)s") % {"parties": some_of(program.awaited)}),
    )


def _late(task: LateTask) -> Attention:
    facts = [task.lead, late_note(task), _since(task.deadline, task.days_late)]
    if task.carried_into:
        facts.append(_("Carried over to %(year)s") % {"year": task.carried_into})
    return Attention(
        icon="exclamation-triangle-fill",
        tone="bad",
        title=task.title,
        place="coordination:task-detail",
        slug=task.slug,
        facts=tuple(fact for fact in facts if fact),
    )


def _unanswered(dashboard: Dashboard) -> Iterable[Attention]:
    """Answers and reports whose day has passed; what is not due yet is nobody's fault."""
    for one in dashboard.awaited:
        if one.kind == FactKind.REPORT and one.is_late_on(dashboard.as_of):
            yield _not_sent(one, dashboard.year)
        elif one.kind == FactKind.ANSWER and one.is_late_on(dashboard.as_of):
            yield _not_answered(one)


def _not_sent(report: Awaited, year: int) -> Attention:
    words = ngettext(
        "%(n)s party has not sent its report on %(year)s",
        "%(n)s parties have not sent their reports on %(year)s",
        len(report.who),
    )
    return Attention(
        icon="hourglass-split",
        tone="wait",
        title=words % {"n": len(report.who), "year": year},
        place="coordination:party-reports",
        slug=report.slug,
        facts=(report.code, some_of(report.who), _due(report.until)),
    )


def _not_answered(answer: Awaited) -> Attention:
    words = ngettext(
        "%(n)s party has not answered on the draft %(code)s",
        "%(n)s parties have not answered on the draft %(code)s",
        len(answer.who),
    )
    return Attention(
        icon="hourglass-split",
        tone="wait",
        title=words % {"n": len(answer.who), "code": answer.code},
        place="coordination:consultation",
        slug=answer.slug,
        facts=(some_of(answer.who), _due(answer.until)),
    )


def _missing(dashboard: Dashboard, actor: Membership) -> Iterable[Attention]:
    sentences = {
        EvaluationKind.SELF: lambda n: ngettext(
            "%(n)s agency has not sent its self-evaluation", "%(n)s agencies have not sent their self-evaluation", n
        ),
        EvaluationKind.CROSS: lambda n: ngettext(
            "%(n)s agency has not sent its cross-evaluation", "%(n)s agencies have not sent their cross-evaluation", n
        ),
    }
    for kind, sentence in sentences.items():
        if names := own_forms(dashboard, actor, kind):
            round = dashboard.evaluated.round
            facts = (round.title, "" if len(names) == 1 else some_of(names), _due(round.forms_due_on))
            yield Attention(
                icon="hourglass-split",
                tone="wait",
                title=_one_or_many(kind, names, sentence),
                place="coordination:evaluation-detail",
                slug=round.key,
                facts=tuple(fact for fact in facts if fact),
            )


def _one_or_many(kind: EvaluationKind, names: Sequence[str], sentence) -> str:
    """A single agency is named in the sentence itself."""
    if len(names) > 1:
        return sentence(len(names)) % {"n": len(names)}
    words = _("%(agency)s has not sent its cross-evaluation")
    if kind == EvaluationKind.SELF:
        words = _("%(agency)s has not sent its self-evaluation")
    return words % {"agency": names[0]}


def _to_give_out(waiting: Waiting) -> Attention:
    words = ngettext(
        "%(n)s conclusion is not yet turned into a task",
        "%(n)s conclusions are not yet turned into tasks",
        waiting.waiting,
    )
    return Attention(
        icon="hourglass-split",
        tone="wait",
        title=words % {"n": waiting.waiting},
        place="coordination:conference-conclusions",
        slug=waiting.slug,
        facts=(waiting.title, wording.day(waiting.day)),
    )


def _to_remedy(waiting: Waiting) -> Attention:
    words = ngettext(
        "%(n)s limitation has no task that mends it",
        "%(n)s limitations have no task that mends them",
        waiting.waiting,
    )
    repeated = ngettext("%(n)s found in earlier years too", "%(n)s found in earlier years too", waiting.repeated)
    facts = (waiting.title, repeated % {"n": waiting.repeated} if waiting.repeated else "")
    return Attention(
        icon="exclamation-triangle-fill",
        tone="wait",
        title=words % {"n": waiting.waiting},
        place="coordination:evaluation-findings",
        slug=waiting.slug,
        facts=tuple(fact for fact in facts if fact),
    )


def _due(day: date | None) -> str:
    return _("Due %(day)s") % {"day": wording.day(day)} if day else ""


def _since(deadline: date, days_late: int) -> str:
    words = {"day": wording.day(deadline), "days": days_late}
    return _("Due %(day)s, %(days)s days ago") % words if days_late > 0 else _("Due %(day)s") % words
