"""vCards made to stop a reader, and files that are anything else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.formats import Source, read, vcard
from kinship.model.card import Card, Skipped

FILES = Path(__file__).parents[1] / "files" / "vcards"
CORPUS = sorted(file.read_bytes() for file in FILES.iterdir())


def records(data: bytes) -> list[Card | Skipped]:
    return list(vcard.read(Source("people.vcf", data)))


def whole(*lines: str | bytes) -> bytes:
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return b"\r\n".join([b"BEGIN:VCARD", *raw, b"END:VCARD", b""])


@pytest.mark.parametrize(
    ("record", "people"),
    [
        (lambda: whole("FN:Ada", 'TEL;X="",' + '"",' * 24), 1),
        (lambda: whole("FN:Ada", "A" + ";a=b" * 200_000), 1),
        (lambda: whole("FN:Ada", "TEL;X=" + '"' * 999_999 + ":1"), 1),
        (lambda: whole("FN:Ada", "TEL;X=" + '"":' * 300_000 + "1"), 1),
        (lambda: whole("FN:Ada", "TEL;X=" + '"";' * 300_000 + ":1"), 1),
        (lambda: b"BEGIN:VCARD\n" * 20_000 + b"FN:x\n" + b"END:VCARD\n" * 20_000, 1),
        (lambda: whole("FN:Ada", "NOTE:" + "x" * 50_000_000), 1),
        (lambda: whole("FN:Ada", "NOTE:" + "x\\n" * 3_000_000), 1),
        (lambda: whole("FN:Ada", "NOTE;QUOTED-PRINTABLE:" + "abc=\r\n" * 200_000), 1),
        (lambda: whole("FN:Ada", "CATEGORIES:" + "a," * 1_000_000), 1),
        (lambda: whole("FN:Ada", "CATEGORIES:" + "a\\," * 1_000_000), 1),
        (lambda: whole("FN:Ada", "ADR:" + ";" * 5_000_000), 1),
        (lambda: whole("FN:Ada", *["TEL:1"] * 100_000), 1),
        (lambda: whole("FN:Ada", *["junk"] * 100_000), 1),
        (lambda: whole("FN:Ada", "NOTE:" + "\\" * 3_000_001, "junk", "junk"), 1),
        (lambda: b" " * 5_000_000 + b"\n" + whole("FN:Ada"), 1),
        (lambda: whole("FN:Ada", b"NOTE;CHARSET=punycode:" + b"a" * 300_000 + b"\xff"), 1),
        (lambda: b"BEGIN:VCARD\nFN:x\n" * 20_000, 20_000),
    ],
)  # fmt: skip
def test_what_is_made_to_stop_a_reader_does_not(record: Callable[[], bytes], people: int) -> None:
    found = records(record())
    assert sum(isinstance(card, Card) for card in found) == people


def test_a_line_without_end_is_left_out_and_said() -> None:
    [card] = records(whole("FN:Ada", "NOTE:" + "x" * 17_000_000, "TEL:1"))
    assert isinstance(card, Card)
    assert card.notes == ()
    assert [reach.text for reach in card.reaches] == ["1"]
    assert card.remarks == ("line 3 (NOTE) is longer than 16 MB and was left out",)


def test_a_long_file_is_read_as_it_comes() -> None:
    found = vcard.read(Source("x.vcf", whole("FN:Ada") * 50_000))
    assert isinstance(next(found), Card)
    assert sum(1 for _ in found) == 49_999


def outcome(format_name: str, data: bytes, encoding: str = "") -> list[Card | Skipped] | None:
    """What is read of a file; None where it is refused. Anything else raised is a fault."""
    try:
        found = list(read(format_name, Source("a file", data, encoding)))
    except BadInput:
        return None
    for record in found:
        texts = [record.text] if isinstance(record, Skipped) else texts_of(record)
        for text in texts:
            text.encode()  # no lone surrogates
            assert "\0" not in text
    return found


def texts_of(card: Card) -> list[str]:
    assert card.name.strip() == card.name != ""
    return [
        *(card.name, card.key, card.nick, card.org, card.role, card.city, card.address),
        *(part for reach in card.reaches for part in reach[:3]),
        *card.notes,
        *card.tags,
        *card.remarks,
        *(part for day in card.dates for part in day),
        *(part for extra in card.extras for part in extra),
    ]


NAMES = [
    "FN",
    "N",
    "ORG",
    "TITLE",
    "ADR",
    "TEL",
    "EMAIL",
    "URL",
    "BDAY",
    "NOTE",
    "PHOTO",
    "CATEGORIES",
    "UID",
    "IMPP",
    "X-ABDATE",
    "X-ABLabel",
    "KIND",
    "X-SOCIALPROFILE",
    "AGENT",
    "LABEL",
    "NICKNAME",
    "MEMBER",
    "X-ANDROID-CUSTOM",
    "X-AIM",
    "RELATED",
    "BEGIN",
    "END",
    "VERSION",
]
PARAMS = [
    ";HOME",
    ";TYPE=work,pref",
    ";ENCODING=QUOTED-PRINTABLE",
    ";ENCODING=b",
    ";BASE64",
    ";CHARSET=SHIFT_JIS",
    ";CHARSET=utf-16",
    ";X-APPLE-OMIT-YEAR=1604",
    ";PREF=1",
    ';LABEL="a;b:c"',
    ";X-SERVICE-TYPE=Skype",
    ';TYPE="',
    ";VALUE=uri",
]
VALUES = [
    "Lovelace;Ada;;;",
    "VCARD",
    "--0412",
    "1604-01-02",
    "a\\,b\\;c\\n",
    "=C3=BC=",
    "http://x.example/a,b",
    "tel:+1;ext=2",
    "data:image/png;base64,AAAA",
    "\\",
    "aim:goim?screenname=x",
    "org",
    "group",
    "_$!<Mobile>!$_",
    "=",
    ";;;;;;;;",
]
LINES = st.builds(
    "{}{}{}:{}{}".format,
    st.sampled_from(["", "item1.", "a.b."]),
    st.sampled_from(NAMES) | st.text(max_size=5),
    st.lists(st.sampled_from(PARAMS) | st.text(max_size=8), max_size=3).map("".join),
    st.sampled_from(VALUES) | st.text(max_size=20),
    st.sampled_from(["", "\n ", "=\n", "\r", "\n\t x"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=12), st.sampled_from(["utf-8", "cp1252", "utf-16", "shift_jis"]))
def test_any_lines_are_read_or_refused(lines: list[str], codec: str) -> None:
    text = "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD"])
    assert outcome("vcard", text.encode(codec, "replace")) != []


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CORPUS), st.data())
def test_damaged_files_are_read_or_refused(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 8))):
        at = draw.draw(st.integers(0, max(0, len(damaged) - 1)))
        match draw.draw(st.sampled_from(["put", "cut", "turn", "again"])):
            case "put":
                damaged[at:at] = draw.draw(st.sampled_from(TOKENS) | st.binary(max_size=4))
            case "cut":
                del damaged[at : at + draw.draw(st.integers(1, 40))]
            case "turn":
                damaged[at : at + 1] = bytes([draw.draw(st.integers(0, 255))])
            case _:
                damaged[at:at] = damaged[at : at + draw.draw(st.integers(1, 200))]
    outcome("vcard", bytes(damaged))
    outcome("jcard", bytes(damaged))


TOKENS = [
    *(b"BEGIN:VCARD\n", b"\nEND:VCARD\n", b"\r", b"\n ", b"=\n", b'"', b"\\", b";", b":", b"\0"),
    *(b";CHARSET=utf-7", b";ENCODING=b", b";QUOTED-PRINTABLE", b"\xff\xfe", b"\xed\xa0\x80", b"AGENT:\n"),
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["", "utf-8", "cp1252", "utf-16", "idna", "hex", "x"])
)
@example(b"BEGIN:VCARD\nFN;CHARSET=\0:\xff\nEND:VCARD", "")
@example(b"BEGIN:VCARD\nFN:\xed\xa0\x80\nEND:VCARD", "")
def test_any_bytes_are_read_or_refused(data: bytes, encoding: str) -> None:
    outcome("vcard", data, encoding)
    outcome("vcard", b"BEGIN:VCARD\nFN:Ada\n" + data, encoding)
    outcome("jcard", data, encoding)


def folded(data: bytes, cuts: list[int]) -> bytes:
    """The same card with its lines folded, where a line may be folded at all."""
    result = []
    for line in data.split(b"\n"):
        edge = line.upper().startswith((b"BEGIN:", b"END:")) or b"QUOTED" in line.upper()
        for cut in sorted(cuts, reverse=True):
            if not edge and 0 < cut < len(line):
                line = line[:cut] + b"\n " + line[cut:]
        result.append(line)
    return b"\n".join(result)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(4, 90), max_size=6, unique=True))
def test_folding_changes_nothing(cuts: list[int]) -> None:
    plain = (FILES / "unfolded.vcf").read_bytes().replace(b"\r\n", b"\n")
    assert [r._replace(row=1) for r in records(folded(plain, cuts))] == [
        r._replace(row=1) for r in records(plain)
    ]


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\r\r\n"])
@pytest.mark.parametrize("name", [file.name for file in sorted(FILES.iterdir())])
def test_line_ends_change_nothing(name: str, end: bytes) -> None:
    plain = (FILES / name).read_bytes().replace(b"\r\n", b"\n")
    expected = [record._replace(row=1) for record in records(plain)]
    assert [r._replace(row=1) for r in records(plain.replace(b"\n", end))] == expected


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_where_a_file_is_cut_to_be_read_changes_nothing(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [records(data) for data in CORPUS]
    monkeypatch.setattr("kinship.formats.content_lines._STEP", size)
    assert [records(data) for data in CORPUS] == expected
