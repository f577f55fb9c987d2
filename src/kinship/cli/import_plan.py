"""What an import would change, as a screen and as a record: new people, gains, doubts, what is left out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kinship.cli import table, views
from kinship.cli.context import Kin
from kinship.formats import READERS
from kinship.model import dates
from kinship.render.shapes import Line, Span, line
from kinship.services.import_doubts import SAME_NAME
from kinship.services.importing import Plan, Unsure
from kinship.store import people
from kinship.value import Value

MERGE = "merge"
_COLUMN = 14
_FEW = 5
_ROWS = 8
_REASONS = 4
_NAMED = 3
_NAMED_FILES = 2
_FIELDS = 6
_FILES = 6
_UNITS = {
    "vcard": "card",
    "jcard": "card",
    "ldif": "entry",
    "abook": "entry",
    "monica": "contact",
    "linkedin-invitations": "invitation",
    "linkedin-messages": "person",
    "kinship-jsonl": "person",
}
_PLURALS = {"entry": "entries", "person": "people"}
_UNCHANGED = {False: "here with all of it", True: "nothing to add"}


class Unread(Value):
    """A file that could not be read, and why, as a sentence."""

    file: str
    why: str


class Left(Value):
    """What the files hold beside their people: files that could not be read, other columns."""

    unread: Sequence[Unread] = ()
    columns: Mapping[str, int] = {}
    """Columns that no field here is for, and with how many people each is kept."""
    maps: Sequence[str] = ()
    """What was said about columns and is used again, in words."""
    nameable: bool = False
    """Whether they can be named with --map."""
    others: int = 0
    """Files of a folder or an archive that are of no format with people."""
    apart: Sequence[Unread] = ()
    """Folders that were not looked into, and why."""


def bad(plan: Plan, left: Left) -> bool:
    """Whether anything was left out because it could not be read."""
    return bool(left.unread) or not all(one.harmless for _, one in plan.skipped)


# The screen


def lines(kin: Kin, plan: Plan, left: Left) -> list[Line]:
    """What would happen, the most important first; each kind of thing a line, then its details."""
    counts = [
        _count(len(plan.new), "new", _first(plan.new)),
        _count(len(plan.gains), "here already", _gains(plan)),
        _count(plan.same, "unchanged", _UNCHANGED[bool(plan.conflicts)]),
        _count(len(plan.unsure), "unsure", _unsure(plan)),
        _count(len({c.person_id for c in plan.conflicts}), "different", _different(plan)),
        _count(len(plan.skipped), "skipped", _skipped(plan)),
    ]
    shown = [one for one in counts if one]
    if plan.others:
        shown.append(line(f"{'':>6} and {', '.join(plan.others)}"))
    if not (shown or plan.others):
        shown = [line("  Nobody is in it.")]
    return [
        *_files(plan),
        *(line(said) for said in left.maps),
        *shown,
        *_apart(plan),
        *_details(kin, plan),
        *_others(plan, left),
        *_unread(left.apart),
        *_unread(left.unread),
    ]


def _count(number: int, what: str, said: str) -> Line | None:
    """``371 new           first: Alice Ball``; nothing where there are none."""
    return line(f"{number:>6,} {what:<{_COLUMN}}", said) if number else None


def _files(plan: Plan) -> list[Line]:
    """``LinkedIn connections, 412 rows.``; of several files their names too."""
    several: dict[str, list[tuple[str, int]]] = {}
    for name, form, records in plan.files:
        several.setdefault(form, []).append((name, records))
    result = []
    for form, files in several.items():
        number = sum(records for _, records in files)
        said = f"{label(form)}, {_records(form, number)}."
        if len(files) > 1 and len(plan.files) > _FILES:
            result.append(line(f"{len(files):,} files: ", f"{_small(said)}"))
        elif len(plan.files) > 1:
            result += [
                line(Span(name, "name"), f": {_small(label(form))}, {_records(form, records)}")
                for name, records in files
                if records
            ]
        else:
            result.append(line(said))
    return result


def label(form: str) -> str:
    """``LinkedIn connections``, as a sentence begins."""
    said = READERS[form].label if form in READERS else "kinship JSON Lines"
    return said if said.startswith(("kinship", "abook", "vC", "jC")) else views.capital(said)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text.startswith(("A ", "An ")) else text


def _records(form: str, number: int) -> str:
    unit = _UNITS.get(form, "row")
    return f"{number:,} {unit if number == 1 else _PLURALS.get(unit, unit + 's')}"


def _first(new: Sequence[tuple[int, str]]) -> str:
    names = [views.one_line(name) for _, name in new[:3]]
    return f"{'first: ' if len(new) > len(names) else ''}{', '.join(names)}"


def _gains(plan: Plan) -> str:
    """``would get: LinkedIn connected (20), role``."""
    fields = Counter(field for gain in plan.gains for field in gain.fields)
    every = len(plan.gains)
    shown = [
        field if number == every else f"{field} ({number:,})"
        for field, number in fields.most_common(_FIELDS)
    ]
    more = len(fields) - len(shown)
    return f"would get: {', '.join([*shown, *([f'{more} more fields'] if more else [])])}"


def _unsure(plan: Plan) -> str:
    """What speaks for it, the commonest first."""
    whys = Counter(one.why for one in plan.unsure)
    return (
        f"added as new: {whys.most_common(1)[0][0]}{'; ...' if len(whys) > 1 else ''}"
        if whys
        else ""
    )


def _apart(plan: Plan) -> list[Line]:
    """Who has the name or the number of somebody, and nothing else that says it is them."""
    several = plan.apart
    if not several:
        return []
    who = list(dict.fromkeys(views.one_line(one.name) for one in several))
    said = views.together(who) if len(who) <= _NAMED else f"{len(several):,}"
    one = len(who) == 1
    share, stay = ("shares", "stays") if one else ("share", "stay")
    return [line(f"{said} {share} {_shares(several)} with somebody else and {stay} apart.")]


def _shares(several: Sequence[Unsure]) -> str:
    named = any(one.why == SAME_NAME for one in several)
    reached = any(one.why != SAME_NAME for one in several)
    return "a name or an address" if named and reached else "a name" if named else "an address"


def _different(plan: Plan) -> str:
    """``org (12), role; what is here stays``."""
    fields = Counter(one.field for one in plan.conflicts).most_common(_FIELDS)
    many = max(number for _, number in fields) > 1 and len(fields) > 1 if fields else False
    said = [f"{field} ({number:,})" if many else field for field, number in fields]
    return f"{', '.join(said)}; what is here stays"


def _skipped(plan: Plan) -> str:
    """``no name (rows 12, 88, 301); an organisation (4)``: each reason once, what is bad first."""
    whys: dict[str, list[tuple[str, int]]] = {}
    bad = set()
    for file, one in plan.skipped:
        whys.setdefault(one.why, []).append((file, one.row))
        if not one.harmless:
            bad.add(one.why)
    most = sorted(whys, key=lambda why: (why not in bad, -len(whys[why])))
    said = []
    for why in most[:_REASONS]:
        places = whys[why]
        counted = why not in bad and len(places) > 1
        said.append(f"{why} ({f'{len(places):,}' if counted else _places(plan, places)})")
    more = len(most) - len(said)
    return "; ".join([*said, *([views.counted(more, "more reason")] if more > 0 else [])])


def _places(plan: Plan, places: Sequence[tuple[str, int]]) -> str:
    """``rows 12, 88 and 301``; of one of several files with its name; of several how many."""
    files = list(dict.fromkeys(_base(file) for file, _ in places))
    if len(files) > 1:
        named = views.together(files[:_NAMED_FILES], max(0, len(files) - _NAMED_FILES))
        return f"{len(places):,} in {named}"
    rows = [str(row) for _, row in places]
    said = f"row{'s' if len(rows) > 1 else ''} "
    said += views.together(rows[:_FEW], max(0, len(rows) - _FEW))
    return said if len(plan.files) == 1 else f"{files[0]}, {said}"


def _base(file: str) -> str:
    return file.rpartition("/")[2]


def _details(kin: Kin, plan: Plan) -> list[Line]:
    return [*_doubts(kin, plan), *_conflicts(kin, plan), *_remarks(plan)]


def _doubts(kin: Kin, plan: Plan) -> list[Line]:
    """The first of those who may be here already, and whom they look like."""
    if not plan.unsure:
        return []
    shown = plan.unsure[:_FEW]
    known = people.by_ids(kin.db, {n for one in shown for n in one.people})
    result = [
        Line(),
        line(Span("UNSURE", "heading"), Span(" somebody here, or somebody new?", "dim")),
    ]
    for one in shown:
        like = [_told(known[n].name, known[n].org) for n in one.people if n in known]
        whom = views.together(like) if like else "another in these files"
        said = f"  row {one.row}: {whom}: {one.why}"
        result.append(line("  ", Span(views.one_line(one.name), "name"), said))
    result += _more(len(plan.unsure) - len(shown))
    if can_merge():
        result.append(line("  The same? ", Span(kin.cmd(MERGE), "command"), " afterwards"))
    return result


def can_merge() -> bool:
    """Whether there is a command for two who are one."""
    return MERGE in table.COMMANDS


def _told(name: str, org: str | None) -> str:
    return f"{name} ({org})" if org else name


def _conflicts(kin: Kin, plan: Plan) -> list[Line]:
    """The first fields that say something else here."""
    if not plan.conflicts:
        return []
    shown = plan.conflicts[:_ROWS]
    known = people.by_ids(kin.db, {one.person_id for one in shown})
    result = [Line(), line(Span("DIFFERENT", "heading"), Span(" the first is what is here", "dim"))]
    for one in shown:
        name = known[one.person_id].name if one.person_id in known else f"row {one.row}"
        here, there = (_value(one.field, text) for text in (one.here, one.there))
        result.append(line("  ", Span(name, "name"), f"  {one.field}: {here}; in the file {there}"))
    return result + _more(len(plan.conflicts) - len(shown))


def _value(field: str, text: str) -> str:
    """What is in a field, as the screens have it."""
    return dates.birthday_text(text) if field == "birthday" else views.one_line(text)


def _remarks(plan: Plan) -> list[Line]:
    """The first things that could not be read."""
    if not plan.remarks:
        return []
    several = len(plan.files) > 1
    heading = Span("NOT UNDERSTOOD", "heading")
    result = [Line(), line(heading, Span(" kept as it was written", "dim"))]
    result += [
        line(f"  {f'{_base(file)} ' if several else ''}row {row}: {views.one_line(text)}")
        for file, row, text in plan.remarks[:_FEW]
    ]
    result += _more(len(plan.remarks) - _FEW)
    if undecided(plan):
        result.append(line("  Which comes first, day or month? --date-order dmy, or mdy"))
    return result


def undecided(plan: Plan) -> str:
    """A day that could be two, where nothing says which."""
    return next((text for *_, text in plan.remarks if "could be two days" in text), "")


def _more(number: int) -> list[Line]:
    return [line(f"  and {number:,} more")] if number > 0 else []


def _others(plan: Plan, left: Left) -> list[Line]:
    """How many other files there are, and the columns that are kept as they are."""
    columns = _columns(left) if plan.writes else []
    if not left.others:
        return columns
    others = views.counted(left.others, "other file")
    are = "is" if left.others == 1 else "are"
    return [line(f"{others} {are} left out: no people are listed there."), *columns]


def _columns(left: Left) -> list[Line]:
    if not left.columns:
        return []
    names = [views.one_line(name) for name in left.columns]
    said = views.together(names[:_ROWS], max(0, len(names) - _ROWS))
    which = "These columns are" if len(names) > 1 else "This column is"
    result = [line(f"{which} kept as written, and shown by show --all: {said}")]
    if left.nameable:
        result.append(line("Is one of them the name, the company? --map name=COLUMN,org=COLUMN"))
    return result


def _unread(unread: Iterable[Unread]) -> list[Line]:
    several = list(unread)
    result = [line(Span(one.file, "name"), f" is left out: {one.why}") for one in several[:_FEW]]
    return [*result, *_more(len(several) - _FEW)]


# The record


def record(plan: Plan, left: Left) -> dict[str, object]:
    """All of it, for programs."""
    return {
        "files": [
            {"name": name, "format": form, "records": records} for name, form, records in plan.files
        ],
        "new": [{"row": row, "name": name} for row, name in plan.new],
        "here": [
            {"row": one.row, "id": one.person_id, "gets": list(one.fields)} for one in plan.gains
        ],
        "unchanged": plan.same,
        "unsure": [_doubt(one) for one in plan.unsure],
        "apart": [_doubt(one) for one in plan.apart],
        "different": [
            {
                "row": one.row,
                "id": one.person_id if one.person_id > 0 else None,
                "field": one.field,
                "here": one.here,
                "there": one.there,
            }
            for one in plan.conflicts
        ],
        "skipped": [
            {"file": file, "row": one.row, "why": one.why, "bad": not one.harmless}
            for file, one in plan.skipped
        ],
        "remarks": [{"file": file, "row": row, "text": text} for file, row, text in plan.remarks],
        "kept_columns": dict(left.columns),
        "other_files": left.others,
        "folders": [{"folder": one.file, "why": one.why} for one in left.apart],
        "unread": [{"file": one.file, "why": one.why} for one in left.unread],
    }


def _doubt(one: Unsure) -> dict[str, object]:
    return {"row": one.row, "name": one.name, "people": list(one.people), "why": one.why}
