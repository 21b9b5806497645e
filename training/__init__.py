"""How the shipped model is made, from data to file: `python -m training.train`, then `python -m training.export`."""
