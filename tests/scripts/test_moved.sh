#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# A clone that is moved still runs: the program and the library beside it, in another place.
. "$(dirname "$0")/expect.sh"

build=${CANDIAL_BINARY_DIR:?}
case $build in
"$source/build/"*) ;;
*) echo "$build is not in the tree: no clone to move"; exit 77 ;;
esac
there=$work/clone/build/$(basename "$build")
mkdir -p "$there/bin"
cp "$build/candial-board" "$there"
cp "$build/candial-board" "$there/bin"
if [ -d "$source/build/unicorn" ]; then
    cp -r "$source/build/unicorn" "$work/clone/build/unicorn"
fi

# The programs are in build/PRESET, those of tests in build/PRESET/bin.
for program in "$there/candial-board" "$there/bin/candial-board"; do
    expect 0 ldd "$program"
    says_not "not found"
    sed -i "\|$work/|d" "$work/out"
    says_not "$source/"
    expect 0 "$program" --version
done
