/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/i2c/i2c.h"

#include "vboard/chip/fields.h"

enum {
    R_CR1,
    R_CR2,
    R_OAR1,
    R_OAR2,
    R_TIMINGR,
    R_TIMEOUTR,
    R_ISR,
    R_ICR,
    R_PECR,
    R_RXDR,
    R_TXDR,
    R_COUNT
};

#define CR1_PE (1u << 0)
#define CR1_NACKIE (1u << 4)
#define CR1_STOPIE (1u << 5)
#define CR2_ADD10 (1u << 11)
#define CR2_START (1u << 13)
#define CR2_STOP (1u << 14)
#define CR2_NACK (1u << 15)
#define CR2_PECBYTE (1u << 26)
#define ISR_TXE (1u << 0)
#define ISR_TXIS (1u << 1)
#define ISR_NACKF (1u << 4)
#define ISR_STOPF (1u << 5)
#define ISR_BUSY (1u << 15)

/* Bits on the wire: START, address and direction, the acknowledge that does not come; then STOP. */
#define ADDRESS_BITS 10u
#define STOP_BITS 1u

enum i2c_state { I2C_IDLE, I2C_ADDRESS, I2C_STOP };

struct i2c {
    struct periph base;
    struct clock *kernel;
    struct clock_listener listener;
    struct event event;
    enum i2c_state state;
};

static void update_irq(struct i2c *i)
{
    const uint32_t *v = i->base.values;
    bool asks = ((v[R_ISR] & ISR_NACKF) != 0 && (v[R_CR1] & CR1_NACKIE) != 0) ||
                ((v[R_ISR] & ISR_STOPF) != 0 && (v[R_CR1] & CR1_STOPIE) != 0);
    irq_set(&i->base.irq[I2C_IRQ_EVENT], asks);
}

/* 50.7.5: SCL is low for SCLL + 1 and high for SCLH + 1 of the prescaled clock. */
static uint64_t bit_ticks(const struct i2c *i)
{
    uint32_t t = i->base.values[R_TIMINGR];
    uint64_t prescaler = (t >> 28) + UINT64_C(1);
    return prescaler * ((t & 0xFFu) + (t >> 8 & 0xFFu) + 2);
}

static void go_on(struct i2c *i)
{
    struct sched *s = &i->base.chip->sched;
    bool gated = i->base.gate != NULL && !i->base.gate->any;
    unsigned bits = i->state == I2C_STOP ? STOP_BITS : ADDRESS_BITS;
    vtime_ps span = clock_span(i->kernel, bits * bit_ticks(i));
    if (i->state == I2C_IDLE || gated || span == VTIME_NEVER) {
        sched_cancel(s, &i->event);
    } else if (!event_queued(&i->event)) {
        sched_at(s, &i->event, s->now + span);
    }
}

/* "If a NACK is received: the TXIS flag is not set, and a STOP condition is automatically sent" (50.4.9). */
static void bits_over(void *ctx, vtime_ps now)
{
    struct i2c *i = ctx;
    uint32_t *v = i->base.values;
    (void)now;
    if (i->state == I2C_ADDRESS) {
        i->state = I2C_STOP;
        v[R_CR2] &= ~CR2_START;
        v[R_ISR] |= ISR_NACKF | ISR_TXE;
    } else {
        i->state = I2C_IDLE;
        v[R_CR2] &= ~CR2_STOP;
        v[R_ISR] = (v[R_ISR] | ISR_STOPF) & ~ISR_BUSY;
    }
    go_on(i);
    update_irq(i);
}

/* 50.4.6: PE = 0 lets the lines go and clears START, STOP, NACK, PECBYTE and ISR. */
static void disable(struct i2c *i)
{
    i->state = I2C_IDLE;
    i->base.values[R_CR2] &= ~(CR2_START | CR2_STOP | CR2_NACK | CR2_PECBYTE);
    i->base.values[R_ISR] = ISR_TXE;
    go_on(i);
}

static void cr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct i2c *i = (struct i2c *)p;
    (void)written;
    if ((old & ~p->values[slot] & CR1_PE) != 0) {
        disable(i);
    }
    update_irq(i);
}

static void cr2_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct i2c *i = (struct i2c *)p;
    bool starts = (written & CR2_START) != 0 && i->state == I2C_IDLE;
    (void)old;
    if ((p->values[R_CR1] & CR1_PE) == 0) {
        p->values[slot] &= ~(CR2_START | CR2_STOP | CR2_NACK | CR2_PECBYTE);
        return;
    }
    if (starts && (p->values[slot] & CR2_ADD10) == 0) {
        i->state = I2C_ADDRESS;
        p->values[R_ISR] |= ISR_BUSY;
        go_on(i);
    }
    if (i->state == I2C_IDLE) {
        p->values[slot] &= ~CR2_STOP; /* nothing to stop */
    }
}

/* TXE and TXIS are set by software to flush TXDR (50.7.7). */
static void isr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    p->values[slot] &= ~ISR_TXIS; /* NOSTRETCH's, of slaves */
    update_irq((struct i2c *)p);
}

static void icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[R_ISR] &= ~(written & (ISR_NACKF | ISR_STOPF));
    update_irq((struct i2c *)p);
}

static void txdr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    p->values[R_ISR] &= ~ISR_TXE;
}

static void after_clock(void *ctx, vtime_ps now)
{
    struct i2c *i = ctx;
    (void)now;
    sched_cancel(&i->base.chip->sched, &i->event);
    go_on(i);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    go_on((struct i2c *)p);
}

static int init(struct periph *p)
{
    event_init(&((struct i2c *)p)->event, bits_over, p);
    return 0;
}

static void connect(struct periph *p)
{
    struct i2c *i = (struct i2c *)p;
    i->kernel = &p->chip->clocks[p->entry->kernel->output];
    i->listener = (struct clock_listener){.after = after_clock, .ctx = i};
    clock_listen(i->kernel, &i->listener);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    (void)kind;
    disable((struct i2c *)p);
    update_irq((struct i2c *)p);
}

/* clang-format off */
/* ISR: what slaves, data and errors would set never comes. */
static const struct reg regs[R_COUNT] = {
    [R_CR1] = {.offset = 0x00, .name = "CR1", .rw = 0x00FFDFFFu, .unmodelled = 1u << 18,
               .write = cr1_write},
    [R_CR2] = {.offset = 0x04, .name = "CR2", .rw = 0x03FF1FFFu, .w1s = 0x0400E000u,
               .unmodelled = CR2_ADD10, .steady = true, .write = cr2_write},
    [R_OAR1] = {.offset = 0x08, .name = "OAR1", .rw = 0x87FFu},
    [R_OAR2] = {.offset = 0x0C, .name = "OAR2", .rw = 0x87FEu},
    [R_TIMINGR] = {.offset = 0x10, .name = "TIMINGR", .rw = 0xF0FFFFFFu},
    [R_TIMEOUTR] = {.offset = 0x14, .name = "TIMEOUTR", .rw = 0x8FFF9FFFu, .unmodelled = 0x80008000u},
    [R_ISR] = {.offset = 0x18, .name = "ISR", .reset = ISR_TXE, .ro = 0x00FFBFFCu,
               .w1s = ISR_TXIS | ISR_TXE, .unmodelled = 0x00FF3FCCu, .steady = true,
               .write = isr_write},
    [R_ICR] = {.offset = 0x1C, .name = "ICR", .wo = 0x3F38u, .write = icr_write},
    [R_PECR] = {.offset = 0x20, .name = "PECR", .ro = 0xFFu, .unmodelled = 0xFFu, .steady = true},
    [R_RXDR] = {.offset = 0x24, .name = "RXDR", .ro = 0xFFu, .unmodelled = 0xFFu, .steady = true},
    [R_TXDR] = {.offset = 0x28, .name = "TXDR", .rw = 0xFFu, .write = txdr_write},
};
/* clang-format on */

static const char why_answer[] = "nobody answers, so no data follows an address";
static const char why_errors[] = "nothing disturbs the bus";
static const char why_filter[] = "nothing on the lines that a filter would take away";
static const char why_slave[] = "nobody addresses this chip";
static const char why_smbus[] = "no SMBus host, alert or time-outs";
static const char why_ten[] =
    "no addresses of ten bits, of which the master repeats the first seven";
static const char why_alert[] = "no SMBus alert";
static const char why_timeout_only[] =
    "used with time-outs only, and TIMOUTEN and TEXTEN are reported";

static const struct field cr1[] = {NO_ACTION("PECEN", BIT(23), why_answer),
                                   NO_ACTION("ALERTEN", BIT(22), why_alert),
                                   NO_ACTION("SMBDEN", BIT(21), why_slave),
                                   NO_ACTION("SMBHEN", BIT(20), why_slave),
                                   NO_ACTION("GCEN", BIT(19), why_slave),
                                   UNMODELLED("WUPEN", BIT(18), why_slave),
                                   NO_ACTION("NOSTRETCH", BIT(17), why_slave),
                                   NO_ACTION("SBC", BIT(16), why_slave),
                                   NO_ACTION("RXDMAEN", BIT(15), why_answer),
                                   NO_ACTION("TXDMAEN", BIT(14), why_answer),
                                   NO_ACTION("ANFOFF", BIT(12), why_filter),
                                   NO_ACTION("DNF", BITS(11, 8), why_filter),
                                   NO_ACTION("ERRIE", BIT(7), why_errors),
                                   NO_ACTION("TCIE", BIT(6), why_answer),
                                   ACTS("STOPIE", BIT(5)),
                                   ACTS("NACKIE", BIT(4)),
                                   NO_ACTION("ADDRIE", BIT(3), why_slave),
                                   NO_ACTION("RXIE", BIT(2), why_answer),
                                   NO_ACTION("TXIE", BIT(1), why_answer),
                                   ACTS("PE", BIT(0)),
                                   FIELDS_END};
static const struct field cr2[] = {NO_ACTION("PECBYTE", BIT(26), why_answer),
                                   NO_ACTION("AUTOEND", BIT(25), why_answer),
                                   NO_ACTION("RELOAD", BIT(24), why_answer),
                                   NO_ACTION("NBYTES", BITS(23, 16), why_answer),
                                   NO_ACTION("NACK", BIT(15), why_slave),
                                   ACTS("STOP", BIT(14)),
                                   ACTS("START", BIT(13)),
                                   NO_ACTION("HEAD10R", BIT(12), why_ten),
                                   UNMODELLED("ADD10", BIT(11), why_ten),
                                   NO_ACTION("RD_WRN", BIT(10), why_answer),
                                   NO_ACTION("SADD", BITS(9, 0), why_answer),
                                   FIELDS_END};
static const struct field oar1[] = {NO_ACTION("OA1EN", BIT(15), why_slave),
                                    NO_ACTION("OA1MODE", BIT(10), why_slave),
                                    NO_ACTION("OA1", BITS(9, 0), why_slave), FIELDS_END};
static const struct field oar2[] = {NO_ACTION("OA2EN", BIT(15), why_slave),
                                    NO_ACTION("OA2MSK", BITS(10, 8), why_slave),
                                    NO_ACTION("OA2", BITS(7, 1), why_slave), FIELDS_END};
static const struct field timingr[] = {ACTS("PRESC", BITS(31, 28)),
                                       NO_ACTION("SCLDEL", BITS(23, 20), why_answer),
                                       NO_ACTION("SDADEL", BITS(19, 16), why_answer),
                                       ACTS("SCLH", BITS(15, 8)),
                                       ACTS("SCLL", BITS(7, 0)),
                                       FIELDS_END};
static const struct field timeoutr[] = {UNMODELLED("TEXTEN", BIT(31), why_smbus),
                                        NO_ACTION("TIMEOUTB", BITS(27, 16), why_timeout_only),
                                        UNMODELLED("TIMOUTEN", BIT(15), why_smbus),
                                        NO_ACTION("TIDLE", BIT(12), why_timeout_only),
                                        NO_ACTION("TIMEOUTA", BITS(11, 0), why_timeout_only),
                                        FIELDS_END};
static const struct field isr[] = {UNMODELLED("ADDCODE", BITS(23, 17), why_slave),
                                   UNMODELLED("DIR", BIT(16), why_slave),
                                   ACTS("BUSY", BIT(15)),
                                   UNMODELLED("ALERT", BIT(13), why_smbus),
                                   UNMODELLED("TIMEOUT", BIT(12), why_smbus),
                                   UNMODELLED("PECERR", BIT(11), why_answer),
                                   UNMODELLED("OVR", BIT(10), why_slave),
                                   UNMODELLED("ARLO", BIT(9), why_errors),
                                   UNMODELLED("BERR", BIT(8), why_errors),
                                   UNMODELLED("TCR", BIT(7), why_answer),
                                   UNMODELLED("TC", BIT(6), why_answer),
                                   ACTS("STOPF", BIT(5)),
                                   ACTS("NACKF", BIT(4)),
                                   UNMODELLED("ADDR", BIT(3), why_slave),
                                   UNMODELLED("RXNE", BIT(2), why_answer),
                                   NO_ACTION("TXIS", BIT(1), why_answer),
                                   ACTS("TXE", BIT(0)),
                                   FIELDS_END};
static const struct field icr[] = {NO_ACTION("ALERTCF", BIT(13), why_smbus),
                                   NO_ACTION("TIMOUTCF", BIT(12), why_smbus),
                                   NO_ACTION("PECCF", BIT(11), why_answer),
                                   NO_ACTION("OVRCF", BIT(10), why_slave),
                                   NO_ACTION("ARLOCF", BIT(9), why_errors),
                                   NO_ACTION("BERRCF", BIT(8), why_errors),
                                   ACTS("STOPCF", BIT(5)),
                                   ACTS("NACKCF", BIT(4)),
                                   NO_ACTION("ADDRCF", BIT(3), why_slave),
                                   FIELDS_END};
static const struct field pecr[] = {UNMODELLED("PEC", BITS(7, 0), why_answer), FIELDS_END};
static const struct field rxdr[] = {UNMODELLED("RXDATA", BITS(7, 0), why_answer), FIELDS_END};
static const struct field txdr[] = {ACTS("TXDATA", BITS(7, 0)), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr1},     {0x04, 1, 0, cr2},      {0x08, 1, 0, oar1}, {0x0C, 1, 0, oar2},
    {0x10, 1, 0, timingr}, {0x14, 1, 0, timeoutr}, {0x18, 1, 0, isr},  {0x1C, 1, 0, icr},
    {0x20, 1, 0, pecr},    {0x24, 1, 0, rxdr},     {0x28, 1, 0, txdr}, REG_FIELDS_END};

static const char *const irq_names[] = {"event", "error", NULL};

const struct model i2c_model = {
    .kind = "i2c",
    .size = sizeof(struct i2c),
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
