"""What Tab may offer: names that begin as somebody has begun to type."""

from kinship.store.db import Db

_MOST = 50
_BEGINS = "name_key >= :key AND name_key < :key || char(1114111)"
_NAMES = {
    "topic": f"SELECT min(name) FROM topic WHERE {_BEGINS} AND side = 'about' GROUP BY name_key",
    "seeks": f"SELECT min(name) FROM topic WHERE {_BEGINS} AND side = 'seeks' GROUP BY name_key",
    "tag": f"SELECT min(name) FROM tag WHERE {_BEGINS} GROUP BY name_key",
    "community": f"SELECT name FROM community WHERE {_BEGINS} ORDER BY name_key",
    "event": f"SELECT name FROM event WHERE {_BEGINS} ORDER BY name_key",
    "circle": f"SELECT name FROM circle WHERE {_BEGINS} ORDER BY name_key",
    "person": f"SELECT name FROM person WHERE {_BEGINS} AND id > 0 AND archived_on IS NULL"
    " GROUP BY name_key",
}


def names(db: Db, what: str, key: str) -> list[str]:
    """Topics, what people look for, tags, communities, events, circles or people whose folded name begins with a key."""
    return [name for (name,) in db.tuples(f"{_NAMES[what]} LIMIT {_MOST}", key=key)]


def words(db: Db, column: str) -> list[str]:
    """Every city, company or role there is."""
    return [
        word
        for (word,) in db.tuples(
            f"SELECT DISTINCT {column} FROM person WHERE {column} IS NOT NULL AND id > 0"
        )
    ]
