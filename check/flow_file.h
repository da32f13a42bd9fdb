/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What the code has left in the registers that make clocks, voltage scale and wait states, as far as it is known.
 * A way through the code has up to FLOW_FILES_MAX of these files, each a combination that belongs together.
 */
#ifndef CHECK_FLOW_FILE_H
#define CHECK_FLOW_FILE_H

#include "check/flow_bits.h"

#include <stddef.h>

/* RM0399 Rev 4: 9.7.2 to 9.7.17, 4.9.1, 7.8.7, 13.3.10. */
enum flow_file_reg {
    FLOW_FILE_CR,
    FLOW_FILE_CFGR,
    FLOW_FILE_D1CFGR,
    FLOW_FILE_D2CFGR,
    FLOW_FILE_D3CFGR,
    FLOW_FILE_PLLCKSELR,
    FLOW_FILE_PLLCFGR,
    FLOW_FILE_PLL1DIVR,
    FLOW_FILE_PLL1FRACR,
    FLOW_FILE_PLL2DIVR,
    FLOW_FILE_PLL2FRACR,
    FLOW_FILE_PLL3DIVR,
    FLOW_FILE_PLL3FRACR,
    FLOW_FILE_ACR,
    FLOW_FILE_D3CR,
    FLOW_FILE_PWRCR,
    FLOW_FILE_REGS
};

extern const uint32_t flow_file_addresses[FLOW_FILE_REGS];
/* Fields that decide about a frequency, a scale or wait states; others are not kept. */
extern const uint32_t flow_file_fields[FLOW_FILE_REGS];

struct flow_file {
    struct {
        uint32_t mask, value;               /* value is 0 where mask, the known bits, is */
        uint32_t unseen_mask, unseen_value; /* of those the ones that unseen stores have left */
    } reg[FLOW_FILE_REGS];
    uint32_t
        murky; /* 1: on the way something was stored to a field that decides, and it is not known what */
    uint32_t unseen_pc;      /* the last store on the way that was never seen to run; 0: none */
    uint32_t unseen_address; /* and its register */
    uint32_t lost; /* 1: on the way too much was possible, and what was known before was given up */
    uint32_t
        early; /* 1: it may also be as the reset leaves it, but for unseen stores (flow_program) */
};

/* All that there are, once each; number 0 is the one of which nothing is known. */
struct flow_files {
    struct flow_file *list;
    size_t count, room;
    uint16_t *slots; /* hash table of numbers + 1 */
};

/* Different files; beyond, nothing is known. */
#define FLOW_FILES_ALL 32768u
#define FLOW_FILE_UNKNOWN 0u
#define FLOW_FILES_MAX 12u

/* Numbers of files, in order. More than FLOW_FILES_MAX are FLOW_FILE_UNKNOWN. */
struct flow_file_set {
    uint8_t count;
    uint16_t number[FLOW_FILES_MAX];
};

/* False: out of memory. */
bool flow_files_open(struct flow_files *f) __attribute__((warn_unused_result));
void flow_files_close(struct flow_files *f);

uint16_t flow_file_number(struct flow_files *f, const struct flow_file *file);
/* True if it was not in the set. */
bool flow_file_add(struct flow_file_set *set, uint16_t number);
bool flow_file_join(struct flow_file_set *set, const struct flow_file_set *more);

/* The register at a word's address, by either of FLASH_ACR's; FLOW_FILE_REGS: none. */
enum flow_file_reg flow_file_reg_at(uint32_t address);
/* A store to `reg`, or a part of it. */
struct flow_file_change {
    enum flow_file_reg reg;
    uint32_t pc, address, size;
    struct flow_bits value;
    bool seen; /* it was seen to run, and to write this */
};
/* The file behind it. */
uint16_t flow_file_store(struct flow_files *f, uint16_t number,
                         const struct flow_file_change *change);
/* A file of which everything is known. */
struct flow_file flow_file_of(const uint32_t registers[FLOW_FILE_REGS]);
/* A load of `reg`, or a part of it. */
struct flow_file_load {
    enum flow_file_reg reg;
    uint32_t address, size;
    bool flags_follow; /* what is on is ready; else such flags are not known. HSERDY never is */
};
/* What it gives. */
struct flow_bits flow_file_load(const struct flow_file *file, const struct flow_file_load *load);
/* The same file, no more early. */
uint16_t flow_file_late(struct flow_files *f, uint16_t number);
/* Known bits of `file`, all others of `present`; `unseen`: only what unseen stores have left. */
void flow_file_over(const struct flow_file *file, bool unseen,
                    const uint32_t present[FLOW_FILE_REGS], uint32_t out[FLOW_FILE_REGS]);

#endif
