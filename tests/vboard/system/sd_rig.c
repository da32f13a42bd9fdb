/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/system/sd_rig.h"

#define RCC_PLLCKSELR 0x58024428u
#define RCC_PLLCFGR 0x5802442Cu
#define RCC_PLL1DIVR 0x58024430u
#define MEDIUM_BYTES (1024u * 1024u)

uint8_t sd_byte(uint32_t block, uint32_t i)
{
    return (uint8_t)(block * 7 + i);
}

static void read_medium(void *ctx, uint32_t block, uint8_t *bytes)
{
    (void)ctx;
    for (uint32_t i = 0; i < SD_BLOCK; i++) {
        bytes[i] = sd_byte(block, i);
    }
}

/* HSI / 16 = 4 MHz, * 50 / 4 = 50 MHz at Q. */
static void start_kernel_clock(struct whole *k)
{
    put(k, RCC_PLLCKSELR, 16u << 4);
    put(k, RCC_PLL1DIVR, 3u << 16 | 1u << 9 | 49u);
    put(k, RCC_PLLCFGR, 1u << 17 | 2u << 2);
    set_bits(k, RCC_CR, 1u << 24);
    run_for(k, VTIME_MS(1));
}

static void give_pins(struct whole *k, uint32_t controller)
{
    if (controller == SDMMC1) {
        for (unsigned pin = 8; pin <= 12; pin++) {
            pin_af(k, 'C', pin, 12);
        }
        pin_af(k, 'D', 2, 12);
        return;
    }
    pin_af(k, 'B', 14, 9); /* D0 */
    pin_af(k, 'B', 15, 9);
    pin_af(k, 'G', 11, 10); /* D2 */
    pin_af(k, 'B', 4, 9);
    pin_af(k, 'D', 6, 11); /* CK */
    pin_af(k, 'D', 7, 11);
}

void sd_start(struct sd_rig *r, struct whole *k, uint32_t controller, bool with_card)
{
    const struct sd_medium medium = {.bytes = MEDIUM_BYTES, .read = read_medium};
    *r = (struct sd_rig){.k = k, .at = controller};
    sd_card_init(&r->card, &medium);
    if (with_card) {
        k->soc.chip.sd[controller == SDMMC1 ? 0 : 1] = (struct sd_slot){&sd_card_ops, &r->card};
    }
    set_bits(k, RCC_AHB3ENR, 1u << 16);
    set_bits(k, RCC_AHB2ENR, 1u << 9 | 7u << 29);
    start_kernel_clock(k);
    give_pins(k, controller);
    sd_put(r, CLKCR, SLOW);
    sd_put(r, POWER, 3);
}

void sd_end(struct sd_rig *r)
{
    sd_card_destroy(&r->card);
}

uint32_t sd_get(const struct sd_rig *r, uint32_t offset)
{
    return get(r->k, r->at + offset);
}

void sd_put(const struct sd_rig *r, uint32_t offset, uint32_t value)
{
    put(r->k, r->at + offset, value);
}

uint32_t sd_wait(const struct sd_rig *r, uint32_t flags)
{
    for (unsigned i = 0; i < 1000000 && (sd_get(r, STAR) & flags) == 0; i++) {
        run_for(r->k, VTIME_US(1));
    }
    return sd_get(r, STAR);
}

uint32_t sd_command(const struct sd_rig *r, uint32_t index, uint32_t argument, uint32_t how)
{
    sd_put(r, ICR, 0x1FE00FFF);
    sd_put(r, ARGR, argument);
    sd_put(r, CMDR, index | how | CPSMEN);
    return sd_wait(r, CCRCFAIL | CTIMEOUT | CMDREND | CMDSENT) & 0xC5;
}

uint32_t sd_app_command(const struct sd_rig *r, uint32_t index, uint32_t argument, uint32_t how)
{
    assert_int_equal(sd_command(r, 55, r->rca << 16, SHORT), CMDREND);
    return sd_command(r, index, argument, how);
}

void sd_identify(struct sd_rig *r, bool four_lines)
{
    assert_int_equal(sd_command(r, 0, 0, NO_ANSWER), CMDSENT);
    assert_int_equal(sd_command(r, 8, 0x1AA, SHORT), CMDREND);
    do {
        assert_int_equal(sd_app_command(r, 41, 0x40100000, SHORT_PLAIN), CMDREND);
    } while (sd_get(r, RESP1R) >> 31 == 0);
    assert_int_equal(sd_command(r, 2, 0, LONG), CMDREND);
    assert_int_equal(sd_command(r, 3, 0, SHORT), CMDREND);
    r->rca = sd_get(r, RESP1R) >> 16;
    sd_put(r, CLKCR, FAST);
    assert_int_equal(sd_command(r, 7, r->rca << 16, SHORT), CMDREND);
    if (four_lines) {
        assert_int_equal(sd_app_command(r, 6, 2, SHORT), CMDREND);
        sd_put(r, CLKCR, FAST | FOUR_LINES);
    }
}

void sd_prepare(const struct sd_rig *r, uint32_t bytes, uint32_t dctrl)
{
    sd_put(r, DTIMER, 1000000);
    sd_put(r, DLENR, bytes);
    sd_put(r, DCTRL, BLOCKS_512 | dctrl);
}
