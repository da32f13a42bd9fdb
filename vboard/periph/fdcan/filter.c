/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Acceptance filtering (RM0399 59.4.2, 59.4.21, 59.4.22; Figures 781 and 782): the lists are searched in
 * order, the first matching element decides. For the length of the extended list the register says 128,
 * but the list holds up to 64 elements (59.4.2, 59.4.22): 64 is used.
 */
#include "vboard/periph/fdcan/internal.h"

#define STANDARD_MAX 128u
#define EXTENDED_MAX 64u

enum filter_type { FILTER_RANGE, FILTER_DUAL, FILTER_CLASSIC, FILTER_RANGE_UNMASKED };
/* SFEC, EFEC */
enum {
    ACTION_DISABLED,
    ACTION_FIFO0,
    ACTION_FIFO1,
    ACTION_REJECT,
    ACTION_PRIORITY,
    ACTION_PRIORITY_FIFO0,
    ACTION_PRIORITY_FIFO1,
    ACTION_BUFFER
};

/* One element, standard or extended. */
struct element {
    unsigned type, action;
    uint32_t id1, id2;
};

static struct element standard_element(struct fdcan *f, uint32_t offset)
{
    uint32_t s0 = fdcan_ram_read(f, offset);

    return (struct element){.type = fdcan_field(s0, 30, 2),
                            .action = fdcan_field(s0, 27, 3),
                            .id1 = fdcan_field(s0, 16, 11),
                            .id2 = fdcan_field(s0, 0, 11)};
}

static struct element extended_element(struct fdcan *f, uint32_t offset)
{
    uint32_t f0 = fdcan_ram_read(f, offset);
    uint32_t f1 = fdcan_ram_read(f, offset + 4);

    return (struct element){.type = fdcan_field(f1, 30, 2),
                            .action = fdcan_field(f0, 29, 3),
                            .id1 = fdcan_field(f0, 0, 29),
                            .id2 = fdcan_field(f1, 0, 29)};
}

static bool in_range(uint32_t id, const struct element *e)
{
    return id >= e->id1 && id <= e->id2;
}

/* `masked` is the identifier after XIDAM; for standard frames both are the same. */
static bool id_matches(const struct element *e, uint32_t id, uint32_t masked, bool extended)
{
    switch (e->type) {
    case FILTER_RANGE:
        return in_range(masked, e);
    case FILTER_DUAL:
        return masked == e->id1 || masked == e->id2;
    case FILTER_CLASSIC:
        return ((masked ^ e->id1) & e->id2) == 0;
    default: /* standard: the element is disabled */
        return extended && in_range(id, e);
    }
}

static bool buffer_is_new(const struct fdcan *f, unsigned buffer)
{
    return (fdcan_value(f, buffer < 32 ? R_NDAT1 : R_NDAT2) >> (buffer % 32) & 1u) != 0;
}

/* SFEC = 111: exactly this identifier, into an Rx buffer or as a debug message; SFT is ignored. */
static bool buffer_matches(const struct fdcan *f, const struct element *e, uint32_t masked,
                           struct fdcan_verdict *v)
{
    unsigned message = fdcan_field(e->id2, 9, 2);
    unsigned buffer = fdcan_field(e->id2, 0, 6);

    if (masked != e->id1) {
        return false;
    }
    if (message != 0) {
        v->action = FDCAN_DEBUG;
        v->target = message;
        v->buffer = buffer;
        return true;
    }
    v->action = FDCAN_BUFFER;
    v->target = buffer;
    return !buffer_is_new(f, buffer); /* locked until the flag is cleared: the search goes on */
}

static void decide(const struct element *e, struct fdcan_verdict *v)
{
    v->priority = e->action >= ACTION_PRIORITY;
    switch (e->action) {
    case ACTION_FIFO0:
    case ACTION_PRIORITY_FIFO0:
        v->action = FDCAN_FIFO;
        v->target = 0;
        break;
    case ACTION_FIFO1:
    case ACTION_PRIORITY_FIFO1:
        v->action = FDCAN_FIFO;
        v->target = 1;
        break;
    case ACTION_PRIORITY:
        v->action = FDCAN_PRIORITY_ONLY;
        break;
    default:
        v->action = FDCAN_REJECT;
        break;
    }
}

static bool element_matches(struct fdcan *f, const struct element *e, const struct bus_frame *frame,
                            uint32_t masked, struct fdcan_verdict *v)
{
    if (e->action == ACTION_DISABLED) {
        return false;
    }
    if (e->action == ACTION_BUFFER) {
        return buffer_matches(f, e, masked, v);
    }
    if (!id_matches(e, frame->id, masked, frame->extended)) {
        return false;
    }
    decide(e, v);
    return true;
}

static struct fdcan_verdict not_matching(uint32_t accept)
{
    struct fdcan_verdict v = {.action = accept < 2 ? FDCAN_FIFO : FDCAN_REJECT,
                              .target = accept & 1u};

    return v;
}

struct fdcan_verdict fdcan_filter(struct fdcan *f, const struct bus_frame *frame)
{
    uint32_t gfc = fdcan_value(f, R_GFC);
    uint32_t list = fdcan_value(f, frame->extended ? R_XIDFC : R_SIDFC);
    uint32_t offset = list & 0xFFFCu;
    unsigned size = fdcan_field(list, 16, 8);
    unsigned most = frame->extended ? EXTENDED_MAX : STANDARD_MAX;
    uint32_t masked = frame->extended ? frame->id & fdcan_value(f, R_XIDAM) : frame->id;
    bool reject_remote = (gfc & (frame->extended ? 1u : 2u)) != 0;

    if (frame->remote && reject_remote) {
        return (struct fdcan_verdict){.action = FDCAN_REJECT};
    }
    for (unsigned i = 0; i < size && i < most; i++) {
        struct fdcan_verdict v = {.matched = true, .index = i, .extended_list = frame->extended};
        struct element e = frame->extended ? extended_element(f, offset + 8 * i)
                                           : standard_element(f, offset + 4 * i);
        if (element_matches(f, &e, frame, masked, &v)) {
            return v;
        }
    }
    return not_matching(fdcan_field(gfc, frame->extended ? 2 : 4, 2));
}
