/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The parts of `broadcast`. Private to formats/profile*.c. */
#ifndef FORMATS_PROFILE_BROADCAST_H
#define FORMATS_PROFILE_BROADCAST_H

#include "core/source.h"
#include "formats/dbc/dbc.h"
#include "formats/dbc/meaning.h"
#include "formats/yaml/yaml_read.h"

/* `broadcast` while it is read. */
struct broadcast_draft {
    struct source_broadcast source;
    enum temperature_unit unit;        /* of raw * scale + offset */
    const struct dbc_message *message; /* if it is named in a DBC file, else NULL */
};

/* " (29 bits)" or nothing, behind an identifier that is shown. */
const char *profile_id_bits(bool extended);

/* One entry of `invalid`: a raw value, or [lowest, highest]. */
bool profile_read_range(const struct yaml_value *item, struct source_range *range);

/* `order`, intel or motorola, into a bool that means Motorola. */
bool profile_read_order(const struct yaml_value *value, const struct yaml_key *key, void *target);

/* `unit`, C, K or F, into an enum temperature_unit. */
bool profile_read_unit(const struct yaml_value *value, const struct yaml_key *key, void *target);

/* `mux` and `valid_when` into the draft. */
bool profile_read_mux(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool profile_read_valid_when(const struct yaml_value *value, const struct yaml_key *key,
                             void *target);

/* Adds a condition; false with an error at `value` if there is no room for it. */
bool profile_add_condition(const struct yaml_value *value, struct source_broadcast *source,
                           enum condition_role role, const struct signal_bits *bits,
                           uint32_t equals);

/*
 * Fills the draft from the DBC file that `broadcast` names: `dbc`, `message`, `signal`. The file is given out
 * in *dbc, to be freed when the draft is no longer used, also after false.
 */
bool profile_read_dbc(const struct yaml_value *broadcast, struct broadcast_draft *draft,
                      struct dbc **dbc);

#endif
