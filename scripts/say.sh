# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# To be sourced. What setup.sh and build.sh say while they work, all of it on standard error: a
# terminal gets a line that moves, anything else whole lines only.

say() {
    echo "$*" >&2
}

# moving LABEL PERCENT TEXT: the line that moves; the next one, or moving_end, takes its place.
moving() {
    [ -t 2 ] || return 0
    printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$1 $2 % $3" >&2
}

moving_end() {
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

# logged LOG FILTER COMMAND...: runs COMMAND; each line it prints goes through the function FILTER,
# and what FILTER does not take (it returns 1) into LOG. The status is COMMAND's.
logged() {
    to=$1
    filter=$2
    shift 2
    {
        code=0
        "$@" </dev/null 2>&1 || code=$?
        echo "$code" >"$to.status"
    } | while IFS= read -r line; do
        "$filter" "$line" || printf '%s\n' "$line"
    done >>"$to"
    moving_end
    read -r code <"$to.status"
    rm -f "$to.status"
    return "$code"
}
