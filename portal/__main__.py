"""``python -m portal`` is the same as ``coplan``."""

import sys

from portal.cli import main

sys.exit(main())
