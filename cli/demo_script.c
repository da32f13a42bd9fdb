/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/demo_script.h"

#include "host/files.h"
#include "host/fixed.h"
#include "bench/board.h"
#include "bench/bench.h"

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
    ((struct demo_script *)context)->latest = *sample;
}

/* An error stays until the next boot's banner. */
static void take_console(void *context, const char *line, uint64_t now_ps)
{
    struct demo_script *script = context;
    (void)now_ps;
    bool holds_error = strncmp(script->console, "error", 5) == 0;
    if (!holds_error || strncmp(line, "candial", 7) == 0) {
        snprintf(script->console, sizeof script->console, "%s", line);
    }
}

static void take_adapter(void *context, uint8_t byte, uint64_t now_ps)
{
    struct demo_script *script = context;
    (void)now_ps;
    if (script->uses_client) {
        rom_client_take(&script->client, byte);
    } else {
        rom_uart_take(&script->uart, byte);
    }
}

/* ---- making it ---- */

static struct image *own_image(const char *name, char *error, size_t error_size)
{
    char path[FILES_PATH_MAX];
    if (!files_find_firmware(name, path, sizeof path)) {
        snprintf(error, error_size, "%s is not there: build the firmware with ./run", name);
        return NULL;
    }
    return image_load(path, error, error_size);
}

static bool load_images(struct demo_script *script, char *error, size_t error_size)
{
    script->cm7 = own_image("candial_cm7.elf", error, error_size);
    script->cm4 = script->cm7 == NULL ? NULL : own_image("candial_cm4.elf", error, error_size);
    script->cm7_ldo =
        script->cm4 == NULL ? NULL : own_image("candial_cm7_ldo.elf", error, error_size);
    return script->cm7_ldo != NULL;
}

static bool make_board(struct demo_script *script, char *error, size_t error_size)
{
    static const struct bench_options no_options = {.for_ps = 0};
    bench_init(&script->bench, &no_options, &script->record);
    script->observer = (struct bench_observer){
        .context = script, .sample = take_sample, .line = take_console, .adapter = take_adapter};
    bench_attach(&script->bench, &script->observer);
    const struct bench_board_config config = {.options = &script->options,
                                              .cm7 = script->cm7,
                                              .cm4 = script->cm4,
                                              .bitrate_bps = script->record.bitrate_bps,
                                              .own_firmware = true,
                                              .listener = bench_listener(&script->bench)};
    return bench_board_create(&config, &script->bench.model, error, error_size);
}

static void advance(void *context, uint64_t ps)
{
    demo_run(context, ps);
}

bool demo_open(struct demo_script *script, const struct board_options *options, bool own_client,
               char *error, size_t error_size)
{
    *script = (struct demo_script){.options = *options,
                                   .uses_client = own_client,
                                   .uart = {.pty = {.master = -1, .slave = -1}},
                                   .as_told = true};
    script->options.rom_uart = "pty";
    record_default(&script->record);
    if (!load_images(script, error, error_size) ||
        (!own_client && !rom_uart_open(&script->uart, "pty", error, error_size)) ||
        !make_board(script, error, error_size)) {
        return false;
    }
    rom_client_init(&script->client, &script->bench.model, advance, script);
    const struct bench_drive drive = {
        .record = &script->record, .start_ps = BENCH_FIRST_FRAME_PS, .ambient_milli = WARM_MILLI};
    (void)script->bench.model.ops->drive(script->bench.model.self, &drive);
    return true;
}

void demo_close(struct demo_script *script)
{
    if (script->bench.model.ops != NULL && script->bench.model.self != NULL) {
        script->bench.model.ops->destroy(script->bench.model.self);
    }
    rom_uart_close(&script->uart);
    image_free(script->cm7);
    image_free(script->cm7_ldo);
    image_free(script->cm4);
}

/* ---- telling ---- */

void demo_step(struct demo_script *script, const char *what)
{
    printf("\n%u. %s\n", ++script->step, what);
}

void demo_tell(const char *format, ...)
{
    va_list arguments;
    fputs("   ", stdout);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

void demo_check(struct demo_script *script, bool holds, const char *what)
{
    script->as_told = script->as_told && holds;
    demo_tell("%s %s", holds ? "[as expected]" : "[NOT as expected]", what);
}

/* ---- doing ---- */

void demo_run(struct demo_script *script, uint64_t ps)
{
    const struct bench_model *model = &script->bench.model;
    uint64_t end_ps = script->now_ps + ps;
    while (script->now_ps < end_ps) {
        uint64_t next_ps = (script->now_ps / TICK_PS + 1) * TICK_PS;
        script->now_ps = next_ps < end_ps ? next_ps : end_ps;
        model->ops->run_until(model->self, script->now_ps);
        bench_watch_tick(&script->bench.watch, script->now_ps);
    }
}

static bool act(struct demo_script *script, const char *action, char *text, size_t size)
{
    struct scenario_step step = {.at_ps = script->now_ps};
    return scenario_parse_action(action, &step) &&
           script->bench.model.ops->act(script->bench.model.self, &step, text, size);
}

void demo_do(struct demo_script *script, const char *action)
{
    char text[BENCH_LINE_MAX];
    (void)act(script, action, text, sizeof text);
}

bool demo_probe(struct demo_script *script)
{
    char text[BENCH_LINE_MAX];
    bool connected = act(script, "probe", text, sizeof text);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        demo_tell("ST-LINK> %s", line);
    }
    return connected;
}

bool demo_flash(struct demo_script *script, const struct image *image)
{
    return script->bench.model.ops->program(script->bench.model.self, image);
}

void demo_power_cycle(struct demo_script *script)
{
    demo_do(script, "power off");
    demo_run(script, PS_PER_S);
    demo_do(script, "power on");
}

/* ---- looking ---- */

bool demo_is_deadlocked(const struct demo_script *script)
{
    return script->bench.model.ops->supply(script->bench.model.self) == BENCH_SUPPLY_DEADLOCK;
}

bool demo_red_led(const struct demo_script *script)
{
    return script->bench.model.ops->led(script->bench.model.self, BENCH_LED_RED);
}

bool demo_needle_lives(struct demo_script *script)
{
    uint64_t pulses = script->bench.watch.pulse_count;
    demo_run(script, 3 * PS_PER_S);
    const struct sample *now = &script->latest;
    pulses = script->bench.watch.pulse_count - pulses;
    if (pulses == 0) {
        demo_tell("dial: no pulse on the servo's pin, the needle does not move");
        return false;
    }
    if (!now->has_telemetry) {
        demo_tell("dial: pulses, but the console is silent");
        return false;
    }
    demo_tell("dial: the car says %s °C, the dial shows %s °C, pulse %s µs, %s",
              fixed(now->frame_milli, 3, 0).text, fixed(now->telemetry.shown_milli, 3, 1).text,
              fixed((int64_t)now->width_ps, 6, 1).text, gauge_state_name(now->telemetry.state));
    int32_t off = now->telemetry.shown_milli - now->frame_milli;
    return now->telemetry.state == GAUGE_LIVE && off > -1500 && off < 1500 && pulses > 100;
}
