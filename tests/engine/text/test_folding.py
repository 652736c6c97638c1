"""Lines that fit a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.folding import IN_EQUATIONS, IN_LISTS, IN_WORDS, PAGE, Folds, fold
from engine.text.width import columns

KINDS = [IN_WORDS, IN_LISTS, IN_EQUATIONS]
TERMS = [f"{k}.25·(−0.5)" for k in range(10, 16)]
SUM, CHAIN = " + ".join(TERMS), "·".join(["∂A5/∂Z5"] * 8)


@pytest.mark.parametrize(("text", "folds", "lines"), [
    ("a short one", IN_WORDS, ["a short one"]),
    (f"Z3 = {SUM[:60]} = 0.3", IN_EQUATIONS, [f"Z3 = {SUM[:60]} = 0.3"]),
    (f"product = {CHAIN} = 1·2·3·4 = 24", IN_EQUATIONS, [f"product = {CHAIN}", "    = 1·2·3·4 = 24"]),
    (f"product = {CHAIN}·{CHAIN} = 1", IN_EQUATIONS, [f"product = {CHAIN}·", f"    {CHAIN} = 1"]),
    (f"Z3 = {SUM}", IN_EQUATIONS, [f"Z3 = {' + '.join(TERMS[:5])}", f"    + {TERMS[5]}"]),
    ("w1,2 = 0.5, " * 7, IN_LISTS, [", ".join(["w1,2 = 0.5"] * 6) + ",", "    w1,2 = 0.5, "]),
    ("漢" * 50, IN_WORDS, ["漢" * 40, "    " + "漢" * 10])])
def test_a_line_is_folded_where_a_person_would(text: str, folds: Folds, lines: list[str]) -> None:
    assert list(fold(text, folds, hang=4)) == lines


@given(st.text(st.sampled_from("ab1 ·=≈+−,;漢e\u0301"), max_size=900), st.sampled_from(KINDS), st.integers(0, 8))
def test_every_line_fits_and_nothing_is_lost(text: str, folds: Folds, indent: int) -> None:
    lines = list(fold(text, folds, indent, 4))
    assert max(map(columns, lines)) <= PAGE
    assert "".join("".join(lines).split()) == "".join(text.split())
