"""Does the frozen program do its work on a machine without Python? Builds nothing; run it after PyInstaller.

    python packaging/smoke.py [dist/casemate]

Starts the executable with an empty PATH and nothing of this Python in the environment, and looks at what it answers:
documents found and quoted, texts taught and told apart, purchases learned and ranked. Ends with 1 at the first
failure. Prints sizes and times.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PASSPHRASE = "smoke test passphrase"


class Program:
    """The executable, in a bare environment of its own."""

    def __init__(self, executable: Path, home: Path) -> None:
        self.executable = executable
        self.environment = {
            "PATH": "",
            "HOME": str(home),
            "TMPDIR": str(home),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "CASEMATE_PASSPHRASE": PASSPHRASE,
        }
        if sys.platform == "win32":
            self.environment |= {"SYSTEMROOT": "C:\\Windows", "TEMP": str(home), "TMP": str(home)}

    def run(self, *arguments: str, code: int = 0, timeout_s: float = 300.0) -> tuple[dict[str, Any], float]:
        """The JSON a command prints, and its seconds."""
        began = time.perf_counter()
        done = subprocess.run(
            [str(self.executable), *arguments, "--json"],
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout_s,
            cwd="/",
            check=False,
        )
        seconds = time.perf_counter() - began
        name = " ".join(arguments[2:5] if arguments[0] == "--workspace" else arguments[:3])
        expect(
            done.returncode == code,
            f"`{name}` ended with {done.returncode}: {done.stderr[-2000:]}{done.stdout[-2000:]}",
        )
        answer = json.loads(done.stdout)
        print(f"{seconds:7.2f} s  {name}")
        return answer, seconds


def expect(holds: bool, otherwise: str) -> None:
    """End the test with a sentence unless something holds."""
    if not holds:
        sys.exit(f"FAILED: {otherwise}")


def check_doctor(program: Program) -> None:
    answer, _seconds = program.run("doctor")
    expect(answer["ok"], f"doctor is not content: {answer}")
    expect(any(model["ok"] for model in answer["models"]), "doctor lists no sound model")
    expect(answer["network"]["attempts"] == answer["network"]["refused"] > 0, f"ways out: {answer['network']}")


def check_demo(program: Program) -> None:
    answer, _seconds = program.run("demo", "--headless")
    for part in ("chat", "classify", "recommend"):
        expect(answer[part]["ok"], f"the demo's {part} failed: {answer[part]}")


def check_work(program: Program, folder: Path) -> None:
    """The three jobs on files of this test's own, which no sample could have prepared."""
    workspace = ("--workspace", str(folder / "workspace"))
    (folder / "kettle.md").write_text(
        "# Zorblat kettle\n\n## Descaling\n\nDescale the Zorblat kettle every 41 days with lemon juice.\n\n"
        "## Warranty\n\nThe warranty of the Zorblat kettle lasts three years.\n",
        encoding="utf-8",
    )
    added, _ = program.run(*workspace, "kb", "add", "--collection", "kettles", str(folder / "kettle.md"))
    expect(added["passages"] >= 1 and added["files"][0]["status"] == "indexed", f"not indexed: {added}")
    reply, _ = program.run(
        *workspace, "chat", "ask", "--collection", "kettles", "How often should I descale the Zorblat kettle?"
    )
    expect("41 days" in reply["answer"] and reply["citations"], f"the answer is not in the document: {reply}")

    rows = [(f"my parcel number {n} has not arrived yet", "delivery") for n in range(30)]
    rows += [(f"please give me my money back for order {n}", "refund") for n in range(30)]
    _table(folder / "taught.csv", ("text", "label"), rows)
    program.run(*workspace, "data", "import", str(folder / "taught.csv"), "--name", "taught", "--kind", "labelled")
    program.run(*workspace, "train", "classify", "--dataset", "taught", "--pack", "reader")
    told, _ = program.run(
        *workspace, "classify", "--pack", "reader", "where is the parcel", "I want a refund of my money"
    )
    labels = [one["label"] for one in told["results"]]
    expect(labels == ["delivery", "refund"], f"told apart wrongly: {labels}")

    program.run(*workspace, "train", "classify", "--dataset", "taught", "--pack", "adapted", "--method", "lora")
    told, _ = program.run(*workspace, "classify", "--pack", "adapted", "where is the parcel")
    expect(told["results"][0]["label"] == "delivery", f"the adapted skill told wrongly: {told}")
    program.run(*workspace, "models", "export", "adapted", str(folder / "adapted"), "--format", "onnx")
    expect((folder / "adapted" / "model.onnx").stat().st_size > 1_000_000, "no graph was exported")
    program.run(*workspace, "report", "--pack", "adapted", str(folder / "adapted.pdf"))
    expect((folder / "adapted.pdf").read_bytes().startswith(b"%PDF"), "no report was written")

    items = [(f"{kind}{n}", f"{kind} {n}", f"a {kind}") for kind in ("tea", "tool") for n in range(12)]
    events = [
        (f"{kind}-person{p}", f"{kind}{(p + step) % 12}", "buy", f"2024-01-{step + 1:02d}", "1")
        for kind in ("tea", "tool") for p in range(40) for step in range(6)
    ]  # fmt: skip
    _table(folder / "items.csv", ("item", "title", "text"), items)
    _table(folder / "events.csv", ("user", "item", "type", "time", "value"), events)
    for name in ("items", "events"):
        program.run(*workspace, "data", "import", str(folder / f"{name}.csv"), "--name", name, "--kind", name)
    program.run(*workspace, "recommend", "fit", "--items", "items", "--events", "events", "--pack", "shop")
    top, _ = program.run(*workspace, "recommend", "top", "--pack", "shop", "--history", "tea1,tea2,tea3", "--k", "3")
    ranked = [one["item"] for one in top["items"]]
    expect(len(ranked) == 3 and all(item.startswith("tea") for item in ranked), f"ranked wrongly: {ranked}")
    program.run(*workspace, "chat", "ask", "--collection", "nowhere", "Anything?", code=4)


def check_generator(program: Program, folder: Path) -> None:
    """The bundled generator phrases an answer, where the program was frozen with llama.cpp."""
    if not any((folder / "_internal" / "llama_cpp").rglob("*llama.*")):
        print("         without llama.cpp: generators were not looked at")
        return
    workspace = ("--workspace", str(Path(program.environment["HOME"]) / "workspace"))
    told, _ = program.run(*workspace, "generate", "--pack", "generator-en", "--max-tokens", "12", "Hello")
    expect(told["tokens"] > 0, f"nothing was written: {told}")
    question = "How long does the warranty of the Zorblat kettle last?"
    told, _ = program.run(*workspace, "chat", "ask", "--collection", "kettles", "--pack", "generator-en", question)
    expect("three years" in told["answer"] and told["citations"], f"the answer is not in the document: {told}")


def check_window(program: Program) -> None:
    """The window opens, stays, and ends when asked."""
    if sys.platform == "win32":
        return
    began = subprocess.Popen(
        [str(program.executable), "--workspace", str(Path(program.environment["HOME"]) / "window")],
        env=program.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/",
    )  # fmt: skip
    try:
        time.sleep(6)
        expect(began.poll() is None, f"the window ended by itself with {began.returncode}")
    finally:
        began.terminate()
        try:
            _out, errors = began.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            began.kill()
            _out, errors = began.communicate()
    text = errors.decode("utf-8", "replace")
    expect("Traceback" not in text and "could not" not in text.lower(), f"the window complains: {text[-2000:]}")
    print("         the window opens (offscreen)")


def _table(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    path.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n", encoding="utf-8")


def report_sizes(folder: Path) -> None:
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(folder).parts
            name = parts[1] if len(parts) > 2 else "(top)"
            sizes[name] = sizes.get(name, 0) + path.stat().st_size
    print(f"{sum(sizes.values()) / 1e6:9.1f} MB in all")
    for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:12]:
        print(f"{size / 1e6:9.1f} MB {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "dist" / "casemate")
    folder = parser.parse_args().folder.resolve()
    executable = folder / ("casemate.exe" if sys.platform == "win32" else "casemate")
    expect(executable.is_file(), f"there is no {executable}; run `pyinstaller packaging/casemate.spec` first.")
    forbidden = [name for name in ("transformers", "peft", "sklearn") if any(folder.rglob(name))]
    expect(not forbidden, f"{forbidden} came along")
    report_sizes(folder)
    with tempfile.TemporaryDirectory() as home:
        program = Program(executable, Path(home))
        check_doctor(program)
        check_demo(program)
        check_work(program, Path(home))
        check_generator(program, folder)
        check_window(program)
    print("The frozen program works.")


if __name__ == "__main__":
    main()
