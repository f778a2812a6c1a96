"""How much of the machine a process of ours may take: never more than whoever started it allows."""

import resource

_NO_CORE = 0


def live_within(*, cpu_seconds: int, memory_bytes: int, file_bytes: int) -> None:
    """Bound the processor time, the memory and the size of each file of this process, for good."""
    _bound(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
    _bound(resource.RLIMIT_AS, memory_bytes, memory_bytes)
    _bound(resource.RLIMIT_FSIZE, file_bytes, file_bytes)
    _bound(resource.RLIMIT_CORE, _NO_CORE, _NO_CORE)


def _bound(what: int, soft: int, hard: int) -> None:
    """Why not just set: a service manager may have set less, and nobody may raise what was taken away."""
    most = resource.getrlimit(what)[1]
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(what, (soft, hard))
