"""Hostile input: fuzzed files of every format that is taken in. Does it crash, does it grow, is each reported?

    python benchmarks/fuzz.py [--files 500] [--seed 11] [--longest 1000000000]

Makes files that are cut, bent byte by byte, bombs of nested or swollen archives, archives whose members climb out of
them, XML that defines entities in entities, text in wrong encodings, and one line of a gigabyte; then has `readout
add` take the whole folder in, with a model that has learnt nothing, and counts. The exit status is 1 where the
process died, took more than the memory allowed, wrote outside its folder, or passed a file over in silence.
"""

import argparse
import gzip
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

from kill9 import REPORTS, untrained

from readout.ingest.fetch import Fetcher
from readout.ingest.gather import Gathering

MEMORY = 1_500_000_000
"""Bytes of resident memory that the process may take."""
Maker = Callable[[random.Random, str], bytes]


def main() -> int:
    """Make, take in, count."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder, model, db = Path(name, "in"), Path(name, "model"), Path(name, "r.sqlite")
        folder.mkdir()
        untrained().to_disk(model)
        files = write(folder, options.files, options.seed)
        if options.longest:
            files.append(_long_line(folder / "long.jsonl", options.longest))
        command = [sys.executable, "-m", "readout", "add", str(folder), "--db", str(db), "--model", str(model)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        strangers = {path.name for path in Path(name).iterdir()} - {"in", "model", db.name}
        silent = [path.name for path in files if path.stat().st_size < MEMORY // 10 and not _is_told(path)]
    told = [line for line in done.stderr.splitlines() if line.startswith("readout: ")]
    faults = [line for line in told if "fault of Readout" in line]
    print(f"{len(files)} files: exit status {done.returncode}; {done.stdout.strip()}")
    print(f"{memory / 1e6:,.0f} MB at most (allowed {MEMORY / 1e6:,.0f}); written outside: {strangers or 'nothing'}")
    print(f"passed over in silence: {silent or 'none'}; faults of Readout: {faults or 'none'}")
    died = done.returncode not in (0, 1) or "articles:" not in done.stdout
    return int(died or memory > MEMORY or bool(strangers) or bool(silent) or bool(faults))


def _is_told(path: Path) -> bool:
    """Whether a file gives an article, or the reason why there is none."""
    with closing(Fetcher(types=None)) as fetcher:
        return any(one.is_news for one in Gathering(fetcher).take([path]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument(
        "--longest", type=int, default=1_000_000_000, help="bytes of the one long line; 0 leaves it out"
    )
    return parser.parse_args()


def write(folder: Path, count: int, seed: int) -> list[Path]:
    """Write fuzzed files, each made by another maker in turn.

    Args:
        folder: where to.
        count: how many.
        seed: of the generator; the same seed makes the same files.

    Returns:
        Their paths.
    """
    chance, texts, files = random.Random(seed), list(_texts()), []
    makers = list(MAKERS.items())
    for number in range(count):
        kind, maker = makers[number % len(makers)]
        data = maker(chance, chance.choice(texts))
        spoil = chance.choice(SPOILERS)
        path = folder / f"{number:04}.{kind}"
        path.write_bytes(spoil(chance, data))
        files.append(path)
    return files


def _texts() -> Iterator[str]:
    for path in sorted(REPORTS.glob("*/*.gold.json")):
        yield json.loads(path.with_name(path.name.replace(".gold.json", ".json")).read_text(encoding="utf-8"))["text"]


def _html(chance: random.Random, text: str) -> bytes:
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    deep = "<div>" * chance.choice((1, 10, 20_000))
    return f"<html><head><title>Report</title></head><body><article>{deep}{body}</article></body></html>".encode()


def _text(chance: random.Random, text: str) -> bytes:
    return text.encode(chance.choice(("utf-8", "utf-16", "utf-32", "cp1252", "utf-8-sig")), errors="replace")


def _mail(chance: random.Random, text: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "Report", "a@example.org", "Thu, 14 Mar 2024 10:00:00 +0000"
    mail.set_content(text)
    if chance.random() < 0.5:
        mail.add_alternative(_html(chance, text).decode(), subtype="html")
    return mail.as_bytes()


def _lines(chance: random.Random, text: str) -> bytes:
    good = json.dumps({"id": "a", "text": text, "published": "2024-03-14"})
    bad = [
        '{"text": 5}',
        "[" * 100_000,
        '{"text": "x"',
        "null",
        '{"text": "' + "\\ud800" * 9 + '"}',
        '{"html": "<p>"}',
        "",
    ]
    return "\n".join([good, *chance.sample(bad, 4), good]).encode()


def _archive(chance: random.Random, text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.txt", text)
        for name in chance.sample(
            ["../../escaped.txt", "/tmp/escaped.txt", "a/../../b.txt", "C:\\x.txt", "bell\x07.txt"], 2
        ):
            archive.writestr(name, text)
        if chance.random() < 0.3:
            archive.writestr("bomb.txt", b"a" * 200_000_000)
        if chance.random() < 0.3:
            archive.writestr("inner.zip", _archive(chance, text))
    return file.getvalue()


def _warc(chance: random.Random, text: str) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _html(chance, text)
    length = chance.choice((len(page), len(page) * 10**6, -5))
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nContent-Length: {length}\r\n\r\n"
    )
    return head.encode() + page + b"\r\n\r\n"


def _packed_warc(chance: random.Random, text: str) -> bytes:
    return gzip.compress(_warc(chance, text) + (b"\0" * 300_000_000 if chance.random() < 0.2 else b""))


def _pdf(chance: random.Random, text: str) -> bytes:
    words = "".join(f"({part[:80]}) Tj T* " for part in text.replace("(", "").replace(")", "").split("\n\n"))
    stream = f"BT /F1 12 Tf 14 TL 40 800 Td {words} ET".encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def _feed(chance: random.Random, text: str) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    head = bomb if chance.random() < 0.5 else ""
    item = (
        f"<item><title>&e11;&file;</title><link>file:///etc/passwd</link><description>{text[:200]}</description></item>"
    )
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{item * 3}</channel></rss>'.encode()


def _atom(chance: random.Random, text: str) -> bytes:
    bomb = '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50_000 + '">]>'
    entry = f"<entry><id>1</id><title>&b;</title><link href='javascript:x'/><summary>{text[:200]}</summary></entry>"
    head = bomb if chance.random() < 0.5 else ""
    return f'<?xml version="1.0"?>{head}<feed xmlns="http://www.w3.org/2005/Atom">{entry * 3}</feed>'.encode()


def _sitemap(chance: random.Random, text: str) -> bytes:
    urls = "".join(f"<url><loc>http://127.0.0.1:1/{n}</loc></url>" for n in range(chance.choice((1, 3))))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


MAKERS: dict[str, Maker] = {
    "html": _html, "txt": _text, "md": _text, "eml": _mail, "jsonl": _lines, "zip": _archive, "warc": _warc,
    "warc.gz": _packed_warc, "pdf": _pdf, "rss": _feed, "atom": _atom, "xml": _sitemap,
}  # fmt: skip


def _whole(chance: random.Random, data: bytes) -> bytes:
    return data


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _bent(chance: random.Random, data: bytes) -> bytes:
    bent = bytearray(data)
    for _ in range(max(1, min(len(bent), 20_000) // 200)):
        bent[chance.randrange(len(bent))] = chance.randrange(256)
    return bytes(bent)


def _stuffed(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return (
        data[:at]
        + chance.choice((b"\0" * 3000, b"\xff\xfe" * 100, b"\x1b[2J" * 50, b"<" * 5000, b"%" * 999))
        + data[at:]
    )


SPOILERS = (_whole, _cut, _bent, _stuffed)


def _long_line(path: Path, size: int) -> Path:
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(size // 1_000_000):
            file.write(b"word " * 200_000)
        file.write(b'"}\n')
    return path


if __name__ == "__main__":
    sys.exit(main())
