/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/spi/internal.h"

#include <stdio.h>
#include <string.h>

/* ---- settings ---- */

unsigned spi_frame_bits(const struct spi *s)
{
    if (i2s_is_on(s)) {
        return i2s_sample_bits(s);
    }
    unsigned bits = (s->p.values[R_CFG1] & 31u) + 1;
    return bits < 4 ? 4 : bits; /* DSIZE 0 to 2 are not used (53.11.3) */
}

/* In the FIFOs a frame takes one, two or four bytes (53.4.13). */
static unsigned frame_bytes(const struct spi *s)
{
    return spi_frame_bits(s) <= 8 ? 1 : spi_frame_bits(s) <= 16 ? 2 : 4;
}

uint32_t spi_frame_mask(const struct spi *s)
{
    return spi_frame_bits(s) == 32 ? ~0u : (1u << spi_frame_bits(s)) - 1u;
}

/* A sample of 24 bits takes three of them (53.9.10). */
unsigned spi_room(const struct spi *s)
{
    bool three = i2s_is_on(s) && spi_frame_bits(s) == 24;
    return (unsigned)s->p.entry->param / (three ? 3 : frame_bytes(s));
}

static unsigned packet(const struct spi *s)
{
    return (s->p.values[R_CFG1] >> CFG1_FTHLV_POS & 15u) + 1;
}

static enum spi_communication communication(const struct spi *s)
{
    return (enum spi_communication)(s->p.values[R_CFG2] >> CFG2_COMM_POS & 3u);
}

bool spi_transmits(const struct spi *s)
{
    enum spi_communication c = communication(s);
    if (i2s_is_on(s)) {
        return i2s_transmits(s);
    }
    return c == COMM_HALF ? spi_has(s, R_CR1, CR1_HDDIR) : c != COMM_RECEIVE;
}

static bool receives(const struct spi *s)
{
    enum spi_communication c = communication(s);
    if (i2s_is_on(s)) {
        return i2s_receives(s);
    }
    return c == COMM_HALF ? !spi_has(s, R_CR1, CR1_HDDIR) : c != COMM_TRANSMIT;
}

static uint32_t tsize(const struct spi *s)
{
    return s->p.values[R_CR2] & 0xFFFFu;
}

/* ---- flags ---- */

static bool is_shifting(const struct spi *s)
{
    return event_queued(&s->frame);
}

static uint32_t levels(const struct spi *s)
{
    uint32_t sr = 0;
    bool wants_more = tsize(s) == 0 || s->to_come != 0;
    if (spi_has(s, R_CR1, CR1_SPE) && spi_transmits(s) && wants_more &&
        spi_room(s) - s->tx.count >= packet(s)) {
        sr |= SR_TXP;
    }
    sr |= s->rx.count >= packet(s) ? SR_RXP : 0;
    sr |= (sr & (SR_TXP | SR_RXP)) == (SR_TXP | SR_RXP) ? SR_DXP : 0;
    sr |= s->rx.count * frame_bytes(s) >= 4 ? SR_RXWNE : 0;
    sr |= (s->rx.count < 3 ? s->rx.count : 3u) << SR_RXPLVL_POS;
    /* 53.11.6: with TSIZE it "just copies the EOT flag value, including its software clearing". */
    bool complete = tsize(s) != 0 ? (s->flags & SR_EOT) != 0 : s->tx.count == 0 && !is_shifting(s);
    return sr | (complete ? SR_TXC : 0);
}

static uint32_t status(const struct spi *s)
{
    if (!spi_has(s, R_CR1, CR1_SPE)) {
        return SR_TXC | SR_TXP | (s->flags & SR_MODF);
    }
    return levels(s) | s->flags | s->left << 16;
}

static void update(struct spi *s)
{
    uint32_t sr = status(s);
    uint32_t ier = s->p.values[R_IER];
    bool on = spi_has(s, R_CR1, CR1_SPE);
    uint32_t asked = ier | ((ier & SR_EOT) != 0 ? SR_SUSP | SR_TXC : 0);
    irq_set(&s->p.irq[SPI_IRQ_GLOBAL], (on || (sr & SR_MODF) != 0) && (sr & asked & 0x1FFFu) != 0);
    dma_request_set(s->p.chip, s->tx_dma,
                    on && spi_has(s, R_CFG1, CFG1_TXDMAEN) && (sr & SR_TXP) != 0);
    dma_request_set(s->p.chip, s->rx_dma,
                    on && spi_has(s, R_CFG1, CFG1_RXDMAEN) && (sr & SR_RXP) != 0);
}

/* ---- pins ---- */

static void drive_select(struct spi *s, bool active)
{
    bool out = spi_has(s, R_CFG2, CFG2_SSOE | CFG2_MASTER) && !spi_has(s, R_CFG2, CFG2_SSM) &&
               spi_has(s, R_CR1, CR1_SPE);
    bool high = active == spi_has(s, R_CFG2, CFG2_SSIOP);
    pinfunc_drive(s->nss, !out ? DRIVE_NONE : high ? DRIVE_HIGH : DRIVE_LOW, s->p.chip->sched.now);
}

static bool is_master(const struct spi *s)
{
    return i2s_is_on(s) ? i2s_is_master(s) : spi_has(s, R_CFG2, CFG2_MASTER);
}

static void drive_pins(struct spi *s)
{
    vtime_ps now = s->p.chip->sched.now;
    bool on = spi_has(s, R_CR1, CR1_SPE) && is_master(s);
    bool high = i2s_is_on(s) ? spi_has(s, R_I2SCFGR, I2SCFGR_CKPOL) : spi_has(s, R_CFG2, CFG2_CPOL);
    pinfunc_drive(s->sck, !on ? DRIVE_NONE : high ? DRIVE_HIGH : DRIVE_LOW, now);
    if (!on) {
        pinfunc_drive(s->mosi, DRIVE_NONE, now);
    }
    if (i2s_is_on(s)) {
        i2s_drive(s);
    } else {
        drive_select(s, spi_has(s, R_CR1, CR1_CSTART));
    }
    spi_slave_drive(s);
}

static void answered(void *ctx, const struct symbol *sym)
{
    struct spi *s = ctx;
    s->answer = s->answer << 16 | sym->data;
    s->answered = true;
}

static void send(struct spi *s, uint32_t data, unsigned bits, vtime_ps bit, vtime_ps end)
{
    const struct symbol sym = {
        .data = (uint16_t)data, .data_bits = (uint8_t)bits, .bit_ps = bit, .end = end};
    if (s->mosi->pin != NULL && spi_transmits(s)) {
        signal_send_symbol(s->mosi->pin, &sym);
    }
    if (s->sck->pin != NULL) {
        struct symbol clock = sym;
        clock.is_clock = true;
        signal_send_symbol(s->sck->pin, &clock); /* a slave shifts */
    }
}

/* MBR: kernel clock / 2^(MBR + 1). */
static uint64_t bit_clocks(const struct spi *s)
{
    return i2s_is_on(s) ? i2s_bit_clocks(s)
                        : UINT64_C(2) << (s->p.values[R_CFG1] >> CFG1_MBR_POS & 7u);
}

/* Out on MOSI, and what MISO says to it. */
static uint32_t exchange(struct spi *s, vtime_ps now)
{
    unsigned bits = spi_frame_bits(s);
    vtime_ps bit = clock_span(s->kernel, bit_clocks(s));
    s->answer = 0;
    s->answered = false;
    if (bits > 16) {
        send(s, s->shift >> 16, bits - 16, bit, now - 16 * bit);
        send(s, s->shift & 0xFFFFu, 16, bit, now);
    } else {
        send(s, s->shift, bits, bit, now);
    }
    unsigned last = spi_has(s, R_CFG2, CFG2_LSBFRST) ? bits - 1 : 0;
    if (spi_transmits(s)) {
        pinfunc_drive(s->mosi, (s->shift >> last & 1u) != 0 ? DRIVE_HIGH : DRIVE_LOW, now);
    }
    uint32_t in = s->answered ? s->answer : pinfunc_is_high(s->miso) ? ~0u : 0;
    return in & spi_frame_mask(s);
}

/* ---- frames ---- */

static void put(struct spi_fifo *f, uint32_t frame)
{
    f->frames[f->count++] = frame;
}

uint32_t spi_take(struct spi_fifo *f)
{
    uint32_t frame = f->frames[0];
    f->count--;
    memmove(f->frames, f->frames + 1, f->count * sizeof(f->frames[0]));
    return frame;
}

bool spi_is_gated(const struct spi *s)
{
    return s->p.gate != NULL && !s->p.gate->any;
}

static bool may_go_on(const struct spi *s)
{
    bool full = receives(s) && s->rx.count >= spi_room(s);
    if (spi_is_gated(s) || !spi_has(s, R_CR1, CR1_SPE | CR1_CSTART) || !is_master(s) ||
        (tsize(s) != 0 && s->left == 0)) {
        return false;
    }
    if (i2s_is_on(s)) {
        return i2s_may_go_on(s);
    }
    return (!spi_transmits(s) || s->tx.count != 0) && !(full && spi_has(s, R_CR1, CR1_MASRX));
}

static void go_on(struct spi *s)
{
    struct chip *c = s->p.chip;
    uint64_t clocks = i2s_is_on(s) ? i2s_sample_clocks(s) : bit_clocks(s) * spi_frame_bits(s);
    vtime_ps span = clock_span(s->kernel, clocks);
    if (is_shifting(s) || !may_go_on(s) || span == VTIME_NEVER) {
        return;
    }
    s->shift = i2s_is_on(s) ? i2s_next_sample(s) : spi_transmits(s) ? spi_take(&s->tx) : 0;
    sched_at(&c->sched, &s->frame, c->sched.now + span);
}

void spi_end_transfer(struct spi *s, uint32_t flag)
{
    s->flags |= flag;
    s->p.values[R_CR1] &= ~CR1_CSTART;
    s->suspends = false;
    if (i2s_is_on(s)) {
        i2s_stop(s);
    } else {
        drive_select(s, false);
    }
}

bool spi_keep_frame(struct spi *s, uint32_t in)
{
    bool fits = s->rx.count < spi_room(s);
    if (fits) {
        put(&s->rx, in);
    } else {
        s->flags |= SR_OVR;
    }
    return fits;
}

void spi_frame_in(struct spi *s, uint32_t in)
{
    s->last_in = in;
    if (receives(s)) {
        (void)spi_keep_frame(s, in);
    }
    s->left -= s->left != 0 ? 1u : 0u;
    if (tsize(s) != 0 && s->left == 0) {
        spi_end_transfer(s, SR_EOT);
    } else if (s->suspends) {
        spi_end_transfer(s, SR_SUSP);
    }
    go_on(s);
    update(s);
}

static void frame_over(void *ctx, vtime_ps now)
{
    struct spi *s = ctx;
    uint32_t in = exchange(s, now);
    if (i2s_is_on(s)) {
        i2s_sample_in(s, in);
        go_on(s);
        update(s);
    } else {
        spi_frame_in(s, in);
    }
}

/* ---- registers ---- */

static void stop(struct spi *s)
{
    sched_cancel(&s->p.chip->sched, &s->frame);
    s->tx.count = 0;
    s->rx.count = 0;
    s->flags &= SR_MODF;
    s->left = 0;
    s->to_come = 0;
    s->p.values[R_CR1] &= ~CR1_CSTART;
    s->suspends = false;
    i2s_stop(s);
}

bool spi_is_addressed(const struct spi *s)
{
    bool inverted = spi_has(s, R_CFG2, CFG2_SSIOP);
    if (spi_has(s, R_CFG2, CFG2_SSM)) {
        return spi_has(s, R_CR1, CR1_SSI) == inverted;
    }
    return s->nss->pin != NULL && pinfunc_is_high(s->nss) == inverted;
}

/* 53.4.15: a master that another one selects, by the pin or by SSI, is switched off. */
static bool is_selected(const struct spi *s)
{
    return spi_has(s, R_CFG2, CFG2_MASTER) && !spi_has(s, R_CFG2, CFG2_SSOE) && spi_is_addressed(s);
}

static void check_fault(struct spi *s)
{
    if (spi_has(s, R_CR1, CR1_SPE) && is_selected(s)) {
        s->flags |= SR_MODF;
        s->p.values[R_CR1] &= ~CR1_SPE;
        stop(s);
    }
}

static void cr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct spi *s = (struct spi *)p;
    uint32_t *cr1 = &p->values[slot];
    if ((old & ~*cr1 & CR1_SPE) != 0) {
        stop(s);
    } else if ((~old & *cr1 & CR1_SPE) != 0) {
        s->left = s->to_come = tsize(s);
        s->flags = 0;
        i2s_report(s);
    }
    if (!spi_has(s, R_CR1, CR1_SPE) || !is_master(s)) {
        *cr1 &= ~CR1_CSTART;
    }
    check_fault(s);
    s->suspends = (written & CR1_CSUSP) != 0 && spi_has(s, R_CR1, CR1_CSTART);
    if (s->suspends && !is_shifting(s)) {
        spi_end_transfer(s, SR_SUSP);
    }
    drive_pins(s);
    go_on(s);
    update(s);
}

/* TSIZE counts from the next SPE on; while SPE is 1 it cannot be changed, but for a reload (53.11.2). */
static void keep(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if (spi_has((struct spi *)p, R_CR1, CR1_SPE)) {
        if (p->values[slot] != old) {
            periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
        }
        p->values[slot] = old;
    }
    update((struct spi *)p);
}

/* DMA's enables may change at any time. */
static void cfg1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    const uint32_t dma = CFG1_TXDMAEN | CFG1_RXDMAEN;
    uint32_t now = p->values[slot] & dma;
    keep(p, slot, (old & ~dma) | now, written);
}

static void i2scfgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    keep(p, slot, old, written);
    i2s_follow_clock((struct spi *)p);
    drive_pins((struct spi *)p);
}

static void ier_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    update((struct spi *)p);
}

static uint32_t sr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    (void)value;
    return status((const struct spi *)p);
}

static void ifcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct spi *s = (struct spi *)p;
    (void)slot;
    (void)old;
    s->flags &= ~(written & SR_LATCHED);
    update(s);
}

static unsigned access_bytes(const struct chip *c)
{
    return c->access.lanes == ~0u ? 4 : (c->access.lanes & 0xFFFFu) == 0xFFFFu ? 2 : 1;
}

/* A wide access carries as many frames as fit (53.4.13). */
static bool txdr_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct spi *s = (struct spi *)p;
    unsigned bytes = frame_bytes(s);
    (void)slot;
    for (unsigned at = 0; at < access_bytes(p->chip) && spi_has(s, R_CR1, CR1_SPE); at += bytes) {
        bool wanted = tsize(s) == 0 || s->to_come != 0;
        if (s->tx.count < spi_room(s) && wanted) {
            put(&s->tx, i2s_to_sample(s, written >> (8 * at)) & spi_frame_mask(s));
            s->to_come -= s->to_come != 0 ? 1u : 0u;
        }
    }
    if (tsize(s) != 0 && s->to_come == 0 && (s->flags & SR_TXTF) == 0) {
        s->flags |= SR_TXTF;
        p->values[R_IER] &= ~(SR_TXP | SR_DXP); /* 53.11.5 */
    }
    go_on(s);
    update(s);
    return true;
}

/* The same way back. */
static uint32_t rxdr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct spi *s = (struct spi *)p;
    unsigned bytes = frame_bytes(s);
    (void)slot;
    value = 0;
    if (p->chip->access.master == MASTER_DEBUG) {
        return s->rx.count != 0 ? i2s_from_sample(s, s->rx.frames[0]) : 0;
    }
    for (unsigned at = 0; at < p->chip->access.size && s->rx.count != 0; at += bytes) {
        value |= i2s_from_sample(s, spi_take(&s->rx)) << (8 * at);
    }
    go_on(s);
    update(s);
    return value;
}

/* ---- clocks, life ---- */

static void after_clock(void *ctx, vtime_ps now)
{
    struct spi *s = ctx;
    (void)now;
    i2s_follow_clock(s);
    if (s->kernel->uhz == 0) {
        sched_cancel(&s->p.chip->sched, &s->frame);
    }
    go_on(s);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    go_on((struct spi *)p);
}

static void nss_changed(void *ctx, bool high, vtime_ps now)
{
    struct spi *s = ctx;
    (void)high;
    (void)now;
    check_fault(s);
    spi_slave_drive(s);
    update(s);
}

static int init(struct periph *p)
{
    event_init(&((struct spi *)p)->frame, frame_over, p);
    return 0;
}

static struct pinfunc *pin(struct spi *s, const char *suffix)
{
    char name[24];
    snprintf(name, sizeof(name), "%s_%s", s->p.name, suffix);
    struct pinfunc *f = chip_pinfunc(s->p.chip, name);
    f->ctx = s;
    return f;
}

static void connect(struct periph *p)
{
    struct spi *s = (struct spi *)p;
    s->kernel = &p->chip->clocks[p->entry->kernel->output];
    s->listener = (struct clock_listener){.after = after_clock, .ctx = s};
    clock_listen(s->kernel, &s->listener);
    s->sck = pin(s, "SCK");
    s->mosi = pin(s, "MOSI");
    s->miso = pin(s, "MISO");
    s->nss = pin(s, "NSS");
    s->miso->symbol = answered;
    s->mosi->symbol = spi_slave_heard;
    s->sck->symbol = spi_slave_clocked;
    s->nss->changed = nss_changed;
    i2s_connect(s);
    unsigned mux = p->entry->dma[0].mux;
    s->rx_dma = periph_dma(p, "RX", mux);
    s->tx_dma = periph_dma(p, "TX", mux);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct spi *s = (struct spi *)p;
    (void)kind;
    stop(s);
    s->flags = 0;
    i2s_follow_clock(s);
    drive_pins(s);
    update(s);
}

/* clang-format off */
#define SPI_REGS                                                                                    \
    [R_CR1] = {.offset = 0x00, .name = "CR1", .rw = 0x0000F901u, .w1s = 0x00010200u, .wo = CR1_CSUSP, \
               .steady = true, .write = cr1_write}, \
    [R_CR2] = {.offset = 0x04, .name = "CR2", .rw = 0xFFFFu, .w1s = 0xFFFF0000u, \
               .unmodelled = 0xFFFF0000u, .write = keep}, \
    [R_CFG1] = {.offset = 0x08, .name = "CFG1", .reset = 0x00070007u, .rw = 0x705FDFFFu, \
                .unmodelled = 1u << 22, .write = cfg1_write}, \
    [R_CFG2] = {.offset = 0x0C, .name = "CFG2", .rw = 0xF7FE80FFu, .unmodelled = 1u << 15, \
                .write = keep}, \
    [R_IER] = {.offset = 0x10, .name = "IER", .rw = 0x7F9u, .w1s = 6u, .write = ier_write}, \
    [R_SR] = {.offset = 0x14, .name = "SR", .reset = 0x1002u, .ro = ~0u, .unmodelled = 0x580u, \
              .steady = true, .read = sr_read}, \
    [R_IFCR] = {.offset = 0x18, .name = "IFCR", .wo = 0xFF8u, .write = ifcr_write}, \
    [R_TXDR] = {.offset = 0x20, .name = "TXDR", .wo = ~0u, .intercept = txdr_write}, \
    [R_RXDR] = {.offset = 0x30, .name = "RXDR", .ro = ~0u, .read = rxdr_read}, \
    [R_CRCPOLY] = {.offset = 0x40, .name = "CRCPOLY", .reset = 0x107u, .rw = ~0u}, \
    [R_TXCRC] = {.offset = 0x44, .name = "TXCRC", .ro = ~0u, .unmodelled = ~0u, .steady = true}, \
    [R_RXCRC] = {.offset = 0x48, .name = "RXCRC", .ro = ~0u, .unmodelled = ~0u, .steady = true}, \
    [R_UDRDR] = {.offset = 0x4C, .name = "UDRDR", .rw = ~0u}

static const struct reg regs[R_COUNT] = {
    SPI_REGS,
    [R_I2SCFGR] = {.offset = 0x50, .name = "I2SCFGR", .rw = 0x03FF7FBFu, .write = i2scfgr_write},
};
static const struct reg spi4_regs[R_COUNT] = {SPI_REGS};
/* clang-format on */

static const char *const irq_names[] = {"global", NULL};

#define SPI_MODEL(table)                                                                           \
    {                                                                                              \
        .kind = "spi", .size = sizeof(struct spi), .regs = (table), .fields = spi_fields,          \
        .slot_count = R_COUNT, .span = 0x400, .irq_names = irq_names, .init = init,                \
        .connect = connect, .reset = reset, .gated = gated                                         \
    }

const struct model spi_model = SPI_MODEL(regs);
const struct model spi4_model = SPI_MODEL(spi4_regs);
