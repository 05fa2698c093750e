"""The short way to the window: tells whether a command was given, without loading what only commands need.

The window must be there at once; the parsers and the engine's messages take longer to load than the window itself.
"""

from __future__ import annotations

from pathlib import Path

_FLAGS = ("--json", "--quiet")


def workspace_of_window(arguments: list[str]) -> Path | None:
    """The workspace to open a window on; None if there is a command, or anything that the parser should judge."""
    workspace: Path | None = None
    queue = list(arguments)
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if word in _FLAGS:
            continue
        if name not in ("--workspace", "--passphrase-file") or (not equals and not queue):
            return None
        value = value if equals else queue.pop(0)
        if name == "--workspace":
            workspace = Path(value).expanduser().absolute()
    if workspace is None:
        from engine.paths import default_workspace

        return default_workspace()
    return workspace
