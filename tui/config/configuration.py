"""What a learner has chosen: keys, digits, theme. What is wrong with the file is said, a line each; the rest counts."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.late import LateModule
from engine.lesson.schema import Check, Problem, join_keys, line, spell, table, whole
from engine.lesson.toml_file import TomlError, parse_toml, read_text
from engine.text.home import user_folder
from engine.text.printable import suggestion
from tui.config.key_names import NAMED, key_name, writes
from tui.config.keys import COMMANDS, FIXED, KEYS, NEEDED_WHILE_ASKED, KeyTable, rebind

if TYPE_CHECKING:
    from engine.lesson import location
else:
    location = LateModule("engine.lesson.location")

NAME, WHAT = "config.toml", "a configuration"
LEAST_DIGITS, MOST_DIGITS = 5, 10  # with fewer, numbers would not keep three significant ones
MOST_KEYS = 5  # of a command
MOST_PROBLEMS = 20  # reported in one go
TERMINAL_THEME = "ansi"


class Configuration(NamedTuple):
    """The keys of the commands; how many decimals, None for what fits; the theme, by its name."""

    keys: KeyTable = KEYS
    digits: int | None = None
    theme: str = TERMINAL_THEME


DEFAULT = Configuration()


def configuration_file() -> Path | None:
    """Where it is: in XDG_CONFIG_HOME, by default ~/.config; None where there is no home at all."""
    try:
        return user_folder("XDG_CONFIG_HOME", ".config") / "handgrad" / NAME
    except RuntimeError:
        return None


def read_configuration() -> tuple[Configuration, list[str]]:
    """What is chosen, and what is wrong with it, a line each: there the default counts."""
    path = configuration_file()
    if path is None:
        return DEFAULT, []
    try:
        document = parse_toml(text := read_text(path, WHAT), WHAT)
    except TomlError as error:
        is_missing = isinstance(error.__cause__, FileNotFoundError | NotADirectoryError) and not os.path.islink(path)
        return DEFAULT, [] if is_missing else [f"{NAME}: {problem}" for problem in error.problems]
    configuration, problems = configure(document)
    lines = [f"{NAME}: {problem}" for problem in location.locate(problems[:MOST_PROBLEMS], text)] if problems else []
    return configuration, lines + [f"{NAME}: and more"] * (len(problems) > MOST_PROBLEMS)


def configure(document: Mapping[str, Any]) -> tuple[Configuration, list[Problem]]:
    """What a document chooses, and every problem with it."""
    problems = list(_SCHEMA(document, ""))
    keys = document.get("keys", {})
    chosen = {name: tuple(dict.fromkeys(map(key_name, _as_list(value)))) for name, value in keys.items()
              if name in KEYS.by_id and not any(_problems_with_keys(value, "", name))} if isinstance(keys, dict) else {}
    table_of_keys, clashes = rebind(COMMANDS, chosen)
    others = {name: document[name] for name in ("digits", "theme")
              if name in document and not any(_CHECKS[name](document[name], ""))}
    return Configuration(table_of_keys, **others), problems + clashes


def problem_with_theme(theme: str, known: Iterable[str]) -> str:
    """What is wrong with a theme's name, if it is not one of Textual's: these are known only where that is loaded."""
    names = list(known)
    expected = f"one of {', '.join(names)}{suggestion(theme, names)}"
    return "" if theme in names else f"{NAME}: {Problem('theme', spell(theme), expected)}"


def replace_unknown_theme(configuration: Configuration, known: Iterable[str]) -> tuple[Configuration, str]:
    """The same with the terminal's own colours where its theme is not one of Textual's, and what is wrong with that."""
    problem = problem_with_theme(configuration.theme, known)
    return (configuration._replace(theme=TERMINAL_THEME) if problem else configuration), problem


def _problems_with_table(value: object, key: str) -> Iterator[Problem]:
    """Of the keys of all commands."""
    if not isinstance(value, dict):
        yield Problem(key, spell(value), "a table of commands and their keys")
        return
    for name, keys in value.items():
        if name in KEYS.by_id:
            yield from _problems_with_keys(keys, join_keys(key, name), name)
        else:
            expected = f"one of {', '.join(KEYS.by_id)}{suggestion(name, KEYS.by_id)}"
            yield Problem(join_keys(key, name), "unknown command", expected)


def _problems_with_keys(value: object, key: str, command: str) -> Iterator[Problem]:
    """Of the keys of one command."""
    keys = _as_list(value)
    if not 1 <= len(keys) <= MOST_KEYS or not all(isinstance(written, str) for written in keys):
        yield Problem(key, spell(value), f"a key, or a list of 1 to {MOST_KEYS} keys")
        return
    for written in keys:
        name = key_name(written)
        if not name:
            yield Problem(key, f"{spell(written)} is no key",
                          f"a character, or a name such as pagedown, f5 or ctrl+t{suggestion(written, NAMED)}")
        elif name in FIXED:
            yield Problem(key, spell(written), f"another key: this one {FIXED[name]}")
    if command in NEEDED_WHILE_ASKED and all(writes(key_name(written)) for written in keys):
        yield Problem(key, spell(value), "one key at least that writes nothing: it is needed while answers are typed")


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


_CHECKS = {"keys": Check(_problems_with_table, {}), "digits": whole(LEAST_DIGITS, MOST_DIGITS), "theme": line(40)}
_SCHEMA = table({}, _CHECKS)
