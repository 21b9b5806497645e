"""Identity and screening: who a name in the news is, and whether a sanctions list held them on that day."""
