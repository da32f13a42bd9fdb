/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/run.h"

#include "bench/board.h"
#include "bench/own.h"
#include "formats/profile/profile.h"
#include "host/parse.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define OWN_CM7 "firmware/candial_cm7.elf"
#define OWN_CM4 "firmware/candial_cm4.elf"

enum { OPTION_PROFILE = OPTION_BOARD_END, OPTION_LOG, OPTION_DBC, OPTION_JSON, OPTION_FOR };

static const struct option long_options[] = {
    BOARD_LONG_OPTIONS,
    {"profile", required_argument, NULL, OPTION_PROFILE},
    {"log", required_argument, NULL, OPTION_LOG},
    {"dbc", required_argument, NULL, OPTION_DBC},
    {"json", required_argument, NULL, OPTION_JSON},
    {"for", required_argument, NULL, OPTION_FOR},
    {NULL, 0, NULL, 0},
};

static bool take(struct web_run *run, int option, const char *value)
{
    switch (option) {
    case OPTION_PROFILE:
        run->profile = value;
        return true;
    case OPTION_LOG:
        run->log = value;
        return true;
    case OPTION_DBC:
        run->dbc = value;
        return true;
    case OPTION_JSON:
        run->json = value;
        return true;
    case OPTION_FOR:
        return parse_duration(value, &run->options.for_ps);
    default:
        return board_options_take(&run->board, option, value);
    }
}

static bool parse(struct web_run *run, int argc, char **arguments)
{
    int option;
    opterr = 0;
    optind = 0; /* anew: the last call may have ended anywhere */
    while ((option = getopt_long(argc, arguments, ":", long_options, NULL)) != -1) {
        if (option == ':' || option == '?' || !take(run, option, optarg)) {
            snprintf(run->error, sizeof run->error, "cannot understand `%s'",
                     arguments[optind - 1]);
            return false;
        }
    }
    return true;
}

static bool open_profile(struct web_run *run)
{
    if (run->profile == NULL) {
        record_default(&run->record);
    } else if (!profile_load(run->profile, &run->record, run->error, sizeof run->error)) {
        return false;
    }
    return record_build(&run->record, run->settings, sizeof run->settings) == 0;
}

static bool open_images(struct web_run *run)
{
    const bool own = run->board.cm7 == NULL;
    return image_pair_open(&run->images, own ? OWN_CM7 : run->board.cm7,
                           own ? OWN_CM4 : run->board.cm4, own || run->board.boot7 != 0, run->error,
                           sizeof run->error);
}

static bool open_log(struct web_run *run)
{
    if (run->log == NULL) {
        return true;
    }
    run->log_file = can_log_open(run->log, NULL, NULL, run->error, sizeof run->error);
    return run->log_file != NULL &&
           web_log_measure(run->log, NULL, &run->log_size, run->error, sizeof run->error);
}

static bool open_json(struct web_run *run)
{
    if (run->json == NULL) {
        return true;
    }
    run->json_file = fopen(run->json, "w");
    if (run->json_file == NULL) {
        snprintf(run->error, sizeof run->error, "%s: %s", run->json, strerror(errno));
    }
    return run->json_file != NULL;
}

static bool next_of_log(void *context, struct can_log_frame *frame)
{
    return can_log_next(context, frame) == 1;
}

static bool make_board(struct web_run *run)
{
    const struct bench_board_config config = {
        .options = &run->board,
        .cm7 = run->images.cm7,
        .cm4 = run->images.cm4,
        .settings = run->settings,
        .settings_size = sizeof run->settings,
        .bitrate_bps = run->record.bitrate_bps,
        .fd_data_bitrate_bps = run->record.fd_data_bitrate_bps,
        .own_firmware = bench_own_image(run->images.cm7),
        .listener = bench_listener(&run->bench),
    };
    return bench_board_create(&config, &run->bench.model, run->error, sizeof run->error);
}

static bool attach(struct web_run *run)
{
    run->has_session = web_session_init(&run->session, &run->bench, &run->images);
    if (!run->has_session) {
        snprintf(run->error, sizeof run->error, "out of memory");
        return false;
    }
    run->session.opens_files = true;
    run->session.board = run->board.board;
    run->session.log = run->log_size;
    run->session.observer.stays = run->json_file == NULL; /* who works at it has all the time */
    bench_attach(&run->bench, &run->session.observer);
    if (run->json_file != NULL) {
        json_lines_init(&run->lines, run->json_file, NULL);
        bench_attach(&run->bench, &run->lines.observer);
    }
    return run->dbc == NULL ||
           web_session_dbc(&run->session, run->dbc, run->error, sizeof run->error);
}

static void connect(struct web_run *run)
{
    run->options.seed = run->board.seed;
    bench_init(&run->bench, &run->options, &run->record);
    run->bench.log = run->log_file;
    run->bench.drives = run->log_file == NULL;
    run->bench.source = run->log_file != NULL ? next_of_log : NULL;
    run->bench.source_context = run->log_file;
}

bool web_run_open(struct web_run *run, int argc, char **arguments)
{
    *run = (struct web_run){.over = true};
    if (!parse(run, argc, arguments) || !open_profile(run) || !open_log(run) || !open_images(run) ||
        !open_json(run)) {
        return false;
    }
    connect(run);
    if (!attach(run) || !make_board(run)) {
        return false;
    }
    bench_start(&run->bench);
    run->over = false;
    return true;
}

bool web_run_advance(struct web_run *run, uint64_t ps)
{
    const uint64_t until_ps = run->bench.now_ps + ps;
    while (!run->over && run->bench.now_ps < until_ps) {
        if (!bench_advance(&run->bench)) {
            bench_finish(&run->bench);
            run->over = true;
        }
    }
    return !run->over;
}

void web_run_close(struct web_run *run)
{
    if (run->bench.model.self != NULL) {
        run->bench.model.ops->destroy(run->bench.model.self);
    }
    if (run->has_session) {
        web_session_free(&run->session);
    }
    if (run->json_file != NULL) {
        fclose(run->json_file);
    }
    can_log_close(run->log_file);
    image_pair_close(&run->images);
    *run = (struct web_run){.over = true};
}
