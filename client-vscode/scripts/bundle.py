# ruff: noqa: INP001, S603  # a script of its own, which runs only what it names itself
"""Fills bundled/ with the server and all it needs, as Python source that runs on every system and every supported Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CLIENT = Path(__file__).resolve().parent.parent
REPOSITORY = CLIENT.parent
BUNDLED = CLIENT / "bundled"

# What the dependencies ask for on older Pythons than the one that runs this script; pip looks at that one alone.
OLDER = ["exceptiongroup>=1.1", "tomli>=2.0.1,<3", "typing-extensions>=4.14"]
COMPILED = {".so", ".pyd", ".dylib"}
# These tell where the packages came from on this machine; RECORD would list files that are not there any more.
NOTES = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}

RUN = '''"""Runs the server from the packages beside this file and from no others."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "libs"))

from adr_ls.__main__ import main  # noqa: E402  # it is found only now

main()
'''


def main() -> None:
    """Builds the bundle anew and starts it once."""
    shutil.rmtree(BUNDLED, ignore_errors=True)
    libs = BUNDLED / "libs"
    with tempfile.TemporaryDirectory() as temporary:
        # A copy, so that building leaves nothing in the working tree.
        source = Path(temporary) / "adr-ls"
        source.mkdir()
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(REPOSITORY / name, source)
        shutil.copytree(REPOSITORY / "adr_ls", source / "adr_ls", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(REPOSITORY / "docs" / "rules", source / "docs" / "rules")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        # Only our own package is built here; the others come as wheels, so that nothing of theirs runs.
        packages = ["--only-binary", ":all:", "--no-binary", "adr-ls", str(source), *OLDER]
        subprocess.run([*pip, "--target", str(libs), *packages], check=True)
    shutil.rmtree(libs / "bin", ignore_errors=True)
    # PyYAML, tomli and others have compiled parts that they do without: the same code in Python is there too.
    for path in sorted(libs.rglob("*")):
        if path.suffix in COMPILED or (path.name in NOTES and path.parent.suffix == ".dist-info"):
            path.unlink()
    (BUNDLED / "run.py").write_text(RUN, "utf-8")
    run = [sys.executable, "-I", "-S", "-B", str(BUNDLED / "run.py"), "--version"]
    version = subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()
    size = sum(path.stat().st_size for path in libs.rglob("*") if path.is_file())
    sys.stdout.write(f"bundled {version}, {size / 2**20:.1f} MiB\n")


if __name__ == "__main__":
    main()
