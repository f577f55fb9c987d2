"""What can be chosen with ``config`` and decides about people; it is kept in the file."""

from typing import Final

COUNTRY: Final = "channels.country"
ORDER: Final = "channels.order"
MESSAGE: Final = "connect.message"
SNOOZE: Final = "snooze.default"

DEFAULTS: Final = {
    COUNTRY: "",
    ORDER: "",
    MESSAGE: "Hi {first}, good to meet you at {event}. {note}",
    SNOOZE: "3d",
}
"""Every key that is kept as a setting, and what holds until something else is chosen."""
OF_ME: Final = {"me.city": "city", "me.name": "name"}
"""Keys that are facts about yourself: ``edit me`` changes the same."""
DB: Final = "db"
"""The one key that decides about this computer; it is in config.toml."""
KEYS: Final = (*sorted((*DEFAULTS, *OF_ME)), DB)
MEANING: Final = {
    COUNTRY: "the country of phone numbers without +",
    ORDER: "which channel is tried first",
    MESSAGE: "what connect -i offers to paste",
    SNOOZE: "how long snooze is",
    "me.city": "where you live",
    "me.name": "what you are called",
    DB: "the file; in config.toml, and not undone",
}
