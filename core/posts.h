/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_POSTS_H
#define CORE_POSTS_H

#include <stdint.h>

#include "core/gauge.h"

/*
 * What was posted to the mailbox under which sequence number. When a period event names the number it
 * latched, a newer post may already be in the mailbox; the base must become the one on the pin.
 */
#define POSTS_KEPT                                                                                 \
    4 /* power of two; an event lags its latch by microseconds, so by one post or two */

struct post {
    uint32_t seq;
    struct gauge_output output[GAUGE_DIALS_MAX];
};

struct posts {
    struct post kept[POSTS_KEPT]; /* number n at n % POSTS_KEPT */
};

void posts_init(struct posts *posts);

/* The place for number `seq` (not 0): fill in output[], then post to the mailbox. */
struct post *posts_add(struct posts *posts, uint32_t seq);

/* The post with that number, or NULL if it was none or is forgotten. */
const struct post *posts_find(const struct posts *posts, uint32_t seq);

#endif
