"""Rules about who reaches what."""

import ast
import re
from collections.abc import Iterator

from tests.consistency.tree import Finding, Tree, dotted, rule

_BELOW = ("AuditEntry", "AuditHead", "StoredFile")
_MAY_FETCH_BELOW = (
    r"^records/",
    r"^agencies/log/queries/",
    r"/management/commands/",
    # A backup holds all there is; whoever makes one holds the machine.
    r"^portal/backup/",
    # What the log says of accounts and bodies whose scope was asked before: wrong tries, last sign-ins, later changes.
    r"^agencies/accounts/queries\.py$",
    r"^agencies/people/queries/accounts\.py$",
    r"^coordination/reorganisation/queries/since\.py$",
)


@rule(
    example={
        "coordination/tasks/queries.py": "files = StoredFile.objects.filter(pk=1)\nfile = evidence.file\n",
        "agencies/log/queries/searching.py": "AuditEntry.objects.all()\n",
        "reports/issuing/views.py": "entry = AuditEntry.objects.first()\n",
    },
    finds={"coordination/tasks/queries.py:1", "reports/issuing/views.py:1"},
)
def rows_without_a_scope_are_reached_through_their_objects(tree: Tree) -> Iterator[Finding]:
    """Files and entries of the log know of no reader: only their own floor and the system log fetch them as such."""
    for path in tree.code(without=_MAY_FETCH_BELOW):
        for node in tree.nodes(path, ast.Attribute):
            whom = dotted(node)
            if any(whom.startswith((f"{model}.objects.", f"{model}._default_manager.")) for model in _BELOW):
                yield Finding(path, node.lineno, whom)


@rule(
    example={
        "coordination/tasks/models.py": "class A(QuerySet):\n    def visible_to(self, actor):\n        return 1\n\n\n"
        'class B(models.QuerySet):\n    def visible_to(self, actor):\n        """Who."""\n        return self\n',
        "coordination/tasks/permissions.py": "def can_sing(actor):\n    return YES\n",
    },
    finds={"coordination/tasks/models.py:2", "coordination/tasks/permissions.py:1"},
)
def rights_say_who(tree: Tree) -> Iterator[Finding]:
    """Every scope and every predicate says in its docstring who may: docs/permissions.md is written from them."""
    for path in tree.code():
        for node in tree.nodes(path, ast.FunctionDef):
            asks = node.name == "visible_to" or (node.name.startswith("can_") and path.endswith("permissions.py"))
            if asks and not ast.get_docstring(node):
                yield Finding(path, node.lineno, node.name)


@rule(
    example={
        "coordination/tasks/permissions.py": 'def can_sing(actor):\n    return no("Not allowed.")\n\n\n'
        'def can_dance(actor):\n    return no(_("Only a leader dances."))\n',
        "portal/views.py": 'raise PermissionDenied("x")\nfrom django.core.exceptions import PermissionDenied\n',
    },
    finds={"coordination/tasks/permissions.py:2", "portal/views.py:1"},
)
def refusals_are_given_with_a_reason_in_the_readers_language(tree: Tree) -> Iterator[Finding]:
    """A refusal is `no(_("…"))` or `unseen()`, never a bare string or Django's own PermissionDenied."""
    for path in tree.code():
        for node in tree.nodes(path, ast.Call, ast.Raise):
            if isinstance(node, ast.Call) and dotted(node.func) == "no" and node.args:
                if isinstance(node.args[0], ast.Constant):
                    yield Finding(path, node.lineno, "no(…) with a sentence nobody translates")
            elif isinstance(node, ast.Raise) and node.exc and re.match(r"PermissionDenied\b", dotted(node.exc)):
                yield Finding(path, node.lineno, dotted(node.exc))
