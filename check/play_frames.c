/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Frames on the bus of an FDCAN, as its own filters accept them (RM0399 59.4.2, 59.4.21, 59.4.22): each identifier once,
 * then payloads for those that are named, or brought something new. At the bit rate that it is set to, by a
 * node that stands for a whole bus; as long as the image reads what it received.
 */
#include "check/stimuli.h"

#include "check/chip.h"
#include "check/lexicon.h"
#include "vboard/boards/board.h"
#include "vboard/can/bus.h"
#include "vboard/can/transceiver.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"
#include "vboard/periph/fdcan/fdcan.h"

#include <stdlib.h>
#include <string.h>

#define PORT_PINS 16u
#define MESSAGE_RAM 0x4000AC00u
#define STANDARD_IDS 2048u
#define IDS_MAX (STANDARD_IDS + 4096u)
/* Of a range or a mask so many. */
#define OF_A_FILTER 64u
/* Payloads are tried on so many named identifiers, and on so many others that brought something new; for each
 * degree of effort. */
#define NAMED 16u
#define OPENERS 8u
/* A frame of 8 bytes takes 0.3 ms at 500 kbit/s; not sent or not read within that time: nobody takes part. */
#define PATIENCE VTIME_MS(100)
#define STEP VTIME_US(200)
#define DIGESTS VTIME_US(500)
#define DIGESTS_NEWS VTIME_MS(60)
/* Long enough for a controller to have synchronised. */
#define SYNCHRONISES VTIME_MS(5)

enum {
    GFC = 0x80,
    SIDFC = 0x84,
    XIDFC = 0x88,
    NDAT1 = 0x98,
    NDAT2 = 0x9C,
    RXF0S = 0xA4,
    RXF1S = 0xB4
};
enum { RANGE, DUAL, CLASSIC, RANGE_UNMASKED };
enum { DISABLED, FIFO0, FIFO1, REJECT, PRIORITY, PRIORITY_FIFO0, PRIORITY_FIFO1, BUFFER };

struct id {
    uint32_t id;
    bool extended;
};

struct ids {
    struct id list[IDS_MAX];
    size_t count, named; /* those of the filters come first */
};

/* What hangs on the board. */
struct tester {
    struct can_node node;
    struct can_transceiver transceiver;
    struct signal no_tx;
    bool own; /* a transceiver of its own, on pins where the board has none */
    struct bus_frame frame;
    bool pending;
    struct ids ids;
};

static unsigned controller(const struct check_play *p)
{
    return p->line->stimulus.which;
}

/* ---- hanging it on ---- */

static bool offers(void *ctx, vtime_ps now, struct bus_frame *f)
{
    const struct tester *t = ctx;
    (void)now;
    *f = t->frame;
    return t->pending;
}

static void was_sent(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct tester *t = ctx;
    (void)f;
    (void)start;
    (void)now;
    t->pending = false;
}

static const struct can_node_ops tester_ops = {.pending = offers, .sent = was_sent};

static struct signal *pin_of(struct check_play *p, unsigned pin)
{
    return chip_pin(p->chip, (char)('A' + pin / PORT_PINS), pin % PORT_PINS);
}

void check_prepare_frames(struct check_play *p)
{
    unsigned n = controller(p) - 1;
    vtime_ps now = p->chip->sched.now;
    struct tester *t = calloc(1, sizeof *t);
    if (t == NULL) {
        abort();
    }
    struct signal *rx = pin_of(p, p->senses->can_rx[n] - 1u);
    t->own = can_transceiver_at_rx(rx) == NULL;
    if (t->own) {
        uint8_t tx = p->senses->can_tx[n];
        signal_init(&t->no_tx, "none");
        can_transceiver_init(&t->transceiver, board_can_bus(p->board), rx,
                             tx == 0 ? &t->no_tx : pin_of(p, tx - 1u));
    }
    can_node_init(&t->node, "tester", &tester_ops, t,
                  &(struct can_node_config){.bit_ps = VTIME_US(2), .whole_bus = true});
    can_node_attach(&t->node, board_can_bus(p->board), now);
    can_node_start(&t->node, now);
    p->prop = t;
}

void check_clear_frames(struct check_play *p)
{
    struct tester *t = p->prop;
    can_node_detach(&t->node, p->chip->sched.now);
    if (t->own) {
        can_transceiver_destroy(&t->transceiver);
    }
}

/* ---- which identifiers ---- */

static uint32_t reg(struct check_play *p, uint32_t offset)
{
    return check_peek(p->chip, 0x4000A000u + 0x400u * (controller(p) - 1) + offset);
}

static uint32_t ram_word(struct check_play *p, uint32_t offset)
{
    uint32_t word = 0;
    cpu_read_mem(board_cpu(p->board, CORE_CM7), MESSAGE_RAM + offset, &word, sizeof word);
    return word;
}

static void add(struct ids *ids, uint32_t id, bool extended)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (ids->list[i].id == id && ids->list[i].extended == extended) {
            return;
        }
    }
    if (ids->count < IDS_MAX) {
        ids->list[ids->count++] = (struct id){id, extended};
    }
}

/* The n-th identifier that differs from `id` in the bits of `free` only. */
static uint32_t spread(uint32_t id, uint32_t free, uint32_t n)
{
    uint32_t out = id & ~free;
    for (unsigned bit = 0; bit < 29; bit++) {
        if ((free >> bit & 1u) != 0) {
            out |= (n & 1u) << bit;
            n >>= 1;
        }
    }
    return out;
}

static void add_range(struct ids *ids, uint32_t first, uint32_t last, bool extended)
{
    add(ids, last, extended);
    for (uint32_t i = 0; first <= last && i < OF_A_FILTER; i++) {
        add(ids, first + i, extended);
        if (first + i == last) {
            return;
        }
    }
}

struct element {
    uint32_t type, action, id1, id2;
    bool extended;
};

static void add_element(struct ids *ids, const struct element *e)
{
    uint32_t free = ~e->id2 & (e->extended ? 0x1FFFFFFFu : 0x7FFu);
    if (e->action == DISABLED || e->action == REJECT) {
        return;
    }
    add(ids, e->id1, e->extended);
    if (e->action == BUFFER) {
        return;
    }
    if (e->type == DUAL) {
        add(ids, e->id2, e->extended);
    } else if (e->type == CLASSIC) {
        for (uint32_t i = 0; i < OF_A_FILTER; i++) {
            add(ids, spread(e->id1, free, i), e->extended);
        }
    } else if (e->type == RANGE || e->extended) {
        add_range(ids, e->id1, e->id2, e->extended);
    }
}

static void add_filters(struct check_play *p, struct ids *ids)
{
    uint32_t standard = reg(p, SIDFC);
    uint32_t extended = reg(p, XIDFC);
    for (uint32_t i = 0; i < (standard >> 16 & 0xFFu); i++) {
        uint32_t s0 = ram_word(p, (standard & 0xFFFCu) + 4 * i);
        add_element(
            ids, &(struct element){s0 >> 30, s0 >> 27 & 7u, s0 >> 16 & 0x7FFu, s0 & 0x7FFu, false});
    }
    for (uint32_t i = 0; i < (extended >> 16 & 0x7Fu); i++) {
        uint32_t f0 = ram_word(p, (extended & 0xFFFCu) + 8 * i);
        uint32_t f1 = ram_word(p, (extended & 0xFFFCu) + 8 * i + 4);
        add_element(
            ids, &(struct element){f1 >> 30, f0 >> 29, f0 & 0x1FFFFFFFu, f1 & 0x1FFFFFFFu, true});
    }
}

/* Non-matching frames are accepted where GFC.ANFS, ANFE are 0 or 1. */
static void add_others(struct check_play *p, struct ids *ids)
{
    uint32_t gfc = reg(p, GFC);
    for (uint32_t id = 0; (gfc >> 4 & 3u) < 2 && id < STANDARD_IDS; id++) {
        add(ids, id, false);
    }
    for (size_t i = 0; (gfc >> 2 & 3u) < 2 && i < p->lexicon->id_count; i++) {
        add(ids, p->lexicon->ids[i], true);
    }
    if ((gfc >> 2 & 3u) < 2) {
        add(ids, 0, true);
    }
}

/* ---- sending ---- */

static bool is_read(struct check_play *p)
{
    return ((reg(p, RXF0S) | reg(p, RXF1S)) & 0x7Fu) == 0 && (reg(p, NDAT1) | reg(p, NDAT2)) == 0;
}

static void set_rate(struct check_play *p, struct tester *t)
{
    const struct can_node *node =
        fdcan_node(chip_periph(p->chip, controller(p) == 1 ? "FDCAN1" : "FDCAN2"));
    if (t->node.config.bit_ps != node->config.bit_ps && node->config.bit_ps != 0) {
        can_node_configure(&t->node,
                           &(struct can_node_config){.bit_ps = node->config.bit_ps,
                                                     .data_bit_ps = node->config.data_bit_ps,
                                                     .whole_bus = true},
                           p->chip->sched.now);
    }
}

static bool wait_until_read(struct check_play *p)
{
    const struct tester *t = p->prop;
    vtime_ps deadline = check_play_time(p) + PATIENCE;
    while (t->pending || !is_read(p)) {
        if (check_play_time(p) > deadline || !check_play_for(p, STEP)) {
            return false;
        }
    }
    return true;
}

/* False: nobody reads, or the start is over. */
static bool send(struct check_play *p, struct id id, const uint8_t *data, uint8_t length)
{
    struct tester *t = p->prop;
    struct check_nudge n = {.act = CHECK_SEND_FRAME,
                            .which = p->boot->stimulus.which,
                            .length = length,
                            .extended = id.extended,
                            .id = id.id};
    memcpy(n.bytes, data, length);
    check_play_note(p, &n);
    size_t news = check_play_news(p);
    t->frame = (struct bus_frame){.id = id.id, .extended = id.extended, .dlc = length};
    memcpy(t->frame.data, data, length);
    t->pending = true;
    set_rate(p, t);
    can_node_request(&t->node, p->chip->sched.now, p->chip->sched.now);
    bool on = wait_until_read(p) && check_play_for(p, DIGESTS);
    return on && (check_play_news(p) == news || check_play_for(p, DIGESTS_NEWS));
}

/* Each value of one byte, the others 0. */
static bool sweep(struct check_play *p, struct id id, unsigned at)
{
    for (unsigned value = 0; value < 256; value++) {
        uint8_t data[8] = {0};
        data[at] = (uint8_t)value;
        if (!send(p, id, data, 8)) {
            return false;
        }
    }
    return true;
}

static bool send_payloads(struct check_play *p, struct id id)
{
    static const uint8_t ones[8] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    size_t news = check_play_news(p);
    bool on = send(p, id, ones, 8) && send(p, id, ones, 0) && sweep(p, id, 0);
    for (unsigned at = 1; on && at < 8; at++) {
        bool goes_on = check_play_news(p) != news || p->effort > 1 || at == 1;
        on = !goes_on || sweep(p, id, at);
    }
    return on;
}

/* Each identifier once; then payloads. */
static void send_all(struct check_play *p)
{
    static const uint8_t data[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct tester *t = p->prop;
    size_t openers = 0;
    bool opens[IDS_MAX] = {false};
    for (size_t i = 0; i < t->ids.count; i++) {
        size_t news = check_play_news(p);
        if (!send(p, t->ids.list[i], data, 8)) {
            return;
        }
        opens[i] = check_play_news(p) != news && openers++ < (size_t)OPENERS * p->effort;
    }
    for (size_t i = 0; i < t->ids.count; i++) {
        bool named = i < t->ids.named && i < (size_t)NAMED * p->effort;
        if ((named || opens[i]) && !send_payloads(p, t->ids.list[i])) {
            return;
        }
    }
}

void check_play_frames(struct check_play *p)
{
    struct tester *t = p->prop;
    if (!check_play_until(p, p->settled + SYNCHRONISES)) {
        return;
    }
    add_filters(p, &t->ids);
    t->ids.named = t->ids.count;
    add_others(p, &t->ids);
    send_all(p);
}
