/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Rounds of loops are added up (vboard/cpu/armv7m/round.h): random loops, of all encodings, with calls, counters, questions and
 * ways around, are in the end where executing each round brings them. What was found once is used again only as long as
 * it holds. `vboard_round COUNT FIRST` goes on for longer, or repeats the loop that a failure names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vboard/engines/pair.h"
#include "vboard/cpu/engine_calls.h"

#define LOOPS 30000u
#define LONGEST 60u /* rounds */
#define MOST 20000  /* instructions, of all these rounds */
#define BKPT 0xBE00u
#define FUNCTION_HALFWORDS 6u

/* ---- random loops ---- */

static void put(struct random_code *code, uint32_t halfword)
{
    code->halfwords[code->count++] = (uint16_t)halfword;
}

/* One of any encoding, with what sets its base in front of it. */
static void put_any(struct random_code *code, struct random *r)
{
    struct random_code one;
    memset(&one, 0, sizeof(one));
    random_code_make(&one, r, true, 1);
    for (unsigned n = 0; n + 1 < one.count; n++) {
        put(code, one.halfwords[n]);
    }
}

/* r7 to one of few places in RAM, which therefore meet. */
static void put_base(struct random_code *code, struct random *r)
{
    random_code_set(code, 7, RAM_BASE + 0x100u + 4 * (random_next(r) % 4));
}

static void put_access(struct random_code *code, struct random *r, bool load, unsigned t)
{
    static const uint16_t stores[3] = {0x6000, 0x7000, 0x8000}; /* word, byte, halfword */
    put(code, (uint32_t)(stores[random_next(r) % 3] + (load ? 0x800u : 0u)) | 7u << 3 | t);
}

static void put_step(struct random_code *code, struct random *r, unsigned d)
{
    uint32_t step = random_next(r) % 3 != 0 ? 1 + random_next(r) % 3 : random_next(r) % 256;
    put(code, (random_next(r) % 2 != 0 ? 0x3000u : 0x3800u) | d << 8 | step);
}

static void put_memory_counter(struct random_code *code, struct random *r)
{
    static const uint16_t loads[3] = {0x6838, 0x7838, 0x8838};
    unsigned kind = random_next(r) % 3;
    unsigned t = random_next(r) % 4;
    put_base(code, r);
    put(code, loads[kind] | t);
    put_step(code, r, t);
    put(code, (loads[kind] - 0x800u) | t);
}

/* Something is compared with something. */
static void put_comparison(struct random_code *code, struct random *r)
{
    unsigned n = 2 + random_next(r) % 4;
    if (random_next(r) % 2 != 0) {
        put(code, 0x2800u | n << 8 | random_next(r) % 256);
    } else {
        put(code, 0x4280u | (random_next(r) % 6) << 3 | n);
    }
}

/* Out of the loop, or around something. */
static void put_question(struct random_code *code, struct random *r)
{
    put_comparison(code, r);
    put(code, 0xD000u | (random_next(r) % 14) << 8);
    put(code, random_next(r) % 2 != 0 ? BKPT : 0x3601u); /* ADDS r6,#1 */
}

static void put_it(struct random_code *code, struct random *r)
{
    put_comparison(code, r);
    put(code, 0xBF08u | (random_next(r) % 14) << 4);
    put_step(code, r, random_next(r) % 7);
}

/* To the function at the code's second halfword. */
static void put_call(struct random_code *code)
{
    uint32_t offset = 0u - 2u * (code->count + 2 - 1);
    put(code, 0xF000u | (offset >> 12 & 0x3FFu) | 1u << 10);
    put(code, 0xF800u | (offset >> 1 & 0x7FFu));
}

static void put_part(struct random_code *code, struct random *r)
{
    switch (random_next(r) % 9) {
    case 0:
    case 1:
        put_memory_counter(code, r);
        break;
    case 2:
        put_step(code, r, random_next(r) % 7);
        break;
    case 3:
        put_base(code, r);
        put_access(code, r, random_next(r) % 2 != 0, random_next(r) % 6);
        break;
    case 4:
        put(code, 0x4600u | (random_next(r) % 7) << 3 | random_next(r) % 7); /* MOV */
        break;
    case 5:
        put_question(code, r);
        break;
    case 6:
        put_it(code, r);
        break;
    case 7:
        put_call(code);
        break;
    default:
        put_any(code, r);
        break;
    }
}

/* B over PUSH {r4, LR}; something; POP {r4, PC}; then the loop. Returns its first address. */
static uint32_t make(struct random_code *code, struct random *r)
{
    memset(code, 0, sizeof(*code));
    put(code, 0xE000u | (FUNCTION_HALFWORDS - 2));
    put(code, 0xB510);
    put_step(code, r, random_next(r) % 6);
    put(code, 0x4600u | (random_next(r) % 4) << 3 | random_next(r) % 4);
    put_step(code, r, 4);
    put(code, 0xBD10);
    uint32_t top = CODE_BASE + 2 * code->count;
    for (unsigned parts = 1 + random_next(r) % 6; parts > 0; parts--) {
        put_part(code, r);
    }
    put(code, 0xE000u | ((top - CODE_BASE - 2 * code->count - 4) >> 1 & 0x7FFu));
    put(code, BKPT);
    return top;
}

static void random_state(struct random *r, struct lone_state *s)
{
    *s = (struct lone_state){.stop = ENGINE_STOPPED};
    for (unsigned i = 0; i < 13; i++) {
        s->r[i] = random_next(r) % 2 != 0 ? random_next(r) % 300 : random_value(r);
    }
    s->r[13] = RAM_BASE + 0x800u + 4 * (random_next(r) % 64);
    s->xpsr = 0x01000000u | (random_next(r) & 0xF8000000u);
}

/* ---- going round ---- */

struct circle {
    uint32_t top;
    unsigned to_go; /* rounds, to the top */
};

static void arrived(struct lone *l, uint32_t address)
{
    struct circle *c = l->ctx;
    if (address == c->top && --c->to_go == 0) {
        l->engine->meter.left = 0; /* it stops just there */
    }
}

/* False: it did not get there. */
static bool go_round(struct lone *l, unsigned rounds)
{
    struct circle *c = l->ctx;
    c->to_go = rounds;
    l->engine->meter.observe = ENGINE_OBSERVE_ALL;
    l->engine->meter.left = MOST;
    return rounds == 0 || (engine_run(l->engine) == ENGINE_STOPPED && c->to_go == 0);
}

struct pair {
    struct lone *adds, *executes;
    struct circle circles[2];
    unsigned seed, repeated, ended, recalled;
};

static void must_be_the_same(struct pair *p)
{
    struct lone_state a;
    struct lone_state b;
    memset(&a, 0, sizeof(a));
    memset(&b, 0, sizeof(b));
    lone_get(p->adds, &a);
    lone_get(p->executes, &b);
    if (memcmp(&a, &b, sizeof(a)) != 0 || memcmp(p->adds->ram, p->executes->ram, RAM_SIZE) != 0) {
        for (unsigned n = 0; n < RAM_SIZE; n++) {
            if (p->adds->ram[n] != p->executes->ram[n]) {
                print_message("RAM + 0x%x: %x, executed %x\n", n, p->adds->ram[n],
                              p->executes->ram[n]);
            }
        }
        fail_msg("loop %u: r0 %x, executed %x; r4 %x, %x; r6 %x, %x; pc %x, %x", p->seed, a.r[0],
                 b.r[0], a.r[4], b.r[4], a.r[6], b.r[6], a.r[15], b.r[15]);
    }
}

/* `alike` rounds do the same: adds up some, executes one, and compares. */
static bool add_up(struct pair *p, struct random *r, uint32_t alike)
{
    uint32_t rounds = 2 + random_next(r) % LONGEST;
    rounds = rounds < alike ? rounds : alike;
    engine_round_add_up(p->adds->engine, rounds - 1);
    if (!go_round(p->adds, 1) || !go_round(p->executes, rounds)) {
        fail_msg("loop %u: not all of %u rounds went round", p->seed, rounds);
    }
    must_be_the_same(p);
    return rounds < alike;
}

static void start(struct pair *p, const struct random_code *code, const struct lone_state *before,
                  uint32_t top)
{
    struct lone *both[2] = {p->adds, p->executes};
    for (unsigned n = 0; n < 2; n++) {
        p->circles[n].top = top;
        both[n]->ctx = &p->circles[n];
        both[n]->jumped = arrived;
        lone_load(both[n], code, before);
        memset(both[n]->ram, (int)p->seed, RAM_SIZE);
    }
}

/* What it asks may be something else by now. */
static void change_something(struct pair *p, struct random *r)
{
    unsigned at = 0x100u + random_next(r) % 20;
    uint8_t byte = (uint8_t)random_next(r);
    p->adds->ram[at] = byte;
    p->executes->ram[at] = byte;
}

static void recall(struct pair *p, struct random *r)
{
    uint64_t cycles = 0;
    uint64_t extra = 0;
    uint32_t alike = engine_round_recall(p->adds->engine, &cycles, &extra);
    if (alike > 1) {
        assert_int_equal(cycles, p->seed);
        p->recalled++;
        add_up(p, r, alike);
    }
}

static void try_loop(struct pair *p)
{
    struct random r = {p->seed};
    struct random_code code;
    struct lone_state before;
    uint32_t top = make(&code, &r);
    random_state(&r, &before);
    start(p, &code, &before, top);
    if (!go_round(p->adds, 3) || !go_round(p->executes, 3)) {
        return;
    }
    engine_round_begin(p->adds->engine);
    bool there = go_round(p->adds, 1) && go_round(p->executes, 1);
    uint32_t alike = engine_round_end(p->adds->engine, 0);
    if (!there || alike <= 1) {
        return;
    }
    engine_round_keep(p->adds->engine, p->seed, 0);
    p->repeated++;
    p->ended += alike != UINT32_MAX;
    if (add_up(p, &r, alike)) {
        recall(p, &r);
        change_something(p, &r);
        recall(p, &r);
    }
}

/* From the command line: how many loops, and the first one's seed. */
struct range {
    unsigned count, first;
};

static void same_as_executed(void **state)
{
    const struct range *range = *state;
    struct pair p = {.adds = lone_create(&engine_armv7m, ENGINE_CORTEX_M7),
                     .executes = lone_create(&engine_armv7m, ENGINE_CORTEX_M7)};
    for (p.seed = range->first; p.seed < range->first + range->count; p.seed++) {
        try_loop(&p);
    }
    print_message("%u loops: %u repeated, of these %u to an end, %u recalled\n", range->count,
                  p.repeated, p.ended, p.recalled);
    if (range->count >= LOOPS) {
        assert_true(p.repeated > range->count / 4);
        assert_true(p.ended > range->count / 200);
        assert_true(p.recalled > range->count / 4);
    }
    lone_destroy(p.adds);
    lone_destroy(p.executes);
}

int main(int argc, char **argv)
{
    struct range range = {.count = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : LOOPS,
                          .first = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 0};
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(same_as_executed, &range)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
