/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/ipc.h"

#define READ_TRIES 4 /* a post takes the M7 some 20 cycles, a try the M4 as many: two would do */

/*
 * Barriers. The two cores see each other's writes to SRAM4 in program order only with a DMB between
 * them (PM0253 and PM0214, DMB). load_acquire is a load with a DMB behind, store_release a store with
 * a DMB before it; gcc makes both of these builtins.
 */
static uint32_t load(const uint32_t *field)
{
    return __atomic_load_n(field, __ATOMIC_RELAXED);
}

static void store(uint32_t *field, uint32_t value)
{
    __atomic_store_n(field, value, __ATOMIC_RELAXED);
}

static uint32_t load_acquire(const uint32_t *field)
{
    return __atomic_load_n(field, __ATOMIC_ACQUIRE);
}

static void store_release(uint32_t *field, uint32_t value)
{
    __atomic_store_n(field, value, __ATOMIC_RELEASE);
}

/* Word by word: SRAM4 is Device memory to some MPU set-ups, where unaligned bursts would fault. */
static void zero_words(void *start, size_t size)
{
    uint32_t *word = start;
    for (size_t i = 0; i < size / sizeof(*word); i++) {
        store(&word[i], 0);
    }
}

/* One up, but never 0: 0 means "never". */
static uint32_t after(uint32_t number)
{
    return number + 1u != 0 ? number + 1u : 1u;
}

/* ---- start ---- */

void ipc_m7_init(struct ipc_block *block)
{
    uint32_t boot_id = after(load(&block->m7.boot_id));
    zero_words(&block->m7, sizeof(block->m7));
    store(&block->m7.boot_id, boot_id);
    store(&block->m7.version, IPC_VERSION);
    store_release(&block->m7.magic, IPC_MAGIC);
}

void ipc_m7_ready(struct ipc_block *block)
{
    store_release(&block->m7.ready_echo, load_acquire(&block->m4.hello));
}

bool ipc_m7_sees_m4(const struct ipc_block *block)
{
    return load_acquire(&block->m4.boot_id_echo) == load(&block->m7.boot_id);
}

void ipc_m4_init(struct ipc_block *block)
{
    uint32_t hello = after(load(&block->m4.hello));
    zero_words(&block->m4, sizeof(block->m4));
    store(&block->m4.state, IPC_M4_WAITING);
    store_release(&block->m4.hello, hello);
}

bool ipc_m4_is_released(const struct ipc_block *block)
{
    return load_acquire(&block->m7.ready_echo) == load(&block->m4.hello) &&
           load(&block->m7.magic) == IPC_MAGIC && load(&block->m7.version) == IPC_VERSION;
}

void ipc_m4_running(struct ipc_block *block)
{
    store(&block->m4.state, IPC_M4_RUNNING);
    store_release(&block->m4.boot_id_echo, load(&block->m7.boot_id));
}

/* ---- mailbox ---- */

uint32_t ipc_mailbox_post(struct ipc_block *block, const uint32_t ticks[IPC_DIALS], uint32_t flags)
{
    struct ipc_mailbox *box = &block->m7.mailbox;
    uint32_t seq = after(load(&box->seq));
    store(&box->seq_begin, seq);
    __atomic_thread_fence(__ATOMIC_RELEASE);
    for (unsigned i = 0; i < IPC_DIALS; i++) {
        store(&box->compare_ticks[i], ticks[i]);
    }
    store(&box->flags, flags);
    store_release(&box->seq, seq);
    return seq;
}

bool ipc_mailbox_read(const struct ipc_block *block, struct ipc_mailbox *copy)
{
    const struct ipc_mailbox *box = &block->m7.mailbox;
    for (unsigned tries = 0; tries < READ_TRIES; tries++) {
        copy->seq = load_acquire(&box->seq);
        for (unsigned i = 0; i < IPC_DIALS; i++) {
            copy->compare_ticks[i] = load(&box->compare_ticks[i]);
        }
        copy->flags = load(&box->flags);
        copy->heartbeat = load(&box->heartbeat);
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        copy->seq_begin = load(&box->seq_begin);
        if (copy->seq_begin == copy->seq) {
            return copy->seq != 0;
        }
    }
    return false;
}

uint32_t ipc_mailbox_number(const struct ipc_block *block)
{
    return load(&block->m7.mailbox.seq);
}

void ipc_m7_beat(struct ipc_block *block)
{
    store(&block->m7.mailbox.heartbeat, load(&block->m7.mailbox.heartbeat) + 1u);
}

void ipc_m4_beat(struct ipc_block *block)
{
    store(&block->m4.heartbeat, load(&block->m4.heartbeat) + 1u);
}

uint32_t ipc_m7_heartbeat(const struct ipc_block *block)
{
    return load(&block->m7.mailbox.heartbeat);
}

uint32_t ipc_m4_heartbeat(const struct ipc_block *block)
{
    return load(&block->m4.heartbeat);
}

/* ---- rings ---- */

/* The producer's side: where the next event goes. A tail that claims more than a ring is a reset one. */
static struct ipc_event *ring_slot(struct ipc_event *ring, uint32_t size, uint32_t head,
                                   const uint32_t *tail, uint32_t *overflow)
{
    if (head - load_acquire(tail) >= size) {
        store(overflow, load(overflow) + 1u);
        return NULL;
    }
    ring[head % size].seq = (uint16_t)head;
    return &ring[head % size];
}

/* The consumer's side: the oldest event. */
static const struct ipc_event *ring_peek(const struct ipc_event *ring, uint32_t size,
                                         const uint32_t *head, uint32_t tail)
{
    return load_acquire(head) != tail ? &ring[tail % size] : NULL;
}

struct ipc_event *ipc_m4_events_slot(struct ipc_block *block)
{
    return ring_slot(block->m4.m4_events, IPC_M4_EVENTS_SIZE, load(&block->m4.m4_events_head),
                     &block->m7.m4_events_tail, &block->m4.m4_events_overflow);
}

void ipc_m4_events_push(struct ipc_block *block)
{
    store_release(&block->m4.m4_events_head, load(&block->m4.m4_events_head) + 1u);
}

const struct ipc_event *ipc_m4_events_peek(struct ipc_block *block)
{
    return ring_peek(block->m4.m4_events, IPC_M4_EVENTS_SIZE, &block->m4.m4_events_head,
                     load(&block->m7.m4_events_tail));
}

void ipc_m4_events_pop(struct ipc_block *block)
{
    store_release(&block->m7.m4_events_tail, load(&block->m7.m4_events_tail) + 1u);
}

struct ipc_event *ipc_m7_requests_slot(struct ipc_block *block)
{
    return ring_slot(block->m7.m7_requests, IPC_M7_REQUESTS_SIZE, load(&block->m7.m7_requests_head),
                     &block->m4.m7_requests_tail, &block->m7.m7_requests_overflow);
}

void ipc_m7_requests_push(struct ipc_block *block)
{
    store_release(&block->m7.m7_requests_head, load(&block->m7.m7_requests_head) + 1u);
}

const struct ipc_event *ipc_m7_requests_peek(struct ipc_block *block)
{
    return ring_peek(block->m7.m7_requests, IPC_M7_REQUESTS_SIZE, &block->m7.m7_requests_head,
                     load(&block->m4.m7_requests_tail));
}

void ipc_m7_requests_pop(struct ipc_block *block)
{
    store_release(&block->m4.m7_requests_tail, load(&block->m4.m7_requests_tail) + 1u);
}

static bool is_listed(const struct ipc_filter *list, uint32_t count, uint32_t id)
{
    uint32_t extended = id >> 31;
    for (unsigned i = 0; i < count; i++) {
        if (list[i].extended == extended &&
            (((id & ~IPC_ID_EXTENDED) ^ list[i].id) & list[i].mask) == 0) {
            return true;
        }
    }
    return false;
}

bool ipc_filter_accepts(const struct ipc_can_config *can, uint32_t id)
{
    return is_listed(can->filter, can->filter_count < IPC_FILTERS ? can->filter_count : IPC_FILTERS,
                     id);
}

bool ipc_may_send(const struct ipc_can_config *can, uint32_t id)
{
    return is_listed(can->send, can->send_count < IPC_SENDS ? can->send_count : IPC_SENDS, id);
}
