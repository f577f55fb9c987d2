"""The address book of abook."""

from inline_snapshot import snapshot

from facts import read_file


def test_an_address_book() -> None:
    assert read_file("abook", "addressbook") == snapshot(
        [
            {
                "row": 8,
                "name": "Annie Easley",
                "nick": "AE",
                "city": "Cleveland",
                "address": "21000 Brookpark Rd, 44135, Cleveland, OH, US",
                "reaches": [
                    "email annie@example.org",
                    "email easley@example.org",
                    "phone +1 216 555 0100 home",
                    "phone +1 216 555 0101 work",
                    "phone +1 216 555 0102 mobile",
                    "link https://annie.example.org",
                ],
                "notes": ("100% energy: code=fun; [not a section]",),
                "tags": ("rockets", "skiing"),
                "dates": (("anniversary", "1978-04-23"),),
                "extras": {
                    "custom1": "blue",
                    "address": "21000 Brookpark Rd",
                    "city": "Cleveland",
                    "state": "OH",
                    "zip": "44135",
                    "country": "US",
                },
            },
            {
                "row": 26,
                "name": "Mary Jackson",
                "extras": {"anniversary": "19723101", "line": "this line has no sign"},
                "remarks": (
                    'anniversary: "19723101" is no day',
                    '"this line has no sign" is not understood',
                ),
            },
            {"skipped": "no name, e-mail address, phone number or company", "row": 31},
        ]
    )
