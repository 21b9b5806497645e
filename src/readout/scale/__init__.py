"""Reading on many machines: the same articles into the same record, by a Ray cluster (`pip install readout[ray]`)."""
