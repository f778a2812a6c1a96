"""Learning names: whether the sign-in page takes equally long for a name that exists and one that does not."""

import logging
import time
from collections.abc import Iterator

from django.test import override_settings

from agencies.access.enums import Role
from tests.bench.timing import Measured
from tests.factories.accounts import type_password
from tests.factories.people import make_agency, make_member, make_unit

ASKED = 9
AS_IN_SERVICE = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def figures() -> Iterator[Measured]:
    """The gaps between the two answers, asked in turn so that both meet the same load; from one address each."""
    agency = make_agency(make_unit("TEN", "huyện Tên"), "ubnd", "Ủy ban nhân dân")
    with override_settings(PASSWORD_HASHERS=AS_IN_SERVICE):
        for number in range(ASKED):
            make_member(agency, Role.OFFICIAL, username=f"co-that-{number}")
        _asked("khong-co", ASKED)
        gaps = tuple(abs(_asked(f"co-that-{each}", each) - _asked(f"khong-co-{each}", each)) for each in range(ASKED))
    yield Measured("sign-in: known against unknown name", gaps, target_ms=50, note="the gap between two answers")


def _asked(name: str, number: int) -> float:
    """Milliseconds until a wrong password is refused."""
    logging.disable(logging.WARNING)
    started = time.perf_counter()
    answer = type_password(name, "sai", REMOTE_ADDR=f"203.0.113.{number + 1}")
    took = (time.perf_counter() - started) * 1000
    logging.disable(logging.NOTSET)
    if answer.status_code != 422:
        raise RuntimeError(f"The sign-in of the measurement was answered {answer.status_code}")
    return took
