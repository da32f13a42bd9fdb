/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial run`: options in, everything opened and checked before the board gets power, exit status out. */
#include "cli/command.h"

#include "cli/car_drive.h"
#include "cli/files.h"
#include "cli/parse.h"
#include "cli/run_board.h"
#include "cli/run_options.h"
#include "cli/run_session.h"
#include "cli/run_summary.h"
#include "formats/image.h"
#include "formats/profile.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: candial run [OPTIONS]\n\n"
    "Runs the firmware on the virtual board, plays a recorded log to it, and shows the dial.\n\n"
    "  --log FILE        CAN log: candump or PCAN .trc; its first frame is sent at 1 s\n"
    "                    (default: a virtual car drives for 15 minutes)\n"
    "  --profile FILE    the car, a YAML file or a name of `candial profile list`\n"
    "                    (default: Ford Mustang S550)\n"
    "  --for DUR         stop after this much of the board's time (10s, 500ms, 2min)\n"
    "  --speed X|max     board seconds a second; default 1\n"
    "  --json FILE       one line a servo period (- is standard output)\n"
    "  --plot FILE.png   value, needle, shaft and state over time\n"
    "  --dial FILE.png   a picture of the dial at the end\n\n";

enum run_option {
    OPTION_PROFILE = OPTION_BOARD_END,
    OPTION_LOG,
    OPTION_FOR,
    OPTION_SPEED,
    OPTION_JSON,
    OPTION_PLOT,
    OPTION_DIAL,
    OPTION_LATER, /* known, but not in this version */
    OPTION_HELP
};

static const struct option long_options[] = {
    BOARD_LONG_OPTIONS,
    {"profile", required_argument, NULL, OPTION_PROFILE},
    {"log", required_argument, NULL, OPTION_LOG},
    {"for", required_argument, NULL, OPTION_FOR},
    {"speed", required_argument, NULL, OPTION_SPEED},
    {"json", required_argument, NULL, OPTION_JSON},
    {"plot", required_argument, NULL, OPTION_PLOT},
    {"dial", required_argument, NULL, OPTION_DIAL},
    {"can", required_argument, NULL, OPTION_LATER},
    {"vcd", required_argument, NULL, OPTION_LATER},
    {"web", optional_argument, NULL, OPTION_LATER},
    {"scenario", required_argument, NULL, OPTION_LATER},
    {"flash", required_argument, NULL, OPTION_LATER},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static bool take_speed(struct run_options *options, const char *value)
{
    if (strcmp(value, "max") == 0) {
        options->speed = RUN_SPEED_MAX;
    } else if (!parse_positive(value, &options->speed)) {
        usage_error("--speed %s is no speed: use a number above 0, or max", value);
        return false;
    }
    return true;
}

static bool take_for(struct run_options *options, const char *value)
{
    if (!parse_duration(value, &options->for_ps) || options->for_ps == 0) {
        usage_error("--for %s is no time: write it as 10s, 500ms or 2min", value);
        return false;
    }
    return true;
}

static bool take_option(struct run_options *options, int option, const char *value,
                        const char *name)
{
    switch (option) {
    case OPTION_PROFILE:
        options->profile = value;
        return true;
    case OPTION_LOG:
        options->log = value;
        return true;
    case OPTION_FOR:
        return take_for(options, value);
    case OPTION_SPEED:
        return take_speed(options, value);
    case OPTION_JSON:
        options->json = value;
        return true;
    case OPTION_PLOT:
        options->plot = value;
        return true;
    case OPTION_DIAL:
        options->dial = value;
        return true;
    case OPTION_LATER:
        usage_error("--%s is not yet supported by this version: leave it out", name);
        return false;
    default:
        return board_options_take(&options->board, option, value);
    }
}

/* -1: go on; else the exit status. */
static int parse_options(int argc, char **argv, struct run_options *options)
{
    int option;
    int index = 0;
    *options = (struct run_options){.speed = 1};
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, ":h", long_options, &index)) != -1) {
        if (option == 'h' || option == OPTION_HELP) {
            printf("%s%s", help, board_options_help);
            return EXIT_GOOD;
        }
        if (option == ':') {
            return usage_error("%s needs a value: see `candial run --help`", argv[optind - 1]);
        }
        if (option == '?') {
            return usage_error("unknown option `%s': see `candial run --help`", argv[optind - 1]);
        }
        if (!take_option(options, option, optarg, long_options[index].name)) {
            return EXIT_USAGE;
        }
    }
    if (optind < argc) {
        return usage_error("unexpected `%s': a log is given with --log", argv[optind]);
    }
    return -1;
}

/* All that a run needs, opened and checked. */
struct run_inputs {
    struct record record;
    uint8_t settings[RECORD_SIZE];
    struct image *cm7;
    struct image *cm4;
    bool own_firmware;
    struct can_log *log;
    FILE *json;
    char error[512];
};

static bool open_profile(struct run_inputs *inputs, const char *name)
{
    char path[FILES_PATH_MAX];
    if (name == NULL) {
        record_default(&inputs->record);
    } else {
        files_find_profile(name, path, sizeof path);
        if (!profile_load(path, &inputs->record, inputs->error, sizeof inputs->error)) {
            return false;
        }
    }
    return record_build(&inputs->record, inputs->settings, sizeof inputs->settings) == 0;
}

/* Loads `given`, or candial's own image `own`. */
static struct image *open_image(struct run_inputs *inputs, const char *given, const char *own)
{
    char path[FILES_PATH_MAX];
    if (given == NULL && !files_find(own, path, sizeof path)) {
        snprintf(inputs->error, sizeof inputs->error,
                 "%s is not there: build it with ./run, or give --cm7 and --cm4", own);
        return NULL;
    }
    return image_load(given == NULL ? path : given, inputs->error, sizeof inputs->error);
}

/* With --cm7 alone the CM4's bank stays empty: the images are somebody else's pair or single. */
static bool open_images(struct run_inputs *inputs, const struct board_options *options)
{
    inputs->own_firmware = options->cm7 == NULL && options->cm4 == NULL;
    if (options->cm7 != NULL || options->cm4 == NULL) {
        inputs->cm7 = open_image(inputs, options->cm7, "firmware/candial_cm7.elf");
        if (inputs->cm7 == NULL) {
            return false;
        }
    }
    if (options->cm4 != NULL || options->cm7 == NULL) {
        inputs->cm4 = open_image(inputs, options->cm4, "firmware/candial_cm4.elf");
        if (inputs->cm4 == NULL) {
            return false;
        }
    }
    return true;
}

static void print_line(void *context, const char *text)
{
    (void)context;
    fprintf(stderr, "%s\n", text);
}

static bool open_json(struct run_inputs *inputs, const char *path)
{
    if (path == NULL) {
        return true;
    }
    inputs->json = strcmp(path, "-") == 0 ? stdout : fopen(path, "w");
    if (inputs->json == NULL) {
        snprintf(inputs->error, sizeof inputs->error, "%s: %s: name a file that can be written",
                 path, strerror(errno));
    }
    return inputs->json != NULL;
}

static bool open_inputs(struct run_inputs *inputs, const struct run_options *options)
{
    *inputs = (struct run_inputs){.cm7 = NULL};
    if (!open_profile(inputs, options->profile) || !open_images(inputs, &options->board)) {
        return false;
    }
    if (options->log != NULL) {
        inputs->log =
            can_log_open(options->log, print_line, NULL, inputs->error, sizeof inputs->error);
        if (inputs->log == NULL) {
            return false;
        }
    }
    return open_json(inputs, options->json);
}

/* False if the last of the JSON lines could not be written. */
static bool close_inputs(struct run_inputs *inputs)
{
    bool written = true;
    image_free(inputs->cm7);
    image_free(inputs->cm4);
    can_log_close(inputs->log);
    if (inputs->json != NULL) {
        written = fflush(inputs->json) == 0 && ferror(inputs->json) == 0;
        written = (inputs->json == stdout || fclose(inputs->json) == 0) && written;
    }
    return written;
}

static bool next_of_log(void *context, struct can_log_frame *frame)
{
    return can_log_next(context, frame) == 1;
}

static int run(struct run_inputs *inputs, const struct run_options *options)
{
    struct run_session session;
    struct car_drive drive;
    FILE *out = inputs->json == stdout ? stderr : stdout;
    run_session_init(&session, options, &inputs->record, out);
    session.log = inputs->log;
    session.json = inputs->json;
    car_drive_init(&drive, &inputs->record);
    session.source = inputs->log != NULL ? next_of_log : car_drive_next;
    session.source_context = inputs->log != NULL ? (void *)inputs->log : (void *)&drive;
    const struct run_board_config config = {
        .options = &options->board,
        .cm7 = inputs->cm7,
        .cm4 = inputs->cm4,
        .settings = inputs->settings,
        .settings_size = sizeof inputs->settings,
        .bitrate_bps = inputs->record.bitrate_bps,
        .fd_data_bitrate_bps = inputs->record.fd_data_bitrate_bps,
        .own_firmware = inputs->own_firmware,
        .listener = run_session_listener(&session),
    };
    if (!run_board_create(&config, &session.model, inputs->error, sizeof inputs->error)) {
        run_view_stop(&session.view);
        return usage_error("%s", inputs->error);
    }
    run_session_run(&session);
    int status = run_summary_print(&session, out);
    session.model.ops->destroy(session.model.self);
    return status;
}

int command_run(int argc, char **argv)
{
    struct run_options options;
    struct run_inputs inputs;
    int status = parse_options(argc, argv, &options);
    if (status >= 0) {
        return status;
    }
    if (open_inputs(&inputs, &options)) {
        status = run(&inputs, &options);
    } else {
        status = usage_error("%s", inputs.error);
    }
    if (!close_inputs(&inputs)) {
        return usage_error("%s: writing failed: is the disk full?", options.json);
    }
    return status;
}
