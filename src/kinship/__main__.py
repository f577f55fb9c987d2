"""``python -m kinship``."""

from kinship.quick import main

raise SystemExit(main())
