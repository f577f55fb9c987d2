"""``ask`` without a topic: what you can ask about, and who to ask first."""

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.render.shapes import Column, Span, Table, line
from kinship.services import asking
from kinship.services import people as finding
from kinship.services.asking import TopicRow

_SHOWN = 10
_THIN = 50


def show(kin: Kin, *, thin: bool, everything: bool) -> None:
    """The topics that most people know about; with ``thin`` those of one person only."""
    most = kin.view.limit
    if most is None and not everything and kin.view.terminal and kin.view.format is None:
        most = _THIN if thin else _SHOWN
    rows, every, alone = asking.topics(kin.db, kin.today, most=most, thin=thin)
    in_rows = kin.view.format not in (None, "table", "plain")
    known = {p.id: p for row in rows for p in row.first} if in_rows else {}
    refs = finding.refs(kin.db, known.values())
    who = Column[TopicRow](
        "first",
        "ONLY" if thin else "ASK FIRST",
        lambda row: ", ".join(p.name for p in row.first),
        least=10,
        rank=1,
    )
    many = Column[TopicRow]("people", "PEOPLE", lambda row: str(row.people), align_right=True)
    kin.show(
        Table(
            rows,
            [
                Column("topic", "TOPIC", lambda row: Span(row.topic, "name")),
                *([] if thin else [many]),
                who,
            ],
            lambda row: {
                "topic": row.topic,
                "people": row.people,
                "first": [views.brief(p, refs) for p in row.first],
            },
            counted=_counted(kin, len(rows), every, alone, thin=thin),
            empty=(
                line("Every topic has several people." if every else "No topics yet."),
                line(
                    "  Who knows about what: ", Span(kin.cmd("edit WHO --about TOPIC"), "command")
                ),
            ),
            fields=("topic", "people", "first"),
            paged=True,
        )
    )


def _counted(kin: Kin, shown: int, every: int, alone: int, *, thin: bool) -> str:
    if not shown:
        return ""
    if thin:
        said = f"{views.counted(alone, 'topic')} with only one person"
        return f"{shown} of {said}: {kin.cmd('ask --thin --all')}" if shown < alone else said
    said = views.counted(every, "topic")
    cut = shown < every
    said = f"{shown} of {said}: {kin.cmd('ask --all')}" if cut else said
    if not alone:
        return said
    then = "\n" if cut else "; "
    return f"{said}{then}{alone} with only one person: {kin.cmd('ask --thin')}"
