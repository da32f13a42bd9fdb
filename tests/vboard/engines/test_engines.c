/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * vboard_engines SEED COUNT [LENGTH]: COUNT random sequences on both engines and both cores; registers,
 * flags and RAM must be the same after each. A difference prints what runs it alone. From 10,000 sequences
 * on each row of the decoder's tables must have been among them.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/vboard/engines/coverage.h"
#include "tests/vboard/engines/pair.h"

#define XPSR_SEEN 0xF80F0000u /* NZCVQ, GE */
#define SHOWN 40u
#define RENEWED 10000u /* sequences: after some more Unicorn 2.1.1 aborts when it forgets a page */
#define COVERED 1000000u /* instructions whose rows are counted: that takes time */

struct comparison {
    struct lone *exact, *oracle;
    struct coverage coverage;
    uint64_t instructions, differences;
};

static void random_state(struct random *r, struct lone_state *s)
{
    for (unsigned i = 0; i < 13; i++) {
        s->r[i] = random_value(r);
    }
    s->r[13] = RAM_BASE + RAM_SIZE / 2;
    s->r[14] = random_value(r);
    s->xpsr = 0x01000000u | (random_next(r) & XPSR_SEEN);
    s->fpscr = random_next(r) % 2 != 0 ? random_next(r) & 0x07C00000u : 0;
    for (unsigned i = 0; i < 32; i++) {
        s->s[i] = random_value(r);
    }
}

static void random_ram(struct random *r, struct comparison *c)
{
    for (unsigned i = 0; i < RAM_SIZE; i += 4) {
        uint32_t word = random_value(r);
        memcpy(c->exact->ram + i, &word, 4);
    }
    memcpy(c->oracle->ram, c->exact->ram, RAM_SIZE);
}

/* SMLAD sets Q if its sum of three overflows (DDI 0403 A7.7.143: 64 bits until then); Unicorn also where only
 * that of the products does. */
static uint32_t seen_bits(const struct random_code *code)
{
    for (unsigned i = 0; i < code->name_count; i++) {
        if (strncmp(code->names[i], "SMLAD", 5) == 0) {
            return XPSR_SEEN & ~(1u << 27);
        }
    }
    return XPSR_SEEN;
}

static bool same(const struct comparison *c, const struct random_code *code,
                 const struct lone_state *a, const struct lone_state *b)
{
    return a->stop == b->stop && memcmp(a->r, b->r, sizeof(a->r)) == 0 &&
           ((a->xpsr ^ b->xpsr) & seen_bits(code)) == 0 && a->fpscr == b->fpscr &&
           memcmp(a->s, b->s, sizeof(a->s)) == 0 &&
           memcmp(c->exact->ram, c->oracle->ram, RAM_SIZE) == 0;
}

static void show(const struct random_code *code, const struct lone_state *before,
                 const struct lone_state *a, const struct lone_state *b)
{
    for (unsigned i = 0; i < code->name_count; i++) {
        printf("    %08" PRIX32 " %s\n", code->ops[i], code->names[i]);
    }
    for (unsigned i = 0; i < 16; i++) {
        if (a->r[i] != b->r[i]) {
            printf("    r%u: %08" PRIX32 " -> %08" PRIX32 ", unicorn %08" PRIX32 "\n", i,
                   before->r[i], a->r[i], b->r[i]);
        }
    }
    for (unsigned i = 0; i < 32; i++) {
        if (a->s[i] != b->s[i]) {
            printf("    s%u: %08" PRIX32 " -> %08" PRIX32 ", unicorn %08" PRIX32 "\n", i,
                   before->s[i], a->s[i], b->s[i]);
        }
    }
    printf("    xpsr %08" PRIX32 " -> %08" PRIX32 ", unicorn %08" PRIX32 "; fpscr %08" PRIX32
           " -> %08" PRIX32 ", unicorn %08" PRIX32 "; stop %d, unicorn %d\n",
           before->xpsr, a->xpsr, b->xpsr, before->fpscr, a->fpscr, b->fpscr, a->stop, b->stop);
}

/* Decoded code, in short turns: the same, whatever the interpreter has joined to pairs. */
static bool repeats(struct comparison *c, uint64_t seed, const struct lone_state *before,
                    const uint8_t *ram, const struct lone_state *exact)
{
    struct lone_state again = {.stop = ENGINE_STOPPED};
    uint8_t then[RAM_SIZE];
    memcpy(then, c->exact->ram, RAM_SIZE);
    memcpy(c->exact->ram, ram, RAM_SIZE);
    lone_again(c->exact, seed % 2 != 0 ? 1 + (int64_t)(seed % 8) : 1000000, before, &again);
    return again.stop == exact->stop && memcmp(again.r, exact->r, sizeof(again.r)) == 0 &&
           again.xpsr == exact->xpsr && again.fpscr == exact->fpscr &&
           memcmp(again.s, exact->s, sizeof(again.s)) == 0 &&
           memcmp(c->exact->ram, then, RAM_SIZE) == 0;
}

static void compare(struct comparison *c, uint64_t seed, bool m7, unsigned length)
{
    struct random r = {seed};
    struct random_code code;
    struct lone_state before = {.stop = ENGINE_STOPPED};
    struct lone_state exact;
    struct lone_state oracle;
    uint8_t ram[RAM_SIZE];
    random_code_make(&code, &r, m7, length);
    random_state(&r, &before);
    random_ram(&r, c);
    memcpy(ram, c->exact->ram, RAM_SIZE);
    lone_masks(c->exact, &before);
    lone_run(c->exact, &code, &before, &exact);
    bool again = repeats(c, seed, &before, ram, &exact);
    lone_run(c->oracle, &code, &before, &oracle);
    c->instructions += code.name_count;
    if (c->instructions < COVERED) {
        coverage_add(&c->coverage, &code, m7);
    }
    if (!same(c, &code, &exact, &oracle) || !again) {
        c->differences++;
        if (c->differences <= SHOWN) {
            printf("differs: vboard_engines %" PRIu64 " 1 %u, %s%s\n", seed, length,
                   m7 ? "Cortex-M7" : "Cortex-M4", again ? "" : ", when decoded");
            show(&code, &before, &exact, &oracle);
        }
    }
}

static void end(struct comparison *c)
{
    lone_destroy(c->exact);
    lone_destroy(c->oracle);
}

static void begin(struct comparison *c, bool m7)
{
    enum engine_model model = m7 ? ENGINE_CORTEX_M7 : ENGINE_CORTEX_M4;
    c->exact = lone_create(&engine_armv7m, model);
    c->oracle = lone_create(&engine_unicorn, model);
}

static uint64_t compare_all(struct comparison *c, uint64_t seed, uint64_t count, bool m7,
                            unsigned length)
{
    for (uint64_t i = 0; i < count; i++) {
        if (i % RENEWED == 0 && i != 0) {
            end(c);
            begin(c, m7);
        }
        compare(c, seed + i, m7, length);
    }
    printf("%s: %" PRIu64 " instructions, %" PRIu64 " of %" PRIu64 " sequences differ\n",
           m7 ? "Cortex-M7" : "Cortex-M4", c->instructions, c->differences, count);
    return c->differences;
}

int main(int argc, char **argv)
{
    static struct comparison c; /* the M4's rows are a part of the M7's */
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 0) : 1000;
    unsigned length = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 0) : 6;
    uint64_t differences = 0;
    for (unsigned m7 = 0; m7 < 2; m7++) {
        begin(&c, m7 != 0);
        c.instructions = c.differences = 0;
        memset(&c.coverage, 0, sizeof(c.coverage));
        differences += compare_all(&c, seed, count, m7 != 0, length < 24 ? length : 24);
        end(&c);
    }
    unsigned compared, all;
    coverage_counts(&c.coverage, &compared, &all);
    printf("rows of the decoder compared: %u of %u\n", compared, all);
    bool whole = count < 10000 || coverage_missing(&c.coverage) == 0;
    return differences == 0 && whole ? 0 : 1;
}
