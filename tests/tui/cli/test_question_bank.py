"""A question bank, as the command writes it."""

import os
import subprocess

import pytest
from gift import read_gift

from terminal import COMMAND

NO_UTF_8 = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, "worksheet", "and-gate", "--format", "gift", *arguments], capture_output=True,
                          check=False, env=NO_UTF_8, timeout=60)


@pytest.mark.parametrize(("spelled", "slope"), [([], "∂A5/∂Z5"), (["--ascii"], "dA5/dZ5")], ids=str)
def test_copies_are_questions_with_the_numbers_of_their_seeds(spelled: list[str], slope: str) -> None:
    """In UTF-8 whatever the locale; in ASCII no sign that takes another's place is taken for one of the format's."""
    questions = read_gift(run("--part", "w35", "--numbers", "7", "--copies", "2", *spelled).stdout.decode())
    names = [question.name for question in questions if f" {slope}, row 1" in question.name]
    assert names == [f"and-gate, numbers {seed}, 1:181 {slope}, row 1" for seed in (7, 8)]
    assert len({question.name for question in questions}) == len(questions)
    first, second = ([each.text for each in questions if f"numbers {seed}," in each.name] for seed in (7, 8))
    assert len(first) == len(second)
    place = names[0].partition(", 1:")[2].replace("/", " // ")
    assert [each.category for each in questions if each.name in names] == [
        f"handgrad/AND gate, by hand/Backward pass/1:{place}"] * 2  # of which a quiz draws one
    assert not {*first} & {*second}


@pytest.mark.parametrize(("arguments", "complaint"), [
    ("--key", "--key with --format gift; expected one of them: a question bank has all answers"),
    ("--part w99", '--part w99; expected ')])
def test_what_makes_no_sense_is_a_wrong_command_line(arguments: str, complaint: str) -> None:
    result = run(*arguments.split())
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.decode().startswith(f"handgrad worksheet: {complaint}")
