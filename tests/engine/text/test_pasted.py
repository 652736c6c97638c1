"""A number as people paste it: that number, or a clear question; never another number."""

import random

import pytest

from engine.graph.expression import ExpressionError, parse
from engine.text.pasted import retype
from engine.tutor.answer import Answer, read, without_name

DASHES = "-−–—‐‑‒―－﹣ーｰ"
SPACES = ("\u00a0", "\u2009", "\u202f", "\u2007", " ", "'", "’", "_", "٬", ",", ".")
DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
AROUND = ("", "", "", " ", "\u00a0", "\t", "\u200b", "\u2060", "\ufeff", "\u200e", "\u200f", "\u00ad", "\u202e", "\r\n",
          "\x00", "\f", '"', "“", "=", "＝", "≈", "$", ";", "\u2066", "\u2069")
NAMES = {"Z3": 7.0, "e": 2.718281828459045, "n": 4.0, "x1": 5.0}


def judged(text: str) -> Answer:
    """A text as the tutor reads it, where Z3 is asked for. Raises ExpressionError."""
    answer = without_name(text, "Z3")
    return read(parse(answer), answer, NAMES)


@pytest.mark.parametrize(("text", "value", "digits"), [
    ("1e–3", 0.001, 1), ("1E—3", 0.001, 1), ("2.5e‐3", 0.0025, 2), ("2.5e－3", 0.0025, 2),
    *((f"{dash}0.3", -0.3, 1) for dash in DASHES), ("０．３", 0.3, 1), ("－１／８", -0.125, None), ("٠٫٣", 0.3, 1),
    ("१.५", 1.5, 2), ("𝟏.𝟓", 1.5, 2), ("1\u00a0234.5", 1234.5, 5), ("1\u2009234\u2009567", 1234567, 7),
    ("0,001\u202f5", 0.0015, 2), ("0.123\u202f456\u202f7", 0.1234567, 7), ("1.5×10⁻³", 0.0015, 2),
    ("−1.50 · 10^–3", -0.0015, 3), ("1.5·10⁻¹⁸", 1.5e-18, 2), ("10⁻³", 0.001, None), ("3⁴", 81, None),
    ("\ufeff0.3\r", 0.3, 1), ("\u200e−0.3\u200e", -0.3, 1), ("\u00a0Z3\u00a0＝\u00a00.3\u00a0", 0.3, 1),
    ("1,234*10^-3", 0.001234, 4), ("-1,456*10^-01", -0.1456, 4), ("1,234 · 10^2", 123.4, 4), ("10⁻¹⁸", 1e-18, None),
    ("1,234·10⁻³", 0.001234, 4), ("1,234e-3", 0.001234, 4), ("0.5+1,234·10⁻³", 0.501234, None), ("10^-18", 1e-18, None),
    ("ー0.1", -0.1, 1), ("ｰ.5", -0.5, 1), ("２。５ｅー３", 0.0025, 2), ("0.3 ー 1｡5", -1.2, None), ("１．５", 1.5, 2),
    ("１，５", 1.5, 2), ("12,3", 12.3, 3), ("0,123", 0.123, 3), ("1⁄8", 0.125, None), ("Ｚ３·２", 14, None),
])
def test_a_number_is_read_as_it_is_pasted(text: str, value: float, digits: int | None) -> None:
    answer = judged(text)
    assert (answer.value, answer.digits) == (pytest.approx(value, rel=1e-12), digits)


@pytest.mark.parametrize(("text", "said", "position"), [
    *((text, f"{asked}? write it so", 0) for text, asked in (
        ("1e -3", "1*e - 3 or 1e-3"), ("1 e-3", "1*e - 3 or 1e-3"), ("1e--3", "1*e or 1e-3"),
        ("1.9e", "1.9*e or 1.9e-3"), ("1e⁻³", "1*e or 1e-3"), ("1e-3e-3", "1e-3*e - 3 or 1e-3e-3"),
        ("1,234", "1.234 or 1234"),
        ("12,345·10^2", "12.345 or 12345"), ("1,234+0,5", "1.234 or 1234"), ("1,234.5", "one number, without commas"),
        ("1,234,567", "one number, without commas"), ("0.2064(12)", "0.2064*(12), or no bracket"),
        ("0,(3)", "0,*(3), or no bracket"), ("0·206", "0.206 or 0*206"), ("0⋅5", "0.5 or 0*5"),
        ("1.5×10−3", "10^-3 or 10 - 3"), ("1.5 × 10 −3", "10^-3 or 10 - 3"), ("10−3", "10^-3 or 10 - 3"),
        ("-10-3", "10^-3 or 10 - 3"))),
    ("2·1 e–3", "1*e - 3 or 1e-3", 2), ("2·12,500", "12.500 or", 2), ("(1.5×10−3)", "10^-3 or", 1),
    ("-(1.5*10-3)", "10^-3 or", 2), ("0.3+1.5×10−3", "10^-3 or", 4), ("-1.5 · 10 -3.", "10^-3 or", 1),
    ("(1.5)e-3", "*10^-3 or *e - 3", 4), ("[206]E−3", "*10^-3", 4), ("206(1)e-3", "*10^-3", 5),
    ("0.1234567890123e -3", "0.123456789…*e - 3 or", 0),
    ("1 234", "234 is a second number beside the first", 2), ("1\u00a023", "23 is a second number", 2),
    ("0\u00a0123", "123 is a second number", 2), ("018\u202f325", "325 is a second number", 4),
    ("0.3,0.4", ",0 is a second number", 3), ("1 " + "2" * 190, f"{'2' * 19}… is a second", 2),
    ("3\t4", "4 is a second number", 2), ("1\u200b2", "2 is a second number", 2), ("A" * 199, f"{'A' * 19}… is no", 0),
    ("⅓", "vulgar fraction one third means nothing here", 0), ("0.3\u0301", "combining acute accent means nothing", 3),
    ("ー", "katakana-hiragana prolonged sound mark means nothing", 0),
    ("\U000f0000", "U+F0000 means nothing", 0), ("\u00ad0.3", "soft hyphen means nothing here", 0),
    ("\u202e3.0", "right-to-left override means nothing here", 0), ("x1⁻³⁻³", "⁻³ was not expected here", 4),
    ("tanh⁻¹(0.5)", "tanh needs a bracket", 0), ("0.3\x00", r"'\x00' means nothing here", 3)])
def test_what_can_be_meant_in_two_ways_is_asked_about(text: str, said: str, position: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        judged(text)
    assert str(caught.value).startswith(said)
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["w1,234", "2e·x1", "2(3)", "0.5·(3)", "0.5(x1)", "2·e - 3", "1e-3", "1.5·(10-3)",
                                  "x1-10-3", "2e(3)", "0,001", "1,2345", "0.5·10+1", "0.5*10 - 3", "0.5*10-3.5",
                                  "10 - 3", "10-3.5", "x1*10-3", "(x1)e - 3", "2e-x1", "2e - 0.5", "1-0.8·0+0·1"])
def test_what_is_clear_is_not_asked_about(text: str) -> None:
    assert parse(text).compute({**NAMES, "w1,234": 1.0})


def spell(draw: random.Random, number: str, exponent: str) -> str:
    """A number in one of the ways in which it is found on pages, in tables and in other programs."""
    whole, _, decimals = number.strip("-").partition(".")
    if draw.random() < 0.5:
        space = draw.choice(SPACES)
        groups = [whole[max(0, end - 3):end] for end in range(len(whole), 0, -3)][::-1]
        whole = space.join(groups)
        if draw.random() < 0.5:
            decimals = space.join(decimals[k:k + 3] for k in range(0, len(decimals), 3))
        point = draw.choice(",٫" if space == "." else ".٫．")
        if space in ".,"[:1 + bool(exponent)] and not decimals and len(groups) > 1:
            whole = "".join(groups)  # 1.234 is what it is in this program, and so is 1,234 before an exponent
    else:
        point = draw.choice(".,٫．，。" + "·⋅" * (whole == "0"))
    text = whole + (point + decimals) * bool(decimals)
    dash = draw.choice(DASHES)
    match draw.randrange(1, 7) if exponent else 0:
        case 1 | 2:
            text += draw.choice("eE") + draw.choice(("", " ", "\u2060"))
            text += exponent.replace("-", draw.choice((dash, dash + " ")))
        case 3:
            text += draw.choice("×·⋅*x") + "10" + exponent.translate(RAISED)
        case 4:
            text += draw.choice((" × 10", "·10")) + draw.choice(("^", "**")) + exponent.replace("-", dash)
        case 5:
            text += "×10" + exponent.replace("-", draw.choice((dash, " " + dash)))
        case 6:
            text = f"({text})" + exponent.replace("-", f"e{dash}")
    text = (dash + draw.choice(("", "", " ", "\u2060"))) * number.startswith("-") + text
    text = text.translate(str.maketrans(DIGITS[0], draw.choice(DIGITS)))
    return draw.choice(AROUND) + text + draw.choice((*AROUND, "."))


def test_no_number_is_read_as_another_one() -> None:
    draw, read_right = random.Random(12), 0
    for _ in range(20_000):
        number = draw.choice(("", "-")) + f"{draw.random() * 10 ** draw.randrange(-1, 8):.{draw.randrange(8)}f}"
        exponent = draw.choice(("", "", f"-{draw.randrange(1, 16)}"))
        text = spell(draw, number, exponent)
        try:
            value = judged(text).value
        except ExpressionError:
            continue
        assert value == pytest.approx(float(f"{number}e{exponent or 0}"), rel=1e-12), (text, number, exponent)
        read_right += 1
    assert read_right > 4000


def test_every_character_stays_in_its_place() -> None:
    text = "".join(map(chr, (*range(0x3000), *range(0xFF00, 0xFFF0), 0x1D7CE, 0x1F600)))
    assert len(retype(text)) == len(text)
    assert all(c in "-+./0123456789 \u00a0" or ord("！") <= ord(was) <= ord("～") or c == was
               for was, c in zip(text, retype(text), strict=True))
