/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A check from its images to its items, as the program and the page do it. */
#include "check/judge.h"

#include "check/run.h"

#include <stdio.h>

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
