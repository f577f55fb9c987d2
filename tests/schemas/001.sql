CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE anniversary (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 500),
  name_key TEXT NOT NULL,
  day TEXT NOT NULL CHECK (day GLOB '--[01][0-9]-[0-3][0-9]' OR date(day) IS day),
  UNIQUE (person_id, name_key)
) STRICT;
CREATE TABLE attendance (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  event_id INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  UNIQUE (event_id, person_id)
) STRICT;
CREATE INDEX attendance_person ON attendance (person_id);
CREATE TABLE change (id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL DEFAULT 'do' CHECK (kind IN ('do', 'undo', 'redo')),
  label TEXT NOT NULL,
  at TEXT NOT NULL,
  batch INTEGER,
  person_id INTEGER,
  target INTEGER REFERENCES change,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1, 2)),
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX change_kept ON change (undone, id) WHERE kind = 'do';
CREATE TABLE channel (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (instr(kind, char(0)) = 0 AND length(kind) <= 40),
  handle TEXT CHECK (handle IS NULL OR instr(handle, char(0)) = 0 AND length(handle) <= 500),
  handle_key TEXT CHECK (handle_key IS NULL OR instr(handle_key, char(0)) = 0 AND length(handle_key) <= 500),
  label TEXT CHECK (label IS NULL OR instr(label, char(0)) = 0 AND length(label) <= 100),
  state TEXT CHECK (state IN ('known', 'sent', 'connected')),
  sent_on TEXT CHECK (sent_on IS NULL OR date(sent_on) IS sent_on),
  connected_on TEXT CHECK (connected_on IS NULL OR date(connected_on) IS connected_on OR connected_on GLOB '[0-9][0-9][0-9][0-9]' OR connected_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  inferred TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX channel_handle ON channel (handle_key, kind, person_id)
  WHERE handle_key IS NOT NULL;
CREATE INDEX channel_person ON channel (person_id, kind, state, connected_on);
CREATE TABLE circle (id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 500),
  name_key TEXT NOT NULL UNIQUE,
  every TEXT NOT NULL CHECK (every GLOB '[1-9]*')
) STRICT;
CREATE TABLE column_map (id INTEGER PRIMARY KEY AUTOINCREMENT,
  header TEXT NOT NULL CHECK (instr(header, char(0)) = 0 AND length(header) <= 64) UNIQUE,
  columns TEXT NOT NULL CHECK (instr(columns, char(0)) = 0 AND length(columns) <= 100000)
) STRICT;
CREATE TABLE community (id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 500),
  name_key TEXT NOT NULL UNIQUE,
  channel TEXT CHECK (channel IS NULL OR instr(channel, char(0)) = 0 AND length(channel) <= 40),
  url TEXT CHECK (url IS NULL OR instr(url, char(0)) = 0 AND length(url) <= 2000)
) STRICT;
CREATE TABLE conversation (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  day TEXT CHECK (day IS NULL OR date(day) IS day OR day GLOB '[0-9][0-9][0-9][0-9]' OR day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]') NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('both', 'me', 'them')),
  met INTEGER NOT NULL DEFAULT 0 CHECK (met IN (0, 1)),
  channel TEXT CHECK (channel IS NULL OR instr(channel, char(0)) = 0 AND length(channel) <= 40),
  event_id INTEGER REFERENCES event ON DELETE SET NULL,
  url TEXT CHECK (url IS NULL OR instr(url, char(0)) = 0 AND length(url) <= 2000),
  text TEXT CHECK (text IS NULL OR instr(text, char(0)) = 0 AND length(text) <= 100000),
  inferred TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX conversation_at ON conversation (event_id, person_id, day, met)
  WHERE event_id IS NOT NULL;
CREATE INDEX conversation_day ON conversation (met, direction, day);
CREATE INDEX conversation_event ON conversation (event_id, day) WHERE event_id IS NOT NULL;
CREATE INDEX conversation_events ON conversation (person_id, event_id)
  WHERE event_id IS NOT NULL;
CREATE INDEX conversation_person ON conversation (person_id, day, id, direction, met, channel);
CREATE TABLE current (change_id INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE entry_search USING fts5 (text,
  content='entry_text', content_rowid='id', detail='none', prefix='2 3',
  tokenize="unicode61 remove_diacritics 2");
CREATE TABLE event (id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 500),
  name_key TEXT NOT NULL UNIQUE,
  from_on TEXT CHECK (from_on IS NULL OR date(from_on) IS from_on),
  until_on TEXT CHECK (until_on IS NULL OR date(until_on) IS until_on),
  city TEXT CHECK (city IS NULL OR instr(city, char(0)) = 0 AND length(city) <= 500),
  url TEXT CHECK (url IS NULL OR instr(url, char(0)) = 0 AND length(url) <= 2000),
  online INTEGER NOT NULL DEFAULT 0 CHECK (online IN (0, 1)),
  community_id INTEGER REFERENCES community ON DELETE SET NULL
) STRICT;
CREATE INDEX event_community ON event (community_id) WHERE community_id IS NOT NULL;
CREATE TABLE extra (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  format TEXT NOT NULL CHECK (instr(format, char(0)) = 0 AND length(format) <= 40),
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 500),
  value TEXT NOT NULL CHECK (instr(value, char(0)) = 0 AND length(value) <= 20000000)
) STRICT;
CREATE INDEX extra_person ON extra (person_id);
CREATE TABLE favour (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  way TEXT NOT NULL CHECK (way IN ('gave', 'got')),
  day TEXT NOT NULL CHECK (date(day) IS day),
  text TEXT NOT NULL CHECK (instr(text, char(0)) = 0 AND length(text) <= 100000),
  inferred TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX favour_person ON favour (person_id, way, day);
CREATE TABLE follow_up (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  due_on TEXT NOT NULL CHECK (date(due_on) IS due_on),
  moved_to TEXT CHECK (moved_to IS NULL OR date(moved_to) IS moved_to),
  on_day TEXT GENERATED ALWAYS AS (coalesce(moved_to, due_on)) VIRTUAL,
  text TEXT CHECK (text IS NULL OR instr(text, char(0)) = 0 AND length(text) <= 100000),
  aim TEXT NOT NULL CHECK (aim IN ('promise', 'connect', 'hello')),
  every TEXT CHECK (every IS NULL OR instr(every, char(0)) = 0 AND length(every) <= 60),
  made_on TEXT NOT NULL CHECK (date(made_on) IS made_on),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
  closed_on TEXT CHECK (closed_on IS NULL OR date(closed_on) IS closed_on),
  inferred TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX follow_up_open ON follow_up (on_day, person_id) WHERE state = 'open';
CREATE INDEX follow_up_person ON follow_up (person_id, state);
CREATE TABLE helper (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  rally_id INTEGER NOT NULL REFERENCES rally ON DELETE CASCADE,
  asked_on TEXT CHECK (asked_on IS NULL OR date(asked_on) IS asked_on),
  moved_to TEXT CHECK (moved_to IS NULL OR date(moved_to) IS moved_to),
  on_day TEXT GENERATED ALWAYS AS (coalesce(moved_to, date(asked_on, '+3 days'))) VIRTUAL,
  answer TEXT CHECK (answer IN ('pledged', 'cannot', 'none')),
  answered_on TEXT CHECK (answered_on IS NULL OR date(answered_on) IS answered_on),
  thanked_on TEXT CHECK (thanked_on IS NULL OR date(thanked_on) IS thanked_on),
  UNIQUE (rally_id, person_id)
) STRICT;
CREATE INDEX helper_person ON helper (person_id);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE image (id INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL,
  tbl TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX image_change ON image (change_id);
CREATE INDEX image_row ON image (tbl, row_id);
CREATE TABLE import (id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 2000),
  format TEXT NOT NULL CHECK (instr(format, char(0)) = 0 AND length(format) <= 200),
  day TEXT NOT NULL CHECK (date(day) IS day),
  records INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  skipped INTEGER NOT NULL
) STRICT;
CREATE TABLE introduction (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  text TEXT CHECK (text IS NULL OR instr(text, char(0)) = 0 AND length(text) <= 100000),
  asked_on TEXT CHECK (asked_on IS NULL OR date(asked_on) IS asked_on),
  made_on TEXT CHECK (made_on IS NULL OR date(made_on) IS made_on),
  moved_to TEXT CHECK (moved_to IS NULL OR date(moved_to) IS moved_to),
  on_day TEXT GENERATED ALWAYS AS
    (coalesce(moved_to, date(made_on, '+14 days'), date(asked_on, '+7 days'))) VIRTUAL,
  state TEXT NOT NULL CHECK (state IN ('asking', 'made', 'landed', 'not')),
  closed_on TEXT CHECK (closed_on IS NULL OR date(closed_on) IS closed_on),
  CHECK (person_id <> other_id AND person_id > 0 AND other_id > 0),
  CHECK ((state IN ('asking', 'made')) = (closed_on IS NULL)),
  CHECK (iif(state = 'asking', asked_on, coalesce(made_on, asked_on)) IS NOT NULL)
) STRICT;
CREATE INDEX introduction_open ON introduction (on_day, person_id) WHERE closed_on IS NULL;
CREATE INDEX introduction_other ON introduction (other_id, state);
CREATE INDEX introduction_person ON introduction (person_id, state);
CREATE TABLE membership (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  community_id INTEGER NOT NULL REFERENCES community ON DELETE CASCADE,
  UNIQUE (person_id, community_id)
) STRICT;
CREATE INDEX membership_community ON membership (community_id);
CREATE TABLE not_same (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  UNIQUE (person_id, other_id),
  CHECK (person_id <> other_id)
) STRICT;
CREATE INDEX not_same_other ON not_same (other_id);
CREATE TABLE note (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  day TEXT NOT NULL CHECK (date(day) IS day),
  text TEXT NOT NULL CHECK (instr(text, char(0)) = 0 AND length(text) <= 100000)
) STRICT;
CREATE INDEX note_person ON note (person_id, id);
CREATE TABLE nudge (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('reply', 'connect', 'birthday', 'keep')),
  until TEXT CHECK (until IS NULL OR date(until) IS until),
  settled_on TEXT CHECK (settled_on IS NULL OR date(settled_on) IS settled_on),
  up_to INTEGER NOT NULL DEFAULT 0,
  never INTEGER NOT NULL DEFAULT 0 CHECK (never IN (0, 1)),
  UNIQUE (person_id, kind)
) STRICT;
CREATE TABLE number (last INTEGER NOT NULL) STRICT;
CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 200),
  name_key TEXT NOT NULL,
  nick TEXT CHECK (nick IS NULL OR instr(nick, char(0)) = 0 AND length(nick) <= 500),
  nick_key TEXT,
  org TEXT CHECK (org IS NULL OR instr(org, char(0)) = 0 AND length(org) <= 500),
  role TEXT CHECK (role IS NULL OR instr(role, char(0)) = 0 AND length(role) <= 500),
  city TEXT CHECK (city IS NULL OR instr(city, char(0)) = 0 AND length(city) <= 500),
  address TEXT CHECK (address IS NULL OR instr(address, char(0)) = 0 AND length(address) <= 2000),
  relation TEXT CHECK (relation IS NULL OR instr(relation, char(0)) = 0 AND length(relation) <= 500),
  cue TEXT CHECK (cue IS NULL OR instr(cue, char(0)) = 0 AND length(cue) <= 2000),
  birthday TEXT CHECK (birthday GLOB '--[01][0-9]-[0-3][0-9]' OR date(birthday) IS birthday),
  birth_md TEXT GENERATED ALWAYS AS (substr(birthday, -5)) VIRTUAL,
  known TEXT NOT NULL CHECK (known IN ('in person', 'online', 'known', 'heard')),
  since TEXT CHECK (since IS NULL OR date(since) IS since OR since GLOB '[0-9][0-9][0-9][0-9]' OR since GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  met_online TEXT CHECK (met_online IS NULL OR instr(met_online, char(0)) = 0 AND length(met_online) <= 500),
  introduced_by INTEGER REFERENCES person ON DELETE SET NULL,
  prefer TEXT CHECK (prefer IS NULL OR instr(prefer, char(0)) = 0 AND length(prefer) <= 500),
  every TEXT CHECK (every = 'off' OR every GLOB '[1-9]*'),
  circle_id INTEGER REFERENCES circle ON DELETE SET NULL,
  kept_on TEXT CHECK (kept_on IS NULL OR date(kept_on) IS kept_on),
  archived_on TEXT CHECK (archived_on IS NULL OR date(archived_on) IS archived_on),
  added_on TEXT NOT NULL CHECK (date(added_on) IS added_on)
) STRICT;
CREATE INDEX person_archived ON person (archived_on) WHERE archived_on IS NOT NULL;
CREATE INDEX person_birth_md ON person (birth_md) WHERE birth_md IS NOT NULL;
CREATE INDEX person_circle ON person (circle_id) WHERE circle_id IS NOT NULL;
CREATE INDEX person_introduced_by ON person (introduced_by) WHERE introduced_by IS NOT NULL;
CREATE INDEX person_name_key ON person (name_key);
CREATE INDEX person_nick_key ON person (nick_key) WHERE nick_key IS NOT NULL;
CREATE INDEX person_online ON person (coalesce(since, added_on)) WHERE known = 'online';
CREATE VIRTUAL TABLE person_search USING fts5 (name_key, nick, org, role, city, cue,
  content='person_text', content_rowid='id', detail='column', prefix='1 2 3',
  tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE person_word USING fts5vocab (person_search, 'col');
CREATE TABLE pledge (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  rally_id INTEGER NOT NULL REFERENCES rally ON DELETE CASCADE,
  text TEXT NOT NULL CHECK (instr(text, char(0)) = 0 AND length(text) <= 500),
  amount INTEGER CHECK (amount > 0),
  currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  pledged_on TEXT NOT NULL CHECK (date(pledged_on) IS pledged_on),
  due_on TEXT CHECK (due_on IS NULL OR date(due_on) IS due_on),
  moved_to TEXT CHECK (moved_to IS NULL OR date(moved_to) IS moved_to),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'dropped')),
  closed_on TEXT CHECK (closed_on IS NULL OR date(closed_on) IS closed_on),
  CHECK ((amount IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX pledge_person ON pledge (person_id, state);
CREATE INDEX pledge_rally ON pledge (rally_id, state);
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
CREATE INDEX pulse_kept ON pulse (substr(cadence, 1, 10), theirs_on DESC) WHERE every IS NOT NULL;
CREATE INDEX pulse_last ON pulse (last_on);
CREATE INDEX pulse_met ON pulse (first_met_on, known);
CREATE INDEX pulse_ties ON pulse (ties DESC) WHERE ties > 0 AND first_met_on IS NULL;
CREATE INDEX pulse_turn ON pulse (got - gave, got_on) WHERE gave + got > 0 AND archived = 0;
CREATE INDEX pulse_two_way ON pulse (two_way_on, got, gave, archived) WHERE two_way_on IS NOT NULL;
CREATE TABLE rally (id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
  person_id INTEGER REFERENCES person ON DELETE SET NULL,
  text TEXT NOT NULL CHECK (instr(text, char(0)) = 0 AND length(text) <= 500),
  about TEXT CHECK (about IS NULL OR instr(about, char(0)) = 0 AND length(about) <= 500),
  goal INTEGER CHECK (goal > 0),
  currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  url TEXT CHECK (url IS NULL OR instr(url, char(0)) = 0 AND length(url) <= 2000),
  began_on TEXT NOT NULL CHECK (date(began_on) IS began_on),
  until_on TEXT CHECK (until_on IS NULL OR date(until_on) IS until_on),
  closed_on TEXT CHECK (closed_on IS NULL OR date(closed_on) IS closed_on),
  CHECK ((goal IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX rally_open ON rally (id) WHERE closed_on IS NULL;
CREATE INDEX rally_person ON rally (person_id) WHERE person_id IS NOT NULL;
CREATE TABLE setting (id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL CHECK (instr(key, char(0)) = 0 AND length(key) <= 60) UNIQUE,
  value TEXT NOT NULL CHECK (instr(value, char(0)) = 0 AND length(value) <= 2000)
) STRICT;
CREATE TABLE shared_cadence (id INTEGER PRIMARY KEY AUTOINCREMENT,
  community_id INTEGER UNIQUE REFERENCES community ON DELETE CASCADE,
  event_id INTEGER UNIQUE REFERENCES event ON DELETE CASCADE,
  tag_key TEXT CHECK (tag_key IS NULL OR instr(tag_key, char(0)) = 0 AND length(tag_key) <= 500) UNIQUE,
  every TEXT CHECK (every GLOB '[1-9]*'),
  circle_id INTEGER REFERENCES circle ON DELETE CASCADE,
  kept_on TEXT NOT NULL CHECK (date(kept_on) IS kept_on),
  CHECK ((community_id IS NOT NULL) + (event_id IS NOT NULL) + (tag_key IS NOT NULL) = 1),
  CHECK ((every IS NULL) <> (circle_id IS NULL))
) STRICT;
CREATE INDEX shared_cadence_circle ON shared_cadence (circle_id) WHERE circle_id IS NOT NULL;
CREATE TABLE source (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  format TEXT NOT NULL CHECK (instr(format, char(0)) = 0 AND length(format) <= 40),
  key TEXT NOT NULL CHECK (instr(key, char(0)) = 0 AND length(key) <= 2000),
  import_id INTEGER REFERENCES import ON DELETE SET NULL,
  said TEXT CHECK (said IS NULL OR instr(said, char(0)) = 0 AND length(said) <= 100000),
  UNIQUE (key, format)
) STRICT;
CREATE INDEX source_import ON source (import_id, person_id) WHERE import_id IS NOT NULL;
CREATE INDEX source_person ON source (person_id);
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE stay (id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  from_on TEXT NOT NULL CHECK (date(from_on) IS from_on),
  until_on TEXT NOT NULL CHECK (date(until_on) IS until_on),
  left INTEGER NOT NULL DEFAULT 0 CHECK (left IN (0, 1))
) STRICT;
CREATE INDEX stay_event ON stay (event_id);
CREATE TABLE tag (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 500),
  name_key TEXT NOT NULL,
  UNIQUE (person_id, name_key)
) STRICT;
CREATE INDEX tag_name ON tag (name_key);
CREATE TABLE tie (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  how TEXT CHECK (how IS NULL OR instr(how, char(0)) = 0 AND length(how) <= 500),
  since TEXT CHECK (since IS NULL OR date(since) IS since OR since GLOB '[0-9][0-9][0-9][0-9]' OR since GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  noted_on TEXT NOT NULL CHECK (date(noted_on) IS noted_on),
  source TEXT NOT NULL DEFAULT 'said' CHECK (source IN ('said', 'introduced', 'import')),
  import_id INTEGER REFERENCES import ON DELETE SET NULL,
  UNIQUE (person_id, other_id),
  CHECK (person_id <> other_id AND person_id > 0 AND other_id > 0)
) STRICT;
CREATE INDEX tie_import ON tie (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX tie_other ON tie (other_id, person_id);
CREATE UNIQUE INDEX tie_pair ON tie (min(person_id, other_id), max(person_id, other_id));
CREATE TABLE topic (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('about', 'seeks')),
  name TEXT NOT NULL CHECK (instr(name, char(0)) = 0 AND length(name) <= 500),
  name_key TEXT NOT NULL,
  UNIQUE (person_id, side, name_key)
) STRICT;
CREATE INDEX topic_name ON topic (name_key, side, person_id);
CREATE TABLE waiting (person_id INTEGER NOT NULL, kind TEXT NOT NULL,
  due_on TEXT NOT NULL, late_on TEXT NOT NULL, gone_on TEXT, since_on TEXT, entry_id INTEGER,
  PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_due ON waiting (due_on) WHERE gone_on IS NULL;
CREATE INDEX waiting_gone ON waiting (gone_on) WHERE gone_on IS NOT NULL;
