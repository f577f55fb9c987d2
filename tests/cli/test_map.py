"""``map``: a picture of who knows whom, which programs can read and people too."""

import builtins
import json
import re
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest
from inline_snapshot import snapshot

from conftest import Program

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def circle(kin: Program, home: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Six people you know, one you only heard of, and who of them knows whom."""
    monkeypatch.chdir(home)
    for name in ("Ada Lovelace", "Charles Babbage", "Mary Somerville", "Alan Turing"):
        kin("add", name, "--met", "in:engines")
    kin("add", "Joan Clarke")
    kin("add", "Kurt Gödel", "--heard")
    kin("add", "Emmy Noether")
    kin("knows", "ada", "charles", "mary")
    kin("knows", "alan", "joan", "kurt")
    return kin


def texts(svg: str) -> list[str]:
    return ["".join(found.itertext()) for found in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_everybody_you_know_with_a_tie(circle: Program) -> None:
    assert circle("map", "-o", "people.svg") == snapshot("Drew 5 people and 3 ties: ~/people.svg\n")
    drawn = Path("people.svg").read_text()
    assert texts(drawn) == snapshot(
        [
            "5 people and 3 ties, 20 May 2026",
            "A larger dot: you talked lately. A thicker line: with both of them.",
            "around Ada Lovelace",
            "others",
            "Ada Lovelace",
            "Charles Babbage",
            "Mary Somerville",
            "Alan Turing",
            "Joan Clarke",
            "around Ada Lovelace",
        ]
    )
    assert drawn.count("<line ") == 3
    assert stat.S_IMODE(Path("people.svg").stat().st_mode) == 0o600


def test_somebody_and_whom_they_know(circle: Program) -> None:
    """Whom you only heard of is known by somebody too."""
    assert circle("map", "alan", "-o", "alan.svg") == snapshot(
        "Drew 3 people and 2 ties: ~/alan.svg\n"
    )
    assert {"Alan Turing", "Joan Clarke", "Kurt Gödel"} < set(texts(Path("alan.svg").read_text()))
    circle("edit", "kurt", "--archive")
    assert circle("map", "alan", "-o", "alan.svg") == snapshot(
        "Drew 2 people and 1 tie: ~/alan.svg\n"
    )
    assert json.loads(circle("map", "alan,ada", "-o", "two.dot", "--json")) == {
        "file": str(Path("two.dot").resolve()),
        "people": 5,
        "ties": 3,
        "left_out": 0,
    }


def test_everybody_a_query_finds(circle: Program) -> None:
    assert circle("map", "in:engines", "-o", "engines.svg") == snapshot(
        "Drew 4 people and 2 ties: ~/engines.svg\n"
    )
    assert circle("map", "in:engines", "-n", "2", "-o", "engines.svg") == snapshot("""\
Drew 2 people and 1 tie: ~/engines.svg
2 people with fewer ties to these were left out: kinship map in:engines -o engines.svg -n 4
""")


def test_a_page_says_all_of_it_in_words_too(circle: Program) -> None:
    circle("map", "-o", "people.html")
    page = Path("people.html").read_text()
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<a |href|src=|url\(", page)
    assert re.findall(r"<h2>.*|<li>.*", page) == snapshot(
        [
            "<h2>around Ada Lovelace</h2>",
            "<li>Ada Lovelace knows Charles Babbage, Mary Somerville</li>",
            "<li>Charles Babbage knows Ada Lovelace</li>",
            "<li>Mary Somerville knows Ada Lovelace</li>",
            "<h2>Others</h2>",
            "<li>Alan Turing knows Joan Clarke</li>",
            "<li>Joan Clarke knows Alan Turing</li>",
        ]
    )
    assert ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6]) is not None


def test_graphviz_lays_it_out_by_itself(circle: Program) -> None:
    circle("community", "join", "Bletchley", "alan,joan,kurt")
    circle("map", "-o", "people.dot")
    assert Path("people.dot").read_text() == snapshot("""\
// Written by kinship.
graph kinship {
  graph [layout=fdp, overlap=prism, splines=true, fontname=Helvetica, label="5 people and 3 ties, 20 May 2026"];
  node [fontname="Helvetica", fontsize=11, style=filled, fillcolor=white, margin=0.05];
  subgraph cluster_0 {
    label="engines";
    p1 [label="Ada Lovelace", shape=ellipse, color="#0072B2", penwidth=2.7];
    p2 [label="Charles Babbage", shape=ellipse, color="#0072B2", penwidth=2.7];
    p3 [label="Mary Somerville", shape=ellipse, color="#0072B2", penwidth=2.7];
    p4 [label="Alan Turing", shape=ellipse, color="#0072B2", penwidth=2.7];
  }
  p5 [label="Joan Clarke", shape=ellipse, color="#999999", penwidth=1.2];
  p1 -- p2 [penwidth=2.4, color="#555555"];
  p1 -- p3 [penwidth=2.4, color="#555555"];
  p4 -- p5 [penwidth=0.6, color="#bbbbbb"];
}
""")


HOSTILE = ('Eve "<script>" & Co\\', "Mal\u202elory]]>", "</svg><b>", "Null\ufffeByte", 'Q";}')


@pytest.mark.parametrize("ending", ["svg", "html"])
def test_no_name_gets_out_of_a_picture(kin: Program, tmp_path: Path, ending: str) -> None:
    for name in HOSTILE:
        kin("add", name)
    kin("knows", "1", "2", "3", "4", "5")
    kin("map", "-o", str(tmp_path / f"x.{ending}"))
    text = (tmp_path / f"x.{ending}").read_text()
    svg = text[text.index("<svg") : text.index("</svg>") + 6]
    assert {'Eve "<script>" & Co\\', "Mal\\u202elory]]>", "</svg><b>", "Null?Byte"} < set(
        texts(svg)
    )
    assert "<script" not in text
    assert "\u202e" not in text


def test_no_name_gets_out_of_its_quotes_for_graphviz(kin: Program, tmp_path: Path) -> None:
    for name in HOSTILE:
        kin("add", name)
    kin("knows", "1", "2", "3", "4", "5")
    kin("map", "-o", str(tmp_path / "x.dot"))
    rows = [row for row in (tmp_path / "x.dot").read_text().splitlines() if "label=" in row]
    quoted = re.compile(r'"(?:[^"\\]|\\.)*"')
    assert len(rows) == 1 + len(HOSTILE)
    assert [row for row in rows if set('"\\<>}').intersection(quoted.sub("", row))] == []


def test_without_the_extra_it_says_what_is_missing(
    circle: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name in ("networkx", "numpy"):
            raise ModuleNotFoundError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    assert circle("map", "-o", "people.svg", exit_code=2).err == snapshot("""\
kinship: a picture needs networkx and numpy, which are not installed. Nothing was written.
  pip install '.[map]'        in the checkout of kinship
  kinship map -o people.dot   for Graphviz, needs nothing
""")
    assert not Path("people.svg").exists()
    assert "Drew 5 people" in circle("map", "-o", "people.dot")


def test_only_a_picture_of_its_own_is_replaced(circle: Program) -> None:
    for ending in ("svg", "html", "dot", "SVG"):
        for _ in range(2):
            circle("map", "-o", f"people.{ending}")
    Path("mine.svg").write_text("<svg/>")
    assert circle("map", "-o", "mine.svg", exit_code=5).err == snapshot("""\
kinship: ~/mine.svg is there already, and kinship did not write it. Nothing was drawn.
  -y replaces it.
""")
    assert Path("mine.svg").read_text() == "<svg/>"
    circle("map", "-o", "mine.svg", "-y")
    assert "Ada Lovelace" in Path("mine.svg").read_text()
    Path("link.svg").symlink_to("nowhere")
    assert "is a link. Nothing was drawn." in circle("map", "-o", "link.svg", exit_code=5).err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("map", 2, "say where the picture goes. Nothing was written."),
        ("map in:engines", 2, "say where the picture goes. Nothing was written."),
        ("map in:engines", 2, "kinship map in:engines -o people.svg\n"),
        ("map ada alan -o people.png", 2, "kinship map ada alan -o people.svg\n"),
        ("map me ada alan joan", 2, "kinship map ada alan joan -o people.svg\n"),
        ("map in:engines -o x.svg -n 451", 2, "map in:engines -o people.svg -n 450\n"),
        ("map -o people.png", 2, 'ends in .svg, .html or .dot, not "people.png"'),
        ("map -o -", 2, 'ends in .svg, .html or .dot, not "-"'),
        ("map -o .", 2, 'ends in .svg, .html or .dot, not "."'),
        ("map -o x.svg -n 451", 2, "a picture has room for 450 people"),
        ("map nobody -o x.svg", 3, 'nobody is called "nobody"'),
        ("map me -o x.svg", 2, "that is you"),
        ("map in:nope -o x.svg", 0, ""),
        ("map -o nowhere/x.svg", 6, "could not be written: No such file or directory"),
    ],
)
def test_what_cannot_be_drawn(circle: Program, words: str, code: int, said: str) -> None:
    assert said in circle(*words.split(), exit_code=code).err
    assert not Path("x.svg").exists()


def test_nobody_to_draw(kin: Program, tmp_path: Path) -> None:
    target = tmp_path / "x.svg"
    assert kin("map", "-o", str(target)) == snapshot("""\
Nobody to draw: no ties are noted.
  Tell me: kinship knows WHO WHO
""")
    kin("add", "Ada Lovelace")
    assert kin("map", "-o", str(target)) == snapshot("""\
Nobody to draw: no ties are noted.
  Tell me: kinship knows WHO WHO
""")
    assert kin("map", "ada", "-o", str(target)) == snapshot("""\
Nobody to draw: no ties of Ada Lovelace are noted.
  Tell me: kinship knows ada WHO
""")
    assert kin("map", "in:nope", "-o", str(target)) == snapshot("""\
Nobody to draw: nobody is found.
  How to ask: kinship help find
""")
    assert json.loads(kin("map", "-o", str(target), "--json"))["file"] is None
    assert not target.exists()


def test_without_a_file_it_is_a_tree_on_the_screen(circle: Program) -> None:
    assert circle("map", "alan") == snapshot("""\
Alan Turing
├─ you both know 1 person
│  └─ Joan Clarke   you noted it 20 May
└─ they know 1 person whom you do not
   └─ Kurt Gödel    you noted it 20 May
""")
    assert circle("map", "me", "kurt") == snapshot("""\
Kurt Gödel
└─ you both know 1 person
   └─ Alan Turing   you noted it 20 May
""")
    assert json.loads(circle("map", "alan", "--json")) == snapshot(
        {
            "people": [
                {"id": 4, "ref": "alan", "name": "Alan Turing"},
                {"id": 5, "ref": "joan", "name": "Joan Clarke"},
                {"id": 6, "ref": "kurt", "name": "Kurt Gödel"},
            ],
            "ties": [[4, 5], [4, 6]],
        }
    )
    assert circle("map", "alan", "ada", "joan", exit_code=2).err == snapshot("""\
kinship: on the screen there is room for one or two people.
  kinship map alan ada joan -o people.svg
""")
