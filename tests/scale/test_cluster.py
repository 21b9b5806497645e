"""Articles on a cluster: in order, bounded, none lost when readers die. A stand-in for Ray dies where it is told to."""

import importlib.util
import sys
from types import SimpleNamespace

import pytest
from tests.record.making import OTHER, REPORT

from readout.errors import ContentError, OptionError
from readout.ingest import article_from_text
from readout.ingest.intake import Intake
from readout.reading import Failure
from readout.scale import cluster
from readout.schema import Readout


class DiedError(Exception):
    """What Ray raises for an actor that is gone."""


class Ref(SimpleNamespace):
    """What stands for an answer to come; hashed by what it is, not by what it holds."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


class Stand:
    """Ray with actors that read nothing: each answers the article's name, or dies of it.

    Args:
        deadly: for each name, how many readers die of it.
        start: how many actors die while they start.
    """

    def __init__(self, deadly: dict[str, int] | None = None, start: int = 0) -> None:
        self.deadly, self.start = dict(deadly or {}), start
        self.made = self.most_in_flight = self.in_flight = 0
        self.exceptions = SimpleNamespace(RayError=DiedError, RayActorError=DiedError, RayTaskError=KeyError)

    def remote(self, **_: object):
        return lambda _: SimpleNamespace(remote=self._actor)

    def _actor(self, _: object):
        self.made += 1
        state = SimpleNamespace(dead=self.made <= self.start)

        def read(intake):
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
            return Ref(state=state, value=intake.name, reads=True)

        ready = Ref(state=state, value=True, reads=False)
        return SimpleNamespace(ready=SimpleNamespace(remote=lambda: ready), read=SimpleNamespace(remote=read))

    def wait(self, refs, **_: object):
        refs = sorted(refs, key=lambda ref: ref.reads)  # what starts is ready first
        return ([refs[-1]] if refs[0].reads else [refs[0]]), []  # the last of those in work, so out of order

    def get(self, ref):
        if ref.reads:
            self.in_flight -= 1
            if not ref.state.dead and self.deadly.get(ref.value, 0):
                self.deadly[ref.value] -= 1
                ref.state.dead = True
        if ref.state.dead:
            raise DiedError("gone")
        return ref.value


def intakes(count: int):
    article = article_from_text(REPORT, verbatim=True)
    return [Intake(f"n{n}", f"id{n}", article) for n in range(count)]


def read(stand: Stand, given, workers: int = 3) -> list[object]:
    return list(cluster._Stream(stand, iter(given), None, workers).outcomes())


def test_outcomes_keep_their_order_and_work_is_bounded() -> None:
    stand = Stand()
    assert read(stand, intakes(200)) == [f"n{n}" for n in range(200)]
    assert stand.most_in_flight <= 3 * cluster.IN_HAND


def test_what_a_dead_reader_had_in_hand_is_read_again() -> None:
    stand = Stand({"n3": 1, "n7": 2})
    assert read(stand, intakes(20)) == [f"n{n}" for n in range(20)]
    assert stand.made > 3


def test_an_article_that_kills_every_reader_is_one_failure() -> None:
    found = read(Stand({"n4": 99}), intakes(10))
    failed = [one for one in found if isinstance(one, Failure)]
    assert [failure.name for failure in failed] == ["n4"]
    assert "died 3 times" in str(failed[0].error)
    assert len(found) == 10


def test_what_could_not_be_taken_in_needs_no_reader() -> None:
    bad = Intake("x", None, None, ContentError("x: holds nothing"))
    found = read(Stand(), [bad, *intakes(2), bad])
    assert [isinstance(one, Failure) for one in found] == [True, False, False, True]


def test_readers_that_cannot_start_are_said_so() -> None:
    with pytest.raises(OptionError, match="cannot start"):
        read(Stand(start=1000), intakes(2))


def test_without_ray_it_says_how_to_get_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(OptionError, match=r"readout\[ray\]"):
        list(cluster.outcomes(intakes(1)))


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed (pip install readout[ray])")
def test_a_cluster_of_this_machine_reads() -> None:
    given = [Intake("a", "a", article_from_text(REPORT, verbatim=True)), Intake("b", "b", article_from_text(OTHER))]
    found = list(cluster.outcomes(given, workers=1))
    assert [one.id for one in found if isinstance(one, Readout)] == ["a", "b"]
    assert found[0].statements
