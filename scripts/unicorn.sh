#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# unicorn.sh [DIR]: sees to it that Unicorn 2.1.1 or newer can be linked.
# unicorn.sh --check: says why that is not possible here, if so, and gets nothing.
#
# Where pkg-config has it, nothing is done. Debian 12 has 2.0.1, whose RAM stores take a slow path;
# there Debian 13's two packages (they need only libc6 >= 2.34) are unpacked into DIR, by default
# build/unicorn. The system is left as it is: apt runs with its own source list, lists and cache, on
# the mirror this machine already uses, and checks Debian's signatures itself. A system that uses no
# Debian mirror (Ubuntu) takes the one that CANDIAL_DEBIAN_MIRROR names.
set -eu

minimum=2.1.1
suite=trixie
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
top=$(cd "$(dirname "$0")/.." && pwd)

fail() {
    echo "unicorn: $*" >&2
    exit 1
}

# The mirror of this machine's own Debian release, as apt reads it from .sources or .list files.
mirror_address() {
    if [ -n "${CANDIAL_DEBIAN_MIRROR:-}" ]; then
        echo "$CANDIAL_DEBIAN_MIRROR"
        return 0
    fi
    codename=$(. "${CANDIAL_OS_RELEASE:-/etc/os-release}" && [ "${ID:-}" = debian ] &&
        echo "${VERSION_CODENAME:-}") || true
    [ -n "${codename:-}" ] || return 0
    apt-get update --print-uris 2>/dev/null |
        sed -n "s|^'\(.*\)/dists/$codename/InRelease'.*|\1|p" | head -n 1
}

# apt-get that neither reads nor writes the system's lists, cache or package state. It runs as the
# calling user: apt's own download user may be unable to enter the build folder.
isolated_apt() {
    apt-get -q -y \
        -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::Etc::preferences=- -o Dir::Etc::preferencesparts=- \
        -o Dir::State="$work/state" -o Dir::State::status="$work/status" \
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" \
        -o Acquire::Languages=none -o Acquire::Retries=3 \
        -o Acquire::AllowInsecureRepositories=false -o APT::Get::AllowUnauthenticated=false "$@"
}

download() {
    echo "getting Unicorn of Debian $suite into ${dir#"$top"/}: 6 MB to download, 50 MB on disk" >&2
    mkdir -p "$(dirname "$dir")"
    new=$(mktemp -d "$dir.XXXXXX")
    trap 'rm -rf "$new"' EXIT
    work=$new/apt
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/debs"
    : >"$work/status"
    echo "deb [signed-by=$keyring] $mirror $suite main" >"$work/sources.list"
    isolated_apt update >"$work/log" 2>&1 || explain_failure
    # Without a signature that holds, apt keeps no index and only warns.
    (cd "$work/debs" && isolated_apt download libunicorn2t64 libunicorn-dev) >>"$work/log" 2>&1 ||
        explain_failure
}

explain_failure() {
    if grep -q NO_PUBKEY "$work/log"; then
        fail "$keyring lacks the key of Debian $suite: upgrade debian-archive-keyring"
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
mirror=$(mirror_address)
[ -n "$mirror" ] || fail "apt names no Debian mirror here: set CANDIAL_DEBIAN_MIRROR to one," \
    "or install Unicorn >= $minimum and its pkg-config file"
[ -r "$keyring" ] || fail "$keyring is missing: install debian-archive-keyring"
[ -z "$check" ] || exit 0
download
unpack
