"""The figures on public annotations, which must not fall; needs the shared data beside the repository."""

import os
from pathlib import Path

import pytest

from readout.evaluate import times as evaluation

SHARED = Path(os.environ.get("READOUT_SHARED", Path(__file__).parents[2].parent / "shared"))
FLOORS = {"strict": 85.0, "relaxed": 92.0, "type": 88.0, "value": 78.0}
DOCUMENTS = 60


@pytest.mark.skipif(not (SHARED / "data" / "time").is_dir(), reason="the shared data sets are not here")
def test_timebank_scores_stay_above_their_floors() -> None:
    judge = evaluation.scorer(SHARED)
    documents = evaluation.documents(SHARED / "data" / "time" / "timebank.jsonl.gz")[:DOCUMENTS]
    gold = {document["id"]: document for document in documents}
    result, _ = judge.score(gold, {key: evaluation.predict(document) for key, document in gold.items()})
    for measure, floor in FLOORS.items():
        assert result[measure]["f1"] >= floor, measure
