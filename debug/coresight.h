/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a probe finds when it looks around: ROM tables, and by which registers the components at their entries can be
 * told (RM0399 63.5.1, 63.6.1, 63.7.1; IHI 0029 B2).
 */
#ifndef DEBUG_CORESIGHT_H
#define DEBUG_CORESIGHT_H

#include <stdbool.h>
#include <stdint.h>

enum coresight_bus { CORESIGHT_CM7, CORESIGHT_CM4, CORESIGHT_SYSTEM, CORESIGHT_BUSES };

/* Which clock a component needs besides that of the debug port (63.3.3): the bit of DBGMCU_CR that lets it pass; 0:
 * none. */
uint32_t coresight_clock(enum coresight_bus bus, uint32_t address);
/* False: no ROM table's page, nor an identification register (0xFB8 to 0xFFC) of a component. */
bool coresight_read(enum coresight_bus bus, uint32_t address, uint32_t *value);

#endif
