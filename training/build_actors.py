"""Writes `knowledge/data/actors_holders.tsv.xz`: holders of offices and known groups with dated PLOVER actor codes.

`python -m training.build_actors ../shared/data/names` reads the office holders (rows of Wikidata, CC0) and the
dictionary of the Phoenix project (MIT). Offices become sectors by the words of `actor_words.tsv`, CAMEO's actor codes
by `SECTORS`. A role that the dictionary leaves open is closed on the day on which the dictionary was last kept up.
"""

import gzip
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from readout.knowledge.actors import sectors_of_words
from readout.knowledge.countries import countries

OUT = Path(__file__).resolve().parents[1] / "src/readout/knowledge/data/actors_holders.tsv.xz"
PHOENIX_ENDS = "2014-12-31"
SETS = {
    "belarus": "BLR", "brazil": "BRA", "china": "CHN", "france": "FRA", "india": "IND", "indonesia": "IDN",
    "iran": "IRN", "israel": "ISR", "japan": "JPN", "kazakhstan": "KAZ", "kenya": "KEN", "mexico": "MEX",
    "nigeria": "NGA", "pakistan": "PAK", "russia": "RUS", "south-africa": "ZAF", "south-korea": "KOR",
    "sudan": "SDN", "taiwan": "TWN",
    "turkey": "TUR", "ukraine": "UKR", "united-kingdom": "GBR", "us-cabinet": "USA",
}  # fmt: skip
SECTORS = {
    "GOV": "GOV", "MIL": "MIL", "REB": "REB", "INS": "REB", "SEP": "REB", "OPP": "OPP", "PTY": "PTY", "COP": "COP",
    "JUD": "JUD", "SPY": "SPY", "MED": "JRN", "EDU": "EDU", "BUS": "BUS", "CRM": "CRM", "CVL": "CVL", "HLH": "MED",
    "HRI": "SOC", "LAB": "LAB", "REL": "REL", "REF": "REF", "AGR": "AGR", "ENV": "SOC", "DEV": "SOC", "LEG": "LEG",
    "UAF": "UAF",
}  # fmt: skip
BESIDE_GOV = {"MIL": "GOV MIL", "JUD": "JUD", "LEG": "LEG", "COP": "COP", "MED": "GOV JRN"}
"""What a sub-code of GOV becomes; all others name the portfolio of a minister."""
OLD_CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "KSV": "XKX", "YUG": "SRB", "GZS": "PSE"}
Row = tuple[str, str, str, str, str]


def office_rows(folder: Path) -> Iterator[Row]:
    """Rows of the office holders: names, country, sectors, first and last day."""
    for row in _lines(folder / "office_holders_to_2022.jsonl.gz"):
        country = next((code for start, code in SETS.items() if row["country_set"].startswith(start)), None)
        sectors = " ".join(sectors_of_words(row["position"]) or ("GOV",))
        if country and row.get("from"):
            yield row["person"], country, sectors, row["from"], row.get("to") or ""


def phoenix_rows(folder: Path) -> Iterator[Row]:
    """Rows of the Phoenix dictionary for persons, groups and bodies of a country."""
    for row in _lines(folder / "phoenix_actors.jsonl.gz"):
        for role in row.get("roles", ()):
            code = OLD_CODES.get(role["code"][:3], role["code"][:3])
            sectors = _sectors(role["code"][3:])
            if code in countries() and sectors and (role.get("from") or "1900") < PHOENIX_ENDS:
                names = "|".join(dict.fromkeys([row["name"], *row.get("aliases", ())]))
                dated = role.get("from") or role.get("to")
                yield names, code, sectors, role.get("from") or "", role.get("to") or (PHOENIX_ENDS if dated else "")


def _sectors(rest: str) -> str | None:
    parts = [rest[i : i + 3] for i in range(0, len(rest), 3)]
    if not parts or parts[0] not in SECTORS:
        return None
    second = parts[1] if len(parts) > 1 else ""
    return BESIDE_GOV.get(second, "GOV") if parts[0] == "GOV" else SECTORS[parts[0]]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def main(folder: Path) -> None:
    """Write the table."""
    table = sorted({*office_rows(folder), *phoenix_rows(folder)})
    text = "".join("\t".join(field.replace("\t", " ") for field in row) + "\n" for row in table)
    OUT.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(table)} rows, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
