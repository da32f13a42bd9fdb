/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/activity_text.h"

#include "host/fixed.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define PLACES 3u
#define FIRST_INTERRUPT 16u

/* ---- names ---- */

const char *activity_state_name(enum bench_core_state state)
{
    static const char *const names[] = {
        [BENCH_CORE_OFF] = "off",
        [BENCH_CORE_HELD] = "held",
        [BENCH_CORE_EMPTY] = "empty",
        [BENCH_CORE_HALTED] = "halted",
        [BENCH_CORE_LOCKED_UP] = "locked-up",
        [BENCH_CORE_STANDBY] = "standby",
        [BENCH_CORE_STOP] = "stop",
        [BENCH_CORE_ASLEEP] = "asleep",
        [BENCH_CORE_RUNS] = "runs",
    };
    return names[state];
}

const char *activity_can_name(enum bench_can_state state)
{
    static const char *const names[] = {[BENCH_CAN_OFF] = "off",
                                        [BENCH_CAN_SYNCHRONIZING] = "synchronizing",
                                        [BENCH_CAN_ACTIVE] = "error-active",
                                        [BENCH_CAN_PASSIVE] = "error-passive",
                                        [BENCH_CAN_BUS_OFF] = "bus-off"};
    return names[state];
}

const char *activity_error_name(enum bench_can_error error)
{
    static const char *const names[] = {"none", "stuff", "form", "ack", "bit1", "bit0", "crc"};
    return names[error];
}

/* ---- pieces of text ---- */

struct words {
    char *text;
    size_t size, used;
};

__attribute__((format(printf, 2, 3))) static void add(struct words *w, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(w->text + w->used, w->size - w->used, format, arguments);
    va_end(arguments);
    if (length > 0) {
        w->used += (size_t)length;
        w->used = w->used < w->size ? w->used : w->size - 1;
    }
}

/* "12.500 µs", "1.500 ms", "1.000 s" */
static void add_time(struct words *w, uint64_t ps)
{
    if (ps < PS_PER_MS) {
        add(w, "%s µs", fixed((int64_t)ps, 6, 3).text);
    } else if (ps < PS_PER_S) {
        add(w, "%s ms", fixed((int64_t)ps, 9, 3).text);
    } else {
        add(w, "%s s", fixed((int64_t)ps, 12, 3).text);
    }
}

static void add_range(struct words *w, uint64_t min_ps, uint64_t max_ps)
{
    add_time(w, min_ps);
    if (max_ps != min_ps) {
        add(w, " to ");
        add_time(w, max_ps);
    }
}

/* The period, and for how long of it the wire is high. */
static void add_beat(struct words *w, const struct bench_rhythm *r, const char *high)
{
    if (bench_rhythm_is_regular(r)) {
        add(w, "%s ", high);
        add_time(w, r->high_ps);
        add(w, " of ");
        add_time(w, r->period_ps);
        add(w, " (%.1f %%)", 100.0 * (double)r->high_ps / (double)r->period_ps);
    } else {
        add(w, "periods of ");
        add_range(w, r->period_min_ps, r->period_max_ps);
        add(w, ", %s ", high);
        add_range(w, r->high_min_ps, r->high_max_ps);
    }
}

/* ---- cores ---- */

void activity_end_text(const struct activity_core *core, enum bench_core_name name, char *text,
                       size_t size)
{
    struct words w = {text, size, 0};
    const struct activity_look *last =
        &core->looks[(core->look_count + ACTIVITY_LOOKS - 1) % ACTIVITY_LOOKS];
    const char *function = core->last_call != NULL ? core->last_call : last->function;
    add(&w, "%s ", bench_core_name(name));
    switch (core->fate) {
    case BENCH_FATE_LOCKED_UP:
        add(&w, "is locked up");
        break;
    case BENCH_FATE_FAULT:
        add(&w, "ends in the handler of %s", bench_fault_name(core->exception));
        break;
    case BENCH_FATE_STUCK:
        add(&w, "ends in the handler of interrupt %" PRIu32, core->exception - FIRST_INTERRUPT);
        break;
    default:
        add(&w, "ends in %s", function);
        function = NULL;
        break;
    }
    add(&w, function != NULL ? " (%s, 0x%08" PRIX32 ")" : " (%s0x%08" PRIX32 ")",
        function != NULL ? function : "", core->pc);
}

static void add_places(struct words *w, const struct activity_core *core,
                       enum bench_core_state state)
{
    struct activity_place places[PLACES];
    const unsigned count = bench_activity_places(core, state, places, PLACES);
    unsigned all = bench_activity_in_state(core, state);
    for (unsigned i = 0; i < count; i++) {
        add(w, "%s", i == 0 ? " in " : ", ");
        if (places[i].function == NULL) {
            add(w, "code without a name");
        } else {
            add(w, "%s", places[i].function);
        }
        if (places[i].looks != all) {
            add(w, " %u %%", 100 * places[i].looks / all);
        }
    }
}

static void add_state(struct words *w, const struct activity_core *core)
{
    static const char *const texts[] = {
        [BENCH_CORE_OFF] = "without power",
        [BENCH_CORE_HELD] = "held: not released (option bytes, RCC_GCR, NRST)",
        [BENCH_CORE_EMPTY] = "empty: no image where it boots",
        [BENCH_CORE_HALTED] = "halted by a debugger",
        [BENCH_CORE_LOCKED_UP] = "locked up",
        [BENCH_CORE_STANDBY] = "in Standby",
        [BENCH_CORE_STOP] = "in Stop",
        [BENCH_CORE_ASLEEP] = "asleep",
        [BENCH_CORE_RUNS] = "runs",
    };
    const enum bench_core_state state = bench_activity_state(core);
    const unsigned looks = bench_activity_looks(core);
    const unsigned seen = bench_activity_in_state(core, state);
    add(w, "%s", texts[state]);
    if (seen != looks) {
        add(w, " %u %% of the time", 100 * seen / looks);
    }
    if (state == BENCH_CORE_RUNS || state == BENCH_CORE_ASLEEP || state == BENCH_CORE_STOP) {
        add_places(w, core, state);
    }
}

static void say_core(const struct bench_activity *a, enum bench_core_name name, activity_say *say,
                     void *context)
{
    char line[ACTIVITY_LINE_MAX];
    struct words w = {line, sizeof line, 0};
    const struct activity_core *core = &a->core[name];
    if (core->look_count == 0) {
        return;
    }
    if (bench_activity_is_dead(core)) {
        activity_end_text(core, name, line, sizeof line);
        w.used = strlen(line);
        add(&w, ", seen since ");
        add_time(&w, core->fate_ps);
        say(context, line, true);
        return;
    }
    add(&w, "%s ", bench_core_name(name));
    add_state(&w, core);
    say(context, line, false);
}

/* ---- LEDs and pins ---- */

static const char *const led_names[BENCH_LED_COUNT] = {"green", "yellow", "red", "blue"};

static void say_leds(const struct bench_activity *a, activity_say *say, void *context)
{
    char line[ACTIVITY_LINE_MAX];
    struct words w = {line, sizeof line, 0};
    bool first = true;
    add(&w, "LEDs");
    for (unsigned i = 0; i < BENCH_LED_COUNT; i++) {
        const struct bench_rhythm *r = &a->led[i];
        const bool beats = bench_rhythm_beats(r, a->now_ps);
        if (!bench_activity_has_led(a, (enum bench_led)i)) {
            continue;
        }
        add(&w, "%s %s %s", first ? "" : ";", r->high ? "●" : "○", led_names[i]);
        first = false;
        if (beats) {
            add(&w, " ");
            add_beat(&w, r, "lit");
        } else {
            add(&w, " %s", r->high ? "on" : "off");
        }
    }
    say(context, line, false);
}

/* How often a second, for what people call by its frequency. */
static void add_frequency(struct words *w, const struct bench_rhythm *r)
{
    const double hz = 1e12 / (double)r->period_ps;
    if (bench_rhythm_is_regular(r)) {
        add(w, hz >= 10000 ? "%.0f Hz, " : "%.2f Hz, ", hz);
    }
}

/* Clock outputs: their edges are not counted. */
static void say_clocks(const struct bench_activity *a, activity_say *say, void *context)
{
    for (unsigned i = 0; i < BENCH_PINS; i++) {
        char line[ACTIVITY_LINE_MAX];
        struct words w = {line, sizeof line, 0};
        struct bench_pin look;
        if (bench_activity_pin(a, i, &look) && look.clock_hz != 0) {
            add(&w, "%s %s clock, %" PRIu64 " Hz", look.name, look.function, look.clock_hz);
            say(context, line, false);
        }
    }
}

static void say_beats(const struct bench_activity *a, activity_say *say, void *context)
{
    for (unsigned i = 0; i < BENCH_PINS; i++) {
        char line[ACTIVITY_LINE_MAX];
        struct words w = {line, sizeof line, 0};
        struct bench_pin look;
        if (bench_rhythm_beats(&a->pin[i], a->now_ps) && bench_activity_pin(a, i, &look)) {
            add(&w, "%s %s ", look.name, look.function);
            add_frequency(&w, &a->pin[i]);
            add_beat(&w, &a->pin[i], "high");
            say(context, line, false);
        }
    }
}

/* All pins that the chip holds at one level, in one line. */
static void say_levels(const struct bench_activity *a, activity_say *say, void *context)
{
    static const enum bench_level levels[] = {BENCH_HIGH, BENCH_LOW, BENCH_CONFLICT};
    static const char *const names[] = {"high", "low", "SHORT"};
    char line[ACTIVITY_LINE_MAX];
    struct words w = {line, sizeof line, 0};
    bool any = false;
    add(&w, "pins");
    for (unsigned k = 0; k < 3; k++) {
        unsigned count = 0;
        for (unsigned i = 0; i < BENCH_PINS; i++) {
            struct bench_pin look;
            if (!bench_rhythm_beats(&a->pin[i], a->now_ps) && bench_activity_pin(a, i, &look) &&
                look.level == levels[k] && look.clock_hz == 0) {
                add(&w, "%s%s", count++ > 0 ? " " : any ? "; " : " ", look.name);
            }
        }
        if (count > 0) {
            any = true;
            add(&w, " %s", names[k]);
        }
    }
    if (any) {
        say(context, line, false);
    }
}

/* ---- serial lines and CAN ---- */

static void say_serials(const struct bench_activity *a, activity_say *say, void *context)
{
    for (unsigned i = 0; i < a->serial_count; i++) {
        const struct activity_serial *s = &a->serial[i];
        char line[ACTIVITY_LINE_MAX];
        struct words w = {line, sizeof line, 0};
        struct bench_pin look;
        const bool driven = bench_activity_pin(a, s->pin, &look);
        add(&w, "%s %s %" PRIu32 " baud, %" PRIu64 " bytes: %s", s->name,
            driven ? look.function : "UART", s->baud, s->bytes, s->line);
        say(context, line, false);
    }
}

static void add_sent(struct words *w, const struct activity_sent *s)
{
    add(w, s->extended ? "0x%08" PRIX32 : "0x%03" PRIX32, s->id);
    if (s->count > 1) {
        add(w, " every ");
        add_time(w, (s->last_ps - s->first_ps) / (s->count - 1));
    }
    add(w, " (%" PRIu64 ")", s->count);
    if (s->destroyed > 0) {
        add(w, ", %" PRIu64 " destroyed: %s", s->destroyed, activity_error_name(s->error));
    }
}

static void say_sent(const struct bench_activity *a, activity_say *say, void *context)
{
    char line[ACTIVITY_LINE_MAX];
    struct words w = {line, sizeof line, 0};
    bool bad = false;
    add(&w, "CAN sent");
    for (unsigned i = 0; i < a->sent_count; i++) {
        add(&w, "%s ", i == 0 ? "" : ";");
        add_sent(&w, &a->sent[i]);
        bad = bad || a->sent[i].count == 0;
    }
    if (a->sent_others > 0) {
        add(&w, "; others (%" PRIu64 ")", a->sent_others);
    }
    if (a->sent_count > 0) {
        say(context, line, bad);
    }
}

bool activity_can_is_ill(const struct bench_can *can)
{
    return can->state == BENCH_CAN_PASSIVE || can->state == BENCH_CAN_BUS_OFF;
}

static bool takes_part(const struct bench_can *can)
{
    return can->state != BENCH_CAN_OFF || can->sent + can->received + can->errors > 0;
}

static void say_can(const struct bench_activity *a, activity_say *say, void *context)
{
    for (unsigned i = 0; i < a->can_count; i++) {
        const struct bench_can *can = &a->can[i];
        char line[ACTIVITY_LINE_MAX];
        struct words w = {line, sizeof line, 0};
        if (!takes_part(can)) {
            continue;
        }
        add(&w,
            "%s %s, TEC %u, REC %u; sent %" PRIu64 ", seen %" PRIu64 ", stored %" PRIu64
            ", lost %" PRIu64 ", destroyed %" PRIu64,
            can->name, activity_can_name(can->state), can->tec, can->rec, can->sent, can->received,
            can->stored, can->lost, can->errors);
        say(context, line, activity_can_is_ill(can));
    }
    say_sent(a, say, context);
}

void activity_say_all(const struct bench_activity *a, activity_say *say, void *context)
{
    say_core(a, BENCH_CM7, say, context);
    say_core(a, BENCH_CM4, say, context);
    say_leds(a, say, context);
    say_clocks(a, say, context);
    say_beats(a, say, context);
    say_levels(a, say, context);
    say_serials(a, say, context);
    say_can(a, say, context);
}

/* ---- the short line ---- */

static void add_short_core(struct words *w, const struct activity_core *core,
                           enum bench_core_name name)
{
    struct activity_place place;
    const enum bench_core_state state = bench_activity_state(core);
    add(w, "%s ", bench_core_name(name));
    if (bench_activity_is_dead(core)) {
        add(w, "%s", core->last_call != NULL ? core->last_call : bench_fate_name(core->fate));
    } else if (state == BENCH_CORE_RUNS && bench_activity_places(core, state, &place, 1) == 1 &&
               place.function != NULL) {
        add(w, "%s", place.function);
    } else {
        add(w, "%s", activity_state_name(state));
    }
    add(w, "  ");
}

void activity_short_text(const struct bench_activity *a, char *text, size_t size)
{
    struct words w = {text, size, 0};
    add_short_core(&w, &a->core[BENCH_CM7], BENCH_CM7);
    add_short_core(&w, &a->core[BENCH_CM4], BENCH_CM4);
    add(&w, "LEDs ");
    for (unsigned i = 0; i < BENCH_LED_COUNT; i++) {
        const struct bench_rhythm *r = &a->led[i];
        const char letter = "gyrb"[i];
        if (!bench_activity_has_led(a, (enum bench_led)i)) {
            continue;
        }
        add(&w, "%c", bench_rhythm_beats(r, a->now_ps) ? '*' : r->high ? letter : '-');
    }
    for (unsigned i = 0; i < BENCH_PINS; i++) {
        struct bench_pin look;
        if (bench_rhythm_beats(&a->pin[i], a->now_ps) && bench_activity_pin(a, i, &look)) {
            add(&w, "  %s ", look.name);
            add_time(&w, a->pin[i].high_ps);
            add(&w, "/");
            add_time(&w, a->pin[i].period_ps);
        }
    }
    for (unsigned i = 0; i < a->can_count; i++) {
        const struct bench_can *can = &a->can[i];
        if (takes_part(can)) {
            add(&w, "  %s %s sent %" PRIu64 " seen %" PRIu64, can->name,
                activity_can_name(can->state), can->sent, can->received);
        }
    }
}
