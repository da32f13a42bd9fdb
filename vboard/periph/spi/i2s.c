/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * I2S and PCM masters (RM0399 Rev 4, 53.9): a sample of a channel takes the place of SPI's frame. In I2S standards
 * left and right samples alternate; PCM has one a frame.
 */
#include <stdio.h>

#include "vboard/periph/spi/internal.h"

enum { SLAVE_TX, SLAVE_RX, MASTER_TX, MASTER_RX, SLAVE_BOTH, MASTER_BOTH };
enum { STD_PHILIPS, STD_PCM = 3 };

/* ---- settings: 53.11.14 ---- */

static unsigned config(const struct spi *s)
{
    return (s->p.values[R_I2SCFGR] & I2SCFGR_I2SCFG) >> 1;
}

static unsigned standard(const struct spi *s)
{
    return (s->p.values[R_I2SCFGR] & I2SCFGR_I2SSTD) >> I2SCFGR_I2SSTD_POS;
}

bool i2s_is_on(const struct spi *s)
{
    return spi_has(s, R_I2SCFGR, I2SCFGR_I2SMOD);
}

bool i2s_is_master(const struct spi *s)
{
    return config(s) == MASTER_TX || config(s) == MASTER_RX || config(s) == MASTER_BOTH;
}

bool i2s_transmits(const struct spi *s)
{
    return config(s) != SLAVE_RX && config(s) != MASTER_RX;
}

bool i2s_receives(const struct spi *s)
{
    return config(s) != SLAVE_TX && config(s) != MASTER_TX;
}

unsigned i2s_sample_bits(const struct spi *s)
{
    static const uint8_t bits[4] = {16, 24, 32, 32};
    return bits[s->p.values[R_I2SCFGR] >> I2SCFGR_DATLEN_POS & 3u];
}

static unsigned channel_bits(const struct spi *s)
{
    return spi_has(s, R_I2SCFGR, I2SCFGR_CHLEN) ? 32 : 16;
}

/* 53.9.9: twice I2SDIV, and one more with ODD; I2SDIV 0 is 1. */
static uint64_t divider(const struct spi *s)
{
    uint32_t i2sdiv = s->p.values[R_I2SCFGR] >> I2SCFGR_I2SDIV_POS & 0xFFu;
    return i2sdiv == 0 ? 1 : 2 * i2sdiv + (spi_has(s, R_I2SCFGR, I2SCFGR_ODD) ? 1 : 0);
}

/* A frame is 256 of MCK's clocks (PCM: 128), or without MCK as many of CK's as it has bits: both for two samples, or
 * for PCM's one. */
uint64_t i2s_sample_clocks(const struct spi *s)
{
    return divider(s) * (spi_has(s, R_I2SCFGR, I2SCFGR_MCKOE) ? 128 : channel_bits(s));
}

uint64_t i2s_bit_clocks(const struct spi *s)
{
    return i2s_sample_clocks(s) / channel_bits(s);
}

/* DATFMT: 24 bits are the register's lower ones or its upper ones; others have its whole width (Figure 684). */
static unsigned data_shift(const struct spi *s)
{
    bool left = i2s_is_on(s) && spi_has(s, R_I2SCFGR, I2SCFGR_DATFMT);
    return left && i2s_sample_bits(s) == 24 ? 8 : 0;
}

uint32_t i2s_to_sample(const struct spi *s, uint32_t data)
{
    return data >> data_shift(s);
}

uint32_t i2s_from_sample(const struct spi *s, uint32_t sample)
{
    return sample << data_shift(s);
}

/* ---- pins ---- */

/* Philips: the left channel with WS low; left and right justified: high. */
static void drive_word_select(struct spi *s, bool right)
{
    bool driven = i2s_is_master(s) && spi_has(s, R_CR1, CR1_SPE);
    bool high = standard(s) == STD_PHILIPS ? right : !right;
    high = standard(s) != STD_PCM && high != spi_has(s, R_I2SCFGR, I2SCFGR_WSINV);
    pinfunc_drive(s->nss,
                  !driven ? DRIVE_NONE
                  : high  ? DRIVE_HIGH
                          : DRIVE_LOW,
                  s->p.chip->sched.now);
}

/* "Regardless of the SPE bit" (53.9.9). */
static void follow_mck(struct spi *s)
{
    bool on = i2s_is_on(s) && i2s_is_master(s) && spi_has(s, R_I2SCFGR, I2SCFGR_MCKOE);
    s->i2s.mck->clock_uhz = on ? s->kernel->uhz / divider(s) : 0;
    pinfunc_drive(s->i2s.mck, on ? DRIVE_LOW : DRIVE_NONE, s->p.chip->sched.now);
}

void i2s_drive(struct spi *s)
{
    if (!s->i2s.runs) {
        drive_word_select(s, true);
    }
}

void i2s_follow_clock(struct spi *s)
{
    if (s->i2s.mck != NULL) {
        follow_mck(s);
    }
}

void i2s_connect(struct spi *s)
{
    char name[16];
    if (s->p.model == &spi_model) {
        snprintf(name, sizeof(name), "I2S%c_MCK", s->p.name[3]);
        s->i2s.mck = chip_pinfunc(s->p.chip, name);
    }
}

/* ---- samples ---- */

/* The first one waits for data (53.9.7), no other does; SUSP must have been cleared. */
bool i2s_may_go_on(const struct spi *s)
{
    bool starts = !i2s_transmits(s) || s->tx.count != 0;
    return (s->flags & SR_SUSP) == 0 && (s->i2s.runs || starts);
}

/* 53.9.12: after an underrun the last samples are sent again, until UDR is cleared, there is data, and it is the turn of
 * the channel that it was. */
uint32_t i2s_next_sample(struct spi *s)
{
    struct i2s *i = &s->i2s;
    i->runs = true;
    drive_word_select(s, i->right);
    if (!i2s_transmits(s)) {
        return 0;
    }
    if (i->replays) {
        i->replays = s->tx.count == 0 || (s->flags & SR_UDR) != 0 || i->right != i->replays_right;
    } else if (s->tx.count == 0) {
        i->replays = true;
        i->replays_right = i->right;
        s->flags |= SR_UDR;
    }
    if (!i->replays) {
        i->last[i->right] = spi_take(&s->tx);
    }
    return i->last[i->right];
}

/* 53.9.13: after an overrun samples are dropped until OVR is cleared and it is that channel's turn. */
static void receive(struct spi *s, uint32_t in)
{
    struct i2s *i = &s->i2s;
    if (i->drops && ((s->flags & SR_OVR) != 0 || i->right != i->drops_right)) {
        return;
    }
    i->drops = !spi_keep_frame(s, in);
    i->drops_right = i->right;
}

void i2s_sample_in(struct spi *s, uint32_t in)
{
    if (i2s_receives(s)) {
        receive(s, in);
    }
    s->i2s.right = standard(s) != STD_PCM && !s->i2s.right;
    if (s->suspends && !s->i2s.right) { /* a frame is complete (53.9.8) */
        spi_end_transfer(s, SR_SUSP);
    }
}

void i2s_stop(struct spi *s)
{
    struct pinfunc *mck = s->i2s.mck;
    s->i2s = (struct i2s){.mck = mck};
    if (i2s_is_on(s)) {
        drive_word_select(s, true);
    }
}

void i2s_report(struct spi *s)
{
    if (i2s_is_on(s) && !i2s_is_master(s)) {
        periph_unmodelled(&s->p, R_I2SCFGR, I2SCFGR_I2SCFG);
    } else if (i2s_is_on(s) && standard(s) == STD_PCM) {
        periph_unmodelled(&s->p, R_I2SCFGR, I2SCFGR_I2SSTD);
    }
}
