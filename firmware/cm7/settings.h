/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_SETTINGS_H
#define CM7_SETTINGS_H

#include <stdbool.h>

#include "core/record.h"

/* Settings sector: flash bank 1, sector 6. The record is its first 1,024 bytes. */
#define SETTINGS_ADDRESS 0x080C0000UL

struct settings {
    struct record record;
    bool is_own;   /* from flash; else the compiled-in profile */
    int error;     /* why not: enum gauge_err; GAUGE_ERR_MAGIC also for an erased sector */
    bool is_blank; /* the sector was never written: no error, just no settings */
};

/* Reads the record, or falls back to the compiled-in one. Never fails, never faults. */
void settings_load(struct settings *settings);

#endif
