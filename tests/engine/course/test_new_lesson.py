"""What a new lesson is called by, and what it says."""

import pytest

from engine.course import new_lesson
from engine.course.new_lesson import Wish, compose_lesson, lesson_id
from engine.lesson.lesson import LessonError, parse


@pytest.mark.parametrize(("file", "wanted"), [
    ("course/My NOR 2.toml", "my-nor-2"), ("Mein Größe.toml", "mein-groesse"), ("Gro\u0308ße.toml", "groesse"),
    ("élève n°1.toml", "eleve-n-1"), ("Łódź.toml", "lodz"), ("身高.toml", "my-lesson"), ("Урок 1.toml", "my-lesson"),
    ("--.toml", "my-lesson"), ("a" * 59 + "-b.toml", "a" * 59)])
def test_an_id_is_made_from_a_name(file: str, wanted: str) -> None:
    assert lesson_id(file) == wanted


@pytest.mark.parametrize(("wish", "wanted"), [
    (Wish(), ("unit", "sgd", 0, 0.0, "mse", "sigmoid", ("y",))),
    (Wish("xor", bias="layer", optimizer="adam", batch=1), ("layer", "adam", 1, 0.0, "mse", "sigmoid", ("y",))),
    (Wish("or", 0, bias="none", loss="bce", weight_decay=0.01), ("none", "sgd", 0, 0.01, "bce", "sigmoid", ("y",))),
    (Wish("nor", 2, "tanh", loss="cross_entropy", optimizer="rmsprop"),
     ("unit", "rmsprop", 0, 0.0, "cross_entropy", "softmax", ("no", "yes")))])
def test_what_is_wished_is_written(wish: Wish, wanted: tuple[object, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its starting values are."""
    monkeypatch.setattr(new_lesson, "draw_starting_values", lambda lesson, *_: lesson)
    lesson = parse(compose_lesson(wish, "x.toml", "x"), "x.toml")
    assert wanted == (lesson.network.bias, lesson.optimizer.name, lesson.batch, lesson.weight_decay, lesson.loss.name,
                      lesson.network.activations[-1].name, lesson.targets)
    assert lesson.goal


def test_formulas_in_place_of_a_network() -> None:
    formula = "z = w1*x1 + w2*x2 + b; L = (sig(z) - y)^2"
    text = compose_lesson(Wish("or", seed=3, formula=formula, optimizer="momentum", batch=2), "x.toml", "x")
    lesson = parse(text, "x.toml")
    assert lesson.formulas
    assert (lesson.formulas.columns, lesson.formulas.names) == (("x1", "x2", "y"), ("w1", "w2", "b"))
    assert (lesson.rows, lesson.batch, lesson.optimizer.name, lesson.learning_rate) == (4, 2, "momentum", 0.5)
    with pytest.raises(LessonError, match="which comes later"):
        compose_lesson(Wish(formula="L = z; z = w*x1"), "x.toml", "x")
