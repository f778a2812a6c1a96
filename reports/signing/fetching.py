"""Fetching the lists of revoked certificates from where their issuers publish them.

Only addresses in certificates that lead to a trusted authority and are registered for who signs are asked, so nobody
else says where the portal calls. Nothing is followed elsewhere, and whatever does not answer soon is left.
"""

import base64
import http.client
import logging
import time
import urllib.request
from collections.abc import Sequence

log = logging.getLogger(__name__)
SECONDS, MOST_ADDRESSES, MOST_BYTES = 5, 3, 8 * 1024 * 1024
_PART_BYTES = 64 * 1024
_BROKEN = (OSError, http.client.HTTPException, ValueError)


class _StayThere(urllib.request.HTTPRedirectHandler):
    """A list is where its issuer says it is."""

    def redirect_request(self, *_args, **_kwargs) -> None:
        return None


_OPENER = urllib.request.build_opener(_StayThere)


def fetched_lists(addresses: Sequence[str]) -> tuple[str, ...]:
    """The lists that could be had, in DER written in base 64; whether they are signed and hold is asked elsewhere.

    Rule: R-SIGN-9. Why no error leaves: what cannot be reached is told as not known.
    """
    found = []
    for address in addresses[:MOST_ADDRESSES]:
        try:
            found.append(_fetched(address))
        except _BROKEN as broken:
            log.warning("No list of revoked certificates at %s: %s", address, broken)
    return tuple(found)


def _fetched(address: str) -> str:
    """Raises: OSError, HTTPException where nothing answers; ValueError for what is no list or too long."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    if not address.startswith(("http://", "https://")):
        raise ValueError("no web address")
    until, content = time.monotonic() + SECONDS, b""
    with _OPENER.open(address, timeout=SECONDS) as answer:
        while part := answer.read1(_PART_BYTES):
            content += part
            if len(content) > MOST_BYTES or time.monotonic() > until:
                raise ValueError("too long")
    load = x509.load_pem_x509_crl if b"-----BEGIN" in content else x509.load_der_x509_crl
    return base64.b64encode(load(content).public_bytes(Encoding.DER)).decode()
