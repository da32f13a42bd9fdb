#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# pages.sh CANDIAL OUT: makes man pages and completions from what the program says with --help, so that
# they say the same: OUT/man1/candial.1, candial-COMMAND.1; OUT/completions/candial.bash, _candial (zsh),
# candial.fish.
set -eu

candial=${1:?CANDIAL}
out=${2:?OUT}
mkdir -p "$out/man1" "$out/completions"

# "COMMAND SUMMARY" of each command.
commands() {
    "$candial" --help | sed -n 's/^  \([a-z][a-z]*\)  *\(.*\)$/\1 \2/p'
}

version=$("$candial" --version | awk '{ print $2 }')

# Help text as man source: what is indented after "usage:" is the synopsis, lines that begin with two spaces
# and a hyphen or a capital word are options, with their text beside or below them.
page() { # page TITLE SUMMARY, help text on standard input
    awk -v title="$1" -v summary="$2" -v version="$version" '
        function escaped(text) {
            gsub(/\\/, "\\e", text)
            gsub(/-/, "\\-", text)
            sub(/^[.\047]/, "\\\\\\&&", text)
            return text
        }
        function heading(text) { if (text != section) { print ".SH " text; section = text } }
        BEGIN {
            name = tolower(title)
            printf ".TH %s 1 \"\" \"candial %s\" \"candial\"\n.SH NAME\n%s \\- %s\n", title, version, \
                name, escaped(summary)
        }
        /^usage: / { heading("SYNOPSIS"); usage = 1; print ".nf\n" escaped(substr($0, 8)); next }
        usage && /^       / { print escaped(substr($0, 8)); next }
        usage { print ".fi"; usage = 0 }
        /^$/ { blank = 1; option = 0; next }
        /^[a-z ]+:$/ { heading(toupper(substr($0, 1, length($0) - 1))); blank = 0; next }
        /^Exit status/ { heading("EXIT STATUS") }
        /^  [-A-Z<a-z]/ && (/^  -/ || /^  [A-Z]+[ ,]/ || /^  [a-z]+   */) {
            if (section == "SYNOPSIS" || section == "DESCRIPTION") { heading("OPTIONS") }
            text = substr($0, 3)
            match(text, /   *| [a-z(]/)
            print ".TP\n.B " escaped(substr(text, 1, RSTART - 1)) "\n" escaped(substr(text, RSTART + RLENGTH - (substr(text, RSTART + RLENGTH - 1, 1) == " " ? 0 : 1)))
            option = 1; blank = 0; next
        }
        option { sub(/^ +/, ""); print escaped($0); next }
        {
            if (section == "SYNOPSIS" || (section == "OPTIONS" && blank)) { heading("DESCRIPTION") }
            else if (blank) { print ".PP" }
            blank = 0
            print escaped($0)
        }
        END {
            if (usage) { print ".fi" }
            print ".SH SEE ALSO\n.BR candial (1), the pages in share/doc/candial"
        }'
}

# Options of a command's help, one a line: `--log FILE` or `--csv`.
options_of() {
    "$candial" help "$1" | grep -oE -- '--[a-z][a-z0-9-]*( [A-Z][A-Za-z0-9|.]*)?' | sort -u |
        awk '!($1 in seen) || NF > 1 { seen[$1] = $0 } END { for (o in seen) { print seen[o] } }' |
        sort
}

man_pages() {
    "$candial" --help | page CANDIAL "a car's oil temperature on an analog dial" >"$out/man1/candial.1"
    commands | while read -r command summary; do
        "$candial" help "$command" | page "CANDIAL-$(echo "$command" | tr a-z A-Z)" "$summary" \
            >"$out/man1/candial-$command.1"
    done
}

words() { # words COMMAND: its options in one line
    options_of "$1" | awk '{ printf "%s%s", sep, $1; sep = " " }'
}

bash_completion() {
    echo "# bash completion for candial, made from its help"
    echo "_candial() {"
    echo "    local word=\${COMP_WORDS[COMP_CWORD]} options="
    echo "    if [ \"\$COMP_CWORD\" -eq 1 ]; then"
    echo "        COMPREPLY=(\$(compgen -W \"$(commands | awk '{ printf "%s ", $1 }')help\" -- \"\$word\"))"
    echo "        return"
    echo "    fi"
    echo "    case \${COMP_WORDS[1]} in"
    commands | while read -r command _; do
        echo "    $command) options=\"$(words "$command")\" ;;"
    done
    echo "    help) options=\"$(commands | awk '{ printf "%s ", $1 }')\" ;;"
    echo "    esac"
    echo "    case \$word in"
    echo "    -*) COMPREPLY=(\$(compgen -W \"\$options\" -- \"\$word\")) ;;"
    echo "    *) if [ \"\${COMP_WORDS[1]}\" = help ]; then"
    echo "           COMPREPLY=(\$(compgen -W \"\$options\" -- \"\$word\"))"
    echo "       else"
    echo "           COMPREPLY=(\$(compgen -f -- \"\$word\"))"
    echo "       fi ;;"
    echo "    esac"
    echo "}"
    echo "complete -o filenames -F _candial candial"
}

quoted() { # for a word in single quotes
    sed "s/'/'\\\\''/g"
}

zsh_completion() {
    echo "#compdef candial"
    echo "# zsh completion for candial, made from its help"
    echo "local -a commands=("
    commands | quoted | sed "s/:/\\\\:/g; s/^\([a-z]*\) \(.*\)/    '\1:\2'/"
    echo ")"
    echo "if (( CURRENT == 2 )); then"
    echo "    _describe command commands"
    echo "    return"
    echo "fi"
    echo "case \$words[2] in"
    commands | while read -r command _; do
        echo "$command) _arguments \\"
        options_of "$command" | awk '{ print "    \047" $1 (NF > 1 ? "=[" $2 "]:" $2 ":_files" : "") "\047 \\" }'
        echo "    '*:file:_files' ;;"
    done
    echo "help) _describe command commands ;;"
    echo "esac"
}

fish_completion() {
    echo "# fish completion for candial, made from its help"
    commands | quoted | while read -r command summary; do
        echo "complete -c candial -n __fish_use_subcommand -a $command -d '$summary'"
    done
    commands | while read -r command _; do
        options_of "$command" | sed 's/^--//' | awk -v command="$command" '{
            print "complete -c candial -n \047__fish_seen_subcommand_from " command "\047 -l " $1 \
                (NF > 1 ? " -r" : "") }'
    done
}

man_pages
bash_completion >"$out/completions/candial.bash"
zsh_completion >"$out/completions/_candial"
fish_completion >"$out/completions/candial.fish"
