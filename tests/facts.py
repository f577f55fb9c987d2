"""What a test says of a card: the fields that hold something."""

from kinship.model.card import Card, Skipped


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
