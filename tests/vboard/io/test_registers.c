/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What every declared register of the I/O models must do on the bus: reset value, reserved and
 * read-only bits, holes, widths. The declarations themselves are held against RM0399 elsewhere. */
#include "tests/vboard/io/io_rig.h"

#include <string.h>

struct walk {
    struct io_rig *rig;
    struct periph *p;
    const struct reg *reg;
    uint32_t address;
};

static void for_each(struct io_rig *r, void (*check)(const struct walk *w))
{
    for (size_t i = 0; i < r->chip.bus.periph_count; i++) {
        struct periph *p = r->chip.bus.periphs[i];
        for (uint32_t offset = 0; offset < p->model->span; offset += 4) {
            const struct reg *reg = periph_reg_at(p, offset, NULL);
            if (reg != NULL) {
                struct walk w = {r, p, reg, p->base + offset};
                check(&w);
            }
        }
    }
}

static void has_reset_value(const struct walk *w)
{
    if (strcmp(w->reg->name, "IDR") == 0) {
        return; /* "XXXX": shows the pins */
    }
    as(w->rig, MASTER_DEBUG);
    assert_int_equal(rd(w->rig, w->address), w->reg->reset);
}

static void test_reset_values(void **state)
{
    for_each(*state, has_reset_value);
}

/* A write of all ones and a peripheral reset bring every register back. */
static void scribble(const struct walk *w)
{
    wr(w->rig, w->address, ~0u);
}

static void test_reset_after_writes(void **state)
{
    struct io_rig *r = *state;
    for_each(r, scribble);
    run_until(r, VTIME_MS(1));
    for (size_t i = 0; i < r->chip.bus.periph_count; i++) {
        periph_reset(r->chip.bus.periphs[i], RESET_SYSTEM);
    }
    for_each(r, has_reset_value);
    findings_clear(&r->chip.findings);
}

static void rejects_reserved(const struct walk *w)
{
    const struct reg *g = w->reg;
    uint32_t reserved = ~(g->rw | g->ro | g->wo | g->w1c | g->w0c | g->w1s | g->ignored);
    bool writable = (g->rw | g->wo | g->w1c | g->w0c | g->w1s) != 0;
    if (!writable || reserved == 0) {
        return;
    }
    uint32_t bit = reserved & (~reserved + 1u);
    as(w->rig, MASTER_CM7);
    uint32_t before = w->p->values[w->p->slot_at[(w->address - w->p->base) / 4] - 1];
    wr(w->rig, w->address, before ^ bit);
    assert_int_equal(rd(w->rig, w->address) & bit, before & bit);
    assert_int_equal(take_findings(w->rig, FINDING_RESERVED_BITS), 1);
}

static void test_reserved_bits(void **state)
{
    for_each(*state, rejects_reserved);
}

static void test_holes(void **state)
{
    struct io_rig *r = *state;
    assert_int_equal(rd(r, TIM6 + 0x08), 0);
    assert_int_equal(take_findings(r, FINDING_RESERVED_REG), 1);
    wr(r, GPIOA + 0x28, 1);
    assert_int_equal(take_findings(r, FINDING_RESERVED_REG), 1);
}

/* RM0399 11.4 and 21.6: words only. */
static void test_word_only(void **state)
{
    struct io_rig *r = *state;
    wr_size(r, EXTI + 0x80, 2, 1);
    assert_int_equal(take_findings(r, FINDING_BAD_SIZE), 1);
    assert_int_equal(rd(r, EXTI + 0x80), 0xFFC00000u);
    wr_size(r, HSEM + 0x100, 1, 1);
    assert_int_equal(take_findings(r, FINDING_BAD_SIZE), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reset_values, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_reset_after_writes, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_reserved_bits, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_holes, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_word_only, rig_setup, rig_teardown),
    };
    return cmocka_run_group_tests_name("io registers", tests, NULL, NULL);
}
