/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/stage.h"

#include "cli/files.h"
#include "cli/fixed.h"
#include "cli/run_board.h"
#include "cli/run_session.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TICK_PS (20 * PS_PER_MS)

/* The car is warm when the story begins: the needle stands in the middle of the dial. */
#define WARM_MILLI 88000

/* ---- what the board says ---- */

static void take_sample(void *context, const struct sample *sample)
{
    ((struct stage *)context)->latest = *sample;
}

/* An error stays until the next boot's banner. */
static void take_console(void *context, const char *line)
{
    struct stage *stage = context;
    bool holds_error = strncmp(stage->console, "error", 5) == 0;
    if (!holds_error || strncmp(line, "candial", 7) == 0) {
        snprintf(stage->console, sizeof stage->console, "%s", line);
    }
}

static void take_adapter(void *context, uint8_t byte)
{
    struct stage *stage = context;
    if (stage->uses_client) {
        rom_client_take(&stage->client, byte);
    } else {
        rom_uart_take(&stage->uart, byte);
    }
}

/* ---- making it ---- */

static struct image *own_image(const char *name, char *error, size_t error_size)
{
    char path[FILES_PATH_MAX];
    char file[64];
    snprintf(file, sizeof file, "build/firmware/%s", name);
    if (!files_find(file, path, sizeof path) && !files_find(file + 6, path, sizeof path)) {
        snprintf(error, error_size, "%s is not there: build the firmware with ./run", file);
        return NULL;
    }
    return image_load(path, error, error_size);
}

static bool load_images(struct stage *stage, char *error, size_t error_size)
{
    stage->cm7 = own_image("candial_cm7.elf", error, error_size);
    stage->cm4 = stage->cm7 == NULL ? NULL : own_image("candial_cm4.elf", error, error_size);
    stage->cm7_ldo =
        stage->cm4 == NULL ? NULL : own_image("candial_cm7_ldo.elf", error, error_size);
    return stage->cm7_ldo != NULL;
}

static bool make_board(struct stage *stage, char *error, size_t error_size)
{
    const struct run_watch_config watch = {.record = &stage->record,
                                           .model = &stage->model,
                                           .context = stage,
                                           .sample = take_sample,
                                           .console = take_console};
    run_watch_init(&stage->watch, &watch);
    struct run_board_config config = {.options = &stage->options,
                                      .cm7 = stage->cm7,
                                      .cm4 = stage->cm4,
                                      .bitrate_bps = stage->record.bitrate_bps,
                                      .own_firmware = true,
                                      .listener = run_watch_listener(&stage->watch)};
    config.listener.adapter = take_adapter;
    config.listener.adapter_context = stage;
    return run_board_create(&config, &stage->model, error, error_size);
}

static void advance(void *context, uint64_t ps)
{
    stage_run(context, ps);
}

bool stage_open(struct stage *stage, const struct board_options *options, bool own_client,
                char *error, size_t error_size)
{
    *stage = (struct stage){.options = *options,
                            .uses_client = own_client,
                            .uart = {.pty = {.master = -1, .slave = -1}},
                            .as_told = true};
    stage->options.rom_uart = "pty";
    record_default(&stage->record);
    if (!load_images(stage, error, error_size) ||
        (!own_client && !rom_uart_open(&stage->uart, "pty", error, error_size)) ||
        !make_board(stage, error, error_size)) {
        return false;
    }
    rom_client_init(&stage->client, &stage->model, advance, stage);
    const struct run_drive drive = {
        .record = &stage->record, .start_ps = RUN_FIRST_FRAME_PS, .ambient_milli = WARM_MILLI};
    (void)stage->model.ops->drive(stage->model.self, &drive);
    return true;
}

void stage_close(struct stage *stage)
{
    if (stage->model.ops != NULL && stage->model.self != NULL) {
        stage->model.ops->destroy(stage->model.self);
    }
    rom_uart_close(&stage->uart);
    image_free(stage->cm7);
    image_free(stage->cm7_ldo);
    image_free(stage->cm4);
}

/* ---- telling ---- */

void stage_step(struct stage *stage, const char *what)
{
    printf("\n%u. %s\n", ++stage->step, what);
}

void stage_tell(const char *format, ...)
{
    va_list arguments;
    fputs("   ", stdout);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

void stage_check(struct stage *stage, bool holds, const char *what)
{
    stage->as_told = stage->as_told && holds;
    stage_tell("%s %s", holds ? "[as expected]" : "[NOT as expected]", what);
}

/* ---- doing ---- */

void stage_run(struct stage *stage, uint64_t ps)
{
    const struct run_model *model = &stage->model;
    uint64_t end_ps = stage->now_ps + ps;
    while (stage->now_ps < end_ps) {
        uint64_t next_ps = (stage->now_ps / TICK_PS + 1) * TICK_PS;
        stage->now_ps = next_ps < end_ps ? next_ps : end_ps;
        model->ops->run_until(model->self, stage->now_ps);
        run_watch_tick(&stage->watch, stage->now_ps);
    }
}

static void act(struct stage *stage, const char *action, char *text, size_t size)
{
    struct scenario_step step = {.at_ps = stage->now_ps};
    if (scenario_parse_action(action, &step)) {
        stage->model.ops->act(stage->model.self, &step, text, size);
    }
}

void stage_do(struct stage *stage, const char *action)
{
    char text[RUN_LINE_MAX];
    act(stage, action, text, sizeof text);
}

bool stage_probe(struct stage *stage)
{
    char text[RUN_LINE_MAX];
    act(stage, "probe", text, sizeof text);
    bool connected = strstr(text, "Connected") != NULL;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        stage_tell("ST-LINK> %s", line);
    }
    return connected;
}

bool stage_flash(struct stage *stage, const struct image *image)
{
    return stage->model.ops->program(stage->model.self, image);
}

void stage_power_cycle(struct stage *stage)
{
    stage_do(stage, "power off");
    stage_run(stage, PS_PER_S);
    stage_do(stage, "power on");
}

/* ---- looking ---- */

bool stage_is_deadlocked(const struct stage *stage)
{
    return strcmp(stage->model.ops->supply(stage->model.self), "deadlock") == 0;
}

bool stage_red_led(const struct stage *stage)
{
    return stage->model.ops->led(stage->model.self, RUN_LED_RED);
}

bool stage_needle_lives(struct stage *stage)
{
    uint64_t pulses = stage->watch.pulse_count;
    stage_run(stage, 3 * PS_PER_S);
    const struct sample *now = &stage->latest;
    pulses = stage->watch.pulse_count - pulses;
    if (pulses == 0) {
        stage_tell("dial: no pulse on the servo's pin, the needle does not move");
        return false;
    }
    if (!now->has_telemetry) {
        stage_tell("dial: pulses, but the console is silent");
        return false;
    }
    stage_tell("dial: the car says %s °C, the dial shows %s °C, pulse %s µs, %s",
               fixed(now->frame_milli, 3, 0).text, fixed(now->telemetry.shown_milli, 3, 1).text,
               fixed((int64_t)now->width_ps, 6, 1).text, gauge_state_name(now->telemetry.state));
    int32_t off = now->telemetry.shown_milli - now->frame_milli;
    return now->telemetry.state == GAUGE_LIVE && off > -1500 && off < 1500 && pulses > 100;
}
