"""What happens to the ways into accounts. Called qualified: `links.invite(…)`, `sign_ins.end_all(…)`."""

from agencies.accounts.services import links, passwords, policy, second_factor, sign_ins
from agencies.accounts.services.links import invite, issue_reset_link

__all__ = ["invite", "issue_reset_link", "links", "passwords", "policy", "second_factor", "sign_ins"]
