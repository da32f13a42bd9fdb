/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/bitbang.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vboard/chip/chip.h"

#define STEP_PS PS_PER_MS
#define TURN_NS 20000000u /* a probe that goes on and on lets the board on so often */
#define LOOK_NS 1000000u
#define PAUSE_MS 1 /* its next characters are awaited that long */

static uint64_t real_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void hold_nrst(struct bitbang *b, bool hold)
{
    if (hold != b->holds_nrst) {
        b->holds_nrst = hold;
        board_nrst(b->board, hold);
    }
}

/* r, s, t, u: nJTRST in bit 1, NRST in bit 0, high is active. */
static void take_resets(struct bitbang *b, unsigned resets)
{
    if ((resets & 2u) != 0) {
        jtag_reset(&b->jtag);
    }
    hold_nrst(b, (resets & 1u) != 0);
}

/* The answers are gathered: OpenOCD asks for many at once. */
static size_t take(struct bitbang *b, const uint8_t *bytes, int count, char *answers)
{
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        const uint8_t c = bytes[i];
        if (c >= '0' && c <= '7') {
            jtag_set(&b->jtag, (c & 4u) != 0, (c & 2u) != 0, (c & 1u) != 0);
        } else if (c == 'R') {
            answers[length++] = jtag_tdo(&b->jtag) ? '1' : '0';
        } else if (c >= 'r' && c <= 'u') {
            take_resets(b, (unsigned)c - 'r');
        } else if (c == 'Q') {
            tcp_drop(&b->tcp);
        }
    }
    return length;
}

static void let_go(struct bitbang *b)
{
    hold_nrst(b, false);
    core_debug_close(b->debug);
}

static bool holds_a_core(const struct bitbang *b)
{
    const struct chip_cores *cores = &board_chip(b->board)->cores;
    return cores->halted[CORE_CM7] || cores->halted[CORE_CM4];
}

/* A probe that is pulled off leaves a core halted; here nobody could let it go again but a reset. */
static void part(struct bitbang *b)
{
    if (holds_a_core(b) || b->holds_nrst) {
        fprintf(stderr, "jtag: the probe is gone; what it held runs on\n");
    }
    let_go(b);
}

static void serve(struct bitbang *b)
{
    uint8_t bytes[4096];
    char answers[sizeof bytes];
    struct tcp_port *const ports[] = {&b->tcp};
    const uint64_t began_ns = real_now_ns();
    if (tcp_accept(&b->tcp)) {
        jtag_reset(&b->jtag);
    }
    while (b->tcp.client >= 0 && real_now_ns() - began_ns < TURN_NS) {
        const int count = tcp_read(&b->tcp, bytes, sizeof bytes);
        if (count > 0) {
            const size_t length = take(b, bytes, count, answers);
            (void)tcp_write(&b->tcp, answers, length);
        } else if (count == 0) {
            const uint64_t asked_ns = real_now_ns();
            tcp_wait(ports, 1, PAUSE_MS);
            if (real_now_ns() - asked_ns >= PAUSE_MS * 1000000u) {
                break; /* it thinks */
            }
        }
        if (b->tcp.client < 0) {
            part(b);
        }
    }
    b->observer.held_ns += real_now_ns() - began_ns;
}

/* As long as there is no probe a look each millisecond of ours will do. */
static void take_step(void *context, const struct bench_step *step)
{
    struct bitbang *b = context;
    const bool is_fast = b->tcp.client < 0 && real_now_ns() - b->looked_ns < LOOK_NS;
    b->observer.step_ps = is_fast ? 0 : STEP_PS;
    if (!step->last && !is_fast) {
        serve(b);
        b->looked_ns = real_now_ns();
    }
}

static void take_reset(void *context, const struct bench_reset *reset)
{
    struct bitbang *b = context;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        core_debug_reset(&b->debug[i], (reset->causes & BENCH_RESET_POWER) != 0);
    }
}

bool bitbang_open(struct bitbang *b, const char *port, char *error, size_t error_size)
{
    char *end;
    const unsigned long number = strtoul(port, &end, 10);
    memset(b, 0, sizeof *b);
    b->observer = (struct bench_observer){
        .context = b, .step = take_step, .reset = take_reset, .step_ps = STEP_PS, .stays = true};
    b->tcp = (struct tcp_port){-1, -1, 0, -1};
    if (end == port || *end != '\0' || number > 65535) {
        snprintf(error, error_size, "--jtag %s is no port: use 9824", port);
        return false;
    }
    if (!tcp_open(&b->tcp, "--jtag", (unsigned)number, error, error_size)) {
        return false;
    }
    fprintf(stderr, "jtag: :%u (openocd -f debug/openocd.cfg)\n", b->tcp.number);
    return true;
}

void bitbang_begin(struct bitbang *b, struct board *board)
{
    b->board = board;
    core_debug_init(b->debug, board);
    dap_init(&b->dap, board, b->debug);
    jtag_init(&b->jtag, &b->dap);
}

void bitbang_end(struct bitbang *b)
{
    let_go(b);
    b->board = NULL;
}

void bitbang_close(struct bitbang *b)
{
    tcp_close(&b->tcp);
}
