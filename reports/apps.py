from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What is shown and printed."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from coordination.register.awaited import register as tell_whose_turn
        from coordination.register.issued import register as tell
        from records.jobs.kinds import register
        from records.jobs.schedule.declared import declare
        from reports.bundles.services import KIND as PACKING
        from reports.issuing.issued import papers_issued
        from reports.preparing.drawing import KIND as DRAWING
        from reports.weekly.planned import SHEETS

        register(DRAWING)
        register(PACKING)
        declare(SHEETS)
        tell(papers_issued)
        from reports.composer import words as of_composing  # noqa: F401  the log speaks of what happens here
        from reports.composer.queries import SOURCE as REPORTS_WRITTEN
        from reports.issuing import words  # noqa: F401
        from reports.weekly import words as of_the_week  # noqa: F401

        tell_whose_turn(REPORTS_WRITTEN)
