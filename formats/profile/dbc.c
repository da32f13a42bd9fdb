/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `broadcast: {dbc: file.dbc, message: M, signal: S}`: a signal by its name. */
#include "formats/profile/broadcast.h"

#include "formats/dbc/signal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `name` beside the profile. */
static bool path_beside(const char *profile, const char *name, char *path, size_t size)
{
    const char *slash = strrchr(profile, '/');
    int folder = slash == NULL || name[0] == '/' ? 0 : (int)(slash - profile) + 1;
    int length = snprintf(path, size, "%.*s%s", folder, profile, name);
    return length > 0 && (size_t)length < size;
}

static struct dbc *load(const struct yaml_value *value)
{
    char path[4096];
    char problem[200];
    const char *name = yaml_text(value);
    if (name == NULL) {
        return NULL;
    }
    if (!path_beside(value->file->path, name, path, sizeof path)) {
        yaml_fail(value, "the name is too long: move the file nearer");
        return NULL;
    }
    struct dbc *dbc = dbc_load(path, problem, sizeof problem);
    if (dbc == NULL) {
        yaml_fail(value, "%s", problem);
    }
    return dbc;
}

/* Raw values that need not be kept apart, from low to high. */
static int compare_ranges(const void *left, const void *right)
{
    const struct source_range *a = left;
    const struct source_range *b = right;
    return a->lo < b->lo ? -1 : a->lo > b->lo;
}

static size_t join_ranges(struct source_range *ranges, size_t count)
{
    size_t kept = 0;
    qsort(ranges, count, sizeof *ranges, compare_ranges);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 &&
            (ranges[kept - 1].hi == UINT32_MAX || ranges[i].lo <= ranges[kept - 1].hi + 1)) {
            uint32_t end = ranges[kept - 1].hi;
            ranges[kept - 1].hi = ranges[i].hi > end ? ranges[i].hi : end;
        } else {
            ranges[kept++] = ranges[i];
        }
    }
    return kept;
}

/*
 * J1939-71: the upper values of every field are no values, from FBh of 8 bits and FB00h of 16 bits on
 * (parameter specific, reserved, error FEh, not available FFh).
 */
static bool j1939_range(const struct dbc_message *message, const struct dbc_signal *signal,
                        struct source_range *range)
{
    unsigned length = signal->bits.length_bits;
    if (!dbc_message_is_j1939(message) || (length != 8 && length != 16 && length != 32)) {
        return false;
    }
    *range = (struct source_range){0xFBu << (length - 8), UINT32_MAX >> (32 - length)};
    return true;
}

/* Raw values whose texts mean that there is none, because there is no sensor or for another reason. */
static size_t collect(const struct dbc_signal *signal, bool not_fitted, struct source_range *ranges)
{
    size_t count = 0;
    uint64_t all = UINT64_MAX >> (64 - signal->bits.length_bits);
    for (uint32_t i = 0; i < signal->text_count; i++) {
        const char *text = signal->texts[i].text;
        uint64_t raw = (uint64_t)signal->texts[i].raw;
        bool is_held = signal->texts[i].raw < 0 || raw <= all;
        raw &= all;
        if (is_held && raw <= UINT32_MAX && dbc_text_is_invalid(text) &&
            dbc_text_is_not_fitted(text) == not_fitted) {
            ranges[count++] = (struct source_range){(uint32_t)raw, (uint32_t)raw};
        }
    }
    return count;
}

static bool add_invalid(const struct yaml_value *value, const struct dbc_message *message,
                        const struct dbc_signal *signal, struct source_broadcast *source)
{
    size_t absent = 0;
    size_t count = 0;
    struct source_range *ranges = calloc(signal->text_count + 1, sizeof *ranges);
    if (ranges == NULL) {
        return yaml_fail(value, "out of memory");
    }
    if (!source->is_float) {
        absent = join_ranges(ranges, collect(signal, true, ranges));
        count = collect(signal, false, ranges + absent);
        count += j1939_range(message, signal, &ranges[absent + count]);
        count = absent + join_ranges(ranges + absent, count);
    }
    bool good = count <= SOURCE_INVALID_MAX;
    if (good) {
        memcpy(source->invalid, ranges, count * sizeof *ranges);
        source->invalid_count = (uint8_t)count;
        source->not_fitted = (uint8_t)((1u << absent) - 1u);
    }
    free(ranges);
    return good || yaml_fail(value,
                             "has %zu separate raw values that mean \"no value\": give the "
                             "%d that matter as `invalid`",
                             count, SOURCE_INVALID_MAX);
}

/* The pages it is on, from the innermost switch out. */
static bool add_pages(const struct yaml_value *value, const struct dbc_message *message,
                      const struct dbc_signal *signal, struct source_broadcast *source)
{
    for (; signal->parent >= 0; signal = &message->signals[signal->parent]) {
        const struct dbc_signal *parent = &message->signals[signal->parent];
        uint32_t page = signal->pages[0].low;
        if (signal->page_count != 1 || signal->pages[0].high != page) {
            return yaml_fail(value,
                             "is on several pages of %.40s: name one as "
                             "`mux: {signal: %.40s, equals: N}`",
                             parent->name, parent->name);
        }
        if (!profile_add_condition(value, source, CONDITION_PAGE, &parent->bits, page)) {
            return false;
        }
    }
    return true;
}

static bool find_unit(const struct yaml_value *broadcast, const struct yaml_value *value,
                      const struct dbc_signal *signal, enum temperature_unit *unit)
{
    struct yaml_value given;
    *unit = dbc_temperature_unit(signal->unit);
    if (*unit != UNIT_OTHER || yaml_find(broadcast, "unit", &given)) {
        return true;
    }
    return yaml_fail(value, "has the unit `%.40s`: choose a temperature, or say `unit: C` (K, F)",
                     signal->unit);
}

static bool take_signal(const struct yaml_value *broadcast, const struct yaml_value *value,
                        const struct dbc_signal *signal, struct broadcast_draft *draft)
{
    struct yaml_value given;
    struct source_broadcast *source = &draft->source;
    source->id = draft->message->id;
    source->id_mask = draft->message->id_mask;
    source->extended = draft->message->extended;
    source->bits = signal->bits;
    source->is_signed = signal->kind == DBC_SIGNED;
    source->is_float = signal->kind == DBC_FLOAT32 || signal->kind == DBC_FLOAT64;
    source->scale = signal->scale;
    source->offset = signal->offset;
    return find_unit(broadcast, value, signal, &draft->unit) &&
           (yaml_find(broadcast, "mux", &given) ||
            add_pages(value, draft->message, signal, source)) &&
           (yaml_find(broadcast, "invalid", &given) ||
            add_invalid(value, draft->message, signal, source));
}

bool profile_read_dbc(const struct yaml_value *broadcast, struct broadcast_draft *draft,
                      struct dbc **dbc)
{
    struct yaml_value at;
    const char *name = NULL;
    if (!yaml_find(broadcast, "dbc", &at) || (*dbc = load(&at)) == NULL) {
        return false;
    }
    if (!yaml_find(broadcast, "message", &at) || (name = yaml_text(&at)) == NULL) {
        return false;
    }
    draft->message = dbc_find_message(*dbc, name);
    if (draft->message == NULL) {
        return yaml_fail(&at, "no message is called %.60s: see `candial dbc FILE`", name);
    }
    if (!yaml_find(broadcast, "signal", &at) || (name = yaml_text(&at)) == NULL) {
        return false;
    }
    const struct dbc_signal *signal = dbc_find_signal(draft->message, name);
    if (signal == NULL) {
        return yaml_fail(&at, "message %.40s has no signal %.60s: see `candial dbc FILE`",
                         draft->message->name, name);
    }
    return take_signal(broadcast, &at, signal, draft);
}
