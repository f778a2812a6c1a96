"""`make pictures`: walk the guides in a browser and keep a picture of each place they show, in static/img/guides/."""

import os
import subprocess
import sys

import machine

FOLDER = machine.ROOT / "static" / "img" / "guides"


def main() -> int:
    machine.ensure_python()
    machine.require_packages("setup", "run", "test")
    machine.ensure_environment("requirements.txt", "requirements-dev.txt")
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [str(machine.PYTHON), "-m", "pytest", "tests/browser/test_guides.py", "--quiet", "-p", "no:randomly"]
    code = subprocess.run(command, cwd=machine.ROOT, env=os.environ | {"PORTAL_PICTURES": str(FOLDER)}).returncode
    print(f"\n{FOLDER.relative_to(machine.ROOT)} holds {len(list(FOLDER.glob('*.png')))} pictures.")
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except machine.CannotSetUp as reason:
        sys.exit(f"\n{reason}")
