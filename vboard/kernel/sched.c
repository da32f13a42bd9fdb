/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/kernel/sched.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64u

void sched_init(struct sched *s)
{
    memset(s, 0, sizeof(*s));
}

void sched_destroy(struct sched *s)
{
    free(s->heap);
    memset(s, 0, sizeof(*s));
}

void event_init(struct event *e, void (*run)(void *ctx, vtime_ps now), void *ctx)
{
    memset(e, 0, sizeof(*e));
    e->run = run;
    e->ctx = ctx;
}

bool event_queued(const struct event *e)
{
    return e->heap_index != 0;
}

static bool before(const struct event *a, const struct event *b)
{
    return a->at < b->at || (a->at == b->at && a->order < b->order);
}

static void place(struct sched *s, size_t i, struct event *e)
{
    s->heap[i] = e;
    e->heap_index = i;
}

static void sift_up(struct sched *s, size_t i, struct event *e)
{
    while (i > 1 && before(e, s->heap[i / 2])) {
        place(s, i, s->heap[i / 2]);
        i /= 2;
    }
    place(s, i, e);
}

static void sift_down(struct sched *s, size_t i, struct event *e)
{
    for (;;) {
        size_t child = 2 * i;
        if (child > s->count) {
            break;
        }
        if (child < s->count && before(s->heap[child + 1], s->heap[child])) {
            child++;
        }
        if (!before(s->heap[child], e)) {
            break;
        }
        place(s, i, s->heap[child]);
        i = child;
    }
    place(s, i, e);
}

static void remove_at(struct sched *s, size_t i)
{
    struct event *gone = s->heap[i];
    struct event *last = s->heap[s->count];
    s->count--;
    gone->heap_index = 0;
    if (gone == last) {
        return;
    }
    if (i > 1 && before(last, s->heap[i / 2])) {
        sift_up(s, i, last);
    } else {
        sift_down(s, i, last);
    }
}

/* Takes the first one out; its place is filled by what is queued next, or by close_top. */
static struct event *take_top(struct sched *s)
{
    struct event *e = s->heap[1];
    e->heap_index = 0;
    s->free.at = e->at;
    s->free.order = e->order;
    place(s, 1, &s->free);
    s->top_is_free = true;
    return e;
}

static void close_top(struct sched *s)
{
    if (s->top_is_free) {
        s->top_is_free = false;
        remove_at(s, 1);
    }
}

/* Out of memory here leaves no board worth running: every caller would have to unwind a simulation. */
static void grow(struct sched *s)
{
    size_t capacity = s->capacity != 0 ? 2 * s->capacity : FIRST_CAPACITY;
    struct event **heap = realloc(s->heap, (capacity + 1) * sizeof(struct event *));
    if (heap == NULL) {
        abort();
    }
    s->heap = heap;
    s->capacity = capacity;
}

void sched_at(struct sched *s, struct event *e, vtime_ps at)
{
    if (e->heap_index != 0) {
        remove_at(s, e->heap_index);
    }
    if (at == VTIME_NEVER) {
        return;
    }
    e->at = at < s->now ? s->now : at;
    e->order = s->next_order++;
    if (s->top_is_free) {
        s->top_is_free = false;
        sift_down(s, 1, e);
    } else {
        if (s->count == s->capacity) {
            grow(s);
        }
        s->count++;
        sift_up(s, s->count, e);
    }
    if (e->heap_index == 1 && s->earlier != NULL) {
        s->earlier(s->earlier_ctx, e->at);
    }
}

void sched_cancel(struct sched *s, struct event *e)
{
    if (e->heap_index != 0) {
        remove_at(s, e->heap_index);
    }
}

void sched_clear(struct sched *s)
{
    for (size_t i = 1; i <= s->count; i++) {
        s->heap[i]->heap_index = 0;
    }
    s->count = 0;
    s->top_is_free = false;
}

void sched_run_until(struct sched *s, vtime_ps until)
{
    while (s->count != 0 && s->heap[1]->at <= until) {
        struct event *e = take_top(s);
        s->now = e->at;
        e->run(e->ctx, e->at);
        close_top(s);
    }
    if (s->now < until) {
        s->now = until;
    }
}
