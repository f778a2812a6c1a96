"""What an answer lets a browser do: nothing that another site or a text typed into a form could have put there."""

from collections.abc import Mapping

_LOOSE = ("unsafe-", "*", "http:", "https:", "blob:")
_TAKEN_FROM_HERE = {"'self'", "'none'"}
_EXACTLY = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def loose(headers: Mapping[str, str]) -> list[str]:
    """What the headers of an answer allow although no page of the portal needs it."""
    policy = dict(part.strip().split(" ", 1) for part in headers.get("Content-Security-Policy", "").split(";") if part)
    found = [f"{name} {value}" for name, value in policy.items() if any(word in value for word in _LOOSE)]
    if policy.get("default-src") != "'none'" or policy.get("frame-ancestors") != "'none'":
        found.append(f"policy {policy}")
    found += [f"{name} {policy.get(name)}" for name in ("script-src", "style-src") if not _is_ours(policy.get(name))]
    return found + [f"{name}: {headers.get(name)}" for name, value in _EXACTLY.items() if headers.get(name) != value]


def _is_ours(sources: str | None) -> bool:
    return sources in _TAKEN_FROM_HERE
