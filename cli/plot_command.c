/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial plot`: a recorded run as a picture. */
#include "cli/command.h"

#include "formats/profile/profile.h"
#include "host/files.h"
#include "view/json_lines.h"
#include "view/json_read.h"
#include "view/plot.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: candial plot RUN.json [-o FILE.png] [--profile FILE]\n\n"
    "Draws a run that `candial run --json` has recorded (- is standard input): value on the bus, "
    "value\nshown, needle, shaft and state over time, 1400 x 860. As `candial run --plot` "
    "draws it.\n\n"
    "  -o FILE           where to (default: RUN.png beside it)\n"
    "  --profile FILE    the car's, for its dial's limits (default: Ford Mustang S550)\n\n"
    "Exit status: 0 good, 2 bad input.\n";

struct arguments {
    const char *input, *output, *profile;
    char beside[FILES_PATH_MAX];
};

/* -1: go on; else the exit status. */
static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {{"profile", required_argument, NULL, 'p'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    int option;
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, ":ho:", options, NULL)) != -1) {
        switch (option) {
        case 'h':
            fputs(help, stdout);
            return EXIT_GOOD;
        case 'o':
            a->output = optarg;
            break;
        case 'p':
            a->profile = optarg;
            break;
        case ':':
            return usage_error("%s needs a value: see `candial plot --help`", argv[optind - 1]);
        default:
            return usage_unknown_option("plot", argv[optind - 1],
                                        (const char *const[]){help, NULL});
        }
    }
    if (optind + 1 != argc) {
        return usage_error("give one file of `candial run --json`: see `candial plot --help`");
    }
    a->input = argv[optind];
    return -1;
}

/* "RUN.png" of "RUN.json". */
static void name_output(struct arguments *a)
{
    if (a->output == NULL) {
        const char *end = strrchr(a->input, '.');
        const size_t length =
            end == NULL || strchr(end, '/') != NULL ? strlen(a->input) : (size_t)(end - a->input);
        snprintf(a->beside, sizeof a->beside, "%.*s.png", (int)length, a->input);
        a->output = a->beside;
    }
}

/* The number of samples. */
static size_t read_run(FILE *in, struct plot *plot)
{
    char line[JSON_LINE_MAX];
    struct sample sample;
    while (fgets(line, sizeof line, in) != NULL) {
        if (json_sample_read(line, &sample)) {
            plot->observer.sample(plot, &sample);
        }
    }
    return plot->count;
}

static int draw(const struct arguments *a, const struct record *record)
{
    struct plot plot;
    FILE *in = strcmp(a->input, "-") == 0 ? stdin : fopen(a->input, "r");
    if (in == NULL) {
        return usage_error("%s: %s: name a file of `candial run --json`", a->input,
                           strerror(errno));
    }
    plot_init(&plot);
    int status = EXIT_GOOD;
    if (read_run(in, &plot) == 0) {
        status = usage_error("%s: holds no line of a run: record one with `candial run --json`",
                             a->input);
    } else if (!plot_write(&plot, a->output, record)) {
        status = usage_error("%s: cannot be written: name a file in a folder that can", a->output);
    }
    plot_free(&plot);
    if (in != stdin) {
        fclose(in);
    }
    return status;
}

int command_plot(int argc, char **argv)
{
    struct arguments a = {.input = NULL};
    struct record record;
    char error[512];
    char path[FILES_PATH_MAX];
    int status = parse(argc, argv, &a);
    if (status >= 0) {
        return status;
    }
    name_output(&a);
    record_default(&record);
    if (a.profile != NULL) {
        if (!files_find_profile(a.profile, path, sizeof path)) {
            return usage_error(FILES_NO_PROFILE, a.profile);
        }
        if (!profile_load(path, &record, error, sizeof error)) {
            return usage_error("%s", error);
        }
    }
    return draw(&a, &record);
}
