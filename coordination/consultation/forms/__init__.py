"""The shape of what comes in about a consultation."""

from coordination.consultation.forms.answering import AnswerForm
from coordination.consultation.forms.keeping import CloseForm, ExtendForm, OpenForm
from coordination.consultation.forms.writing import CommentForm, ReplyForm

__all__ = ["AnswerForm", "CloseForm", "CommentForm", "ExtendForm", "OpenForm", "ReplyForm"]
