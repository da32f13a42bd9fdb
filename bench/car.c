/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/car.h"

#include "core/signal_bits.h"
#include "core/source_ops.h"

#include <math.h>
#include <string.h>

#define DEFAULT_BITRATE_BPS 500000u
#define PERIOD_MS 100u
#define J1939_PRIORITY 0x18000000u /* 6, for groups that leave it open */
#define ENGINE_ADDRESS 0x10
#define TRANSMISSION_ADDRESS 0x18

/* ---- what the car sends ---- */

static bool is_invalid(const struct source_broadcast *source, uint64_t raw)
{
    for (int i = 0; i < source->invalid_count; i++) {
        if (raw >= source->invalid[i].lo && raw <= source->invalid[i].hi) {
            return true;
        }
    }
    return false;
}

static uint64_t float_bits(const struct source_broadcast *source, double number)
{
    uint64_t bits = 0;
    float single = (float)number;
    if (source->bits.length_bits == 32) {
        memcpy(&bits, &single, sizeof single); /* little-endian, as all our computers */
    } else {
        memcpy(&bits, &number, sizeof number);
    }
    return bits;
}

/* The raw value that comes nearest, within what the field holds, and is one. */
static uint64_t raw_of(const struct source_broadcast *source, int32_t value_milli)
{
    double number = (value_milli / 1e3 - source->offset) / source->scale;
    if (source->is_float) {
        return float_bits(source, number);
    }
    double limit = ldexp(1, source->bits.length_bits - (source->is_signed ? 1 : 0)) - 1;
    number = fmin(fmax(round(number), source->is_signed ? -limit - 1 : 0), limit);
    uint64_t bits = (uint64_t)llround(number);
    if (source->bits.length_bits < 64) {
        bits &= (UINT64_C(1) << source->bits.length_bits) - 1;
    }
    while (is_invalid(source, bits) && bits > 0) {
        bits--;
    }
    return bits;
}

static uint64_t raw_without_value(const struct source_broadcast *source)
{
    const uint64_t ones =
        source->bits.length_bits < 64 ? (UINT64_C(1) << source->bits.length_bits) - 1 : UINT64_MAX;
    return source->invalid_count > 0 ? source->invalid[0].lo : ones;
}

static uint64_t encode(const void *context, int32_t value_milli)
{
    const struct bench_car_source *from = context;
    return *from->failed ? raw_without_value(from->source) : raw_of(from->source, value_milli);
}

/* Pages and validity bits say yes. A condition that does not fit a frame, no record has. */
static bool fix_condition(struct can_car_signal *signal, const struct condition *c)
{
    return c->role == CONDITION_NONE ||
           (signal_bits_insert(&c->bits, signal->fixed, CAN_DATA_MAX, c->equals) == 0 &&
            signal_bits_insert(&c->bits, signal->fixed_mask, CAN_DATA_MAX, UINT64_MAX) == 0);
}

static uint32_t id_of(const struct source_broadcast *source)
{
    bool is_open = source->extended && (source->id_mask & J1939_PRIORITY) == 0;
    return (source->id & source->id_mask) | (is_open ? J1939_PRIORITY : 0);
}

static void add_signal(struct bench_car *self, struct can_car_config *to,
                       const struct source_config *config)
{
    const struct source_broadcast *source = &config->broadcast;
    struct bench_car_source *from = &self->sources[to->signal_count];
    *from = (struct bench_car_source){source, &self->sensor_failed};
    struct can_car_signal *signal = &to->signals[to->signal_count++];
    int span = signal_bits_span(&source->bits);
    *signal = (struct can_car_signal){
        .id = id_of(source),
        .extended = source->extended,
        .fd = span > 8,
        .dlc = span > 8 ? 15 : 8,
        .start_bit = source->bits.start_bit,
        .length_bits = source->bits.length_bits,
        .motorola = source->bits.motorola,
        .is_signed = source->is_signed,
        .scale_micro = 1000000,
        .encode = encode,
        .encode_ctx = from,
    };
    for (int i = 0; i < CONDITION_MAX && fix_condition(signal, &source->condition[i]); i++) {
    }
}

/* ---- whom it asks ---- */

static int32_t temperature(void *context, bool coolant, vtime_ps now)
{
    const struct bench_car *self = context;
    return coolant ? can_car_coolant_milli(&self->car, now)
                   : can_car_temperature_milli(&self->car, now);
}

static struct can_ecu_answer *add_answer(struct bench_car *self, struct can_ecu_config *ecu)
{
    struct can_ecu_answer *list = self->answer[self->ecu_count];
    ecu->answers = list;
    return &list[ecu->answer_count++];
}

static void add_pid(struct bench_car *self, struct can_ecu_config *ecu, uint8_t pid)
{
    struct can_ecu_answer *a = add_answer(self, ecu);
    *a = (struct can_ecu_answer){.request = {OBD_SERVICE, pid},
                                 .request_length = 2,
                                 .length = 1,
                                 .length_bits = 8,
                                 .is_coolant = pid == OBD_PID_COOLANT,
                                 .scale_micro = 1000000,
                                 .offset_micro = -40000000};
    self->support[(pid - 1) / 32][(pid - 1) % 32 / 8] |= (uint8_t)(0x80 >> (pid - 1) % 8);
}

/* PIDs 00, 20, 40: each says that there is a next. */
static void add_support(struct bench_car *self, struct can_ecu_config *ecu)
{
    for (unsigned i = 0; i < OBD_BLOCKS; i++) {
        struct can_ecu_answer *a = add_answer(self, ecu);
        self->support[i][3] |= i + 1 < OBD_BLOCKS ? 1 : 0;
        *a = (struct can_ecu_answer){.request = {OBD_SERVICE, (uint8_t)(32 * i)},
                                     .request_length = 2,
                                     .data = self->support[i],
                                     .length = 4};
    }
}

static void add_ecu(struct bench_car *self, struct can_bus *bus, struct can_ecu_config *config,
                    vtime_ps now)
{
    config->bitrate_bps = self->car.config.bitrate_bps;
    config->temperature_milli = temperature;
    config->ctx = self;
    can_ecu_init(&self->ecu[self->ecu_count++], bus, config, now);
}

static struct can_ecu_config obd_ecu(const char *name, unsigned number, uint8_t address, bool is_29)
{
    return (struct can_ecu_config){
        .name = name,
        .request_id = is_29 ? OBD_ID29_REQUEST | (uint32_t)address << 8 : OBD_ID_REQUEST + number,
        .answer_id = is_29 ? OBD_ID29_ANSWER | address : OBD_ID_ANSWER + number,
        .functional_id = is_29 ? OBD_ID29_FUNCTIONAL : OBD_ID_FUNCTIONAL,
        .extended = is_29,
    };
}

/* One pair of units answers all dials. */
static void add_obd(struct bench_car *self, struct can_bus *bus, const struct source_config *source,
                    vtime_ps now)
{
    static const uint8_t transmission_support[] = {0x80, 0, 0, 0};
    const bool is_29 = source->obd2.addressing == OBD_29BIT; /* the same in all dials */
    if (self->has_obd) {
        return;
    }
    self->has_obd = true;
    struct can_ecu_config engine = obd_ecu("engine", 0, ENGINE_ADDRESS, is_29);
    static const uint8_t pids[] = {OBD_PID_OIL, OBD_PID_COOLANT, OBD_PID_INTAKE, OBD_PID_AMBIENT};
    for (size_t i = 0; i < sizeof pids; i++) {
        add_pid(self, &engine, pids[i]);
    }
    add_support(self, &engine);
    add_ecu(self, bus, &engine, now);
    struct can_ecu_config transmission = obd_ecu("transmission", 1, TRANSMISSION_ADDRESS, is_29);
    *add_answer(self, &transmission) = (struct can_ecu_answer){.request = {OBD_SERVICE, 0},
                                                               .request_length = 2,
                                                               .data = transmission_support,
                                                               .length = 4};
    add_ecu(self, bus, &transmission, now);
}

/* One unit a dial; two dials that ask the same unit meet two that never answer the same request. */
static void add_uds(struct bench_car *self, struct can_bus *bus, const struct source_config *source,
                    vtime_ps now)
{
    const struct source_uds *uds = &source->uds;
    struct can_ecu_config ecu = {
        .name = "ecu",
        .request_id = uds->request_id,
        .answer_id = uds->response_id,
        .extended = uds->extended,
        .has_address = uds->has_address,
        .address = uds->ecu,
        .tester = UDS_TESTER,
    };
    struct can_ecu_answer *a = add_answer(self, &ecu);
    *a = (struct can_ecu_answer){
        .length = (uint16_t)((uds->start_bit + uds->length_bits + 7) / 8),
        .start_bit = uds->start_bit,
        .length_bits = uds->length_bits,
        .is_signed = uds->is_signed,
        .scale_micro = llround(uds->scale * 1e6),
        .offset_micro = llround(uds->offset * 1e6),
    };
    a->request_length = (uint8_t)uds_request(uds, a->request);
    add_ecu(self, bus, &ecu, now);
}

/* Whatever diagnostics may use, and what the profile hears and asks with. */
static void avoid_used(struct can_car_config *to, const struct record *record)
{
    to->avoided[to->avoided_count++] = (struct can_car_ids){0x7D0, 0x7F0, false};
    to->avoided[to->avoided_count++] = (struct can_car_ids){0x18DA0000, 0x1FFE0000, true};
    for (int i = 0; i < record->dial_count; i++) {
        const struct source_config *source = &record->dial[i].source;
        struct request_ids ids[REQUEST_IDS_MAX];
        const unsigned count =
            source_ops((uint8_t)source->kind)->list_ids(source, SOURCE_IDS_RECEIVE, ids, 0);
        for (unsigned n = 0; n < count; n++) {
            to->avoided[to->avoided_count++] =
                (struct can_car_ids){ids[n].id, ids[n].mask, ids[n].extended};
        }
    }
}

/* ---- the whole ---- */

/* What each kind of source needs of the car: something sent, or somebody who answers. */
static const struct car_part {
    void (*add_signal)(struct bench_car *self, struct can_car_config *to,
                       const struct source_config *source);
    void (*add_ecus)(struct bench_car *self, struct can_bus *bus,
                     const struct source_config *source, vtime_ps now);
} parts[] = {
    [SOURCE_BROADCAST] = {.add_signal = add_signal},
    [SOURCE_OBD2] = {.add_ecus = add_obd},
    [SOURCE_UDS] = {.add_ecus = add_uds},
};

static uint64_t period_ps(const struct record *record)
{
    uint32_t period_ms = PERIOD_MS;
    for (int i = 0; i < record->dial_count; i++) { /* never so slow that a dial goes stale */
        uint32_t fits_ms = record->dial[i].timeout_ms / 4;
        period_ms = fits_ms < period_ms ? fits_ms : period_ms;
    }
    return VTIME_MS((uint64_t)(period_ms < 2 ? 2 : period_ms));
}

void bench_car_init(struct bench_car *self, struct can_bus *bus,
                    const struct bench_car_config *config, vtime_ps now)
{
    memset(self, 0, sizeof *self);
    self->record = *config->record;
    const struct record *record = &self->record;
    struct can_car_config car = {
        .period = period_ps(record),
        .ambient_milli = config->ambient_milli,
        .bitrate_bps =
            record->bitrate_bps != RECORD_BITRATE_AUTO ? record->bitrate_bps : DEFAULT_BITRATE_BPS,
        .data_bitrate_bps = record->fd_data_bitrate_bps,
        .start = config->start_ps,
        .drive = config->drive_ps,
        .seed = config->seed,
    };
    for (int i = 0; i < record->dial_count; i++) {
        const struct source_config *source = &record->dial[i].source;
        if (parts[source->kind].add_signal != NULL) {
            parts[source->kind].add_signal(self, &car, source);
        }
    }
    avoid_used(&car, record);
    can_car_init(&self->car, bus, &car, now);
    for (int i = 0; i < record->dial_count; i++) {
        const struct source_config *source = &record->dial[i].source;
        if (parts[source->kind].add_ecus != NULL) {
            parts[source->kind].add_ecus(self, bus, source, now);
        }
    }
}

void bench_car_destroy(struct bench_car *self, vtime_ps now)
{
    for (unsigned i = 0; i < self->ecu_count; i++) {
        can_ecu_destroy(&self->ecu[i], now);
    }
    can_car_destroy(&self->car, now);
}

#define HEATING_MILLI_PER_S 3000

/* The engine's curve has a point a second: from the next one on it goes to `milli`, and stays there. */
static void head_for(struct bench_car *self, int32_t milli, vtime_ps now)
{
    struct can_car *car = &self->car;
    int32_t at = can_car_temperature_milli(car, now);
    size_t second = now > car->config.start ? (now - car->config.start) / VTIME_S(1) + 1 : 0;
    for (; second < CAN_CAR_CURVE_POINTS; second++) {
        int32_t step = milli - at;
        step = step > HEATING_MILLI_PER_S ? HEATING_MILLI_PER_S : step;
        step = step < -HEATING_MILLI_PER_S ? -HEATING_MILLI_PER_S : step;
        at += step;
        car->curve_milli[second] = at;
    }
}

void bench_car_act(struct bench_car *self, const struct bench_car_act *act, vtime_ps now)
{
    switch (act->part) {
    case BENCH_CAR_ENGINE:
        can_car_sleep(&self->car, !act->on, now);
        break;
    case BENCH_CAR_OIL:
        head_for(self, act->milli, now);
        break;
    case BENCH_CAR_SENSOR:
        self->sensor_failed = !act->on;
        break;
    }
}

bool bench_car_owns(const struct bench_car *self, const struct can_node *node)
{
    for (unsigned i = 0; i < self->ecu_count; i++) {
        if (node == &self->ecu[i].node) {
            return true;
        }
    }
    return node == &self->car.node;
}
