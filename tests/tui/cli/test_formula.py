"""handgrad formula: what is typed is walked, or written down as a lesson."""

import re
from pathlib import Path

import pytest

from command import run
from engine.lesson.lesson import load, parse
from tui.cli.main import main

PRODUCT = ("L = (a*b + c)*f", "a=2", "b=-3", "c=10", "f=-2")


def formula(*arguments: str, status: int = 0) -> None:
    with pytest.raises(SystemExit, match=rf"^{status}$"):
        main(["formula", *arguments])


def test_a_formula_is_written_down_as_a_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                               capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    formula(*PRODUCT, "--save", "My product.toml")
    assert capsys.readouterr().out == "wrote My product.toml; now: handgrad play 'My product.toml'\n"
    lesson = load("My product.toml")
    assert (lesson.id, lesson.title, lesson.trains) == ("my-product", "L = (a*b + c)*f", False)
    assert lesson.start == {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}
    assert lesson.formulas
    assert [node.name for node in lesson.formulas.nodes] == ["u1", "u2", "L"]
    formula(*PRODUCT, "--save", "My product.toml", status=1)
    assert capsys.readouterr().err == (
        "My product.toml: exists already, and is left as it is; expected another name (or remove it first); to go on "
        "with it: handgrad check 'My product.toml', handgrad play 'My product.toml'\n")


def test_its_comments_are_what_may_be_said_besides(tmp_path: Path) -> None:
    formula("q = a*x; L = (q - y)^2", "a=1", "--save", str(tmp_path / "f.toml"), status=1)
    formula(*PRODUCT, "--save", str(tmp_path / "f.toml"))
    text = (tmp_path / "f.toml").read_text("utf-8")
    text = re.sub(r"^# (?=\w+ = |\[)", "", text, flags=re.MULTILINE)
    lesson = parse(text.replace("*f", "*f + x"), "f.toml")
    assert (lesson.rows, lesson.batch, lesson.optimizer.name) == (2, 1, "momentum")
    assert [parameter.name for parameter in lesson.order] == ["b", "c", "f"]


@pytest.mark.parametrize(("pieces", "start", "nodes"), [
    (["q = a*x; L = q^2", "a=1/2", "x=0,5"], {"a": 0.5, "x": 0.5}, ["q", "L"]),
    (["a=-1e-3", "q = 2a", "p = q·q"], {"a": -0.001}, ["q", "p"]),
    (["h' * w", "h′ = 2", "w=2^3"], {"h′": 2.0, "w": 8.0}, ["L"]), (["sig(a)", "a=0"], {"a": 0.0}, ["L"])])
def test_values_and_formulas_come_in_any_order(tmp_path: Path, pieces: list[str], start: dict[str, float],
                                               nodes: list[str]) -> None:
    formula(*pieces, "--save", str(tmp_path / "f.toml"))
    lesson = load(str(tmp_path / "f.toml"))
    assert lesson.formulas
    assert (lesson.start, [node.name for node in lesson.formulas.nodes]) == (start, nodes)


@pytest.mark.parametrize(("pieces", "said"), [
    (["L = (a*b + c*f", "a=2"], '"L = (a*b + c*f": a closing bracket is missing, at character 15; expected a formula, '
     "as q = a*x + b"),
    (["a=2"], "no formula with a name in it; expected a formula, as 'L = (a*b + c)*f', and a=2, b=-3 and so on"),
    (["q = a; L = q*b", "a=2"], "formula 2: L = q*b: unknown name b; expected a value for it, or data, parameters and "
     "earlier nodes: a, q"),
    (["L = a", "a=2", "c=1"], "c: L does not depend on it; expected a parameter in a formula that leads there, or none "
     "of this name"),
    (["L = ln(a)", "a=-1"], "formula 1: L = ln(a), where a is −1: no number comes of this; expected a number at the "
     "start"),
    (["L = a*2", "a=1", "a=2"], "a=2: a a second time, beside a=1; expected it once"),
    (["L = a", "a=nan"], "a=nan; expected a formula, or a finite number"),
    (["L = a", "a=1/0"], "a=1/0: a division by 0; expected a number"),
    (["L = \x1b[2J", "a=2"], "\"L = \\x1b[2J\": '\\x1b' means nothing here, at character 5; expected a formula, as q = "
     "a*x + b")])
def test_what_is_wrong_is_said_by_its_place(capsys: pytest.CaptureFixture[str], pieces: list[str], said: str) -> None:
    formula(*pieces, status=1)
    assert capsys.readouterr() == ("", f"handgrad formula: {said}\n")


def test_a_formula_is_walked_where_one_was_in_it(tmp_path: Path) -> None:
    def walk(said: str, *arguments: str) -> str:
        return run(*arguments, stdin=said, XDG_STATE_HOME=str(tmp_path)).stdout
    assert "L = u2·f = 4·(−2) = −8" in walk("step\nstep\nstep\n", "formula", *PRODUCT)
    assert "step 3 of" in walk("where\n", "formula", "L=(a·b+c)·f", *PRODUCT[1:])
    assert "step 3 of" in walk("where\n")
    assert "step 0 of" in walk("where\n", "formula", *PRODUCT[:-1], "f=-3")


def test_where_nothing_can_be_kept_it_is_walked_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "handgrad").write_text("no folder")
    done = run("formula", *PRODUCT, stdin="step\n", XDG_STATE_HOME=str(tmp_path), TMPDIR=str(tmp_path))
    assert "u1 = a·b = 2·(−3) = −6" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["handgrad"]
