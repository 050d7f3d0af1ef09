"""Which words and dates people use: data for each language, and the one way to look them up."""
