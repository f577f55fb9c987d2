"""People of a directory as LDIF."""

from inline_snapshot import snapshot

from facts import read_file


def test_a_directory() -> None:
    assert read_file("ldif", "contacts.ldif") == snapshot(
        [
            {
                "row": 4,
                "name": "Joan Clarke",
                "first": "Joan",
                "last": "Clarke",
                "nick": "JC",
                "org": "Hut 8",
                "role": "Cryptanalyst",
                "city": "Bletchley",
                "address": "2 Wilton Avenue, Bletchley",
                "birthday": "1977-06-24",
                "reaches": [
                    "email joan@example.org",
                    "email clarke@example.org",
                    "phone +44 1908 640406 work",
                    "phone +44 1908 640407 home",
                    "phone +44 7700 900444 mobile",
                ],
                "notes": (
                    """\
Collects coins.
Writes about them – often.\
""",
                ),
                "tags": ("Chess club",),
                "extras": {
                    "ou": "Banburismus",
                    "mozillaCustom1": "numismatics",
                    "jpegPhoto": "data:image/jpeg;base64,/9j/4AAQSkZJRg==",
                    "mozillaHomeStreet": "2 Wilton Avenue",
                    "mozillaHomeLocalityName": "Bletchley",
                },
            },
            {
                "row": 31,
                "name": "Margaret Rock",
                "first": "Margaret",
                "reaches": ["email margaret@example.org", "phone +44 7700 900555 mobile"],
            },
            {"skipped": "a mailing list", "row": 36},
            {"skipped": "an organisation", "row": 42},
            {"skipped": "no name, e-mail address, phone number or company", "row": 46},
        ]
    )
