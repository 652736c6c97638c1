"""handgrad new: what is not given is asked, and what can't be taken is said to be so."""

from pathlib import Path

import pytest

from command import run
from engine.course.new_lesson import Wish, compose_lesson
from engine.lesson.lesson import load
from terminal import Terminal
from tui.cli.main import main


@pytest.mark.parametrize(("answers", "status", "said", "wish"), [
    ("xor\n3\ntanh\nbce\n\n", 0, "", Wish("xor", 3, "tanh", loss="bce")), ("\n0\n\n\n", 0, "", Wish("and", 0)),
    ("", 0, "no answers; by default: Which gate: and, How many hidden units: 2, Their activation: relu, "
     "Which loss: mse, Which optimizer: sgd\n", Wish()),
    ("XOR\r\n", 0, "no more answers; by default: How many hidden units: 2, Their activation: relu, Which loss: mse, "
     "Which optimizer: sgd\n", Wish("xor")),
    ("xro\n", 1, 'handgrad new: no file is written: Which gate: "xro"; expected one of and, or, nand, nor, xor, xnor; '
     'did you mean "xor"?\n', None),
    ("\n9\n", 1, 'handgrad new: no file is written: How many hidden units: "9"; expected one of 0, 1, 2, 3, 4, 5, 6, '
     "7, 8\n", None)])
def test_piped_answers_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: str, status: int, said: str,
                                wish: Wish | None) -> None:
    file = tmp_path / "mine.toml"
    monkeypatch.chdir(tmp_path)
    done = run("new", "mine.toml", stdin=answers)
    assert (done.returncode, done.stderr) == (status, said)
    assert file.exists() == (wish is not None)
    if wish:
        assert file.read_text("utf-8") == compose_lesson(wish, "mine.toml", "mine")


@pytest.mark.parametrize(("arguments", "status", "said"), [
    (["-"], 2, "handgrad new: -; expected the name of a file, as my-lesson.toml"),
    (["."], 2, "handgrad new: .; expected the name of a file, as my-lesson.toml"),
    (["/dev/null"], 1, "/dev/null: exists already, and is left as it is; expected another name"),
    (["x.toml", "--hidden", "zwei"], 2, "handgrad new: --hidden zwei; expected a whole number from 0 to 8"),
    (["x.toml", "--hidden", "9"], 2, "handgrad new: --hidden 9; expected a whole number from 0 to 8"),
    (["x.toml", "--batch", "5"], 2, "handgrad new: --batch 5; expected a whole number from 1 to 4"),
    (["x.toml", "--weight-decay", "-1"], 2, "handgrad new: --weight-decay -1; expected a number from 0 on"),
    (["x.toml", "--formula", "L = w", "--hidden", "2"], 2,
     "handgrad new: --hidden with --formula; expected one of the two"),
    (["x.toml", "--formula", " ; "], 2, 'handgrad new: --formula  ; ; expected a formula, as "L = (w*x1 - y)^2"'),
    (["x.toml", "--gate", "or", "--formula", "L = w*"], 1, 'handgrad new: graph.nodes, formula 1: "L = w*": something '
     "is missing at the end, at character 7; expected a formula, as q = a*x + b"),
    (["x.toml", "--seed", "-1"], 2, "handgrad new: --seed -1; expected a whole number from 0 to 4294967295")], ids=str)
def test_what_can_not_be_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str],
                                           status: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=rf"^{status}$"):
        main(["new", *arguments])
    assert capsys.readouterr() == ("", f"{said}\n")
    assert not list(tmp_path.iterdir())


def test_new_asks_for_what_is_not_given(tmp_path: Path) -> None:
    with Terminal("new", str(tmp_path / "asked.toml"), "--hidden", "2") as terminal:
        terminal.until("Which gate (and, or, nand, nor, xor, xnor) [and]?")
        terminal.child.send("maybe\rxnor\r")
        assert 'Which gate: "maybe"; expected one of and, or, nand, nor, xor, xnor\nWhich gate (and, ' in "\n".join(
            line.rstrip() for line in terminal.until("Their activation").splitlines())
        terminal.child.send("tanh\r\r\r")
        assert "wrote" in terminal.until("wrote")
        assert terminal.end() == 0
    lesson = load(str(tmp_path / "asked.toml"))
    assert lesson.network.activations[0].name == "tanh"
    assert lesson.Y[:, 0].tolist() == [1, 0, 0, 1]
