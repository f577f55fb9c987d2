"""Who is waiting, and since when: one query with the day as its parameter, and how it makes rows.

Imported by the shell-start path (kinship.quick), so it imports nothing. SQLite takes no parameter
in a view, so the query is a text; the public view ``due`` is the same text on the local day.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# The order inside a section is promises before politeness (docs/rules.md).
# :day is today, :until the last day of COMING. A birthday on 29 February falls on the 28th in
# common years; it stays three days, unless something of yours has reached them since. A hello is
# as late as its lateness is long beside its cadence: a weekly friend goes before a yearly one.
# A rally is whoever was asked and has not answered, your own pledge, which is for whom the rally is,
# and what others pledged, the day after it was to be kept.
ITEMS = """
SELECT CASE WHEN a.late_on <= :day THEN 'overdue' WHEN a.due_on <= :day THEN 'today'
    ELSE 'coming' END AS "when",
  a.kind, a.person_id, p.name, a.due_on, a.late_on, a.since_on, a.entry_id, a.group_id, a.what
FROM (
  SELECT CASE aim WHEN 'connect' THEN 'connect' ELSE 'promise' END AS kind,
    f.person_id, f.on_day AS due_on, coalesce(date(f.on_day, '+1 day'), f.on_day) AS late_on,
    NULL AS since_on, f.id AS entry_id,
    CASE aim WHEN 'connect' THEN (SELECT c.event_id FROM conversation c
      WHERE c.person_id = f.person_id AND c.met = 1 ORDER BY c.day DESC, c.id DESC LIMIT 1)
      END AS group_id,
    f.text AS what
  FROM follow_up f WHERE f.state = 'open' AND f.on_day <= :until
  UNION ALL
  SELECT w.kind, w.person_id, w.due_on, w.late_on, w.since_on, w.entry_id,
    CASE w.kind WHEN 'connect' THEN (SELECT event_id FROM conversation WHERE id = w.entry_id) END,
    CASE w.kind WHEN 'reply' THEN (SELECT text FROM conversation WHERE id = w.entry_id) END
  FROM (
    SELECT * FROM waiting WHERE gone_on IS NULL AND due_on <= :until
    UNION ALL SELECT * FROM waiting WHERE gone_on >= :day AND due_on <= :until
  ) w
  UNION ALL
  SELECT 'intro', i.person_id, i.on_day, coalesce(date(i.moved_to, '+1 day'), date(i.on_day, '+7 days')),
    coalesce(i.made_on, i.asked_on), i.id, NULL, o.name
  FROM introduction i JOIN person o ON o.id = i.other_id AND o.archived_on IS NULL
  WHERE i.closed_on IS NULL AND i.on_day <= :until
    AND max(date(coalesce(i.made_on, i.asked_on), '+60 days'), date(i.on_day, '+14 days')) >= :day
  UNION ALL
  SELECT 'rally', h.person_id, h.on_day, coalesce(date(h.moved_to, '+1 day'), date(h.asked_on, '+7 days')),
    h.asked_on, h.id, r.id, r.text
  FROM rally r CROSS JOIN helper h ON h.rally_id = r.id
  WHERE r.closed_on IS NULL AND h.answer IS NULL AND h.person_id > 0 AND h.on_day <= :until
  UNION ALL
  SELECT 'rally', iif(g.person_id, g.person_id, g.for_id), g.day,
    date(g.day, iif(g.person_id, '+6 days', '+1 day')), g.pledged_on, g.id, NULL, g.text
  FROM (
    SELECT p.id, p.person_id, p.text, p.pledged_on, r.person_id AS for_id,
      coalesce(p.moved_to, date(coalesce(p.due_on, r.until_on),
        iif(p.person_id, '+1 day', '+0 days'))) AS day
    FROM rally r CROSS JOIN pledge p ON p.rally_id = r.id
    WHERE r.closed_on IS NULL AND p.state = 'open'
  ) g
  WHERE g.day <= :until
  UNION ALL
  SELECT 'birthday', b.id, d.day, date(d.day, '+1 day'), d.day, NULL, NULL, NULL
  FROM (
    WITH RECURSIVE days (day) AS (
      SELECT date(:day, '-3 days') UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < :until
    )
    SELECT day, substr(day, 6) AS md FROM days
    UNION ALL SELECT day, '02-29' FROM days
    WHERE substr(day, 6) = '02-28' AND substr(date(day, '+1 day'), 6) = '03-01'
  ) d CROSS JOIN person b ON b.birth_md = d.md
  LEFT JOIN pulse u ON u.person_id = b.id
  LEFT JOIN nudge n ON n.person_id = b.id AND n.kind = 'birthday'
  WHERE b.known <> 'heard'
    AND coalesce(u.mine_on, '') < d.day AND coalesce(n.settled_on, '') < d.day
    AND coalesce(n.until, '') <= max(:day, d.day)
) a JOIN person p ON p.id = a.person_id
WHERE p.id > 0 AND p.archived_on IS NULL
-- whose
ORDER BY CASE WHEN a.late_on <= :day THEN 0 WHEN a.due_on <= :day THEN 1 ELSE 2 END,
  CASE WHEN a.due_on > :day THEN a.due_on END,
  CASE a.kind WHEN 'promise' THEN 0 WHEN 'reply' THEN 1 WHEN 'rally' THEN 2 WHEN 'connect' THEN 3
    WHEN 'birthday' THEN 4 WHEN 'intro' THEN 5 ELSE 6 END,
  (julianday(:day) - julianday(a.due_on)) / CASE a.kind WHEN 'keep' THEN
    max(1, julianday(a.due_on) - julianday(coalesce(substr(a.since_on || '-01-01', 1, 10),
      date(a.due_on, '-1 month')))) ELSE 1 END DESC,
  p.name_key, p.id, a.entry_id
"""

OF_ONE = ITEMS.replace("-- whose", "AND a.person_id = :person")
"""The same for one person, found by their own rows."""

VIEWS = f"""
CREATE VIEW due AS
SELECT "when", kind, person_id, name, due_on, late_on,
  CAST(max(0, julianday(day) - julianday(due_on)) AS INTEGER) AS days_late, since_on,
  (SELECT text FROM follow_up WHERE id = entry_id AND kind = 'promise') AS what
FROM (SELECT date('now', 'localtime') AS day),
  ({
    ITEMS.replace(":day", "date('now', 'localtime')").replace(
        ":until", "date('now', 'localtime', '+7 days')"
    )
});

CREATE VIEW favours AS
SELECT f.id, f.person_id, p.name, f.day, f.way, f.text
FROM favour f JOIN person p ON p.id = f.person_id;

CREATE VIEW ties AS
SELECT t.person_id, p.name, t.other_id, o.name AS other_name, t.how, t.since, t.noted_on, t.source
FROM tie t JOIN person p ON p.id = t.person_id JOIN person o ON o.id = t.other_id;

CREATE VIEW conversations AS
SELECT c.id, c.person_id, p.name, c.day, c.direction, c.met, c.channel, e.name AS event,
  c.text, c.url, c.inferred
FROM conversation c JOIN person p ON p.id = c.person_id
  LEFT JOIN event e ON e.id = c.event_id;

CREATE VIEW people AS
SELECT p.id, p.name, p.nick, p.org, p.role, p.city, p.address, p.relation, p.cue, p.birthday,
  (SELECT handle FROM channel WHERE person_id = p.id AND kind = 'email' ORDER BY id LIMIT 1)
    AS email,
  (SELECT handle FROM channel WHERE person_id = p.id AND kind = 'phone' ORDER BY id LIMIT 1)
    AS phone,
  (SELECT group_concat(entry, '; ') FROM (SELECT kind || coalesce(':' || handle, '') AS entry
    FROM channel WHERE person_id = p.id ORDER BY id)) AS channels,
  (SELECT group_concat(name, '; ') FROM (SELECT name FROM topic
    WHERE person_id = p.id AND side = 'about' ORDER BY id)) AS topics,
  (SELECT group_concat(name, '; ') FROM (SELECT name FROM topic
    WHERE person_id = p.id AND side = 'seeks' ORDER BY id)) AS seeks,
  (SELECT group_concat(name, '; ') FROM (SELECT m.name FROM membership s
    JOIN community m ON m.id = s.community_id WHERE s.person_id = p.id ORDER BY s.id))
    AS communities,
  (SELECT group_concat(name, '; ') FROM (SELECT name FROM tag
    WHERE person_id = p.id ORDER BY id)) AS tags,
  p.known AS met_how, p.since, p.met_online,
  u.first_met_on AS met_on, e.name AS met_at,
  b.name AS introduced_by,
  u.every AS cadence, c.name AS circle,
  u.last_on,
  (SELECT text FROM conversation t WHERE t.person_id = p.id AND t.text IS NOT NULL
    ORDER BY t.direction = 'me', t.day DESC, t.id DESC LIMIT 1) AS last_text,
  w.due_on AS next_on,
  p.added_on, p.archived_on, p.uid
FROM person p
  LEFT JOIN pulse u ON u.person_id = p.id
  LEFT JOIN event e ON e.id = u.first_event_id
  LEFT JOIN person b ON b.id = p.introduced_by
  LEFT JOIN circle c ON c.id = p.circle_id
  LEFT JOIN waiting w ON w.person_id = p.id AND w.kind = 'keep'
WHERE p.id > 0;
"""


_CROWD = 3
_ROWS = 8
"""As many rows as a terminal of 24 lines holds."""


class Item:
    """One reason to reach somebody; the columns of `ITEMS`.

    ``group_id`` is what they share with others: the event where they were met, to connect with, or
    the rally in which they were asked to help.
    """

    __slots__ = (
        "due_on",
        "entry_id",
        "group_id",
        "kind",
        "late_on",
        "name",
        "person_id",
        "since_on",
        "what",
        "when",
    )

    def __init__(
        self,
        when: str,
        kind: str,
        person_id: int,
        name: str,
        due_on: str,
        late_on: str,
        since_on: str | None,
        entry_id: int | None,
        group_id: int | None,
        what: str | None,
    ) -> None:
        self.when = when
        self.kind = kind
        self.person_id = person_id
        self.name = name
        self.due_on = due_on
        self.late_on = late_on
        self.since_on = since_on
        self.entry_id = entry_id
        self.group_id = group_id
        self.what = what


class Row:
    """One row of the screen: a person's items, the leading one first, or those of a crowd."""

    __slots__ = ("crowd", "items")

    def __init__(self, items: list[Item], *, crowd: bool = False) -> None:
        self.items = items
        self.crowd = crowd

    @property
    def when(self) -> str:
        return self.items[0].when


def counts(rows: "Sequence[Row]") -> dict[str, int]:
    """How many rows are overdue, due today and coming."""
    return {when: sum(r.when == when for r in rows) for when in ("overdue", "today", "coming")}


def rows(items: "Sequence[Item]", *, whole: bool = False) -> list[Row]:
    """Fold items into rows: one a person, and one for more than three "connect" of one event.

    Who was met at no event is folded with those of the same day. What is coming for somebody waits
    until what is due with them now is done. Unless ``whole``, more than three who were asked in one
    rally share a row; and of more than eight rows the last hellos, which can wait.
    """
    people: dict[int, Row] = {}
    for item in items:
        known = people.get(item.person_id)
        if known is None:
            people[item.person_id] = Row([item])
        elif item.when != "coming":
            known.items.append(item)
    crowds: dict[tuple[str, int | str | None, str], list[Item]] = {}
    for row in people.values():
        if _foldable(row, whole=whole):
            crowds.setdefault(_where(row), []).append(row.items[0])
    folded: list[Row] = []
    for row in people.values():
        crowd = crowds[_where(row)] if _foldable(row, whole=whole) else []
        if len(crowd) <= _CROWD:
            folded.append(row)
        elif crowd[0] is row.items[0]:
            folded.append(Row(crowd, crowd=True))
    return folded if whole else _in_few_rows(folded)


def _in_few_rows(folded: list[Row]) -> list[Row]:
    now = [row for row in folded if row.when != "coming"]
    waiting = [row for row in now if _hello(row)]
    later = waiting[max(0, _ROWS - 1 - (len(now) - len(waiting))) :]
    if len(now) <= _ROWS or len(later) < 2:
        return folded
    others = Row([row.items[0] for row in later], crowd=True)
    at = folded.index(later[0])
    return [*folded[:at], others, *(row for row in folded[at:] if not _hello(row))]


def _hello(row: Row) -> bool:
    return row.items[0].kind == "keep" and row.when != "coming"


def _foldable(row: Row, *, whole: bool) -> bool:
    lead = row.items[0]
    if len(row.items) > 1:
        return False
    if lead.kind == "rally":
        return lead.group_id is not None and not whole
    return lead.kind == "connect" and place(lead) is not None


def place(item: Item) -> int | str | None:
    """The event where somebody was met, else the day; the rally in which they were asked."""
    return item.group_id or item.since_on


def _where(row: Row) -> tuple[str, int | str | None, str]:
    """What those of a crowd share; where helpers come up on days to come, the day as well."""
    lead = row.items[0]
    coming = "" if row.when != "coming" else lead.due_on if lead.kind == "rally" else "coming"
    return lead.kind, place(lead), coming
