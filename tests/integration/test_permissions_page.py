"""docs/permissions.md says what the code says: a page that was not written again after a change fails here."""

import pytest
from django.core.management import CommandError, call_command

from agencies.access.enums import Role
from portal.permissions_page import reading, routes, tables, writing


def test_the_committed_page_is_the_one_the_code_gives():
    """Where this fails: python manage.py permissions_page"""
    assert writing.PAGE.read_text(encoding="utf-8") == writing.page()


def test_the_command_tells_a_stale_page_and_writes_it_again(tmp_path, monkeypatch):
    page = tmp_path / "permissions.md"
    monkeypatch.setattr("portal.management.commands.permissions_page.PAGE", page)
    with pytest.raises(CommandError):
        call_command("permissions_page", "--check")
    call_command("permissions_page", verbosity=0)
    call_command("permissions_page", "--check")
    page.write_text(page.read_text(encoding="utf-8") + "by hand", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("permissions_page", "--check")


def test_every_role_model_predicate_table_and_route_stands_on_the_page():
    page = writing.page()
    wanted = [role.value for role in Role] + [scope.model for scope in reading.scopes()]
    wanted += [predicate.name for room in reading.rooms() for predicate in room.predicates]
    wanted += [tables.read(name).title for name in tables.names()]
    wanted += [f"| {route} |" for route, _state in routes.read().rows]
    assert [word for word in wanted if word not in page] == []


@pytest.mark.parametrize(
    "line",
    [
        "can_edit_program  ++++++",
        "can_edit_program  ++++++ +++++",
        "can_edit_program  ++++++ +++++?",
        "can_edit_program  ++++++ ++++++\ncan_edit_program  ++++++ ++++++",
    ],
)
def test_a_rights_table_that_cannot_be_read_is_told(line):
    with pytest.raises(ValueError, match="can_edit_program"):
        tables.parsed(f"# Rights: program\n# column lead = leads\n# column party = a party\n== draft\n{line}\n")


@pytest.mark.parametrize(
    "line", ["help - 200", "help - 200 200 200", "help - 200 |", "help - 200 | 405\nhelp - 200 | 405"]
)
def test_a_table_of_routes_that_cannot_be_read_is_told(line):
    with pytest.raises(ValueError, match="help"):
        routes.parsed(f"# visitor nobody = nobody signed in\n{line}\n")


def test_tables_are_read_as_they_are_written():
    for name in tables.names():
        assert tables.parsed(tables.written(tables.read(name))) == tables.read(name)
    assert routes.parsed(routes.written(routes.read())) == routes.read()
