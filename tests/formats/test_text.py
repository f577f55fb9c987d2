"""Bytes become text: by their marks, as UTF-8, or by the code page of whoever saved them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.formats import text

LEGACY = [
    ("cp1252", "Vorname;Nachname;Straße\nJürgen;Müller;Königstraße 5\nAnna;Schmidt;Hauptstr. 1\n"),
    ("cp1252", "Prénom,Nom,Société\nFrançois,Lefèvre,Crédit\nHélène,Bézier,\n"),
    ("cp1252", "Nombre,Apellidos\nÁngela,Ruiz Muñoz\nJosé,Peña\n"),
    ("cp1252", "name,email\nJosé García,j@example.org\n"),
    ("cp1252", "name\nBjörk Guðmundsdóttir\nÞór Ólafsson\n"),
    ("cp1252", "Fornavn;Etternavn\nØyvind;Åsen\nKåre;Bjørnson\n"),
    ("cp1252", "Nome,Sobrenome\nJoão,Conceição\n"),
    ("cp1252", "Name;Notiz\nMüller;„Gut“ – 5 €\n"),
    ("cp1252", "Nom\nÉric\n"),
    ("cp1250", "Imię;Nazwisko\nŁukasz;Świątek\nGrażyna;Żółkiewska\nJan;Kowalski\n"),
    ("cp1250", "Jméno;Příjmení\nJiří;Dvořák\nŽaneta;Křížová\nPetr;Novák\n"),
    ("cp1250", "Név;Cég\nSzőke Gergő;Fűszer Kft.\nNagy László;Kőműves\n"),
    ("cp1250", "Nume;Prenume\nIonuţ;Bălan\n"),
    ("cp1254", "Ad;Soyad\nIşıl;Gündoğdu\nÇağrı;Şahin\nMehmet;Yılmaz\n"),
    ("cp1251", "Имя;Фамилия\nСофья;Ковалевская\nИван;Иванов\n"),
    ("cp1253", "Όνομα;Email\nΕλένη Παπαδοπούλου;e@example.org\n"),
    ("cp1255", "שם;עיר\nדוד כהן;ירושלים\nרחל לוי;חיפה\n"),
    ("cp1256", "الاسم;المدينة\nمحمد علي;القاهرة\n"),
    ("koi8_r", "Имя;Фамилия\nСофья;Ковалевская\n"),
    ("cp932", "名,姓,会社\n秀樹,湯川,京都大学\n太郎,山田,株式会社\n"),
    ("euc_jp", "名前,会社,メール\n湯川 秀樹,京都大学,y@example.org\n"),
    ("iso2022_jp", "名前,会社\n湯川 秀樹,京都大学\n"),
    ("gb18030", "姓名,公司\n李伟,清华大学\n王芳,有限公司\n"),
    ("big5", "姓名,公司\n陳大文,台灣大學\n"),
    ("cp949", "이름,회사\n김철수,서울대학교\n"),
    ("mac_roman", "Name;Firma\nJürgen Müller;Bäckerei Groß\nRené;Orléans\n"),
]


@pytest.mark.parametrize(("encoding", "said"), LEGACY)
@pytest.mark.parametrize("times", [1, 30])
def test_the_code_page_shows(encoding: str, said: str, times: int) -> None:
    head, _, rest = said.partition("\n")
    whole = f"{head}\n{rest * times}"
    assert text.decode(whole.encode(encoding)) == whole


def test_accents_are_found_behind_many_plain_lines() -> None:
    whole = "Ada Lovelace,a@example.org\n" * 20_000 + "Łukasz Świątek,l@example.org\n" * 3
    assert text.decode(whole.encode("cp1250")) == whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_at_the_beginning_tells(encoding: str) -> None:
    assert text.decode("Zoë,名前\n".encode(encoding)) == "Zoë,名前\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_shows_by_its_zeros(encoding: str) -> None:
    assert text.decode("Name,Email\nAda,a@example.org\n".encode(encoding)).startswith("Name,")


def test_a_few_lines_of_another_program_do_not_spoil_the_rest() -> None:
    lines = ["Zoë,Zürich\n", "Łukasz,Łódź\n"] * 5
    data = "".join(lines).encode() + "Müller,Köln\n".encode("cp1252")
    assert text.decode(data) == "".join(lines) + "Müller,Köln\n"


def test_what_the_user_says_holds() -> None:
    assert text.decode("Łódź\n".encode("iso8859-2"), "iso8859-2") == "Łódź\n"
    with pytest.raises(BadInput, match="not in ascii: line 2 cannot"):
        text.decode("Lodz\nŁódź\n".encode(), "ascii")
    with pytest.raises(BadInput, match="line 1 cannot be read so"):
        text.decode(b"Ada\n", "utf-16")


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", "utf-8\0", "", "undefined"])
def test_what_is_no_encoding_is_refused(name: str) -> None:
    if not name:
        assert text.decode(b"Ada") == "Ada"
        return
    with pytest.raises(BadInput, match=r"no encoding|cannot be read so"):
        text.decode(b"Ada", name)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "Excel workbook or a zip archive, not text"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"%PDF-1.7", "a PDF"),
        (b"SQLite format 3\0", "a database"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"{\\rtf1", "formatting"),
        (b"", "nothing in this file"),
        (b"\r\n \0", "nothing in this file"),
        (bytes(range(256)) * 20, "not text"),
    ],
)
def test_what_is_no_text_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        text.decode(data)


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "cp1252", "utf-16", "shift_jis"]))
def test_lines_are_the_text_in_pieces(data: bytes, encoding: str) -> None:
    try:
        whole = text.decode(data, encoding)
    except BadInput:
        with pytest.raises(BadInput):
            list(text.lines(data, encoding))
        return
    assert "".join(text.lines(data, encoding)) == whole
    whole.encode()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_text_is_read_true_in_utf_8(said: str) -> None:
    said = "x" + said
    assert text.decode(said.encode()) == said
    assert text.decode(said.encode("utf-8-sig")) == said
