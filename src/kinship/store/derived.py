"""What the database works out for itself, by trigger: pulse, what is waiting, search index.

Outside the journal, because it follows from the rest. The views named ``..._reckoned`` say the same
from scratch: the triggers copy one person's rows from them, and a test holds tables and views equal.
"""

TABLES = """
-- known and archived are the person's own: what asks about many need not read all of each.
CREATE TABLE pulse (person_id INTEGER PRIMARY KEY,
  known TEXT NOT NULL, archived INTEGER NOT NULL DEFAULT 0,
  last_on TEXT, mine_on TEXT,
  -- When they last said something to you, and when each of you last had said something.
  theirs_on TEXT, two_way_on TEXT,
  first_met_on TEXT, first_event_id INTEGER,
  -- How often you helped them and they you, introductions too; their last favour written down;
  -- how many people they know.
  gave INTEGER NOT NULL DEFAULT 0, got INTEGER NOT NULL DEFAULT 0, got_on TEXT,
  ties INTEGER NOT NULL DEFAULT 0,
  -- The cadence in force: tenths of its days in ten digits, since when in ten, whose shared one in ten, code.
  cadence TEXT,
  -- What they, or both of you, said last; a message of yours only where there is nothing else.
  last_text TEXT,
  every TEXT GENERATED ALWAYS AS (nullif(substr(cadence, 31), 'off')) VIRTUAL,
  kept_on TEXT GENERATED ALWAYS AS (nullif(trim(substr(cadence, 11, 10)), '')) VIRTUAL,
  shared_id INTEGER GENERATED ALWAYS AS (nullif(CAST(substr(cadence, 21, 10) AS INTEGER), 0)) VIRTUAL
) STRICT;
CREATE INDEX pulse_last ON pulse (last_on);
CREATE INDEX pulse_met ON pulse (first_met_on, known);
CREATE INDEX pulse_two_way ON pulse (two_way_on, got, gave, archived) WHERE two_way_on IS NOT NULL;
CREATE INDEX pulse_turn ON pulse (got - gave, got_on) WHERE gave + got > 0 AND archived = 0;
CREATE INDEX pulse_ties ON pulse (ties DESC) WHERE ties > 0 AND first_met_on IS NULL;
CREATE INDEX pulse_kept ON pulse (substr(cadence, 1, 10), theirs_on DESC) WHERE every IS NOT NULL;

-- One row a person and kind: due from, late from, gone after; since when, and the entry behind it.
CREATE TABLE waiting (person_id INTEGER NOT NULL, kind TEXT NOT NULL,
  due_on TEXT NOT NULL, late_on TEXT NOT NULL, gone_on TEXT, since_on TEXT, entry_id INTEGER,
  PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_due ON waiting (due_on) WHERE gone_on IS NULL;
CREATE INDEX waiting_gone ON waiting (gone_on) WHERE gone_on IS NOT NULL;

CREATE VIRTUAL TABLE person_search USING fts5 (name_key, nick, org, role, city, cue,
  content='person_text', content_rowid='id', detail='column', prefix='1 2 3',
  tokenize="unicode61 remove_diacritics 2");

-- All that was ever written down. A row's number is the person's, then in 32 bits the entry's, or
-- a topic's or tag's with one of the first two bits.
CREATE VIRTUAL TABLE entry_search USING fts5 (text,
  content='entry_text', content_rowid='id', detail='none', prefix='2 3',
  tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE person_word USING fts5vocab (person_search, 'col');
"""

# Month ends clamp as relativedelta does: 31 January + 1 month is the last day of February.
_MONTHS = (
    "min(date(base, '+' || {m} || ' months'),"
    " date(base, 'start of month', '+' || ({m} + 1) || ' months', '-1 day'))"
)

_LETTERS = (
    *(("øØ", "o"), ("łŁ", "l"), ("đĐðÐ", "d"), ("ı", "i"), ("æÆ", "ae"), ("œŒ", "oe")),
    *(("þÞ", "th"), ("ß", "ss"), ("'’", "")),
)


def _plain(text: str) -> str:
    """A text with the letters spelt out that the tokenizer leaves as they are, as in `names.fold`.

    Most texts are ASCII without an apostrophe, and to look costs less than to replace.
    """
    spelt = text
    for letters, plain in _LETTERS:
        for letter in letters:
            quoted = letter.replace("'", "''")
            spelt = f"replace({spelt},'{quoted}','{plain}')"
    return f"CASE WHEN {text} NOT GLOB '*[^ -&(-~]*' THEN {text} ELSE {spelt} END"


def _quickly(text: str) -> str:
    """The same as ``_plain``, in less time; views and triggers are as they were made once."""
    ascii_only = f"length({text}) = length(CAST({text} AS BLOB))"
    return f"CASE WHEN {ascii_only} AND instr({text}, '''') = 0 THEN {text} ELSE {_plain(text)} END"


def _tenths(every: str) -> str:
    """A cadence in tenths of a day."""
    return (
        f"CAST({every} AS INTEGER) * CASE ltrim({every}, '0123456789')"
        " WHEN 'd' THEN 10 WHEN 'w' THEN 70 WHEN 'mo' THEN 304 ELSE 3650 END"
    )


_TIES = "(SELECT count(*) FROM tie WHERE person_id = {0}) + (SELECT count(*) FROM tie WHERE other_id = {0})"
_LAST_TEXT = (
    "(SELECT text FROM conversation WHERE person_id = p.id{} AND text IS NOT NULL"
    " ORDER BY day DESC, id DESC LIMIT 1)"
)
_SAID = "(SELECT max(day) FROM conversation WHERE person_id = p.id AND direction <> '{}')"

VIEWS = f"""
-- What is searched of people; the columns of person_search.
CREATE VIEW person_text AS
SELECT id, name_key, nick_key AS nick, {_plain("org")} AS org, {_plain("role")} AS role,
  {_plain("city")} AS city,
  CASE WHEN coalesce(cue, relation, address) IS NULL THEN '' ELSE {_plain("said")} END AS cue
FROM (SELECT *, coalesce(cue, '') || ' ' || coalesce(relation, '') || ' ' || coalesce(address, '')
  AS said FROM person);
CREATE VIEW entry_text AS
SELECT (person_id << 32) + id AS id, {_plain("text")} AS text
FROM (SELECT person_id, id, text FROM conversation
  UNION ALL SELECT person_id, id, text FROM note
  UNION ALL SELECT person_id, id, text FROM follow_up
  UNION ALL SELECT person_id, id, text FROM favour
  UNION ALL SELECT person_id, id, text FROM pledge
  UNION ALL SELECT person_id, id + {1 << 30}, name_key FROM topic
  UNION ALL SELECT person_id, id + {2 << 30}, name_key FROM tag)
WHERE text IS NOT NULL;

-- The cadence is one's own, off included; else the shortest of the circle's and those shared by a
-- community, an event where you talked, or a tag. As text the shortest sorts first.
CREATE VIEW pulse_reckoned AS
SELECT p.id AS person_id, p.known, p.archived_on IS NOT NULL AS archived,
  (SELECT max(day) FROM (SELECT max(day) AS day FROM conversation WHERE person_id = p.id
    UNION ALL SELECT max(day) FROM favour WHERE person_id = p.id)) AS last_on,
  (SELECT max(day) FROM (SELECT max(day) AS day FROM conversation
      WHERE person_id = p.id AND direction <> 'them'
    UNION ALL SELECT max(day) FROM favour WHERE person_id = p.id AND way = 'gave')) AS mine_on,
  (SELECT max(day) FROM (SELECT max(day) AS day FROM conversation
      WHERE person_id = p.id AND direction <> 'me'
    UNION ALL SELECT max(day) FROM favour WHERE person_id = p.id AND way = 'got')) AS theirs_on,
  min({_SAID.format("me")}, {_SAID.format("them")}) AS two_way_on,
  (SELECT min(day) FROM conversation c WHERE c.person_id = p.id AND c.met = 1) AS first_met_on,
  (SELECT event_id FROM conversation c WHERE c.person_id = p.id AND c.met = 1
    ORDER BY day, id LIMIT 1) AS first_event_id,
  (SELECT count(*) FROM favour WHERE person_id = p.id AND way = 'gave')
  + (SELECT count(*) FROM introduction WHERE person_id = p.id AND state = 'landed')
  + (SELECT count(*) FROM introduction WHERE other_id = p.id AND state = 'landed') AS gave,
  (SELECT count(*) FROM favour WHERE person_id = p.id AND way = 'got')
  + (SELECT count(*) FROM person o
    WHERE o.introduced_by = p.id AND o.known <> 'heard' AND o.archived_on IS NULL) AS got,
  (SELECT max(day) FROM favour WHERE person_id = p.id AND way = 'got') AS got_on,
  {_TIES.format("p.id")} AS ties,
  CASE WHEN p.every IS NULL THEN (
    SELECT min(printf('%010d%-10s%010d%s', {_tenths("every")}, coalesce(kept_on, ''),
      shared_id, every))
    FROM (
      SELECT 0 AS shared_id, every, p.kept_on FROM circle WHERE id = p.circle_id
      UNION ALL
      SELECT s.id, coalesce(s.every, c.every), s.kept_on
      FROM shared_cadence s LEFT JOIN circle c ON c.id = s.circle_id
      WHERE EXISTS (SELECT 1 FROM membership
          WHERE person_id = p.id AND community_id = s.community_id)
        OR EXISTS (SELECT 1 FROM conversation WHERE person_id = p.id AND event_id = s.event_id)
        OR EXISTS (SELECT 1 FROM tag WHERE person_id = p.id AND name_key = s.tag_key)
    )
  ) ELSE printf('%010d%-10s%010d%s', {_tenths("p.every")}, coalesce(p.kept_on, ''), 0, p.every)
  END AS cadence,
  coalesce({_LAST_TEXT.format(" AND direction <> 'me'")}, {_LAST_TEXT.format("")}) AS last_text
FROM person p WHERE p.id > 0;

-- keep: the cadence counted from the last contact, or from the day it was set if there is none;
-- late after half as much again, half a month being 15 days. A year or month alone counts from
-- its first day.
CREATE VIEW keep_reckoned AS
SELECT person_id,
  max(due, coalesce(until, '')) AS due_on,
  max(late, coalesce(date(until, '+1 day'), '')) AS late_on,
  since_on
FROM (
  SELECT person_id, since_on, until,
    CASE WHEN months = 0 THEN date(base, '+' || days || ' days')
      ELSE {_MONTHS.format(m="months")} END AS due,
    CASE WHEN months = 0 THEN date(base, '+' || ((3 * days + 1) / 2) || ' days')
      ELSE date({_MONTHS.format(m="(3 * months / 2)")},
        '+' || (15 * (3 * months % 2)) || ' days') END AS late
  FROM (
    SELECT u.person_id, u.last_on AS since_on, n.until AS until,
      substr(coalesce(u.last_on, max(u.kept_on, iif(u.shared_id, p.added_on, '')), p.added_on)
        || '-01-01', 1, 10) AS base,
      CAST(u.every AS INTEGER) * CASE ltrim(u.every, '0123456789')
        WHEN 'd' THEN 1 WHEN 'w' THEN 7 ELSE 0 END AS days,
      CAST(u.every AS INTEGER) * CASE ltrim(u.every, '0123456789')
        WHEN 'mo' THEN 1 WHEN 'y' THEN 12 ELSE 0 END AS months
    FROM pulse u JOIN person p ON p.id = u.person_id
      LEFT JOIN nudge n ON n.person_id = p.id AND n.kind = 'keep'
    WHERE u.every IS NOT NULL AND p.archived_on IS NULL
  )
);

-- reply: the oldest of their messages that nothing of yours has followed.
CREATE VIEW reply_reckoned AS
SELECT p.id AS person_id,
  max(date(c.day, '+2 days'), coalesce(n.until, '')) AS due_on,
  max(date(c.day, '+7 days'), coalesce(date(n.until, '+1 day'), '')) AS late_on,
  c.day AS since_on, c.id AS entry_id
FROM person p LEFT JOIN nudge n ON n.person_id = p.id AND n.kind = 'reply'
  JOIN conversation c ON c.id = (
    SELECT t.id FROM conversation t
    WHERE t.person_id = p.id AND t.direction = 'them' AND length(t.day) = 10
      AND t.id > coalesce(n.up_to, 0)
      AND NOT EXISTS (SELECT 1 FROM conversation m WHERE m.person_id = p.id
        AND m.direction <> 'them' AND (m.day, m.id) > (t.day, t.id))
    ORDER BY t.day, t.id LIMIT 1)
WHERE p.archived_on IS NULL;

-- connect: met in person, and connected nowhere yet. An address or a number asks for no connection:
-- who has nothing else waits until you wrote or called, or for the day you planned. A request sent
-- since you met is asked about after seven days.
CREATE VIEW connect_reckoned AS
SELECT person_id,
  max(due, coalesce(until, '')) AS due_on,
  max(late, coalesce(date(until, '+1 day'), '')) AS late_on,
  max(gone, coalesce(date(until, '+14 days'), '')) AS gone_on,
  since_on, entry_id
FROM (
  SELECT p.id AS person_id, n.until AS until, c.day AS since_on, c.id AS entry_id,
    CASE WHEN sent_on >= c.day THEN date(sent_on, '+7 days') ELSE date(c.day, '+1 day') END AS due,
    CASE WHEN sent_on >= c.day THEN date(sent_on, '+9 days') ELSE date(c.day, '+3 days') END AS late,
    CASE WHEN sent_on >= c.day THEN date(sent_on, '+21 days') ELSE date(c.day, '+14 days') END AS gone
  FROM (
    SELECT *, (SELECT max(sent_on) FROM channel WHERE person_id = person.id AND state = 'sent')
      AS sent_on
    FROM person
    WHERE known IN ('in person', 'heard') AND archived_on IS NULL
      AND NOT EXISTS (SELECT 1 FROM channel WHERE person_id = person.id AND state = 'connected')
      AND NOT EXISTS (SELECT 1 FROM follow_up f
        WHERE f.person_id = person.id AND f.state = 'open' AND f.aim = 'connect')
  ) p LEFT JOIN nudge n ON n.person_id = p.id AND n.kind = 'connect'
    JOIN conversation c ON c.id = (
      SELECT t.id FROM conversation t
      WHERE t.person_id = p.id AND t.met = 1 AND length(t.day) = 10
      ORDER BY t.day DESC, t.id DESC LIMIT 1)
  WHERE coalesce(n.never, 0) = 0 AND c.id > coalesce(n.up_to, 0)
    AND (NOT EXISTS (SELECT 1 FROM channel WHERE person_id = p.id)
      OR EXISTS (SELECT 1 FROM channel WHERE person_id = p.id AND state IS NOT NULL)
      OR NOT EXISTS (SELECT 1 FROM conversation m WHERE m.person_id = p.id AND m.met = 0
        AND m.direction <> 'them' AND (m.day, m.id) > (c.day, c.id)
        UNION SELECT 1 FROM follow_up f
        WHERE f.person_id = p.id AND f.state = 'open' AND f.aim = 'hello'))
);

CREATE VIEW waiting_reckoned AS
SELECT person_id, 'keep' AS kind, due_on, late_on, NULL AS gone_on, since_on, NULL AS entry_id
FROM keep_reckoned
UNION ALL SELECT person_id, 'reply', due_on, late_on, NULL, since_on, entry_id
FROM reply_reckoned
UNION ALL SELECT person_id, 'connect', due_on, late_on, gone_on, since_on, entry_id
FROM connect_reckoned;
"""


# Put somebody into this view, and what is kept about them is reckoned again.
_RECKON = """
CREATE VIEW reckon AS SELECT NULL AS person_id WHERE 0;
CREATE TRIGGER reckon_again INSTEAD OF INSERT ON reckon BEGIN
  DELETE FROM pulse WHERE person_id = NEW.person_id;
  DELETE FROM waiting WHERE person_id = NEW.person_id;
  INSERT INTO pulse SELECT * FROM pulse_reckoned WHERE person_id = NEW.person_id;
  INSERT INTO waiting SELECT * FROM waiting_reckoned WHERE person_id = NEW.person_id;
END;"""


# What is put into this view is put into the index of entries, or out of it: the verb is 'delete'.
_INDEX = f"""
CREATE VIEW indexing AS SELECT NULL AS verb, NULL AS person_id, NULL AS id, NULL AS text WHERE 0;
CREATE TRIGGER indexing_done INSTEAD OF INSERT ON indexing BEGIN
  INSERT INTO entry_search (entry_search, rowid, text)
  VALUES (NEW.verb, (NEW.person_id << 32) + NEW.id, {_plain("NEW.text")});
END;"""


_INDEXED = (
    *(("conversation", "text", 0), ("note", "text", 0), ("follow_up", "text", 0)),
    *(("favour", "text", 0), ("pledge", "text", 0)),
    *(("topic", "name_key", 1 << 30), ("tag", "name_key", 2 << 30)),
)
_DELETE = "'delete'"


def _index(verb: str, row: str, text: str, above: int) -> str:
    return (
        f"INSERT INTO indexing SELECT {verb}, {row}.person_id, {row}.id + {above}, {row}.{text}"
        f" WHERE {row}.{text} IS NOT NULL;"
    )


_SHARING = "(SELECT 1 FROM shared_cadence LIMIT 1)"
"""Whether any cadence is shared: else who belongs where moves no clock."""


def _again(who: str) -> str:
    return f"INSERT INTO reckon {who};"


_BOTH = "SELECT {0}.person_id UNION SELECT {0}.other_id"


def _count(row: str) -> str:
    """Whom both of a tie know is counted again."""
    return (
        f"UPDATE pulse SET ties = {_TIES.format('pulse.person_id')}"
        f" WHERE person_id IN ({row}.person_id, {row}.other_id);"
    )


def _sharers(row: str) -> str:
    """Everybody a shared cadence is for."""
    return (
        f"SELECT person_id FROM membership WHERE community_id = {row}.community_id"
        f" UNION SELECT person_id FROM conversation WHERE event_id = {row}.event_id"
        f" UNION SELECT person_id FROM tag WHERE name_key = {row}.tag_key"
    )


def _triggers() -> str:
    parts = [_RECKON, _INDEX]
    for table, text, above in _INDEXED:
        new, old = _index("NULL", "NEW", text, above), _index(_DELETE, "OLD", text, above)
        parts += [
            f"CREATE TRIGGER search_{table}_insert AFTER INSERT ON {table} BEGIN {new} END;",
            f"CREATE TRIGGER search_{table}_update AFTER UPDATE OF person_id, {text} ON {table}"
            f" BEGIN {old} {new} END;",
            f"CREATE TRIGGER search_{table}_delete AFTER DELETE ON {table} BEGIN {old} END;",
        ]
    for table in ("conversation", "favour", "channel", "nudge", "follow_up"):
        parts += [
            f"CREATE TRIGGER pulse_{table}_insert AFTER INSERT ON {table}"
            f" BEGIN {_again('VALUES (NEW.person_id)')} END;",
            f"CREATE TRIGGER pulse_{table}_update AFTER UPDATE ON {table}"
            f" BEGIN {_again('SELECT OLD.person_id UNION SELECT NEW.person_id')} END;",
            f"CREATE TRIGGER pulse_{table}_delete AFTER DELETE ON {table}"
            f" BEGIN {_again('VALUES (OLD.person_id)')} END;",
        ]
    # Introducing somebody is a favour to both of them, and of who introduced somebody to you.
    parts += [
        "CREATE TRIGGER pulse_introduction_insert AFTER INSERT ON introduction BEGIN"
        f" {_again(_BOTH.format('NEW'))} END;",
        "CREATE TRIGGER pulse_introduction_update AFTER UPDATE ON introduction BEGIN"
        f" {_again(_BOTH.format('OLD') + ' UNION ' + _BOTH.format('NEW'))} END;",
        "CREATE TRIGGER pulse_introduction_delete AFTER DELETE ON introduction BEGIN"
        f" {_again(_BOTH.format('OLD'))} END;",
        f"CREATE TRIGGER pulse_tie_insert AFTER INSERT ON tie BEGIN {_count('NEW')} END;",
        "CREATE TRIGGER pulse_tie_update AFTER UPDATE OF person_id, other_id ON tie"
        f" BEGIN {_count('OLD')} {_count('NEW')} END;",
        f"CREATE TRIGGER pulse_tie_delete AFTER DELETE ON tie BEGIN {_count('OLD')} END;",
    ]
    for table in ("membership", "tag"):
        parts += [
            f"CREATE TRIGGER pulse_{table}_insert AFTER INSERT ON {table}"
            f" WHEN {_SHARING} BEGIN {_again('VALUES (NEW.person_id)')} END;",
            f"CREATE TRIGGER pulse_{table}_update AFTER UPDATE ON {table} WHEN {_SHARING}"
            f" BEGIN {_again('SELECT OLD.person_id UNION SELECT NEW.person_id')} END;",
            f"CREATE TRIGGER pulse_{table}_delete AFTER DELETE ON {table}"
            f" WHEN {_SHARING} BEGIN {_again('VALUES (OLD.person_id)')} END;",
        ]
    parts += [
        "CREATE TRIGGER pulse_shared_insert AFTER INSERT ON shared_cadence"
        f" BEGIN {_again(_sharers('NEW'))} END;",
        "CREATE TRIGGER pulse_shared_update AFTER UPDATE ON shared_cadence"
        f" BEGIN {_again(_sharers('OLD') + ' UNION ' + _sharers('NEW'))} END;",
        "CREATE TRIGGER pulse_shared_delete AFTER DELETE ON shared_cadence"
        f" BEGIN {_again(_sharers('OLD'))} END;",
    ]
    members = (
        "SELECT id FROM person WHERE circle_id = NEW.id"
        " UNION SELECT m.person_id FROM shared_cadence s"
        " JOIN membership m ON m.community_id = s.community_id WHERE s.circle_id = NEW.id"
        " UNION SELECT c.person_id FROM shared_cadence s"
        " JOIN conversation c ON c.event_id = s.event_id WHERE s.circle_id = NEW.id"
        " UNION SELECT t.person_id FROM shared_cadence s"
        " JOIN tag t ON t.name_key = s.tag_key WHERE s.circle_id = NEW.id"
    )
    searched = "name_key, nick, org, role, city, cue"
    fields = "name_key, nick_key, org, role, city, cue, relation, address"
    old = f"INSERT INTO person_search (person_search, rowid, {searched})"
    old += f" SELECT 'delete', id, {searched} FROM person_text WHERE id = OLD.id;"
    new = f"INSERT INTO person_search (rowid, {searched})"
    new += f" SELECT id, {searched} FROM person_text WHERE id = NEW.id;"
    parts += [
        f"CREATE TRIGGER pulse_circle AFTER UPDATE OF every ON circle BEGIN {_again(members)} END;",
        # Nobody has talked with somebody new: less to prepare at each start.
        f"CREATE TRIGGER pulse_person_insert AFTER INSERT ON person BEGIN"
        " INSERT INTO pulse SELECT * FROM pulse_reckoned WHERE person_id = NEW.id;"
        " INSERT INTO waiting SELECT person_id, 'keep', due_on, late_on, NULL, since_on, NULL"
        f" FROM keep_reckoned WHERE person_id = NEW.id; {new} END;",
        "CREATE TRIGGER pulse_person_introduced AFTER INSERT ON person"
        f" WHEN NEW.introduced_by > 0 BEGIN {_again('VALUES (NEW.introduced_by)')} END;",
        "CREATE TRIGGER pulse_person_update AFTER UPDATE OF"
        " every, circle_id, kept_on, archived_on, known, added_on, introduced_by ON person"
        " BEGIN INSERT INTO reckon SELECT NEW.id UNION SELECT OLD.introduced_by"
        " UNION SELECT NEW.introduced_by; END;",
        f"CREATE TRIGGER search_person_before BEFORE UPDATE OF {fields} ON person BEGIN {old} END;",
        f"CREATE TRIGGER search_person_update AFTER UPDATE OF {fields} ON person BEGIN {new} END;",
        f"CREATE TRIGGER search_person_delete BEFORE DELETE ON person BEGIN {old} END;",
        "CREATE TRIGGER pulse_person_delete AFTER DELETE ON person BEGIN"
        " DELETE FROM pulse WHERE person_id = OLD.id;"
        f" DELETE FROM waiting WHERE person_id = OLD.id; {_again('VALUES (OLD.introduced_by)')} END;",
    ]
    return "\n".join(parts)


TRIGGERS = _triggers()

# After bulk work done with the triggers dropped.
RECKON_ALL = (
    "DELETE FROM pulse",
    "DELETE FROM waiting",
    "INSERT INTO pulse SELECT * FROM pulse_reckoned",
    "INSERT INTO waiting SELECT * FROM waiting_reckoned",
    "INSERT INTO person_search (person_search) VALUES ('rebuild')",
)
REBUILD = (*RECKON_ALL, "INSERT INTO entry_search (entry_search) VALUES ('rebuild')")
# The same as the last, for some people at a time: an index is written best in its own order.
NO_ENTRIES = "INSERT INTO entry_search (entry_search) VALUES ('delete-all')"
ENTRIES_OF = "INSERT INTO entry_search (rowid, text) SELECT id, text FROM ({}) ORDER BY id".format(
    " UNION ALL ".join(
        f"SELECT (person_id << 32) + id + {above} AS id, {_quickly(text)} AS text FROM {table}"
        f" WHERE {text} IS NOT NULL AND person_id BETWEEN :first AND :last"
        for table, text, above in _INDEXED
    )
)

# Bulk work in a file that is in use, with the triggers dropped: only the people it touched.
_THESE = "(SELECT value FROM json_each(:ids))"
_SEARCHED = "name_key, nick, org, role, city, cue"
_ROWS = {
    "person": ("person_search", _SEARCHED, f"id, {_SEARCHED} FROM person_text WHERE"),
    **{
        table: (
            "entry_search",
            "text",
            f"(person_id << 32) + id + {above}, {_quickly(text)} FROM {table}"
            f" WHERE {text} IS NOT NULL AND",
        )
        for table, text, above in _INDEXED
    },
}
INDEX_NEW = {
    table: f"INSERT INTO {index} (rowid, {said}) SELECT {rows} id > :before"
    for table, (index, said, rows) in _ROWS.items()
}
# What was searched of people before they changed. An index forgets and learns somebody before it
# comes to the next: by number, or it would begin a new part.
SEARCHED = frozenset(("name_key", "nick_key", "org", "role", "city", "cue", "relation", "address"))
MEMORY = f"CREATE TEMP TABLE person_was (id INTEGER PRIMARY KEY, {_SEARCHED})"
REMEMBER = f"INSERT OR IGNORE INTO person_was SELECT * FROM person_text WHERE id IN {_THESE}"
INDEX_CHANGED = (
    f"INSERT INTO person_search (person_search, rowid, {_SEARCHED})"
    f" SELECT 'delete' AS verb, * FROM person_was"
    " UNION ALL SELECT NULL, t.* FROM person_was w CROSS JOIN person_text t ON t.id = w.id"
    " ORDER BY id, verb DESC"
)
INDEXES = ("person_search", "entry_search")
# How many parts of an index there are when some of them are made one with the next write; 4 unless
# told, and with 0 that waits.
MERGE = "INSERT INTO {0} ({0}, rank) VALUES ('automerge', :parts)"
INDEX_OUT = {
    table: f"INSERT INTO {index} ({index}, rowid, {said}) SELECT 'delete', {rows} id IN {_THESE}"
    for table, (index, said, rows) in _ROWS.items()
}
INDEX_IN = {
    table: f"INSERT INTO {index} (rowid, {said}) SELECT {rows} id IN {_THESE}"
    for table, (index, said, rows) in _ROWS.items()
}
NEW = (
    "INSERT INTO pulse (person_id, known, archived)"
    " SELECT id, known, archived_on IS NOT NULL FROM person WHERE id > :new"
)
# Of the new people those about whom there is something to reckon.
TELLING = (
    "SELECT id FROM person WHERE id > :new AND (every IS NOT NULL OR circle_id IS NOT NULL"
    f" OR introduced_by IS NOT NULL OR EXISTS {_SHARING})"
    " UNION SELECT person_id FROM conversation WHERE person_id > :new"
    " UNION SELECT person_id FROM favour WHERE person_id > :new"
    " UNION SELECT person_id FROM follow_up WHERE person_id > :new"
)
TIED = (
    "SELECT person_id FROM tie WHERE id > :before UNION SELECT other_id FROM tie WHERE id > :before"
)
# Who introduced somebody is helped or not as that person is known or archived.
INTRODUCERS = f"SELECT introduced_by FROM person WHERE id IN {_THESE} AND introduced_by IS NOT NULL"
_CONNECT_THESE = (
    "INSERT INTO waiting SELECT person_id, 'connect', due_on, late_on, gone_on, since_on, entry_id"
    f" FROM connect_reckoned WHERE person_id IN {_THESE}"
)
RECKON_THESE = (
    f"DELETE FROM pulse WHERE person_id IN {_THESE}",
    f"DELETE FROM waiting WHERE person_id IN {_THESE}",
    f"INSERT INTO pulse SELECT * FROM pulse_reckoned WHERE person_id IN {_THESE}",
    "INSERT INTO waiting SELECT person_id, 'keep', due_on, late_on, NULL, since_on, NULL"
    f" FROM keep_reckoned WHERE person_id IN {_THESE}",
    "INSERT INTO waiting SELECT person_id, 'reply', due_on, late_on, NULL, since_on, entry_id"
    f" FROM reply_reckoned WHERE person_id IN {_THESE}",
    _CONNECT_THESE,
)
CONNECT_THESE = (
    f"DELETE FROM waiting WHERE kind = 'connect' AND person_id IN {_THESE}",
    _CONNECT_THESE,
)
