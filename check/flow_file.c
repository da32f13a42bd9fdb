/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/flow_file.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS (4 * FLOW_FILES_ALL)
#define FLASH_ACR 0x52002000u
#define FLASH_ACR_BANK2 0x52002100u /* 4.9.1: the same register */

const uint32_t flow_file_addresses[FLOW_FILE_REGS] = {
    [FLOW_FILE_CR] = 0x58024400u,        [FLOW_FILE_CFGR] = 0x58024410u,
    [FLOW_FILE_D1CFGR] = 0x58024418u,    [FLOW_FILE_D2CFGR] = 0x5802441Cu,
    [FLOW_FILE_D3CFGR] = 0x58024420u,    [FLOW_FILE_PLLCKSELR] = 0x58024428u,
    [FLOW_FILE_PLLCFGR] = 0x5802442Cu,   [FLOW_FILE_PLL1DIVR] = 0x58024430u,
    [FLOW_FILE_PLL1FRACR] = 0x58024434u, [FLOW_FILE_PLL2DIVR] = 0x58024438u,
    [FLOW_FILE_PLL2FRACR] = 0x5802443Cu, [FLOW_FILE_PLL3DIVR] = 0x58024440u,
    [FLOW_FILE_PLL3FRACR] = 0x58024444u, [FLOW_FILE_ACR] = FLASH_ACR,
    [FLOW_FILE_D3CR] = 0x58024818u,      [FLOW_FILE_PWRCR] = 0x5800042Cu,
};

const uint32_t flow_file_fields[FLOW_FILE_REGS] = {
    [FLOW_FILE_CR] = 0x15010019u, /* HSION, HSIDIV, HSEON, PLLxON */
    [FLOW_FILE_CFGR] = 0x7u,      /* SW */
    [FLOW_FILE_D1CFGR] = 0xF7Fu,
    [FLOW_FILE_D2CFGR] = 0x770u,
    [FLOW_FILE_D3CFGR] = 0x70u,
    [FLOW_FILE_PLLCKSELR] = 0x03F3F3F3u,
    [FLOW_FILE_PLLCFGR] = 0x01FF0FFFu,
    [FLOW_FILE_PLL1DIVR] = 0x7F7FFFFFu,
    [FLOW_FILE_PLL1FRACR] = 0xFFF8u,
    [FLOW_FILE_PLL2DIVR] = 0x7F7FFFFFu,
    [FLOW_FILE_PLL2FRACR] = 0xFFF8u,
    [FLOW_FILE_PLL3DIVR] = 0x7F7FFFFFu,
    [FLOW_FILE_PLL3FRACR] = 0xFFF8u,
    [FLOW_FILE_ACR] = 0xFu,     /* LATENCY */
    [FLOW_FILE_D3CR] = 0xC000u, /* VOS */
    [FLOW_FILE_PWRCR] = 1u,     /* ODEN */
};

/* ---- the table ---- */

static size_t hash(const struct flow_file *file)
{
    uint32_t h = 2166136261u;
    for (unsigned i = 0; i < FLOW_FILE_REGS; i++) {
        h = (h ^ file->reg[i].mask) * 16777619u;
        h = (h ^ file->reg[i].value) * 16777619u;
        h = (h ^ file->reg[i].unseen_mask) * 16777619u;
        h ^= h >> 15;
    }
    h = (h ^ file->unseen_pc ^ file->lost) * 16777619u;
    return (h ^ h >> 15) % SLOTS;
}

bool flow_files_open(struct flow_files *f)
{
    *f = (struct flow_files){.slots = calloc(SLOTS, sizeof *f->slots)};
    return f->slots != NULL && flow_file_number(f, &(struct flow_file){0}) == FLOW_FILE_UNKNOWN &&
           f->count == 1;
}

void flow_files_close(struct flow_files *f)
{
    free(f->list);
    free(f->slots);
    *f = (struct flow_files){0};
}

static bool grow(struct flow_files *f)
{
    size_t room = f->room * 2 + 64;
    struct flow_file *list = realloc(f->list, room * sizeof *list);
    if (list == NULL) {
        return false;
    }
    f->list = list;
    f->room = room;
    return true;
}

uint16_t flow_file_number(struct flow_files *f, const struct flow_file *file)
{
    size_t at = hash(file);
    for (; f->slots[at] != 0; at = (at + 1) % SLOTS) {
        if (memcmp(&f->list[f->slots[at] - 1u], file, sizeof *file) == 0) {
            return (uint16_t)(f->slots[at] - 1u);
        }
    }
    if (f->count == FLOW_FILES_ALL || (f->count == f->room && !grow(f))) {
        return FLOW_FILE_UNKNOWN;
    }
    f->list[f->count] = *file;
    f->slots[at] = (uint16_t)++f->count;
    return (uint16_t)(f->count - 1);
}

/* ---- sets ---- */

static bool has(const struct flow_file_set *set, uint16_t number)
{
    for (unsigned i = 0; i < set->count; i++) {
        if (set->number[i] == number) {
            return true;
        }
    }
    return false;
}

/* Beside "nothing is known" what is known is a candidate; too many candidates are none. */
bool flow_file_add(struct flow_file_set *set, uint16_t number)
{
    if (has(set, number)) {
        return false;
    }
    if (set->count == FLOW_FILES_MAX) {
        bool known = has(set, FLOW_FILE_UNKNOWN);
        if (!known) {
            set->number[FLOW_FILES_MAX - 1] = FLOW_FILE_UNKNOWN;
        }
        return !known;
    }
    set->number[set->count++] = number;
    return true;
}

bool flow_file_join(struct flow_file_set *set, const struct flow_file_set *more)
{
    bool changed = false;
    if (set->count == more->count && /* most often */
        memcmp(set->number, more->number, more->count * sizeof *more->number) == 0) {
        return false;
    }
    for (unsigned i = 0; i < more->count; i++) {
        changed |= flow_file_add(set, more->number[i]);
    }
    return changed;
}

/* ---- registers ---- */

enum flow_file_reg flow_file_reg_at(uint32_t address)
{
    address = address == FLASH_ACR_BANK2 ? FLASH_ACR : address;
    unsigned i = 0;
    while (i < FLOW_FILE_REGS && flow_file_addresses[i] != address) {
        i++;
    }
    return (enum flow_file_reg)i;
}

static uint32_t lanes(uint32_t address, uint32_t size)
{
    uint32_t bytes = size >= 4 ? FLOW_ALL : (1u << 8 * size) - 1u;
    return bytes << 8 * (address & 3u);
}

/* FRACN moves a frequency by less than one step of DIVN. */
static uint32_t fine(enum flow_file_reg reg)
{
    bool is_fraction =
        reg == FLOW_FILE_PLL1FRACR || reg == FLOW_FILE_PLL2FRACR || reg == FLOW_FILE_PLL3FRACR;
    return is_fraction ? FLOW_ALL : 0;
}

static void put(uint32_t *mask, uint32_t *value, uint32_t written, struct flow_bits stored)
{
    *mask = (*mask & ~written) | (stored.mask & written);
    *value = ((*value & ~written) | (stored.value & written)) & *mask;
}

uint16_t flow_file_store(struct flow_files *f, uint16_t number,
                         const struct flow_file_change *change)
{
    struct flow_file file = f->list[number];
    file.lost |= number == FLOW_FILE_UNKNOWN;
    const uint32_t written = lanes(change->address, change->size) & flow_file_fields[change->reg];
    struct flow_bits moved = flow_shift(FLOW_LSL, change->value, 8 * (change->address & 3u));
    moved = moved.kind == FLOW_BITS ? moved : flow_unknown();
    put(&file.reg[change->reg].mask, &file.reg[change->reg].value, written, moved);
    put(&file.reg[change->reg].unseen_mask, &file.reg[change->reg].unseen_value, written,
        change->seen ? flow_unknown() : moved);
    file.murky |= (written & ~moved.mask & ~fine(change->reg)) != 0;
    if (!change->seen) {
        file.unseen_pc = change->pc;
        file.unseen_address = change->address & ~3u;
    }
    return flow_file_number(f, &file);
}

struct flow_file flow_file_of(const uint32_t registers[FLOW_FILE_REGS])
{
    struct flow_file file = {0};
    for (unsigned i = 0; i < FLOW_FILE_REGS; i++) {
        file.reg[i].mask = flow_file_fields[i];
        file.reg[i].value = registers[i] & flow_file_fields[i];
    }
    return file;
}

/* Flags that follow their settings; HSERDY may not. */
static const struct flag {
    enum flow_file_reg reg;
    uint8_t of, flag, bits;
} flags[] = {
    {FLOW_FILE_CR, 0, 2, 1},   {FLOW_FILE_CR, 24, 25, 1}, {FLOW_FILE_CR, 26, 27, 1},
    {FLOW_FILE_CR, 28, 29, 1}, {FLOW_FILE_CFGR, 0, 3, 3}, /* SW, SWS */
};
#define HSIDIVF (1u << 5) /* RCC_CR */
#define VOSRDY (1u << 13) /* PWR_D3CR */

static void follow(struct flow_bits *v, enum flow_file_reg reg)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        const uint32_t field = (1u << flags[i].bits) - 1u;
        if (flags[i].reg == reg) {
            v->mask |= (v->mask >> flags[i].of & field) << flags[i].flag;
            v->value |= (v->value >> flags[i].of & field) << flags[i].flag;
        }
    }
    const uint32_t always = reg == FLOW_FILE_CR ? HSIDIVF : reg == FLOW_FILE_D3CR ? VOSRDY : 0;
    v->mask |= always;
    v->value |= always;
}

struct flow_bits flow_file_load(const struct flow_file *file, const struct flow_file_load *load)
{
    struct flow_bits whole = {FLOW_BITS, file->reg[load->reg].mask, file->reg[load->reg].value};
    if (load->flags_follow) {
        follow(&whole, load->reg);
    }
    return flow_extract(whole, 8 * (load->address & 3u), 8 * load->size, false);
}

uint16_t flow_file_late(struct flow_files *f, uint16_t number)
{
    if (f->list[number].early == 0) {
        return number;
    }
    struct flow_file file = f->list[number];
    file.early = 0;
    return flow_file_number(f, &file);
}

void flow_file_over(const struct flow_file *file, bool unseen,
                    const uint32_t present[FLOW_FILE_REGS], uint32_t out[FLOW_FILE_REGS])
{
    for (unsigned i = 0; i < FLOW_FILE_REGS; i++) {
        uint32_t mask = unseen ? file->reg[i].unseen_mask : file->reg[i].mask;
        uint32_t value = unseen ? file->reg[i].unseen_value : file->reg[i].value;
        out[i] = (present[i] & ~mask) | value;
    }
}
