# Everything CI runs, in the order it fails fastest.
check: lint types layers docs test

# Style, formatting and spelling.
lint:
    ruff check .
    ruff format --check .
    codespell

# Types, strictly, tests too.
types:
    mypy src tests bench

# The one-way rule between the layers.
layers:
    lint-imports

# The command reference is what the program prints.
docs:
    cog --check docs/commands.md

# The tests; words after it go to pytest.
test *args:
    pytest {{ args }}

# Speed and memory as ratios to `python -c "import sqlite3"`.
bench *args:
    python bench/run.py {{ args }}
    python bench/doubles.py

# A year with kinship: rows a day, and what was done in time.
year *args:
    python bench/year.py {{ args }}

# Who to reach in the practice file.
demo:
    kinship --demo due
