"""What moves the clock, and when each kind appears: the tables of docs/rules.md, row by row."""

import json
import shlex
from typing import NamedTuple

import pytest

from conftest import TODAY, Program

MET = "2026-05-18"
FOREVER = "2031-05-21"


def due(kin: Program, day: str) -> dict[str, str]:
    """What is due on that day: kind to TODAY or OVERDUE; what is only coming is left out."""
    report = json.loads(kin("due", "--json", today=day))
    items = [i for i in report["items"] if i["when"] != "coming"]
    people = {item["person"]["id"] for item in items}
    assert report["counts"]["overdue"] + report["counts"]["today"] == len(people)
    found = {item["kind"]: item["when"] for item in items}
    assert len(found) == len(items), "a kind shows twice"
    return found


class State(NamedTuple):
    """Where a person stands: the columns of the table. None is closed, or none."""

    last: str | None
    hello: str | None
    promise: str | None
    connect: str | None


def state(kin: Program) -> State:
    (ada,) = json.loads(kin("list", "name:ada", "--json"))
    coming = json.loads(kin("due", "--json", "--ahead", "60d"))["items"]
    on = {item["kind"]: item["due_on"] for item in coming if item["name"] == "Ada Lovelace"}
    return State(ada["last_on"], on.get("keep"), on.get("promise"), on.get("connect"))


BEFORE = State(MET, "2026-05-25", TODAY, "2026-05-19")


@pytest.fixture
def ada(kin: Program) -> None:
    """Met on Monday, to be greeted weekly, a promise for today, not connected on LinkedIn.

    Charles is there to be introduced to.
    """
    kin("add", "Charles", "Babbage", today=MET)
    kin("add", "Ada", "Lovelace", "--met", "linkedin:adal", "keep:weekly", today=MET)
    kin("remind", "ada", TODAY, "send the paper", today=MET)
    assert state(kin) == BEFORE


MOVES = [
    ("log ada lunch", State(TODAY, "2026-05-27", TODAY, "2026-05-19")),
    ("log ada --met lunch", State(TODAY, "2026-05-27", TODAY, "2026-05-21")),
    ("log ada --from-me wrote", State(TODAY, "2026-05-27", TODAY, "2026-05-19")),
    ("log ada yesterday: lunch", State("2026-05-19", "2026-05-26", TODAY, "2026-05-19")),
    ("log ada --on 2026-05-18 lunch", BEFORE),
    ("log ada --on 2026-05-17 lunch", BEFORE),
    ("log ada --on 2020-02-29 lunch", BEFORE),
    ("log ada --met --on 2026-05-02 lunch", BEFORE),
    ("gave ada proof-read the paper", State(TODAY, "2026-05-27", TODAY, "2026-05-19")),
    ("got ada read two drafts", State(TODAY, "2026-05-27", TODAY, "2026-05-19")),
    ("gave ada yesterday: a lift", State("2026-05-19", "2026-05-26", TODAY, "2026-05-19")),
    ("got ada --on 2026-05-17 a lift", BEFORE),
    ("intro ada charles", State(TODAY, "2026-05-27", TODAY, "2026-05-19")),
    ("intro charles ada --on yesterday", State("2026-05-19", "2026-05-26", TODAY, "2026-05-19")),
    ("intro ada charles --asking", BEFORE),
    ("add Ada Lovelace --same --met", State(TODAY, "2026-05-27", TODAY, "2026-05-21")),
    ("add Ada Lovelace --same --on 2026-05-01", BEFORE),
    ("add Ada Lovelace --same", BEFORE),
    ("done ada", State(TODAY, "2026-05-27", None, None)),
    ("done ada sent it", State(TODAY, "2026-05-27", None, None)),
    ("done ada --on yesterday", State("2026-05-19", "2026-05-26", None, None)),
    ("done ada --on 2026-05-10", State(MET, "2026-05-25", None, None)),
    ("done ada --via phone", State(TODAY, "2026-05-27", None, None)),
    ("done ada --via linkedin", State(TODAY, "2026-05-27", None, None)),
    ("done ada --no-log", State(MET, "2026-05-25", None, None)),
    ("done ada --drop", State(MET, "2026-05-25", None, None)),
    ("done ada --only paper", State(TODAY, "2026-05-27", None, "2026-05-19")),
    ("done ada --only paper --no-log", State(MET, "2026-05-25", None, "2026-05-19")),
    ("done ada --only connect --no-log", State(MET, "2026-05-25", TODAY, None)),
    ("snooze ada 2026-05-28", State(MET, "2026-05-28", "2026-05-28", "2026-05-28")),
    ("snooze ada", State(MET, "2026-05-25", "2026-05-23", "2026-05-23")),
    ("snooze ada 2026-05-28 --only paper", State(MET, "2026-05-25", "2026-05-28", "2026-05-19")),
    ("snooze ada 2026-05-28 --only connect", State(MET, "2026-05-25", TODAY, "2026-05-28")),
    ("snooze --all 2026-05-28", State(MET, "2026-05-28", "2026-05-28", "2026-05-28")),
    ("note ada likes horses", BEFORE),
    ("edit ada --city London", BEFORE),
    ("connect ada linkedin", State(MET, "2026-05-25", TODAY, None)),
    ("connect ada mastodon:@ada@fosstodon.org", State(MET, "2026-05-25", TODAY, None)),
    ("connect ada --never", State(MET, "2026-05-25", TODAY, None)),
    ("connect ada linkedin --sent", State(MET, "2026-05-25", TODAY, "2026-05-27")),
    ("keep ada monthly", State(MET, "2026-06-18", TODAY, "2026-05-19")),
    ("keep ada close", State(MET, "2026-06-18", TODAY, "2026-05-19")),
    ("keep ada off", State(MET, None, TODAY, "2026-05-19")),
]


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(("command", "after"), MOVES, ids=[command for command, _ in MOVES])
def test_a_command_moves_what_the_table_says_and_undo_moves_it_back(
    kin: Program, command: str, after: State
) -> None:
    kin(*command.split())
    assert state(kin) == after
    kin("undo")
    assert state(kin) == BEFORE
    kin("redo")
    assert state(kin) == after


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    "command",
    [
        "log ada lunch",
        "add Ada Lovelace --same --met",
    ],
)
def test_a_promise_that_stays_open_is_mentioned(kin: Program, command: str) -> None:
    assert "send the paper" in kin(*command.split())


@pytest.mark.usefixtures("ada")
def test_done_prints_each_promise_it_closes(kin: Program) -> None:
    kin("remind", "ada", "2026-05-20", "call Charles")
    said = kin("done", "ada", "--all")
    assert "Done: send the paper" in said
    assert "Done: call Charles" in said
    assert state(kin).promise is None


def _linkedin(kin: Program) -> str:
    (channel,) = json.loads(kin("show", "ada", "--json"))["channels"]
    return str(channel["state"])


@pytest.mark.usefixtures("ada")
def test_done_marks_a_channel_connected_only_when_it_was_named(kin: Program) -> None:
    assert _linkedin(kin) == "known"
    assert "no channel was marked connected" in kin("done", "ada")
    assert _linkedin(kin) == "known"
    kin("undo")
    assert "Connected with Ada Lovelace on LinkedIn" in kin("done", "ada", "--via", "linkedin")
    assert _linkedin(kin) == "connected"


@pytest.mark.usefixtures("ada")
def test_a_nudge_that_was_closed_comes_back_with_the_next_meeting(kin: Program) -> None:
    kin("done", "ada")
    assert "connect" not in due(kin, "2026-05-22")
    kin("log", "ada", "--met", "lunch", today="2026-06-01")
    assert due(kin, "2026-06-02")["connect"] == "today"


@pytest.mark.usefixtures("ada")
def test_never_means_never_even_after_another_meeting(kin: Program) -> None:
    kin("connect", "ada", "--never")
    kin("log", "ada", "--met", "lunch")
    assert "connect" not in due(kin, "2026-05-22")


def test_an_old_request_does_not_hide_a_new_meeting(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "li:ada", today="2026-01-01")
    kin("connect", "ada", "linkedin", "--sent", today="2026-01-01")
    kin("add", "Ada", "Lovelace", "--same", "--met")
    assert due(kin, "2026-05-21")["connect"] == "today"


def test_done_on_a_day_before_their_message_settles_it_too(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "--birthday", "1815-05-20")
    kin("log", "ada", "--from-them", "hello", "--on", "2026-05-11")
    said = kin("done", "ada", "--on", "2026-05-10")
    assert "Done: reply" in said
    assert "Done: happy birthday" in said
    assert due(kin, TODAY) == {}


# Which follow-up done closes


def _promises(kin: Program) -> list[str]:
    items = json.loads(kin("due", "--json", "--only", "promise", "--ahead", "60d"))["items"]
    return [str(item["what"]).lower() for item in items]


NEAREST = [
    ("the one that is due", {"a": TODAY, "b": "2026-05-21"}, ["b"]),
    ("the one that is late", {"a": "2026-05-19", "b": "2026-05-21"}, ["b"]),
    ("the nearest within a week", {"b": "2026-05-27", "a": "2026-05-26"}, ["b"]),
    ("the seventh day", {"a": "2026-05-27"}, []),
    ("not the eighth", {"a": "2026-05-28"}, ["a"]),
]


@pytest.mark.parametrize(
    ("follow_ups", "left"), [c[1:] for c in NEAREST], ids=[c[0] for c in NEAREST]
)
def test_done_closes_the_follow_up_that_is_due_or_the_nearest_within_a_week(
    kin: Program, follow_ups: dict[str, str], left: list[str]
) -> None:
    kin("add", "Ada", "Lovelace", today="2026-05-01")
    for text, day in follow_ups.items():
        kin("remind", "ada", day, text, today="2026-05-01")
    kin("done", "ada")
    assert _promises(kin) == left


def test_done_leaves_a_coming_promise_where_a_hello_was_due(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "keep:weekly", today="2026-05-01")
    kin("remind", "ada", "2026-05-22", "send the paper", today="2026-05-01")
    kin("done", "ada")
    assert _promises(kin) == ["send the paper"]


@pytest.mark.usefixtures("ada")
def test_with_several_due_done_lists_them_and_writes_nothing(kin: Program) -> None:
    kin("remind", "ada", TODAY, "call Charles")
    refused = kin("done", "ada", exit_code=4)
    assert refused == ""
    assert 'kinship done ada --only "send the paper"' in refused.err
    assert 'kinship done ada --only "call Charles"' in refused.err
    assert "kinship done ada --all" in refused.err
    assert _promises(kin) == ["send the paper", "call charles"]
    assert state(kin).last == MET
    kin("done", "ada", "--only", "call Charles")
    assert _promises(kin) == ["send the paper"]


@pytest.mark.usefixtures("ada")
def test_done_only_with_words_that_nothing_says_writes_nothing(kin: Program) -> None:
    assert "nothing open" in kin("done", "ada", "--only", "zebra", exit_code=3).err
    assert state(kin) == BEFORE


# When each kind appears

PROMISE = ["add Ada Lovelace", "remind ada 2026-05-25 call"]
REPLY = ["add Ada Lovelace", "log ada --from-them hello"]
CONNECT = ["add Ada Lovelace --met"]
EMAILED = "add Ada Lovelace --met ada@engine.example"
BIRTHDAY = ["add Ada Lovelace --birthday 1815-05-25"]

CALL = ["add Ada Lovelace", "rally start Childcare", "rally ask ada"]
INTRO = ["add Ada Lovelace", "add Joan Clarke", "intro ada joan"]
ASKING = [*INTRO[:2], "intro ada joan --asking"]
FOR_ADA = ["add Ada Lovelace", "rally start Childcare --for ada --until 2026-05-25"]


def _keep(every: str) -> list[str]:
    return ["add Ada Lovelace", f"keep ada {every}", "log ada lunch"]


TIMES: list[tuple[str, list[str], dict[str, str | None]]] = [
    ("promise", PROMISE, {
        "2026-05-24": None, "2026-05-25": "today", "2026-05-26": "overdue", FOREVER: "overdue"}),
    ("reply", REPLY, {
        TODAY: None, "2026-05-21": None, "2026-05-22": "today", "2026-05-26": "today",
        "2026-05-27": "overdue", FOREVER: "overdue"}),
    ("reply", [*REPLY, "log ada --from-me hello"], {"2026-05-22": None, "2026-05-27": None}),
    ("reply", [*REPLY, "log ada hello"], {"2026-05-22": None}),
    ("reply", [*REPLY, "done ada"], {"2026-05-22": None}),
    ("reply", [*REPLY, "log ada --on 2026-05-19 earlier"], {"2026-05-22": "today"}),
    ("reply", [*REPLY, "log ada --from-them again --on 2026-05-18"], {TODAY: "today"}),
    ("connect", CONNECT, {
        TODAY: None, "2026-05-21": "today", "2026-05-22": "today", "2026-05-23": "overdue",
        "2026-06-03": "overdue", "2026-06-04": None}),
    ("connect", [EMAILED], {"2026-05-21": "today", "2026-05-23": "overdue"}),
    ("connect", [EMAILED, "log ada --via email thanks"], {"2026-05-21": None}),
    ("connect", [EMAILED, "log ada --from-them hello"], {"2026-05-21": "today"}),
    ("connect", [EMAILED, "done ada"], {"2026-05-21": None}),
    ("connect", [EMAILED, "remind ada 2d"], {"2026-05-21": None, "2026-05-22": None}),
    ("connect", [EMAILED, "remind ada 2d", "undo"], {"2026-05-21": "today"}),
    ("connect", [*CONNECT, "done ada"], {"2026-05-21": None}),
    ("connect", [*CONNECT, "snooze ada 3d", "done ada"], {"2026-05-23": None}),
    ("connect", ["add Ada Lovelace --met li:ada due:2d", "done ada"], {
        "2026-05-21": None, "2026-05-22": None, "2026-05-23": None}),
    ("connect", ["add Ada Lovelace --heard", "log ada --met"], {"2026-05-21": "today"}),
    ("birthday", ["add Ada Lovelace --heard --birthday 1815-05-25", "log ada --met"], {
        "2026-05-25": "today"}),
    ("birthday", ["add Ada Lovelace --heard --birthday 1815-05-25", "log ada --from-me hello"], {
        "2026-05-25": None}),
    ("connect", ["add Ada Lovelace --met li:ada ada@engine.example"], {"2026-05-21": "today"}),
    ("connect", ["add Ada Lovelace --met li:ada --connected"], {"2026-05-21": None}),
    ("connect", ["add Ada Lovelace li:ada"], {"2026-05-21": None, "2026-05-23": None}),
    ("connect", ["add Ada Lovelace --online li:ada"], {"2026-05-21": None}),
    ("connect", ["add Ada Lovelace --heard"], {"2026-05-21": None}),
    ("connect", [*CONNECT, "connect ada linkedin --sent"], {
        "2026-05-26": None, "2026-05-27": "today", "2026-05-28": "today",
        "2026-05-29": "overdue", "2026-06-10": "overdue", "2026-06-11": None}),
    ("birthday", BIRTHDAY, {
        "2026-05-24": None, "2026-05-25": "today", "2026-05-26": "overdue",
        "2026-05-28": "overdue", "2026-05-29": None, "2027-05-25": "today"}),
    ("birthday", ["add Ada Lovelace --birthday 2000-02-29"], {
        "2027-02-27": None, "2027-02-28": "today", "2027-03-01": "overdue",
        "2027-03-03": "overdue", "2027-03-04": None,
        "2028-02-28": None, "2028-02-29": "today", "2028-03-03": "overdue", "2028-03-04": None}),
    ("birthday", ["add Ada Lovelace --birthday 2000-12-31"], {
        "2026-12-31": "today", "2027-01-03": "overdue", "2027-01-04": None}),
    ("birthday", ["add Ada Lovelace --heard --birthday 1815-05-25"], {"2026-05-25": None}),
    ("keep", _keep("weekly"), {
        "2026-05-26": None, "2026-05-27": "today", "2026-05-30": "today",
        "2026-05-31": "overdue", FOREVER: "overdue"}),
    ("keep", _keep("fortnightly"), {
        "2026-06-02": None, "2026-06-03": "today", "2026-06-09": "today", "2026-06-10": "overdue"}),
    ("keep", _keep("10d"), {
        "2026-05-29": None, "2026-05-30": "today", "2026-06-03": "today", "2026-06-04": "overdue"}),
    ("keep", _keep("monthly"), {
        "2026-06-19": None, "2026-06-20": "today", "2026-07-04": "today", "2026-07-05": "overdue"}),
    ("keep", _keep("quarterly"), {
        "2026-08-19": None, "2026-08-20": "today", "2026-10-04": "today", "2026-10-05": "overdue"}),
    ("keep", _keep("yearly"), {
        "2027-05-19": None, "2027-05-20": "today", "2027-11-19": "today", "2027-11-20": "overdue"}),
    ("keep", _keep("close"), {"2026-06-19": None, "2026-06-20": "today"}),
    ("keep", _keep("off"), {FOREVER: None}),
    ("keep", ["add Ada Lovelace", "keep ada weekly"], {
        "2026-05-26": None, "2026-05-27": "today", "2026-05-31": "overdue"}),
    ("keep", [*_keep("monthly"), "log ada --on 2026-01-31 lunch"], {
        "2026-06-19": None, "2026-06-20": "today"}),
    ("keep", ["add Ada Lovelace", "keep ada monthly", "log ada --on 2026-01-31 lunch"], {
        "2026-05-20": "overdue"}),
    ("keep", [*_keep("weekly"), "snooze ada 2026-06-10"], {
        "2026-06-09": None, "2026-06-10": "today", "2026-06-11": "overdue"}),
    ("keep", [*_keep("weekly"), "keep --circle close 5w", "keep ada close"], {
        "2026-06-23": None, "2026-06-24": "today"}),
    ("intro", INTRO, {
        "2026-06-02": None, "2026-06-03": "today", "2026-06-09": "today",
        "2026-06-10": "overdue", "2026-07-19": "overdue", "2026-07-20": None}),
    ("intro", ASKING, {
        "2026-05-26": None, "2026-05-27": "today", "2026-06-02": "today",
        "2026-06-03": "overdue", "2026-07-19": "overdue", "2026-07-20": None}),
    ("intro", [*ASKING, "intro joan ada"], {"2026-05-27": None, "2026-06-03": "today"}),
    ("intro", [*INTRO, "snooze ada 2026-06-12"], {
        "2026-06-11": None, "2026-06-12": "today", "2026-06-13": "overdue"}),
    ("intro", [*INTRO, "snooze ada 2026-07-30"], {
        "2026-07-30": "today", "2026-08-13": "overdue", "2026-08-14": None}),
    ("intro", [*ASKING, "snooze ada 2026-06-12", "intro ada joan"], {
        "2026-06-02": None, "2026-06-03": "today", "2026-06-09": "today"}),
    ("intro", [*INTRO, "intro ada joan --landed"], {"2026-06-03": None}),
    ("intro", [*INTRO, "intro joan ada --not"], {"2026-06-03": None}),
    ("intro", [*INTRO, "edit joan --archive"], {"2026-06-03": None}),
    ("intro", [*INTRO, "edit ada --archive"], {"2026-06-03": None}),
    ("intro", [*INTRO, "log ada lunch", "done ada"], {"2026-06-03": "today"}),
    ("reply", [*REPLY, "gave ada a lift"], {"2026-05-22": "today"}),
    ("reply", [*REPLY, "add Joan Clarke", "intro ada joan"], {"2026-05-22": None}),
    ("birthday", ["add Ada Lovelace --birthday 1815-05-19", "gave ada a lift"], {TODAY: None}),
    ("birthday", ["add Ada Lovelace --birthday 1815-05-19", "got ada a lift"], {
        TODAY: "overdue"}),
    ("rally", CALL, {
        "2026-05-22": None, "2026-05-23": "today", "2026-05-26": "today",
        "2026-05-27": "overdue", FOREVER: "overdue"}),
    ("rally", [*CALL, "rally pledge ada cake"], {"2026-05-23": None, FOREVER: None}),
    ("rally", [*CALL, "rally cannot ada"], {"2026-05-23": None, FOREVER: None}),
    ("rally", [*CALL, "rally close"], {"2026-05-23": None, FOREVER: None}),
    ("rally", [*CALL, "snooze ada 2026-06-10"], {
        "2026-06-09": None, "2026-06-10": "today", "2026-06-11": "overdue"}),
    ("rally", [*CALL, "rally pledge ada cake --until 2026-05-25"], {
        "2026-05-25": None, "2026-05-26": "today", "2026-05-31": "today",
        "2026-06-01": "overdue", FOREVER: "overdue"}),
    ("rally", [*FOR_ADA, "rally pledge me cake"], {
        "2026-05-24": None, "2026-05-25": "today", "2026-05-26": "overdue", FOREVER: "overdue"}),
    ("rally", [*FOR_ADA, "rally pledge me cake", "rally kept me"], {FOREVER: None}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "commands", "days"), TIMES, ids=[f"{kind}: {said[-1]}" for kind, said, _ in TIMES]
)
def test_a_kind_appears_turns_late_and_leaves_on_its_days(
    kin: Program, kind: str, commands: list[str], days: dict[str, str | None]
) -> None:
    for command in commands:
        kin(*command.split())
    assert {day: due(kin, day).get(kind) for day in days} == days


def test_a_connect_that_left_after_two_weeks_stays_in_the_queue(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "--met")
    assert "Ada Lovelace" in kin("connect", today="2026-06-03")
    assert "Ada Lovelace" not in kin("connect", today="2026-06-04")
    assert "Ada Lovelace" in kin("connect", "--all", today="2026-06-04")


def test_a_belated_birthday_leaves_once_you_reached_them(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "--birthday", "25 may")
    kin("done", "ada", "happy birthday", today="2026-05-26")
    assert due(kin, "2026-05-26") == {}
    assert due(kin, "2027-05-25") == {"birthday": "today"}


def test_words_of_theirs_do_not_settle_a_birthday(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "--birthday", "25 may")
    kin("log", "ada", "--from-them", "thanks for nothing", today="2026-05-25")
    assert due(kin, "2026-05-26") == {"birthday": "overdue"}


def test_a_birthday_is_not_snoozed_with_everybody_but_alone(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "--birthday", "25 may", "keep:weekly")
    kin("snooze", "--all", "2026-06-10", today="2026-05-25")
    assert due(kin, "2026-05-25") == {"birthday": "today"}
    kin("snooze", "ada", "2026-05-27", today="2026-05-25")
    assert due(kin, "2026-05-26") == {}
    assert due(kin, "2026-05-27") == {"birthday": "overdue"}


def test_promises_come_before_politeness_within_a_section(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "--met", "keep:2d", "--birthday", "22 may")
    kin("log", "ada", "--from-them", "hello")
    kin("remind", "ada", "2026-05-22", "call")
    items = json.loads(kin("due", "--json", today="2026-05-22"))["items"]
    kinds = [item["kind"] for item in items if item["when"] == "today"]
    assert kinds == ["promise", "reply", "connect", "birthday", "keep"]


@pytest.mark.parametrize(
    "command",
    [
        *("log ada lunch", "done ada", "add Ada Lovelace --same --met"),
        *("gave ada lunch", "got ada lunch"),
    ],
)
def test_a_contact_ends_a_snooze(kin: Program, command: str) -> None:
    kin("add", "Ada", "Lovelace", "keep:weekly")
    kin("snooze", "ada", "2026-06-30")
    kin(*command.split())
    assert due(kin, "2026-05-27")["keep"] == "today"


def test_an_older_contact_leaves_a_snooze(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "keep:weekly")
    kin("log", "ada", "lunch")
    kin("snooze", "ada", "2026-06-30")
    kin("add", "Ada", "Lovelace", "--same", "--on", "2026-05-01")
    kin("log", "ada", "--on", "2026-05-19", "coffee")
    assert "keep" not in due(kin, "2026-06-29")
    assert due(kin, "2026-06-30")["keep"] == "today"


def test_done_all_with_nothing_due_closes_the_nearest_too(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    kin("remind", "ada", "2026-05-22", "send the paper")
    kin("remind", "ada", "2026-05-23", "call Charles")
    kin("done", "ada", "--all")
    assert _promises(kin) == ["call charles"]


def test_words_of_theirs_from_some_year_ask_for_no_reply(kin: Program) -> None:
    kin("add", "Bo", "Ek", "--met", "--since", "2019")
    kin("edit", "#1", "--from-them")
    assert "nothing due" in kin("due")
    kin("edit", "#1", "--on", "2026-05-10")
    assert "Reply" in kin("due")


def test_the_last_day_there_is_can_be_explained(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    kin("remind", "ada", "9999-12-31", "count the years")
    said = kin("due", "ada", "--explain", "--ahead", "9999-12-31", today="9900-12-01")
    assert "count the years" in said


def test_being_late_never_piles_up(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "keep:weekly")
    kin("done", "ada", today="2026-09-01")
    assert due(kin, "2026-09-07") == {}
    assert due(kin, "2026-09-08") == {"keep": "today"}


def test_the_words_that_choose_a_promise_choose_one(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    kin("remind", "ada", TODAY, "send the big red book")
    kin("remind", "ada", TODAY, "send the big red car")
    kin("remind", "ada", TODAY, "send")
    offered = [
        shlex.split(line)[1:] for line in kin("done", "ada", exit_code=4).err.splitlines()[1:4]
    ]
    assert [words[-1] for words in offered] == ["book", "car", "#3"]
    assert (
        'promises to Ada Lovelace say "red"' in kin("done", "ada", "--only", "red", exit_code=4).err
    )
    for words in offered:
        kin(*words)
        kin("undo")
    assert len(_promises(kin)) == 3


def test_what_is_still_open_comes_with_a_command_that_closes_it(kin: Program) -> None:
    kin("add", "Robert", "keep:monthly")
    kin("remind", "robert", "2026-06-30", "send the map")
    kin("remind", "robert", "first monday", "--every", "month", "call about the boat")
    assert "Still open" not in kin("log", "robert", "lunch")
    assert "Still open" not in kin("done", "robert", today="2026-06-01")
    kin("remind", "robert", "2026-06-04", "book a table", today="2026-06-01")
    kin("remind", "robert", "2026-06-05", "book a room", today="2026-06-01")
    said = kin("log", "robert", "lunch", today="2026-06-01").splitlines()
    commands = [shlex.split(line.split("   ")[-1])[1:] for line in said if "Still open" in line]
    assert len(commands) == 2
    for words, closed in zip(commands, ("book a table", "book a room"), strict=True):
        assert f"Done: {closed}" in kin(*words, today="2026-06-01")


def test_only_means_the_exact_text_before_a_part_of_others(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "--met", "@ada@math.example")
    for text in ("review", "review two"):
        kin("remind", "ada", TODAY, text)
    said = kin("done", "ada", "--only", "review")
    assert "Done: review\n" in said
    assert "two" not in said.split("Logged")[0]
    assert "kinship connect ada mastodon" in kin("done", "ada")


def test_a_hello_that_was_planned_is_mentioned_too(kin: Program) -> None:
    kin("add", "Mary", "Somerville", "--at", "PyCon", "mary@rse.example", "due:2d")
    kin("remind", "mary", "3d", "send the book")
    said = [line for line in kin("log", "mary", "lunch").splitlines() if "Still open" in line]
    commands = [shlex.split(line.split("   ")[-1])[1:] for line in said]
    for words, closed in zip(commands, ("say hello", "send the book"), strict=True):
        assert f"Done: {closed}" in kin(*words)


def test_people_in_a_row_are_all_asked_for(kin: Program) -> None:
    for name in ("Ada", "Grace", "Mary"):
        kin("add", name, "due:today")
    assert len(json.loads(kin("due", "ada", "grace", "--json"))["items"]) == 2
    assert 'nobody is called "xyz"' in kin("due", "ada", "xyz", exit_code=3).err
    assert "has the number" in kin("show", "99", exit_code=3).err


def test_done_says_of_the_nudge_what_it_was(kin: Program) -> None:
    kin("add", "Eve", "--met", "eve@mail.example")
    assert kin("done", "eve").startswith("Done: hello, now that you have met\n")
    kin("undo")
    assert "Dropped: the nudge to connect with Eve." in kin("done", "eve", "--drop")
