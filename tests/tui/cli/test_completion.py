"""Completion and the man page, made from the parser and read by real shells where these are there."""

import shutil
import subprocess
from pathlib import Path

import pytest

from command import run
from engine.lesson.lesson import shipped_lessons
from terminal import COMMAND


@pytest.mark.parametrize(("words", "wanted"), [
    (["handgrad", "pl"], "play"), (["handgrad", "play", "xor"], "xor-gate"),
    (["handgrad", "trace", "--fo"], "--format"),
    (["handgrad", "trace", "and-gate", "--format", "c"], "csv"), (["handgrad", "completion", "f"], "fish")])
def test_bash_completes(words: list[str], wanted: str) -> None:
    script = run("completion", "bash").stdout + (
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _handgrad; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, timeout=30)
    assert wanted in result.stdout.split("\n")


@pytest.mark.parametrize(("words", "wanted"), [
    ("trace and-gate --part ''", []), ("trace and-gate --rows 1 --phase fo", ["forward"]),
    ("play --lessons 'Kurs 1' ho", ["home work.toml", "house"]), ("check --lessons 'Kurs\\ 1' hou", ["house"]),
    ("play --lessons K", ["Kurs 1"]), ("trace xor", ["xor-gate", "xor-stuck"])])
def test_bash_completes_what_may_stand_there_once(words: str, wanted: list[str], tmp_path: Path) -> None:
    """Names with spaces, too."""
    (tmp_path / "Kurs 1").mkdir()
    text = shipped_lessons()["and-gate"].read_text("utf-8").replace('id = "and-gate"', 'id = "house"')
    (tmp_path / "Kurs 1" / "h.toml").write_text(text, "utf-8")
    (tmp_path / "home work.toml").touch()
    script = run("completion", "bash").stdout + (
        f"COMP_WORDS=('{COMMAND}' {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _handgrad; "
        "printf '%s\\n' \"${COMPREPLY[@]}\"")
    result = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True,
                            timeout=30)
    assert sorted(filter(None, result.stdout.split("\n"))) == wanted


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_take_it(shell: str) -> None:
    text = run("completion", shell).stdout
    assert all(name in text for name in shipped_lessons())
    assert "SUPPRESS" not in text
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=text, text=True, check=True, timeout=30)


def test_the_man_page_has_every_command() -> None:
    page = run("man").stdout
    assert page.startswith(".TH HANDGRAD 1")
    assert all(f".SS handgrad {name}" in page for name in ("play", "drill", "trace", "check", "new", "config"))
    assert "XDG_CONFIG_HOME" in page
    assert "SUPPRESS" not in page
    assert "\x1b" not in page
