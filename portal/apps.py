from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The front door: settings, urls, navigation, demo, operations."""

    name = "portal"

    def ready(self) -> None:
        from portal import checks, sign_ins, upkeep  # noqa: F401
        from records.jobs.schedule.declared import declare

        declare(*upkeep.ALL)
