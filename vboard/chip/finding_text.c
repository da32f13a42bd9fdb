/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/finding_text.h"

#include "vboard/chip/chip.h"
#include "vboard/chip/fields.h"
#include "vboard/kernel/supply.h"
#include "vboard/kernel/words.h"

#include <inttypes.h>

/* ---- what stands in for a name in braces ---- */

static const struct finding_data *data_of(const void *about)
{
    return &((const struct finding *)about)->data;
}

static void put_address(struct line *l, const void *about)
{
    line_put(l, "0x%08" PRIX32, ((const struct finding *)about)->address);
}

static void put_accessed(struct line *l, const void *about)
{
    line_put(l, "0x%08" PRIX32, ((const struct finding *)about)->accessed);
}

static void put_at(struct line *l, const void *about)
{
    line_put(l, "0x%08" PRIX32, data_of(about)->at);
}

/* What each bit of CFSR means (DDI 0403 B3.2.15); 0 is a fault of another sort. */
static void put_cause(struct line *l, const void *about)
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
        if ((data_of(about)->cfsr >> i & 1u) != 0 && causes[i] != NULL) {
            line_put(l, "%s", causes[i]);
            return;
        }
    }
    line_put(l, "escalated");
}

static void put_clock(struct line *l, const void *about)
{
    line_put(l, "%s", clock_id_name((enum clock_id)data_of(about)->subject));
}

static void put_cr3(struct line *l, const void *about)
{
    line_put(l, "0x%02X", data_of(about)->cr3);
}

/* Exceptions that a fault becomes (DDI 0403 Table B1-4). */
static void put_exception(struct line *l, const void *about)
{
    static const char *const names[] = {
        [3] = "HardFault",  [4] = "MemManage", [5] = "BusFault",
        [6] = "UsageFault", [11] = "SVC",      [12] = "BKPT",
    };
    const uint32_t n = data_of(about)->subject;
    line_put(l, "%s", n < sizeof names / sizeof *names && names[n] != NULL ? names[n] : "fault");
}

static void put_fields(struct line *l, const void *about)
{
    char names[100];
    const struct finding_data *d = data_of(about);
    line_put(l, "%s", fields_text(d->model, d->offset, d->mask, ", ", names, sizeof names));
}

static void put_gate(struct line *l, const void *about)
{
    line_put(l, "RCC+0x%03X bit %u", data_of(about)->enr, data_of(about)->enr_bit);
}

static void put_have(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, data_of(about)->have);
}

static void put_high(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, data_of(about)->high_mhz);
}

static void put_khz(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, data_of(about)->khz);
}

static void put_low(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, data_of(about)->low_mhz);
}

static void put_mask(struct line *l, const void *about)
{
    line_put(l, "0x%" PRIX32, data_of(about)->mask);
}

static void put_mv(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, data_of(about)->mv);
}

static void put_n(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, data_of(about)->subject);
}

static void put_need(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, data_of(about)->need);
}

static void put_other(struct line *l, const void *about)
{
    static const char *const names[MASTER_COUNT] = {[MASTER_CM7] = "CM7",
                                                    [MASTER_CM4] = "CM4",
                                                    [MASTER_DEBUG] = "debugger",
                                                    [MASTER_DMA_CM7] = "CM7's DMA",
                                                    [MASTER_DMA_CM4] = "CM4's DMA"};
    const uint32_t other = data_of(about)->subject;
    line_put(l, "%s", other < MASTER_COUNT ? names[other] : "");
}

static void put_part(struct line *l, const void *about)
{
    line_put(l, "%s", chip_part_name((enum chip_part)data_of(about)->subject));
}

static void put_pin(struct line *l, const void *about)
{
    line_put(l, "P%c%" PRIu32, (char)('A' + data_of(about)->subject / 16 % 26),
             data_of(about)->subject % 16);
}

static void put_rw(struct line *l, const void *about)
{
    line_put(l, "%s", ((const struct finding *)about)->write ? "write" : "read");
}

static void put_selection(struct line *l, const void *about)
{
    line_put(l, "%s", supply_selection_name(data_of(about)->cr3));
}

static void put_size(struct line *l, const void *about)
{
    line_put(l, "%u", 8u * data_of(about)->size);
}

/* Of an SDRAM's initialisation (RM0399 23.9.3). */
static void put_step(struct line *l, const void *about)
{
    static const char *const steps[] = {
        "its clock, SDCMR.MODE = 1", "precharge all, SDCMR.MODE = 2",
        "auto-refresh, SDCMR.MODE = 3", "load mode register, SDCMR.MODE = 4"};
    const uint32_t n = data_of(about)->subject;
    line_put(l, "%s", n < sizeof steps / sizeof *steps ? steps[n] : "");
}

static void put_vos(struct line *l, const void *about)
{
    line_put(l, "%u", data_of(about)->vos);
}

static void put_wiring(struct line *l, const void *about)
{
    line_put(l, "%s", supply_wiring_name((enum supply_wiring)data_of(about)->wiring));
}

static const struct word words[] = {
    {"accessed", put_accessed},
    {"address", put_address},
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
    {"other", put_other},
    {"part", put_part},
    {"pin", put_pin},
    {"rw", put_rw},
    {"selection", put_selection},
    {"size", put_size},
    {"step", put_step},
    {"vos", put_vos},
    {"wiring", put_wiring},
};

static void put_words(struct line *l, const struct finding *f)
{
    line_fill(l, finding_words(f->code), words, sizeof words / sizeof *words, f);
}

/* ---- where ---- */

static void put_place(struct line *l, const struct chip *c, uint32_t address, enum master master)
{
    char name[64];
    const struct chip_bus *b = &c->bus;
    const struct chip_entry *e = b->table != NULL ? chip_entry_at(b->table, address) : NULL;
    for (size_t i = 0; i < b->periph_count; i++) {
        const struct periph *p = b->periphs[i];
        if (address - p->base < p->model->span) {
            line_put(l, "%s", periph_reg_name(p, address - p->base, name, sizeof name));
            return;
        }
    }
    if (e != NULL) {
        line_put(l, "%s+0x%" PRIX32, e->name, address - e->base);
        return;
    }
    if (external_is(address)) {
        line_put(l, "%s", address - EXTERNAL_QUADSPI < 0x10000000u ? "QUADSPI" : "FMC");
        return;
    }
    for (size_t i = 0; i < b->region_count; i++) {
        const struct mem_region *r = &b->regions[i];
        const bool seen = master > MASTER_CM4 || (r->masters >> master & 1u) != 0;
        if (seen && address - r->base < r->size) {
            line_put(l, "%s", r->name);
            return;
        }
    }
    line_put(l, "0x%08" PRIX32, address);
}

/* A core's own trouble is at no register, a pin's conflict names the pin. */
static bool has_place(const struct finding *f)
{
    return f->kind != FINDING_FAULT && f->kind != FINDING_LOCKUP && f->kind != FINDING_PIN_CONFLICT;
}

struct finding_text finding_text(const struct chip *chip, const struct finding *f)
{
    struct finding_text text = {""};
    struct line l;
    line_begin(&l, text.text, sizeof text.text);
    if (has_place(f)) {
        put_place(&l, chip, f->address, f->master);
        line_put(&l, f->code == FOUND_UNMODELLED_FIELD ? "." : ": "); /* TIM2.DIER.UDE */
    }
    put_words(&l, f);
    return text;
}

struct finding_text finding_what(const struct finding *f)
{
    struct finding_text text = {""};
    struct line l;
    line_begin(&l, text.text, sizeof text.text);
    put_words(&l, f);
    return text;
}
