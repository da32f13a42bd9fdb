#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# run_commands.sh WORK: runs the commands that the pages show, each in a folder that holds what they
# name. A block of commands has the line <!-- runs --> before it; a line of it that should not exit with 0
# says `# exit N`. `./run` is `candial run`, `build/candial` is candial; a run that would not end by itself is ended
# after 2 s of the board's time. Lines that begin otherwise are not run. Files under docs/ci/ are searched too.
set -eu

source=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:?WORK}
firmware=${CANDIAL_FIRMWARE_DIR:?}
candial=${CANDIAL_BINARY_DIR:?}/candial
images=$CANDIAL_BINARY_DIR/tests/check/images
rm -rf "$work"
mkdir -p "$work"
cd "$work"

cp "$firmware/candial_cm7.elf" my_cm7.elf
cp "$firmware/candial_cm4.elf" my_cm4.elf
# Small ones, that are checked in no time.
cp "$images/good.elf" CM7.elf
cp "$images/idle_m4.elf" CM4.elf
cp "$images/ldo_early.elf" CM7-ldo.elf
cp "$source/profiles/ford-mustang-s550.yaml" my-car.yaml
cp "$source"/tests/formats/ioc/*.ioc .
cp right.ioc my_project.ioc
printf '(%d.%03d000) can0 156#00960000000000\n' 0 0 0 500 1 0 >my-drive.log

# `FILE EXIT COMMAND` of each command, of pages and workflow files.
commands() {
    awk '
        FNR == 1 { wanted = inside = 0 }
        FILENAME ~ /\.yml$/ {
            if (sub(/^ *candial /, "candial ")) { print FILENAME, 0, $0 }
            next
        }
        /^<!-- runs -->$/ { wanted = 1; next }
        wanted && /^```/ { inside = !inside; if (!inside) { wanted = 0 }; next }
        wanted && !inside && /^    / { indented = 1 }
        wanted && !inside && indented && !/^    / { wanted = indented = 0 }
        wanted && (inside || /^    /) && /^ *(candial|build\/candial|\.\/run)/ {
            code = match($0, /# exit [0-9]/) ? substr($0, RSTART + 7, 1) : 0
            sub(/^ */, ""); sub(/ +#.*$/, "")
            print FILENAME, code, $0
        }' "$@"
}

count=0
failed=0
commands "$source"/README.md "$source"/docs/*.md "$source"/docs/ci/*.yml >commands
while read -r page code line; do
    line=$(printf '%s\n' "$line" | sed 's|^\./run|candial run|; s|^build/candial|candial|')
    case $line in
    'candial run '*--for*) line="$line --speed max" ;;
    'candial run'*) line="$line --for 2s --speed max" ;;
    esac
    status=0
    CM7_ELF=CM7.elf CM4_ELF=CM4.elf IOC=right.ioc sh -c "candial() { '$candial' \"\$@\"; }; $line" \
        >out 2>&1 </dev/null || status=$?
    count=$((count + 1))
    if [ "$status" -ne "$code" ]; then
        echo "${page#"$source"/}: $line"
        echo "  exits with $status, not $code:"
        sed 's/^/    /' out | head -20
        failed=$((failed + 1))
    fi
done <commands
# README's picture is what its own command draws: the number in its alternative text is the dial's then.
line=$(sed -n 's/.*`\.\/run \(.*--dial docs\/dial\.png\)`.*/\1/p' "$source/README.md")
said=$(sed -n 's/.*dial\.png.*alt="The dial at \([0-9]*\) °C.*/\1/p' "$source/README.md")
mkdir -p docs
eval "'$candial' run $line --json - </dev/null" 2>run.txt | tail -2 | head -1 >last.json
shown=$(sed -n 's/.*"shown_c":\([0-9]*\).*/\1/p' last.json)
if [ -z "$said" ] || [ "$said" != "$shown" ] || [ ! -s docs/dial.png ]; then
    echo "README.md: the picture is said to show $said °C; its command draws $shown °C"
    failed=$((failed + 1))
fi
echo "$count commands, $failed wrong"
# Fewer than this: the pages lost their marks.
[ "$count" -ge 12 ] && [ "$failed" -eq 0 ]
