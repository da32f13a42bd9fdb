/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial find`: which bytes of a car's log behave like an oil temperature? */
#include "cli/command.h"

#include "find/print.h"
#include "host/log_progress.h"
#include "host/parse.h"

#include <stdio.h>
#include <string.h>

#define SHOWN_DEFAULT 5
#define SHOWN_MAX 50

static const char help[] =
    "usage: candial find LOG... [--top N] [--unknown]\n\n"
    "Ranks the bytes of a log, and pairs of them, that behave like the temperature of an engine's "
    "oil or coolant,\n"
    "also on the pages of multiplexed frames. Several logs of one car are taken together. Best is "
    "a log from\n"
    "a cold start until the engine is warm.\n\n"
    "  --top N    show the N best (5)\n"
    "  --unknown  judge by behaviour alone, not by places that are known of some cars\n\n"
    "Exit status 1: nothing was found.\n";

struct options {
    size_t shown;
    bool use_known;
    int log_count;
};

/* False after an error, which is said. */
static bool read_log(struct find_bus *bus, const char *path)
{
    char error[512];
    struct can_log_frame frame;
    struct log_progress progress = log_progress_begin();
    struct can_log *log = can_log_open(path, log_progress_report, &progress, error, sizeof error);
    if (log == NULL) {
        usage_error("%s", error);
        return false;
    }
    int result;
    bool good = true;
    while (good && (result = can_log_next(log, &frame)) == 1) {
        good = find_bus_add(bus, &frame);
        log_progress_frame(&progress, log);
    }
    log_progress_end(&progress);
    can_log_close(log);
    find_bus_next_log(bus);
    if (!good) {
        usage_error("out of memory");
    }
    return good && result == 0;
}

/* Options first, so that they may stand anywhere; logs stay in argv, moved to its front. */
static bool read_options(struct options *options, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        uint32_t number = 0;
        if (strcmp(argv[i], "--unknown") == 0) {
            options->use_known = false;
        } else if (strcmp(argv[i], "--top") == 0) {
            if (i + 1 == argc || !parse_u32(argv[++i], &number) || number < 1 ||
                number > SHOWN_MAX) {
                usage_error("--top needs a number from 1 to %d", SHOWN_MAX);
                return false;
            }
            options->shown = number;
        } else if (argv[i][0] == '-' && argv[i][1] != '\0') {
            usage_unknown_option("find", argv[i], (const char *const[]){help, NULL});
            return false;
        } else {
            argv[options->log_count++] = argv[i];
        }
    }
    return true;
}

int command_find(int argc, char **argv)
{
    struct options options = {.shown = SHOWN_DEFAULT, .use_known = true};
    struct find_candidate best[SHOWN_MAX];
    struct find_bus bus = {0};
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        fputs(help, stdout);
        return EXIT_GOOD;
    }
    if (!read_options(&options, argc, argv)) {
        return EXIT_USAGE;
    }
    if (options.log_count == 0) {
        return usage_error("give a log: candial find LOG...");
    }
    bool good = true;
    for (int i = 0; i < options.log_count && good; i++) {
        good = read_log(&bus, argv[i]);
    }
    size_t count = 0;
    if (good) {
        count = find_rank(&bus, options.use_known, best, options.shown);
        find_print(&bus, best, count);
    }
    find_bus_free(&bus);
    return !good ? EXIT_USAGE : count > 0 ? EXIT_GOOD : EXIT_NO;
}
