"""What is set, in which file, and what other tools' files set."""
