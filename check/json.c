/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/print.h"

#include "check/kinds.h"
#include "check/names.h"
#include "check/project.h"
#include "check/say.h"
#include "vboard/kernel/supply.h"
#include "vboard/boards/board_data.h"

#include <inttypes.h>

void check_put_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            fputc('\\', out);
        }
        if (c < 0x20) {
            fprintf(out, "\\u%04x", c);
        } else {
            fputc(c, out);
        }
    }
    fputc('"', out);
}

static void put_member(FILE *out, const char *name, const char *text)
{
    fprintf(out, ",\"%s\":", name);
    check_put_quoted(out, text);
}

static double seconds(vtime_ps t)
{
    return (double)t / 1e12;
}

static const char *state_name(enum check_state state)
{
    static const char *const names[] = {
        [CHECK_HELD] = "held",   [CHECK_DEAD] = "dead",     [CHECK_LOCKED_UP] = "locked-up",
        [CHECK_WAITS] = "waits", [CHECK_SLEEPS] = "sleeps", [CHECK_STOPS] = "stops",
        [CHECK_RUNS] = "runs"};
    return names[state];
}

static void put_core(FILE *out, const struct check_core *c, enum core core)
{
    fprintf(out, "{\"core\":\"%s\",\"state\":\"%s\",\"main_s\":", check_core_name(core),
            c->empty ? "empty" : state_name(c->state));
    if (c->main_reached) {
        fprintf(out, "%.9f", seconds(c->main_at));
    } else {
        fputs("null", out);
    }
    if (c->state == CHECK_WAITS) {
        char name[40];
        check_register(c->poll.address, name, sizeof name);
        put_member(out, "waits_for", name);
    }
    fputc('}', out);
}

static void put_boot(FILE *out, const struct check_boot *s)
{
    fprintf(out, "{\"history\":\"%s\",\"start\":\"%s\",\"supply\":\"%s\",\"lost_s\":",
            check_history_name(s->history), check_start_name(s->start),
            s->vcore_lost ? "deadlock" : "ok");
    if (s->vcore_lost) {
        fprintf(out, "%.9f", seconds(s->lost_at));
    } else {
        fputs("null", out);
    }
    fprintf(out, ",\"resets\":%" PRIu64 ",\"cores\":[", s->resets);
    put_core(out, &s->core[CORE_CM7], CORE_CM7);
    fputc(',', out);
    put_core(out, &s->core[CORE_CM4], CORE_CM4);
    fputc(']', out);
    if (s->history == CHECK_STIMULATED) {
        put_member(out, "stimulus", check_stimulus_id(&s->stimulus).text);
    }
    if (s->history == CHECK_STIMULATED) {
        fprintf(out, ",\"new_code\":%zu", s->new_code);
    }
    put_member(out, "outcome", check_say_outcome(s).text);
    fputc('}', out);
}

static void put_item(FILE *out, const struct check_report *r, const struct check_item *i)
{
    fprintf(out, "{\"kind\":\"%s\",\"history\":\"%s\",\"start\":\"%s\"", check_kind_name(i->kind),
            check_history_name(i->history), check_start_name(i->start));
    if (i->has_core) {
        fprintf(out, ",\"core\":\"%s\",\"pc\":\"0x%08" PRIX32 "\",\"t_s\":%.9f",
                check_core_name(i->core), i->pc, seconds(i->at));
        put_member(out, "where", check_say_where(r, i).text);
    }
    if (i->history == CHECK_STIMULATED) {
        put_member(out, "stimulus", check_stimulus_id(&i->stimulus).text);
        put_member(out, "if", check_say_nudge(i).text);
    }
    if (i->line != 0) {
        fprintf(out, ",\"line\":%u", i->line);
    }
    if (i->caller != 0) {
        put_member(out, "caller", check_say_caller(r, i).text);
    }
    if (i->address != 0) {
        char name[40];
        check_register(i->address, name, sizeof name);
        put_member(out, "register", name);
    }
    if (i->has_value) {
        fprintf(out, ",\"value\":\"0x%02" PRIX32 "\"", i->value);
    }
    put_member(out, "text", check_say_text(r, i).text);
    if (i->remedy) {
        put_member(out, "change", check_say_change(r, i).text);
    }
    fputc('}', out);
}

static void put_items(FILE *out, const struct check_report *r, enum check_level level,
                      const char *name)
{
    const char *between = "";
    fprintf(out, ",\n\"%s\":[", name);
    for (size_t i = 0; i < r->item_count; i++) {
        if (check_level_of(r->items[i].kind) == level) {
            fputs(between, out);
            put_item(out, r, &r->items[i]);
            between = ",\n  ";
        }
    }
    fputc(']', out);
}

static void put_assumed(FILE *out, const struct check_report *r)
{
    static const char *const hse[] = {[HSE_PRESENT] = "present",
                                      [HSE_ABSENT] = "absent",
                                      [HSE_LATE] = "late",
                                      [HSE_DROPS] = "drops"};
    const struct board_options *o = &r->config->board;
    fputs(",\n\"assumed\":{\"board\":", out);
    check_put_quoted(out, board_options_board(o)->name);
    fputs(",\"wiring\":", out);
    check_put_quoted(out, board_wirings[o->wiring]);
    fprintf(out,
            ",\"optsr\":\"0x%08" PRIX32 "\",\"boot7\":\"0x%08" PRIX32 "\",\"boot4\":\"0x%08" PRIX32
            "\",\"rom\":\"0x%02" PRIX32 "\",\"hse\":\"%s\",\"for_s\":%g,\"effort\":%u}",
            o->optsr, o->boot7, o->boot4, o->rom == 0 ? 0x90 : o->rom, hse[o->hse],
            seconds(r->config->length), r->config->effort);
}

void check_print_json(const struct check_report *r, FILE *out)
{
    static const char *const verdicts[] = {"safe", "unsafe", "", "unknown"};
    int verdict = check_verdict(r);
    fprintf(out, "{\"check\":1,\"verdict\":\"%s\",\"exit\":%d,\n\"images\":[", verdicts[verdict],
            verdict);
    check_put_quoted(out, check_subject(r));
    if (r->config->cm4 != NULL) {
        fputc(',', out);
        check_put_quoted(out, image_path(r->config->cm4));
    }
    fputc(']', out);
    put_assumed(out, r);
    if (r->config->project != NULL) {
        fputs(",\n\"project\":{", out);
        check_project_json(r->config->project, out);
        fputc('}', out);
    }
    put_items(out, r, CHECK_UNSAFE, "unsafe");
    put_items(out, r, CHECK_UNKNOWN, "unknown");
    put_items(out, r, CHECK_NOTE, "notes");
    fputs(",\n\"starts\":[", out);
    for (size_t i = 0; i < r->boot_count; i++) {
        fputs(i == 0 ? "" : ",\n  ", out);
        put_boot(out, &r->boots[i]);
    }
    fputs("]}\n", out);
}
