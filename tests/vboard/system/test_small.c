/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The small ones, in the whole chip: WWDG (RM0399 47), CRC (22), RNG (36), I2C (50). */
#include "tests/vboard/system/whole_chip.h"

#define CRC_BASE 0x58024C00u
#define RNG_BASE 0x48021800u
#define WWDG1_BASE 0x50003000u

/* "123456789" is what everybody checks a CRC with. */
static uint32_t crc_of_digits(struct whole *k, uint32_t cr)
{
    put(k, CRC_BASE + 8, cr | 1);
    for (const char *c = "123456789"; *c != '\0'; c++) {
        chip_mmio_write(&k->soc.chip, CRC_BASE, 1, (uint8_t)*c);
    }
    return get(k, CRC_BASE);
}

static void crc_check_values(void **state)
{
    struct whole *k = *state;
    put(k, RCC_AHB4ENR, 1u << 19);
    assert_int_equal(crc_of_digits(k, 0), 0x0376E6E7);                   /* CRC-32/MPEG-2 */
    assert_int_equal(crc_of_digits(k, 1u << 7 | 1u << 5), ~0xCBF43926u); /* CRC-32, less its XOR */
    put(k, CRC_BASE + 0x14, 0x1021);
    assert_int_equal(crc_of_digits(k, 1u << 3), 0x29B1); /* CRC-16/IBM-3740 */
    put(k, CRC_BASE + 0x14, 0x07);
    put(k, CRC_BASE + 0x10, 0);
    assert_int_equal(crc_of_digits(k, 2u << 3), 0xF4); /* CRC-8/SMBUS */
    put(k, CRC_BASE + 0x14, 0x09);
    assert_int_equal(crc_of_digits(k, 3u << 3), 0x75); /* CRC-7/MMC */
}

/* A word is divided from its highest bit on, as four bytes from the highest would be. */
static void crc_words(void **state)
{
    struct whole *k = *state;
    put(k, RCC_AHB4ENR, 1u << 19);
    put(k, CRC_BASE, 0x31323334);
    uint32_t by_word = get(k, CRC_BASE);
    put(k, CRC_BASE + 8, 1);
    for (unsigned i = 0; i < 4; i++) {
        chip_mmio_write(&k->soc.chip, CRC_BASE, 1, 0x31 + i);
    }
    assert_int_equal(get(k, CRC_BASE), by_word);
}

static void rng_gives_four_words_and_then_waits(void **state)
{
    struct whole *k = *state;
    put(k, RCC_AHB2ENR, 1u << 6);
    set_bits(k, RCC_CR, 1u << 12); /* HSI48ON */
    run_for(k, VTIME_US(50));
    put(k, RNG_BASE, 1u << 3 | 1u << 2);
    assert_int_equal(get(k, RNG_BASE + 8), 0);
    run_for(k, VTIME_US(1)); /* 36.5: 128 of 48 MHz and 426 of 64 MHz are 9.3 us */
    assert_int_equal(get(k, RNG_BASE + 4), 0);
    run_for(k, VTIME_US(9));
    assert_int_equal(get(k, RNG_BASE + 4), 1);
    uint32_t words[4];
    for (unsigned i = 0; i < 4; i++) {
        words[i] = get(k, RNG_BASE + 8);
        assert_int_not_equal(words[i], 0);
        assert_true(i == 0 || words[i] != words[i - 1]);
    }
    assert_int_equal(get(k, RNG_BASE + 4), 0);
    run_for(k, VTIME_US(5));
    assert_int_equal(get(k, RNG_BASE + 4), 1);
}

/* 36.3.6: without its clock (HSI48 is off) CECS and CEIS are up. */
static void rng_without_clock(void **state)
{
    struct whole *k = *state;
    put(k, RCC_AHB2ENR, 1u << 6);
    put(k, RNG_BASE, 1u << 2);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, RNG_BASE + 4), 1u << 5 | 1u << 1);
}

/* At 64 MHz a tick of WWDG1 is 4096 / 64 MHz = 64 us. */
static void wwdg_resets_the_chip(void **state)
{
    struct whole *k = *state;
    put(k, RCC_APB3ENR, 1u << 6);
    put(k, WWDG1_BASE, 0xC2);
    run_for(k, VTIME_US(190));
    assert_int_equal(get(k, WWDG1_BASE), 0xC0);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, RCC_RSR) >> 28 & 1, 1); /* WWDG1RSTF */
}

/* I2C1 at 64 MHz / 640, 100 kHz: ten bits until NACKF, and STOPF after one more. */
static void i2c_nobody_answers(void **state)
{
    struct whole *k = *state;
    const uint32_t i2c1 = 0x40005400u;
    set_bits(k, RCC_APB1LENR, 1u << 21);
    put(k, i2c1 + 0x10, 1u << 28 | 159u << 8 | 159u); /* 2 * (160 + 160) */
    put(k, i2c1, 1u << 5 | 1u << 4 | 1);
    put(k, i2c1 + 4, 1u << 25 | 1u << 16 | 1u << 13 | 0xA0);
    assert_int_equal(get(k, i2c1 + 0x18), 1u << 15 | 1); /* BUSY */
    run_for(k, VTIME_US(99));
    assert_false(k->line[31]);
    run_for(k, VTIME_US(2));
    assert_true(k->line[31]);
    assert_int_equal(get(k, i2c1 + 0x18), 1u << 15 | 1u << 4 | 1); /* NACKF */
    assert_int_equal(get(k, i2c1 + 4) & 1u << 13, 0);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, i2c1 + 0x18), 1u << 5 | 1u << 4 | 1); /* STOPF, not BUSY */
    put(k, i2c1 + 0x1C, 1u << 5 | 1u << 4);
    assert_int_equal(get(k, i2c1 + 0x18), 1);
    assert_false(k->line[31]);
}

static void keep_symbol(void *ctx, struct signal *s, const struct symbol *sym)
{
    (void)s;
    *(struct symbol *)ctx = *sym;
}

/* 52.4.7: 256 * 64 MHz / 115200 = 142222; at 9600 baud only with the prescaler, 4 here. */
static void lpuart_bit_times(void **state)
{
    struct whole *k = *state;
    const uint32_t lpuart = 0x58000C00u;
    struct symbol sent = {0};
    struct signal_listener listener = {.symbol = keep_symbol, .ctx = &sent};
    set_bits(k, RCC_APB4ENR, 1u << 3);
    pin_af(k, 'A', 9, 3);
    signal_listen(chip_pin(&k->soc.chip, 'A', 9), &listener);
    put(k, lpuart + 0x0C, 142222);
    put(k, lpuart, 1u << 3 | 1);
    put(k, lpuart + 0x28, 'L');
    run_for(k, VTIME_US(180)); /* an idle frame first */
    assert_int_equal(sent.data, 'L');
    assert_in_range(sent.bit_ps, 8680500, 8680600);
    put(k, lpuart, 0);
    put(k, lpuart + 0x2C, 2);
    put(k, lpuart + 0x0C, 426667);
    put(k, lpuart, 1u << 3 | 1);
    put(k, lpuart + 0x28, 'P');
    run_for(k, VTIME_MS(3));
    assert_in_range(sent.bit_ps, 104166600, 104166800);
}

/* What DMAMUX2's generators hear of a byte received: the wake-up with UESM alone. */
static void lpuart_tells_dmamux2(void **state)
{
    struct whole *k = *state;
    const uint32_t lpuart = 0x58000C00u;
    const struct wire *wakeup = chip_wire(&k->soc.chip, "LPUART1_RXWKUP"),
                      *received = chip_wire(&k->soc.chip, "LPUART1_IT_R"),
                      *sent = chip_wire(&k->soc.chip, "LPUART1_IT_T");
    set_bits(k, RCC_APB4ENR, 1u << 3);
    pin_af(k, 'B', 7, 8);
    put(k, lpuart + 0x0C, 142222);
    put(k, lpuart, 1u << 5 | 1u << 2 | 1);
    for (unsigned uesm = 0; uesm < 2; uesm++) {
        run_for(k, VTIME_MS(1));
        signal_send_symbol(chip_pin(&k->soc.chip, 'B', 7),
                           &(struct symbol){.data = 'U',
                                            .data_bits = 8,
                                            .bit_ps = VTIME_S(1) / 115200,
                                            .end = k->soc.chip.sched.now});
        assert_true(received->high);
        assert_false(sent->high);
        assert_int_equal(wakeup->high, uesm == 1);
        assert_int_equal(get(k, lpuart + 0x24), 'U');
        assert_false(received->high);
        assert_false(wakeup->high);
        put(k, lpuart, 1u << 5 | 1u << 2 | 2 | 1);
    }
}

#define QUADSPI 0x52005000u

static void quadspi_on(struct whole *k, uint32_t id)
{
    const struct external_part nor = {.kind = EXTERNAL_QUADSPI_NOR,
                                      .place = EXTERNAL_BANK_QUADSPI,
                                      .name = "NOR",
                                      .size = 1u << 24,
                                      .id = id};
    set_bits(k, RCC_AHB3ENR, 1u << 14);
    assert_int_equal(external_add(&k->soc.chip, &nor), 0);
    put(k, QUADSPI + 0x04, 23u << 16);
    put(k, QUADSPI, 3u << 24 | 1); /* 16 MHz */
}

static void quadspi_reads_an_id(void **state)
{
    struct whole *k = *state;
    quadspi_on(k, 0xC22018);
    put(k, QUADSPI + 0x10, 2);
    put(k, QUADSPI + 0x14, 1u << 26 | 1u << 24 | 1u << 8 | 0x9F);
    assert_int_equal(get(k, QUADSPI + 0x08), 1u << 5); /* BUSY: 32 bits, 2 us */
    run_for(k, VTIME_NS(1900));
    assert_int_equal(get(k, QUADSPI + 0x08), 1u << 5);
    run_for(k, VTIME_NS(200));
    assert_int_equal(get(k, QUADSPI + 0x08), 3u << 8 | 1u << 5 | 6); /* three bytes, FTF, TCF */
    assert_int_equal(chip_mmio_read(&k->soc.chip, QUADSPI + 0x20, 1), 0xC2);
    assert_int_equal(chip_mmio_read(&k->soc.chip, QUADSPI + 0x20, 2), 0x1820);
    assert_int_equal(get(k, QUADSPI + 0x08), 2);
    put(k, QUADSPI + 0x0C, 2);
    assert_int_equal(get(k, QUADSPI + 0x08), 0);
}

/* WREN, then status polling for WEL; a program uses it up. Nothing there: the poll goes on until ABORT. */
static void quadspi_polls(void **state)
{
    struct whole *k = *state;
    quadspi_on(k, 0xC22018);
    put(k, QUADSPI + 0x14, 1u << 8 | 0x06);
    run_for(k, VTIME_US(1));
    assert_int_equal(get(k, QUADSPI + 0x08), 2);
    put(k, QUADSPI, 3u << 24 | 1u << 22 | 1u << 19 | 1); /* APMS, SMIE */
    put(k, QUADSPI + 0x24, 3);
    put(k, QUADSPI + 0x28, 2);
    put(k, QUADSPI + 0x2C, 16);
    put(k, QUADSPI + 0x10, 0);
    put(k, QUADSPI + 0x14, 2u << 26 | 1u << 24 | 1u << 8 | 0x05);
    run_for(k, VTIME_US(3));
    assert_true(k->line[92]);
    assert_int_equal(get(k, QUADSPI + 0x08) & 0x28, 8); /* SMF, not BUSY */
    put(k, QUADSPI + 0x0C, 0x1B);
    put(k, QUADSPI + 0x10, 3);
    put(k, QUADSPI + 0x14, 1u << 24 | 2u << 12 | 1u << 10 | 1u << 8 | 0x02);
    put(k, QUADSPI + 0x18, 0x100);
    assert_int_equal(get(k, QUADSPI + 0x08) & 0x24, 4); /* FTF */
    put(k, QUADSPI + 0x20, 0x12345678);
    run_for(k, VTIME_US(5));
    assert_int_equal(get(k, QUADSPI + 0x08) & 0x3F, 2);
    put(k, QUADSPI + 0x10, 0);
    put(k, QUADSPI + 0x14, 2u << 26 | 1u << 24 | 1u << 8 | 0x05);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, QUADSPI + 0x08) & 0x28, 0x20); /* BUSY: WEL is 0 */
    put(k, QUADSPI, 3u << 24 | 3);
    assert_int_equal(get(k, QUADSPI + 0x08) & 0x20, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(crc_check_values),
        WHOLE(crc_words),
        WHOLE(rng_gives_four_words_and_then_waits),
        WHOLE(rng_without_clock),
        WHOLE(wwdg_resets_the_chip),
        WHOLE(i2c_nobody_answers),
        WHOLE(lpuart_bit_times),
        WHOLE(lpuart_tells_dmamux2),
        WHOLE(quadspi_reads_an_id),
        WHOLE(quadspi_polls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
