/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "fdcan_testkit.h"

#include <stdlib.h>
#include <string.h>

static const struct chip_entry table[] = {
    {.name = "FDCAN1", .model = &fdcan_model, .base = FDCAN1, .param = 1},
    {.name = "FDCAN2", .model = &fdcan_model, .base = FDCAN2, .param = 2},
    {.name = NULL},
};

int kit_setup(void **state)
{
    struct kit *k = calloc(1, sizeof(*k));

    if (k == NULL || chip_setup(&k->chip, &(struct chip_params){.seed = 1}) != 0 ||
        chip_populate(&k->chip, table) != 0) {
        return -1;
    }
    clock_set(&k->chip.clocks[CLK_FDCAN], CLOCK_UHZ(80000000), 0);
    chip_power(&k->chip, true);
    k->chip.access.master = MASTER_CM4;
    k->can1 = chip_periph(&k->chip, "FDCAN1");
    k->can2 = chip_periph(&k->chip, "FDCAN2");
    k->base = FDCAN1;
    can_bus_init(&k->bus, &k->chip.sched);
    can_transceiver_init(&k->transceiver, &k->bus, chip_pin(&k->chip, 'D', 0),
                         chip_pin(&k->chip, 'D', 1));
    tester_init(&k->ecu, &k->bus, "ecu");
    *state = k;
    return 0;
}

int kit_teardown(void **state)
{
    struct kit *k = *state;

    can_transceiver_destroy(&k->transceiver);
    can_bus_destroy(&k->bus);
    chip_teardown(&k->chip);
    free(k);
    return 0;
}

uint32_t rd(struct kit *k, uint32_t offset)
{
    return chip_mmio_read(&k->chip, k->base + offset, 4);
}

void wr(struct kit *k, uint32_t offset, uint32_t value)
{
    chip_mmio_write(&k->chip, k->base + offset, 4, value);
}

uint32_t ram(struct kit *k, unsigned word)
{
    uint32_t value;

    memcpy(&value, chip_region(&k->chip, SRAMCAN, MASTER_CM4)->host + 4 * word, 4);
    return value;
}

void set_ram(struct kit *k, unsigned word, uint32_t value)
{
    memcpy(chip_region(&k->chip, SRAMCAN, MASTER_CM4)->host + 4 * word, &value, 4);
}

void run_us(struct kit *k, uint64_t us)
{
    sched_run_until(&k->chip.sched, k->chip.sched.now + VTIME_US(us));
}

void kit_route(struct kit *k)
{
    vtime_ps now = k->chip.sched.now;

    chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN1_RX"), chip_pin(&k->chip, 'D', 0), now);
    chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN1_TX"), chip_pin(&k->chip, 'D', 1), now);
}

void kit_configure(struct kit *k, unsigned elements)
{
    wr(k, CCCR, INIT);
    run_us(k, 1);
    wr(k, CCCR, INIT | CCE);
    wr(k, NBTP, NBTP_500K);
    wr(k, DBTP, DBTP_2M);
    wr(k, SIDFC, RAM_STD << 2);
    wr(k, XIDFC, RAM_EXT << 2);
    wr(k, RXF0C, elements << 16 | RAM_FIFO0 << 2);
    wr(k, RXF1C, elements << 16 | RAM_FIFO1 << 2);
    wr(k, RXBC, RAM_RXB << 2);
    wr(k, RXESC, 0);
    wr(k, TXBC, 4u << 24 | RAM_TX << 2);
    wr(k, TXEFC, 4u << 16 | RAM_EVENTS << 2);
}

void kit_start(struct kit *k, uint32_t cccr)
{
    wr(k, CCCR, INIT | CCE | cccr);
    wr(k, CCCR, cccr);
    run_us(k, 30);
}

void kit_listen(struct kit *k, uint32_t cccr)
{
    kit_route(k);
    kit_configure(k, 8);
    kit_start(k, cccr);
}

void kit_tx_buffer(struct kit *k, unsigned n, uint32_t id, uint32_t t1)
{
    unsigned word = RAM_TX + 4 * n;

    set_ram(k, word, id << 18);
    set_ram(k, word + 1, 8u << 16 | t1);
    set_ram(k, word + 2, 0x03020100u + n);
    set_ram(k, word + 3, 0x07060504u);
}
