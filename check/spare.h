/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What would these clocks do? A spare board without an image gets the registers that code would leave, and its
 * models say whether that is too fast, for the supply and voltage scale or for the flash, or no range of a PLL.
 */
#ifndef CHECK_SPARE_H
#define CHECK_SPARE_H

#include "check/check.h"
#include "check/flow_file.h"

struct check_harm {
    struct finding finding;                    /* its count is 0: there is none */
    struct check_member clocks[CHECK_MEMBERS]; /* of FOUND_OVERCLOCK */
    size_t clock_count;
};

struct check_spare;

/* NULL: out of memory. */
struct check_spare *check_spare_create(const struct check_config *config);
void check_spare_destroy(struct check_spare *spare);

/* What the registers hold when the power has come. */
void check_spare_at_reset(struct check_spare *spare, uint32_t out[FLOW_FILE_REGS]);
/* With these values. Each combination is tried once. */
const struct check_harm *check_spare_try(struct check_spare *spare,
                                         const uint32_t registers[FLOW_FILE_REGS]);

/* Reads the registers of a chip, as a debugger does. */
void check_file_read(struct chip *chip, uint32_t out[FLOW_FILE_REGS]);

#endif
