/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/rng/rng.h"

#include "vboard/chip/fields.h"

enum { R_CR, R_SR, R_DR, R_COUNT };

#define CR_RNGEN (1u << 2)
#define CR_IE (1u << 3)
#define CR_CED (1u << 5)
#define SR_DRDY (1u << 0)
#define SR_CECS (1u << 1)
#define SR_SECS (1u << 2)
#define SR_CEIS (1u << 5)
#define SR_SEIS (1u << 6)

/* 36.5: clocks of the noise source and of the bus until the first words, and from four words to four. */
#define FIRST_NOISE 128u
#define FIRST_BUS 426u
#define NEXT_NOISE 16u
#define NEXT_BUS 213u
#define WORDS 4u

struct rng {
    struct periph base;
    struct clock_listener listener;
    struct event ready;
    uint64_t state;
    unsigned words; /* in the output buffer */
    bool is_first;
};

static struct clock *noise_clock(const struct rng *r)
{
    return &r->base.chip->clocks[CLK_RNG];
}

static struct clock *bus_clock(const struct rng *r)
{
    return &r->base.chip->clocks[CLK_HCLK2];
}

static void update(struct rng *r)
{
    uint32_t *sr = &r->base.values[R_SR];
    bool on = (r->base.values[R_CR] & CR_RNGEN) != 0;
    bool too_slow = on && (r->base.values[R_CR] & CR_CED) == 0 &&
                    noise_clock(r)->uhz < bus_clock(r)->uhz / 32; /* 36.3.6 */
    *sr = (*sr & ~(SR_DRDY | SR_CECS)) | (r->words != 0 ? SR_DRDY : 0) |
          (too_slow ? SR_CECS | SR_CEIS : 0);
    irq_set(&r->base.irq[RNG_IRQ_GLOBAL], on && (r->base.values[R_CR] & CR_IE) != 0 &&
                                              (*sr & (SR_DRDY | SR_CEIS | SR_SEIS)) != 0);
}

/* While it is on and its buffer is empty, the next four words are on their way. */
static void schedule(struct rng *r)
{
    struct sched *s = &r->base.chip->sched;
    bool gated = r->base.gate != NULL && !r->base.gate->any;
    bool wanted = (r->base.values[R_CR] & CR_RNGEN) != 0 && r->words == 0 && !gated;
    vtime_ps noise = clock_span(noise_clock(r), r->is_first ? FIRST_NOISE : NEXT_NOISE);
    vtime_ps bus = clock_span(bus_clock(r), r->is_first ? FIRST_BUS : NEXT_BUS);
    if (!wanted || noise == VTIME_NEVER || bus == VTIME_NEVER) {
        sched_cancel(s, &r->ready);
    } else if (!event_queued(&r->ready)) {
        sched_at(s, &r->ready, s->now + (r->is_first ? noise + bus : noise > bus ? noise : bus));
    }
}

static void filled(void *ctx, vtime_ps now)
{
    struct rng *r = ctx;
    (void)now;
    r->is_first = false;
    r->words = WORDS;
    update(r);
}

/* splitmix64 (Steele, Lea, Flood 2014), and no zero: software takes that for an error (36.3.5). */
static uint32_t next_word(struct rng *r)
{
    r->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = r->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    uint32_t word = (uint32_t)(z >> 32);
    return word != 0 ? word : 1;
}

static uint32_t dr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct rng *r = (struct rng *)p;
    (void)slot;
    (void)value;
    if (r->words == 0 || p->chip->access.master == MASTER_DEBUG) {
        return 0;
    }
    r->words--;
    uint32_t word = next_word(r);
    schedule(r);
    update(r);
    return word;
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rng *r = (struct rng *)p;
    (void)slot;
    (void)old;
    (void)written;
    schedule(r);
    update(r);
}

static void sr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    update((struct rng *)p);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    schedule(ctx);
    update(ctx);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    schedule((struct rng *)p);
}

static int init(struct periph *p)
{
    struct rng *r = (struct rng *)p;
    r->state = p->chip->params.seed;
    event_init(&r->ready, filled, r);
    return 0;
}

static void connect(struct periph *p)
{
    struct rng *r = (struct rng *)p;
    r->listener = (struct clock_listener){.after = after_clock, .ctx = r};
    clock_listen(noise_clock(r), &r->listener);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct rng *r = (struct rng *)p;
    (void)kind;
    sched_cancel(&p->chip->sched, &r->ready);
    r->words = 0;
    r->is_first = true;
    update(r);
}

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00, .name = "CR", .rw = CR_CED | CR_IE | CR_RNGEN, .write = cr_write},
    [R_SR] = {.offset = 0x04,
              .name = "SR",
              .ro = SR_SECS | SR_CECS | SR_DRDY,
              .w0c = SR_SEIS | SR_CEIS,
              .steady = true,
              .write = sr_write},
    [R_DR] = {.offset = 0x08, .name = "DR", .ro = ~0u, .read = dr_read},
};

static const char why_noise[] = "the noise source never fails";

static const struct field cr[] = {ACTS("CED", BIT(5)), ACTS("IE", BIT(3)), ACTS("RNGEN", BIT(2)),
                                  FIELDS_END};
static const struct field sr[] = {NO_ACTION("SEIS", BIT(6), why_noise),
                                  ACTS("CEIS", BIT(5)),
                                  NO_ACTION("SECS", BIT(2), why_noise),
                                  ACTS("CECS", BIT(1)),
                                  ACTS("DRDY", BIT(0)),
                                  FIELDS_END};
static const struct field dr[] = {ACTS("RNDATA", BITS(31, 0)), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr}, {0x04, 1, 0, sr}, {0x08, 1, 0, dr}, REG_FIELDS_END};

static const char *const irq_names[] = {"global", NULL};

const struct model rng_model = {
    .kind = "rng",
    .size = sizeof(struct rng),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
};
