/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/finding_text.h"

#include "vboard/chip/chip.h"
#include "vboard/kernel/supply.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- what stands in for a name in braces ---- */

/* A text that is being made. */
struct line {
    struct finding_text *out;
    size_t length;
};

static void put(struct line *l, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct line *l, const char *format, ...)
{
    const size_t room = sizeof l->out->text - l->length;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(l->out->text + l->length, room, format, args);
    va_end(args);
    l->length += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
}

static void put_at(struct line *l, const struct finding *f)
{
    put(l, "0x%08" PRIX32, f->data.at);
}

/* What each bit of CFSR means (DDI 0403 B3.2.15); 0 is a fault of another sort. */
static void put_cause(struct line *l, const struct finding *f)
{
    static const char *const causes[32] = {
        [0] = "no execution allowed there",
        [1] = "data access not allowed by the MPU",
        [3] = "exception frame cannot be popped",
        [4] = "exception frame cannot be pushed",
        [8] = "instruction fetch refused by the bus",
        [9] = "data access refused by the bus",
        [10] = "data access refused by the bus",
        [11] = "exception frame cannot be popped",
        [12] = "exception frame cannot be pushed",
        [16] = "undefined instruction",
        [17] = "branch to an even address (not Thumb)",
        [18] = "invalid EXC_RETURN",
        [19] = "FPU is off (CPACR)",
        [24] = "unaligned access",
        [25] = "division by zero",
    };
    for (unsigned i = 0; i < 32; i++) {
        if ((f->data.cfsr >> i & 1u) != 0 && causes[i] != NULL) {
            put(l, "%s", causes[i]);
            return;
        }
    }
    put(l, "escalated");
}

static void put_clock(struct line *l, const struct finding *f)
{
    put(l, "%s", clock_id_name((enum clock_id)f->data.subject));
}

static void put_cr3(struct line *l, const struct finding *f)
{
    put(l, "0x%02X", f->data.cr3);
}

/* Exceptions that a fault becomes (DDI 0403 Table B1-4). */
static void put_exception(struct line *l, const struct finding *f)
{
    static const char *const names[] = {
        [3] = "HardFault",  [4] = "MemManage", [5] = "BusFault",
        [6] = "UsageFault", [11] = "SVC",      [12] = "BKPT",
    };
    const uint32_t n = f->data.subject;
    put(l, "%s", n < sizeof names / sizeof *names && names[n] != NULL ? names[n] : "fault");
}

static void put_fields(struct line *l, const struct finding *f)
{
    put(l, "bits 0x%" PRIX32 " are", f->data.mask);
}

static void put_gate(struct line *l, const struct finding *f)
{
    put(l, "RCC+0x%03X bit %u", f->data.enr, f->data.enr_bit);
}

static void put_have(struct line *l, const struct finding *f)
{
    put(l, "%" PRIu32, f->data.have);
}

static void put_high(struct line *l, const struct finding *f)
{
    put(l, "%" PRIu32, f->data.high_mhz);
}

static void put_khz(struct line *l, const struct finding *f)
{
    put(l, "%" PRIu32, f->data.khz);
}

static void put_low(struct line *l, const struct finding *f)
{
    put(l, "%" PRIu32, f->data.low_mhz);
}

static void put_mask(struct line *l, const struct finding *f)
{
    put(l, "0x%" PRIX32, f->data.mask);
}

static void put_mv(struct line *l, const struct finding *f)
{
    put(l, "%" PRIu32, f->data.mv);
}

static void put_n(struct line *l, const struct finding *f)
{
    put(l, "%" PRIu32, f->data.subject);
}

static void put_need(struct line *l, const struct finding *f)
{
    put(l, "%" PRIu32, f->data.need);
}

static void put_pin(struct line *l, const struct finding *f)
{
    put(l, "P%c%" PRIu32, (char)('A' + f->data.subject / 16 % 26), f->data.subject % 16);
}

static void put_rw(struct line *l, const struct finding *f)
{
    put(l, "%s", f->write ? "write" : "read");
}

static void put_selection(struct line *l, const struct finding *f)
{
    put(l, "%s", supply_selection_name(f->data.cr3));
}

static void put_size(struct line *l, const struct finding *f)
{
    put(l, "%u", 8u * f->data.size);
}

static void put_vos(struct line *l, const struct finding *f)
{
    put(l, "%u", f->data.vos);
}

static void put_wiring(struct line *l, const struct finding *f)
{
    put(l, "%s", supply_wiring_name((enum supply_wiring)f->data.wiring));
}

static const struct {
    const char *name;
    void (*put)(struct line *l, const struct finding *f);
} names[] = {
    {"at", put_at},
    {"cause", put_cause},
    {"clock", put_clock},
    {"cr3", put_cr3},
    {"exception", put_exception},
    {"fields", put_fields},
    {"gate", put_gate},
    {"have", put_have},
    {"high", put_high},
    {"khz", put_khz},
    {"low", put_low},
    {"mask", put_mask},
    {"mv", put_mv},
    {"n", put_n},
    {"need", put_need},
    {"pin", put_pin},
    {"rw", put_rw},
    {"selection", put_selection},
    {"size", put_size},
    {"vos", put_vos},
    {"wiring", put_wiring},
};

/* `name` goes to the closing brace. */
static void fill_in(struct line *l, const char *name, size_t length, const struct finding *f)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i].name) == length && strncmp(names[i].name, name, length) == 0) {
            names[i].put(l, f);
            return;
        }
    }
    put(l, "{%.*s}", (int)length, name); /* a mistake in the table, to be seen */
}

static void put_words(struct line *l, const struct finding *f)
{
    for (const char *at = finding_words(f->code); *at != '\0';) {
        if (*at == '{') {
            size_t length = strcspn(at + 1, "}");
            fill_in(l, at + 1, length, f);
            at += 1 + length + (at[1 + length] == '}');
        } else {
            size_t length = strcspn(at, "{");
            put(l, "%.*s", (int)length, at);
            at += length;
        }
    }
}

/* ---- where ---- */

static void put_place(struct line *l, const struct chip *c, uint32_t address)
{
    char name[64];
    for (size_t i = 0; i < c->periph_count; i++) {
        const struct periph *p = c->periphs[i];
        if (address - p->base < p->model->span) {
            put(l, "%s", periph_reg_name(p, address - p->base, name, sizeof name));
            return;
        }
    }
    for (const struct chip_unmodelled *u = c->unmodelled; u != NULL && u->name != NULL; u++) {
        if (address - u->base < u->size) {
            put(l, "%s+0x%" PRIX32, u->name, address - u->base);
            return;
        }
    }
    for (size_t i = 0; i < c->region_count; i++) {
        if (address - c->regions[i].base < c->regions[i].size) {
            put(l, "%s", c->regions[i].name);
            return;
        }
    }
    put(l, "0x%08" PRIX32, address);
}

/* A core's own trouble is at no register, a pin's conflict names the pin. */
static bool has_place(const struct finding *f)
{
    return f->kind != FINDING_FAULT && f->kind != FINDING_LOCKUP && f->kind != FINDING_PIN_CONFLICT;
}

struct finding_text finding_text(const struct chip *chip, const struct finding *f)
{
    struct finding_text text = {""};
    struct line l = {.out = &text};
    if (has_place(f)) {
        put_place(&l, chip, f->address);
        put(&l, ": ");
    }
    put_words(&l, f);
    return text;
}

struct finding_text finding_what(const struct finding *f)
{
    struct finding_text text = {""};
    struct line l = {.out = &text};
    put_words(&l, f);
    return text;
}
