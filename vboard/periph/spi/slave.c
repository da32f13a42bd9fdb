/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * SPI as a slave (RM0399 Rev 4, 53.4.2, 53.4.14). A master sends a frame's bits on MOSI and then its clock on SCK, both
 * as symbols; with the clock the slave shifts, and answers on MISO before it returns.
 */
#include "vboard/periph/spi/internal.h"

enum { UDR_CONSTANT, UDR_LAST_RECEIVED, UDR_LAST_SENT };

bool spi_is_slave(const struct spi *s)
{
    return !spi_is_gated(s) && !i2s_is_on(s) && spi_has(s, R_CR1, CR1_SPE) &&
           !spi_has(s, R_CFG2, CFG2_MASTER) && spi_is_addressed(s);
}

void spi_slave_drive(struct spi *s)
{
    if (spi_has(s, R_CFG2, CFG2_MASTER)) {
        return;
    }
    bool out = spi_is_slave(s) && spi_transmits(s);
    unsigned last = spi_has(s, R_CFG2, CFG2_LSBFRST) ? spi_frame_bits(s) - 1 : 0;
    enum drive level = (s->last_out >> last & 1u) != 0 ? DRIVE_HIGH : DRIVE_LOW;
    pinfunc_drive(s->miso, out ? level : DRIVE_NONE, s->p.chip->sched.now);
}

/* UDRCFG: what goes out when nothing has been written (53.4.14). */
static uint32_t underrun(struct spi *s)
{
    s->flags |= SR_UDR;
    switch (s->p.values[R_CFG1] >> CFG1_UDRCFG_POS & 3u) {
    case UDR_LAST_RECEIVED:
        return s->last_in;
    case UDR_LAST_SENT:
        return s->last_out;
    default:
        return s->p.values[R_UDRDR] & spi_frame_mask(s);
    }
}

void spi_slave_heard(void *ctx, const struct symbol *sym)
{
    struct spi *s = ctx;
    s->heard = s->heard << 16 | sym->data;
}

/* Frames of more than 16 bits come in two symbols, the second of 16. */
static bool is_whole(const struct spi *s, const struct symbol *sym)
{
    unsigned bits = spi_frame_bits(s);
    return bits <= 16 ? sym->data_bits == bits : sym->data_bits == 16;
}

static void answer(struct spi *s, const struct symbol *clock)
{
    if (!spi_transmits(s)) {
        return;
    }
    s->last_out = s->tx.count != 0 ? spi_take(&s->tx) : underrun(s);
    struct symbol sym = *clock;
    sym.is_clock = false;
    if (s->miso->pin != NULL && spi_frame_bits(s) > 16) {
        sym.data = (uint16_t)(s->last_out >> 16);
        signal_send_symbol(s->miso->pin, &sym);
    }
    sym.data = (uint16_t)s->last_out;
    if (s->miso->pin != NULL) {
        signal_send_symbol(s->miso->pin, &sym);
    }
    spi_slave_drive(s);
}

void spi_slave_clocked(void *ctx, const struct symbol *sym)
{
    struct spi *s = ctx;
    if (!sym->is_clock || !spi_is_slave(s) || !is_whole(s, sym)) {
        return;
    }
    uint32_t in = s->heard & spi_frame_mask(s);
    s->heard = 0;
    answer(s, sym);
    spi_frame_in(s, in);
}
