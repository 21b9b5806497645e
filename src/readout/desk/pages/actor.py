"""Actor: the names it goes by, its roles, relations, sanctions, events and words, and who is seen with it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from readout.desk.asked import Asked, Words
from readout.desk.page import Connection, LineOut, Shown, page
from readout.record.questions import Line, network, sanctioned, statements, timeline, who

FACTS = ("name", "role", "relation", "seen with")
SHOWN = 20
"""Events and statements that the page shows; their own pages have all."""
MOST_NODES = 300
"""Nodes of the network that are drawn; a table shows what is beyond."""
router = APIRouter()


class ActorAsked(Asked):
    """Whose page it is."""

    name: Words = Field(title="Name", description="a full name in any spelling, a surname, or any name of a country")
    limit: int = Field(200, ge=1, le=1000, title="Lines")


class ActorOut(BaseModel):
    """What the record has of somebody, each line with its words."""

    name: str
    names: list[LineOut]
    roles: list[LineOut]
    relations: list[LineOut]
    seen_with: list[LineOut]
    sanctions: list[LineOut]
    events: list[LineOut]
    statements: list[LineOut]


class Node(BaseModel):
    """One of a network."""

    id: str
    name: str
    kind: str
    events: int


class Edge(BaseModel):
    """Two of a network, and in how many events both take part."""

    one: str
    other: str
    events: int


class Graph(BaseModel):
    """A network; the first node is the one asked for."""

    nodes: list[Node]
    edges: list[Edge]
    more: bool


@page(router, "/actor", "actor.html", answers=ActorOut, exports=("csv", "ftm", "jsonld"))
def actor(connection: Connection, asked: Annotated[ActorAsked, Query()]) -> Shown:
    """Everything the record has of somebody."""
    found = who(connection, asked.name, asked.filters())
    facts = {fact: [line for line in found.lines if line.what["fact"] == fact] for fact in FACTS}
    few = asked.changed(limit=SHOWN)
    events = timeline(connection, few.filters(), asked.name)
    said = statements(connection, few.filters(), asked.name)
    listed = sanctioned(connection, asked.filters(), asked.name)
    around = network(connection, asked.name, asked.changed(limit=MOST_NODES).filters(), tied=False)
    name = str(facts["name"][0].what["name"]) if facts["name"] else asked.name
    parts: dict[str, list[Line]] = {
        "names": facts["name"], "roles": facts["role"], "relations": facts["relation"], "seen_with": facts["seen with"],
        "sanctions": listed.lines, "events": events.lines[::-1], "statements": said.lines,
    }  # fmt: skip
    data: dict[str, Any] = {"name": name} | {part: [line.as_dict() for line in lines] for part, lines in parts.items()}
    lines = [line for part in parts.values() for line in part]
    more = {"events": events.more, "statements": said.more}
    context = {"asked": asked, "parts_of": parts, "more_of": more, "around": around}
    return Shown(name, data, lines, context=context)


@router.get("/actor/network.json", tags=["actor"], summary="Who takes part in events with somebody")
def graph(connection: Connection, asked: Annotated[ActorAsked, Query()]) -> Graph:
    """The network around somebody, as it is drawn."""
    found = network(connection, asked.name, asked.changed(limit=min(asked.limit, MOST_NODES)).filters())
    ego = found.names[0]
    nodes = [Node(id=ego, name=asked.name, kind="self", events=sum(one.events for one in found.partners))]
    nodes += [Node(id=one.folded, name=one.name, kind=one.kind, events=one.events) for one in found.partners]
    edges = [Edge(one=ego, other=one.folded, events=one.events) for one in found.partners]
    edges += [Edge(one=tie.one, other=tie.other, events=tie.events) for tie in found.ties]
    return Graph(nodes=nodes, edges=edges, more=found.more)
