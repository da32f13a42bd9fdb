/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_UDS_H
#define CORE_UDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/reading.h"

/*
 * Diagnostic services that read a value: 0x22 ReadDataByIdentifier (UDS, ISO 14229-1) and its older
 * sibling 0x21 readDataByLocalIdentifier (ISO 14230-3). Pure; asking itself is core/request.h.
 */
#define UDS_READ_DID 0x22
#define UDS_READ_LOCAL 0x21
#define UDS_POSITIVE 0x40 /* added to the service in its answer */
#define UDS_NEGATIVE 0x7F
#define UDS_BUSY 0x21    /* negative code: ask again later */
#define UDS_PENDING 0x78 /* negative code: the answer will come */
#define UDS_TESTER 0xF1

#define UDS_LENGTH_MAX 32 /* bits of a value */
#define UDS_START_MAX 2000

/* What a profile says about a dial that asks one control unit. */
struct source_uds {
    uint32_t request_id;
    uint32_t response_id;
    bool extended;    /* 29-bit identifiers */
    bool has_address; /* ISO 15765-2 extended addressing: each frame begins with an address */
    uint8_t ecu;      /* address of the control unit; answers begin with UDS_TESTER */
    uint8_t service;  /* UDS_READ_DID or UDS_READ_LOCAL */
    uint16_t did;     /* one byte for UDS_READ_LOCAL */
    bool is_signed;
    uint16_t
        start_bit; /* bits before the value, counted from the first byte behind the identifier, each
                           byte from its highest bit; the value's own highest bit comes first */
    uint8_t length_bits;   /* 1..UDS_LENGTH_MAX */
    uint16_t rate_millihz; /* requests in 1000 s */
    uint8_t invalid_count;
    struct source_range invalid[SOURCE_INVALID_MAX];
    double scale;
    double offset;
};

/*
 * Is it an identifier under which a diagnostic request may be sent? Of 11 bits those from UDS_REQUEST_ID_MIN on: lower
 * ones steer the car. Of 29 bits (J1939-21: priority 28:26, EDP and DP 25:24, PDU format 23:16) only with a
 * priority of 5 or less urgent, and with an address of ISO 15765: format DA, DB, CE or CD (physical, functional, and both with
 * an address extension), or EDP and DP both set, which J1939 leaves to ISO 15765-3.
 */
#define UDS_REQUEST_ID_MIN 0x600u
#define UDS_PRIORITY_MIN 5u
bool uds_may_request(uint32_t id, bool extended);

/* The service and its identifier, 2 or 3 bytes; their number. */
unsigned uds_request(const struct source_uds *source, uint8_t bytes[3]);

/* Bytes an answer must have at least, service and identifier included. */
unsigned uds_answer_span(const struct source_uds *source);

/* Is this a positive answer to our request? */
bool uds_is_answer(const struct source_uds *source, const uint8_t *answer, size_t len);

/* What a positive answer says. */
enum source_result uds_read(const struct source_uds *source, const uint8_t *answer, size_t len,
                            struct source_reading *reading);

#endif
