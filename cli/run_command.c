/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial run`: options in, everything opened and checked before the board gets power, exit
 * status out.
 */
#include "cli/command.h"

#include "bench/activity.h"
#include "bench/bench.h"
#include "bench/board.h"
#include "bench/own.h"
#include "cli/run_options.h"
#include "cli/run_outside.h"
#include "debug/bitbang.h"
#include "debug/recorder.h"
#include "debug/server.h"
#include "formats/image/pair.h"
#include "formats/profile/profile.h"
#include "host/files.h"
#include "host/sd_file.h"
#include "link/board_console.h"
#include "link/rom_uart.h"
#include "link/uart_file.h"
#include "view/dial_picture.h"
#include "view/screen_picture.h"
#include "view/json_lines.h"
#include "view/live.h"
#include "view/pin_edges.h"
#include "view/plot.h"
#include "view/summary.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* All that a run needs, opened and checked. */
struct run_inputs {
    struct record record;
    uint8_t settings[RECORD_SIZE];
    struct image_pair images;
    bool own_firmware;
    struct can_log *log;
    struct scenario scenario;
    struct flash_keeper flash;
    struct rom_uart rom_uart;
    bool has_rom_uart;
    struct board_console console;
    bool has_console;
    struct uart_file uart_file;
    struct server gdb;
    bool has_gdb;
    struct bitbang jtag;
    bool has_jtag;
    struct recorder recorder;
    bool has_recorder;
    FILE *json;
    FILE *pins;
    struct run_outside outside;
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

/*
 * Where candial's own image is: "build/firmware/...", as seen from the tree, and without "build/" from a
 * build folder in it.
 */
static bool find_own(struct run_inputs *inputs, const char *own, char path[FILES_PATH_MAX])
{
    if (files_find(own, path, FILES_PATH_MAX) ||
        files_find(strchr(own, '/') + 1, path, FILES_PATH_MAX)) {
        return true;
    }
    snprintf(inputs->error, sizeof inputs->error,
             "%s is not there: build it with ./run, or give --cm7 and --cm4", own);
    return false;
}

/* With --cm7 alone the CM4's bank stays empty: the images are somebody else's pair or single. */
static bool load_images(struct run_inputs *inputs, const struct board_options *options)
{
    char cm7[FILES_PATH_MAX];
    char cm4[FILES_PATH_MAX];
    const char *names[] = {options->cm7, options->cm4};
    const bool keep_order = options->cm7 == NULL || options->boot7 != 0;
    if (options->cm7 == NULL) {
        names[0] = cm7;
        if (!find_own(inputs, "build/firmware/candial_cm7.elf", cm7)) {
            return false;
        }
    }
    if (options->cm7 == NULL && options->cm4 == NULL) {
        names[1] = cm4;
        if (!find_own(inputs, "build/firmware/candial_cm4.elf", cm4)) {
            return false;
        }
    }
    return image_pair_open(&inputs->images, names[0], names[1], keep_order, inputs->error,
                           sizeof inputs->error);
}

static bool open_images(struct run_inputs *inputs, const struct board_options *options)
{
    if (!load_images(inputs, options)) {
        return false;
    }
    if (inputs->images.swapped) {
        fprintf(stderr, "candial: %s is taken as the CM7's: it holds 0x%08X\n",
                image_path(inputs->images.cm7), IMAGE_CM7_BOOT_ADDRESS);
    }
    const bool by_file = inputs->flash.existed && options->cm7 == NULL;
    inputs->own_firmware =
        by_file ? flash_keeper_is_own(&inputs->flash) : bench_own_image(inputs->images.cm7);
    return true;
}

static void print_line(void *context, const char *text)
{
    (void)context;
    fprintf(stderr, "%s\n", text);
}

static bool open_uart_file(struct run_inputs *inputs, const char *spec)
{
    return spec == NULL ||
           uart_file_open(&inputs->uart_file, spec, inputs->error, sizeof inputs->error);
}

static bool open_log(struct run_inputs *inputs, const char *path, const char *channel)
{
    if (path == NULL) {
        return true;
    }
    inputs->log = can_log_open(path, print_line, NULL, inputs->error, sizeof inputs->error);
    if (inputs->log != NULL) {
        can_log_choose_channel(inputs->log, channel);
    }
    return inputs->log != NULL;
}

/* Of a log with several buses: that they were all played as one, or that the one chosen is not there. */
static int tell_channels(const struct run_inputs *inputs, const struct run_options *options,
                         uint64_t frames, int status)
{
    char list[400];
    if (inputs->log == NULL) {
        return status;
    }
    can_log_list_channels(inputs->log, list, sizeof list);
    if (options->channel != NULL && frames == 0 && can_log_channel_count(inputs->log) > 0) {
        return usage_error("no frame of channel %s: %s has %s", options->channel, options->log,
                           list);
    }
    if (options->channel == NULL && can_log_channel_count(inputs->log) > 1) {
        fprintf(stderr, "candial: %s holds %s, played as one bus: --channel NAME takes one\n",
                options->log, list);
    }
    return status;
}

/* The profile in the flash, unless another is given. */
static bool open_flash(struct run_inputs *inputs, const struct run_options *options)
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
        board_console_open(&inputs->console, spec, inputs->error, sizeof inputs->error);
    if (inputs->has_console) {
        fprintf(stderr, "console: %s\n", inputs->console.pty.name);
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

static bool open_gdb(struct run_inputs *inputs, const char *ports)
{
    inputs->has_gdb =
        ports != NULL && server_open(&inputs->gdb, ports, inputs->error, sizeof inputs->error);
    return ports == NULL || inputs->has_gdb;
}

static bool open_jtag(struct run_inputs *inputs, const char *port)
{
    inputs->has_jtag =
        port != NULL && bitbang_open(&inputs->jtag, port, inputs->error, sizeof inputs->error);
    return port == NULL || inputs->has_jtag;
}

static bool open_recorder(struct run_inputs *inputs, const struct recorder_options *options)
{
    inputs->has_recorder = recorder_is_asked(options);
    return !inputs->has_recorder ||
           recorder_open(&inputs->recorder, options, inputs->error, sizeof inputs->error);
}

/* Output last: nothing is overwritten while an input is bad. */
static bool open_inputs(struct run_inputs *inputs, const struct run_options *options)
{
    *inputs = (struct run_inputs){.json = NULL};
    return open_profile(inputs, options->profile) &&
           open_log(inputs, options->log, options->channel) &&
           open_scenario(inputs, options->scenario) && open_flash(inputs, options) &&
           open_images(inputs, &options->board) && open_rom_uart(inputs, options->board.rom_uart) &&
           open_console(inputs, options->uart_pty) && open_gdb(inputs, options->gdb) &&
           open_jtag(inputs, options->jtag) && open_uart_file(inputs, options->uart_file) &&
           open_recorder(inputs, &options->recorder) &&
           files_open_output(options->pins, &inputs->pins, inputs->error, sizeof inputs->error) &&
           files_open_output(options->json, &inputs->json, inputs->error, sizeof inputs->error) &&
           run_outside_open(&inputs->outside, options, &inputs->record, inputs->error,
                            sizeof inputs->error);
}

static int close_inputs(struct run_inputs *inputs, const struct run_options *options, int status)
{
    image_pair_close(&inputs->images);
    can_log_close(inputs->log);
    scenario_free(&inputs->scenario);
    flash_keeper_close(&inputs->flash);
    if (inputs->has_rom_uart) {
        rom_uart_close(&inputs->rom_uart);
    }
    if (inputs->has_console) {
        board_console_close(&inputs->console);
    }
    if (inputs->has_gdb) {
        server_close(&inputs->gdb);
    }
    if (inputs->has_jtag) {
        bitbang_close(&inputs->jtag);
    }
    if (inputs->has_recorder) {
        recorder_close(&inputs->recorder);
    }
    if (!uart_file_close(&inputs->uart_file, inputs->error, sizeof inputs->error)) {
        status = usage_error("%s", inputs->error);
    }
    status = run_outside_close(&inputs->outside, options, status);
    status = files_close_output(inputs->pins, options->pins, status);
    return files_close_output(inputs->json, options->json, status);
}

static bool next_of_log(void *context, struct can_log_frame *frame)
{
    return can_log_next(context, frame) == 1;
}

/* Who looks on. */
struct run_views {
    FILE *out; /* the words: standard output, unless that is given away */
    struct bench_activity activity;
    struct live_view live;
    struct json_lines json;
    struct pin_edges pins;
    struct plot plot;
    struct summary summary;
};

static void connect(struct bench *bench, struct run_inputs *inputs)
{
    bench->log = inputs->log;
    bench->play.scenario = &inputs->scenario;
    bench->flash = &inputs->flash;
    bench->drives = inputs->log == NULL && !inputs->outside.has_can;
    bench->source = inputs->log != NULL ? next_of_log : NULL;
    bench->source_context = inputs->log;
}

static void attach_links(struct bench *bench, struct run_inputs *inputs)
{
    if (inputs->has_rom_uart) {
        inputs->rom_uart.model = &bench->model;
        bench_attach(bench, &inputs->rom_uart.observer);
    }
    if (inputs->has_console) {
        inputs->console.model = &bench->model;
        bench_attach(bench, &inputs->console.observer);
    }
    if (inputs->has_gdb) {
        bench_attach(bench, &inputs->gdb.observer);
    }
    if (inputs->has_jtag) {
        bench_attach(bench, &inputs->jtag.observer);
    }
    if (inputs->has_recorder) {
        bench_attach(bench, &inputs->recorder.observer);
    }
    if (inputs->uart_file.out != NULL) {
        bench_attach(bench, &inputs->uart_file.observer);
    }
    run_outside_attach(&inputs->outside, bench, &inputs->images);
}

/* Of firmware that is not ours what can be seen from outside; the others ask that one. */
static void attach_views(struct bench *bench, struct run_views *views,
                         const struct run_inputs *inputs, const struct run_options *options)
{
    const bool is_stdout_taken =
        inputs->json == stdout || inputs->pins == stdout || inputs->uart_file.out == stdout ||
        (inputs->has_recorder && recorder_takes_stdout(&inputs->recorder)) ||
        run_outside_takes_stdout(&inputs->outside);
    const struct bench_activity *activity = inputs->own_firmware ? NULL : &views->activity;
    views->out = is_stdout_taken ? stderr : stdout;
    if (activity != NULL) {
        bench_activity_init(&views->activity, bench);
        bench_attach(bench, &views->activity.observer);
    }
    summary_init(&views->summary, activity);
    bench_attach(bench, &views->summary.observer);
    live_view_start(&views->live, views->out, &inputs->record, activity);
    bench_attach(bench, &views->live.observer);
    if (inputs->json != NULL) {
        json_lines_init(&views->json, inputs->json, activity);
        bench_attach(bench, &views->json.observer);
    }
    if (inputs->pins != NULL) {
        pin_edges_init(&views->pins, inputs->pins);
        bench_attach(bench, &views->pins.observer);
    }
    plot_init(&views->plot);
    if (options->plot != NULL) {
        bench_attach(bench, &views->plot.observer);
    }
}

static bool make_board(struct bench *bench, struct run_inputs *inputs,
                       const struct run_options *options)
{
    bool by_file = inputs->flash.existed;
    const struct bench_board_config config = {
        .options = &options->board,
        .cm7 = inputs->images.cm7,
        .cm4 = inputs->images.cm4,
        .flash = by_file ? inputs->flash.file : NULL,
        .images_only_name = by_file && options->board.cm7 == NULL && options->board.cm4 == NULL,
        .settings = by_file && options->profile == NULL ? NULL : inputs->settings,
        .settings_size = sizeof inputs->settings,
        .bitrate_bps = inputs->record.bitrate_bps,
        .fd_data_bitrate_bps = inputs->record.fd_data_bitrate_bps,
        .own_firmware = inputs->own_firmware,
        .listener = bench_listener(bench),
    };
    if (inputs->has_gdb) {
        return server_make_board(&inputs->gdb, &config, &bench->model, inputs->error,
                                 sizeof inputs->error);
    }
    return bench_board_create(&config, &bench->model, inputs->error, sizeof inputs->error);
}

/* Keeps `status` unless a picture could not be written. */
static int write_pictures(const struct run_views *views, const struct record *record,
                          const struct run_options *options, int status)
{
    if (options->plot != NULL && !plot_write(&views->plot, options->plot, record)) {
        return usage_error("%s: cannot be written: name a file in a folder that can",
                           options->plot);
    }
    if (options->dial != NULL &&
        !dial_picture_write(options->dial, record, &views->summary.latest)) {
        return usage_error("%s: cannot be written: name a file in a folder that can",
                           options->dial);
    }
    return status;
}

/* What the display shows while the board is still there. */
static int write_screen(const struct bench *bench, const struct run_options *options, int status)
{
    struct bench_picture picture;
    if (options->screen == NULL) {
        return status;
    }
    if (!bench_picture_take(&bench->model, &picture)) {
        return usage_error("%s: nothing to write, LTDC is off or without its clock, PLL3R, at the "
                           "end: let it run longer (--for)",
                           options->screen);
    }
    if (!screen_picture_write(options->screen, &picture)) {
        status =
            usage_error("%s: cannot be written: name a file in a folder that can", options->screen);
    }
    bench_picture_free(&picture);
    return status;
}

/* ---- a run that can go back ---- */

struct run_start {
    struct bench *bench;
    struct run_inputs *inputs;
    const struct run_options *options;
};

static bool start_again(void *context, struct bench_model *model)
{
    struct run_start *start = context;
    struct run_inputs *inputs = start->inputs;
    struct bench_model present = start->bench->model;
    struct can_log *log =
        can_log_open(start->options->log, NULL, NULL, inputs->error, sizeof inputs->error);
    if (log == NULL) {
        return false;
    }
    can_log_choose_channel(log, start->options->channel);
    const bool made = make_board(start->bench, inputs, start->options);
    *model = start->bench->model;
    start->bench->model = present;
    if (!made) {
        can_log_close(log);
        return false;
    }
    can_log_close(inputs->log);
    inputs->log = start->bench->log = log;
    start->bench->source_context = log;
    return true;
}

/*
 * Who plays a log before a page can go through it, if the log is a file and nobody has a hold on the board or its flash who
 * would not know that it is another one.
 */
static bool prepare_way_back(struct run_inputs *inputs, const struct run_options *options)
{
    struct stat about;
    if (!options->web || options->log == NULL || options->flash != NULL || inputs->has_gdb ||
        inputs->has_jtag || inputs->has_recorder || stat(options->log, &about) != 0 ||
        !S_ISREG(about.st_mode)) {
        return false;
    }
    return web_log_measure(options->log, options->channel, &inputs->outside.log, inputs->error,
                           sizeof inputs->error);
}

struct sd_save {
    const struct sd_file *file;
    bool failed;
};

static void save_block(void *context, uint32_t block, const uint8_t *bytes)
{
    struct sd_save *save = context;
    save->failed |= !sd_file_write(save->file, block, bytes);
}

/* With --sd FILE,rw. */
static int save_sd(const struct bench_model *model, const struct sd_file *file, int status)
{
    struct sd_save save = {.file = file};
    if (sd_file_keeps(file)) {
        model->ops->read_sd(model->self, save_block, &save);
    }
    return save.failed ? usage_error("%s: cannot be written: make room for it", sd_file_path(file))
                       : status;
}

static int run(struct run_inputs *inputs, const struct run_options *options)
{
    static struct bench bench;
    static struct run_start start;
    static struct run_views views;
    struct bench_options bench_options = options->bench;
    bench_options.seed = options->board.seed;
    bench_init(&bench, &bench_options, &inputs->record);
    connect(&bench, inputs);
    if (prepare_way_back(inputs, options)) {
        start = (struct run_start){&bench, inputs, options};
        bench.renewal = (struct bench_renewal){start_again, &start};
    }
    attach_links(&bench, inputs);
    attach_views(&bench, &views, inputs, options);
    if (!make_board(&bench, inputs, options)) {
        live_view_stop(&views.live);
        return usage_error("%s", inputs->error);
    }
    if (inputs->has_jtag) {
        bitbang_begin(&inputs->jtag, bench_board_of(&bench.model));
    }
    if (inputs->has_recorder) {
        recorder_begin(&inputs->recorder, bench_board_of(&bench.model), inputs->images.cm7,
                       inputs->images.cm4);
    }
    bench_run(&bench);
    live_view_stop(&views.live);
    int status = summary_print(&views.summary, &bench, views.out);
    status = tell_channels(inputs, options, bench.watch.frames, status);
    if (!flash_keeper_save(&inputs->flash, &bench.model)) {
        status = usage_error("%s", inputs->flash.error);
    }
    status = save_sd(&bench.model, options->board.sd, status);
    if (inputs->has_jtag) {
        bitbang_end(&inputs->jtag);
    }
    if (inputs->has_recorder &&
        !recorder_end(&inputs->recorder, inputs->error, sizeof inputs->error)) {
        status = usage_error("%s", inputs->error);
    }
    status = write_screen(&bench, options, status);
    bench.model.ops->destroy(bench.model.self);
    status = write_pictures(&views, &inputs->record, options, status);
    plot_free(&views.plot);
    fflush(views.out);
    return status;
}

int command_run(int argc, char **argv)
{
    struct run_options options;
    struct run_inputs inputs;
    int status = run_options_parse(argc, argv, &options);
    if (status >= 0) {
        return status;
    }
    if (open_inputs(&inputs, &options)) {
        status = run(&inputs, &options);
    } else {
        status = usage_error("%s", inputs.error);
    }
    return close_inputs(&inputs, &options, status);
}
