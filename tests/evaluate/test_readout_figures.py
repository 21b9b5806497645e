"""From the scorer's counts to percentages."""

from readout.evaluate.readouts import figures


def test_f1_where_something_can_be_spurious_and_recall_elsewhere() -> None:
    counts = {"statements": (6, 2, 4), "roles": (3, 1, 0), "expectations": (0, 0, 0)}
    assert figures(counts) == {"statements_f1": 66.67, "roles": 75.0, "expectations_f1": 100.0}
