/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A core in a loop that does nothing but ask one word of RAM. */
#ifndef CHECK_RAM_WAIT_H
#define CHECK_RAM_WAIT_H

#include "check/check.h"

struct cpu;

/* Looks again: `wait` stays what it is as long as the core is in the same loop and the word holds the same; its
 * address is 0 if it never was, or no longer is. Zero before the first look. */
void check_ram_wait_look(struct check_ram_wait *wait, struct cpu *cpu);
/* May a DMA controller write to RAM: is any stream or channel on? */
bool check_dma_is_on(struct chip *chip);

/* Cores that wait for a word that no code stores to, as far as it can be read: items of a kind, and the starts' cores
 * marked. */
void check_words_awaited(struct check_report *report);

#endif
