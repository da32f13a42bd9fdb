/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_DMA_H
#define VBOARD_CHIP_DMA_H

/*
 * DMA requests: lines from peripherals to a DMAMUX, and from it to the channels of the controllers (RM0399
 * 18.3.2, Tables 126 and 130). A request is a level that stays until it is served. Some models let it follow a
 * flag that the transfer itself clears (USART: RXNE, by the read of RDR); others raise it once and have it
 * taken back when it is served (timers).
 *
 *     t->up = periph_dma(p, "UP", 1);              in connect: the row `dma` of the chip's table
 *     dma_request_set(p->chip, t->up, true);       NULL is no request: nothing happens
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

#define DMA_MUXES 2u
#define DMA_REQUESTS 128u
#define DMA_CHANNELS 16u

struct chip;
struct periph;

struct dma_request {
    bool level;
    uint8_t mux; /* 0: DMAMUX1, 1: DMAMUX2 */
    uint8_t number;
    /* A transfer for it has been done; NULL: the level follows a flag by itself. */
    void (*served)(void *ctx, struct dma_request *r, vtime_ps now);
    /* The last transfer that the controller's channel had to do for it has been done; may be NULL. */
    void (*finished)(void *ctx, struct dma_request *r, vtime_ps now);
    void *ctx;
};

/* From a DMAMUX to a channel of a controller. */
struct dma_channel {
    bool level;
    void (*requested)(void *ctx, unsigned channel,
                      vtime_ps now); /* the controller's; level is high */
    void *ctx;
    unsigned number; /* the controller's own */
};

struct chip_dma {
    struct dma_request requests[DMA_MUXES][DMA_REQUESTS];
    struct dma_channel channels[DMA_MUXES][DMA_CHANNELS];
    struct {
        void (*changed)(void *ctx, struct dma_request *r, vtime_ps now);
        void (*served)(void *ctx, unsigned channel, vtime_ps now);
        void (*finished)(void *ctx, unsigned channel, vtime_ps now);
        void *ctx; /* NULL: no such model */
    } mux[DMA_MUXES];
};

void dma_init(struct chip *c);
/* The request of that name in the peripheral's row, to DMAMUX 1 or 2; NULL: it has none. */
struct dma_request *periph_dma(struct periph *p, const char *name, unsigned mux);
/* NULL: no request, nothing happens. Models set it again whenever something has changed. */
void dma_request_change(struct chip *c, struct dma_request *r, bool level);
static inline void dma_request_set(struct chip *c, struct dma_request *r, bool level)
{
    if (r != NULL && r->level != level) {
        dma_request_change(c, r, level);
    }
}
/* For models that raise a request once: the line falls when it is served. */
void dma_request_raise(struct chip *c, struct dma_request *r);

/* A controller calls this after each transfer that a request of its channel asked for. */
void dma_channel_served(struct chip *c, unsigned mux, unsigned channel);
/* ... and this where a transfer was the last of its round, before that. */
void dma_channel_finished(struct chip *c, unsigned mux, unsigned channel);
/* A DMAMUX calls this. */
void dma_channel_set(struct chip *c, unsigned mux, unsigned channel, bool level);

#endif
