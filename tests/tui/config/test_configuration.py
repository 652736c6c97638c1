"""The configuration: what it chooses; and whatever is wrong with it, one clear line each, and the default."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from command import run
from terminal import COMMAND, Terminal
from tui.config.configuration import (
    MOST_PROBLEMS,
    Configuration,
    configuration_file,
    configure,
    problem_with_theme,
    read_configuration,
)
from tui.config.keys import COMMANDS, KEYS
from tui.config.template import compose_configuration

SECOND_LINE = f"…{bytes(range(98, 127)).decode()}\\x7f{30 * chr(0xFFFD)}…"  # of all bytes, cut around the 128th


@pytest.fixture
def file() -> Path:
    """Where the configuration is to be."""
    path = configuration_file()
    assert path is not None
    path.parent.mkdir(parents=True)
    return path


def configured(file: Path, text: str) -> tuple[Configuration, list[str]]:
    file.write_text(text, "utf-8")
    return read_configuration()


def test_without_a_file_all_is_as_always(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_configuration() == (Configuration(KEYS, None, "ansi"), [])
    monkeypatch.setenv("XDG_CONFIG_HOME", "/dev/null")
    assert read_configuration() == (Configuration(), [])
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert configuration_file() == tmp_path / ".config" / "handgrad" / "config.toml"
    monkeypatch.setenv("XDG_CONFIG_HOME", "~/.config")  # which no shell has expanded
    assert configuration_file() == tmp_path / ".config" / "handgrad" / "config.toml"


def test_keys_digits_and_theme_are_chosen(file: Path) -> None:
    configuration, problems = configured(file, 'digits = 8\ntheme = "nord"\n[keys]\nstep = ["PgDn", ";"]\n'
                                               'section = "right"\nfind = "F"\n')
    assert problems == []
    assert (configuration.digits, configuration.theme) == (8, "nord")
    assert configuration.keys.by_id["step"].keys == ("pagedown", "semicolon")
    assert configuration.keys.by_key["F"].id == "find"


def test_an_empty_file_is_fine(file: Path) -> None:
    assert configured(file, "") == (Configuration(), [])


@pytest.mark.parametrize(("text", "said"), [
    ('[keys]\nfnd = "x"', 'keys.fnd: unknown command; expected one of step, back, .*; did you mean "find"\\?'),
    ('[keys]\nfind = "n"', "keys: n stands for gradient and for find; both keep their own"),
    ('[keys]\nfind = "rihgt"', 'keys.find: "rihgt" is no key; expected a character, .*; did you mean "right"\\?'),
    ('[keys]\nfind = "1"', 'keys.find: "1"; expected another key: this one goes to a numbered gradient'),
    ('[keys]\nfind = "Esc"', 'keys.find: "Esc"; expected another key: this one stops what is under way'),
    ("[keys]\nfind = []", "keys.find: a list of 0; expected a key, or a list of 1 to 5 keys"),
    ("[keys]\nfind = 7", "keys.find: 7; expected a key, or a list of 1 to 5 keys"),
    ("[keys]\nfind = [['f']]", "keys.find: a list of 1; expected a key, .*"),
    ('[keys]\nfind = "\\u001b[2J"', r'keys.find: "\\x1b\[2J" is no key; .*'),
    ("keys = 7", "keys: 7; expected a table of commands and their keys"),
    ("digits = 4", "digits: 4; expected a whole number from 5 to 10"),
    ("digits = true", "digits: true; expected a whole number from 5 to 10"),
    ("theme = 7", "theme: 7; expected a line of text of 1 to 40 characters"),
    ("digit = 5", 'digit: unknown key; expected one of keys, digits, theme; did you mean "digits"\\?'),
    ("keys", "line 1, column 5: not TOML: = is missing behind the key: keys"),
    ("digits = 0,5", "line 1: decimal comma; write 0.5 for 0,5: digits = 0,5"),
    ("[" * 900 + "]" * 900, "line 1, column 3: not TOML: .*"),
    ("keys = " + "[" * 990 + "]" * 990, "nested too deeply; expected a configuration in TOML"),
    ("#" * 3000, "line 1: 3000 characters; expected at most 2000; a list may take several lines"),
    ("#\n" * 40000, "more than 64 KB; expected a configuration of at most 64 KB")])
def test_what_is_wrong_is_said_in_one_line_and_the_default_counts(file: Path, text: str, said: str) -> None:
    configuration, problems = configured(file, text)
    assert configuration == Configuration()
    assert len(problems) == 1
    assert re.fullmatch(f"config\\.toml: {said}(?: \\(line [12]\\))?", problems[0])


def test_the_rest_counts(file: Path) -> None:
    configuration, problems = configured(file, 'digits = "x"\ntheme = "nord"\n[keys]\nfind = "F"\nback = ["h", 1]\n')
    assert len(problems) == 2
    assert (configuration.digits, configuration.theme) == (None, "nord")
    assert configuration.keys.by_id["find"].keys == ("F",)
    assert configuration.keys.by_id["back"].keys == ("left", "h")


def test_problems_without_end_are_cut(file: Path) -> None:
    _, problems = configured(file, "\n".join(f"a{number} = 1" for number in range(999)))
    assert len(problems) == MOST_PROBLEMS + 1


def test_what_is_no_readable_file_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(bytes(range(256)))
    assert read_configuration() == (Configuration(), [
        f"config.toml: line 2: not UTF-8; expected a file saved as UTF-8: {SECOND_LINE}"])
    file.write_bytes(b"\0\1")
    assert read_configuration()[1][0].startswith("config.toml: line 1, column 1: not TOML: neither ")
    file.unlink()
    file.symlink_to("nowhere")
    assert read_configuration()[1] == ["config.toml: no such file or directory; expected a configuration file"]
    file.unlink()
    os.mkfifo(file)
    assert read_configuration()[1] == ["config.toml: not a regular file; expected a configuration file"]
    file.unlink()
    file.mkdir()
    assert read_configuration()[1] == ["config.toml: a directory; expected a configuration file"]

    def refuse(_path: object) -> None:
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr(os, "stat", refuse)
    assert read_configuration()[1] == ["config.toml: permission denied; expected a configuration file"]


def test_themes_are_checked_where_they_are_known() -> None:
    assert problem_with_theme("nord", ["ansi", "nord"]) == ""
    assert problem_with_theme("nrd", ["ansi", "nord"]) == (
        'config.toml: theme: "nrd"; expected one of ansi, nord; did you mean "nord"?')


def run_in(shell: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", f"{shell}; exec {COMMAND} {' '.join(arguments)}"], input="",
                          capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("arguments", [["play", "and-gate"], []], ids=str)
def test_a_walk_starts_whatever_is_wrong(file: Path, arguments: list[str]) -> None:
    file.write_text("digits = 99\n[keys]\nfly = 'f'\n")
    result = run(*arguments)
    assert result.returncode == 0
    assert "epoch 1, step 0 of 239" in result.stdout
    assert [line.split(";")[0] for line in result.stdout.splitlines()[:2]] == [
        "config.toml: digits: 99", "config.toml: keys.fly: unknown command"]  # heard where all else is
    assert result.stderr == ""


@pytest.mark.parametrize(("theme", "said"), [("nord", ""), ("nrd", 'theme: "nrd"; expected one of ansi, ')])
def test_the_screen_starts_with_any_theme(file: Path, theme: str, said: str) -> None:
    file.write_text(f'theme = "{theme}"\n')
    with Terminal("play", "and-gate") as terminal:
        assert "0/239" in terminal.until("q quit")
        terminal.press("q")
        assert terminal.end() == 0
    assert said in run("config").stderr


def test_config_writes_a_configuration_once(tmp_path: Path) -> None:
    path = tmp_path / "config" / "handgrad" / "config.toml"
    result = run("config")
    assert (result.returncode, result.stdout, result.stderr) == (0, f"wrote {path}\n", "")
    assert path.read_text("utf-8") == compose_configuration()
    path.write_text('[keys]\nfind = "n"\n', "utf-8")
    result = run("config")
    assert (result.returncode, result.stdout) == (1, f"{path}\n")
    assert result.stderr == "config.toml: keys: n stands for gradient and for find; both keep their own (line 1)\n"
    assert path.read_text("utf-8") == '[keys]\nfind = "n"\n'
    path.write_text("theme = 'nord'\n")
    assert (run("config").returncode, run("config").stderr) == (0, "")


def test_every_choice_of_the_template_can_be_taken_as_it_stands(file: Path) -> None:
    text = compose_configuration()
    assert configured(file, text) == (Configuration(), [])
    configuration, problems = configured(file, re.sub(r"(?m)^# (\w+ = )", r"\1", text))
    assert problems == []
    assert configuration == Configuration(KEYS, 5, "ansi")
    assert all(f"# {command.id} = " in text for command in COMMANDS)


def test_a_file_that_can_not_be_written_is_said_and_not_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "config" / "handgrad" / "config.toml"
    result = run_in("ulimit -f 0", "config")  # as a full disk: a file can be made, but nothing written
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"{path}: file too large; expected a file that can be made\n"
    assert not path.exists()
    (tmp_path / "file").write_text("")
    result = run_in(f"export XDG_CONFIG_HOME={tmp_path / 'file'}", "config")
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert run_in("export XDG_CONFIG_HOME=/proc/nothing", "config").returncode == 1


def test_what_is_needed_while_answers_are_typed_has_a_key_that_writes_nothing() -> None:
    configuration, problems = configure({"keys": {"mode": "t", "back": ["y", "ctrl+b"], "go": "ctrl+q"}})
    assert [problem.key for problem in problems] == ["keys.mode", "keys.go"]
    assert configuration.keys.by_id["mode"].keys == ("tab",)
    assert configuration.keys.by_id["back"].keys == ("y", "ctrl+b")
