"""What a frozen program runs."""

import sys

from posmember.__main__ import main

sys.exit(main())
