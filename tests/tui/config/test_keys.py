"""The key table: names and signs of keys, other keys for commands, clashes."""

import pytest
from textual.keys import Keys, _character_to_key

from tui.config.key_names import NAMED, key_name, key_sign
from tui.config.keys import COMMANDS, FIXED, GRADIENT_KEYS, KEYS, rebind


@pytest.mark.parametrize("character", [chr(code) for code in range(32, 127)] + list("é§²ßЖ"))
def test_a_character_is_named_as_textual_names_it_and_shown_as_it_is(character: str) -> None:
    name = key_name(character)
    assert name == _character_to_key(character)
    assert key_sign(name) == {"-": "−", " ": "Space"}.get(character, character)
    assert key_name(name) == name or not character.isascii()


def test_named_keys_are_textuals() -> None:
    known = {key.value for key in Keys} | {_character_to_key(chr(code)) for code in range(32, 127)}
    assert set(NAMED) <= known
    assert {"ctrl+t", "shift+right", "ctrl+shift+end", "ctrl+f5"} <= {key_name(name) for name in known}


@pytest.mark.parametrize("name", [*NAMED, "a", "N", "question_mark", "plus"])
def test_what_the_help_shows_can_be_written_down(name: str) -> None:
    assert key_name(key_sign(name)) == name


@pytest.mark.parametrize(("written", "name"), [
    ("PgDn", "pagedown"), ("→", "right"), ("−", "minus"), ("Ctrl+T", "ctrl+t"), ("Shift+→", "shift+right"),
    ("shift+ctrl+right", "ctrl+shift+right"), ("N", "N"), ("question_mark", "question_mark")])
def test_keys_may_be_written_in_several_ways(written: str, name: str) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize("written", ["", "rihgt", "ctrl+", "shift+a", "x+y", "f25", "\x1b", "\u202e", "ctrl+ctrl"])
def test_what_is_no_key_has_no_name(written: str) -> None:
    assert key_name(written) == ""


def test_the_signs_of_the_keys() -> None:
    shown = {command.id: command.shown for command in COMMANDS}
    assert (shown["step"], shown["section"], shown["return"]) == ("→ Space l", "PgDn", "u Backsp")
    assert (shown["slower"], shown["faster"], shown["help"], shown["mode"]) == ("−", "+", "?", "Tab")
    assert (KEYS.sign("step"), KEYS.sign("derivation")) == ("→", "d")


def test_no_key_of_the_table_stands_for_two_things() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set(FIXED)
    assert set(GRADIENT_KEYS) < set(FIXED)
    assert KEYS.by_key["f1"] is KEYS.by_id["help"]


def test_a_command_has_the_keys_it_is_given_and_the_others_theirs() -> None:
    table, problems = rebind(COMMANDS, {"find": ("F", "f5"), "step": ("j",), "block": ("right",)})
    assert problems == []
    assert (table.by_id["find"].shown, table.by_key["F"].id, table.by_key["f5"].id) == ("F F5", "find", "find")
    assert (table.by_key["j"].id, table.by_key["right"].id, table.by_key["f1"].id) == ("step", "block", "help")
    assert "f" not in table.by_key
    assert [command.id for command in table.commands] == [command.id for command in COMMANDS]
    assert rebind(COMMANDS, {})[0] == KEYS


def test_two_commands_with_one_key_keep_their_own() -> None:
    table, problems = rebind(COMMANDS, {"find": ("n",), "menu": ("L",), "gradient": ("n", "y")})
    assert list(map(str, problems)) == ["keys: n stands for gradient and for find; both keep their own"]
    assert [table.by_id[name].keys for name in ("find", "gradient", "menu")] == [("f",), ("n",), ("L",)]


def test_what_keeps_its_own_may_clash_in_turn() -> None:
    """find can't have n, so it keeps f, which menu has been given: so menu keeps m, which go has been given."""
    table, problems = rebind(COMMANDS, {"find": ("n",), "menu": ("f",), "go": ("m",)})
    assert len(problems) == 3
    assert table == KEYS


def test_while_something_is_typed_only_keys_that_write_nothing_are_offered() -> None:
    table, _ = rebind(COMMANDS, {"back": ("h", "left"), "mode": ("y", "f5"), "block": ("J",)})
    assert table.silent_hints("back") == [("←", "back")]
    assert table.silent_hints("mode", "by hand") == [("F5", "by hand")]
    assert table.silent_hints("block") == []
