"""What happened to an evaluation, in plain words, as far as each reader may see it."""

from collections.abc import Callable, Set
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import Membership
from coordination.evaluations.enums import (
    Audience,
    EvaluationKind,
    Layer,
    PartKind,
    RoundState,
    SchemeKind,
    Since,
)
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
    """The parts of a grading scheme with their weights, in the order of their kinds."""
    parts = value if isinstance(value, dict) else {}
    told = ((kind, parts[kind]) for kind in PartKind.values if kind in parts)
    return "; ".join(f"{history.choice(PartKind)(kind)} {history.percent(weight)}" for kind, weight in told)


def _limits(value: Any) -> str:
    """Grades or criteria with their points."""
    lines = value if isinstance(value, list) else []
    return "; ".join(" ".join(history.text(str(one)) for one in line[:2] if one is not None) for line in lines)


def _shown(value: Any) -> str:
    """Who is shown what of a round, and from when."""
    lines = value if isinstance(value, list) else []
    words = (history.choice(Layer), history.choice(Audience), history.choice(Since))
    return "; ".join(", ".join(word(one) for word, one in zip(words, line, strict=False)) for line in lines)


ROUND = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(RoundState)),
    "programs": Word(gettext_lazy("Programs evaluated"), history.text),
    "scheme": Word(gettext_lazy("Grading scheme"), history.text),
    "cut_off_on": Word(gettext_lazy("Cut-off day"), history.day),
    "counts_from": Word(gettext_lazy("Tasks count from"), history.day),
    "forms_due_on": Word(gettext_lazy("Forms are due on"), history.day),
    "digest": Word(gettext_lazy("Digest of the frozen figures"), history.text),
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
    "cited": Word(gettext_lazy("Evidence"), history.text),
    "is_draft": Word(gettext_lazy("Draft"), history.marked),
}
CORRECTION = {
    "agency": Word(gettext_lazy("Agency evaluated"), history.text),
    "total": Word(gettext_lazy("Total score"), history.quantity),
    "grade": Word(gettext_lazy("Grade"), history.text),
    "reason": Word(gettext_lazy("Reason for the correction"), history.text),
    "paper": Word(gettext_lazy("Decided by"), history.text),
    "digest": Word(gettext_lazy("Digest of the frozen figures"), history.text),
}
SCHEME = {
    "version": Word(gettext_lazy("Version"), history.whole),
    "name": Word(gettext_lazy("Name of the scheme"), history.text),
    "kind": Word(gettext_lazy("How grades are given"), history.choice(SchemeKind)),
    "basis": Word(gettext_lazy("Decided by"), history.text),
    "on_time_points": Word(gettext_lazy("Completed on time"), history.quantity),
    "late_points": Word(gettext_lazy("Completed late"), history.quantity),
    "unfinished_points": Word(gettext_lazy("Unfinished"), history.quantity),
    "asks_self": Word(gettext_lazy("Each party evaluates itself"), history.marked),
    "asks_cross": Word(gettext_lazy("The parties evaluate each other"), history.marked),
    "reason_below": Word(gettext_lazy("A score below this needs its reason"), history.quantity),
    "difference_from": Word(gettext_lazy("Own score and the others’ mean are far apart from"), history.quantity),
    "spread_from": Word(gettext_lazy("The others’ scores are far apart from"), history.quantity),
    "shown": Word(gettext_lazy("Who sees what"), _shown),
    "parts": Word(gettext_lazy("Weights"), _weights),
    "bands": Word(gettext_lazy("Grades"), _limits),
    "criteria": Word(gettext_lazy("Criteria"), _limits),
}

# What rooms that build on a round tell of their own objects in its history, by kind.
TELLERS: dict[str, Callable[[AuditEntry], Told]] = {}

history.speak("coordination.evaluationround", gettext_lazy("Evaluation"), ROUND)
history.speak("coordination.evaluation", gettext_lazy("Evaluation of an agency"), EVALUATION)
history.speak("coordination.correction", gettext_lazy("Correction of a result"), CORRECTION)
history.speak("coordination.gradingscheme", gettext_lazy("Grading scheme"), SCHEME)

_JUDGED = ("score", "grade", "remark", "points", "cited")
_DAYS = ("cut_off_on", "counts_from", "forms_due_on")


def history_of(actor: Membership, round: EvaluationRound, *, before: str = "", after: str = "") -> History:
    """The events of a round, newest first. The caller has already asked whether the actor may see it.

    Rule: R-SEE-6. Of single judgements each reader is told what their own agencies gave; those who keep the round, all.
    """
    corrections = round.corrections.visible_to(actor)
    entries = entries_about(round, round.evaluations.visible_to(actor), round.findings.visible_to(actor), corrections)
    seen = set(Program.objects.visible_to(actor).filter(evaluation_rounds=round).values_list("code", flat=True))
    return history.read(entries, partial(tell_to, seen), before=before, after=after)


def tell_to(seen: Set[str], entry: AuditEntry) -> Told:
    """One entry about a round, a judgement or a finding as a sentence; `seen` are the programs the reader knows of."""
    if entry.object_kind == "coordination.evaluation":
        return _judgement(entry)
    if entry.object_kind == "coordination.correction":
        agency = {"agency": history.text(entry.after.get("agency"))}
        return Told(_("Corrected the result of %(agency)s") % agency, shown=("total", "grade", "reason", "paper"))
    if entry.object_kind in TELLERS:
        return TELLERS[entry.object_kind](entry)
    if entry.action == AuditAction.CREATED:
        named = ("programs",) if set(entry.after["programs"]) <= seen else ()
        return Told(_("Opened the evaluation"), "", shown=(*named, "scheme", *_DAYS))
    if entry.action == AuditAction.CHANGED:
        return Told(_("Changed the evaluation"), "", shown=("scheme", *_DAYS))
    if entry.action == AuditAction.MOVED:
        state = RoundState(entry.after["state"])
        text = _("The evaluation is now: %(state)s") % {"state": state.label}
        return Told(text, "ok" if state == RoundState.CLOSED else "", shown=("narrative", "digest"))
    return Told(str(AuditAction(entry.action).label), shown=())


def _judgement(entry: AuditEntry) -> Told:
    kind = entry.after.get("judgement")
    if entry.after.get("is_draft"):
        return Told(_("Put a draft of a self-evaluation aside"), shown=())
    agencies = {"agency": history.text(entry.after.get("agency")), "by": history.text(entry.after.get("by_agency"))}
    texts = {
        EvaluationKind.SELF: _("%(agency)s sent its self-evaluation"),
        EvaluationKind.CROSS: _("%(by)s graded %(agency)s"),
        EvaluationKind.VERIFIED: _("What was verified about %(agency)s was recorded"),
        EvaluationKind.CONCLUDED: _("%(agency)s received its concluding grade"),
    }
    text = texts.get(kind, _("An agency was evaluated"))
    return Told(text % agencies, shown=_JUDGED)
