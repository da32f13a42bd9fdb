/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_SHARED_H
#define FIRMWARE_SHARED_H

#include "core/ipc.h"

/* The block both cores share, at the start of SRAM4. */
#define SHARED ((struct ipc_block *)IPC_BLOCK_ADDRESS)

/* An event's payload as one word, little-endian like both cores. */
static inline void event_put_u32(struct ipc_event *event, uint32_t value)
{
    event->len = 4;
    event->flags = 0;
    *(uint32_t *)(void *)event->data = value; /* aligned: core/ipc.h asserts it */
}

static inline uint32_t event_get_u32(const struct ipc_event *event)
{
    return *(const uint32_t *)(const void *)event->data;
}

#endif
