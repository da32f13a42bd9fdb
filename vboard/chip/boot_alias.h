/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_BOOT_ALIAS_H
#define VBOARD_CHIP_BOOT_ALIAS_H

/*
 * What the CM4 sees from 0 to 0xFFFF: the memory it has started from (RM0399 2.3.2, Table 6: "VTOR REMAP",
 * "selectable boot memory alias"). So a null pointer does no fault on that core: it reads the vector table
 * and writes to flash. Each such access is a finding, FOUND_NULL_ALIAS.
 *
 * Unknown: whether the alias follows SYSCFG_UR3 and UR4 at once or at the core's next start. Here: at the start.
 */
#include <stdint.h>

struct chip;

/* Behind all other regions, whose memory it shows. -1: out of memory. */
int boot_alias_init(struct chip *c);
/* The CM4 is about to start at `vector_table`. Where nothing lies there the alias is that of bank 2 (2.6: "the
 * default boot fetch address"). */
void boot_alias_aim(struct chip *c, uint32_t vector_table);

#endif
