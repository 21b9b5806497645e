"""What is only the content of another event: what is demanded, refused or agreed has not happened by that."""

from typing import TYPE_CHECKING

from spacy.tokens import Token

from readout.extract import tree
from readout.extract.events.lexicon import belongs, lemma_of
from readout.extract.events.modality import modality

if TYPE_CHECKING:
    from readout.extract.events.reports import Report

ABSORBING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE"})
CONTENT = ("xcomp", "ccomp", "obj", "obl", "nmod", "conj", "advcl", "acl", "nsubj:pass")


def without_content(found: list["Report"]) -> list["Report"]:
    """The reports but for those that restate what another one says: "refused to meet" tells of no meeting.

    Args:
        found: in text order; each is told whose content it is part of (`part_of`).
    """
    by_token = {report.token.i: report for report in found}
    dropped: set[int] = set()
    for report in found:
        holder = report.part_of = _holder(report, by_token)
        if holder is None or holder.token.i in dropped:
            continue
        if report.slots.carrier is not None and report.slots.carrier.i == holder.token.i:
            dropped.add(holder.token.i if _tells_alone(report, holder) else report.token.i)
        elif _is_own_wish(report, holder) or _is_agreed_meeting(report, holder):
            dropped.add(holder.token.i)
        elif holder.type in ABSORBING or _is_affirmed(report, holder):
            dropped.add(report.token.i)
    return [report for report in found if report.token.i not in dropped]


def _tells_alone(noun: "Report", carrier: "Report") -> bool:
    """Whether the noun says all that its verb does: "held a vigil" is a vigil; "announced a visit" has occurred, the
    visit has not."""
    return noun.type == carrier.type and modality(noun.token) == modality(carrier.token)


def _is_agreed_meeting(report: "Report", holder: "Report") -> bool:
    """ "Agreed to meet in May": the meeting that is planned says it all."""
    return holder.type == "AGREE" and report.type == "CONSULT" and modality(report.token) == "planned"


def _is_own_wish(report: "Report", holder: "Report") -> bool:
    """ "Wants to thank them" asks nobody; "wants to be heard" and "wants them to leave" do."""
    wish = holder.type == "REQUEST" and belongs(lemma_of(holder.token), "WISH")
    own = tree.has_dep(report.token, "xcomp") and report.token.head.i == holder.token.i
    return wish and own and not tree.is_passive(report.token) and tree.object_of(holder.token) is None


def _is_affirmed(report: "Report", holder: "Report") -> bool:
    """ "Reaffirmed its commitment": what is affirmed is not another event."""
    return holder.type == "SUPPORT" and report.is_nominal and report.type in ("AGREE", "SUPPORT", "COOPERATE")


def _holder(report: "Report", by_token: dict[int, "Report"]) -> "Report | None":
    """The report whose content this one is part of: it governs it by complements, objects and phrases only."""
    here = report.token
    for upper in tree.ancestors(report.token):
        if not tree.has_dep(here, *CONTENT) or _is_modifier(here) or _is_other_clause(here):
            return None
        if upper.i in by_token and not _is_side(here):
            return by_token[upper.i]
        here = upper
    return None


def _is_modifier(clause: Token) -> bool:
    """Whether a clause describes a noun ("backed by the union") rather than giving its content ("a call to disarm")."""
    return tree.has_dep(clause, "acl:relcl") or (
        tree.has_dep(clause, "acl") and not tree.children(clause, "mark", "case")
    )


def _is_other_clause(token: Token) -> bool:
    """Whether a coordinated or adverbial clause tells something of its own rather than the content."""
    if tree.has_dep(token, "conj"):
        return token.pos_ == "VERB"
    return tree.has_dep(token, "advcl") and not (token.tag_ == "VB" or tree.child(token, "mark") is None)


def _is_side(token: Token) -> bool:
    """Whether a phrase gives time, place or cause and not the content."""
    return tree.has_dep(token, "obl") and tree.preposition(token) in (
        "after", "before", "during", "since", "following", "amid", "despite", "because of", "in", "at", "by",
    )  # fmt: skip
