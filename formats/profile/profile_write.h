/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A record back into YAML. profile_load() of it gives the same record, byte for byte; what YAML says shorter (a DBC
 * file's signal, a J1939 parameter, a unit) comes back as what it means.
 */
#ifndef FORMATS_PROFILE_PROFILE_WRITE_H
#define FORMATS_PROFILE_PROFILE_WRITE_H

#include "core/record.h"

#include <stdio.h>

void profile_write(const struct record *record, FILE *out);

#endif
