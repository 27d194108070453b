"""Evidence: verification, benchmarks, documents made from the code, and pages as visitors meet them."""
