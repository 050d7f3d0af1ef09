"""The outside world: the disk, git and the terminal. Nothing below does input or output."""
