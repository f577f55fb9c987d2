"""What the headings of a table say, in many languages; and by which program a table was written.

Imports no reader, so that a file can be recognised without one.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from kinship.model import channel, names

# Headings, folded; what is more exact stands first.
_FIELDS: Final = {
    "first": "first name|firstname|given name|givenname|first|forename|vorname|prenom|voornaam"
    "|fornavn|fornamn|etunimi|imie|krestni jmeno|jmeno|имя|ad|adi|名|名字|이름|keresztnev|utonev|prenume"
    "|forenames|forename s|primeiro nome",
    "middle": "middle name|middlename|second name|отчество|additional name|middle|weitere vornamen"
    "|deuxieme prenom|ミドル ネーム|segundo nombre|secondo nome|middelste naam|tussenvoegsel",
    "last": "last name|lastname|surname|family name|familyname|last|nachname|familienname"
    "|nom de famille|apellido|apellidos|primer apellido|cognome|achternaam|etternavn|efternavn"
    "|efternamn|sukunimi|nazwisko|prijmeni|фамилия|soyad|soyadi|sobrenome|apelido|姓|姓氏"
    "|성|vezeteknev",
    "name": "name|full name|fullname|attendee name|attendee|guest name|guest|participant name"
    "|participant|ticket holder|ticket holder name|display name|your name|naam|volledige naam"
    "|nombre completo|nombre y apellidos|nom complet|nom et prenom|nom prenom|nome completo"
    "|nome e cognome|vollstandiger name|teilnehmer|teilnehmername|teilnehmerin|teilnehmer in|vor und nachname"
    "|navn|namn|nimi|imie i nazwisko|jmeno a prijmeni|имя и фамилия|фио|участник|ad soyad"
    "|氏名|名前|お名前|姓名|성명|contact|contact name|person|anzeigename|nev"
    "|ansprechpartner|ansprechpartner in|ansprechpartnerin|kontaktperson|contact person|contactpersoon|nominativo|vollname|name vorname"
    "|nachname vorname|nom et prenoms",
    "email": "email|e mail|mail|email address|e mail address|emailaddress|attendee email"
    "|guest email|participant email|primary email|contact email|your email|e mail 1 value"
    "|e mail adresse|email adresse|mailadresse|mail adresse|adresse e mail|adresse mail"
    "|эл почта|почта|электронная почта|адрес электронной почты|adresse email|courriel|correo"
    "|correo electronico|email e|indirizzo email|posta elettronica|indirizzo posta elettronica"
    "|e postadres|e mailadres|epost|e post|e postadress|sahkoposti|adres e mail|e mailova adresa"
    "|электронная почта|почта|eposta|e posta|メール|メールアドレス|邮箱|电子邮件|이메일",
    "org": "company|company name|organization|organisation|organization name|organisation name"
    "|account name|associated company|organizacion|organizacao|organizzazione|ditta"
    "|org|employer|affiliation|institution|firma|unternehmen|arbeitgeber|entreprise|societe"
    "|organisme|empresa|azienda|societa|bedrijf|organisatie|foretag|yritys|компания|организация"
    "|company organization|company organisation|会社|会社名|公司|회사|business|ceg",
    "role": "job title|jobtitle|job|role|position|occupation|current role|funktion|beruf|poste"
    "|fonction|cargo|puesto|ruolo|functie|должность|役職|职位|title|profession|headline"
    "|posizione",
    "city": "city|town|location|home city|hometown|ort|stadt|wohnort|ville|ciudad|cidade|citta"
    "|stad|woonplaats|by|kaupunki|miasto|mesto|город|都市|城市|도시",
    "phone": "phone|phone number|telephone|mobile|mobile phone|mobile number|cell|cell phone"
    "|telefon|telefonnummer|handy|mobil|telephone portable|portable|telefono|telefone|celular"
    "|telefoon|puhelin|телефон|電話番号|电话|手机|전화|cellulare|ufficio|abitazione|particular|movil"
    "|telemovel|handynr|handynummer|мобильный телефон|phones|recapito telefonico|gsm",
    "status": "approval status|rsvp|rsvp status|attendee status|status|order status|response"
    "|going|attending|will you attend|teilnahme|teilnehmerstatus|anwesenheit|estado|statut|stato",
    "prefix": "prefix|name prefix|anrede|salutation|honorific|civilite|敬称",
    "suffix": "suffix|name suffix|suffixe|sufijo|achtervoegsel|generation|segundo apellido",
    "nick": "nickname|known as|nick|nick name|alias|spitzname|surnom|pseudo|apodo|soprannome|bijnaam"
    "|ニックネーム|昵称",
    "birthday": "birthday|birth date|birthdate|date of birth|dob|bday|geburtstag|geburtsdatum"
    "|anniversaire|date de naissance|cumpleanos|fecha de nacimiento|compleanno|data di nascita"
    "|data de nascimento|verjaardag|geboortedatum|fodselsdag|fodselsdato|fodelsedag"
    "|fodelsedatum|geb am|geb datum|d o b"
    "|syntymapaiva|urodziny|data urodzenia|narozeniny|datum narozeni|день рождения"
    "|дата рождения|dogum gunu|dogum tarihi|誕生日|生年月日|生日|出生日期|생일",
    "last_on": "last contact|last contacted|last contact date|last contact on|last contacted on"
    "|last talked|last talked to|last spoke|last spoken|last conversation|last interaction"
    "|letzter kontakt|zuletzt kontaktiert|dernier contact|ultimo contacto|ultimo contatto"
    "|laatste contact|senaste kontakt|siste kontakt|ostatni kontakt|последний контакт",
    "note": "note|notes|comment|comments|remark|remarks|additional info|description|bio|about"
    "|notiz|notizen|bemerkung|bemerkungen|anmerkung|anmerkungen|kommentar|remarque|remarques"
    "|commentaire|commentaires|notas|nota|observaciones|observacoes|opmerkingen|notities|notater|anteckningar"
    "|muistiinpanot|uwagi|notatki|poznamka|poznamky|заметки|примечание|комментарий|備考|メモ"
    "|备注|메모|비고",
    "tags": "tags|tag|labels|label|categories|category|groups|group|kategorien|kategorie"
    "|schlagworte|etiquettes|etiquetas|categorias|gruppen|gruppe|分類|分類項目|keywords"
    "|categorie|categorieen",
    "address": "address|postal address|mailing address|full address|anschrift|adresse"
    "|adresse postale|direccion|indirizzo|endereco|adres|osoite|адрес|住所|地址|주소",
    "relation": "relationship|relation to me|beziehung",
    "link": "website|web site|web|url|homepage|home page|webseite|site web|sitio web|sito web"
    "|web page|blog|profile|profile url|url of member profile|page web|pagina web|website url"
    "|webpagina",
    "date:anniversary": "anniversary|jahrestag|wedding anniversary|hochzeitstag|記念日"
    "|anniversaire de mariage ou fete|aniversario|anniversario",
    "born year": "birth year|geburtsjahr|annee de naissance|ano de nacimiento|anno di nascita"
    "|geboortejaar|ano de nascimento|год рождения|rok urodzenia"
    "|syntymavuosi|szuletesi ev|dogum yili|出生年份",
    "born month": "birth month|geburtsmonat|mois de naissance|mes de nacimiento|mese di nascita"
    "|geboortemaand|mes de nascimento|месяц рождения|miesiac urodzenia"
    "|syntymakuukausi|szuletesi honap|dogum ayi|出生月份",
    "born day": "birth day|jour de naissance|dia de nacimiento|giorno di nascita|geboortedag"
    "|dia de nascimento|dzien urodzenia|szuletesi nap|出生日",
    "kept name": "initials|initialen|initiales|iniciales|iniziali|file as",
    "im:aim": "screen name|aim|aim screen name|nsaimid",
    "im:yahoo": "messenger id|yahoo messenger|yahoo id",
}
FIELD_OF: Final = {
    heading: field for field, listed in _FIELDS.items() for heading in listed.split("|")
}
"""Which field a heading, folded, names by itself."""

_OF_THEM: Final = re.compile(
    r"(?:attendee|guest|participant|person|contact|(?:what is |whats |please enter )?your) (.+)"
)
"""Words before a heading that name whom the table is about anyway."""


def field_of(key: str) -> str:
    """Which field a heading, folded, names; it may say whose, or which of several it is."""
    bare = key.rstrip(" 0123456789")
    beside = _OF_THEM.fullmatch(bare)
    fits = FIELD_OF.get(key) or FIELD_OF.get(bare)
    return fits or FIELD_OF.get(beside[1] if beside else "", "")


# Parts of headings.
_PLACES: Final = {
    word: place
    for place, listed in {
        "home": "home private privat privé domicile domicilio residencia residenza personal particular casa ab"
        " abitazione huisadres thuis 自宅",
        "work": "work business geschaftlich bureau company office firma trabajo lavoro uff ufficio"
        " werk werkadres societe 会社",
        "other": "other weitere weiterer weiteres autre otra otro altra altro ander andere その他",
    }.items()
    for word in listed.split()
}
_PARTS: Final = {
    word: part
    for part, listed in (
        ("street", "street strasse rue calle via rua straat 番地 address adresse"),
        ("city", "city ort ville ciudad cidade citta town stadt plaats 市区町村"),
        (
            "region",
            "state region bundesland kanton departement dep provincia provincie province 都道府県",
        ),
        ("zip", "zip zipcode postal postcode postleitzahl plz cap 郵便番号"),
        ("country", "country land pays pais paese nazione 国 地域"),
        ("box", "box postfach boite"),
    )
    for word in listed.split()
}
_WEIGHT: Final = ("street", "region", "city", "zip", "country", "box")
_PHONES: Final = {
    word
    for listed in (
        "phone telephone tel mobile cell cellphone handy mobil mobiltelefon haupttelefon pager",
        "telefon telefono telefone celular portable telefoon mobiel mobiele fax telecopie gsm autotelefon телефон",
        "телефона telefonu cellulare telemovel matkapuhelinnumero",
        "携帯電話 自動車電話 会社電話 自宅電話 会社代表電話 通常の電話 無線電話 ポケットベル",
        "電話番号 その他の電話",
    )
    for word in listed.split()
}
_MAILS: Final = frozenset(
    (
        *("email", "mail", "emails", "messagerie", "courriel", "correo", "elettronica"),
        *("mailadres", "почты", "почта", "sahkoposti", "sahkopostiosoite", "電子メール"),
    )
)
_ABOUT_MAIL: Final = frozenset(("電子メールの種類", "電子メール表示名"))
_LINKS: Final = frozenset(
    ("website", "web", "url", "homepage", "webseite", "webpage", "blog", "profile", "link")
)
_SERVICES: Final = frozenset(
    (
        *("aim", "icq", "jabber", "msn", "skype", "yahoo", "irc", "gtalk", "qq", "wechat", "line"),
        *("telegram", "threema", "xmpp", "whatsapp"),
    )
)
_OF_OTHERS: Final = {
    word
    for listed in (
        "assistant assistants asst assistente manager managers spouse emergency partner referred buyer",
        "vorgesetzten responsable lassistante lassistant purchaser ayudante 秘書",
    )
    for word in listed.split()
}
"""Whoever is reached there is somebody else."""
_NO_VALUE: Final = {
    word
    for listed in (
        "type typ tipo opt status list lista ok consent label verified display angezeigter complet count",
        "check sent opened 種類 電子メールの種類 表示名 電子メール表示名",
    )
    for word in listed.split()
}
_SHOWN: Final = frozenset(
    (
        *("display", "angezeigter", "complet", "visualizzato", "pantalla", "weergegeven"),
        *("表示名", "電子メール表示名"),
    )
)
"""Of an address: the name that stands beside it."""
_TITLES: Final = frozenset(("title", "titre", "titulo", "titolo", "titel", "肩書き"))
_PLACE: Final = frozenset(("location", "ort", "emplacement", "luogo", "ubicacion", "locatie"))
"""Free text in Outlook, which is a town only where no other column names one."""
_ALONE: Final = {"nom": "last", "nombre": "first", "nome": "first"}
"""First or last names beside another one, whole names where they stand alone."""
_BARE: Final = frozenset(("name", "naam", "navn", "namn", "nimi", "nev"))
"""Whole names, or what is missing beside a first or a last one: the cells say which."""


class Means(NamedTuple):
    """What a column holds: a field, and the label or the part of an address that its heading says.

    ``beside`` is the column in which the label of each row stands.
    """

    field: str
    label: str = ""
    part: str = ""
    beside: int = -1


UNKNOWN: Final = Means("")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HUMPED: Final = [
    (_HUMP.sub(" ", one.label).lower(), one.name)
    for one in channel.KINDS.values()
    if _HUMP.search(one.label)
]
"""Channels that would fall apart as ``MobilePhone`` does."""


def keys_of(heads: Sequence[str]) -> list[str]:
    """Headings as they are compared."""
    return [_key(head[:80]) for head in heads]


def _key(head: str) -> str:
    key = names.fold(head)
    if key in FIELD_OF or " " in key or not _HUMP.search(head):
        return key
    words = names.fold(_HUMP.sub(" ", head))
    for humps, label in _HUMPED:
        words = words.replace(humps, label)
    return words


def meanings(keys: Sequence[str]) -> list[Means]:
    """What each heading of a row says, folded; `UNKNOWN` where nothing is known."""
    fields = [field_of(key) for key in keys]
    if "born year" in fields and "born month" in fields and "born day" not in fields:
        fields = ["born day" if field == "birthday" else field for field in fields]
    if "apelido" in keys and "sobrenome" in keys:  # as in Brazil
        fields[keys.index("apelido")] = "nick"
    titled = _titled(keys, fields)
    named = bool({"first", "last"}.intersection(fields))
    found = [_meaning(key, field, titled(at), named=named)
             for at, (key, field) in enumerate(zip(keys, fields, strict=True))]  # fmt: skip
    if half := half_of(keys):
        found[fields.index("name")] = Means("name", half)
    places = {one.label for one in found if one.field == "address" and one.part != "whole"}
    for at, one in enumerate(found):  # a town beside a street is of the same address
        place = "home" if "home" in keys[at].split() else ""
        if one.field == "city" and place in places and keys[at] != "location":
            found[at] = Means("address", place, "city")
        elif one.field == "address" and one.part == "whole" and one.label in places:
            found[at] = one._replace(part="street")
    towns = [at for at, one in enumerate(found) if "city" in (one.field, one.part)]
    for at in towns:
        if keys[at] in _PLACE and found[at].field == "city" and len(towns) > 1:
            found[at] = Means("place")
    return found


def known(means: Sequence[Means]) -> int:
    """How many headings say something, if one of them says who: a name or where to reach them."""
    fields = [one.field for one in means if one.field not in ("", "extra")]
    who = {"name", "first", "last", "email", "phone", "org", "nick", "linkedin"}
    return len(fields) if who & set(fields) else 0


def paired(key: str, keys: Sequence[str]) -> str | None:
    """``Nom`` beside ``Prénom`` is a family name; alone it is the whole one."""
    if key not in _ALONE:
        return None
    others = {FIELD_OF.get(other) for other in keys}
    return _ALONE[key] if others & {"first", "last"} else "name"


def half_of(keys: Sequence[str]) -> str:
    """Which half of a name stands under ``Name`` beside the other one: ``first`` or ``last``."""
    fields = [field_of(key) for key in keys]
    if fields.count("name") != 1 or keys[fields.index("name")] not in _BARE:
        return ""
    missing = [half for half in ("first", "last") if half not in fields]
    return missing[0] if len(missing) == 1 else ""


def kind(key: str) -> str | None:
    """The kind of channel a question asks for: ``what is your LinkedIn profile``."""
    words = key.split()
    if len(words) > 12 or words[-1:] in (["type"], ["label"]) or _OF_OTHERS.intersection(words):
        return None
    if set(words) & {"email", "mail"}:
        return "email" if not set(words) & {"opt", "status", "list", "ok"} else None
    return next((k for k in map(channel.kind_of, words) if k and channel.KINDS[k].to_connect), None)


def _meaning(key: str, field: str, title: str, *, named: bool) -> Means:
    if not key:
        return UNKNOWN
    if key in _TITLES:
        return Means(title)
    if key in _ALONE and not field:
        field = _ALONE[key] if named else "name"
    if field == "email" or field == "phone":
        return Means(field, _label(key.split(), field))
    if field and field != "status":
        base, _, label = field.partition(":")
        return Means("address", "", "whole") if base == "address" else Means(base, label)
    return UNKNOWN if field else _of_words(key)


def _titled(keys: Sequence[str], fields: Sequence[str]) -> Callable[[int], str]:
    """``Title`` is Dr or Ms where it stands before the names, and another one says the job."""
    titles = sum(key in _TITLES for key in keys)
    jobs = sum(f == "role" and key not in _TITLES for key, f in zip(keys, fields, strict=True))
    name = next((at for at, field in enumerate(fields) if field in ("first", "last")), -1)
    rank = "user id" in keys  # in a Meetup group
    several = titles > 1 or "suffix" in fields

    def title(at: int) -> str:
        if rank:
            return ""
        second = titles > 1 and at > name
        return "prefix" if (jobs and not second) or (several and at < name) else "role"

    return title


def _of_words(key: str) -> Means:
    """What the words of a heading say together: ``Business Fax``, ``Ort privat``."""
    words = key.split()
    found = set(words)
    if len(words) > 12:
        return UNKNOWN
    if found & _OF_OTHERS:
        return Means("extra")
    if found & _MAILS or found & _ABOUT_MAIL:
        if found & {"type", "typ", "tipo", "電子メールの種類", "種類"}:
            return Means("ignore")
        if found & _SHOWN:
            return Means("kept name")
        return UNKNOWN if found & _NO_VALUE else Means("email", _label(words, "email"))
    if found & _NO_VALUE:
        return UNKNOWN
    services = found & _SERVICES
    if services and len(words) <= 3:
        return Means("im", services.pop())
    if key in ("signal", "matrix"):  # which are words, too
        return Means("im", key)
    if key.startswith("messenger id"):
        return Means("im", "yahoo")
    if found & _PHONES and len(words) <= 5:
        return Means("phone", _label(words, "phone"))
    if (asked := kind(key)) is not None:
        return Means(asked)
    if len(words) > 5:
        return UNKNOWN
    if found & _LINKS:
        return Means("link", _label(words, "link"))
    place = next((_PLACES[word] for word in words if word in _PLACES), "")
    parts = {_PARTS[word] for word in words if word in _PARTS}
    if parts and (place or len(words) <= 2):
        part = max(parts, key=_WEIGHT.index)
        if part == "street" and "address" in words and len(words) == 2:
            part = "whole"
        return Means("address", place, part)
    return UNKNOWN


def _label(words: Sequence[str], field: str) -> str:
    """What a heading says of an address or a number beside that it is one: ``work fax``."""
    kinds = ("mobile", "fax", "pager", "car", "main", "home", "work", "other")
    named = {
        "mobil": "mobile", "cell": "mobile", "handy": "mobile", "mobiltelefon": "mobile",
        "portable": "mobile", "celular": "mobile", "cellphone": "mobile", "携帯電話": "mobile",
        "mobiel": "mobile", "mobiele": "mobile", "movil": "mobile", "cellulare": "mobile",
        "telemovel": "mobile", "手机": "mobile", "мобильный": "mobile",
        "мобильного": "mobile", "gsm": "mobile",
        "komorkowy": "mobile", "handynr": "mobile", "handynummer": "mobile", "haupttelefon": "main", "primary": "main", "autotelefon": "car",
        "telecopie": "fax", "会社電話": "work", "自宅電話": "home", "その他の電話": "other",
        "会社代表電話": "work", "ポケットベル": "pager", "自動車電話": "car",
    }  # fmt: skip
    said = [named.get(word) or _PLACES.get(word) or word for word in words]
    label = [word for word in dict.fromkeys(said) if word in kinds]
    if field == "email":
        label = [word for word in label if word in ("home", "work", "other")]
    if field == "phone" and "fax" in label:
        label = [word for word in label if word != "fax"] + ["fax"]
    if field == "phone" and "phone" in words and "mobile" in label:
        label = ["mobile"] + [word for word in label if word != "mobile"]
    return " ".join(label)


# Which program


_GOOGLE: Final = ("e mail 1", "phone 1", "address 1", "organization 1", "website 1", "relation 1")
_ATTENDEES: Final = (
    {"api id", "name", "approval status"}, {"guest id", "name", "approval status"},
    {"order #", "attendee status"}, {"order no", "attendee status"},
    {"order id", "attendee status"}, {"bestellnr", "teilnehmerstatus"},
    {"attendee #", "email"}, {"name", "user id", "url of member profile"},
)  # fmt: skip
_MONICA: Final = ["id", "first name", "middle name", "last name"]


def format_of(heads: Sequence[str]) -> str | None:
    """The format of a table with these headings, as `formats.READERS` calls it; None for none."""
    keys = keys_of(heads)
    found = set(keys)
    if any(found >= some for some in _ATTENDEES):
        return "attendees"
    if keys == _MONICA or any(key.startswith(_GOOGLE) for key in keys):
        return "google-csv"
    if "section 1 description" in found or found >= {"organization name", "organization title"}:
        return "google-csv"
    if found >= {"messenger id1"} or found >= {"first", "last", "email", "category"}:
        return "yahoo-csv"
    if found >= {"primary email", "display name"} or "secondary email" in found:
        return "thunderbird-csv"
    outlook = (
        {"e mail address", "e mail 2 address"}, {"e mail adresse", "e mail 2 adresse"},
        {"adresse de messagerie"}, {"電子メール アドレス"}, {"indirizzo posta elettronica"},
        {"direccion de correo electronico 2"}, {"e mailadres", "e mailadres 2"},
        {"business street", "home street"},
        {"e mail address", "business phone"},
    )  # fmt: skip
    if any(found >= some for some in outlook):
        return "outlook-csv"
    return "csv" if known(meanings(keys)) else None
