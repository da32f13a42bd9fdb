/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial run`: options in, everything opened and checked before the board gets power, exit
 * status out.
 */
#include "cli/command.h"

#include "view/dial_picture.h"
#include "host/files.h"
#include "host/parse.h"
#include "view/plot.h"
#include "bench/board.h"
#include "bench/options.h"
#include "bench/bench.h"
#include "view/summary.h"
#include "formats/image/image.h"
#include "formats/profile/profile.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: candial run [OPTIONS]\n\n"
    "Runs the firmware on the virtual board, plays a recorded log to it, and shows the dial.\n\n"
    "  --log FILE        CAN log (candump, PCAN .trc, ASC, SavvyCAN CSV); begins at 1 s\n"
    "                    (default: a virtual car drives for 10 minutes)\n"
    "  --profile FILE    the car, a YAML file or a name of `candial profile list`\n"
    "                    (default: Ford Mustang S550)\n"
    "  --for DUR         stop after this much of the board's time (10s, 500ms, 2min)\n"
    "  --speed X|max     board seconds a second; default 1\n"
    "  --json FILE       one line a servo period (- is standard output)\n"
    "  --plot FILE.png   value, needle, shaft and state over time\n"
    "  --dial FILE.png   a picture of the dial at the end\n"
    "  --uart pty[:PATH] the console as a pseudo-terminal, for a terminal program and `candial\n"
    "                    profile send`; the run goes on until --for or ^C\n"
    "  --scenario FILE   what hands do to the board: power, NRST, BOOT0 ... (docs/scenario.md)\n"
    "  --flash FILE      the flash survives there; made if it is not there yet. Once it is, it "
    "decides\n"
    "                    what runs, but for what --cm7, --cm4 and --profile put into it\n\n";

enum run_option {
    OPTION_PROFILE = OPTION_BOARD_END,
    OPTION_LOG,
    OPTION_FOR,
    OPTION_SPEED,
    OPTION_JSON,
    OPTION_PLOT,
    OPTION_DIAL,
    OPTION_SCENARIO,
    OPTION_FLASH,
    OPTION_UART,
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
    {"scenario", required_argument, NULL, OPTION_SCENARIO},
    {"flash", required_argument, NULL, OPTION_FLASH},
    {"uart", required_argument, NULL, OPTION_UART},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static bool take_speed(struct bench_options *options, const char *value)
{
    if (strcmp(value, "max") == 0) {
        options->speed = BENCH_SPEED_MAX;
    } else if (!parse_positive(value, &options->speed)) {
        usage_error("--speed %s is no speed: use a number above 0, or max", value);
        return false;
    }
    return true;
}

static bool take_for(struct bench_options *options, const char *value)
{
    if (!parse_duration(value, &options->for_ps) || options->for_ps == 0) {
        usage_error("--for %s is no time: write it as 10s, 500ms or 2min", value);
        return false;
    }
    return true;
}

static bool take_option(struct bench_options *options, int option, const char *value,
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
    case OPTION_UART:
        options->uart = value;
        return true;
    case OPTION_PLOT:
        options->plot = value;
        return true;
    case OPTION_DIAL:
        options->dial = value;
        return true;
    case OPTION_FLASH:
        options->flash = value;
        return true;
    case OPTION_SCENARIO:
        options->scenario = value;
        return true;
    case OPTION_LATER:
        usage_error("--%s is not yet supported by this version: leave it out", name);
        return false;
    default:
        return board_options_take(&options->board, option, value);
    }
}

/* -1: go on; else the exit status. */
static int parse_options(int argc, char **argv, struct bench_options *options)
{
    int option;
    int index = 0;
    *options = (struct bench_options){.speed = 1};
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
            return usage_unknown_option("run", argv[optind - 1],
                                        (const char *const[]){help, board_options_help, NULL});
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
    struct scenario scenario;
    struct flash_keeper flash;
    struct rom_uart rom_uart;
    bool has_rom_uart;
    struct pty console; /* the ST-LINK's virtual COM port */
    bool has_console;
    FILE *json;
    char error[512];
};

static bool open_profile(struct run_inputs *inputs, const char *name)
{
    char path[FILES_PATH_MAX];
    if (name == NULL) {
        record_default(&inputs->record);
    } else {
        if (!files_find_profile(name, path, sizeof path)) {
            snprintf(inputs->error, sizeof inputs->error, FILES_NO_PROFILE, name);
            return false;
        }
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
    /*
     * "build/firmware/...": as seen from the tree, and without "build/" from a build folder in it.
     */
    if (given == NULL && !files_find(own, path, sizeof path) &&
        !files_find(strchr(own, '/') + 1, path, sizeof path)) {
        snprintf(inputs->error, sizeof inputs->error,
                 "%s is not there: build it with ./run, or give --cm7 and --cm4", own);
        return NULL;
    }
    return image_load(given == NULL ? path : given, inputs->error, sizeof inputs->error);
}

/*
 * Does it hold candial's boot banner, "candial 1.2.3"? Then its telemetry and its faults are ours.
 */
static bool is_own(const struct image *image)
{
    static const char banner[] = "candial ";
    const size_t length = sizeof banner - 1;
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *segment = image_segment(image, i);
        for (size_t at = 0; at + length < segment->length; at++) {
            if (memcmp(segment->bytes + at, banner, length) == 0 &&
                segment->bytes[at + length] >= '0' && segment->bytes[at + length] <= '9') {
                return true;
            }
        }
    }
    return false;
}

/* With --cm7 alone the CM4's bank stays empty: the images are somebody else's pair or single. */
static bool open_images(struct run_inputs *inputs, const struct board_options *options)
{
    if (options->cm7 != NULL || options->cm4 == NULL) {
        inputs->cm7 = open_image(inputs, options->cm7, "build/firmware/candial_cm7.elf");
        if (inputs->cm7 == NULL) {
            return false;
        }
    }
    if (options->cm4 != NULL || options->cm7 == NULL) {
        inputs->cm4 = open_image(inputs, options->cm4, "build/firmware/candial_cm4.elf");
        if (inputs->cm4 == NULL) {
            return false;
        }
    }
    bool by_file = inputs->flash.existed && options->cm7 == NULL;
    inputs->own_firmware =
        by_file ? flash_keeper_is_own(&inputs->flash) : inputs->cm7 != NULL && is_own(inputs->cm7);
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

static bool open_log(struct run_inputs *inputs, const char *path)
{
    if (path == NULL) {
        return true;
    }
    inputs->log = can_log_open(path, print_line, NULL, inputs->error, sizeof inputs->error);
    return inputs->log != NULL;
}

/* The profile in the flash, unless another is given. */
static bool open_flash(struct run_inputs *inputs, const struct bench_options *options)
{
    if (!flash_keeper_open(&inputs->flash, options->flash)) {
        snprintf(inputs->error, sizeof inputs->error, "%s", inputs->flash.error);
        return false;
    }
    if (options->profile == NULL) {
        (void)flash_keeper_record(&inputs->flash, &inputs->record); /* else the default */
    }
    return true;
}

static bool open_scenario(struct run_inputs *inputs, const char *path)
{
    return path == NULL ||
           scenario_load(path, &inputs->scenario, inputs->error, sizeof inputs->error);
}

static bool open_console(struct run_inputs *inputs, const char *spec)
{
    if (spec == NULL) {
        return true;
    }
    inputs->has_console =
        pty_open(&inputs->console, "--uart", spec, inputs->error, sizeof inputs->error);
    if (inputs->has_console) {
        pty_let_go(&inputs->console);
        fprintf(stderr, "console: %s\n", inputs->console.name);
    }
    return inputs->has_console;
}

static bool open_rom_uart(struct run_inputs *inputs, const char *spec)
{
    if (spec == NULL) {
        return true;
    }
    inputs->has_rom_uart =
        rom_uart_open(&inputs->rom_uart, spec, inputs->error, sizeof inputs->error);
    if (inputs->has_rom_uart) {
        fprintf(stderr, "boot ROM's UART: %s (stm32flash -m 8n1 %s)\n", inputs->rom_uart.pty.name,
                inputs->rom_uart.pty.name);
    }
    return inputs->has_rom_uart;
}

/* Output last: nothing is overwritten while an input is bad. */
static bool open_inputs(struct run_inputs *inputs, const struct bench_options *options)
{
    *inputs = (struct run_inputs){.cm7 = NULL};
    return open_profile(inputs, options->profile) && open_log(inputs, options->log) &&
           open_scenario(inputs, options->scenario) && open_flash(inputs, options) &&
           open_images(inputs, &options->board) && open_rom_uart(inputs, options->board.rom_uart) &&
           open_console(inputs, options->uart) && open_json(inputs, options->json);
}

/* False if the last of the JSON lines could not be written. */
static bool close_inputs(struct run_inputs *inputs)
{
    bool written = true;
    image_free(inputs->cm7);
    image_free(inputs->cm4);
    can_log_close(inputs->log);
    scenario_free(&inputs->scenario);
    flash_keeper_close(&inputs->flash);
    if (inputs->has_rom_uart) {
        rom_uart_close(&inputs->rom_uart);
    }
    if (inputs->has_console) {
        pty_close(&inputs->console);
    }
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

/* Connects the session to what was opened; `plot` must live as long. */
static void set_up(struct bench *session, struct run_inputs *inputs, struct plot *plot)
{
    session->log = inputs->log;
    session->json = inputs->json;
    session->play.scenario = &inputs->scenario;
    session->flash = &inputs->flash;
    session->rom_uart = inputs->has_rom_uart ? &inputs->rom_uart : NULL;
    session->console = inputs->has_console ? &inputs->console : NULL;
    session->drives = inputs->log == NULL;
    session->source = inputs->log != NULL ? next_of_log : NULL;
    session->source_context = inputs->log;
    if (session->options->plot != NULL) {
        session->extra = plot_add;
        session->extra_context = plot;
    }
}

static bool make_board(struct bench *session, struct run_inputs *inputs)
{
    const struct bench_options *options = session->options;
    bool by_file = inputs->flash.existed;
    const struct bench_board_config config = {
        .options = &options->board,
        .cm7 = inputs->cm7,
        .cm4 = inputs->cm4,
        .flash = by_file ? inputs->flash.file : NULL,
        .images_only_name = by_file && options->board.cm7 == NULL && options->board.cm4 == NULL,
        .settings = by_file && options->profile == NULL ? NULL : inputs->settings,
        .settings_size = sizeof inputs->settings,
        .bitrate_bps = inputs->record.bitrate_bps,
        .fd_data_bitrate_bps = inputs->record.fd_data_bitrate_bps,
        .own_firmware = inputs->own_firmware,
        .listener = bench_listener(session),
    };
    return bench_board_create(&config, &session->model, inputs->error, sizeof inputs->error);
}

/* Keeps `status` unless a picture could not be written. */
static int write_pictures(const struct bench *session, const struct plot *plot, int status)
{
    const struct bench_options *options = session->options;
    if (options->plot != NULL && !plot_write(plot, options->plot, session->record)) {
        return usage_error("%s: cannot be written: name a file in a folder that can",
                           options->plot);
    }
    if (options->dial != NULL &&
        !dial_picture_write(options->dial, session->record, &session->view.latest)) {
        return usage_error("%s: cannot be written: name a file in a folder that can",
                           options->dial);
    }
    return status;
}

static int run(struct run_inputs *inputs, const struct bench_options *options)
{
    struct bench session;
    struct plot plot = {0};
    FILE *out = inputs->json == stdout ? stderr : stdout;
    bench_init(&session, options, &inputs->record, out);
    set_up(&session, inputs, &plot);
    if (!make_board(&session, inputs)) {
        live_view_stop(&session.view);
        return usage_error("%s", inputs->error);
    }
    bench_run(&session);
    int status = summary_print(&session, out);
    if (!flash_keeper_save(&inputs->flash, &session.model)) {
        status = usage_error("%s", inputs->flash.error);
    }
    session.model.ops->destroy(session.model.self);
    status = write_pictures(&session, &plot, status);
    plot_free(&plot);
    fflush(out);
    return status;
}

int command_run(int argc, char **argv)
{
    struct bench_options options;
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
