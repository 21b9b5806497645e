"""The PLOVER codebook: types, quad classes, CAMEO both ways."""

import pytest

from readout.knowledge.codebook import codebook


def test_has_the_sixteen_types_in_four_quads():
    types = codebook().types
    assert len(types) == 16
    assert {t.quad for t in types.values()} == set(codebook().quads) == {1, 2, 3, 4}
    assert (codebook().quad("CONSULT"), codebook().quad("ASSAULT")) == (1, 4)


def test_every_type_and_mode_has_a_definition_and_a_score():
    for name, event_type in codebook().types.items():
        assert event_type.definition and -10 <= event_type.score <= 10, name
        for mode in event_type.modes.values():
            assert mode.meaning and (mode.score is None or -10 <= mode.score <= 10), (name, mode.name)


def test_unknown_type_is_refused():
    with pytest.raises(KeyError):
        codebook().quad("DANCE")


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (("CONSULT", "visit"), "042"),
        (("CONSULT", "phone"), "041"),
        (("ASSAULT", "aerial"), "195"),
        (("COERCE", "arrest"), "173"),
        (("SANCTION", "discontinue"), "163"),
        (("AID", None, ["military"]), "072"),
        (("AGREE",), "030"),
        (("DANCE",), None),
    ],
)
def test_cameo_code_of_an_event(event: tuple, code: str | None):
    assert codebook().to_cameo(*event) == code


def test_an_appeal_is_no_demand():
    book = codebook()
    assert book.to_cameo("REQUEST", "assist", ["economic"], appealed=True) == "023"
    assert book.to_cameo("REQUEST", appealed=True) == "020"
    assert book.to_cameo("AID", None, ["military"], appealed=True) == "072"
    assert book.from_cameo("0232").type == "REQUEST"


def test_every_cameo_code_leads_to_a_known_type_and_mode():
    book = codebook()
    for cameo in book.cameo:
        assert cameo.mode is None or cameo.mode in book.types[cameo.type].modes, cameo
        assert cameo.contexts <= book.contexts.keys(), cameo


def test_cameo_sub_code_unknown_to_the_table_is_read_as_its_parent():
    assert codebook().from_cameo("0719").code == "071"
    assert codebook().from_cameo("18").type == "ASSAULT"
    assert codebook().from_cameo("999") is None


@pytest.mark.parametrize(
    ("type_name", "status", "coded"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("RETREAT", "planned", "AGREE"),
        ("SANCTION", "planned", "THREATEN"),
        ("AGREE", "denied", "REJECT"),
        ("ACCUSE", "planned", "ACCUSE"),
        ("CONSULT", "occurred", "CONSULT"),
    ],
)
def test_plover_files_what_is_announced_or_refused_under_another_type(type_name: str, status: str, coded: str):
    assert codebook().coded(type_name, status) == coded
