/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/watch.h"

#include <stdlib.h>

void check_copy_findings(struct check_boot *s, const struct findings *f, vtime_ps begin)
{
    s->findings = malloc((f->count + 1) * sizeof *s->findings);
    if (s->findings == NULL) {
        abort();
    }
    s->finding_count = f->count;
    for (size_t i = 0; i < f->count; i++) {
        s->findings[i] = f->list[i];
        vtime_ps at = f->list[i].first_at;
        s->findings[i].first_at = at > begin ? at - begin : 0;
        if (f->list[i].kind == FINDING_VCORE_LOST) {
            s->vcore_lost = true;
            s->lost_at = s->findings[i].first_at;
        }
    }
}
