/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Each FP instruction against Unicorn's Cortex-M7, which executes it in a loop over many operands
 * and modes. What both judge alike is not left to one reader's understanding of the manual.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicorn/unicorn.h>

#include "tests/vboard/fp/operands.h"

#define CODE_BASE 0x08000000u
#define IN_BASE 0x20000000u
#define OUT_BASE 0x30000000u
#define PAGE 0x1000u
#define BATCH 4096u
/* Random operands of each instruction. CANDIAL_FP_COUNT=n makes it n for all together. */
#define RANDOM_COUNT 8192u

/* What the program reads and writes for each turn. */
struct sample {
    uint64_t v[3]; /* D0 to D2 */
    uint32_t fpscr, unused;
};

struct outcome {
    uint64_t d0;
    uint32_t fpscr, unused;
};

#define OP_AT 12 /* byte offset of the instruction under test */
#define END_AT 32
static const uint16_t program[] = {
    0xECB0, 0x0B06, /* again: vldmia r0!, {d0-d2} */
    0xF850, 0x4B08, /* ldr r4, [r0], #8 */
    0xEEE1, 0x4A10, /* vmsr fpscr, r4 */
    0xF3AF, 0x8000, /* the instruction */
    0xEEF1, 0x4A10, /* vmrs r4, fpscr */
    0xECA1, 0x0B02, /* vstmia r1!, {d0} */
    0xF841, 0x4B08, /* str r4, [r1], #8 */
    0x3A01,         /* subs r2, #1 */
    0xD1EF,         /* bne again */
};

struct machine {
    uc_engine *uc;
    struct sample in[BATCH];
    struct outcome out[BATCH];
};

static struct machine *machine_create(void)
{
    struct machine *m = calloc(1, sizeof *m);

    assert_non_null(m);
    assert_int_equal(uc_open(UC_ARCH_ARM, UC_MODE_THUMB, &m->uc), UC_ERR_OK);
    assert_int_equal(uc_ctl_set_cpu_model(m->uc, UC_CPU_ARM_CORTEX_M7), UC_ERR_OK);
    assert_int_equal(uc_mem_map(m->uc, CODE_BASE, PAGE, UC_PROT_ALL), UC_ERR_OK);
    assert_int_equal(uc_mem_map(m->uc, IN_BASE, sizeof m->in, UC_PROT_READ), UC_ERR_OK);
    assert_int_equal(uc_mem_map(m->uc, OUT_BASE, sizeof m->out, UC_PROT_READ | UC_PROT_WRITE),
                     UC_ERR_OK);
    return m;
}

static void machine_destroy(struct machine *m)
{
    uc_close(m->uc);
    free(m);
}

static void load_instruction(struct machine *m, uint32_t thumb)
{
    uint16_t code[sizeof(program) / 2];

    memcpy(code, program, sizeof program);
    code[OP_AT / 2] = (uint16_t)(thumb >> 16);
    code[OP_AT / 2 + 1] = (uint16_t)thumb;
    assert_int_equal(uc_mem_write(m->uc, CODE_BASE, code, sizeof code), UC_ERR_OK);
    uc_ctl_remove_cache(m->uc, CODE_BASE, CODE_BASE + PAGE);
}

static void execute(struct machine *m, uint32_t count)
{
    const uint32_t r0 = IN_BASE, r1 = OUT_BASE;

    uc_mem_write(m->uc, IN_BASE, m->in, sizeof m->in);
    uc_reg_write(m->uc, UC_ARM_REG_R0, &r0);
    uc_reg_write(m->uc, UC_ARM_REG_R1, &r1);
    uc_reg_write(m->uc, UC_ARM_REG_R2, &count);
    assert_int_equal(uc_emu_start(m->uc, CODE_BASE | 1, CODE_BASE + END_AT, 0, 0), UC_ERR_OK);
    uc_mem_read(m->uc, OUT_BASE, m->out, sizeof m->out);
}

/* The registers before: destination and operands where the encodings of ops.c have them. */
static void place(const struct op *op, const uint64_t v[3], uint64_t d[3])
{
    switch (op->operands) {
    case 1: /* fixed point: D0 */
        d[0] = d[2] = v[0];
        d[1] = 0;
        break;
    case 2:
        d[0] = 0;
        d[1] = v[0];
        d[2] = v[1];
        break;
    default:
        memcpy(d, v, 3 * sizeof d[0]);
    }
}

/* Where Unicorn 2.1 (QEMU 5.0) is not an Armv7-M it is asked for what an Armv7-M does: from fixed
 * point it rounds as FPSCR says, where PM0253 3.11.5 has "Round to Nearest". */
static uint32_t hidden_from_unicorn(const struct op *op)
{
    return op->kind == OP_FROM_FIXED ? FPSCR_RMODE : 0;
}

static void compare_one(const struct op *op, uint32_t fpscr, const uint64_t v[3],
                        const struct outcome *o)
{
    const int bits = op_result_bits(op);
    const uint64_t mask = bits == 0 ? 0 : UINT64_MAX >> (64 - bits);
    struct fp_state s = {fpscr};
    const uint64_t got = op_run(op, &s, v) & mask;

    const uint32_t theirs = o->fpscr | (fpscr & hidden_from_unicorn(op));

    if (got != (o->d0 & mask) || s.fpscr != theirs) {
        fail_msg("%s %016" PRIx64 " %016" PRIx64 " %016" PRIx64 " with FPSCR %08x: %016" PRIx64
                 " FPSCR %08x, Unicorn: %016" PRIx64 " FPSCR %08x",
                 op->name, v[0], v[1], v[2], fpscr, got, s.fpscr, o->d0 & mask, theirs);
    }
}

/* Samples gathered until a batch is full. */
struct batch {
    struct machine *m;
    const struct op *op;
    uint32_t count;
    uint64_t v[BATCH][3];
    uint32_t fpscr[BATCH];
};

static void flush(struct batch *b)
{
    if (b->count != 0) {
        execute(b->m, b->count);
    }
    for (uint32_t i = 0; i < b->count; i++) {
        compare_one(b->op, b->fpscr[i], b->v[i], &b->m->out[i]);
    }
    b->count = 0;
}

static void push(struct batch *b, uint32_t fpscr, const uint64_t v[3])
{
    struct sample *s = &b->m->in[b->count];

    memcpy(b->v[b->count], v, sizeof b->v[0]);
    place(b->op, v, s->v);
    b->fpscr[b->count] = fpscr;
    s->fpscr = fpscr & ~hidden_from_unicorn(b->op);
    if (++b->count == BATCH) {
        flush(b);
    }
}

static void push_edges(struct batch *b)
{
    size_t count, few;
    const uint64_t *e = edges(op_operand_bits(b->op), &count, &few);
    const size_t n = b->op->operands == 1 ? count : few;

    for (size_t x = 0; x < n; x++) {
        for (size_t y = 0; y < (b->op->operands > 1 ? n : 1); y++) {
            for (size_t z = 0; z < (b->op->operands > 2 ? n : 1); z++) {
                for (uint32_t mode = 0; mode<32; mode += b->op->operands> 2 ? 5 : 1) {
                    push(b, mode << FPSCR_RMODE_SHIFT, (uint64_t[3]){e[x], e[y], e[z]});
                }
            }
        }
    }
}

static void each_instruction(void **state)
{
    (void)state;
    struct batch *b = calloc(1, sizeof *b);
    struct rng r = {UINT64_C(0xD1B54A32D192ED03)};
    const uint64_t count = random_count(RANDOM_COUNT * op_count) / op_count;

    assert_non_null(b);
    b->m = machine_create();
    for (size_t i = 0; i < op_count; i++) {
        b->op = &ops[i];
        load_instruction(b->m, b->op->thumb);
        push_edges(b);
        for (uint64_t n = 0; n < count; n++) {
            uint64_t v[3];

            random_operands(&r, b->op, v);
            push(b, random_fpscr(&r), v);
        }
        flush(b);
    }
    machine_destroy(b->m);
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_instruction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
