/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_TIM_PARTS_H
#define VBOARD_PERIPH_TIM_PARTS_H

/* What the files of this folder ask of each other. Nobody else includes this. */
#include "vboard/periph/tim/internal.h"

/* ---- regs.c ---- */

const struct tim_traits *tim_traits_of(const struct model *m);

/* ---- tim.c: hooks of the register tables and the models ---- */

bool tim_before_write(struct periph *p, unsigned slot, uint32_t written);
void tim_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t tim_read(struct periph *p, unsigned slot, uint32_t value);
uint32_t tim_read_cnt(struct periph *p, unsigned slot, uint32_t value);
uint32_t tim_read_ccr(struct periph *p, unsigned slot, uint32_t value);
int tim_init(struct periph *p);
void tim_connect(struct periph *p);
void tim_reset(struct periph *p, enum reset_kind kind);
void tim_gated(struct periph *p, bool on);
void tim_destroy(struct periph *p);
void tim_update_irq(struct tim *t);

/* ---- count.c ---- */

/* Brings counter, flags and outputs up to `now`. */
void tim_sync(struct tim *t, vtime_ps now);
/* CNT as of the last tim_sync. */
uint32_t tim_cnt(const struct tim *t, vtime_ps now);
void tim_set_cnt(struct tim *t, uint32_t value, vtime_ps now);
/* Position in the segment at `now`. */
uint64_t tim_position(const struct tim *t, vtime_ps now);
/* EGR UG or a trigger: the counter starts over and the active registers are loaded. */
void tim_generate_update(struct tim *t, vtime_ps now);
/* Starts or stops the ticker by CEN, clock gate, slave mode and ARR. */
void tim_set_running(struct tim *t, vtime_ps now);
/* An edge from outside moves the counter by one. */
void tim_step(struct tim *t, vtime_ps now);
/* Queues the next event that somebody needs, or none. */
void tim_reschedule(struct tim *t);
void tim_event(void *ctx, vtime_ps now);
void tim_clear(struct tim *t);

/* ---- channel.c ---- */

bool tim_is_output(const struct tim *t, unsigned n);
/* CCxS: 0 output, 1 own input, 2 the neighbour's, 3 the trigger. */
unsigned tim_selection(const struct tim *t, unsigned n);
/* A channel's byte of CCMRx, with what lies 16 places higher. */
uint32_t tim_ccmr(const struct tim *t, unsigned n);
/* A channel's bits of CCER, as active. */
uint32_t tim_ccer(const struct tim *t, unsigned n);
/* Where channel `n` compares, counted from the segment's start; beyond any end if CCR is above `top`. */
static inline uint64_t tim_compare_position(const struct tim *t, unsigned n)
{
    uint64_t ccr = t->channels[n].ccr;
    return t->down ? t->top - ccr : ccr;
}
/* The same, but false if it is no output or lies behind the end of the present segment. */
bool tim_match_position(const struct tim *t, unsigned n, uint64_t length, uint64_t *position);
/* CNT equals the compare value at `position`. */
void tim_match(struct tim *t, unsigned n, uint64_t position, vtime_ps at);
/* A segment with this channel's compare value out of reach has ended. */
void tim_missed(struct tim *t, unsigned n, vtime_ps at);
/* OCxREF of the modes that follow from position alone, then the pins. */
void tim_refresh(struct tim *t, unsigned n, uint64_t position, vtime_ps at);
/* OCxREF as it goes to the outputs: with what combined and asymmetric modes and GC5Cx mix in. */
bool tim_ref(const struct tim *t, unsigned n);
/* An event at the next match of channel `n` (or segment end) would be seen by somebody. */
bool tim_wants_match(const struct tim *t, unsigned n);
/* ... at the next segment end. */
bool tim_wants_end(const struct tim *t, unsigned n);
/* OCxM and CCER become active: at once, or (CCPC) at a commutation. */
void tim_take_controls(struct tim *t, bool commutation);
/* ETRF clears OCxREF of channels with OCxCE. */
void tim_clear_refs(struct tim *t, vtime_ps now);

/* ---- output.c ---- */

/* Brings the outputs of channel `n`, and of those that it is mixed into, to what they should be. */
void tim_drive(struct tim *t, unsigned n, vtime_ps at);
void tim_drive_all(struct tim *t, vtime_ps at);
/* Does somebody look at what hangs on this channel's OCxREF? */
bool tim_ref_is_watched(const struct tim *t, unsigned n);
/* A break input is at the level that breaks: 0 BRK, 1 BRK2. */
bool tim_breaks(const struct tim *t, unsigned which);
/* EGR.BG, B2G, or an input. */
void tim_break(struct tim *t, unsigned which, vtime_ps now);
void tim_output_init(struct tim *t);
void tim_output_connect(struct tim *t);
void tim_output_reset(struct tim *t);
/* Puts back what BDTR.LOCK protects. */
void tim_keep_locked(struct tim *t, unsigned slot, uint32_t old);

/* ---- input.c ---- */

void tim_capture(struct tim *t, unsigned n, vtime_ps now);
/* The routed pin of a channel has a new level. */
void tim_pin_changed(void *ctx, bool high, vtime_ps now);
/* Captures by the trigger (CCxS 3). */
void tim_capture_trc(struct tim *t, vtime_ps now);
/* The active level of TI1FP1 or TI2FP2. */
bool tim_input_level(const struct tim *t, unsigned input);
/* Chooses and follows the internal clock that TISEL selects. */
void tim_source_update(struct tim *t);
/* TISEL asks for an internal source that is not modelled. */
bool tim_source_missing(const struct tim *t, unsigned input);
void tim_source_edge(void *ctx, vtime_ps now);

/* ---- slave.c ---- */

void tim_slave_connect(struct tim *t);
/* SMCR has changed, or the clock: finds out anew what is listened to. */
void tim_slave_update(struct tim *t, vtime_ps now);
/* A register has changed: listens to the trigger if that can do anything. */
void tim_slave_attend(struct tim *t, vtime_ps now);
/* ETR's pin has changed. */
void tim_etr_changed(void *ctx, bool high, vtime_ps now);
/* TIx has changed; `rising` as it comes in. */
void tim_slave_input(struct tim *t, unsigned input, bool rising, vtime_ps now);
/* The trigger that TS selects is at its active level (for the gated mode). */
bool tim_trigger_level(const struct tim *t);
/* TS selects what no model drives. */
bool tim_trigger_missing(const struct tim *t);

/* ---- request.c ---- */

void tim_request_connect(struct tim *t);
void tim_request_reset(struct tim *t);
/* A compare match or capture of channel `n`: flag, DMA, TRGO. */
void tim_cc_event(struct tim *t, unsigned n, vtime_ps at);
/* An update: DMA, TRGO; UIF is the caller's. */
void tim_update_event(struct tim *t, vtime_ps at);
void tim_trigger_event(struct tim *t, vtime_ps at);
void tim_com_event(struct tim *t, vtime_ps at);
/* UG, or a slave's reset: TRGO with MMS 0. */
void tim_reset_event(struct tim *t, vtime_ps at);
/* TRGO and TRGO2 that follow a level: CNT_EN, OCxREF. */
void tim_follow(struct tim *t, vtime_ps at);
bool tim_trgo_wants_ref(const struct tim *t, unsigned n);
bool tim_wants_every_end(const struct tim *t);
bool tim_wants_every_match(const struct tim *t, unsigned n);
uint32_t tim_read_dmar(struct periph *p, unsigned slot, uint32_t value);
bool tim_write_dmar(struct periph *p, unsigned slot, uint32_t written);

#endif
