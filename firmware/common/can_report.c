/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/common/can_report.h"

#define PSR_LEC 7U
#define PSR_BUS_OFF (1UL << 7)

enum lec { LEC_NONE, LEC_STUFF, LEC_FORM, LEC_ACK, LEC_BIT1, LEC_BIT0, LEC_CRC, LEC_NO_CHANGE };

const char *can_report_error(uint32_t psr)
{
    static const char *const names[] = {"none",  "stuff", "form", "ack",
                                        "bit 1", "bit 0", "crc",  "none"};
    return names[psr & PSR_LEC];
}

const char *can_report(const struct can_report *report)
{
    const enum lec lec = (enum lec)(report->psr & PSR_LEC);
    if ((report->psr & PSR_BUS_OFF) != 0) {
        return "bus off: what is sent comes back wrong; wires, terminators, bit rate?";
    }
    if (report->may_send && lec == LEC_ACK) {
        return "no ACK: nobody else takes part; is the other end powered and connected?";
    }
    if (report->may_send && (lec == LEC_BIT0 || lec == LEC_BIT1)) {
        return "what is sent does not appear on the bus: transceiver powered, TX wire, not held "
               "silent?";
    }
    if (report->hears) {
        return lec == LEC_NONE || lec == LEC_NO_CHANGE ? "frames arrive"
                                                       : "frames arrive, and errors between them";
    }
    if (lec != LEC_NONE && lec != LEC_NO_CHANGE) {
        return "errors and no frame: another bit rate?";
    }
    return "silent bus: ignition on? wires? CAN_H and CAN_L swapped?";
}
