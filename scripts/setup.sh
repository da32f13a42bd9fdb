#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# setup.sh [--list | --dry-run] [GROUP]: installs what GROUP needs and this machine lacks.
#
#   run     (if none is named) builds the program and the firmware, and runs them
#   web     builds the page
#   test    the same as run and web, and what the tests need
#   speed   the same as run and what speed is compared with
#
#   --list      prints what GROUP needs here, a package a line, and whether it is there
#   --dry-run   says what would be installed and how much that is, and installs nothing
#
# It says beforehand what it installs and how much; a second call finds its stamp and does nothing.
# CANDIAL_SETUP=off installs nothing, on whatever system: build and tests then use what they find.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$scripts/.." && pwd)
log=$top/build/log/setup.log
. "$scripts/say.sh"

# Group, Debian package (or a script in this folder), the command whose presence will do instead (or
# -), and what it is for. Later systems have another clang-format: there the format is not checked.
# A script of a group other than run may fail: there the tests that want it are skipped.
needs() {
    cat <<'LIST'
run   gcc                gcc               the host programs
run   libc6-dev          -                 C library headers for the host programs
run   cmake              cmake             build description
run   ninja-build        ninja             build tool of the CMake presets
run   pkg-config         pkg-config        finds the libraries below
run   gcc-arm-none-eabi  arm-none-eabi-gcc the firmware
run   libyaml-dev        -                 profiles (YAML)
run   zlib1g-dev         -                 logs packed with gzip, Vector BLF and MDF4
run   libelf-dev         -                 loads ELF images
run   libdw-dev          -                 names functions and lines of an image
run   libcairo2-dev      -                 plots and the dial's picture
test  libcmocka-dev      -                 unit tests
test  stm32flash         stm32flash        recovery tests: a real host for the virtual board's boot ROM
test  python3            python3           mutation tests
test  gdb-multiarch      gdb-multiarch     debugger tests: a real client for the virtual board
test  openocd            openocd           debugger tests: the probe of the virtual board
test  python3-pytest     -                 the example of python/
test  python3-can        -                 BLF files that another program wrote
test  ./unicorn.sh       -                 a second engine, to compare ours with
test  nodejs             node              the page's module without a browser
test  npm                npm               Arm's core headers, to compare ours with; what drives the browser
test  chromium           chromium          the page as a user has it
test  ./npm.sh           -                 the same
web   lld                wasm-ld           the page's board as WebAssembly
web   zip                zip               the page as one file
web   wasi-libc          -                 its C library
web   bzip2              bzip2             unpacks its other libraries
web   libwebsockets-dev  -                 candial web, candial run --web
web   ./web_sources.sh   -                 its other libraries
speed libcmocka-dev      -                 the measuring programs are among the tests
speed qemu-system-arm    qemu-system-arm   speed is given as a share of QEMU's
speed ./unicorn.sh       -                 and of Unicorn's
speed python3-can        -                 speed of decode is given as a multiple of its candump reader's
speed can-utils          log2asc           and of log2asc's
speed gdb-multiarch      gdb-multiarch     a debugger may not slow the board down
LIST
    case $system in
    debian-12) echo "test clang-format clang-format style check among the tests" ;;
    ubuntu-24.04) echo "test clang-format-14 clang-format-14 style check among the tests" ;;
    esac
    # The compiler, and its run-time library for WebAssembly, which carries its version in its name.
    case $system in
    debian-12) clang=14 ;;
    ubuntu-24.04) clang=18 ;;
    *) clang=19 ;;
    esac
    echo "web clang clang the page's board as WebAssembly"
    echo "web libclang-rt-$clang-dev-wasm32 - its run-time library"
}

fail() {
    say "setup: $*"
    exit 1
}

# ID-VERSION of this system, as os-release(5) has it; a Debian that is not released has no version.
read_system() {
    file=${CANDIAL_OS_RELEASE:-/etc/os-release}
    system=unknown
    system_name="this system"
    [ -r "$file" ] || return 0
    system=$(. "$file" && echo "${ID:-linux}-${VERSION_ID:-99}")
    system_name=$(. "$file" && echo "${PRETTY_NAME:-$system}")
}

# Before anything is installed.
check_system() {
    major=${system#*-}
    major=${major%%.*}
    case $system in
    debian-*) [ "$major" -lt 12 ] || return 0 ;;
    ubuntu-*) [ "$major" -lt 24 ] || return 0 ;;
    esac
    fail "$system_name is not one this installs for: Debian 12 or newer, Ubuntu 24.04 or newer." \
        "With what \`scripts/setup.sh --list\` names installed by hand, CANDIAL_SETUP=off ./run works"
}

# PACKAGE COMMAND GROUP of each need of the group, a line each.
needs_of_group() {
    needs | while read -r of package command _; do
        case "$of $group" in
        "run "* | "$group "* | "web test") echo "$package $command $of" ;;
        esac
    done
}

installed() {
    [ "$2" = - ] || ! command -v "$2" >/dev/null || return 0
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_packages() {
    needs_of_group | while read -r package command _; do
        case $package in
        ./*) ;;
        *) installed "$package" "$command" || printf ' %s' "$package" ;;
        esac
    done
}

list() {
    needs_of_group | while read -r package command _; do
        case $package in
        ./*) state="by scripts/${package#./}" ;;
        *) if installed "$package" "$command"; then state=present; else state=missing; fi ;;
        esac
        printf '%-20s %s\n' "$package" "$state"
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

# "N packages, M to download, D on disk", as apt-get says before it lists addresses instead of getting
# them. (--assume-no would install where there is nothing to ask.) Nothing is locked: anybody may ask.
amount() {
    # shellcheck disable=SC2086 # a list of names
    LC_ALL=C apt-get -o Debug::NoLocking=1 --print-uris --no-install-recommends install $packages \
        2>/dev/null </dev/null |
        sed -n -e 's/.* \([0-9]*\) newly installed.*/\1 packages/p' \
            -e 's|^Need to get \([^/]*B\)[/ ].*of archives.*|\1 to download|p' \
            -e 's/^After this operation, \(.*\) of additional.*/\1 on disk/p' |
        paste -s -d, | sed 's/,/, /g'
}

# apt-get's status lines (APT::Status-Fd): KIND:PACKAGE:PERCENT:TEXT
apt_line() {
    case $1 in
    dlstatus:* | pmstatus:*) ;;
    *) return 1 ;;
    esac
    label=installing
    [ "${1%%:*}" != dlstatus ] || label=downloading
    rest=${1#*:*:}
    moving "$label" "${rest%%.*}" "${rest#*:}"
}

install_packages() {
    packages=$(missing_packages)
    packages=${packages# }
    [ -n "$packages" ] || return 0
    root=$(as_root)
    [ -n "$root" ] || fail "no right to install; run as root: apt-get install $packages"
    say "installing with apt-get: $packages"
    started=$(date +%s)
    moving reading 0 "the package lists"
    logged "$log" apt_line $root apt-get -q update || fail_install
    say "with what they need: $(amount)"
    # shellcheck disable=SC2086 # a list of names
    logged "$log" apt_line $root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o APT::Status-Fd=1 --no-install-recommends install $packages || fail_install
    say "installed in $(($(date +%s) - started)) s"
}

fail_install() {
    fail "could not install $packages ($(grep '^E:' "$log" | tail -n 1)); log: $log"
}

run_scripts() { # run_scripts [--check]
    needs_of_group | while read -r package _ of; do
        case $package in
        ./*) "$scripts/$package" "$@" || [ "$of" != run ] || exit 1 ;;
        esac
    done
}

mode=install
case ${1:-} in
--list | --dry-run)
    mode=${1#--}
    shift
    ;;
esac
group=${1:-run}
case $group in
run | web | test | speed) ;;
*) fail "no such group: $group (run, web, test, speed)" ;;
esac

read_system
case $mode in
list)
    list
    exit
    ;;
dry-run)
    check_system
    run_scripts --check
    packages=$(missing_packages)
    packages=${packages# }
    if [ -n "$packages" ]; then
        say "would install with apt-get: $packages"
        say "with what they need: $(amount)"
    else
        say "nothing to install"
    fi
    exit
    ;;
esac

[ "${CANDIAL_SETUP:-on}" != off ] || exit 0
stamp=$top/build/setup-$group.stamp
signature=$(cat "$scripts/setup.sh" "$scripts/unicorn.sh" "$scripts/npm.sh" "$scripts/web_sources.sh" \
    "$top/package-lock.json" |
    cksum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$signature" ]; then
    run_scripts
    exit
fi
check_system
run_scripts --check
mkdir -p "$top/build/log"
: >"$log"
install_packages
run_scripts
echo "$signature" >"$stamp"
