/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a store that the data flow found means, given what was seen when the image ran. */
#ifndef CHECK_FLOW_RULE_H
#define CHECK_FLOW_RULE_H

#include "check/flow_image.h"
#include "vboard/kernel/supply.h"

struct flow_facts {
    enum supply_wiring wiring;
    bool selects_first; /* in every start from power-on it was seen to select a supply that fits */
    flow_was_seen *ran;
    void *context;
};

enum flow_doubt {
    FLOW_NO_DOUBT, /* it ran, or does no harm whatever it writes */
    FLOW_LATER, /* would select what does not fit, but PWR_CR3 is locked by then (RM0399 7.8.4) */
    FLOW_OPTION_CODE,    /* would change the option bytes */
    FLOW_TAKES_VCORE,    /* would select a supply that does not fit the wiring */
    FLOW_OVERVOLTAGE,    /* would put VOS0, or 1.8 or 2.5 V, on VCORE from the SMPS */
    FLOW_LOCKS_FOR_EVER, /* would set readout protection level 2 (RM0399 4.9.9: RDP) */
};

/* `value`: of those the site may store, the one that is meant; flow_unknown() if any. */
enum flow_doubt flow_judge(const struct flow_site *site, const struct flow_facts *facts,
                           struct flow_bits *value);

/* May the supply selected by these low bits of PWR_CR3 take VCORE away, or give it too much? */
enum flow_doubt flow_judge_selection(enum supply_wiring wiring, struct flow_bits cr3);

#endif
