/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_OPTION_BYTES_H
#define VBOARD_CHIP_OPTION_BYTES_H

/*
 * The option bytes that hold now (RM0399 4.4): non-volatile, changed by the FLASH model alone. Who depends
 * on them (RCC, IWDG, SYSCFG, the board's BOR) reads them at reset, as the chip does: no listeners.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/access.h"

struct option_bytes {
    uint32_t optsr, boot7, boot4;
    uint32_t prar[2], scar[2], wpsn[2]; /* [0] is bank 1 */
};

/* Factory values (Table 20), but for those of the three that are not 0. */
void option_bytes_init(struct option_bytes *o, uint32_t optsr, uint32_t boot7, uint32_t boot4);
/* BCM7, BCM4: may the core boot by itself? */
bool option_bytes_boot(const struct option_bytes *o, enum core core);
/* Is IWDG `number` (1, 2) started by hardware? */
bool option_bytes_hardware_watchdog(const struct option_bytes *o, unsigned number);
/* Where `core` fetches its vectors after a reset, as BOOT0 chooses. */
uint32_t option_bytes_boot_address(const struct option_bytes *o, enum core core, bool boot0);

#endif
