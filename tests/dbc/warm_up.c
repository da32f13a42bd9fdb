/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/formats/cmocka_head.h"

#include "tests/dbc/warm_up.h"
#include "tests/formats/scratch_file.h"

#include <math.h>
#include <string.h>

#define TICK_MS 20
#define PAGES 14

struct state {
    const struct warm_up *car;
    struct find_bus *bus;
    uint64_t random;
    uint32_t tick;
    double speed; /* engine speed, rpm */
};

static void send(struct state *state, uint32_t id, const uint8_t *data)
{
    struct can_log_frame frame = {
        .time_ns = UINT64_C(1000000) * TICK_MS * state->tick, .id = id, .len = 8};
    memcpy(frame.data, data, 8);
    assert_true(find_bus_add(state->bus, &frame));
}

static double time_s(const struct state *state)
{
    return state->tick * TICK_MS / 1000.0;
}

/* Oil goes after the coolant, which the thermostat stops. */
static double oil_c(const struct state *state)
{
    const struct warm_up *car = state->car;
    return car->end_c - (car->end_c - car->start_c) * exp(-time_s(state) / 200);
}

static double coolant_c(const struct state *state)
{
    return fmin(state->car->start_c + 0.25 * time_s(state), 91) + 0.4 * sin(time_s(state) / 9);
}

static void put(uint8_t *data, int byte, const struct warm_up *car, double celsius, bool gone)
{
    long raw = lround((celsius - car->offset) / car->scale);
    if (car->shape == FIND_BYTE) {
        data[byte] = gone ? 0xFF : (uint8_t)raw;
        return;
    }
    bool motorola = car->shape == FIND_MOTOROLA;
    data[byte + !motorola] = gone ? 0xFF : (uint8_t)(raw >> 8);
    data[byte + motorola] = gone ? 0xFF : (uint8_t)raw;
}

/* Every 100 ms. On other pages, and in other bytes, stands whatever comes. */
static void send_temperatures(struct state *state)
{
    const struct warm_up *car = state->car;
    uint8_t data[8];
    int width = car->shape == FIND_BYTE ? 1 : 2;
    for (int i = 0; i < 8; i++) {
        data[i] = (uint8_t)fuzz_next(&state->random);
    }
    int page = (int)(state->tick / 5) % PAGES;
    if (car->page >= 0) {
        data[0] = (uint8_t)page;
    }
    if (car->page < 0 || page == car->page) {
        bool gone = (int)state->tick / 5 < car->gone_frames;
        put(data, car->byte, car, oil_c(state), gone);
        if (car->has_coolant) {
            put(data, car->byte + width, car, coolant_c(state), gone);
        }
    }
    send(state, WARM_UP_ID, data);
}

/* Engine speed in quarters, torque that follows it, a counter of 4 bits and a checksum. */
static void send_engine(struct state *state)
{
    double noise = (double)(fuzz_next(&state->random) % 1000) / 1000 - 0.5;
    state->speed += (1500 + 900 * sin(time_s(state) / 7) - state->speed) * 0.02 + 20 * noise;
    unsigned rpm = (unsigned)lround(state->speed * 4);
    uint8_t data[8] = {(uint8_t)(rpm >> 8),
                       (uint8_t)rpm,
                       (uint8_t)(state->speed / 20),
                       128,
                       0x80,
                       110,
                       (uint8_t)(state->tick & 0xF),
                       0};
    for (int i = 0; i < 7; i++) {
        data[7] ^= data[i];
    }
    send(state, 0x1A0, data);
}

/* A clock of seconds, an odometer, the air outside, a slow 16-bit counter, fuel that sloshes. */
static void send_slow_things(struct state *state)
{
    unsigned seconds = (unsigned)time_s(state);
    unsigned metres = seconds * 9;
    double slosh = 120 + 6 * sin(time_s(state) / 3);
    uint8_t data[8] = {(uint8_t)(seconds % 60),
                       (uint8_t)(seconds / 60 + 30),
                       (uint8_t)(metres >> 8),
                       (uint8_t)metres,
                       58,
                       (uint8_t)slosh,
                       0xC8,
                       (uint8_t)(state->tick / 50 % 200)};
    send(state, 0x5F0, data);
}

void warm_up_fill(struct find_bus *bus, const struct warm_up *car, uint64_t seed)
{
    struct state state = {.car = car, .bus = bus, .random = seed, .speed = 1200};
    for (; state.tick < WARM_UP_S * 1000 / TICK_MS; state.tick++) {
        send_engine(&state);
        if (state.tick % 5 == 0) {
            send_temperatures(&state);
        }
        if (state.tick % 25 == 0) {
            send_slow_things(&state);
        }
    }
}
