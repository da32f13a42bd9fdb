/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_OBD_H
#define CORE_OBD_H

#include <stdbool.h>
#include <stdint.h>

/*
 * OBD-II, SAE J1979 service 01 over CAN (ISO 15765-4): who is asked under which identifier, which control
 * unit offers which PID, and what an answer says. Pure; asking itself is core/request.h.
 *
 * A control unit answers a functional request (to all) if it supports the PID and is silent otherwise.
 * What it supports it tells by PID 00, 20 and 40: 32 bits each, the last of which says whether the next
 * of them exists. A bit counts only if the whole chain up to it holds.
 */
#define OBD_PID_OIL 0x5C     /* engine oil temperature, A - 40 °C */
#define OBD_PID_COOLANT 0x05 /* A - 40 °C */
#define OBD_PID_INTAKE 0x0F
#define OBD_PID_AMBIENT 0x46
#define OBD_SERVICE 0x01
#define OBD_RAW_NONE 0xFF /* seen where a unit has the PID but no value */
#define OBD_STEP_MILLI 1000

#define OBD_ECUS_MAX 8 /* as many may answer one functional request */
#define OBD_BLOCKS 3   /* PIDs 01..20, 21..40, 41..60 */
#define OBD_PID_MAX (32 * OBD_BLOCKS)

/* Identifiers of ISO 15765-4: 11 bits, and 29 bits with F1 for the tester. */
#define OBD_ID_FUNCTIONAL 0x7DFu
#define OBD_ID_REQUEST 0x7E0u /* ..7E7, one unit each */
#define OBD_ID_ANSWER 0x7E8u  /* ..7EF */
#define OBD_ID_MASK 0x7F8u
#define OBD_ID29_FUNCTIONAL 0x18DB33F1u
#define OBD_ID29_REQUEST 0x18DA00F1u /* bits 15:8: the unit's address */
#define OBD_ID29_REQUEST_MASK 0x1FFF00FFu
#define OBD_ID29_ANSWER 0x18DAF100u /* bits 7:0: the unit's address */
#define OBD_ID29_ANSWER_MASK 0x1FFFFF00u

/* The numbers are those of the record. */
enum obd_addressing {
    OBD_AUTO = 0, /* tries 11 bits, then 29, until somebody answers */
    OBD_11BIT = 1,
    OBD_29BIT = 2,
};

/* What a profile says about an OBD-II dial. */
struct source_obd2 {
    uint8_t pid;           /* one of those above */
    bool fallback_coolant; /* without it PID 05 may stand in, and is told as such */
    enum obd_addressing addressing;
    uint16_t rate_millihz; /* requests in 1000 s */
};

/* PIDs that are one byte, A - 40 °C. */
bool obd_pid_is_known(uint8_t pid);

bool obd_is_answer(uint32_t id, bool extended);
/* A tester's request or flow control: to all or to one unit. */
bool obd_is_request(uint32_t id, bool extended);
/* The identifier under which the unit that answers with `id` alone is asked. */
uint32_t obd_request_id(uint32_t id, bool extended);

struct obd_ecu {
    uint32_t id; /* it answers with */
    bool extended;
    uint32_t block[OBD_BLOCKS]; /* as it told, first PID in bit 31 */
};

struct obd_table {
    struct obd_ecu ecu[OBD_ECUS_MAX];
    uint8_t count;
};

/* The unit that answers with `id`, added if it is new; NULL if the table is full. */
struct obd_ecu *obd_table_ecu(struct obd_table *table, uint32_t id, bool extended);

/* Takes in what PID `pid` (00, 20, 40) answered: four bytes. */
void obd_table_support(struct obd_ecu *ecu, uint8_t pid, const uint8_t bytes[4]);

/* The unit rejects a PID that it said to support. */
void obd_table_refuse(struct obd_ecu *ecu, uint8_t pid);

bool obd_supports(const struct obd_ecu *ecu, uint8_t pid);

/* Of the units that support `pid` the one with the lowest identifier; NULL: none. */
struct obd_ecu *obd_table_find(struct obd_table *table, uint8_t pid);

#endif
