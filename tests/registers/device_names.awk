# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# From the firmware's device header: MEMBER(struct, member) for each register, MACRO(name) for each
# bit, field and base address. The C compiler then says what they are worth.
/^typedef struct/ { count = 0; inside = 1; next }
inside && /^} *[A-Za-z0-9_]+;/ {
    name = $0
    gsub(/[} ;]/, "", name)
    for (i = 0; i < count; i++) {
        print "MEMBER(" name ", " member[i] ")"
    }
    inside = 0
    next
}
inside && /__IO/ {
    name = $3
    sub(/[[;].*/, "", name)
    member[count++] = name
    next
}
/^#define [A-Z0-9]+_[A-Za-z0-9_]+ / && !/TypeDef/ && !/^#define _/ { print "MACRO(" $2 ")" }
