"""Every error a person can meet, each declared once: a stable code, a plain sentence, what to do next.

The sentence lives beside the code as a template, so that the command line, the HTTP API and the window say the
same thing; the window translates the template (`gui/text/`) and fills in the same details.
"""

from __future__ import annotations

from typing import Any, ClassVar


class EngineError(Exception):
    """An error that a person can read.

    Attributes:
        code: stable name, for programs.
        text: sentence with `{placeholders}` that `details` fills.
        help: what to do next, one sentence.
        exit_code: of the command line (docs/cli.md).
        details: the values of the sentence, and nothing private beyond what the person gave.
    """

    code: ClassVar[str] = "fault"
    text: ClassVar[str] = "Something went wrong inside Casemate: {reason}"
    help: ClassVar[str] = "Copy the details and send them to whoever looks after this program for you."
    exit_code: ClassVar[int] = 1

    def __init__(self, **details: Any) -> None:
        self.details: dict[str, Any] = {name: _speakable(value) for name, value in details.items()}
        super().__init__(self.message)

    @property
    def message(self) -> str:
        return fill(self.text, self.details)


def _speakable(value: Any) -> Any:
    """A text that can be encoded; file names that are no text have half characters in them."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return f"({key})"


def fill(template: str, details: dict[str, Any]) -> str:
    """Fill a sentence; a missing value shows its name instead of failing while reporting a failure."""
    return template.format_map(_Lenient(details))


class Fault(EngineError):
    """A fault of ours."""


class UsageError(EngineError):
    code = "usage"
    text = "{reason}"
    help = "Run the command with --help to see what it takes."
    exit_code = 2


# --- locked ---------------------------------------------------------------------------------------------------


class LockedError(EngineError):
    code = "locked"
    text = "The workspace is locked."
    help = "Unlock it with your passphrase first."
    exit_code = 3


class PassphraseNeeded(LockedError):
    code = "passphrase_needed"
    text = "The workspace {path} needs a passphrase, and none was given."
    help = "Set CASEMATE_PASSPHRASE, use --passphrase-file, or run the command on a terminal to be asked."


class WrongPassphrase(LockedError):
    code = "wrong_passphrase"
    text = "The passphrase does not open this workspace."
    help = "Try again; capital letters and spaces count. Without the passphrase the data cannot be read by anyone."


class WorkspaceBusy(LockedError):
    code = "workspace_busy"
    text = "The workspace {path} is already open in another Casemate (process {pid})."
    help = "Close the other window or wait until its command has finished."


# --- the workspace file ---------------------------------------------------------------------------------------


class InputError(EngineError):
    """Input that cannot be used; nothing was stored."""

    code = "input"
    text = "{reason}"
    help = "Correct the input and try again; nothing was stored."
    exit_code = 4


class WorkspaceTruncated(InputError):
    code = "workspace_truncated"
    text = "The workspace file {path} is cut short: {size} bytes where {expected} belong."
    help = "Restore the latest backup (Settings, Restore, or `vault restore`)."


class WorkspaceDamaged(InputError):
    code = "workspace_damaged"
    text = "The workspace file {path} is damaged: {reason}"
    help = "Restore the latest backup (Settings, Restore, or `vault restore`). The damaged file was left as it is."


class WorkspaceNewer(InputError):
    code = "workspace_newer"
    text = "The workspace was made by a newer Casemate (format {found}; this program reads up to {known})."
    help = "Install the newer version on this machine."


class FolderNotWritable(InputError):
    code = "folder_not_writable"
    text = "Casemate may not write in {path}."
    help = "Choose another folder, or ask for permission to write there."


class PassphraseTooShort(InputError):
    code = "passphrase_too_short"
    text = "The passphrase needs at least {least} characters."
    help = "A few words in a row are easy to remember and hard to guess."


class BackupUnusable(InputError):
    code = "backup_unusable"
    text = "{path} is not a backup that this passphrase opens."
    help = "Choose a file made by Backup and give the passphrase that was in use at that time."


class AlreadyExists(InputError):
    code = "already_exists"
    text = "{what} {name} exists already."
    help = "Choose another name, or remove the old one first."


class UnknownName(InputError):
    code = "unknown_name"
    text = "There is no {what} named {name}."
    help = "Known: {known}"


class UnknownPerson(UnknownName):
    """Like `UnknownName`, for acts whose error is kept: it does not repeat the id that was asked for."""

    code = "unknown_person"
    text = "{pack} and its data know no such person."


# --- files ----------------------------------------------------------------------------------------------------


class FileUnusable(InputError):
    """A file that cannot be read at all; `reason` says why and, where it is known, at which line."""

    code = "file_unusable"
    text = "{path} cannot be used: {reason}"
    help = "Open the file in the program that made it and save it again; nothing was stored."


class NotADocument(FileUnusable):
    """A sound table that holds no questions and answers: left out quietly when met in a folder."""

    code = "not_a_document"
    help = "Tables of other data belong under Data sets (`data import`)."


class FileMissing(InputError):
    code = "file_missing"
    text = "There is no file or folder {path}."
    help = "Check the name and the place."


class ColumnsUnknown(InputError):
    code = "columns_unknown"
    text = "{path} has no column {missing}; its columns are: {columns}."
    help = "Say which column holds what, for example --map text=message."


class DataUnusable(InputError):
    """A data set that the asked-for act cannot use."""

    code = "data_unusable"
    text = "The data set {name} cannot be used: {reason}"
    help = "Correct the data and import it again."


class ProfileUnusable(InputError):
    """A desk's profile with faults; `reason` names every one."""

    code = "profile_unusable"
    text = "The profile {name} cannot be used: {reason}"
    help = "Correct what is named and save it again; nothing was stored."


class HandoffClosed(InputError):
    code = "handoff_closed"
    text = "Item {id} of the queue is no longer open: it was {state} by {owner} at {closed}."
    help = "Open the conversation to see what was said; nothing was stored."


class GgufUnusable(InputError):
    """A model file that cannot be a generator; `reason` says why and, where it is known, at which byte."""

    code = "gguf_unusable"
    text = "{path} cannot be used as a generator: {reason}"
    help = "Get the file again from where it came, or choose another one; nothing was stored."


class TemplateUnusable(InputError):
    """A chat template that cannot be rendered; `reason` says why."""

    code = "template_unusable"
    text = "The chat template of {name} cannot be used: {reason}"
    help = "Give the prompt as plain text, or use another model."


class PromptTooLong(InputError):
    code = "prompt_too_long"
    text = "The prompt takes {tokens} tokens, and {name} has room for {room} beside an answer of {answer}."
    help = "Give fewer or shorter texts, ask for a shorter answer, or choose a longer context."


class RuntimeMissing(EngineError):
    code = "runtime_missing"
    text = "This installation has no {what}, so {name} cannot run."
    help = "Install Casemate with all its parts (docs/generator.md)."


class PackUnusable(InputError):
    code = "pack_unusable"
    text = "The model {name} cannot be used: {reason}"
    help = "Import it again from where it came, or remove it."


# --- resources and ends ---------------------------------------------------------------------------------------


class Cancelled(EngineError):
    code = "cancelled"
    text = "Stopped on request."
    help = "Run it again to go on; what was finished has been kept."
    exit_code = 6


class DiskFull(EngineError):
    code = "disk_full"
    text = "The disk of {path} is full."
    help = "Free some space and try again; what was stored before is intact."
    exit_code = 7


class MemoryShort(EngineError):
    code = "memory_short"
    text = "{what} needs about {needed_mb} MB of memory, and {free_mb} MB are free."
    help = "Close other programs, or use less data at once."
    exit_code = 7


class MemoryHeld(MemoryShort):
    """Other parts of this program hold memory; `free_mb` counts what they could give up, `held` names them."""

    code = "memory_held"
    text = (
        "{what} needs about {needed_mb} MB of memory, and {free_mb} MB are free, counting what could be given up for "
        "it. Held now: {held}."
    )


class DeviceMissing(UsageError):
    """A processor for training that was asked for by name and is not here; `reason` says why."""

    code = "device_missing"
    text = "The device {device} cannot be used: {reason}"
    help = "Leave the device on auto, which takes the best one of this machine; nothing was changed."


class WorkerDied(Fault):
    code = "worker_died"
    text = "The helper process for “{job}” ended unexpectedly ({reason})."
    help = "The workspace is unharmed. Try again; if it happens with one file only, leave that file out."


class WorkerHung(Fault):
    code = "worker_hung"
    text = "The helper process for “{job}” gave no sign of life for {seconds} seconds and was ended."
    help = "The workspace is unharmed. Try again; if it happens with one file only, leave that file out."


class WorkerOutOfMemory(EngineError):
    code = "worker_out_of_memory"
    text = "The helper process for “{job}” needed more memory than it may have ({limit_mb} MB) and was ended."
    help = "The workspace is unharmed. Close other programs, or use less data at once."
    exit_code = 7


class TrainingDiverged(EngineError):
    code = "training_diverged"
    text = "The training did not settle: after {steps} steps its loss was again and again no number."
    help = "Earlier versions are unharmed. Choose a smaller learning rate, or the method head."
    exit_code = 1


class HostDied(Fault):
    code = "host_died"
    text = "The engine process ended unexpectedly and was started again."
    help = "What had been stored is intact. Unlock the workspace and try again."


def _all(cls: type[EngineError]) -> dict[str, type[EngineError]]:
    found = {cls.code: cls}
    for sub in cls.__subclasses__():
        found.update({code: kind for code, kind in _all(sub).items() if code not in found})
    return found


def by_code(code: str) -> type[EngineError]:
    """The error class of a code that came over the wire; an unknown code is a fault."""
    return _all(EngineError).get(code, Fault)


def rebuild(code: str, details: dict[str, Any]) -> EngineError:
    """The error that another process raised."""
    return by_code(code)(**details)
