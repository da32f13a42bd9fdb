#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# web_sources.sh [--check] [DIR]: the sources of the libraries that the page's WebAssembly needs and that no
# Debian package has built for it: elfutils, libyaml and zlib, into DIR, by default build/web-sources. They are
# Debian 12's source packages, of the versions below: apt checks signatures and sums (scripts/debian.sh).
# --check says why that is not possible here, if so, and gets nothing.
set -eu

suite=bookworm
packages="elfutils=0.188-2.1 libyaml=0.2.5-1 zlib=1:1.2.13.dfsg-1"
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/scripts/debian.sh"

fail() {
    echo "web sources: $*" >&2
    exit 1
}

check=
if [ "${1:-}" = --check ]; then
    check=yes
    shift
fi
dir=${1:-$top/build/web-sources}
[ "$(cat "$dir/version" 2>/dev/null)" != "$packages" ] || exit 0
command -v apt-get >/dev/null || fail "apt-get is needed: $packages of Debian $suite"
mirror=$(debian_mirror)
[ -n "$mirror" ] || fail "apt names no Debian mirror here: set CANDIAL_DEBIAN_MIRROR to one"
[ -r "$debian_keyring" ] || fail "$debian_keyring is missing: install debian-archive-keyring"
[ -z "$check" ] || exit 0

echo "getting sources of elfutils, libyaml and zlib into ${dir#"$top"/}: 20 MB to download" >&2
mkdir -p "$(dirname "$dir")"
new=$(mktemp -d "$dir.XXXXXX")
trap 'rm -rf "$new"' EXIT
work=$new/apt
debian_prepare deb-src "$suite"
# shellcheck disable=SC2086 # a list of names
{
    isolated_apt update && cd "$new" && isolated_apt source --download-only $packages
} >"$work/log" 2>&1 ||
    fail "could not get $packages: $(grep -E '^(E|W|Err)' "$work/log" | tail -n 1)"
for name in elfutils libyaml zlib; do
    mkdir "$new/$name"
    tar -xf "$new/${name}"_*.orig.tar.*[2z] -C "$new/$name" --strip-components=1
done
rm -rf "$work" "$new"/*.tar.* "$new"/*.dsc
echo "$packages" >"$new/version"
# Complete or absent: a half-filled folder must not pass for a whole one.
rm -rf "$dir"
mv -T "$new" "$dir"
