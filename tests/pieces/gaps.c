/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/pieces/gaps.h"

#include <stddef.h>

const char *gap_of(const struct plan *p, struct meaning m)
{
    if (m.truth == TRUTH_HIDDEN && (p->what == WHAT_CLOCK || p->what == WHAT_VOS ||
                                    p->what == WHAT_LATENCY_0 || p->what == WHAT_FAULT)) {
        /* Supply and overdrive are found by reading; these would need the states that lead there. */
        return "clocks, wait states and faults in code that never ran are not looked for";
    }
    return NULL;
}
