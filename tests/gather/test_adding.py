"""From sources to articles and reports: pages, feeds, sitemaps and files, over a real web server."""

import gzip
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from corpora import read_corpus
from website import Answer, Asked, Website, article, html, leads_to, xml

from bot.errors import ConfigurationError
from bot.gather.adding import Place, Report, add, gather_feeds
from bot.gather.feeds import Feed, read_feeds
from bot.ingest.files import read_page
from bot.ingest.layout import Furniture

Make = Callable[..., str]
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Daily Post</title>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Daily Post</title>{}</feed>'
URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'


def rss(*links: str) -> str:
    return RSS.format("".join(f"<item><title>On {link}</title><link>{link}</link></item>" for link in links))


def atom(*links: str) -> str:
    return ATOM.format("".join(f'<entry><title>On</title><link href="{link}"/></entry>' for link in links))


def urlset(*links: str) -> str:
    return URLSET.format("".join(f"<url><loc>{link}</loc></url>" for link in links))


def outcomes(reports: tuple[Report, ...]) -> dict[str, int]:
    return dict(Counter(report.outcome for report in reports))


def the_one(reports: tuple[Report, ...]) -> Report:
    [report] = reports
    return report


def test_a_page_becomes_an_article_once(site: Website, place: Place, furniture: Furniture) -> None:
    head = '<meta property="article:published_time" content="2024-07-15T07:54:00Z">'
    site.pages["/a"] = html(article("Bridge to stay closed", head=head))
    told: list[Report] = []
    first = the_one(add([site.address + "/a"], place, told.append))
    assert told == [first]
    assert (first.outcome, the_one(add([site.address + "/a"], place)).outcome) == ("added", "unchanged")
    [read] = read_corpus(place.corpus, furniture).articles
    assert (read.id, read.headline, read.outlet, read.url) == (
        first.article, "Bridge to stay closed", "Daily Post", site.address + "/a",
    )  # fmt: skip
    assert str(read.published) == "2024-07-15T07:54:00Z"
    assert "“The bridge is closed until spring,” said Maria Kowalska" in read.text


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ('"isAccessibleForFree": false', "for subscribers"), ('"isAccessibleForFree": "False"', "for subscribers"),
        ('"isAccessibleForFree": "http://schema.org/False"', "for subscribers"),
        ('"isAccessibleForFree": true', None), ('"headline": "Bridge"', None),
        ('"@type": "LiveBlogPosting"', "a live blog; add it again"),
    ],
)  # fmt: skip
def test_who_adds_a_page_is_told_what_it_says_of_itself(
    site: Website, place: Place, stated: str, said: str | None
) -> None:
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", {stated}}}</script>'
    site.pages["/a"] = html(article(head=head))
    report = the_one(add([site.address + "/a"], place))
    assert report.outcome == "added"
    assert (report.reason is None) == (said is None)
    assert (said or "") in (report.reason or "")


def marked_up(*paragraphs: int) -> str:
    """Return articles of so many paragraphs each, as one page marks them up beside its own."""
    long = "The ferry that crosses the harbour at night has been delayed by ice for hours, the company said"
    return "".join(
        f"<article>{''.join(f'<p>{long} {number}.{part}.</p>' for part in range(count))}</article>"
        for number, count in enumerate(paragraphs)
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (article().replace(b"</article>", b"</article>" + marked_up(3, 1).encode()), "2 articles on the page only one"),
        (article().replace(b"</article>", b"</article>" + marked_up(1, 2).encode()), None),  # teasers
        (f"<html><body><main>{marked_up(1, 1, 1)}</main></body></html>".encode(), "is of 3 articles on one page"),
        (article(head='<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "One"}, '
                      '{"@type": "NewsArticle", "headline": "Two"}]</script>'), "describes 2 articles and none"),
    ],
)  # fmt: skip
def test_who_adds_a_page_of_several_articles_is_told_which_are_not_taken(
    site: Website, place: Place, page: bytes, said: str | None
) -> None:
    site.pages["/a"] = html(page)
    report = the_one(add([site.address + "/a"], place))
    assert report.outcome == "added"
    assert (report.reason is None) == (said is None)
    assert (said or "") in (report.reason or "")


def test_a_page_that_changed_is_updated(site: Website, place: Place) -> None:
    site.pages["/a"] = html(article())
    add([site.address + "/a"], place)
    site.pages["/a"] = html(article(more="She gave no day."))
    report = the_one(add([site.address + "/a"], place))
    assert report.outcome == "updated"
    assert "She gave no day." in (report.file or Path()).read_text(encoding="utf-8")
    assert len(list(place.corpus.iterdir())) == 1


def test_a_page_that_the_server_says_has_not_changed_is_not_sent_again(site: Website, place: Place) -> None:
    def conditional(asked: Asked) -> Answer:
        return (304, {}, b"") if asked.headers.get("if-none-match") else html(article(), ETag='"1"')

    site.pages["/a"] = conditional
    first = the_one(add([site.address + "/a"], place))
    again = the_one(add([site.address + "/a"], place))
    assert (again.outcome, again.article) == ("unchanged", first.article)
    assert "if-none-match" in site.asked[-1].headers
    (first.file or Path()).unlink()
    assert the_one(add([site.address + "/a"], place)).outcome == "added"  # it is gone here, whatever the server says


def test_the_ways_to_one_page_lead_to_one_file(site: Website, place: Place) -> None:
    head = '<link rel="canonical" href="/bridge">'
    site.pages |= {f"/{way}": html(article(head=head)) for way in ("bridge", "amp/bridge", "bridge?utm_source=feed")}
    site.pages["/short"] = leads_to("/bridge")
    ways = ["/bridge", "/amp/bridge", "/bridge?utm_source=feed", "/short", "/bridge#top"]
    assert outcomes(add([site.address + way for way in ways], place)) == {"added": 1, "unchanged": 4}
    [file] = place.corpus.iterdir()
    assert read_page(file.read_bytes(), "x").fields["url"] == site.address + "/bridge"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, b""), "no such page"),
        (html(b"<html><body><p>Log in</p></body></html>"), "no article is found"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG"), "image/png, which holds no article"),
        ((200, {}, b"\x00\x01"), "holds no article"),
        ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.4 broken"), "this PDF cannot be read"),
        (leads_to("http://127.0.0.2/"), "not on the public internet"),
        (xml("<rss><channel/></rss>"), "names no articles"),
        (xml("<html/>", Content_Encoding="br"), "not packed as it says"),
    ],
)
def test_what_is_no_article_is_refused_with_a_reason(site: Website, place: Place, answer: Answer, said: str) -> None:
    site.pages["/a"] = answer
    report = the_one(add([site.address + "/a"], place))
    assert report.refused
    assert said in (report.reason or "")
    assert list(place.corpus.iterdir()) == []


def test_what_takes_too_long_to_read_is_refused_and_the_others_are_added(site: Website, place: Place) -> None:
    fetch = place.fetch.model_copy(update={"reading_seconds": 0.5, "megabytes": 5})
    site.pages |= {
        "/page": html(b"<html><body><div>" + b"<p>word word. <a href=x>y</a></p>" * 9_000),
        "/feed": xml(rss(*[f"{site.address}/{n}" for n in range(30_000)])), "/a": html(article()),
    }  # fmt: skip
    reports = {one.source: one for one in add([site.address + way for way in site.pages], replace(place, fetch=fetch))}
    for way in ("/page", "/feed"):
        assert (reports[site.address + way].reason or "").startswith("reading it takes longer than 0.5 s; please")
    assert reports[site.address + "/a"].outcome == "added"


@pytest.mark.parametrize("make", [rss, atom, urlset])
def test_a_list_brings_its_articles_and_each_once(site: Website, place: Place, make: Make) -> None:
    site.pages |= {f"/{n}": html(article(f"Bridge {n}")) for n in range(3)}
    site.pages["/list"] = lambda asked: xml(make(*[f"{site.address}/{n}" for n in (0, 1, 2, 2, 0)]))
    assert outcomes(add([site.address + "/list"], place)) == {"read": 1, "added": 3}
    asked = len(site.asked)
    again = the_one(add([site.address + "/list"], place))
    assert (again.outcome, again.reason) == ("read", "0 of 3 articles are new")
    assert len(site.asked) == asked + 1


def test_a_list_may_name_its_articles_from_where_it_stands(site: Website, place: Place) -> None:
    site.pages |= {"/news/list": xml(rss("bridge", "/other", "http://[")), "/news/bridge": html(article())}
    site.pages["/other"] = html(article("Other"))
    assert outcomes(add([site.address + "/news/list"], place)) == {"read": 1, "added": 2, "refused": 1}


def test_a_list_that_has_not_changed_is_not_sent_again_once_it_is_done_with(site: Website, place: Place) -> None:
    def conditional(asked: Asked) -> Answer:
        return (304, {}, b"") if asked.headers.get("if-none-match") else xml(rss(site.address + "/a"), ETag='"1"')

    site.pages |= {"/list": conditional, "/a": html(article())}
    results = [outcomes(add([site.address + "/list"], place)) for _ in range(3)]
    assert results == [{"read": 1, "added": 1}, {"read": 1}, {"unchanged": 1}]


def test_an_index_leads_to_sitemaps_and_these_to_articles(site: Website, place: Place) -> None:
    packed = gzip.compress(urlset(site.address + "/b").encode())
    inner = "".join(f"<sitemap><loc>{site.address}/{name}</loc></sitemap>" for name in ("one.xml", "two.xml.gz", "no"))
    site.pages |= {
        "/index": xml(INDEX.format(inner)), "/one.xml": xml(urlset(site.address + "/a")),
        "/two.xml.gz": (200, {"Content-Type": "application/gzip"}, packed),
        "/a": html(article("A")), "/b": html(article("B")),
    }  # fmt: skip
    assert outcomes(add([site.address + "/index"], place)) == {"read": 1, "added": 2, "refused": 1}


def test_no_more_than_so_many_are_taken_at_a_time_the_newest_first(site: Website, place: Place) -> None:
    dated = "".join(f"<url><loc>{site.address}/{n}</loc><lastmod>2024-07-0{n}</lastmod></url>" for n in range(1, 6))
    site.pages |= {"/list": xml(URLSET.format(dated))} | {f"/{n}": html(article(str(n))) for n in range(1, 6)}
    few = replace(place, most=2)
    runs = [sorted(report.source[-1] for report in add([site.address + "/list"], few) if report.article) for _ in "123"]
    assert runs == [["4", "5"], ["2", "3"], ["1"]]


def test_a_list_within_a_list_is_not_followed(site: Website, place: Place) -> None:
    site.pages |= {"/list": xml(rss(site.address + "/inner")), "/inner": xml(rss(site.address + "/a"))}
    assert outcomes(add([site.address + "/list"], place)) == {"read": 1, "refused": 1}


def test_a_feed_leads_to_nothing_private(site: Website, place: Place) -> None:
    inside = ["http://169.254.169.254/", "http://127.0.0.2/", "file:///etc/passwd"]
    site.pages["/list"] = xml(rss(*inside))
    reports = add([site.address + "/list"], place)
    assert outcomes(reports) == {"read": 1, "refused": 3}


def test_entities_of_a_sitemap_are_not_looked_up(site: Website, place: Place, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("http://127.0.0.1/secret")
    declared = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    site.pages["/list"] = xml(declared + urlset("&x;"))
    assert "secret" not in str(add([site.address + "/list"], place))


# Feeds that are looked at again and again


def test_what_feeds_bring_is_filtered_and_named(site: Website, place: Place) -> None:
    links = [f"{site.address}/{name}" for name in ("nato-1", "nato-sport", "other")]
    site.pages |= {"/list": xml(rss(*links))} | {f"/{link.rpartition('/')[2]}": html(article(link)) for link in links}
    feed = Feed(site.address + "/list", "The Daily Post", include=("NATO",), exclude=("sport",))
    reports = gather_feeds([feed], place)
    assert outcomes(reports) == {"read": 1, "added": 1}
    [file] = place.corpus.iterdir()
    record = read_page(file.read_bytes(), "x")
    assert (record.fields["outlet"], record.stated_by["outlet"]) == ("The Daily Post", "feeds.toml")


def test_what_failed_is_told_once_and_tried_again(site: Website, place: Place) -> None:
    feed = Feed(site.address + "/list")
    assert outcomes(gather_feeds([feed], place)) == {"refused": 1}
    assert outcomes(gather_feeds([feed], place)) == {}
    site.pages |= {"/list": xml(rss(site.address + "/a", site.address + "/gone")), "/a": (503, {}, b"")}
    assert outcomes(gather_feeds([feed], place)) == {"read": 1, "refused": 2}
    assert outcomes(gather_feeds([feed], place)) == {"read": 1}
    assert site.paths().count("/gone") == 1  # it will not come back
    site.pages["/a"] = html(article())
    assert outcomes(gather_feeds([feed], place)) == {"read": 1, "added": 1}
    del site.pages["/list"]
    assert outcomes(gather_feeds([feed], place)) == {"refused": 1}  # it had worked in between


def test_what_never_comes_is_given_up(site: Website, place: Place) -> None:
    site.pages |= {"/list": xml(rss(site.address + "/a")), "/a": (503, {}, b"")}
    for _ in range(8):
        gather_feeds([Feed(site.address + "/list")], place)
    assert site.paths().count("/a") == 5


def test_a_page_in_the_place_of_a_feed_is_refused(site: Website, place: Place) -> None:
    site.pages["/a"] = html(article())
    assert "neither a feed nor a sitemap" in (the_one(gather_feeds([Feed(site.address + "/a")], place)).reason or "")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"feeds": [{}]}, "feed 1 has no address"),
        ({"feeds": [{"url": "https://x.example", "include": "nato"}]}, "include must be a list"),
        ({"feeds": [{"url": "https://x.example", "outlets": "X"}]}, "there is no 'outlets'"),
        ({"feeds": [{"url": "https://x.example", "outlet": ""}]}, "outlet must be a name"),
        ({"feeds": "https://x.example"}, r"write each under \[\[feeds\]\]"),
        ({"feed": []}, r"write each under \[\[feeds\]\]"),
    ],
)
def test_a_table_of_feeds_that_cannot_be_used_says_why(table: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        read_feeds(table, "config/feeds.toml")


def test_a_table_of_feeds() -> None:
    rows = [{"url": "https://x.example", "outlet": "X", "include": ["a"], "exclude": ["b"]}]
    assert read_feeds({"feeds": rows}, "f") == (Feed("https://x.example", "X", ("a",), ("b",)),)
    assert read_feeds({}, "f") == ()


# Files and folders


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "below").mkdir(parents=True)
    (folder / "page.html").write_bytes(article())
    (folder / "below" / "notes.md").write_text("---\nheadline: Notes\nurl: https://x.example/n\n---\n“Yes,” he said.\n")
    (folder / "plain.txt").write_bytes("“Tak,” powiedział.\r\nDrugi wiersz.".encode())
    (folder / "rows.jsonl").write_text('{"body": "One.", "id": "one"}\n\n{"body": "Two."}\n')
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def test_a_folder_brings_its_files(place: Place, files: Path, furniture: Furniture) -> None:
    assert outcomes(add([str(files)], place)) == {"added": 5}
    assert outcomes(add([str(files)], place)) == {"unchanged": 5}
    read = read_corpus(place.corpus, furniture)
    assert read.refused == ()
    texts = {one.text for one in read.articles}
    assert {"“Tak,” powiedział.\r\nDrugi wiersz.", "“Yes,” he said.\n", "One.", "Two."} < texts


def test_a_file_that_changed_is_updated(place: Place, files: Path) -> None:
    file = files / "plain.txt"
    add([str(file)], place)
    file.write_text("“Nie,” powiedział.")
    assert the_one(add([str(file)], place)).outcome == "updated"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.md", None, "there is no such file"),
        ("picture.png", b"x", "this kind of file is not read"),
        ("latin.txt", "café".encode("latin-1"), "not UTF-8"),
        ("broken.md", b"---\nheadline: [\n---\nx", "not YAML"),
        ("dated.md", b"---\npublished: 07/08/2024\n---\nx", "no date, or one of two"),
        ("empty.txt", b"", "has no text"),
        ("empty.pdf", b"%PDF-1.4\n", "this PDF cannot be read"),
        ("row.jsonl", b"[]", "no object"),
        ("large.txt", b"x" * 2_000, "larger than"),
        ("id.md", b"---\nid: ' '\n---\nx", "its id is empty"),
    ],
)
def test_a_file_that_cannot_be_added_is_refused(
    place: Place, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    report = the_one(add([str(tmp_path / name)], replace(place, largest=1_000)))
    assert report.refused
    assert said in (report.reason or "")


def test_what_is_in_the_corpus_already_is_not_added_to_it(place: Place) -> None:
    (place.corpus / "a.md").write_text("“Yes,” he said.")
    assert "in the corpus folder already" in (the_one(add([str(place.corpus / "a.md")], place)).reason or "")


def test_a_folder_around_the_corpus_does_not_bring_it_in_again(place: Place, tmp_path: Path) -> None:
    (place.corpus / "a.md").write_text("“Yes,” he said.")
    (tmp_path / "b.md").write_text("“No,” he said.")
    assert [report.source for report in add([str(tmp_path)], place)] == [str(tmp_path / "b.md")]


def test_a_link_in_a_folder_is_not_followed(place: Place, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (tmp_path / "secret.txt").write_text("“Secret,” he said.")
    (given / "a.txt").symlink_to(tmp_path / "secret.txt")
    (given / "b").symlink_to(tmp_path)
    assert the_one(add([str(given)], place)).refused


def test_a_pdf_becomes_paragraphs(place: Place, site: Website) -> None:
    lines = ["The bridge over the river has been closed for repairs, the", "city said on Monday.", "It stays closed."]
    site.pages["/a.pdf"] = (200, {"Content-Type": "application/pdf"}, pdf(lines))
    report = the_one(add([site.address + "/a.pdf"], place))
    record = read_page((report.file or Path()).read_bytes(), "x")
    assert record.text == f"{lines[0]} {lines[1]}\n\n{lines[2]}\n"
    assert record.fields == {"url": site.address + "/a.pdf"}


def pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page with these lines."""
    drawn = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {drawn} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    return data + head + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)


@pytest.mark.parametrize("name", ["a.md", "a.jsonl"])
def test_nothing_fetched_takes_the_place_of_another_sites_article(site: Website, place: Place, name: str) -> None:
    theirs = "https://daily-post.example/bridge"
    mine = place.corpus / "mine.md"
    mine.write_text(f"---\nurl: {theirs}\n---\n“Closed,” she said.\n")
    page, row = f"---\nurl: {theirs}\n---\n“Open,” she said.\n", f'{{"body": "Open", "url": "{theirs}"}}'
    claims = {"a.md": page, "a.jsonl": row}
    site.pages[f"/{name}"] = (200, {"Content-Type": "text/plain"}, claims[name].encode())
    report = the_one(add([f"{site.address}/{name}"], place))
    assert "of another site" in (report.reason or "")
    assert "Closed" in mine.read_text(encoding="utf-8")
    assert list(place.corpus.iterdir()) == [mine]


def test_text_and_rows_from_the_web(site: Website, place: Place) -> None:
    site.pages |= {
        "/a.md": (200, {"Content-Type": "text/plain; charset=iso-8859-2"}, "Żółw".encode("iso-8859-2")),
        "/b.jsonl": (200, {"Content-Type": "application/jsonl"}, b'{"body": "One."}\n{"b": 1}\n{"body": "Two."}\n'),
    }
    assert outcomes(add([site.address + "/a.md", site.address + "/b.jsonl"], place)) == {"added": 3, "refused": 1}
    assert any("Żółw" in file.read_text(encoding="utf-8") for file in place.corpus.iterdir())
