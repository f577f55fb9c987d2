"""What can go wrong, each kind with its own exit code (``kinship help exit-codes``)."""


class KinshipError(Exception):
    """One sentence in the user's words; ``hint`` holds the lines that say what to type next."""

    exit_code: int

    def __init__(self, message: str, *, hint: str | tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = ((hint,) if hint else ()) if isinstance(hint, str) else hint


class Declined(KinshipError):
    """A question was answered with no."""

    exit_code = 1


class BadInput(KinshipError):
    """The command line says something that cannot be understood, or cannot be so."""

    exit_code = 2


class NotFound(KinshipError):
    """No such person, event, entry or channel."""

    exit_code = 3


class Ambiguous(KinshipError):
    """What was typed fits more than one thing, and nobody can be asked."""

    exit_code = 4


class Refused(KinshipError):
    """It exists already, would overwrite something, or has changed in between."""

    exit_code = 5


class Hanging(Refused):
    """What it belongs to is not here any more."""


class FileTrouble(KinshipError):
    """The database file or an output could not be read or written."""

    exit_code = 6


class Bug(KinshipError):
    """The program itself is wrong; where is in a file, or on the screen with ``--debug``."""

    exit_code = 70
