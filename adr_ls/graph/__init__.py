"""How the records hang together, as one value, and what it looks like in the languages and forms in which graphs are drawn."""
