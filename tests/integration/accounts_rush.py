"""A crowd at the sign-in page and at one link, on a database of its own that keeps what it writes; run as a program."""

import json
import os
import sys

import django

from tests.integration.rush import rush


def told() -> dict:
    """What each crowd was answered, and what it left behind."""
    from axes.models import AccessAttempt
    from django.test import Client

    from agencies.access.enums import Role
    from agencies.accounts.services import links
    from agencies.models import OneTimeLink, SignIn
    from records.audit.enums import AuditAction
    from records.models import AuditEntry
    from tests.factories.accounts import code_of, set_up_second_factor
    from tests.factories.people import PASSWORD, make_agency, make_member, make_unit

    agency = make_agency(make_unit(), "vp")
    administrator = make_member(agency, Role.SYSTEM_ADMIN, "quan-tri-cong")
    member, careful = (make_member(agency, username=name) for name in ("bi-do-mat-khau", "hai-lop"))
    out = {}

    guesses = [
        (
            Client(REMOTE_ADDR=f"203.0.113.{n % 4}"),
            "/dang-nhap/",
            {"username": "bi-do-mat-khau", "password": f"sai-{n}"},
        )
        for n in range(24)
    ]
    out["guesses"] = sorted(rush(guesses))
    out["guesses counted"] = sum(AccessAttempt.objects.values_list("failures_since_start", flat=True))
    locked = AuditEntry.objects.filter(action=AuditAction.LOCKED_OUT)
    out["locks"] = sorted(entry.after["limit"] for entry in locked)

    token = links.issue_reset_link(member.user, actor=administrator)
    chosen = [f"trau-cay-ruong-sau-mua-{n}" for n in range(8)]
    posts = [(Client(), f"/lien-ket/{token}/", {"new_password1": one, "new_password2": one}) for one in chosen]
    out["one link used eight times"] = sorted(rush(posts))
    out["used"] = OneTimeLink.objects.filter(used_at__isnull=False).count()
    member.user.refresh_from_db()
    out["passwords that work"] = sum(member.user.check_password(one) for one in chosen)

    set_up_second_factor(careful.user)
    clients = [Client(REMOTE_ADDR=f"10.0.0.{n}") for n in range(4)]
    for client in clients:
        client.post("/dang-nhap/", {"username": "hai-lop", "password": PASSWORD})
    code = {"code": code_of(careful.user, steps_ahead=1)}
    out["one code typed four times"] = sorted(rush([(client, "/dang-nhap/ma-xac-thuc/", code) for client in clients]))
    out["signed in by it"] = SignIn.objects.filter(account=careful.user, ended_at=None).count()
    return out


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump(told(), sys.stdout)
