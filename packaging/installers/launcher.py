"""What a frozen program runs."""

import os
import sys

# The bootloader leads the loader to the program's own libraries, which is done by now; a foreign
# program that is started from here, such as a viewer, must not find another Qt than its own.
if "LD_LIBRARY_PATH" in os.environ:
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        del os.environ["LD_LIBRARY_PATH"]

from posmember.__main__ import main

sys.exit(main())
