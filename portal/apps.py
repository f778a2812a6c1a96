from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The front door: settings, urls, navigation, demo, operations."""

    name = "portal"
