/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A debugger waits for a board that runs as long as a step takes: 2 ms of its time, or as many of the bench's own
 * steps as fit into a millisecond of ours. Looking at the ports takes as long as a board at full speed
 * takes for 2 ms. */
#define STEP_PS (2 * PS_PER_MS)
#define LOOK_NS 1000000u
#define WAIT_MS 200

static const char *const names[CORE_COUNT] = {"CM7", "CM4"};

static void say(void *ctx, const char *line)
{
    const struct server_port *p = ctx;
    fprintf(stderr, "gdb: %s: %s\n", names[p->gdb.core], line);
}

static void send_bytes(void *ctx, const void *bytes, size_t size)
{
    struct server_port *p = ctx;
    (void)tcp_write(&p->tcp, bytes, size);
}

/* ---- who comes and goes ---- */

static void welcome(struct server_port *p)
{
    struct gdb *g = &p->gdb;
    const char *dead = target_dead(g->target);
    if (dead != NULL) { /* a probe finds no device */
        say(p, dead);
        tcp_drop(&p->tcp);
        return;
    }
    p->mourned = false;
    gdb_begin(g);
}

/* Without a word: the board does as it was told. */
static void mourn(struct server_port *p)
{
    struct target *t = p->gdb.target;
    struct target_core *c = &t->core[p->gdb.core];
    p->mourned = true;
    if (!c->stopped) {
        say(p, "the debugger is gone; the core runs on");
        target_detach(t, c->core);
    } else if (t->stands_without) {
        say(p, "the debugger is gone; the board stands until another one comes");
    } else {
        say(p, "the debugger is gone; the core, which was stopped, runs on");
        target_detach(t, c->core);
    }
}

static void serve_port(struct server_port *p)
{
    uint8_t bytes[4096];
    int count;
    const struct target_core *c = &p->gdb.target->core[p->gdb.core];
    if (tcp_accept(&p->tcp)) {
        welcome(p);
    }
    while ((count = tcp_read(&p->tcp, bytes, sizeof bytes)) > 0) {
        for (int i = 0; i < count; i++) {
            gdb_take(&p->gdb, bytes[i]);
        }
        if (p->gdb.leaves) {
            p->gdb.leaves = false;
            tcp_drop(&p->tcp);
        }
    }
    if (p->tcp.client < 0 && c->attached && !p->mourned) {
        mourn(p);
    }
}

static void serve(struct server *s)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        serve_port(&s->port[i]);
    }
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        if (s->port[i].tcp.client >= 0) {
            gdb_look(&s->port[i].gdb);
        }
    }
}

static uint64_t real_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* A stop is told at once. */
static bool owes_stop(const struct server *s)
{
    bool owes = false;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        owes = owes || (s->port[i].gdb.owes_stop && s->history.target.core[i].stopped);
    }
    return owes;
}

static void take_step(void *context, const struct bench_step *step)
{
    struct server *s = context;
    struct tcp_port *const ports[CORE_COUNT] = {&s->port[CORE_CM7].tcp, &s->port[CORE_CM4].tcp};
    const uint64_t began_ns = real_now_ns();
    const bool is_fast = began_ns - s->looked_ns < LOOK_NS;
    s->observer.step_ps = is_fast ? 0 : STEP_PS;
    if (is_fast && !step->last && !owes_stop(s)) {
        return;
    }
    serve(s);
    while (!step->last && !target_runs(&s->history.target) && !bench_stop_asked()) {
        tcp_wait(ports, CORE_COUNT, WAIT_MS);
        serve(s);
    }
    s->looked_ns = real_now_ns();
    s->observer.held_ns += s->looked_ns - began_ns;
}

/* Another core's semihosting is none of this one's business. */
static bool at_bkpt(void *ctx, enum core core)
{
    struct server *s = ctx;
    return gdb_semihosting(&s->port[core].gdb);
}

/* ---- ports ---- */

static bool parse_ports(const char *text, unsigned numbers[CORE_COUNT])
{
    char *end;
    numbers[CORE_CM7] = (unsigned)strtoul(text, &end, 10);
    numbers[CORE_CM4] = numbers[CORE_CM7] == 0 ? 0 : numbers[CORE_CM7] + 1;
    if (end != text && *end == ',') {
        text = end + 1;
        numbers[CORE_CM4] = (unsigned)strtoul(text, &end, 10);
    }
    return end != text && *end == '\0' && numbers[CORE_CM7] <= 65535 && numbers[CORE_CM4] <= 65535;
}

bool server_open(struct server *s, const char *ports, char *error, size_t error_size)
{
    unsigned numbers[CORE_COUNT];
    memset(s, 0, sizeof *s);
    s->observer =
        (struct bench_observer){.context = s, .step = take_step, .step_ps = STEP_PS, .stays = true};
    s->hands.history = &s->history;
    if (!parse_ports(ports, numbers)) {
        snprintf(error, error_size, "--gdb %s is no port: use 3333, or 3333,3334", ports);
        return false;
    }
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        struct server_port *p = &s->port[i];
        p->server = s;
        p->tcp = (struct tcp_port){-1, -1, 0, -1};
        p->gdb.target = &s->history.target;
        p->gdb.hands = &s->hands;
        p->gdb.core = (enum core)i;
        p->gdb.send = send_bytes;
        p->gdb.say = say;
        p->gdb.ctx = p;
    }
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        if (!tcp_open(&s->port[i].tcp, "--gdb", numbers[i], error, error_size)) {
            server_close(s);
            return false;
        }
    }
    fprintf(stderr, "gdb: CM7 at :%u, CM4 at :%u\n", s->port[CORE_CM7].tcp.number,
            s->port[CORE_CM4].tcp.number);
    return true;
}

bool server_make_board(struct server *s, const struct bench_board_config *config,
                       struct bench_model *model, char *error, size_t error_size)
{
    if (!history_create(&s->history, config, model, error, error_size)) {
        return false;
    }
    s->history.target.at_bkpt = at_bkpt;
    s->history.target.bkpt_ctx = s;
    return true;
}

void server_close(struct server *s)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        tcp_close(&s->port[i].tcp);
    }
}
