/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/flow_rule.h"

/* PWR_CR3: SDLEVEL, SDEXTHP, SDEN, LDOEN, BYPASS (RM0399 7.8.4). */
#define SELECTION 0x3Fu
#define ODEN 1u           /* SYSCFG_PWRCR bit 0 */
#define OPTSTART 2u       /* FLASH_OPTCR bit 1 (4.9.7) */
#define RDP_LEVEL_2 0xCCu /* FLASH_OPTSR_PRG bits 15..8 (4.9.9) */
#define RDP_POS 8u

#define BYPASS 0x01u
#define LDOEN 0x02u
#define SDEN 0x04u
#define SDEXTHP 0x08u
#define SDLEVEL 0x30u

/* RM0399 Table 33, row by row. What it does not name is refused, and locks all the same. */
static bool is_legal(uint32_t cr3)
{
    bool has_level = (cr3 & SDLEVEL) != 0;
    if ((cr3 & LDOEN) != 0) {
        return (cr3 & BYPASS) == 0 && ((cr3 & SDEN) == 0 || has_level);
    }
    if ((cr3 & SDEN) == 0) {
        return (cr3 & BYPASS) != 0;
    }
    return (cr3 & BYPASS) != 0 ? (cr3 & SDEXTHP) != 0 && has_level : (cr3 & SDEXTHP) == 0;
}

static enum flow_doubt of_selection(enum supply_wiring wiring, uint32_t cr3)
{
    struct supply s;
    if (!is_legal(cr3)) {
        return FLOW_NO_DOUBT;
    }
    supply_init(&s, wiring);
    supply_select(&s, &(struct supply_request){.cr3 = (uint8_t)cr3, .configured = true, .vos = 1},
                  0);
    return supply_lost(&s) ? FLOW_TAKES_VCORE : s.protected_ ? FLOW_OVERVOLTAGE : FLOW_NO_DOUBT;
}

enum flow_doubt flow_judge_selection(enum supply_wiring wiring, struct flow_bits cr3)
{
    enum flow_doubt worst = FLOW_NO_DOUBT;
    for (uint32_t i = 0; i <= SELECTION; i++) {
        bool possible = cr3.kind != FLOW_BITS || ((i ^ cr3.value) & cr3.mask & SELECTION) == 0;
        enum flow_doubt one = possible ? of_selection(wiring, i) : FLOW_NO_DOUBT;
        worst = worst == FLOW_NO_DOUBT || one == FLOW_TAKES_VCORE ? one : worst;
    }
    return worst;
}

/* What is stored, seen from the register's bit 0. False: none of its low byte. */
static bool in_register(const struct flow_site *site, struct flow_bits stored,
                        struct flow_bits *value)
{
    uint32_t before = flow_watches[site->range].address - site->address;
    *value = site->exact ? flow_shift(FLOW_LSR, stored, 8u * (before & 3u)) : flow_unknown();
    return !site->exact || before < site->size;
}

static bool may_set(struct flow_bits value, uint32_t bit)
{
    return value.kind != FLOW_BITS || (value.mask & bit) == 0 || (value.value & bit) != 0;
}

/* FLASH_OPTSR_PRG is the first of the option registers. */
static enum flow_doubt of_options(const struct flow_site *site, struct flow_bits stored)
{
    uint32_t offset = site->address - flow_watches[FLOW_OPTIONS].address;
    struct flow_bits rdp = flow_extract(stored, RDP_POS, 8, false);
    return site->exact && offset == 0 && flow_is_constant(rdp) && rdp.value == RDP_LEVEL_2
               ? FLOW_LOCKS_FOR_EVER
               : FLOW_NO_DOUBT;
}

static enum flow_doubt of_value(const struct flow_site *site, const struct flow_facts *facts,
                                struct flow_bits stored)
{
    struct flow_bits value;
    bool hits_low_byte = in_register(site, stored, &value);
    switch (site->range) {
    case FLOW_PWR_CR3:
        return hits_low_byte ? flow_judge_selection(facts->wiring, value) : FLOW_NO_DOUBT;
    case FLOW_SYSCFG_PWRCR:
        return hits_low_byte && site->exact && facts->wiring == SUPPLY_SMPS && may_set(value, ODEN)
                   ? FLOW_OVERVOLTAGE
                   : FLOW_NO_DOUBT;
    case FLOW_OPTCR:
    case FLOW_OPTCR_BANK2:
        return hits_low_byte && site->exact && may_set(value, OPTSTART) ? FLOW_OPTION_CODE
                                                                        : FLOW_NO_DOUBT;
    case FLOW_OPTIONS:
        return of_options(site, stored);
    default: /* clocks, wait states, scales: as good as what they are set to, with the others */
        return FLOW_NO_DOUBT;
    }
}

/* PWR_CR3 is write-once: behind a selection that fits nothing else has an effect until VDD goes, and then the
 * image selects again. Exceptions come when it has been selected. */
static enum flow_doubt if_later(const struct flow_site *site, const struct flow_facts *facts,
                                enum flow_doubt doubt)
{
    bool locked = site->range == FLOW_PWR_CR3 && facts->selects_first && site->after_once;
    return locked && doubt != FLOW_NO_DOUBT ? FLOW_LATER : doubt;
}

enum flow_doubt flow_judge(const struct flow_site *site, const struct flow_facts *facts,
                           struct flow_bits *value)
{
    enum flow_doubt worst = FLOW_NO_DOUBT;
    *value = flow_unknown();
    for (unsigned i = 0; i < site->value.count; i++) {
        struct flow_bits one = site->value.one[i];
        enum flow_doubt doubt = of_value(site, facts, one);
        if (doubt > worst && !facts->ran(facts->context, site, one)) {
            worst = doubt;
            *value = one;
        }
    }
    return if_later(site, facts, worst);
}
