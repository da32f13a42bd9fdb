/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/opamp/opamp.h"

#include "vboard/chip/fields.h"

/* Of either amplifier; OR belongs to none. */
enum { A_CSR, A_OTR, A_HSOTR, R_OR = A_HSOTR + 1, R_SECOND, R_COUNT = R_SECOND + A_HSOTR + 1 };

#define AMPLIFIERS 2u
#define CSR_OPAEN (1u << 0)
#define CSR_FORCE_VP (1u << 1)
#define CSR_VP_SEL_POS 2u
#define CSR_VM_SEL_POS 5u
#define CSR_VM_SEL (3u << CSR_VM_SEL_POS)
#define CSR_OPAHSM (1u << 8)
#define CSR_CALON (1u << 11)
#define CSR_CALSEL_POS 12u
#define CSR_PGA_GAIN_POS 14u
#define CSR_USERTRIM (1u << 18)
#define CSR_TSTREF (1u << 29)
#define CSR_CALOUT (1u << 30)
#define WORD_ONLY 4u
#define TRIM_RIGHT 16u
#define TRIM_FACTORY (TRIM_RIGHT << 8 | TRIM_RIGHT)

enum { VM_INM0, VM_INM1, VM_PGA, VM_FOLLOWER };
enum { CALSEL_P = 1, CALSEL_N = 3 };

struct opamp;

struct amplifier {
    struct opamp *opamp;
    unsigned number;
    struct analog_pin plus, minus;
    bool drives; /* its output pin */
};

struct opamp {
    struct periph p;
    struct analog_listener listener;
    struct amplifier amplifiers[AMPLIFIERS];
};

struct place {
    char port;
    uint8_t number;
};

/* Table 247: VINP, INM0, VOUT. */
static const struct {
    struct place plus, minus, out;
} pins[AMPLIFIERS] = {{{'B', 0}, {'C', 5}, {'C', 4}}, {{'E', 9}, {'E', 8}, {'E', 7}}};

static uint32_t *reg_of(const struct amplifier *a, unsigned slot)
{
    return &a->opamp->p.values[slot + a->number * R_SECOND];
}

static uint32_t csr(const struct amplifier *a)
{
    return *reg_of(a, A_CSR);
}

static unsigned vm_sel(const struct amplifier *a)
{
    return (csr(a) & CSR_VM_SEL) >> CSR_VM_SEL_POS;
}

static bool uses_bias(const struct amplifier *a)
{
    return vm_sel(a) == VM_PGA && (csr(a) >> CSR_PGA_GAIN_POS & 8u) != 0;
}

static bool amplifies(const struct amplifier *a)
{
    return (csr(a) & (CSR_OPAEN | CSR_CALON)) == CSR_OPAEN && vm_sel(a) >= VM_PGA;
}

/* ---- the amplifier ---- */

static int64_t pin_uv(const struct amplifier *a, struct place p)
{
    return chip_analog_uv(a->opamp->p.chip, p.port, p.number);
}

/* VP_SEL: 0 the pin, 1 DAC1's channel of the same number, else reserved. */
static int64_t plus_uv(const struct amplifier *a)
{
    static const uint16_t reference_permille[4] = {33, 100, 500, 900}; /* CALSEL, of VDDA */
    if ((csr(a) & CSR_FORCE_VP) != 0) {
        return VDDA_MV * INT64_C(1) * reference_permille[csr(a) >> CSR_CALSEL_POS & 3u];
    }
    unsigned select = csr(a) >> CSR_VP_SEL_POS & 3u;
    return select == 0   ? pin_uv(a, pins[a->number].plus)
           : select == 1 ? a->opamp->p.chip->analog.dac_uv[a->number]
                         : 0;
}

/* 30.5: 2, 4, 8, 16; with INM0 as input or bias -1, -3, -7, -15 for what is there. */
static int64_t out_uv(const struct amplifier *a)
{
    int64_t plus = plus_uv(a);
    if (vm_sel(a) == VM_FOLLOWER) {
        return plus;
    }
    int64_t gain = INT64_C(2) << (csr(a) >> CSR_PGA_GAIN_POS & 3u);
    int64_t bias = uses_bias(a) ? pin_uv(a, pins[a->number].minus) : 0;
    return plus * gain - bias * (gain - 1);
}

static void follow_one(struct amplifier *a)
{
    struct chip *c = a->opamp->p.chip;
    const struct place out = pins[a->number].out;
    if (amplifies(a)) {
        int64_t uv = out_uv(a), highest = VDDA_MV * INT64_C(1000);
        a->drives = true;
        chip_analog_set(c, out.port, out.number,
                        (uint32_t)(uv < 0         ? 0
                                   : uv > highest ? highest
                                                  : uv));
    } else if (a->drives) {
        a->drives = false;
        chip_analog_forget(c, out.port, out.number);
    }
}

static void follow(void *ctx)
{
    struct opamp *o = ctx;
    for (unsigned n = 0; n < AMPLIFIERS; n++) {
        follow_one(&o->amplifiers[n]);
    }
}

/* ---- calibration ---- */

/* 30.3.5: CALOUT falls where the trimming of the pair that CALSEL names is right. */
static void calibrate(struct amplifier *a)
{
    uint32_t trim = *reg_of(a, (csr(a) & CSR_OPAHSM) != 0 ? A_HSOTR : A_OTR);
    unsigned select = csr(a) >> CSR_CALSEL_POS & 3u;
    uint32_t pair = select == CALSEL_P ? trim >> 8 & 31u : trim & 31u;
    const uint32_t on = CSR_OPAEN | CSR_CALON | CSR_USERTRIM;
    bool out =
        (csr(a) & on) == on && (select == CALSEL_P || select == CALSEL_N) && pair < TRIM_RIGHT;
    *reg_of(a, A_CSR) = (csr(a) & ~CSR_CALOUT) | (out ? CSR_CALOUT : 0);
}

/* ---- registers ---- */

static struct amplifier *amplifier_of(struct periph *p, unsigned slot)
{
    return &((struct opamp *)p)->amplifiers[slot >= R_SECOND ? 1 : 0];
}

static void csr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct amplifier *a = amplifier_of(p, slot);
    uint32_t changed = old ^ p->values[slot];
    bool on = (csr(a) & (CSR_OPAEN | CSR_CALON)) == CSR_OPAEN;
    (void)written;
    if ((old & CSR_OPAEN) != 0 && (changed & CSR_OPAHSM) != 0) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
    }
    /* Drivers leave calibration this way, for a moment. */
    if (on && !amplifies(a) && (changed & (CSR_OPAEN | CSR_VM_SEL)) != 0) {
        periph_unmodelled(p, slot, CSR_VM_SEL);
    }
    calibrate(a);
    analog_pin_follow(&a->plus, amplifies(a));
    analog_pin_follow(&a->minus, amplifies(a) && uses_bias(a));
    follow_one(a);
}

static void trim_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    calibrate(amplifier_of(p, slot));
}

/* ---- life ---- */

static int init(struct periph *p)
{
    struct opamp *o = (struct opamp *)p;
    o->listener = (struct analog_listener){.changed = follow, .ctx = o};
    for (unsigned n = 0; n < AMPLIFIERS; n++) {
        o->amplifiers[n].opamp = o;
        o->amplifiers[n].number = n;
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct opamp *o = (struct opamp *)p;
    chip_analog_listen(p->chip, &o->listener);
    for (unsigned n = 0; n < AMPLIFIERS; n++) {
        struct amplifier *a = &o->amplifiers[n];
        chip_analog_connect(p->chip, &a->plus, pins[n].plus.port, pins[n].plus.number,
                            &o->listener);
        chip_analog_connect(p->chip, &a->minus, pins[n].minus.port, pins[n].minus.number,
                            &o->listener);
    }
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct opamp *o = (struct opamp *)p;
    (void)kind;
    for (unsigned n = 0; n < AMPLIFIERS; n++) {
        analog_pin_follow(&o->amplifiers[n].plus, false);
        analog_pin_follow(&o->amplifiers[n].minus, false);
    }
    follow(o);
}

/* clang-format off */
#define AMPLIFIER(first, at, text) \
    [(first) + A_CSR] = {.offset = (at), .name = text "CSR", .rw = 0x2007F96Fu, .ro = CSR_CALOUT, \
                         .unmodelled = CSR_TSTREF, .steady = true, \
                         .widths = WORD_ONLY, .write = csr_write}, \
    [(first) + A_OTR] = {.offset = (at) + 4, .name = text "OTR", .reset = TRIM_FACTORY, \
                         .rw = 0x1F1Fu, .widths = WORD_ONLY, .write = trim_write}, \
    [(first) + A_HSOTR] = {.offset = (at) + 8, .name = text "HSOTR", .reset = TRIM_FACTORY, \
                           .rw = 0x1F1Fu, .widths = WORD_ONLY, .write = trim_write}

static const struct reg regs[R_COUNT] = {
    AMPLIFIER(0, 0x00, "OPAMP1_"),
    [R_OR] = {.offset = 0x0C, .name = "OR", .widths = WORD_ONLY},
    AMPLIFIER(R_SECOND, 0x10, "OPAMP2_"),
};
/* clang-format on */

static const char why_test[] = "reserved for test";
static const char why_feedback[] = "but a feedback outside the chip";
static const char why_speed[] = "the output follows at once";

static const struct field csrs[] = {ACTS("CALOUT", BIT(30)),
                                    UNMODELLED("TSTREF", BIT(29), why_test),
                                    ACTS("USERTRIM", BIT(18)),
                                    ACTS("PGA_GAIN", BITS(17, 14)),
                                    ACTS("CALSEL", BITS(13, 12)),
                                    ACTS("CALON", BIT(11)),
                                    NO_ACTION("OPAHSM", BIT(8), why_speed),
                                    PARTLY("VM_SEL", BITS(6, 5), why_feedback),
                                    ACTS("VP_SEL", BITS(3, 2)),
                                    ACTS("FORCE_VP", BIT(1)),
                                    ACTS("OPAEN", BIT(0)),
                                    FIELDS_END};
static const struct field otr[] = {ACTS("TRIMOFFSETP", BITS(12, 8)),
                                   ACTS("TRIMOFFSETN", BITS(4, 0)), FIELDS_END};
static const struct field hsotr[] = {ACTS("TRIMHSOFFSETP", BITS(12, 8)),
                                     ACTS("TRIMHSOFFSETN", BITS(4, 0)), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 2, 16, csrs}, {0x04, 2, 16, otr}, {0x08, 2, 16, hsotr}, REG_FIELDS_END};

const struct model opamp_model = {
    .kind = "opamp",
    .size = sizeof(struct opamp),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .init = init,
    .connect = connect,
    .reset = reset,
};
