"""What is frozen of a round, as plain values with their digest. No database, so that anybody can check it again.

Shape: `{"round": {...}, "agencies": [row, ...], "tasks": {id: [task, ...]}, "missing": [...], "flags": [...]}`; a row
has the agency's `id`, `code` and `name`, the points of each part, `total`, the `proposed` and published `grade`, the
`remark` of the conclusion and the `counts` of its tasks; a task is its code, title, program, deadline, bucket and
points. Points are written as text with one decimal, so that they read back exactly.
"""

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

Content = dict[str, Any]


def canonical(content: Mapping[str, Any]) -> str:
    """The content as one line, the same whatever order a database gives its keys in."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the content in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def points(value: Decimal | None) -> str | None:
    """Points as they are frozen: "89.9"; None where they are not known."""
    return None if value is None else f"{value:.1f}"


def read_points(value: str | None) -> Decimal | None:
    """Frozen points as a number again."""
    return None if value is None else Decimal(value)


def corrected(content: Content, agency_id: int, *, total: Decimal | None, grade: str) -> Content:
    """The content with one agency's total and grade replaced; everything else stays as it was frozen."""
    changed = deepcopy(content)
    row = next(row for row in changed["agencies"] if row["id"] == agency_id)
    row["total"], row["grade"] = points(total), grade
    return changed
