/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_ST_LINK_H
#define VBOARD_PARTS_ST_LINK_H

/*
 * The ST-LINK's attempt to connect over SWD, as its user sees it. The debug port lives on VCORE: it
 * answers if VCORE is there, whatever the cores do, and it is not reset by NRST (RM0399 Table 56). The
 * target voltage that the ST-LINK reads is VDD: it looks good in a deadlock.
 *
 * Left out: SWD itself (a debugger connects through the GDB server), DBGMCU's clocks in Stop, readout
 * protection.
 */
#include <stdbool.h>
#include <stddef.h>

struct chip;
struct supply;

/* What it says goes into `text`, lines ended by \n but the last. True: connected. */
bool st_link_probe(const struct chip *c, const struct supply *s, char *text, size_t size);

#endif
