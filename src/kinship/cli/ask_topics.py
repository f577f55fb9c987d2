"""``ask`` without a topic: what you can ask about, and who to ask first."""

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.render.shapes import Column, Span, Table, line
from kinship.services import asking
from kinship.services import people as finding
from kinship.services.asking import TopicRow

_SHOWN = 10


def show(kin: Kin, *, thin: bool, everything: bool) -> None:
    """The topics that most people know about; with ``thin`` those of one person only."""
    most = kin.view.limit
    if most is None and not everything and kin.view.terminal and kin.view.format is None:
        most = _SHOWN
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
                "first": [{"id": p.id, "ref": refs[p.id], "name": p.name} for p in row.first],
            },
            counted=_counted(kin, len(rows), alone if thin else every, 0 if thin else alone),
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


def _counted(kin: Kin, shown: int, every: int, alone: int) -> str:
    if not shown:
        return ""
    said = views.counted(every, "topic")
    if shown < every:
        said = f"the first {shown} of {said}: {kin.cmd('ask --all')}"
    return said + (f"; {alone} with only one person: {kin.cmd('ask --thin')}" if alone else "")
