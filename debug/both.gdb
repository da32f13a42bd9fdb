# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# Both cores in one GDB: each is an inferior with its own image, port and breakpoints.
#
#     gdb-multiarch -x debug/both.gdb
#     (gdb) both CM7.elf 3333 CM4.elf 3334
#
# `continue` lets both go, and each stop stops both. `set schedule-multiple off` steps one alone. Back goes one, and the
# other one with it: asked for both, GDB would have each go to a past of its own.
set mem inaccessible-by-default off
maint set target-non-stop on
set schedule-multiple on

define both
    file $arg0
    target extended-remote :$arg1
    add-inferior -no-connection -exec $arg2
    inferior 2
    target extended-remote :$arg3
    thread 1.1
end
document both
both CM7.elf PORT CM4.elf PORT: connects to both cores.
end

define one-back
    set $both_go = $_gdb_setting("schedule-multiple")
    set schedule-multiple off
end
define both-forth
    if $both_go
        set schedule-multiple on
    end
end

define hook-reverse-stepi
    one-back
end
define hookpost-reverse-stepi
    both-forth
end

define hook-reverse-step
    one-back
end
define hookpost-reverse-step
    both-forth
end

define hook-reverse-nexti
    one-back
end
define hookpost-reverse-nexti
    both-forth
end

define hook-reverse-next
    one-back
end
define hookpost-reverse-next
    both-forth
end

define hook-reverse-continue
    one-back
end
define hookpost-reverse-continue
    both-forth
end

define hook-reverse-finish
    one-back
end
define hookpost-reverse-finish
    both-forth
end
