"""What happened to an evaluation, in plain words, as far as each reader may see it."""

from collections.abc import Set
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import Membership
from coordination.evaluations.enums import CauseKind, EvaluationKind, FindingKind, PartKind, RoundState
from coordination.evaluations.models import EvaluationRound
from coordination.programs.models import Program
from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import History, Told, Word
from records.audit.models import AuditEntry
from records.audit.queries import entries_about


def _points(value: Any) -> str:
    """Points by criterion, with the reason where one was given."""
    lines = value if isinstance(value, list) else []
    return "; ".join(f"{name}: {history.quantity(points)}{reason and f' ({reason})'}" for name, points, reason in lines)


def _weights(value: Any) -> str:
    """The parts of a grading scheme with their weights."""
    parts = value if isinstance(value, dict) else {}
    return "; ".join(f"{history.choice(PartKind)(kind)} {history.percent(weight)}" for kind, weight in parts.items())


def _limits(value: Any) -> str:
    """Grades or criteria with their points."""
    lines = value if isinstance(value, list) else []
    return "; ".join(" ".join(history.text(str(one)) for one in line[:2]) for line in lines)


ROUND = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(RoundState)),
    "programs": Word(gettext_lazy("Programs evaluated"), history.text),
    "scheme": Word(gettext_lazy("Grading scheme"), history.text),
    "cut_off_on": Word(gettext_lazy("Cut-off day"), history.day),
    "narrative": Word(gettext_lazy("General remark"), history.text),
    "missing": Word(gettext_lazy("Missing forms"), history.text),
}
EVALUATION = {
    "judgement": Word(gettext_lazy("Kind"), history.choice(EvaluationKind)),
    "agency": Word(gettext_lazy("Agency evaluated"), history.text),
    "by_agency": Word(gettext_lazy("Evaluated by"), history.text),
    "score": Word(gettext_lazy("Score"), history.quantity),
    "grade": Word(gettext_lazy("Grade"), history.text),
    "remark": Word(gettext_lazy("Remark"), history.text),
    "points": Word(gettext_lazy("Points by criterion"), _points),
}
FINDING = {
    "kind": Word(gettext_lazy("Kind"), history.choice(FindingKind)),
    "heading": Word(gettext_lazy("Heading"), history.text),
    "text": Word(gettext_lazy("Text"), history.text),
    "cause_kind": Word(gettext_lazy("Kind of cause"), history.choice(CauseKind)),
    "is_doubtful": Word(gettext_lazy("Source is damaged or unclear"), history.marked),
    "program": Word(gettext_lazy("Program"), history.text),
    "of_limitation": Word(gettext_lazy("Limitation it belongs to"), history.text),
    "remedied_by": Word(gettext_lazy("Task that mends it"), history.text),
}
SCHEME = {
    "version": Word(gettext_lazy("Version"), history.whole),
    "parts": Word(gettext_lazy("Weights"), _weights),
    "bands": Word(gettext_lazy("Grades"), _limits),
    "criteria": Word(gettext_lazy("Criteria"), _limits),
}

history.speak("coordination.evaluationround", gettext_lazy("Evaluation"), ROUND)
history.speak("coordination.evaluation", gettext_lazy("Evaluation of an agency"), EVALUATION)
history.speak("coordination.finding", gettext_lazy("Finding"), FINDING)
history.speak("coordination.gradingscheme", gettext_lazy("Grading scheme"), SCHEME)

_JUDGED = ("score", "grade", "remark", "points")
_FOUND = ("heading", "text", "cause_kind", "is_doubtful")


def history_of(actor: Membership, round: EvaluationRound, *, before: str = "", after: str = "") -> History:
    """The events of a round, newest first. The caller has already asked whether the actor may see it.

    Rule: R-SEE-6. Of single judgements each reader is told what their own agencies gave; those who keep the round, all.
    """
    entries = entries_about(round, round.evaluations.visible_to(actor), round.findings.visible_to(actor))
    seen = set(Program.objects.visible_to(actor).filter(evaluation_rounds=round).values_list("code", flat=True))
    return history.read(entries, partial(tell_to, seen), before=before, after=after)


def tell_to(seen: Set[str], entry: AuditEntry) -> Told:
    """One entry about a round, a judgement or a finding as a sentence; `seen` are the programs the reader knows of."""
    if entry.object_kind == "coordination.evaluation":
        return _judgement(entry)
    if entry.object_kind == "coordination.finding":
        kind = FINDING["kind"].write(entry.after.get("kind"))
        return Told(_("Wrote a finding: %(kind)s") % {"kind": kind}, shown=_FOUND)
    if entry.action == AuditAction.CREATED:
        named = ("programs",) if set(entry.after["programs"]) <= seen else ()
        return Told(_("Opened the evaluation"), "", shown=(*named, "scheme", "cut_off_on"))
    if entry.action == AuditAction.MOVED:
        state = RoundState(entry.after["state"])
        text = _("The evaluation is now: %(state)s") % {"state": state.label}
        return Told(text, "ok" if state == RoundState.CLOSED else "", shown=("narrative",))
    return Told(str(AuditAction(entry.action).label), shown=())


def _judgement(entry: AuditEntry) -> Told:
    kind = entry.after.get("judgement")
    agencies = {"agency": history.text(entry.after.get("agency")), "by": history.text(entry.after.get("by_agency"))}
    texts = {
        EvaluationKind.SELF: _("%(agency)s sent its self-evaluation"),
        EvaluationKind.CROSS: _("%(by)s graded %(agency)s"),
        EvaluationKind.VERIFIED: _("What was verified about %(agency)s was recorded"),
        EvaluationKind.CONCLUDED: _("%(agency)s received its concluding grade"),
    }
    text = texts.get(kind, _("An agency was evaluated"))
    return Told(text % agencies, shown=_JUDGED)
