/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/posts.h"

#include <stddef.h>

void posts_init(struct posts *posts)
{
    for (unsigned i = 0; i < POSTS_KEPT; i++) {
        posts->kept[i].seq = 0;
    }
}

struct post *posts_add(struct posts *posts, uint32_t seq)
{
    struct post *post = &posts->kept[seq % POSTS_KEPT];
    post->seq = seq;
    return post;
}

const struct post *posts_find(const struct posts *posts, uint32_t seq)
{
    const struct post *post = &posts->kept[seq % POSTS_KEPT];
    return seq != 0 && post->seq == seq ? post : NULL;
}
