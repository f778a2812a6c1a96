"""Named reads of people, posts and accounts."""

from agencies.people.queries.accounts import (
    AccountFilters,
    AccountPage,
    AccountRow,
    Awaited,
    account_page,
    accounts_awaited,
    accounts_listed,
    locked_accounts,
    rows_of,
    state_of,
)
from agencies.people.queries.acting import going_on_from, usable_memberships
from agencies.people.queries.audience import Audience, Listener, audience_on
from agencies.people.queries.matching import agencies_called, people_called, what_they_do
from agencies.people.queries.posts import (
    Held,
    OfficeHolders,
    Post,
    grouped,
    holders_today,
    offices_of_person,
    posts_of,
)
from agencies.people.queries.signers import Signer, head_on, signers_of

__all__ = [
    "AccountFilters",
    "AccountPage",
    "AccountRow",
    "Audience",
    "Awaited",
    "Held",
    "Listener",
    "OfficeHolders",
    "Post",
    "Signer",
    "account_page",
    "accounts_awaited",
    "accounts_listed",
    "agencies_called",
    "audience_on",
    "going_on_from",
    "grouped",
    "head_on",
    "holders_today",
    "locked_accounts",
    "offices_of_person",
    "people_called",
    "posts_of",
    "rows_of",
    "signers_of",
    "state_of",
    "usable_memberships",
    "what_they_do",
]
