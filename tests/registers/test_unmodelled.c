/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A powered chip: setting a field that its model does not act on is a finding that names the field, and
 * of all others none is. One test a peripheral.
 */
#include "tests/registers/cmocka_head.h"

#include <stdio.h>
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/registers/live_bench.h"
#include "vboard/chip/fields.h"
#include "vboard/chip/finding_text.h"

static struct reg_table table;
static unsigned problems;

/* Bits of unmodelled fields that findings name. FLASH's second mapping names the register of the first. */
static uint32_t named(const struct live_bench *b)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < b->chip.findings.count; i++) {
        const struct finding *f = &b->chip.findings.list[i];
        if (f->code == FOUND_UNMODELLED_FIELD) {
            mask |= f->data.mask;
        }
    }
    return mask;
}

static void problem(const struct chip_entry *e, const struct reg *r, const struct field_walk *w,
                    const char *what)
{
    char name[32];
    fprintf(stderr, "%s.%s.%s: %s\n", e->name, r->name, field_name(w, name, sizeof(name)), what);
    problems++;
}

/* Flips a field and puts it back. */
static void try_field(struct live_bench *b, const struct chip_entry *e, const struct reg *r,
                      const struct field_walk *w)
{
    uint32_t address = e->base + r->offset;
    uint32_t old = live_look(b, address);
    uint32_t asks = w->bits & (r->rw | r->wo | r->w1s);
    bool left_out = w->field->use == FIELD_UNMODELLED || w->field->use == FIELD_DECISIVE;
    findings_clear(&b->chip.findings);
    live_write(b, address, old ^ w->bits);
    uint32_t said = named(b);
    if (left_out && asks != 0 && (live_look(b, address) != old || r->wo != 0) && said != w->bits) {
        problem(e, r, w, said == 0 ? "set, and no finding" : "the finding names other fields");
    }
    if (!left_out && (said & w->bits) != 0 && w->field->use != FIELD_PARTLY) {
        problem(e, r, w, "acted upon, yet a finding");
    }
    findings_clear(&b->chip.findings);
    live_write(b, address, old);
    if (left_out && (old & w->bits) == (r->reset & w->bits) && named(b) != 0) {
        problem(e, r, w, "back at its reset value, and still a finding");
    }
}

static void peripheral(void **state)
{
    const struct chip_entry *e = *state;
    const char *layout = reg_table_instance(&table, e->name)->layout;
    problems = 0;
    for (unsigned slot = 0; slot < e->model->slot_count; slot++) {
        const struct reg *r = &e->model->regs[slot];
        struct live_bench b;
        struct field_walk w;
        if (r->name == NULL || reg_bits(r) == r->ro) {
            continue;
        }
        live_bench_start(&b, &table, true);
        live_unlock(&b, &table, layout, r->name);
        field_walk_begin(&w, e->model, r->offset);
        while (field_walk_next(&w)) {
            try_field(&b, e, r, &w);
        }
        live_bench_stop(&b);
    }
    assert_int_equal(problems, 0);
}

/* The text is what the three of them are known by. */
static void text_names_the_field(void **state)
{
    (void)state;
    struct live_bench b;
    live_bench_start(&b, &table, true);
    findings_clear(&b.chip.findings);
    live_write(&b, 0x40000060, 1u << 14); /* TIM2_AF1.ETRSEL */
    assert_int_equal(b.chip.findings.count, 1);
    struct finding_text text = finding_text(&b.chip, &b.chip.findings.list[0]);
    assert_string_equal(text.text, "TIM2.AF1.ETRSEL not modelled");
    live_write(&b, 0x40000060, 1u << 14); /* nothing new is asked for */
    assert_int_equal(b.chip.findings.list[0].count, 1);
    live_bench_stop(&b);
}

static void expect_text(struct live_bench *b, uint32_t address, uint32_t value, const char *text)
{
    findings_clear(&b->chip.findings);
    live_write(b, address, value);
    assert_int_equal(b->chip.findings.count, text != NULL ? 1 : 0);
    if (text != NULL) {
        assert_string_equal(finding_text(&b->chip, &b->chip.findings.list[0]).text, text);
    }
}

/* Fields of which some values or one of two meanings are left out: the model says so itself. */
static void parts_are_reported(void **state)
{
    (void)state;
    struct live_bench b;
    live_bench_start(&b, &table, true);
    expect_text(&b, 0x40000018, 0x0031, "TIM2.CCMR1.IC1F not modelled"); /* input */
    expect_text(&b, 0x40000018, 0x0001, NULL);
    expect_text(&b, 0x40000018, 0x00E0, NULL); /* output, PWM mode 1 */
    expect_text(&b, 0x40000018, 0x01002060, "TIM2.CCMR1.OC2M not modelled"); /* mode 10: reserved */
    expect_text(&b, 0x40000018, 0x00000060, NULL);
    expect_text(&b, 0x40014068, 4, NULL); /* TIM15_TISEL: LSE */
    expect_text(&b, 0x40014068, 6, "TIM15.TISEL.TI1SEL not modelled");
    live_bench_stop(&b);
}

int main(void)
{
    reg_table_load(&table);
    struct CMUnitTest tests[160];
    size_t count = 0;
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(text_names_the_field);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(parts_are_reported);
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        if (e->model == NULL) {
            continue;
        }
        assert(count < sizeof(tests) / sizeof(tests[0]));
        tests[count++] = (struct CMUnitTest){
            .name = e->name, .test_func = peripheral, .initial_state = (void *)(uintptr_t)e};
    }
    int result = _cmocka_run_group_tests("unmodelled", tests, count, NULL, NULL);
    reg_table_free(&table);
    return result;
}
