/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/source.h"

#include "core/source_ops.h"

const struct source_ops *source_ops(uint8_t kind)
{
#define ROW(NAME, number, name) [number] = &source_##name##_ops,
    static const struct source_ops *const all[] = {SOURCE_KINDS(ROW)};
    return kind < sizeof all / sizeof all[0] ? all[kind] : NULL;
}

bool source_is_asked(const struct source_config *config)
{
    const struct source_ops *ops = source_ops((uint8_t)config->kind);
    return ops != NULL && ops->asking != NULL;
}

int32_t source_step_milli(const struct source_config *config)
{
    return source_ops((uint8_t)config->kind)->step_milli(config);
}

enum source_result source_read(const struct source_config *config, const struct can_frame *frame,
                               struct source_reading *reading)
{
    const struct source_ops *ops = source_ops((uint8_t)config->kind);
    return ops->read != NULL ? ops->read(config, frame, reading) : SOURCE_NO_MATCH;
}
