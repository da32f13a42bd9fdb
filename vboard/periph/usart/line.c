/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The serial side of the USART model: baud rate (RM0399 51.5.7), frames sent (51.5.5) and received
 * (51.5.6), tolerance (51.5.8).
 */
#include "vboard/periph/usart/internal.h"
#include "vboard/periph/usart/usart.h"

/* ---- timing ---- */

static unsigned prescaler(const struct usart *u)
{
    static const uint16_t factors[16] = {1,  2,  4,   6,   8,   10,  12,  16,
                                         32, 64, 128, 256, 256, 256, 256, 256};
    return factors[u->p.values[R_PRESC] & 15u];
}

/* LPUART: 256 * clock / baud (52.4.7). */
uint64_t usart_bit_256(const struct usart *u)
{
    uint32_t brr = u->p.values[R_BRR];
    if (u->p.model == &lpuart_model) {
        return (uint64_t)brr * prescaler(u);
    }
    if (usart_has(u, R_CR1, CR1_OVER8)) {
        uint32_t usartdiv = (brr & 0xFFF0u) | (brr & 7u) << 1;
        return (uint64_t)usartdiv * prescaler(u) * 128;
    }
    return (uint64_t)brr * prescaler(u) * 256;
}

static vtime_ps bit_ps(const struct usart *u)
{
    return clock_span(u->kernel, usart_bit_256(u)) / 256;
}

/* Bits of a word, parity included (CR1 M1:M0). */
static unsigned word_bits(const struct usart *u)
{
    if (usart_has(u, R_CR1, CR1_M1)) {
        return 7;
    }
    return usart_has(u, R_CR1, CR1_M0) ? 9 : 8;
}

/* CR2 STOP: 1, 0.5, 2 and 1.5 bits, here in halves. */
static unsigned stop_half_bits(const struct usart *u)
{
    static const uint8_t halves[4] = {2, 1, 4, 3};
    return halves[(u->p.values[R_CR2] >> CR2_STOP_POS) & 3u];
}

static uint64_t frame_ticks(const struct usart *u)
{
    return usart_bit_256(u) * (2 * (1 + word_bits(u)) + stop_half_bits(u)) / 512;
}

/* 51.5.5: 10, 11 or 9 low bits and two stop bits. */
static uint64_t break_ticks(const struct usart *u)
{
    return usart_bit_256(u) * (word_bits(u) + 2 + 2) / 256;
}

/* ---- transmitter ---- */

void usart_tx_reschedule(struct usart *u)
{
    vtime_ps at = u->tx_state == TX_NOTHING ? VTIME_NEVER : ticker_when(&u->baud, u->tx_end);
    if (at == VTIME_NEVER) {
        sched_cancel(&u->p.chip->sched, &u->tx_event);
    } else {
        sched_at(&u->p.chip->sched, &u->tx_event, at);
    }
}

/* Puts the next thing into the shift register; it begins at tick `from`. */
static void load(struct usart *u, uint64_t from)
{
    if ((u->flags & ISR_SBKF) != 0) {
        u->tx_state = TX_BREAK;
        u->tx_end = from + break_ticks(u);
    } else if (u->tx_count != 0) {
        u->tx_state = TX_DATA;
        u->tx_shift = u->tx_fifo[u->tx_head];
        u->tx_head = (u->tx_head + 1) % USART_FIFO_SIZE;
        u->tx_count--;
        if (u->tx_count == 0) {
            u->flags |= ISR_TXFE;
        }
        u->tx_end = from + frame_ticks(u);
    } else {
        u->tx_state = TX_NOTHING;
    }
    usart_tx_reschedule(u);
}

void usart_tx_start(struct usart *u, vtime_ps now)
{
    if (u->tx_state == TX_NOTHING && usart_has(u, R_CR1, CR1_UE | CR1_TE) &&
        usart_bit_256(u) != 0) {
        load(u, ticker_count(&u->baud, now));
    }
}

void usart_tx_enable(struct usart *u, vtime_ps now)
{
    pinfunc_drive(u->tx_pin, DRIVE_HIGH, now);
    u->tx_state = TX_PREAMBLE;
    u->tx_end = ticker_count(&u->baud, now) + frame_ticks(u);
    usart_tx_reschedule(u);
}

void usart_tx_disable(struct usart *u, vtime_ps now)
{
    u->tx_state = TX_NOTHING;
    usart_tx_reschedule(u);
    u->flags |= ISR_TC;
    pinfunc_drive(u->tx_pin, DRIVE_NONE, now);
}

/* Sends what was shifted out as one symbol, its end as exact as the clock is. */
static void put_symbol(struct usart *u, vtime_ps now)
{
    if (u->tx_pin->pin == NULL) {
        return;
    }
    bool parity = usart_has(u, R_CR1, CR1_PCE);
    unsigned bits = word_bits(u) - (parity ? 1u : 0u);
    bool odd = usart_has(u, R_CR1, CR1_PS);
    struct symbol sym = {
        .data = (uint16_t)(u->tx_shift & ((1u << bits) - 1u)),
        .data_bits = (uint8_t)bits,
        .parity = (uint8_t)(!parity ? 0u
                            : odd   ? 1u
                                    : 2u),
        .bit_ps = bit_ps(u),
        .end = now,
        .is_break = u->tx_state == TX_BREAK,
    };
    signal_send_symbol(u->tx_pin->pin, &sym);
}

void usart_tx_done(void *ctx, vtime_ps now)
{
    struct usart *u = ctx;
    enum usart_tx sent = u->tx_state;
    if (sent != TX_PREAMBLE) {
        put_symbol(u, now);
    }
    if (sent == TX_BREAK) {
        u->flags &= ~ISR_SBKF;
    }
    load(u, u->tx_end);
    if (sent == TX_DATA && u->tx_state == TX_NOTHING) {
        u->flags |= ISR_TC;
    }
    usart_update_irq(u);
}

/* ---- receiver ---- */

/* Tables 421 and 422, in 1/1000 %: the deviation of bit times up to which reception is correct. */
static unsigned tolerance(const struct usart *u)
{
    static const uint16_t table[2][3][4] = {
        {{3750, 4375, 2500, 3750}, {3410, 3970, 2270, 3410}, {4160, 4860, 2770, 4160}},
        {{3330, 3880, 2000, 3000}, {3030, 3530, 1820, 2730}, {3700, 4310, 2220, 3330}}};
    unsigned fraction = (u->p.values[R_BRR] & 15u) != 0 ? 1 : 0;
    unsigned m = usart_has(u, R_CR1, CR1_M1) ? 2 : usart_has(u, R_CR1, CR1_M0) ? 1 : 0;
    unsigned column =
        (usart_has(u, R_CR1, CR1_OVER8) ? 2u : 0u) + (usart_has(u, R_CR3, CR3_ONEBIT) ? 1u : 0u);
    return table[fraction][m][column];
}

static bool in_tolerance(const struct usart *u, uint64_t own_ps, uint64_t other_ps)
{
    uint64_t off = own_ps > other_ps ? own_ps - other_ps : other_ps - own_ps;
    return off * 100000u <= own_ps * tolerance(u);
}

static unsigned ones(uint32_t v)
{
    unsigned n = 0;
    for (; v != 0; v &= v - 1) {
        n++;
    }
    return n;
}

/* The frame as levels, bit 0 first on the wire; idle (1) after it. */
static uint32_t waveform(const struct symbol *sym)
{
    unsigned bits = sym->data_bits;
    if (sym->is_break) {
        return ~0u << (bits + 2);
    }
    uint32_t wave = (uint32_t)sym->data << 1 | ~0u << (1 + bits);
    if (sym->parity != 0) {
        bool high = (ones(sym->data) & 1u) != (sym->parity == 1 ? 1u : 0u);
        wave &= high ? ~0u : ~(1u << (1 + bits));
    }
    return wave;
}

/* The level at the middle of the receiver's bit `i`. */
static uint32_t sample(uint32_t wave, unsigned i, uint64_t own_ps, uint64_t other_ps)
{
    uint64_t bit = (2 * i + 1) * own_ps / (2 * other_ps);
    return bit > 31 ? 1u : (wave >> bit) & 1u;
}

/* What the receiver makes of a frame. A bit time within the tolerance of 51.5.8 is as good as its own.
 * Otherwise each bit is sampled in the middle of where the receiver expects it: a low stop bit is a
 * framing error; if it happens to be high the three samples disagreed somewhere, which is noise. */
static struct usart_rx_word receive(const struct usart *u, const struct symbol *sym)
{
    struct usart_rx_word w = {0, 0};
    uint64_t own = bit_ps(u);
    bool good = in_tolerance(u, own, sym->bit_ps);
    uint64_t other = good ? own : sym->bit_ps;
    uint32_t wave = waveform(sym);
    unsigned bits = word_bits(u);
    for (unsigned i = 0; i < bits; i++) {
        w.data = (uint16_t)(w.data | sample(wave, 1 + i, own, other) << i);
    }
    bool stop = sample(wave, 1 + bits, own, other) != 0;
    if (usart_has(u, R_CR1, CR1_PCE) &&
        (ones(w.data) & 1u) != (usart_has(u, R_CR1, CR1_PS) ? 1u : 0u)) {
        w.flags |= ISR_PE;
    }
    if (!stop) {
        w.flags |= ISR_FE;
    } else if (!good) {
        w.flags |= ISR_NE;
    }
    return w;
}

/* The error flags of ISR are those of the word in RDR (51.8.9). */
static void show_flags(struct usart *u)
{
    if (u->rx_count != 0) {
        u->flags |= u->rx_fifo[u->rx_head].flags;
    }
}

static void push(struct usart *u, const struct usart_rx_word *w)
{
    const unsigned size = USART_FIFO_SIZE + 1;
    if (u->rx_count < usart_rx_room(u)) {
        u->rx_fifo[(u->rx_head + u->rx_count) % size] = *w;
        u->rx_count++;
        if (u->rx_count == 1) {
            show_flags(u);
        }
    } else if (usart_has(u, R_CR3, CR3_OVRDIS)) {
        u->rx_fifo[(u->rx_head + u->rx_count - 1) % size] = *w;
    } else {
        u->flags |= ISR_ORE; /* the new word is lost */
    }
}

static void set_idle(struct usart *u)
{
    u->idle_armed = false;
    u->flags |= ISR_IDLE;
}

void usart_idle_check(struct usart *u, vtime_ps now)
{
    if (u->idle_armed && now >= u->idle_known_at) {
        set_idle(u);
    }
}

static void arm_idle(struct usart *u, vtime_ps end)
{
    vtime_ps frame = clock_span(u->kernel, frame_ticks(u));
    u->idle_armed = true;
    u->idle_at = end + frame;
    u->idle_known_at = end + 2 * frame;
    if (usart_has(u, R_CR1, CR1_IDLEIE)) {
        sched_at(&u->p.chip->sched, &u->idle_event, u->idle_known_at);
    }
}

/* In CStop it asks for its kernel clock when a frame begins, and gets HSI, CSI or LSE (51.5.21, 9.5.7). */
static bool may_ask_for_clock(const struct usart *u)
{
    const struct clock *clocks = u->p.chip->clocks;
    const struct clock *source = u->kernel->source;
    return usart_has(u, R_CR1, CR1_UESM) &&
           (source == &clocks[CLK_HSI] || source == &clocks[CLK_CSI] || source == &clocks[CLK_LSE]);
}

static bool is_receiving(const struct usart *u)
{
    return usart_has(u, R_CR1, CR1_UE | CR1_RE) && (u->baud.running || may_ask_for_clock(u)) &&
           u->kernel->uhz != 0 && usart_bit_256(u) != 0;
}

/* CR3 WUS: 0 address match, 2 start bit, 3 RXNE. */
static void note_wake_up(struct usart *u, bool matched)
{
    uint32_t wus = u->p.values[R_CR3] >> CR3_WUS_POS & 3u;
    if (usart_has(u, R_CR1, CR1_UESM) && (wus >= 2 || (wus == 0 && matched))) {
        u->flags |= ISR_WUF;
    }
}

void usart_rx_symbol(void *ctx, const struct symbol *sym)
{
    struct usart *u = ctx;
    if (!is_receiving(u)) {
        return;
    }
    uint64_t length = sym->bit_ps * (2u + sym->data_bits + (sym->parity != 0 ? 1u : 0u));
    if (u->idle_armed && sym->end >= u->idle_at + length) {
        set_idle(u);
    }
    struct usart_rx_word w = receive(u, sym);
    push(u, &w);
    bool matched = (w.data & 0xFFu) == u->p.values[R_CR2] >> CR2_ADD_POS;
    u->flags |= matched ? ISR_CMF : 0;
    note_wake_up(u, matched);
    arm_idle(u, sym->end);
    usart_update_irq(u);
}

uint16_t usart_rx_pop(struct usart *u)
{
    uint16_t data = u->rx_fifo[u->rx_head].data;
    if (u->rx_count != 0) {
        u->rx_head = (u->rx_head + 1) % (USART_FIFO_SIZE + 1);
        u->rx_count--;
        show_flags(u);
    }
    return data;
}

void usart_rx_flush(struct usart *u)
{
    u->rx_head = 0;
    u->rx_count = 0;
}
