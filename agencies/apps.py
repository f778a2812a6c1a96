from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Who: units, agencies, people, rights."""

    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
