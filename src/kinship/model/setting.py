"""What can be chosen with ``config`` and decides about people; it is kept in the file."""

from typing import Final

DEFAULTS: Final = {
    "channels.country": "",
    "connect.message": "Hi {first}, good to meet you at {event}. {note}",
}
"""Every key there is, and what holds until something else is chosen."""
