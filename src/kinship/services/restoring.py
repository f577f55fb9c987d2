"""kinship's own JSON Lines: what reading such a file in would change, and then doing it.

The same plan as `importing` makes, but not through a Card: everything there is comes back, and
people are matched by their uid only. What is here stays; what is not is added. Into a file in which
nothing was kept yet all of it goes as it is, numbers included.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from kinship.errors import BadInput, Refused
from kinship.formats import kinship_lines
from kinship.formats.kinship_lines import Read
from kinship.model import saved
from kinship.model.card import Skipped
from kinship.model.person import ME
from kinship.model.setting import COUNTRY
from kinship.safe import quoted
from kinship.services import line_differences, line_records
from kinship.services.importing import Conflict, Gain, Imported, Plan
from kinship.services.line_differences import Step
from kinship.services.line_rows import MOST, LineRows, Rows, Unfit, Values, references
from kinship.services.line_writing import BATCH, Steps, Writer, whom
from kinship.services.saving import Line, Maker
from kinship.store import settings, tables
from kinship.store.db import Db

FORMAT = "kinship-jsonl"
_MINE_ONLY = frozenset(
    ("setting", "stay", "shared_cadence", "column_map", "rally", "helper", "pledge", saved.ME)
)
"""Lines that are about whoever keeps the file: of somebody else's they stay out."""
_WHOSE: Mapping[str, tuple[str, ...]] = {
    "introduction": ("person_id", "other_id"),
    "rally": (),
    "helper": ("person_id",),
    "pledge": ("person_id",),
}
"""Without whom such a line says nothing."""
_SAID = ("how", "since")
"""What is said of a tie."""
_IN_WORDS = {
    "circle": "circle",
    "community": "community",
    "event": "event",
    "stay": "stay",
    "shared_cadence": "shared cadence",
    "import": "import",
    "column_map": "column map",
    "setting": "setting",
    "tie": "tie",
    "not_same": "not-same",
    "introduction": "introduction",
    "rally": "rally",
    "helper": "helper",
    "pledge": "pledge",
}


def plan(db: Db, file: str, data: bytes | str) -> Plan:
    """What this file, by its bytes or its path, would change.

    Raises BadInput where it is not kinship's JSON Lines, or a newer kinship wrote it.
    """
    with db.still():
        return _Planner(db, file, data).plan()


class _Planner:
    """Goes through the lines once; people and ties are compared some hundred at a time."""

    def __init__(self, db: Db, file: str, data: bytes | str) -> None:
        self.db, self.file, self.data = db, file, data
        self.mark = kinship_lines.mark(data)
        self.rows_read = 0
        self.maker = Maker(db)
        self.refers = {t: references(shape) for t, shape in self.maker.shapes.items()}
        self.checker = tables.Checker()
        self.anew = tables.holds_only_circles(db)
        self.uids = tables.uids(db)
        self.taken = {t: tables.numbers_in(db, t) for t in ("person", *saved.REFERENCES.values())}
        if self.anew:
            self.taken["circle"] = set()
        given = tables.last_given(db)
        self.next = {t: max(given.get(t, 0), *self.taken[t], 0) for t in self.taken}
        self.given = dict(self.next)
        self.here = {
            t: list(map(self.maker.make[t], tables.rows(db, self.maker.shapes[t])))
            for t in saved.BEFORE_PEOPLE
        }
        self.circles = self.here["circle"]
        if self.anew:
            self.here["circle"] = []
        self.ids: dict[str, dict[int, int | None]] = {t: {} for t in self.taken}
        self.seen: dict[int, int] = {}
        """Numbers of entries on lines before, a bit each: there may be millions."""
        self.seen_uids: set[str] = set()
        self.seen_each: set[tuple[str, int]] = set()
        self.records = self.same = 0
        self.new: list[tuple[int, str]] = []
        self.gains: list[Gain] = []
        self.steps: dict[int, list[Step]] = {}
        self.conflicts: list[Conflict] = []
        self.skipped: list[tuple[str, Skipped]] = []
        self.remarks: list[tuple[str, int, str]] = []
        self.left_out: set[int] = set()
        self.others: dict[str, int] = {}
        self.rows_of_circles: set[int] = set()
        self.introduced: list[tuple[int, int | None, Any]] = []
        self.waiting: list[tuple[int, Line, Rows]] = []
        self.pairs: dict[str, list[tuple[int, tuple[int, int], Values]]] = {}
        self.known: dict[str, line_records.Known] = {}

    def plan(self) -> Plan:
        read = kinship_lines.read(self.data)
        meta = next(read, None)
        self._begin(meta)
        lines = self._fitting(read)
        while some := list(islice(lines, BATCH)):
            faults = self.checker.faults([_tried(rows) for _, rows in some])
            for ((row, line, text), rows), fault in zip(some, faults, strict=True):
                try:
                    self._line(row, line, rows, fault)
                except Unfit as unfit:
                    self._skip(Skipped(row, str(unfit), text.decode()))
            self._compare()
        self._introductions()
        if self.anew and self.here["circle"] == self.circles:
            self.others.pop("circle", None)
            self.left_out |= self.rows_of_circles
        return Plan(
            files=[(self.file, FORMAT, self.records)],
            new=self.new,
            gains=self.gains,
            same=self.same,
            unsure=(),
            conflicts=self.conflicts,
            skipped=self.skipped,
            remarks=self.remarks,
            steps=Steps(
                data=self.data,
                mark=self.mark,
                total=self.rows_read,
                stamp=tables.last_change(self.db),
                anew=self.anew,
                mine=self.mine,
                left_out=frozenset(self.left_out),
                gains=self.steps,
                ids=self.ids,
                uids=self.uids,
                last=self.last,
                country=self.country,
                circles=self.anew and "circle" in self.others,
            ),
            others=[_counted(many, _IN_WORDS[table]) for table, many in self.others.items()],
        )

    def _begin(self, meta: Read | Skipped | None) -> None:
        """Read the first line: whose file it is, and whether this kinship can read it."""
        line: Line = {} if meta is None or isinstance(meta, Skipped) else meta.line
        version = line.get("kinship")
        if line.get("type") != "meta" or not isinstance(version, int):
            raise BadInput(
                f"{quoted(self.file)} does not begin with the meta line of kinship's JSON Lines. "
                "Nothing was written."
            )
        if version > saved.VERSION:
            raise BadInput(
                f"{quoted(self.file)} was written by a newer kinship (lines {version}; this one "
                f"knows {saved.VERSION}). Nothing was written.",
                hint="Update kinship, then try again.",
            )
        said = line.get("last")
        last = said if isinstance(said, dict) else {}
        self.last = {
            table: number
            for table, number in last.items()
            if type(number) is int and 0 < number <= MOST
        }
        for table in self.next:
            self.next[table] = max(self.next[table], self.last.get(table, 0))
        me = line.get("me")
        self.mine = isinstance(me, str) and (self.anew or self.uids.get(me) == ME)
        if self.mine and self.anew:
            self.uids = {me: ME} if isinstance(me, str) else self.uids
        self.country = settings.value(self.db, COUNTRY)
        self.rows = LineRows(self.maker.shapes, self.country)

    def _skip(self, skipped: Skipped) -> None:
        self.skipped.append((self.file, skipped))
        self.left_out.add(skipped.row)
        self.records += 1

    def _fitting(self, read: Iterator[Read | Skipped]) -> Iterator[tuple[Read, Rows]]:
        """The lines that are what they must be, one by one."""
        for item in read:
            self.rows_read = item.row
            if isinstance(item, Skipped):
                self._skip(item)
                continue
            row, line, text = item
            if line["type"] in _MINE_ONLY and not self.mine:
                self.left_out.add(row)
                continue
            if line["type"] == "setting" and self.anew and line.get("key") == COUNTRY:
                self._take_country(line)
            try:
                rows = self.rows.of(line)
            except Unfit as unfit:
                self._skip(Skipped(row, str(unfit), text.decode()))
            else:
                yield item, rows

    def _line(self, row: int, line: Line, rows: Rows, fault: tuple[str, str] | None) -> None:
        self._check(rows, fault)
        self.records += line["type"] == "person"
        if rows.table == "person":
            self._person(row, line, rows)
        elif rows.table in saved.PAIRS:
            self._pair(row, rows)
        elif rows.table in saved.AFTER_PEOPLE:
            self._record(row, rows)
        else:
            self._other(row, rows)

    def _take_country(self, line: Line) -> None:
        if isinstance(line.get("value"), str) and not self.country:
            self.country = line["value"]
            self.rows = LineRows(self.maker.shapes, self.country)
            self.maker.country = self.country

    def _check(self, rows: Rows, fault: tuple[str, str] | None) -> None:
        """Whether the tables take these rows, and what they refer to was there before them."""
        if fault:
            table, column = fault
            if not column:
                raise Unfit(f"the same {table.replace('_', '-')} is there twice")
            raise Unfit(f"the {column} of its {table.replace('_', '-')} cannot be so")
        self._refers(rows.table, [rows.values])
        for table, several in rows.nested.items():
            self._refers(table, several)
        entries = [one for table in saved.NUMBERED for one in rows.nested.get(table, ())]
        if rows.table in saved.NUMBERED:
            entries.append(rows.values)
        if not entries:
            return
        numbers = [number for one in entries if (number := one.get("id")) is not None]
        twice = [n for n in numbers if self.seen.get(n >> 9, 0) >> (n & 511) & 1]
        if twice or len(set(numbers)) < len(numbers):
            raise Unfit(f"#{min(twice or numbers)} is there twice")
        for number in numbers:
            self.seen[number >> 9] = self.seen.get(number >> 9, 0) | 1 << (number & 511)

    def _refers(self, table: str, several: Iterable[Values]) -> None:
        for column, what in self.refers[table]:
            for values in several:
                number = values.get(column)
                if number is not None and number not in self.ids[what]:
                    raise Unfit(f"{what} {number} is on no line before it")

    def _other(self, row: int, rows: Rows) -> None:
        """A circle, an event, a setting ...: the one that is here, or a new one."""
        table, values = rows.table, rows.values
        if table in line_differences.EACH and (number := values.get("id")) is not None:
            if (table, number) in self.seen_each:
                raise Unfit("its number is on a line before it")
            self.seen_each.add((table, number))
        mapped = self._mapped(values)
        here = line_differences.same_thing(table, mapped, self.here[table])
        number = values.get("id")
        if here is None:
            self.others[table] = self.others.get(table, 0) + 1
            own = self._number(table, number) if table in self.ids else 0
            if table not in line_differences.EACH:
                self.here[table].append({**mapped, "id": own})
            if table == "circle":
                self.rows_of_circles.add(row)
                del self.here[table][-1]["name_key"]
            return
        if table in line_differences.EACH:
            self.here[table].remove(here)
        if table in self.ids and isinstance(number, int):
            self.ids[table][number] = here["id"]
        if here["id"]:
            steps, differing = line_differences.of_thing(table, here, mapped)
            if steps:
                self.steps[row] = steps
                self.others[table] = self.others.get(table, 0) + 1
            self.remarks += [(self.file, row, text) for text in differing]
        self.left_out.add(row)

    def _number(self, table: str, number: object, uid: str = "") -> int:
        """The number somebody or something new gets: its own where that is free."""
        taken = self.taken[table]
        mine = number if isinstance(number, int) and number not in taken else None
        if mine is not None and uid and mine <= self.given[table] and not self.anew:
            before = tables.had(self.db, mine)
            mine = mine if not before or uid in before else None
        if mine is None:
            self.next[table] += 1
            while self.next[table] in taken:
                self.next[table] += 1
            mine = self.next[table]
        taken.add(mine)
        if isinstance(number, int):
            self.ids[table][number] = mine
        return mine

    def _mapped(self, values: Values) -> Values:
        """References as numbers of this file."""
        mapped = dict(values)
        for column in saved.REFERENCES.keys() & mapped.keys():
            mapped[column] = self.ids[saved.REFERENCES[column]].get(mapped[column])
        return mapped

    # People

    def _person(self, row: int, line: Line, rows: Rows) -> None:
        uid, number = rows.values["uid"], rows.values.get("id")
        me = line["type"] == saved.ME
        self._unseen(uid)
        if me != (number == ME) or (number is not None and number in self.ids["person"]):
            raise Unfit("its number is on a line before it" if not me else "you are not 0")
        if me and self.uids.get(uid) != ME:
            raise Unfit("it is not about you")
        here = self.uids.get(uid)
        if here is None:
            self.uids[uid] = self._number("person", number, uid)
            self.new.append((row, rows.values["name"]))
            self.introduced.append((row, None, rows.values.get("introduced_by")))
            return
        if isinstance(number, int):
            self.ids["person"][number] = here
        self.introduced.append((row, here, rows.values.get("introduced_by")))
        self.waiting.append((row, line, rows))

    def _unseen(self, uid: str) -> None:
        if uid in self.seen_uids:
            raise Unfit("the same uid is on a line before it")
        self.seen_uids.add(uid)

    def _compare(self) -> None:
        """The people and ties that wait, with what is here of them."""
        ids = [self.uids[rows.values["uid"]] for _, _, rows in self.waiting]
        held = {line["id"]: line for line in self.maker.people(ids)}
        moved = any(
            old != new for t in self.ids if t != "person" for old, new in self.ids[t].items()
        )
        for row, line, rows in self.waiting:
            if not moved and _alike(line, held[self.uids[rows.values["uid"]]]):
                self.same += line["type"] == "person"
                self.left_out.add(row)
                continue
            self._differing(row, held[self.uids[rows.values["uid"]]], rows)
        for table, waiting in self.pairs.items():
            both = {number for _, pair, _ in waiting for number in pair}
            rows_here = tables.starting_with(self.db, self.maker.shapes[table], both)
            here = {
                (r["person_id"], r["other_id"]): r for r in map(self.maker.make[table], rows_here)
            }
            for row, pair, values in waiting:
                if pair in here:
                    self._held(row, table, here[pair], {c: values.get(c) for c in _SAID})
                elif pair[::-1] in here:
                    # How the first knows the second is nothing that the second said.
                    self._held(row, table, here[pair[::-1]], {"since": values.get("since")})
                else:
                    self.others[table] = self.others.get(table, 0) + 1
        self.waiting, self.pairs = [], {}

    def _differing(self, row: int, here: Line, rows: Rows) -> None:
        found = line_differences.of_person(
            here, self.rows.of(here), self._mapped(rows.values), self._nested(rows), anew=self.anew
        )
        self.conflicts += [Conflict(row, here["id"], *differing) for differing in found.conflicts]
        if found.steps:
            self.steps[row] = found.steps
            if here["id"] != ME:
                self.gains.append(Gain(row, here["id"], found.gains))
            else:
                self.others.setdefault("setting", 1)
        elif here["id"] != ME:
            self.same += 1
        self.left_out.add(row)

    def _nested(self, rows: Rows) -> dict[str, list[Values]]:
        return {t: list(map(self._mapped, several)) for t, several in rows.nested.items()}

    def _introductions(self) -> None:
        """Who introduced whom, now that everybody has a number."""
        asked = [here for _, here, by in self.introduced if here is not None and by is not None]
        held = {p["id"]: p.get("introduced_by") for p in self.maker.people(sorted(asked))}
        gained = {gain.row for gain in self.gains}
        for row, here, by in self.introduced:
            number = self._whom(by)
            if number is None and by is not None:
                name = quoted(by["name"]) if isinstance(by, dict) else "somebody"
                self.remarks.append((self.file, row, f"{name}, who introduced them, is not here"))
            if here is None or number is None or number in (here, held[here]):
                continue
            if held[here] is None:
                self.steps.setdefault(row, []).append(("person", here, {"introduced_by": number}))
                if row not in gained:
                    self.gains.append(Gain(row, here, ["introduced by"]))
                    self.same -= 1
            else:
                self.conflicts.append(
                    Conflict(row, here, "introduced by", str(held[here]), str(number))
                )

    def _pair(self, row: int, rows: Rows) -> None:
        """A tie, or two who are not the same."""
        one, other = (
            self._whom(rows.values.get("person_id")),
            self._whom(rows.values.get("other_id")),
        )
        if one is None or other is None:
            lost = [
                v for c, v in rows.values.items() if c in saved.PEOPLE and self._whom(v) is None
            ]
            name = quoted(lost[0]["name"]) if isinstance(lost[0], dict) else "somebody on no line"
            self.remarks.append((self.file, row, f"{name} is not here"))
            self.left_out.add(row)
        elif one == other:  # merged since
            self.left_out.add(row)
        else:
            self.pairs.setdefault(rows.table, []).append((row, (one, other), rows.values))

    def _record(self, row: int, rows: Rows) -> None:
        """An introduction, a rally, who helped or what was pledged: the one here, or a new one."""
        table, values = rows.table, self._mapped(rows.values)
        if "uid" in values:
            self._unseen(values["uid"])
        for column in saved.PEOPLE & values.keys():
            said = values[column]
            values[column] = self._whom(said)
            if values[column] is None and said is not None:
                name = quoted(said["name"]) if isinstance(said, dict) else "somebody on no line"
                self.remarks.append((self.file, row, f"{name} is not here"))
        whose = [values.get(column) for column in _WHOSE[table]]
        if None in whose or len(set(whose)) < len(whose):  # not here, or merged since
            self.left_out.add(row)
            return
        here = self._known(table).same(values)
        number = values.get("id")
        if here is None:
            self.others[table] = self.others.get(table, 0) + 1
            if table in self.ids:
                self._number(table, number)
            return
        if table in self.ids and isinstance(number, int):
            self.ids[table][number] = here["id"]
        self._held(row, table, here, values)

    def _held(self, row: int, table: str, here: Line, values: Values) -> None:
        """A row that is here: what is empty is filled in, and the rest is told."""
        steps, differing = line_records.differences(table, here, values)
        if steps:
            self.steps[row] = steps
            self.others[table] = self.others.get(table, 0) + 1
        self.remarks += [(self.file, row, text) for text in differing]
        self.left_out.add(row)

    def _known(self, table: str) -> line_records.Known:
        if table not in self.known:
            rows = () if self.anew else tables.rows(self.db, self.maker.shapes[table])
            self.known[table] = line_records.Known.of(table, map(self.maker.make[table], rows))
        return self.known[table]

    def _whom(self, said: object) -> int | None:
        return whom(said, self.ids["person"], self.uids)


def _alike(one: Line, other: Line) -> bool:
    """Whether two lines say the same, but for who introduced them."""
    by = ("introduced_by",)
    return {k: v for k, v in one.items() if k not in by} == {
        k: v for k, v in other.items() if k not in by
    }


def _tried(rows: Rows) -> tables.Rows:
    """Rows to be tried; somebody on no line is nobody in particular."""
    values = rows.values
    if dict in map(type, values.values()):
        for place, column in enumerate(sorted(saved.PEOPLE & values.keys())):
            if isinstance(values[column], dict):
                values = {**values, column: MOST + place}
    return {rows.table: [values], **rows.nested}


def _counted(many: int, what: str) -> str:
    if many == 1:
        return f"1 {what}"
    return f"{many} {what[:-1]}ies" if what.endswith(("ty", "ly")) else f"{many} {what}s"


# Writing


def carry_out(
    db: Db,
    planned: Plan,
    today: date,  # noqa: ARG001  (as for any other import)
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Write it, as one change.

    The number of the import is 0: nothing is written down that the other file had not. Raises
    Refused when the file changed since it was planned.
    """
    steps = planned.steps
    assert isinstance(steps, Steps)
    with db.change(f"import {planned.files[0][0]}") as tx:
        if tables.last_change(tx) != steps.stamp + 1 or tables.holds_only_circles(tx) != steps.anew:
            raise Refused(
                "the file changed since this was planned. Nothing was written.",
                hint="Try again.",
            )
        writer = Writer(tx, steps)
        with tables.all_at_once(tx, anew=steps.anew):
            _unchanged(steps, planned.files[0][0])
            added = writer.write(progress)
            _unchanged(steps, planned.files[0][0])
        writer.introduce()
    return Imported(0, added)


def _unchanged(steps: Steps, file: str) -> None:
    if kinship_lines.mark(steps.data) != steps.mark:
        raise Refused(
            f"{quoted(file)} changed while it was read. Nothing was written.", hint="Try again."
        )
