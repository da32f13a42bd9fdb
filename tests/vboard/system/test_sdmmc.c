/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SDMMC's command path (RM0399 58.5.4): CPSM, responses, times, locks; and the card as it is identified. */
#include "tests/vboard/system/sd_rig.h"

#define CLOCK_NS 2520u /* SLOW */

static void nobody_answers(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, false);
    sd_put(&r, MASKR, CTIMEOUT);
    assert_int_equal(sd_get(&r, STAR), 0);
    assert_int_equal(sd_command(&r, 0, 0, NO_ANSWER), CMDSENT);
    assert_int_equal(sd_get(&r, CMDR) & CPSMEN, 0);
    assert_false(r.k->line[49]);
    run_for(r.k, VTIME_US(100));
    sd_put(&r, ICR, CMDSENT);
    sd_put(&r, CMDR, 8 | SHORT | CPSMEN);
    run_for(r.k, VTIME_NS(CLOCK_NS) * (48 + 63)); /* 64 clocks after the command's 48 */
    assert_int_equal(sd_get(&r, STAR), CPSMACT);
    run_for(r.k, VTIME_NS(CLOCK_NS) * 2);
    assert_int_equal(sd_get(&r, STAR), CTIMEOUT);
    assert_true(r.k->line[49]);
    sd_put(&r, ICR, CTIMEOUT);
    assert_false(r.k->line[49]);
    sd_end(&r);
}

/* The first 74 clocks nothing is sent; then 48 for a command, and 8 between two. */
static void commands_take_their_time(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_put(&r, CMDR, NO_ANSWER | CPSMEN);
    run_for(r.k, VTIME_NS(CLOCK_NS) * (74 + 47));
    assert_int_equal(sd_get(&r, STAR), CPSMACT);
    run_for(r.k, VTIME_NS(CLOCK_NS) * 2);
    assert_int_equal(sd_get(&r, STAR), CMDSENT);
    sd_put(&r, ICR, CMDSENT);
    sd_put(&r, ARGR, 0x1AA);
    sd_put(&r, CMDR, 8 | SHORT | CPSMEN);
    run_for(r.k, VTIME_NS(CLOCK_NS) * (7 + 48 + 8 + 47));
    assert_int_equal(sd_get(&r, STAR), CPSMACT);
    run_for(r.k, VTIME_NS(CLOCK_NS) * 3);
    assert_int_equal(sd_get(&r, STAR), CMDREND);
    sd_end(&r);
}

static void needs_power(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC2, true);
    put(r.k, 0x58024484u, 1u << 9); /* AHB2RSTR: SDMMC2RST */
    put(r.k, 0x58024484u, 0);
    sd_put(&r, CMDR, CPSMEN);
    assert_int_equal(take_findings(r.k, FINDING_BEHAVIOUR), 1);
    assert_int_equal(sd_get(&r, CMDR), 0);
    sd_put(&r, POWER, 1);
    assert_int_equal(sd_get(&r, POWER), 0);
    sd_put(&r, POWER, 0x12);
    assert_int_equal(sd_get(&r, POWER), 0x12);
    sd_put(&r, POWER, 3);
    assert_int_equal(sd_get(&r, POWER), 0x13); /* DIRPOL: in the power-off state only */
    sd_put(&r, POWER, 0);
    assert_int_equal(sd_get(&r, POWER), 0x13);
    sd_end(&r);
}

/* A card on pins that are nobody's says nothing. */
static void needs_its_pins(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    assert_int_equal(sd_command(&r, 8, 0x1AA, SHORT), CMDREND);
    pin_af(r.k, 'D', 2, 0);
    assert_int_equal(sd_command(&r, 8, 0x1AA, SHORT), CTIMEOUT);
    sd_end(&r);
}

/* R7, R3 with and without its CRC wanted, R2, R6; the kind that CMDR does not expect. */
static void responses(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_command(&r, 8, 0x1A5, SHORT);
    assert_int_equal(sd_get(&r, RESPCMDR), 8);
    assert_int_equal(sd_get(&r, RESP1R), 0x1A5);
    assert_int_equal(sd_command(&r, 8, 0x1AA, LONG), CCRCFAIL);
    assert_int_equal(sd_app_command(&r, 41, 0x40100000, SHORT), CCRCFAIL);
    assert_int_equal(sd_get(&r, RESPCMDR), 0x3F);
    assert_int_equal(sd_get(&r, RESP1R), 0x00FF8000); /* still powering up */
    run_for(r.k, VTIME_MS(11));
    assert_int_equal(sd_app_command(&r, 41, 0x40100000, SHORT_PLAIN), CMDREND);
    assert_int_equal(sd_get(&r, RESP1R), 0xC0FF8000);
    assert_int_equal(sd_command(&r, 2, 0, LONG), CMDREND);
    assert_int_equal(sd_get(&r, RESPCMDR), 0x3F);
    assert_int_equal(sd_get(&r, RESP1R), 0x00585843);
    assert_int_equal(sd_get(&r, RESP1R + 12) & 1, 0);
    assert_int_equal(sd_command(&r, 3, 0, SHORT), CMDREND);
    assert_int_equal(sd_get(&r, RESP1R) & 0xFFFF, 2u << 9 | 1u << 8); /* ident, ready */
    assert_int_equal(sd_get(&r, RESP1R + 4), 0);
    uint32_t rca = sd_get(&r, RESP1R) >> 16;
    assert_int_equal(sd_command(&r, 9, rca << 16, LONG), CMDREND);
    assert_int_equal(sd_get(&r, RESP1R), 0x400E0032);
    assert_int_equal(sd_get(&r, RESP1R + 4), 0x53590000);
    assert_int_equal(sd_get(&r, RESP1R + 8), 0x00017F80); /* C_SIZE 1: 1 MB */
    sd_end(&r);
}

/* What the manual protects while a command or a transfer is under way. */
static void locks(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, false);
    sd_put(&r, ARGR, 0x12345678);
    sd_put(&r, DLENR, 512);
    sd_put(&r, CMDR, 13 | SHORT | CPSMEN);
    sd_put(&r, ARGR, 0);
    sd_put(&r, CLKCR, 0);
    sd_put(&r, DTIMER, 99);
    sd_put(&r, CMDR, DTHOLD);
    assert_int_equal(sd_get(&r, ARGR), 0x12345678);
    assert_int_equal(sd_get(&r, CLKCR), SLOW);
    assert_int_equal(sd_get(&r, DTIMER), 0);
    assert_int_equal(sd_get(&r, CMDR), 13 | SHORT | CPSMEN | DTHOLD);
    sd_wait(&r, CTIMEOUT);
    sd_prepare(&r, 512, RECEIVE | DTEN);
    assert_int_equal(sd_get(&r, STAR) & DPSMACT, DPSMACT);
    sd_put(&r, DLENR, 1024);
    sd_put(&r, IDMACTRLR, 1);
    sd_put(&r, IDMABASE0R, 0x24000000);
    sd_put(&r, IDMABASE1R, 0x24000100);
    sd_put(&r, DCTRL, 0);
    assert_int_equal(sd_get(&r, DLENR), 512);
    assert_int_equal(sd_get(&r, IDMACTRLR), 0);
    assert_int_equal(sd_get(&r, IDMABASE0R), 0);
    assert_int_equal(sd_get(&r, IDMABASE1R), 0x24000100);
    assert_int_equal(sd_get(&r, DCTRL), BLOCKS_512 | RECEIVE | DTEN);
    sd_end(&r);
}

/* With DATALENGTH = 0 a command with data is not sent (58.10.8). */
static void no_data_no_command(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_put(&r, CMDR, 17 | SHORT | CMDTRANS | CPSMEN);
    assert_int_equal(sd_get(&r, CMDR) & CPSMEN, 0);
    assert_int_equal(sd_get(&r, STAR), 0);
    sd_put(&r, DCTRL, DTEN);
    assert_int_equal(sd_get(&r, DCTRL), 0);
    sd_end(&r);
}

/* Without a kernel clock a command is under way for ever; with it again, it begins anew. */
static void needs_its_clock(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_put(&r, CMDR, NO_ANSWER | CPSMEN);
    put(r.k, RCC_CR, get(r.k, RCC_CR) & ~(1u << 24));
    run_for(r.k, VTIME_MS(10));
    assert_int_equal(sd_get(&r, STAR), CPSMACT);
    set_bits(r.k, RCC_CR, 1u << 24);
    run_for(r.k, VTIME_MS(1));
    assert_int_equal(sd_get(&r, STAR), CMDSENT);
    sd_end(&r);
}

/* What the model leaves out it says. */
static void unmodelled_is_said(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_put(&r, CLKCR, SLOW | 2u << 14);
    assert_int_equal(take_findings(r.k, FINDING_UNMODELLED), 1);
    sd_put(&r, DCTRL, 2u << 2);
    assert_int_equal(take_findings(r.k, FINDING_UNMODELLED), 1);
    sd_put(&r, POWER, 1u << 3 | 3);
    assert_int_equal(take_findings(r.k, FINDING_UNMODELLED), 1);
    sd_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(nobody_answers),     WHOLE(commands_take_their_time),
        WHOLE(needs_power),        WHOLE(needs_its_pins),
        WHOLE(responses),          WHOLE(locks),
        WHOLE(no_data_no_command), WHOLE(needs_its_clock),
        WHOLE(unmodelled_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
