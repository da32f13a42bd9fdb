/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * SAI: RM0399 chapter 54. Kernel clock 64 MHz (per_ck, HSI); a frame has 64 bits of 2 clocks each: 2 us, two slots of
 * 1 us. SAI2 has it all but for what is said to be SAI4's.
 */
#include "tests/vboard/system/whole_chip.h"

#include "vboard/chip/pinfunc.h"

#define SAI2 0x40015C00u
#define SAI4 0x58005400u
#define BLOCK_B 0x20u
#define CR1(sai) ((sai) + 0x04)
#define CR2(sai) ((sai) + 0x08)
#define FRCR(sai) ((sai) + 0x0C)
#define SLOTR(sai) ((sai) + 0x10)
#define IM(sai) ((sai) + 0x14)
#define SR(sai) ((sai) + 0x18)
#define CLRFR(sai) ((sai) + 0x1C)
#define DR(sai) ((sai) + 0x20)
#define A SAI2
#define B (SAI2 + BLOCK_B)
#define SAI2_INT 91

#define TRANSMIT 0u
#define RECEIVE 1u
#define SLAVE 2u
#define WITH_OTHER (1u << 10)
#define WITH_OTHER_SAI (2u << 10)
#define MONO (1u << 12)
#define SAIEN (1u << 16)
#define DMAEN (1u << 17)
#define NODIV (1u << 19)
#define OSR (1u << 26)
#define MCKEN (1u << 27)
#define MCKDIV(n) ((uint32_t)(n) << 20)
#define BITS_32 (7u << 5)
#define BITS_16 (4u << 5)
#define SPDIF (1u << 2)
#define AC97 (2u << 2)
#define SETTINGS (BITS_32 | NODIV | MCKDIV(2))
#define FFLUSH (1u << 3)
#define OVRUDR (1u << 0)
#define MUTEDET (1u << 1)
#define WCKCFG (1u << 2)
#define FREQ (1u << 3)
#define CNRDY (1u << 4)
#define AFSDET (1u << 5)
#define LFSDET (1u << 6)
#define FLAGS 0x7Fu
#define SLOT VTIME_US(1)
#define FRAME VTIME_US(2)
#define SOON VTIME_NS(100)

static unsigned level(struct whole *w, uint32_t block)
{
    return get(w, SR(block)) >> 16 & 7u;
}

static void clock_on(struct whole *w)
{
    set_bits(w, RCC_APB2ENR, 1u << 23);
    set_bits(w, 0x58024450, 4u << 6); /* D2CCIP1R.SAI23SEL: per_ck */
}

/* Two slots of 32 bits. */
static void set_up(struct whole *w, uint32_t block, uint32_t cr1)
{
    clock_on(w);
    put(w, CR1(block), SETTINGS | cr1);
    put(w, FRCR(block), 1u << 16 | 31u << 8 | 63u);
    put(w, SLOTR(block), 3u << 16 | 1u << 8);
}

static void switch_on(struct whole *w, uint32_t block)
{
    set_bits(w, CR1(block), SAIEN);
}

static void write_words(struct whole *w, uint32_t block, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        put(w, DR(block), i);
    }
}

static bool is_on(struct whole *w, uint32_t block)
{
    return (get(w, CR1(block)) & SAIEN) != 0;
}

static size_t events(const struct whole *w)
{
    return w->soc.chip.sched.count;
}

/* 54.4.9, 54.6.12. */
static void levels_and_requests_of_a_transmitter(void **state)
{
    static const uint8_t levels[] = {0, 1, 1, 2, 2, 3, 3, 4, 5};
    static const uint8_t asks_below[] = {1, 3, 5, 7, 8};
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    for (unsigned words = 0; words <= 8; words++) {
        assert_int_equal(level(w, A), levels[words]);
        for (unsigned fth = 0; fth <= 4; fth++) {
            put(w, CR2(A), fth);
            assert_int_equal((get(w, SR(A)) & FREQ) != 0, words < asks_below[fth]);
        }
        put(w, DR(A), 0);
    }
    assert_int_equal(level(w, A), 5);
    put(w, CR2(A), FFLUSH);
    for (unsigned words = 0; words < 3; words++) { /* "whatever the access size" */
        chip_mmio_write(&w->soc.chip, DR(A), words % 2 + 1, words);
    }
    assert_int_equal(level(w, A), 2);
    put(w, CR2(A), FFLUSH);
    assert_int_equal(level(w, A), 0);
    assert_int_equal(get(w, CR2(A)), 0);
}

static void levels_and_requests_of_a_receiver(void **state)
{
    static const uint8_t levels[] = {0, 1, 2, 2, 3, 3, 4, 4, 5};
    static const uint8_t asks_from[] = {1, 2, 4, 6, 8};
    struct whole *w = *state;
    set_up(w, A, RECEIVE);
    switch_on(w, A);
    run_for(w, SOON);
    for (unsigned words = 0; words <= 8; words++) {
        assert_int_equal(level(w, A), levels[words]);
        for (unsigned fth = 0; fth <= 4; fth++) {
            put(w, CR2(A), fth);
            assert_int_equal((get(w, SR(A)) & FREQ) != 0, words >= asks_from[fth]);
        }
        run_for(w, SLOT);
    }
    assert_int_equal(get(w, SR(A)) & FLAGS, FREQ | OVRUDR);
    assert_int_equal(get(w, DR(A)), 0);
    assert_int_equal(level(w, A), 4);
}

/* The first frame waits for data; then a word goes a slot, and where there is none OVRUDR is set. */
static void a_transmitter_takes_a_word_a_slot(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    switch_on(w, A);
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, SR(A)) & FLAGS, FREQ);
    write_words(w, A, 8); /* the first of them begins the frame */
    assert_int_equal(level(w, A), 4);
    for (unsigned words = 7; words > 1; words -= 2) {
        run_for(w, FRAME);
        assert_int_equal(level(w, A), (words - 1) / 2);
    }
    run_for(w, SLOT - SOON);
    assert_int_equal(get(w, SR(A)) & OVRUDR, 0);
    run_for(w, 2 * SLOT);
    assert_int_equal(get(w, SR(A)) & OVRUDR, OVRUDR);
    put(w, CLRFR(A), OVRUDR);
    assert_int_equal(get(w, SR(A)) & OVRUDR, 0);
    run_for(w, FRAME);
    assert_int_equal(get(w, SR(A)) & OVRUDR, OVRUDR);
}

/* 54.4.14: it goes on with the slot that was missing. */
static void slots_keep_in_step(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    switch_on(w, A);
    write_words(w, A, 1);
    run_for(w, SLOT + SOON); /* slot 1 is missing */
    assert_int_equal(get(w, SR(A)) & OVRUDR, OVRUDR);
    write_words(w, A, 3);
    run_for(w, SLOT);
    assert_int_equal(level(w, A), 2); /* 3 words: slot 0 is not for them */
    run_for(w, SLOT);
    assert_int_equal(level(w, A), 1);
}

static void it_ends_with_the_frame(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    write_words(w, A, 4);
    switch_on(w, A);
    run_for(w, SLOT / 2);
    put(w, CR1(A), SETTINGS);
    assert_true(is_on(w, A));
    put(w, CR1(A), SETTINGS | SAIEN); /* "is not taken into account" */
    run_for(w, FRAME - SLOT / 2 - SOON);
    assert_true(is_on(w, A));
    run_for(w, 2 * SOON);
    assert_false(is_on(w, A));
    assert_int_equal(level(w, A), 1);
    run_for(w, 2 * FRAME);
    assert_int_equal(level(w, A), 1);
}

/* 54.4.8, Table 448: 256 or 512 clocks a frame, whatever its length. */
static void frames_with_a_master_clock(void **state)
{
    struct whole *w = *state;
    struct pinfunc *mclk = chip_pinfunc(&w->soc.chip, "SAI2_MCLK_A");
    set_up(w, A, RECEIVE);
    put(w, CR1(A), BITS_32 | RECEIVE | MCKDIV(4) | MCKEN);
    assert_int_equal(mclk->clock_uhz, CLOCK_UHZ(16000000));
    switch_on(w, A);
    run_for(w, VTIME_US(16) + SOON); /* 256 * 4 / 64 MHz */
    assert_int_equal(level(w, A), 2);
    put(w, CR1(A), BITS_32 | RECEIVE | MCKDIV(4));
    assert_int_equal(mclk->clock_uhz, 0);
    run_for(w, VTIME_US(16));
    put(w, CR2(A), FFLUSH);
    put(w, CR1(A), BITS_32 | RECEIVE | MCKDIV(4) | OSR);
    switch_on(w, A);
    run_for(w, VTIME_US(32) - SOON);
    assert_int_equal(level(w, A), 1);
    run_for(w, 2 * SOON);
    assert_int_equal(level(w, A), 2);
}

static void a_wrong_frame_length_switches_it_off(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    put(w, CR1(A), BITS_32 | MCKDIV(2));
    put(w, FRCR(A), 47);
    put(w, IM(A), WCKCFG);
    switch_on(w, A);
    assert_false(is_on(w, A));
    assert_true(w->line[SAI2_INT]);
    put(w, CLRFR(A), WCKCFG);
    assert_false(w->line[SAI2_INT]);
    put(w, FRCR(A), 63);
    switch_on(w, A);
    assert_true(is_on(w, A));
}

static void slots_that_are_not_active(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    put(w, SLOTR(A), 1u << 16 | 1u << 8);
    write_words(w, A, 8);
    switch_on(w, A);
    run_for(w, 3 * FRAME + SOON); /* four words are gone */
    assert_int_equal(level(w, A), 2);
    put(w, CR1(A), SETTINGS);
    run_for(w, FRAME);
    put(w, CR1(A), SETTINGS | MONO);
    put(w, SLOTR(A), 3u << 16 | 1u << 8);
    put(w, CR2(A), FFLUSH);
    write_words(w, A, 8);
    switch_on(w, A);
    run_for(w, 3 * FRAME + SOON);
    assert_int_equal(level(w, A), 2);
}

/* FSDEF: slots of 16 bits, the second one with the frame's second half or behind the first. */
static void channels_begin_with_a_half(void **state)
{
    struct whole *w = *state;
    for (unsigned fsdef = 0; fsdef < 2; fsdef++) {
        set_up(w, A, TRANSMIT);
        put(w, CR1(A), BITS_16 | NODIV | MCKDIV(2));
        put(w, FRCR(A), fsdef << 16 | 63u);
        put(w, CR2(A), FFLUSH);
        write_words(w, A, 4);
        switch_on(w, A);
        run_for(w, 3 * SLOT / 4);
        assert_int_equal(level(w, A), fsdef == 1 ? 2 : 1);
        run_for(w, SLOT / 2);
        assert_int_equal(level(w, A), 1);
        put(w, CR1(A), BITS_16 | NODIV | MCKDIV(2));
        run_for(w, FRAME);
    }
}

/* 54.4.13: MUTECNT frames of zeros; all are. */
static void silence_is_detected(void **state)
{
    struct whole *w = *state;
    set_up(w, A, RECEIVE);
    put(w, CR2(A), 3u << 7);
    put(w, IM(A), MUTEDET);
    switch_on(w, A);
    run_for(w, 3 * FRAME - SOON);
    assert_false(w->line[SAI2_INT]);
    run_for(w, 2 * SOON);
    assert_true(w->line[SAI2_INT]);
    put(w, CLRFR(A), MUTEDET);
    run_for(w, VTIME_MS(2));
    assert_int_equal(w->raised[SAI2_INT], 1);
}

/* Block B takes clock and frames from block A. */
static void one_block_follows_the_other(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    set_up(w, B, RECEIVE | SLAVE | WITH_OTHER);
    switch_on(w, B);
    run_for(w, FRAME);
    assert_int_equal(level(w, B), 0);
    write_words(w, A, 8);
    switch_on(w, A);
    run_for(w, FRAME + SOON);
    assert_int_equal(level(w, B), 2);
    put(w, CR1(A), SETTINGS);
    run_for(w, 2 * FRAME);
    assert_int_equal(level(w, B), 3); /* one frame more */
    assert_true(is_on(w, B));
    put(w, CR1(B), SETTINGS | RECEIVE | SLAVE | WITH_OTHER);
    assert_false(is_on(w, B));
    assert_int_equal(get(w, SR(B)) & (AFSDET | LFSDET), 0);
}

static void a_follower_begins_with_a_frame(void **state)
{
    struct whole *w = *state;
    set_up(w, A, RECEIVE);
    set_up(w, B, RECEIVE | SLAVE | WITH_OTHER);
    switch_on(w, A);
    run_for(w, SLOT / 2);
    switch_on(w, B);
    run_for(w, FRAME);
    assert_int_equal(level(w, B), 0); /* half a slot of its first frame is over */
    run_for(w, SLOT);
    assert_int_equal(level(w, B), 1);
}

/* ... and waits on, where the master stops before. */
static void a_follower_without_a_frame(void **state)
{
    struct whole *w = *state;
    set_up(w, A, RECEIVE);
    set_up(w, B, RECEIVE | SLAVE | WITH_OTHER);
    switch_on(w, A);
    run_for(w, SLOT / 2);
    switch_on(w, B);
    put(w, CR1(A), SETTINGS | RECEIVE);
    run_for(w, 3 * FRAME);
    assert_int_equal(level(w, B), 0);
    assert_true(is_on(w, B));
}

static void frames_of_different_length(void **state)
{
    struct whole *w = *state;
    set_up(w, A, RECEIVE);
    set_up(w, B, RECEIVE | SLAVE | WITH_OTHER);
    put(w, FRCR(B), 79);
    switch_on(w, B);
    switch_on(w, A);
    run_for(w, FRAME + SOON);
    assert_int_equal(get(w, SR(B)) & (AFSDET | LFSDET), AFSDET);
    put(w, CR1(A), SETTINGS | RECEIVE);
    run_for(w, FRAME);
    put(w, CR1(B), SETTINGS | RECEIVE | SLAVE | WITH_OTHER);
    put(w, CLRFR(B), AFSDET);
    put(w, FRCR(B), 31);
    switch_on(w, B);
    switch_on(w, A);
    run_for(w, FRAME + SOON);
    assert_int_equal(get(w, SR(B)) & (AFSDET | LFSDET), LFSDET);
}

static void nobody_clocks_a_slave(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT | SLAVE);
    write_words(w, A, 8);
    switch_on(w, A);
    run_for(w, VTIME_MS(10));
    assert_int_equal(level(w, A), 5);
    assert_int_equal(get(w, SR(A)) & FLAGS, 0);
    put(w, CR1(A), SETTINGS | SLAVE);
    assert_false(is_on(w, A));
    put(w, CR1(A), SETTINGS | SLAVE | WITH_OTHER_SAI | SAIEN);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
}

static void other_protocols(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    put(w, CR1(A),
        NODIV | MCKDIV(1) | SPDIF | RECEIVE | SLAVE); /* a master transmitter all the same */
    write_words(w, A, 8);
    switch_on(w, A);
    run_for(w, 3 * SLOT + SOON); /* 64 bits of one clock each */
    assert_int_equal(level(w, A), 2);
    put(w, CR1(A), NODIV | MCKDIV(1) | SPDIF | RECEIVE | SLAVE);
    run_for(w, FRAME);
    assert_false(is_on(w, A));
    put(w, CR2(A), FFLUSH);
    put(w, CR1(A), NODIV | MCKDIV(1) | AC97 | BITS_16 | RECEIVE);
    put(w, IM(A), CNRDY);
    switch_on(w, A);
    run_for(w, SLOT / 4 - SOON); /* a tag of 16 bits: no codec */
    assert_false(w->line[SAI2_INT]);
    run_for(w, 2 * SOON);
    assert_true(w->line[SAI2_INT]);
    assert_int_equal(level(w, A), 0);
}

/* Without DMA and interrupts there are no events; with an underrun nothing more happens. */
static void running_costs_nothing(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    size_t before = events(w);
    write_words(w, A, 8);
    switch_on(w, A);
    assert_int_equal(events(w), before);
    run_for(w, VTIME_S(5));
    assert_int_equal(get(w, SR(A)) & FLAGS, FREQ | OVRUDR);
    put(w, IM(A), OVRUDR);
    assert_true(w->line[SAI2_INT]);
    assert_int_equal(events(w), before);
    put(w, CLRFR(A), OVRUDR);
    assert_int_equal(events(w), before + 1);
}

static void the_clock_is_waited_for(void **state)
{
    struct whole *w = *state;
    set_up(w, A, RECEIVE);
    put(w, 0x58024450, 3u << 6); /* I2S_CKIN: none */
    switch_on(w, A);
    run_for(w, FRAME);
    assert_int_equal(level(w, A), 0);
    put(w, 0x58024450, 4u << 6);
    run_for(w, FRAME + SOON);
    assert_int_equal(level(w, A), 2);
}

/* D3CCIPR: SAI4ASEL and SAI4BSEL. */
static void blocks_of_sai4_have_clocks_of_their_own(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB4ENR, 1u << 21);
    put(w, 0x58024458, 4u << 24); /* B: per_ck; A: pll1_q_ck, which is off */
    put(w, CR1(SAI4), SETTINGS | RECEIVE);
    put(w, CR1(SAI4 + BLOCK_B), SETTINGS | RECEIVE);
    put(w, FRCR(SAI4), 63);
    put(w, FRCR(SAI4 + BLOCK_B), 63);
    put(w, SLOTR(SAI4), 3u << 16 | 1u << 8);
    put(w, SLOTR(SAI4 + BLOCK_B), 3u << 16 | 1u << 8);
    switch_on(w, SAI4);
    switch_on(w, SAI4 + BLOCK_B);
    run_for(w, FRAME + SOON);
    assert_int_equal(level(w, SAI4), 0);
    assert_int_equal(level(w, SAI4 + BLOCK_B), 2);
}

static void settings_of_an_enabled_block(void **state)
{
    struct whole *w = *state;
    set_up(w, A, TRANSMIT);
    switch_on(w, A);
    set_bits(w, CR1(A), DMAEN);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 0);
    put(w, CR1(A), SETTINGS | SAIEN | RECEIVE);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    put(w, FRCR(A), 31);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
}

#define DMA1_S0 0x40020010u
#define DMA1_LISR 0x40020000u
#define DMA1_LIFCR 0x40020008u
#define HTIF (1u << 4)
#define TCIF (1u << 5)
#define BUFFER 0x24000000u

/* Circular, 32 words; half of them are asked for when the half before has begun to run dry. */
static void dma_keeps_it_fed(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_AHB1ENR, 1);
    set_up(w, A, TRANSMIT);
    put(w, CR2(A), 1); /* quarter: two words at most are left when it asks */
    put(w, 0x40020800, 89);
    put(w, DMA1_S0 + 4, 32);
    put(w, DMA1_S0 + 8, DR(A));
    put(w, DMA1_S0 + 12, BUFFER);
    put(w, DMA1_S0, 2u << 13 | 2u << 11 | 1u << 10 | 1u << 8 | 1u << 6 | 3u << 3 | 1u);
    set_bits(w, CR1(A), DMAEN);
    run_for(w, SLOT);
    assert_int_equal(level(w, A), 2); /* before SAIEN: HAL waits for that */
    assert_int_equal(get(w, DMA1_S0 + 4), 32 - 3);
    switch_on(w, A);
    run_for(w, 12 * SLOT - SOON); /* 16 words have been fetched when 13 have begun to be sent */
    assert_int_equal(get(w, DMA1_LISR) & HTIF, 0);
    run_for(w, 2 * SOON);
    assert_int_equal(get(w, DMA1_LISR) & (HTIF | TCIF), HTIF);
    run_for(w, 16 * SLOT - 2 * SOON);
    assert_int_equal(get(w, DMA1_LISR) & (HTIF | TCIF), HTIF);
    run_for(w, 2 * SOON);
    assert_int_equal(get(w, DMA1_LISR) & (HTIF | TCIF), HTIF | TCIF);
    assert_int_equal(get(w, SR(A)) & OVRUDR, 0);
    put(w, DMA1_LIFCR, HTIF | TCIF);
    run_for(w, 16 * SLOT);
    assert_int_equal(get(w, DMA1_LISR) & (HTIF | TCIF), HTIF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(levels_and_requests_of_a_transmitter),
        WHOLE(levels_and_requests_of_a_receiver),
        WHOLE(a_transmitter_takes_a_word_a_slot),
        WHOLE(slots_keep_in_step),
        WHOLE(it_ends_with_the_frame),
        WHOLE(frames_with_a_master_clock),
        WHOLE(a_wrong_frame_length_switches_it_off),
        WHOLE(slots_that_are_not_active),
        WHOLE(channels_begin_with_a_half),
        WHOLE(silence_is_detected),
        WHOLE(one_block_follows_the_other),
        WHOLE(a_follower_begins_with_a_frame),
        WHOLE(a_follower_without_a_frame),
        WHOLE(frames_of_different_length),
        WHOLE(nobody_clocks_a_slave),
        WHOLE(other_protocols),
        WHOLE(running_costs_nothing),
        WHOLE(the_clock_is_waited_for),
        WHOLE(blocks_of_sai4_have_clocks_of_their_own),
        WHOLE(settings_of_an_enabled_block),
        WHOLE(dma_keeps_it_fed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
