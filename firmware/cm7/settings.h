/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_SETTINGS_H
#define CM7_SETTINGS_H

#include <stdbool.h>

#include "core/record.h"

/*
 * The profile that runs, the draft of it that the console edits, and their way to and from flash
 * (core/store.h). Main loop only.
 */
struct settings {
    struct record record; /* runs; its sources and its bus are those from the start */
    struct record draft;  /* what `save` saves */
    bool is_own;          /* from flash; else the compiled-in profile */
    int error;            /* why not: enum gauge_err */
    bool is_blank;        /* nothing was ever saved: no error, just no settings */
    bool is_fahrenheit;   /* how the console shows and takes temperatures */
    bool is_unsaved;      /* the draft is not what is in flash */
    bool is_other;        /* the draft's bus or sources are not those that run: after a reboot */
};

extern struct settings settings;

/* Reads the record, or falls back to the compiled-in one. Never fails, never faults. */
void settings_load(void);

/*
 * The draft has been changed: what can be changed while it runs is, at once (not the dials:
 * retune).
 */
void settings_apply(void);

/* The draft as it was at the start or at the last save; the compiled-in profile. */
void settings_revert(void);
void settings_factory(void);

/* Another profile as draft, for the next start. */
void settings_replace(const struct record *record);

/* Begins to save the draft; settings_poll says how that goes. */
void settings_save(void);

/*
 * STORE_BUSY while a save is under way, else how the last one ended (core/store.h). Every turn of
 * the main loop; also prepares the other sector when there is time.
 */
int settings_poll(void);

/* There is something for settings_poll to do. */
bool settings_is_busy(void);
/* So soon that the main loop should not sleep: a word is being programmed. */
bool settings_is_hurried(void);
/* From now on (some seconds after the start) the other sector may be erased when it must. */
void settings_allow_tidying(void);

/* Erases of both sectors, ever. */
uint32_t settings_erases(void);

#endif
