"""Compiles grammar.toml to regular expressions over token classes, and matches them.

Every token becomes one character that stands for its set of word classes, so a rule is one regular expression over a
string as long as the text has tokens. Rules hold no repetition without a bound: matching is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from readout.extract.times.lexer import Token, lexicon, number_tags, table, tags_of, word_tags

ATOM = re.compile(r"""(?P<name>\w+)=|(?P<quoted>"[^"]*")|(?P<word>[A-Za-z]\w*)|(?P<mark>[()|?])|\s+""")
SINGULAR = {"units": "unit", "weekdays": "weekday", "dayparts": "daypart", "modern": "year"}
KINDS = ("ISO", "SLASH", "DOTTED", "FRACTION", "CLOCK", "DECADE", "QUARTER", "HALF", "FISCAL", "SHORTYEAR")
WEAK_WORDS = "the a an of in on and or to from at by for with as is was said this that it he his her its"
WEAK = frozenset(WEAK_WORDS.split()) | {
    ",", ".", "-", "–", "—", "(", ")", ":", ";", "/", "_", "%", "APOS", "BREAK",
}  # fmt: skip
"""What no rule matches without another word."""
GAP = Token("", 0, 0, frozenset(), False)


@dataclass(frozen=True)
class Rule:
    """One rule of the grammar, compiled."""

    name: str
    means: str
    regex: re.Pattern[str]
    constants: dict[str, Any]
    examples: list[list[str]]
    order: int


@dataclass
class Match:
    """Where a rule matched: its tokens, and the tokens of each named part."""

    rule: Rule
    first: int
    last: int
    """Index of the token behind the last one."""
    tokens: list[Token]
    parts: dict[str, list[Token]] = field(default_factory=dict)

    @property
    def text_words(self) -> list[str]:
        """The words of the whole match, in lower case."""
        return [token.text.lower() for token in self.tokens]

    def text(self, part: str) -> str:
        return " ".join(token.text.lower() for token in self.parts[part])

    def __contains__(self, part: str) -> bool:
        return part in self.parts

    def look(self, part: str) -> Any:
        """What the lexicon says the part's word stands for; words may be captured under a class of another name."""
        word = self.text(part)
        plural = lexicon().get(part.upper() + "S", {})
        return lexicon()[part.upper()].get(word, plural.get(word))


class Grammar:
    """The compiled rules, with the code of every set of classes that the lexer can give."""

    def __init__(self) -> None:
        self.data = table("grammar")
        self.literals = set(re.findall(r"(?<![\w=])[a-z]+(?![\w=])", self._source()))
        self.codes: dict[frozenset[str], str] = {}
        for tags in self._known_tags():
            self.codes.setdefault(tags, chr(0xE000 + len(self.codes)))
        self.macros: dict[str, str] = self.data["define"]
        strong = "".join(code for tags, code in self.codes.items() if not tags & WEAK)
        self.known, self.strong = re.compile(f"[{''.join(self.codes.values())}]+"), re.compile(f"[{strong}]")
        self.rules = [self._rule(n, order, r) for order, (n, r) in enumerate(self.data["rule"].items())]

    def _source(self) -> str:
        rules = (
            " ".join(str(rule.get(key, "")) for key in ("pattern", "after", "ahead"))
            for rule in self.data["rule"].values()
        )
        return " ".join([*self.data["define"].values(), *rules])

    def _known_tags(self) -> Iterator[frozenset[str]]:
        words = self.literals.union(*lexicon().values())
        for word in sorted(words):
            yield word_tags(word, False)
            yield word_tags(word, True)
        for size in range(10000):
            yield from (number_tags(shape) for shape in (f"{size}", f"{size:02d}", f"{size:04d}"))
        yield from (number_tags(shape) for shape in ("1.5", "1,000", "12345"))
        yield from (tags_of("ORDNUM", shape) for shape in ("1st", "45th"))
        yield from (frozenset({kind}) for kind in (*KINDS, "HOLIDAY", "APOS", "BREAK"))
        yield from (frozenset({mark}) for mark in re.findall(r'"([^"a-zA-Z0-9]+)"', self._source()))

    def encode(self, tokens: list[Token]) -> str:
        """One character a token; "." for tokens that no rule knows."""
        return "".join(self.codes.get(token.tags, ".") for token in tokens)

    def _rule(self, name: str, order: int, rule: dict[str, Any]) -> Rule:
        self.groups = 0
        after = f"(?:{self._regex(rule['after'])})" if "after" in rule else ""
        ahead = f"(?={self._regex(rule['ahead'])})" if "ahead" in rule else ""
        regex = re.compile(f"{after}(?P<core>{self._regex(rule['pattern'])}){ahead}")
        return Rule(name, rule["means"], regex, rule.get("with", {}), rule["examples"], order)

    def _regex(self, pattern: str) -> str:
        out, name = [], ""
        for atom in ATOM.finditer(pattern):
            if atom["name"]:
                name = atom["name"]
                continue
            if atom["mark"] or not atom.group().strip():
                out.append(self._open(name) if atom.group() == "(" else atom.group().strip())
            else:
                out.append(self._item(atom, name))
            name = name if not atom.group().strip() else ""
        return "".join(out)

    def _open(self, name: str) -> str:
        self.groups += 1
        return f"(?P<{name}__{self.groups}>" if name else "(?:"

    def _item(self, atom: re.Match[str], name: str) -> str:
        word = atom.group().strip('"').replace("\\", "")
        if word in self.macros and not atom["quoted"]:
            return f"{self._open(name)}{self._regex(self.macros[word])})"
        codes = "".join(code for tags, code in self.codes.items() if word in tags)
        if not codes:
            raise ValueError(f"grammar.toml names the class {word!r}, which no token has")
        title = name or (word.lower() if word.isupper() else "")
        return f"{self._open(title)}[{codes}])"

    def matches(self, tokens: list[Token]) -> list[Match]:
        """Matches of the rules that do not overlap, longest first, in text order."""
        kept = self._islands(self.encode(tokens))
        tokens = [tokens[index] if index >= 0 else GAP for index in kept]
        coded = self.encode(tokens)
        found = [(rule, m) for rule in self.rules for m in rule.regex.finditer(coded) if m["core"]]
        found.sort(key=lambda item: (len(item[1]["core"]), -item[0].order), reverse=True)
        taken = bytearray(len(tokens))
        chosen = []
        for rule, match in found:
            first, last = match.span("core")
            if not any(taken[first:last]):
                taken[first:last] = b"\1" * (last - first)
                chosen.append(self._match(rule, kept[first], match, tokens))
        return sorted(chosen, key=lambda match: match.first)

    def _islands(self, coded: str) -> list[int]:
        """Indices of the tokens where a rule may match, with -1 between them.

        No rule spans a token it does not know, and none is made of weak words alone ("of the"), so what lies between
        need not be searched.
        """
        kept: list[int] = []
        for island in self.known.finditer(coded):
            if self.strong.search(coded, *island.span()):
                kept += (*range(*island.span()), -1)
        return kept

    def _match(self, rule: Rule, first: int, match: re.Match[str], tokens: list[Token]) -> Match:
        low, high = match.span("core")
        parts: dict[str, list[Token]] = {}
        for name in match.re.groupindex:
            start, end = match.span(name)
            if start >= 0 and name != "core":
                part = name.split("__")[0]
                parts.setdefault(SINGULAR.get(part, part), tokens[start:end])
        return Match(rule, first, first + high - low, tokens[low:high], parts)


@cache
def grammar() -> Grammar:
    """The grammar, compiled once."""
    return Grammar()
