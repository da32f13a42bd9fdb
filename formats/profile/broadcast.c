/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `source: {broadcast: ...}`: a signal by its bits, or by its name in a DBC file. */
#include "formats/profile/broadcast.h"
#include "formats/profile/source.h"

#include <math.h>
#include <stdio.h>

bool profile_read_range(const struct yaml_value *item, struct source_range *range)
{
    double low;
    double high;
    if (yaml_is_sequence(item)) {
        if (yaml_item_count(item) != 2) {
            return yaml_fail(item, "not a range: write [lowest, highest]");
        }
        struct yaml_value first = yaml_item(item, 0);
        struct yaml_value second = yaml_item(item, 1);
        if (!yaml_number(&first, 0, UINT32_MAX, &low) ||
            !yaml_number(&second, 0, UINT32_MAX, &high)) {
            return false;
        }
    } else if (!yaml_number(item, 0, UINT32_MAX, &low)) {
        return false;
    } else {
        high = low;
    }
    if (low > high || low != floor(low) || high != floor(high)) {
        return yaml_fail(item, "not raw values from low to high: use whole numbers in that order");
    }
    *range = (struct source_range){(uint32_t)low, (uint32_t)high};
    return true;
}

/* Those of the DBC file no longer count. */
static void drop_ranges(struct source_broadcast *source, bool not_fitted)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < source->invalid_count; i++) {
        bool is_not_fitted = ((unsigned)source->not_fitted >> i & 1u) != 0;
        if (is_not_fitted != not_fitted) {
            source->invalid[kept++] = source->invalid[i];
        }
    }
    source->invalid_count = (uint8_t)kept;
    source->not_fitted = (uint8_t)(not_fitted ? 0 : (1u << kept) - 1u);
}

static bool read_ranges(const struct yaml_value *value, struct source_broadcast *source,
                        bool not_fitted)
{
    int count = yaml_item_count(value);
    drop_ranges(source, not_fitted);
    for (int i = 0; i < count; i++) {
        struct yaml_value item = yaml_item(value, i);
        struct source_range range;
        if (!profile_read_range(&item, &range)) {
            return false;
        }
        if (source->invalid_count == SOURCE_INVALID_MAX) {
            return yaml_fail(&item, "more than %d ranges: join neighbours as [lowest, highest]",
                             SOURCE_INVALID_MAX);
        }
        source->not_fitted |= (uint8_t)(not_fitted << source->invalid_count);
        source->invalid[source->invalid_count++] = range;
    }
    return count >= 0;
}

static bool read_invalid(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    (void)key;
    return read_ranges(value, &((struct broadcast_draft *)target)->source, false);
}

static bool read_not_fitted(const struct yaml_value *value, const struct yaml_key *key,
                            void *target)
{
    (void)key;
    return read_ranges(value, &((struct broadcast_draft *)target)->source, true);
}

bool profile_read_order(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const names[] = {"intel", "motorola", NULL};
    (void)key;
    int order = yaml_choice(value, names);
    *(bool *)target = order == 1;
    return order >= 0;
}

bool profile_read_unit(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const names[] = {"C", "K", "F", NULL};
    static const enum temperature_unit units[] = {UNIT_CELSIUS, UNIT_KELVIN, UNIT_FAHRENHEIT};
    (void)key;
    int unit = yaml_choice(value, names);
    if (unit >= 0) {
        *(enum temperature_unit *)target = units[unit];
    }
    return unit >= 0;
}

/* What has been looked at before the table is read. */
static bool pass_over(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    (void)key;
    (void)target;
    return yaml_text(value) != NULL;
}

#define FIELD(member) .offset = offsetof(struct broadcast_draft, member)

/* All of them may be left out here: what must be there depends on whether `dbc` is (check_given). */
static const struct yaml_key broadcast_keys[] = {
    {.name = "dbc", .read = pass_over},
    {.name = "message", .read = pass_over},
    {.name = "signal", .read = pass_over},
    {.name = "id",
     .read = yaml_read_id_u32,
     FIELD(source.id),
     .min = 0,
     .max = CAN_ID_EXTENDED_MAX,
     .factor = 1},
    {.name = "mask",
     .read = yaml_read_id_u32,
     FIELD(source.id_mask),
     .min = 1,
     .max = CAN_ID_EXTENDED_MAX,
     .factor = 1},
    {.name = "extended", .read = yaml_read_bool, FIELD(source.extended)},
    {.name = "start",
     .read = yaml_read_u16,
     FIELD(source.bits.start_bit),
     .min = 0,
     .max = 8 * CAN_PAYLOAD_MAX - 1,
     .factor = 1},
    {.name = "length",
     .read = yaml_read_u8,
     FIELD(source.bits.length_bits),
     .min = 1,
     .max = 64,
     .factor = 1},
    {.name = "order", .read = profile_read_order, FIELD(source.bits.motorola)},
    {.name = "signed", .read = yaml_read_bool, FIELD(source.is_signed)},
    {.name = "float", .read = yaml_read_bool, FIELD(source.is_float)},
    {.name = "scale", .read = yaml_read_double, FIELD(source.scale), .min = -1e6, .max = 1e6},
    {.name = "offset", .read = yaml_read_double, FIELD(source.offset), .min = -1e6, .max = 1e6},
    {.name = "unit", .read = profile_read_unit, FIELD(unit)},
    {.name = "invalid", .read = read_invalid},
    {.name = "not_fitted", .read = read_not_fitted},
    {.name = "mux", .read = profile_read_mux},
    {.name = "valid_when", .read = profile_read_valid_when},
    {0},
};

static bool fail_key(const struct yaml_value *value, const char *name, const char *what)
{
    struct yaml_value at = *value;
    snprintf(at.key, sizeof at.key, "%.64s.%.28s", value->key, name);
    return yaml_fail(&at, "%s", what);
}

/* A signal is told by its bits or by its name, not by half of each. */
static bool check_given(const struct yaml_value *value)
{
    static const char *const by_bits[] = {"id", "start", "length", "order", "signed", "float"};
    static const char *const by_name[] = {"message", "signal"};
    struct yaml_value found;
    bool is_named = yaml_find(value, "dbc", &found);
    for (size_t i = 0; i < sizeof by_bits / sizeof *by_bits; i++) {
        bool is_given = yaml_find(value, by_bits[i], &found);
        if (!is_named && !is_given && i < 4) {
            return fail_key(value, by_bits[i], "missing: add it");
        }
        if (is_named && is_given && i > 0) {
            return yaml_fail(&found, "stands in the DBC file: leave it out, or leave out dbc");
        }
    }
    for (size_t i = 0; i < sizeof by_name / sizeof *by_name; i++) {
        bool is_given = yaml_find(value, by_name[i], &found);
        if (is_named && !is_given) {
            return fail_key(value, by_name[i], "missing: add it");
        }
        if (!is_named && is_given) {
            return yaml_fail(&found, "needs the DBC file: add `dbc: FILE`");
        }
    }
    return true;
}

/* Sentinels of more bits than the field has would never be seen. */
static bool check_invalid(const struct yaml_value *value, const struct source_broadcast *source)
{
    struct yaml_value at = *value;
    for (int i = 0; i < source->invalid_count; i++) {
        yaml_find(value, source->not_fitted >> i & 1 ? "not_fitted" : "invalid", &at);
        if (source->bits.length_bits < 32 &&
            source->invalid[i].hi >> source->bits.length_bits != 0) {
            return yaml_fail(&at, "%u does not fit %u bits: correct it or length",
                             (unsigned)source->invalid[i].hi, source->bits.length_bits);
        }
    }
    return true;
}

static bool check_source(const struct yaml_value *value, struct source_broadcast *source)
{
    struct yaml_value at = *value;
    if (source->scale == 0) {
        yaml_find(value, "scale", &at);
        return yaml_fail(&at, "0 makes every raw value the same: use the signal's factor");
    }
    if (source->is_float && source->bits.length_bits != 32 && source->bits.length_bits != 64) {
        yaml_find(value, "length", &at);
        return yaml_fail(&at, "a float has 32 or 64 bits: correct it or `float`");
    }
    if (source->is_float && source->is_signed) {
        yaml_find(value, "signed", &at);
        return yaml_fail(&at, "a float has its own sign: leave it out");
    }
    if (yaml_find(value, "extended", &at) && !source->extended &&
        source->id > CAN_ID_STANDARD_MAX) {
        return yaml_fail(&at, "the id is above 0x7FF: use `extended: true` or a smaller id");
    }
    source->extended = source->extended || source->id > CAN_ID_STANDARD_MAX;
    source->id_mask &= source->extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX;
    return check_invalid(value, source);
}

static bool read(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct source_config *config = target;
    struct dbc *dbc = NULL;
    struct yaml_value found;
    struct yaml_key row = *key;
    struct broadcast_draft draft = {.source = {.id_mask = CAN_ID_EXTENDED_MAX, .scale = 1}};
    row.keys = broadcast_keys;
    bool good = !yaml_find(value, "dbc", &found) ||
                (check_given(value) && profile_read_dbc(value, &draft, &dbc));
    good = good && yaml_read_mapping(value, &row, &draft) && check_given(value);
    if (good) {
        dbc_to_celsius(draft.unit, &draft.source.scale, &draft.source.offset);
        good = check_source(value, &draft.source);
    }
    dbc_free(dbc);
    config->kind = SOURCE_BROADCAST;
    config->broadcast = draft.source;
    return good;
}

/* Do the source's bits lie in the frame? */
static bool check(const struct yaml_value *value, const struct source_config *config,
                  unsigned payload_bytes)
{
    struct yaml_value at = *value;
    int span = signal_bits_span(&config->broadcast.bits);
    if (span > 0 && (unsigned)span <= payload_bytes) {
        return true;
    }
    if (yaml_find(value, "source", &at) && yaml_find(&at, "broadcast", &at)) {
        yaml_find(&at, "start", &at);
    }
    return yaml_fail(&at,
                     "the signal ends past the %u bytes of a frame: correct start, length or order",
                     payload_bytes);
}

const char *profile_id_bits(bool extended)
{
    return extended ? " (29 bits)" : "";
}

static void show_condition(const struct condition *condition, FILE *out)
{
    if (condition->role != CONDITION_NONE) {
        fprintf(out, "  %s: start bit %d, %d bit%s, %s, is %u\n",
                condition->role == CONDITION_PAGE ? "only on the page" : "valid only",
                condition->bits.start_bit, condition->bits.length_bits,
                condition->bits.length_bits == 1 ? "" : "s",
                condition->bits.motorola ? "motorola" : "intel", condition->equals);
    }
}

static void show(const struct source_config *config, FILE *out)
{
    const struct source_broadcast *source = &config->broadcast;
    fprintf(out, "  source: CAN id 0x%X%s, %s, start bit %d, %d bit%s%s, T = raw * %g %c %g °C\n",
            (unsigned)source->id, profile_id_bits(source->extended),
            source->bits.motorola ? "motorola" : "intel", source->bits.start_bit,
            source->bits.length_bits, source->bits.length_bits == 1 ? "" : "s",
            source->is_float    ? " float"
            : source->is_signed ? " signed"
                                : "",
            source->scale, source->offset < 0 ? '-' : '+',
            source->offset < 0 ? -source->offset : source->offset);
    for (int i = 0; i < CONDITION_MAX; i++) {
        show_condition(&source->condition[i], out);
    }
    for (int i = 0; i < source->invalid_count; i++) {
        const struct source_range *range = &source->invalid[i];
        fprintf(out, "  %s: raw %u", source->not_fitted >> i & 1 ? "sensor not fitted" : "no value",
                (unsigned)range->lo);
        if (range->lo != range->hi) {
            fprintf(out, " to %u", (unsigned)range->hi);
        }
        fputc('\n', out);
    }
}

const struct profile_source profile_source_broadcast = {
    .name = "broadcast",
    .read = read,
    .check = check,
    .show = show,
};
