"""`make run`: give the machine what the portal needs, then hand over to `manage.py serve`."""

import os
import sys

import machine


def main() -> None:
    machine.ensure_python()
    machine.keep_compiled()
    machine.require_packages("setup", "run")
    machine.ensure_environment("requirements.txt")
    os.chdir(machine.ROOT)
    python = str(machine.PYTHON)
    os.execv(python, [python, "manage.py", "serve"])


if __name__ == "__main__":
    try:
        main()
    except machine.CannotSetUp as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit(130)
