"""A seeded file of invented people, as large as asked: ``python bench/generate.py FILE PEOPLE``.

The same size and seed give the same rows, uids included. At every size thirty things are due on
``today``: six promises, replies, connections, birthdays and hellos each; six more come this week.
Of the rest some are due weeks from now, most are done, and many a nudge to connect has lapsed.
"""

import argparse
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count, repeat
from random import Random

from kinship.model import handles, names
from kinship.store import db, derived, schema

TODAY = date(2026, 5, 20)
_DUE = ("promise", "reply", "connect", "birthday", "keep")
_DUE_EACH = 6
_SOON = ("promise soon", "birthday soon", "keep soon")
_SOON_EACH = 2
_CONVERSATIONS = 10
_TIES = 10
_EVENTS, _COMMUNITIES = 60, 25
# For each so many people a dinner, small enough that those at one table may know each other.
_DINED, _TABLE = 250, 30
_RALLIED, _ASKED = 5000, 20


def _names(text: str, between: str | None = None) -> tuple[str, ...]:
    return tuple(text.split(between))


# Given and family names, the frequent ones first.
_ENGLISH = (
    "James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Grace"
    " Alan Charles Ada Edith Henry Alice George Florence Arthur Rose Walter Ruby Oscar Ivy",
    "Smith Jones Williams Brown Taylor Davies Evans Wilson Johnson Roberts Robinson Thompson"
    " Wright Walker White Edwards Hughes Green Hall Wood O'Brien O'Connor MacDonald Clarke Hopper",
)
_GERMAN = (
    "Anna Peter Maria Thomas Sabine Jürgen Ursula Wolfgang Renate Günther Käthe Björn Emmy Jörg"
    " Friederike Matthias Heike Stefan Ulrike Andreas Anke Lothar Gudrun Detlef",
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch"
    " Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Krüger Groß Köhler Jäger Weiß",
)
_FRENCH = (
    "Marie Jean Sophie Pierre Nathalie Michel Isabelle Philippe Émilie François Hélène Benoît"
    " Chloé Jérôme Céline Théo Aurélie Gaël Inès Étienne Noémie Rémi Zoé Loïc",
    "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre"
    " Michel Garcia Roux Fournier Girard Bonnet Dupont Lefebvre Mercier Noël Gauthier D'Aubigné",
)
_SPANISH = (
    "María José Carmen Antonio Lucía Manuel Ana Francisco Isabel Juan Laura Javier Elena Ángel"
    " Sofía Andrés Inés Raúl Begoña Íñigo Marta Óscar Rocío Joaquín",
    "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz"
    " Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Núñez Ibáñez",
)
_ITALIAN = (
    "Giuseppe Anna Giovanni Francesca Luca Chiara Marco Giulia Alessandro Elena Matteo Sara Paolo"
    " Niccolò Lucia Davide Ilaria Pietro Beatrice Enrico Noemi Dario Bianca Ettore",
    "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti"
    " De Costa Mancini Giordano Rizzo Lombardi Moretti Barbieri Fontana Santoro Caruso D'Angelo",
)
_PORTUGUESE = (
    "João Maria José Ana Antônio Francisca Paulo Adriana Luís Fernanda Carlos Juliana Márcia"
    " Rafael Conceição Tiago Beatriz Gonçalo Inês Vitória Caetano Luana Estevão Íris",
    "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Ribeiro Carvalho"
    " Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Araújo Magalhães Simões Guimarães",
)
_POLISH = (
    "Anna Piotr Katarzyna Krzysztof Małgorzata Andrzej Agnieszka Tomasz Barbara Paweł Ewa Jan"
    " Krystyna Michał Elżbieta Łukasz Zofia Stanisław Bożena Wojciech Halina Zbigniew Jadwiga",
    "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak"
    " Dąbrowski Kozłowski Jankowski Mazur Krawczyk Piotrowski Grabowski Pawłowski Król Wróbel",
)
_CZECH = (
    "Jana Jiří Eva Petr Hana Tomáš Lenka Václav Kateřina Zdeněk Věra Miroslav Alena Ondřej Božena"
    " Vojtěch Růžena Řehoř Šárka Čeněk Dalibor Ludmila",
    "Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Pospíšil"
    " Hájek Jelínek Král Růžička Beneš Fiala Sedláček Doležal Zeman Kolář Krejčí Navrátil",
)
_NORDIC = (
    "Lars Anna Erik Ingrid Karl Kristina Anders Birgitta Søren Åse Bjørn Märta Håkan Sigrid Jón"
    " Guðrún Ólafur Þóra Nils Solveig Øyvind Liv Gunnar Freja",
    "Andersson Hansen Johansson Nielsen Karlsson Larsen Nilsson Jensen Eriksson Pedersen Åberg"
    " Sørensen Lindström Bjørnson Öberg Kjær Jónsson Þorsteinsson Sjöberg Holm Dahl Ødegaard",
)
_TURKISH = (
    "Mehmet Fatma Mustafa Ayşe Ahmet Emine Ali Hatice Hüseyin Zeynep Hasan Elif İbrahim Meryem"
    " Yusuf Şerife Ömer Gülşen Çağrı Işıl Tuğba Özgür",
    "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan"
    " Çetin Kara Koç Kurt Özkan Şimşek Erdoğan Güneş",
)
_INDIAN = (
    "Priya Rahul Anjali Amit Sunita Rajesh Kavita Sanjay Deepa Vijay Lakshmi Arjun Meera Suresh"
    " Ananya Krishna Divya Ravi Nandini Kiran Asha Srinivasa Padma Harish",
    "Sharma Kumar Singh Patel Gupta Reddy Iyer Rao Nair Mehta Das Joshi Verma Mukherjee Banerjee"
    " Chatterjee Pillai Desai Bose Menon Kapoor Ramanujan Subramanian Krishnamurthy",
)
_HUNGARIAN = (
    "László Mária István Erzsébet József Katalin János Ilona Zoltán Éva Sándor Ferenc Zsuzsanna"
    " Gábor Judit Attila Ágnes Péter Tamás Krisztina Zsolt Ildikó Csaba Eszter Imre Réka",
    "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász"
    " Lakatos Mészáros Oláh Rácz Fekete Szilágyi Török Fehér Szűcs Kocsis Pintér Gulyás Bíró",
)
_ARABIC = (
    "Mohamed Fatima Ahmed Aisha Omar Zainab Hassan Nour Youssef Layla Khaled Salma Ibrahim Huda"
    " Mahmoud Yasmin Karim Amina Tariq Rania Bilal Samira Walid Dalia Faisal Reem",
    "Hassan Ali Ibrahim Khalil Mansour Haddad Khoury Saleh Nasser Farah Hamdan Aziz El-Sayed"
    " Abdallah al-Masri al-Hashimi al-Khatib al-Tamimi Darwish Fahmy Hariri Jaber Kanaan Maalouf"
    " Najjar Qasim Rizk Sabbagh Shaheen Suleiman Tawfik Zidan Benali",
)
_NIGERIAN = (
    "Oluwaseun Chioma Emeka Ngozi Tunde Amaka Chinedu Folake Obinna Adaeze Babatunde Ifeoma"
    " Kayode Nneka Segun Yetunde Ikenna Temitope Uche Bukola Fẹ́mi Ọlámidé Kelechi Titilayo Ṣadé",
    "Okafor Adeyemi Okonkwo Adebayo Eze Ogunleye Nwosu Olawale Obi Balogun Chukwu Afolabi Okeke"
    " Adesanya Nwachukwu Ogunbiyi Onyeka Oyelaran Igwe Akinola Fashola Olatunji Anyanwu Ajayi"
    " Oladipo Soyinka Achebe Adichie Ọ̀ṣúndáre Bankole Nwankwo Okoro",
)
_VIETNAMESE = (
    "Thị Văn Minh Anh Hương Tuấn Lan Hùng Mai Dũng Thảo Đức Linh Sơn Ngọc Quang Trang Hải Phương"
    " Khánh Yến Bảo",
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý",
)
_RUSSIAN = (
    "Александр Елена Сергей Ольга Дмитрий Наталья Андрей Татьяна Алексей Ирина Максим Светлана"
    " Иван Анна Михаил Юлия Николай Мария Фёдор Софья Артём Ксения",
    "Иваненко Петренко Шевченко Коваленко Бондаренко Ткаченко Кравченко Олийник Шевчук Коваль"
    " Полищук Савченко Мельник Марченко Руденко Мороз Лысенко Гончар Левченко Сидоренко",
)
_GREEK = (
    "Γιώργος Μαρία Δημήτρης Ελένη Κώστας Αικατερίνη Γιάννης Βασιλική Νίκος Σοφία Παναγιώτης"
    " Αγγελική Χρήστος Γεωργία Θανάσης Ειρήνη Ανδρέας Ζωή",
    "Παπαδόπουλος Βλάχος Αγγελόπουλος Νικολαΐδης Γεωργίου Δημητρίου Οικονόμου Ιωάννου Αλεξίου"
    " Μακρής Καραγιάννης Παππάς Σταύρου Χατζής Κωνσταντίνου",
)
_CHINESE = (
    "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 霞 平 刚 桂英 建国 文 海燕 志强 晓明",
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 欧阳",
)
_KOREAN = (
    "민준 서연 도윤 서윤 예준 지우 시우 서현 하준 민서 주원 하은 지호 하윤 지후 윤서 준우 지민 현우",
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍",
)
_JAPANESE = (
    "陽子 健一 さくら 翔太 美咲 大輔 花子 拓也 優子 直樹 恵 誠 真由美 隆 愛 浩 明美 翼 久美子 剛",
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林",
)
# Family names put together from parts: the long tail of rare ones.
_TAILS = (
    (
        "Ash Black Brad Bright Brom Chester Cole Craw Dun East Fair Good Hart Hay Hol Kings Lang Mar"
        " Mill New North Pem Red Rock Shel South Stan Stock Thorn Wake West Whit Win Wood",
        "bridge brook bury by combe croft dale field ford gate ham hill hurst land ley man more shaw"
        " ton well wick wood worth",
    ),
    (
        "Alten Berg Birken Blumen Brand Brücken Burg Eber Eich Eisen Feld Gold Grün Hage Hoch Kirch"
        " Linden Loh Mühl Neu Ober Rosen Schön Stein Tannen Wald Wein Winter",
        "auer bach baum beck berger born brecht dorf feld hagen hauser hofer huber kamp mann meier"
        " müller reuter stein thal",
    ),
    (
        "Алекс Бел Бор Волк Голуб Егор Жук Зайц Ильин Корол Кузнец Лебед Макар Медвед Морозк Новик"
        " Орл Поляк Роман Сокол Тарас Федор",
        "ов енко ский овский чук ич ук ец",
    ),
    (
        "Berg Dal Ek Eng Fors Gran Hed Holm Kvist Lind Lund Löf Nor Norr Sand Sjö Strand Ström Sund"
        " Väster Öst",
        "berg blad dahl gren holm kvist lund man mark qvist stedt ström vall",
    ),
)
ORGS = (
    _names(
        "Analytical Blue Bright Circular Cobalt Copper Coral Delta Ember Fern Granite Harbour Indigo"
        " Juniper Kestrel Lumen Maple Meridian Nimbus Northern Ochre Open Pine Quiet River Saffron Slate"
        " Tidal Umbra Velvet Willow Zephyr"
    ),
    _names(
        "Analytics Books Clinic Collective Data Energy Engines Films Foods Foundation Institute Labs"
        " Logistics Maps Media Networks Robotics School Studio Systems University Works"
    ),
)
_ROLES = _names(
    "engineer researcher designer teacher founder nurse architect editor analyst librarian"
    " translator physicist gardener lawyer producer"
)
CITIES = _names(
    "London Berlin Paris Madrid Lisboa Roma Kraków Praha Wien Zürich København Oslo Stockholm"
    " İstanbul Αθήνα Київ 東京 서울 北京 Mumbai Bengaluru Hanoi Nairobi Lagos Accra Boston Chicago"
    " Toronto Austin Seattle Bogotá Lima Santiago Melbourne Auckland"
)
TOPICS = _names(
    "compilers,climbing,bread,databases,jazz,chess,gardening,rust,python,sailing,poetry,type design,"
    "bees,cycling,maps,accessibility,robotics,ceramics,opera,hiking,privacy,statistics,film,coffee,"
    "linguistics,astronomy,housing,C++,C#,machine learning,knitting,open data,board games,running",
    ",",
)
_SEEKS = ("a flat", "a co-founder", "speakers", "a job", "reviewers", "a running partner")
_CUES = (
    "red scarf",
    "two boys and a girl",
    "sat next to me at lunch",
    "the one with the theremin",
    "spoke after the keynote",
    "tall, soft voice",
    "collects typewriters",
    "neighbour of the other one",
)
_TAGS = _names("friend work school conference family mentor client press volunteer band")
# {0} and {1} are topics, {2} a city, {3} a place of work, {4} somebody in the file.
_TALK = (
    "{0}, and moving to {2}",
    "long call about {0}",
    "how the new job at {3} goes",
    "lunch with {4}, war stories",
    "the draft on {0}, and who might read it",
    "holiday plans: {2}",
    "asked for the slides on {0}",
    "a long walk, {0} and the budget",
    "their talk on {0} next month in {2}",
    "thanked them for the introduction to {4}",
    "{0}, {1} and the allotment",
    "the children, and the choir",
    "knows {4} from {3}",
    "looks for someone who knows {1}",
    "sent an article on {0}",
    "über {0}, nächstes Mal {1}",
    "hablamos de {0}, viaja a {2}",
    "on a parlé de {0} et de {1}",
    "{0}について話した",
    "rozmawialiśmy o {0}",
    "may the oracle idea go in?",
)
_PROMISES = (
    "send the paper on {0}",
    "introduce them to {4}",
    "return the book",
    "ask about the flat in {2}",
    "write about {1}",
)
_NOTES = ("two children, one at school in {2}", "vegetarian", "was at {3} before", "writes on {0}")
_FAVOURS = ("read the draft on {0}", "a lift to {2}", "the slides on {1}", "an hour on {0}")
_NEEDS = ("a room in {2}", "speakers on {0}", "the rent of the {1} club", "a van on Saturday")
_HOWS = (None, None, None, "colleagues", "friends", "school", "family")
_MEETINGS = _names("PyCon|Strange Loop|Chaos Camp|Book Fair|Open Data Day|Reunion", "|")
_GROUPS = _names("PyLadies|Choir|Climbing Club|Alumni|Allotment", "|")
_STATEFUL = ("linkedin", "mastodon", "bluesky", "x", "github")
_PLAIN = ("phone", "signal", "telegram", "whatsapp", "matrix")
_CADENCES = ("3mo", "6mo", "1y", "8w")

Pick = Callable[[], float]


_TAIL = tuple(tuple(a + b for b in _names(end) for a in _names(start)) for start, end in _TAILS)
_CYRILLIC = 2
# Weight, given names, family names, rare family names; the last four put the family name first.
_LANGUAGES: tuple[tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (weight, _names(given), _names(family), _TAIL[tail] if tail >= 0 else ())
    for weight, (given, family), tail in (
        (24, _ENGLISH, 0),
        (12, _GERMAN, 1),
        (8, _FRENCH, 0),
        (8, _SPANISH, -1),
        (6, _ITALIAN, 1),
        (5, _PORTUGUESE, -1),
        (6, _POLISH, 1),
        (4, _CZECH, 1),
        (5, _NORDIC, 3),
        (3, _TURKISH, 3),
        (6, _INDIAN, 0),
        (3, _HUNGARIAN, -1),
        (6, _ARABIC, -1),
        (5, _NIGERIAN, -1),
        (5, _RUSSIAN, _CYRILLIC),
        (2, _GREEK, -1),
        (2, _VIETNAMESE, -1),
        (2, _CHINESE, -1),
        (2, _KOREAN, -1),
        (2, _JAPANESE, -1),
    )
)
_BY_WEIGHT = tuple(n for n, language in enumerate(_LANGUAGES) for _ in range(language[0]))
_LATIN = 14
_FAMILY_FIRST = 17

_fold = cache(names.fold)


def _zipf(pick: Pick, several: tuple[str, ...]) -> str:
    """The n-th of ``several`` about as often as 1/n."""
    return several[int((len(several) + 1) ** pick()) - 1]


def person_name(pick: Pick) -> str:
    """A name such as people have; the same one comes up again, as it does in life."""
    number = _BY_WEIGHT[int(pick() * len(_BY_WEIGHT))]
    _, givens, families, rare = _LANGUAGES[number]
    given = _zipf(pick, givens)
    if number >= _FAMILY_FIRST:
        return _zipf(pick, families) + given
    if number < _LATIN and pick() < 0.2:  # a family from elsewhere
        _, _, families, rare = _LANGUAGES[int(pick() * _LATIN)]
    family = rare[int(pick() * len(rare))] if rare and pick() < 0.6 else _zipf(pick, families)
    more = pick()
    if more < 0.3:
        given += " " + _zipf(pick, givens)
    elif more < 0.4:
        family += ("-" if more < 0.35 else " ") + _zipf(pick, families)
    return f"{given} {family}"


def _roles(people: int) -> dict[int, str]:
    """Which person has what due, spread over the whole file."""
    things = [kind for _ in range(_DUE_EACH) for kind in _DUE]
    things += [kind for _ in range(_SOON_EACH) for kind in _SOON]
    if people < len(things):
        return dict(enumerate(things[:people], 1))
    return {n * people // len(things) + 1: kind for n, kind in enumerate(things)}


class _Invention:
    """The rows of a file, drawn in one order from one seed."""

    def __init__(self, people: int, seed: int, today: date) -> None:
        random = Random(seed)
        self.pick = random.random
        self.bits = random.getrandbits
        self.size = people
        self.roles = _roles(people)
        first = today - timedelta(days=5000)
        # ISO texts by the number of days before today; the future counts from the end.
        self.ago = [(today - timedelta(days=n)).isoformat() for n in range(5001)]
        self.ahead = [(today + timedelta(days=n)).isoformat() for n in range(500)]
        near = {(today + timedelta(days=n)).isoformat()[5:] for n in range(-5, 15)}
        days = [(first + timedelta(days=n)).isoformat()[5:] for n in range(366)]
        self.far_birthdays = [md for md in days if md not in near and md != "02-29"]
        self.people: list[tuple[object, ...]] = []
        self.channels: list[tuple[object, ...]] = []
        self.topics: list[tuple[object, ...]] = []
        self.tags: list[tuple[object, ...]] = []
        self.members: list[tuple[object, ...]] = []
        self.talks: list[tuple[object, ...]] = []
        self.follow_ups: list[tuple[object, ...]] = []
        self.notes: list[tuple[object, ...]] = []
        self.favours: list[tuple[object, ...]] = []
        self.names = [person_name(self.pick) for _ in range(people)]
        for number in range(1, people + 1):
            self._person(number, self.roles.get(number, ""))
        self.talks.sort(key=_day_of)

    def ties(self) -> Iterator[tuple[object, ...]]:
        """Ten a person, most of them to people near by, and no pair twice."""
        half = (self.size - 1) // 2
        for number in range(1, self.size + 1):
            ways: dict[int, None] = {}
            while len(ways) < min(_TIES, half):
                near = len(ways) < _TIES - 3
                ways[1 + self.below(min(60, half) if near else half)] = None
            for way in ways:
                other = (number + way - 1) % self.size + 1
                how = _HOWS[self.below(len(_HOWS))]
                yield number, other, how, self.ago[self.below(1000)]

    def dinners(self) -> Iterator[tuple[object, ...]]:
        """Who sat at which table: as many dinners as there are, all of them over."""
        for n in range(self.size // _DINED):
            at = _EVENTS + 1 + n
            table = {1 + self.below(self.size) for _ in range(_TABLE)}
            yield from ((number, at) for number in sorted(table))

    def introductions(self) -> Iterator[tuple[object, ...]]:
        """One for every hundred people, all of them settled."""
        for _ in range(self.size // 100):
            one = 1 + self.below(self.size - 1)
            other = one + 1 + self.below(self.size - one)
            days = 40 + self.below(900)
            state = "landed" if self.pick() < 0.7 else "not"
            yield one, other, self.ago[days], state, self.ago[days - 20]

    def said(self, several: tuple[str, ...]) -> str:
        """One of these texts, about something, somewhere, somebody."""
        pick, below = self.pick, self.below
        return several[below(len(several))].format(
            _zipf(pick, TOPICS),
            TOPICS[below(len(TOPICS))],
            _zipf(pick, CITIES),
            f"{_zipf(pick, ORGS[0])} {_zipf(pick, ORGS[1])}",
            self.names[below(self.size)],
        )

    def below(self, count: int) -> int:
        return int(self.pick() * count)

    def _person(self, number: int, role: str) -> None:
        pick, below = self.pick, self.below
        name = self.names[number - 1]
        key = _fold(name)
        chance = pick()
        known = "in person" if chance < 0.5 else "online" if chance < 0.75 else "known"
        if chance > 0.97 and not role:
            known = "heard"
        if role == "connect":
            known = "in person"
        every, circle, last = self._rhythm(role)
        birthday = None
        if role == "birthday":
            birthday = f"{1950 + below(50)}-{self.ago[below(3)][5:]}"
        elif role == "birthday soon":
            birthday = f"--{self.ahead[2 + below(4)][5:]}"
        elif pick() < 0.3:
            md = self.far_birthdays[below(len(self.far_birthdays))]
            birthday = f"--{md}" if pick() < 0.4 else f"{1950 + below(50)}-{md}"
        nick = name.split()[0][:3] if pick() < 0.04 else None
        archived = self.ago[5 + below(10)] if not role and pick() < 0.02 else None
        first, second = ORGS
        self.people.append(
            (
                number,
                f"{self.bits(128):032x}",
                name,
                key,
                nick,
                nick and _fold(nick),
                f"{_zipf(pick, first)} {_zipf(pick, second)}" if pick() < 0.7 else None,
                _ROLES[below(len(_ROLES))] if pick() < 0.5 else None,
                _zipf(pick, CITIES) if pick() < 0.6 else None,
                _CUES[below(len(_CUES))] if pick() < 0.3 else None,
                birthday,
                known,
                every,
                circle,
                self.ago[400] if every or circle else None,
                archived,
                self.ago[4900],
            )
        )
        self._reach(number, key, role)
        self._talk(number, role, known, last)
        for side, names_, share in (("about", TOPICS, 0.7), ("seeks", _SEEKS, 0.08)):
            if pick() < share:
                topic = names_[below(len(names_))]
                self.topics.append((number, side, topic, _fold(topic)))
        if pick() < 0.5:
            tag = _zipf(pick, _TAGS)
            self.tags.append((number, tag, _fold(tag)))
        if pick() < 0.3:
            self.members.append((number, 1 + below(_COMMUNITIES)))
        self._follow_up(number, role)
        if pick() < 0.3:
            self.notes.append((number, self.ago[below(1000)], self.said(_NOTES)))
        for way, share in (("gave", 0.25), ("got", 0.2)):
            if pick() < share:
                day = self.ago[min(last + 1 + below(1 + last * 8), 4800)]
                self.favours.append((number, way, day, self.said(_FAVOURS)))

    def _rhythm(self, role: str) -> tuple[str | None, int | None, int]:
        """Cadence, circle, and how many days ago the last contact was."""
        below = self.below
        if role == "keep":
            return "1mo", None, 35 + below(40)
        if role == "keep soon":
            return "30d", None, 25 + below(4)
        if role in ("reply", "connect"):
            return None, None, 2 + below(9 if role == "reply" else 4)
        chance = self.pick()
        if role or chance > 0.2:
            return None, None, 30 + below(1500)
        if chance < 0.1:
            return _CADENCES[below(len(_CADENCES))], None, 5 + below(30)
        circle = 1 + below(4)
        return None, circle, 1 + below((3, 15, 60, 200)[circle - 1])

    def _reach(self, number: int, key: str, role: str) -> None:
        below = self.below
        slug = key.replace(" ", ".") if key.isascii() else f"p{number}"
        site = _STATEFUL[below(len(_STATEFUL))]
        chance = self.pick()
        state, sent = "connected", None
        if role == "connect" or chance < 0.2:
            state = "known"
        elif chance < 0.25:
            state, sent = "sent", self.ago[100 + below(900)]
        plain = _PLAIN[below(len(_PLAIN))]
        if plain in ("phone", "signal", "whatsapp"):
            handle = f"+49 151 {number // 10000:04d} {number % 10000:04d}"
        else:
            handle = f"@{slug}{number}:matrix.example" if plain == "matrix" else f"{slug}{number}"
        domain = ORGS[0][below(30)].lower()
        for kind, text, how, day in (
            ("email", f"{slug}.{number}@{domain}.example", None, None),
            (site, f"{slug.replace('.', '-')}-{number}", state, sent),
            (plain, handle, None, None),
        ):
            self.channels.append((number, kind, text, handles.key(kind, text), how, day))

    def _talk(self, number: int, role: str, known: str, last: int) -> None:
        """Ten conversations, the newest ``last`` days ago."""
        pick, below = self.pick, self.below
        span = min(1 + last * 8, 4800 - last)
        before = sorted((last + 1 + below(span) for _ in range(_CONVERSATIONS - 1)), reverse=True)
        for n, days in enumerate((*before, last)):
            newest = n == _CONVERSATIONS - 1
            direction = "both" if pick() < 0.6 else "me" if pick() < 0.5 else "them"
            met = known == "in person" and days > 30 and (n == 0 or pick() < 0.15)
            at = None
            if newest:
                direction = "them" if role == "reply" else "both" if direction == "them" else "me"
                met = role == "connect"
            if met:
                direction = "both"
                if role == "connect":
                    at = 1 + number * len(self.roles) // max(self.size, 1) % _EVENTS
                elif pick() < 0.6:
                    at = 1 + below(_EVENTS)
            via = None if met or pick() < 0.4 else _PLAIN[below(len(_PLAIN))]
            text = self.said(_TALK) if pick() < 0.9 or newest else None
            self.talks.append((number, self.ago[days], direction, int(met), via, at, text))

    def _follow_up(self, number: int, role: str) -> None:
        pick, below = self.pick, self.below
        text = self.said(_PROMISES)
        made = self.ago[300 + below(900)]
        if role == "promise":
            day, state, closed = self.ago[below(6)], "open", None
        elif role == "promise soon":
            day, state, closed = self.ahead[2 + below(4)], "open", None
        elif pick() < 0.15:
            day, state, closed = self.ahead[40 + below(400)], "open", None
        else:
            state, closed = "done", self.ago[20 + below(200)]
            day = closed
        aim = "promise"
        if "promise" not in role and pick() < 0.2:
            aim = "hello"
        said = text if aim == "promise" else None
        self.follow_ups.append((number, day, said, aim, made, state, closed))


def _day_of(row: tuple[object, ...]) -> str:
    return str(row[1])


def generate(path: str, people: int, *, seed: int = 1, today: date = TODAY) -> None:
    """Make a new file of ``people`` invented people at ``path``."""
    db.create(path)
    made = _Invention(people, seed, today)
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -400000"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("BEGIN IMMEDIATE")
        triggers = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            conn.execute(f'DROP TRIGGER "{name}"')
        _fill(conn, made, today)
        for statement in derived.REBUILD:
            conn.execute(statement)
        schema.upgrade(conn)
        conn.execute("COMMIT")
        conn.execute("PRAGMA journal_mode = DELETE")
    finally:
        conn.close()


def _fill(conn: sqlite3.Connection, made: _Invention, today: date) -> None:
    events = []
    for n in range(_EVENTS):
        day = (today - timedelta(days=60 + 70 * n)).isoformat()
        name = f"{_MEETINGS[n % len(_MEETINGS)]} {day[:4]} {CITIES[n % len(CITIES)]}"
        events.append((n + 1, name, _fold(name), day, day))
    groups = []
    for n in range(_COMMUNITIES):
        name = f"{_GROUPS[n % len(_GROUPS)]} {CITIES[n // len(_GROUPS)]}"
        groups.append((n + 1, name, _fold(name)))
    for n in range(made.size // _DINED):
        day = (today - timedelta(days=20 + 9 * n % 3000)).isoformat()
        name = f"Dinner {n + 1} {CITIES[n % len(CITIES)]}"
        events.append((_EVENTS + 1 + n, name, _fold(name), day, day))
    _insert(conn, "event", "id, name, name_key, from_on, until_on", events)
    _insert(conn, "community", "id, name, name_key", groups)
    _insert(
        conn,
        "person",
        "id, uid, name, name_key, nick, nick_key, org, role, city, cue, birthday, known, every,"
        " circle_id, kept_on, archived_on, added_on",
        made.people,
    )
    _insert(conn, "channel", "person_id, kind, handle, handle_key, state, sent_on", made.channels)
    _insert(conn, "topic", "person_id, side, name, name_key", made.topics)
    _insert(conn, "tag", "person_id, name, name_key", made.tags)
    _insert(conn, "membership", "person_id, community_id", made.members)
    talks = [(n, *row) for n, row in enumerate(made.talks, 1)]
    _insert(
        conn, "conversation", "id, person_id, day, direction, met, channel, event_id, text", talks
    )
    follow_ups = [(n, *row) for n, row in enumerate(made.follow_ups, len(talks) + 1)]
    _insert(
        conn,
        "follow_up",
        "id, person_id, due_on, text, aim, made_on, state, closed_on",
        follow_ups,
    )
    conn.execute("UPDATE person SET uid = ? WHERE id = 0", ("0" * 32,))
    conn.execute("UPDATE _sqlite_migrations SET applied_at = ?", (today.isoformat(),))
    last = len(talks) + len(follow_ups)
    notes = [(n, *row) for n, row in enumerate(made.notes, last + 1)]
    _insert(conn, "note", "id, person_id, day, text", notes)
    _insert(conn, "tie", "person_id, other_id, how, noted_on", made.ties())
    _insert(conn, "attendance", "person_id, event_id", made.dinners())
    numbered = count(last + len(notes) + 1)
    favours = ((next(numbered), *row) for row in made.favours)
    _insert(conn, "favour", "id, person_id, way, day, text", favours)
    introductions = ((next(numbered), *row) for row in made.introductions())
    columns = "id, person_id, other_id, made_on, state, closed_on"
    _insert(conn, "introduction", columns, introductions)
    _rallies(conn, made, numbered)
    conn.execute("UPDATE number SET last = ?", (next(numbered) - 1,))


def _rallies(conn: sqlite3.Connection, made: _Invention, numbered: Iterator[int]) -> None:
    """Calls for help: all asked have answered, and what is still pledged is for later.

    The last of them is open.
    """
    many = max(made.size // _RALLIED, 1)
    for rally in range(1, many + 1):
        days = 30 + 40 * (many - rally)
        began, closed = made.ago[days], made.ago[days - 25] if rally < many else None
        row = (rally, 0, made.said(_NEEDS), None, began, None, closed)
        _insert(conn, "rally", "id, person_id, text, about, began_on, until_on, closed_on", [row])
        asked = sorted({1 + made.below(made.size) for _ in range(_ASKED)})
        answers = {number: "pledged" if made.pick() < 0.5 else "cannot" for number in asked}
        helpers = [(next(numbered), n, rally, began, answers[n], began) for n in asked]
        columns = "id, person_id, rally_id, asked_on, answer, answered_on"
        _insert(conn, "helper", columns, helpers)
        state = "kept" if closed else "open"
        pledges = [
            (next(numbered), n, rally, made.said(_FAVOURS), began, made.ahead[100], state, closed)
            for n in asked
            if answers[n] == "pledged"
        ]
        columns = "id, person_id, rally_id, text, pledged_on, due_on, state, closed_on"
        _insert(conn, "pledge", columns, pledges)


def _insert(
    conn: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[object, ...]]
) -> None:
    marks = ", ".join(repeat("?", columns.count(",") + 1))
    conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="where the new file goes; it must not exist")
    parser.add_argument("people", type=int, help="how many people")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if os.path.exists(asked.file):
        parser.error(f"{asked.file} exists already")
    generate(asked.file, asked.people, seed=asked.seed)


if __name__ == "__main__":
    main()
