"""A picture as SVG, alone or in a page of HTML: no scripts, no links, nothing to fetch."""

from collections.abc import Iterator
from typing import TextIO
from xml.sax.saxutils import escape

from kinship.model import picture
from kinship.model.picture import SIZE, TITLE_SIZE, Dot, Picture

BEGINS = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- Written by kinship. -->\n'
PAGE_BEGINS = b"<!DOCTYPE html>\n<!-- Written by kinship. -->\n"
SHAPES = ("circle", "square", "diamond", "triangle")
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
"""Of Okabe and Ito: told apart by colour-blind readers too."""
GREY = "#999"

_HEAD = 58.0
_NARROWEST = 420.0
_ROW = 18.0
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    f"text{{font:{SIZE}px Arial,Helvetica,'DejaVu Sans',sans-serif;fill:#111;"
    "paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
    f".g{{font-size:{TITLE_SIZE}px;font-weight:bold}}.h{{font-size:16px;font-weight:bold}}"
    ".p{stroke:#333;stroke-width:1}.t line{stroke-linecap:round}"
)
_CAPTION = "A larger dot: you talked lately. A thicker line: with both of them."


def mark_of(group: int | None) -> tuple[str, str]:
    """The shape and the colour of a group; no two groups of a picture have both alike."""
    if group is None:
        return SHAPES[0], GREY
    return SHAPES[group % len(SHAPES)], COLOURS[group % len(COLOURS)]


def write(out: TextIO, drawn: Picture, title: str) -> None:
    """The picture as a file of its own."""
    out.write(BEGINS.decode())
    out.writelines(_svg(drawn, title, _STYLE))


def write_page(out: TextIO, drawn: Picture, title: str) -> None:
    """The picture in a page that shows whose ties are whose, and says all of it in words too."""
    said = escape(title)
    hover = "".join(
        f"svg:has(#p{n}:hover) .p{n}{{stroke:#D55E00;stroke-width:3px}}"
        for n in (dot.person.id for dot in drawn.dots)
    )
    out.write(PAGE_BEGINS.decode())
    out.write(
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{said}</title>\n<style>body{{margin:1em;font:16px/1.4 sans-serif;color:#111;"
        "background:#fff}.m{overflow:auto}g:hover>text{font-weight:bold}"
        f"{hover}</style>\n</head>\n<body>\n"
        '<div class="m">\n'
    )
    out.writelines(_svg(drawn, title, _STYLE))
    out.write("</div>\n")
    out.writelines(_in_words(drawn))
    out.write("</body>\n</html>\n")


def _svg(drawn: Picture, title: str, style: str) -> Iterator[str]:
    width = max(drawn.width, _NARROWEST)
    legend, below = _legend(drawn, width)
    height = below + drawn.height
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-labelledby="title">\n'
        f'<title id="title">{escape(title)}</title>\n<style>{style}</style>\n'
        '<rect width="100%" height="100%" fill="#fff"/>\n'
        f'<text class="h" x="24" y="30">{escape(title)}</text>\n'
        f'<text x="24" y="48">{_CAPTION}</text>\n'
    )
    yield from legend
    yield f'<g transform="translate({(width - drawn.width) / 2:.1f} {below:.1f})">\n'
    yield from _ties(drawn)
    for dot in drawn.dots:
        yield from _person(dot)
    for group in drawn.groups:
        x, y = group.x, group.y + TITLE_SIZE * 0.35
        name = escape(picture.title(group))
        yield f'<text class="g" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{name}</text>\n'
    yield "</g>\n</svg>\n"


def _legend(drawn: Picture, width: float) -> tuple[list[str], float]:
    """The marks and the names of the groups in rows, and where they end."""
    several: list[tuple[int | None, str]] = [
        (n, picture.title(g)) for n, g in enumerate(drawn.groups)
    ]
    if any(dot.group is None for dot in drawn.dots):
        several.append((None, "others" if several else "people"))
    x, y, lines = 30.0, _HEAD + _ROW / 2, []
    for group, said in several:
        wide = picture.text_width(said, SIZE) + 34
        if x > 30 and x + wide > width:
            x, y = 30.0, y + _ROW
        lines.append(f'<g class="p">{_mark(group, x, y, 6)}</g>')
        lines.append(f'<text x="{x + 12:.1f}" y="{y + 4:.1f}">{escape(said)}</text>\n')
        x += wide
    return lines, y + _ROW


def _ties(drawn: Picture) -> Iterator[str]:
    at = {dot.person.id: dot for dot in drawn.dots}
    yield '<g class="t">\n'
    for one, other in drawn.ties:
        a, b = at[one], at[other]
        width, grey = picture.strength(a, b)
        yield (
            f'<line class="p{one} p{other}" x1="{a.x:.1f}" y1="{a.y:.1f}" x2="{b.x:.1f}"'
            f' y2="{b.y:.1f}" stroke="{grey}" stroke-width="{width}"/>\n'
        )
    yield "</g>\n"


def _person(dot: Dot) -> Iterator[str]:
    radius = picture.radius(dot)
    name, whole = picture.label(dot.person.name), picture.printable(dot.person.name)
    x = picture.box(dot)[2] - picture.text_width(name, SIZE)
    yield (
        f'<g id="p{dot.person.id}"><title>{escape(whole)}</title>'
        f'<g class="p">{_mark(dot.group, dot.x, dot.y, radius)}</g>'
        f'<text x="{x:.1f}" y="{dot.y + SIZE * 0.36:.1f}">{escape(name)}</text></g>\n'
    )


def _mark(group: int | None, x: float, y: float, radius: float) -> str:
    """A dot: of one area in every shape, as far as the eye tells."""
    shape, colour = mark_of(group)
    r = radius
    corners: tuple[tuple[float, float], ...]
    match shape:
        case "circle":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="{colour}"/>'
        case "square":
            s = r * 0.9
            corners = ((-s, -s), (s, -s), (s, s), (-s, s))
        case "diamond":
            corners = ((0, -r * 1.2), (r * 1.2, 0), (0, r * 1.2), (-r * 1.2, 0))
        case _:
            corners = ((0, -r * 1.15), (r * 1.1, r * 0.85), (-r * 1.1, r * 0.85))
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def _in_words(drawn: Picture) -> Iterator[str]:
    """Every group with its people, and whom each of them knows."""
    called = {dot.person.id: picture.printable(dot.person.name) for dot in drawn.dots}
    known: dict[int, list[str]] = {}
    for one, other in drawn.ties:
        known.setdefault(one, []).append(called[other])
        known.setdefault(other, []).append(called[one])
    rest = "Others" if drawn.groups else "People"
    for place, name in [*enumerate(g.name for g in drawn.groups), (None, rest)]:
        own = [dot for dot in drawn.dots if dot.group == place]
        if not own:
            continue
        yield f"<h2>{escape(picture.printable(name))}</h2>\n<ul>\n"
        for number in sorted((dot.person.id for dot in own), key=lambda n: called[n].casefold()):
            knows = ", ".join(sorted(known.get(number, []), key=str.casefold))
            said = f"{called[number]} knows {knows}" if knows else called[number]
            yield f"<li>{escape(said)}</li>\n"
        yield "</ul>\n"
