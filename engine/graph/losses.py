"""Losses: each ONE object with its value, its derivative, the formulas in words, and what it can be used with.

Templates name their quantities: {y} is the target, {A} the output.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from engine.graph.activations import SIGMOID, SOFTMAX, Activation, logistic
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations


class Loss(NamedTuple):
    """A loss that is a mean over `count` = rows · outputs terms, or their sum.

    `value(Y, A, Z)` gives every term; `slope(Y, A, Z, count, out)` are the operations that write ∂Loss/∂A, all
    arrays of one shape. `terms` is what its terms are called. Where it can be computed with one activation of the
    outputs alone, that is `output`, and `takes` says why; `targets` are the least and the largest that it knows.
    `is_per_row`: a row is one term, whatever its outputs. Where ∂Loss/∂Z of the outputs is short, `delta` writes it as
    `slope` does ∂Loss/∂A, and `delta_formula` says it.
    """

    name: str
    words: str
    terms: str
    is_mean: bool
    is_half: bool
    is_square: bool
    value: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array, Array, int, Array], Operations]
    formula: str
    slope_formula: Callable[[int], str]
    why: str
    output: Activation | None = None
    takes: str = ""
    targets: tuple[float, float] = (-math.inf, math.inf)
    is_per_row: bool = False
    delta: Callable[[Array, Array, int, Array], Operations] | None = None
    delta_formula: Callable[[int], str] | None = None
    delta_why: str = ""

    def divisor(self, count: int) -> int:
        """What the sum of `count` terms is divided by: their number, or nothing."""
        return count if self.is_mean else 1

    def fits_target(self, target: float) -> bool:
        """Whether it can be used with a target."""
        least, largest = self.targets
        return least <= target <= largest


def _square_slope(Y: Array, A: Array, _Z: Array, count: int, out: Array) -> Operations:
    yield np.subtract, A, Y, out
    yield np.multiply, out, np.array(2.0 / count), out


def _square_slope_formula(count: int) -> str:
    """−2(y−A)/count, reduced by hand as the notes do: −(y−A)/2 for four terms."""
    if count % 2:
        return "−2·({y}−{A})" + (f"/{count}" if count > 1 else "")
    return "−({y}−{A})" + (f"/{count // 2}" if count > 2 else "")


def _half_square_slope(Y: Array, A: Array, _Z: Array, count: int, out: Array) -> Operations:
    yield np.subtract, A, Y, out
    yield np.divide, out, np.array(float(count)), out


def _square(name: str, words: str, is_mean: bool) -> Loss:
    return Loss(
        name, words, "squared errors", is_mean, is_half=False, is_square=True,
        value=lambda Y, A, _Z: (Y - A) ** 2, slope=_square_slope,
        formula="({y}−{A})²", slope_formula=_square_slope_formula,
        why="The derivative of ({y}−{A})² by {A} is −2·({y}−{A}); " + _words_for_mean(is_mean))


def _half_square(name: str, words: str, is_mean: bool) -> Loss:
    return Loss(
        name, words, "halves of squared errors", is_mean, is_half=True, is_square=True,
        value=lambda Y, A, _Z: (Y - A) ** 2 / 2, slope=_half_square_slope,
        formula="({y}−{A})²/2", slope_formula=lambda count: "−({y}−{A})" + (f"/{count}" if count > 1 else ""),
        why="The ½ cancels the 2 that the square leaves: −({y}−{A}); " + _words_for_mean(is_mean))


def _words_for_mean(is_mean: bool) -> str:
    return "Loss is the mean of {count}." if is_mean else "Loss is the sum, so nothing is divided."


def _bce_slope(Y: Array, _A: Array, Z: Array, count: int, out: Array) -> Operations:
    """(1−y)/(1−A) − y/A with A = sig(Z), each taken from Z so that neither divides by 0 where A is 0 or 1."""
    A, complement, negative = np.empty_like(Z), np.empty_like(Z), np.empty_like(Z)
    yield from logistic(Z, A, out)
    yield np.negative, Z, negative
    yield from logistic(negative, complement, out)
    yield np.divide, Y, A, A
    yield np.subtract, np.array(1.0), Y, out
    yield np.divide, out, complement, complement
    yield np.subtract, complement, A, out
    yield np.divide, out, np.array(float(count)), out


def _cross_entropy(Y: Array, _A: Array, Z: Array) -> Array:
    """−y·ln A by ln A = Z − ln Σ e^Z, which keeps its digits where A is near 0 or 1; 0 where y is."""
    Z = Z - Z.max(axis=-1, keepdims=True)
    return np.where(Y == 0, 0.0, Y * (np.log(np.exp(Z).sum(axis=-1, keepdims=True)) - Z))


def _cross_entropy_slope(Y: Array, A: Array, _Z: Array, count: int, out: Array) -> Operations:
    yield np.divide, Y, A, out
    yield np.subtract, np.array(0.0), out, out
    yield np.divide, out, np.array(float(count)), out


def _cross_entropy_delta(Y: Array, A: Array, count: int, out: Array) -> Operations:
    """Every path from one output's Z added up: A·Σy − y."""
    total = np.empty_like(Y[0])
    yield partial(np.add.reduce, axis=0), Y, total
    yield np.multiply, A, total, out
    yield np.subtract, out, Y, out
    yield np.divide, out, np.array(float(count)), out


MSE = _square("mse", "mean squared error", is_mean=True)
SSE = _square("sse", "sum of squared errors", is_mean=False)
HALF_MSE = _half_square("half_mse", "half the mean squared error", is_mean=True)
HALF_SSE = _half_square("half_sse", "half the sum of squared errors", is_mean=False)
BCE = Loss(
    "bce", "binary cross-entropy", "terms", is_mean=True, is_half=False, is_square=False,
    value=lambda Y, _A, Z: Y * np.logaddexp(0.0, -Z) + (1.0 - Y) * np.logaddexp(0.0, Z),
    slope=_bce_slope,
    formula="−[{y}·ln({A}) + (1−{y})·ln(1−{A})]",
    slope_formula=lambda count: "[(1−{y})/(1−{A}) − {y}/{A}]" + (f"/{count}" if count > 1 else ""),
    why="The derivative of ln({A}) is 1/{A}, that of ln(1−{A}) is −1/(1−{A}); Loss is the mean of {count}.",
    output=SIGMOID, takes="ln(A), ln(1−A)",  # so that it may be taken from Z
    targets=(0.0, 1.0),
)
CROSS_ENTROPY = Loss(
    "cross_entropy", "cross-entropy", "cross-entropies", is_mean=True, is_half=False, is_square=False,
    value=_cross_entropy, slope=_cross_entropy_slope,
    formula="−{y}·ln({A})",
    slope_formula=lambda count: "−{y}/{A}" + (f"/{count}" if count > 1 else ""),
    why="The derivative of ln({A}) is 1/{A}; Loss is the mean of {count}.",
    output=SOFTMAX, takes="ln(A) of shares that add up to 1",
    targets=(0.0, 1.0), is_per_row=True,
    delta=_cross_entropy_delta,
    delta_formula=lambda count: f"({{A}}−{{y}})/{count}" if count > 1 else "{A}−{y}",
    delta_why="All paths from {Z} added up, over every output: as the targets add up to 1, {A}−{y} is left.",
)
LOSSES = {loss.name: loss for loss in (MSE, HALF_MSE, SSE, HALF_SSE, BCE, CROSS_ENTROPY)}


def _result_slope(_Y: Array, _A: Array, _Z: Array, count: int, out: Array) -> Operations:
    yield np.positive, np.array(1.0 / count), out


def _of_results(name: str, words: str, is_mean: bool) -> Loss:
    """Of a graph: what its rows' results make together."""
    return Loss(
        name, words, "results", is_mean, is_half=False, is_square=False,
        value=lambda _Y, A, _Z: A, slope=_result_slope,
        formula="{A}", slope_formula=lambda count: f"1/{count}" if count > 1 else "1",
        why=_words_for_mean(is_mean), is_per_row=True)


MEAN_OF_RESULTS = _of_results("mean", "mean of the rows' results", is_mean=True)
SUM_OF_RESULTS = _of_results("sum", "sum of the rows' results", is_mean=False)
