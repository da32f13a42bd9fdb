/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/rom_client.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BAUD 115200u
#define ACK 0x79u
#define SYNC 0x7Fu
#define COMMAND_GET_VERSION 0x01u
#define COMMAND_READ 0x11u
#define COMMAND_WRITE 0x31u
#define COMMAND_EXTENDED_ERASE 0x44u
#define BLOCK 256u

/* As stm32flash 0.7 waits: for a byte, a block, a mass erase. */
#define BYTE_PS (PS_PER_S / 2)
#define BLOCK_PS PS_PER_S
#define ERASE_PS (35 * PS_PER_S)

static bool fail(struct rom_client *client, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool fail(struct rom_client *client, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(client->error, sizeof client->error, format, arguments);
    va_end(arguments);
    return false;
}

void rom_client_init(struct rom_client *client, const struct bench_model *model,
                     void (*advance)(void *context, uint64_t ps), void *context)
{
    *client = (struct rom_client){.model = model, .advance = advance, .context = context};
}

void rom_client_take(struct rom_client *client, uint8_t byte)
{
    if (client->count < sizeof client->in) {
        client->in[client->count++] = byte;
    }
}

static void send(struct rom_client *client, const void *bytes, size_t length)
{
    client->count = 0;
    client->model->ops->adapter_send(client->model->self, BAUD, bytes, length);
}

static bool await(struct rom_client *client, size_t length, uint64_t limit_ps)
{
    for (uint64_t waited = 0; client->count < length; waited += PS_PER_MS) {
        if (waited > limit_ps) {
            return fail(client, "the boot ROM does not answer");
        }
        client->advance(client->context, PS_PER_MS);
    }
    return true;
}

static bool await_ack(struct rom_client *client, uint64_t limit_ps)
{
    if (!await(client, 1, limit_ps)) {
        return false;
    }
    return client->in[0] == ACK || fail(client, "the boot ROM refuses (0x%02X)", client->in[0]);
}

/* Sends bytes with their XOR behind them; for a single byte that is its complement. */
static bool ask(struct rom_client *client, const uint8_t *bytes, size_t length, uint64_t limit_ps)
{
    uint8_t all[BLOCK + 2];
    uint8_t sum = length == 1 ? 0xFF : 0;
    for (size_t i = 0; i < length; i++) {
        sum ^= bytes[i];
        all[i] = bytes[i];
    }
    all[length] = sum;
    send(client, all, length + 1);
    return await_ack(client, limit_ps);
}

static bool command(struct rom_client *client, uint8_t code)
{
    return ask(client, &code, 1, BYTE_PS);
}

static bool give_address(struct rom_client *client, uint32_t address)
{
    const uint8_t bytes[] = {(uint8_t)(address >> 24), (uint8_t)(address >> 16),
                             (uint8_t)(address >> 8), (uint8_t)address};
    return ask(client, bytes, sizeof bytes, BYTE_PS);
}

bool rom_client_connect(struct rom_client *client, uint8_t *version)
{
    const uint8_t sync = SYNC;
    send(client, &sync, 1);
    if (!await_ack(client, BYTE_PS) || !command(client, COMMAND_GET_VERSION) ||
        !await(client, 5, BYTE_PS)) {
        return false;
    }
    *version = client->in[1];
    return true;
}

bool rom_client_mass_erase(struct rom_client *client)
{
    const uint8_t all[] = {0xFF, 0xFF};
    return command(client, COMMAND_EXTENDED_ERASE) && ask(client, all, sizeof all, ERASE_PS);
}

static bool write_block(struct rom_client *client, uint32_t address, const uint8_t *bytes,
                        size_t length)
{
    uint8_t block[1 + BLOCK];
    size_t padded = (length + 3) & ~(size_t)3;
    memset(block, 0xFF, sizeof block);
    block[0] = (uint8_t)(padded - 1);
    memcpy(block + 1, bytes, length);
    return command(client, COMMAND_WRITE) && give_address(client, address) &&
           ask(client, block, 1 + padded, BLOCK_PS);
}

static bool verify_block(struct rom_client *client, uint32_t address, const uint8_t *bytes,
                         size_t length)
{
    const uint8_t count[] = {(uint8_t)(length - 1), (uint8_t) ~(length - 1)};
    if (!command(client, COMMAND_READ) || !give_address(client, address)) {
        return false;
    }
    send(client, count, sizeof count);
    if (!await_ack(client, BYTE_PS) || !await(client, 1 + length, BYTE_PS)) {
        return false;
    }
    return memcmp(client->in + 1, bytes, length) == 0 ||
           fail(client, "what was written at 0x%08X reads differently", (unsigned)address);
}

bool rom_client_write(struct rom_client *client, uint32_t address, const uint8_t *bytes,
                      size_t length)
{
    for (size_t at = 0; at < length; at += BLOCK) {
        size_t here = length - at < BLOCK ? length - at : BLOCK;
        uint32_t where = address + (uint32_t)at;
        if (!write_block(client, where, bytes + at, here) ||
            !verify_block(client, where, bytes + at, here)) {
            return false;
        }
    }
    return true;
}
