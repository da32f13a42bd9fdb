/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: software reset, clocks and pins, interrupts (RM0399 Rev 4, 61.8, 61.9.1). */
#include "vboard/periph/eth/internal.h"

/* "Depends on the frequency of the slowest active clock" (61.11.2): assumed. */
#define RESET_PS VTIME_US(2)
#define RCC_AHB1ENR 0x0D8u
#define ETH1TXEN 16u
#define ETH1RXEN 17u
/* Events that NIS and AIS sum up (61.11.2, DMACIER). */
#define NORMAL (DMACSR_TI | DMACSR_TBU | DMACSR_RI | DMACSR_ERI)
#define ABNORMAL                                                                                   \
    (DMACSR_TPS | DMACSR_RBU | DMACSR_RPS | DMACSR_RWT | DMACSR_ETI | DMACSR_FBE | DMACSR_CDE)
#define MAC_ENABLED (MACISR_TXSTSIS | MACISR_RXSTSIS)
#define DESCRIPTOR 16u

/* ---- clocks and lines ---- */

static bool is_routed(const struct eth *e, enum mii_line line)
{
    const struct mii_phy *phy = e->p.chip->mii.phy;
    return phy->pins[line] != NULL && e->lines[line]->pin == phy->pins[line];
}

static bool has_clock(const struct eth *e, enum mii_line line)
{
    const struct mii_phy *phy = e->p.chip->mii.phy;
    return phy != NULL && is_routed(e, line) && phy->clocked(phy->ctx, e->p.chip->sched.now);
}

/* RMII has one clock for both ways (61.6.3). */
bool eth_tx_clocked(const struct eth *e)
{
    bool rmii = e->p.chip->mii.selected == MII_SELECTED_RMII;
    return e->tx_gate->any && has_clock(e, rmii ? MII_RX_CLK : MII_TX_CLK);
}

bool eth_rx_clocked(const struct eth *e)
{
    unsigned selected = e->p.chip->mii.selected;
    return e->rx_gate->any && (selected == MII_SELECTED_RMII || selected == MII_SELECTED_MII) &&
           has_clock(e, MII_RX_CLK);
}

bool eth_reaches_phy(const struct eth *e)
{
    return e->p.chip->mii.phy != NULL && is_routed(e, MII_MDC) && is_routed(e, MII_MDIO);
}

bool eth_is_linked(const struct eth *e, bool transmit)
{
    static const enum mii_line lines[2][5] = {
        {MII_RX_DV, MII_RXD0, MII_RXD1, MII_RXD2, MII_RXD3},
        {MII_TX_EN, MII_TXD0, MII_TXD1, MII_TXD2, MII_TXD3},
    };
    const struct chip_mii *mii = &e->p.chip->mii;
    bool rmii = mii->selected == MII_SELECTED_RMII;
    if (mii->phy == NULL || mii->phy->rmii != rmii) {
        return false;
    }
    for (unsigned i = 0; i < (rmii ? 3 : 5); i++) {
        if (!is_routed(e, lines[transmit][i])) {
            return false;
        }
    }
    return mii->phy->mbps(mii->phy->ctx, e->p.chip->sched.now) ==
           (eth_has(e, R_MACCR, MACCR_FES) ? 100 : 10);
}

/* ---- interrupts (61.8) ---- */

static bool channel_asks(const struct eth *e)
{
    uint32_t csr = e->p.values[R_DMACSR];
    uint32_t on = e->p.values[R_DMACIER];
    if ((e->p.values[R_DMAMR] & DMAMR_INTM) == 0) {
        return (csr & on & (DMACSR_NIS | DMACSR_AIS)) != 0;
    }
    /* "The interrupt is not asserted for any RI/TI event" (Table 578). */
    csr &= on & ~(DMACSR_TI | DMACSR_RI);
    return ((csr & NORMAL) != 0 && (on & DMACSR_NIS) != 0) ||
           ((csr & ABNORMAL) != 0 && (on & DMACSR_AIS) != 0);
}

static bool queue_asks(const struct eth *e)
{
    uint32_t q = e->p.values[R_MTLQICSR];
    return (q & (q >> 8) & (MTLQICSR_RXOVFIS | MTLQICSR_TXUNFIS)) != 0;
}

static bool mac_asks(const struct eth *e)
{
    return (e->p.values[R_MACISR] & e->p.values[R_MACIER] & MAC_ENABLED) != 0 ||
           eth_mmc_interrupts(e) != 0;
}

void eth_update(struct eth *e)
{
    uint32_t *csr = &e->p.values[R_DMACSR];
    uint32_t enabled = *csr & e->p.values[R_DMACIER];
    *csr |= (enabled & NORMAL) != 0 ? DMACSR_NIS : 0;
    *csr |= (enabled & ABNORMAL) != 0 ? DMACSR_AIS : 0;
    irq_set(&e->p.irq[ETH_IRQ_GLOBAL], channel_asks(e) || queue_asks(e) || mac_asks(e));
}

void eth_flag(struct eth *e, uint32_t flags)
{
    e->p.values[R_DMACSR] |= flags;
    eth_update(e);
}

void eth_mac_status(struct eth *e, uint32_t isr, uint32_t status)
{
    e->p.values[R_MACISR] |= isr;
    e->p.values[R_MACRXTXSR] |= status;
    eth_update(e);
}

uint32_t eth_dmaisr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct eth *e = (struct eth *)p;
    (void)slot;
    return value | (channel_asks(e) ? DMAISR_DC0IS : 0) | (queue_asks(e) ? DMAISR_MTLIS : 0) |
           (mac_asks(e) ? DMAISR_MACIS : 0);
}

uint32_t eth_mtlisr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return value | (queue_asks((struct eth *)p) ? 1u : 0u);
}

void eth_update_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    eth_update((struct eth *)p);
}

/* ---- flags that reading clears; writing 1 does if RCWE is set (61.11.4, MACCSRSWCR) ---- */

static bool is_debugger(const struct periph *p)
{
    return p->chip->access.master == MASTER_DEBUG;
}

static bool clears_by_writing(const struct periph *p)
{
    return (p->values[R_MACCSRSWCR] & MACCSRSWCR_RCWE) != 0;
}

uint32_t eth_read_clear(struct periph *p, unsigned slot, uint32_t value)
{
    if (!is_debugger(p)) {
        p->values[slot] = 0;
    }
    return value;
}

uint32_t eth_macisr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct eth *e = (struct eth *)p;
    uint32_t mmc = eth_mmc_interrupts(e);
    if (!is_debugger(p) && !clears_by_writing(p)) {
        p->values[slot] &= ~(MACISR_RXSTSIS | MACISR_TXSTSIS);
        eth_update(e);
    }
    return value | mmc | (mmc != 0 ? MACISR_MMCIS : 0);
}

void eth_macisr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    if (clears_by_writing(p)) {
        p->values[slot] &= ~(written & (MACISR_RXSTSIS | MACISR_TXSTSIS));
        eth_update((struct eth *)p);
    }
}

uint32_t eth_macrxtxsr_read(struct periph *p, unsigned slot, uint32_t value)
{
    if (!is_debugger(p) && !clears_by_writing(p)) {
        p->values[slot] = 0;
        p->values[R_MACISR] &= ~(MACISR_RXSTSIS | MACISR_TXSTSIS);
        eth_update((struct eth *)p);
    }
    return value;
}

void eth_macrxtxsr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    if (clears_by_writing(p)) {
        p->values[slot] &= ~written;
        eth_update((struct eth *)p);
    }
}

/* Commands that are over at once, of what is not modelled too, so that nobody waits for them for ever. */
void eth_self_clearing_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t bits = slot == R_MACQTXFCR ? MACQTXFCR_FCB
                    : slot == R_MACPCSR ? MACPCSR_RWKFILTRST
                    : slot == R_MACTSCR ? MACTSCR_SELF_CLEARING
                    : slot == R_MACACR  ? MACACR_ATSFC
                                        : MACPOCR_TRIGGERS;
    (void)old;
    (void)written;
    p->values[slot] &= ~bits;
}

/* "Initialized/preset to 0x7F0"; "if this bit is set along with CNTPRST bit, CNTPRST has precedence" (61.11.3). */
void eth_mtlomr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    if ((written & (MTLOMR_CNTPRST | MTLOMR_CNTCLR)) != 0) {
        bool preset = (written & MTLOMR_CNTPRST) != 0;
        p->values[R_MTLTXQUR] = preset ? 0x7F0 : 0;
        p->values[R_MTLRXQMPOCR] = preset ? 0x07F007F0 : 0;
    }
    p->values[slot] &= ~(MTLOMR_CNTPRST | MTLOMR_CNTCLR);
}

void eth_unmodelled(struct eth *e, const struct transfer *t, unsigned slot, uint32_t bits)
{
    struct chip *c = e->p.chip;
    const struct access before = c->access;
    c->access = (struct access){.master = t->master,
                                .pc = t->pc,
                                .address = e->p.base + eth_regs[slot].offset,
                                .forgiven = true};
    periph_unmodelled(&e->p, slot, bits);
    c->access = before;
}

/* DSL skips 32-bit words; a ring of RLR + 1 descriptors (61.10.2). */
uint32_t eth_next_descriptor(const struct eth *e, uint32_t current, unsigned list, unsigned length)
{
    uint32_t stride = DESCRIPTOR + 4 * (e->p.values[R_DMACCR] >> DMACCR_DSL_POS & 7u);
    uint32_t first = e->p.values[list] & ~3u;
    uint32_t last = first + (e->p.values[length] & 0x3FFu) * stride;
    return current == last ? first : current + stride;
}

/* ---- software reset ---- */

static void stop_all(struct eth *e)
{
    struct sched *s = &e->p.chip->sched;
    sched_cancel(s, &e->reset_done);
    sched_cancel(s, &e->mdio_done);
    eth_tx_reset(e);
    eth_rx_reset(e);
}

static void end_reset(void *ctx, vtime_ps now)
{
    (void)now;
    ((struct eth *)ctx)->p.values[R_DMAMR] &= ~DMAMR_SWR;
}

/* It ends when the clocks are there. */
static void continue_reset(struct eth *e)
{
    struct sched *s = &e->p.chip->sched;
    if (!event_queued(&e->reset_done) && eth_tx_clocked(e) && eth_rx_clocked(e)) {
        sched_at(s, &e->reset_done, s->now + RESET_PS);
    }
}

void eth_dmamr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    if ((written & DMAMR_SWR) != 0) {
        stop_all(e);
        for (unsigned i = 0; i < R_COUNT; i++) {
            const struct reg *r = &eth_regs[i];
            for (unsigned k = 0; r->name != NULL && k < (r->count != 0 ? r->count : 1u); k++) {
                p->values[i + k] = r->reset;
            }
        }
        p->values[slot] = DMAMR_SWR;
        continue_reset(e);
    }
    p->values[slot] |= old & DMAMR_SWR;
    eth_update(e);
}

uint32_t eth_dmamr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    if ((value & DMAMR_SWR) != 0 && !is_debugger(p)) {
        continue_reset((struct eth *)p);
    }
    return value;
}

/* ---- life ---- */

static void came_in(void *ctx, const uint8_t *packet, size_t length, vtime_ps now)
{
    struct eth *e = ctx;
    (void)now;
    if (!eth_has(e, R_MACCR, MACCR_LM) && eth_is_linked(e, false)) {
        eth_rx_packet(e, packet, length);
    }
}

static int init(struct periph *p)
{
    struct eth *e = (struct eth *)p;
    event_init(&e->reset_done, end_reset, e);
    eth_mdio_init(e);
    eth_tx_init(e);
    eth_rx_init(e);
    return 0;
}

static void connect(struct periph *p)
{
    static const char *const names[MII_LINES] = {
        [MII_MDC] = "ETH_MDC",       [MII_MDIO] = "ETH_MDIO", [MII_RX_CLK] = "ETH_RX_CLK",
        [MII_RX_DV] = "ETH_RX_DV",   [MII_RXD0] = "ETH_RXD0", [MII_RXD1] = "ETH_RXD1",
        [MII_TX_EN] = "ETH_TX_EN",   [MII_TXD0] = "ETH_TXD0", [MII_TXD1] = "ETH_TXD1",
        [MII_TX_CLK] = "ETH_TX_CLK", [MII_RXD2] = "ETH_RXD2", [MII_RXD3] = "ETH_RXD3",
        [MII_TXD2] = "ETH_TXD2",     [MII_TXD3] = "ETH_TXD3"};
    struct eth *e = (struct eth *)p;
    for (unsigned i = 0; i < MII_LINES; i++) {
        e->lines[i] = chip_pinfunc(p->chip, names[i]);
    }
    e->tx_gate = chip_gate(p->chip, RCC_AHB1ENR, ETH1TXEN);
    e->rx_gate = chip_gate(p->chip, RCC_AHB1ENR, ETH1RXEN);
    p->chip->mii.receive = came_in;
    p->chip->mii.ctx = e;
}

static void reset(struct periph *p, enum reset_kind kind)
{
    (void)kind;
    stop_all((struct eth *)p);
    eth_update((struct eth *)p);
}

static void gated(struct periph *p, bool on)
{
    if (on) {
        eth_tx_poke((struct eth *)p);
    }
}

static void destroy(struct periph *p)
{
    stop_all((struct eth *)p);
}

static const char *const irq_names[] = {
    [ETH_IRQ_GLOBAL] = "global", [ETH_IRQ_WKUP] = "wakeup", NULL};

const struct model eth_model = {
    .kind = "eth",
    .size = sizeof(struct eth),
    .regs = eth_regs,
    .fields = eth_fields,
    .slot_count = R_COUNT,
    .span = 0x1400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .destroy = destroy,
};
