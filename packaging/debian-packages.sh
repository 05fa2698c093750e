#!/usr/bin/env bash
# The system libraries that Qt opens a window with on Debian 12, that of LightGBM, the compiler that builds llama.cpp, the
# fonts for Chinese, and a virtual screen.
set -euo pipefail
packages="python3-venv libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxkbcommon-x11-0
libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libgomp1 g++ xvfb fonts-noto-cjk"
missing=$(for p in $packages; do dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || echo "$p"; done)
[ -z "$missing" ] && exit 0
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
