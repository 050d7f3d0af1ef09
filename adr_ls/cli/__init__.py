"""The command line: one program, and a module for each larger command."""
