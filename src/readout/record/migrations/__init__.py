"""How a record made by an earlier Readout is brought up to date."""
