/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Code that runs as a copy, in RAM: which code of the image is it a copy of? What the copy was seen to store
 * counts for the original, which itself never runs.
 */
#ifndef CHECK_COPIES_H
#define CHECK_COPIES_H

#include "check/flow.h"
#include "check/seen.h"
#include "formats/image/image.h"

struct chip;

/* Fills `store->code` with the code around the store under way, if that is not in flash. */
void check_keep_code(struct chip *chip, struct check_store *store);

/* Is the code that made `store` a copy of the function that `site` is in, from its entry to the store (or the last
 * CHECK_CODE bytes before it)? */
bool check_is_copy(const struct image *image, const struct check_store *store,
                   const struct flow_site *site);

#endif
