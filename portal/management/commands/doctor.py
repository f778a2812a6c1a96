"""`manage.py doctor`: look at everything this server needs, say how it stands and what to do."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.condition.enums import Standing
from portal.condition.finding import Finding, worst
from portal.condition.queries import findings


class Command(BaseCommand):
    help = "Look at what this server needs. Exit code 0: in order, 1: something needs a look, 2: something is broken."
    requires_system_checks = []  # what they find is told as a finding, with what to do

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for machines: one object with all findings")

    def handle(self, *, json: bool, **options):
        found = findings()
        standing = worst(found)
        self.stdout.write(_for_machines(found, standing) if json else "\n".join(map(_line, found)))
        if standing is not Standing.IN_ORDER:
            count = sum(one.standing is not Standing.IN_ORDER for one in found)
            told = _("%(count)s of %(all)s need a look.") % {"count": count, "all": len(found)}
            raise CommandError(told, returncode=standing.value)


def _line(finding: Finding) -> str:
    head = f"[{finding.standing.label}] {finding.label}: {finding.seen}"
    return f"{head}\n    → {finding.fix}" if finding.fix else head


def _for_machines(found: list[Finding], standing: Standing) -> str:
    told = {"standing": standing.code, "findings": [one.as_json() for one in found]}
    return json.dumps(told, ensure_ascii=False, indent=1)
