"""A library that never loses: indexing killed at random moments, again and again, and what is there in the end.

    python tests/quality/library_kill.py [--documents 1000] [--bad 20] [--kills 10] [--seed 7] [--json FILE]

Writes documents of eleven formats, each with a word of its own, and files that are bad in twenty ways. `kb add` runs
in a process of its own, which is killed (SIGKILL, with its workers) at moments drawn with the seed, spread over the
whole work. After every kill the workspace is opened and looked through: it is sound, and it holds whole documents
only. In the end a last run goes through, and everything stored is compared with what the parser gives: nothing may be
lost, doubled or different, and every file that was left out must have its reason. The speed of the machine decides
how far each run gets; what has to hold does not depend on it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import apsw

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from library_files import write_bad, write_good  # noqa: E402

from engine import api  # noqa: E402
from engine.host.service import Service  # noqa: E402
from engine.ingest.documents import parse_document  # noqa: E402
from engine.ingest.passages import split_passages  # noqa: E402
from engine.language.terms import terms  # noqa: E402
from engine.store import documents, passages  # noqa: E402
from engine.store.cipher import apply_key  # noqa: E402

PASSPHRASE = "a passphrase for the killing test"
COLLECTION = "killed"


def start(workspace: Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "main.py"), "--workspace", str(workspace), "--json", "--quiet"]
    return subprocess.Popen(
        [*command, "kb", "add", "--collection", COLLECTION, str(folder)],
        env={**os.environ, "CASEMATE_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """The whole process: the host and every worker at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def faults_inside(workspace: Path) -> tuple[int, list[str]]:
    """Documents stored, and everything that is not whole or does not fit together."""
    service = Service(workspace)
    try:
        service.call(api.Unlock(PASSPHRASE, create=True))
        found = []
        if not service.call(api.VerifyWorkspace()).ok:
            found.append("the workspace does not verify")
        if not service.call(api.VerifyAudit()).ok:
            found.append("the audit chain is broken")
        with service.context.store.read() as connection:
            for question, fault in _WHOLE:
                found += [f"{fault}: {row}" for row in connection.execute(question)]
            (count,) = connection.execute("SELECT count(*) FROM documents").fetchone()
            for one in documents.collections(connection):
                (indexed,) = connection.execute(f"SELECT count(*) FROM passage_index_{one.id:d}").fetchone()
                if indexed != one.passages:
                    found.append(f"{one.passages} passages and {indexed} in the word index")
        return int(str(count)), found
    finally:
        service.close()


_WHOLE = (
    ("SELECT path, count(*) FROM documents GROUP BY collection, path HAVING count(*) > 1", "stored twice"),
    (
        """SELECT path FROM documents d
           WHERE passages <> (SELECT count(*) FROM passages p WHERE p.document = d.id)
              OR passages <> coalesce((SELECT count FROM passage_vectors v WHERE v.document = d.id), 0)
              OR pages <> (SELECT count(DISTINCT page) FROM page_blocks b WHERE b.document = d.id)""",
        "not whole",
    ),
    ("SELECT id FROM passages WHERE document NOT IN (SELECT id FROM documents)", "passage without a document"),
    ("SELECT page FROM page_blocks WHERE document NOT IN (SELECT id FROM documents)", "page without a document"),
    ("PRAGMA foreign_key_check", "a key points to nothing"),
)


class Eye:
    """Looks from outside at how many documents are stored, without touching the file."""

    def __init__(self, workspace: Path) -> None:
        service = Service(workspace)
        service.call(api.Unlock(PASSPHRASE, create=True))
        self._path, self._key = service.context.store.path, service.context.store.key
        service.close()

    def stored(self) -> int:
        connection = apsw.Connection(str(self._path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            apply_key(connection, self._key)
            return int(str(connection.execute("SELECT count(*) FROM documents").fetchone()[0]))
        except apsw.Error:
            return 0
        finally:
            connection.close()


def kill_often(workspace: Path, folder: Path, kills: int, seed: int, total: int) -> dict[str, Any]:
    """Kill `kills` times: one in four at a moment of the first seconds, when the program starts and looks at the files;
    the others up to half a second after a drawn number of documents is stored. Where a run was through before its
    moment came, every document gets a new edition, so that there is work again, and the moment is drawn again from the
    time that run took."""
    chooser = random.Random(seed)
    eye = Eye(workspace)
    stored, edition, runs = 0, 1, 0
    whole = 4.0  # seconds: what a run takes in all, once one was seen to end
    faults: list[str] = []
    at: list[int] = []
    while len(at) < kills and runs < 10 * kills:
        runs += 1
        early = edition > 1 or chooser.random() < 0.25
        wait = chooser.uniform(0.1, 1.0) * whole if early else chooser.uniform(0.0, 0.5)
        share = chooser.uniform(0.2, 1.6) / (kills - len(at) + 1)
        wanted = 0 if early else stored + round((total - stored) * share)
        began = time.monotonic()
        process = start(workspace, folder)
        while process.poll() is None and eye.stored() < min(wanted, total - 1):
            time.sleep(0.02)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(wait)
        if process.poll() is None:
            kill(process)
            stored, inside = faults_inside(workspace)
            faults += inside
            at.append(stored)
            print(f"kill {len(at)}: {stored} of {total} documents stored, edition {edition}", file=sys.stderr)
        else:
            process.communicate()
            whole = time.monotonic() - began
            edition += 1
            write_good(folder, total, seed, edition)
    return {"kills": len(at), "stored_after": at, "editions": edition, "faults_after_kills": faults}


def run(documents_count: int, bad_count: int, kills: int, seed: int) -> dict[str, Any]:
    """Write, kill, finish, compare; see the module."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, workspace = Path(temporary) / "library", Path(temporary) / "workspace"
        folder.mkdir()
        good = write_good(folder, documents_count - bad_count, seed)
        bad = write_bad(folder, bad_count)
        began = time.monotonic()
        told = kill_often(workspace, folder, kills, seed, len(good))
        output, _ = start(workspace, folder).communicate()
        result = json.loads(output)
        told |= compare(workspace, result["files"], good, bad)
        told |= {"documents": documents_count, "bad": bad_count, "seconds": round(time.monotonic() - began, 1)}
    told["ok"] = not (
        told["lost"] or told["doubled"] or told["different"] or told["unexplained"] or told["faults_after_kills"]
    )
    return told


def compare(workspace: Path, reports: list[dict[str, Any]], good: dict[Path, str], bad: list[Path]) -> dict[str, Any]:
    """What is stored beside what the parser gives now."""
    by_path = {Path(report["path"]): report for report in reports}
    service = Service(workspace)
    try:
        service.call(api.Unlock(PASSPHRASE))
        target = workspace / "export.jsonl"
        service.call(api.ExportCollection(COLLECTION, str(target)))
        stored: dict[Path, list[tuple[Any, ...]]] = {}
        for line in target.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["kind"] == "passage":
                place = (row["page"], row["start"], row["end"], row["text"], row["heading"])
                stored.setdefault(Path(row["doc"]), []).append(place)
        target.unlink()
        with service.context.store.read() as connection:
            doubled = [f"{fault}: {row}" for question, fault in _WHOLE for row in connection.execute(question)]
            doubled += searched(connection, good)
    finally:
        service.close()
    return {
        "lost": [path.name for path in good if path not in stored],
        "doubled": doubled,
        "different": [path.name for path in good if path in stored and stored[path] != expected(path)],
        "unexplained": [
            path.name
            for path in bad
            if (report := by_path.get(path)) is None
            or report["status"] not in ("failed", "skipped")
            or not (report["reason"] or "").endswith(".")
        ]
        + [report["path"] for path, report in by_path.items() if path in good and report["status"] == "failed"],
        "reasons": {path.name: by_path[path]["reason"] for path in bad if path in by_path},
    }


def searched(connection: apsw.Connection, good: dict[Path, str]) -> list[str]:
    """Documents whose own word is not found in them alone."""
    collection = documents.collection(connection, COLLECTION)
    found = []
    for path, word in good.items():
        hits = passages.search_words(connection, collection.id, terms(word), 5)
        places = passages.get(connection, [hit for hit, _ in hits]).values()
        owners = [Path(documents.document(connection, one.document).path) for one in places]
        if owners != [path]:
            found.append(f"{path.name}: its word is in {[owner.name for owner in owners]}")
    return found


def expected(path: Path) -> list[tuple[Any, ...]]:
    document = parse_document(path)
    return [
        (one.page if document.paged else None, one.start, one.end, one.text, one.heading)
        for one in split_passages(document)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--bad", type=int, default=20)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json")
    options = parser.parse_args()
    told = run(options.documents, options.bad, options.kills, options.seed)
    if options.json:
        Path(options.json).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, reason in told["reasons"].items():
        print(f"{name}: {reason}")
    print(f"{told['documents']} documents, {told['bad']} of them bad, {told['kills']} kills (documents stored by then: "
          f"{told['stored_after']}), {told['seconds']} s in all")  # fmt: skip
    for kind in ("lost", "doubled", "different", "unexplained", "faults_after_kills"):
        print(f"{kind}: {len(told[kind])} {told[kind][:5] or ''}")
    sys.exit(0 if told["ok"] else 1)


if __name__ == "__main__":
    main()
