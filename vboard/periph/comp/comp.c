/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/comp/comp.h"

#include <stdio.h>

#include "vboard/chip/fields.h"
#include "vboard/chip/pinfunc.h"

enum { R_SR, R_ICFR, R_OR, R_CFGR1, R_CFGR2, R_COUNT };

#define CHANNELS 2u
#define PINS 4u
#define SR_VAL(n) (1u << (n))
#define SR_IF(n) (0x10000u << (n))
#define CFGR_EN (1u << 0)
#define CFGR_BRGEN (1u << 1)
#define CFGR_SCALEN (1u << 2)
#define CFGR_POLARITY (1u << 3)
#define CFGR_WINMODE (1u << 4) /* of channel 2 alone */
#define CFGR_ITEN (1u << 6)
#define CFGR_HYST_POS 8u
#define CFGR_INMSEL_POS 16u
#define CFGR_INPSEL_POS 20u
#define CFGR_BLANKING_POS 24u
#define CFGR_BLANKING (15u << CFGR_BLANKING_POS)
#define CFGR_LOCK (1u << 31)
#define INM_DAC 4u
#define INM_PIN 6u

struct comp;

struct comp_channel {
    struct comp *comp;
    unsigned number;
    struct analog_pin pins[PINS]; /* INP1, INP2, INM1, INM2 */
    struct pinfunc *out;
    struct wire *wire;
    struct wire_listener blanking;
    bool above; /* plus above minus, with hysteresis */
};

struct comp {
    struct periph p;
    struct analog_listener listener;
    struct comp_channel channels[CHANNELS];
};

/* Table 240. */
static const struct {
    char port;
    uint8_t number;
} pins[CHANNELS][PINS] = {{{'B', 0}, {'B', 2}, {'B', 1}, {'C', 4}},
                          {{'E', 9}, {'E', 11}, {'E', 10}, {'E', 7}}};

static uint32_t cfgr(const struct comp_channel *c)
{
    return c->comp->p.values[R_CFGR1 + c->number];
}

static uint32_t pin_uv(const struct comp_channel *c, unsigned i)
{
    return chip_analog_uv(c->comp->p.chip, pins[c->number][i].port, pins[c->number][i].number);
}

/* ---- inputs ---- */

/* WINMODE: channel 2 has the plus input of channel 1 (29.3.5). */
static const struct comp_channel *plus_of(const struct comp_channel *c)
{
    bool window = c->number == 1 && (cfgr(c) & CFGR_WINMODE) != 0;
    return window ? &c->comp->channels[0] : c;
}

static unsigned plus_pin(const struct comp_channel *c)
{
    return cfgr(c) >> CFGR_INPSEL_POS & 1u;
}

static unsigned minus(const struct comp_channel *c)
{
    return cfgr(c) >> CFGR_INMSEL_POS & 7u;
}

/* 29.6: either channel's bits switch the scaler and its bridge on. */
static uint32_t scaler_uv(const struct comp *c, unsigned quarters)
{
    uint32_t on = c->p.values[R_CFGR1] | c->p.values[R_CFGR2];
    if ((on & CFGR_SCALEN) == 0) {
        return 0;
    }
    return (on & CFGR_BRGEN) != 0 ? VREFINT_MV * 1000u / 4 * quarters : VREFINT_MV * 1000u;
}

static uint32_t minus_uv(const struct comp_channel *c)
{
    unsigned select = minus(c);
    if (select < INM_DAC) {
        return scaler_uv(c->comp, select + 1);
    }
    return select < INM_PIN ? c->comp->p.chip->analog.dac_uv[select - INM_DAC]
                            : pin_uv(c, 2 + select - INM_PIN);
}

static uint32_t hysteresis_uv(const struct comp_channel *c)
{
    static const uint16_t uv[4] = {0, 10000, 20000, 30000};
    return uv[cfgr(c) >> CFGR_HYST_POS & 3u];
}

static bool compare(const struct comp_channel *c)
{
    const struct comp_channel *from = plus_of(c);
    uint32_t plus = pin_uv(from, plus_pin(from));
    return plus > minus_uv(c) || (c->above && plus + hysteresis_uv(c) > minus_uv(c));
}

/* ---- output ---- */

static bool is_high(const struct comp *c, unsigned n)
{
    return (c->p.values[R_SR] & SR_VAL(n)) != 0;
}

static void update_irq(struct comp *c)
{
    bool asks = false;
    for (unsigned n = 0; n < CHANNELS; n++) {
        asks = asks ||
               ((c->p.values[R_SR] & SR_IF(n)) != 0 && (c->p.values[R_CFGR1 + n] & CFGR_ITEN) != 0);
    }
    irq_set(&c->p.irq[COMP_IRQ_GLOBAL], asks);
}

/* 29.3.3: EXTI and pins go without the bus clock, the interrupt's flag does not. */
static void put_out(struct comp_channel *c, bool high)
{
    struct comp *all = c->comp;
    vtime_ps now = all->p.chip->sched.now;
    uint32_t *sr = &all->p.values[R_SR];
    *sr = high ? *sr | SR_VAL(c->number) : *sr & ~SR_VAL(c->number);
    if (high && (all->p.gate == NULL || all->p.gate->any)) {
        *sr |= SR_IF(c->number);
    }
    irq_set(&all->p.irq[COMP_IRQ_WKUP1 + c->number], high);
    wire_set(c->wire, high, now);
    pinfunc_drive(c->out, high ? DRIVE_HIGH : DRIVE_LOW, now);
    update_irq(all);
}

static void follow_channel(struct comp_channel *c)
{
    bool on = (cfgr(c) & CFGR_EN) != 0;
    c->above = on && compare(c);
    bool high = on && c->above != ((cfgr(c) & CFGR_POLARITY) != 0) &&
                !(c->blanking.wire != NULL && c->blanking.wire->high);
    if (high != is_high(c->comp, c->number)) {
        put_out(c, high);
    }
}

static void follow(void *ctx)
{
    struct comp *c = ctx;
    follow_channel(&c->channels[0]);
    follow_channel(&c->channels[1]);
}

/* ---- what it listens to ---- */

static void blanked(void *ctx, bool high, vtime_ps now)
{
    (void)high;
    (void)now;
    follow_channel(ctx);
}

/* Table 239: comp_blk1 to comp_blk6; NULL: none, or reserved. */
static const char *const blankings[16] = {NULL,       "TIM1_OC5", "TIM2_OC3", "TIM3_OC3",
                                          "TIM3_OC4", "TIM8_OC5", "TIM15_OC1"};

static void listen_blanking(struct comp_channel *c)
{
    struct chip *chip = c->comp->p.chip;
    const char *name = blankings[cfgr(c) >> CFGR_BLANKING_POS & 15u];
    bool listens = (cfgr(c) & CFGR_EN) != 0 && name != NULL;
    wire_listen(listens ? chip_wire(chip, name) : NULL, &c->blanking, chip->sched.now);
}

static void follow_pins(struct comp *c)
{
    bool wanted[CHANNELS][PINS] = {{false}};
    for (unsigned n = 0; n < CHANNELS; n++) {
        const struct comp_channel *from = plus_of(&c->channels[n]);
        if ((cfgr(&c->channels[n]) & CFGR_EN) != 0) {
            wanted[from->number][plus_pin(from)] = true;
            if (minus(&c->channels[n]) >= INM_PIN) {
                wanted[n][2 + minus(&c->channels[n]) - INM_PIN] = true;
            }
        }
    }
    for (unsigned i = 0; i < CHANNELS * PINS; i++) {
        analog_pin_follow(&c->channels[i / PINS].pins[i % PINS], wanted[i / PINS][i % PINS]);
    }
}

/* ---- registers ---- */

/* 29.3.4: LOCK makes its own register and OR read-only. */
static bool is_locked(struct periph *p, unsigned slot)
{
    uint32_t locks = slot == R_OR ? p->values[R_CFGR1] | p->values[R_CFGR2] : p->values[slot];
    return (locks & CFGR_LOCK) != 0;
}

static bool before_write(struct periph *p, unsigned slot, uint32_t written)
{
    bool locked = is_locked(p, slot);
    (void)written;
    if (locked) {
        periph_report(p, slot, FOUND_READ_ONLY, NULL);
    }
    return locked;
}

static void cfgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct comp *c = (struct comp *)p;
    const char *blanking = blankings[p->values[slot] >> CFGR_BLANKING_POS & 15u];
    bool changed = ((old ^ p->values[slot]) & CFGR_BLANKING) != 0;
    (void)written;
    if (changed && blanking != NULL && !chip_wire(p->chip, blanking)->has_source) {
        periph_unmodelled(p, slot, CFGR_BLANKING);
    }
    follow_pins(c);
    listen_blanking(&c->channels[slot - R_CFGR1]);
    follow(c);
    update_irq(c);
}

static void icfr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[R_SR] &= ~(written & (SR_IF(0) | SR_IF(1)));
    update_irq((struct comp *)p);
}

/* ---- life ---- */

static int init(struct periph *p)
{
    struct comp *c = (struct comp *)p;
    c->listener = (struct analog_listener){.changed = follow, .ctx = c};
    for (unsigned n = 0; n < CHANNELS; n++) {
        c->channels[n].comp = c;
        c->channels[n].number = n;
        c->channels[n].blanking =
            (struct wire_listener){.changed = blanked, .ctx = &c->channels[n]};
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct comp *c = (struct comp *)p;
    char name[16];
    chip_analog_listen(p->chip, &c->listener);
    for (unsigned n = 0; n < CHANNELS; n++) {
        struct comp_channel *ch = &c->channels[n];
        snprintf(name, sizeof(name), "COMP%u_OUT", n + 1);
        ch->out = chip_pinfunc(p->chip, name);
        ch->wire = chip_wire_source(p->chip, name, NULL, NULL);
        for (unsigned i = 0; i < PINS; i++) {
            chip_analog_connect(p->chip, &ch->pins[i], pins[n][i].port, pins[n][i].number,
                                &c->listener);
        }
    }
}

/* "The write protection can only be removed through the MCU reset" (29.3.4). */
static bool keeps(struct periph *p, unsigned slot, enum reset_kind kind)
{
    return kind == RESET_PERIPH && slot >= R_OR && is_locked(p, slot);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct comp *c = (struct comp *)p;
    (void)kind;
    follow_pins(c);
    for (unsigned n = 0; n < CHANNELS; n++) {
        listen_blanking(&c->channels[n]);
        c->channels[n].above = false;
        put_out(&c->channels[n], false);
    }
    follow(c);
}

#define CFGR1_BITS 0x8F17334Fu

static const struct reg regs[R_COUNT] = {
    [R_SR] = {.offset = 0x00, .name = "SR", .ro = 0x00030003u, .steady = true},
    [R_ICFR] = {.offset = 0x04, .name = "ICFR", .wo = 0x00030000u, .write = icfr_write},
    [R_OR] = {.offset = 0x08,
              .name = "OR",
              .rw = 0x7FFu,
              .unmodelled = 0x7FFu,
              .intercept = before_write},
    [R_CFGR1] = {.offset = 0x0C,
                 .name = "CFGR1",
                 .rw = CFGR1_BITS,
                 .intercept = before_write,
                 .write = cfgr_write},
    [R_CFGR2] = {.offset = 0x10,
                 .name = "CFGR2",
                 .rw = CFGR1_BITS | CFGR_WINMODE,
                 .intercept = before_write,
                 .write = cfgr_write},
};

static const char why_speed[] = "the output follows at once";
static const char why_ch5[] = "but TIM1's and TIM8's channel 5";
static const char why_break[] = "no output on the timers' break pins, whose choice it is";

static const struct field sr[] = {ACTS("C2IF", BIT(17)), ACTS("C1IF", BIT(16)),
                                  ACTS("C2VAL", BIT(1)), ACTS("C1VAL", BIT(0)), FIELDS_END};
static const struct field icfr[] = {ACTS("CC2IF", BIT(17)), ACTS("CC1IF", BIT(16)), FIELDS_END};
static const struct field option[] = {UNMODELLED("AFOP", BITS(10, 0), why_break), FIELDS_END};
static const struct field cfgrs[] = {ACTS("LOCK", BIT(31)),
                                     PARTLY("BLANKING", BITS(27, 24), why_ch5),
                                     ACTS("INPSEL", BIT(20)),
                                     ACTS("INMSEL", BITS(18, 16)),
                                     NO_ACTION("PWRMODE", BITS(13, 12), why_speed),
                                     ACTS("HYST", BITS(9, 8)),
                                     ACTS("ITEN", BIT(6)),
                                     ACTS("WINMODE", BIT(4)),
                                     ACTS("POLARITY", BIT(3)),
                                     ACTS("SCALEN", BIT(2)),
                                     ACTS("BRGEN", BIT(1)),
                                     ACTS("EN", BIT(0)),
                                     FIELDS_END};

static const struct reg_fields fields[] = {{0x00, 1, 0, sr},
                                           {0x04, 1, 0, icfr},
                                           {0x08, 1, 0, option},
                                           {0x0C, 2, 4, cfgrs},
                                           REG_FIELDS_END};

static const char *const irq_names[] = {"global", "wakeup1", "wakeup2", NULL};

const struct model comp_model = {
    .kind = "comp",
    .size = sizeof(struct comp),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .keeps = keeps,
};
