/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Code by hand: what compilers write rarely, and what is no code at all. */
#include "tests/formats/cmocka_head.h"

#include "check/flow.h"

#include <string.h>

#define BASE 0x08000000u
#define CODE 0x08000008u
#define CR3 0x5802480Cu

static const struct flow_range ranges[] = {{CR3, 4}};

/* Reads halfwords that stand behind a vector table of two words. */
static struct flow_result *read_code(const uint16_t *code, size_t count, uint32_t steps_max)
{
    static uint8_t bytes[4096];
    const struct flow_region region = {
        .address = BASE, .length = (uint32_t)(8 + 2 * count), .bytes = bytes, .constant = true};
    memset(bytes, 0, sizeof bytes);
    bytes[3] = 0x20;
    bytes[4] = (CODE & 0xFFu) | 1u;
    bytes[7] = 0x08;
    for (size_t i = 0; i < count; i++) {
        bytes[8 + 2 * i] = (uint8_t)code[i];
        bytes[9 + 2 * i] = (uint8_t)(code[i] >> 8);
    }
    struct flow_result *r = flow_analyse(&(struct flow_program){.regions = &region,
                                                                .region_count = 1,
                                                                .ranges = ranges,
                                                                .range_count = 1,
                                                                .vectors = BASE,
                                                                .steps_max = steps_max});
    assert_non_null(r);
    return r;
}

#define READ(code) read_code(code, sizeof(code) / sizeof *(code), 0)
/* r0 = PWR_CR3 */
#define R0_IS_CR3 0xF644, 0x000C, 0xF6C5, 0x0002 /* MOVW r0, #0x480C; MOVT r0, #0x5802 */
#define STORE_R1 0x6001                          /* STR r1, [r0] */
#define STOP 0xE7FE                              /* B . */

static void expect(struct flow_result *r, size_t sites, uint32_t value)
{
    assert_true(r->complete);
    assert_int_equal(r->site_count, sites);
    if (sites > 0) {
        assert_int_equal(r->sites[0].address, CR3);
        assert_int_equal(r->sites[0].value.count, 1);
        assert_int_equal(r->sites[0].value.one[0].value, value);
        assert_int_equal(r->sites[0].value.one[0].mask, FLOW_ALL);
    }
    flow_free(r);
}

static void store(void **state)
{
    static const uint16_t code[] = {R0_IS_CR3, 0x2102, STORE_R1, STOP};
    (void)state;
    expect(READ(code), 1, 2);
}

/* MOVS r1, #4; CMP r1, #4; ITE EQ; MOVEQ r1, #6; MOVNE r1, #9 */
static void it_block(void **state)
{
    static const uint16_t code[] = {R0_IS_CR3, 0x2104, 0x2904,   0xBF0C,
                                    0x2106,    0x2109, STORE_R1, STOP};
    (void)state;
    expect(READ(code), 1, 6);
}

/* CMP r2, #1; IT EQ; STREQ: it may be, and the value is known. */
static void it_block_unknown(void **state)
{
    static const uint16_t code[] = {R0_IS_CR3, 0x2102, 0x2A01, 0xBF08, STORE_R1, STOP};
    (void)state;
    expect(READ(code), 1, 2);
}

/* MOVS r2, #0; CBNZ r2, the store; B . */
static void never_taken(void **state)
{
    static const uint16_t code[] = {R0_IS_CR3, 0x2200, 0xB902, STOP, STORE_R1, STOP};
    (void)state;
    expect(READ(code), 0, 0);
}

/* The way is decided by what a callee returns: BL f; CBNZ r0, past MOVS r1, #3. f: MOVS r0, #0; BX LR. */
static void returned(void **state)
{
    static const uint16_t code[] = {0xF000, 0xF809, 0xB900, 0x2103, R0_IS_CR3, STORE_R1,
                                    STOP,   0xBF00, 0xBF00, 0x2000, 0x4770};
    (void)state;
    expect(READ(code), 1, 3);
}

/* A callee that never returns: BL f; the store. f: B . */
static void no_return(void **state)
{
    static const uint16_t code[] = {0xF000,   0xF808, 0x2103, R0_IS_CR3,
                                    STORE_R1, STOP,   0xBF00, STOP};
    (void)state;
    expect(READ(code), 0, 0);
}

/* Through the stack: PUSH {r1}; LDR r2, [SP]; STR r2, [r0]. */
static void through_stack(void **state)
{
    static const uint16_t code[] = {R0_IS_CR3, 0x2116, 0xB402, 0x9A00, 0x6002, STOP};
    (void)state;
    expect(READ(code), 1, 0x16);
}

/* A callee that does not touch r3 keeps it, whatever AAPCS allows: MOVS r3, #2; BL f; STR r3, [r0]. */
static void kept_register(void **state)
{
    static const uint16_t code[] = {0x2302, 0xF000, 0xF806, R0_IS_CR3, 0x6003,
                                    STOP,   0xBF00, 0x2100, 0x4770};
    (void)state;
    expect(READ(code), 1, 2);
}

/* A loop that counts for ever, and a recursion with another argument each time, come to an end. */
static void endless(void **state)
{
    static const uint16_t loop[] = {0x2000, 0x3001, 0xE7FD};
    static const uint16_t recursion[] = {0xB500, 0x3001, 0xF7FF, 0xFFFC, 0xBD00};
    (void)state;
    expect(READ(loop), 0, 0);
    expect(READ(recursion), 0, 0);
}

/* Whatever the bytes are, it ends, and within its steps. */
static void any_bytes(void **state)
{
    static uint16_t code[2000];
    uint32_t seed = 2463534242u;
    (void)state;
    for (unsigned trial = 0; trial < 300; trial++) {
        for (size_t i = 0; i < 2000; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            code[i] = (uint16_t)seed;
            if (seed % 3 == 0) { /* more of what goes on */
                code[i] = (uint16_t)(seed >> 8 & 0x7FFFu);
            }
        }
        struct flow_result *r = read_code(code, 2000, 20000);
        assert_true(r->steps <= 20001);
        flow_free(r);
    }
}

static void out_of_steps(void **state)
{
    static const uint16_t code[] = {R0_IS_CR3, 0x2102, STORE_R1, STOP};
    (void)state;
    struct flow_result *r = read_code(code, sizeof code / sizeof *code, 2);
    assert_false(r->complete);
    assert_int_equal(r->site_count, 0);
    flow_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(store),
        cmocka_unit_test(it_block),
        cmocka_unit_test(it_block_unknown),
        cmocka_unit_test(never_taken),
        cmocka_unit_test(returned),
        cmocka_unit_test(no_return),
        cmocka_unit_test(through_stack),
        cmocka_unit_test(kept_register),
        cmocka_unit_test(endless),
        cmocka_unit_test(any_bytes),
        cmocka_unit_test(out_of_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
