/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A small host for the boot ROM's UART protocol (AN3155), for when stm32flash is not installed. It
 * speaks to the virtual board directly; waiting for an answer lets the board's time go on.
 *
 * All functions return false after an error, with one line in `error`.
 */
#ifndef LINK_ROM_CLIENT_H
#define LINK_ROM_CLIENT_H

#include "bench/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rom_client {
    const struct bench_model *model;
    void (*advance)(void *context, uint64_t ps); /* lets the board run on */
    void *context;
    uint8_t in[512];
    size_t count;
    char error[96];
};

void rom_client_init(struct rom_client *client, const struct bench_model *model,
                     void (*advance)(void *context, uint64_t ps), void *context);

/* A byte from the board's pin. */
void rom_client_take(struct rom_client *client, uint8_t byte);

/* Synchronizes at 115,200 baud and reads the version. */
bool rom_client_connect(struct rom_client *client, uint8_t *version)
    __attribute__((warn_unused_result));
bool rom_client_mass_erase(struct rom_client *client) __attribute__((warn_unused_result));
/* Writes and reads back. */
bool rom_client_write(struct rom_client *client, uint32_t address, const uint8_t *bytes,
                      size_t length) __attribute__((warn_unused_result));

#endif
