"""A picture for Graphviz, which lays it out by itself."""

from typing import TextIO

from kinship.formats.svg import mark_of
from kinship.model import picture
from kinship.model.picture import Dot, Picture

BEGINS = b"// Written by kinship.\n"
_SHAPES = {"circle": "ellipse", "square": "box", "diamond": "diamond", "triangle": "hexagon"}


def write(out: TextIO, drawn: Picture, title: str) -> None:
    """A node a person, an edge a tie, and a cluster a community."""
    out.write(BEGINS.decode())
    out.write(
        "graph kinship {\n"
        "  graph [layout=fdp, overlap=prism, splines=true, fontname=Helvetica,"
        f" label={_quoted(title)}];\n"
        '  node [fontname="Helvetica", fontsize=11, style=filled, fillcolor=white, margin=0.05];\n'
    )
    for place, group in enumerate(drawn.groups):
        out.write(f"  subgraph cluster_{place} {{\n    label={_quoted(group.name)};\n")
        out.writelines("  " + _node(dot) for dot in drawn.dots if dot.group == place)
        out.write("  }\n")
    out.writelines(_node(dot) for dot in drawn.dots if dot.group is None)
    at = {dot.person.id: dot for dot in drawn.dots}
    for one, other in drawn.ties:
        width, grey = picture.strength(at[one], at[other])
        out.write(f'  p{one} -- p{other} [penwidth={width}, color="{_long(grey)}"];\n')
    out.write("}\n")


def _node(dot: Dot) -> str:
    shape, colour = mark_of(dot.group)
    thick = round(picture.radius(dot) / 3, 1)
    return (
        f"  p{dot.person.id} [label={_quoted(dot.person.name)}, shape={_SHAPES[shape]},"
        f' color="{_long(colour)}", penwidth={thick}];\n'
    )


def _long(colour: str) -> str:
    """``#999999``: Graphviz knows no short colours."""
    return colour if len(colour) > 4 else "#" + "".join(2 * digit for digit in colour[1:])


def _quoted(text: str) -> str:
    escaped = picture.printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
