#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# lint.sh CHECK [ROOT]: one static check of the tree at ROOT (default: this one). Prints a line for
# each violation and exits 1 where there is one; exits 77 (CTest: skipped) without its tool.
#
#   headers   each header compiles alone, twice in one unit
#   spdx      the two SPDX lines begin each source file (after a #! line)
#   size      no .c over 600 lines, no .h over 250, no function over 100
#   links     no dead relative link in a Markdown file
#   shell     every script parses by its shell
#   format    clang-format 14 changes nothing; others would write some lines otherwise
#   layers    folders include each other only along the arrows in docs/architecture.md, never in a circle
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
check=${1:?CHECK}
root=$(cd "${2:-$top}" && pwd)
cd "$root"

host_cc=${CC:-cc}
arm_cc=arm-none-eabi-gcc
warnings="-std=c11 -Wall -Wextra -Wconversion -Werror -fsyntax-only"

# files PATTERN...: the tree's files whose name matches one of the patterns.
files() {
    set -f
    names=
    for pattern in "$@"; do
        names="$names${names:+ -o }-name $pattern"
    done
    # shellcheck disable=SC2086 # the patterns are words by intent
    find . \( -path ./build -o -path ./node_modules -o -path ./.git \) -prune -o \
        -type f \( $names \) -print | sort
    set +f
}

# Scripts have no suffix or .sh; the first line tells the shell.
scripts_of() { # scripts_of SHELL
    find . \( -path ./build -o -path ./node_modules -o -path ./.git \) -prune -o \
        -type f -perm -u+x -print | sort | while read -r file; do
        case $(head -n 1 "$file" | tr -d '\0') in
        "#!"*[/\ ]"$1" | "#!"*[/\ ]"$1 "*) echo "$file" ;;
        esac
    done
}

library_flags() {
    pkg-config --cflags-only-I cmocka yaml-0.1 cairo libelf libdw 2>/dev/null | sed 's/-I/-isystem /g'
    if [ -d "$top/build/unicorn/usr/include" ]; then
        echo "-isystem $top/build/unicorn/usr/include"
    fi
}

compiler_for() { # compiler_for HEADER: the words of the command that compiles it
    device="-I firmware/libc -I firmware/cortex_m -I firmware/device"
    case $1 in
    ./firmware/cm4/*)
        echo "$arm_cc $warnings -ffreestanding -mcpu=cortex-m4 -mthumb -DCORE_CM4 $device" ;;
    ./firmware/*)
        echo "$arm_cc $warnings -ffreestanding -mcpu=cortex-m7 -mthumb -DCORE_CM7 $device" ;;
    ./core/*) echo "$host_cc $warnings -pedantic" ;;
    *) echo "$host_cc $warnings -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L $libraries" ;;
    esac
}

lint_headers() {
    libraries=$(library_flags)
    # The parts of the device header need what comes before them in it, as CMSIS's own do: they are
    # compiled through stm32h755xx.h.
    files '*.h' | grep -vE '^\./firmware/(device/h755_|cortex_m/)' | while read -r header; do
        # The command is words by intent.
        # shellcheck disable=SC2046
        printf '#include "%s"\n#include "%s"\nextern int unit_is_not_empty;\n' \
            "${header#./}" "${header#./}" |
            $(compiler_for "$header") -I . -x c - 2>&1 | sed "s|^|${header#./}: |"
    done
}

lint_spdx() {
    {
        files '*.c' '*.h' '*.S' '*.ld' '*.sh' '*.py' '*.js' '*.css' '*.cmake' CMakeLists.txt \
            '*.yaml' '*.yml'
        scripts_of sh
        scripts_of bash
        scripts_of python3
    } | sort -u | while read -r file; do
        head -n 3 "$file" | awk -v file="$file" '
            /^#!/ && NR == 1 { next }
            { line[++n] = $0 }
            END {
                if (line[1] !~ /SPDX-FileCopyrightText: candial contributors/ ||
                    line[2] !~ /SPDX-License-Identifier: MIT/) {
                    print file ": no SPDX lines at its top"
                }
            }'
    done
}

lint_size() {
    files '*.c' '*.h' | while read -r file; do
        # Functions open and close with a brace in the first column (.clang-format).
        awk -v file="$file" '
            /^\{$/ { start = NR }
            /^\}/ && start { if (NR - start - 1 > 100) {
                print file ":" start ": function of " NR - start - 1 " lines, at most 100" }
                start = 0 }
            END {
                most = file ~ /\.c$/ ? 600 : 250
                if (NR > most) { print file ": " NR " lines, at most " most }
            }' "$file"
    done
}

lint_links() {
    files '*.md' | while read -r file; do
        awk '/^ *```/ { code = !code; next } !code' "$file" |
            sed 's/`[^`]*`//g' |
            grep -oE '\]\([^) ]+|(src|href)="[^"]+' |
            sed -E 's/^(\]\(|(src|href)=")//; s/[#?].*//' |
            grep -vE '^$|^[a-z]+:' |
            while read -r target; do
                case $target in
                /*) path=.$target ;;
                *) path=$(dirname "$file")/$target ;;
                esac
                [ -e "$path" ] || echo "$file: dead link: $target"
            done || true
    done
}

lint_shell() {
    for shell in sh bash; do
        command -v "$shell" >/dev/null || continue
        scripts_of "$shell" | while read -r file; do
            "$shell" -n "$file" 2>&1 || true
        done
    done
}

# The command of clang-format 14, or nothing.
clang_format_14() {
    for command in ${CLANG_FORMAT:-clang-format-14 clang-format}; do
        case $("$command" --version 2>/dev/null) in
        *version\ 14.*) echo "$command"; return ;;
        esac
    done
}

lint_format() {
    files '*.c' '*.h' | xargs -r "$clang_format" --style=file:"$top/.clang-format" \
        --dry-run -Werror 2>&1 | sed -nE 's/^(.*\.[ch]):[0-9]+:[0-9]+: error:.*/\1/p' | sort -u |
        sed 's/$/: run clang-format -i on it/'
}

# The arrows that docs/architecture.md allows, as `FROM TO`, from the block behind <!-- arrows -->.
allowed_arrows() {
    awk '/<!-- arrows -->/ { block = 1; next }
        block && /^```/ { if (inside) { exit }; inside = 1; next }
        inside { from = $1; sub(/:$/, "", from); for (i = 2; i <= NF; i++) { print from, $i } }' \
        docs/architecture.md
}

lint_layers() {
    arrows=$(mktemp -d)
    allowed_arrows | sort -u >"$arrows/allowed"
    "$top/scripts/arrows.sh" --places . >"$arrows/places"
    awk 'FILENAME == ARGV[1] { allowed[$1 " " $2] = 1; next }
        !(($1 " " $2) in allowed) { print $3 ": " $1 " may not include " $2 \
            ": see the arrows in docs/architecture.md" }' "$arrows/allowed" "$arrows/places"
    awk '{ print $1, $2 }' "$arrows/places" | sort -u >"$arrows/drawn"
    comm -23 "$arrows/allowed" "$arrows/drawn" |
        sed 's|^\(.*\) \(.*\)$|docs/architecture.md: no file in \1 includes \2: strike the arrow|'
    tsort "$arrows/drawn" 2>&1 >/dev/null | sed -n "s/^tsort: \([^:]*\)\$/\1: part of a circle of includes/p" | sort -u
    rm -rf "$arrows"
}

case $check in
headers | spdx | size | links | shell | format | layers) ;;
*) echo "lint: no such check: $check" >&2; exit 2 ;;
esac
if [ "$check" = format ]; then
    clang_format=$(clang_format_14)
    if [ -z "$clang_format" ]; then
        version=$(${CLANG_FORMAT:-clang-format} --version 2>/dev/null | grep -o 'version [0-9]*') ||
            version="none"
        echo "clang-format 14 is not here (found: $version): format not checked"
        exit 77
    fi
fi
found=$("lint_$check")
[ -z "$found" ] || { printf '%s\n' "$found"; exit 1; }
