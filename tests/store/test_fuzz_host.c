/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The firmware's console, compiled for the PC with its sanitizers: whatever is typed, no answer is
 * lost, and the settings are such as the firmware would accept at its start. CANDIAL_BYTES=n types
 * that many; CANDIAL_SEED=n one of the sequences of 20,000 alone.
 */
#include "tests/core/core_test.h"

#include "core/gauge.h"
#include "core/ipc.h"
#include "core/record.h"
#include "firmware/cm7/bus_watch.h"
#include "firmware/cm7/console.h"
#include "firmware/cm7/dials.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/flash.h"
#include "firmware/cm7/settings.h"
#include "firmware/cm7/shell.h"
#include "firmware/cm7/system.h"
#include "firmware/cm7/uart.h"
#include "firmware/cm7/commands.h"
#include "tests/core/torn_flash.h"
#include "tests/store/console_fuzz.h"

#include <stdlib.h>
#include <string.h>

#define SEQUENCE 20000u
#define BYTES 10000000u
#define TX_SIZE 8192u

static struct console_fuzz fuzz;
static struct torn_flash flash;
static uint32_t waiting;  /* bytes in the receiver's ring */
static uint32_t unsent;   /* and in the transmitter's */
static uint32_t answered; /* since the last command began: no more than UART_ANSWER_MAX */
static uint64_t answers;

/* ---- the chip, as far as the console sees it ---- */

struct uart_counts uart_counts;
struct health health;

size_t uart_room(void)
{
    return TX_SIZE - unsent;
}

bool uart_write(const char *text, size_t len)
{
    assert_true(len <= uart_room()); /* an answer would be lost */
    answers += len >= 2 && memcmp(text, "ok", 2) == 0;
    answers += len >= 6 && memcmp(text, "error:", 6) == 0;
    unsent += (uint32_t)len;
    answered += (uint32_t)len;
    assert_true(answered <= UART_ANSWER_MAX);
    return true;
}

bool uart_take(uint8_t *byte)
{
    if (waiting == 0) {
        return false;
    }
    waiting--;
    answered = 0;
    *byte = console_fuzz_byte(&fuzz);
    return true;
}

bool uart_has_input(void)
{
    return waiting > 0;
}

bool uart_is_idle(void)
{
    return unsent == 0;
}

static bool flash_read(void *ctx, uint32_t at, uint8_t word[STORE_WORD])
{
    (void)ctx;
    return torn_flash_ops.read(&flash, at, word);
}

static void flash_program(void *ctx, uint32_t at, const uint8_t word[STORE_WORD])
{
    (void)ctx;
    torn_flash_ops.program(&flash, at, word);
}

static void flash_erase(void *ctx, uint32_t sector)
{
    (void)ctx;
    torn_flash_ops.erase(&flash, sector);
}

static int flash_poll(void *ctx)
{
    (void)ctx;
    return torn_flash_ops.poll(&flash);
}

const struct store_ops flash_ops = {
    .read = flash_read, .program = flash_program, .erase = flash_erase, .poll = flash_poll};

const char *flash_trouble(void)
{
    return "none";
}

/* ---- needles: only what is asked of them is checked ---- */

static struct gauge_dial dial;

void dials_hold(uint32_t index, int32_t needle_mdeg)
{
    const struct gauge_config *config = &settings.record.dial[index];
    assert_true(index < settings.record.dial_count);
    assert_in_range(needle_mdeg + 1000000, config->servo.point[0].x + 1000000,
                    config->servo.point[config->servo.count - 1].x + 1000000);
}

void dials_follow(void)
{
}

void dials_sweep(void)
{
}

void dials_retune(void)
{
}

uint32_t dials_count(void)
{
    return settings.record.dial_count;
}

const struct gauge_dial *dials_get(uint32_t index)
{
    assert_true(index < settings.record.dial_count);
    dial.config = &settings.record.dial[index];
    return &dial;
}

enum gauge_state dials_state(void)
{
    return dial.state;
}

void console_state(void)
{
}

void console_past(void)
{
}

void errors_tell(void)
{
}

enum bus_state bus_watch_state(void)
{
    return (enum bus_state)0;
}

static struct ipc_block block;

const struct ipc_block *system_block(void)
{
    return &block;
}

const char *system_version(void)
{
    return "fuzzed";
}

_Noreturn void system_reboot(void)
{
    fail_msg("reboot");
    abort();
}

void system_use(struct system_use *use)
{
    memset(use, 0, sizeof *use);
}

/* ---- typing ---- */

/* As the main loop does; now and then the line is slow, or nobody types. */
static void turn(void)
{
    if (settings_is_busy()) {
        (void)settings_poll();
    }
    if (shell_is_busy()) {
        answered = 0;
        shell_poll();
    }
    if (console_fuzz_below(&fuzz, 4) == 0) {
        const uint32_t sent = console_fuzz_below(&fuzz, 3000);
        unsent -= sent < unsent ? sent : unsent;
    }
    if (console_fuzz_below(&fuzz, 200) == 0) {
        shell_tick();
        commands_tick();
    }
}

/* Four dials, all their points: the longest answers. */
static void make_large(void)
{
    struct record record = settings.record;
    for (uint32_t i = 0; i < GAUGE_DIALS_MAX; i++) {
        struct gauge_config *config = &record.dial[i];
        *config = record.dial[0];
        config->dial.count = RECORD_DIAL_POINTS_MAX;
        for (int k = 0; k < RECORD_DIAL_POINTS_MAX; k++) {
            config->dial.point[k] = (struct curve_point){.x = -40111 + k * 11111, .y = k * 11110};
        }
    }
    record.dial_count = GAUGE_DIALS_MAX;
    settings_replace(&record);
    settings_save();
    while (settings_is_busy()) {
        (void)settings_poll();
    }
    settings_load();
}

static void type(struct random *random)
{
    console_fuzz_start(&fuzz, random->seed);
    torn_flash_init(&flash, random);
    waiting = unsent = answered = 0;
    shell_start();
    settings_load();
    settings_allow_tidying();
    if (random->seed % 2 == 0) {
        make_large();
        check_seed(random, settings.draft.dial_count == GAUGE_DIALS_MAX, "large");
    }
    for (uint32_t left = SEQUENCE; left > 0 || shell_is_busy() || settings_is_busy();) {
        const uint32_t more = 1u + console_fuzz_below(&fuzz, 40);
        if (waiting < 1000 && left > 0) {
            waiting += more < left ? more : left;
            left -= more < left ? more : left;
        }
        turn();
        check_seed(random, record_validate(&settings.draft, NULL) == 0, "a good draft");
        check_seed(random, record_validate(&settings.record, NULL) == 0, "good settings");
    }
}

static void whatever_is_typed(void **state)
{
    const char *asked = getenv("CANDIAL_BYTES");
    const uint32_t bytes = asked == NULL ? BYTES : (uint32_t)strtoul(asked, NULL, 0);
    (void)state;
    for_each_seed(bytes / SEQUENCE, type);
    print_message("%u bytes typed, %u answers\n", (unsigned)bytes, (unsigned)answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
