"""`make run` and `make test` say what is missing, and what was not run is never taken for passed."""

import os
from types import ModuleType

import pytest

from tests.consistency.tree import PROJECT


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PROJECT / ".ci"))
    import machine

    return machine


@pytest.fixture
def check(machine: ModuleType) -> ModuleType:
    import check

    return check


def test_packages_are_named_with_a_proof_of_presence(machine: ModuleType):
    assert {"libpangoft2-1.0-0", "libharfbuzz-subset0"} == {package.name for package in machine.packages("run")}
    assert all(package.proof in machine.PROOFS for package in machine.packages("setup", "run", "test"))


@pytest.mark.parametrize(
    ("proof", "there", "not_there"),
    [
        ("module", "json", "no_such_module"),
        ("library", "libc.so.6", "libnosuch.so.6"),
        ("command", "sh", "no-such-command"),
        ("file", "/etc/pass*d", "/etc/no-such-*"),
    ],
)
def test_proof_tells_what_is_there(machine: ModuleType, proof: str, there: str, not_there: str):
    assert machine.PROOFS[proof](there)
    assert not machine.PROOFS[proof](not_there)


def test_command_to_type_names_the_packages(machine: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", "/nonexistent")
    command = machine.apt_command(machine.packages("run"))
    install = "apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
    assert command == f"su -c 'apt-get update && {install}'"


def test_what_is_started_keeps_what_it_compiled(machine: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    machine.keep_compiled()
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


def test_missing_package_that_may_not_be_installed_stops_with_the_command(
    machine: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setitem(machine.PROOFS, "library", lambda name: False)
    with pytest.raises(machine.CannotSetUp, match=r"apt-get install --no-install-recommends libpangoft2-1\.0-0"):
        machine.require_packages("run")


def test_step_without_its_ground_is_not_run_and_is_named(check: ModuleType):
    step = check.Step("browser", lambda step: None, needs=("chromium",))
    outcome = check.run(step, absent={"chromium"})
    assert outcome.verdict == "NOT RUN"
    said = check.summary([outcome], [each.name for each in check.STEPS])
    assert said.splitlines()[-1] == "Not run: browser: Debian packages missing: chromium"


def test_step_that_fails_is_named_with_its_failing_tests(check: ModuleType, tmp_path, monkeypatch):
    monkeypatch.setattr(check, "LOGS", tmp_path)

    def refuse(step) -> None:
        step.log.write_text("..F.\nFAILED tests/unit/test_dates.py::test_leap_day - assert 28 == 29\n1 failed\n")
        raise check.Failed("exit code 1")

    outcome = check.run(check.Step("unit", refuse), absent=set())
    said = check.summary([outcome], [each.name for each in check.STEPS]).splitlines()
    named = said.index(f"Failed: unit (see {tmp_path / 'unit.log'})")
    assert said[named + 1] == "  FAILED tests/unit/test_dates.py::test_leap_day - assert 28 == 29"


def test_only_a_whole_run_says_that_everything_passed(check: ModuleType):
    outcomes = [check.Outcome(step) for step in check.STEPS]
    names = [step.name for step in check.STEPS]
    assert check.summary(outcomes, names).endswith("Everything was checked and passed.")
    assert check.summary(outcomes[1:], names[1:]).endswith(f"Not asked for: {names[0]}")


def test_every_debian_package_of_a_step_is_in_the_list(check: ModuleType, machine: ModuleType):
    listed = {package.name for package in machine.packages("run", "test")}
    assert {name for step in check.STEPS for name in step.needs} == listed


def test_continuous_integration_runs_the_same_command():
    script = PROJECT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text()
