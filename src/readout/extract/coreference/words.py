"""Closed classes of words that coreference looks at."""

NEUTER, HUMAN, ANY = 4, 3, 7
GENDERS = {"m": 1, "f": 2}
"""Bits of what a gender may be."""
_FORMS = {
    1: ("i me my mine myself", 1, HUMAN, 1), 2: ("you your yours yourself", 2, ANY, 0),
    3: ("we us our ours ourselves", 1, ANY, 2),
    4: ("he him his himself", 3, 1, 1), 5: ("she her hers herself", 3, 2, 1),
    6: ("it its itself", 3, NEUTER, 1), 7: ("they them their theirs themselves themself", 3, ANY, 2),
    8: ("this that", 3, NEUTER, 1), 9: ("these those", 3, ANY, 2), 10: ("here there", 3, NEUTER, 1),
    11: ("yourselves", 2, ANY, 2), 12: ("em 'em ’em", 3, ANY, 2),
}  # fmt: skip
PRONOUNS: dict[str, tuple[int, int, int, int]] = {
    form: (number, person, gender, several)
    for number, (forms, person, gender, several) in _FORMS.items()
    for form in forms.split()
}
"""For each pronoun: which one, its person, its gender's bits, its number (1 one, 2 several, 0 either)."""
DETERMINERS = {"the": 1, "both": 1, "this": 2, "that": 2, "these": 2, "those": 2}
POSSESSED, INDEFINITE = 3, 4
"""1 definite, 2 demonstrative; after these, possessors, and all other determiners."""
SPEECH = frozenset(
    "say tell add announce warn deny claim argue insist note explain report urge call confirm vow think believe".split()
)
TIME_NOUNS = frozenset(
    "second minute hour day week month year decade century time morning evening night today date".split()
    + "tomorrow yesterday".split()
    + "monday tuesday wednesday thursday friday saturday sunday january february march april may june july".split()
    + "august september october november december moment period era".split()
)
