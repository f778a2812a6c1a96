"""What happens to people, their offices, their accounts and their roles."""

from agencies.people.services.accounts import open_account, restore, set_preferences, suspend
from agencies.people.services.holdings import appoint, appoint_new_person, correct_holding, end_holding
from agencies.people.services.invitations import invite_person
from agencies.people.services.offices import change_office, close_office, found_office, set_up_office
from agencies.people.services.people import register_person, rename_person
from agencies.people.services.roles import end_membership, grant_membership, move_member

__all__ = [
    "appoint",
    "appoint_new_person",
    "change_office",
    "close_office",
    "correct_holding",
    "end_holding",
    "end_membership",
    "found_office",
    "grant_membership",
    "invite_person",
    "move_member",
    "open_account",
    "register_person",
    "rename_person",
    "restore",
    "set_preferences",
    "set_up_office",
    "suspend",
]
