"""What a hostile or clumsy client sends, and how an answer to it is judged."""

import re
from dataclasses import dataclass, field
from fnmatch import fnmatch
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import quote_plus

from django.apps import apps
from django.db import connection
from django.http import QueryDict

from records import text
from records.audit.enums import AuditAction
from records.models import AuditEntry

DECOMPOSED = "\u0110a\u0302\u0300m Ha\u0300"
TOO_LONG = "Đầm Hà " * 12_800  # about 100 KB in UTF-8
UNTYPABLE = ("a\x00b", "tên\u202egnp.exe", "a\ud800b")
HOSTILE = {
    "NUL": "a\x00b",
    "surrogate": "a\ud800b",
    "right-to-left override": "tên\u202egnp.exe",
    "decomposed": DECOMPOSED,
    "100 KB": TOO_LONG,
    "10^30": str(10**30),
    "minus one": "-1",
    "no such day": "31/02/2022",
    "letters": "abc",
    "40 nines": "9" * 40,
    "empty": "",
    "prototype": "__proto__",
    "template": "{{7*7}}",
    "script": "<script>alert(1)</script>",
    "formula": '=HYPERLINK("http://x.invalid","a")',
    "line ends": "a\r\nSet-Cookie: b=1",
}
# What each typed field gets alone; the rest goes into all typed fields of a form at once, then into its free text only.
ALONE = ("NUL", "100 KB", "empty")
AS_CHOICE = ("NUL", "10^30", "letters", "empty")
# A sign-in is no act, and the tests sign in often; nor is text kept for its writer when saving it is refused.
NO_ACTS = {"agencies_signin", "coordination_unsavedtask"}
NO_RECORD = (AuditAction.REFUSED, AuditAction.SIGN_IN_FAILED, AuditAction.SIGNED_IN)


@dataclass
class Control:
    """One named control of a form: its kind, what it would send, and how the page marks it."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    invalid: bool = False
    is_number: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in ("text", "textarea", "search", "number")


@dataclass
class Form:
    """A form of a page as a browser would send it."""

    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)

    def sent(self) -> dict[str, list[str]]:
        return {name: list(control.values) for name, control in self.controls.items() if control.values}


class Page(HTMLParser):
    """The forms of a page and the messages beside their fields."""

    def __init__(self, markup: str):
        super().__init__()
        self.forms: list[Form] = []
        self.messages: dict[str, str] = {}
        self.alert = False
        self._form: Form | None = None
        self._select: Control | None = None
        self._area: Control | None = None
        self._message, self._depth = "", 0
        self.feed(markup)

    def form_with(self, *names: str) -> Form:
        """The one form of the page that has these controls or buttons."""
        for form in self.forms:
            known = [*form.controls, *form.buttons]
            # By itself first: a name with brackets, as other programs have them, is a pattern of something else.
            has = (name in known or any(fnmatch(one, name) for one in known) for name in names)
            if form.method == "post" and all(has):
                return form
        raise AssertionError(f"no form with {names}: {[list(form.controls) for form in self.forms]}")

    def message_of(self, name: str) -> str:
        """What is said beside a field, with a prefix or an own id of its form or without."""
        ends = (f"_{name}_error", f"-{name}_error")
        return next((said for id_, said in self.messages.items() if id_.endswith(ends)), "")

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.alert |= given.get("role") == "alert"
        if self._message and tag == "div":
            self._depth += 1
        if tag == "div" and given.get("id", "").endswith("_error"):
            self._message, self._depth = given["id"], 1
            self.messages[self._message] = ""
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(tag, given)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag == "div" and self._message:
            self._depth -= 1
            if not self._depth:
                self._message = ""
        if tag == "form":
            self._form = None
        if tag == "select":
            self._settle_select()
        if tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._message:
            self.messages[self._message] += data
        if self._area is not None:
            self._area.values[0] += data

    def _named(self, given: dict, kind: str) -> Control:
        control = self._form.controls.setdefault(given["name"], Control(given["name"], kind))
        control.invalid |= given.get("aria-invalid") == "true"
        control.is_number |= given.get("inputmode") in ("numeric", "decimal")
        return control

    def _control(self, tag: str, given: dict) -> None:
        if tag == "option" and self._select is not None:
            self._select.offered.append(given.get("value", ""))
            if "selected" in given:
                self._select.values = [*self._select.values, given.get("value", "")]
        if not given.get("name") or given["name"] == "csrfmiddlewaretoken":
            return
        kind = given.get("type", "text")
        if tag == "button" or kind == "submit":
            self._form.buttons[given["name"]] = given.get("value", "")
        elif tag == "select":
            self._select = self._named(given, "select")
        elif tag == "textarea":
            self._area = self._named(given, "textarea")
            self._area.values = [""]
        elif tag == "input":
            self._input(kind, given)

    def _input(self, kind: str, given: dict) -> None:
        control = self._named(given, kind)
        if kind in ("radio", "checkbox"):
            control.offered.append(given.get("value", "on"))
            control.values += [given.get("value", "on")] if "checked" in given else []
        elif kind != "file":
            control.values = [given.get("value", "")]

    def _settle_select(self) -> None:
        if self._select is not None and not self._select.values and self._select.offered:
            self._select.values = self._select.offered[:1]
        self._select = None


def urlencoded(sent: dict[str, list[str]]) -> bytes:
    """A form's body; a lone surrogate goes as the three bytes a careless client makes of it."""
    pairs = [(name, value) for name, values in sent.items() for value in values]
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs
    ).encode()


def shown_of(value: str) -> str:
    """What of a typed value a page can show again."""
    decoded = QueryDict(urlencoded({"v": [value]})).get("v", "")
    return text.without_forbidden(decoded)


def alike(shown: str, typed: str) -> bool:
    """The same text but for spaces, line ends and Unicode form."""

    def plain(words: str) -> str:
        return " ".join(text.nfc(words).split())

    return plain(shown) == plain(typed)


def rows_kept() -> dict[str, int]:
    """How many rows each table of the portal's own apps holds, and how many acts the audit tells of."""
    rooms = [apps.get_app_config(label).get_models(True) for label in ("agencies", "coordination", "reports")]
    tables = {"records_storedfile", *(model._meta.db_table for models in rooms for model in models)} - NO_ACTS
    union = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(union)
        counted = dict(cursor.fetchall())
    return counted | {"acts": AuditEntry.objects.exclude(action__in=NO_RECORD).count()}


def stored_anywhere(value: str) -> list[str]:
    """The columns of the portal's own tables that hold a text exactly as it was typed."""
    found = []
    if "\x00" in value or (not value.isprintable() and any("\ud800" <= char <= "\udfff" for char in value)):
        return found  # no database takes them
    for label in ("agencies", "coordination", "records"):
        for model in apps.get_app_config(label).get_models():
            for column in model._meta.fields:
                if column.get_internal_type() not in ("CharField", "TextField"):
                    continue
                if model.objects.filter(**{f"{column.name}__contains": value}).exists():
                    found.append(f"{model._meta.label}.{column.name}")
    return found


def says_vietnamese(message: str) -> bool:
    """A sentence in Vietnamese has letters no English sentence has."""
    return bool(re.search(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", message.lower()))


def told(faults: list[str]) -> str:
    """All faults of one form, one a line."""
    out = StringIO()
    for fault in faults:
        out.write(f"\n  {fault}")
    return out.getvalue()
