"""The shape of the file: migrations in order, then the triggers and views made anew after them.

The only importer of sqlite-utils, whose ``Migrations`` keep each step and its record together.
Triggers and views are never made by a migration: ``transform()`` drops triggers without a word,
so `upgrade` rebuilds all of them at its end.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from kinship.store import APPLICATION_ID, SCHEMA_VERSION, agenda, derived, journal

migrations = Migrations("kinship")


# Most cells are empty: `IS NULL` first spares the functions, in every row that is written.


def _text(column: str, limit: int = 500, *, null: bool = True) -> str:
    """A text column without NUL (``quote()`` and ``length()`` stop at one) and of bounded length."""
    return (
        f"{column} TEXT{'' if null else ' NOT NULL'} CHECK ({f'{column} IS NULL OR ' if null else ''}"
        f"instr({column}, char(0)) = 0 AND length({column}) <= {limit})"
    )


def _day(column: str, *, null: bool = True) -> str:
    """A calendar day as YYYY-MM-DD; ``date()`` turns 30 February into March, so it must not change."""
    return (
        f"{column} TEXT{'' if null else ' NOT NULL'}"
        f" CHECK ({f'{column} IS NULL OR ' if null else ''}date({column}) IS {column})"
    )


def _partial_day(column: str) -> str:
    """A day, a month (2019-05) or a year (2019): as much as was said."""
    return (
        f"{column} TEXT CHECK ({column} IS NULL OR date({column}) IS {column}"
        f" OR {column} GLOB '[0-9][0-9][0-9][0-9]'"
        f" OR {column} GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]')"
    )


_BODY = 100_000
_LONGEST = 20_000_000
_PERSON = "person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE"
_ID = "id INTEGER PRIMARY KEY AUTOINCREMENT"
_UID = "uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16))))"

_TABLES = f"""
CREATE TABLE circle ({_ID},
  {_text("name", null=False)},
  name_key TEXT NOT NULL UNIQUE,
  every TEXT NOT NULL CHECK (every GLOB '[1-9]*')
) STRICT;

-- Row 0 is you ("me"): in no view, list or export.
CREATE TABLE person ({_ID},
  {_UID},
  {_text("name", 200, null=False)},
  name_key TEXT NOT NULL,
  {_text("nick")},
  nick_key TEXT,
  {_text("org")},
  {_text("role")},
  {_text("city")},
  {_text("address", 2000)},
  {_text("relation")},
  {_text("cue", 2000)},
  birthday TEXT CHECK (birthday GLOB '--[01][0-9]-[0-3][0-9]' OR date(birthday) IS birthday),
  birth_md TEXT GENERATED ALWAYS AS (substr(birthday, -5)) VIRTUAL,
  known TEXT NOT NULL CHECK (known IN ('in person', 'online', 'known', 'heard')),
  {_partial_day("since")},
  {_text("met_online")},
  introduced_by INTEGER REFERENCES person ON DELETE SET NULL,
  {_text("prefer")},
  every TEXT CHECK (every = 'off' OR every GLOB '[1-9]*'),
  circle_id INTEGER REFERENCES circle ON DELETE SET NULL,
  {_day("kept_on")},
  {_day("archived_on")},
  {_day("added_on", null=False)}
) STRICT;
CREATE INDEX person_name_key ON person (name_key);
CREATE INDEX person_nick_key ON person (nick_key) WHERE nick_key IS NOT NULL;
CREATE INDEX person_birth_md ON person (birth_md) WHERE birth_md IS NOT NULL;
CREATE INDEX person_archived ON person (archived_on) WHERE archived_on IS NOT NULL;
CREATE INDEX person_online ON person (coalesce(since, added_on)) WHERE known = 'online';
CREATE INDEX person_circle ON person (circle_id) WHERE circle_id IS NOT NULL;
CREATE INDEX person_introduced_by ON person (introduced_by) WHERE introduced_by IS NOT NULL;

-- state is NULL for kinds that need no connecting (e-mail, phone, Signal ...). A family has one
-- mailbox: a handle may be several people's. handle_key is NULL where nobody could be found by it.
-- label is what another program calls it: home, work.
CREATE TABLE channel ({_ID}, {_PERSON},
  {_text("kind", 40, null=False)},
  {_text("handle")},
  {_text("handle_key")},
  {_text("label", 100)},
  state TEXT CHECK (state IN ('known', 'sent', 'connected')),
  {_day("sent_on")},
  {_partial_day("connected_on")},
  inferred TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX channel_handle ON channel (handle_key, kind, person_id)
  WHERE handle_key IS NOT NULL;
CREATE INDEX channel_person ON channel (person_id, kind, state, connected_on);

CREATE TABLE topic ({_ID}, {_PERSON},
  side TEXT NOT NULL CHECK (side IN ('about', 'seeks')),
  {_text("name", null=False)},
  name_key TEXT NOT NULL,
  UNIQUE (person_id, side, name_key)
) STRICT;
CREATE INDEX topic_name ON topic (name_key, side, person_id);

CREATE TABLE tag ({_ID}, {_PERSON},
  {_text("name", null=False)},
  name_key TEXT NOT NULL,
  UNIQUE (person_id, name_key)
) STRICT;
CREATE INDEX tag_name ON tag (name_key);

-- channel is where its people meet online, if they do.
CREATE TABLE community ({_ID},
  {_text("name", null=False)},
  name_key TEXT NOT NULL UNIQUE,
  {_text("channel", 40)},
  {_text("url", 2000)}
) STRICT;
CREATE TABLE membership ({_ID}, {_PERSON},
  community_id INTEGER NOT NULL REFERENCES community ON DELETE CASCADE,
  UNIQUE (person_id, community_id)
) STRICT;
CREATE INDEX membership_community ON membership (community_id);

CREATE TABLE event ({_ID},
  {_text("name", null=False)},
  name_key TEXT NOT NULL UNIQUE,
  {_day("from_on")},
  {_day("until_on")},
  {_text("city")},
  {_text("url", 2000)},
  online INTEGER NOT NULL DEFAULT 0 CHECK (online IN (0, 1)),
  community_id INTEGER REFERENCES community ON DELETE SET NULL
) STRICT;
CREATE INDEX event_community ON event (community_id) WHERE community_id IS NOT NULL;

-- Who said they will be there; whom you met there is in the conversations.
CREATE TABLE attendance ({_ID}, {_PERSON},
  event_id INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  UNIQUE (event_id, person_id)
) STRICT;
CREATE INDEX attendance_person ON attendance (person_id);

-- Where you are yourself: the last one that you have not left and whose days include today.
CREATE TABLE stay ({_ID},
  event_id INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  {_day("from_on", null=False)},
  {_day("until_on", null=False)},
  left INTEGER NOT NULL DEFAULT 0 CHECK (left IN (0, 1))
) STRICT;
CREATE INDEX stay_event ON stay (event_id);

-- A cadence for everybody of a community, met at an event, or with a tag (its folded name).
CREATE TABLE shared_cadence ({_ID},
  community_id INTEGER UNIQUE REFERENCES community ON DELETE CASCADE,
  event_id INTEGER UNIQUE REFERENCES event ON DELETE CASCADE,
  {_text("tag_key")} UNIQUE,
  every TEXT CHECK (every GLOB '[1-9]*'),
  circle_id INTEGER REFERENCES circle ON DELETE CASCADE,
  {_day("kept_on", null=False)},
  CHECK ((community_id IS NOT NULL) + (event_id IS NOT NULL) + (tag_key IS NOT NULL) = 1),
  CHECK ((every IS NULL) <> (circle_id IS NULL))
) STRICT;
CREATE INDEX shared_cadence_circle ON shared_cadence (circle_id) WHERE circle_id IS NOT NULL;

-- What was chosen with `config` and decides about people: it goes where the file goes.
CREATE TABLE setting ({_ID},
  {_text("key", 60, null=False)} UNIQUE,
  {_text("value", 2000, null=False)}
) STRICT;

-- Conversations, notes, follow-ups, introductions, favours, helpers and pledges share one run of
-- numbers (#812), never reused.
CREATE TABLE number (last INTEGER NOT NULL) STRICT;
INSERT INTO number VALUES (0);

CREATE TABLE conversation (id INTEGER PRIMARY KEY, {_PERSON},
  {_partial_day("day")} NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('both', 'me', 'them')),
  met INTEGER NOT NULL DEFAULT 0 CHECK (met IN (0, 1)),
  {_text("channel", 40)},
  event_id INTEGER REFERENCES event ON DELETE SET NULL,
  {_text("url", 2000)},
  {_text("text", _BODY)},
  inferred TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX conversation_person ON conversation (person_id, day, id, direction, met, channel);
CREATE INDEX conversation_day ON conversation (met, direction, day);
CREATE INDEX conversation_event ON conversation (event_id, day) WHERE event_id IS NOT NULL;
CREATE INDEX conversation_at ON conversation (event_id, person_id, day, met)
  WHERE event_id IS NOT NULL;
CREATE INDEX conversation_events ON conversation (person_id, event_id)
  WHERE event_id IS NOT NULL;

CREATE TABLE note (id INTEGER PRIMARY KEY, {_PERSON},
  {_day("day", null=False)},
  {_text("text", _BODY, null=False)}
) STRICT;
CREATE INDEX note_person ON note (person_id, id);

-- aim says what a follow-up without words stands for.
CREATE TABLE follow_up (id INTEGER PRIMARY KEY, {_PERSON},
  {_day("due_on", null=False)},
  {_day("moved_to")},
  on_day TEXT GENERATED ALWAYS AS (coalesce(moved_to, due_on)) VIRTUAL,
  {_text("text", _BODY)},
  aim TEXT NOT NULL CHECK (aim IN ('promise', 'connect', 'hello')),
  {_text("every", 60)},
  {_day("made_on", null=False)},
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
  {_day("closed_on")},
  inferred TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX follow_up_open ON follow_up (on_day, person_id) WHERE state = 'open';
CREATE INDEX follow_up_person ON follow_up (person_id, state);

-- What was said about a nudge: not before a day, settled on a day, or never again.
-- up_to is the last number given when it was settled: what is logged later counts anew.
CREATE TABLE nudge ({_ID}, {_PERSON},
  kind TEXT NOT NULL CHECK (kind IN ('reply', 'connect', 'birthday', 'keep')),
  {_day("until")},
  {_day("settled_on")},
  up_to INTEGER NOT NULL DEFAULT 0,
  never INTEGER NOT NULL DEFAULT 0 CHECK (never IN (0, 1)),
  UNIQUE (person_id, kind)
) STRICT;

CREATE TABLE anniversary ({_ID}, {_PERSON},
  {_text("name", null=False)},
  name_key TEXT NOT NULL,
  day TEXT NOT NULL CHECK (day GLOB '--[01][0-9]-[0-3][0-9]' OR date(day) IS day),
  UNIQUE (person_id, name_key)
) STRICT;

-- Files of other programs that were read in: what they were called, and what came of it.
CREATE TABLE import ({_ID},
  {_text("name", 2000, null=False)},
  {_text("format", 200, null=False)},
  {_day("day", null=False)},
  records INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  skipped INTEGER NOT NULL
) STRICT;

-- Which record of which format somebody is, so that it is known when it comes again; import_id is
-- the first it came with. said is a JSON object of the fields it gave, as it gave them: what is
-- different here by now was written by hand.
CREATE TABLE source ({_ID}, {_PERSON},
  {_text("format", 40, null=False)},
  {_text("key", 2000, null=False)},
  import_id INTEGER REFERENCES import ON DELETE SET NULL,
  {_text("said", _BODY)},
  UNIQUE (key, format)
) STRICT;
CREATE INDEX source_person ON source (person_id);
CREATE INDEX source_import ON source (import_id, person_id) WHERE import_id IS NOT NULL;

-- What another program said of somebody and nothing here is for, photos too, as it was written:
-- the property or column, and its value.
CREATE TABLE extra ({_ID}, {_PERSON},
  {_text("format", 40, null=False)},
  {_text("name", null=False)},
  {_text("value", _LONGEST, null=False)}
) STRICT;
CREATE INDEX extra_person ON extra (person_id);

-- Which column of a table is which field: chosen once for a header.
CREATE TABLE column_map ({_ID},
  {_text("header", 64, null=False)} UNIQUE,
  {_text("columns", _BODY, null=False)}
) STRICT;

-- Two who look like one and are not.
CREATE TABLE not_same ({_ID}, {_PERSON},
  other_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  UNIQUE (person_id, other_id),
  CHECK (person_id <> other_id)
) STRICT;
CREATE INDEX not_same_other ON not_same (other_id);

-- Two people know each other; read both ways, how is said of the first. source: who says so.
CREATE TABLE tie ({_ID}, {_PERSON},
  other_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  {_text("how")},
  {_partial_day("since")},
  {_day("noted_on", null=False)},
  source TEXT NOT NULL DEFAULT 'said' CHECK (source IN ('said', 'introduced', 'import')),
  import_id INTEGER REFERENCES import ON DELETE SET NULL,
  UNIQUE (person_id, other_id),
  CHECK (person_id <> other_id AND person_id > 0 AND other_id > 0)
) STRICT;
CREATE UNIQUE INDEX tie_pair ON tie (min(person_id, other_id), max(person_id, other_id));
CREATE INDEX tie_other ON tie (other_id, person_id);
CREATE INDEX tie_import ON tie (import_id) WHERE import_id IS NOT NULL;

-- You introduced two people, or are asking both. It is asked about until it landed or did not.
CREATE TABLE introduction (id INTEGER PRIMARY KEY, {_PERSON},
  other_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  {_text("text", _BODY)},
  {_day("asked_on")},
  {_day("made_on")},
  {_day("moved_to")},
  on_day TEXT GENERATED ALWAYS AS
    (coalesce(moved_to, date(made_on, '+14 days'), date(asked_on, '+7 days'))) VIRTUAL,
  state TEXT NOT NULL CHECK (state IN ('asking', 'made', 'landed', 'not')),
  {_day("closed_on")},
  CHECK (person_id <> other_id AND person_id > 0 AND other_id > 0),
  CHECK ((state IN ('asking', 'made')) = (closed_on IS NULL)),
  CHECK (iif(state = 'asking', asked_on, coalesce(made_on, asked_on)) IS NOT NULL)
) STRICT;
CREATE INDEX introduction_open ON introduction (on_day, person_id) WHERE closed_on IS NULL;
CREATE INDEX introduction_person ON introduction (person_id, state);
CREATE INDEX introduction_other ON introduction (other_id, state);

CREATE TABLE favour (id INTEGER PRIMARY KEY, {_PERSON},
  way TEXT NOT NULL CHECK (way IN ('gave', 'got')),
  {_day("day", null=False)},
  {_text("text", _BODY, null=False)},
  inferred TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX favour_person ON favour (person_id, way, day);

-- A call for help; person_id is for whom (0: yourself; NULL: somebody who was removed).
CREATE TABLE rally ({_ID},
  {_UID},
  person_id INTEGER REFERENCES person ON DELETE SET NULL,
  {_text("text", null=False)},
  {_text("about")},
  goal INTEGER CHECK (goal > 0),
  currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  {_text("url", 2000)},
  {_day("began_on", null=False)},
  {_day("until_on")},
  {_day("closed_on")},
  CHECK ((goal IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX rally_open ON rally (id) WHERE closed_on IS NULL;
CREATE INDEX rally_person ON rally (person_id) WHERE person_id IS NOT NULL;

-- Who was asked in a rally, or came forward unasked (asked_on is NULL then); 0 is yourself.
CREATE TABLE helper (id INTEGER PRIMARY KEY, {_PERSON},
  rally_id INTEGER NOT NULL REFERENCES rally ON DELETE CASCADE,
  {_day("asked_on")},
  {_day("moved_to")},
  on_day TEXT GENERATED ALWAYS AS (coalesce(moved_to, date(asked_on, '+3 days'))) VIRTUAL,
  answer TEXT CHECK (answer IN ('pledged', 'cannot', 'none')),
  {_day("answered_on")},
  {_day("thanked_on")},
  UNIQUE (rally_id, person_id)
) STRICT;
CREATE INDEX helper_person ON helper (person_id);

-- amount is in the smallest unit of the currency.
CREATE TABLE pledge (id INTEGER PRIMARY KEY, {_PERSON},
  rally_id INTEGER NOT NULL REFERENCES rally ON DELETE CASCADE,
  {_text("text", null=False)},
  amount INTEGER CHECK (amount > 0),
  currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  {_day("pledged_on", null=False)},
  {_day("due_on")},
  {_day("moved_to")},
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'dropped')),
  {_day("closed_on")},
  CHECK ((amount IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX pledge_rally ON pledge (rally_id, state);
CREATE INDEX pledge_person ON pledge (person_id, state);
"""

_CIRCLES = (("inner", "2w"), ("close", "1mo"), ("wide", "3mo"), ("outer", "1y"))


@migrations()
def m001_initial(db: Database) -> None:
    """People, what connects you, and the journal that can take all of it back."""
    _each(db.conn, _TABLES + journal.TABLES + derived.TABLES)
    db.execute(
        "INSERT INTO person (id, name, name_key, known, added_on)"
        " VALUES (0, 'me', '', 'known', '0001-01-01')"
    )
    db.conn.executemany("INSERT INTO circle (name, name_key, every) VALUES (?1, ?1, ?2)", _CIRCLES)
    db.execute("INSERT INTO person_search (rowid, name_key) VALUES (0, '')")


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring the file to this version's shape; the caller holds the write lock or owns the file.

    Foreign keys must be off: ``transform()`` refuses where a table with cascades points here.
    """
    db = Database(conn, execute_plugins=False)
    _drop(conn, "trigger")
    _drop(conn, "view")
    migrations.apply(db)
    for script in (derived.VIEWS, *journal.triggers(conn), derived.TRIGGERS, agenda.VIEWS):
        _each(conn, script)
    if conn.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.IntegrityError("foreign keys do not hold after the upgrade")
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _drop(conn: sqlite3.Connection, kind: str) -> None:
    names = conn.execute("SELECT name FROM sqlite_schema WHERE type = ?", (kind,)).fetchall()
    for (name,) in names:
        conn.execute(f'DROP {kind} "{name}"')


def _each(conn: sqlite3.Connection, script: str) -> None:
    """Run statements one by one: ``executescript`` would commit the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            conn.execute(statement)
            statement = ""
