/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What every register of the system models must do because its table says so. */
#include "system_testkit.h"

#include <string.h>

static const char *const names[] = {"ART", "FLASH", "SYSCFG", "IWDG1", "RCC", "PWR", "DBGMCU"};
#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

typedef void (*visitor)(struct kit *k, struct periph *p, const struct reg *r, uint32_t address);

static void visit(struct kit *k, visitor v)
{
    for (size_t i = 0; i < NAME_COUNT; i++) {
        struct periph *p = chip_periph(&k->chip, names[i]);
        for (unsigned slot = 0; slot < p->model->slot_count; slot++) {
            const struct reg *r = &p->model->regs[slot];
            if (r->name != NULL) {
                v(k, p, r, p->base + r->offset);
            }
        }
    }
}

/* Everything clocked, so that gates do not hide registers. */
static void clock_all(struct kit *k)
{
    as(k, MASTER_CM4); /* the CM7's banks keep their reset values */
    put(k, RCC_APB4ENR, 0x00010002);
    put(k, RCC_REGS + 0x0D8, 1u << 14);
    as(k, MASTER_CM7);
}

static void offset_is_free(struct kit *k, struct periph *p, const struct reg *r, uint32_t address)
{
    (void)k;
    (void)address;
    assert_true(r->offset % 4 == 0 && r->offset < p->model->span);
    const struct reg *there = periph_reg_at(p, r->offset, NULL);
    assert_ptr_equal(there, r); /* no two registers at one place */
}

static void masks_are_apart(struct kit *k, struct periph *p, const struct reg *r, uint32_t address)
{
    (void)k;
    (void)p;
    (void)address;
    assert_int_equal(r->rw & (r->ro | r->wo | r->w1c | r->w0c | r->w1s), 0);
    assert_int_equal(r->ro & (r->wo | r->w1c | r->w0c | r->w1s), 0);
    assert_int_equal(r->wo & r->reset, 0);
}

static void reset_value_is_read(struct kit *k, struct periph *p, const struct reg *r,
                                uint32_t address)
{
    (void)p;
    bool options = strcmp(p->name, "SYSCFG") == 0 && r->offset >= 0x300;
    bool cm4_bank = strcmp(p->name, "RCC") == 0 && r->offset >= 0x190;
    if (r->read != NULL || options || cm4_bank) {
        return; /* flags and option bytes: named tests */
    }
    assert_int_equal(get(k, address), r->reset & ~r->wo);
}

static void read_only_bits_stay(struct kit *k, struct periph *p, const struct reg *r,
                                uint32_t address)
{
    if (r->rw != 0 || r->wo != 0 || r->w1s != 0) {
        return;
    }
    uint32_t before = get(k, address);
    k->chip.findings.count = 0;
    put(k, address, ~before);
    assert_int_equal(get(k, address), before);
    assert_int_equal(found(k, FINDING_READ_ONLY), 1);
    (void)p;
}

static void every_register_has_its_own_place(void **state)
{
    visit(*state, offset_is_free);
    visit(*state, masks_are_apart);
}

static void registers_read_their_reset_values(void **state)
{
    clock_all(*state);
    visit(*state, reset_value_is_read);
}

static void read_only_registers_cannot_be_written(void **state)
{
    clock_all(*state);
    visit(*state, read_only_bits_stay);
}

static void reserved_bits_are_a_finding_and_do_not_stick(void **state)
{
    struct kit *k = *state;
    put(k, PWR_CR1, 0xF000C000u | 1u << 20);
    assert_int_equal(found(k, FINDING_RESERVED_BITS), 1);
    assert_int_equal(get(k, PWR_CR1), 0xF000C000u);
}

static void holes_are_a_finding(void **state)
{
    struct kit *k = *state;
    assert_int_equal(get(k, RCC_REGS + 0x014), 0);
    assert_int_equal(get(k, PWR_REGS + 0x1C), 0);
    assert_int_equal(found(k, FINDING_RESERVED_REG), 2);
}

/* Values that tests of whole registers see through read hooks, after power-on. */
static void flags_after_power_on(void **state)
{
    struct kit *k = *state;
    assert_int_equal(get(k, RCC_CR), 0x0000C025); /* HSI ready and divided, both domains clocked */
    assert_int_equal(get(k, RCC_CFGR), 0);
    assert_int_equal(get(k, RCC_REGS + 0x0D0), 0x00FE0000);
    assert_int_equal(get(k, PWR_CSR1), 0x4000);
    assert_int_equal(get(k, PWR_D3CR), 0x6000);
    assert_int_equal(get(k, PWR_CR3), 0x06);
    assert_int_equal(get(k, FLASH_REGS), 0x37);
    assert_int_equal(get(k, FLASH_REGS + 0x100), 0x37);
    assert_int_equal(get(k, FLASH_REGS + 0x1C), 0x17C6AAF0);
    assert_int_equal(get(k, DBGMCU_REGS), 0x20036450);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(every_register_has_its_own_place),
        KIT_TEST(registers_read_their_reset_values),
        KIT_TEST(read_only_registers_cannot_be_written),
        KIT_TEST(reserved_bits_are_a_finding_and_do_not_stick),
        KIT_TEST(holes_are_a_finding),
        KIT_TEST(flags_after_power_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
