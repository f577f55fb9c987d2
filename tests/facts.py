"""What tests say of cards: the fields that hold something."""

from pathlib import Path

from kinship import formats
from kinship.formats import Source
from kinship.model.card import Card, Skipped

FILES = Path(__file__).parent / "files"


def read_file(name: str, file: str) -> list[dict[str, object]]:
    """The records of one of our files, read as that format."""
    source = Source(name=file, data=(FILES / file).read_bytes())
    return [facts(one) for one in formats.read(name, source)]


def read_text(name: str, text: str, **said: object) -> list[dict[str, object]]:
    """The records of a text, read as that format."""
    source = Source(name="x.csv", data=text.encode(), **said)  # type: ignore[arg-type]
    return [facts(one) for one in formats.read(name, source)]


def facts(one: Card | Skipped) -> dict[str, object]:
    """The fields that hold something, where somebody is reached as kind, text and label."""
    if isinstance(one, Skipped):
        return {"skipped": one.why, "row": one.row}
    said: dict[str, object] = {key: value for key, value in one._asdict().items() if value}
    if one.reaches:
        said["reaches"] = [f"{r.kind or 'link'} {r.text} {r.label}".strip() for r in one.reaches]
    if one.extras:
        said["extras"] = {extra.name: extra.value for extra in one.extras}
    if one.known == "known":
        del said["known"]
    return said
