/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/eth_capture.h"

/* libpcap's savefile format, pcap-savefile(5): little-endian, microseconds. */
#define MAGIC 0xA1B2C3D4u
#define VERSION_MAJOR 2u
#define VERSION_MINOR 4u
#define SNAPLEN 65535u
#define LINKTYPE_ETHERNET 1u
/* As other captures, without the FCS. */
#define FCS 4u
#define PS_PER_US UINT64_C(1000000)
#define US_PER_S 1000000u

static void put(FILE *out, uint32_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) {
        fputc((int)(value >> (8 * i) & 0xFFu), out);
    }
}

static void take_packet(void *context, const struct bench_packet *packet)
{
    FILE *out = ((struct eth_capture *)context)->out;
    const uint64_t us = packet->end_ps / PS_PER_US;
    const size_t length = packet->length > FCS ? packet->length - FCS : 0;
    put(out, (uint32_t)(us / US_PER_S), 4);
    put(out, (uint32_t)(us % US_PER_S), 4);
    put(out, (uint32_t)length, 4);
    put(out, (uint32_t)length, 4);
    fwrite(packet->bytes, 1, length, out);
}

void eth_capture_init(struct eth_capture *capture, FILE *out)
{
    *capture =
        (struct eth_capture){.out = out, .observer = {.context = capture, .packet = take_packet}};
    put(out, MAGIC, 4);
    put(out, VERSION_MAJOR, 2);
    put(out, VERSION_MINOR, 2);
    put(out, 0, 4); /* time zone */
    put(out, 0, 4); /* accuracy */
    put(out, SNAPLEN, 4);
    put(out, LINKTYPE_ETHERNET, 4);
}
