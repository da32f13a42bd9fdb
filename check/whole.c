/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A check from its images to its items, as the program and the page do it. */
#include "check/judge.h"

#include "check/run.h"
#include "host/parse.h"

#include <stdio.h>
#include <string.h>

static bool holds_nothing(const struct check_report *report)
{
    const struct check_boot *first = &report->boots[0];
    return first->core[CORE_CM7].empty && first->core[CORE_CM7].state != CHECK_HELD &&
           !first->start_gone;
}

bool check_whole(struct check_report *report, char *error, size_t size)
{
    if (!check_run(report, CHECK_ZEROS, error, size)) {
        return false;
    }
    if (holds_nothing(report)) {
        snprintf(error, size, "%s: holds nothing where the CM7 boots: give the CM7's image first",
                 image_path(report->config->cm7));
        return false;
    }
    return check_conclude(report, error, size);
}

bool check_effort_read(const char *text, unsigned *effort)
{
    static const struct {
        const char *name;
        unsigned effort;
    } names[] = {{"quick", 0}, {"normal", CHECK_EFFORT_NORMAL}, {"deep", CHECK_EFFORT_DEEP}};
    uint64_t number;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(text, names[i].name) == 0) {
            *effort = names[i].effort;
            return true;
        }
    }
    if (!parse_u64(text, &number) || number > CHECK_EFFORT_MAX) {
        return false;
    }
    *effort = (unsigned)number;
    return true;
}
