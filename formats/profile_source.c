/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/profile_parts.h"

#include <math.h>

/* One entry of `invalid`: a raw value, or [lowest, highest]. */
static bool read_raw_range(const struct yaml_value *item, struct source_range *range)
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

static bool read_invalid(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct source_broadcast *source = target;
    (void)key;
    int count = yaml_item_count(value);
    for (int i = 0; i < count; i++) {
        struct yaml_value item = yaml_item(value, i);
        struct source_range range;
        if (!read_raw_range(&item, &range)) {
            return false;
        }
        if (source->invalid_count == SOURCE_INVALID_MAX) {
            return yaml_fail(&item, "more than %d ranges: join neighbours as [lowest, highest]",
                             SOURCE_INVALID_MAX);
        }
        source->invalid[source->invalid_count++] = range;
    }
    return count >= 0;
}

static bool read_order(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const names[] = {"intel", "motorola", NULL};
    (void)key;
    int order = yaml_choice(value, names);
    *(bool *)target = order == 1;
    return order >= 0;
}

static bool unsupported(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    (void)target;
    return yaml_fail(value, "`%s` is not yet supported by this version: use `broadcast: {id: ...}`",
                     key->name);
}

#define FIELD(member) .offset = offsetof(struct source_broadcast, member)

static const struct yaml_key broadcast_keys[] = {
    {.name = "id",
     .read = yaml_read_u32,
     FIELD(id),
     .required = true,
     .min = 0,
     .max = CAN_ID_EXTENDED_MAX,
     .factor = 1},
    {.name = "mask",
     .read = yaml_read_u32,
     FIELD(id_mask),
     .min = 1,
     .max = CAN_ID_EXTENDED_MAX,
     .factor = 1},
    {.name = "extended", .read = yaml_read_bool, FIELD(extended)},
    {.name = "start",
     .read = yaml_read_u16,
     FIELD(bits.start_bit),
     .required = true,
     .min = 0,
     .max = 8 * CAN_PAYLOAD_MAX - 1,
     .factor = 1},
    {.name = "length",
     .read = yaml_read_u8,
     FIELD(bits.length_bits),
     .required = true,
     .min = 1,
     .max = 64,
     .factor = 1},
    {.name = "order", .read = read_order, FIELD(bits.motorola), .required = true},
    {.name = "signed", .read = yaml_read_bool, FIELD(is_signed)},
    {.name = "scale", .read = yaml_read_double, FIELD(scale), .min = -1e6, .max = 1e6},
    {.name = "offset", .read = yaml_read_double, FIELD(offset), .min = -1e6, .max = 1e6},
    {.name = "invalid", .read = read_invalid},
    {0},
};

/* Sentinels of more bits than the field has would never be seen. */
static bool check_invalid(const struct yaml_value *value, const struct source_broadcast *source)
{
    struct yaml_value at = *value;
    yaml_find(value, "invalid", &at);
    for (int i = 0; i < source->invalid_count; i++) {
        if (source->bits.length_bits < 32 &&
            source->invalid[i].hi >> source->bits.length_bits != 0) {
            return yaml_fail(&at, "%u does not fit %u bits: correct it or length",
                             (unsigned)source->invalid[i].hi, source->bits.length_bits);
        }
    }
    return true;
}

static bool read_broadcast(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct source_broadcast *source = target;
    struct yaml_value at = *value;
    *source = (struct source_broadcast){.id_mask = CAN_ID_EXTENDED_MAX, .scale = 1};
    if (yaml_find(value, "dbc", &at)) { /* first: the keys beside it are not in the table */
        return yaml_fail(&at, "`dbc` is not yet supported by this version: give id, start, length, "
                              "order, scale and offset");
    }
    if (!yaml_read_mapping(value, key, source)) {
        return false;
    }
    if (source->scale == 0) {
        yaml_find(value, "scale", &at);
        return yaml_fail(&at, "0 makes every raw value the same: use the signal's factor");
    }
    if (yaml_find(value, "extended", &at) && !source->extended &&
        source->id > CAN_ID_STANDARD_MAX) {
        return yaml_fail(&at, "the id is above 0x7FF: use `extended: true` or a smaller id");
    }
    source->extended = source->extended || source->id > CAN_ID_STANDARD_MAX;
    source->id_mask &= source->extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX;
    return check_invalid(value, source);
}

static const struct yaml_key source_keys[] = {
    {.name = "broadcast",
     .read = read_broadcast,
     .offset = offsetof(struct source_config, broadcast),
     .keys = broadcast_keys},
    {.name = "obd2", .read = unsupported},
    {.name = "uds", .read = unsupported},
    {.name = "j1939", .read = unsupported},
    {0},
};

bool profile_read_source(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct yaml_value found;
    struct yaml_key row = *key;
    int given = 0;
    row.keys = source_keys;
    for (const struct yaml_key *kind = source_keys; kind->name != NULL; kind++) {
        given += yaml_find(value, kind->name, &found);
    }
    if (!yaml_read_mapping(value, &row, target)) {
        return false;
    }
    if (given != 1) {
        return yaml_fail(value, "%d sources: give exactly one, as `broadcast: {id: ...}`", given);
    }
    return true;
}

bool profile_check_payload(const struct yaml_value *value, const struct gauge_config *dial,
                           unsigned payload_bytes)
{
    struct yaml_value at = *value;
    int span = signal_bits_span(&dial->source.broadcast.bits);
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
