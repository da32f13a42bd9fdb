/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Going on, stepping, going back, stopping; breakpoints and watchpoints. */
#include "debug/gdb_internal.h"

#include <stdlib.h>
#include <string.h>

enum { SIGNAL_INT = 2, SIGNAL_TRAP = 5 };

/* ---- stops ---- */

static void put_watch(struct gdb *g, const struct target_core *c)
{
    static const char *const words[] = {"", "rwatch", "watch", "awatch"};
    const unsigned kinds = c->watch[c->hit.index].kinds;
    packet_format(&g->out, "%s:%x;", words[kinds], c->hit.address);
}

void gdb_tell_stop(struct gdb *g, const char *lead)
{
    struct target_core *c = &g->target->core[g->core];
    const int signal = c->reason == TARGET_ASKED ? SIGNAL_INT : SIGNAL_TRAP;
    packet_begin(&g->out);
    packet_text(&g->out, lead);
    g->thread = 0;
    packet_format(&g->out, "T%02xthread:%x;", c->reason == TARGET_ASKED && g->non_stop ? 0 : signal,
                  gdb_current_thread(g));
    g->owes_step = c->reason == TARGET_WATCH && c->watch[c->hit.index].kinds != 0;
    if (g->owes_step) {
        put_watch(g, c);
    } else if (c->reason == TARGET_BEGINNING) {
        packet_text(&g->out, "replaylog:begin;");
    }
    if (target_dead(g->target) == NULL) {
        gdb_expedite(g);
    }
    packet_end(&g->out);
    if (lead[0] == '%') {
        g->out.data[0] = '%'; /* a notification, not a packet */
        memmove(&g->out.data[1], &g->out.data[2], g->out.length - 2);
        g->out.length--;
    }
    g->send(g->ctx, g->out.data, g->out.length);
    c->told = true;
    g->owes_stop = false;
}

void gdb_look(struct gdb *g)
{
    const struct target_core *c = &g->target->core[g->core];
    if (!c->stopped || !g->owes_stop) {
        return;
    }
    if (g->non_stop) {
        gdb_tell_stop(g, "%Stop:");
    } else {
        gdb_tell_stop(g, "");
    }
}

void gdb_interrupt(struct gdb *g)
{
    target_stop(g->target, g->core, TARGET_ASKED);
    gdb_look(g);
}

/* ---- going ---- */

static void may_go(struct gdb *g)
{
    g->owes_stop = true;
    if (g->non_stop) {
        gdb_reply(g, "OK");
    }
}

/* It waits for the other one: whoever sits at the terminal should know. */
static void say_if_waiting(struct gdb *g)
{
    const struct target *t = g->target;
    const bool other_stands = t->core[CORE_CM7].stopped || t->core[CORE_CM4].stopped;
    if (!t->alone && other_stands && !t->for_step && !g->non_stop) {
        gdb_console(g,
                    g->core == CORE_CM7
                        ? "CM7 waits: CM4 is stopped, and the time with it (monitor halt alone)\n"
                        : "CM4 waits: CM7 is stopped, and the time with it (monitor halt alone)\n");
    }
}

static void go(struct gdb *g)
{
    g->owes_step = false;
    target_go(g->target, g->core);
    may_go(g);
    say_if_waiting(g);
}

/*
 * On ARM, GDB takes a core that stops at a watchpoint to stand before the instruction, and has it step over. It stands
 * behind it, as DWT has it: so that step has been done.
 */
static bool has_stepped(struct gdb *g)
{
    struct target_core *c = &g->target->core[g->core];
    const bool has = g->owes_step && !c->moved;
    g->owes_step = false;
    if (has) {
        c->reason = TARGET_STEPPED;
        may_go(g);
        gdb_look(g);
    }
    return has;
}

static void step(struct gdb *g, uint32_t start, uint32_t end)
{
    if (has_stepped(g)) {
        return;
    }
    target_step(g->target, g->core, start, end);
    may_go(g);
}

static void go_on(struct gdb *g, const char *rest)
{
    (void)rest;
    go(g);
}

static void step_one(struct gdb *g, const char *rest)
{
    (void)rest;
    step(g, 0, 0);
}

static void range_step(struct gdb *g, const char *rest)
{
    uint32_t start;
    char *end;
    if (!gdb_number(&rest, &start, ',')) {
        gdb_reply(g, "E01");
        return;
    }
    const uint32_t stop = (uint32_t)strtoul(rest, &end, 16);
    step(g, start, stop);
}

/* The first action is this core's: each has one thread. */
static void v_cont(struct gdb *g, const char *rest)
{
    if (rest[0] == '?') {
        gdb_reply(g, "vCont;c;C;s;S;t;r");
        return;
    }
    switch (rest[0] == ';' ? rest[1] : '\0') {
    case 'c':
    case 'C':
        go(g);
        break;
    case 's':
    case 'S':
        step(g, 0, 0);
        break;
    case 'r':
        range_step(g, rest + 2);
        break;
    case 't':
        g->owes_stop = true;
        gdb_reply(g, "OK");
        gdb_interrupt(g);
        break;
    default:
        gdb_reply(g, "E01");
    }
}

static void v_stopped(struct gdb *g, const char *rest)
{
    (void)rest;
    gdb_reply(g, "OK"); /* one thread: there is no more */
}

static void v_ctrl_c(struct gdb *g, const char *rest)
{
    (void)rest;
    gdb_reply(g, "OK");
    gdb_interrupt(g);
}

/* ---- back ---- */

/* The core has gone somewhere, and stands there. Other than with vCont, nobody awaits an OK before. */
static void tell_where(struct gdb *g)
{
    g->owes_stop = true;
    gdb_look(g);
    g->owes_step = false; /* going back, it stands before the instruction */
}

static void step_back(struct gdb *g, const char *rest)
{
    (void)rest;
    if (gdb_is_dead(g)) {
        return;
    }
    if (!history_step_back(g->hands->history, g->core)) {
        g->target->core[g->core].reason = TARGET_BEGINNING;
    }
    tell_where(g);
}

static void run_back(struct gdb *g, const char *rest)
{
    enum target_reason reason;
    (void)rest;
    if (!gdb_is_dead(g)) {
        (void)history_run_back(g->hands->history, g->core, &reason);
        tell_where(g);
    }
}

const struct gdb_command gdb_run_commands[] = {
    {"vCont", v_cont}, {"vStopped", v_stopped}, {"vCtrlC", v_ctrl_c},
    {"bs", step_back}, {"bc", run_back},        {"c", go_on},
    {"C", go_on},      {"s", step_one},         {"S", step_one},
    {NULL, NULL},
};

/* ---- points ---- */

static bool set_point(struct gdb *g, unsigned type, uint32_t address, uint32_t size, bool on)
{
    static const unsigned kinds[] = {
        [2] = CPU_WATCH_WRITE, [3] = CPU_WATCH_READ, [4] = CPU_WATCH_READ | CPU_WATCH_WRITE};
    if (type < 2) {
        return target_breakpoint(g->target, g->core, address, on);
    }
    const struct cpu_watchpoint w = {address, size, kinds[type]};
    return target_watchpoint(g->target, g->core, &w, on);
}

static void point(struct gdb *g, const char *rest, bool on)
{
    uint32_t type;
    uint32_t address;
    char *end;
    if (!gdb_number(&rest, &type, ',') || type > 4 || !gdb_number(&rest, &address, ',')) {
        gdb_reply(g, type > 4 ? "" : "E01");
        return;
    }
    const uint32_t size = (uint32_t)strtoul(rest, &end, 16);
    gdb_reply(g, set_point(g, type, address, size, on) ? "OK" : "E01");
}

void gdb_insert_point(struct gdb *g, const char *rest)
{
    point(g, rest, true);
}

void gdb_remove_point(struct gdb *g, const char *rest)
{
    point(g, rest, false);
}
