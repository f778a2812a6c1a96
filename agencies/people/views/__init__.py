"""Pages of posts, people and accounts."""

from agencies.people.views.people import person_detail, person_list, person_rename
from agencies.people.views.posts import (
    holding_correct,
    holding_end,
    office_add,
    office_appoint,
    office_close,
    office_edit,
    office_list,
)
from agencies.people.views.user_acts import (
    user_invite_again,
    user_move,
    user_restore,
    user_role,
    user_role_end,
    user_suspend,
)
from agencies.people.views.users import user_detail, user_invite, user_list

__all__ = [
    "holding_correct",
    "holding_end",
    "office_add",
    "office_appoint",
    "office_close",
    "office_edit",
    "office_list",
    "person_detail",
    "person_list",
    "person_rename",
    "user_detail",
    "user_invite",
    "user_invite_again",
    "user_list",
    "user_move",
    "user_restore",
    "user_role",
    "user_role_end",
    "user_suspend",
]
