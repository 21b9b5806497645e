"""Who counts as a side: not one's own forces, nor the things that a crowd blocks or a promise is about.

The rules are those of the event set's guidelines (`datasets/events/GUIDELINES.md`, section 5).
"""

from typing import TYPE_CHECKING

from spacy.tokens import Token

from readout.extract.events.kinds import is_actor, kinds, parties
from readout.extract.events.slots import Slots

if TYPE_CHECKING:
    from readout.extract.events.reports import Party, Report

FORCES = frozenset({"TROOPS", "FORCE", "CRAFT", "ARMS", "WEAPON", "PEACEKEEPER"})
STRUCK = frozenset({"PLACE", "TARGET", "GROUND", "CRAFT", "PROPERTY", "INFRA"})
"""What is shelled, burned, raided or seized where nobody is named."""
TOWARDS = ("iobj", "with", "against", "on", "to", "from", "for", "over")
"""Slots of a content that name whom it is for or against."""


def undergoing(report: "Report", parties: "list[Party]") -> "list[Party]":
    """Those of the parties acted on that are sides of their own.

    Args:
        report: a report.
        parties: whom its slots or the encoder name.
    """
    return [party for party in parties if _is_side(report, party.filler)]


def _is_side(report: "Report", filler: Token) -> bool:
    if filler not in report.slots.get("obj"):
        return True
    found = kinds(filler)
    if report.type == "MOBILIZE":
        return {"STATE", "NAME"} <= found
    if report.mode == "withdraw" or (report.type == "AID" and report.slots.get("to")):
        return FORCES.isdisjoint(found)
    return report.type != "PROTEST" or is_actor(filler)


def struck(report: "Report") -> list[Token]:
    """The things and places that violence or coercion is done to: "fired on a raft", "burned the depot"."""
    if report.type not in ("ASSAULT", "COERCE") or report.is_nominal:
        return []
    slots = report.slots.get("obj", *(s for s in report.trigger.recipients if "|" not in s))
    return [t for t in slots if not STRUCK.isdisjoint(kinds(t))]


def meant(content: Slots) -> list[Token]:
    """Whom a content is for or against: "to lend Mali trucks", "to pull its troops out of Mali"; else whom it befalls.

    Args:
        content: the slots of what is demanded, promised or refused.
    """
    befallen = [t for t in content.get("obj") if is_actor(t)]
    others = [t for t in befallen if FORCES.isdisjoint(kinds(t))]
    named = [*others, *(t for t in content.get(*TOWARDS) if parties(t))]
    return named or befallen or content.get("obj", *TOWARDS) or content.get("in", "of")
