"""Task tables of the small world: one waits to be taken in, one was taken in, of one the columns were told."""

from collections.abc import Callable

from agencies.models import Membership
from coordination.intake import services as intake
from coordination.intake.enums import Column
from coordination.intake.queries import grids_of
from coordination.intake.queries.layouts import lines_shown
from coordination.programs.models import Program
from coordination.tasks.models import Task
from tests.factories.intake import HEAD, make_workbook, row, send
from tests.factories.workbooks import seen

_STRANGE = [["Việc cần làm", "Ai lo", "Bao giờ xong"], ["Rà soát", "Bên thứ 1", "Quý III"]]


def import_tables(program: Program, *, actor: Membership, words: Callable[..., str]) -> None:
    """The drafting secretary sends three tables; the waiting one is theirs alone, a task taken in is the parties'."""
    waiting = words(lambda: ("table of", (program.pk, actor.pk)))
    send(program, actor, make_workbook([HEAD, row(c2=f"Rà soát {waiting}")]))
    made: list[Task] = []
    title = f"Vận động {words(lambda: ('task', made[0].pk))}"
    lead = program.parties.get(is_lead=True).agency.current_name
    table = send(program, actor, make_workbook([HEAD, row(c2=title, c3=lead, c4="")]))
    made += intake.take_in(table, actor=actor, digest=seen(table, actor).digest, sheet=0)
    strange = send(program, actor, make_workbook(_STRANGE))
    shown = lines_shown(grids_of(strange.file)[0], actor)
    columns = {0: Column.CONTENT, 1: Column.LEAD, 2: Column.TIME}
    intake.tell_columns(strange, actor=actor, shown=shown, columns=columns)
