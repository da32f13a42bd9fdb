/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/spdifrx/spdifrx.h"

#include "vboard/chip/fields.h"

enum { R_CR, R_IMR, R_SR, R_IFCR, R_DR, R_CSR, R_DIR, R_COUNT };

#define CR_SPDIFRXEN 3u
#define CR_ENABLED 1u /* 01 and 11 */
#define CR_RECEIVES 3u
#define CR_WFA (1u << 14)
#define IMR_IFEIE (1u << 6)
#define SR_TERR (1u << 8)
#define SR_FRAME_ERRORS (7u << 6) /* FERR, SERR, TERR: all three by IFEIE */
#define SILENCE_CLOCKS 8192u      /* TRCNT has 13 bits */
#define WORD_ONLY 4u

/* Table 460: what cannot be written while it synchronizes, and what cannot while it receives. */
#define KEPT_ENABLED (7u << 16 | CR_WFA | 3u << 12 | 1u << 11) /* INSEL, WFA, NBTR, CHSEL */
#define KEPT_RECEIVING (KEPT_ENABLED | 3u << 4 | 1u << 3)      /* and DRFMT, RXSTEO */

struct spdifrx {
    struct periph p;
    struct ticker ticks; /* of the kernel clock */
    struct clock_listener listener;
    struct event silence;
    uint64_t due; /* in ticks */
    bool waits;   /* for TRCNT to overflow */
};

static vtime_ps now_of(const struct spdifrx *s)
{
    return s->p.chip->sched.now;
}

static void update(struct spdifrx *s)
{
    uint32_t sr = s->p.values[R_SR], imr = s->p.values[R_IMR];
    bool error = (imr & IMR_IFEIE) != 0 && (sr & SR_FRAME_ERRORS) != 0;
    irq_set(&s->p.irq[SPDIFRX_IRQ_GLOBAL], error || (sr & imr & 0x3Fu) != 0);
}

static void schedule(struct spdifrx *s)
{
    vtime_ps at = s->waits ? ticker_when(&s->ticks, s->due) : VTIME_NEVER;
    if (at == VTIME_NEVER) {
        sched_cancel(&s->p.chip->sched, &s->silence);
    } else {
        sched_at(&s->p.chip->sched, &s->silence, at);
    }
}

static void is_silent(void *ctx, vtime_ps now)
{
    struct spdifrx *s = ctx;
    (void)now;
    s->waits = false;
    s->p.values[R_SR] |= SR_TERR;
    update(s);
}

/* ---- registers ---- */

/* "It is not possible to transition from STATE_RCV to STATE_SYNC" (55.5.1). */
static void keep_state(struct periph *p, uint32_t old)
{
    uint32_t *cr = &p->values[R_CR];
    uint32_t kept = (old & CR_SPDIFRXEN) == CR_RECEIVES ? KEPT_RECEIVING
                    : (old & CR_ENABLED) != 0           ? KEPT_ENABLED
                                                        : 0;
    if ((old & CR_SPDIFRXEN) == CR_RECEIVES && (*cr & CR_SPDIFRXEN) == CR_ENABLED) {
        kept |= CR_SPDIFRXEN;
    }
    if (((old ^ *cr) & kept) != 0) {
        periph_report(p, R_CR, FOUND_WHILE_ENABLED, NULL);
        *cr = (*cr & ~kept) | (old & kept);
    }
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct spdifrx *s = (struct spdifrx *)p;
    (void)slot;
    (void)written;
    keep_state(p, old);
    uint32_t cr = p->values[R_CR];
    if ((cr & CR_ENABLED) == 0) {
        s->waits = false;
        p->values[R_SR] &= ~SR_FRAME_ERRORS;
    } else if ((old & CR_ENABLED) == 0) {
        s->waits = (cr & CR_WFA) == 0;
        s->due = ticker_count(&s->ticks, now_of(s)) + SILENCE_CLOCKS;
    }
    schedule(s);
    update(s);
}

static void imr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    update((struct spdifrx *)p);
}

/* ---- life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    ticker_sync(&((struct spdifrx *)ctx)->ticks, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    schedule(ctx);
}

static void gated(struct periph *p, bool on)
{
    struct spdifrx *s = (struct spdifrx *)p;
    if (on) {
        ticker_start(&s->ticks, now_of(s));
    } else {
        ticker_stop(&s->ticks, now_of(s));
    }
    schedule(s);
}

static int init(struct periph *p)
{
    struct spdifrx *s = (struct spdifrx *)p;
    ticker_init(&s->ticks, &p->chip->clocks[p->entry->kernel->output], 1);
    event_init(&s->silence, is_silent, s);
    return 0;
}

static void connect(struct periph *p)
{
    struct spdifrx *s = (struct spdifrx *)p;
    s->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = s};
    clock_listen(&p->chip->clocks[p->entry->kernel->output], &s->listener);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct spdifrx *s = (struct spdifrx *)p;
    (void)kind;
    s->waits = false;
    schedule(s);
    update(s);
}

static void destroy(struct periph *p)
{
    sched_cancel(&p->chip->sched, &((struct spdifrx *)p)->silence);
}

/* The data register has one of three formats, as DRFMT says; all of them are of nothing here. */
static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00,
              .name = "CR",
              .rw = 0x00077FFFu,
              .widths = WORD_ONLY,
              .steady = true,
              .write = cr_write},
    [R_IMR] = {.offset = 0x04, .name = "IMR", .rw = 0x7Fu, .steady = true, .write = imr_write},
    [R_SR] = {.offset = 0x08, .name = "SR", .ro = 0x7FFF01FFu, .steady = true},
    [R_IFCR] = {.offset = 0x0C, .name = "IFCR", .wo = 0x3Cu},
    [R_DR] = {.offset = 0x10, .name = "FMT0_DR", .ro = 0x3FFFFFFFu},
    [R_CSR] = {.offset = 0x14, .name = "CSR", .ro = 0x01FFFFFFu},
    [R_DIR] = {.offset = 0x18, .name = "DIR", .ro = 0x1FFF1FFFu, .steady = true},
};

static const char why_no_signal[] = "no signal is on the inputs: nothing is received";

#define NOTHING(name, bits) NO_ACTION(name, bits, why_no_signal)

static const struct field cr[] = {NOTHING("INSEL", BITS(18, 16)), ACTS("WFA", BIT(14)),
                                  NOTHING("NBTR", BITS(13, 12)),  NOTHING("CHSEL", BIT(11)),
                                  NOTHING("CBDMAEN", BIT(10)),    NOTHING("PTMSK", BIT(9)),
                                  NOTHING("CUMSK", BIT(8)),       NOTHING("VMSK", BIT(7)),
                                  NOTHING("PMSK", BIT(6)),        NOTHING("DRFMT", BITS(5, 4)),
                                  NOTHING("RXSTEO", BIT(3)),      NOTHING("RXDMAEN", BIT(2)),
                                  ACTS("SPDIFRXEN", BITS(1, 0)),  FIELDS_END};
static const struct field imr[] = {ACTS("IFEIE", BIT(6)),     NOTHING("SYNCDIE", BIT(5)),
                                   NOTHING("SBLKIE", BIT(4)), NOTHING("OVRIE", BIT(3)),
                                   NOTHING("PERRIE", BIT(2)), NOTHING("CSRNEIE", BIT(1)),
                                   NOTHING("RXNEIE", BIT(0)), FIELDS_END};
static const struct field sr[] = {NOTHING("WIDTH5", BITS(30, 16)),
                                  ACTS("TERR", BIT(8)),
                                  NOTHING("SERR", BIT(7)),
                                  NOTHING("FERR", BIT(6)),
                                  NOTHING("SYNCD", BIT(5)),
                                  NOTHING("SBD", BIT(4)),
                                  NOTHING("OVR", BIT(3)),
                                  NOTHING("PERR", BIT(2)),
                                  NOTHING("CSRNE", BIT(1)),
                                  NOTHING("RXNE", BIT(0)),
                                  FIELDS_END};
static const struct field ifcr[] = {NOTHING("SYNCDCF", BIT(5)), NOTHING("SBDCF", BIT(4)),
                                    NOTHING("OVRCF", BIT(3)), NOTHING("PERRCF", BIT(2)),
                                    FIELDS_END};
static const struct field dr[] = {NOTHING("PT", BITS(29, 28)),
                                  NOTHING("C", BIT(27)),
                                  NOTHING("U", BIT(26)),
                                  NOTHING("V", BIT(25)),
                                  NOTHING("PE", BIT(24)),
                                  NOTHING("DR", BITS(23, 0)),
                                  FIELDS_END};
static const struct field csr[] = {NOTHING("SOB", BIT(24)), NOTHING("CS", BITS(23, 16)),
                                   NOTHING("USR", BITS(15, 0)), FIELDS_END};
static const struct field dir[] = {NOTHING("TLO", BITS(28, 16)), NOTHING("THI", BITS(12, 0)),
                                   FIELDS_END};

static const struct reg_fields fields[] = {{0x00, 1, 0, cr},   {0x04, 1, 0, imr}, {0x08, 1, 0, sr},
                                           {0x0C, 1, 0, ifcr}, {0x10, 1, 0, dr},  {0x14, 1, 0, csr},
                                           {0x18, 1, 0, dir},  REG_FIELDS_END};

static const char *const irq_names[] = {[SPDIFRX_IRQ_GLOBAL] = "global", NULL};

const struct model spdifrx_model = {
    .kind = "spdifrx",
    .size = sizeof(struct spdifrx),
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
