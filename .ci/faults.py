"""`make faults`: hurts the portal on purpose and writes docs/faults.md; FAULTS_PAGE names another page to write.

FAULT_ROUNDS says how much of the full number of rounds is played; FAULTS names some of the faults, such as "F1 F5".
"""

import os
import subprocess
import sys

import machine


def main() -> int:
    machine.ensure_python()
    machine.keep_compiled()
    machine.require_packages("setup", "run", "test", "faults")
    machine.ensure_environment("requirements.txt", "requirements-dev.txt")
    only = os.environ.get("FAULTS", "").split()
    page = os.environ.get("FAULTS_PAGE", "" if only else "docs/faults.md")
    command = [str(machine.PYTHON), "-m", "tests.faults", *only]
    return subprocess.run(command, cwd=machine.ROOT, env=os.environ | {"FAULTS_PAGE": page}).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except machine.CannotSetUp as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
