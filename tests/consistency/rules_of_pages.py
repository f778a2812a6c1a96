"""Rules templates, styles and scripts keep."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from tests.consistency.tree import Finding, Tree, rule

_VENDOR = r"/vendor/"
_OWN_PAGES = (".html", ".svg", ".txt", ".xml")
_HANDLERS = re.compile(r"\son(?:[a-z]+)\s*=\s*[\"']")
_STYLE = re.compile(r"\sstyle\s*=\s*[\"']|<style\b")
_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)|javascript:")
_NAMED_TEMPLATE = re.compile(r"[\"']([\w./-]+\.html)[\"']")
_FOUND_BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}
# Vendored icons are written out as they are; rows of lists are put together from values each of which is escaped; tools
# bring signed files to secret addresses, without a session.
_SAFE_BY_REASON = (
    r"^portal/templatetags/components/icons\.py$",
    r"^records/markup\.py$",
    r"^reports/signing/views/tools\.py$",
)
_PACKAGES_WITH_TEMPLATES = ("crispy_bootstrap5", "crispy_forms", "django.forms", "axes")


@rule(
    example={
        "templates/a.html": "{{ text|safe }}\n{{ text }}\n{% autoescape off %}\n",
        "portal/templatetags/components/icons.py": "mark_safe(drawing)\n",
        "portal/templatetags/vietnamese.py": "mark_safe('')\nformat_html('')\nisinstance(text, SafeString)\n",
        "portal/views.py": "@csrf_exempt\ndef view(request): ...\n",
    },
    finds={"templates/a.html:1", "templates/a.html:3", "portal/templatetags/vietnamese.py:1", "portal/views.py:1"},
)
def output_is_escaped_and_forms_are_guarded(tree: Tree) -> Iterator[Finding]:
    """Nothing switches off escaping or the forgery check; only the vendored icons are written out as they are, and one
    module escapes values by itself.

    A signing tool brings its file to a secret address, without a session that could be abused: `reports/signing` tells.
    """
    for path in tree.files(".html", under=("templates",)):
        yield from tree.matches(path, r"\|\s*safe(seq)?\b|autoescape\s+off")
    for path in tree.code(without=_SAFE_BY_REASON):
        yield from tree.matches(path, r"\b((mark_safe|SafeString|SafeText)\(|html_safe\b|csrf_exempt\b)")


@rule(
    example={
        "templates/a.html": '<p style="color: red">\n<p onclick="go()">\n<script>go()</script>\n'
        '<script src="/static/js/a.js"></script>\n<p class="style">\n',
        "templates/reports/papers/_paper.html": "<style>:root{ --left: 30mm }</style>\n<p style='color: red'>\n",
        "reports/charts/svg.py": 'text = \'<g style="x">\'\nshape(width=1, style="bold")\n',
    },
    finds={
        "templates/a.html:1",
        "templates/a.html:2",
        "templates/a.html:3",
        "templates/reports/papers/_paper.html:2",
        "reports/charts/svg.py:1",
    },
)
def no_inline_style_or_script(tree: Tree) -> Iterator[Finding]:
    """Styles and scripts are files, or the content security policy blocks them; a printed paper states its measures."""
    for path in tree.files(*_OWN_PAGES, under=("templates", "static"), without=(_VENDOR,)):
        for number, line in tree.lines(path):
            yield from (Finding(path, number, fault) for fault in _inline(line) if not _is_measures(path, fault))
    for path in tree.code():
        for number, text in tree.strings(path):
            yield from (Finding(path, number, fault) for fault in _inline(text))


def _is_measures(path: str, fault: str) -> bool:
    return fault == "<style" and path.startswith("templates/reports/papers/")


def _inline(text: str) -> list[str]:
    return [found.group().strip() for pattern in (_HANDLERS, _STYLE, _SCRIPT) if (found := pattern.search(text))]


@rule(
    example={
        "templates/a.html": '<link href="https://cdn.example/a.css">\n<svg xmlns="http://www.w3.org/2000/svg">\n'
        '<script src="//cdn.example/a.js"></script>\n',
        "static/css/portal.css": "@import url(https://fonts.example/a.css);\n",
        "static/vendor/x/x.css": "/* https://x.example */\na { background: url(https://x.example/a.png) }\n",
    },
    finds={"templates/a.html:1", "templates/a.html:3", "static/css/portal.css:1", "static/vendor/x/x.css:2"},
)
def nothing_comes_from_another_host(tree: Tree) -> Iterator[Finding]:
    """Every style, script, font and picture is served by the portal itself."""
    elsewhere = r"(https?:)?//(?!www\.w3\.org/)[\w.-]+\.\w+"
    for path in tree.files(".html", ".css", ".js", ".svg", under=("templates", "static"), without=(_VENDOR,)):
        yield from tree.matches(path, rf"(?<![\w:]){elsewhere}")
    for path in tree.files(".css", under=("static",)):
        if re.search(_VENDOR, path):
            yield from tree.matches(path, rf"(url\(|@import)\s*[\"']?{elsewhere}")


@rule(
    example={
        "static/css/portal.css": "#add { color: #1a2b3c; }\n#form { color: var(--ink); }\n",
        "static/css/tokens.css": ":root { --ink: #1a2b3c; }\n",
        "templates/a.html": '<path fill="#fff">\n<a href="#add">\n',
    },
    finds={"static/css/portal.css:1", "templates/a.html:1"},
)
def colours_have_names(tree: Tree) -> Iterator[Finding]:
    """A colour is a token; only static/css/tokens.css and the charts spell one out."""
    for path in tree.files(".css", under=("static/css",), without=(r"/tokens\.css$",)):
        yield from tree.matches(path, r"(?<=:)[^;{]*#[0-9a-fA-F]{3,8}\b")
    for path in tree.files(".html", under=("templates",)):
        yield from tree.matches(path, r"\b(fill|stroke|color|content)=[\"']#[0-9a-fA-F]{3,8}\b")


@rule(
    example={
        "templates/a.html": '{% if program.state == "signed" %}\n{% if program.is_signed %}\n{% if a in b %}\n',
    },
    finds={"templates/a.html:1"},
)
def templates_do_not_compare_states(tree: Tree) -> Iterator[Finding]:
    """What a state looks like is said by its enum, not by a comparison in a template."""
    for path in tree.files(".html", under=("templates",)):
        yield from tree.matches(path, r"{%\s*(el)?if\b[^%]*\.(state|status)\s*(==|!=|in\b|not in\b)")


@rule(
    example={
        "portal/views.py": 'render(request, "pages/home.html")\nrender(request, "pages/gone.html")\n',
        "coordination/tasks/views/acting.py": '_page(request, "task_act.html")\n_page(request, "task_gone.html")\n',
        "templates/coordination/tasks/task_act.html": "",
        "templates/404.html": "",
        "templates/base.html": "",
        "templates/pages/_part.html": "",
        "templates/pages/home.html": '{% extends "base.html" %}\n{% include "pages/_part.html" only %}\n',
        "templates/pages/_orphan.html": "",
        "templates/pages/forgotten.html": '{% include "pages/_orphan.html" %}\n',
        "templates/bootstrap5/field.html": "",
    },
    finds={
        "portal/views.py:2",
        "coordination/tasks/views/acting.py:2",
        "templates/pages/forgotten.html:1",
        "templates/pages/_orphan.html:1",
    },
)
def templates_are_used_and_exist(tree: Tree) -> Iterator[Finding]:
    """Every template is reached from code, and every template that is named exists."""
    present = {path.removeprefix("templates/") for path in tree.files(".html", under=("templates",))}
    reached, named = set(), list(_named_in_code(tree))
    waiting = [name for _, name in named] + sorted(_FOUND_BY_DJANGO | {name for name in present if _overrides(name)})
    while waiting:
        name = waiting.pop()
        if name in present and name not in reached:
            reached.add(name)
            inside = list(_named_in_template(tree, name))
            named += inside
            waiting += [found for _, found in inside]
    for name in sorted(present - reached):
        yield Finding(f"templates/{name}", 1, "reached from nowhere")
    for (path, line), name in named:
        if name not in present and not _overrides(name):
            yield Finding(path, line, f"{name} does not exist")


def _named_in_code(tree: Tree) -> Iterator[tuple[tuple[str, int], str]]:
    """Names as a view gives them, or a tag inside a string; one without a folder lies in its room's folder."""
    for path in tree.code():
        room = "/".join(path.split("/")[:2])
        for line, text in tree.strings(path):
            if re.fullmatch(r"[\w./-]+\.html", text):
                yield (path, line), text if "/" in text or text in _FOUND_BY_DJANGO else f"{room}/{text}"
            for found in _NAMED_TEMPLATE.findall(text):
                yield (path, line), found


def _named_in_template(tree: Tree, name: str) -> Iterator[tuple[tuple[str, int], str]]:
    path = f"templates/{name}"
    for number, line in tree.lines(path):
        for found in _NAMED_TEMPLATE.findall(line):
            yield (path, number), found


def _overrides(name: str) -> bool:
    """Whether an installed package brings a template of this name, which ours then replaces."""
    found = (importlib.util.find_spec(package) for package in _PACKAGES_WITH_TEMPLATES)
    homes = [Path(spec.origin).parent for spec in found if spec and spec.origin]
    return any((home / folder / name).exists() for home in homes for folder in ("templates", "jinja2"))
