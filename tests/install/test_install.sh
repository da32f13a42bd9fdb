#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# test_install.sh BUILD SOURCE: what `cmake --install` puts somewhere works there, from any folder, and knows
# nothing of the source tree.
set -eu

build=${1:?BUILD}
source=${2:?SOURCE}
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

cmake --install "$build" --prefix "$prefix" --strip >"$prefix/log" 2>&1 || { cat "$prefix/log"; fail install; }
cd "$prefix"
mkdir elsewhere
cd elsewhere
candial=$prefix/bin/candial

for file in "$candial" "$prefix"/lib/candial/candial-board; do
    # Sanitizers name the source files themselves, wherever they are.
    if grep -aoE "$source/[[:print:]]*" "$file" | grep -vE '\.[ch]$' >known; then
        fail "$file knows $(head -n 1 known)"
    fi
done
# A relative name of the program, and a link to it, work as well.
ln -s "$candial" link
./link --version | grep -q '^candial ' || fail "a link to it"
(cd "$prefix/bin" && ./candial profile list) | grep -q '^ford-mustang-s550 ' || fail "profile list"
"$candial" profile check ford-mustang-s550 >out 2>&1 || { cat out; fail "profile check"; }
"$candial" run --for 5s --speed max --json run.json >out 2>&1 || { cat out; fail "run"; }
grep -q '"state":"live"' run.json || fail "run: the needle is not live"
firmware=$prefix/share/candial/firmware
"$candial" check "$firmware/candial_cm7.elf" "$firmware/candial_cm4.elf" >out 2>&1 || { cat out; fail check; }
grep -q SAFE out || fail "check: no verdict"

for page in candial candial-run candial-check; do
    [ -s "$prefix/share/man/man1/$page.1" ] || fail "no man page $page"
done
# Each option of the help is in the man page and offered by each shell.
"$candial" help check | grep -oE -- '^  --[a-z0-9-]+' | tr -d ' ' | while read -r option; do
    name=${option#--}
    grep -qF -- "$(echo "$option" | sed 's/-/\\-/g')" "$prefix/share/man/man1/candial-check.1" || fail "man: $option"
    grep -qF -- "$option" "$prefix/share/bash-completion/completions/candial" || fail "bash: $option"
    grep -qF -- "$option" "$prefix/share/zsh/site-functions/_candial" || fail "zsh: $option"
    grep -q -- "from check' -l $name\\b" "$prefix/share/fish/vendor_completions.d/candial.fish" || fail "fish: $option"
done
if command -v bash >/dev/null; then
    bash -c '. "$0"; COMP_WORDS=(candial che); COMP_CWORD=1; _candial; [ "${COMPREPLY[*]}" = check ]' \
        "$prefix/share/bash-completion/completions/candial" || fail "bash: che is not completed"
fi
[ -s "$prefix/share/doc/candial/first-flash.md" ] || fail "no docs"
echo "installed: all of it works"
