/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/cec/cec.h"

#include "vboard/chip/fields.h"

enum { R_CR, R_CFGR, R_TXDR, R_RXDR, R_ISR, R_IER, R_COUNT };

#define CR_CECEN (1u << 0)
#define CR_TXSOM (1u << 1)
#define CR_TXEOM (1u << 2)
#define CFGR_SFT 7u
#define CFGR_SFTOPT (1u << 8)
#define FLAG_TXBR (1u << 8)
#define FLAG_TXEND (1u << 9)
#define FLAG_TXUDR (1u << 10)
#define FLAG_TXACKE (1u << 12)
#define FLAGS 0x1FFFu
#define TO_ALL 15u
#define WORD_ONLY 4u

/* In microseconds: Table 611 and Figure 863. */
#define START_BIT_US 4500u
#define BIT_US 2400u
#define SAMPLE_US 1050u
#define SHORTEST_BIT_US 2050u
#define BYTE_BITS 10u /* with EOM and ACK */

enum phase { IDLE, FREE_TIME, BYTE, REQUESTED, SAMPLED };
enum history { NEW_INITIATOR, HAS_FAILED, HAS_SUCCEEDED };

struct cec {
    struct periph p;
    struct ticker ticks; /* of the kernel clock */
    struct clock_listener listener;
    struct event event;
    enum phase phase;
    enum history history;
    uint64_t due;        /* of the phase, in ticks */
    uint64_t free_since; /* the line */
    uint64_t byte;       /* when its first bit began */
    uint8_t next, sending;
    bool is_last, is_header, to_all;
    bool loaded; /* TXDR has a byte that is still to be sent */
};

static vtime_ps now_of(const struct cec *c)
{
    return c->p.chip->sched.now;
}

static uint64_t ticks_of(uint64_t us)
{
    return (us * 32768u + 500000u) / 1000000u;
}

static uint64_t count(const struct cec *c)
{
    return ticker_count(&c->ticks, now_of(c));
}

static void flag(struct cec *c, uint32_t flags)
{
    c->p.values[R_ISR] |= flags;
    irq_set(&c->p.irq[CEC_IRQ_GLOBAL], (c->p.values[R_ISR] & c->p.values[R_IER]) != 0);
}

static void schedule(struct cec *c)
{
    vtime_ps at = c->phase != IDLE ? ticker_when(&c->ticks, c->due) : VTIME_NEVER;
    if (at == VTIME_NEVER) {
        sched_cancel(&c->p.chip->sched, &c->event);
    } else {
        sched_at(&c->p.chip->sched, &c->event, at);
    }
}

static void enter(struct cec *c, enum phase phase, uint64_t due)
{
    c->phase = phase;
    c->due = due;
    schedule(c);
}

/* ---- a message ---- */

/* 62.4: in half periods of a bit. */
static unsigned free_halves(const struct cec *c)
{
    static const uint8_t by_history[] = {
        [NEW_INITIATOR] = 8, [HAS_FAILED] = 5, [HAS_SUCCEEDED] = 12};
    unsigned sft = c->p.values[R_CFGR] & CFGR_SFT;
    return sft == 0 ? by_history[c->history] : 2 * sft - 1;
}

/* SFTOPT: the time is counted since the line is free, and may be over already (62.4.1). */
static void begin(struct cec *c)
{
    uint64_t since = (c->p.values[R_CFGR] & CFGR_SFTOPT) != 0 ? c->free_since : count(c);
    uint64_t due = since + ticks_of(free_halves(c) * (BIT_US / 2));
    enter(c, FREE_TIME, due < count(c) ? count(c) : due);
}

static void begin_byte(struct cec *c, uint64_t at)
{
    c->byte = at;
    c->sending = c->next;
    c->is_last = (c->p.values[R_CR] & CR_TXEOM) != 0;
    c->loaded = false;
    enter(c, BYTE, at + ticks_of(4 * BIT_US));
}

static void end(struct cec *c, uint32_t why)
{
    c->history = why == FLAG_TXEND ? HAS_SUCCEEDED : HAS_FAILED;
    c->free_since = c->due;
    c->p.values[R_CR] &= ~(CR_TXSOM | CR_TXEOM);
    c->loaded = false;
    enter(c, IDLE, 0);
    flag(c, why);
}

/* The fourth bit has been sent. */
static void ask_for_next(struct cec *c)
{
    enter(c, REQUESTED, c->byte + ticks_of((BYTE_BITS - 1) * BIT_US + SAMPLE_US));
    if (!c->is_last) {
        flag(c, FLAG_TXBR);
    }
}

/* Nobody pulls the line low: a message to one is not acknowledged, one to all not rejected. */
static void sample_acknowledge(struct cec *c)
{
    if (c->is_header) {
        c->to_all = (c->sending & 15u) == TO_ALL;
    }
    if (!c->to_all) {
        end(c, FLAG_TXACKE);
    } else {
        unsigned last = c->is_last ? SHORTEST_BIT_US : BIT_US;
        enter(c, SAMPLED, c->byte + ticks_of((BYTE_BITS - 1) * BIT_US + last));
    }
}

static void end_byte(struct cec *c)
{
    if (c->is_last) {
        end(c, FLAG_TXEND);
    } else if (!c->loaded) {
        end(c, FLAG_TXUDR);
    } else {
        c->is_header = false;
        begin_byte(c, c->due);
    }
}

static void advance(void *ctx, vtime_ps now)
{
    struct cec *c = ctx;
    (void)now;
    switch (c->phase) {
    case FREE_TIME:
        c->is_header = true;
        begin_byte(c, c->due + ticks_of(START_BIT_US));
        break;
    case BYTE:
        ask_for_next(c);
        break;
    case REQUESTED:
        sample_acknowledge(c);
        break;
    case SAMPLED:
        end_byte(c);
        break;
    case IDLE:
        break;
    }
}

/* ---- registers ---- */

static void abort_message(struct cec *c)
{
    c->p.values[R_CR] = 0;
    c->loaded = false;
    enter(c, IDLE, 0);
}

/* "CECEN = 0 disables the CEC peripheral, clears all bits of CEC_CR register and aborts" (62.7.1). */
static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct cec *c = (struct cec *)p;
    (void)slot;
    (void)written;
    uint32_t cr = p->values[R_CR];
    if ((cr & CR_CECEN) == 0) {
        if ((cr & (CR_TXSOM | CR_TXEOM)) != 0 && (old & CR_CECEN) == 0) {
            periph_report(p, R_CR, FOUND_WHILE_DISABLED, NULL);
        }
        abort_message(c);
        return;
    }
    if ((old & CR_CECEN) == 0) {
        c->history = NEW_INITIATOR;
        c->free_since = count(c);
    }
    if ((cr & CR_TXSOM) != 0 && c->phase == IDLE) {
        begin(c);
    }
}

static void settings_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if ((p->values[R_CR] & CR_CECEN) != 0 && p->values[slot] != old) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
    }
    flag((struct cec *)p, 0);
}

static void txdr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct cec *c = (struct cec *)p;
    (void)slot;
    (void)old;
    c->next = (uint8_t)written;
    c->loaded = true;
}

static void isr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    flag((struct cec *)p, 0);
}

/* ---- life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    ticker_sync(&((struct cec *)ctx)->ticks, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    schedule(ctx);
}

/* LSE and LSI go on in Stop. */
static void gated(struct periph *p, bool on)
{
    struct cec *c = (struct cec *)p;
    (void)on;
    if (p->gate != NULL && !p->gate->kernel) {
        ticker_stop(&c->ticks, now_of(c));
    } else {
        ticker_start(&c->ticks, now_of(c));
    }
    schedule(c);
}

static int init(struct periph *p)
{
    struct cec *c = (struct cec *)p;
    ticker_init(&c->ticks, &p->chip->clocks[p->entry->kernel->output], 1);
    event_init(&c->event, advance, c);
    return 0;
}

static void connect(struct periph *p)
{
    struct cec *c = (struct cec *)p;
    c->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = c};
    clock_listen(&p->chip->clocks[p->entry->kernel->output], &c->listener);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct cec *c = (struct cec *)p;
    (void)kind;
    c->history = NEW_INITIATOR;
    abort_message(c);
    flag(c, 0);
}

static void destroy(struct periph *p)
{
    sched_cancel(&p->chip->sched, &((struct cec *)p)->event);
}

#define COMMON .widths = WORD_ONLY, .steady = true

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00, .name = "CR", .rw = 1u, .w1s = 6u, COMMON, .write = cr_write},
    [R_CFGR] = {.offset = 0x04, .name = "CFGR", .rw = 0xFFFF01FFu, COMMON, .write = settings_write},
    [R_TXDR] = {.offset = 0x08, .name = "TXDR", .wo = 0xFFu, COMMON, .write = txdr_write},
    [R_RXDR] = {.offset = 0x0C, .name = "RXDR", .ro = 0xFFu, COMMON},
    [R_ISR] = {.offset = 0x10, .name = "ISR", .w1c = FLAGS, COMMON, .write = isr_write},
    [R_IER] = {.offset = 0x14, .name = "IER", .rw = FLAGS, COMMON, .write = settings_write},
};

static const char why_alone[] = "nobody else is on the line: nothing is received";

#define NOTHING(name, bits) NO_ACTION(name, bits, why_alone)

static const struct field cr[] = {ACTS("TXEOM", BIT(2)), ACTS("TXSOM", BIT(1)),
                                  ACTS("CECEN", BIT(0)), FIELDS_END};
static const struct field cfgr[] = {NOTHING("LSTN", BIT(31)),   NOTHING("OAR", BITS(30, 16)),
                                    ACTS("SFTOP", BIT(8)),      NOTHING("BRDNOGEN", BIT(7)),
                                    NOTHING("LBPEGEN", BIT(6)), NOTHING("BREGEN", BIT(5)),
                                    NOTHING("BRESTP", BIT(4)),  NOTHING("RXTOL", BIT(3)),
                                    ACTS("SFT", BITS(2, 0)),    FIELDS_END};
static const struct field txdr[] = {ACTS("TXD", BITS(7, 0)), FIELDS_END};
static const struct field rxdr[] = {NOTHING("RXD", BITS(7, 0)), FIELDS_END};
static const struct field isr[] = {ACTS("TXACKE", BIT(12)),   NOTHING("TXERR", BIT(11)),
                                   ACTS("TXUDR", BIT(10)),    ACTS("TXEND", BIT(9)),
                                   ACTS("TXBR", BIT(8)),      NOTHING("ARBLST", BIT(7)),
                                   NOTHING("RXACKE", BIT(6)), NOTHING("LBPE", BIT(5)),
                                   NOTHING("SBPE", BIT(4)),   NOTHING("BRE", BIT(3)),
                                   NOTHING("RXOVR", BIT(2)),  NOTHING("RXEND", BIT(1)),
                                   NOTHING("RXBR", BIT(0)),   FIELDS_END};
static const struct field ier[] = {ACTS("TXACKIE", BIT(12)),   NOTHING("TXERRIE", BIT(11)),
                                   ACTS("TXUDRIE", BIT(10)),   ACTS("TXENDIE", BIT(9)),
                                   ACTS("TXBRIE", BIT(8)),     NOTHING("ARBLSTIE", BIT(7)),
                                   NOTHING("RXACKIE", BIT(6)), NOTHING("LBPEIE", BIT(5)),
                                   NOTHING("SBPEIE", BIT(4)),  NOTHING("BREIE", BIT(3)),
                                   NOTHING("RXOVRIE", BIT(2)), NOTHING("RXENDIE", BIT(1)),
                                   NOTHING("RXBRIE", BIT(0)),  FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr},  {0x04, 1, 0, cfgr}, {0x08, 1, 0, txdr}, {0x0C, 1, 0, rxdr},
    {0x10, 1, 0, isr}, {0x14, 1, 0, ier},  REG_FIELDS_END};

static const char *const irq_names[] = {[CEC_IRQ_GLOBAL] = "global", NULL};

const struct model cec_model = {
    .kind = "cec",
    .size = sizeof(struct cec),
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
