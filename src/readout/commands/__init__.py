"""Commands that are modules of their own."""
