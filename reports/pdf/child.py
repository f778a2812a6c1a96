"""The child process: HTML on standard input, PDF on standard output, a JSON report as the last line of standard error.

Run as `python -m reports.pdf.child <cpu seconds> <bytes of memory>`; it needs neither settings nor database.
"""

import gc
import json
import logging
import resource
import sys


def main(cpu_seconds: int, memory_bytes: int) -> int:
    _limit(cpu_seconds, memory_bytes)
    html = sys.stdin.buffer.read().decode()
    gc.disable()
    from reports.pdf import drawing

    sys.addaudithook(_stay_inside)
    told = _Told()
    logging.getLogger("weasyprint").addHandler(told)
    try:
        document = drawing.parsed(html)
        missing = drawing.missing_characters(document)
        pdf = b"" if missing else drawing.pdf_of(document)
    finally:
        report = {"errors": told.errors, "warnings": told.warnings}
    if missing:
        report["missing_characters"] = missing
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    sys.stderr.write("\n" + json.dumps(report))
    return 1 if missing else 0


def _limit(cpu_seconds: int, memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 * 1024, 64 * 1024 * 1024))


def _stay_inside(event: str, _args) -> None:
    """Second fence behind the closed fetcher: no connection, no name look-up, no other program."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec"):
        raise PermissionError(event)


class _Told(logging.Handler):
    """What the engine complained about."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.errors, self.warnings = [], []

    def emit(self, record: logging.LogRecord) -> None:
        (self.errors if record.levelno >= logging.ERROR else self.warnings).append(record.getMessage())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
