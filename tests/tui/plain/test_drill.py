"""The tutor for programs: JSON lines out, answers in."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from command import run
from engine.graph.step import Kind
from engine.tutor.answer import Reason
from tui.plain.drill_lines import KINDS, QUESTION, REASONS, VERDICT, describe


def drill(*arguments: str, answers: str) -> list[dict[str, Any]]:
    result = run("drill", "and-gate", *arguments, stdin=answers, encoding="ascii")
    assert (result.returncode, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_question_stands_until_it_is_answered() -> None:
    lines = drill("--from", "1:29", "--count", "2", answers="0.14555\n-.15\n-0.14555\n?\n")
    assert lines[0] == {"question": {"epoch": 1, "step": 30, "kind": "factor", "name": "∂Loss/∂A5", "row": 1,
                                     "parameter": "w13", "formula": "−(y−A5)/2"}}
    verdicts = [line["verdict"] for line in lines if "verdict" in line]
    assert [(v["correct"], v["reason"], v["mistakes"], v["done"]) for v in verdicts] == [
        (False, "mistake", ["residual-sign"], False), (True, "coarse", [], False), (True, "exact", [], True),
        (False, "given-up", [], True)]
    assert verdicts[0]["value"] is None
    assert verdicts[2]["value"] == -0.14555491371694007
    assert lines[4]["question"]["step"] == 31
    assert len(lines) == 6


def test_the_end_of_the_answers_ends_it() -> None:
    assert [list(line) for line in drill(answers="")] == [["question"]]


@pytest.mark.parametrize("correction", ["?", "-0.4"])
def test_nothing_follows_from_a_wrong_number_once_it_is_shown_or_put_right(correction: str) -> None:
    answers = ["?", "?", "0.3", correction, "?", "?", "-0.00901"]
    verdict = drill("--from", "1:29", "--count", "6", answers="\n".join(answers) + "\n")[-1]["verdict"]
    assert (verdict["correct"], verdict["done"]) == (False, False)


def test_by_hand_it_follows_until_the_right_numbers_stand_beside() -> None:
    answers = ['{"command": "go 1:29"}', '{"command": "by hand"}', "-0.14555", "0.20636", "0.3", "1", "1", "-0.00901"]
    said = [line["said"] for line in drill(answers="\n".join(answers) + "\n") if "said" in line]
    assert any("That follows from your 0.3 for ∂Z5/∂A3" in text for texts in said for text in texts)


def test_a_line_has_one_verdict_however_long() -> None:
    lines = drill("--count", "1", answers=f"1{' ' * 25_000}\n?\n")
    assert ["verdict" in line for line in lines] == [False, True, True]


def test_kinds_rows_and_parameters_of_an_epoch() -> None:
    questions = [line["question"] for line in drill("--count", "240", answers="?\n" * 240) if "question" in line]
    assert questions[28] | {"formula": ""} == {"epoch": 1, "step": 29, "kind": "loss", "name": "Loss", "row": None,
                                               "parameter": None, "formula": ""}
    assert questions[230]["kind"] == "update"
    assert (questions[239]["epoch"], questions[239]["step"]) == (2, 1)


def test_new_numbers_by_seed() -> None:
    first, again, other = (drill("--numbers", seed, "--count", "1", answers="?\n")[-1]["verdict"]["value"]
                           for seed in ("3", "3", "4"))
    assert first == again != other


def test_hostile_answers() -> None:
    answers = ["\x1b]0;x\x07", "9**9**9", "(" * 5000, "{typed}", "%s", "ünï\u202e", "", " " * 300]
    lines = drill("--count", "1", answers="\n".join(answers) + "\n")
    assert all(line["verdict"]["reason"] == "unreadable" for line in lines[1:])
    assert len(lines) == 1 + len(answers)


def test_a_wrong_call_is_exit_2() -> None:
    for arguments in (["--count", "0"], ["--from", "1:999"], ["--numbers", "-1"]):
        assert run("drill", "and-gate", *arguments).returncode == 2


def test_which_of_several_mistakes_it_was() -> None:
    lines = drill("--from", "1:32", "--count", "1", answers="0.3\nb\n")
    verdicts = [line["verdict"] for line in lines[1:]]
    assert verdicts[0]["mistakes"] == ["activation-for-derivative", "net-input-for-derivative"]
    assert verdicts[1]["mistakes"] == ["net-input-for-derivative"]
    assert not verdicts[1]["done"]


@pytest.mark.parametrize("answer", ["b", "B", "(b)"])
def test_what_there_is_to_choose_from_is_a_field(answer: str) -> None:
    verdicts = [line["verdict"] for line in drill("--from", "1:32", "--count", "1", answers=f"0.3\n{answer}\n1\n")[1:]]
    assert [verdict["choices"] for verdict in verdicts] == [
        [{"id": "a", "text": "it is A"}, {"id": "b", "text": "it is Z itself"}], [], []]
    assert verdicts[1]["mistakes"] == ["net-input-for-derivative"]
    assert verdicts[2]["reason"] == "exact"


def test_a_number_is_an_answer_to_the_question_whatever_there_is_to_choose_from() -> None:
    assert drill("--from", "1:32", "--count", "1", answers="0.3\n1\n")[-1]["verdict"]["reason"] == "exact"


def test_every_field_kind_and_reason_stands_in_help_and_readme() -> None:
    assert KINDS.keys() == set(Kind)
    assert REASONS.keys() == set(get_args(Reason))
    lines = drill("--count", "1", answers="?\n")
    assert [*lines[0]["question"]] == [*QUESTION]
    assert [*lines[1]["verdict"]] == [*VERDICT]
    helped = run("drill", "--help").stdout
    readme = (Path(__file__).parents[3] / "tui" / "README.md").read_text("utf-8")
    for line in describe():
        name, _, words = line.partition(": ")
        assert f"  {line}\n" in helped
        assert f"| `{name}` | {words} |\n" in readme


def test_by_hand_and_finding_the_mistake_in_lines_too() -> None:
    commands = ["by hand", "watch", "find", "4", "(C)"]
    lines = drill("--from", "1:34", answers='{"command": "by hand"}\n0.3\n0.3\n' + "".join(
        json.dumps({"command": command}) + "\n" for command in commands[1:]))
    said = [line["said"] for line in lines if "said" in line]
    assert said[1][0] == "Not right."
    assert [line["question"]["step"] for line in lines if "question" in line] == [35, 35, 36, 37]
    assert said[4][-1] == "which of these numbers is wrong? 1 to 6"
    assert said[5][-1] == "1 to 4?"
    assert said[6][-1] == "Enter for another one; watch ends it"


def test_whatever_the_plain_mode_can_drill_can() -> None:
    commands = ["where", "table", "?", "calculate 1+2", "what if w13 = 0.5", "go 2:30", "lesson 3", "by hand"]
    lines = drill(answers="\n".join(json.dumps({"command": command}) for command in commands) + "\n0.1\n")
    said = [line["said"] for line in lines if "said" in line]
    assert said[0] == ["epoch 1, step 0 of 239: before its first number"]
    assert len(said[1]) == 4
    assert said[2] == ["Multiply what comes in by its weight, add that up, add the bias."]
    assert said[3] == ["1+2 = 3"]
    assert said[4][0] == "what if w13 = 0.5"
    assert "no such command" in said[6][0]
    assert [line["question"]["step"] for line in lines if "question" in line][-2:] == [31, 32]
    assert "written down" in said[8][0]
