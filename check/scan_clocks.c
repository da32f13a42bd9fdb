/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/scan_clocks.h"

#include "check/spare.h"

#include <stdlib.h>
#include <string.h>

/* Different states in which starts ended. */
#define STATES 16u

struct check_clock_scan {
    struct check_spare *spare;
    bool both; /* cores have an image */
    struct flow_file at_reset;
    uint32_t states[STATES][FLOW_FILE_REGS];
    size_t state_count;
};

static void add_state(struct check_clock_scan *scan, const uint32_t *registers)
{
    const size_t size = sizeof scan->states[0];
    for (size_t i = 0; i < scan->state_count; i++) {
        if (memcmp(scan->states[i], registers, size) == 0) {
            return;
        }
    }
    if (scan->state_count < STATES) {
        memcpy(scan->states[scan->state_count++], registers, size);
    }
}

/* What starts ended with that came to run. Behind the boot ROM nothing does. */
static void add_states(struct check_clock_scan *scan, const struct check_report *report)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        const struct check_boot *boot = &report->boots[i];
        if (boot->history != CHECK_AFTER_ROM && !boot->vcore_lost) {
            add_state(scan, boot->registers);
        }
    }
}

struct check_clock_scan *check_clock_scan_create(const struct check_report *report)
{
    struct check_clock_scan *scan = calloc(1, sizeof *scan);
    if (scan == NULL) {
        return NULL;
    }
    scan->spare = check_spare_create(report->config);
    if (scan->spare == NULL) {
        free(scan);
        return NULL;
    }
    uint32_t values[FLOW_FILE_REGS];
    check_spare_at_reset(scan->spare, values);
    for (unsigned i = 0; i < FLOW_FILE_REGS; i++) {
        scan->at_reset.reg[i].mask = FLOW_ALL;
        scan->at_reset.reg[i].value = values[i];
    }
    scan->both = !report->boots[0].core[CORE_CM7].empty && !report->boots[0].core[CORE_CM4].empty;
    add_states(scan, report);
    return scan;
}

void check_clock_scan_destroy(struct check_clock_scan *scan)
{
    if (scan != NULL) {
        check_spare_destroy(scan->spare);
        free(scan);
    }
}

const struct flow_file *check_clocks_at_reset(const struct check_clock_scan *scan)
{
    return &scan->at_reset;
}

bool check_clocks_shared(const struct check_clock_scan *scan)
{
    return scan->both;
}

#define PLL_ON(x) (1u << (24u + 2u * (x))) /* RCC_CR (9.7.2) */

/* What a PLL depends on does not change while it is on (9.5.5): it must be known that the code has switched it. */
static void keep_plls(uint32_t known, const uint32_t *state, uint32_t *registers)
{
    for (unsigned i = 0; i < 3; i++) {
        if ((state[FLOW_FILE_CR] & ~known & PLL_ON(i)) != 0) {
            registers[FLOW_FILE_PLLCKSELR] = state[FLOW_FILE_PLLCKSELR];
            registers[FLOW_FILE_PLLCFGR] = state[FLOW_FILE_PLLCFGR];
            registers[FLOW_FILE_PLL1DIVR + 2 * i] = state[FLOW_FILE_PLL1DIVR + 2 * i];
            registers[FLOW_FILE_PLL1FRACR + 2 * i] = state[FLOW_FILE_PLL1FRACR + 2 * i];
        }
    }
}

static const struct check_harm *try_over(struct check_clock_scan *scan,
                                         const struct flow_file *file, bool unseen,
                                         const uint32_t *state)
{
    uint32_t registers[FLOW_FILE_REGS];
    flow_file_over(file, unseen, state, registers);
    keep_plls(unseen ? file->reg[FLOW_FILE_CR].unseen_mask : file->reg[FLOW_FILE_CR].mask, state,
              registers);
    return check_spare_try(scan->spare, registers);
}

/* Where the way leads over something that is not known, what is known of it does not belong together for certain:
 * then what was not seen must do harm alone, too. */
static const struct check_harm *harm_in(struct check_clock_scan *scan, const struct flow_file *file,
                                        const uint32_t *state)
{
    if (check_spare_try(scan->spare, state)->finding.count > 0) {
        return NULL;
    }
    const struct check_harm *harm = try_over(scan, file, false, state);
    if (harm->finding.count > 0 && file->murky != 0) {
        harm = try_over(scan, file, true, state);
    }
    return harm->finding.count > 0 ? harm : NULL;
}

/* On top of each state that does no harm by itself. */
static const struct check_harm *harm_of(struct check_clock_scan *scan, const struct flow_file *file)
{
    const struct check_harm *harm = NULL;
    for (size_t i = 0; i < scan->state_count && harm == NULL; i++) {
        harm = harm_in(scan, file, scan->states[i]);
    }
    if (harm == NULL && file->early != 0) {
        uint32_t at_reset[FLOW_FILE_REGS];
        flow_file_over(&scan->at_reset, false, scan->states[0], at_reset);
        harm = harm_in(scan, file, at_reset);
    }
    return harm;
}

const struct check_harm *check_clocks_harm(struct check_clock_scan *scan,
                                           const struct flow_file *file)
{
    return file->unseen_pc != 0 ? harm_of(scan, file) : NULL;
}
