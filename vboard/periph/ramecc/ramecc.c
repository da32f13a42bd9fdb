/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/ramecc/ramecc.h"

#include "vboard/chip/fields.h"

#define MONITORS 5u

enum {
    R_IER,
    R_CR,
    R_SR = R_CR + MONITORS,
    R_FAR = R_SR + MONITORS,
    R_FDRL = R_FAR + MONITORS,
    R_FDRH = R_FDRL + MONITORS,
    R_FECR = R_FDRH + MONITORS,
    R_COUNT = R_FECR + MONITORS
};

static const char why_none[] = "no errors in RAM";

static const struct field ier[] = {
    NO_ACTION("GECCDEBWIE", BIT(3), why_none), NO_ACTION("GECCDEIE", BIT(2), why_none),
    NO_ACTION("GECCSEIE", BIT(1), why_none), NO_ACTION("GIE", BIT(0), why_none), FIELDS_END};
static const struct field cr[] = {
    NO_ACTION("ECCELEN", BIT(5), why_none), NO_ACTION("ECCDEBWIE", BIT(4), why_none),
    NO_ACTION("ECCDEIE", BIT(3), why_none), NO_ACTION("ECCSEIE", BIT(2), why_none), FIELDS_END};
static const struct field sr[] = {UNMODELLED("DEBWDF", BIT(2), why_none),
                                  UNMODELLED("DEDF", BIT(1), why_none),
                                  UNMODELLED("SEDCF", BIT(0), why_none), FIELDS_END};
static const struct field far[] = {NO_ACTION("FADD", BITS(31, 0), why_none), FIELDS_END};
static const struct field fdrl[] = {NO_ACTION("FDATAL", BITS(31, 0), why_none), FIELDS_END};
static const struct field fdrh[] = {NO_ACTION("FDATAH", BITS(31, 0), why_none), FIELDS_END};
static const struct field fecr[] = {NO_ACTION("FEC", BITS(31, 0), why_none), FIELDS_END};

#define FIELDS(n)                                                                                  \
    {                                                                                              \
        {0x00, 1, 0, ier}, {0x20, (n), 0x20, cr}, {0x24, (n), 0x20, sr}, {0x28, (n), 0x20, far},   \
            {0x2C, (n), 0x20, fdrl}, {0x30, (n), 0x20, fdrh}, {0x34, (n), 0x20, fecr},             \
            REG_FIELDS_END                                                                         \
    }

static const struct reg_fields fields[] = FIELDS(MONITORS);
static const struct reg_fields fields3[] = FIELDS(2);

/* "Only in 32-bit (word) mode" (3.4). */
#define MONITOR(slot, at, text, n, ...)                                                            \
    [slot] = {.offset = (at),                                                                      \
              .name = (text),                                                                      \
              .first = 1,                                                                          \
              .count = (n),                                                                        \
              .stride = 0x20,                                                                      \
              .widths = 4,                                                                         \
              __VA_ARGS__}
#define REGS(n)                                                                                    \
    {                                                                                              \
        [R_IER] = {.offset = 0x00, .name = "IER", .rw = 0xFu, .widths = 4},                        \
        MONITOR(R_CR, 0x20, "M%uCR", n, .rw = 0x3Cu),                                              \
        MONITOR(R_SR, 0x24, "M%uSR", n, .w0c = 7u, .unmodelled = 7u, .steady = true),              \
        MONITOR(R_FAR, 0x28, "M%uFAR", n, .ro = ~0u, .steady = true),                              \
        MONITOR(R_FDRL, 0x2C, "M%uFDRL", n, .ro = ~0u, .steady = true),                            \
        MONITOR(R_FDRH, 0x30, "M%uFDRH", n, .ro = ~0u, .steady = true),                            \
        MONITOR(R_FECR, 0x34, "M%uFECR", n, .ro = ~0u, .steady = true)                             \
    }

static const struct reg regs[R_COUNT] = REGS(MONITORS);
static const struct reg regs3[R_COUNT] = REGS(2);

static const char *const irq_names[] = {[RAMECC_IRQ_ERROR] = "error", NULL};

static int init(struct periph *p)
{
    (void)p;
    return 0;
}

#define MODEL(table, names)                                                                        \
    {                                                                                              \
        .kind = "ramecc", .size = sizeof(struct periph), .regs = (table), .fields = (names),       \
        .slot_count = R_COUNT, .span = 0x400, .irq_names = irq_names, .init = init                 \
    }

const struct model ramecc_model = MODEL(regs, fields);
const struct model ramecc3_model = MODEL(regs3, fields3);
