"""Names and short texts: keys, slugs, first and last names, and what is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import names


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("José García-López", "jose garcia lopez"),
        ("  Ada   LOVELACE ", "ada lovelace"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("O´Brien", "obrien"),
        ("Ka'ahumanu", "kaahumanu"),
        ("Kaʻahumanu", "kaahumanu"),
        ("J.R.R. Tolkien", "j r r tolkien"),
        ("snake_case/name", "snake case name"),
        ("Søren Ærø", "soren aero"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Đặng Thị Ngọc", "dang thi ngoc"),
        ("Þórður Guðmundsson", "thordur gudmundsson"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Işık", "isik"),
        ("Ｆｕｌｌｗｉｄｔｈ", "fullwidth"),
        ("Алёна Чайковский", "алена чаиковскии"),
        ("Ἀθηνᾶ", "αθηνα"),
        ("김민수", "김민수"),
        ("王小明", "王小明"),
        ("がくせい", "がくせい"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("محمد\u200cعلی", "محمدعلی"),
        ("राजु", "राजु"),
        ("ไพลิน", "ไพลิน"),
        ("👩\u200d🔬 Ada", "👩🔬 ada"),
    ],
)
def test_case_accents_and_hyphens_never_matter_and_letters_of_any_script_stay(
    text: str, key: str
) -> None:
    assert names.fold(text) == key


def test_decomposed_hangul_is_the_same_name() -> None:
    assert names.fold("\u1100\u1175\u11b7") == names.fold("김")


def test_topics_that_differ_in_a_sign_stay_apart() -> None:
    assert len({names.fold("C"), names.fold("C#"), names.fold("C++")}) == 3


@pytest.mark.parametrize("text", ["---", "???", "'", "…", "🦄", "#"])
def test_a_visible_text_has_a_key(text: str) -> None:
    assert names.fold(text)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u2060\ufeff", "\u3164", "\u2800"])
def test_an_invisible_text_has_none(text: str) -> None:
    assert names.fold(text) == ""


@given(st.text(st.characters(max_codepoint=0x260)) | st.text())
@example("ŉ ǅ İ ſ \u00ad ¨")
@example("\u0628\u0640 ʼʹ \u1100\u1175\u11b7 \ufdfa ς")
@example("\u05d0\u05bc\u05b7 \ufb2e\u05bc")
def test_letters_are_folded_one_by_one_as_they_are_together(text: str) -> None:
    if not text.isascii():
        assert names.fold(text) == names._folded(text)


@given(st.text())
@example("\u0149")
@example("\u1fef")
@example("\u2033")
@example("\uff40")
def test_folding_a_key_changes_nothing(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


@given(st.text())
def test_a_key_has_single_spaces_and_none_at_the_ends(text: str) -> None:
    assert names.fold(text).split() == [word for word in names.fold(text).split(" ") if word]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ada Lovelace", "ada-lovelace"),
        ("José García-López", "jose-garcia-lopez"),
        ("Martin Luther King, Jr.", "martin-luther-king-jr"),
        ("김 민수", "김-민수"),
        ("Ada $(rm) `x` | > < ;", "ada-rm-x"),
        ("🦄", ""),
        ("--all", "all"),
    ],
)
def test_a_slug_is_one_word_that_a_shell_leaves_alone(name: str, slug: str) -> None:
    assert names.slug(name) == slug


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Ada", "Ada", ""),
        ("Dr. Grace Brewster Hopper", "Grace", "Hopper"),
        ("Prof Dr Lise Meitner", "Lise", "Meitner"),
        ("Dr. Smith", "Smith", ""),
        ("Dr.", "Dr.", ""),
        ("Martin Luther King, Jr.", "Martin", "King"),
        ("Ada Lovelace, PhD, MD", "Ada", "Lovelace"),
        ("Thurston Howell III", "Thurston", "Howell"),
        ("Yo-Yo Ma", "Yo-Yo", "Ma"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("王小明", "王小明", ""),
        ("", "", ""),
        ("Felix Hoffmann 🚀", "Felix", "Hoffmann"),
        ("Felix Hoffmann🚀👩‍🔬", "Felix", "Hoffmann"),
        ("Hans Peter (he/him)", "Hans", "Peter"),
        ("William (Bill) Gates [he, him]", "William", "Gates"),
        ("Mara Berg, M.Sc., CPA", "Mara", "Berg"),
        ("Dr.-Ing. Ute Klein", "Ute", "Klein"),
        ("Gabriel García Márquez", "Gabriel", "Márquez"),
        ("García Márquez, Gabriel", "García", "Gabriel"),
        ("Lovelace, Ada", "Lovelace", "Ada"),
        ("VAN BERG, MARA", "VAN", "MARA"),
        ("Ada (she/her)", "Ada", ""),
        ("$(reboot) Noether", "$(reboot)", "Noether"),
        ("(she/her)", "(she/her)", ""),
        ("🦄", "🦄", ""),
        ("Ada 🦄", "Ada", ""),
    ],
)
def test_titles_are_not_first_names_and_suffixes_not_last_names(
    name: str, first: str, last: str
) -> None:
    assert (names.first_name(name), names.last_name(name)) == (first, last)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Dr. Ute Klein", ("Dr.", "Ute", "", "Klein", "")),
        ("Dr. D de la Rue", ("Dr.", "D", "", "de la Rue", "")),
        ("Mara M. Berg, PhD, MBA", ("", "Mara", "M.", "Berg", "PhD, MBA")),
        ("Hans Peter (he/him)", ("", "Hans", "", "Peter", "(he/him)")),
        ("William (Bill) Gates 🚀", ("", "William", "(Bill)", "Gates", "🚀")),
        ("Ada", ("", "Ada", "", "", "")),
        ("Ada 🦄", ("", "Ada", "", "", "🦄")),
        ("🦄", ("", "🦄", "", "", "")),
        (",", ("", ",", "", "", "")),
    ],
)
def test_a_name_is_taken_apart(name: str, parts: tuple[str, ...]) -> None:
    assert names.apart(name) == parts


@pytest.mark.parametrize("text", ["Jr.", "jr", "Sr", "III", "PhD", "Ph.D.", "MD", "M.D.", "Esq."])
def test_a_suffix_belongs_to_the_name(text: str) -> None:
    assert names.is_suffix(text)


@pytest.mark.parametrize("text", ["", "SCLC", "Ma", "Ii", "V", "MD Anderson", "Jr Capital"])
def test_a_company_is_not_a_suffix(text: str) -> None:
    assert not names.is_suffix(text)


@pytest.mark.parametrize(
    ("text", "line", "joined"),
    [
        (" Ada Lovelace ", "Ada Lovelace", False),
        ("Ada\nLovelace", "Ada Lovelace", True),
        ("Ada \t\r\n Lovelace", "Ada Lovelace", True),
        ("Ada\u2028Lovelace", "Ada Lovelace", True),
        ("Ada\n", "Ada", False),
        ("", "", False),
    ],
)
def test_a_line_break_inside_a_line_becomes_a_space(text: str, line: str, joined: bool) -> None:
    assert names.clean_line(text) == (line, joined)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "a" * 201])
def test_text_that_cannot_be_kept_is_refused_in_few_words(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        names.check_text(text, "name", names.NAME_LIMIT)
    assert refusal.value.message.startswith("the name ")
    assert len(refusal.value.message) < 120


@pytest.mark.parametrize("text", ["a\x1b[31m", "\u202eada", "a\tb\nc", "👩\u200d🔬", ""])
def test_any_other_text_is_kept_true(text: str) -> None:
    assert names.check_text(text, "note", names.TEXT_LIMIT) == text


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\u3164\ufe0f", "\u2060 \u200d"])
def test_a_name_that_nobody_can_see_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="can be seen"):
        names.check_name(text)


def test_a_name_is_one_line() -> None:
    assert names.check_name(" Ada\nLovelace ") == "Ada Lovelace"


@given(st.text(min_size=1))
def test_a_quotation_is_short(text: str) -> None:
    assert len(names.quoted(text * 50)) <= 42


def test_a_quotation_shows_where_it_was_cut() -> None:
    assert names.quoted("ada") == '"ada"'
    assert names.quoted("a" * 41) == '"' + "a" * 39 + '…"'


_WORDS = st.sampled_from(
    [
        *(
            "Ada",
            "Lovelace",
            "de",
            "DE",
            "Van",
            "der",
            "al",
            "Dr",
            "Dr.",
            "prof",
            "PhD",
            "Ph.D.",
            "ii",
        ),
        *(
            "III",
            "Jr",
            "jr.",
            "Jr.,",
            "'t",
            "St.",
            "ó",
            "Ó",
            "ΟΔΟΣ",
            "İ",
            "ẞ",
            "É.",
            "佐藤",
            ",",
            "-",
            "a,b",
            "🚀",
            "Zoë👩‍🔬",
            "(he/him)",
            "[a",
            "b)",
            "CPA",
        ),
    ]
)
_NAMES = st.lists(_WORDS | st.text(max_size=4), max_size=5).map(" ".join)
_SPACED = st.tuples(_NAMES, st.sampled_from(["", " ", "\u3000", "\t", "  "])).map("".join)


@given(st.lists(_SPACED.map(lambda name: name.replace("\0", ""))))
@example([])
@example(["Ada", "Ludwig van Beethoven", "Prof. Emmy Noether", "Ada King, PhD", ""])
def test_all_names_at_once_are_as_one_after_another(several: list[str]) -> None:
    one_by_one = [names.first_and_last(name) for name in several]
    assert list(zip(*names.firsts_and_lasts(several), strict=True)) == one_by_one


@given(_SPACED)
def test_nothing_of_a_name_is_lost_when_it_is_taken_apart(name: str) -> None:
    parts = names.apart(name)
    assert (
        "".join(" ".join(parts).replace(",", "").split()) == "".join(name.replace(",", "").split())
        or parts.first == name.strip()
    )
    assert names.first_and_last(name) == (parts.first, " ".join(parts.last.split()))
