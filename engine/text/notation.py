"""Numbers as a person writes them: `−0.4`, `0.20636`, `1.23e−9`."""

import math
from functools import lru_cache

ALL_DIGITS = 17  # decimals from which on nothing is rounded: what reads back as the very same number
DIGITS_SHOWN = (5, 7, 10, ALL_DIGITS)  # decimals that numbers are shown with: first the usual ones, then more


@lru_cache(maxsize=4096)  # from one picture to the next most numbers are the same
def number(value: float, digits: int = 5) -> str:
    """A number to `digits` decimals; fewer when it is exact with fewer (`0.3`, never `0.30000` for three tenths).

    A number that would keep less than three significant digits, or is a million or more, is written as `1.23e−9`.
    With ALL_DIGITS it has as many as tell it from every other.
    """
    if not math.isfinite(value) or digits >= ALL_DIGITS:
        return _whole(value)
    size = abs(value)
    places = max(digits + 1 - len(str(int(size))), 0) if size < 1e6 else 0
    rounded = round(value, places)
    is_exact = abs(rounded - value) <= 1e-13 * size  # but for the binary fraction's last digits
    if size >= 1e6 or (0 < size < 10.0 ** (2 - digits) and not is_exact):
        mantissa, _, exponent = f"{value:.{max(digits - 3, 0)}e}".partition("e")
        text = f"{mantissa}e{int(exponent)}"
    elif is_exact:
        text = f"{rounded or 0.0:.{places}f}"
        text = text.rstrip("0").rstrip(".") if places else text
    else:
        text = f"{value:.{places}f}"
    return text.replace("-", "−")


def decimals(shown: str, digits: int) -> int:
    """To how many decimals a number that is written to `digits` was rounded, with the zeros left out at its end."""
    mantissa, e, exponent = shown.partition("e")
    if e:
        return max(digits - 3, 0) - int(exponent.replace("−", "-"))
    return max(digits + 1 - len(mantissa.partition(".")[0].strip("−")), 0)


def _whole(value: float) -> str:
    """A number with all its digits."""
    mantissa, e, exponent = repr(float(value) or 0.0).partition("e")
    return (mantissa.removesuffix(".0") + (e and f"e{int(exponent)}")).replace("-", "−")


@lru_cache(maxsize=4096)
def fit_number(value: float, width: int, digits: int = 5) -> str:
    """A number with as many decimals, `digits` at most, as `width` characters hold; `#` where none do."""
    for decimals in range(digits, 0, -1):
        if len(text := number(value, decimals)) <= width:
            return text
    return "#" * width


@lru_cache(maxsize=4096)
def align_point(text: str, before: int) -> str:
    """Pad a number on the left so that its decimal point, or its end, stands after `before` characters."""
    return " " * (before - len(text.partition(".")[0].partition("e")[0])) + text


def with_count(count: int, noun: str) -> str:
    """`1 number`, `7 numbers`."""
    return f"{count} {noun}" + "s" * (count != 1)
