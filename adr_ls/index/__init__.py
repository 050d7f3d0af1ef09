"""How an index is judged, created, brought up to date and turned into another style."""
