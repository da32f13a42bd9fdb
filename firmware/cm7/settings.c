/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/settings.h"

#include <string.h>

#include "core/err.h"
#include "core/le.h"
#include "core/store.h"
#include "firmware/cm7/flash.h"

#define OPTION_FAHRENHEIT 1U
#define RECORD_MAGIC 0x31504443U /* "CDP1" */

struct settings settings;

static struct store store;
static uint8_t bytes[RECORD_SIZE]; /* as in flash, or on the way there */
static enum { JOB_NONE, JOB_SAVE, JOB_TIDY } job;
static bool is_save_due;
static bool may_tidy;
static int last_result;
static bool is_saved_other; /* what is in flash has another bus or other sources than what runs */
static bool is_saving_other;

_Static_assert(RECORD_SIZE == STORE_RECORD_SIZE, "the log's slots hold records");

/*
 * No record in the log: is there a broken one at the sector's start? Anything else is no settings.
 */
static int broken_plain(void)
{
    uint8_t word[STORE_WORD];
    if (!flash_ops.read(NULL, 0, word)) {
        return GAUGE_ERR_CRC;
    }
    settings.is_blank = le_get_u32(word) != RECORD_MAGIC;
    return settings.is_blank ? GAUGE_ERR_MAGIC : GAUGE_ERR_CRC;
}

static int read_record(void)
{
    store_open(&store, &flash_ops, NULL);
    if (store.found == STORE_NOTHING) {
        return broken_plain();
    }
    if (!store_read(&store, bytes)) {
        return GAUGE_ERR_CRC;
    }
    settings.is_fahrenheit = (store.option & OPTION_FAHRENHEIT) != 0;
    return record_parse(&settings.record, bytes, RECORD_SIZE);
}

void settings_load(void)
{
    memset(&settings, 0, sizeof settings);
    is_saved_other = false;
    settings.error = read_record();
    settings.is_own = settings.error >= 0;
    if (!settings.is_own) {
        record_default(&settings.record);
    }
    settings.draft = settings.record;
}

void settings_apply(void)
{
    settings.is_unsaved = true;
    if (settings.is_other) {
        return;
    }
    memcpy(settings.record.name, settings.draft.name, sizeof settings.record.name);
    for (uint32_t i = 0; i < settings.record.dial_count; i++) {
        struct gauge_config *to = &settings.record.dial[i];
        const struct source_config source = to->source;
        const uint16_t period_us = to->period_us;
        *to = settings.draft.dial[i];
        to->source = source;
        to->period_us = period_us;
    }
}

void settings_revert(void)
{
    if (!settings.is_own || record_parse(&settings.draft, bytes, RECORD_SIZE) < 0) {
        record_default(&settings.draft);
    }
    settings.is_other = is_saved_other;
    settings_apply();
    settings.is_fahrenheit = (store.option & OPTION_FAHRENHEIT) != 0;
    settings.is_unsaved = false;
}

void settings_replace(const struct record *record)
{
    settings.draft = *record;
    settings.is_unsaved = true;
    settings.is_other = true;
}

void settings_factory(void)
{
    record_default(&settings.draft);
    settings.is_unsaved = true;
    settings.is_other = true;
}

void settings_save(void)
{
    is_save_due = true;
    last_result = STORE_BUSY;
}

/* The draft was valid when it was set; `bytes` must not change until the job has ended. */
static void begin_save(void)
{
    is_save_due = false;
    if (record_build(&settings.draft, bytes, RECORD_SIZE) < 0) {
        last_result = STORE_FAILED;
        return;
    }
    job = JOB_SAVE;
    is_saving_other = settings.is_other;
    store_save(&store, bytes, settings.is_fahrenheit ? OPTION_FAHRENHEIT : 0U);
}

static void end_job(int result)
{
    if (job == JOB_SAVE) {
        last_result = result;
        if (result == STORE_DONE) {
            settings.is_unsaved = false;
            settings.is_own = true;
            is_saved_other = is_saving_other;
        }
        may_tidy = result == STORE_DONE;
        if (!may_tidy) {
            (void)store_read(&store, bytes); /* for settings_revert() */
        }
    } else {
        may_tidy = false; /* done, or no use in trying again now */
    }
    job = JOB_NONE;
}

int settings_poll(void)
{
    if (job != JOB_NONE) {
        const int result = store_step(&store);
        if (result != STORE_BUSY) {
            end_job(result);
        }
    } else if (is_save_due) {
        begin_save();
    } else if (may_tidy) {
        job = JOB_TIDY; /* which may find nothing to do */
        store_tidy(&store);
    }
    return last_result;
}

bool settings_is_hurried(void)
{
    return is_save_due || may_tidy || (job != JOB_NONE && store.phase != STORE_ERASE);
}

bool settings_is_busy(void)
{
    return job != JOB_NONE || is_save_due || may_tidy;
}

void settings_allow_tidying(void)
{
    may_tidy = job == JOB_NONE;
}

uint32_t settings_erases(void)
{
    return store.erases;
}
