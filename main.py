"""Casemate's one entry point: the window without a command, the command line with one, and its child processes.

Nothing heavy is imported here: every child process imports this file first.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def main() -> int:
    """Run a command, or open the window."""
    from engine.privacy.network import install_guard

    install_guard()
    from engine.cli.window import workspace_of_window

    workspace = workspace_of_window(sys.argv[1:])
    if workspace is not None:
        return open_window(workspace)
    from engine.cli.entry import run

    return run(sys.argv[1:], open_window)


def open_window(workspace: Path, demo: bool = False) -> int:
    """Show the window until it is closed."""
    import gc
    import os

    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        sys.stderr.write(
            "There is no screen here. See casemate --help for the commands, or run: casemate demo --headless\n"
        )
        return 2

    gc.disable()  # nothing to collect before the first picture; the window turns it on again
    from gui.app import run

    return run(workspace, demo=demo)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
