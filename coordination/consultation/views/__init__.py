"""The pages of the consultation room."""

from coordination.consultation.views.answering import answer_next, comment_answer
from coordination.consultation.views.keeping import consultation_close, consultation_extend, consultation_open
from coordination.consultation.views.reading import consultation, consultation_text
from coordination.consultation.views.writing import comment_add, comment_edit, comment_withdraw, consultation_reply

__all__ = [
    "answer_next",
    "comment_add",
    "comment_answer",
    "comment_edit",
    "comment_withdraw",
    "consultation",
    "consultation_close",
    "consultation_extend",
    "consultation_open",
    "consultation_reply",
    "consultation_text",
]
