/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/frame_log.h"

#include <inttypes.h>

/* Behind "##" stands a digit of flags: bit rate switch, error state (can-utils, canframelen.h and lib.h). */
#define FLAG_BRS 1u
#define FLAG_ESI 2u

static void put_data(FILE *out, const struct can_log_frame *f)
{
    if (f->remote) {
        fputs("#R", out);
        if (f->len > 0) {
            fprintf(out, "%u", f->len);
        }
        return;
    }
    if (f->fd) {
        fprintf(out, "##%X", (f->bit_rate_switch ? FLAG_BRS : 0) | (f->error_state ? FLAG_ESI : 0));
    } else {
        fputc('#', out);
    }
    for (unsigned i = 0; i < f->len; i++) {
        fprintf(out, "%02X", f->data[i]);
    }
}

static void take_frame(void *context, const struct bench_frame *frame)
{
    FILE *out = ((struct frame_log *)context)->out;
    const struct can_log_frame *f = &frame->content;
    if (frame->error != BENCH_CAN_GOOD) {
        return;
    }
    const uint64_t us = frame->end_ps / 1000000;
    fprintf(out, "(%" PRIu64 ".%06" PRIu64 ") can0 %0*" PRIX32, us / 1000000, us % 1000000,
            f->extended ? 8 : 3, f->id);
    put_data(out, f);
    fputc('\n', out);
}

void frame_log_init(struct frame_log *log, FILE *out)
{
    *log = (struct frame_log){.out = out, .observer = {.context = log, .frame = take_frame}};
}
