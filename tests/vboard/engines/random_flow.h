/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_ENGINES_RANDOM_FLOW_H
#define TESTS_VBOARD_ENGINES_RANDOM_FLOW_H

/* What changes the flow or needs others around it: branches of all kinds (each over one instruction, taken or
 * not), IT blocks, exclusives in pairs, barriers, special registers; and what stops a run. */
#include "tests/vboard/engines/random_code.h"

/* Puts one such thing. `put_one` puts an instruction that does nothing of the kind. */
void random_flow_put(struct random_code *c, struct random *r, bool m7,
                     bool (*put_one)(struct random_code *c, struct random *r, bool m7));
/* The last one: SVC, BKPT, UDF, WFI, WFE. */
void random_flow_end(struct random_code *c, struct random *r);

#endif
