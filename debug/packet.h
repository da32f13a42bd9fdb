/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Packets of GDB's remote serial protocol ("Debugging with GDB", appendix E.1): `$data#sum`, escapes, one
 * byte of interrupt. Nothing here knows what they say, nor of sockets.
 */
#ifndef DEBUG_PACKET_H
#define DEBUG_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PACKET_MAX 0x4000u /* of data; told to the debugger (qSupported, PacketSize) */

enum packet_event {
    PACKET_NOTHING,  /* so far */
    PACKET_COMPLETE, /* reader->data, NUL behind */
    PACKET_BROKEN,   /* a wrong sum, or too long */
    PACKET_INTERRUPT,
    PACKET_ACK,
    PACKET_NAK
};

struct packet_reader {
    enum { PACKET_BETWEEN, PACKET_DATA, PACKET_ESCAPE, PACKET_SUM1, PACKET_SUM2 } state;
    bool too_long;
    uint8_t sum, told;
    size_t length;
    char data[PACKET_MAX + 1];
};

/* Whatever the bytes are, the reader finds the next packet. */
enum packet_event packet_take(struct packet_reader *r, uint8_t byte);

/* A packet in the making; what does not fit is left out, and `full` says so. */
struct packet_writer {
    size_t length;
    bool full;
    char data[PACKET_MAX + 8];
};

void packet_begin(struct packet_writer *w);
void packet_text(struct packet_writer *w, const char *text);
void packet_format(struct packet_writer *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* As hexadecimal digits. */
void packet_hex(struct packet_writer *w, const void *bytes, size_t size);
/* Binary, with escapes. */
void packet_binary(struct packet_writer *w, const void *bytes, size_t size);
/* Adds the sum: data[0 .. length) is what goes out. */
void packet_end(struct packet_writer *w);

/* `size` bytes out of 2 * size digits; false: they are not. */
bool packet_unhex(const char *text, void *bytes, size_t size);

#endif
