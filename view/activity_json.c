/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/activity_json.h"

#include "host/fixed.h"
#include "view/activity_text.h"

#include <inttypes.h>

/* A text of printable ASCII; other bytes are left out. */
static void put_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            fputc('\\', out);
        }
        if (*text >= ' ' && *text < 0x7F) {
            fputc(*text, out);
        }
    }
    fputc('"', out);
}

static void put_text_or_null(FILE *out, const char *text)
{
    if (text == NULL) {
        fputs("null", out);
    } else {
        put_text(out, text);
    }
}

static const char *comma(bool *first)
{
    const char *text = *first ? "" : ",";
    *first = false;
    return text;
}

static void put_core(const struct bench_activity *a, enum bench_core_name name, FILE *out)
{
    const struct activity_core *core = &a->core[name];
    const bool dead = bench_activity_is_dead(core);
    const enum bench_core_state state = bench_activity_state(core);
    struct activity_place place = {NULL, 0};
    (void)bench_activity_places(core, state, &place, 1);
    fprintf(out, "{\"core\":\"%s\",\"state\":\"%s\",\"function\":", bench_core_name(name),
            activity_state_name(state));
    put_text_or_null(out, place.function);
    fprintf(out, ",\"pc\":%" PRIu32 ",\"dead\":%s,\"fate\":\"%s\",\"last_call\":", core->pc,
            dead ? "true" : "false", bench_fate_name(dead ? core->fate : BENCH_FATE_NONE));
    put_text_or_null(out, dead ? core->last_call : NULL);
    fputs(",\"since_s\":", out);
    fprintf(out, "%s}", dead ? fixed((int64_t)core->fate_ps, 12, 6).text : "null");
}

/* Level and, where the wire beats, its rhythm. */
static void put_rhythm(const struct bench_activity *a, const struct bench_rhythm *r, FILE *out)
{
    const bool beats = bench_rhythm_beats(r, a->now_ps);
    fprintf(out, "\"edges\":%" PRIu64, r->edges);
    if (beats) {
        fprintf(out, ",\"period_us\":%s", fixed((int64_t)r->period_ps, 6, 3).text);
        fprintf(out, ",\"high_us\":%s", fixed((int64_t)r->high_ps, 6, 3).text);
        fprintf(out, ",\"regular\":%s}", bench_rhythm_is_regular(r) ? "true" : "false");
    } else {
        fputs(",\"period_us\":null,\"high_us\":null,\"regular\":null}", out);
    }
}

static void put_leds(const struct bench_activity *a, FILE *out)
{
    static const char *const names[BENCH_LED_COUNT] = {"green", "yellow", "red", "blue"};
    bool first = true;
    for (unsigned i = 0; i < BENCH_LED_COUNT; i++) {
        if (!bench_activity_has_led(a, (enum bench_led)i)) {
            continue;
        }
        fprintf(out, "%s{\"led\":\"%s\",\"on\":%s,", comma(&first), names[i],
                a->led[i].high ? "true" : "false");
        put_rhythm(a, &a->led[i], out);
    }
}

static void put_pins(const struct bench_activity *a, FILE *out)
{
    static const char *const levels[] = {"\"low\"", "\"high\"", "\"floating\"", "\"conflict\""};
    bool first = true;
    for (unsigned i = 0; i < BENCH_PINS; i++) {
        struct bench_pin look;
        if (bench_activity_pin(a, i, &look)) {
            fprintf(out, "%s{\"pin\":\"%s\",\"function\":\"%s\",\"level\":%s,", comma(&first),
                    look.name, look.function, levels[look.level]);
            if (look.clock_hz != 0) {
                fprintf(out, "\"clock_hz\":%" PRIu64 ",", look.clock_hz);
            }
            put_rhythm(a, &a->pin[i], out);
        }
    }
}

static void put_serials(const struct bench_activity *a, FILE *out)
{
    bool first = true;
    for (unsigned i = 0; i < a->serial_count; i++) {
        const struct activity_serial *s = &a->serial[i];
        fprintf(out, "%s{\"pin\":\"%s\",\"baud\":%" PRIu32 ",\"bytes\":%" PRIu64 ",\"line\":",
                comma(&first), s->name, s->baud, s->bytes);
        put_text(out, s->line);
        fputc('}', out);
    }
}

static void put_cans(const struct bench_activity *a, FILE *out)
{
    bool first = true;
    for (unsigned i = 0; i < a->can_count; i++) {
        const struct bench_can *can = &a->can[i];
        fprintf(out,
                "%s{\"can\":\"%s\",\"state\":\"%s\",\"tec\":%u,\"rec\":%u,\"sent\":%" PRIu64
                ",\"seen\":%" PRIu64 ",\"stored\":%" PRIu64 ",\"lost\":%" PRIu64
                ",\"destroyed\":%" PRIu64 "}",
                comma(&first), can->name, activity_can_name(can->state), can->tec, can->rec,
                can->sent, can->received, can->stored, can->lost, can->errors);
    }
}

static void put_sent(const struct bench_activity *a, FILE *out)
{
    bool first = true;
    for (unsigned i = 0; i < a->sent_count; i++) {
        const struct activity_sent *s = &a->sent[i];
        fprintf(out,
                "%s{\"id\":%" PRIu32 ",\"extended\":%s,\"count\":%" PRIu64 ",\"destroyed\":%" PRIu64
                ",\"error\":\"%s\"}",
                comma(&first), s->id, s->extended ? "true" : "false", s->count, s->destroyed,
                activity_error_name(s->error));
    }
}

void activity_json(const struct bench_activity *a, FILE *out)
{
    fputs("\"cores\":[", out);
    put_core(a, BENCH_CM7, out);
    fputc(',', out);
    put_core(a, BENCH_CM4, out);
    fputs("],\"leds\":[", out);
    put_leds(a, out);
    fputs("],\"pins\":[", out);
    put_pins(a, out);
    fputs("],\"serial\":[", out);
    put_serials(a, out);
    fputs("],\"can\":[", out);
    put_cans(a, out);
    fputs("],\"sent\":[", out);
    put_sent(a, out);
    fputc(']', out);
}
