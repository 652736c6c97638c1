"""What people write in TOML that it does not know, and what to write instead: a catalogue, as data."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from typing import Literal, NamedTuple

from engine.text.pasted import retype

MOST_OF_A_KIND = 4  # candidates
NEAR, LONGEST_TEXT = 500, 2_500  # characters
HEADER = re.compile(r"[ \t]*(?:\[[\w.-]+\]|\[\[[\w.-]+\]\])[ \t]*(?:#.*)?")

Repair = Callable[[re.Match[str]], str]


class Slip(NamedTuple):
    """What it is called; which part of the text it is; and that as it should be. `told` says what to do otherwise than
    by both; `where` it is: in the line that can't be read, before or at that place, or in the whole statement.
    """

    name: str
    pattern: str
    repair: Repair
    told: str = ""
    where: Literal["line", "before", "at", "statement"] = "line"


class Candidate(NamedTuple):
    """A slip that may be there: what stands at a place of the text, and what should."""

    start: int
    end: int
    new: str
    slip: Slip

    def repair(self, text: str) -> str:
        """The text with what should stand there."""
        return text[:self.start] + self.new + text[self.end:]


def _with(template: str) -> Repair:
    """What a match becomes, with `\\1` and the like for its groups."""
    return lambda match: match.expand(template)


def _divide(match: re.Match[str]) -> str:
    return f"{int(match[1]) / int(match[2]):.6g}" if int(match[2]) else match[0]


def _retype(match: re.Match[str]) -> str:
    """A number with a typographic sign or other digits, as a keyboard writes it."""
    return re.sub(r"(?<=[-+])\s+", "", retype(match[0])).replace(",", ".").replace("-.", "-0.")


def _divide_by_commas(match: re.Match[str]) -> str:
    """A list divided by semicolons: there a comma in a number is its point."""
    return re.sub("(?<=[0-9]),(?=[0-9])", ".", match[0]).replace(";", ",")


def _join_lines(match: re.Match[str]) -> str:
    """A table in braces without its line breaks and comments, and no comma behind the last value."""
    return re.sub(r",\s*\}", " }", re.sub(r"[^\S\n]*(?:#[^\n]*)?\n\s*", " ", match[0]))


_DASH, _QUOTES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d", "“”„‟«»‹›‘’‚‛＂＇`´″"
_DOUBLE = "“”„‟«»＂″"  # of these
_SPACES = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff"
_BEFORE, _BEHIND = r"(?:(?<=[=\[,{\s])|^)", r"(?=[^\S\n]*(?:[,\]}#]|$))"  # of a value
_END = r"(?![\w.]|,\S)"  # of a number that a comma and a space may follow
_WHOLE, _REAL = "[0-9]{1,15}", r"[0-9]+(?:\.[0-9]+)?"
_YES = "true|yes|on"
_WORDS = rf"[^\"'\n\[\]{{}}=#,{_QUOTES}]+"

SLIPS = (
    Slip("{character}", f"[{_SPACES}]+", _with(" "), "write a space"),
    Slip("{character}", r"[\x00-\x08\x0b-\x1f\x7f]+(?=.*\w)", _with(" "), "leave it out"),
    Slip("a comma in a key", r"(?<!\S)([bw][0-9]+,[0-9]+)(?=\s*=)", _with(r'"\1"')),
    Slip("decimal comma", r"(?<![\w.,])[-+]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+(?![\w.])",
         lambda match: match[0].replace(".", "").replace(",", ".")),
    Slip("comma in a number", r"(?<![\w.,])([-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+)(?![\w.])",
         lambda match: match[0].replace(",", "")),
    Slip("comma in a number", rf"(?<![\w.,])(-?[1-9][0-9]{{0,2}}),([0-9]{{3}}){_END}", _with(r"\1\2"),
         "write a point, or nothing, in its place"),
    Slip("decimal comma", rf"(?<![\w.,])([-+]?[0-9]+),([0-9]+(?:e[-+]?[0-9]+)?){_END}", _with(r"\1.\2")),
    Slip("decimal comma", rf"(?<![\w.,])([-+]?),([0-9]+){_END}", _with(r"\g<1>0.\2")),
    Slip("fraction", rf"(?<![\w./])([-+]?{_WHOLE}) ?[/⁄∕] ?({_WHOLE})(?![\w./])", _divide),
    Slip("power", rf"(?<![\w.])({_REAL}) ?(?:\^|\*\*) ?([0-9]{{1,2}})(?![\w.])",
         lambda match: f"{float(match[1]) ** int(match[2]):.6g}" if len(match[1]) < 4 else match[0]),
    Slip("fraction", r"(?<![\w./])([-+]?)([¼-¾⅐-⅞])(?![\w./])",
         lambda match: f"{match[1]}{unicodedata.numeric(match[2]):.6g}"),
    Slip("typographic minus", rf"{_BEFORE}[{_DASH}] ?[0-9]*[.,]?[0-9]+(?:e[-+{_DASH}]?[0-9]+)?", _retype),
    Slip("typographic minus", rf"{_BEFORE}-?{_REAL}[eE][{_DASH}][0-9]+", _retype),
    Slip("typographic quotes",
         rf"(?<==)[^\S\n]*[{_QUOTES}]{{1,3}}([^\"{_DOUBLE}\n]*\n[^\"{_DOUBLE}]*)[{_DOUBLE}]{{1,3}}",
         _with(r' """\1"""'), 'write """ before and behind it', "statement"),
    Slip("typographic quotes", rf"{_BEFORE}[{_QUOTES}]([^\n]{{0,300}}?)[{_QUOTES}\"]{_BEHIND}",
         lambda match: '"' + match[1].replace('"', "'") + '"'),
    Slip("typographic quotes", rf"[{_QUOTES}]{{1,3}}([^\"\n{_QUOTES}]*)[{_QUOTES}\"]{{1,3}}", _with(r'"\1"')),
    Slip("typographic quotes", rf"\"([^\"\n{_QUOTES}]*)[{_QUOTES}]", _with(r'"\1"')),
    Slip("two kinds of quotes", r"\"([^\"'\n]*)'", _with(r'"\1"')),
    Slip("two kinds of quotes", r"'([^\"'\n]*)\"", _with(r'"\1"')),
    Slip("no digit before the point", r"(?<![\w.])([-+]?)(\.[0-9]+(?:e[-+]?[0-9]+)?)(?![\w.])", _with(r"\g<1>0\2")),
    Slip("no digit behind the point", r"(?<![\w.])([-+]?[0-9]+\.)(?![0-9])", _with(r"\g<1>0")),
    Slip("a zero too many in front", rf"(?<![\w.])([-+]?)0+({_REAL})(?![\w.])", _with(r"\1\2")),
    Slip("a space behind the sign", rf"{_BEFORE}([-+]) +({_REAL})", _with(r"\1\2")),
    Slip("percent", rf"(?<![\w.])([-+]?{_REAL}) ?%", lambda match: f"{float(match[1]) / 100:.6g}"),
    Slip("digits of another width or script", rf"{_BEFORE}-?[^\W\D][^\s,\]}}#]*", _retype),
    Slip("true and false have no other spelling", rf"{_BEFORE}(?i:{_YES}|false|no|off)\b{_BEHIND}",
         lambda match: "true" if match[0].lower() in _YES.split("|") else "false"),
    Slip("text of several lines", r"(?<!\")\"(?!\")([^\"\\]*\n[^\"\\]*)\"{1,3}(?!\")", _with(r'"""\1"""'),
         'write """ for " before and behind it', "statement"),
    Slip("quotes missing", rf"(?<==)[^\S\n]*([^\W\d_]{_WORDS},{_WORDS}?)(?=\s*(?:#|$))", _with(r' "\1"')),
    Slip("a quote missing", rf"(?<==)[^\S\n]*([^\W\d_]{_WORDS},{_WORDS})\"(?=\s*(?:#|$))", _with(r' "\1"')),
    Slip("quotes missing", rf"(?<=[=\[,{{ \t])(?<!\n\[)(?<!\n\[\[)[^\W\d_][\w-]*(?: [\w-]+)*{_BEHIND}",
         _with(r'"\g<0>"')),
    Slip("a quote missing", rf"(?<![\w\"])\"([^\W\d][^\"',\]}}#\n=]*?){_BEHIND}", _with(r'"\1"')),
    Slip("a quote missing", rf"{_BEFORE}([^\W\d][^\"',\n=]*)\"{_BEHIND}", _with(r'"\1"')),
    Slip("a quote missing", r"\"[^\"\n]+(?<!\s)(?=\s*$)", _with(r'\g<0>"')),
    Slip("a space in a key", r"(?<!\S)([bw]) ([0-9]+)(?=\s*=)", _with(r"\1\2")),
    Slip("a space in a key", r"(?<!\S)([a-z]\w*) (\w+)(?=\s*=)", _with(r"\1_\2")),
    Slip("lowered digits", r"(?<!\S)([bw])([₀-₉]+)(?=\s*=)", lambda match: unicodedata.normalize("NFKC", match[0])),
    Slip("letters that need quotes in a key", r"(?<!\S)(?=\w*[^\x00-\x7f])[^\W\d]\w*(?=\s*=)", _with(r'"\g<0>"')),
    Slip("a prime in a key", r"(?<!\S)[^\W\d]\w*['′]+(?=\s*=)", _with(r'"\g<0>"')),
    Slip("colon", r"(?<=[\w\"'])\s*:=?[^\S\n]*", _with(" = "), "write = in its place"),
    Slip("two equals signs", r"==+", _with("="), "write one"),
    Slip("no equals sign", r"(?<!\S)([\w-]+|\"[^\"\n]*\") +(?=[-+\w.\"'\[{])", _with(r"\1 = "),
         "write = between the key and its value"),
    Slip("no value", r"=[^\S\n]*(?=[,}#]|$)", _with("= 0"), "write one behind ="),
    Slip("a comment", r"(?<!\S)(?://|;|--|%|/\*|<!--)", _with("#"), "write # before it"),
    Slip("a comment", r"^(?=[^\W\d_]+(?: [^\W\d_]+)+[.:!?]?\s*$)", _with("# "), "write # before it"),
    Slip("a comment", r"(?<=[0-9\]}\"'] )(?=[^\W\d_][^=\n\"'\[\]{}]*$)", _with("# "), "write # before it"),
    Slip("parentheses", r"\([^\n#]*\)", lambda match: match[0].replace("(", "[").replace(")", "]"),
         "write [ and ] in their place"),
    Slip("semicolons", r"\[[^\[\]\n#]*;[^\[\]\n#]*\]", _divide_by_commas),
    Slip("semicolons", r"\[[^\n#]*;[^\n#]*\]", _divide_by_commas,
         "write commas in their place, and points in numbers"),
    Slip("dots", r"(?:…|\.\.\.),?", _with(""), "write what they stand for"),
    Slip("a comma before }", r",(?=[^\S\n]*\})", _with(""), "leave it out"),
    Slip("a table in braces", r"\{[^{}\n]*\n[^{}]*\}", _join_lines, "write all of it in one line", "statement"),
    Slip("a backslash", r"\\+", lambda match: 2 * match[0], "write two in its place"),
    Slip("a bracket missing", r"^\s*(\[[^\[\]\n#]*?)(?=\s*(?:#|$))", _with(r"\1]")),
    Slip("a bracket too many", r"^\s*(\[[^\[\]\n#]*\])\]", _with(r"\1")),
    Slip("a bracket too many", r"^\s*\[(\[[^\[\]\n#]*\])(?!\])", _with(r"\1")),
    Slip("brackets missing", r"^\s*(\[\[[^\[\]\n#]*?)(?=\s*(?:#|$))", _with(r"\1]]")),
    Slip("a bracket missing", r"^\s*([\w.-]+\])(?=\s*(?:#|$))", _with(r"[\1")),
    Slip("a comma missing", "", _with(","), "write one here", "before"),
    *(Slip("a bracket missing", "", _with(f"{closing}"), f"write {closing} here", "before")
      for closing in ("]", "}", "]]", "}]", "]]]")),
    Slip("two keys in a line", r"[,;]?\s*([\w\"'.,-]+\s*=)", _with(r"\n\1"), "write a line for each", "at"),
    Slip("more than a value", rf"[,;\])}}]+{_BEHIND}", _with(""), "leave it out", "at"),
    Slip("a bracket missing", r"(?<==)[^\S\n]*(?=\[[^\[\]\n]*\],)", _with(" ["), "write [ here"),
    Slip("brackets missing", r"(?<==)[^\S\n]*([^\s\[{][^\n#]*,[^\n#]*?)(?=\s*(?:#|$))", _with(r" [\1]")),
    Slip("typographic quotes, and brackets missing",
         rf"(?<==)[^\S\n]*([{_QUOTES}][^\n#]*,[^\n#]*?)(?=\s*(?:#|$))",
         lambda match: " [" + re.sub(f"[{_QUOTES}]", '"', match[1]) + "]"),
    Slip("quotes in quotes", r"(?<==)[^\S\n]*\"((?:[^\"\n]*(?<=[\s(\"])\"\w[^\"\n=]*\")+[^\"\n]*)\"(?=\s*$)",
         lambda match: match[0][:-len(match[1]) - 1] + match[1].replace('"', "'") + '"'),
    Slip("quotes in quotes", r"(?<==)[^\S\n]*'([^\"\n]*\w'\w[^\"\n]*)'(?=\s*$)", _with(r' "\1"')),
)


def find_candidates(text: str, start: int, at: int, lists: Collection[str]) -> Iterator[Candidate]:
    """Every slip that may be what stops the reading at a place of the statement that begins at `start`, the likeliest
    first. `lists` are tables of which there may be many, in two brackets each.
    """
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    end = len(text) if end < 0 else end
    anchor = begin if start < begin and HEADER.fullmatch(text, begin, end) else at  # a table is no item of a list
    rest = re.search(r"\s*(?:#[^\n]*\s*)*\Z", text[max(start, anchor - NEAR):anchor])
    before = max(start, anchor - NEAR) + rest.start() if rest else anchor
    places = {"line": (begin, end), "statement": (start, min(len(text), at + LONGEST_TEXT)), "before": (before, before),
              "at": (at, end)}
    of_lists = (Slip("a list of tables", rf"^[ \t]*\[?\[({re.escape(name)})\]\]?(?=\s|$)", _with(r"[[\1]]"))
                for name in lists)
    for slip in (*of_lists, *SLIPS):
        first, last = places[slip.where]
        pattern = re.compile(slip.pattern, re.MULTILINE)
        found = pattern.finditer(text, first, last) if slip.where != "at" else \
            filter(None, [pattern.match(text, first, last)])
        matches = [match for match, _ in zip(found, range(NEAR), strict=False)]
        matches.sort(key=lambda match: max(match.start() - at, at - match.end(), 0))
        for match in matches[:MOST_OF_A_KIND]:
            if (new := slip.repair(match)) != match[0]:
                yield Candidate(match.start(), match.end(), new, slip)
