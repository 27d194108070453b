"""Renew the documents: `python -m kastje.evidence.documents`."""

import sys

from kastje.evidence.documents.current import CURRENT
from kastje.evidence.documents.findings import NAME as FINDINGS
from kastje.evidence.documents.findings import dated
from kastje.evidence.documents.markdown import DOCS, renewed
from kastje.evidence.documents.validation import validation
from kastje.experiments.files import written_aside


def main() -> int:
    """Renew what documents have from the code, and findings.md's age; 1 when they are not there, as when installed."""
    if not (DOCS / "odd.md").is_file():
        print(f"{DOCS}: expected the folder with the documents odd.md and validation.md", file=sys.stderr)
        return 1
    for name, made in {**CURRENT, "validation.md": validation()}.items():
        text = (DOCS / name).read_text(encoding="utf-8")
        with written_aside(DOCS / name) as aside:
            aside.write_text(renewed(text, made), encoding="utf-8")
    text = (DOCS / FINDINGS).read_text(encoding="utf-8")
    with written_aside(DOCS / FINDINGS) as aside:
        aside.write_text(dated(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
