/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/engine.h"

#include <stddef.h>
#include <string.h>

#ifdef CANDIAL_UNICORN
#define UNICORN &engine_unicorn
#else
#define UNICORN NULL
#endif

const struct engine_type *engine_by_name(const char *name)
{
    static const struct engine_type *const types[] = {&engine_armv7m, UNICORN};
    if (name == NULL) {
        return types[0];
    }
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (types[i] != NULL && strcmp(types[i]->name, name) == 0) {
            return types[i];
        }
    }
    return NULL;
}

struct engine *engine_create(const struct engine_type *type, enum engine_model model,
                             const struct engine_ops *ops, void *ctx)
{
    struct engine *e = type->create(model);
    if (e != NULL) {
        e->type = type;
        e->ops = ops;
        e->ctx = ctx;
    }
    return e;
}

void engine_destroy(struct engine *e)
{
    if (e != NULL) {
        e->type->destroy(e);
    }
}
