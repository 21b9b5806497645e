"""Everything articles come in is opened; what is damaged or made to hurt gives one line and stops nothing."""

import gzip
import io
import json
import os
import random
import resource
import textwrap
import zipfile
from contextlib import closing

import pytest

from readout.ingest.feeds import is_feed, items
from readout.ingest.fetch import Fetcher
from readout.ingest.gather import Gathering

TEXT = (
    "The envoys of both countries met in the harbour town on Wednesday and spoke for two hours, officials said.\n\n"
    "They are expected to meet again in June, a spokeswoman told reporters after the talks had ended."
)
PAGE = (
    "<html><head><title>Envoys meet</title></head><body><article><h1>Envoys meet in town</h1>"
    + "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    + "</article></body></html>"
)
MAIL = (
    "From: desk@paper.example\nTo: all@paper.example\nSubject: Envoys meet in town\n"
    "Date: Wed, 04 May 2022 10:00:00 +0000\n"
    f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n"
)
RSS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title>'
    b"<item><title>One</title><link>https://p.example/1</link><pubDate>Wed, 04 May 2022 10:00:00 GMT</pubDate></item>"
    b"<item><title>Two</title><link>/2</link></item><item><link>javascript:alert(1)</link></item></channel></rss>"
)
SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    b'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
    b"<url><loc>https://p.example/a</loc><lastmod>2022-05-04</lastmod><n:news><n:title>A</n:title>"
    b"<n:publication_date>2022-05-03</n:publication_date></n:news></url></urlset>"
)


def warc():
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number, (status, kind, body) in enumerate(
        [
            ("200 OK", "text/html; charset=utf-8", PAGE),
            ("404 Not Found", "text/html", PAGE),
            ("200 OK", "image/png", "x"),
        ]
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        payload = io.BytesIO(body.encode())
        url = f"https://p.example/{number}"
        writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=headers))
    return out.getvalue()


def packed(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def pdf():
    """A PDF of one page, its lines set one under the other."""
    lines = [line for part in TEXT.split("\n\n") for line in textwrap.wrap(part, 60)]
    drawn = "BT /F1 12 Tf 50 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Size 6 >>\n%%EOF".encode()


FORMATS = {
    "report.txt": TEXT.encode(),
    "report.html": PAGE.encode(),
    "mail.eml": MAIL.encode(),
    "batch.jsonl": "\n".join(json.dumps({"id": f"a{n}", "text": TEXT}) for n in range(2)).encode(),
    "batch.zip": packed(("one.txt", TEXT), ("sub/two.html", PAGE), (".hidden", "x"), ("__MACOSX/one.txt", "x")),
    "web.warc.gz": warc(),
    "report.pdf": pdf(),
}
COUNTS = {"batch.jsonl": 2, "batch.zip": 2}


def gather(*sources, **options):
    with closing(Fetcher(types=None)) as fetcher:
        gathering = Gathering(fetcher, **options)
        found = [taken for taken in gathering.take(sources) if taken.is_news]
        return found, gathering


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_its_articles(tmp_path, name):
    (tmp_path / name).write_bytes(FORMATS[name])
    found, gathering = gather(tmp_path / name)
    assert [taken.intake.error for taken in found] == [None] * COUNTS.get(name, 1)
    for taken in found:
        assert taken.intake.article.text.split() == TEXT.split()
    assert gathering.expected == len(found)


def test_what_a_mail_and_an_archive_know_is_kept(tmp_path):
    for name in ("mail.eml", "web.warc.gz"):
        (tmp_path / name).write_bytes(FORMATS[name])
    (mail, page), _ = gather(tmp_path / "mail.eml", tmp_path / "web.warc.gz")
    assert (mail.intake.article.title, mail.intake.article.published) == ("Envoys meet in town", "2022-05-04")
    assert page.intake.article.url == "https://p.example/0"


def test_a_folder_is_gone_through_by_name_without_hidden_files_and_links(tmp_path):
    (tmp_path / "b" / ".git").mkdir(parents=True)
    for name in ("b/2.txt", "a.txt", ".c.txt", "b/.git/x.txt"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "b" / "bad.txt").write_bytes(b"\x00\x01")
    found, gathering = gather(tmp_path)
    assert [os.path.relpath(taken.intake.name, tmp_path) for taken in found] == ["a.txt", "b/2.txt", "b/bad.txt"]
    assert "binary" in str(found[-1].intake.error)
    assert gathering.expected == 3


def test_feeds_and_sitemaps_name_their_articles():
    one, two = items(RSS, "https://p.example/feed", "feed")
    assert (one.url, one.title, one.published) == ("https://p.example/1", "One", "2022-05-04T10:00:00Z")
    assert two.url == "https://p.example/2"
    (a,) = items(SITEMAP, "https://p.example/", "map")
    assert (a.url, a.title, a.published, a.updated) == ("https://p.example/a", "A", "2022-05-03", "2022-05-04")
    atom = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://p.example/z"/></entry></feed>'
    assert [item.url for item in items(atom, "", "atom")] == ["https://p.example/z"]
    assert not is_feed(PAGE.encode())


def test_a_name_that_climbs_out_of_an_archive_is_only_a_name(tmp_path):
    (tmp_path / "in").mkdir()
    archive = tmp_path / "in" / "evil.zip"
    archive.write_bytes(packed(("../../climbed.txt", TEXT), ("/etc/climbed.txt", TEXT)))
    found, _ = gather(archive)
    assert len(found) == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["evil.zip", "in"]


def test_bombs_are_refused_in_little_memory(tmp_path):
    zeros = b"0" * 40_000_000
    (tmp_path / "bomb.zip").write_bytes(packed(("zeros.txt", zeros), ("fine.txt", TEXT)))
    (tmp_path / "bomb.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nX-Long: " + zeros))
    with (tmp_path / "line.jsonl").open("wb") as file:
        file.truncate(200_000_000)  # one line of zeros that takes no room
    (tmp_path / "inner.zip").write_bytes(packed(("inner.zip", packed(("deep.txt", TEXT)))))
    del zeros
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found, _ = gather(*(tmp_path / name for name in ("bomb.zip", "bomb.warc.gz", "line.jsonl", "inner.zip")))
    assert [taken.intake.error is None for taken in found] == [False, True, False, False, False]
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 100_000  # KiB
    for taken in found:
        assert "\n" not in str(taken.intake.error)


def test_entities_of_xml_are_not_expanded():
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "lol"><!ENTITY f SYSTEM "file:///etc/hostname">{layers}]>'
    for root, body in (("rss", RSS.split(b"?>", 1)[1]), ("urlset", SITEMAP)):
        source = doctype.replace("DOCTYPE x", f"DOCTYPE {root}").encode() + body.replace(b"One", b"&e8;&f;", 1)
        try:
            said = str(items(source, "https://p.example/", "feed"))
        except Exception as error:
            said = str(error)
        assert "lollol" not in said and len(said) < 5000


@pytest.mark.parametrize("name", [*FORMATS, "feed.rss", "map.xml"])
def test_damaged_files_of_every_format_give_lines_and_no_crash(tmp_path, name):
    chance = random.Random(name)
    whole = {**FORMATS, "feed.rss": RSS, "map.xml": SITEMAP}[name]
    for number in range(200):
        data = bytearray(whole)
        if number % 3 == 0:
            data = data[: chance.randrange(len(data))]
        for _ in range(chance.randint(1, 12) if number % 3 else 0):
            place = chance.randrange(len(data))
            data[place : place + chance.choice((0, 1, 1, 4))] = chance.randbytes(chance.choice((0, 1, 4)))
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(data)
        if name in ("feed.rss", "map.xml"):
            try:
                items(bytes(data), "https://p.example/", name)
            except Exception as error:
                assert type(error).__name__ == "ContentError" and "\n" not in str(error)
            continue
        found, _ = gather(path)
        for taken in found:
            assert taken.intake.article or "\n" not in str(taken.intake.error)
