"""`make test`: everything that says whether the portal is sound, one step after another, and a table at the end.

A step that fails does not stop the next one. A step that could not run is named in the last lines and is a failure too.
`python3 .ci/check.py unit browser` runs only the steps named.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cluster
import machine

LOGS = machine.ROOT / "var" / "check"
SLOWEST_STEP_SECONDS = 2700
TWO_AT_A_TIME = ["--numprocesses", "2", "--dist", "worksteal"]


class Failed(Exception):
    """The step ran and found a fault; its words are in its log."""


class CouldNotRun(Exception):
    """The step found no ground to run on; the message says what is missing."""


@dataclass(frozen=True)
class Step:
    """One thing to check; `needs` are the Debian packages without which it cannot run."""

    name: str
    check: Callable[["Step"], None]
    needs: tuple[str, ...] = ()

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"


@dataclass
class Outcome:
    step: Step
    verdict: str = "passed"
    reason: str = ""
    seconds: float = field(default=0.0)


def lint(step: Step) -> None:
    _run(step, ["-m", "ruff", "check"])


def house_format(step: Step) -> None:
    _run(step, ["-m", "ruff", "format", "--check", "--diff"])


def imports(step: Step) -> None:
    """The floors and rooms import in one direction (contracts in pyproject.toml)."""
    _run(step, ["-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache", "--no-logo"])


def deployment(step: Step) -> None:
    """Django's own checks have nothing to say about the settings of a service."""
    service = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PORTAL_SECRET_KEY": "checked-but-never-used-" + "0123456789abcdefghijklmnopqrstuvwxyz",
        "PORTAL_HOSTS": "portal.example.vn",
    }
    _run(step, ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], service)


def consistency(step: Step) -> None:
    _pytest(step, "tests/consistency", *TWO_AT_A_TIME)


def unit(step: Step) -> None:
    _pytest(step, "tests/unit", *TWO_AT_A_TIME)


def integration_on_sqlite(step: Step) -> None:
    _pytest(step, "tests/integration", *TWO_AT_A_TIME, "-m", "not on_postgresql")


def integration_on_postgresql(step: Step) -> None:
    try:
        with cluster.throw_away_cluster() as address:
            flags = (*TWO_AT_A_TIME, "-m", "not on_sqlite")
            _pytest(step, "tests/integration", *flags, variables={"DATABASE_URL": address})
    except cluster.CannotStart as reason:
        raise CouldNotRun(str(reason)) from None


def browser(step: Step) -> None:
    two = ("--numprocesses", "2", "--dist", "loadgroup")
    _pytest(step, "tests/browser", *two, "--output", str(LOGS / "browser"), "--screenshot", "only-on-failure")


STEPS = [
    Step("lint", lint),
    Step("format", house_format),
    Step("imports", imports),
    Step("deployment", deployment),
    Step("consistency", consistency, needs=("gettext",)),
    Step("unit", unit, needs=("libpangoft2-1.0-0", "libharfbuzz-subset0")),
    Step(
        "sqlite",
        integration_on_sqlite,
        needs=("libpangoft2-1.0-0", "libharfbuzz-subset0", "poppler-utils", "softhsm2", "redis-server"),
    ),
    Step(
        "postgresql",
        integration_on_postgresql,
        needs=("libpangoft2-1.0-0", "libharfbuzz-subset0", "poppler-utils", "softhsm2", "redis-server", "postgresql"),
    ),
    Step(
        "browser",
        browser,
        needs=("chromium", "libatomic1", "libpangoft2-1.0-0", "libharfbuzz-subset0", "poppler-utils", "softhsm2"),
    ),
]


def _pytest(step: Step, folder: str, *flags: str, variables: Mapping[str, str] | None = None) -> None:
    _run(step, ["-m", "pytest", folder, *flags], variables)


def _run(step: Step, arguments: list[str], variables: Mapping[str, str] | None = None) -> None:
    """Run Python in the virtual environment, its words going to the step's log.

    Raises: Failed, also when the step takes longer than any step may.
    """
    with step.log.open("w") as log:
        child = subprocess.Popen(
            [machine.PYTHON, *arguments],
            cwd=machine.ROOT,
            env=_environment() | dict(variables or {}),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = child.wait(timeout=SLOWEST_STEP_SECONDS)
        except subprocess.TimeoutExpired:
            raise Failed(f"not done after {SLOWEST_STEP_SECONDS} seconds") from None
        finally:
            _end(child)
    if code:
        raise Failed(f"exit code {code}")


def _environment() -> dict[str, str]:
    """The caller's environment without what would point the tests at somebody's portal."""
    foreign = ("DATABASE_URL", "PORT", "PORTAL_")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PORTAL_VAR": str(LOGS / "portal"),
    }


def _end(child: subprocess.Popen) -> None:
    """End the step and whatever it started and left behind."""
    try:
        os.killpg(child.pid, signal.SIGTERM if child.poll() is None else signal.SIGKILL)
    except ProcessLookupError:
        return
    try:
        child.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def run(step: Step, absent: set[str]) -> Outcome:
    """Run one step and say how it went."""
    outcome, started = Outcome(step), time.monotonic()
    try:
        missing = [name for name in step.needs if name in absent]
        if missing:
            raise CouldNotRun(f"Debian packages missing: {' '.join(missing)}")
        step.check(step)
    except Failed as reason:
        outcome.verdict, outcome.reason = "FAILED", str(reason)
    except CouldNotRun as reason:
        outcome.verdict, outcome.reason = "NOT RUN", str(reason)
    outcome.seconds = time.monotonic() - started
    return outcome


def tell(outcome: Outcome) -> None:
    """One line for a step that passed; everything it said for one that did not."""
    machine.say(f"{outcome.step.name:<12} {outcome.verdict:<8} {outcome.seconds:6.1f} s")
    if outcome.verdict == "FAILED":
        machine.say(f"\n{outcome.step.log.read_text(errors='replace').strip()}\n\n{outcome.reason}\n")


def failing_tests(step: Step) -> list[str]:
    """The step's failing tests with the first line of why, so that the end of the output is enough to begin with."""
    lines = step.log.read_text(errors="replace").splitlines()
    return [f"  {line}" for line in lines if line.startswith(("FAILED ", "ERROR "))]


def summary(outcomes: list[Outcome], names: list[str]) -> str:
    """The table of steps, then what failed, what could not run, what was not asked for."""
    rows = [f"{'Step':<12} {'Result':<8} {'Seconds':>7}"]
    rows += [f"{each.step.name:<12} {each.verdict:<8} {each.seconds:7.1f}" for each in outcomes]
    rows += [f"{'Total':<12} {'':<8} {sum(each.seconds for each in outcomes):7.1f}", ""]
    for each in outcomes:
        if each.verdict == "FAILED":
            rows += [f"Failed: {each.step.name} (see {each.step.log})", *failing_tests(each.step)]
    rows += [f"Not run: {each.step.name}: {each.reason}" for each in outcomes if each.verdict == "NOT RUN"]
    left_out = [step.name for step in STEPS if step.name not in names]
    if left_out:
        rows.append(f"Not asked for: {', '.join(left_out)}")
    elif all(each.verdict == "passed" for each in outcomes):
        rows.append("Everything was checked and passed.")
    return "\n".join(rows)


def set_up(steps: list[Step]) -> set[str]:
    """Give the machine what these steps need; return the Debian packages that are still missing."""
    machine.ensure_python()
    machine.keep_compiled()
    machine.require_packages("setup")
    wanted = {name for step in steps for name in step.needs}
    missing = machine.install_packages([each for each in machine.packages("run", "test") if each.name in wanted])
    if missing:
        machine.say(f"Without these Debian packages some steps cannot run:\n\n    {machine.apt_command(missing)}\n")
    machine.ensure_environment("requirements.txt", "requirements-dev.txt")
    return {package.name for package in missing}


def main(names: list[str]) -> int:
    unknown = set(names) - {step.name for step in STEPS}
    if unknown:
        raise machine.CannotSetUp(f"No such step: {', '.join(sorted(unknown))}")
    steps = [step for step in STEPS if not names or step.name in names]
    LOGS.mkdir(parents=True, exist_ok=True)
    absent = set_up(steps)
    outcomes = []
    for step in steps:
        outcomes.append(run(step, absent))
        tell(outcomes[-1])
    machine.say("\n" + summary(outcomes, [step.name for step in steps]))
    return 0 if all(outcome.verdict == "passed" for outcome in outcomes) else 1


def _stop(*_) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    try:
        sys.exit(main(sys.argv[1:]))
    except machine.CannotSetUp as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
