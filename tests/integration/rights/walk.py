"""One random step: who asks for what, how and with what; and whether the answer told or did too much."""

import random
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import resolve, reverse

from records.audit.enums import AuditAction
from records.models import AuditEntry
from tests.integration.hostile import Form, Page
from tests.integration.rights.addresses import Places, doors, nowhere
from tests.integration.rights.answers import comparable, difference, digest_of, noting, read_out, text_of_pdf
from tests.integration.rights.oracle import Oracle
from tests.integration.rights.people import Walker
from tests.integration.rights.world import World, words_in

COMPARED = 0.2  # of the answers 404; test_rights_answers compares every route
_ON_SCREEN = "/bao-cao/xem-truoc/"  # the same papers, as they would be printed
_FIGURES = "/tong-quan/"  # drawn too, but of what the reader sees and nothing more
_TYPED = ("Nội dung thử", "30/6/2022", "12", "", "qz", "1", "a", "DH-2022-02", "-1", "31/02/2022")
_QUERY = (
    *("year", "q", "page", "sort", "group", "status", "program", "lead", "involves", "area", "agency", "section"),
    *("due_from", "due_to", "mine", "bucket", "unit", "kind", "role", "at", "day", "next", "actor", "action"),
)


@dataclass
class Step:
    """What was asked, in words that can be followed again."""

    number: int
    walker: Walker
    method: str
    url: str
    data: dict[str, list[str]]

    def __str__(self) -> str:
        return f"step {self.number}: {self.walker.name}: {self.method} {self.url} {self.data or ''}"


@dataclass
class Walk:
    """The state of a walk: its dice, the forms seen on the way, the papers read, and what went wrong."""

    world: World
    walkers: list[Walker]
    dice: random.Random
    oracle: Oracle = field(default_factory=Oracle)
    forms: dict[tuple, tuple[str, Form]] = field(default_factory=dict)
    paper_words: dict[bytes, set[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    walked: set[str] = field(default_factory=set)
    deck: list[str] = field(default_factory=list)
    answered: dict[int, int] = field(default_factory=dict)

    def __post_init__(self):
        self.owners = self.world.words.settled()
        self.doors = {door.name: door for door in doors() if door.name != "sign-out"}
        slugs = sorted({conference.slug for conference in self.world.conferences.values()})
        self.places = Places(slugs)
        self.only_read: set[str] = set()

    def take(self, number: int) -> None:
        """One step, taken back whatever it did."""
        step = self._choose(number)
        writes: list[str] = []
        cookies = step.walker.client.cookies.copy()
        with transaction.atomic():
            last = _last_entry() if step.method == "POST" else 0
            with connection.execute_wrapper(noting(writes)):
                response = self._send(step)
            self._judge(step, response, last)
            refused = step.method in ("GET", "HEAD") or response.status_code >= 400
            touched = {table: digest_of(table) for table in sorted(set(writes))} if refused else {}
            transaction.set_rollback(True)
        step.walker.client.cookies = cookies
        for table, digest in touched.items():
            if digest != digest_of(table):
                self.faults.append(f"{step}: answered {response.status_code} and changed {table}")
        if response.status_code == 404:
            self._must_be_as_missing(step, response)

    def _choose(self, number: int) -> Step:
        walker, roll = self.dice.choice(self.walkers), self.dice.random()
        if roll < 0.35 and self.forms:
            return self._with_a_form(number, walker)
        door = self.doors[self._next_door()]
        url = self.places.address(door, self.dice)
        if roll < 0.45 and door.name not in self.only_read:
            return Step(number, walker, "POST", url, self._anything())
        query = {key: [self._value()] for key in self.dice.sample(_QUERY, self.dice.choice((0, 0, 0, 1, 2)))}
        method = self.dice.choices(("GET", "HEAD", "PUT"), (95, 4, 1))[0]
        return Step(number, walker, method, url, query)

    def _next_door(self) -> str:
        """Doors come as from a shuffled deck, so that a walk of some length has been at each."""
        if not self.deck:
            self.deck = sorted(self.doors)
            self.dice.shuffle(self.deck)
        name = self.deck.pop()
        self.walked.add(name)
        return name

    def _with_a_form(self, number: int, walker: Walker) -> Step:
        """A form somebody was offered, sent by whoever, where it was offered or at another object's door."""
        where, form = self.dice.choice(list(self.forms.values()))
        if self.dice.random() < 0.5:
            door = self.doors.get(resolve(urlsplit(where).path).view_name)
            where = self.places.address(door, self.dice) if door else where
        sent = form.sent()
        for name, control in form.controls.items():
            roll = self.dice.random()
            if roll < 0.15:
                sent[name] = [str(self.dice.choice(self.places.ids))]
            elif roll < 0.35 and control.offered:
                sent[name] = [self.dice.choice(control.offered)]
            elif not any(sent.get(name, [""])) and roll < 0.8:
                sent[name] = [self.dice.choice(control.offered) if control.offered else _plausible(name)]
        for name, value in form.buttons.items():
            if self.dice.random() < 0.5:
                sent[name] = [value or "1"]
        return Step(number, walker, "POST", where, sent)

    def _anything(self) -> dict[str, list[str]]:
        names = self.dice.sample(("step", "title", "agency", "program", "task", "state", "score", "owner", "is_staff",
                                  "membership", "role", "unit", "reason", "signed_on", "year"), 3)  # fmt: skip
        return {name: [self._value()] for name in names}

    def _value(self) -> str:
        return str(self.dice.choice(self.dice.choice((self.places.slugs, self.places.ids, _TYPED))))

    def _send(self, step: Step) -> HttpResponse:
        client = step.walker.client
        if step.method == "POST":
            return read_out(client.post(step.url, step.data))
        if step.method == "PUT":
            return read_out(client.put(step.url, b"x=1"))
        return read_out(getattr(client, step.method.lower())(step.url, step.data))

    def _judge(self, step: Step, response: HttpResponse, last: int) -> None:
        status = response.status_code
        self.answered[status] = self.answered.get(status, 0) + 1
        if status >= 500 and status != 503:
            self.faults.append(f"{step}: {status} {getattr(response, 'exc_info', ('', ''))[1]}")
        if status == 405 and step.method == "POST":
            self.only_read.add(resolve(urlsplit(step.url).path).view_name)
        self._must_not_tell(step, response)
        if step.method == "POST" and status in (403, 404):
            self._must_be_noted(step, response, last)
        if status == 200 and step.method == "GET" and b'method="post"' in response.content:
            self._remember_forms(step, response)

    def _must_not_tell(self, step: Step, response: HttpResponse) -> None:
        """No word of an object the person may not see, besides those they sent themselves."""
        content = response.content + repr(sorted(response.items())).encode()
        is_figures = step.url.startswith(_FIGURES)
        is_drawn = response.content.startswith(b"%PDF-") and ("/bao-cao/" in step.url or is_figures)
        is_paper = (is_drawn and not is_figures) or step.url.startswith(_ON_SCREEN)
        told = (words_in(content) | (self._words_of_paper(response.content) if is_drawn else set())) - words_in(
            repr((step.url, step.data)).encode()
        )
        for word in sorted(told):
            kind, key = self.owners[word]
            seen = self.oracle.sees(step.walker.standing, (kind, key))
            if is_paper and kind == "task":
                seen = seen or self.oracle.sees(step.walker.standing, ("task in paper", key))
            if not seen:
                self.faults.append(f"{step}: tells {word} of {kind} {key}")

    def _words_of_paper(self, content: bytes) -> set[str]:
        if content not in self.paper_words:
            self.paper_words[content] = words_in(text_of_pdf(content).encode())
        return self.paper_words[content]

    def _must_be_noted(self, step: Step, response: HttpResponse, last: int) -> None:
        """A refused write of someone signed in leaves exactly one entry: who, from where, under which request."""
        if not response.wsgi_request.user.is_authenticated or not response.wsgi_request.resolver_match:
            return
        refusals = list(AuditEntry.objects.filter(sequence__gt=last, action=AuditAction.REFUSED))
        actor = response.wsgi_request.actor
        right = [
            entry
            for entry in refusals
            if entry.actor_id == (actor.pk if actor else None)
            and entry.request_id == response["X-Request-ID"]
            and entry.address
        ]
        if len(refusals) != 1 or len(right) != 1:
            self.faults.append(
                f"{step}: {response.status_code} left {len(refusals)} refusals, {len(right)} of them right"
            )

    def _must_be_as_missing(self, step: Step, response: HttpResponse) -> None:
        """A hidden object is answered byte for byte as one that does not exist.

        Why only once the step is taken back: it may have ended the session, and says so once.
        """
        match = response.wsgi_request.resolver_match
        if match is None or not match.kwargs or match.view_name not in self.doors or self.dice.random() > COMPARED:
            return
        elsewhere = nowhere(self.doors[match.view_name], match.kwargs)
        url = reverse(match.view_name, kwargs=elsewhere)
        cookies = step.walker.client.cookies.copy()
        with transaction.atomic():
            gone = self._send(Step(step.number, step.walker, step.method, url, step.data))
            transaction.set_rollback(True)
        step.walker.client.cookies = cookies
        if comparable(response) != comparable(gone):
            self.faults.append(f"{step}: 404 differs from {url}: {difference(response, gone)}")

    def _remember_forms(self, step: Step, response: HttpResponse) -> None:
        page = Page(response.content.decode())
        for form in page.forms:
            where = urlsplit(form.action or step.url).path
            key = (resolve(where).view_name, tuple(sorted(form.controls)))
            if form.method == "post" and "sign-out" not in key[0] and len(form.controls) + len(form.buttons) > 0:
                self.forms.setdefault(key, (where, form))


def _plausible(name: str) -> str:
    if re.search(r"(_on|until|_from|_to|day)$", name):
        return "30/6/2022"
    return "88" if re.search(r"(score|value|number|year|present|invited|points)", name) else "Nội dung thử"


def _last_entry() -> int:
    return AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
