from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What must never be lost or falsified."""

    name = "records"
    default_auto_field = "django.db.models.BigAutoField"
