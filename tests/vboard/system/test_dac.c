/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DAC1: RM0399 chapter 27; what it gives is measured at the pins PA4 and PA5. */
#include "tests/vboard/system/whole_chip.h"

#define DAC1 0x40007400u
#define CR (DAC1 + 0x00)
#define SWTRGR (DAC1 + 0x04)
#define DHR12R1 (DAC1 + 0x08)
#define DHR8RD (DAC1 + 0x28)
#define DOR1 (DAC1 + 0x2C)
#define SR (DAC1 + 0x34)
#define MCR (DAC1 + 0x3C)

static uint32_t millivolt(struct whole *w, unsigned pin)
{
    return chip_analog_uv(&w->soc.chip, 'A', pin) / 1000;
}

static void gives_a_voltage(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB1LENR, 1u << 29);
    put(w, DHR12R1, 2048);
    assert_int_equal(millivolt(w, 4), 0); /* off */
    put(w, CR, 1u << 16 | 1);
    assert_int_equal(millivolt(w, 4), 1650);
    put(w, DHR8RD, 0x4080); /* both, 8 bits */
    assert_int_equal(get(w, DOR1), 0x800);
    assert_int_equal(millivolt(w, 5), 825);
    put(w, MCR, 3u << 16); /* inside only */
    assert_int_equal(millivolt(w, 5), 0);
    assert_int_equal(w->soc.chip.analog.dac_uv[1] / 1000, 825);
}

static void triangle_by_software(void **state)
{
    static const uint32_t steps[] = {100, 101, 102, 103, 102, 101, 100, 101};
    struct whole *w = *state;
    set_bits(w, RCC_APB1LENR, 1u << 29);
    put(w, DHR12R1, 100);
    put(w, CR, 1u << 8 | 2u << 6 | 2 | 1); /* amplitude 3 */
    assert_int_equal(get(w, DOR1), 0);
    for (unsigned i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        put(w, SWTRGR, 1);
        assert_int_equal(get(w, DOR1), steps[i]);
    }
}

/* TIM6's update (TSEL 5) each 10 us takes a value and asks DMA for the next; later nobody serves. */
static void wave_by_dma(void **state)
{
    static const uint16_t wave[4] = {0, 1024, 2048, 3072};
    struct whole *w = *state;
    set_bits(w, RCC_APB1LENR, 1u << 29 | 1u << 4);
    set_bits(w, RCC_AHB1ENR, 1);
    set_bits(w, RCC_AHB2ENR, 7u << 29);
    memcpy(ram_at(w, 0x30000000), wave, sizeof(wave));
    put(w, 0x40020800, 67);
    put(w, 0x40020018, DHR12R1);
    put(w, 0x4002001C, 0x30000000);
    put(w, 0x40020014, 4);
    put(w, 0x40020010, 1u << 13 | 1u << 11 | 1u << 10 | 1u << 6 | 1);
    put(w, CR, 1u << 13 | 1u << 12 | 5u << 2 | 2 | 1);
    put(w, 0x4000102C, 639);
    put(w, 0x40001004, 2u << 4);
    put(w, 0x40001000, 1);
    run_for(w, VTIME_US(35));
    assert_int_equal(get(w, DOR1), 1024); /* the third trigger: what the second one asked for */
    run_for(w, VTIME_US(20));
    assert_int_equal(get(w, DOR1), 3072);
    run_for(w, VTIME_US(20));
    assert_int_equal(get(w, SR), 1u << 13);
    assert_true(w->line[54]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WHOLE(gives_a_voltage), WHOLE(triangle_by_software),
                                       WHOLE(wave_by_dma)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
