"""What a machine needs before the portal can run or be checked: Debian packages, an environment, pinned packages.

Standard library only: this runs before anything is installed.
"""

import ctypes
import glob
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
LOCKED_FOR = ["--python-version", "3.11"]
COMPILER = "uv==0.13.9"  # pins requirements*.in; only `make lock` needs it


class CannotSetUp(Exception):
    """The machine lacks something that only its owner can give; the message says what to type."""


@dataclass(frozen=True)
class Package:
    """A Debian package, who needs it, and what proves that it is there."""

    needed_by: str
    name: str
    proof: str
    subject: str

    @property
    def is_present(self) -> bool:
        return PROOFS[self.proof](self.subject)


def has_module(name: str) -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


PROOFS: dict[str, Callable[[str], bool]] = {
    "module": has_module,
    "library": has_library,
    "command": lambda name: shutil.which(name) is not None,
    "file": lambda pattern: bool(glob.glob(pattern)),
}


def say(line: str) -> None:
    print(line, flush=True)


def keep_compiled() -> None:
    """Let what is started from here keep the modules it has compiled, whatever this shell says.

    Why: compiling the portal takes longer than loading it, at every start of each of its processes. `clean` removes it.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def packages(*groups: str) -> list[Package]:
    """The packages of these groups, in the order of the list."""
    lines = (ROOT / ".ci" / "debian-packages").read_text().splitlines()
    rows = [Package(*line.split()) for line in lines if line and not line.startswith("#")]
    return [package for package in rows if package.needed_by in groups]


def install_packages(wanted: list[Package]) -> list[Package]:
    """Install what is missing where that is allowed; return what is still missing."""
    missing = [package for package in wanted if not package.is_present]
    apt = _apt_without_a_question()
    if missing and apt:
        names = [package.name for package in missing]
        say(f"Installing Debian packages: {' '.join(names)}")
        _quietly([*apt, "update"])
        _quietly([*apt, "install", "--yes", "--no-install-recommends", *names])
    return [package for package in missing if not package.is_present]


def require_packages(*groups: str) -> None:
    """Install what is missing or stop with the command to type.

    Raises: CannotSetUp.
    """
    missing = install_packages(packages(*groups))
    if missing:
        names = ", ".join(package.name for package in missing)
        raise CannotSetUp(
            f"These Debian packages are needed and may not be installed from here: {names}\n"
            f"Type this, then run the same command again:\n\n    {apt_command(missing)}\n"
        )


def apt_command(missing: list[Package]) -> str:
    """What the owner of the machine types to install the packages."""
    names = " ".join(package.name for package in missing)
    command = f"apt-get update && apt-get install --no-install-recommends {names}"
    if os.geteuid() == 0:
        return command
    return command.replace("apt-get", "sudo apt-get") if shutil.which("sudo") else f"su -c '{command}'"


def _apt_without_a_question() -> list[str]:
    """The start of an apt-get command this user may run without typing a password; empty when there is none."""
    if not shutil.which("apt-get"):
        return []
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    if os.geteuid() == 0:
        return apt
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", *apt]
    return []


def ensure_python() -> None:
    """Refuse a Python older than the portal's.

    Raises: CannotSetUp.
    """
    if sys.version_info < OLDEST_PYTHON:
        found, wanted = ".".join(map(str, sys.version_info[:3])), ".".join(map(str, OLDEST_PYTHON))
        raise CannotSetUp(f"Python {wanted} or newer is needed, this is {found}. Name another: make run PYTHON=...")


def ensure_environment(*requirements: str) -> None:
    """Make `.venv` when it is not there or no longer works; install each pinned list whose content has changed.

    Raises: CannotSetUp when pip could not install.
    """
    if not _works(PYTHON):
        say("Making the virtual environment in .venv")
        _quietly([sys.executable, "-m", "venv", "--clear", str(VENV)], needed=True)
    for name in requirements:
        stamp, digest = VENV / f"{name}.sha256", hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        if stamp.exists() and stamp.read_text() == digest:
            continue
        say(f"Installing the packages of {name}")
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", name]
        _quietly([str(PYTHON), *install], needed=True)
        stamp.write_text(digest)


def _works(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0


def _quietly(command: list[str], *, needed: bool = False) -> None:
    """Run a command and keep its words to itself unless it fails."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        say(done.stdout.strip())
        if needed:
            raise CannotSetUp(f"This command failed; its words are above.\n\n    {' '.join(command)}\n")


def format_code() -> None:
    """Rewrite the code in the house format."""
    ensure_environment("requirements.txt", "requirements-dev.txt")
    subprocess.run([PYTHON, "-m", "ruff", "check", "--fix", "--quiet"], cwd=ROOT)
    subprocess.run([PYTHON, "-m", "ruff", "format"], cwd=ROOT)


def lock() -> None:
    """Pin every package of requirements*.in with its hashes, from the index pip is set up with."""
    ensure_environment()
    _quietly([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", COMPILER], needed=True)
    for name in ("requirements", "requirements-redis", "requirements-dev"):
        command = [str(PYTHON), "-m", "uv", "pip", "compile", f"{name}.in", "--output-file", f"{name}.txt", "--quiet"]
        flags = ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
        _quietly([*command, *LOCKED_FOR, *flags, *_index_of_pip()], needed=True)


def _index_of_pip() -> list[str]:
    """The package indexes of pip's own settings, weighed as pip weighs them; the compiler does not read them itself."""
    flags = ["--index-strategy", "unsafe-best-match"]
    for setting, flag in (("index-url", "--default-index"), ("extra-index-url", "--index")):
        ask = [PYTHON, "-m", "pip", "config", "get", f"global.{setting}"]
        done = subprocess.run(ask, capture_output=True, text=True)
        flags += [part for url in done.stdout.split() for part in (flag, url)]
    return flags


def sbom() -> None:
    """Write docs/sbom.cdx.json from the pins and from what the installed packages say of their licences."""
    ensure_environment("requirements.txt", "requirements-redis.txt")
    subprocess.run([PYTHON, Path(".ci", "sbom.py")], cwd=ROOT, check=True)


def clean() -> None:
    """Remove what the commands generate. The database, stored files and key under var/ are work and stay."""
    generated = [VENV, ROOT / "var" / "static", ROOT / "var" / "static-collected", ROOT / "var" / "check"]
    generated += [ROOT / name for name in (".ruff_cache", ".pytest_cache", ".import_linter_cache", ".grimp_cache")]
    generated += [path for path in ROOT.rglob("__pycache__") if VENV not in path.parents]
    for path in generated:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    try:
        {"format": format_code, "lock": lock, "sbom": sbom, "clean": clean}[sys.argv[1]]()
    except CannotSetUp as reason:
        sys.exit(f"\n{reason}")
