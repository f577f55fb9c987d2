"""What LinkedIn's files have in common: headings, the address of a profile, text with tags in it."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final
from urllib.parse import unquote

from kinship.errors import BadInput
from kinship.formats import Source, linkedin_days, tables
from kinship.model import names, profiles
from kinship.model.card import Extra, Reach, Skipped

CONNECTIONS: Final = {
    "first": "first name|vorname|prénom|nombre|nome|voornaam|förnamn|fornavn|etunimi|imię|jméno"
    "|имя|ad|adı|名|名字|이름|prenume|nama depan|given name",
    "last": "last name|nachname|nom|nom de famille|apellidos|apellido|cognome|sobrenome|apelido"
    "|achternaam|efternamn|efternavn|etternavn|sukunimi|nazwisko|příjmení|фамилия|soyadı|soyad|姓"
    "|姓氏|성|nume|nama belakang|surname|family name",
    "url": "url|profile url|linkedin url|profil url|url du profil|url del perfil|url del profilo"
    "|url do perfil|profiel url",
    "email": "email address|e mail address|email|e mail|e mail adresse|adresse e mail"
    "|adresse email|dirección de correo electrónico|dirección de email|correo electrónico"
    "|indirizzo email|indirizzo e mail|endereço de e mail|endereço de email|e mailadres|e postadress"
    "|e postadresse|e mailadresse|sähköpostiosoite|adres e mail|e mailová adresa|адрес эл почты"
    "|адрес электронной почты|e posta adresi|メールアドレス|电子邮件地址|邮箱|이메일 주소",
    "org": "company|unternehmen|firma|entreprise|société|empresa|azienda|bedrijf|företag|virksomhed"
    "|bedrift|yritys|společnost|компания|şirket|会社|会社名|公司|회사|companie|perusahaan",
    "role": "position|poste|cargo|puesto|posición|posizione|qualifica|posição|functie|positie"
    "|befattning|stilling|tehtävä|asema|stanowisko|pozice|должность|pozisyon|unvan|役職|职位|職位"
    "|직책|직위|poziție|jabatan|stelle",
    "day": "connected on|verbunden am|verbunden seit|kontakt seit|vernetzt am|connexion le"
    "|connecté le|connectée le|connecté e le|date de connexion|en relation depuis|relation depuis"
    "|conectado el|fecha de conexión|conectado desde|contacto desde|collegato il|collegato dal"
    "|data di collegamento|data del collegamento|conectado em|data da conexão|conexão em"
    "|ligado em|data de conexão|verbonden op|connectie sinds|gekoppeld op|datum van connectie"
    "|ansluten|ansluten den|kontakt sedan|forbundet den|forbundet|koblet til|yhdistetty|połączono"
    "|data nawiązania kontaktu|spojeno dne|spojeni|дата установления контакта|контакт установлен"
    "|bağlantı tarihi|bağlantı kuruldu|つながった日|建立关系时间|加为好友时间|connected date"
    "|connection date|date connected|1촌 맺은 날짜|conectat la|terhubung pada",
}
INVITATIONS: Final = {
    "from": "from|inviter",
    "to": "to|invitee",
    "day": "sent at|sent on|date",
    "text": "message",
    "direction": "direction",
    "from_url": "inviter profile url",
    "to_url": "invitee profile url",
}
MESSAGES: Final = {
    "thread": "conversation id",
    "sender": "from",
    "address": "sender profile url",
    "to": "to",
    "addresses": "recipient profile urls|recipient profile url",
    "day": "date",
    "subject": "subject",
    "text": "content|message|body",
    "folder": "folder",
    "draft": "is message draft",
    "draft_thread": "is conversation draft",
}

_PLAIN: Final = re.compile(r"(?:https?://)?(?:www\.)?linkedin\.com/in/([\w%-]+)/?", re.IGNORECASE)
# Tags are those that people write with: "a < b" and "<3" are text.
_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|s|em|strong|ul|ol|li|img|h[1-6]|blockquote|code|pre|font|hr|small"
    r"|table|tbody|thead|tr|td|th|section|article|html|body|head|style|mention|del|sub|sup|center)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"</(?:p|div|li|h\d|tr|ul|ol|blockquote|pre)|<(?:br|hr)", re.IGNORECASE)
_LINK: Final = re.compile(
    r"""<a\s[^<>]*?\bhref=(?:"([^"<>]*)"|'([^'<>]*)')[^<>]*>([^<>]*)</a>""", re.IGNORECASE
)
_LONGEST: Final = 200_000
"""Characters of a message; LinkedIn sends 8,000 at most, and we keep half of this."""
_WIDEST: Final = 300
_NOBODY: Final = frozenset(
    map(
        names.fold,
        (
            *("LinkedIn Member", "LinkedIn-Mitglied", "Membre de LinkedIn", "Membre LinkedIn"),
            *(
                "Miembro de LinkedIn",
                "Usuario de LinkedIn",
                "Utente LinkedIn",
                "Utente di LinkedIn",
            ),
            *(
                "Membro do LinkedIn",
                "Usuário do LinkedIn",
                "Utilizador do LinkedIn",
                "LinkedIn-lid",
            ),
            *("LinkedIn-medlem", "Użytkownik LinkedIn", "Участник LinkedIn", "LinkedIn Üyesi"),
            *(
                "LinkedIn 会员",
                "LinkedIn 會員",
                "LinkedInメンバー",
                "LinkedIn 회원",
                "LinkedIn User",
            ),
        ),
    )
)


def key(address: str) -> str:
    """The address of somebody's profile in one spelling; empty where it is nobody's."""
    if plain := _PLAIN.fullmatch(address):
        name = unquote(plain[1]) if "%" in plain[1] else plain[1]
        if name.isascii() and "%" not in plain[1]:
            return f"linkedin.com/in/{name.lower()}"
        if name.replace("-", "").replace("_", "").isalnum():
            return f"linkedin.com/in/{unicodedata.normalize('NFC', name.casefold())}"
    found = profiles.read(address, "linkedin") if address else None
    if found is None or found.kind != "linkedin":
        return ""
    handle = unicodedata.normalize("NFC", found.handle.casefold())
    return f"linkedin.com/{'' if handle.startswith('pub/') else 'in/'}{handle}"


def plain(text: str) -> str:
    """A message without its tags; links keep where they lead."""
    text = text[:_LONGEST]
    if "<" in text:
        text = _LINK.sub(_linked, text)
        text = _TAG.sub(lambda tag: "\n" if _ENDS.match(tag[0]) else "", text)
    if "&" in text:
        from html import unescape  # noqa: PLC0415  (only for what is written in HTML)

        text = unescape(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(str.rstrip, lines))).strip()


def _linked(found: re.Match[str]) -> str:
    address, said = found[1] or found[2] or "", found[3]
    return said if not address or address.rstrip("/") in said else f"{said} ({address})"


def is_nobody(name: str) -> bool:
    """Whether this is what LinkedIn calls people who left."""
    return not name or ("linked" in name.lower() and names.fold(name) in _NOBODY)


def without_name(row: int, text: str) -> Skipped:
    """A member who left LinkedIn: listed still, without a name."""
    return Skipped(row, "no name", text, harmless=True)


def owner(profile: bytes) -> str:
    """Whose archive it is, by the file of it that tells about them; empty where it does not."""
    wanted = {"first name": "first", "last name": "last"}
    try:
        table = tables.read(profile, "", lambda cells: len({*map(names.fold, cells)} & {*wanted}))
    except BadInput:
        return ""
    heads = list(map(names.fold, table.heads))
    for _, cells, _ in table.records:
        if cells and len(cells) == len(heads):
            name = [cells[heads.index(head)].strip() for head in wanted if head in heads]
            return " ".join(filter(None, name))
    return ""


class Columns:
    """The columns of a file by what they hold, and the rows of it as fields."""

    def __init__(self, source: Source, headings: Mapping[str, str], needed: Sequence[str]) -> None:
        self._source = source
        self._field_of = {
            _heading(text): field
            for field, listed in headings.items()
            for text in listed.split("|")
        }
        self.table = tables.read(source.data, source.encoding, self._known)
        self.place = self._places(self.table.heads)
        if not all(field in self.place for field in needed):
            raise BadInput(
                f"{names.quoted(source.name)} has not the columns of this file of LinkedIn."
                " Nothing was written.",
                hint="LinkedIn: Settings, Data privacy, Get a copy of your data.",
            )
        self.others = [
            (at, head)
            for at, head in enumerate(self.table.heads)
            if head and at not in self.place.values()
        ]
        self._orders: dict[str, str] = {}

    def cell(self, cells: Sequence[str], field: str) -> str:
        """What a row has in the column for this, trimmed."""
        at = self.place.get(field)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    def picker(self, *fields: str) -> Callable[[list[str]], list[str]]:
        """What gives these of a row, trimmed, in this order; empty where there is none."""
        width = len(self.table.heads)
        blanks = [""] * (width + 1)
        choose = itemgetter(*(self.place.get(field, -1) for field in fields))

        def pick(cells: list[str]) -> list[str]:
            # The last cell is empty, and there are no fewer than columns.
            filled = [*cells, ""] if len(cells) == width else cells + blanks
            return list(map(str.strip, choose(filled)))

        return pick

    def head(self, field: str) -> str:
        """What the column for this is called."""
        return self.table.heads[self.place[field]]

    def extras(self, cells: Sequence[str]) -> Iterator[Extra]:
        """What stands in columns that no field is for."""
        for at, head in self.others:
            if at < len(cells) and (value := cells[at].strip()):
                yield Extra(head, value)
        for at in range(len(self.table.heads), min(len(cells), _WIDEST)):
            if value := cells[at].strip():
                yield Extra(f"column {at + 1}", value)

    def day(self, text: str, field: str) -> str | None:
        """A day of this column; where it could be two, the rest of the column settles it."""
        found = _day(text)
        if found or not text:
            return found
        if field not in self._orders:
            again = tables.read(self._source.data, self._source.encoding, self._known)
            column = (self.cell(r.cells, field) for r in again.records if r.cells is not None)
            self._orders[field] = linkedin_days.order_of(column) or self._source.date_order
        return linkedin_days.read(text, self._orders[field])

    def _known(self, cells: Sequence[str]) -> int:
        return len(self._places(cells))

    def _places(self, heads: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for at, head in enumerate(heads[:_WIDEST]):
            field = self._field_of.get(_heading(head))
            if field:
                found.setdefault(field, at)
        return found


def reaches(
    profile: str, address: str, state: str | None = None, day: str | None = None
) -> tuple[Reach, ...]:
    """How to reach somebody whose ``profile`` (its key) this is; the address may be another page."""
    if profile:
        return (Reach("linkedin", address, "", state, day),)
    elsewhere = (Reach("", address),) if address else ()
    return (Reach("linkedin", "", "", state, day), *elsewhere) if state else elsewhere


def _heading(text: str) -> str:
    return names.fold(text[:60]).replace(" ", "")


_day: Callable[[str], str | None] = lru_cache(8192)(linkedin_days.read)
