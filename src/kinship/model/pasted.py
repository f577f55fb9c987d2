"""What people paste: business cards, signatures, ``Name <mail>``, rows of a spreadsheet, links.

Nothing of it is lost: what is no name, company, role, address or channel is kept as a note. How a
card is told from a list of people: docs/rules.md, What is pasted.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from kinship.model import card_parts, handles, line, names
from kinship.model.channel import Handle
from kinship.model.line import Draft
from kinship.value import Value


class Entry(Value):
    """One person in a longer text: a line of it or a card, and the number of its first line."""

    number: int
    text: str


_MAIL: Final = r"[^\s<>,;:()\"]+@[\w-]+(?:\.[\w-]+)+"
_ADDRESSED: Final = rf"\s*(?P<name>[^<>]*?)\s*<\s*(?:mailto:)?(?P<mail>{_MAIL})\s*>\s*(?P<rest>.*)"
_BRACKETED: Final = r"(?P<name>[^(),]+?)\s*\((?P<said>[^()]*[^\W\d][^()]*)\)\s*(?P<rest>.*)"
_PRONOUNS: Final = r"(?i)(she|he|they|her|him|them|ze|xe|any|all)(\s*/\s*[a-z]+)+|(she|he|they)"
_PHONE_LABEL: Final = (
    r"(?i)(?<!\S)(?:(?:tel|telephone|phone|ph|mob|mobile|cell|direct|office)\s*[:.]?"
    r"|[ptmcdo]\s*[:.])\s*(?=\+?[(\d])"
)
_MAIL_LABEL: Final = rf"(?i)(?<!\S)(?:e|email|e-mail|mail)\s*(?:[:.]\s*|\s+)(?={_MAIL})"
_WEB_LABEL: Final = r"(?i)(?<!\S)(?:w|web|website|url)\s*[:.]\s*(?=[\w-]+\.[\w.-]+)"
_FAX: Final = r"(?i)(?<!\S)f(?:ax)?\s*[:.]\s*\+?[(\d][\d\s()./-]{4,}"
_WWW: Final = r"(?i)(?<![\w:/.@])(?=www\.[\w-]+\.)"
_MOST_LINES, _MOST_TEXTS, _MOST_CARDS, _LONGEST = 14, 7, 50, 2000


# Which people a text holds


def entries(text: str) -> list[Entry]:
    """The people in a text of several lines, each with what is said of them.

    Blank lines separate. Lines that stand together are a person each, unless one of them could be
    nobody by itself (an address, a number, a link alone): then all of them are one card.
    """
    found: list[Entry] = []
    block: list[Entry] = []
    for number, row in enumerate([*_rows(text), ""], 1):
        if row.strip():
            block.append(Entry(number, row))
            continue
        for part in _cards_in(block):
            if _is_card([entry.text for entry in part]):
                found.append(Entry(part[0].number, "\n".join(entry.text for entry in part)))
            else:
                found += (Entry(e.number, one) for e in part for one in _each_addressed(e.text))
        block = []
    return found


def _rows(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cards_in(block: list[Entry]) -> list[list[Entry]]:
    """The lines, parted where a name is borne out by the address under it, if that is so twice."""
    if len(block) > _MOST_LINES * _MOST_CARDS:
        return [block]
    starts = [at for at in range(len(block) - 1) if _begins(block[at].text, block[at + 1].text)]
    if len(starts) < 2 or starts[0] != 0:
        return [block]
    return [block[start:end] for start, end in pairwise([*starts, len(block)])]


def _begins(row: str, under: str) -> bool:
    if _is_contact(row) or not card_parts.may_be_name(row):
        return False
    users = [
        c.handle for c in map(card_parts.contact, card_parts.parts(under)) if isinstance(c, Handle)
    ]
    words = [word for word in names.fold(row).split() if len(word) > 2]
    return any(word in user.partition("@")[0].lower() for user in users for word in words)


def _is_card(rows: Sequence[str]) -> bool:
    """Whether these lines are of one person."""
    if not 1 < len(rows) <= _MOST_LINES or max(map(len, rows)) > _LONGEST:
        return False
    if rows[0].strip() == "--":
        return True
    alone = [_is_contact(row) for row in rows]
    several = any(_is_mixed(row) for row in rows[1:])
    return not alone[0] and any(alone) and not several and alone.count(False) <= _MOST_TEXTS


def _is_mixed(row: str) -> bool:
    """Whether a line says a name and how to reach them: somebody by itself."""
    return any(
        len(part.split()) > 1
        and card_parts.contact(part) is None
        and any(word.startswith("+") or handles.recognise(word) for word in part.split())
        for part in card_parts.parts(row)
    )


def is_heading(text: str) -> bool:
    """Whether this is the heading of a table: nothing but the names of columns."""
    cells = _cells(text) or text.split(",")
    return len(cells) > 1 and all(map(card_parts.is_heading, filter(str.strip, cells)))


def _each_addressed(text: str) -> list[str]:
    """``Ada <ada@x>, Grace <grace@y>``, as the head of a mail has it, one by one."""
    if len(re.findall(rf"<{_MAIL}>", text)) < 2 or "\n" in text:
        return [text]
    parts = re.split(r"(?<=>)\s*[,;]\s*", re.sub(r"(?i)^\s*(?:to|cc|from)\s*:\s*", "", text))
    return [part for part in parts if part.strip()]


def _is_contact(row: str) -> bool:
    parts = list(card_parts.parts(row))
    return bool(parts) and all(card_parts.contact(part) is not None for part in parts)


# What is said of one


def drafted(text: str) -> Draft:
    """What an entry says, typed or pasted. Raises BadInput as ``line.parse_text`` does."""
    if "\n" not in text:
        draft = line.parse_text(text)
        if not line.may_be_pasted(text, draft):
            return draft
    return read(text)


def read(text: str) -> Draft:
    """What a pasted line or card says. Raises BadInput as ``line.parse_text`` does."""
    names.check_text(text, "line", names.TEXT_LIMIT)
    rows = [row for row in _rows(text) if row.strip()]
    if len(rows) > 1 and max(map(len, rows)) <= _LONGEST:
        return _card(_lines_of_card(rows))
    row = " ".join(rows)
    if len(row) > _LONGEST:
        return line.parse_text(row)
    if cells := _cells(row):
        return _card(_named_cells(cells), in_rows=False)
    plain, kept = _plainly(row)
    return _mended(line.parse_text(plain), kept)


def read_words(words: Sequence[str]) -> Draft:
    """As `read`, from the arguments of a command: one that is a token stays whole."""
    if len(words) == 1 or not any(re.search(r"\S:.*\s", word) for word in words):
        return read(" ".join(words))
    return _mended(line.parse_words(words), [])


def _mended(draft: Draft, kept: Sequence[str]) -> Draft:
    """A draft of the plain grammar, with what only pasted text says."""
    if draft.org:
        role, org = card_parts.role_and_company(draft.org)
        if role and not draft.role:
            draft = draft._replace(role=role, org=org)
    return _keeping(draft, kept)


def _keeping(draft: Draft, kept: Sequence[str]) -> Draft:
    """The draft with a note of what fits nowhere, and a name if a handle tells one."""
    if not draft.name:
        guess = next(filter(None, map(card_parts.name_in, draft.channels)), "")
        draft = draft._replace(name=guess, guessed=bool(guess))
    if not kept:
        return draft
    note = "\n".join(filter(None, (draft.note, *kept)))
    names.check_text(note, "note", names.TEXT_LIMIT)
    return draft._replace(note=note, leftover=(*draft.leftover, *kept))


def _plainly(row: str) -> tuple[str, list[str]]:
    """A pasted line in the words of the grammar, and what has no place in it."""
    before, mark, note = _before_note(row)
    kept: list[str] = []
    kept += (found[0].strip() for found in re.finditer(_FAX, before))
    before = re.sub(_FAX, " ", before)
    before = _in_order(before)
    if found := re.fullmatch(_ADDRESSED, before):
        name = card_parts.forwards(found["name"])
        before = f"{name} {found['mail']} {found['rest'].lstrip(',; ')}"
    if found := re.fullmatch(_BRACKETED, before):
        if re.fullmatch(_PRONOUNS, found["said"].strip()):
            kept.append(f"({found['said'].strip()})")
            before = f"{found['name']} {found['rest']}"
        elif _is_remark(found["said"]) and (
            not found["rest"] or _goes_on(found["rest"].split()[0])
        ):
            kept.append(found["said"].strip())
            before = f"{found['name']} {found['rest']}"
        elif not found["rest"] or _goes_on(found["rest"].split()[0]):
            before = f"{found['name']}, {found['said'].strip()} {found['rest']}"
    before = re.sub(r"\s@\s", " at " if "," in before else ", ", before, count=1)
    before = re.sub(_MAIL_LABEL, "", re.sub(_PHONE_LABEL, "tel:", before))
    before = re.sub(_WWW, "web:", re.sub(_WEB_LABEL, "web:", before))
    return before + mark + note, kept


def _in_order(row: str) -> str:
    """``Ada | CTO, Acme | ada@acme.example`` as the grammar has it: the name, the texts, the rest."""
    if '"' in row:
        return row
    said = [part for part in re.split(line.STANDS_APART, row) if part.strip("|·•–— -")]
    if not re.search(line.STANDS_APART, row) or not said or not card_parts.may_be_worded(said[0]):
        return row
    name, *others = said
    texts, rest = [name.rstrip(" ,")], list[str]()
    for part in others:
        words = part.strip(" |,").split()
        end = next((at for at, word in enumerate(words) if _goes_on(word)), len(words))
        texts += [" ".join(words[:end])] if end else []
        rest += words[end:]
    return " ".join([", ".join(texts), *rest, ""]) if others else name + " "


def _is_remark(said: str) -> bool:
    """Whether what stands in brackets after a name is a remark, and not a company."""
    return len(said.split()) > 2 and said.strip()[0].islower()


def _goes_on(word: str) -> bool:
    """Whether a name ends before this word."""
    return word.startswith("+") or ":" in word or handles.recognise(word) is not None


def _before_note(row: str) -> tuple[str, str, str]:
    found = re.search(r"(?:(?<=\s)|^)//", row)
    return (row[: found.start()], "//", row[found.end() :]) if found else (row, "", "")


# Cells


def _cells(row: str) -> list[str]:
    """The cells of a row of a spreadsheet; none if it is not one."""
    before, _, _ = _before_note(row)
    separators = [mark for mark in "\t;" if mark in before.strip()]
    if re.search(r'^\s*"[^"]*","|^[^",]*,"[^"]*,', row):
        separators.append(",")
    elif len(re.findall(r"\S,\S|,,", row)) > 1 and not re.search(r" ,|, ", row):
        separators += "," if any(map(handles.recognise, row.split(","))) else ""
    return next(filter(None, (_split(row, separator) for separator in separators)), [])


def _split(row: str, separator: str) -> list[str]:
    import csv  # (only for a row of a spreadsheet)

    try:
        cells = next(csv.reader([row], delimiter=separator, skipinitialspace=True, strict=True))
    except (csv.Error, StopIteration):
        cells = row.split(separator)
    cells = [cell.strip() for cell in cells if cell.strip()]
    return cells if len(cells) > 1 else []


def _named_cells(cells: list[str]) -> list[str]:
    """The cells with the name in one of them, forwards: first and last names have cells of their own."""
    first, second, *others = [card_parts.forwards(cells[0]), *cells[1:]]
    single = all(word.isalpha() and len(word) > 1 for word in (first, second))
    texts = [cell for cell in others if card_parts.contact(cell) is None]
    known = (
        card_parts.is_job(second)
        or card_parts.is_company(second)
        or (len(texts) == 1 and card_parts.is_job(texts[0]))
    )
    if single and not known:
        return [f"{first} {second}", *others]
    return [first, second, *others]


# Cards


class _Card:
    """A card in the making: what is sure is taken, the rest waits as texts in their order."""

    def __init__(self, in_rows: bool) -> None:
        self.in_rows = in_rows
        self.channels: dict[tuple[str, str], Handle] = {}
        self.said: dict[str, str] = {}
        self.texts: list[str] = []
        self.kept: list[str] = []
        self.labels: list[str] = []

    def take(self, part: str) -> None:
        contact = card_parts.contact(part)
        if contact is None:
            self.texts += self._without_links(part)
        elif isinstance(contact, Handle):
            self._reach(contact)
            if contact.kind == "phone":
                self.labels.append(part)
        else:
            field, text = contact
            if field == "kept" or (field in self.said and field != "address"):
                self.kept.append(part)
            else:
                before = self.said.get(field)
                self.said[field] = f"{before}, {text}" if before else text

    def _without_links(self, part: str) -> list[str]:
        """The text without the e-mail addresses and links in it, which are taken."""
        rest = []
        for word in part.split():
            found = handles.recognise(word.strip("()[],;"))
            if found and found.kind != "phone":
                self._reach(found)
            else:
                rest.append(word)
        text = " ".join(rest)
        return [text] if any(map(str.isalnum, text)) else []

    def _reach(self, handle: Handle) -> None:
        self.channels.setdefault((handle.kind, handles.key(*handle)), handle)

    def numbers(self) -> list[str]:
        """Which of several numbers is which; of one alone it does not matter."""
        return [text for text in self.labels if text[0].isalpha()] if len(self.labels) > 1 else []


def _lines_of_card(rows: Iterable[str]) -> list[str]:
    rows = list(rows)
    signed = next((at for at, row in enumerate(rows) if row.rstrip() == "--"), -1)
    return [
        part
        for row in (*rows[signed + 1 :], *rows[: max(signed, 0)])
        for part in card_parts.parts(row)
    ]


def _card(parts: Sequence[str], *, in_rows: bool = True) -> Draft:
    """What the parts of a card say; only rows of it can be those of an address."""
    card = _Card(in_rows)
    for part in parts:
        card.take(part)
    kept = [*card.kept, *card.numbers()]
    texts = list(card.texts)
    name = card.said.pop("name", "") or _take_name(texts, card)
    plain, more = _plainly(name)
    draft = line.parse_text(plain)
    said = dict(card.said)
    if draft.org:
        texts.insert(0, draft.org)
    address = [said.pop("address")] if "address" in said else []
    again = names.fold(draft.name)
    kept += [
        text
        for text in texts
        if names.fold(text) != again and not _place(text, said, address, texts, card)
    ]
    channels = {(h.kind, handles.key(*h)): h for h in (*draft.channels, *card.channels.values())}
    draft = draft._replace(
        org=names.check_line(said.get("org", ""), "company"),
        role=draft.role or names.check_line(said.get("role", ""), "role"),
        address=names.check_text(", ".join(address), "address", 2000),
        channels=tuple(channels.values()),
    )
    return _keeping(draft, [*more, *kept])


def _take_name(texts: list[str], card: _Card) -> str:
    """The text that is the name: the one an address bears out, else the first that can be."""
    users = " ".join(
        h.handle.partition("@")[0].lower()
        for h in card.channels.values()
        if h.kind in card_parts.READABLE
    )
    fits = card_parts.may_be_name if card.in_rows else card_parts.may_be_worded
    could = [t for t in texts if fits(t)]
    borne = (
        []
        if not card.in_rows
        else [t for t in could if any(len(w) > 2 and w in users for w in names.fold(t).split())]
    )
    chosen = next(iter([*borne, *could]), "")
    if chosen:
        texts.remove(chosen)
    return chosen


def _place(
    text: str, said: dict[str, str], address: list[str], texts: Sequence[str], card: _Card
) -> bool:
    """Put a text of a card where it belongs; False if it belongs nowhere."""
    if card_parts.is_farewell(text):
        return False
    role, org = card_parts.role_and_company(text)
    if role and "role" not in said and (not org or "org" not in said):
        said["role"] = role
        if org:
            said["org"] = org
        return True
    if not role and "org" not in said and _is_the_company(text, texts, card):
        said["org"] = text
        return True
    if not card.in_rows:
        return False
    if card_parts.is_place(text) or (address and len(text.split()) < 5):
        address.append(text)
        return True
    return False


def _is_the_company(text: str, texts: Sequence[str], card: _Card) -> bool:
    def sure(other: str) -> bool:
        return card_parts.is_company(other) or _in_domain(other, card)

    if sure(text):
        return True
    return (
        not any(map(sure, texts))
        and not card_parts.is_place(text)
        and not re.search(r"\d{2}", text)
    )


def _in_domain(text: str, card: _Card) -> bool:
    domains = " ".join(
        h.handle.rpartition("@")[2]
        for h in card.channels.values()
        if h.kind in ("email", "website")
    )
    word = names.fold(text).replace(" ", "")
    return len(word) > 2 and word in domains.lower().replace("-", "").replace(".", " ")
