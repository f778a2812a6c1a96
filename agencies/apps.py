from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Who: units, agencies, people, rights."""

    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agencies.certificates import words as _certificates  # noqa: F401  and of certificates
        from agencies.directory import services  # noqa: F401  agencies follow when their unit is called otherwise
        from agencies.log import words  # noqa: F401  the log speaks of what happens here
