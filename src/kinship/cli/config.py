"""``config``: what can be chosen, for your people and for this computer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kinship import quick
from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import BadInput, FileTrouble
from kinship.model import channel, names, setting
from kinship.render.shapes import Column, Line, Notice, Sheet, Span, Table, line
from kinship.services import settings
from kinship.services.handle_keys import Rekeyed
from kinship.services.settings import Setting
from kinship.store.db import display

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_WHOLE = 999
_SHOWN = 5


def config(
    ctx: typer.Context,
    words: params.Words = None,
    unset: Annotated[
        str | None, typer.Option("--unset", metavar="KEY", help="Back to what holds by itself.")
    ] = None,
    path: Annotated[
        bool, typer.Option("--path", help="Where your file and config.toml are.")
    ] = False,
) -> None:
    """Show or change settings.

    Usage: kinship config
           kinship config KEY [VALUE]
           kinship config --unset KEY
           kinship config --path

    Examples:
      kinship config
      kinship config channels.country GB
      kinship config snooze.default 1w
      kinship config --unset snooze.default

    What decides about people is kept in your file: it goes where the file goes,
    and undo takes a change of it back. Where the file is, the key db, is in
    config.toml.
    """
    kin = Kin.of(ctx)
    said = words or []
    if path:
        _paths(kin)
    elif unset is not None:
        _unset(kin, settings.named(unset))
    elif not said:
        _everything(kin)
    elif len(said) == 1:
        _one(kin, settings.named(said[0]))
    else:
        _choose(kin, settings.named(said[0]), " ".join(said[1:]))


def _all(kin: Kin) -> list[Setting]:
    return [
        *settings.every(kin.db),
        Setting(setting.DB, display(kin.path), not kin.options.demo and _line_of_db() is not None),
    ]


def _everything(kin: Kin) -> None:
    columns: list[Column[Setting]] = [
        Column("key", "SETTING", lambda s: Span(s.key, "name")),
        Column("value", "VALUE", lambda s: Span(_shown(s), "" if s.chosen else "dim"), 16, 1),
        Column("what", "", lambda s: Span(setting.MEANING[s.key], "dim"), least=_WHOLE, rank=2),
    ]
    kin.show(Table(_all(kin), columns, _record))


def _one(kin: Kin, key: str) -> None:
    one = next(s for s in _all(kin) if s.key == key)
    said: list[Line] = [line(one.value)]
    if kin.view.terminal and not one.value:
        said = [line(f"{key} is not set: {setting.MEANING[key]}.")]
    kin.show(Sheet(lambda room: said, _record(one)))


def _shown(one: Setting) -> str:
    if one.key == setting.ORDER and not one.value:
        return ", ".join(channel.ORDER[:3]) + " ..."
    return one.value or "-"


def _record(one: Setting) -> dict[str, object]:
    default = setting.DEFAULTS.get(one.key, "")
    return {"key": one.key, "value": one.value, "default": default, "chosen": one.chosen}


def _choose(kin: Kin, key: str, text: str) -> None:
    if key == setting.DB:
        _keep_db(kin, text)
        return
    value = names.check_name(text) if key == "me.name" and text else settings.checked(key, text)
    became = settings.choose(kin.writable, key, value)
    _say(kin, key, became)


def _unset(kin: Kin, key: str) -> None:
    if key == setting.DB:
        _keep_db(kin, None)
        return
    _say(kin, key, settings.unset(kin.writable, key))


def _say(kin: Kin, key: str, became: Rekeyed | None) -> None:
    one = next(s for s in _all(kin) if s.key == key)
    lines = [line(f"{key} is {one.value}." if one.value else f"{key} is not set.")]
    record = _record(one)
    if became:
        lines += _rekeyed(kin, one.value, became)
        record["numbers"] = became.count
        record["shared"] = [
            {"number": number, "name": name, "with": other} for number, name, other in became.shared
        ]
    kin.show(Notice(tuple(lines), record))


def _rekeyed(kin: Kin, country: str, became: Rekeyed) -> list[Line]:
    lines = []
    if became.count:
        one = became.count == 1
        number = f"{views.counted(became.count, 'number')} without a country code"
        whose = f"of {country}" if country else "of no country"
        lines.append(line(f"{number} {'is' if one else 'are'} {whose} now."))
    for number, name, other in became.shared[:_SHOWN]:
        lines.append(line(f"{name} and {other} turn out to share {number}; both keep it."))
    if len(became.shared) > _SHOWN:
        more = len(became.shared) - _SHOWN
        lines.append(line(f"And {more} more share one: {kin.cmd('config --json')}"))
    return lines


# config.toml


def _paths(kin: Kin) -> None:
    rows = [("database", kin.path), ("config", _config_path())]
    columns: list[Column[tuple[str, str]]] = [
        Column("what", "", lambda r: Span(r[0], "name")),
        Column("path", "FILE", lambda r: r[1], least=_WHOLE),
    ]
    kin.show(
        Table(
            rows,
            columns,
            lambda r: {"what": r[0], "path": r[1], "exists": os.path.exists(r[1])},
        )
    )


def _config_path() -> str:
    return quick.config_path(os.environ)


def _lines() -> list[str]:
    try:
        with open(_config_path(), encoding="utf-8-sig", errors="surrogateescape") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FileTrouble(
            f"{display(_config_path())} cannot be read: {error.strerror}. Nothing was changed."
        ) from error


def _line_of_db() -> int | None:
    """Where ``db`` stands: before all tables."""
    for place, text in enumerate(_lines()):
        if text.strip().startswith("["):
            return None
        name, equals, _ = text.partition("=")
        if name.strip() == setting.DB and equals:
            return place
    return None


def _keep_db(kin: Kin, text: str | None) -> None:
    path = _config_path()
    if kin.options.demo or path == os.devnull:
        raise BadInput(
            "there is no config file here to write to. Nothing was changed.",
            hint="kinship config --path",
        )
    before, place, lines = _path_now(kin), _line_of_db(), _lines()
    if place is not None:
        if '"""' in lines[place] or "'''" in lines[place]:
            raise BadInput(
                f"{display(path)} says db in several lines. Nothing was changed.",
                hint="Change it there.",
            )
        del lines[place]
    if text is not None:
        file = display(os.path.abspath(os.path.expanduser(_plain(text))))
        if os.path.isdir(os.path.expanduser(file)):
            raise BadInput(
                f"{file} is a folder. Nothing was changed.",
                hint=kin.cmd("config db FILE"),
            )
        lines.insert(0, f'{setting.DB} = "{file}"')
    _write(path, lines)
    now = _path_now(kin)
    said = [line(f"Written to {display(path)}. No file was moved.")]
    if kin.chosen:
        said.append(line(f"For now --db or KINSHIP_DB says otherwise: {now}"))
    else:
        said.insert(0, line(f"Your file is {now} from now on."))
        if not kin.has_file:
            said.append(line("It is not there yet: adding the first person makes it."))
    if before and now != before:
        said.append(line("Back: ", Span(kin.cmd(f"config db {names.argument(before)}"), "command")))
    kin.show(Notice(tuple(said), {"key": setting.DB, "value": now, "before": before}))


def _path_now(kin: Kin) -> str:
    """Where the file is; empty where config.toml cannot be read, which is what may be mended."""
    try:
        return display(kin.path)
    except BadInput:
        return ""


def _plain(text: str) -> str:
    """A path that the shell-start path understands too: it reads no escapes."""
    if not text or any(c in text for c in '"\\') or not text.isprintable():
        raise BadInput(
            f"{names.quoted(text)} cannot be the name of the file. Nothing was changed.",
            hint="kinship config db FILE",
        )
    return text


def _write(path: str, lines: list[str]) -> None:
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(temporary, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write("".join(f"{text}\n" for text in lines))
        os.replace(temporary, path)
    except OSError as error:
        raise FileTrouble(
            f"{display(path)} cannot be written: {error.strerror}. Nothing was changed."
        ) from error
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)
