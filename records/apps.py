from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What must never be lost or falsified."""

    name = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What this floor does by itself."""
        from records.jobs.schedule.declared import declare
        from records.upkeep import CLEARING

        declare(CLEARING)
