/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * GPIO ports: RM0399 Rev 4 chapter 12.
 *
 * What is left out, field by field: fields.c. Beyond any field: pins taken over by HSE, LSE, RTC or an
 * analog switch (12.3.13 to 12.3.15), one function on two pins at a time (the pin configured last gets
 * it).
 */
#include "vboard/periph/gpio/gpio.h"

#include "vboard/chip/chip.h"

#define PINS 16u

enum {
    R_MODER,
    R_OTYPER,
    R_OSPEEDR,
    R_PUPDR,
    R_IDR,
    R_ODR,
    R_BSRR,
    R_LCKR,
    R_AFRL,
    R_AFRH,
    R_COUNT
};

enum { MODE_INPUT, MODE_OUTPUT, MODE_AF, MODE_ANALOG };

#define LCKR_LCKK (1u << 16)
#define WORD_ONLY 4u

/* How far the lock sequence of 12.4.8 has come: WR 1, WR 0, WR 1, RD. */
enum lock_step { LOCK_OPEN, LOCK_WROTE_1, LOCK_WROTE_10, LOCK_WROTE_101, LOCK_DONE };

struct gpio {
    struct periph p;
    unsigned port; /* 0 = A */
    struct signal_driver out[PINS], pull[PINS];
    struct signal_listener listener[PINS];
    const struct pin_row *rows[PINS];
    struct pinfunc *routed[PINS];
    uint32_t input; /* what the Schmitt triggers see */
    enum lock_step lock;
    uint32_t lock_value;
};

static struct signal *pin_of(struct gpio *g, unsigned n)
{
    return &g->p.chip->pins.pin[g->port][n];
}

static unsigned field2(const struct gpio *g, unsigned slot, unsigned n)
{
    return (g->p.values[slot] >> (2 * n)) & 3u;
}

static unsigned mode_of(const struct gpio *g, unsigned n)
{
    return field2(g, R_MODER, n);
}

static bool odr_bit(const struct gpio *g, unsigned n)
{
    return ((g->p.values[R_ODR] >> n) & 1u) != 0;
}

/* Table 97: pulls work in every mode but analog. */
static enum drive pull_drive(const struct gpio *g, unsigned n)
{
    static const enum drive pulls[4] = {DRIVE_NONE, DRIVE_PULL_UP, DRIVE_PULL_DOWN, DRIVE_NONE};
    return mode_of(g, n) == MODE_ANALOG ? DRIVE_NONE : pulls[field2(g, R_PUPDR, n)];
}

/* 12.3.10: open drain leaves a 1 to whoever pulls. */
static enum drive out_drive(const struct gpio *g, unsigned n)
{
    if (mode_of(g, n) != MODE_OUTPUT) {
        return DRIVE_NONE;
    }
    if (!odr_bit(g, n)) {
        return DRIVE_LOW;
    }
    return ((g->p.values[R_OTYPER] >> n) & 1u) != 0 ? DRIVE_NONE : DRIVE_HIGH;
}

/* The alternate function that a pin is given to, modelled or not; NULL: none. */
static const char *function_of(const struct gpio *g, unsigned n)
{
    if (mode_of(g, n) != MODE_AF) {
        return NULL;
    }
    unsigned select = (g->p.values[n < 8 ? R_AFRL : R_AFRH] >> (4 * (n & 7u))) & 15u;
    return pin_row_function(g->rows[n], select);
}

static struct pinfunc *af_of(const struct gpio *g, unsigned n)
{
    const char *name = function_of(g, n);
    return name != NULL ? chip_find_pinfunc(g->p.chip, name) : NULL;
}

/* The input latched by IDR, which EXTI sees too (12.3.8: not in analog mode). */
static void update_input(struct gpio *g, unsigned n)
{
    bool high = mode_of(g, n) != MODE_ANALOG && signal_is_high(pin_of(g, n));
    uint32_t bit = 1u << n;
    if (high == ((g->input & bit) != 0)) {
        return;
    }
    g->input ^= bit;
    chip_pin_input(g->p.chip, (char)('A' + g->port), n, high);
}

static void route(struct gpio *g, unsigned n, struct pinfunc *next, vtime_ps now)
{
    struct chip *c = g->p.chip;
    struct pinfunc *old = g->routed[n];
    if (old != next && old != NULL && old->pin == pin_of(g, n)) {
        chip_route(c, old, NULL, now);
    }
    g->routed[n] = next;
    if (next != NULL && next->pin != pin_of(g, n)) {
        chip_route(c, next, pin_of(g, n), now);
    }
}

/* Brings a pin to what the registers say. Handing over between port and alternate function must not
 * make a glitch when both drive the same level, nor a short when they do not. */
static void apply(struct gpio *g, unsigned n, vtime_ps now)
{
    enum drive out = out_drive(g, n);
    enum drive before = g->out[n].drive;
    struct pinfunc *next = af_of(g, n);
    const struct pinfunc *old = g->routed[n];
    bool taking = next != NULL && next->wanted == before;
    bool leaving = next == NULL && old != NULL && old->wanted == out;
    bool route_first = taking || (next == NULL && !leaving);
    g->p.chip->pins.function[g->port][n] = function_of(g, n);
    signal_drive(&g->pull[n], pull_drive(g, n), now);
    if (route_first) {
        route(g, n, next, now);
        signal_drive(&g->out[n], out, now);
    } else {
        signal_drive(&g->out[n], out, now);
        route(g, n, next, now);
    }
    update_input(g, n);
}

static void apply_all(struct gpio *g)
{
    for (unsigned n = 0; n < PINS; n++) {
        apply(g, n, g->p.chip->sched.now);
    }
}

static void pin_changed(void *ctx, struct signal *s, vtime_ps now)
{
    struct gpio *g = ctx;
    unsigned n = (unsigned)(s - g->p.chip->pins.pin[g->port]);
    (void)now;
    if (s->level == LEVEL_CONFLICT) {
        chip_report(g->p.chip, FOUND_PIN_CONFLICT, g->p.base,
                    &(struct finding_data){.subject = PINS * g->port + n});
    }
    update_input(g, n);
}

/* ---- register hooks ---- */

/* Bits of a register with `width` bits a pin that the lock freezes (12.3.6). */
static uint32_t frozen(const struct gpio *g, unsigned first, unsigned pins, unsigned width)
{
    uint32_t mask = 0;
    if (g->lock != LOCK_DONE) {
        return 0;
    }
    for (unsigned i = 0; i < pins; i++) {
        if (((g->lock_value >> (first + i)) & 1u) != 0) {
            mask |= ((1u << width) - 1u) << (i * width);
        }
    }
    return mask;
}

static void config_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    static const uint8_t widths[R_COUNT] = {
        [R_MODER] = 2, [R_OTYPER] = 1, [R_OSPEEDR] = 2, [R_PUPDR] = 2, [R_AFRL] = 4, [R_AFRH] = 4};
    struct gpio *g = (struct gpio *)p;
    unsigned width = widths[slot];
    unsigned first = slot == R_AFRH ? 8 : 0;
    unsigned pins = width == 4 ? 8 : 16;
    uint32_t keep = frozen(g, first, pins, width);
    (void)written;
    p->values[slot] = (p->values[slot] & ~keep) | (old & keep);
    uint32_t changed = p->values[slot] ^ old;
    for (unsigned i = 0; i < pins && slot != R_OSPEEDR; i++) {
        if (((changed >> (i * width)) & ((1u << width) - 1u)) != 0) {
            apply(g, first + i, p->chip->sched.now);
        }
    }
}

/* A loop that drives a pin to what it is already, turn by turn, changes nothing. */
static void set_odr(struct gpio *g, uint32_t old)
{
    uint32_t changed = g->p.values[R_ODR] ^ old;
    g->p.chip->access.steady = changed == 0;
    for (unsigned n = 0; changed >> n != 0; n++) {
        if (((changed >> n) & 1u) != 0) {
            signal_drive(&g->out[n], out_drive(g, n), g->p.chip->sched.now);
        }
    }
}

static void odr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)written;
    set_odr((struct gpio *)p, old);
}

/* 12.4.7: a set bit wins over a reset bit. */
static void bsrr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t odr = p->values[R_ODR];
    (void)slot;
    (void)old;
    p->values[R_ODR] = (odr & ~(written >> 16)) | (written & 0xFFFFu);
    set_odr((struct gpio *)p, odr);
}

static uint32_t idr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct gpio *g = (struct gpio *)p;
    (void)slot;
    (void)value;
    for (unsigned n = 0; n < PINS; n++) {
        signal_settle(pin_of(g, n));
    }
    return g->input;
}

static bool lckr_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    struct gpio *g = (struct gpio *)p;
    uint32_t pins = written & 0xFFFFu;
    bool key = (written & LCKR_LCKK) != 0;
    if (g->lock == LOCK_DONE) {
        return true;
    }
    bool next_key = g->lock != LOCK_WROTE_1; /* the sequence is 1, 0, 1 */
    bool goes_on = key == next_key && g->lock < LOCK_WROTE_101 &&
                   (g->lock == LOCK_OPEN || pins == g->lock_value);
    if (goes_on) {
        g->lock = (enum lock_step)(g->lock + 1);
    } else {
        g->lock = key ? LOCK_WROTE_1 : LOCK_OPEN; /* an error aborts; it may begin anew */
    }
    g->lock_value = pins;
    p->values[slot] = pins;
    return true;
}

static uint32_t lckr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct gpio *g = (struct gpio *)p;
    (void)slot;
    if (g->lock == LOCK_WROTE_101 && p->chip->access.master != MASTER_DEBUG) {
        g->lock = LOCK_DONE;
    }
    return value | (g->lock == LOCK_DONE ? LCKR_LCKK : 0);
}

/* ---- life ---- */

static void gpio_connect(struct periph *p)
{
    struct gpio *g = (struct gpio *)p;
    g->port = (unsigned)(p->name[4] - 'A');
    for (unsigned n = 0; n < PINS; n++) {
        g->rows[n] = pin_row_of(p->chip->pins.rows, p->name[4], n);
        signal_attach(pin_of(g, n), &g->pull[n]);
        signal_attach(pin_of(g, n), &g->out[n]);
        g->listener[n] =
            (struct signal_listener){.changed = pin_changed, .ctx = g, .passive = true};
        signal_listen(pin_of(g, n), &g->listener[n]);
    }
}

static void gpio_reset(struct periph *p, enum reset_kind kind)
{
    struct gpio *g = (struct gpio *)p;
    (void)kind;
    g->lock = LOCK_OPEN;
    g->lock_value = 0;
    apply_all(g);
}

/* clang-format off */
#define GPIO_REGS(moder, ospeedr, pupdr)                                                             \
    {                                                                                                \
        [R_MODER] = {.offset = 0x00, .name = "MODER", .reset = (moder), .rw = ~0u,                   \
                     .write = config_write},                                                         \
        [R_OTYPER] = {.offset = 0x04, .name = "OTYPER", .rw = 0xFFFFu, .write = config_write},       \
        [R_OSPEEDR] = {.offset = 0x08, .name = "OSPEEDR", .reset = (ospeedr), .rw = ~0u,             \
                       .write = config_write},                                                       \
        [R_PUPDR] = {.offset = 0x0C, .name = "PUPDR", .reset = (pupdr), .rw = ~0u,                   \
                     .write = config_write},                                                         \
        [R_IDR] = {.offset = 0x10, .name = "IDR", .ro = 0xFFFFu, .steady = true, .read = idr_read},  \
        [R_ODR] = {.offset = 0x14, .name = "ODR", .rw = 0xFFFFu, .write = odr_write},                \
        [R_BSRR] = {.offset = 0x18, .name = "BSRR", .wo = ~0u, .write = bsrr_write},                 \
        [R_LCKR] = {.offset = 0x1C, .name = "LCKR", .rw = 0x1FFFFu, .widths = WORD_ONLY,             \
                    .read = lckr_read, .intercept = lckr_intercept},                                 \
        [R_AFRL] = {.offset = 0x20, .name = "AFRL", .rw = ~0u, .write = config_write},               \
        [R_AFRH] = {.offset = 0x24, .name = "AFRH", .rw = ~0u, .write = config_write},               \
    }
/* clang-format on */

/* 12.4.1, 12.4.3, 12.4.4: only the debug pins PA13 to PA15, PB3 and PB4 are not analog after reset. */
static const struct reg gpioa_regs[R_COUNT] = GPIO_REGS(0xABFFFFFFu, 0x0C000000u, 0x64000000u);
static const struct reg gpiob_regs[R_COUNT] = GPIO_REGS(0xFFFFFEBFu, 0x000000C0u, 0x00000100u);
static const struct reg gpio_regs[R_COUNT] = GPIO_REGS(0xFFFFFFFFu, 0, 0);

#define GPIO_MODEL(table)                                                                          \
    {                                                                                              \
        .kind = "gpio", .size = sizeof(struct gpio), .regs = (table), .fields = gpio_fields,       \
        .slot_count = R_COUNT, .span = 0x400, .connect = gpio_connect, .reset = gpio_reset         \
    }

const struct model gpioa_model = GPIO_MODEL(gpioa_regs);
const struct model gpiob_model = GPIO_MODEL(gpiob_regs);
const struct model gpio_model = GPIO_MODEL(gpio_regs);
