/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* show, set, save, revert, factory. */
#include <stddef.h>
#include <string.h>

#include "core/err.h"
#include "core/store.h"
#include "firmware/cm7/answer.h"
#include "firmware/cm7/commands.h"
#include "firmware/cm7/dials.h"
#include "firmware/cm7/flash.h"
#include "firmware/cm7/keys.h"
#include "firmware/cm7/settings.h"
#include "firmware/cm7/shell.h"

static const char unknown_key[] = "unknown key, see show";

static bool has_many_dials(void)
{
    return settings.draft.dial_count > 1;
}

static void show_key(const char *prefix, const struct profile_key *key, uint32_t dial,
                     const char *suffix)
{
    struct text text;
    text_clear(&text);
    text_string(&text, prefix);
    if (key->is_of_dial && has_many_dials()) {
        text_format(&text, "%u.", dial + 1U);
    }
    text_format(&text, "%s ", key->name);
    key_show(&text, key, &settings.draft, dial, settings.is_fahrenheit);
    text_string(&text, suffix);
    answer_text(&text);
}

static void show_all(void)
{
    for (uint32_t dial = 0; dial < settings.draft.dial_count; dial++) {
        for (unsigned i = 0; i < profile_key_count; i++) {
            if (profile_keys[i].is_of_dial || dial == 0) {
                show_key("", &profile_keys[i], dial, "");
            }
        }
    }
    answer_line("units %s", settings.is_fahrenheit ? "F" : "C");
}

void command_show(int count, char **word)
{
    uint32_t dial;
    if (count == 1) {
        show_all();
        answer_ok(settings.is_unsaved ? "show, unsaved" : "show");
        return;
    }
    const struct profile_key *key = key_find(&settings.draft, word[1], &dial);
    if (key == NULL) {
        answer_error(word[1], unknown_key);
    } else {
        show_key("ok ", key, dial, "");
    }
}

static void set_units(const char *unit)
{
    if ((*unit != 'F' && *unit != 'C') || unit[1] != '\0') {
        answer_error(unit, "F or C");
        return;
    }
    settings.is_fahrenheit = *unit == 'F';
    settings.is_unsaved = true;
    answer_ok("units %s", unit);
}

/* The draft as it would be, whole and checked, before anything is changed. */
void command_set(int count, char **word)
{
    static struct record changed;
    uint32_t dial;
    int bad;
    int wrong_dial;
    if (strcmp(word[1], "units") == 0) {
        set_units(word[2]);
        return;
    }
    const struct profile_key *key = key_find(&settings.draft, word[1], &dial);
    if (key == NULL) {
        answer_error(word[1], unknown_key);
        return;
    }
    changed = settings.draft;
    const char *reason =
        key_set(key, &changed, dial, count - 2, word + 2, settings.is_fahrenheit, &bad);
    if (reason == NULL) {
        const int error = record_validate(&changed, &wrong_dial);
        if (error < 0) {
            reason = gauge_err_text(error);
            bad = key_blame(key, &changed, dial, error);
        }
    }
    if (reason != NULL) {
        answer_error(word[2 + bad], reason);
        return;
    }
    settings.draft = changed;
    settings_apply();
    dials_retune();
    show_key("ok ", key, dial, key->is_late ? ", after save and reboot" : "");
}

static bool is_saved(void)
{
    const int result = settings_poll();
    if (result == STORE_BUSY) {
        return false;
    }
    if (result == STORE_DONE) {
        answer_ok("saved, flash erased %u times", settings_erases());
    } else {
        answer_error("save", flash_trouble());
    }
    return true;
}

void command_save(int count, char **word)
{
    (void)count;
    (void)word;
    if (!settings.is_unsaved) {
        answer_ok("saved already");
        return;
    }
    settings_save();
    shell_wait(is_saved);
}

void command_revert(int count, char **word)
{
    (void)count;
    (void)word;
    settings_revert();
    dials_retune();
    answer_ok("%s", settings.draft.name);
}

void command_factory(int count, char **word)
{
    (void)count;
    (void)word;
    settings_factory();
    answer_ok("%s, after save and reboot", settings.draft.name);
}
