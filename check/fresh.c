/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/fresh.h"

#include <stdlib.h>

#define PAGE 1024u

/* RM0399 2.3.2, Table 6. */
static const struct range {
    uint32_t base, size;
} ranges[] = {
    {0x00000000u, 64u * 1024u},  {0x20000000u, 128u * 1024u}, {0x24000000u, 512u * 1024u},
    {0x30000000u, 288u * 1024u}, {0x38000000u, 64u * 1024u},
};
#define BYTES ((64u + 128u + 512u + 288u + 64u) * 1024u)
#define NOWHERE UINT32_MAX
#define ALIAS 0x10000000u /* of SRAM1 to 3 */
#define ALIAS_OF 0x30000000u
#define ALIAS_SIZE (288u * 1024u)

struct check_fresh {
    uint32_t budget;
    uint8_t written[BYTES / 8];
    uint16_t left[BYTES / PAGE]; /* bytes that nobody has written */
    struct {
        enum core core;
        uint32_t pc, address;
    } found[CHECK_FRESH_FOUND];
    unsigned count;
};

/* Its number among all bytes of RAM. */
static uint32_t number_of(uint32_t physical)
{
    uint32_t before = 0;
    if (physical - ALIAS < ALIAS_SIZE) {
        physical += ALIAS_OF - ALIAS;
    }
    for (unsigned i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (physical - ranges[i].base < ranges[i].size) {
            return before + physical - ranges[i].base;
        }
        before += ranges[i].size;
    }
    return NOWHERE;
}

struct check_fresh *check_fresh_create(void)
{
    struct check_fresh *f = calloc(1, sizeof *f);
    if (f == NULL) {
        abort();
    }
    f->budget = CHECK_FRESH_BUDGET;
    for (unsigned i = 0; i < BYTES / PAGE; i++) {
        f->left[i] = PAGE;
    }
    return f;
}

void check_fresh_destroy(struct check_fresh *f)
{
    free(f);
}

bool check_fresh_wants(const struct check_fresh *f, uint32_t physical)
{
    uint32_t n = number_of(physical);
    return f->budget != 0 && n != NOWHERE && f->left[n / PAGE] != 0;
}

/* ---- bytes ---- */

static bool is_written(const struct check_fresh *f, uint32_t n)
{
    return ((unsigned)f->written[n / 8] >> n % 8 & 1u) != 0;
}

static bool none_is_written(const struct check_fresh *f, uint32_t n, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        if (is_written(f, n + i)) {
            return false;
        }
    }
    return true;
}

/* True: the page is written to the last byte. */
static bool write(struct check_fresh *f, uint32_t n, unsigned size)
{
    uint16_t *left = &f->left[n / PAGE];
    uint16_t before = *left;
    for (unsigned i = 0; i < size; i++) {
        *left = (uint16_t)(*left - (is_written(f, n + i) ? 0 : 1));
        f->written[(n + i) / 8] |= (uint8_t)(1u << (n + i) % 8);
    }
    return *left == 0 && before != 0;
}

static bool is_known(const struct check_fresh *f, enum core core, uint32_t pc)
{
    for (unsigned i = 0; i < f->count; i++) {
        if (f->found[i].core == core && f->found[i].pc == pc) {
            return true;
        }
    }
    return f->count == CHECK_FRESH_FOUND;
}

bool check_fresh_touch(struct check_fresh *f, struct cpu *cpu, enum core core,
                       const struct chip_touch *touch)
{
    uint32_t n = number_of(touch->physical);
    if (f->budget == 0 || n == NOWHERE || f->left[n / PAGE] == 0) {
        return false;
    }
    f->budget--;
    if (!touch->write && !master_is_dma(touch->master) && none_is_written(f, n, touch->size)) {
        if (!is_known(f, core, touch->pc) && check_decides_by(cpu, touch->pc)) {
            f->found[f->count].core = core;
            f->found[f->count].pc = touch->pc;
            f->found[f->count++].address = touch->physical;
        }
    } else if (touch->write) {
        return write(f, n, touch->size) || f->budget == 0;
    }
    return f->budget == 0;
}

void check_fresh_end(const struct check_fresh *f, struct check_odds *odds)
{
    for (unsigned i = 0; i < f->count; i++) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_FRESH_RAM,
                                                .has_core = true,
                                                .core = f->found[i].core,
                                                .pc = f->found[i].pc,
                                                .value = f->found[i].address});
    }
}
