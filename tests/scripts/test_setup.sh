#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# scripts/setup.sh on systems that are told to it, with an apt-get that only notes how it was called.
. "$(dirname "$0")/expect.sh"

# A tree of the scripts alone. What they run besides apt-get notes its name too.
tree=$work/tree
calls=$work/calls
mkdir -p "$tree/scripts" "$work/bin"
cp "$source/scripts/setup.sh" "$source/scripts/say.sh" "$tree/scripts"
cp "$source/package-lock.json" "$tree"
for name in unicorn npm web_sources; do
    printf '#!/bin/sh\n[ "$*" = --check ] || echo %s >>"%s"\n[ "$FAILS" != %s ]\n' $name "$calls" $name \
        >"$tree/scripts/$name.sh"
    chmod +x "$tree/scripts/$name.sh"
done

# No package is installed, everybody may install, and apt-get says 12 packages.
fake() { # fake COMMAND, its text on standard input
    { echo '#!/bin/sh'; cat; } >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}
fake dpkg-query <<'EOT'
exit 1
EOT
fake sudo <<'EOT'
[ "$1" != -n ] || shift
exec "$@"
EOT
fake apt-get <<EOT
echo "apt-get \$*" >>"$calls"
case "\$*" in
*update*--print-uris*) echo "'https://mirror.example/ubuntu/dists/noble/InRelease' InRelease 0" ;;
*--print-uris*)
    echo "0 upgraded, 12 newly installed, 0 to remove and 0 not upgraded."
    echo "Need to get 3456 kB/78.9 MB of archives."
    echo "After this operation, 210 MB of additional disk space will be used." ;;
*install*)
    echo "dlstatus:1:50.0000:Retrieving file 1 of 12"
    echo "pmstatus:libyaml-dev:50.0000:Preparing libyaml-dev"
    [ -z "\${APT_FAILS:-}" ] || { echo "E: no such mirror"; exit 100; } ;;
esac
EOT
PATH=$work/bin:$PATH
FAILS=
export PATH FAILS

on() { # on ID VERSION: the system the next calls are on
    printf 'ID=%s\nVERSION_ID="%s"\nPRETTY_NAME="%s Linux %s"\n' "$1" "$2" "$1" "$2" >"$work/os"
    [ -n "$2" ] || sed -i /VERSION_ID/d "$work/os"
    export CANDIAL_OS_RELEASE="$work/os"
    rm -f "$calls"
}
setup=$tree/scripts/setup.sh

# Other systems: one line, and nothing was asked or run.
for system in "debian 11" "ubuntu 22.04" "fedora 41" "arch "; do
    # shellcheck disable=SC2086 # two words
    on $system ""
    for arguments in run test "--dry-run run"; do
        # shellcheck disable=SC2086 # words
        expect 1 "$setup" $arguments
        says "^setup: ${system%% *} Linux .*Debian 12 or newer, Ubuntu 24.04 or newer.*CANDIAL_SETUP=off"
        [ "$(wc -l <"$work/out")" -eq 1 ] || wrong "not one line"
        [ ! -e "$calls" ] || wrong "on $system these were run: $(cat "$calls")"
    done
    CANDIAL_SETUP=off expect 0 "$setup" run
    says_nothing
done

# These it knows.
for system in "debian 12" "debian 13" "debian " "ubuntu 24.04" "ubuntu 26.04"; do
    # shellcheck disable=SC2086 # two words
    on $system ""
    expect 0 "$setup" --dry-run run
    says "^would install with apt-get: .*libyaml-dev"
    says "^with what they need: 12 packages, 3456 kB to download, 210 MB on disk$"
    grep -v -- --print-uris "$calls" && wrong "a dry run calls apt-get otherwise"
done

# A group has what it needs and no more.
on debian 12
expect 0 "$setup" --list run
says "^libcairo2-dev .*missing$"
says_not "unicorn"
for not in wasi-libc chromium libcmocka-dev clang-format gdb-multiarch qemu-system-arm npm libnewlib; do
    says_not "^$not"
done
expect 0 "$setup" --list test
says "^libcairo2-dev "
says "^libcmocka-dev "
says "^./unicorn.sh "
says "^clang-format "
says_not "^qemu-system-arm"
says "^chromium "
says "^libclang-rt-14-dev-wasm32 "
says "^./web_sources.sh "
expect 0 "$setup" --list web
says "^wasi-libc "
says_not "^chromium "
expect 0 "$setup" --list speed
says "^qemu-system-arm "
says "^./unicorn.sh "
on debian 13
expect 0 "$setup" --list test
says_not "^clang-format"
on ubuntu 24.04
expect 0 "$setup" --list test
says "^clang-format-14 "
expect 1 "$setup" everything

# Installing: said before, whole lines only where there is no terminal, and once.
on debian 12
expect 0 "$setup" run
says "^installing with apt-get: .*libyaml-dev"
says "^with what they need: 12 packages, 3456 kB to download, 210 MB on disk$"
says "^installed in [0-9]* s$"
says_not status
says_not "$(printf '\r')"
grep -q "^apt-get .*--no-install-recommends install .*libyaml-dev" "$calls" || wrong "nothing installed"
rm "$calls"
expect 0 "$setup" run
says_nothing
[ ! -e "$calls" ] || wrong "a second call runs: $(cat "$calls")"
expect 0 "$setup" test
[ "$(tail -n 3 "$calls" | tr '\n' ' ')" = "unicorn npm web_sources " ] || wrong "scripts come last, not: $(cat "$calls")"

# What a script of the tests cannot do is no reason to install nothing.
on ubuntu 24.04
rm -r "$tree/build"
for FAILS in unicorn npm; do
    export FAILS
    expect 0 "$setup" test
    grep -q "install .*libcmocka-dev" "$calls" || wrong "without $FAILS nothing is installed"
    rm -r "$tree/build" "$calls"
done
FAILS=
mkdir "$tree/build"

# On a terminal a line moves.
if command -v script >/dev/null; then
    rm -r "$tree/build"
    expect 0 script -qec "$setup run" /dev/null
    says "downloading 50 % Retrieving file 1 of 12"
    says "installing 50 % Preparing libyaml-dev"
fi

# What fails is said, and is no stamp for the next call.
rm -r "$tree/build"
APT_FAILS=1
export APT_FAILS
expect 1 "$setup" test
says "^setup: could not install .*libcmocka-dev.*E: no such mirror.*build/log/setup.log"
unset APT_FAILS
rm "$calls"
expect 0 "$setup" test
grep -q "install .*libcmocka-dev" "$calls" || wrong "what failed is not tried again"
grep -q npm "$calls" || wrong "no npm.sh"

# Without a Debian mirror Unicorn cannot be had: said by the real script, and nobody needs it.
on ubuntu 24.04
echo VERSION_CODENAME=noble >>"$work/os"
fake pkg-config <<'EOT'
exit 1
EOT
cp "$source/scripts/unicorn.sh" "$source/scripts/debian.sh" "$tree/scripts"
rm "$tree/build/setup-test.stamp"
expect 0 "$setup" test
says "^unicorn: apt names no Debian mirror here: set CANDIAL_DEBIAN_MIRROR"
