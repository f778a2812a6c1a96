from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The front door: settings, urls, navigation, demo, operations."""

    name = "portal"

    def ready(self) -> None:
        from portal import checks, sign_ins  # noqa: F401
        from portal.upkeep import BACKUP, PROOF, SESSIONS
        from records.jobs.schedule.declared import declare

        declare(SESSIONS, PROOF, BACKUP)
