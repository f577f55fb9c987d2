"""Yourself: what you know about and look for, and nobody else who is called so."""

import pytest
from inline_snapshot import snapshot

from conftest import Program


def test_you_are_not_added(kin: Program) -> None:
    assert kin("add", "me", "+python", exit_code=2).err == snapshot("""\
kinship: that is you. Nothing was written.
  kinship edit me --about python
""")
    assert kin("add", "Me", exit_code=2).err == snapshot("""\
kinship: that is you. Nothing was written.
  kinship edit me --about TOPIC --seeks TEXT
""")
    assert kin("add", "-", stdin="Ada Lovelace\nme +python\n", exit_code=2).err == snapshot("""\
kinship: line 2: that is you. Nothing was written.
  kinship edit me --about python
""")
    assert kin("list") == ""
    kin("edit", "me", "--about", "python")
    assert kin("show", "me") == snapshot("""\
me                                                                            me

  about     python
""")


def test_somebody_may_have_your_whole_name(kin: Program) -> None:
    kin("edit", "me", "--name", "Grace Hopper")
    assert kin("add", "Grace Hopper", "+compilers", exit_code=2).err == snapshot("""\
kinship: that is you. Nothing was written.
  kinship edit me --about compilers
  kinship add "Grace Hopper" --new
""")
    assert kin("add", "Grace Hopper", "+compilers", "--new") == snapshot("""\
Added Grace Hopper (grace)
  about       compilers
  Someone you know: no meeting, no date, no nudge. You met in person?
  kinship add "Grace Hopper" --same --at EVENT
""")


@pytest.mark.parametrize("name", ["me", "ME"])
def test_nobody_else_is_renamed_to_yourself(kin: Program, name: str) -> None:
    kin("add", "Ada Lovelace")
    assert kin("edit", "ada", "--name", name, exit_code=2).err == snapshot("""\
kinship: nobody else is found as "me". Nothing was changed.
  kinship edit ada --name NAME
""")
