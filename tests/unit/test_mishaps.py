"""What a command says when the machine below the portal fails: a sentence, or nothing where the fault is ours."""

import errno

import pytest
from django.db import OperationalError

from portal.mishaps import sentence_of


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS])
def test_a_disk_that_takes_nothing_is_named(number: int):
    told = sentence_of(OSError(number, "no", "/var/lib/portal/files"))
    assert "/var/lib/portal/files" in told
    assert told != sentence_of(OSError(number ^ (errno.ENOSPC ^ errno.EACCES), "no", "/var/lib/portal/files"))


def test_other_failures_stay_what_they_are():
    assert sentence_of(FileNotFoundError(errno.ENOENT, "none", "x")) == ""
    assert sentence_of(BrokenPipeError()) == ""


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("database or disk is full", False),
        ('could not extend file "base/1": No space left on device', False),
        ('connection to server at "127.0.0.1", port 1 failed: Connection refused', True),
        ('could not translate host name "x" to address', True),
        ("unable to open database file", True),
        ("canceling statement due to lock timeout", True),
    ],
)
def test_the_database_is_told_of_in_its_words(words: str, named: bool):
    told = sentence_of(OperationalError(words + "\n"))
    assert words in told
    assert ("DATABASE_URL" in told) == named
