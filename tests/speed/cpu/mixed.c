/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What firmware looks like: calls through pointers, lists, branches on data, single precision. */
#include "workload.h"

struct item {
    struct item *next;
    uint32_t key;
    float weight;
    uint32_t (*visit)(struct item *, uint32_t);
};

static struct item items[64];

static uint32_t lcg(uint32_t x)
{
    return x * 1664525u + 1013904223u;
}

__attribute__((noinline)) static uint32_t visit_even(struct item *i, uint32_t x)
{
    i->weight = i->weight * 0.75f + (float)(x & 15u);
    return x ^ i->key;
}

__attribute__((noinline)) static uint32_t visit_odd(struct item *i, uint32_t x)
{
    if ((x & 0x40u) != 0) {
        i->key = lcg(i->key);
    } else {
        i->weight += 0.5f;
    }
    return x + i->key;
}

static struct item *build(void)
{
    struct item *head = 0;
    uint32_t key = 1;
    for (uint32_t n = 0; n < 64; n++) {
        struct item *i = &items[n * 37 % 64];
        key = lcg(key);
        i->key = key;
        i->weight = (float)n;
        i->visit = (key >> 16 & 1u) != 0 ? visit_odd : visit_even;
        i->next = head;
        head = i;
    }
    return head;
}

static uint32_t count_bits(uint32_t x)
{
    uint32_t n = 0;
    while (x != 0) {
        x &= x - 1;
        n++;
    }
    return n;
}

uint32_t workload(uint32_t rounds)
{
    struct item *head = build();
    uint32_t x = 0xC0FFEE;
    for (uint32_t r = 0; r < rounds; r++) {
        float total = 0;
        for (struct item *i = head; i != 0; i = i->next) {
            x = i->visit(i, x);
            total += i->weight;
            switch (x >> 28) {
            case 0:
            case 5:
                x += count_bits(x);
                break;
            case 9:
                x = lcg(x);
                break;
            default:
                x ^= x >> 7;
                break;
            }
        }
        x += (uint32_t)total;
    }
    return x;
}
