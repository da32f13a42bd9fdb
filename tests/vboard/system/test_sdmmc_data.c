/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SDMMC's data path by registers (RM0399 58.5.4): FIFO, flags, flow control, timeouts, abort, busy. */
#include "tests/vboard/system/sd_rig.h"

static uint32_t word_of(uint32_t block, uint32_t i)
{
    return (uint32_t)sd_byte(block, 4 * i) | (uint32_t)sd_byte(block, 4 * i + 1) << 8 |
           (uint32_t)sd_byte(block, 4 * i + 2) << 16 | (uint32_t)sd_byte(block, 4 * i + 3) << 24;
}

/* As drivers do it: half of the FIFO each time it is half full. */
static void read_halves(const struct sd_rig *r, uint32_t block, unsigned blocks)
{
    for (unsigned i = 0; i < blocks * 128; i++) {
        if (i % 8 == 0) {
            assert_int_equal(sd_wait(r, RXFIFOHF | 0x3F) & (RXFIFOHF | 0x3F), RXFIFOHF);
        }
        assert_int_equal(sd_get(r, FIFOR + 4 * (i % 16)), word_of(block + i / 128, i % 128));
    }
}

static void reads_a_block(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, false);
    sd_prepare(&r, 512, RECEIVE);
    assert_int_equal(sd_command(&r, 17, 3, SHORT | CMDTRANS), CMDREND);
    assert_int_equal(sd_get(&r, STAR), CMDREND | DPSMACT | RXFIFOE);
    assert_int_equal(sd_get(&r, DCNTR), 512);
    /* 100 us of the card's, 2 clocks, start bit, 32 bytes; the command ended 56 clocks ago. */
    run_for(r.k, VTIME_US(100));
    assert_int_equal(sd_get(&r, STAR) & RXFIFOHF, 0);
    run_for(r.k, VTIME_US(9));
    assert_int_equal(sd_get(&r, STAR) & (RXFIFOHF | RXFIFOE), RXFIFOHF);
    assert_int_equal(sd_get(&r, DCNTR), 480);
    read_halves(&r, 3, 1);
    assert_int_equal(sd_get(&r, STAR) & DATAEND, 0);
    run_for(r.k, VTIME_US(1));
    assert_int_equal(sd_get(&r, STAR), CMDREND | DATAEND);
    assert_int_equal(sd_get(&r, FIFOR), 0);
    sd_end(&r);
}

/* "Set at the end ... and all data has been read." */
static void ends_when_the_fifo_is_empty(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_put(&r, DTIMER, 100000);
    sd_put(&r, DLENR, 64);
    sd_put(&r, DCTRL, 6u << 4 | RECEIVE | DTEN); /* before the command, as ST's HAL does it */
    assert_int_equal(sd_app_command(&r, 13, 0, SHORT), CMDREND);
    run_for(r.k, VTIME_MS(1));
    assert_int_equal(sd_get(&r, STAR), CMDREND | DPSMACT | RXFIFOHF | RXFIFOF);
    assert_int_equal(sd_get(&r, FIFOR), 0x80); /* DAT_BUS_WIDTH: four lines */
    for (unsigned i = 1; i < 16; i++) {
        assert_int_equal(sd_get(&r, STAR) & DATAEND, 0);
        assert_int_equal(sd_get(&r, FIFOR), i == 2 ? 0x00900004 : 0);
    }
    assert_int_equal(sd_get(&r, STAR), CMDREND | DATAEND);
    assert_int_equal(sd_get(&r, DCTRL) & DTEN, 0);
    sd_end(&r);
}

static void scr_and_switch(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, false);
    sd_put(&r, DTIMER, 100000);
    sd_put(&r, DLENR, 8);
    sd_put(&r, DCTRL, 3u << 4 | RECEIVE | DTEN);
    assert_int_equal(sd_app_command(&r, 51, 0, SHORT), CMDREND);
    run_for(r.k, VTIME_MS(1));
    assert_int_equal(sd_get(&r, STAR), CMDREND | DPSMACT);
    assert_int_equal(sd_get(&r, FIFOR), 0x00800502);
    assert_int_equal(sd_get(&r, FIFOR), 0);
    assert_int_equal(sd_wait(&r, DATAEND) & DATAEND, DATAEND);
    sd_put(&r, DLENR, 64);
    sd_put(&r, DCTRL, 6u << 4 | RECEIVE | DTEN);
    assert_int_equal(sd_command(&r, 6, 0x80FFFF01, SHORT), CMDREND);
    run_for(r.k, VTIME_MS(1));
    uint8_t bytes[64];
    for (unsigned i = 0; i < 16; i++) {
        uint32_t word = sd_get(&r, FIFOR);
        memcpy(bytes + 4 * i, &word, 4);
    }
    assert_int_equal(bytes[13] & 2, 2); /* high speed is there */
    assert_int_equal(bytes[16], 1);     /* and selected */
    assert_int_equal(r.card.speed, 1);
    sd_end(&r);
}

/* Nobody reads: 64 bytes, and the next word is lost. The way out is CMD12 and FIFORST. */
static void overruns_and_is_aborted(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_prepare(&r, 512, RECEIVE);
    sd_command(&r, 18, 0, SHORT | CMDTRANS);
    assert_int_equal(sd_wait(&r, RXOVERR) & (RXOVERR | RXFIFOF | DPSMACT),
                     RXOVERR | RXFIFOF | DPSMACT);
    run_for(r.k, VTIME_MS(100));
    assert_int_equal(sd_get(&r, STAR) & (DATAEND | DTIMEOUT), 0);
    sd_put(&r, DCTRL, sd_get(&r, DCTRL) | FIFORST);
    assert_int_equal(sd_get(&r, STAR) & DPSMACT, DPSMACT);
    assert_int_equal(sd_command(&r, 12, 0, SHORT | CMDSTOP), CMDREND);
    assert_int_equal(sd_get(&r, STAR), CMDREND | DABORT);
    assert_int_equal(sd_get(&r, DCTRL) & FIFORST, 0);
    assert_int_equal(r.card.state, SD_TRAN);
    sd_end(&r);
}

static void flow_control_waits(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_put(&r, CLKCR, FAST | FOUR_LINES | FLOW_CONTROL);
    sd_prepare(&r, 1024, RECEIVE);
    sd_command(&r, 18, 5, SHORT | CMDTRANS);
    run_for(r.k, VTIME_MS(100));
    assert_int_equal(sd_get(&r, STAR), CMDREND | DPSMACT | RXFIFOHF | RXFIFOF);
    read_halves(&r, 5, 2);
    assert_int_equal(sd_wait(&r, DATAEND) & DATAEND, DATAEND);
    assert_int_equal(sd_command(&r, 12, 0, SHORT | CMDSTOP), CMDREND);
    sd_prepare(&r, 512, 0);
    sd_command(&r, 24, 0, SHORT | CMDTRANS);
    for (unsigned i = 0; i < 16; i++) {
        sd_put(&r, FIFOR, i);
    }
    run_for(r.k, VTIME_MS(100)); /* the card waits, too */
    assert_int_equal(sd_get(&r, STAR) & (TXUNDERR | DPSMACT | TXFIFOE), DPSMACT | TXFIFOE);
    for (unsigned i = 16; i < 128; i++) {
        while ((sd_get(&r, STAR) & TXFIFOF) != 0) {
            run_for(r.k, VTIME_US(1));
        }
        sd_put(&r, FIFOR, i);
    }
    assert_int_equal(sd_wait(&r, DATAEND) & DATAEND, DATAEND);
    sd_end(&r);
}

static void write_halves(const struct sd_rig *r, unsigned words)
{
    for (unsigned i = 0; i < words; i++) {
        if (i % 8 == 0) {
            assert_int_equal(sd_wait(r, TXFIFOHE | 0x3F) & (TXFIFOHE | 0x3F), TXFIFOHE);
        }
        sd_put(r, FIFOR + 4 * (i % 16), 0xC0DE0000u + i);
    }
}

static void writes_blocks(void **state)
{
    struct sd_rig r;
    uint8_t bytes[SD_BLOCK];
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_prepare(&r, 1024, 0);
    assert_int_equal(sd_command(&r, 25, 9, SHORT | CMDTRANS), CMDREND);
    assert_int_equal(sd_get(&r, STAR), CMDREND | DPSMACT | TXFIFOHE | TXFIFOE);
    write_halves(&r, 256);
    assert_int_equal(sd_get(&r, STAR) & DATAEND, 0);
    assert_int_equal(sd_wait(&r, DATAEND) & (DATAEND | DPSMACT | BUSYD0END), DATAEND);
    assert_int_equal(sd_command(&r, 12, 0, SHORT | CMDSTOP), CMDREND);
    sd_store_read(&r.card.store, 10, bytes);
    assert_int_equal(bytes[0] | bytes[1] << 8, 128);
    assert_int_equal(bytes[3], 0xC0);
    assert_int_equal(sd_app_command(&r, 13, 0, SHORT), CMDREND); /* the card is selected yet */
    sd_end(&r);
}

static void underruns(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, false);
    sd_prepare(&r, 512, 0);
    sd_command(&r, 24, 9, SHORT | CMDTRANS);
    write_halves(&r, 8);
    run_for(r.k, VTIME_MS(1)); /* it begins when the FIFO is full */
    assert_int_equal(sd_get(&r, STAR) & (TXUNDERR | DPSMACT), DPSMACT);
    write_halves(&r, 8);
    assert_int_equal(sd_wait(&r, TXUNDERR) & (TXUNDERR | DPSMACT), TXUNDERR | DPSMACT);
    assert_int_equal(sd_command(&r, 12, 0, SHORT | CMDSTOP), CMDREND);
    assert_int_equal(sd_wait(&r, DABORT) & (DABORT | DPSMACT), DABORT);
    assert_int_equal(r.card.received, 0);
    sd_end(&r);
}

/* Stopped while the card programs a block: D0 stays low after CMD12's answer, until it is done. */
static void stop_waits_for_the_card(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    assert_int_equal(sd_command(&r, 32, 1, SHORT), CMDREND);
    assert_int_equal(sd_command(&r, 33, 4, SHORT), CMDREND);
    sd_put(&r, DTIMER, 1000000);
    sd_put(&r, MASKR, BUSYD0END);
    assert_int_equal(sd_command(&r, 38, 0, SHORT), CMDREND);
    assert_int_equal(sd_get(&r, STAR), CMDREND | DPSMACT | BUSYD0);
    assert_int_equal(sd_command(&r, 13, r.rca << 16, SHORT), CMDREND);
    assert_int_equal(sd_get(&r, RESP1R) >> 8 & 0x1F, 7u << 1); /* programming, not ready */
    assert_false(r.k->line[49]);
    run_for(r.k, VTIME_MS(10));
    assert_int_equal(sd_get(&r, STAR), CMDREND | BUSYD0END);
    assert_true(r.k->line[49]);
    sd_put(&r, DTIMER, 100); /* 4 us are not enough */
    sd_command(&r, 32, 1, SHORT);
    sd_command(&r, 33, 4, SHORT);
    sd_command(&r, 38, 0, SHORT);
    run_for(r.k, VTIME_US(20));
    assert_int_equal(sd_get(&r, STAR), CMDREND | DPSMACT | BUSYD0 | DTIMEOUT);
    sd_end(&r);
}

static void data_time_out(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, false);
    sd_prepare(&r, 512, RECEIVE);
    sd_put(&r, DTIMER, 1000); /* 40 us; the card takes 100 */
    sd_command(&r, 17, 0, SHORT | CMDTRANS);
    run_for(r.k, VTIME_US(35));
    assert_int_equal(sd_get(&r, STAR) & DTIMEOUT, 0);
    run_for(r.k, VTIME_US(4));
    assert_int_equal(sd_get(&r, STAR) & (DTIMEOUT | DPSMACT), DTIMEOUT | DPSMACT);
    sd_end(&r);
}

/* DTEN alone, and nobody sends: the path goes idle by itself once the FIFO is reset (58.5.4, Wait_R). */
static void data_time_out_by_dten(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, false);
    sd_prepare(&r, 512, RECEIVE);
    sd_put(&r, DTIMER, 1000);
    sd_put(&r, DCTRL, BLOCKS_512 | RECEIVE | DTEN);
    assert_int_equal(sd_wait(&r, DTIMEOUT) & (DTIMEOUT | DPSMACT), DTIMEOUT | DPSMACT);
    sd_put(&r, DCTRL, FIFORST);
    assert_int_equal(sd_get(&r, STAR) & DPSMACT, 0);
    sd_end(&r);
}

/* Four lines here and one there: no start bit on all. One here and four there: another block. */
static void widths_that_differ(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, false);
    sd_put(&r, CLKCR, FAST | FOUR_LINES);
    sd_prepare(&r, 512, RECEIVE);
    sd_command(&r, 17, 0, SHORT | CMDTRANS);
    assert_int_equal(sd_wait(&r, DTIMEOUT | RXFIFOHF) & (DTIMEOUT | RXFIFOHF), DTIMEOUT);
    sd_put(&r, DCTRL, FIFORST);
    sd_command(&r, 12, 0, SHORT | CMDSTOP);
    assert_int_equal(sd_app_command(&r, 6, 2, SHORT), CMDREND);
    sd_put(&r, CLKCR, FAST);
    sd_prepare(&r, 512, RECEIVE);
    sd_command(&r, 17, 0, SHORT | CMDTRANS);
    for (unsigned i = 0; i < 128; i++) {
        sd_wait(&r, RXFIFOHF | DCRCFAIL | (i % 8 != 0 ? ~0u : 0));
        sd_get(&r, FIFOR);
    }
    assert_int_equal(sd_wait(&r, DCRCFAIL | DATAEND) & (DCRCFAIL | DATAEND | DPSMACT), DCRCFAIL);
    sd_prepare(&r, 512, 0);
    sd_command(&r, 24, 0, SHORT | CMDTRANS);
    write_halves(&r, 128);
    assert_int_equal(sd_wait(&r, DCRCFAIL | DATAEND) & (DCRCFAIL | DATAEND | DPSMACT), DCRCFAIL);
    sd_end(&r);
}

/* "None of the remaining data are transfered" (58.10.9). */
static void whole_blocks_only(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_prepare(&r, 1000, RECEIVE);
    sd_command(&r, 17, 5, SHORT | CMDTRANS);
    assert_int_equal(sd_get(&r, DCNTR), 512);
    read_halves(&r, 5, 1);
    assert_int_equal(sd_wait(&r, DATAEND | DTIMEOUT) & (DATAEND | DTIMEOUT), DATAEND);
    sd_end(&r);
}

/* A data line that is no pin's: commands are answered, data do not come. */
static void needs_its_data_lines(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    pin_af(r.k, 'C', 11, 0); /* D3 */
    sd_prepare(&r, 512, RECEIVE);
    assert_int_equal(sd_command(&r, 17, 5, SHORT | CMDTRANS), CMDREND);
    assert_int_equal(sd_wait(&r, DATAEND | DTIMEOUT | RXFIFOHF) & (DTIMEOUT | RXFIFOHF), DTIMEOUT);
    sd_end(&r);
}

/* DTHOLD stops between blocks, with the count where it is. */
static void hold(void **state)
{
    struct sd_rig r;
    sd_start(&r, *state, SDMMC1, true);
    sd_identify(&r, true);
    sd_prepare(&r, 1024, RECEIVE);
    sd_command(&r, 18, 5, SHORT | CMDTRANS);
    sd_put(&r, CMDR, DTHOLD);
    read_halves(&r, 5, 1);
    run_for(r.k, VTIME_MS(1));
    assert_int_equal(sd_get(&r, STAR) & (DHOLD | DPSMACT), DPSMACT);
    sd_put(&r, DCTRL, FIFORST);
    assert_int_equal(sd_get(&r, STAR) & (DHOLD | DATAEND | DPSMACT), DHOLD);
    assert_int_equal(sd_get(&r, DCNTR), 512);
    sd_command(&r, 12, 0, SHORT | CMDSTOP);
    sd_prepare(&r, 1024, 0);
    sd_command(&r, 25, 5, SHORT | CMDTRANS);
    sd_put(&r, CMDR, 0);
    write_halves(&r, 128);
    sd_put(&r, CMDR, DTHOLD);
    assert_int_equal(sd_wait(&r, DBCKEND) & (DBCKEND | DHOLD), DBCKEND);
    sd_put(&r, DCTRL, FIFORST);
    assert_int_equal(sd_get(&r, STAR) & (DHOLD | DATAEND | DPSMACT), DHOLD);
    sd_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(reads_a_block),      WHOLE(ends_when_the_fifo_is_empty),
        WHOLE(scr_and_switch),     WHOLE(overruns_and_is_aborted),
        WHOLE(flow_control_waits), WHOLE(writes_blocks),
        WHOLE(underruns),          WHOLE(stop_waits_for_the_card),
        WHOLE(data_time_out),      WHOLE(data_time_out_by_dten),
        WHOLE(widths_that_differ), WHOLE(hold),
        WHOLE(whole_blocks_only),  WHOLE(needs_its_data_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
