"""`python -m experiments.verification [ID ...]`: run the checks of the model (all, or those with these ids)."""

import sys

from experiments.verification.report import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
