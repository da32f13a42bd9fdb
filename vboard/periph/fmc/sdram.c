/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The SDRAM controller (RM0399 23.9): initialisation, modes, which address is which cell. */
#include "vboard/periph/fmc/internal.h"

#define SDCMR_MODE 7u
#define SDCMR_CTB2 (1u << 3)
#define SDCMR_CTB1 (1u << 4)
#define SDCMR_MRD_POS 9u
/* A mode register as all SDRAMs have it (JEDEC): A2:A0 burst length, 0 is one; A6:A4 CAS latency. */
#define MRD_BURST 7u
#define MRD_CAS_POS 4u

enum {
    MODE_NORMAL,
    MODE_CLOCK,
    MODE_PALL,
    MODE_AUTO_REFRESH,
    MODE_LOAD,
    MODE_SELF_REFRESH,
    MODE_POWER_DOWN,
    MODE_RESERVED
};

bool sdram_is_ready(const struct fmc *f, unsigned bank)
{
    return f->sdram[bank].steps == STEPS_ALL;
}

struct fmc_lines sdram_lines(const struct fmc *f, unsigned bank)
{
    static const uint8_t widths[4] = {8, 16, 32, 0};
    static const uint8_t rows[4] = {11, 12, 13, 0};
    uint32_t sdcr = f->p.values[R_SDCR1 + bank];
    return (struct fmc_lines){.width = widths[sdcr >> SDCR_MWID_POS & 3u],
                              .columns = (uint8_t)(8 + (sdcr >> SDCR_NC_POS & 3u)),
                              .rows = rows[sdcr >> SDCR_NR_POS & 3u],
                              .banks = (sdcr & SDCR_NB) != 0 ? 4 : 2};
}

/* Tables 165 to 167; 0 if a field is reserved. With two internal banks the upper half is reserved (BA1 must be 0). */
uint32_t sdram_size(const struct fmc_lines *l)
{
    if (l->width == 0 || l->rows == 0) {
        return 0;
    }
    return (uint32_t)l->width / 8 * l->banks << (l->rows + l->columns);
}

/* ---- which cell ---- */

static uint32_t take(uint32_t *address, unsigned bits)
{
    uint32_t low = *address & ((1u << bits) - 1u);
    *address >>= bits;
    return low;
}

static unsigned lane_bits(uint8_t width)
{
    return width == 32 ? 2 : width == 16 ? 1 : 0;
}

bool sdram_cell(const struct fmc_lines *set, const struct fmc_lines *have, uint32_t offset,
                uint32_t *cell)
{
    uint32_t lane = take(&offset, lane_bits(set->width));
    uint32_t column = take(&offset, set->columns) & ((1u << have->columns) - 1u);
    uint32_t row = take(&offset, set->rows) & ((1u << have->rows) - 1u);
    uint32_t bank = offset & (have->banks - 1u);
    if (lane >= have->width / 8u) {
        return false;
    }
    *cell =
        (((bank << have->rows | row) << have->columns | column) << lane_bits(have->width)) + lane;
    return true;
}

/* ---- commands ---- */

void sdram_stop(struct fmc *f)
{
    for (unsigned i = 0; i < FMC_SDRAM_BANKS; i++) {
        f->sdram[i].steps = 0;
        f->sdram[i].mode = SDRAM_NORMAL;
    }
}

static bool is_clocked(const struct fmc *f)
{
    return (f->p.values[R_SDCR1] & SDCR_SDCLK) != 0 && f->kernel->uhz != 0;
}

/* "The burst length has to be set to 1 and the CAS latency has to be selected" (23.9.3). */
static void check_mode_register(struct fmc *f, unsigned bank)
{
    uint32_t mrd = f->p.values[R_SDCMR] >> SDCMR_MRD_POS;
    uint32_t cas = f->p.values[R_SDCR1 + bank] >> SDCR_CAS_POS & 3u;
    if ((mrd & MRD_BURST) != 0 || (mrd >> MRD_CAS_POS & 7u) != cas) {
        periph_report(&f->p, R_SDCMR, FOUND_SDRAM_MODE, NULL);
    }
}

static void obey(struct fmc *f, unsigned bank, unsigned mode)
{
    struct fmc_sdram *s = &f->sdram[bank];
    const bool precharged = (s->steps & STEP_PALL) != 0;
    switch (mode) {
    case MODE_NORMAL:
        s->mode = SDRAM_NORMAL;
        break;
    case MODE_CLOCK: /* also the way out of self-refresh (23.1) */
        s->steps |= STEP_CLOCK;
        s->mode = SDRAM_NORMAL;
        break;
    case MODE_PALL:
        s->steps |= (s->steps & STEP_CLOCK) != 0 ? STEP_PALL : 0u;
        break;
    case MODE_AUTO_REFRESH:
        s->steps |= precharged ? STEP_REFRESH : 0u;
        break;
    case MODE_LOAD:
        s->steps |= precharged ? STEP_MODE : 0u;
        check_mode_register(f, bank);
        break;
    case MODE_SELF_REFRESH:
        s->mode = SDRAM_SELF_REFRESH;
        break;
    case MODE_POWER_DOWN:
        s->mode = SDRAM_POWER_DOWN;
        break;
    default:
        periph_unmodelled(&f->p, R_SDCMR, SDCMR_MODE);
        break;
    }
}

/* "If two SDRAM banks are used, the Auto-refresh and PALL command must be issued simultaneously to the two devices
 * otherwise the command will be ignored." */
static bool is_ignored(const struct fmc *f, unsigned mode, uint32_t targets)
{
    const uint32_t both = SDCMR_CTB1 | SDCMR_CTB2;
    bool two = (f->sdram[0].steps & f->sdram[1].steps & STEP_CLOCK) != 0;
    return !is_clocked(f) ||
           (two && targets != both && (mode == MODE_PALL || mode == MODE_AUTO_REFRESH));
}

void sdram_command(struct fmc *f)
{
    uint32_t sdcmr = f->p.values[R_SDCMR];
    uint32_t targets = sdcmr & (SDCMR_CTB1 | SDCMR_CTB2);
    if (is_ignored(f, sdcmr & SDCMR_MODE, targets)) {
        return;
    }
    if ((targets & SDCMR_CTB1) != 0) {
        obey(f, 0, sdcmr & SDCMR_MODE);
    }
    if ((targets & SDCMR_CTB2) != 0) {
        obey(f, 1, sdcmr & SDCMR_MODE);
    }
}
