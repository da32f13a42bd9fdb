/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/swpmi/swpmi.h"

#include "vboard/chip/fields.h"

enum { R_CR, R_BRR, R_ISR, R_ICR, R_IER, R_RFL, R_TDR, R_RDR, R_OR, R_COUNT };

#define CR_TXDMA (1u << 1)
#define CR_MODES 0x1Cu /* RXMODE, TXMODE, LPBK: not while SWPACT is set */
#define CR_TXMODE (1u << 3)
#define CR_LPBK (1u << 4)
#define CR_SWPACT (1u << 5)
#define CR_DEACT (1u << 10)
#define CR_SWPTEN (1u << 11)
#define FLAG_TXBEF (1u << 1)
#define FLAG_TXUNRF (1u << 4)
#define FLAG_TXE (1u << 6)
#define FLAG_TCF (1u << 7)
#define FLAG_SUSP (1u << 9)
#define FLAG_DEACTF (1u << 10)
#define FLAG_RDYF (1u << 11)
#define ICR_BITS 0x099Fu
#define IER_BITS 0x09FFu
#define PAYLOAD_MAX 30u
#define READY_AFTER VTIME_US(300)
#define WORD_ONLY 4u

/* In bits: 56.3.4, 56.3.7. */
#define RESUME_BITS (1u + 8u)
#define SOF_BITS 8u
#define CRC_AND_EOF_BITS (16u + 8u)
#define BETWEEN_BITS 1u
#define SUSPEND_BITS 7u

enum phase { STILL, OPENING, PAYLOAD, CLOSING, TRAILING };

struct swpmi {
    struct periph p;
    struct ticker ticks; /* of the kernel clock */
    struct clock_listener listener;
    struct event ready, event;
    struct dma_request *tx_dma;
    enum phase phase;
    uint64_t due;      /* of the phase, in ticks */
    uint8_t announced; /* bytes of the next frame's payload: of the word in TDR */
    unsigned left;     /* ... that are still to be fetched from TDR */
};

static vtime_ps now_of(const struct swpmi *s)
{
    return s->p.chip->sched.now;
}

static bool has(const struct swpmi *s, unsigned slot, uint32_t bits)
{
    return (s->p.values[slot] & bits) != 0;
}

static void update(struct swpmi *s)
{
    irq_set(&s->p.irq[SWPMI_IRQ_GLOBAL], has(s, R_ISR, s->p.values[R_IER]));
    dma_request_set(s->p.chip, s->tx_dma,
                    has(s, R_CR, CR_TXDMA) && has(s, R_CR, CR_SWPACT) && has(s, R_ISR, FLAG_TXE));
}

static void schedule(struct swpmi *s)
{
    vtime_ps at = s->phase != STILL ? ticker_when(&s->ticks, s->due) : VTIME_NEVER;
    if (at == VTIME_NEVER) {
        sched_cancel(&s->p.chip->sched, &s->event);
    } else {
        sched_at(&s->p.chip->sched, &s->event, at);
    }
}

/* 56.3.6: four kernel clocks a bit, times BR + 1. */
static void enter(struct swpmi *s, enum phase phase, uint64_t from, unsigned bits)
{
    s->phase = phase;
    s->due = from + (uint64_t)bits * 4 * ((s->p.values[R_BRR] & 0xFFu) + 1);
    schedule(s);
}

static void set_flags(struct swpmi *s, uint32_t flags, bool on)
{
    s->p.values[R_ISR] = on ? s->p.values[R_ISR] | flags : s->p.values[R_ISR] & ~flags;
}

/* ---- frames: 56.3.8 ---- */

/* A word goes into the shift register; the first one has the length in its lowest byte. */
static void fetch(struct swpmi *s, unsigned room)
{
    unsigned bytes = s->left < room ? s->left : room;
    s->left -= bytes;
    set_flags(s, FLAG_TXE | (s->left == 0 ? FLAG_TXBEF : 0), true);
    enter(s, PAYLOAD, s->due, 8 * bytes);
}

static void run_dry(struct swpmi *s)
{
    set_flags(s, FLAG_TXUNRF, true);
    s->p.values[R_CR] &= ~CR_TXDMA;
    s->left = 0;
}

static void go_on_with_payload(struct swpmi *s)
{
    bool dry = s->left != 0 && has(s, R_ISR, FLAG_TXE);
    if (dry) {
        run_dry(s);
    }
    if (s->left != 0) {
        fetch(s, 4);
    } else {
        enter(s, CLOSING, s->due, CRC_AND_EOF_BITS);
    }
}

static void open_frame(struct swpmi *s, uint64_t from, unsigned before_bits)
{
    s->left = s->announced;
    s->announced = 0;
    set_flags(s, FLAG_SUSP, false);
    enter(s, OPENING, from, before_bits + SOF_BITS);
}

/* DEACT: once the bus is suspended, since no card resumes it. */
static void deactivate_if_asked(struct swpmi *s)
{
    if (s->phase == STILL && has(s, R_CR, CR_DEACT) && has(s, R_CR, CR_SWPACT)) {
        s->p.values[R_CR] &= ~CR_SWPACT;
        set_flags(s, FLAG_DEACTF, true);
    }
}

static void advance(void *ctx, vtime_ps now)
{
    struct swpmi *s = ctx;
    (void)now;
    switch (s->phase) {
    case OPENING:
        fetch(s, 3);
        break;
    case PAYLOAD:
        go_on_with_payload(s);
        break;
    case CLOSING:
        if (s->announced != 0) {
            open_frame(s, s->due, BETWEEN_BITS);
        } else {
            enter(s, TRAILING, s->due, SUSPEND_BITS);
        }
        break;
    case TRAILING:
        s->phase = STILL;
        set_flags(s, FLAG_TCF | FLAG_SUSP, true);
        deactivate_if_asked(s);
        break;
    case STILL:
        break;
    }
    update(s);
}

static void stop(struct swpmi *s)
{
    s->phase = STILL;
    s->left = 0;
    s->announced = 0;
    set_flags(s, FLAG_SUSP | FLAG_TXE, true);
    schedule(s);
}

/* ---- registers ---- */

static void transceiver_ready(void *ctx, vtime_ps now)
{
    (void)now;
    set_flags(ctx, FLAG_RDYF, true);
    update(ctx);
}

static void switch_transceiver(struct swpmi *s, bool was_on)
{
    bool on = has(s, R_CR, CR_SWPTEN);
    if (on && !was_on) {
        sched_at(&s->p.chip->sched, &s->ready, now_of(s) + READY_AFTER);
    } else if (!on) {
        sched_cancel(&s->p.chip->sched, &s->ready);
    }
}

/* "To be able to set SWPACT bit, DEACT bit must be have been cleared previously" (56.6.1). */
static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct swpmi *s = (struct swpmi *)p;
    uint32_t *cr = &p->values[slot];
    (void)written;
    if ((old & CR_SWPACT) != 0 && ((old ^ *cr) & CR_MODES) != 0) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
        *cr = (*cr & ~CR_MODES) | (old & CR_MODES);
    }
    if ((old & CR_SWPACT) == 0 && (*cr & CR_SWPACT) != 0 && ((old | *cr) & CR_DEACT) != 0) {
        *cr &= ~CR_SWPACT;
    }
    if ((*cr & CR_DEACT) == 0) {
        set_flags(s, FLAG_DEACTF, false);
    }
    if ((*cr & CR_SWPACT) == 0) {
        stop(s);
    }
    switch_transceiver(s, (old & CR_SWPTEN) != 0);
    deactivate_if_asked(s);
    update(s);
}

static void brr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if ((p->values[R_CR] & CR_SWPACT) != 0 && p->values[slot] != old) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
        p->values[slot] = old;
    }
}

static void icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[R_ISR] &= ~(written & ICR_BITS);
    update((struct swpmi *)p);
}

static void ier_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    update((struct swpmi *)p);
}

/* The first word of a frame: "any other value ... will be ignored and the transmission will not start". */
static void announce(struct swpmi *s, uint32_t word)
{
    uint8_t bytes = (uint8_t)word;
    if (bytes == 0) {
        s->p.values[R_CR] &= ~CR_TXDMA;
    }
    if (bytes == 0 || bytes > PAYLOAD_MAX) {
        return;
    }
    s->announced = bytes;
    set_flags(s, FLAG_TXE, false);
    if (s->phase == STILL) {
        open_frame(s, ticker_count(&s->ticks, now_of(s)), RESUME_BITS);
    } else if (s->phase == TRAILING) {
        open_frame(s, ticker_count(&s->ticks, now_of(s)), 0);
    }
}

static void tdr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct swpmi *s = (struct swpmi *)p;
    (void)old;
    if (!has(s, R_CR, CR_SWPACT)) {
        periph_report(p, slot, FOUND_WHILE_DISABLED, NULL);
    } else if (has(s, R_ISR, FLAG_TXUNRF)) {
        return; /* "is ignored" (56.3.10) */
    } else if (s->left != 0) {
        set_flags(s, FLAG_TXE, false);
    } else {
        announce(s, written);
    }
    update(s);
}

/* ---- life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    ticker_sync(&((struct swpmi *)ctx)->ticks, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    schedule(ctx);
}

static void gated(struct periph *p, bool on)
{
    struct swpmi *s = (struct swpmi *)p;
    if (on) {
        ticker_start(&s->ticks, now_of(s));
    } else {
        ticker_stop(&s->ticks, now_of(s));
    }
    schedule(s);
}

static int init(struct periph *p)
{
    struct swpmi *s = (struct swpmi *)p;
    ticker_init(&s->ticks, &p->chip->clocks[p->entry->kernel->output], 1);
    event_init(&s->ready, transceiver_ready, s);
    event_init(&s->event, advance, s);
    return 0;
}

static void connect(struct periph *p)
{
    struct swpmi *s = (struct swpmi *)p;
    s->tx_dma = periph_dma(p, "TX", 1);
    s->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = s};
    clock_listen(&p->chip->clocks[p->entry->kernel->output], &s->listener);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct swpmi *s = (struct swpmi *)p;
    (void)kind;
    sched_cancel(&p->chip->sched, &s->ready);
    stop(s);
    update(s);
}

static void destroy(struct periph *p)
{
    struct swpmi *s = (struct swpmi *)p;
    sched_cancel(&p->chip->sched, &s->ready);
    sched_cancel(&p->chip->sched, &s->event);
}

#define COMMON .widths = WORD_ONLY, .steady = true

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00,
              .name = "CR",
              .rw = 0x0C3Fu,
              .unmodelled = CR_LPBK | CR_TXMODE,
              COMMON,
              .write = cr_write},
    [R_BRR] = {.offset = 0x04, .name = "BRR", .reset = 1, .rw = 0xFFu, COMMON, .write = brr_write},
    [R_ISR] = {.offset = 0x0C, .name = "ISR", .reset = 0x2C2u, .ro = 0x0FFFu, COMMON},
    [R_ICR] = {.offset = 0x10, .name = "ICR", .wo = ICR_BITS, COMMON, .write = icr_write},
    [R_IER] = {.offset = 0x14, .name = "IER", .rw = IER_BITS, COMMON, .write = ier_write},
    [R_RFL] = {.offset = 0x18, .name = "RFL", .ro = 0x1Fu, COMMON},
    [R_TDR] = {.offset = 0x1C, .name = "TDR", .wo = ~0u, COMMON, .write = tdr_write},
    [R_RDR] = {.offset = 0x20, .name = "RDR", .ro = ~0u, COMMON},
    [R_OR] = {.offset = 0x24, .name = "OR", .rw = 3u, COMMON},
};

static const char why_loopback[] = "what is sent is not heard";
static const char why_multi[] = "a frame takes as many words as it is long, not eight";
static const char why_no_card[] = "no card is in the slot: nothing is received";
static const char why_pin[] = "the wire is not driven: nobody listens";

#define NOTHING(name, bits) NO_ACTION(name, bits, why_no_card)

static const struct field cr[] = {ACTS("SWPTEN", BIT(11)),
                                  ACTS("DEACT", BIT(10)),
                                  ACTS("SWPACT", BIT(5)),
                                  UNMODELLED("LPBK", BIT(4), why_loopback),
                                  UNMODELLED("TXMODE", BIT(3), why_multi),
                                  NOTHING("RXMODE", BIT(2)),
                                  ACTS("TXDMA", BIT(1)),
                                  NOTHING("RXDMA", BIT(0)),
                                  FIELDS_END};
static const struct field brr[] = {ACTS("BR", BITS(7, 0)), FIELDS_END};
static const struct field isr[] = {ACTS("RDYF", BIT(11)),
                                   ACTS("DEACTF", BIT(10)),
                                   ACTS("SUSP", BIT(9)),
                                   NOTHING("SRF", BIT(8)),
                                   ACTS("TCF", BIT(7)),
                                   ACTS("TXE", BIT(6)),
                                   NOTHING("RXNE", BIT(5)),
                                   ACTS("TXUNRF", BIT(4)),
                                   NOTHING("RXOVRF", BIT(3)),
                                   NOTHING("RXBERF", BIT(2)),
                                   ACTS("TXBEF", BIT(1)),
                                   NOTHING("RXBFF", BIT(0)),
                                   FIELDS_END};
static const struct field icr[] = {
    ACTS("CRDYF", BIT(11)),  NOTHING("CSRF", BIT(8)),    ACTS("CTCF", BIT(7)),
    ACTS("CTXUNRF", BIT(4)), NOTHING("CRXOVRF", BIT(3)), NOTHING("CRXBERF", BIT(2)),
    ACTS("CTXBEF", BIT(1)),  NOTHING("CRXBFF", BIT(0)),  FIELDS_END};
static const struct field ier[] = {ACTS("RDYIE", BIT(11)),
                                   NOTHING("SRIE", BIT(8)),
                                   ACTS("TCIE", BIT(7)),
                                   ACTS("TIE", BIT(6)),
                                   NOTHING("RIE", BIT(5)),
                                   ACTS("TXUNREIE", BIT(4)),
                                   NOTHING("RXOVREIE", BIT(3)),
                                   NOTHING("RXBEIE", BIT(2)),
                                   ACTS("TXBEIE", BIT(1)),
                                   NOTHING("RXBFIE", BIT(0)),
                                   FIELDS_END};
static const struct field rfl[] = {NOTHING("RFL", BITS(4, 0)), FIELDS_END};
static const struct field tdr[] = {ACTS("TD", BITS(31, 0)), FIELDS_END};
static const struct field rdr[] = {NOTHING("RD", BITS(31, 0)), FIELDS_END};
static const struct field or_fields[] = {NO_ACTION("SWP_CLASS", BIT(1), why_pin),
                                         NO_ACTION("SWP_TBYP", BIT(0), why_pin), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr},        {0x04, 1, 0, brr}, {0x0C, 1, 0, isr}, {0x10, 1, 0, icr},
    {0x14, 1, 0, ier},       {0x18, 1, 0, rfl}, {0x1C, 1, 0, tdr}, {0x20, 1, 0, rdr},
    {0x24, 1, 0, or_fields}, REG_FIELDS_END};

static const char *const irq_names[] = {[SWPMI_IRQ_GLOBAL] = "global", NULL};

const struct model swpmi_model = {
    .kind = "swpmi",
    .size = sizeof(struct swpmi),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .destroy = destroy,
};
