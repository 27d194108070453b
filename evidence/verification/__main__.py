"""`python -m kastje.evidence.verification [ID ...]`: run the checks of the model (all, or those with these ids)."""

import sys

from kastje.evidence.verification.report import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
