/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/dma.h"

#include <string.h>

#include "vboard/chip/chip.h"

void dma_init(struct chip *c)
{
    for (unsigned mux = 0; mux < DMA_MUXES; mux++) {
        for (unsigned i = 0; i < DMA_REQUESTS; i++) {
            c->dma.requests[mux][i].mux = (uint8_t)mux;
            c->dma.requests[mux][i].number = (uint8_t)i;
        }
    }
}

struct dma_request *periph_dma(struct periph *p, const char *name, unsigned mux)
{
    const struct chip_entry *e = p->entry;
    for (size_t i = 0; i < sizeof(e->dma) / sizeof(e->dma[0]) && e->dma[i].name != NULL; i++) {
        if (e->dma[i].mux == mux && strcmp(e->dma[i].name, name) == 0) {
            return &p->chip->dma.requests[mux - 1][e->dma[i].number];
        }
    }
    return NULL;
}

void dma_request_change(struct chip *c, struct dma_request *r, bool level)
{
    r->level = level;
    if (c->dma.mux[r->mux].ctx != NULL) {
        c->dma.mux[r->mux].changed(c->dma.mux[r->mux].ctx, r, c->sched.now);
    }
}

static void fall(void *ctx, struct dma_request *r, vtime_ps now)
{
    (void)now;
    dma_request_set(ctx, r, false);
}

void dma_request_raise(struct chip *c, struct dma_request *r)
{
    if (r != NULL) {
        r->served = fall;
        r->ctx = c;
        dma_request_set(c, r, true);
    }
}

void dma_channel_served(struct chip *c, unsigned mux, unsigned channel)
{
    if (c->dma.mux[mux].ctx != NULL) {
        c->dma.mux[mux].served(c->dma.mux[mux].ctx, channel, c->sched.now);
    }
}

void dma_channel_finished(struct chip *c, unsigned mux, unsigned channel)
{
    if (c->dma.mux[mux].ctx != NULL) {
        c->dma.mux[mux].finished(c->dma.mux[mux].ctx, channel, c->sched.now);
    }
}

void dma_channel_set(struct chip *c, unsigned mux, unsigned channel, bool level)
{
    struct dma_channel *ch = &c->dma.channels[mux][channel];
    ch->level = level;
    if (level && ch->requested != NULL) {
        ch->requested(ch->ctx, ch->number, c->sched.now);
    }
}
