/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `--eth FILE`: every packet on the Ethernet cable, either way, as a classic pcap file with the board's time. */
#ifndef VIEW_ETH_CAPTURE_H
#define VIEW_ETH_CAPTURE_H

#include "bench/observer.h"

#include <stdio.h>

struct eth_capture {
    FILE *out;
    struct bench_observer observer;
};

/* Writes the file's head. `out` stays the caller's, who closes it and sees whether writing went well. */
void eth_capture_init(struct eth_capture *capture, FILE *out);

#endif
