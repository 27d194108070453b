"""The documents that are made from the code: tables (`current`), and all of docs/validation.md.

`python -m kastje.evidence.documents` (or `make docs`) renews them; tests hold the tables against the code.
docs/findings.md takes runs of minutes: `make findings`, or `python -m kastje.evidence.documents.findings`.
"""
