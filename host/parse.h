/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Numbers with units, as they are written on the command line. */
#ifndef HOST_PARSE_H
#define HOST_PARSE_H

#include <stdbool.h>
#include <stdint.h>

/* "90", "1.5s", "300ms", "20us", "2min" into picoseconds; up to 213 days. */
bool parse_duration(const char *text, uint64_t *ps);

/* "8M", "8.333M", "32768": into microhertz. */
bool parse_frequency(const char *text, uint64_t *uhz);

/* A 32-bit number, decimal or 0x hexadecimal. */
bool parse_u32(const char *text, uint32_t *value);

bool parse_u64(const char *text, uint64_t *value);

/* "192.168.0.1": the first number highest. */
bool parse_ipv4(const char *text, uint32_t *address);

/* A positive number. */
bool parse_positive(const char *text, double *value);

#endif
