"""How fast the server is, beside others in the same run; ``python -m tests.bench`` prints the tables. See docs/performance.md."""
