"""What of an answer is compared, and how a paper is read."""

import hashlib
import io
import re
from collections.abc import Callable

import pdfplumber
from django.db import connection
from django.http import HttpResponse

_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')
_FORM_TOKEN = re.compile(rb'(name="form_token"[^>]*value=")[^"]+')
_YEAR = re.compile(rb'\?year=20\d\d|<div class="pf-year">.*?</div>\s*</div>', re.S)
_OF_EACH_ANSWER = ("X-Request-ID", "Content-Length", "Expires")
_OF_EACH_SESSION = ("csrftoken", "sessionid")
_OWN_TABLES = ("agencies_", "coordination_", "reports_", "records_storedfile")
_KEPT_BY_SESSIONS = ("agencies_signin",)  # where and when an account was last used
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"')


def noting(writes: list[str]) -> Callable:
    """A wrapper of the database that notes which of the portal's own tables are written, besides the audit."""

    def wrapper(execute, sql, params, many, context):
        written = _WRITES.match(sql)
        if written and written[1].startswith(_OWN_TABLES) and written[1] not in _KEPT_BY_SESSIONS:
            writes.append(written[1])
        return execute(sql, params, many, context)

    return wrapper


def read_out(response: HttpResponse) -> HttpResponse:
    """The answer read to its end, as a browser does."""
    if response.streaming:
        content = b"".join(response.streaming_content)
        response.streaming, response.__class__ = False, HttpResponse
        response._container = [content]
    return response


def comparable(response: HttpResponse) -> tuple:
    """What of an answer must not tell one refusal from another: status, headers, cookies set, and the page.

    The address asked for, which the page may carry, is the asker's own, and so is the year it names, which the frame
    follows; tokens against forgery differ in every answer.
    """
    headers = {name: value for name, value in response.items() if name not in _OF_EACH_ANSWER}
    cookies = sorted(set(response.cookies) - set(_OF_EACH_SESSION))
    page = _FORM_TOKEN.sub(rb"\1", _TOKEN.sub(rb"\1", response.content))
    page = _frame_of_any_year(page).replace(response.wsgi_request.path.encode(), b"")
    return response.status_code, headers, cookies, page


def _frame_of_any_year(page: bytes) -> bytes:
    """The page without what its frame says of the year; what stands in the middle is left as it is."""
    before, opens, rest = page.partition(b"<main")
    inside, closes, after = rest.partition(b"</main>")
    return b"".join((_YEAR.sub(b"", before), opens, inside, closes, _YEAR.sub(b"", after)))


def difference(one: HttpResponse, other: HttpResponse) -> str:
    """The first place where two answers differ; nothing where they do not."""
    for mine, theirs in zip(comparable(one), comparable(other), strict=True):
        if mine != theirs and isinstance(mine, bytes):
            at = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), 0)
            return f"{mine[max(0, at - 60) : at + 60]!r} / {theirs[max(0, at - 60) : at + 60]!r}"
        if mine != theirs:
            return f"{mine} / {theirs}"
    return ""


def digest_of(table: str) -> str:
    """The digest of all rows of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def text_of_pdf(content: bytes) -> str:
    """Everything a PDF says, its metadata too, without the spaces between."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        text = " ".join(page.extract_text() or "" for page in pdf.pages) + repr(pdf.metadata)
    return re.sub(r"\s+", "", text)
