"""`python -m cicatrix` is the command `cicatrix`."""

import sys

from cicatrix.cli import main

if __name__ == "__main__":
    sys.exit(main())
