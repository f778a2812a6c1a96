"""The portal on one office PC: loopback only, the Đầm Hà story, its clock at the day of the conference."""

import os
import secrets
from pathlib import Path

from . import refusals
from .base import *  # noqa: F403
from .base import DATABASES, VAR, env
from .bucket import faults_of_bucket

refusals.refuse([*faults_of_bucket(os.environ), *refusals.faults_of_database(DATABASES["default"].get("ENGINE", ""))])

DEMO = True
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
PORTAL_CLOCK = env.str("PORTAL_CLOCK", default="2022-03-30T17:30:00+07:00")

PORTAL_OWNER = env.str("PORTAL_OWNER", default="UBND huyện Đầm Hà")


def _write_whole(path: Path, secret: str) -> None:
    """A full disk leaves no half of a key."""
    side = path.with_name(f"{path.name}.new")
    try:
        side.touch(mode=0o600)
        side.write_text(secret)
        side.replace(path)
    except OSError as error:
        side.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None


def _kept_secret() -> str:
    """One random key per installation, made at the first start and readable by its owner only."""
    path = VAR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = env.str("PORTAL_SECRET_KEY", default="") or _kept_secret()
SECURE_CONTENT_TYPE_NOSNIFF = True

# Letters are written into files: nothing leaves the machine.
PORTAL_ADDRESS = "http://" + env.str("PORTAL_BIND", default=f"127.0.0.1:{env.str('PORT', default='8000')}")
MAIL_ON = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "cong-phoi-hop@portal.invalid"
# What the demo holds comes with it: no nightly backup unless one is asked for.
BACKUPS_KEPT = env.int("PORTAL_BACKUPS_KEPT", default=0)
