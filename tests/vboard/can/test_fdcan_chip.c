/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FDCAN in the whole chip: clock gate, kernel clock multiplexer, pins through GPIO, interrupt lines. */
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "can_testkit.h"
#include "vboard/chip/finding_text.h"
#include "vboard/chips/stm32h755.h"
#include "vboard/periph/fdcan/fdcan.h"
#include "vboard/periph/rcc/rcc.h"

#define RCC 0x58024400u
#define RCC_CR (RCC + 0x000u)
#define RCC_D2CCIP1R (RCC + 0x050u)
#define RCC_APB1HRSTR (RCC + 0x094u)
#define RCC_AHB4ENR (RCC + 0x0E0u)
#define RCC_APB1HENR (RCC + 0x0ECu)
#define GPIOD 0x58020C00u
#define FDCAN1_CCCR 0x4000A018u
#define FDCAN1_PSR 0x4000A044u
#define FDCAN1_IR 0x4000A050u
#define FDCAN1_IE 0x4000A054u
#define FDCAN1_ILE 0x4000A05Cu
#define FDCAN1_RXF0C 0x4000A0A0u
#define FDCAN1_RXF0S 0x4000A0A4u
#define FDCANEN (1u << 8)

struct whole;

struct core_input {
    struct whole *w;
    unsigned core;
};

struct whole {
    struct stm32h755 soc;
    struct supply supply;
    struct can_bus bus;
    struct can_transceiver transceiver;
    struct tester ecu;
    bool level[CORE_COUNT][160];
    struct core_input input[CORE_COUNT];
};

static void on_irq(void *ctx, unsigned number, bool level)
{
    struct core_input *c = ctx;

    c->w->level[c->core][number] = level;
}

static int setup(void **state)
{
    struct whole *w = calloc(1, sizeof(*w));

    if (w == NULL) {
        return -1;
    }
    supply_init(&w->supply, SUPPLY_SMPS);
    if (stm32h755_init(&w->soc, &(struct chip_params){.seed = 1}, &w->supply) != 0) {
        return -1;
    }
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        w->input[core] = (struct core_input){.w = w, .core = core};
        w->soc.chip.cores.nvic[core] = (struct irq_sink){.set = on_irq, .ctx = &w->input[core]};
    }
    supply_set_vdd(&w->supply, 3300, 0);
    chip_power(&w->soc.chip, true);
    can_bus_init(&w->bus, &w->soc.chip.sched);
    can_transceiver_init(&w->transceiver, &w->bus, chip_pin(&w->soc.chip, 'D', 0),
                         chip_pin(&w->soc.chip, 'D', 1));
    tester_init(&w->ecu, &w->bus, "ecu");
    w->soc.chip.access.master = MASTER_CM7;
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct whole *w = *state;

    can_transceiver_destroy(&w->transceiver);
    can_bus_destroy(&w->bus);
    stm32h755_destroy(&w->soc);
    free(w);
    return 0;
}

static uint32_t get(struct whole *w, uint32_t address)
{
    return chip_mmio_read(&w->soc.chip, address, 4);
}

static void set(struct whole *w, uint32_t address, uint32_t value)
{
    chip_mmio_write(&w->soc.chip, address, 4, value);
}

static void pass_us(struct whole *w, uint64_t us)
{
    sched_run_until(&w->soc.chip.sched, w->soc.chip.sched.now + VTIME_US(us));
}

/* 8 MHz HSE as kernel clock: the reset values of NBTP make 500 kbit/s of it. */
static void start_clocks(struct whole *w)
{
    set(w, RCC_CR, get(w, RCC_CR) | 1u << 16);
    pass_us(w, 10000);
    assert_int_equal(get(w, RCC_CR) & 1u << 17, 1u << 17);
    set(w, RCC_D2CCIP1R, get(w, RCC_D2CCIP1R) & ~(3u << 28));
    set(w, RCC_APB1HENR, FDCANEN);
    set(w, RCC_AHB4ENR, 1u << 3);
    (void)get(w, RCC_AHB4ENR);
}

static void route_pins(struct whole *w)
{
    set(w, GPIOD + 0x20, 0x99);
    set(w, GPIOD, 0xFFFFFFFA);
}

static void listen(struct whole *w)
{
    start_clocks(w);
    route_pins(w);
    set(w, FDCAN1_CCCR, 3);
    set(w, FDCAN1_RXF0C, 8u << 16);
    set(w, FDCAN1_IE, 1);
    set(w, FDCAN1_ILE, 1);
    set(w, FDCAN1_CCCR, 0);
    pass_us(w, 50);
}

static void frame_reaches_fifo_message_ram_and_both_nvics(void **state)
{
    struct whole *w = *state;
    uint32_t id;

    listen(w);
    assert_int_equal(get(w, FDCAN1_PSR) >> 3 & 3, 1);
    tester_send_id(&w->ecu, 0x156);
    pass_us(w, 400);
    assert_int_equal(w->ecu.sent_count, 1);
    assert_int_equal(get(w, FDCAN1_RXF0S) & 0x7F, 1);
    memcpy(&id, chip_region(&w->soc.chip, 0x4000AC00, MASTER_CM4)->host, 4);
    assert_int_equal(id, 0x156u << 18);
    assert_true(w->level[CORE_CM7][19]);
    assert_true(w->level[CORE_CM4][19]);
    assert_false(w->level[CORE_CM4][21]);
    set(w, FDCAN1_IR, 1);
    assert_false(w->level[CORE_CM7][19] || w->level[CORE_CM4][19]);
    for (size_t i = 0; i < w->soc.chip.findings.count; i++) {
        print_message("finding: %s\n",
                      finding_text(&w->soc.chip, &w->soc.chip.findings.list[i]).text);
    }
    assert_int_equal(w->soc.chip.findings.count, 0);
}

static void without_its_bus_clock_it_is_unclocked(void **state)
{
    struct whole *w = *state;

    assert_int_equal(get(w, FDCAN1_CCCR), 0);
    assert_int_equal(w->soc.chip.findings.count, 1);
    assert_int_equal(w->soc.chip.findings.list[0].kind, FINDING_UNCLOCKED);
}

static void without_hse_init_cannot_be_left(void **state)
{
    struct whole *w = *state;

    rcc_set_hse(&w->soc.chip, &(struct rcc_hse){.uhz = 0});
    set(w, RCC_APB1HENR, FDCANEN);
    set(w, FDCAN1_CCCR, 0);
    pass_us(w, 10000);
    assert_int_equal(get(w, FDCAN1_CCCR), 1);
}

static void clock_off_takes_it_off_the_bus(void **state)
{
    struct whole *w = *state;

    listen(w);
    set(w, RCC_APB1HENR, 0);
    tester_send_id(&w->ecu, 0x156);
    pass_us(w, 400);
    assert_int_equal(w->ecu.sent_count, 0);
    assert_int_equal(w->ecu.last_error, CAN_ERROR_ACK);
}

static void reset_bit_of_rcc_resets_it_but_not_the_message_ram(void **state)
{
    struct whole *w = *state;
    uint32_t id;

    listen(w);
    tester_send_id(&w->ecu, 0x156);
    pass_us(w, 400);
    set(w, RCC_APB1HRSTR, FDCANEN);
    set(w, RCC_APB1HRSTR, 0);
    assert_int_equal(get(w, FDCAN1_CCCR), 1);
    assert_int_equal(get(w, FDCAN1_RXF0S), 0);
    memcpy(&id, chip_region(&w->soc.chip, 0x4000AC00, MASTER_CM7)->host, 4);
    assert_int_equal(id, 0x156u << 18);
}

static void other_pins_than_the_transceivers_see_nothing(void **state)
{
    struct whole *w = *state;

    start_clocks(w);
    set(w, FDCAN1_CCCR, 0);
    pass_us(w, 1000);
    assert_int_equal(get(w, FDCAN1_PSR) >> 3 & 3, 0);
    route_pins(w);
    pass_us(w, 50);
    assert_int_equal(get(w, FDCAN1_PSR) >> 3 & 3, 1);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(frame_reaches_fifo_message_ram_and_both_nvics),
        CASE(without_its_bus_clock_it_is_unclocked),
        CASE(without_hse_init_cannot_be_left),
        CASE(clock_off_takes_it_off_the_bus),
        CASE(reset_bit_of_rcc_resets_it_but_not_the_message_ram),
        CASE(other_pins_than_the_transceivers_see_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
