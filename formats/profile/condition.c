/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `mux` and `valid_when`: other bits of the frame, told like a signal, and what they must equal. */
#include "formats/profile/broadcast.h"

#include "core/err.h"

#define EQUALS_MAX 65535

bool profile_add_condition(const struct yaml_value *value, struct source_broadcast *source,
                           enum condition_role role, const struct signal_bits *bits,
                           uint32_t equals)
{
    if (signal_bits_span(bits) < 0) {
        return yaml_fail(value, "the bits end past the 64 bytes of a frame: correct them");
    }
    if (bits->length_bits > CONDITION_BITS_MAX || equals >> bits->length_bits != 0) {
        return yaml_fail(value, "%u does not fit %u bits: use 1 to %d bits and a value they hold",
                         (unsigned)equals, bits->length_bits, CONDITION_BITS_MAX);
    }
    for (int i = 0; i < CONDITION_MAX; i++) {
        if (source->condition[i].role == CONDITION_NONE) {
            source->condition[i] = (struct condition){role, *bits, (uint16_t)equals};
            return true;
        }
    }
    return yaml_fail(value, "more than %d conditions in all: leave one out", CONDITION_MAX);
}

/* Conditions of this role, as the DBC file gave them, make way for the profile's own. */
static void drop_conditions(struct source_broadcast *source, enum condition_role role)
{
    int kept = 0;
    for (int i = 0; i < CONDITION_MAX; i++) {
        if (source->condition[i].role != role) {
            source->condition[kept++] = source->condition[i];
        }
    }
    for (; kept < CONDITION_MAX; kept++) {
        source->condition[kept] = (struct condition){.role = CONDITION_NONE};
    }
}

struct condition_draft {
    const struct dbc_message *message;
    struct signal_bits bits;
    uint32_t equals;
};

static bool read_signal(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct condition_draft *draft = target;
    const char *name = yaml_text(value);
    (void)key;
    if (name == NULL) {
        return false;
    }
    if (draft->message == NULL) {
        return yaml_fail(value, "needs the DBC file: give start, length and order instead");
    }
    const struct dbc_signal *signal = dbc_find_signal(draft->message, name);
    if (signal == NULL) {
        return yaml_fail(value, "message %.40s has no such signal: see `candial dbc FILE`",
                         draft->message->name);
    }
    if (signal->kind != DBC_UNSIGNED) {
        return yaml_fail(value, "is signed or a float: only plain numbers can be compared");
    }
    draft->bits = signal->bits;
    return true;
}

#define FIELD(member) .offset = offsetof(struct condition_draft, member)

static const struct yaml_key equals_row = {.name = "equals",
                                           .read = yaml_read_u32,
                                           FIELD(equals),
                                           .required = true,
                                           .min = 0,
                                           .max = EQUALS_MAX,
                                           .factor = 1};

/* By bits, or by the name of a signal of the same message. */
static bool read_condition(const struct yaml_value *value, struct condition_draft *draft)
{
    struct yaml_value found;
    const struct yaml_key by_name[] = {
        {.name = "signal", .read = read_signal, .required = true}, equals_row, {0}};
    const struct yaml_key by_bits[] = {
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
         .max = CONDITION_BITS_MAX,
         .factor = 1},
        {.name = "order", .read = profile_read_order, FIELD(bits.motorola), .required = true},
        equals_row,
        {0}};
    const struct yaml_key row = {.keys = yaml_find(value, "signal", &found) ? by_name : by_bits};
    return yaml_read_mapping(value, &row, draft);
}

static bool add(const struct yaml_value *value, struct broadcast_draft *draft,
                enum condition_role role)
{
    struct condition_draft condition = {.message = draft->message};
    return read_condition(value, &condition) &&
           profile_add_condition(value, &draft->source, role, &condition.bits, condition.equals);
}

/* One page, or a list of pages within pages. */
bool profile_read_mux(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct broadcast_draft *draft = target;
    (void)key;
    drop_conditions(&draft->source, CONDITION_PAGE);
    if (!yaml_is_sequence(value)) {
        return add(value, draft, CONDITION_PAGE);
    }
    int count = yaml_item_count(value);
    for (int i = 0; i < count; i++) {
        struct yaml_value item = yaml_item(value, i);
        if (!add(&item, draft, CONDITION_PAGE)) {
            return false;
        }
    }
    return count >= 0;
}

bool profile_read_valid_when(const struct yaml_value *value, const struct yaml_key *key,
                             void *target)
{
    (void)key;
    return add(value, target, CONDITION_VALID);
}
