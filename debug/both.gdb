# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# Both cores in one GDB: each is an inferior with its own image, port and breakpoints.
#
#     gdb-multiarch -x debug/both.gdb
#     (gdb) both CM7.elf 3333 CM4.elf 3334
#
# `continue` lets both go, and each stop stops both. `set schedule-multiple off` steps one alone.
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
