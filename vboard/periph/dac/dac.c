/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/dac/dac.h"

#include "vboard/chip/fields.h"

#define CHANNELS 2u

enum {
    R_CR,
    R_SWTRGR,
    R_DHR, /* 12R, 12L, 8R of channel 1, of channel 2 */
    R_DHR12RD = R_DHR + 6,
    R_DHR12LD,
    R_DHR8RD,
    R_DOR1,
    R_DOR2,
    R_SR,
    R_CCR,
    R_MCR,
    R_SHSR1,
    R_SHSR2,
    R_SHHR,
    R_SHRR,
    R_COUNT
};

/* Of channel 1; channel 2's are sixteen places higher. */
#define CR_EN 1u
#define CR_TEN 2u
#define CR_TSEL_POS 2u
#define CR_WAVE_POS 6u
#define CR_MAMP_POS 8u
#define CR_DMAEN (1u << 12)
#define CR_DMAUDRIE (1u << 13)
#define SR_DMAUDR (1u << 13)
#define LFSR_START 0xAAAu
#define FULL 4095u

struct dac;

struct dac_channel {
    struct dac *dac;
    unsigned number;
    struct wire_listener trigger;
    struct dma_request *request;
    uint16_t held; /* DHRx, 12 bits */
    uint16_t lfsr, triangle;
    bool falls; /* the triangle */
};

struct dac {
    struct periph p;
    struct dac_channel channels[CHANNELS];
};

static uint32_t cr_of(const struct dac_channel *c)
{
    return c->dac->p.values[R_CR] >> (16 * c->number) & 0x7FFFu;
}

/* ---- output ---- */

/* MCR.MODE: 3 and 7 have no pin, 0, 2, 4 and 6 nothing inside (27.7.16). */
static void put_voltage(struct dac_channel *c)
{
    struct chip *chip = c->dac->p.chip;
    unsigned mode = c->dac->p.values[R_MCR] >> (16 * c->number) & 7u;
    bool on = (cr_of(c) & CR_EN) != 0;
    bool inside = on && (mode & 1u) != 0, outside = on && (mode & 3u) != 3;
    uint32_t uv = (uint32_t)(c->dac->p.values[R_DOR1 + c->number] * UINT64_C(1000) *
                             chip_vref_mv(chip) / 4096);
    unsigned pin = 4 + c->number;
    chip_analog_set_dac(chip, c->number, inside ? uv : 0);
    if (outside) {
        chip_analog_set(chip, 'A', pin, uv);
    } else {
        chip_analog_forget(chip, 'A', pin);
    }
}

static void convert(struct dac_channel *c)
{
    static const uint8_t noise = 1;
    unsigned wave = cr_of(c) >> CR_WAVE_POS & 3u;
    uint32_t amplitude = (2u << (cr_of(c) >> CR_MAMP_POS & 15u)) - 1;
    uint32_t out = c->held;
    amplitude = amplitude > FULL ? FULL : amplitude;
    if ((cr_of(c) & CR_TEN) != 0 && wave != 0) {
        out += wave == noise ? c->lfsr & amplitude : c->triangle;
    }
    c->dac->p.values[R_DOR1 + c->number] = out > FULL ? FULL : out;
    put_voltage(c);
}

/* 27.4.10: X^6, X^4, X and 1 are fed back; a one is injected into a register of zeros. 27.4.11: up to
 * MAMP's amplitude and down again. */
static void step_wave(struct dac_channel *c)
{
    uint32_t amplitude = (2u << (cr_of(c) >> CR_MAMP_POS & 15u)) - 1;
    uint32_t bit = (c->lfsr ^ c->lfsr >> 1 ^ c->lfsr >> 4 ^ c->lfsr >> 6) & 1u;
    amplitude = amplitude > FULL ? FULL : amplitude;
    bit |= c->lfsr == 0 ? 1u : 0u;
    c->lfsr = (uint16_t)(c->lfsr >> 1 | bit << 11);
    c->falls = c->triangle >= amplitude || (c->falls && c->triangle != 0);
    c->triangle = (uint16_t)(c->falls ? c->triangle - 1 : c->triangle + 1);
}

static void update_irq(struct dac *d)
{
    uint32_t asked = d->p.values[R_SR] & d->p.values[R_CR] & (SR_DMAUDR | SR_DMAUDR << 16);
    irq_set(&d->p.irq[DAC_IRQ_UNDERRUN], asked != 0); /* DMAUDRIE has DMAUDR's place */
}

/* ---- triggers ---- */

static void take(struct dac_channel *c, bool by_software)
{
    uint32_t cr = cr_of(c);
    bool gated = c->dac->p.gate != NULL && !c->dac->p.gate->any;
    if ((cr & (CR_EN | CR_TEN)) != (CR_EN | CR_TEN) || gated) {
        return;
    }
    convert(c);
    step_wave(c);
    if ((cr & CR_DMAEN) == 0 || by_software || c->request == NULL) {
        return;
    }
    if (c->request->level) { /* 27.4.8: the last has not been served */
        c->dac->p.values[R_SR] |= SR_DMAUDR << (16 * c->number);
        update_irq(c->dac);
    } else {
        dma_request_raise(c->dac->p.chip, c->request);
    }
}

static void triggered(void *ctx, bool high, vtime_ps now)
{
    (void)now;
    if (high) {
        take(ctx, false);
    }
}

/* Table 231: 0 is SWTRGR; NULL is HRTIM, or reserved. */
static const char *const triggers[16] = {
    NULL,        "TIM1_TRGO",  "TIM2_TRGO", "TIM4_TRGO", "TIM5_TRGO",  "TIM6_TRGO",  "TIM7_TRGO",
    "TIM8_TRGO", "TIM15_TRGO", NULL,        NULL,        "LPTIM1_OUT", "LPTIM2_OUT", "EXTI9"};

static void follow_trigger(struct dac_channel *c)
{
    const char *name = triggers[cr_of(c) >> CR_TSEL_POS & 15u];
    bool listens = (cr_of(c) & (CR_EN | CR_TEN)) == (CR_EN | CR_TEN) && name != NULL;
    wire_listen(listens ? chip_wire(c->dac->p.chip, name) : NULL, &c->trigger,
                c->dac->p.chip->sched.now);
}

static bool trigger_missing(const struct dac_channel *c)
{
    unsigned select = cr_of(c) >> CR_TSEL_POS & 15u;
    return select != 0 &&
           (triggers[select] == NULL || !chip_wire(c->dac->p.chip, triggers[select])->has_source);
}

/* ---- registers ---- */

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dac *d = (struct dac *)p;
    const uint32_t selection = 15u << CR_TSEL_POS;
    (void)written;
    for (unsigned n = 0; n < CHANNELS; n++) {
        struct dac_channel *c = &d->channels[n];
        bool changed = ((old ^ p->values[slot]) & selection << (16 * n)) != 0;
        if (changed && trigger_missing(c)) {
            periph_unmodelled(p, slot, selection << (16 * n));
        }
        if (((old ^ p->values[slot]) & 3u << (CR_WAVE_POS + 16 * n)) != 0) {
            c->lfsr = LFSR_START;
            c->triangle = 0;
            c->falls = false;
        }
        if ((cr_of(c) & CR_DMAEN) == 0) {
            dma_request_set(p->chip, c->request, false);
        }
        follow_trigger(c);
        if ((cr_of(c) & (CR_EN | CR_TEN)) == CR_EN) {
            convert(c);
        }
        put_voltage(c);
    }
    update_irq(d);
}

static void hold(struct dac_channel *c, uint32_t value)
{
    c->held = (uint16_t)(value & FULL);
    if ((cr_of(c) & (CR_EN | CR_TEN)) == CR_EN) {
        convert(c);
    }
}

/* 12 bits right and left aligned, 8 bits. */
static uint32_t aligned(unsigned how, uint32_t value)
{
    return how == 0 ? value & FULL : how == 1 ? value >> 4 & FULL : (value & 0xFFu) << 4;
}

/* A register shows what was written there last; the others do not follow (27.7.3 to 27.7.11). */
static void dhr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dac *d = (struct dac *)p;
    unsigned index = slot - R_DHR;
    (void)old;
    (void)written;
    if (slot >= R_DHR12RD) {
        unsigned how = slot - R_DHR12RD;
        hold(&d->channels[0], aligned(how, p->values[slot]));
        hold(&d->channels[1], aligned(how, p->values[slot] >> (how == 2 ? 8 : 16)));
    } else {
        hold(&d->channels[index / 3], aligned(index % 3, p->values[slot]));
    }
}

static void swtrgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dac *d = (struct dac *)p;
    (void)slot;
    (void)old;
    for (unsigned n = 0; n < CHANNELS; n++) {
        if ((written >> n & 1u) != 0 && (cr_of(&d->channels[n]) >> CR_TSEL_POS & 15u) == 0) {
            take(&d->channels[n], true);
        }
    }
}

static void sr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    update_irq((struct dac *)p);
}

static void mcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dac *d = (struct dac *)p;
    (void)slot;
    (void)old;
    (void)written;
    put_voltage(&d->channels[0]);
    put_voltage(&d->channels[1]);
}

/* ---- life ---- */

static int init(struct periph *p)
{
    struct dac *d = (struct dac *)p;
    for (unsigned n = 0; n < CHANNELS; n++) {
        d->channels[n].dac = d;
        d->channels[n].number = n;
        d->channels[n].trigger =
            (struct wire_listener){.changed = triggered, .ctx = &d->channels[n]};
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct dac *d = (struct dac *)p;
    d->channels[0].request = periph_dma(p, "CH1", 1);
    d->channels[1].request = periph_dma(p, "CH2", 1);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct dac *d = (struct dac *)p;
    (void)kind;
    for (unsigned n = 0; n < CHANNELS; n++) {
        struct dac_channel *c = &d->channels[n];
        c->held = 0;
        c->lfsr = LFSR_START;
        c->triangle = 0;
        c->falls = false;
        wire_listen(NULL, &c->trigger, p->chip->sched.now);
        dma_request_set(p->chip, c->request, false);
        put_voltage(c);
    }
    update_irq(d);
}

/* clang-format off */
#define DHR(index, at, text, mask) \
    [R_DHR + (index)] = {.offset = (at), .name = text, .rw = (mask), .write = dhr_write}

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00, .name = "CR", .rw = 0x7FFF7FFFu, .unmodelled = 0x40004000u,
              .write = cr_write},
    [R_SWTRGR] = {.offset = 0x04, .name = "SWTRGR", .wo = 3u, .write = swtrgr_write},
    DHR(0, 0x08, "DHR12R1", 0xFFFu), DHR(1, 0x0C, "DHR12L1", 0xFFF0u), DHR(2, 0x10, "DHR8R1", 0xFFu),
    DHR(3, 0x14, "DHR12R2", 0xFFFu), DHR(4, 0x18, "DHR12L2", 0xFFF0u), DHR(5, 0x1C, "DHR8R2", 0xFFu),
    DHR(6, 0x20, "DHR12RD", 0x0FFF0FFFu), DHR(7, 0x24, "DHR12LD", 0xFFF0FFF0u),
    DHR(8, 0x28, "DHR8RD", 0xFFFFu),
    [R_DOR1] = {.offset = 0x2C, .name = "DOR1", .ro = FULL},
    [R_DOR2] = {.offset = 0x30, .name = "DOR2", .ro = FULL},
    [R_SR] = {.offset = 0x34, .name = "SR", .ro = 0xC000C000u, .w1c = 0x20002000u,
              .unmodelled = 0xC000C000u, .steady = true, .write = sr_write},
    [R_CCR] = {.offset = 0x38, .name = "CCR", .rw = 0x001F001Fu},
    [R_MCR] = {.offset = 0x3C, .name = "MCR", .rw = 0x00070007u, .write = mcr_write},
    [R_SHSR1] = {.offset = 0x40, .name = "SHSR1", .rw = 0x3FFu},
    [R_SHSR2] = {.offset = 0x44, .name = "SHSR2", .rw = 0x3FFu},
    [R_SHHR] = {.offset = 0x48, .name = "SHHR", .reset = 0x00010001u, .rw = 0x03FF03FFu},
    [R_SHRR] = {.offset = 0x4C, .name = "SHRR", .reset = 0x00010001u, .rw = 0x00FF00FFu},
};
/* clang-format on */

static const char why_cal[] = "no calibration: the output has no offset";
static const char why_hold[] = "the voltage is held by itself";
static const char why_hrtim[] = "but HRTIM's";

#define CR_OF(n, at)                                                                               \
    UNMODELLED("CEN" n, BIT(14 + (at)), why_cal), ACTS("DMAUDRIE" n, BIT(13 + (at))),              \
        ACTS("DMAEN" n, BIT(12 + (at))), ACTS("MAMP" n, BITS(11, 8) << (at)),                      \
        ACTS("WAVE" n, BITS(7, 6) << (at)), PARTLY("TSEL" n, BITS(5, 2) << (at), why_hrtim),       \
        ACTS("TEN" n, BIT(1 + (at))), ACTS("EN" n, BIT(at))
#define SR_OF(n, at)                                                                               \
    UNMODELLED("BWST" n, BIT(15 + (at)), why_hold),                                                \
        UNMODELLED("CAL_FLAG" n, BIT(14 + (at)), why_cal), ACTS("DMAUDR" n, BIT(13 + (at)))

static const struct field cr[] = {CR_OF("2", 16), CR_OF("1", 0), FIELDS_END};
static const struct field swtrgr[] = {ACTS("SWTRIG2", BIT(1)), ACTS("SWTRIG1", BIT(0)), FIELDS_END};
static const struct field r12_1[] = {ACTS("DACC1DHR", BITS(11, 0)), FIELDS_END};
static const struct field l12_1[] = {ACTS("DACC1DHR", BITS(15, 4)), FIELDS_END};
static const struct field r8_1[] = {ACTS("DACC1DHR", BITS(7, 0)), FIELDS_END};
static const struct field r12_2[] = {ACTS("DACC2DHR", BITS(11, 0)), FIELDS_END};
static const struct field l12_2[] = {ACTS("DACC2DHR", BITS(15, 4)), FIELDS_END};
static const struct field r8_2[] = {ACTS("DACC2DHR", BITS(7, 0)), FIELDS_END};
static const struct field r12_d[] = {ACTS("DACC2DHR", BITS(27, 16)), ACTS("DACC1DHR", BITS(11, 0)),
                                     FIELDS_END};
static const struct field l12_d[] = {ACTS("DACC2DHR", BITS(31, 20)), ACTS("DACC1DHR", BITS(15, 4)),
                                     FIELDS_END};
static const struct field r8_d[] = {ACTS("DACC2DHR", BITS(15, 8)), ACTS("DACC1DHR", BITS(7, 0)),
                                    FIELDS_END};
static const struct field dor1[] = {ACTS("DACC1DOR", BITS(11, 0)), FIELDS_END};
static const struct field dor2[] = {ACTS("DACC2DOR", BITS(11, 0)), FIELDS_END};
static const struct field sr[] = {SR_OF("2", 16), SR_OF("1", 0), FIELDS_END};
static const struct field ccr[] = {NO_ACTION("OTRIM2", BITS(20, 16), why_cal),
                                   NO_ACTION("OTRIM1", BITS(4, 0), why_cal), FIELDS_END};
static const struct field mcr[] = {ACTS("MODE2", BITS(18, 16)), ACTS("MODE1", BITS(2, 0)),
                                   FIELDS_END};
static const struct field shsr1[] = {NO_ACTION("TSAMPLE1", BITS(9, 0), why_hold), FIELDS_END};
static const struct field shsr2[] = {NO_ACTION("TSAMPLE2", BITS(9, 0), why_hold), FIELDS_END};
static const struct field shhr[] = {NO_ACTION("THOLD2", BITS(25, 16), why_hold),
                                    NO_ACTION("THOLD1", BITS(9, 0), why_hold), FIELDS_END};
static const struct field shrr[] = {NO_ACTION("TREFRESH2", BITS(23, 16), why_hold),
                                    NO_ACTION("TREFRESH1", BITS(7, 0), why_hold), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr},    {0x04, 1, 0, swtrgr}, {0x08, 1, 0, r12_1}, {0x0C, 1, 0, l12_1},
    {0x10, 1, 0, r8_1},  {0x14, 1, 0, r12_2},  {0x18, 1, 0, l12_2}, {0x1C, 1, 0, r8_2},
    {0x20, 1, 0, r12_d}, {0x24, 1, 0, l12_d},  {0x28, 1, 0, r8_d},  {0x2C, 1, 0, dor1},
    {0x30, 1, 0, dor2},  {0x34, 1, 0, sr},     {0x38, 1, 0, ccr},   {0x3C, 1, 0, mcr},
    {0x40, 1, 0, shsr1}, {0x44, 1, 0, shsr2},  {0x48, 1, 0, shhr},  {0x4C, 1, 0, shrr},
    REG_FIELDS_END,
};

static const char *const irq_names[] = {"underrun", NULL};

const struct model dac_model = {
    .kind = "dac",
    .size = sizeof(struct dac),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
};
