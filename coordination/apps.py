from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """What was agreed and done."""

    name = "coordination"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The log speaks of what happens here; people are reminded by themselves."""
        from coordination.conferences.queries import history as of_conferences  # noqa: F401
        from coordination.consultation.queries import words as of_consultations  # noqa: F401
        from coordination.evaluations.queries import history as of_evaluations  # noqa: F401
        from coordination.findings.queries import history as of_findings  # noqa: F401
        from coordination.lists.queries import history as of_lists  # noqa: F401
        from coordination.partyreports import words as of_party_reports  # noqa: F401
        from coordination.programs.queries import history as of_programs  # noqa: F401
        from coordination.register.queries import history as of_numbers  # noqa: F401
        from coordination.reminders.planned import REMINDERS
        from coordination.reminders.queries import history as of_reminders  # noqa: F401
        from coordination.tasks.queries import history as of_tasks  # noqa: F401
        from coordination.urging import words as of_letters  # noqa: F401
        from records.jobs.schedule.declared import declare

        declare(REMINDERS)
