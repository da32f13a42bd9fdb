/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/scan_clocks.h"

#include "check/judge.h"
#include "check/spare.h"

#include <stdlib.h>
#include <string.h>

/* Different states in which starts ended. */
#define STATES 4u

struct check_clock_scan {
    struct check_spare *spare;
    bool both; /* cores have an image */
    struct flow_file at_reset, as_was[STATES];
    uint32_t last_pc[STATES][CORE_COUNT];
    uint32_t reset_state[FLOW_FILE_REGS], states[STATES][FLOW_FILE_REGS];
    size_t state_count;
};

static void add_state(struct check_clock_scan *scan, const uint32_t *registers,
                      const uint32_t *last_pc)
{
    const struct flow_file file = flow_file_of(registers);
    for (size_t i = 0; i < scan->state_count; i++) {
        if (memcmp(&scan->as_was[i], &file, sizeof file) == 0) {
            return;
        }
    }
    if (scan->state_count < STATES) {
        memcpy(scan->states[scan->state_count], registers, sizeof scan->states[0]);
        memcpy(scan->last_pc[scan->state_count], last_pc, sizeof scan->last_pc[0]);
        scan->as_was[scan->state_count++] = file;
    }
}

/* What starts ended with that came to run. Behind the boot ROM nothing does; nor may it where something was done to it, as
 * when it gives up without HSE. */
static void add_states(struct check_clock_scan *scan, const struct check_report *report)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        const struct check_boot *boot = &report->boots[i];
        if (boot->history != CHECK_AFTER_ROM && !boot->vcore_lost && !check_is_stimulated(boot)) {
            add_state(scan, boot->registers, boot->last_pc);
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
    check_spare_at_reset(scan->spare, scan->reset_state);
    scan->at_reset = flow_file_of(scan->reset_state);
    scan->both = !report->boots[0].core[CORE_CM7].empty && !report->boots[0].core[CORE_CM4].empty;
    add_states(scan, report);
    if (scan->state_count == 0) {
        add_state(scan, scan->reset_state, (const uint32_t[CORE_COUNT]){0});
    }
    return scan;
}

void check_clock_scan_destroy(struct check_clock_scan *scan)
{
    if (scan != NULL) {
        check_spare_destroy(scan->spare);
        free(scan);
    }
}

size_t check_clock_states(const struct check_clock_scan *scan)
{
    return scan->state_count;
}

void check_clocks_beside(const struct check_clock_scan *scan, size_t state, enum core core,
                         struct flow_beside *beside)
{
    beside->last_pc = scan->last_pc[state][core];
    beside->at_reset = &scan->at_reset;
    beside->as_was = &scan->as_was[state];
    beside->others = scan->both;
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

const struct check_harm *check_clocks_harm(struct check_clock_scan *scan, size_t state,
                                           const struct flow_file *file)
{
    if (file->unseen_pc == 0) {
        return NULL;
    }
    const struct check_harm *harm = harm_in(scan, file, scan->states[state]);
    if (harm == NULL && file->early != 0) {
        harm = try_over(scan, file, true, scan->reset_state);
        harm = harm->finding.count > 0 ? harm : NULL;
    }
    return harm;
}

bool check_clocks_possible(struct check_clock_scan *scan, size_t state,
                           const struct flow_file *file)
{
    return try_over(scan, file, false, scan->states[state])->finding.count == 0;
}
