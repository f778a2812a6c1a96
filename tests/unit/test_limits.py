"""Processes of ours bound themselves, and never ask for more than they were given."""

import os
import resource

import pytest

from records.limits import live_within

MEGABYTE = 1024**2
WANTED = {"cpu_seconds": 60, "memory_bytes": 1500 * MEGABYTE, "file_bytes": 64 * MEGABYTE}


@pytest.mark.parametrize(("given", "left"), [(resource.RLIM_INFINITY, 1500), (900 * MEGABYTE, 900)])
def test_what_was_given_less_is_not_asked_for_more(given, left):
    """Under a service manager that allows 900 MB papers are still drawn."""
    child = os.fork()
    if not child:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (given, given))
            live_within(**WANTED)
            status = 0 if resource.getrlimit(resource.RLIMIT_AS)[0] == left * MEGABYTE else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
