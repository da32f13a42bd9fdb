/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `obd2`, `uds` and `j1939`: the sources other than `broadcast`. Private to formats/profile*.c. */
#ifndef FORMATS_PROFILE_REQUEST_H
#define FORMATS_PROFILE_REQUEST_H

#include "core/source.h"
#include "formats/yaml/yaml_read.h"

/* Each reads into a struct source_config and sets its kind; `j1939` becomes a broadcast. */
bool profile_read_obd2(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool profile_read_uds(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool profile_read_j1939(const struct yaml_value *value, const struct yaml_key *key, void *target);

#endif
