/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Loops that only count are added up (vboard/cpu/armv7m/counting.h): random ones end with the state that
 * executing each of their instructions gives, wherever the turn ends. While its owner wants to know of
 * each jump, the engine adds nothing up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vboard/engines/pair.h"
#include "vboard/cpu/engine_calls.h"

#define LOOPS 30000u
#define LONGEST_TURN 3000u
#define NOP 0xBF00u
#define PAGE_HALFWORDS (ENGINE_PAGE_SIZE / 2u)

struct run {
    struct lone_state state;
    int64_t left;
};

static void run(struct lone *l, const struct random_code *code, const struct lone_state *before,
                int64_t turn, struct run *out)
{
    lone_load(l, code, before);
    l->engine->meter.left = turn;
    out->state.stop = engine_run(l->engine);
    out->left = l->engine->meter.left;
    lone_get(l, &out->state);
}

/* ---- random bodies ---- */

static uint16_t add_or_subtract(struct random *r)
{
    static const uint16_t ops[] = {0x3000, 0x3800}; /* ADDS, SUBS Rd,#imm8 */
    uint32_t step = random_next(r) % 4 != 0 ? random_next(r) % 4 : random_next(r) % 256;
    return (uint16_t)(ops[random_next(r) % 2] | (random_next(r) % 4) << 8 | step);
}

static uint16_t comparison(struct random *r)
{
    uint32_t n = random_next(r) % 4;
    if (random_next(r) % 2 != 0) {
        return (uint16_t)(0x2800u | n << 8 | random_next(r) % 256); /* CMP Rn,#imm8 */
    }
    return (uint16_t)(0x4280u | (random_next(r) % 4) << 3 | n); /* CMP Rn,Rm */
}

/* r7 and SP point to RAM. */
static uint16_t part(struct random *r)
{
    uint32_t d = random_next(r) % 4;
    uint32_t m = random_next(r) % 4;
    switch (random_next(r) % 10) {
    case 0:
    case 1:
        return comparison(r);
    case 2:
        return (uint16_t)(0x4600u | m << 3 | d); /* MOV */
    case 3:
        return (uint16_t)(0x6838u | (random_next(r) % 3) << 6 | d); /* LDR Rt,[R7,#n] */
    case 4:
        return (uint16_t)(0x6038u | (random_next(r) % 3) << 6 | d); /* STR */
    case 5:
        return (uint16_t)(0x9800u - (random_next(r) % 2) * 0x800u +
                          (d << 8)); /* LDR, STR Rt,[SP] */
    case 6:
        return (uint16_t)((random_next(r) % 2 != 0 ? 0x1E00u : 0x1C00u) | 1u << 6 | m << 3 | d);
    case 7:
        return NOP;
    case 8:
        return 0x3704; /* ADDS r7,#4: another word each time */
    default:
        return add_or_subtract(r);
    }
}

static void put(struct random_code *code, uint32_t halfword)
{
    code->halfwords[code->count++] = (uint16_t)halfword;
}

/* Something, a step, something, a comparison, and seldom something behind it. */
static void make(struct random_code *code, struct random *r)
{
    code->count = 0;
    if (random_next(r) % 4 ==
        0) { /* across the end of a page, which is a place for mistakes of its own */
        unsigned start = PAGE_HALFWORDS - random_next(r) % 6;
        put(code, 0xE000u | (start - 2)); /* B */
        while (code->count < start) {
            put(code, NOP);
        }
    }
    unsigned top = code->count;
    for (unsigned parts = random_next(r) % 3; parts > 0; parts--) {
        put(code, part(r));
    }
    put(code, add_or_subtract(r));
    for (unsigned parts = random_next(r) % 2; parts > 0; parts--) {
        put(code, part(r));
    }
    if (random_next(r) % 4 != 0) {
        put(code, comparison(r));
    }
    if (random_next(r) % 4 == 0) {
        put(code, part(r));
    }
    uint32_t cond = random_next(r) % 14;
    put(code, 0xD000u | cond << 8 | ((top - code->count - 2) & 0xFFu));
    put(code, 0xBE00); /* BKPT */
}

static void random_state(struct random *r, struct lone_state *s)
{
    *s = (struct lone_state){.stop = ENGINE_STOPPED};
    for (unsigned i = 0; i < 13; i++) {
        s->r[i] = random_next(r) % 2 != 0 ? random_next(r) % 2000 : random_value(r);
    }
    s->r[7] = RAM_BASE + 4 * (random_next(r) % 300);
    s->r[13] = RAM_BASE + 4 * (random_next(r) % 300);
    s->xpsr = 0x01000000u | (random_next(r) & 0xF8000000u);
}

/* ---- tests ---- */

static void same_as_executed(void **state)
{
    (void)state;
    struct lone *adds = lone_create(&engine_armv7m, ENGINE_CORTEX_M7);
    struct lone *executes = lone_create(&engine_armv7m, ENGINE_CORTEX_M7);
    executes->engine->meter.observe = ENGINE_OBSERVE_ALL;
    for (unsigned seed = 0; seed < LOOPS; seed++) {
        struct random r = {seed};
        struct random_code code;
        struct lone_state before;
        struct run a;
        struct run b;
        memset(&a, 0, sizeof(a));
        memset(&b, 0, sizeof(b));
        make(&code, &r);
        random_state(&r, &before);
        int64_t turn = 1 + random_next(&r) % LONGEST_TURN;
        run(adds, &code, &before, turn, &a);
        run(executes, &code, &before, turn, &b);
        if (memcmp(&a, &b, sizeof(a)) != 0 || memcmp(adds->ram, executes->ram, RAM_SIZE) != 0) {
            fail_msg("loop %u: r0 %x, executed %x; r1 %x, %x; pc %x, %x; left %d, %d", seed,
                     a.state.r[0], b.state.r[0], a.state.r[1], b.state.r[1], a.state.r[15],
                     b.state.r[15], (int)a.left, (int)b.left);
        }
    }
    lone_destroy(adds);
    lone_destroy(executes);
}

/* 12 hours of an M7's time: executed they take 2 years. */
static void long_delays_take_no_time(void **state)
{
    (void)state;
    struct lone *l = lone_create(&engine_armv7m, ENGINE_CORTEX_M7);
    /* LDR r3,[r7]; ADDS r3,#1; STR r3,[r7]; CMP r3,r2; BNE; SUBS r4,#1; BNE; BKPT */
    const struct random_code code = {
        .halfwords = {0x683B, 0x3301, 0x603B, 0x4293, 0xD1FA, 0x3C01, 0xD1F8, 0xBE00}, .count = 8};
    struct lone_state before = {.xpsr = 0x01000000u};
    struct run after;
    before.r[2] = 1;
    before.r[4] = 1000;
    before.r[7] = RAM_BASE;
    memset(l->ram, 0, RAM_SIZE);
    run(l, &code, &before, INT64_MAX / 2, &after);
    assert_int_equal(after.state.stop, ENGINE_BKPT);
    assert_int_equal(INT64_MAX / 2 - after.left,
                     5 * (1 + 999 * INT64_C(0x100000000)) + 2 * 1000 + 1);
    lone_destroy(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_as_executed),
                                       cmocka_unit_test(long_delays_take_no_time)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
