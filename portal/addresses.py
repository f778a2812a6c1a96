"""The address a request truly comes from: the peer's own, or what a trusted proxy says of it.

Rule: R-ACCESS-10. Whoever is not a trusted proxy is believed nothing about addresses, hosts and schemes.
"""

import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# A peer without an address, as on a socket of the file system; tries from there count together.
UNKNOWN = "0.0.0.0"
# Set where somebody who is no trusted proxy speaks for another: whom the request truly comes from is then unknown.
UNBELIEVED = "portal.unbelieved"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT",
                    "HTTP_X_REAL_IP", "HTTP_FORWARDED")  # fmt: skip


def true_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put the true address where everything else reads it: throttling, audit, sessions."""

    def middleware(request: HttpRequest) -> HttpResponse:
        peer = address_in(request.META.get("REMOTE_ADDR", ""))
        if is_trusted(peer):
            request.META["REMOTE_ADDR"] = _client_of(request.META.get("HTTP_X_FORWARDED_FOR", ""), peer)
        else:
            request.META["REMOTE_ADDR"] = str(peer) if peer else UNKNOWN
            if [said for name in _SAID_BY_PROXIES if (said := request.META.pop(name, None)) is not None]:
                request.META[UNBELIEVED] = True
        return get_response(request)

    return middleware


def address_of(request: HttpRequest) -> str:
    """The address the middleware found."""
    return request.META.get("REMOTE_ADDR") or UNKNOWN


def address_in(words: str) -> Address | None:
    """The address written there, if it is one; IPv4 written as IPv6 is told as IPv4."""
    try:
        found = ipaddress.ip_address(words.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_trusted(peer: Address | None) -> bool:
    """Whether a peer is one of the proxies the service names."""
    networks = (ipaddress.ip_network(name, strict=False) for name in settings.TRUSTED_PROXIES)
    return peer is not None and any(peer in network for network in networks)


def _client_of(said: str, peer: Address) -> str:
    """The last address of the chain that is no trusted proxy; what stands before it anybody may have written."""
    client = peer
    for hop in _from_the_end(said.split(",")):
        if hop is None:
            break
        client = hop
        if not is_trusted(hop):
            break
    return str(client)


def _from_the_end(hops: list[str]) -> Iterable[Address | None]:
    return (address_in(hop) for hop in reversed(hops) if hop.strip())
