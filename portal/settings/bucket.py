"""The bucket of stored files as the environment names it: whole, understood and safe, or none."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from .refusals import _

ADDRESS, KEY_ID, SECRET = "PORTAL_FILES_BUCKET", "PORTAL_FILES_KEY_ID", "PORTAL_FILES_SECRET"
REGION, AUTHORITIES = "PORTAL_FILES_REGION", "PORTAL_FILES_CA"
VARIABLES = (ADDRESS, KEY_ID, SECRET, REGION, AUTHORITIES)
_USUAL_REGION = "us-east-1"


def bucket_in(environment: Mapping[str, str]) -> dict[str, str]:
    """What `records.files.stores.bucket.Bucket` is made of; nothing where files are kept in a folder."""
    given = _given(environment)
    if not given[ADDRESS] or list(faults_of_bucket(environment)):
        return {}
    parts = urlsplit(given[ADDRESS])
    name, _slash, folder = parts.path.strip("/").partition("/")
    return {
        "address": f"{parts.scheme}://{parts.netloc}",
        "name": name,
        "folder": folder,
        "key_id": given[KEY_ID],
        "secret": given[SECRET],
        "region": given[REGION] or _USUAL_REGION,
        "authorities": given[AUTHORITIES],
    }


def faults_of_bucket(environment: Mapping[str, str]) -> Iterator[str]:
    """A bucket is named with all that belongs to it, and nobody on the way reads what goes there.

    Rule: R-DEPLOY-7.
    """
    given = _given(environment)
    needed = (ADDRESS, KEY_ID, SECRET)
    if not any(given[name] for name in needed):
        return
    for name in (name for name in needed if not given[name]):
        told = {"name": name, "all": ", ".join(needed)}
        yield _("%(name)s is missing. A bucket for stored files needs %(all)s; a folder none of them.") % told
    if given[ADDRESS]:
        yield from _faults_of_address(given[ADDRESS])
    if given[AUTHORITIES] and not Path(given[AUTHORITIES]).is_file():
        yield _("PORTAL_FILES_CA names no file: %(file)s") % {"file": given[AUTHORITIES]}


def _given(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: environment.get(name, "").strip() for name in VARIABLES}


def _faults_of_address(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or not parts.path.strip("/") or parts.query or "@" in address:
        yield _(
            "PORTAL_FILES_BUCKET must be the address of a store and the name of a bucket in it, such as "
            "https://s3.example.vn/cong-phoi-hop."
        )
    elif parts.scheme == "http" and not _is_this_machine(host):
        yield _("PORTAL_FILES_BUCKET must begin with https://: stored files would cross the network for all to read.")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
