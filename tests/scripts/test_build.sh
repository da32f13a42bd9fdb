#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# scripts/build.sh on a small tree: silent where there is nothing to do, and never wrong about that.
. "$(dirname "$0")/expect.sh"

tree=$work/tree
mkdir -p "$tree/scripts"
cp "$source/scripts/build.sh" "$source/scripts/say.sh" "$tree/scripts"
cat >"$tree/CMakePresets.json" <<'EOT'
{"version": 4, "configurePresets": [
    {"name": "host", "generator": "Ninja", "binaryDir": "${sourceDir}/build/host"}]}
EOT
cat >"$tree/CMakeLists.txt" <<'EOT'
cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES C)
add_compile_options(-Wall)
file(GLOB folders ${PROJECT_SOURCE_DIR}/*/CMakeLists.txt)
foreach(list ${folders})
    get_filename_component(folder ${list} DIRECTORY)
    add_subdirectory(${folder})
endforeach()
add_executable(one one.c)
add_executable(other other.c)
EOT
echo 'int main(void) { return 0; }' >"$tree/one.c"
cp "$tree/one.c" "$tree/other.c"

# The target, and nothing else.
expect 0 "$tree/scripts/build.sh" host:one
says "^configuring host$"
says "^building host$"
says "^built host in [0-9]* s$"
says_not "$(printf '\r')"
"$tree/build/host/one"
[ ! -e "$tree/build/host/other" ] || wrong "built what was not asked for"
expect 0 "$tree/scripts/build.sh" host:one
says_nothing
expect 0 "$tree/scripts/build.sh" host
says "^building host$"
"$tree/build/host/other"
expect 0 "$tree/scripts/build.sh" host
says_nothing

# A warning is shown; an error is, and is the end.
echo 'int main(void) { int unused; return 0; }' >"$tree/one.c"
expect 0 "$tree/scripts/build.sh" host:one
says "one.c:1:.*warning: unused variable"
echo 'int main(void) { return nothing; }' >"$tree/one.c"
expect 1 "$tree/scripts/build.sh" host:one
says "one.c:1:.*error:"
says "^build: failed: ninja -C build/host one$"
echo 'int main(void) { return 0; }' >"$tree/one.c"
expect 0 "$tree/scripts/build.sh" host

# A new folder is noticed without a CONFIGURE_DEPENDS.
mkdir "$tree/folder"
echo 'add_executable(third ../one.c)' >"$tree/folder/CMakeLists.txt"
expect 0 "$tree/scripts/build.sh" host
"$tree/build/host/folder/third"
expect 0 "$tree/scripts/build.sh" host
says_nothing

# One that only looks newer, as after a checkout, is configured once.
touch "$tree/folder/CMakeLists.txt"
expect 0 "$tree/scripts/build.sh" host
expect 0 "$tree/scripts/build.sh" host
says_nothing

# A tree that was moved is configured anew.
mv "$tree" "$work/moved"
expect 0 "$work/moved/scripts/build.sh" host
says "^configuring host$"
"$work/moved/build/host/one"
grep -q "$tree" "$work/moved/build/host/CMakeCache.txt" && wrong "the old place is still in the cache"
expect 0 "$work/moved/scripts/build.sh" host
says_nothing

# Our own tree: ninja would look for new files at every build, and find work.
if grep -q VerifyGlobs "${CANDIAL_BINARY_DIR:?}/build.ninja"; then
    wrong "$CANDIAL_BINARY_DIR: a CONFIGURE_DEPENDS makes each build find work"
fi
