/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the data flow remembers so as not to look for it or work it out again. */
#ifndef CHECK_FLOW_KNOWN_H
#define CHECK_FLOW_KNOWN_H

#include "check/flow_value.h"

/* Of the hash table. */
struct flow_leader_slot {
    uint32_t leader; /* + 1 */
    uint32_t hash;
};

/* A reading that was asked for. */
struct flow_found {
    uint32_t entry;
    flow_value args[4];
    uint32_t reading; /* + 1; 0: none */
};

/* An instruction as it was decoded: the same ones are run again and again. */
struct flow_fetched {
    uint32_t pc;
    struct flow_insn insn; /* length 0: none yet */
};
#define FLOW_FETCHED_MAX 4096u
/* Places that a leader may be at, by the low bits of half their address. */
#define FLOW_MARKS_MAX 0x20000u

/* A store to one of flow_file.h's registers. */
struct flow_stored {
    uint32_t pc, function, address;
    struct flow_bits value;
    uint16_t number; /* of the file before it */
    uint8_t size;    /* 0: none yet */
    uint16_t after;
};
#define FLOW_STORED_MAX 1024u

#endif
