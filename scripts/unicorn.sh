#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# unicorn.sh [DIR]: sees to it that Unicorn 2.1.1 or newer can be linked.
# unicorn.sh --check: says why that is not possible here, if so, and gets nothing.
#
# Where pkg-config has it, nothing is done. Debian 12 has 2.0.1, whose RAM stores take a slow path;
# there Debian 13's two packages (they need only libc6 >= 2.34) are unpacked into DIR, by default
# build/unicorn, as scripts/debian.sh tells.
set -eu

minimum=2.1.1
suite=trixie
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/scripts/debian.sh"

fail() {
    echo "unicorn: $*" >&2
    exit 1
}

download() {
    echo "getting Unicorn of Debian $suite into ${dir#"$top"/}: 6 MB to download, 50 MB on disk" >&2
    mkdir -p "$(dirname "$dir")"
    new=$(mktemp -d "$dir.XXXXXX")
    trap 'rm -rf "$new"' EXIT
    work=$new/apt
    debian_prepare deb "$suite"
    mkdir -p "$work/debs"
    isolated_apt update >"$work/log" 2>&1 || explain_failure
    # Without a signature that holds, apt keeps no index and only warns.
    (cd "$work/debs" && isolated_apt download libunicorn2t64 libunicorn-dev) >>"$work/log" 2>&1 ||
        explain_failure
}

explain_failure() {
    if grep -q NO_PUBKEY "$work/log"; then
        fail "$debian_keyring lacks the key of Debian $suite: upgrade debian-archive-keyring"
    fi
    case $mirror in
    *snapshot* | *[0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z*)
        note=" (apt is set to a dated archive, $mirror, which may lack it)" ;;
    *) note= ;;
    esac
    fail "could not get libunicorn2t64 and libunicorn-dev of Debian $suite$note:" \
        "$(grep -E '^(E|W|Err)' "$work/log" | tail -n 1); install Unicorn >= $minimum and its pkg-config file"
}

unpack() {
    for deb in "$work"/debs/*.deb; do
        version=$(dpkg-deb -f "$deb" Version)
        dpkg --compare-versions "$version" ge "$minimum" ||
            fail "$mirror has $version of $suite, at least $minimum is needed"
        dpkg-deb -x "$deb" "$new"
    done
    rm -rf "$work"
    echo "$version" >"$new/version"
    # Complete or absent: a half-filled folder must not pass for an installed one.
    rm -rf "$dir"
    mv -T "$new" "$dir"
}

check=
if [ "${1:-}" = --check ]; then
    check=yes
    shift
fi
dir=${1:-$top/build/unicorn}
if pkg-config --atleast-version="$minimum" unicorn 2>/dev/null || [ -f "$dir/version" ]; then
    exit 0
fi
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    fail "version $minimum or newer is needed: install it with its pkg-config file"
mirror=$(debian_mirror)
[ -n "$mirror" ] || fail "apt names no Debian mirror here: set CANDIAL_DEBIAN_MIRROR to one," \
    "or install Unicorn >= $minimum and its pkg-config file"
[ -r "$debian_keyring" ] || fail "$debian_keyring is missing: install debian-archive-keyring"
[ -z "$check" ] || exit 0
download
unpack
