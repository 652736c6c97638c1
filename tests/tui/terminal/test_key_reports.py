"""What terminals report is what Textual's parser takes, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recordings import RECORDINGS
from textual import events

from tui.app.terminal_driver import MessageReader
from tui.app.textual_private import PARSER
from tui.terminal.input_stream import InputStream
from tui.terminal.key_reports import translate_report

NUMBERS = st.one_of(st.sampled_from(["", "0", "1", "13", "97", "57409", "55296", "1114112", "9" * 30]),
                    st.integers(0, 70000).map(str))
REPORTS = st.builds("\x1b[{}{}".format, st.lists(st.lists(NUMBERS, max_size=4).map(":".join), max_size=4).map(";".join),
                    st.sampled_from("u~ABCDEFHPQRSZMmtcy"))


@pytest.mark.parametrize(("report", "expected"), [
    ("\x1b[97;;97u", "a"), ("\x1b[97:65;2;65u", "A"), ("\x1b[97:65;2u", "A"), ("\x1b[97;2u", "A"), ("\x1b[97u", "a"),
    ("\x1b[46u", "."), ("\x1b[49;2u", "\x1b[49;2u"), ("\x1b[97;65u", "a"), ("\x1b[229;3;229u", "å"),
    ("\x1b[0;;49:46:53u", "1.5"), ("\x1b[99;5u", "\x1b[99;5u"), ("\x1b[99;5;99u", "\x1b[99;5u"),
    ("\x1b[57409u", "."), ("\x1b[57410u", "/"), ("\x1b[57412;129u", "-"), ("\x1b[57399u", "0"),
    ("\x1b[57409;;44u", ","),
    ("\x1b[57414u", "\x1b[57414u"), ("\x1b[13u", "\x1b[13u"), ("\x1b[27;1:1u", "\x1b[27u"),
    ("\x1b[1;1:1C", "\x1b[1C"), ("\x1b[1;1:2C", "\x1b[1C"), ("\x1b[1;5C", "\x1b[1;5C"), ("\x1b[3~", "\x1b[3~"),
    ("\x1b[C", "\x1b[C"), ("\x1bOn", "\x1bOn"), ("\x1b[7$", "\x1b[7$"), ("\x1b[27;5;106~", "\x1b[106;5u"),
    ("\x1b[27;2;40~", "("), ("\x1bOl", ","), ("\x1bOX", "="), ("\x1b[1089::99u", "с"),
    ("\x1b[24;80R", "\x1b[24;80R"), ("\x1b[<0;40;12M", "\x1b[<0;40;12M"), ("\x1b[?2026;2$y", "\x1b[?2026;2$y"),
    *((nothing, "") for nothing in (
        "\x1b[1;1:3C", "\x1b[97;1:3u", "\x1b[1114112u", "\x1b[97;;1114112u", "\x1b[55296u", "\x1b[3u", "\x1b[57500u",
        "\x1b[97;0u", "\x1b[97;1:7u", "\x1b[99999999999999999999u", "\x1b[?62;4c", "\x1b[?2048;1$y",
        "\x1b[48;10;20;0;0t", "\x1b[<0;-1;-3M", "\x1b[65;30;97;1;0;1_", "\x1b[?25u")),
])
def test_a_report_is_what_textual_takes_or_nothing(report: str, expected: str) -> None:
    assert translate_report(report) == expected


@pytest.mark.parametrize(("data", "keys"), [
    (b"\x1b[57409u", [("full_stop", ".")]), (b"\x1bOo", [("slash", "/")]), (b"\x1bOm", [("minus", "-")]),
    (b"\x1bx\x1b1\x1b=", [("alt+x", None), ("alt+1", None), ("alt+equals_sign", None)]),
    (b"\x1b", [("escape", "\x1b")]), (b"\x1b[27u", [("escape", None)]),
    (b"\x1b[1;1:3C\x1b[C", [("right", None)]), (b"\x1b[?62;4cq", [("q", "q")]), (b"\x1b[200~", []),
    (b"\x1b[57414u", [("enter", "\r")]), (b"\x1b[E1", [("kp_begin", None), ("1", "1")]),
    (b"\x1b[99;5u\x03", [("ctrl+c", None), ("ctrl+c", "\x03")]),
])
def test_the_keys_of_bytes(data: bytes, keys: list[tuple[str, str | None]]) -> None:
    assert [(key.key, key.character) for key in messages(data) if isinstance(key, events.Key)] == keys


@given(REPORTS)
def test_no_report_ends_textual_s_parser(report: str) -> None:
    assert PARSER
    known = translate_report(report)
    for piece in [known] if known.startswith("\x1b") else known:
        list(PARSER().feed(piece))


@pytest.mark.parametrize("terminal", RECORDINGS)
def test_what_terminals_send_never_writes_what_is_no_text(terminal: str) -> None:
    """Answers, reports and keys write nothing but what their keys do."""
    data = b"".join(piece for piece in RECORDINGS[terminal] if piece.startswith(b"\x1b") and len(piece) > 2)
    written = "".join(message.character or "" for message in messages(data) if isinstance(message, events.Key))
    assert set(written) <= set("\x1b\r\t0123456789+-./=,aAmåфФ\u200d👩💻") | {"👨"}, written


def messages(data: bytes) -> list[object]:
    assert PARSER
    stream, reader = InputStream(), MessageReader(PARSER)
    return [message for unit in [*stream.feed(data), *stream.give_up()] for message in reader.messages(unit)]
