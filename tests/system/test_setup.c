/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What the firmware sets and the virtual board does not act on, but silicon does: read back while the needle is live.
 */
#include "tests/formats/cmocka_head.h"

#include "tests/system/rig.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/core.h"

#define MPU_CTRL 0xE000ED94u /* PM0253 4.6 */
#define MPU_RNR 0xE000ED98u
#define MPU_RBAR 0xE000ED9Cu
#define MPU_RASR 0xE000EDA0u

#define C2_AHB3ENR 0x58024594u /* RM0399 9.7.39 and further */
#define C2_AHB1ENR 0x58024598u
#define ART_CTR 0x40024400u

static struct rig *live_rig(void)
{
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    rig_power(r, true);
    rig_run_until_live(r, VTIME_S(1));
    return r;
}

static uint32_t field(uint32_t value, unsigned high, unsigned low)
{
    return value >> low & ((2u << (high - low)) - 1u);
}

/* The cores share SRAM4: for the M7 it is normal memory that no cache holds, and no code (PM0253 4.6.5, 4.6.6). */
static void shared_memory(void **state)
{
    (void)state;
    struct rig *r = live_rig();
    struct cpu *m7 = board_cpu(r->board, CORE_CM7);
    assert_int_equal(cpu_ppb_read(m7, MPU_CTRL, 4), 5); /* on, and all else as without */
    cpu_ppb_write(m7, MPU_RNR, 4, 0);
    assert_int_equal(cpu_ppb_read(m7, MPU_RBAR, 4) & ~0x1Fu, 0x38000000);
    const uint32_t rasr = cpu_ppb_read(m7, MPU_RASR, 4);
    assert_int_equal(field(rasr, 0, 0), 1);   /* on */
    assert_int_equal(field(rasr, 5, 1), 15);  /* 64 KB */
    assert_int_equal(field(rasr, 15, 8), 0);  /* all of them */
    assert_int_equal(field(rasr, 17, 16), 0); /* C, B: with TEX 1 not cached */
    assert_int_equal(field(rasr, 18, 18), 1); /* shared */
    assert_int_equal(field(rasr, 21, 19), 1); /* TEX */
    assert_int_equal(field(rasr, 26, 24), 3); /* read and write */
    assert_int_equal(field(rasr, 28, 28), 1); /* XN */
    for (unsigned i = 1; i < 16; i++) {
        cpu_ppb_write(m7, MPU_RNR, 4, i);
        assert_int_equal(cpu_ppb_read(m7, MPU_RASR, 4) & 1u, 0);
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The ART caches the M4's bank (6.4.1), and the M4's own clocks keep its flash awake. */
static void m4_flash(void **state)
{
    (void)state;
    struct rig *r = live_rig();
    struct chip *chip = board_chip(r->board);
    assert_int_equal(chip_mmio_read(chip, C2_AHB3ENR, 4) >> 8 & 1u, 1);  /* FLASHEN */
    assert_int_equal(chip_mmio_read(chip, C2_AHB1ENR, 4) >> 14 & 1u, 1); /* ARTEN */
    const uint32_t ctr = chip_mmio_read(chip, ART_CTR, 4);
    assert_int_equal(ctr & 1u, 1);
    assert_int_equal(field(ctr, 19, 8), 0x081);
    rig_assert_clean(r);
    rig_destroy(r);
}

/* GPIO, RM0399 12.4: what each pin of UM2408's tables is for, the pull that holds it while nobody drives it, and that the
 * rest stays analog, as after reset. */
enum { INPUT, OUTPUT, ALTERNATE, ANALOG };
enum { FLOATING, UP, DOWN };

struct pin {
    char port;
    unsigned number;
    unsigned mode, pull, function;
};

static uint32_t gpio(struct rig *r, char port, unsigned offset)
{
    return chip_mmio_read(board_chip(r->board),
                          0x58020000u + 0x400u * (unsigned)(port - 'A') + offset, 4);
}

static void check_pin(struct rig *r, const struct pin *pin)
{
    const unsigned n = pin->number;
    const uint32_t mode = gpio(r, pin->port, 0x00) >> 2 * n & 3u;
    const uint32_t pull = gpio(r, pin->port, 0x0C) >> 2 * n & 3u;
    const uint32_t function = gpio(r, pin->port, 0x20 + n / 8 * 4) >> n % 8 * 4 & 15u;
    rig_check(mode == pin->mode, "P%c%u: mode %u", pin->port, n, (unsigned)mode);
    rig_check(pull == pin->pull, "P%c%u: pull %u", pin->port, n, (unsigned)pull);
    rig_check(mode != ALTERNATE || function == pin->function, "P%c%u: AF%u", pin->port, n,
              (unsigned)function);
    rig_check((gpio(r, pin->port, 0x04) >> n & 1u) == 0, "P%c%u: open drain", pin->port, n);
}

static void check_pins(struct rig *r, const struct pin *pins, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_pin(r, &pins[i]);
    }
}

#define CHECK_PINS(r, pins) check_pins(r, pins, sizeof(pins) / sizeof(pins)[0])

static void pins_of_one_dial(void **state)
{
    static const struct pin always[] = {
        {'B', 0, OUTPUT, FLOATING, 0},  {'E', 1, OUTPUT, FLOATING, 0},
        {'B', 14, OUTPUT, FLOATING, 0}, {'A', 0, ALTERNATE, DOWN, 1}, /* TIM2_CH1 */
        {'B', 10, ANALOG, FLOATING, 0}, {'B', 11, ANALOG, FLOATING, 0},
        {'D', 0, ALTERNATE, UP, 9},     {'D', 8, ALTERNATE, FLOATING, 7},
        {'D', 9, ALTERNATE, UP, 7},     {'B', 7, ANALOG, FLOATING, 0},
        {'C', 13, INPUT, DOWN, 0},      {'A', 1, ANALOG, FLOATING, 0},
        {'D', 2, ANALOG, FLOATING, 0},  {'E', 0, ANALOG, FLOATING, 0},
    };
    static const struct pin silent[] = {{'D', 1, INPUT, UP, 0}};
    static const struct pin driving[] = {{'D', 1, ALTERNATE, FLOATING, 9}};
    (void)state;
    rig_case("pins");
    struct rig *r =
        rig_create(&(struct rig_config){.active = true, .streams = &rig_oil_91, .stream_count = 1});
    rig_power(r, true);
    rig_run_until_live(r, VTIME_S(1));
    CHECK_PINS(r, always);
    CHECK_PINS(r, silent); /* until the clock is known to be good */
    rig_run_until(r, VTIME_S(4));
    CHECK_PINS(r, always);
    CHECK_PINS(r, driving);
    rig_assert_clean(r);
    rig_destroy(r);
}

static void pins_of_two_dials(void **state)
{
    static const struct pin pins[] = {
        {'A', 0, ALTERNATE, DOWN, 1},
        {'B', 3, ALTERNATE, DOWN, 1},
        {'B', 10, ANALOG, FLOATING, 0},
        {'B', 11, ANALOG, FLOATING, 0},
    };
    (void)state;
    rig_case("pins of two dials");
    struct rig *r = rig_create(&(struct rig_config){.profile = "tests/dials/two-dials.yaml"});
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(500));
    CHECK_PINS(r, pins);
    rig_destroy(r);
}

/* The M7's first milliseconds: LEDs dark, the servo's pin driven low, no interval with a pin that floats. */
static void pins_at_start(void **state)
{
    static const struct pin pins[] = {
        {'B', 0, OUTPUT, FLOATING, 0},    {'E', 1, OUTPUT, FLOATING, 0},
        {'B', 14, OUTPUT, FLOATING, 0},   {'A', 0, OUTPUT, DOWN, 0},
        {'D', 8, ALTERNATE, FLOATING, 7},
    };
    (void)state;
    rig_case("pins at start");
    struct rig *r = rig_create(&(struct rig_config){0});
    rig_power(r, true);
    for (unsigned i = 0; (gpio(r, 'D', 0x00) >> 16 & 3u) != ALTERNATE; i++) {
        rig_check(i < 1000, "no console");
        rig_run_for(r, VTIME_US(10));
    }
    CHECK_PINS(r, pins);
    assert_int_equal(gpio(r, 'A', 0x14) & 1u, 0);
    assert_int_equal(gpio(r, 'B', 0x14) & 0x4001u, 0);
    assert_int_equal(gpio(r, 'E', 0x14) & 2u, 0);
    rig_destroy(r);
}

static uint32_t word_at(struct rig *r, enum core core, uint32_t address)
{
    uint32_t word = 0;
    assert_true(cpu_read_mem(board_cpu(r->board, core), address, &word, sizeof word));
    return word;
}

#define VTOR 0xE000ED08u /* PM0253 4.3.4 */
#define EXCEPTIONS 166u  /* RM0399 table 149 ends with number 149 */

static bool is_any_of(unsigned exception, const unsigned *list)
{
    for (; *list != 0; list++) {
        if (*list == exception) {
            return true;
        }
    }
    return false;
}

/* Whatever exception comes, it finds a handler: its own, or that of crashes, which HardFault has as well. */
static void vectors(void **state)
{
    static const unsigned own[][8] = {
        {1, 2, 15, 16 + 1, 16 + 39, 16 + 117, 16 + 125}, /* Reset, NMI, SysTick, PVD, USART3, ... */
        {1, 2, 15, 16 + 19, 16 + 28, 16 + 126},          /* ... FDCAN1, TIM2, HSEM2 */
    };
    (void)state;
    struct rig *r = live_rig();
    for (enum core core = CORE_CM7; core <= CORE_CM4; core++) {
        const uint32_t table = cpu_ppb_read(board_cpu(r->board, core), VTOR, 4);
        const uint32_t crash = word_at(r, core, table + 4 * 3);
        for (unsigned i = 1; i < EXCEPTIONS; i++) {
            const uint32_t vector = word_at(r, core, table + 4 * i);
            rig_case("M%d, exception %u", core == CORE_CM7 ? 7 : 4, i);
            rig_check((vector & 1u) == 1 && vector > 1, "0x%08X", (unsigned)vector);
            rig_check((vector != crash) == is_any_of(i, own[core]), "the crash's handler, or not");
        }
    }
    rig_destroy(r);
}

static unsigned priority(struct rig *r, enum core core, uint32_t register_at)
{
    return cpu_ppb_read(board_cpu(r->board, core), register_at, 1);
}

#define IPR(irq) (0xE000E400u + (irq)) /* PM0253 4.2.7 */
#define SHPR_SYSTICK 0xE000ED23u

#define ISER(irq) (0xE000E100u + (irq) / 32u * 4u)

/* The priority of an interrupt that is on; a core has four of eight bits. */
static unsigned irq_priority(struct rig *r, enum core core, unsigned irq)
{
    const uint32_t enabled = cpu_ppb_read(board_cpu(r->board, core), ISER(irq), 4);
    rig_check((enabled >> irq % 32u & 1u) != 0, "M%d, interrupt %u is off",
              core == CORE_CM7 ? 7 : 4, irq);
    return priority(r, core, IPR(irq)) >> 4;
}

/* Who may interrupt whom: on the M7 the failing supply all else, and each the tick; on the M4 the work the tick, and the
 * three that do it not each other. The very numbers: there is room between them for what is to come. */
static void priorities(void **state)
{
    (void)state;
    rig_case("priorities");
    struct rig *r = live_rig();
    rig_run_until(r, VTIME_S(3));                         /* LSE is counted */
    assert_int_equal(irq_priority(r, CORE_CM7, 1), 2);    /* PVD */
    assert_int_equal(irq_priority(r, CORE_CM7, 125), 4);  /* HSEM1 */
    assert_int_equal(irq_priority(r, CORE_CM7, 39), 8);   /* USART3 */
    assert_int_equal(irq_priority(r, CORE_CM7, 117), 12); /* TIM16 */
    assert_int_equal(priority(r, CORE_CM7, SHPR_SYSTICK) >> 4, 15);
    assert_int_equal(irq_priority(r, CORE_CM4, 28), 4);  /* TIM2 */
    assert_int_equal(irq_priority(r, CORE_CM4, 19), 4);  /* FDCAN1_IT0 */
    assert_int_equal(irq_priority(r, CORE_CM4, 126), 4); /* HSEM2 */
    assert_int_equal(priority(r, CORE_CM4, SHPR_SYSTICK) >> 4, 15);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_memory),    cmocka_unit_test(m4_flash),
        cmocka_unit_test(pins_of_one_dial), cmocka_unit_test(pins_of_two_dials),
        cmocka_unit_test(pins_at_start),    cmocka_unit_test(priorities),
        cmocka_unit_test(vectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
