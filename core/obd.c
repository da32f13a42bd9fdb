/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/obd.h"

#include <stddef.h>

#define PIDS_PER_BLOCK 32u

bool obd_pid_is_known(uint8_t pid)
{
    return pid == OBD_PID_OIL || pid == OBD_PID_COOLANT || pid == OBD_PID_INTAKE ||
           pid == OBD_PID_AMBIENT;
}

bool obd_is_answer(uint32_t id, bool extended)
{
    return extended ? (id & OBD_ID29_ANSWER_MASK) == OBD_ID29_ANSWER
                    : (id & OBD_ID_MASK) == OBD_ID_ANSWER;
}

bool obd_is_request(uint32_t id, bool extended)
{
    if (extended) {
        return id == OBD_ID29_FUNCTIONAL || (id & OBD_ID29_REQUEST_MASK) == OBD_ID29_REQUEST;
    }
    return id == OBD_ID_FUNCTIONAL || (id & OBD_ID_MASK) == OBD_ID_REQUEST;
}

uint32_t obd_request_id(uint32_t id, bool extended)
{
    return extended ? OBD_ID29_REQUEST | (id & 0xFFu) << 8 : id - OBD_ID_ANSWER + OBD_ID_REQUEST;
}

struct obd_ecu *obd_table_ecu(struct obd_table *table, uint32_t id, bool extended)
{
    for (unsigned i = 0; i < table->count; i++) {
        if (table->ecu[i].id == id && table->ecu[i].extended == extended) {
            return &table->ecu[i];
        }
    }
    if (table->count == OBD_ECUS_MAX) {
        return NULL;
    }
    struct obd_ecu *ecu = &table->ecu[table->count++];
    *ecu = (struct obd_ecu){.id = id, .extended = extended};
    return ecu;
}

void obd_table_support(struct obd_ecu *ecu, uint8_t pid, const uint8_t bytes[4])
{
    if (pid % PIDS_PER_BLOCK == 0 && pid < OBD_PID_MAX) {
        ecu->block[pid / PIDS_PER_BLOCK] = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
                                           (uint32_t)bytes[2] << 8 | bytes[3];
    }
}

static uint32_t bit_of(uint8_t pid)
{
    return UINT32_C(0x80000000) >> ((pid - 1u) % PIDS_PER_BLOCK);
}

void obd_table_refuse(struct obd_ecu *ecu, uint8_t pid)
{
    if (pid >= 1 && pid <= OBD_PID_MAX) {
        ecu->block[(pid - 1u) / PIDS_PER_BLOCK] &= ~bit_of(pid);
    }
}

bool obd_supports(const struct obd_ecu *ecu, uint8_t pid)
{
    if (pid < 1 || pid > OBD_PID_MAX) {
        return false;
    }
    unsigned block = (pid - 1u) / PIDS_PER_BLOCK;
    for (unsigned i = 0; i < block; i++) {
        if ((ecu->block[i] & 1u) == 0) { /* PID 20, 40: the next one does not exist */
            return false;
        }
    }
    return (ecu->block[block] & bit_of(pid)) != 0;
}

struct obd_ecu *obd_table_find(struct obd_table *table, uint8_t pid)
{
    struct obd_ecu *best = NULL;
    for (unsigned i = 0; i < table->count; i++) {
        struct obd_ecu *ecu = &table->ecu[i];
        if (obd_supports(ecu, pid) && (best == NULL || ecu->id < best->id)) {
            best = ecu;
        }
    }
    return best;
}
