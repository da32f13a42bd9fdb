/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Instructions by hand, after the encodings of DDI 0403 A7.7. */
#include "tests/formats/cmocka_head.h"

#include "check/flow_decode.h"

#include <string.h>

#define PC 0x08000100u

static struct flow_insn wide(uint16_t first, uint16_t second)
{
    struct flow_insn i = flow_decode(first, second, PC);
    assert_int_equal(i.length, 4);
    return i;
}

static struct flow_insn narrow(uint16_t first)
{
    struct flow_insn i = flow_decode(first, 0, PC);
    assert_int_equal(i.length, 2);
    return i;
}

static void immediates(void **state)
{
    (void)state;
    assert_int_equal(wide(0xF04F, 0x4180).imm, 0x40000000u); /* MOV.W r1, #0x40000000 */
    assert_int_equal(wide(0xF04F, 0x10FF).imm, 0x00FF00FFu);
    assert_int_equal(wide(0xF04F, 0x20FF).imm, 0xFF00FF00u);
    assert_int_equal(wide(0xF04F, 0x30FF).imm, 0xFFFFFFFFu);
    struct flow_insn i = wide(0xF644, 0x0000); /* MOVW r0, #0x4800 */
    assert_int_equal(i.op, FLOW_ALU);
    assert_int_equal(i.alu, FLOW_MOV);
    assert_int_equal(i.imm, 0x4800);
    i = wide(0xF6C5, 0x0002); /* MOVT r0, #0x5802 */
    assert_int_equal(i.op, FLOW_MOVT);
    assert_int_equal(i.rd, 0);
    assert_int_equal(i.imm, 0x5802);
}

static void bit_fields(void **state)
{
    (void)state;
    struct flow_insn i = wide(0xF36F, 0x0205); /* BFC r2, #0, #6 */
    assert_int_equal(i.op, FLOW_INSERT);
    assert_int_equal(i.rn, FLOW_NO_REG);
    assert_int_equal(i.lsb, 0);
    assert_int_equal(i.width, 6);
    i = wide(0xF361, 0x328F); /* BFI r2, r1, #14, #2 */
    assert_int_equal(i.rn, 1);
    assert_int_equal(i.lsb, 14);
    assert_int_equal(i.width, 2);
    i = wide(0xF3C3, 0x1347); /* UBFX r3, r3, #5, #8 */
    assert_int_equal(i.op, FLOW_EXTRACT);
    assert_int_equal(i.lsb, 5);
    assert_int_equal(i.width, 8);
}

static void memory(void **state)
{
    (void)state;
    struct flow_insn i = narrow(0x60DA); /* STR r2, [r3, #12] */
    assert_int_equal(i.op, FLOW_SINGLE);
    assert_false(i.load);
    assert_int_equal(i.rn, 3);
    assert_int_equal(i.imm, 12);
    i = wide(0xF843, 0x2C04); /* STR r2, [r3, #-4] */
    assert_int_equal(i.imm, 0xFFFFFFFCu);
    assert_false(i.writeback);
    i = wide(0xF843, 0x2B04); /* STR r2, [r3], #4 */
    assert_false(i.pre);
    assert_true(i.writeback);
    i = wide(0xF843, 0x2024); /* STR r2, [r3, r4, LSL #2] */
    assert_int_equal(i.rm, 4);
    assert_int_equal(i.shift, 2);
    i = wide(0xE9C3, 0x1202); /* STRD r1, r2, [r3, #8] */
    assert_int_equal(i.op, FLOW_DUAL);
    assert_int_equal(i.imm, 8);
    i = wide(0xE843, 0x2103); /* STREX r1, r2, [r3, #12] */
    assert_true(i.may_fail);
    assert_int_equal(i.ra, 1);
    assert_int_equal(i.imm, 12);
    i = wide(0xEDC3, 0x7A03); /* VSTR s15, [r3, #12] */
    assert_int_equal(i.op, FLOW_VECTOR);
    assert_int_equal(i.size, 4);
    assert_int_equal(i.imm, 12);
    i = narrow(0xC31C); /* STM r3!, {r2-r4} */
    assert_int_equal(i.op, FLOW_MULTIPLE);
    assert_int_equal(i.list, 0x1C);
}

static void branches(void **state)
{
    (void)state;
    assert_int_equal(narrow(0xE7FE).imm, PC);                     /* B . */
    assert_int_equal(narrow(0xD0FE).imm, PC);                     /* BEQ . */
    assert_int_equal(narrow(0xB10B).imm, PC + 6);                 /* CBZ r3, .+6 */
    assert_int_equal(wide(0xF7FF, 0xFFFE).imm, PC);               /* BL . */
    assert_int_equal(wide(0xF000, 0xF800).imm, PC + 4);           /* BL .+4 */
    assert_int_equal(wide(0xF43F, 0xAFFE).imm, PC);               /* BEQ.W . */
    assert_int_equal(wide(0xF7FF, 0xBFFE).imm, PC);               /* B.W . */
    assert_int_equal(narrow(0x4770).op, FLOW_BRANCH_REG);         /* BX LR */
    assert_int_equal(narrow(0x4798).op, FLOW_CALL_REG);           /* BLX r3 */
    assert_int_equal(wide(0xE8DF, 0xF003).op, FLOW_BRANCH_TABLE); /* TBB [PC, r3] */
    assert_int_equal(narrow(0xBF08).op, FLOW_IF_THEN);
    assert_int_equal(narrow(0xDE00).op, FLOW_UNDEFINED);
    assert_int_equal(wide(0xF7F0, 0xA000).op, FLOW_UNDEFINED);
}

/* What is not followed still overwrites its registers. */
static void clobbers(void **state)
{
    (void)state;
    static const struct {
        uint16_t first, second, registers;
    } rows[] = {
        {0xBA13, 0, 1u << 3},                /* REV r3, r2 */
        {0xFAB2, 0xF382, 1u << 3},           /* CLZ r3, r2 */
        {0xFBA1, 0x2304, 1u << 2 | 1u << 3}, /* UMULL r2, r3, r1, r4 */
        {0xFBB1, 0xF3F4, 1u << 3},           /* UDIV r3, r1, r4 */
        {0xF3EF, 0x8310, 1u << 3},           /* MRS r3, PRIMASK */
        {0xEE17, 0x3A90, 1u << 3},           /* VMOV r3, s15 */
        {0xEC53, 0x2B10, 1u << 2 | 1u << 3}, /* VMOV r2, r3, d0 */
        {0xF303, 0x0307, 1u << 3},           /* SSAT r3, #8, r3 */
        {0xEAC1, 0x0302, 1u << 3},           /* PKHBT r3, r1, r2 */
        {0xFA81, 0xF342, 1u << 3},           /* UADD8 r3, r1, r2 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct flow_insn insn = flow_decode(rows[i].first, rows[i].second, PC);
        assert_int_equal(flow_writes(&insn), rows[i].registers);
    }
}

/* Any bytes are an instruction or none, and name registers that there are. */
static void everything(void **state)
{
    (void)state;
    for (uint32_t first = 0; first < 0x10000; first++) {
        for (uint32_t k = 0; k < 64; k++) {
            uint16_t second = (uint16_t)(k * 0x9E37u + first * 7u);
            struct flow_insn i = flow_decode((uint16_t)first, second, PC);
            assert_true(i.length == (first >= 0xE800 ? 4 : 2));
            assert_true(i.lsb + i.width <= 40 && i.shift <= 32);
            if (i.op == FLOW_EXTRACT) {
                assert_true(i.width >= 1 && i.lsb + i.width <= 32);
            }
            (void)flow_writes(&i);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(immediates), cmocka_unit_test(bit_fields), cmocka_unit_test(memory),
        cmocka_unit_test(branches),   cmocka_unit_test(clobbers),   cmocka_unit_test(everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
