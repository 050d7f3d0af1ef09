"""The language server: the only package that knows the Language Server Protocol.

Importing it imports pygls the quick way, so nothing in it needs to care.
"""

from adr_ls.lsp.boot import load

load()
