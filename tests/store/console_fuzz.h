/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STORE_CONSOLE_FUZZ_H
#define TESTS_STORE_CONSOLE_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/*
 * What may come in at a console: commands, commands with wrong bytes, words in no order, editing
 * keys, noise, endless lines. Everything but `reboot`, and no ~, which begins telemetry. The same
 * seed gives the same bytes.
 */
struct console_fuzz {
    uint64_t state;
    uint8_t piece[700];
    size_t length, at;
};

void console_fuzz_start(struct console_fuzz *fuzz, uint64_t seed);
uint8_t console_fuzz_byte(struct console_fuzz *fuzz);
/* A number below `limit`, from the same sequence. */
uint32_t console_fuzz_below(struct console_fuzz *fuzz, uint32_t limit);

#endif
