"""What happens in a consultation: one function per act, each in one transaction."""

from coordination.consultation.services.answers import answer
from coordination.consultation.services.comments import comment, edit_comment, withdraw_comment
from coordination.consultation.services.replies import declare_no_comments, declare_sent, take_back_reply
from coordination.consultation.services.rounds import close_round, extend_round, open_round

__all__ = [
    "answer",
    "close_round",
    "comment",
    "declare_no_comments",
    "declare_sent",
    "edit_comment",
    "extend_round",
    "open_round",
    "take_back_reply",
    "withdraw_comment",
]
