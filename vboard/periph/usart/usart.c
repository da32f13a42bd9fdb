/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * USART and UART: RM0399 Rev 4 chapter 51, registers.
 *
 * What is left out, field by field: fields.c. A frame is heard of at its end: RXNE comes with the end of
 * the stop bit, half a bit later than the sample that sets it, IDLE one frame late.
 */
#include "vboard/periph/usart/usart.h"

#include <stdio.h>

#include "vboard/periph/usart/internal.h"

#define WORD_ONLY 4u

/* 51.8: fields that "can only be written when the USART is disabled (UE = 0)". */
#define CR1_PROTECTED (CR1_FIFOEN | CR1_M1 | CR1_M0 | CR1_OVER8 | CR1_PCE | CR1_PS)
#define CR2_PROTECTED (3u << CR2_STOP_POS)

/* What is left out: MME ... */
#define CR1_UNMODELLED CR1_MME
/* ... RTOEN, ABREN, MSBFIRST, DATAINV, TXINV, RXINV, SWAP, LINEN, CLKEN, SLVEN ... */
#define CR2_UNMODELLED 0x009FC801u
/* ... DEM, CTSE, RTSE, SCEN, HDSEL, IREN. */
#define CR3_UNMODELLED 0x0000432Au
#define RQR_UNMODELLED 0x00000005u /* MMRQ, ABRRQ */
/* TCBGT, RWU, BUSY, ABRF, ABRE, UDR, EOBF, RTOF, CTS, CTSIF, LBDF: always 0. */
#define ISR_UNMODELLED 0x0209FF00u

static bool fifo_mode(const struct usart *u)
{
    return usart_has(u, R_CR1, CR1_FIFOEN);
}

unsigned usart_tx_room(const struct usart *u)
{
    return fifo_mode(u) ? USART_FIFO_SIZE : 1;
}

unsigned usart_rx_room(const struct usart *u)
{
    return fifo_mode(u) ? USART_FIFO_SIZE + 1 : 1;
}

/* CR3 TXFTCFG and RXFTCFG: 1/8, 1/4, 1/2, 3/4, 7/8 and all of the depth; the rest is reserved. */
static unsigned threshold(const struct usart *u, unsigned pos)
{
    static const uint8_t levels[8] = {2, 4, 8, 12, 14, 16, 16, 16};
    return levels[(u->p.values[R_CR3] >> pos) & 7u];
}

static uint32_t fifo_flags(const struct usart *u)
{
    uint32_t isr = u->flags & ISR_TXFE;
    if (USART_FIFO_SIZE - u->tx_count >= threshold(u, CR3_TXFTCFG_POS)) {
        isr |= ISR_TXFT;
    }
    if (u->rx_count >= threshold(u, CR3_RXFTCFG_POS)) {
        isr |= ISR_RXFT;
    }
    if (u->rx_count == USART_FIFO_SIZE + 1) {
        isr |= ISR_RXFF;
    }
    return isr;
}

uint32_t usart_isr(const struct usart *u)
{
    uint32_t isr = u->flags & ~ISR_TXFE;
    if (fifo_mode(u)) {
        isr |= fifo_flags(u);
    }
    if (u->tx_count < usart_tx_room(u)) {
        isr |= ISR_TXE;
    }
    if (u->rx_count != 0) {
        isr |= ISR_RXNE;
    }
    if (usart_has(u, R_CR1, CR1_UE | CR1_TE)) {
        isr |= ISR_TEACK;
    }
    if (usart_has(u, R_CR1, CR1_UE | CR1_RE)) {
        isr |= ISR_REACK;
    }
    return isr;
}

/* Table 425: which enable lets which flags through. */
static uint32_t find_enabled_flags(const struct usart *u)
{
    static const struct {
        uint8_t slot;
        uint32_t enable, flags;
    } map[] = {{R_CR1, CR1_TXEIE, ISR_TXE},
               {R_CR1, CR1_TCIE, ISR_TC},
               {R_CR1, CR1_RXNEIE, ISR_RXNE | ISR_ORE},
               {R_CR1, CR1_IDLEIE, ISR_IDLE},
               {R_CR1, CR1_PEIE, ISR_PE},
               {R_CR1, CR1_CMIE, ISR_CMF},
               {R_CR1, CR1_TXFEIE, ISR_TXFE},
               {R_CR1, CR1_RXFFIE, ISR_RXFF},
               {R_CR3, CR3_EIE, ISR_FE | ISR_NE | ISR_ORE},
               {R_CR3, CR3_WUFIE, ISR_WUF},
               {R_CR3, CR3_TXFTIE, ISR_TXFT},
               {R_CR3, CR3_RXFTIE, ISR_RXFT}};
    uint32_t flags = 0;
    for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++) {
        if (usart_has(u, map[i].slot, map[i].enable)) {
            flags |= map[i].flags;
        }
    }
    return flags;
}

static uint32_t enabled_flags(struct usart *u)
{
    uint32_t cr1 = u->p.values[R_CR1];
    uint32_t cr3 = u->p.values[R_CR3];
    if (u->enabled_cr1 != cr1 || u->enabled_cr3 != cr3) {
        u->enabled_cr1 = cr1;
        u->enabled_cr3 = cr3;
        u->enabled = find_enabled_flags(u);
    }
    return u->enabled;
}

/* 51.5.19: requests follow TXFNF and RXFNE; with DDRE an error holds the receiver's back (51.8.4). */
static void update_dma(struct usart *u, uint32_t isr)
{
    const uint32_t errors = ISR_PE | ISR_FE | ISR_NE | ISR_ORE;
    bool held = usart_has(u, R_CR3, CR3_DDRE) && (isr & errors) != 0;
    bool on = usart_has(u, R_CR1, CR1_UE);
    dma_request_set(u->p.chip, u->rx_dma,
                    on && !held && usart_has(u, R_CR3, CR3_DMAR) && (isr & ISR_RXNE) != 0);
    dma_request_set(u->p.chip, u->tx_dma,
                    on && usart_has(u, R_CR3, CR3_DMAT) && (isr & ISR_TXE) != 0);
}

#define RX_WAKING (ISR_RXNE | ISR_RXFF | ISR_RXFT | ISR_WUF)
#define TX_WAKING (ISR_TXFE | ISR_TXFT)

static void update_wires(struct usart *u, uint32_t asked)
{
    static const uint32_t flags[USART_WIRES] = {[WIRE_RX_WAKEUP] = RX_WAKING,
                                                [WIRE_TX_WAKEUP] = TX_WAKING,
                                                [WIRE_RX] = ISR_RXNE | ISR_RXFF | ISR_RXFT |
                                                            ISR_IDLE | ISR_CMF | ISR_ORE | ISR_NE |
                                                            ISR_FE | ISR_PE,
                                                [WIRE_TX] = ISR_TXE | ISR_TC | ISR_TXFE | ISR_TXFT};
    bool wakes = usart_has(u, R_CR1, CR1_UESM);
    for (unsigned i = 0; i < USART_WIRES && u->wires[i] != NULL; i++) {
        bool on = wakes || i >= WIRE_RX;
        wire_set(u->wires[i], on && (asked & flags[i]) != 0, u->p.chip->sched.now);
    }
}

/* The wires come last: what they lead to may have to be woken by the line to EXTI. */
void usart_update_irq(struct usart *u)
{
    const uint32_t waking = RX_WAKING | TX_WAKING;
    uint32_t isr = usart_isr(u);
    uint32_t asked = isr & enabled_flags(u);
    irq_set(&u->p.irq[USART_IRQ_GLOBAL], asked != 0);
    irq_set(&u->p.irq[USART_IRQ_WAKEUP], usart_has(u, R_CR1, CR1_UESM) && (asked & waking) != 0);
    update_dma(u, isr);
    if (u->wires[0] != NULL) {
        update_wires(u, asked);
    }
}

/* ---- register hooks ---- */

/* CR1 UE: without it everything stops, FIFOs and flags are as after reset, the settings stay. */
static void disable(struct usart *u, vtime_ps now)
{
    usart_tx_disable(u, now);
    usart_rx_flush(u);
    u->tx_head = 0;
    u->tx_count = 0;
    u->idle_armed = false;
    sched_cancel(&u->p.chip->sched, &u->idle_event);
    u->flags = ISR_TC | ISR_TXFE;
}

/* Fields that may not change while UE is 1 keep their value; a finding says so. */
static void protect(struct usart *u, unsigned slot, uint32_t old, uint32_t fields, bool enabled)
{
    uint32_t *value = &u->p.values[slot];
    uint32_t changed = (*value ^ old) & fields;
    if (!enabled || changed == 0) {
        return;
    }
    periph_report(&u->p, slot, FOUND_USART_ENABLED, &(struct finding_data){.mask = changed});
    *value = (*value & ~fields) | (old & fields);
}

static void cr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct usart *u = (struct usart *)p;
    vtime_ps now = p->chip->sched.now;
    const uint32_t on = CR1_UE | CR1_TE;
    (void)written;
    protect(u, slot, old, CR1_PROTECTED, (old & p->values[slot] & CR1_UE) != 0);
    u->flags &= usart_has(u, slot, CR1_UESM) ? ~0u : ~ISR_WUF; /* 51.8.9 */
    bool was = (old & on) == on;
    bool is = usart_has(u, slot, on);
    if ((old & ~p->values[slot] & CR1_UE) != 0) {
        disable(u, now);
    } else if (was && !is) {
        usart_tx_disable(u, now);
    } else if (!was && is) {
        usart_tx_enable(u, now);
    }
    if (u->idle_armed && usart_has(u, slot, CR1_IDLEIE)) {
        sched_at(&p->chip->sched, &u->idle_event, u->idle_known_at);
    }
    usart_update_irq(u);
}

static void cr2_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct usart *u = (struct usart *)p;
    (void)written;
    protect(u, slot, old, CR2_PROTECTED, usart_has(u, R_CR1, CR1_UE));
}

static void cr3_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct usart *u = (struct usart *)p;
    (void)slot;
    (void)old;
    (void)written;
    usart_update_irq(u);
}

static void baud_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct usart *u = (struct usart *)p;
    (void)written;
    protect(u, slot, old, ~0u, usart_has(u, R_CR1, CR1_UE));
}

static void rqr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct usart *u = (struct usart *)p;
    (void)slot;
    (void)old;
    if ((written & RQR_TXFRQ) != 0) {
        u->tx_count = 0;
        u->flags |= ISR_TXFE;
    }
    if ((written & RQR_RXFRQ) != 0) {
        usart_rx_flush(u);
    }
    if ((written & RQR_SBKRQ) != 0) {
        u->flags |= ISR_SBKF;
        usart_tx_start(u, p->chip->sched.now);
    }
    usart_update_irq(u);
}

static uint32_t isr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct usart *u = (struct usart *)p;
    (void)slot;
    (void)value;
    usart_idle_check(u, p->chip->sched.now);
    p->chip->access.steady = !u->idle_armed; /* IDLE comes without an event */
    return usart_isr(u);
}

static void icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct usart *u = (struct usart *)p;
    const uint32_t same =
        ISR_WUF | ISR_CMF | ISR_TC | ISR_IDLE | ISR_ORE | ISR_NE | ISR_FE | ISR_PE;
    (void)slot;
    (void)old;
    usart_idle_check(u, p->chip->sched.now);
    u->flags &= ~(written & same);
    if ((written & (1u << 5)) != 0) { /* TXFECF */
        u->flags &= ~ISR_TXFE;
    }
    usart_update_irq(u);
}

static uint32_t rdr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct usart *u = (struct usart *)p;
    (void)slot;
    (void)value;
    if (p->chip->access.master == MASTER_DEBUG) {
        return u->rx_fifo[u->rx_head].data;
    }
    uint16_t data = usart_rx_pop(u);
    usart_update_irq(u);
    return data;
}

static void tdr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct usart *u = (struct usart *)p;
    (void)old;
    (void)written;
    if (!usart_has(u, R_CR1, CR1_UE)) {
        return;
    }
    if (u->tx_count == usart_tx_room(u)) {
        periph_report(p, slot, FOUND_USART_TDR_FULL, NULL);
        u->tx_count -= fifo_mode(u) ? 0u : 1u; /* without FIFO the new byte takes the place */
    }
    if (u->tx_count < usart_tx_room(u)) {
        unsigned place = (u->tx_head + u->tx_count) % USART_FIFO_SIZE;
        u->tx_fifo[place] = (uint16_t)p->values[slot];
        u->tx_count++;
    }
    u->flags &= ~(ISR_TC | ISR_TXFE);
    usart_tx_start(u, p->chip->sched.now);
    usart_update_irq(u);
}

/* ---- clocks ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    struct usart *u = ctx;
    ticker_sync(&u->baud, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    usart_tx_reschedule(ctx);
}

static void usart_gated(struct periph *p, bool on)
{
    struct usart *u = (struct usart *)p;
    if (on) {
        ticker_start(&u->baud, p->chip->sched.now);
    } else {
        ticker_stop(&u->baud, p->chip->sched.now);
    }
    usart_tx_reschedule(u);
}

/* ---- life ---- */

static void idle_due(void *ctx, vtime_ps now)
{
    struct usart *u = ctx;
    usart_idle_check(u, now);
    usart_update_irq(u);
}

static int usart_init(struct periph *p)
{
    struct usart *u = (struct usart *)p;
    event_init(&u->tx_event, usart_tx_done, u);
    event_init(&u->idle_event, idle_due, u);
    u->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = u};
    return 0;
}

static const char *const wires[USART_WIRES] = {[WIRE_RX_WAKEUP] = "LPUART1_RXWKUP",
                                               [WIRE_TX_WAKEUP] = "LPUART1_TXWKUP",
                                               [WIRE_RX] = "LPUART1_IT_R",
                                               [WIRE_TX] = "LPUART1_IT_T"};

static void usart_connect(struct periph *p)
{
    struct usart *u = (struct usart *)p;
    char name[24];
    unsigned mux = p->entry->dma[0].mux;
    u->kernel = &p->chip->clocks[p->entry->kernel->output];
    clock_listen(u->kernel, &u->listener);
    ticker_init(&u->baud, u->kernel, 1);
    snprintf(name, sizeof(name), "%s_TX", p->name);
    u->tx_pin = chip_pinfunc(p->chip, name);
    snprintf(name, sizeof(name), "%s_RX", p->name);
    u->rx_pin = chip_pinfunc(p->chip, name);
    u->rx_pin->symbol = usart_rx_symbol;
    u->rx_pin->ctx = u;
    u->rx_dma = periph_dma(p, "RX", mux);
    u->tx_dma = periph_dma(p, "TX", mux);
    for (unsigned i = 0; p->model == &lpuart_model && i < USART_WIRES; i++) {
        u->wires[i] = chip_wire_source(p->chip, wires[i], NULL, NULL);
    }
}

static void usart_reset(struct periph *p, enum reset_kind kind)
{
    struct usart *u = (struct usart *)p;
    (void)kind;
    disable(u, p->chip->sched.now);
    usart_gated(p, p->gate == NULL || p->gate->any);
    usart_update_irq(u);
}

/* 51.8.9: ISR's reset value is that without FIFO mode, as FIFOEN is 0. RDR and TDR also take byte
 * accesses: compilers make them of a cast, and the APB bridge passes them. */
/* clang-format off */
static const struct reg regs[R_COUNT] = {
    [R_CR1] = {.offset = 0x00, .name = "CR1", .rw = ~0u, .unmodelled = CR1_UNMODELLED,
               .widths = WORD_ONLY, .write = cr1_write},
    [R_CR2] = {.offset = 0x04, .name = "CR2", .rw = 0xFFFFFF79u, .unmodelled = CR2_UNMODELLED, .widths = WORD_ONLY,
               .write = cr2_write},
    [R_CR3] = {.offset = 0x08, .name = "CR3", .rw = 0xFFFEFFFFu, .unmodelled = CR3_UNMODELLED, .widths = WORD_ONLY,
               .write = cr3_write},
    [R_BRR] = {.offset = 0x0C, .name = "BRR", .rw = 0xFFFFu, .widths = WORD_ONLY,
               .write = baud_write},
    [R_GTPR] = {.offset = 0x10, .name = "GTPR", .rw = 0xFFFFu, .widths = WORD_ONLY},
    [R_RTOR] = {.offset = 0x14, .name = "RTOR", .rw = ~0u, .widths = WORD_ONLY},
    [R_RQR] = {.offset = 0x18, .name = "RQR", .wo = 0x1Fu, .unmodelled = RQR_UNMODELLED,
               .widths = WORD_ONLY, .write = rqr_write},
    [R_ISR] = {.offset = 0x1C, .name = "ISR", .reset = 0xC0u, .ro = 0x0FFFFFFFu, .unmodelled = ISR_UNMODELLED,
               .widths = WORD_ONLY, .read = isr_read},
    [R_ICR] = {.offset = 0x20, .name = "ICR", .wo = 0x00123BFFu, .widths = WORD_ONLY,
               .write = icr_write},
    [R_RDR] = {.offset = 0x24, .name = "RDR", .ro = 0x1FFu, .read = rdr_read},
    [R_TDR] = {.offset = 0x28, .name = "TDR", .rw = 0x1FFu, .write = tdr_write},
    [R_PRESC] = {.offset = 0x2C, .name = "PRESC", .rw = 0xFu, .widths = WORD_ONLY,
                 .write = baud_write},
};
/* clang-format on */

static const char *const irq_names[] = {"global", "wakeup", NULL};

/* Chapter 52: what LPUART1 has of it. */
/* clang-format off */
static const struct reg lpuart_regs[R_COUNT] = {
    [R_CR1] = {.offset = 0x00, .name = "CR1", .rw = 0xF3FF7FFFu, .unmodelled = CR1_UNMODELLED,
               .widths = WORD_ONLY, .write = cr1_write},
    [R_CR2] = {.offset = 0x04, .name = "CR2", .rw = 0xFF0FB010u, .unmodelled = CR2_UNMODELLED & 0xFF0FB010u,
               .widths = WORD_ONLY, .write = cr2_write},
    [R_CR3] = {.offset = 0x08, .name = "CR3", .rw = 0xFEF0F7C9u, .unmodelled = CR3_UNMODELLED & 0xFEF0F7C9u,
               .widths = WORD_ONLY, .write = cr3_write},
    [R_BRR] = {.offset = 0x0C, .name = "BRR", .rw = 0xFFFFFu, .widths = WORD_ONLY, .write = baud_write},
    [R_RQR] = {.offset = 0x18, .name = "RQR", .wo = 0x1Eu, .unmodelled = RQR_UNMODELLED & 0x1Eu,
               .widths = WORD_ONLY, .write = rqr_write},
    [R_ISR] = {.offset = 0x1C, .name = "ISR", .reset = 0xC0u, .ro = 0x0DFF06FFu,
               .unmodelled = ISR_UNMODELLED & 0x0DFF06FFu, .widths = WORD_ONLY, .read = isr_read},
    [R_ICR] = {.offset = 0x20, .name = "ICR", .wo = 0x0012025Fu, .widths = WORD_ONLY, .write = icr_write},
    [R_RDR] = {.offset = 0x24, .name = "RDR", .ro = 0x1FFu, .read = rdr_read},
    [R_TDR] = {.offset = 0x28, .name = "TDR", .rw = 0x1FFu, .write = tdr_write},
    [R_PRESC] = {.offset = 0x2C, .name = "PRESC", .rw = 0xFu, .widths = WORD_ONLY, .write = baud_write},
};
/* clang-format on */

#define USART_MODEL(table, names)                                                                  \
    {                                                                                              \
        .kind = "usart", .size = sizeof(struct usart), .regs = (table), .fields = (names),         \
        .slot_count = R_COUNT, .span = 0x400, .irq_names = irq_names, .init = usart_init,          \
        .connect = usart_connect, .reset = usart_reset, .gated = usart_gated                       \
    }

const struct model usart_model = USART_MODEL(regs, usart_fields);
const struct model lpuart_model = USART_MODEL(lpuart_regs, lpuart_fields);
