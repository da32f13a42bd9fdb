/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/run_outside.h"

#include "cli/command.h"
#include "cli/web_page.h"
#include "host/files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool open_can(struct run_outside *outside, const struct run_options *options,
                     const struct record *record, char *error, size_t error_size)
{
    const struct can_port_config in = {
        .spec = options->can,
        .listen_only = record->mode == RECORD_LISTEN_ONLY,
        .bitrate_bps = record->bitrate_bps,
    };
    const struct can_port_config out = {.spec = options->can_out, .is_adapter = true};
    if (options->can != NULL) {
        outside->has_can = can_port_open(&outside->can, &in, error, error_size);
        return outside->has_can;
    }
    if (options->can_out != NULL) {
        outside->has_can_out = can_port_open(&outside->can_out, &out, error, error_size);
        if (outside->has_can_out) {
            fprintf(stderr, "CAN adapter: %s (python-can: interface slcan)\n",
                    outside->can_out.pty.name);
        }
        return outside->has_can_out;
    }
    return true;
}

static bool open_web(struct run_outside *outside, const struct run_options *options, char *error,
                     size_t error_size)
{
    if (options->web) {
        outside->server =
            web_page_open(options->web_port, options->listen, "?live", error, error_size);
        outside->board = options->board.board;
    }
    return !options->web || outside->server != NULL;
}

bool run_outside_open(struct run_outside *outside, const struct run_options *options,
                      const struct record *record, char *error, size_t error_size)
{
    if (!open_can(outside, options, record, error, error_size) ||
        !open_web(outside, options, error, error_size) ||
        !files_open_output(options->vcd, &outside->vcd_file, error, error_size) ||
        !files_open_output(options->record, &outside->record_file, error, error_size) ||
        !files_open_output(options->eth, &outside->eth_file, error, error_size)) {
        return false;
    }
    if (outside->vcd_file != NULL && !vcd_init(&outside->vcd, outside->vcd_file)) {
        snprintf(error, error_size, "no file for what happens can be made: %s: is /tmp full?",
                 strerror(errno));
        return false;
    }
    if (outside->record_file != NULL) {
        frame_log_init(&outside->record, outside->record_file);
    }
    if (outside->eth_file != NULL) {
        eth_capture_init(&outside->eth, outside->eth_file);
    }
    return true;
}

static void attach_port(struct can_port *port, struct bench *bench)
{
    port->model = &bench->model;
    bench_attach(bench, &port->observer);
}

void run_outside_attach(struct run_outside *outside, struct bench *bench,
                        const struct image_pair *images)
{
    if (outside->has_can) {
        attach_port(&outside->can, bench);
    }
    if (outside->has_can_out) {
        attach_port(&outside->can_out, bench);
    }
    if (outside->vcd_file != NULL) {
        bench_attach(bench, &outside->vcd.observer);
    }
    if (outside->record_file != NULL) {
        bench_attach(bench, &outside->record.observer);
    }
    if (outside->eth_file != NULL) {
        bench_attach(bench, &outside->eth.observer);
    }
    if (outside->server != NULL) {
        web_server_attach(outside->server, bench, images, outside->board, &outside->log);
    }
}

bool run_outside_takes_stdout(const struct run_outside *outside)
{
    return outside->vcd_file == stdout || outside->record_file == stdout ||
           outside->eth_file == stdout;
}

int run_outside_close(struct run_outside *outside, const struct run_options *options, int status)
{
    if (outside->vcd.changes != NULL) {
        vcd_finish(&outside->vcd);
    }
    if (outside->has_can) {
        can_port_close(&outside->can);
    }
    if (outside->has_can_out) {
        can_port_close(&outside->can_out);
    }
    web_server_close(outside->server);
    status = files_close_output(outside->vcd_file, options->vcd, status);
    status = files_close_output(outside->eth_file, options->eth, status);
    return files_close_output(outside->record_file, options->record, status);
}
