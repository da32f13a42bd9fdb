/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * EXTI: RM0399 Rev 4 chapter 21.
 *
 * What is left out, field by field: fields.c. Clocks after a wake-up are RCC's, which watches the cores and what D3 is
 * asked for. Beyond any field: a configurable input without pending (D3PMR) wakes D3 for a moment, which is none here.
 */
#include "vboard/periph/exti/exti.h"

#include "vboard/chip/chip.h"

#define WORD_ONLY 4u
#define BANKS 3u

enum {
    R_RTSR1,
    R_FTSR1,
    R_SWIER1,
    R_D3PMR1,
    R_D3PCR1L,
    R_D3PCR1H,
    R_RTSR2,
    R_FTSR2,
    R_SWIER2,
    R_D3PMR2,
    R_D3PCR2L,
    R_D3PCR2H,
    R_RTSR3,
    R_FTSR3,
    R_SWIER3,
    R_D3PMR3,
    R_D3PCR3L,
    R_D3PCR3H,
    R_C1IMR1,
    R_C1EMR1,
    R_C1PR1,
    R_C1IMR2,
    R_C1EMR2,
    R_C1PR2,
    R_C1IMR3,
    R_C1EMR3,
    R_C1PR3,
    R_C2IMR1,
    R_C2EMR1,
    R_C2PR1,
    R_C2IMR2,
    R_C2EMR2,
    R_C2PR2,
    R_C2IMR3,
    R_C2EMR3,
    R_C2PR3,
    R_COUNT
};

#define PER_BANK ((unsigned)(R_RTSR2 - R_RTSR1))
#define PER_CORE ((unsigned)(R_C2IMR1 - R_C1IMR1))
#define PER_CORE_BANK ((unsigned)(R_C1IMR2 - R_C1IMR1))

/* Inputs that can wake D3 alone ("Any" in Table 152). */
#define ANY_1 0x0238FFFFu
#define ANY_2 0x003F020Cu
#define ANY_3 0x01000000u

/* The configurable inputs, that is those with edges and a pending bit (Table 152). */
#define CONFIGURABLE_1 0x003FFFFFu
#define CONFIGURABLE_2 0x000A0000u
#define CONFIGURABLE_3 0x00740000u

#define CLEAR_SOURCES 4u

/* What ends pending requests to D3. */
struct clear_source {
    struct exti *exti;
    unsigned number;
    struct wire_listener listener;
};

struct exti {
    struct periph p;
    bool level[EXTI_LINES];
    uint32_t direct[BANKS];     /* direct inputs that are high */
    uint32_t d3_pending[BANKS]; /* requests that keep D3 running */
    struct clear_source clears[CLEAR_SOURCES];
};

static uint32_t *shared_reg(struct exti *e, unsigned first, unsigned line)
{
    return &e->p.values[first + (line / 32) * PER_BANK];
}

static uint32_t *core_reg(struct exti *e, unsigned first, unsigned core, unsigned line)
{
    return &e->p.values[first + core * PER_CORE + (line / 32) * PER_CORE_BANK];
}

static bool is_configurable(unsigned line)
{
    static const uint32_t masks[BANKS] = {CONFIGURABLE_1, CONFIGURABLE_2, CONFIGURABLE_3};
    return ((masks[line / 32] >> (line % 32)) & 1u) != 0;
}

/* ---- D3's autonomous mode: 21.3.5, 21.5.2, 21.5.4 ---- */

/* Direct inputs ask for D3 as long as they are high, pending requests until they are cleared. */
static void update_d3(struct exti *e)
{
    static const uint32_t direct[BANKS] = {ANY_1 & ~CONFIGURABLE_1, ANY_2 & ~CONFIGURABLE_2,
                                           ANY_3 & ~CONFIGURABLE_3};
    uint32_t asks = 0;
    for (unsigned bank = 0; bank < BANKS; bank++) {
        asks |= e->d3_pending[bank] | (e->direct[bank] & direct[bank]);
    }
    power_set_autonomous(&e->p.chip->power, asks != 0, e->p.chip->sched.now);
}

static void ask_d3(struct exti *e, unsigned line)
{
    uint32_t bit = 1u << (line % 32);
    if ((*shared_reg(e, R_D3PMR1, line) & bit) != 0) {
        e->d3_pending[line / 32] |= bit;
        update_d3(e);
    }
}

/* PCSx: two bits a line, 16 lines a register. */
static unsigned clear_source_of(struct exti *e, unsigned line)
{
    uint32_t pcr = *shared_reg(e, line % 32 < 16 ? R_D3PCR1L : R_D3PCR1H, line);
    return pcr >> (2 * (line % 16)) & 3u;
}

static void cleared(void *ctx, bool high, vtime_ps now)
{
    struct clear_source *c = ctx;
    (void)now;
    for (unsigned line = 0; high && line < EXTI_LINES; line++) {
        if (clear_source_of(c->exti, line) == c->number) {
            c->exti->d3_pending[line / 32] &= ~(1u << (line % 32));
        }
    }
    update_d3(c->exti);
}

/* Listens to what unmasked requests are cleared by (Table 104), to nothing else. */
static void follow_clears(struct exti *e)
{
    static const char *const wires[CLEAR_SOURCES] = {"DMAMUX2_EVT6", "DMAMUX2_EVT7", "LPTIM4_OUT",
                                                     "LPTIM5_OUT"};
    struct chip *c = e->p.chip;
    bool wanted[CLEAR_SOURCES] = {false};
    for (unsigned line = 0; line < EXTI_LINES; line++) {
        bool unmasked = (*shared_reg(e, R_D3PMR1, line) >> (line % 32) & 1u) != 0;
        wanted[clear_source_of(e, line)] |= unmasked;
    }
    for (unsigned i = 0; i < CLEAR_SOURCES; i++) {
        bool listens = e->clears[i].listener.wire != NULL;
        if (wanted[i] != listens) {
            wire_listen(wanted[i] ? chip_wire(c, wires[i]) : NULL, &e->clears[i].listener,
                        c->sched.now);
        }
    }
}

/* Masking a request clears it, too (21.6.4). */
static void d3_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct exti *e = (struct exti *)p;
    (void)slot;
    (void)old;
    (void)written;
    for (unsigned bank = 0; bank < BANKS; bank++) {
        e->d3_pending[bank] &= *shared_reg(e, R_D3PMR1, 32 * bank);
    }
    follow_clears(e);
    update_d3(e);
}

/* ---- cores ---- */

/* Direct inputs of Table 152 that can reach only one core's masks (77 to 80). */
static bool reaches(unsigned line, unsigned core)
{
    switch (line) {
    case EXTI_LINE_HSEM_C1:
    case EXTI_LINE_SEV_CM4:
        return core == CORE_CM7;
    case EXTI_LINE_HSEM_C2:
    case EXTI_LINE_SEV_CM7:
        return core == CORE_CM4;
    default:
        return true;
    }
}

/* Direct inputs of a bank that reach a core (Table 152). */
static uint32_t reaching(unsigned bank, unsigned core)
{
    const uint32_t cm7 = 1u << (EXTI_LINE_HSEM_C1 - 64) | 1u << (EXTI_LINE_SEV_CM4 - 64);
    const uint32_t cm4 = 1u << (EXTI_LINE_HSEM_C2 - 64) | 1u << (EXTI_LINE_SEV_CM7 - 64);
    return bank != 2 ? ~0u : core == CORE_CM7 ? ~cm4 : ~cm7;
}

/* 21.5.3: a wake-up goes with each unmasked interrupt and event. An event of a configurable input is a
 * pulse (trigger). */
static void update_wake(struct exti *e, unsigned core)
{
    uint32_t active = 0;
    for (unsigned bank = 0; bank < BANKS; bank++) {
        uint32_t imr = *core_reg(e, R_C1IMR1, core, 32 * bank);
        uint32_t emr = *core_reg(e, R_C1EMR1, core, 32 * bank);
        active |= *core_reg(e, R_C1PR1, core, 32 * bank) & imr;
        active |= e->direct[bank] & (imr | emr) & reaching(bank, core);
    }
    chip_wake_line(e->p.chip, (enum core)core, CORE_WAKE_EXTI, active != 0);
}

/* The NVIC lines of one core: pending bits are only ever set for unmasked inputs, but masking later
 * takes the line away (Figure 97: mask after the pending register). */
static void update_irqs(struct exti *e, unsigned core)
{
    static const struct {
        enum exti_irq irq;
        uint32_t lines;
    } map[] = {{EXTI_IRQ_EXTI0, 1u << 0},      {EXTI_IRQ_EXTI1, 1u << 1},
               {EXTI_IRQ_EXTI2, 1u << 2},      {EXTI_IRQ_EXTI3, 1u << 3},
               {EXTI_IRQ_EXTI4, 1u << 4},      {EXTI_IRQ_EXTI9_5, 0x03E0u},
               {EXTI_IRQ_EXTI15_10, 0xFC00u},  {EXTI_IRQ_PVD_AVD, 1u << 16},
               {EXTI_IRQ_RTC_ALARM, 1u << 17}, {EXTI_IRQ_TAMP_STAMP, 1u << 18},
               {EXTI_IRQ_RTC_WKUP, 1u << 19},  {EXTI_IRQ_COMP, 3u << 20}};
    uint32_t active = *core_reg(e, R_C1PR1, core, 0) & *core_reg(e, R_C1IMR1, core, 0);
    unsigned first = core == CORE_CM7 ? EXTI_IRQ_C1 : EXTI_IRQ_C2;
    for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++) {
        irq_set(&e->p.irq[first + map[i].irq], (active & map[i].lines) != 0);
    }
    update_wake(e, core);
}

/* An event request on a line: pending bit and interrupt where unmasked, a pulse on RXEV where the
 * event mask allows it (Table 153). */
static void trigger(struct exti *e, unsigned line)
{
    uint32_t bit = 1u << (line % 32);
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        if (!reaches(line, core)) {
            continue;
        }
        if (is_configurable(line) && (*core_reg(e, R_C1IMR1, core, line) & bit) != 0) {
            *core_reg(e, R_C1PR1, core, line) |= bit;
            update_irqs(e, core);
        }
        if ((*core_reg(e, R_C1EMR1, core, line) & bit) != 0) {
            chip_cpu_event(e->p.chip, (enum core)core);
        }
        if (((*core_reg(e, R_C1IMR1, core, line) | *core_reg(e, R_C1EMR1, core, line)) & bit) !=
            0) {
            chip_wake_up(e->p.chip, (enum core)core);
        }
    }
    ask_d3(e, line);
}

/* RTC's alarms, tamper and wake-up timer end Standby whatever EXTI says, which has lost it (7.7.10). */
static bool ends_standby(unsigned line)
{
    return line == 17 || line == 18 || line == 19;
}

static void edge(struct exti *e, unsigned line, bool rising)
{
    uint32_t enabled = *shared_reg(e, rising ? R_RTSR1 : R_FTSR1, line);
    if (((enabled >> (line % 32)) & 1u) != 0) {
        trigger(e, line);
    }
}

static void follow_direct(struct exti *e)
{
    update_wake(e, CORE_CM7);
    update_wake(e, CORE_CM4);
    update_d3(e);
}

/* chip->exti: an input's level. Lines 0 to 15 are the pins that SYSCFG has chosen (chip/pins.h). */
static void sink_set(void *ctx, unsigned line, bool level)
{
    struct exti *e = ctx;
    if (line >= EXTI_LINES || e->level[line] == level) {
        return;
    }
    e->level[line] = level;
    if (level && ends_standby(line)) {
        chip_leave_standby(e->p.chip);
    }
    if (is_configurable(line)) {
        edge(e, line, level);
    } else if (level) {
        e->direct[line / 32] |= 1u << (line % 32);
        trigger(e, line); /* 21.5: direct inputs ask on their rising edge only */
        follow_direct(e);
    } else {
        e->direct[line / 32] &= ~(1u << (line % 32));
        follow_direct(e);
    }
}

/* ---- register hooks ---- */

/* Bits in all banks that belong to `slot`'s 32 lines. */
static unsigned bank_of(unsigned slot)
{
    return slot < R_C1IMR1 ? slot / PER_BANK : (slot - R_C1IMR1) % PER_CORE / PER_CORE_BANK;
}

/* 21.6.21: changing the sensitivity of the edge detector clears the pending bit. */
static void edge_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct exti *e = (struct exti *)p;
    uint32_t changed = p->values[slot] ^ old;
    (void)written;
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        *core_reg(e, R_C1PR1, core, 32 * bank_of(slot)) &= ~changed;
        update_irqs(e, core);
    }
}

static void swier_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    for (unsigned i = 0; i < 32; i++) {
        if (((written & p->model->regs[slot].wo) >> i & 1u) != 0) {
            trigger((struct exti *)p, 32 * bank_of(slot) + i);
        }
    }
}

static void core_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    update_irqs((struct exti *)p, slot < R_C2IMR1 ? CORE_CM7 : CORE_CM4);
}

/* ---- life ---- */

static int exti_init(struct periph *p)
{
    struct exti *e = (struct exti *)p;
    p->chip->exti = (struct irq_sink){.set = sink_set, .ctx = p};
    for (unsigned i = 0; i < CLEAR_SOURCES; i++) {
        struct clear_source *c = &e->clears[i];
        *c = (struct clear_source){.exti = e, .number = i};
        c->listener = (struct wire_listener){.changed = cleared, .ctx = c};
    }
    return 0;
}

/* Pins keep their edges back as long as nobody wants them. */
static bool before_edge_write(struct periph *p, unsigned slot, uint32_t written)
{
    uint32_t rising = slot == R_RTSR1 ? written : p->values[R_RTSR1];
    uint32_t falling = slot == R_FTSR1 ? written : p->values[R_FTSR1];
    chip_exti_edges(p->chip, rising | falling);
    return false;
}

static void exti_reset(struct periph *p, enum reset_kind kind)
{
    (void)kind;
    chip_exti_edges(p->chip, 0);
    update_irqs((struct exti *)p, CORE_CM7);
    update_irqs((struct exti *)p, CORE_CM4);
    d3_write(p, R_D3PMR1, 0, 0);
}

/* clang-format off */
#define EDGE(slot, off, nm, mask) \
    [slot] = {.offset = (off), .name = nm, .rw = (mask), .widths = WORD_ONLY, \
              .intercept = before_edge_write, .write = edge_write}
#define SWIER(slot, off, nm, mask) \
    [slot] = {.offset = (off), .name = nm, .wo = (mask), .widths = WORD_ONLY, .write = swier_write}
#define D3(slot, off, nm, mask) \
    [slot] = {.offset = (off), .name = nm, .rw = (mask), .widths = WORD_ONLY, .write = d3_write}
#define IMR(slot, off, nm, mask, value)                                                     \
    [slot] = {.offset = (off), .name = nm, .reset = (value), .rw = (mask), .widths = WORD_ONLY, \
              .write = core_write}
#define PR(slot, off, nm, mask) \
    [slot] = {.offset = (off), .name = nm, .w1c = (mask), .widths = WORD_ONLY, .write = core_write}

#define IMR2_BITS 0xFFFFDFFFu
#define IMR3_BITS 0x01F5FFFFu

static const struct reg regs[R_COUNT] = {
    EDGE(R_RTSR1, 0x00, "RTSR1", CONFIGURABLE_1),
    EDGE(R_FTSR1, 0x04, "FTSR1", CONFIGURABLE_1),
    SWIER(R_SWIER1, 0x08, "SWIER1", CONFIGURABLE_1),
    D3(R_D3PMR1, 0x0C, "D3PMR1", ANY_1),
    D3(R_D3PCR1L, 0x10, "D3PCR1L", 0xFFFFFFFFu),
    D3(R_D3PCR1H, 0x14, "D3PCR1H", 0x000C0FC0u),
    EDGE(R_RTSR2, 0x20, "RTSR2", CONFIGURABLE_2),
    EDGE(R_FTSR2, 0x24, "FTSR2", CONFIGURABLE_2),
    SWIER(R_SWIER2, 0x28, "SWIER2", CONFIGURABLE_2),
    D3(R_D3PMR2, 0x2C, "D3PMR2", ANY_2),
    D3(R_D3PCR2L, 0x30, "D3PCR2L", 0x000C00F0u),
    D3(R_D3PCR2H, 0x34, "D3PCR2H", 0x00000FFFu),
    EDGE(R_RTSR3, 0x40, "RTSR3", CONFIGURABLE_3),
    EDGE(R_FTSR3, 0x44, "FTSR3", CONFIGURABLE_3),
    SWIER(R_SWIER3, 0x48, "SWIER3", CONFIGURABLE_3),
    D3(R_D3PMR3, 0x4C, "D3PMR3", ANY_3),
    D3(R_D3PCR3L, 0x50, "D3PCR3L", 0),
    D3(R_D3PCR3H, 0x54, "D3PCR3H", 0x00030000u),
    IMR(R_C1IMR1, 0x80, "C1IMR1", 0xFFFFFFFFu, 0xFFC00000u),
    IMR(R_C1EMR1, 0x84, "C1EMR1", 0xFFFFFFFFu, 0),
    PR(R_C1PR1, 0x88, "C1PR1", CONFIGURABLE_1),
    IMR(R_C1IMR2, 0x90, "C1IMR2", IMR2_BITS, 0xFFF5FFFFu),
    IMR(R_C1EMR2, 0x94, "C1EMR2", IMR2_BITS, 0),
    PR(R_C1PR2, 0x98, "C1PR2", CONFIGURABLE_2),
    IMR(R_C1IMR3, 0xA0, "C1IMR3", IMR3_BITS, 0x018BFFFFu),
    IMR(R_C1EMR3, 0xA4, "C1EMR3", IMR3_BITS, 0),
    PR(R_C1PR3, 0xA8, "C1PR3", CONFIGURABLE_3),
    IMR(R_C2IMR1, 0xC0, "C2IMR1", 0xFFFFFFFFu, 0xFFC00000u),
    IMR(R_C2EMR1, 0xC4, "C2EMR1", 0xFFFFFFFFu, 0),
    PR(R_C2PR1, 0xC8, "C2PR1", CONFIGURABLE_1),
    IMR(R_C2IMR2, 0xD0, "C2IMR2", IMR2_BITS, 0xFFF5FFFFu),
    IMR(R_C2EMR2, 0xD4, "C2EMR2", IMR2_BITS, 0),
    PR(R_C2PR2, 0xD8, "C2PR2", CONFIGURABLE_2),
    IMR(R_C2IMR3, 0xE0, "C2IMR3", IMR3_BITS, 0x018BFFFFu),
    IMR(R_C2EMR3, 0xE4, "C2EMR3", IMR3_BITS, 0),
    PR(R_C2PR3, 0xE8, "C2PR3", CONFIGURABLE_3),
};
/* clang-format on */

static const char *const irq_names[] = {
    "C1_EXTI0",     "C1_EXTI1",      "C1_EXTI2",    "C1_EXTI3",     "C1_EXTI4",
    "C1_EXTI9_5",   "C1_EXTI15_10",  "C1_PVD_AVD",  "C1_RTC_ALARM", "C1_TAMP_STAMP",
    "C1_RTC_WKUP",  "C1_COMP",       "C2_EXTI0",    "C2_EXTI1",     "C2_EXTI2",
    "C2_EXTI3",     "C2_EXTI4",      "C2_EXTI9_5",  "C2_EXTI15_10", "C2_PVD_AVD",
    "C2_RTC_ALARM", "C2_TAMP_STAMP", "C2_RTC_WKUP", "C2_COMP",      NULL};

const struct model exti_model = {
    .kind = "exti",
    .size = sizeof(struct exti),
    .regs = regs,
    .fields = exti_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = exti_init,
    .reset = exti_reset,
};
