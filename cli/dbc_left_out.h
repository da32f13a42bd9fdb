/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What of a DBC file could not be understood, on standard error. */
#ifndef CLI_DBC_LEFT_OUT_H
#define CLI_DBC_LEFT_OUT_H

#include "formats/dbc/dbc.h"

/* The first statements that were left out, and how many more there are. */
void dbc_left_out_tell(const struct dbc *dbc, const char *path);

#endif
