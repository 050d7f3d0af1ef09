"""What the installed `adr-ls` is: a script that runs the program, wherever it is called."""

from adr_ls.__main__ import main

main()
