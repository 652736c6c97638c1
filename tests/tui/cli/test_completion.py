"""Completion and the man page, made from the parser and read by real shells where these are there."""

import shutil
import subprocess

import pytest

from engine.lesson.lesson import shipped_lessons
from terminal import COMMAND


def written(*arguments: str) -> str:
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=True, timeout=30).stdout


@pytest.mark.parametrize(("words", "wanted"), [
    (["handgrad", "pl"], "play"), (["handgrad", "play", "xor"], "xor-gate"),
    (["handgrad", "trace", "--fo"], "--format"),
    (["handgrad", "trace", "and-gate", "--format", "c"], "csv"), (["handgrad", "completion", "f"], "fish")])
def test_bash_completes(words: list[str], wanted: str) -> None:
    script = written("completion", "bash") + (
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _handgrad; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, timeout=30)
    assert wanted in result.stdout.split("\n")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_take_it(shell: str) -> None:
    text = written("completion", shell)
    assert all(name in text for name in shipped_lessons())
    assert "SUPPRESS" not in text
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=text, text=True, check=True, timeout=30)


def test_the_man_page_has_every_command() -> None:
    page = written("man")
    assert page.startswith(".TH HANDGRAD 1")
    assert all(f".SS handgrad {name}" in page for name in ("play", "drill", "trace", "check", "new", "config"))
    assert "XDG_CONFIG_HOME" in page
    assert "SUPPRESS" not in page
    assert "\x1b" not in page
