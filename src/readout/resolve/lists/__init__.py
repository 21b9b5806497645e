"""Sanctions lists as their makers publish them, each of their versions kept, so that any day's state can be asked."""
