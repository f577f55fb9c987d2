"""A seeded LinkedIn archive of invented people: ``python bench/linkedin_zip.py FILE.zip``.

As somebody's of ten years looks: most connections never written to, some threads answered, some
left without an answer on either side, a few recent ones that wait, group chats, advertisements,
people who left, invitations in both directions, and the other files that come with it.
"""

import argparse
import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from random import Random
from urllib.parse import quote

import generate
from kinship.model import names

OWNER = ("Robin", "Quist")
OWNER_URL = "https://www.linkedin.com/in/robin-quist"
YEARS = 10
_NOTES = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are'
    " missing. You will only see email addresses for connections who have allowed their connections"
    ' to see or download their email address using this setting."\n\n'
)
_OPENERS = (
    "Hi {you}, good to meet you at the {topic} evening!",
    "Hello {you}, thanks for connecting. What are you working on?",
    "{you}, a colleague of mine would like to talk about {topic}. May I pass on your address?",
    "Congratulations on the new job, {you}!",
    "Are you coming to the {topic} meetup in {city}?",
)
_ANSWERS = (
    "Thanks, {you}! Let us talk next week.",
    "Sounds good & see you there :)",
    "<p>Gladly.</p><p>I have put a few notes on {topic} here: "
    '<a href="https://notes.example/{topic}">notes</a></p>',
    "That is kind of you.\nI am in {city} until Friday,\nand back after that.",
    'You may know Maria, she said "{topic}" is all she thinks of.',
)
_PITCHES = (
    "Hi {you}, I came across your profile and was impressed. We help teams like yours grow. Do you"
    " have 15 minutes this week?",
    "Dear {you}, we are hiring an {topic} lead in {city}. Would you be open to a call?",
)
_LEFT = ("LinkedIn Member", "")


class _Person:
    def __init__(self, rnd: Random, number: int, day: date, taken: set[str]) -> None:
        name = first = last = ""
        while not first or (name in taken and rnd.random() < 0.99):  # two of one name are rare
            name = generate.person_name(rnd.random)
            first, _, last = name.rpartition(" ")
        taken.add(name)
        self.first, self.last = first, last
        slug = names.slug(name).replace("'", "") or f"member-{number}"
        if rnd.random() < 0.05:
            slug = f"{first}-{last}".lower().replace(" ", "-")
        self.url = f"https://www.linkedin.com/in/{quote(slug)}-{number:x}"
        self.connected = day

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


class _Archive:
    """One archive in the making."""

    def __init__(self, connections: int, messages: int, seed: int, today: date) -> None:
        self.rnd = Random(seed)
        self.today = today
        self.wanted = messages
        self.taken: set[str] = set()
        self.people = [self._person(number) for number in range(connections)]
        self.strangers = [
            self._person(number) for number in range(connections, connections * 6 // 5)
        ]
        self.rows: list[tuple[datetime, list[str]]] = []
        self.threads = 0

    def _person(self, number: int) -> _Person:
        back = int(self.rnd.random() ** 1.5 * YEARS * 365)
        return _Person(self.rnd, number, self.today - timedelta(back + 1), self.taken)

    def connections(self) -> list[list[str]]:
        found = []
        for person in self.people:
            org = f"{self.rnd.choice(generate.ORGS[0])} {self.rnd.choice(generate.ORGS[1])}"
            if self.rnd.random() < 0.1:
                org += ", Inc."
            mail = f"{names.slug(person.name)}@mail.example" if self.rnd.random() < 0.06 else ""
            role = self.rnd.choice(generate._ROLES).capitalize()
            since = f"{person.connected:%d %b %Y}"
            found.append([person.first, person.last, person.url, mail, org, role, since])
        for _ in range(len(self.people) // 50):
            day = self.today - timedelta(self.rnd.randrange(3000))
            found.append(["", "", "", "", "", "", f"{day:%d %b %Y}"])
        return found

    def messages(self) -> list[list[str]]:
        rnd = self.rnd
        friends = rnd.sample(self.people, len(self.people) // 3)
        for number, person in enumerate(friends):
            begun = max(person.connected, self.today - timedelta(rnd.randrange(1, 2500)))
            if number < 8:  # these wait for an answer
                self._thread(person, self.today - timedelta(rnd.randrange(2, 20)), answered=True)
            elif number % 5 == 0:
                self._line(person, begun, mine=rnd.random() < 0.5)
            else:
                self._thread(person, begun, answered=rnd.random() < 0.5)
        for person in self.strangers[: len(self.strangers) // 3]:
            self._line(
                person, self.today - timedelta(rnd.randrange(3, 2000)), mine=False, pitch=True
            )
        for _ in range(12):
            self._group(rnd.sample(self.people, rnd.randrange(2, 6)))
        for _ in range(10):
            self._advertisement()
        for _ in range(6):
            self._line(None, self.today - timedelta(rnd.randrange(400, 3000)), mine=False)
        self._line(friends[0], self.today - timedelta(1), mine=True, draft=True)
        self._line(self.strangers[-1], self.today - timedelta(3), mine=False, pitch=True, spam=True)
        while len(self.rows) < self.wanted:
            person = rnd.choice(friends[8:])
            self._thread(person, max(person.connected, self._some_day()), answered=True)
        self.rows.sort(key=lambda row: row[0], reverse=True)
        return [row for _, row in self.rows]

    def _some_day(self) -> date:
        return self.today - timedelta(self.rnd.randrange(40, 2500))

    def _thread(self, person: _Person, begun: date, *, answered: bool) -> None:
        """A conversation that began then: the last word is theirs where nobody answered it."""
        self.threads += 1
        moment = self._moment(begun)
        mine = self.rnd.random() < 0.5
        for turn in range(self.rnd.randrange(2, 9)):
            texts = _ANSWERS if turn else _OPENERS
            self._write(person, moment, mine, self.rnd.choice(texts))
            moment += timedelta(hours=self.rnd.randrange(1, 30))
            mine = not mine
            if moment.date() >= self.today:
                break
        if answered is mine and moment.date() < self.today:
            self._write(person, moment, mine, self.rnd.choice(_ANSWERS))

    def _line(
        self,
        person: _Person | None,
        day: date,
        *,
        mine: bool,
        pitch: bool = False,
        draft: bool = False,
        spam: bool = False,
    ) -> None:
        """A message that nobody answered; of nobody where they left LinkedIn."""
        self.threads += 1
        text = self.rnd.choice(_PITCHES if pitch else _OPENERS)
        self._write(person, self._moment(day), mine, text, draft=draft, spam=spam)

    def _group(self, people: Sequence[_Person]) -> None:
        self.threads += 1
        moment = self._moment(self._some_day())
        everybody = [(" ".join(OWNER), OWNER_URL), *((p.name, p.url) for p in people)]
        for _ in range(self.rnd.randrange(3, 9)):
            name, url = self.rnd.choice(everybody)
            others = [one for one in everybody if one[1] != url]
            self._row(
                moment, name, url, others, self._text(self.rnd.choice(_ANSWERS), "all"), "A trip"
            )
            moment += timedelta(hours=self.rnd.randrange(1, 30))

    def _advertisement(self) -> None:
        self.threads += 1
        text = (
            '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%, earn a degree online.</p>'
        )
        me = [(" ".join(OWNER), OWNER_URL)]
        self._row(
            self._moment(self._some_day()), "Northern University", "", me, text, "Your degree"
        )

    def _write(
        self,
        person: _Person | None,
        moment: datetime,
        mine: bool,
        text: str,
        *,
        draft: bool = False,
        spam: bool = False,
    ) -> None:
        me = (" ".join(OWNER), OWNER_URL)
        them = (person.name, person.url) if person else _LEFT
        sender, receiver = (me, them) if mine else (them, me)
        words = self._text(text, receiver[0].split()[0])
        folder = "SPAM" if spam else "INBOX"
        thread = f"2-{person.url[-9:]}==" if person and not draft else ""
        self._row(moment, *sender, [receiver], words, "", thread, folder, "Yes" if draft else "No")

    def _row(
        self,
        moment: datetime,
        name: str,
        url: str,
        to: Iterable[tuple[str, str]],
        text: str,
        title: str = "",
        thread: str = "",
        folder: str = "INBOX",
        draft: str = "No",
    ) -> None:
        to = list(to)
        receivers, urls = ", ".join(name for name, _ in to), ",".join(url for _, url in to)
        thread = thread or f"2-thread{self.threads}=="
        day = f"{moment:%Y-%m-%d %H:%M:%S} UTC"
        row = [thread, title, name, url, receivers, urls, day, "", text, folder, "", draft, "No"]
        self.rows.append((moment, row))

    def _text(self, text: str, you: str) -> str:
        topic, city = self.rnd.choice(generate.TOPICS), self.rnd.choice(generate.CITIES)
        return text.format(you=you, topic=topic, city=city)

    def _moment(self, day: date) -> datetime:
        rnd = self.rnd
        hour, minute = rnd.randrange(7, 22), rnd.randrange(60)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)

    def invitations(self) -> list[list[str]]:
        me = " ".join(OWNER)
        found = []
        for number, person in enumerate(self.strangers):
            if number % 4 == 0:
                sent = self._moment(self.today - timedelta(self.rnd.randrange(2, 1500)))
                said = f"{sent.month}/{sent.day}/{sent:%y}, {sent.hour % 12 or 12}:{sent:%M %p}"
                text = "" if number % 3 else f"We met in {self.rnd.choice(generate.CITIES)}."
                if number % 8:
                    found.append([me, person.name, said, text, "OUTGOING", OWNER_URL, person.url])
                else:
                    found.append([person.name, me, said, text, "INCOMING", person.url, OWNER_URL])
        return found


_HEADS = {
    "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
    "messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
    "RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,"
    "IS CONVERSATION DRAFT",
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,"
    "Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers",
}
_OTHERS = {
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\nrobin@quist.example,Yes,Yes,"
    "1/2/20 9:00 AM\n",
    "PhoneNumbers.csv": "Extension,Number,Type\n,+1 202 555 0147,Mobile\n",
    "Skills.csv": "Name\nGardening\nPython\n",
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
    "Juniper Maps,Editor,,Oslo,Jan 2019,\n",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\nFirst aid,,Red"
    " Cross,May 2020,,\n",
    "Recommendations_Received.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    "Ada,Byron,Engines,Analyst,A joy to work with,05/01/21 10:00 AM,VISIBLE\n",
    "Endorsement_Received_Info.csv": "Endorsement Date,Skill Name,Endorser First Name,"
    "Endorser Last Name,Endorser Public Url,Endorsement Status\n2021/03/04 10:00:00 UTC,Python,Ada,"
    "Byron,www.linkedin.com/in/ada,ACCEPTED\n",
    "Member_Follows.csv": "Date,Status,FullName\nThu Mar 04 10:00:00 UTC 2021,Active,Ada Byron\n",
    "Company Follows.csv": "Organization,Followed On\nJuniper Maps,Thu Mar 04 10:00:00 UTC 2021\n",
    "Reactions.csv": "Date,Type,Link\n2024-05-02 10:00:00,LIKE,https://www.linkedin.com/feed/\n",
    "Shares.csv": "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n",
    "SearchQueries.csv": "Time,Search Query\n2024/05/02 10:00:00 UTC,maps\n",
    "Logins.csv": "Login Date,IP Address,User Agent,Login Type\n",
    "Registration.csv": "Registered At,Registration Ip,Subscription Types\n1/2/14 9:00 AM,,\n",
    "Rich_Media.csv": "Date/Time,Media Description,Media Link\n",
    "Ad_Targeting.csv": "Member Age,Company Names,Job Titles\n30-40,Juniper Maps,Editor\n",
    "guide_messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
    "RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS\n",
    "LearningCoachMessages.csv": "No conversations found\n",
    "Jobs/Saved Jobs.csv": "Saved Date,Job Url,Job Title,Company Name\n",
    "Jobs/Job Applications.csv": "Application Date,Contact Email,Contact Phone Number,Company Name,"
    "Job Title,Job Url\n5/6/22 9:00 AM,robin@quist.example,,Juniper Maps,Editor,\n",
    "Articles/Articles/maps.html": "<html><body><h1>Maps</h1></body></html>\n",
}


def files(
    connections: int = 1200, messages: int = 3000, *, seed: int = 1, today: date = generate.TODAY
) -> dict[str, str]:
    """The files of an archive by their names."""
    made = _Archive(connections, messages, seed, today)
    profile = [*OWNER, "", "", "", "Editor of maps", "", "", "", "", "", "", ""]
    return {
        "Connections.csv": _NOTES + _csv(_HEADS["Connections.csv"], made.connections()),
        "Invitations.csv": _csv(_HEADS["Invitations.csv"], made.invitations()),
        "messages.csv": _csv(_HEADS["messages.csv"], made.messages(), quote_all=True),
        "Profile.csv": _csv(_HEADS["Profile.csv"], [profile]),
        **_OTHERS,
    }


def known(path: str, rows: Iterable[list[str]]) -> list[list[str]]:
    """Rows of connections, every second of them somebody in a kinship file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        people = conn.execute(
            "SELECT p.name, c.handle FROM channel c JOIN person p ON p.id = c.person_id"
            " WHERE c.kind = 'linkedin' AND c.handle IS NOT NULL ORDER BY p.id"
        )
        mixed = []
        for number, row in enumerate(rows):
            if number % 2 and (one := people.fetchone()):
                first, _, last = one[0].rpartition(" ")
                row[:3] = [first, last, f"https://www.linkedin.com/in/{quote(one[1])}"]
            mixed.append(row)
    return mixed


def _csv(head: str, rows: Iterable[Sequence[str]], *, quote_all: bool = False) -> str:
    out = io.StringIO()
    writer = csv.writer(
        out, lineterminator="\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    )
    writer.writerow(head.split(","))
    writer.writerows(rows)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="where the archive goes; a .csv has the connections only")
    parser.add_argument("--connections", type=int, default=1200)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--known", help="a kinship file: half of the connections are people in it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, default=generate.TODAY)
    asked = parser.parse_args()
    if asked.file.endswith(".csv"):
        rows = _Archive(asked.connections, 0, asked.seed, asked.today).connections()
        rows = known(asked.known, rows) if asked.known else rows
        with open(asked.file, "x", encoding="utf-8") as file:
            file.write(_NOTES + _csv(_HEADS["Connections.csv"], rows))
        return
    with zipfile.ZipFile(asked.file, "x", zipfile.ZIP_DEFLATED) as archive:
        made = files(asked.connections, asked.messages, seed=asked.seed, today=asked.today)
        for name, text in made.items():
            archive.writestr(name, text)


if __name__ == "__main__":
    main()
