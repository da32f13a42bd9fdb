#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# setup.sh [speed]: installs what building and testing need and this machine lacks. With `speed` also
# what only the benchmarks compare with. A second call finds its stamp and does nothing.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
group=${1:-base}
log=$top/build/log/setup.log

# Debian package, the command whose presence will do instead (or -), and what it is for.
needs() {
    cat <<'LIST'
base gcc                     gcc               the host programs
base libc6-dev               -                 C library headers for the host programs
base cmake                   cmake             build description
base ninja-build             ninja             build tool of the CMake presets
base pkg-config              pkg-config        finds the libraries below
base gcc-arm-none-eabi       arm-none-eabi-gcc the firmware
base libnewlib-arm-none-eabi -                 C headers for the firmware
base npm                     npm               CMSIS-Core headers (package.json)
base libyaml-dev             -                 profiles (YAML)
base libelf-dev              -                 loads ELF images
base libdw-dev               -                 names functions and lines of an image
base libcairo2-dev           -                 plots
base libcmocka-dev           -                 unit tests
base clang-format            clang-format      style check among the tests
base stm32flash           stm32flash        recovery tests: a real host for the virtual board's boot ROM
base gdb-multiarch           gdb-multiarch     debugger tests: a real client for the virtual board
speed qemu-system-arm        qemu-system-arm   speed is given as a share of QEMU's
speed python3-can            -                 speed of decode is given as a multiple of its candump reader's
speed can-utils              log2asc           and of log2asc's
LIST
}

fail() {
    echo "setup: $*" >&2
    exit 1
}

installed() {
    [ "$2" != - ] && command -v "$2" >/dev/null && return 0
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_packages() {
    needs | while read -r in_group package command _; do
        [ "$in_group" = base ] || [ "$in_group" = "$group" ] || continue
        installed "$package" "$command" || printf ' %s' "$package"
    done
}

# Words that run apt-get with the right to install, or nothing.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        echo sudo
    fi
}

install_packages() {
    packages=$(missing_packages)
    [ -n "$packages" ] || return 0
    command -v apt-get >/dev/null || fail "not a Debian system; get the equivalents of:$packages"
    root=$(as_root)
    [ -n "$root" ] || fail "no right to install; run as root: apt-get install$packages"
    echo "installing:$packages" >&2
    # shellcheck disable=SC2086 # a list of names
    { $root apt-get -q update && $root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y --no-install-recommends install $packages; } >>"$log" 2>&1 </dev/null ||
        fail "could not install$packages ($(grep '^E:' "$log" | tail -n 1)); log: $log"
}

install_node_modules() {
    echo "installing: npm packages" >&2
    (cd "$top" && npm ci --no-progress) >>"$log" 2>&1 </dev/null ||
        fail "npm ci failed; it gets the packages of package.json ($(grep -i -m 1 '^npm err' "$log")); log: $log"
}

stamp=$top/build/setup-$group.stamp
signature=$(cat "$0" "$top/scripts/unicorn.sh" "$top/package.json" "$top/package-lock.json" | cksum)
if [ -d "$top/node_modules/@xpack-3rd-party" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$signature" ]; then
    exec "$top/scripts/unicorn.sh"
fi

mkdir -p "$top/build/log"
: >"$log"
install_packages
install_node_modules
"$top/scripts/unicorn.sh"
echo "$signature" >"$stamp"
