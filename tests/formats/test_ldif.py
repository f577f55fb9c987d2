"""People of a directory as LDIF."""

from inline_snapshot import snapshot

from facts import read_file, read_text

SEARCHED = """\
# extended LDIF
#
# LDAPv3
# base <dc=e,dc=example> with scope subtree
# filter: (&(objectclass=person)(|(mail=*)(telephoneNumber=*)(mobile=*)
 (cn=*: all)))
# requesting: ALL
#

# ada, people, e.example
dn: uid=ada,ou=people,dc=e,dc=example
objectClass: inetOrgPerson
cn: Ada Lovelace
mail: ada@e.example

# search reference
ref: ldap://other.example/dc=e??sub

# search result
search: 2
result: 0 Success

# numResponses: 3
# numEntries: 1
"""


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


def test_what_ldapsearch_says_of_its_search_is_nobody() -> None:
    assert read_text("ldif", SEARCHED) == snapshot(
        [{"row": 11, "name": "Ada Lovelace", "reaches": ["email ada@e.example"]}]
    )


def test_evolution_calls_some_things_otherwise() -> None:
    text = (
        "dn: cn=Ada\nobjectClass: evolutionPerson\ncn: Ada\nprimaryPhone: +44 1\n"
        "birthDate: 1980-03-14\nanniversary: 2010-05-05\nnote: Likes engines.\n"
    )
    assert read_text("ldif", text + "\n" + text.replace("1980-03-14", "soon")) == snapshot(
        [
            {
                "row": 1,
                "name": "Ada",
                "birthday": "1980-03-14",
                "reaches": ["phone +44 1"],
                "notes": ("Likes engines.",),
                "dates": (("anniversary", "2010-05-05"),),
            },
            {
                "row": 9,
                "name": "Ada",
                "reaches": ["phone +44 1"],
                "notes": ("Likes engines.",),
                "dates": (("anniversary", "2010-05-05"),),
                "extras": {"birthDate": "soon"},
                "remarks": ('birthDate: "soon" is no day',),
            },
        ]
    )
