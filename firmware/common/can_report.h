/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_CAN_REPORT_H
#define FIRMWARE_CAN_REPORT_H

#include <stdbool.h>
#include <stdint.h>

/* What the bus does wrong, in a sentence: from FDCAN's PSR and ECR, RM0399 59.5.11 and 59.5.10. */
struct can_report {
    uint32_t psr; /* LEC as of the last error, if there was any since the last good frame */
    uint32_t ecr;
    bool hears;    /* frames came, ours or others', lately */
    bool may_send; /* not bus monitoring */
};

const char *can_report(const struct can_report *report);

/* The name of PSR.LEC: "stuff", "form", "ack", "bit 1", "bit 0", "crc", "none". */
const char *can_report_error(uint32_t psr);

#endif
