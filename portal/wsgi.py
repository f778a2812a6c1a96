"""The door a web server knocks at. A service that names no settings gets the strict ones."""

import os
import re
import sys
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

_CHARSET = re.compile(r';\s*charset\*?\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)
try:
    _portal = get_wsgi_application()
except ImproperlyConfigured as refusal:
    sys.exit(str(refusal))
# The code of every page, its address and the portal's words are there before the first page is asked for, and before a
# web server forks its workers.
with translation.override(settings.LANGUAGE_CODE):
    reverse("home")


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Every request is read as UTF-8, whatever its sender claims.

    Why: Django reads addresses in the charset a request names, and fails before any page of ours where Python knows
    the name for something else, such as rot13.
    """
    environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return _portal(environ, start_response)
