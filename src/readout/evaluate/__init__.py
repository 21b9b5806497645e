"""How well Readout reads: figures on the public development sets, and the floor they may not fall below.

Each module measures one area and offers `evaluate(shared[, nlp]) -> dict[str, float]`. `table.run` runs them, prints
one table and compares it with `quality_floor.json` (`floor`).
"""
