"""What a terminal sends, cut into what belongs together: characters, whole control sequences (ECMA-48, section 5.4,
and what terminals make of it), pastes. Bytes may come split anywhere. Sequences that mean nothing are left out; of
texts nothing is, or another number might be left: a byte that is no UTF-8 is a character of the locale's, or `�`.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

ESCAPE, BELL = 0x1B, 0x07
PASTE_BEGINS, PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
OLD_MOUSE = b"\x1b[M"  # three bytes from 0x20 on follow: X10's report of the mouse
LINUX_FUNCTION_KEY = b"\x1b[["  # a letter follows
KEY_ALONE = re.compile(rb"\x03|\x1b(\[[0-?]*[@-~]|O[@-~])")  # ctrl+c, or one that is reported by a sequence
LONGEST_SEQUENCE, LONGEST_PASTE = 256, 1 << 16  # bytes; the rest is left out
SECONDS_FOR_ESCAPE = 0.1  # after which it was the key, and no sequence begins
SECONDS_FOR_REST = 0.5  # after which what has begun does not go on: a slow line may hold it up so long


class Pasted(NamedTuple):
    """A text that was pasted."""

    text: str


Unit = str | Pasted  # a character, Esc and a character (alt), Esc alone, a sequence from its Esc to its last byte
State = Callable[[int], Iterator[Unit]]  # what the next byte brings


class InputStream:
    """Cuts bytes into units. What has begun and does not go on for `patience` seconds is to be given up."""

    def __init__(self, encoding: str = "utf-8") -> None:
        """The locale's."""
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._begun = bytearray()  # of a sequence or a paste
        self._state: State = self._ground

    @property
    def patience(self) -> float | None:
        """Seconds; None where nothing has begun."""
        if self._state == self._ground and not self._decoder.getstate()[0]:
            return None
        return SECONDS_FOR_ESCAPE if self._state in (self._escape, self._introducer) else SECONDS_FOR_REST

    def feed(self, data: bytes) -> Iterator[Unit]:
        """The units that these bytes end. A paste ends with a key, too, that comes alone."""
        if self._state == self._paste and KEY_ALONE.fullmatch(data) and data != PASTE_ENDS:
            yield from self.give_up()
        for byte in data:
            yield from self._state(byte)

    def give_up(self) -> Iterator[Unit]:
        """What has begun, as far as it means something without its rest."""
        state, begun, undecoded = self._state, bytes(self._begun), self._decode(b"", is_last=True)
        self._turn_to(self._ground)
        if state == self._ground:
            yield from undecoded
        elif state == self._escape:
            yield "\x1b" + undecoded
        elif state in (self._sequence, self._introducer):
            yield from self._whole(begun)
        elif state == self._paste:
            key = begun[-1:] if begun.endswith((b"\x1b", b"\x03")) else b""
            yield Pasted(self._decode(begun.removesuffix(key), is_last=True))
            yield from key.decode()

    def _turn_to(self, state: State, begun: bytes = b"") -> None:
        self._decoder.reset()
        self._state, self._begun = state, bytearray(begun)

    def _again(self, byte: int) -> Iterator[Unit]:
        """A byte that can't go on what has begun begins something."""
        self._turn_to(self._ground)
        yield from self._ground(byte)

    def _ground(self, byte: int) -> Iterator[Unit]:
        if byte == ESCAPE:
            yield from self._decode(b"", is_last=True)
            self._turn_to(self._escape)
        else:
            yield from self._decode(bytes([byte]))

    def _escape(self, byte: int) -> Iterator[Unit]:
        if byte == ESCAPE:
            yield "\x1b" + self._decode(b"", is_last=True)
        elif byte in b"[O":
            self._turn_to(self._sequence, bytes([ESCAPE, byte]))
        elif byte in b"]P_^X":
            self._turn_to(self._introducer, bytes([ESCAPE, byte]))
        elif characters := self._decode(bytes([byte])):
            self._turn_to(self._ground)
            yield "\x1b" + characters[0]
            yield from characters[1:]

    def _sequence(self, byte: int) -> Iterator[Unit]:
        if not 0x20 <= byte <= 0x7E:
            yield from self._again(byte)
            return
        if len(self._begun) < LONGEST_SEQUENCE:
            self._begun.append(byte)
        if self._begun == OLD_MOUSE:
            self._state = self._old_mouse
        elif byte >= 0x40 and self._begun != LINUX_FUNCTION_KEY:
            begun = bytes(self._begun)
            self._turn_to(self._ground)
            yield from self._whole(begun)

    def _whole(self, sequence: bytes) -> Iterator[Unit]:
        if sequence == PASTE_BEGINS:
            self._turn_to(self._paste)
        elif sequence != PASTE_ENDS and len(sequence) < LONGEST_SEQUENCE:
            yield sequence.decode("ascii")

    def _old_mouse(self, byte: int) -> Iterator[Unit]:
        self._begun.append(byte)
        if byte < 0x20:
            yield from self._again(byte)
        elif len(self._begun) == len(OLD_MOUSE) + 3:
            self._turn_to(self._ground)

    def _introducer(self, byte: int) -> Iterator[Unit]:
        """A string, or a key with alt, behind which the next one comes."""
        self._state = self._string
        yield from self._string(byte)

    def _string(self, byte: int) -> Iterator[Unit]:
        """An answer to a question that nobody asked: left out up to its end."""
        if byte == BELL:
            self._turn_to(self._ground)
        elif byte == ESCAPE:
            self._turn_to(self._end_of_string)
        elif byte < 0x20:
            yield from self._again(byte)

    def _end_of_string(self, byte: int) -> Iterator[Unit]:
        if byte == ord("\\"):
            self._turn_to(self._ground)
        else:
            self._turn_to(self._escape)
            yield from self._escape(byte)

    def _paste(self, byte: int) -> Iterator[Unit]:
        self._begun.append(byte)
        del self._begun[LONGEST_PASTE:-len(PASTE_ENDS)]
        if self._begun.endswith(PASTE_ENDS):
            begun = bytes(self._begun[:-len(PASTE_ENDS)])
            self._turn_to(self._ground)
            yield Pasted(self._decode(begun, is_last=True))

    def _decode(self, data: bytes, is_last: bool = False) -> str:
        return re.sub("[\udc80-\udcff]", self._decode_stray, self._decoder.decode(data, is_last))

    def _decode_stray(self, byte: re.Match[str]) -> str:
        """The character of a byte that is no UTF-8."""
        character = byte[0].encode("utf-8", "surrogateescape").decode(self._encoding, "replace")
        return character if character.isprintable() or character == "\u00a0" else "\ufffd"
