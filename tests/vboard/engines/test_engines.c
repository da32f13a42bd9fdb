/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * vboard_engines SEED COUNT [LENGTH]: COUNT random sequences on both engines and both cores; registers,
 * flags and RAM must be the same after each. A difference prints what runs it alone.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/vboard/engines/pair.h"

#define XPSR_SEEN 0xF80F0000u /* NZCVQ, GE */
#define SHOWN 40u

struct comparison {
    struct lone *exact, *oracle;
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

static bool same(const struct comparison *c, const struct lone_state *a, const struct lone_state *b)
{
    return a->stop == b->stop && memcmp(a->r, b->r, sizeof(a->r)) == 0 &&
           ((a->xpsr ^ b->xpsr) & XPSR_SEEN) == 0 && a->fpscr == b->fpscr &&
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

static void compare(struct comparison *c, uint64_t seed, bool m7, unsigned length)
{
    struct random r = {seed};
    struct random_code code;
    struct lone_state before = {.stop = ENGINE_STOPPED};
    struct lone_state exact;
    struct lone_state oracle;
    random_code_make(&code, &r, m7, length);
    random_state(&r, &before);
    random_ram(&r, c);
    lone_run(c->exact, &code, &before, &exact);
    lone_run(c->oracle, &code, &before, &oracle);
    c->instructions += length;
    if (!same(c, &exact, &oracle)) {
        c->differences++;
        if (c->differences <= SHOWN) {
            printf("differs: vboard_engines %" PRIu64 " 1 %u, %s\n", seed, length,
                   m7 ? "Cortex-M7" : "Cortex-M4");
            show(&code, &before, &exact, &oracle);
        }
    }
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 0) : 1000;
    unsigned length = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 0) : 6;
    uint64_t differences = 0;
    for (unsigned m7 = 0; m7 < 2; m7++) {
        enum engine_model model = m7 != 0 ? ENGINE_CORTEX_M7 : ENGINE_CORTEX_M4;
        struct comparison c = {lone_create(&engine_armv7m, model),
                               lone_create(&engine_unicorn, model), 0, 0};
        for (uint64_t i = 0; i < count; i++) {
            compare(&c, seed + i, m7 != 0, length < 40 ? length : 40);
        }
        printf("%s: %" PRIu64 " instructions, %" PRIu64 " of %" PRIu64 " sequences differ\n",
               m7 != 0 ? "Cortex-M7" : "Cortex-M4", c.instructions, c.differences, count);
        differences += c.differences;
        lone_destroy(c.exact);
        lone_destroy(c.oracle);
    }
    return differences == 0 ? 0 : 1;
}
