"""The words for what is recorded about rounds, comments and declarations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.consultation.enums import CommentState, ReplyKind, Silence
from records.audit import history
from records.audit.history import Word

ROUND = {
    "round": Word(pgettext_lazy("consultation", "Round"), history.whole),
    "version": Word(_("Version"), history.text),
    "comments_until": Word(_("Comments until"), history.day),
    "letter": Word(_("Letter"), history.text),
    "letter_on": Word(_("Day of the letter"), history.day),
    "silence": Word(_("Silence"), history.choice(Silence)),
    "silent": Word(_("Did not answer"), history.text),
}
COMMENT = {
    "round": ROUND["round"],
    "party": Word(pgettext_lazy("audit", "Party"), history.text),
    "place": Word(_("About"), history.text),
    "comment": Word(_("Comment"), history.text),
    "proposed": Word(_("Proposed wording"), history.text),
    "withdrawn": Word(_("Withdrawn"), history.marked),
    "answer_state": Word(_("What became of it"), history.choice(CommentState)),
    "answer": Word(pgettext_lazy("comment", "Answer"), history.text),
    "taken_over": Word(_("Taken over into the text"), history.marked),
}
REPLY = {
    "round": ROUND["round"],
    "party": COMMENT["party"],
    "reply": Word(_("Declared"), history.choice(ReplyKind)),
}

history.speak("coordination.consultationround", _("Round of comments"), ROUND)
history.speak("coordination.comment", _("Comment"), COMMENT)
history.speak("coordination.roundreply", _("Declaration of a party"), REPLY)
