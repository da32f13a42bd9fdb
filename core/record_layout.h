/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_RECORD_LAYOUT_H
#define CORE_RECORD_LAYOUT_H

/* Byte offsets of the record (docs/SPEC.md), for record*.c and the tables of fields. */

#define RECORD_LENGTH 1012u /* the length field: bytes between it and the CRC */

#define AT_MAGIC 0u
#define AT_VERSION 4u
#define AT_LENGTH 6u
#define AT_NAME 8u
#define AT_BITRATE 40u
#define AT_FD_BITRATE 44u
#define AT_MODE 48u
#define AT_DIAL_COUNT 49u
#define AT_MORE 50u /* DIAL_MORE_SIZE bytes a dial, which came later; zero: as it was before */
#define AT_ZERO_HEAD 62u
#define AT_DIAL 64u
#define DIAL_SIZE 236u
#define AT_ZERO_TAIL 1008u
#define AT_CRC 1020u

/* within a dial */
#define DIAL_KIND 0u
#define DIAL_FLAGS 1u
#define DIAL_POINT_COUNT 2u
#define DIAL_SERVO_COUNT 3u
#define DIAL_SOURCE 4u
#define DIAL_TIMEOUT 80u
#define DIAL_PLAUSIBLE_MIN 84u
#define DIAL_PLAUSIBLE_MAX 88u
#define DIAL_MAX_SLOPE 92u
#define DIAL_POINTS 96u
#define DIAL_POINT_SIZE 6u
#define DIAL_SERVO_POINTS 192u
#define DIAL_SERVO_POINT_SIZE 4u
#define DIAL_PARK 224u
#define DIAL_PERIOD 226u
#define DIAL_DAMPING 228u
#define DIAL_MAX_RATE 230u
#define DIAL_WARN_HIGH 232u
/* these are at AT_MORE in the record, and follow its other bytes when a dial is read or written */
#define DIAL_WARN_CRITICAL 236u
#define DIAL_DEAD_BAND 238u
#define DIAL_MORE_SIZE 3u

/* bits of DIAL_FLAGS */
#define DIAL_BIT_SWEEP 0u
#define DIAL_BIT_OFF_AT_REST 1u

/* within a broadcast source */
#define SOURCE_ID 0u
#define SOURCE_ID_MASK 4u
#define SOURCE_FLAGS 8u
#define SOURCE_LENGTH_BITS 9u
#define SOURCE_START_BIT 10u
#define SOURCE_INVALID_COUNT 12u
#define SOURCE_NOT_FITTED 13u
#define SOURCE_ZERO_A 14u
#define SOURCE_SCALE 16u
#define SOURCE_OFFSET 24u
#define SOURCE_INVALIDS 32u
#define SOURCE_RANGE_SIZE 8u
#define SOURCE_CONDITIONS 64u
#define SOURCE_CONDITION_SIZE 4u
#define SOURCE_SIZE 76u

/* within a condition: u16 where, u16 equals */
#define CONDITION_EQUALS 2u
#define WHERE_START_MASK 0x1FFu
#define WHERE_MOTOROLA 0x200u
#define WHERE_ROLE_SHIFT 10u
#define WHERE_ROLE_MASK 3u
#define WHERE_LENGTH_SHIFT 12u /* the length less one */

/* within an OBD-II source */
#define OBD2_PID 0u
#define OBD2_FLAGS 1u
#define OBD2_ADDRESSING 2u
#define OBD2_ZERO_A 3u
#define OBD2_RATE 4u
#define OBD2_ZERO_B 6u

#define OBD2_BIT_COOLANT 0u

/* within a UDS source */
#define UDS_REQUEST_ID 0u
#define UDS_RESPONSE_ID 4u
#define UDS_FLAGS 8u
#define UDS_LENGTH_BITS 9u
#define UDS_START_BIT 10u
#define UDS_INVALID_COUNT 12u
#define UDS_SERVICE 13u
#define UDS_ECU 14u
#define UDS_ZERO_A 15u
#define UDS_SCALE 16u
#define UDS_OFFSET 24u
#define UDS_INVALIDS 32u
#define UDS_DID 64u
#define UDS_RATE 66u
#define UDS_ZERO_B 68u

#define UDS_BIT_EXTENDED 0u
#define UDS_BIT_ADDRESS 1u
#define UDS_BIT_SIGNED 2u

#define SOURCE_BIT_EXTENDED 0u
#define SOURCE_BIT_MOTOROLA 1u
#define SOURCE_BIT_SIGNED 2u
#define SOURCE_BIT_FLOAT 3u

/* Units: the record has centidegrees and 0.1 µs, core/ has millidegrees and nanoseconds. */
#define MDEG_PER_CDEG 10
#define NS_PER_PULSE_UNIT 100
#define MILLI_PER_DECI 100

#endif
