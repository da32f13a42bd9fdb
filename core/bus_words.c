/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/bus_words.h"

#include <stddef.h>

#define PSR_LEC 7u
#define PSR_ACT (3u << 3)
#define PSR_ACT_IDLE (1u << 3) /* neither synchronizing, nor a receiver, nor a sender */
#define PSR_BO (1u << 7)

enum lec { LEC_NONE, LEC_STUFF, LEC_FORM, LEC_ACK, LEC_BIT1, LEC_BIT0, LEC_CRC, LEC_NO_CHANGE };

const char *bus_error_name(uint32_t psr)
{
    static const char *const names[] = {"none",  "stuff", "form", "ack",
                                        "bit 1", "bit 0", "crc",  "none"};
    return names[psr & PSR_LEC];
}

/* Errors and not one frame. Only who sends can have ACK and bit errors. */
static enum bus_state judge_errors(const struct bus_look *look)
{
    const uint32_t lec = look->psr & PSR_LEC;
    if (look->may_drive && lec == LEC_ACK) {
        return BUS_NO_ACK;
    }
    if (look->may_drive && (lec == LEC_BIT0 || lec == LEC_BIT1)) {
        return BUS_NOT_DRIVEN;
    }
    return BUS_WRONG_RATE;
}

enum bus_state bus_judge(const struct bus_look *look)
{
    if (!look->has_clock) {
        return BUS_NO_CLOCK;
    }
    if ((look->psr & PSR_BO) != 0) {
        return BUS_OFF_BY_ERRORS;
    }
    if (look->good != 0) {
        return look->bad != 0 ? BUS_ERRORS : BUS_GOOD;
    }
    if (look->bad != 0) {
        return judge_errors(look);
    }
    return (look->psr & PSR_ACT) == PSR_ACT_IDLE ? BUS_SILENT : BUS_DOMINANT;
}

const char *bus_words(enum bus_state state)
{
    static const char *const words[BUS_STATE_COUNT] = {
        [BUS_GOOD] = "frames arrive",
        [BUS_ERRORS] = "frames arrive, and errors between them: terminators, stub, another node?",
        [BUS_SILENT] = "silent bus: ignition on? wires? CAN_H and CAN_L swapped?",
        [BUS_DOMINANT] = "held dominant: a short, or a transceiver without power?",
        [BUS_WRONG_RATE] = "errors and no frame: another bit rate?",
        [BUS_NO_ACK] = "no ACK: nobody else takes part; is the other end powered and connected?",
        [BUS_NOT_DRIVEN] = "what is sent does not appear on the bus: transceiver powered, TX wire, "
                           "not held silent?",
        [BUS_OFF_BY_ERRORS] =
            "bus off: what is sent comes back wrong; wires, terminators, bit rate?",
        [BUS_NO_CLOCK] =
            "FDCAN has no clock: its switch may want HSE for once; let a PC's USB power "
            "the ST-LINK",
    };
    return (size_t)state < BUS_STATE_COUNT ? words[state] : "?";
}
