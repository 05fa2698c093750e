"""The guard, tried in fresh processes because it can never be taken out of one again."""

from __future__ import annotations

import http.server
import json
import shutil
import socketserver
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def run(tmp_path: Path, body: str) -> str:
    """Run a script that may start children of its own."""
    script = tmp_path / "script.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nif __name__ == '__main__':\n{body}")
    command = [sys.executable, str(script)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


GUARD = "    from engine.privacy.network import install_guard\n    install_guard()\n    install_guard()\n"
SELF_TEST = "    import json\n    from engine.privacy.self_test import self_test\n    print(json.dumps(self_test()))\n"


def test_every_way_out_is_refused(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, GUARD + SELF_TEST))
    not_refused = [way for way in found["ways"] if not way["refused"]]
    if found["kernel"]:
        assert not_refused == []
    else:
        assert {way["way"] for way in not_refused} <= {"native code", "child process"}
        assert len(found["limits"]) == 2, "what is not held is said"
    assert found["attempts"] >= 7


def test_the_self_test_can_fail(tmp_path: Path) -> None:
    """Without the guard, a socket of the C library is made: the test would notice a missing wall."""
    body = (
        "    from engine.privacy import self_test\n"
        "    print(self_test._refused(self_test._native)[0], self_test.installed())\n"
    )
    assert run(tmp_path, body).split() == ["False", "False"]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's wall is Linux's")
def test_other_programs_are_held_too(tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    with socketserver.TCPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        body = (
            "    import subprocess\n"
            f"    command = [{curl!r}, '-s', '-m', '5', '-o', '/dev/null', {address!r}]\n"
            "    print(subprocess.run(command).returncode)\n"
        )
        without, with_guard = run(tmp_path, body), run(tmp_path, GUARD + body)
        server.shutdown()
    assert without.strip() == "0"
    assert with_guard.strip() == "7", "curl's number for: no connection"


@pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
def test_unix_sockets_and_pipes_go_on_working(tmp_path: Path) -> None:
    body = GUARD + (
        "    import multiprocessing, socket\n"
        "    a, b = socket.socketpair()\n"
        "    a.sendall(b'hello')\n"
        "    ours, theirs = multiprocessing.Pipe()\n"
        "    theirs.send_bytes(b.recv(5))\n"
        "    print(ours.recv_bytes().decode())\n"
    )
    assert run(tmp_path, body).strip() == "hello"


def test_the_program_itself_has_the_guard() -> None:
    found = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--json", "doctor"], capture_output=True, text=True, timeout=120
    )
    network = json.loads(found.stdout)["network"]
    assert network["guard"]
    assert network["refused"] == network["attempts"] or not network["kernel"]
