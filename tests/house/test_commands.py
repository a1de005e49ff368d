"""Every change goes through a named verb that is permitted and recorded."""

from __future__ import annotations

import ast

import pytest

from tests.house.source import called, files, parts, tree

MARKS = {"command", "open_command"}
UNRECORDED = {  # what leaves no trace in the journal, and why
    "portal/accounts/commands.py": {
        "count_try": "counting tries is itself the record, and would flood the journal",
        "give_back": "counting tries is itself the record, and would flood the journal",
        "touch": "when a session was last used is not an event",
        "forget_tries": "what is forgotten leaves no trace",
        "forget_ended": "what is forgotten leaves no trace",
        "offer_set_up": "nobody is here yet; using the code is recorded",
    },
    "agreements/commands.py": {"print_to_read": "a copy to read is made, and nothing of the agreement changes"},
    "portal/plans/feed_commands.py": {"mark_used": "when a calendar last fetched is shown to its holder, and no event"},
    "portal/start/commands.py": {
        "save": "a visitor's private draft is nobody's record, and nothing is known about the visitor",
        "forget": "what is forgotten leaves no trace",
        "forget_expired": "what is forgotten leaves no trace",
    },
}
COMMANDS = [name for name in files(".py") if name.endswith("commands.py")]


def _public(name: str) -> list[ast.FunctionDef]:
    return [node for node in tree(name).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def _records(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Call) and called(part) == "work.record" for part in ast.walk(node))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_public_function_of_a_commands_file_is_a_command(name: str) -> None:
    unmarked = [verb.name for verb in _public(name) if not MARKS & {called(mark) for mark in verb.decorator_list}]
    assert not unmarked, f"mark with @command, or make private: {unmarked}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_records_what_happened(name: str) -> None:
    recording = {node.name for node in parts(name) if isinstance(node, ast.FunctionDef) and _records(node)}
    silent = [
        verb.name
        for verb in _public(name)
        if verb.name not in recording | UNRECORDED.get(name, {}).keys()
        and not any(isinstance(part, ast.Call) and called(part) in recording for part in ast.walk(verb))
    ]
    assert not silent, f"each needs work.record(...), itself or in a function of this file that it calls: {silent}"


def test_nobody_but_commands_writes_rows() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name in files(".py")
        if name.endswith(("pages.py", "queries.py"))
        for node in parts(name)
        if isinstance(node, ast.Call) and called(node) in {"work.session.add", "work.session.delete", "work.record"}
    ]
    assert not found, f"pages and queries change nothing: {found}"
