"""The documents that are made from the code: the tables in docs/odd.md and the whole of docs/validation.md.

`python -m kastje.evidence.documents` (or `make docs`) renews both; a test holds the tables of odd.md against the code.
docs/findings.md takes runs of minutes: `make findings`, or `python -m kastje.evidence.documents.findings`.
"""
