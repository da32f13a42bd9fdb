/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_FMC_INTERNAL_H
#define VBOARD_PERIPH_FMC_INTERNAL_H

/* Shared by the files of this folder. Nobody else includes this. */
#include "vboard/periph/fmc/fmc.h"

#define FMC_STATIC_BANKS 4u
#define FMC_SDRAM_BANKS 2u

/* BTCR: BCR1, BTR1, BCR2 ... side by side as in the address space. */
enum {
    R_BCR1,
    R_BCR2,
    R_BTR = R_BCR2 + 3,
    R_PCR = R_BTR + 4,
    R_SR,
    R_PMEM,
    R_PATT,
    R_ECCR,
    R_BWTR,
    R_SDCR1 = R_BWTR + 4,
    R_SDCR2,
    R_SDTR1,
    R_SDTR2,
    R_SDCMR,
    R_SDRTR,
    R_SDSR,
    R_COUNT
};

#define BCR_MBKEN (1u << 0)
#define BCR_MUXEN (1u << 1)
#define BCR_MTYP_POS 2u
#define BCR_MWID_POS 4u
#define BCR_FACCEN (1u << 6)
#define BCR_WREN (1u << 12)
#define BCR_BMAP_POS 24u
#define BCR_FMCEN (1u << 31)
#define MTYP_NOR 2u
#define PCR_PBKEN (1u << 2)
#define SDCR_NC_POS 0u
#define SDCR_NR_POS 2u
#define SDCR_MWID_POS 4u
#define SDCR_NB (1u << 6)
#define SDCR_CAS_POS 7u
#define SDCR_WP (1u << 9)
#define SDCR_SDCLK (3u << 10)
#define SDRTR_COUNT (0x1FFFu << 1)

/* What an SDRAM has been told, in the order of 23.9.3. */
enum { STEP_CLOCK = 1, STEP_PALL = 2, STEP_REFRESH = 4, STEP_MODE = 8, STEPS_ALL = 15 };
enum sdram_mode { SDRAM_NORMAL, SDRAM_SELF_REFRESH, SDRAM_POWER_DOWN }; /* as in SDSR */

struct fmc_sdram {
    unsigned steps;
    enum sdram_mode mode;
    bool told_refresh; /* that it has none */
};

struct fmc {
    struct periph p;
    struct clock *kernel;
    struct clock_listener listener;
    struct fmc_sdram sdram[FMC_SDRAM_BANKS];
};

/* The lines between FMC and memory as the registers have them, or as they are. */
struct fmc_lines {
    uint8_t width; /* 8, 16, 32; 0: reserved */
    uint8_t columns, rows, banks;
};

/* sdram.c */
bool sdram_is_ready(const struct fmc *f, unsigned bank);
struct fmc_lines sdram_lines(const struct fmc *f, unsigned bank);
uint32_t sdram_size(const struct fmc_lines *lines);
/* SDCMR was written; SDCR1 has stopped SDCLK. */
void sdram_command(struct fmc *f);
void sdram_stop(struct fmc *f);
/* Which byte of the memory `have` a byte of the bank set up as `set` is; false: a line that is not wired. */
bool sdram_cell(const struct fmc_lines *set, const struct fmc_lines *have, uint32_t offset,
                uint32_t *cell);

/* banks.c */
/* Opens the slots that answer by themselves now, closes the others. */
void banks_settle(struct fmc *f);
void banks_connect(struct fmc *f);

#endif
