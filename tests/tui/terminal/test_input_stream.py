"""Bytes are cut into what belongs together, however they come; what means nothing is left out."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recordings import RECORDINGS

from tui.terminal.input_stream import (
    LONGEST_PASTE,
    LONGEST_SEQUENCE,
    PASTE_BEGINS,
    SECONDS_FOR_ESCAPE,
    InputStream,
    Pasted,
    Unit,
)

PIECES = [piece for recording in RECORDINGS.values() for piece in recording]
STREAMS = st.lists(st.one_of(st.binary(max_size=8), st.sampled_from(PIECES)), max_size=12).map(b"".join)


def units(*pieces: bytes) -> list[Unit]:
    stream = InputStream()
    return [unit for piece in pieces for unit in stream.feed(piece)] + list(stream.give_up())


@pytest.mark.parametrize(("data", "expected"), [
    (b"0.3\r", ["0", ".", "3", "\r"]),
    ("−∂".encode(), ["−", "∂"]),
    (b"2\xd70.5\xe9", ["2", "�", "0", ".", "5", "�"]),
    (b"a\xed\xa0\x80c\xf4\x90\x80\x80d", ["a", *"���", "c", *"����", "d"]),
    (b"\x1b", ["\x1b"]),
    (b"\x1b\x1b[A", ["\x1b", "\x1b[A"]),
    (b"\x1bx\x1b\xc3\xa9\x1b\r", ["\x1bx", "\x1bé", "\x1b\r"]),
    (b"\x1b\xe9", ["\x1b�"]),
    (b"\x1b\xffx", ["\x1b�", "x"]),
    (b"\x1b[C\x1bOC\x1b[1;5C\x1b[Z\x1b[[A", ["\x1b[C", "\x1bOC", "\x1b[1;5C", "\x1b[Z", "\x1b[[A"]),
    (b"\x1b[1;\x1b[Cx", ["\x1b[C", "x"]),
    (b"\x1b[1;\rx", ["\r", "x"]),
    (b"\x1b[3$", ["\x1b[3$"]),
    (b"\x1b[" + b"9" * LONGEST_SEQUENCE + b"ux", ["x"]),
    (b"\x1b[M \xe9\xffx", ["x"]),
    (b"\x1b[M ", []),
    (b"\x1b]11;rgb:0/0/0\x07x\x1b]11;rgb:0/0/0\x1b\\y\x1bP>|a\x1b\\z", ["x", "y", "z"]),
    (b"\x1b]52;c;\x1b[Cx", ["\x1b[C", "x"]),
    (b"\x1b]52;c;\rx", ["\r", "x"]),
    (b"\x1b[200~0.3\r0.9\x1b[201~x", [Pasted("0.3\r0.9"), "x"]),
    (b"\x1b[200~\xe9a\x1b[C\x1b[201~", [Pasted("�a\x1b[C")]),
    (b"\x1b[200~0.3", [Pasted("0.3")]),
    (b"\x1b[201~x", ["x"]),
])
def test_bytes_are_cut_into_what_belongs_together(data: bytes, expected: list[Unit]) -> None:
    assert units(data) == expected


@given(STREAMS.filter(lambda data: PASTE_BEGINS not in data), st.lists(st.integers(0, 60), max_size=6))
def test_it_makes_no_difference_where_they_are_split(data: bytes, places: list[int]) -> None:
    places = sorted({0, *places, len(data)})
    assert units(*(data[start:end] for start, end in pairwise(places))) == units(data)


@pytest.mark.parametrize("size", range(1, 12))
def test_nor_where_a_paste_is_split(size: int) -> None:
    data = "x\x1b[200~−0.3\r\n0.9\x1b[201~y".encode()
    assert units(*(data[k:k + size] for k in range(0, len(data), size))) == ["x", Pasted("−0.3\r\n0.9"), "y"]


def test_what_has_begun_is_waited_for_and_nothing_else_is() -> None:
    stream = InputStream()
    assert stream.patience is None
    for begun in (b"\x1b", b"\x1b[1", b"\x1bO", b"\x1b]11;", b"\x1b[M!", b"\x1b[200~0.3"):
        list(stream.feed(begun))
        assert stream.patience
        list(stream.give_up())
        assert stream.patience is None


@pytest.mark.parametrize(("key", "after"), [(b"\x1b", ["\x1b"]), (b"\x1b[C", ["\x1b[C"]), (b"\x1b[27u", ["\x1b[27u"])])
def test_a_key_ends_a_paste_that_does_not_end(key: bytes, after: list[str]) -> None:
    assert units(b"\x1b[200~0.3", key) == [Pasted("0.3"), *after]


def test_ctrl_c_ends_a_paste_that_does_not_end() -> None:
    assert units(b"\x1b[200~0.3", b"\x03", b"x") == [Pasted("0.3"), "\x03", "x"]
    assert units(b"\x1b[200~0.3\x03") == [Pasted("0.3"), "\x03"]


@pytest.mark.parametrize("pieces", [(b"0.3", b"\x1b[31mqq"), (b"0.3\x03", b"q1"), (b"0.3\x1b", b"[31m")])
def test_what_only_looks_like_a_key_belongs_to_the_paste(pieces: tuple[bytes, ...]) -> None:
    assert units(b"\x1b[200~", *pieces, b"\x1b[201~") == [Pasted(b"".join(pieces).decode())]


@pytest.mark.parametrize("begun", [b"\x1b", b"\x1bP", b"\x1b]", b"\x1b^"])
def test_what_can_be_a_key_is_not_waited_for_long(begun: bytes) -> None:
    stream = InputStream()
    assert list(stream.feed(begun)) == []
    assert stream.patience == SECONDS_FOR_ESCAPE
    assert list(stream.give_up()) == [begun.decode()]


def test_of_a_paste_no_more_is_kept_than_anybody_needs() -> None:
    stream = InputStream()
    assert list(stream.feed(b"\x1b[200~" + b"1" * 3 * LONGEST_PASTE)) == []
    (paste, after) = stream.feed(b"\x1b[201~x")
    assert isinstance(paste, Pasted)
    assert len(paste.text) <= LONGEST_PASTE
    assert after == "x"


def test_a_byte_that_is_no_utf_8_is_a_character_of_the_locale_s_and_never_left_out() -> None:
    stream = InputStream("iso8859-1")
    assert list(stream.feed("2×0".encode("latin-1"))) == ["2", "×", "0"]
    assert list(stream.feed(b"\x1b[200~\x960.1\xa05\x1b[201~")) == [Pasted("�0.1\u00a05")]  # cp1252's dash
    assert list(stream.feed("−∂".encode())) == ["−", "∂"]
    assert list(stream.feed(b"\xd7")) == []
    assert stream.patience
    assert list(stream.give_up()) == ["×"]
