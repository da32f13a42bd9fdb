/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial find`: which bytes of a car's log behave like an oil temperature? */
#include "cli/command.h"

#include "find/print.h"
#include "find/profile.h"
#include "host/log_progress.h"
#include "host/parse.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_DEFAULT 5
#define SHOWN_MAX 50

static const char help[] =
    "usage: candial find LOG... [--top N] [--unknown] [--channel NAME] [--profile FILE]\n\n"
    "Ranks the bytes of a log, and pairs of them, that behave like the temperature of an engine's "
    "oil or coolant,\n"
    "also on the pages of multiplexed frames. Several logs of one car are taken together. Best is "
    "a log from\n"
    "a cold start until the engine is warm. Formats: see `candial decode --help`.\n\n"
    "  --top N         show the N best (5)\n"
    "  --unknown       judge by behaviour alone, not by places that are known of some cars\n"
    "  --channel NAME  only this bus of logs that hold several: can0, 1, as they name it\n"
    "  --profile FILE  write the best one as a whole profile, to correct and to try\n\n"
    "Exit status 1: nothing was found.\n";

struct options {
    size_t shown;
    bool use_known;
    const char *channel;
    const char *profile;
    int log_count;
};

/* One log on its way into the bus. */
struct reading {
    struct find_bus *bus;
    const char *path;
    const char *channel;
    bool has_one_bus; /* whatever it is called: it is the one of the other logs */
    bool is_mapped[CAN_LOG_CHANNELS_MAX];
    uint8_t channels[CAN_LOG_CHANNELS_MAX]; /* this log's number -> the bus's */
};

static bool take_frame(struct reading *reading, const struct can_log *log,
                       struct can_log_frame *frame)
{
    uint8_t from = frame->channel;
    if (!reading->is_mapped[from]) {
        const char *name = reading->has_one_bus ? "" : can_log_channel_name(log, from);
        reading->channels[from] = find_bus_channel(reading->bus, name);
        reading->is_mapped[from] = true;
    }
    frame->channel = reading->channels[from];
    return find_bus_add(reading->bus, frame);
}

/* False after an error, which is said. */
static bool read_log(struct reading *reading)
{
    char error[512];
    struct can_log_frame frame;
    struct log_progress progress = log_progress_begin();
    struct can_log *log =
        can_log_open(reading->path, log_progress_report, &progress, error, sizeof error);
    if (log == NULL) {
        usage_error("%s", error);
        return false;
    }
    int result;
    bool good = true;
    can_log_choose_channel(log, reading->channel);
    while (good && (result = can_log_next(log, &frame)) == 1) {
        good = take_frame(reading, log, &frame);
        log_progress_frame(&progress, log);
    }
    log_progress_end(&progress);
    can_log_close(log);
    find_bus_next_log(reading->bus);
    if (!good) {
        usage_error("out of memory");
    }
    return good && result == 0;
}

/* Of several logs, which may name their only bus differently. Errors are left to the second reading. */
static bool has_one_bus(const char *path)
{
    char error[512];
    struct can_log_frame frame;
    struct can_log *log = can_log_open(path, NULL, NULL, error, sizeof error);
    if (log == NULL) {
        return false;
    }
    while (can_log_channel_count(log) < 2 && can_log_next(log, &frame) == 1) {
    }
    bool has_one = can_log_channel_count(log) < 2;
    can_log_close(log);
    return has_one;
}

static bool read_logs(struct find_bus *bus, const struct options *options, char **paths)
{
    for (int i = 0; i < options->log_count; i++) {
        struct reading reading = {.bus = bus, .path = paths[i], .channel = options->channel};
        reading.has_one_bus =
            options->channel != NULL ||
            (options->log_count > 1 && strcmp(paths[i], "-") != 0 && has_one_bus(paths[i]));
        if (!read_log(&reading)) {
            return false;
        }
    }
    if (options->channel != NULL && bus->frame_count == 0) {
        usage_error("no frame of channel %s: see `candial decode` for the channels a log has",
                    options->channel);
        return false;
    }
    return true;
}

/* Never over a file that is there: it may be the one that was corrected by hand. */
static bool write_profile(const char *path, const struct find_candidate *best)
{
    FILE *file = fopen(path, "wx");
    bool good = file != NULL && find_write_profile(best, file);
    if (file != NULL) {
        good = fclose(file) == 0 && good;
    }
    if (!good) {
        usage_error("%s: %s: name a new file that can be written", path, strerror(errno));
        return false;
    }
    printf("Written: %s. Correct it, then: candial profile check %s\n", path, path);
    return true;
}

/* The text behind an option, or NULL after an error. */
static const char *option_text(int argc, char **argv, int *at)
{
    if (*at + 1 == argc) {
        usage_error("%s needs a name behind it", argv[*at]);
        return NULL;
    }
    return argv[++*at];
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
        } else if (strcmp(argv[i], "--channel") == 0) {
            if ((options->channel = option_text(argc, argv, &i)) == NULL) {
                return false;
            }
        } else if (strcmp(argv[i], "--profile") == 0) {
            if ((options->profile = option_text(argc, argv, &i)) == NULL) {
                return false;
            }
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
    bool good = read_logs(&bus, &options, argv);
    size_t count = 0;
    if (good) {
        count = find_rank(&bus, options.use_known, best, options.shown);
        find_print(&bus, best, count);
        if (options.profile != NULL && count > 0) {
            good = write_profile(options.profile, &best[0]);
        }
    }
    find_bus_free(&bus);
    return !good ? EXIT_USAGE : count > 0 ? EXIT_GOOD : EXIT_NO;
}
