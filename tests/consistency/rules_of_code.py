"""Rules the product's Python keeps."""

import ast
import re
from collections.abc import Iterator

from tests.consistency.tree import Finding, Tree, docstring_of, dotted, rule

_CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}
_WRITES = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"
}  # fmt: skip
_SCOPES = {"visible_to", "usable_by"}
# The Word engine and the drawing of photographs save files; rows they know none, or through services only.
_MAY_WRITE = (
    r"/services(\.py|/)", r"^portal/demo/", r"/management/commands/", r"^reports/docx/",
    r"^records/files/pictures\.py$",
)  # fmt: skip
_STATED_MODULES = re.compile(r"/(services|permissions|queries|workflow|layout_profiles)(\.py|/)|^reports/documents/")


@rule(
    example={
        "coordination/tasks/queries.py": "from datetime import date\n\nlate = date.today()\nright = clock.today()\n"
        "field = Field(default=timezone.now)\nother = Field(auto_now=True)\n",
        "records/clock.py": "moment = datetime.now(UTC)\n",
        "templates/base.html": '<p>{{ now }}</p>\n<p>{% now "Y" %}</p>\n',
    },
    finds={
        "coordination/tasks/queries.py:3",
        "coordination/tasks/queries.py:5",
        "coordination/tasks/queries.py:6",
        "templates/base.html:2",
    },
)
def only_the_clock_knows_the_time(tree: Tree) -> Iterator[Finding]:
    """Nothing but records/clock.py asks the machine what time it is."""
    for path in tree.code(without=(r"^records/clock\.py$",)):
        for node in tree.nodes(path, ast.Attribute, ast.Name, ast.keyword):
            if isinstance(node, ast.Attribute) and node.attr in _CLOCKS and dotted(node.value) != "clock":
                yield Finding(path, node.lineno, dotted(node))
            elif isinstance(node, ast.Name) and node.id in {"localdate", "localtime", "Now"}:
                yield Finding(path, node.lineno, node.id)
            elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
                yield Finding(path, node.value.lineno, node.arg)
    for path in tree.files(".html", under=("templates",)):
        yield from tree.matches(path, r"{%\s*now\b")


@rule(
    example={
        "coordination/tasks/views.py": "task.save()\ncontext.update(page=1)\nTask.objects.filter(pk=1).update(x=1)\n"
        "digest.update(b'')\nTask.objects.create(x=1)\nrequest.session.save()\n",
        "coordination/tasks/services.py": "task.save()\n",
        "coordination/tasks/models.py": "class Task:\n    def save(self):\n        super().save()\n",
        "portal/demo/story.py": "task.delete()\n",
    },
    finds={"coordination/tasks/views.py:1", "coordination/tasks/views.py:3", "coordination/tasks/views.py:5"},
)
def only_services_write(tree: Tree) -> Iterator[Finding]:
    """Rows are written by services; the demo story and operations commands are the only others."""
    for path in tree.code(without=_MAY_WRITE):
        for node in tree.nodes(path, ast.Call):
            if not isinstance(node.func, ast.Attribute):
                continue
            whom, act = dotted(node.func.value), node.func.attr
            updates_rows = act == "update" and (whom.endswith((")", ".objects")) and not whom.startswith("hashlib."))
            of_no_row = whom == "super()" or whom.endswith(".session")
            if (act in _WRITES and not of_no_row) or updates_rows:
                yield Finding(path, node.lineno, f"{whom}.{act}(…)")


@rule(
    example={
        "coordination/tasks/views.py": "tasks = Task.objects.visible_to(actor)\ntask = Task.objects.get(pk=pk)\n"
        "task = get_object_or_404(Task, pk=pk)\ntask = get_object_or_404(Task.objects.visible_to(actor), pk=pk)\n"
        "part = get_object_or_404(task.parts, pk=pk)\npart = get_object_or_404(tasks, pk=pk)\n",
        "coordination/tasks/queries.py": "Task.objects.all()\n",
        "coordination/programs/views/pages.py": "Program.objects.first()\n",
    },
    finds={
        "coordination/tasks/views.py:2",
        "coordination/tasks/views.py:3",
        "coordination/programs/views/pages.py:1",
    },
)
def views_fetch_what_the_actor_may_see(tree: Tree) -> Iterator[Finding]:
    """A view reaches rows through `Model.objects.visible_to(actor)`, a query, or a row it has already reached so."""
    for path in tree.code(without=(r"^(?!.*/(views|api)(\.py|/))",)):
        for node in tree.nodes(path, ast.Attribute, ast.Call):
            if isinstance(node, ast.Attribute):
                inner = node.value
                if isinstance(inner, ast.Attribute) and inner.attr == "objects" and node.attr not in _SCOPES:
                    yield Finding(path, node.lineno, dotted(node))
            elif re.fullmatch(r"get_\w+_or_404", dotted(node.func)) and re.fullmatch(r"[A-Z]\w*", dotted(node.args[0])):
                yield Finding(path, node.lineno, f"{dotted(node.func)}({dotted(node.args[0])}, …)")


@rule(
    example={
        "coordination/tasks/views.py": "Task(**request.POST)\nTask.objects.filter(**request.GET.dict())\nf(**values)\n"
    },
    finds={"coordination/tasks/views.py:1", "coordination/tasks/views.py:2"},
)
def what_a_visitor_sends_is_never_spread(tree: Tree) -> Iterator[Finding]:
    """No call takes a visitor's whole input as its arguments."""
    for path in tree.code():
        for node in tree.nodes(path, ast.Call):
            for keyword in node.keywords:
                if keyword.arg is None and any(part in dotted(keyword.value) for part in (".GET", ".POST")):
                    yield Finding(path, node.lineno, f"**{dotted(keyword.value)}")


@rule(
    example={
        "portal/settings/demo.py": "from .base import *\n",
        "reports/charts/bars.py": "from math import *\nfrom math import floor\n",
        "tests/unit/test_x.py": "from x import *\n",
    },
    finds={"reports/charts/bars.py:1", "tests/unit/test_x.py:1"},
)
def no_star_imports(tree: Tree) -> Iterator[Finding]:
    """Every imported name is written out; settings, which continue one another, are the exception."""
    for path in tree.files(".py", without=(r"^portal/settings/",)):
        for node in tree.nodes(path, ast.ImportFrom):
            if any(alias.name == "*" for alias in node.names):
                yield Finding(path, node.lineno, f"from {node.module} import *")


@rule(
    example={
        "reports/pdf/engine.py": "import weasyprint\n",
        "reports/exports/views.py": "def view(request):\n    from weasyprint import HTML\n",
        "portal/views.py": "import weasyprint.text\n",
    },
    finds={"reports/exports/views.py:2", "portal/views.py:1"},
)
def one_pdf_engine(tree: Tree) -> Iterator[Finding]:
    """Only reports/pdf imports weasyprint, so one closed fetcher stands before every document."""
    for path in tree.code(without=(r"^reports/pdf/",)):
        for node in tree.nodes(path, ast.Import, ast.ImportFrom):
            module = getattr(node, "module", None)
            names = [module] if module else [alias.name for alias in node.names]
            if any(name.split(".")[0] == "weasyprint" for name in names):
                yield Finding(path, node.lineno, "import of weasyprint")


@rule(
    example={
        "coordination/tasks/urls.py": 'path("a", view, name="task-edit"),\npath("b", view, name="task_edit"),\n'
        'path("c", view, name="taskEdit"),\n',
    },
    finds={"coordination/tasks/urls.py:2", "coordination/tasks/urls.py:3"},
)
def url_names_are_lower_case_with_hyphens(tree: Tree) -> Iterator[Finding]:
    """A url name is words in lower case joined by hyphens: `task-edit`."""
    for path in tree.files("/urls.py", under=("records", "agencies", "coordination", "reports", "portal")):
        for node in tree.nodes(path, ast.Call):
            for keyword in node.keywords:
                name = getattr(keyword.value, "value", "")
                if dotted(node.func) in {"path", "re_path"} and keyword.arg == "name" and not _is_hyphened(name):
                    yield Finding(path, node.lineno, f"name={name!r}")


def _is_hyphened(name: object) -> bool:
    return isinstance(name, str) and all(part.isalnum() and part == part.lower() for part in name.split("-"))


@rule(
    example={
        "coordination/tasks/services.py": "def start(task):\n    pass\n\n\n"
        'def end(task: Task) -> Task:\n    """End it."""\n\n\ndef _inner(task):\n    pass\n',
        "reports/documents/program.py": "class Paper:\n    def rows(self) -> list:\n        return []\n",
        "coordination/tasks/views.py": "def view(request):\n    pass\n",
    },
    finds={"coordination/tasks/services.py:1", "reports/documents/program.py:2"},
)
def stated_rules(tree: Tree) -> Iterator[Finding]:
    """Where rules live, each public function states its rule in a docstring and its types in its signature."""
    for path in tree.files(".py", under=("records", "agencies", "coordination", "reports", "portal")):
        for function in _public_functions(tree.syntax(path)) if _STATED_MODULES.search(path) else ():
            faults = _unstated(function)
            if faults:
                yield Finding(path, function.lineno, f"{function.name}: {', '.join(faults)}")


def _public_functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            yield from [node] if not node.name.startswith("_") else []
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public_functions(node)


def _unstated(function: ast.FunctionDef) -> list[str]:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    untyped = [each.arg for each in arguments if each.annotation is None and each.arg not in {"self", "cls"}]
    is_property = any("property" in dotted(decorator) for decorator in function.decorator_list)
    faults = [] if docstring_of(function) or is_property else ["no docstring"]
    faults += [f"no type for {', '.join(untyped)}"] if untyped else []
    return faults + ([] if function.returns else ["no return type"])


@rule(
    example={
        "coordination/tasks/queries.py": '"""Tasks of Đầm Hà."""\n\nplace = "huyện Đầm Hà"\n',
        "portal/demo/story.py": 'place = "Đầm Hà"\n',
        "templates/base.html": "<h1>UBND huyện Đầm Hà</h1>\n",
    },
    finds={"coordination/tasks/queries.py:3", "templates/base.html:1"},
)
def no_place_is_built_in(tree: Tree) -> Iterator[Finding]:
    """The district of the sample year is data of the demo, never part of the product."""
    for path in tree.code(without=(r"^portal/demo/", r"^portal/settings/demo\.py$", r"/management/commands/")):
        for line, text in tree.strings(path):
            if "Đầm Hà" in text:
                yield Finding(path, line, "Đầm Hà")
    for path in tree.files(".html", under=("templates",)):
        yield from tree.matches(path, "Đầm Hà")


@rule(
    example={
        "coordination/tasks/forms.py": "from django.utils.translation import gettext as _now\n"
        "from django.utils.translation import gettext_lazy as _\nfrom django.utils.translation import gettext\n"
        "from django.utils.translation import ngettext as plural\n",
    },
    finds={"coordination/tasks/forms.py:1", "coordination/tasks/forms.py:4"},
)
def sentences_are_collected(tree: Tree) -> Iterator[Finding]:
    """The functions that translate go by their own names or by `_`: makemessages passes over any other."""
    for path in tree.code():
        for node in tree.nodes(path, ast.ImportFrom):
            if node.module == "django.utils.translation":
                for name in node.names:
                    if "gettext" in name.name and name.asname not in (None, "_"):
                        yield Finding(path, node.lineno, f"{name.name} as {name.asname}")
