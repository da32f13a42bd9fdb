/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Code that could select a supply and did not run in any start: found by reading the image's code, not
 * by running it. Compilers load the address of PWR, or of a peripheral near it, from a literal behind
 * the function and store to it with an offset (DDI 0403 A7.7: LDR literal, STR immediate). Other ways to
 * the same end are not found, so what this finds is a note and what it does not find proves nothing.
 */
#include "check/judge.h"

#include "check/places.h"
#include "vboard/cpu/thumb.h"

/* Instructions between the load of the address and the store. */
#define REACH 24u
/* How far from PWR_CR3 a base may be that is meant for it. */
#define BASE_SPAN 0x1000u

struct code {
    const uint8_t *bytes;
    uint32_t address, length;
};

static uint16_t halfword(const struct code *c, uint32_t at)
{
    if (at + 2 > c->length) {
        return 0;
    }
    return (uint16_t)(c->bytes[at] | (uint32_t)c->bytes[at + 1] << 8);
}

static uint32_t word(const struct code *c, uint32_t address)
{
    uint32_t at = address - c->address;
    if (at > c->length || c->length - at < 4) {
        return 0;
    }
    return halfword(c, at) | (uint32_t)halfword(c, at + 2) << 16;
}

/* LDR Rt, [PC, #offset] at `at`: the word it loads, and Rt; 0 if it is none. */
static uint32_t literal(const struct code *c, uint32_t at, unsigned *rt)
{
    uint16_t first = halfword(c, at);
    uint16_t second = halfword(c, at + 2);
    uint32_t pc = (c->address + at + 4) & ~3u;
    if ((first & 0xF800u) == 0x4800u) { /* T1 */
        *rt = first >> 8 & 7u;
        return word(c, pc + 4u * (first & 0xFFu));
    }
    if (first == 0xF8DFu) { /* T2, forwards */
        *rt = second >> 12;
        return word(c, pc + (second & 0xFFFu));
    }
    return 0;
}

/* A branch that does not come back: B T2 and T4, BX, POP with PC. */
static bool leaves(uint16_t first, uint16_t second)
{
    return (first & 0xF800u) == 0xE000u || (first & 0xFF87u) == 0x4700u ||
           (first & 0xFF00u) == 0xBD00u || (first == 0xE8BDu && (second & 0x8000u) != 0) ||
           ((first & 0xF800u) == 0xF000u && (second & 0xD000u) == 0x9000u);
}

/* The store to PWR_CR3 that uses `base` in register `rt`, loaded at `at`; 0: none. */
static uint32_t find_store(const struct code *c, uint32_t at, unsigned rt, uint32_t base)
{
    at += thumb_length(halfword(c, at));
    for (unsigned i = 0; i < REACH && at + 2 <= c->length; i++) {
        uint16_t first = halfword(c, at);
        uint16_t second = halfword(c, at + 2);
        struct thumb_access a;
        unsigned other;
        if (thumb_decode_access(first, second, &a) && a.write && a.base == rt &&
            a.index == THUMB_NO_REG && base + (uint32_t)a.offset == PWR_CR3) {
            return c->address + at;
        }
        if (leaves(first, second) || (literal(c, at, &other) != 0 && other == rt)) {
            return 0;
        }
        at += thumb_length(first);
    }
    return 0;
}

static bool has_run(const struct check_report *r, uint32_t pc)
{
    for (size_t i = 0; i < r->boot_count; i++) {
        for (size_t k = 0; k < r->boots[i].write_count; k++) {
            if (r->boots[i].writes[k].pc == pc) {
                return true;
            }
        }
    }
    return false;
}

/* Was any supply selected, in a start in which it could be? */
static bool selects_at_all(const struct check_report *r)
{
    for (size_t i = 0; i < r->boot_count; i++) {
        if (check_is_power_on(&r->boots[i]) && r->boots[i].write_count > 0) {
            return true;
        }
    }
    return false;
}

/* What has selected before protects from it, until the power goes and it selects again. If nothing has,
 * the image's start was not seen to its end. */
static void scan(struct check_report *report, const struct code *c, enum core core)
{
    enum check_kind kind =
        selects_at_all(report) ? CHECK_SUPPLY_CODE_NOT_RUN : CHECK_SUPPLY_CODE_UNSEEN;
    for (uint32_t at = 0; at + 2 <= c->length; at += 2) {
        unsigned rt = 0;
        uint32_t base = literal(c, at, &rt);
        uint32_t pc = base - PWR_CR3 + BASE_SPAN < 2 * BASE_SPAN ? find_store(c, at, rt, base) : 0;
        if (pc != 0 && !has_run(report, pc)) {
            check_add_at(report, &report->boots[0], kind, core, pc, PWR_CR3);
        }
    }
}

void check_scan(struct check_report *report)
{
    const struct image *images[CORE_COUNT] = {report->config->cm7, report->config->cm4};
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        for (size_t i = 0; images[core] != NULL && i < image_segment_count(images[core]); i++) {
            const struct image_segment *s = image_segment(images[core], i);
            scan(report, &(struct code){s->bytes, s->address, s->length}, (enum core)core);
        }
    }
}
