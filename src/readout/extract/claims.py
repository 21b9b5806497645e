"""A claim: that the text gives one thing a relation to another."""

from dataclasses import dataclass

from spacy.tokens import Token

from readout.schema import RelationType

BRANCHES: dict[str, RelationType] = {
    **dict.fromkeys(("branch", "subsidiary", "affiliate", "offshoot", "outpost", "chapter"), "branch_of"),
    **dict.fromkeys(
        ("part", "unit", "arm", "division", "department", "wing", "section", "component", "faction", "brand"), "part_of"
    ),
    **dict.fromkeys(("member", "senator", "signatory"), "member_of"),
    **dict.fromkeys(("employee", "staffer"), "works_for"),
    **dict.fromkeys(
        ("capital", "city", "town", "village", "suburb", "district", "region", "province", "port", "island"),
        "located_in",
    ),
}
"""Nouns that relate their bearer to what follows in an "of" phrase, or to their possessor."""


@dataclass
class Claim:
    """That one thing has a relation to another, and the words `[start, end)` in tokens that say so."""

    source: Token
    type: RelationType
    target: Token
    start: int
    end: int
