"""What LinkedIn's files have in common: headings, the address of a profile, text with tags in it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from operator import itemgetter
from typing import Final
from urllib.parse import unquote

from kinship.errors import BadInput
from kinship.formats import Source, linkedin_days, tables
from kinship.model import names, profiles
from kinship.model.card import Extra, Reach, Skipped

CONNECTIONS: Final = {
    "first": "first name|vorname|prénom|nombre|nome|voornaam|förnamn|fornavn|etunimi|imię|jméno"
    "|имя|ad|adı|名|名字|이름|prenume|nama depan|given name|primeiro nome|nome próprio",
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
    "org": "company|current company|unternehmen|firma|entreprise|société|empresa|azienda|bedrijf|företag|virksomhed"
    "|bedrift|yritys|společnost|компания|şirket|会社|会社名|公司|회사|companie|perusahaan",
    "role": "position|current position|poste|poste occupé|fonction|cargo|puesto|posición|posizione|posizione lavorativa|qualifica|posição|functie|positie"
    "|befattning|stilling|tehtävä|asema|stanowisko|pozice|должность|pozisyon|unvan|役職|职位|職位"
    "|직책|직위|poziție|jabatan|stelle",
    "day": "connected on|verbunden am|verbunden seit|kontakt seit|vernetzt am|vernetzt seit"
    "|connexion le|connecté depuis le|relation depuis le|en contacto desde"
    "|connecté le|connectée le|connecté e le|date de connexion|en relation depuis|relation depuis"
    "|conectado el|fecha de conexión|conectado desde|contacto desde|collegato il|collegato dal"
    "|data di collegamento|data del collegamento|conectado em|data da conexão|conexão em"
    "|ligado em|data de conexão|verbonden op|connectie sinds|gekoppeld op|datum van connectie"
    "|ansluten|ansluten den|kontakt sedan|forbundet den|forbundet|koblet til|yhdistetty|połączono"
    "|data nawiązania kontaktu|spojeno dne|spojeni|дата установления контакта|контакт установлен"
    "|bağlantı tarihi|bağlantı kuruldu|つながった日|建立关系时间|加为好友时间|connected date"
    "|connection date|date connected|1촌 맺은 날짜|conectat la|terhubung pada",
    "tags": "tags",
}
_SEVEN: Final = ("first", "last", "url")
"""What the seven columns of connections begin with; the last one is the day."""
_SAMPLE: Final = 30
INVITATIONS: Final = {
    "from": "from|inviter|von|absender|de|expéditeur|remitente|da|mittente|remetente|van|från|fra"
    "|od|от|kimden|gönderen|差出人|发件人|发送人|보낸 사람",
    "to": "to|invitee|an|empfänger|à|destinataire|a|para|destinatario|destinatário|aan|till|til"
    "|do|komu|кому|kime|alıcı|宛先|收件人|받는 사람",
    "day": "sent at|sent on|date|gesendet am|datum|envoyé le|envoyée le|date d envoi|enviado el"
    "|enviada el|fecha de envío|inviato il|inviata il|data di invio|enviado em|enviada em"
    "|data de envio|verzonden op|skickat|skickat den|sendt|sendt den|wysłano|отправлено"
    "|gönderilme tarihi|送信日|发送时间|보낸 날짜",
    "text": "message|nachricht|mensaje|messaggio|mensagem|bericht|meddelande|melding|besked"
    "|wiadomość|zpráva|сообщение|mesaj|メッセージ|消息|留言|메시지",
    "direction": "direction|richtung|sens|dirección|direzione|direção|direcção|richting|riktning"
    "|retning|kierunek|směr|направление|yön|方向|방향",
    "from_url": "inviter profile url",
    "to_url": "invitee profile url",
}
OUTGOING: Final = frozenset(
    map(
        names.fold,
        (
            *("outgoing", "sent", "ausgehend", "gesendet", "sortant", "sortante", "envoyée"),
            *("saliente", "enviada", "in uscita", "inviata", "saída", "uitgaand", "verzonden"),
        ),
    )
)
INCOMING: Final = frozenset(
    map(
        names.fold,
        (
            *("incoming", "received", "eingehend", "empfangen", "entrant", "entrante", "reçue"),
            *("recibida", "in entrata", "in arrivo", "ricevuta", "entrada", "recebida"),
            *("inkomend", "ontvangen"),
        ),
    )
)
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
    "direction": "direction",
    "draft": "is message draft",
    "draft_thread": "is conversation draft",
}

ROBOTS: Final = frozenset(
    (
        *("guide_messages.csv", "coach_messages.csv", "learning_coach_messages.csv"),
        "learning_role_play_messages.csv",
    )
)
"""Where LinkedIn keeps what its own robots wrote."""
_TABLES: Final = frozenset(
    (
        *("account status history", "ad targeting", "ads clicked", "causes you care about"),
        *("certifications", "comments", "company follows", "courses", "education"),
        *("email addresses", "endorsement given info", "endorsement received info", "events"),
        *("group comments", "group likes", "group posts", "hashtag follows", "honors"),
        *("importedcontacts", "inferences about you", "instantreposts"),
        *("job applicant saved answers", "job applications", "job seeker preferences"),
        *("job applicant saved screening question responses", "lan ads engagement"),
        *("languages", "learning", "likes", "logins", "member follows", "online job postings"),
        *("organizations", "patents", "phonenumbers", "phone numbers", "positions"),
        *("private identity asset", "profile", "profile summary", "projects", "publications"),
        *("reactions", "receipts", "receipts v2", "recommendations given"),
        *("recommendations received", "rich media", "saved items", "saved jobs"),
        *("savedjobalerts", "searchqueries", "security challenges", "shares", "skills"),
        *("test scores", "verifications", "videos", "volunteering", "votes"),
        "whatsapp phone numbers",
    )
)
"""Its tables about the owner, by their names without ``.csv``."""
_FOLDERS: Final = frozenset(("Jobs", "Articles", "Services Marketplace", "Verifications"))

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
    try:
        columns = Columns(Source("", profile), CONNECTIONS, ("first", "last"))
    except BadInput:
        return ""
    for _, cells, _ in columns.table.records:
        if cells:
            name = (columns.cell(cells, field) for field in ("first", "last"))
            return " ".join(filter(None, name))
    return ""


def is_own(path: str) -> bool:
    """Whether a table of LinkedIn of this name tells about the owner, and of nobody they know."""
    folder, _, name = path.rpartition("/")
    stem = name.lower().removesuffix(".csv")
    return names.fold(stem) in _TABLES or folder.rpartition("/")[2] in _FOLDERS


def connections(lines: Iterable[str]) -> bool:
    """Whether a table is of connections though its last heading is in words not known here."""
    try:
        return _day_is_last(tables.table(lines, lambda cells: len(_places(cells, _CONNECTIONS))))
    except BadInput:
        return False


def _day_is_last(table: tables.Table) -> bool:
    """LinkedIn writes seven columns: the names first, the profile third, the day last."""
    heads = table.heads
    found = [_CONNECTIONS.get(_heading(head)) for head in heads]
    if len(heads) != 7 or (*found[:3], found[-1]) != (*_SEVEN, None):
        return False
    rows = (one.cells for one in islice(table.records, _SAMPLE) if one.cells)
    said = [(row[2].strip(), row[-1].strip()) for row in rows if len(row) == len(heads)]
    days = [day for _, day in said if day]
    return any(key(address) for address, _ in said) and all(
        linkedin_days.read(day, "dmy") for day in days
    )


class Columns:
    """The columns of a file by what they hold, and the rows of it as fields."""

    def __init__(self, source: Source, headings: Mapping[str, str], needed: Sequence[str]) -> None:
        self._source = source
        self._field_of = fields(headings)
        self.table = tables.read(source.data, source.encoding, self._known)
        self.place = _places(self.table.heads, self._field_of)
        if not all(field in self.place for field in needed):
            raise BadInput(
                f"{names.quoted(source.name)} has not the columns of this file of LinkedIn."
                " Nothing was written.",
                hint="LinkedIn: Settings, Data privacy, Get a copy of your data.",
            )
        self._orders: dict[str, str] = {}

    @cached_property
    def others(self) -> list[tuple[int, str]]:
        """The columns that no field is for."""
        taken = self.place.values()
        return [(at, head) for at, head in enumerate(self.table.heads) if head and at not in taken]

    def find_day(self) -> None:
        """Take the last column for the day, where its heading does not say so and its cells do."""
        if "day" not in self.place and _day_is_last(self._again()):
            self.place["day"] = len(self.table.heads) - 1

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
            records = self._again().records
            column = (self.cell(r.cells, field) for r in records if r.cells is not None)
            self._orders[field] = linkedin_days.order_of(column) or self._source.date_order
        return linkedin_days.read(text, self._orders[field])

    def _again(self) -> tables.Table:
        return tables.read(self._source.data, self._source.encoding, self._known)

    def _known(self, cells: Sequence[str]) -> int:
        return len(_places(cells, self._field_of))


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


def fields(headings: Mapping[str, str]) -> dict[str, str]:
    """Which field each heading is for, folded and without blanks."""
    return {
        _heading(said): field for field, listed in headings.items() for said in listed.split("|")
    }


def _places(heads: Sequence[str], field_of: Mapping[str, str]) -> dict[str, int]:
    """Where each field stands."""
    found: dict[str, int] = {}
    for at, head in enumerate(heads[:_WIDEST]):
        field = field_of.get(_heading(head))
        if field:
            found.setdefault(field, at)
    return found


_CONNECTIONS: Final = fields(CONNECTIONS)


_day: Callable[[str], str | None] = lru_cache(8192)(linkedin_days.read)
