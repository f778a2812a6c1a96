from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """What was agreed and done."""

    name = "coordination"
    default_auto_field = "django.db.models.BigAutoField"
