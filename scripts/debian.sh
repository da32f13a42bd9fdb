#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# debian.sh: sourced by scripts that get files of another Debian release, or source packages, into the
# build folder. The system is left as it is: apt runs with its own source list, lists and cache, on the
# mirror this machine already uses, and checks Debian's signatures itself. A system that uses no Debian
# mirror (Ubuntu) takes the one that CANDIAL_DEBIAN_MIRROR names.

debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The mirror of this machine's own Debian release, as apt reads it from .sources or .list files.
debian_mirror() {
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

# apt-get that neither reads nor writes the system's lists, cache or package state, but those in $work,
# after debian_prepare. It runs as the calling user: apt's own download user may be unable to enter the
# build folder.
isolated_apt() {
    apt-get -q -y \
        -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::Etc::preferences=- -o Dir::Etc::preferencesparts=- \
        -o Dir::State="$work/state" -o Dir::State::status="$work/status" \
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" \
        -o Acquire::Languages=none -o Acquire::Retries=3 \
        -o Acquire::AllowInsecureRepositories=false -o APT::Get::AllowUnauthenticated=false "$@"
}

debian_prepare() { # debian_prepare KIND SUITE, with $work and $mirror: KIND is deb or deb-src
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
    : >"$work/status"
    echo "$1 [signed-by=$debian_keyring] $mirror $2 main" >"$work/sources.list"
}
