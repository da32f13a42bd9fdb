/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/log_progress.h"

#include <stdio.h>
#include <unistd.h>

#define FRAMES_PER_LINE 262144u /* several lines a second at any speed a disk has */
#define REPORTS_MAX 5

struct log_progress log_progress_begin(void)
{
    return (struct log_progress){.is_shown = isatty(STDERR_FILENO) == 1};
}

void log_progress_frame(struct log_progress *progress, const struct can_log *log)
{
    if (++progress->frames % FRAMES_PER_LINE != 0 || !progress->is_shown) {
        return;
    }
    uint64_t size = can_log_size(log);
    if (size == 0) {
        fprintf(stderr, "\r%llu frames", (unsigned long long)progress->frames);
    } else {
        fprintf(stderr, "\r%llu frames, %3d %%", (unsigned long long)progress->frames,
                (int)(can_log_bytes(log) * 100 / size));
    }
}

void log_progress_end(struct log_progress *progress)
{
    if (progress->is_shown && progress->frames >= FRAMES_PER_LINE) {
        fputs("\r\033[K", stderr);
    }
}

void log_progress_report(void *context, const char *text)
{
    struct log_progress *progress = context;
    if (progress->reports < REPORTS_MAX) {
        fprintf(stderr, "candial: %s\n", text);
    } else if (progress->reports == REPORTS_MAX) { /* a log may be bad all through */
        fputs("candial: further bad lines are skipped silently\n", stderr);
    }
    progress->reports++;
}
