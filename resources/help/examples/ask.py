"""Asks the posmember window of this session for a member's usable coupons; Python alone.

python3 ask.py CODE [AMOUNT]
"""

import json
import os
import sys
from pathlib import Path


def address() -> str:
    """Where the window listens; see link.md."""
    if sys.platform == "win32":
        import subprocess

        script = (
            "$s = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value;"
            "'posmember-' + $s + '-s' + (Get-Process -Id $PID).SessionId"
        )
        command = ["powershell", "-NoProfile", "-Command", script]
        name = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        return rf"\\.\pipe\{name}"
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or "none"
    host, colon, screen = display.rpartition(":")
    if colon:
        display = f"{host}:{screen.partition('.')[0]}"
    name = "x" + "".join(c if c.isascii() and c.isalnum() else "-" for c in display)[-24:]
    return str(Path(os.environ["XDG_RUNTIME_DIR"], "posmember", f"{name}.sock"))


def ask(request: dict) -> dict:
    """Send one request, and read its answer: a line of JSON each."""
    line = json.dumps({"protocol": 1, **request}).encode() + b"\n"
    if sys.platform == "win32":
        with Path(address()).open("r+b", buffering=0) as pipe:
            pipe.write(line)
            answer = b""
            while not answer.endswith(b"\n"):
                answer += pipe.read(65536)
        return json.loads(answer)
    import socket

    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(30)
        connection.connect(address())
        connection.sendall(line)
        with connection.makefile("rb") as answers:
            return json.loads(answers.readline())


def main() -> int:
    """Print the member's usable coupons, one a line."""
    request = {"do": "ask", "identifier": sys.argv[1]}
    if len(sys.argv) > 2:
        request["amount"] = sys.argv[2]
    answer = ask(request)
    if not answer["ok"]:
        print(f"{answer['error']}: {answer['message']}", file=sys.stderr)
        return 6
    if answer["words"]:
        print(answer["words"], file=sys.stderr)
    for coupon in (answer["report"] or {"coupons": []})["coupons"]:
        if coupon["verdict"] == "usable":
            print(coupon["redemption_code"], coupon["title"], coupon["estimated_saving"])
    return answer["exit"]


if __name__ == "__main__":
    sys.exit(main())
