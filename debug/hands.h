/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a debugger does to the board, in its words. All of it is kept for going back. */
#ifndef DEBUG_HANDS_H
#define DEBUG_HANDS_H

#include "debug/history.h"

struct hands {
    struct history *history;
};

void hands_set_register(struct hands *h, enum core core, enum cpu_reg reg, uint32_t value);
/* False: not all of it is there to be written. */
bool hands_write_memory(struct hands *h, enum core core, uint32_t address, const void *bytes,
                        uint32_t size);
/* Flash: whole sectors; false: they are not. And bytes into erased ones. */
bool hands_erase(struct hands *h, uint32_t address, uint32_t size);
bool hands_program(struct hands *h, uint32_t address, const void *bytes, uint32_t size);
/* As in a scenario: "power off"; what the ST-LINK says goes into `text`. False: there is no such action. */
bool hands_act(struct hands *h, const char *words, char *text, size_t size);
/* "7DF#0201005C0000", "18DB33F1#..", "123#R", "123##5AABB" as candump writes them; false: it is no frame. */
bool hands_send_can(struct hands *h, const char *frame);

#endif
