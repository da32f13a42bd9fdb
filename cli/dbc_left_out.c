/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/dbc_left_out.h"

#include <stdio.h>

#define TOLD_MAX 5u

void dbc_left_out_tell(const struct dbc *dbc, const char *path)
{
    size_t told = dbc->left_out_count < TOLD_MAX ? dbc->left_out_count : TOLD_MAX;
    for (size_t i = 0; i < told; i++) {
        fprintf(stderr, "candial: %s\n", dbc->left_out[i]);
    }
    if (dbc->left_out_count > told) {
        fprintf(stderr, "candial: %zu more left out: `candial dbc %s --notes` lists them\n",
                dbc->left_out_count - told, path);
    }
}
