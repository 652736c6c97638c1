"""The variables of an update: an optimizer's numbers, and the new value that they lead to."""

from collections.abc import Callable, Mapping

from engine.graph.expression import parse
from engine.graph.parts import names_in
from engine.graph.quantity import Source
from engine.trace.trace import Entry
from engine.tutor.numbers import Alternative, Found, Numbers, nearest, one

GRADIENT_ALONE = ("sgd", "momentum", "nesterov")  # whose step is larger where the gradient is


def optimizer_numbers(numbers: Numbers) -> dict[str, float]:
    """All that an optimizer's formulas know for the parameter in hand, by the names that they have there."""
    lesson, index = numbers.lesson, numbers.step.parameter_index or 0
    quantities = numbers.trace.updates.quantities(index)
    return {**{name: numbers.read(quantity) for name, quantity in quantities.items()}, **lesson.settings,
            "lambda": lesson.weight_decay * lesson.decays(lesson.order[index])}


class UpdateVariables:
    """Of one step."""

    def __init__(self, numbers: Numbers, entry: Entry) -> None:
        self._numbers, self._entry, self._lesson = numbers, entry, numbers.lesson

    @property
    def readers(self) -> Mapping[str, Callable[[], Found]]:
        """By kind of number."""
        return {"moment": self._moment, "update": self._update}

    @property
    def family(self) -> str:
        """Which of an optimizer's numbers it is; of a new value, whose."""
        moment = self._entry.step.moment
        return self._lesson.optimizer.name if moment is None else self._numbers.trace.updates.moments[moment].name

    def _moment(self) -> Found:
        known, name = optimizer_numbers(self._numbers), self.family
        yield from (one(each, number) for each, number in known.items())
        yield from self._stray_decay(known)
        formula = self._numbers.trace.updates.moments[self._entry.step.moment or 0].formula
        names = names_in(parse(formula).root)
        betas = [each for each in names if each in self._lesson.settings]
        if not betas:
            return
        own = known[betas[0]]
        yield one("share", own)
        yield "other_share", [Alternative(number, each) for each, number in self._lesson.settings.items()
                              if each.startswith("beta") and number != own]
        yield from (one("raw", known[each]) for each in names if each in ("m", "s"))
        if f"{name}_old" in names:
            new = known["g"] ** 2 if name == "s" else known["g"]
            yield one("old", known[f"{name}_old"])
            yield one("new", new)
            yield one("entering", new if name == "v" else (1 - own) * new)

    def _update(self) -> Found:
        known, optimizer = optimizer_numbers(self._numbers), self._lesson.optimizer
        yield from (one(each, number) for each, number in known.items())
        rate, is_plain = known["lr"], optimizer.name == "sgd"
        move = rate * known["g"] if is_plain else known["w"] - self._entry.value
        yield one("move", move)
        yield one("pull", known["g"] if is_plain else move / rate)
        if optimizer.name in GRADIENT_ALONE:
            yield one("plain_move", move)
        yield from self._measure(known)
        yield from self._decay(known, move)
        yield from self._stray_decay(known)
        if is_plain:
            numbers, order = self._numbers, self._lesson.order
            own = self._entry.step.parameter_index or 0
            others = [numbers.symbols.parameter(other, Source.GRADIENT) for other in nearest(order, own)]
            yield "g_other", [Alternative(numbers.read(gradient), gradient.name) for gradient in others]
            if len(numbers.rows) > 1:
                yield "row_product", numbers.row_products(own)

    def _measure(self, known: Mapping[str, float]) -> Found:
        """Of an update that measures a step by the root of s: what is above and below the line, and what was there."""
        if "s" not in known:
            return
        yield one("decay_step", known["lr"] * known["lambda"] * known["w"] * self._lesson.optimizer.decouples)
        yield one("above", known.get("m_hat", known["g"]))
        yield one("below", known.get("s_hat", known["s"]))
        yield one("above_old", known.get("m_old", known["g"]))
        yield one("below_old", known["s_old"])

    def _stray_decay(self, known: Mapping[str, float]) -> Found:
        """What decay would add to the gradient of a parameter that has none."""
        if self._lesson.weight_decay and not known["lambda"]:
            yield one("stray_decay", self._lesson.weight_decay * known["w"])

    def _decay(self, known: Mapping[str, float], move: float) -> Found:
        """Of an update in whose formula there is decay: all but that, and the decay's part of the step."""
        if known["lambda"] and (self._lesson.optimizer.decouples or self._lesson.optimizer.name == "sgd"):
            decay = known["lr"] * known["lambda"] * known["w"]
            yield one("decay", decay)
            yield one("move_alone", move - decay)
