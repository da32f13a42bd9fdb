/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/car/car.h"

#include <string.h>

#define DEFAULT_PERIOD VTIME_MS(100)
#define DEFAULT_BITRATE_BPS 500000u
#define DEFAULT_START VTIME_S(1)
#define DEFAULT_DRIVE VTIME_S(600)

/* ---- the engine ---- */

#define STEPS_PER_SECOND 10
#define WARMING_MILLI_PER_STEP 25 /* coolant: 0.25 degrees a second */
#define THERMOSTAT_MILLI 90000
#define OIL_ABOVE_COOLANT_MILLI 12000
#define OIL_TIME_CONSTANT_STEPS 900 /* 90 s */
#define SWING_MILLI 2000
#define SWING_PERIOD_S 97
/* Driven hard: full load warms the oil towards 150 degrees, and with its time constant to about 135. */
#define HARD_FROM_S 330u
#define HARD_TO_S 450u
#define HARD_ABOVE_MILLI 60000

/* A triangle of +-SWING_MILLI, for what hills and traffic do to warm oil. */
static int32_t swing(unsigned second)
{
    int32_t phase = (int32_t)(second % SWING_PERIOD_S) * 4 * SWING_MILLI / SWING_PERIOD_S;

    if (phase < SWING_MILLI) {
        return phase;
    }
    return phase < 3 * SWING_MILLI ? 2 * SWING_MILLI - phase : phase - 4 * SWING_MILLI;
}

/* Thousandths of a thousandth inside, so that the slow end of the approach is not lost. */
static void warm_up(struct can_car *car)
{
    int64_t coolant_micro = (int64_t)car->config.ambient_milli * 1000;
    int64_t oil_micro = coolant_micro;

    for (unsigned second = 0; second < CAN_CAR_CURVE_POINTS; second++) {
        car->curve_milli[second] = (int32_t)(oil_micro / 1000);
        car->coolant_milli[second] = (int32_t)(coolant_micro / 1000);
        int64_t above = OIL_ABOVE_COOLANT_MILLI;
        if (coolant_micro >= (int64_t)THERMOSTAT_MILLI * 1000) {
            const bool hard = second >= HARD_FROM_S && second < HARD_TO_S;
            above = hard ? HARD_ABOVE_MILLI : above + swing(second);
        }
        for (unsigned step = 0; step < STEPS_PER_SECOND; step++) {
            if (coolant_micro < (int64_t)THERMOSTAT_MILLI * 1000) {
                coolant_micro += WARMING_MILLI_PER_STEP * 1000;
            }
            oil_micro += (coolant_micro + above * 1000 - oil_micro) / OIL_TIME_CONSTANT_STEPS;
        }
    }
}

static int32_t on_curve(const struct can_car *car, const int32_t *curve_milli, vtime_ps now)
{
    vtime_ps since = now > car->config.start ? now - car->config.start : 0;
    vtime_ps second = since / VTIME_S(1);

    if (second >= CAN_CAR_CURVE_POINTS - 1) {
        return curve_milli[CAN_CAR_CURVE_POINTS - 1];
    }
    int64_t from = curve_milli[second];
    int64_t to = curve_milli[second + 1];
    int64_t part_us = (int64_t)(since % VTIME_S(1) / VTIME_US(1));
    return (int32_t)(from + (to - from) * part_us / 1000000);
}

int32_t can_car_temperature_milli(const struct can_car *car, vtime_ps now)
{
    return on_curve(car, car->curve_milli, now);
}

int32_t can_car_coolant_milli(const struct can_car *car, vtime_ps now)
{
    return on_curve(car, car->coolant_milli, now);
}

/* ---- the signals ---- */

static int64_t divide_rounded(int64_t a, int64_t b)
{
    int64_t half = (b < 0 ? -b : b) / 2;

    return (a >= 0 ? a + half : a - half) / b;
}

/* Raw value of a temperature, within the signal's range. */
static int64_t encode(const struct can_car_signal *s, int32_t milli)
{
    int64_t raw = divide_rounded((int64_t)milli * 1000 - s->offset_micro, s->scale_micro);
    unsigned bits = s->length_bits < 62 ? s->length_bits : 62u;
    int64_t most = s->is_signed ? (INT64_C(1) << (bits - 1)) - 1 : (INT64_C(1) << bits) - 1;
    int64_t least = s->is_signed ? -most - 1 : 0;

    if (raw > most) {
        return most;
    }
    return raw < least ? least : raw;
}

int32_t can_car_sent_milli(const struct can_car *car, vtime_ps now)
{
    const struct can_car_signal *s = &car->config.signals[0];
    int64_t raw = encode(s, can_car_temperature_milli(car, now));

    return (int32_t)divide_rounded(raw * s->scale_micro + s->offset_micro, 1000);
}

static void put_bit(uint8_t *data, unsigned bit, bool one)
{
    if (bit < 8 * CAN_DATA_MAX) {
        uint8_t mask = (uint8_t)(1u << (bit % 8));
        data[bit / 8] = (uint8_t)(one ? data[bit / 8] | mask : data[bit / 8] & ~mask);
    }
}

void can_car_insert(uint8_t *data, const struct can_car_signal *s, uint64_t raw)
{
    unsigned bit = s->start_bit;

    for (unsigned i = 0; i < s->length_bits; i++) {
        if (s->motorola) {
            put_bit(data, bit, (raw >> (s->length_bits - 1 - i) & 1u) != 0);
            bit = bit % 8 == 0 ? bit + 15 : bit - 1; /* down the byte, then the next one's top */
        } else {
            put_bit(data, bit + i, (raw >> i & 1u) != 0);
        }
    }
}

/* ---- the other traffic ---- */

/* How many identifiers are sent how often at 500 kbit/s; periods and their mix as on real buses. */
static const struct {
    unsigned count;
    unsigned period_ms;
} traffic[] = {{6, 10}, {8, 20}, {4, 50}, {9, 100}, {8, 200}, {6, 500}, {9, 1000}};

static uint64_t next_random(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static bool id_taken(const struct can_car *car, uint32_t id)
{
    const struct can_car_config *c = &car->config;

    for (unsigned i = 0; i < car->message_count; i++) {
        if (car->messages[i].id == id && car->messages[i].extended == c->extended_traffic) {
            return true;
        }
    }
    for (unsigned i = 0; i < c->avoided_count; i++) {
        if (c->avoided[i].extended == c->extended_traffic &&
            ((c->avoided[i].id ^ id) & c->avoided[i].mask) == 0) {
            return true;
        }
    }
    return false;
}

/* 11-bit identifiers from 0x080 on; on a bus of 29-bit ones broadcasts as SAE J1939 has them. */
static uint32_t pick_id(const struct can_car *car, uint64_t *random)
{
    uint32_t id;

    do {
        uint32_t r = (uint32_t)next_random(random);
        id = car->config.extended_traffic ? 0x18FE0000u | (r & 0xFFFFu) : 0x080u + r % 0x700u;
    } while (id_taken(car, id));
    return id;
}

static struct can_car_message *add_message(struct can_car *car, uint32_t id, uint8_t dlc,
                                           vtime_ps period, vtime_ps due)
{
    struct can_car_message *m = &car->messages[car->message_count++];

    *m = (struct can_car_message){.id = id,
                                  .dlc = dlc,
                                  .period = period,
                                  .due = due,
                                  .extended = car->config.extended_traffic};
    return m;
}

static bool shares_frame(const struct can_car_signal *a, const struct can_car_signal *b)
{
    return a->id == b->id && a->extended == b->extended && a->dlc == b->dlc &&
           memcmp(a->fixed, b->fixed, sizeof(a->fixed)) == 0 &&
           memcmp(a->fixed_mask, b->fixed_mask, sizeof(a->fixed_mask)) == 0;
}

/* The message of signal `i`: an earlier signal's, or its own. */
static void add_signal(struct can_car *car, unsigned i)
{
    const struct can_car_signal *s = &car->config.signals[i];

    for (unsigned k = 0; k < car->message_count; k++) {
        unsigned first = (unsigned)__builtin_ctz(car->messages[k].signals);
        if (shares_frame(&car->config.signals[first], s)) {
            car->messages[k].signals |= 1u << i;
            return;
        }
    }
    struct can_car_message *m =
        add_message(car, s->id, s->dlc, car->config.period, car->config.start);
    m->signals = 1u << i;
    m->extended = s->extended;
    m->fd = s->fd;
}

static void add_traffic(struct can_car *car)
{
    uint64_t random = car->config.seed;
    uint32_t bps = car->config.bitrate_bps;
    /* A slower bus carries the same messages less often. */
    uint32_t stretch = bps < DEFAULT_BITRATE_BPS ? (DEFAULT_BITRATE_BPS + bps - 1) / bps : 1;

    for (unsigned row = 0; row < sizeof(traffic) / sizeof(traffic[0]); row++) {
        vtime_ps period = VTIME_MS((vtime_ps)traffic[row].period_ms * stretch);
        for (unsigned i = 0; i < traffic[row].count; i++) {
            uint32_t id = pick_id(car, &random);
            uint64_t r = next_random(&random);
            uint8_t dlc = (r & 7u) != 0 ? 8 : (uint8_t)(2 + (r >> 3) % 6);
            /* The signal's own frame is the first on the bus. */
            vtime_ps phase = VTIME_US(200) + (r >> 16) % period;
            struct can_car_message *m =
                add_message(car, id, dlc, period, car->config.start + phase);
            m->noise = r;
        }
    }
}

/* A counter, three slowly changing bytes, constants, and a byte like a checksum. */
static void fill_payload(const struct can_car_message *m, uint8_t *data)
{
    uint64_t slow = m->noise + m->count / 16;
    uint8_t sum = (uint8_t)m->id;

    data[0] = (uint8_t)(m->count & 0xFu);
    data[1] = (uint8_t)(m->noise >> 8);
    for (unsigned i = 2; i < 5; i++) {
        uint64_t state = slow + i;
        data[i] = (uint8_t)next_random(&state);
    }
    data[5] = (uint8_t)(m->noise >> 16);
    data[6] = 0;
    for (unsigned i = 0; i < 7; i++) {
        sum = (uint8_t)(sum + data[i]);
    }
    data[7] = sum;
}

/* ---- on the bus ---- */

static vtime_ps next_due(const struct can_car *car)
{
    vtime_ps at = VTIME_NEVER;

    for (unsigned i = 0; i < car->message_count && !car->asleep; i++) {
        if (car->messages[i].due < at) {
            at = car->messages[i].due;
        }
    }
    return at < can_car_end(car) ? at : VTIME_NEVER;
}

/* Of the messages that are due the lowest identifier, as the control units arbitrate. */
static bool choose(struct can_car *car, vtime_ps now)
{
    uint32_t best = UINT32_MAX;

    for (unsigned i = 0; i < car->message_count && !car->asleep; i++) {
        if (car->messages[i].due <= now && car->messages[i].id < best) {
            best = car->messages[i].id;
            car->chosen = i;
        }
    }
    return best != UINT32_MAX;
}

static uint64_t raw_of(const struct can_car *car, unsigned i, vtime_ps now)
{
    const struct can_car_signal *s = &car->config.signals[i];
    int32_t milli = can_car_temperature_milli(car, now);

    return s->encode != NULL ? s->encode(s->encode_ctx, milli) : (uint64_t)encode(s, milli);
}

static void fill_signals(const struct can_car *car, const struct can_car_message *m, vtime_ps now,
                         uint8_t *data)
{
    for (unsigned i = 0; i < car->config.signal_count; i++) {
        const struct can_car_signal *s = &car->config.signals[i];
        if ((m->signals >> i & 1u) == 0) {
            continue;
        }
        uint64_t raw = raw_of(car, i, now);
        if (i == 0 && m->count == 0 && car->config.invalid_first) {
            raw = car->config.invalid_raw;
        }
        can_car_insert(data, s, raw);
        for (unsigned k = 0; k < CAN_DATA_MAX; k++) {
            data[k] = (uint8_t)((data[k] & ~s->fixed_mask[k]) | (s->fixed[k] & s->fixed_mask[k]));
        }
    }
}

static bool pending(void *ctx, vtime_ps now, struct bus_frame *f)
{
    struct can_car *car = ctx;

    if (!choose(car, now)) {
        return false;
    }
    const struct can_car_message *m = &car->messages[car->chosen];
    memset(f, 0, sizeof(*f));
    f->id = m->id;
    f->extended = m->extended;
    f->fd = m->fd;
    f->brs = m->fd;
    f->dlc = m->dlc;
    fill_payload(m, f->data);
    if (m->signals != 0) {
        fill_signals(car, m, now, f->data);
    }
    return true;
}

static void sent(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct can_car *car = ctx;
    struct can_car_message *m = &car->messages[car->chosen];

    (void)f;
    (void)start;
    m->count++;
    m->due += m->period;
    can_node_request(&car->node, next_due(car), now);
}

static const struct can_node_ops ops = {.pending = pending, .sent = sent};

static void complete(struct can_car_config *c)
{
    c->period = c->period != 0 ? c->period : DEFAULT_PERIOD;
    c->bitrate_bps = c->bitrate_bps != 0 ? c->bitrate_bps : DEFAULT_BITRATE_BPS;
    c->start = c->start != 0 ? c->start : DEFAULT_START;
    c->drive = c->drive != 0 ? c->drive : DEFAULT_DRIVE;
    for (unsigned i = 0; i < c->signal_count; i++) {
        c->signals[i].dlc = c->signals[i].dlc != 0 ? c->signals[i].dlc : 8;
        c->extended_traffic |= c->signals[i].extended;
    }
}

void can_car_init(struct can_car *car, struct can_bus *bus, const struct can_car_config *config,
                  vtime_ps now)
{
    memset(car, 0, sizeof(*car));
    car->config = *config;
    complete(&car->config);
    warm_up(car);
    for (unsigned i = 0; i < car->config.signal_count; i++) {
        add_signal(car, i);
    }
    add_traffic(car);
    uint32_t data_bps = car->config.data_bitrate_bps;
    const struct can_node_config node = {.bit_ps = VTIME_S(1) / car->config.bitrate_bps,
                                         .data_bit_ps = data_bps != 0 ? VTIME_S(1) / data_bps : 0,
                                         .whole_bus = true};
    can_node_init(&car->node, "car", &ops, car, &node);
    can_node_attach(&car->node, bus, now);
    can_node_start(&car->node, now);
    can_node_request(&car->node, next_due(car), now);
}

void can_car_destroy(struct can_car *car, vtime_ps now)
{
    can_node_detach(&car->node, now);
}

void can_car_sleep(struct can_car *car, bool asleep, vtime_ps now)
{
    car->asleep = asleep;
    for (unsigned i = 0; i < car->message_count && !asleep; i++) {
        struct can_car_message *m = &car->messages[i];
        if (m->due < now) { /* what was missed is not made up for */
            m->due += (now - m->due + m->period - 1) / m->period * m->period;
        }
    }
    can_node_request(&car->node, next_due(car), now);
}

vtime_ps can_car_end(const struct can_car *car)
{
    return car->config.start + car->config.drive;
}

bool can_car_done(const struct can_car *car, vtime_ps now)
{
    return now >= can_car_end(car);
}
