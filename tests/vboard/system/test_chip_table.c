/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The STM32H755 as data: what a table can be wrong in without anybody noticing. Known values are RM0399
 * Rev 4's and DS12919's, by section.
 */
#include "system_testkit.h"

#include <stdio.h>
#include <string.h>

#include "vboard/chips/stm32h755.h"

#define EXTI_INPUTS 88u /* Table 152; 88 is reserved */

static const struct chip_entry *row(const char *name)
{
    const struct chip_entry *e = chip_entry_named(stm32h755_entries, name);
    assert_non_null(e);
    return e;
}

/* ---- rows ---- */

static void rows_are_in_order_and_apart(void **state)
{
    uint32_t end = 0;
    (void)state;
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        assert_true(e->base >= end);
        assert_true((e->model == NULL) == (e->span != 0));
        end = e->base + chip_entry_span(e);
        assert_ptr_equal(chip_entry_named(stm32h755_entries, e->name), e);
        assert_ptr_equal(chip_entry_at(stm32h755_entries, e->base), e);
        assert_ptr_equal(chip_entry_at(stm32h755_entries, end - 1), e);
    }
}

/* The bits of RCC's nine xxxENR that enable no peripheral of the table: RAMs, FLITFEN, Ethernet's and ULPI's
 * further clocks (9.7.39 to 9.7.43). */
static uint32_t other_gates(uint32_t enr)
{
    switch (enr) {
    case 0x0D4:
        return 0xF0000100u;
    case 0x0D8:
        return 1u << 16 | 1u << 17 | 1u << 26 | 1u << 28;
    case 0x0DC:
        return 7u << 29;
    case 0x0E0:
        return 1u << 28;
    default:
        return 0;
    }
}

static void gates_are_those_of_rcc(void **state)
{
    static const uint32_t dsien = 1u << 4; /* STM32H7x7 only; RM0399 covers both */
    (void)state;
    for (uint32_t enr = 0x0D4; enr <= 0x0F4; enr += 4) {
        uint32_t used = other_gates(enr);
        for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
            used |= e->enr == enr ? 1u << e->enr_bit : 0;
        }
        for (unsigned slot = 0; slot < rcc_model.slot_count; slot++) {
            const struct reg *r = &rcc_model.regs[slot];
            if (r->name != NULL && r->offset == enr) {
                uint32_t bits = r->rw | r->w1s | (enr == 0x0F4 ? 1u << 16 : 0);
                assert_int_equal(used & ~(enr == 0x0E4 ? dsien : 0),
                                 bits & ~(enr == 0x0E4 ? dsien : 0));
            }
        }
    }
}

/* Numbers of Table 149 that no row has: reserved ones, and those of the cores themselves (64, 65 SEV,
 * 81 FPU). */
static bool is_no_periphs(unsigned number)
{
    static const uint8_t none[] = {42, 64, 65, 66, 67, 81, 147};
    return memchr(none, (int)number, sizeof(none)) != NULL;
}

static void every_interrupt_has_a_source(void **state)
{
    uint8_t cores[150] = {0};
    (void)state;
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        for (unsigned i = 0; i < 24 && e->irq[i].cores != 0; i++) {
            if (e->irq[i].number != IRQ_NMI) {
                assert_true(e->irq[i].number < 150);
                cores[e->irq[i].number] |= e->irq[i].cores;
            }
        }
    }
    for (unsigned n = 0; n < 150; n++) {
        unsigned wanted = is_no_periphs(n) ? 0 : n == 125 ? 1 : n == 126 ? 2 : 3;
        if (cores[n] != wanted) {
            fail_msg("NVIC %u: cores %u, not %u", n, cores[n], wanted);
        }
    }
}

/* Inputs of EXTI without a row: pins, SEV (79, 80), reserved ones (45, 81, 83). */
static void every_input_of_exti_has_a_source(void **state)
{
    bool driven[EXTI_INPUTS] = {false};
    (void)state;
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        for (unsigned i = 0; i < 8 && e->exti[i].input != 0; i++) {
            assert_true(e->exti[i].input < EXTI_INPUTS);
            assert_false(driven[e->exti[i].input]);
            driven[e->exti[i].input] = true;
        }
    }
    for (unsigned n = 16; n < EXTI_INPUTS; n++) {
        bool none = n == 45 || n == 79 || n == 80 || n == 81 || n == 83;
        if (driven[n] == none) {
            fail_msg("EXTI input %u", n);
        }
    }
}

/* Tables 126 and 130: after the eight request generators, without gaps but 54. */
static void dma_requests_are_complete(void **state)
{
    unsigned seen[3][128] = {{0}};
    (void)state;
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        for (unsigned i = 0; i < 8 && e->dma[i].name != NULL; i++) {
            assert_in_range(e->dma[i].mux, 1, 2);
            seen[e->dma[i].mux][e->dma[i].number]++;
        }
    }
    for (unsigned n = 0; n < 128; n++) {
        assert_int_equal(seen[1][n], n >= 9 && n <= 115 && n != 54);
        assert_int_equal(seen[2][n], n >= 9 && n <= 17);
    }
}

/* ---- kernel clocks: the table against RCC's model ---- */

static void kernel_clocks_do_not_overlap(void **state)
{
    (void)state;
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        const struct kernel_clock *k = e->kernel;
        for (const struct chip_entry *o = stm32h755_entries; k != NULL && o->name != NULL; o++) {
            const struct kernel_clock *other = o->kernel;
            if (other == NULL || other == k || other->bits == 0 || other->reg != k->reg) {
                continue;
            }
            uint32_t mine = ((1u << k->bits) - 1u) << k->shift;
            assert_int_equal(mine & ((1u << other->bits) - 1u) << other->shift, 0);
        }
    }
}

/* All sources run, each at a frequency of its own. */
static void start_sources(struct kit *k)
{
    set_bits(k, PWR_CR1, 1u << 8);
    put(k, RCC_REGS + 0x070, 1); /* LSEON */
    put(k, RCC_REGS + 0x074, 1);
    set_bits(k, RCC_CR, 1u << 7 | 1u << 12 | 1u << 16);
    run_for(k, VTIME_S(3));
    put(k, RCC_REGS + 0x028, 0x00404042); /* HSE / 4 each */
    put(k, RCC_REGS + 0x030, 0x0102038F - 1);
    put(k, RCC_REGS + 0x038, 0x0203048F - 3);
    put(k, RCC_REGS + 0x040, 0x0304058F - 5);
    put(k, RCC_REGS + 0x02C, 0x01FF0000);
    set_bits(k, RCC_CR, 1u << 24 | 1u << 26 | 1u << 28);
    run_for(k, VTIME_MS(1));
}

static void multiplexers_switch_as_the_table_says(void **state)
{
    struct kit *k = *state;
    unsigned tried = 0;
    start_sources(k);
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        const struct kernel_clock *m = e->kernel;
        /* CLK_RTC also needs RTCEN and is chosen once for ever: test_system_rtc. */
        if (m == NULL || m->bits == 0 || m->output == CLK_COUNT || m->output == CLK_RTC) {
            continue;
        }
        for (uint32_t value = 0; value < 1u << m->bits; value++) {
            put(k, RCC_REGS + m->reg, value << m->shift);
            uint64_t in = m->inputs[value] == CLK_COUNT ? 0 : k->chip.clocks[m->inputs[value]].uhz;
            assert_true(k->chip.clocks[m->output].uhz == in);
            assert_true((m->inputs[value] == CLK_COUNT) == (in == 0));
            tried++;
        }
    }
    assert_true(tried >= 100);
}

/* ---- known values ---- */

static void known_rows(void **state)
{
    (void)state;
    assert_int_equal(row("SPI1")->base, 0x40013000);
    assert_int_equal(row("SPI1")->enr, 0x0F0);
    assert_int_equal(row("SPI1")->enr_bit, 12);
    assert_int_equal(row("SPI1")->irq[0].number, 35);
    assert_int_equal(row("SPI1")->exti[0].input, 36);
    assert_string_equal(row("SPI1")->dma[1].name, "TX");
    assert_int_equal(row("SPI1")->dma[1].number, 38);
    assert_string_equal(row("SPI1")->kernel->field, "D2CCIP1R.SPI123SEL");
    assert_int_equal(row("SPI1")->kernel->inputs[4], CLK_PER);
    assert_int_equal(row("I2C4")->dma[0].mux, 2);
    assert_int_equal(row("USART1")->dma[0].number, 41);
    assert_int_equal(row("TIM1")->irq[3].number, 27);
    assert_int_equal(row("TIM1")->kernel->output, CLK_TIMY);
    assert_int_equal(row("FMC")->kernel->inputs[0], CLK_AXI);
    assert_int_equal(row("WWDG1")->irq[1].cores, 2);
}

static void registers_have_names_and_addresses(void **state)
{
    static const struct {
        uint32_t address;
        const char *name;
    } known[] = {{0x5802480C, "PWR_CR3"},      {0x58024400, "RCC_CR"},
                 {0x52002000, "FLASH_ACR"},    {0x58020020, "GPIOA_AFRL"},
                 {0x58000014, "EXTI_D3PCR1H"}, {0x5800040C, "SYSCFG_EXTICR2"},
                 {0x5C003010, "SWO+0x10"},     {0x58024402, "RCC_CR"}};
    char text[40];
    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        assert_true(chip_register_name(stm32h755_entries, known[i].address, text, sizeof(text)));
        assert_string_equal(text, known[i].name);
    }
    assert_false(chip_register_name(stm32h755_entries, 0x40003000, text, sizeof(text)));
    assert_false(chip_register_name(stm32h755_entries, 0x5802481C, text, sizeof(text)));
    assert_int_equal(chip_register_address(stm32h755_entries, "PWR", "CR3"), 0x5802480C);
    assert_int_equal(chip_register_address(stm32h755_entries, "SYSCFG", "EXTICR2"), 0x5800040C);
    assert_int_equal(chip_register_address(stm32h755_entries, "PWR", "CR9"), 0);
    assert_int_equal(chip_register_address(stm32h755_entries, "SWO", "CODR"), 0);
    assert_int_equal(chip_register_address(stm32h755_entries, "PW", "CR1"), 0);
}

/* ---- pins ---- */

static void functions_belong_to_peripherals(void **state)
{
    (void)state;
    for (const struct pin_row *p = stm32h755_pins; p->port != 0; p++) {
        for (unsigned af = 0; af < AF_EVENTOUT; af++) {
            const char *f = p->af[af];
            if (f != NULL &&
                pin_function_owner(stm32h755_entries, stm32h755_pin_owners, f) == NULL) {
                fail_msg("P%c%u AF%u %s: whose?", p->port, p->number, af, f);
            }
        }
    }
    assert_null(pin_function_owner(stm32h755_entries, stm32h755_pin_owners, "EVENTOUT"));
    assert_ptr_equal(pin_function_owner(stm32h755_entries, stm32h755_pin_owners, "I2S2_MCK"),
                     row("SPI2"));
    assert_ptr_equal(
        pin_function_owner(stm32h755_entries, stm32h755_pin_owners, "USB_OTG_HS_ULPI_D0"),
        row("USB1 OTG_HS"));
}

static void pins_are_in_order(void **state)
{
    const struct pin_row *before = NULL;
    unsigned count = 0;
    (void)state;
    for (const struct pin_row *p = stm32h755_pins; p->port != 0; p++) {
        assert_in_range(p->port, 'A', 'K');
        assert_true(p->number < (p->port == 'K' ? 8 : 16));
        assert_true(before == NULL || before->port < p->port ||
                    (before->port == p->port && before->number < p->number));
        before = p;
        count++;
    }
    assert_int_equal(count, 162); /* six of the 168 have nothing but EVENTOUT */
}

/* What the models drive or hear must be on some pin, under that very name. */
static void functions_of_models_are_on_pins(void **state)
{
    static struct stm32h755 soc;
    const struct chip_params params = {0};
    struct supply supply;
    (void)state;
    supply_init(&supply, SUPPLY_SMPS);
    assert_int_equal(stm32h755_init(&soc, &params, &supply), 0);
    assert_true(soc.chip.pins.func_count > 40);
    for (size_t i = 0; i < soc.chip.pins.func_count; i++) {
        const char *name = soc.chip.pins.funcs[i]->name;
        bool found_it = false;
        for (const struct pin_row *p = stm32h755_pins; p->port != 0; p++) {
            for (unsigned af = 0; af < AF_EVENTOUT; af++) {
                found_it = found_it || (p->af[af] != NULL && strcmp(p->af[af], name) == 0);
            }
        }
        if (!found_it) {
            fail_msg("%s is on no pin", name);
        }
    }
    stm32h755_destroy(&soc);
}

/* DS12919's tables; the first lines are UM2408's pins. */
static void known_functions(void **state)
{
    static const struct {
        char port;
        uint8_t number, af;
        const char *name;
    } known[] = {
        {'A', 0, 1, "TIM2_CH1"},        {'D', 0, 9, "FDCAN1_RX"},    {'D', 1, 9, "FDCAN1_TX"},
        {'D', 8, 7, "USART3_TX"},       {'D', 9, 7, "USART3_RX"},    {'B', 8, 9, "FDCAN1_RX"},
        {'B', 10, 7, "USART3_TX"},      {'B', 11, 1, "TIM2_CH4"},    {'A', 8, 0, "MCO1"},
        {'A', 5, 5, "SPI1_SCK"},        {'A', 6, 5, "SPI1_MISO"},    {'B', 5, 5, "SPI1_MOSI"},
        {'A', 5, 8, "SPI6_SCK"},        {'B', 8, 4, "I2C1_SCL"},     {'B', 9, 6, "I2C4_SDA"},
        {'A', 13, 0, "JTMS-SWDIO"},     {'B', 3, 0, "JTDO-SWO"},     {'A', 1, 11, "ETH_RX_CLK"},
        {'G', 13, 11, "ETH_TXD0"},      {'C', 8, 12, "SDMMC1_D0"},   {'A', 11, 10, "USB_OTG_FS_DM"},
        {'B', 14, 12, "USB_OTG_HS_DM"}, {'F', 10, 9, "QUADSPI_CLK"}, {'E', 9, 1, "TIM1_CH1"},
        {'C', 6, 3, "TIM8_CH1"},        {'H', 13, 9, "FDCAN1_TX"},   {'E', 7, 12, "FMC_D4"},
        {'B', 12, 5, "SPI2_NSS"},       {'A', 4, 15, "EVENTOUT"},    {'K', 7, 14, "LTDC_DE"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const struct pin_row *p = pin_row_of(stm32h755_pins, known[i].port, known[i].number);
        const char *name = pin_row_function(p, known[i].af);
        if (name == NULL || strcmp(name, known[i].name) != 0) {
            fail_msg("P%c%u AF%u is %s, not %s", known[i].port, known[i].number, known[i].af,
                     name != NULL ? name : "nothing", known[i].name);
        }
    }
    assert_null(pin_row_function(pin_row_of(stm32h755_pins, 'A', 0), 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_in_order_and_apart),
        cmocka_unit_test(gates_are_those_of_rcc),
        cmocka_unit_test(every_interrupt_has_a_source),
        cmocka_unit_test(every_input_of_exti_has_a_source),
        cmocka_unit_test(dma_requests_are_complete),
        cmocka_unit_test(kernel_clocks_do_not_overlap),
        KIT_TEST(multiplexers_switch_as_the_table_says),
        cmocka_unit_test(known_rows),
        cmocka_unit_test(registers_have_names_and_addresses),
        cmocka_unit_test(functions_belong_to_peripherals),
        cmocka_unit_test(pins_are_in_order),
        cmocka_unit_test(functions_of_models_are_on_pins),
        cmocka_unit_test(known_functions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
