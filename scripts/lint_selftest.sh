#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# Proves that each check of lint.sh can fail: a small clean tree passes, and with one violation
# planted it does not. lint_selftest.sh [LINT] tries another lint.sh.
set -eu

lint=${1:-$(cd "$(dirname "$0")" && pwd)/lint.sh}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

head_of() { # head_of OPEN CLOSE
    printf '%sSPDX-FileCopyrightText: candial contributors%s\n' "$1" "$2"
    printf '%sSPDX-License-Identifier: MIT%s\n' "$1" "$2"
}

clean_tree() {
    rm -rf "${tree:?}"/*
    mkdir -p "$tree/core" "$tree/vboard" "$tree/docs"
    { head_of '/* ' ' */'; printf '#ifndef A_H\n#define A_H\nint a_get(void);\n#endif\n'; } \
        >"$tree/core/a.h"
    { head_of '/* ' ' */'
        printf '#include "core/a.h"\n\nint a_get(void)\n{\n    return 1;\n}\n'; } >"$tree/core/a.c"
    printf '<!-- arrows -->\n```\nvboard: core\n```\n' >"$tree/docs/architecture.md"
    { head_of '/* ' ' */'; printf '#include "core/a.h"\n'; } >"$tree/vboard/a.c"
    printf '[a](../core/a.h), [web](https://example.org), `[no](link)`\n' >"$tree/docs/a.md"
    { printf '#!/bin/sh\n'; head_of '# ' ''; printf 'true\n'; } >"$tree/good"
    chmod +x "$tree/good"
}

passes() { # passes CHECK
    code=0
    output=$("$lint" "$1" "$tree") || code=$?
    [ "$code" -ne 77 ] || return 77
    [ "$code" -eq 0 ]
}

expect_failure() { # expect_failure CHECK FILE, what FILE holds on standard input
    clean_tree
    code=0
    passes "$1" || code=$?
    if [ "$code" -eq 77 ]; then
        echo "skipped: $1"
        return 0
    fi
    [ "$code" -eq 0 ] || { echo "FAILED: $1 rejects a clean tree: $output"; return 1; }
    cat >"$tree/$2"
    case $2 in *.*) ;; *) chmod +x "$tree/$2" ;; esac
    if passes "$1"; then
        echo "FAILED: $1 does not see the violation in $2"
        return 1
    fi
}

lines() { # lines COUNT TEXT
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) { print text } }'
}

echo 'uint32_t no_stdint(void);' | expect_failure headers core/b.h || failures=1
echo 'struct no_guard { int a; };' | expect_failure headers vboard/b.h || failures=1
echo 'int b;' | expect_failure spdx core/b.c || failures=1
printf '#!/bin/sh\ntrue\n' | expect_failure spdx bad || failures=1
lines 601 '/* long */' | expect_failure size core/b.c || failures=1
lines 251 '/* long */' | expect_failure size core/b.h || failures=1
{ echo 'void f(void)'; echo '{'; lines 101 '    ;'; echo '}'; } | expect_failure size core/b.c || failures=1
echo '[gone](missing.md)' | expect_failure links docs/b.md || failures=1
echo '<img src="gone.png">' | expect_failure links docs/b.md || failures=1
printf '#!/bin/sh\nif true; then\n' | expect_failure shell bad || failures=1
printf '#!/usr/bin/env bash\nfor\n' | expect_failure shell bad || failures=1
printf 'int b(void)\n{\n  return 1;\n}\n' | expect_failure format core/b.c || failures=1
echo '#include "firmware/a.h"' | expect_failure layers core/b.c || failures=1
echo '#include "vboard/a.h"' | expect_failure layers core/b.c || failures=1
printf '<!-- arrows -->\n```\nvboard: core\ncore: host\n```\n' |
    expect_failure layers docs/architecture.md || failures=1
printf '<!-- arrows -->\n```\n```\n' | expect_failure layers docs/architecture.md || failures=1

# Another clang-format has other habits: it is not asked.
printf '#!/bin/sh\necho Debian clang-format version 19.1.7\n' >"$tree/later"
chmod +x "$tree/later"
code=0
output=$(CLANG_FORMAT=$tree/later "$lint" format "$tree") || code=$?
case $code:$output in
77:*"version 19"*"not checked"*) ;;
*) echo "FAILED: format with clang-format 19 gives $code: $output"; failures=1 ;;
esac

[ "$failures" -eq 0 ] && echo "every check fails where it should"
exit "$failures"
