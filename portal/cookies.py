"""What is said once after a form was sent, kept in a cookie of this host alone: R-DEPLOY-6."""

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class _OfThisHost(CookieStorage):
    cookie_name = "__Host-messages"


class MessagesOfThisHost(FallbackStorage):
    """Django's own way, cookie first and session where it is too long, under a name no other host can write."""

    storage_classes = (_OfThisHost, SessionStorage)
