/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SDMMC's IDMA (RM0399 58.5.6): one buffer, two, what either controller reaches (2.1, Table 1). */
#include "tests/vboard/system/sd_rig.h"

#define AXI_SRAM 0x24000000u
#define SRAM1 0x30000000u
#define DTCM 0x20000000u
#define SRAM4 0x38000000u

static void check_blocks(const struct sd_rig *r, uint32_t address, uint32_t block, unsigned bytes)
{
    const uint8_t *ram = ram_at(r->k, address);
    for (unsigned i = 0; i < bytes; i++) {
        assert_int_equal(ram[i], sd_byte(block + i / 512, i % 512));
    }
}

static uint32_t transfer(const struct sd_rig *r, uint32_t index, uint32_t block, uint32_t address,
                         uint32_t bytes)
{
    bool reads = index <= 18;
    sd_put(r, IDMACTRLR, 0);
    sd_prepare(r, bytes, reads ? RECEIVE : 0);
    sd_put(r, IDMABASE0R, address);
    sd_put(r, IDMACTRLR, 1);
    assert_int_equal(sd_command(r, index, block, SHORT | CMDTRANS), CMDREND);
    return sd_wait(r, DATAEND | RXOVERR | TXUNDERR | DTIMEOUT | DCRCFAIL);
}

static void one_buffer(void **state)
{
    struct sd_rig r;
    uint8_t bytes[SD_BLOCK];
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_put(&r, MASKR, DATAEND);
    assert_int_equal(transfer(&r, 18, 2, AXI_SRAM + 0x40, 2048), CMDREND | DATAEND);
    assert_true(r.k->line[49]);
    check_blocks(&r, AXI_SRAM + 0x40, 2, 2048);
    assert_int_equal(sd_command(&r, 12, 0, SHORT | CMDSTOP), CMDREND);
    memset(ram_at(r.k, AXI_SRAM), 0x5A, 512);
    assert_int_equal(transfer(&r, 24, 7, AXI_SRAM, 512), CMDREND | DATAEND);
    sd_store_read(&r.card.store, 7, bytes);
    assert_int_equal(bytes[0], 0x5A);
    assert_int_equal(bytes[511], 0x5A);
    sd_end(&r);
}

/* Four blocks of 512 by two buffers of 1024: each flagged once it is done, and IDMABACT is the other. */
static void two_buffers(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_prepare(&r, 2048, RECEIVE);
    sd_put(&r, IDMABASE0R, AXI_SRAM);
    sd_put(&r, IDMABASE1R, AXI_SRAM + 0x1000);
    sd_put(&r, IDMABSIZER, 1024);
    sd_put(&r, IDMACTRLR, 3);
    sd_command(&r, 18, 2, SHORT | CMDTRANS);
    assert_int_equal(sd_wait(&r, IDMABTC | DATAEND) & (IDMABTC | DATAEND), IDMABTC);
    assert_int_equal(sd_get(&r, IDMACTRLR), 7);
    sd_put(&r, IDMABASE1R, AXI_SRAM + 0x2000); /* it is at work: discarded */
    sd_put(&r, IDMABASE0R, AXI_SRAM + 0x3000);
    sd_put(&r, ICR, IDMABTC);
    assert_int_equal(sd_wait(&r, DATAEND) & (IDMABTC | DATAEND), IDMABTC | DATAEND);
    assert_int_equal(sd_get(&r, IDMABASE0R), AXI_SRAM + 0x3000);
    assert_int_equal(sd_get(&r, IDMABASE1R), AXI_SRAM + 0x1000);
    check_blocks(&r, AXI_SRAM, 2, 1024);
    check_blocks(&r, AXI_SRAM + 0x1000, 4, 1024);
    sd_end(&r);
}

/* SDMMC1 reaches what hangs on the AXI matrix only: an error, and overrun or underrun with it. */
static void sdmmc1_reaches_axi(void **state)
{
    static const uint32_t out_of_reach[] = {SRAM1, DTCM, SRAM4, SDMMC2};
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(transfer(&r, 17, 2, out_of_reach[i], 512) & (IDMATE | RXOVERR | DATAEND),
                         IDMATE | RXOVERR);
        assert_int_equal(take_findings(r.k, FINDING_BEHAVIOUR), 1);
        sd_command(&r, 12, 0, SHORT | CMDSTOP);
        assert_int_equal(sd_get(&r, STAR) & (DABORT | DPSMACT), DABORT);
    }
    assert_int_equal(transfer(&r, 24, 2, SRAM1, 512) & (IDMATE | TXUNDERR | DATAEND),
                     IDMATE | TXUNDERR);
    assert_int_equal(take_findings(r.k, FINDING_BEHAVIOUR), 1);
    sd_command(&r, 12, 0, SHORT | CMDSTOP);
    assert_int_equal(transfer(&r, 17, 2, AXI_SRAM, 512) & (IDMATE | DATAEND), DATAEND);
    sd_end(&r);
}

static void sdmmc2_reaches_d2(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC2, true);
    sd_identify(&r, true);
    assert_int_equal(transfer(&r, 17, 2, SRAM1, 512) & DATAEND, DATAEND);
    check_blocks(&r, SRAM1, 2, 512);
    assert_int_equal(transfer(&r, 17, 3, AXI_SRAM, 512) & DATAEND, DATAEND);
    check_blocks(&r, AXI_SRAM, 3, 512);
    assert_int_equal(transfer(&r, 17, 3, DTCM, 512) & IDMATE, IDMATE);
    assert_int_equal(take_findings(r.k, FINDING_BEHAVIOUR), 1);
    sd_end(&r);
}

/* A refusal in the last bytes comes with DATAEND: 8 bytes, and nothing behind them. */
static void refused_at_the_end(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_prepare(&r, 8, 0);
    sd_put(&r, DCTRL, 3u << 4 | RECEIVE);
    sd_put(&r, IDMABASE0R, SRAM1);
    sd_put(&r, IDMACTRLR, 1);
    assert_int_equal(sd_app_command(&r, 51, 0, SHORT | CMDTRANS), CMDREND);
    assert_int_equal(sd_wait(&r, DATAEND) & (DATAEND | IDMATE | RXOVERR), DATAEND | IDMATE);
    assert_int_equal(take_findings(r.k, FINDING_BEHAVIOUR), 1);
    sd_end(&r);
}

/* Stopped in the midst of a block: what has come stays, the rest does not come. */
static void aborted(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    memset(ram_at(r.k, AXI_SRAM), 0xEE, 0x2000);
    sd_prepare(&r, 0x2000, RECEIVE);
    sd_put(&r, IDMABASE0R, AXI_SRAM);
    sd_put(&r, IDMACTRLR, 1);
    sd_command(&r, 18, 2, SHORT | CMDTRANS);
    run_for(r.k, VTIME_US(150));
    assert_int_equal(sd_command(&r, 12, 0, SHORT | CMDSTOP), CMDREND);
    assert_int_equal(sd_get(&r, STAR), CMDREND | DABORT);
    check_blocks(&r, AXI_SRAM, 2, 512);
    assert_int_equal(ram_at(r.k, AXI_SRAM)[0x1000], 0xEE);
    run_for(r.k, VTIME_MS(1));
    assert_int_equal(ram_at(r.k, AXI_SRAM)[0x1000], 0xEE);
    sd_end(&r);
}

/* Seven bytes: a word, a halfword and a byte; what is behind them stays. The card sends eight: the CRC is elsewhere. */
static void odd_length(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    memset(ram_at(r.k, AXI_SRAM), 0xEE, 8);
    sd_prepare(&r, 7, 0);
    sd_put(&r, DCTRL, 1u << 2 | RECEIVE); /* multibyte */
    sd_put(&r, IDMABASE0R, AXI_SRAM);
    sd_put(&r, IDMACTRLR, 1);
    sd_app_command(&r, 51, 0, SHORT | CMDTRANS);
    assert_int_equal(sd_wait(&r, DCRCFAIL | DATAEND) & (DCRCFAIL | DATAEND | DPSMACT), DCRCFAIL);
    assert_memory_equal(ram_at(r.k, AXI_SRAM), "\x02\x05\x80\0\0\0\0\xEE", 8);
    sd_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(one_buffer),        WHOLE(two_buffers),        WHOLE(sdmmc1_reaches_axi),
        WHOLE(sdmmc2_reaches_d2), WHOLE(refused_at_the_end), WHOLE(odd_length),
        WHOLE(aborted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
