/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/dcmi/dcmi.h"

#include "vboard/chip/fields.h"

enum { R_CR, R_SR, R_RIS, R_IER, R_MIS, R_ICR, R_ESCR, R_ESUR, R_CWSTRT, R_CWSIZE, R_DR, R_COUNT };

#define CR_CAPTURE (1u << 0)

struct dcmi {
    struct periph p;
};

/* "All DCMI registers must be accessed as 32-bit words" (32.5). */
/* clang-format off */
#define WORD(reg_name) .name = reg_name, .widths = 4

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00, WORD("CR"), .rw = 0x001F4FFFu, .unmodelled = CR_CAPTURE},
    [R_SR] = {.offset = 0x04, WORD("SR"), .ro = 7, .unmodelled = 7},
    [R_RIS] = {.offset = 0x08, WORD("RIS"), .ro = 0x1F, .unmodelled = 0x1F},
    [R_IER] = {.offset = 0x0C, WORD("IER"), .rw = 0x1F},
    [R_MIS] = {.offset = 0x10, WORD("MIS"), .ro = 0x1F, .unmodelled = 0x1F},
    [R_ICR] = {.offset = 0x14, WORD("ICR"), .wo = 0x1F},
    [R_ESCR] = {.offset = 0x18, WORD("ESCR"), .rw = ~0u},
    [R_ESUR] = {.offset = 0x1C, WORD("ESUR"), .rw = ~0u},
    [R_CWSTRT] = {.offset = 0x20, WORD("CWSTRT"), .rw = 0x1FFF3FFFu},
    [R_CWSIZE] = {.offset = 0x24, WORD("CWSIZE"), .rw = 0x3FFF3FFFu},
    [R_DR] = {.offset = 0x28, WORD("DR"), .ro = ~0u},
};
/* clang-format on */

static const char why_camera[] = "no camera is on the pins: nothing is captured";

static const struct field cr[] = {
    NO_ACTION("OELS", BIT(20), why_camera),    NO_ACTION("LSM", BIT(19), why_camera),
    NO_ACTION("OEBS", BIT(18), why_camera),    NO_ACTION("BSM", BITS(17, 16), why_camera),
    NO_ACTION("ENABLE", BIT(14), why_camera),  NO_ACTION("EDM", BITS(11, 10), why_camera),
    NO_ACTION("FCRC", BITS(9, 8), why_camera), NO_ACTION("VSPOL", BIT(7), why_camera),
    NO_ACTION("HSPOL", BIT(6), why_camera),    NO_ACTION("PCKPOL", BIT(5), why_camera),
    NO_ACTION("ESS", BIT(4), why_camera),      NO_ACTION("JPEG", BIT(3), why_camera),
    NO_ACTION("CROP", BIT(2), why_camera),     NO_ACTION("CM", BIT(1), why_camera),
    UNMODELLED("CAPTURE", BIT(0), why_camera), FIELDS_END};
static const struct field sr[] = {UNMODELLED("FNE", BIT(2), why_camera),
                                  UNMODELLED("VSYNC", BIT(1), why_camera),
                                  UNMODELLED("HSYNC", BIT(0), why_camera), FIELDS_END};
static const struct field ris[] = {
    UNMODELLED("LINE_RIS", BIT(4), why_camera),  UNMODELLED("VSYNC_RIS", BIT(3), why_camera),
    UNMODELLED("ERR_RIS", BIT(2), why_camera),   UNMODELLED("OVR_RIS", BIT(1), why_camera),
    UNMODELLED("FRAME_RIS", BIT(0), why_camera), FIELDS_END};
static const struct field ier[] = {
    NO_ACTION("LINE_IE", BIT(4), why_camera),  NO_ACTION("VSYNC_IE", BIT(3), why_camera),
    NO_ACTION("ERR_IE", BIT(2), why_camera),   NO_ACTION("OVR_IE", BIT(1), why_camera),
    NO_ACTION("FRAME_IE", BIT(0), why_camera), FIELDS_END};
static const struct field mis[] = {
    UNMODELLED("LINE_MIS", BIT(4), why_camera),  UNMODELLED("VSYNC_MIS", BIT(3), why_camera),
    UNMODELLED("ERR_MIS", BIT(2), why_camera),   UNMODELLED("OVR_MIS", BIT(1), why_camera),
    UNMODELLED("FRAME_MIS", BIT(0), why_camera), FIELDS_END};
static const struct field icr[] = {
    NO_ACTION("LINE_ISC", BIT(4), why_camera),  NO_ACTION("VSYNC_ISC", BIT(3), why_camera),
    NO_ACTION("ERR_ISC", BIT(2), why_camera),   NO_ACTION("OVR_ISC", BIT(1), why_camera),
    NO_ACTION("FRAME_ISC", BIT(0), why_camera), FIELDS_END};
static const struct field escr[] = {NO_ACTION("FEC", BITS(31, 24), why_camera),
                                    NO_ACTION("LEC", BITS(23, 16), why_camera),
                                    NO_ACTION("LSC", BITS(15, 8), why_camera),
                                    NO_ACTION("FSC", BITS(7, 0), why_camera), FIELDS_END};
static const struct field esur[] = {NO_ACTION("FEU", BITS(31, 24), why_camera),
                                    NO_ACTION("LEU", BITS(23, 16), why_camera),
                                    NO_ACTION("LSU", BITS(15, 8), why_camera),
                                    NO_ACTION("FSU", BITS(7, 0), why_camera), FIELDS_END};
static const struct field cwstrt[] = {NO_ACTION("VST", BITS(28, 16), why_camera),
                                      NO_ACTION("HOFFCNT", BITS(13, 0), why_camera), FIELDS_END};
static const struct field cwsize[] = {NO_ACTION("VLINE", BITS(29, 16), why_camera),
                                      NO_ACTION("CAPCNT", BITS(13, 0), why_camera), FIELDS_END};
static const struct field dr[] = {NO_ACTION("BYTE3", BITS(31, 24), why_camera),
                                  NO_ACTION("BYTE2", BITS(23, 16), why_camera),
                                  NO_ACTION("BYTE1", BITS(15, 8), why_camera),
                                  NO_ACTION("BYTE0", BITS(7, 0), why_camera), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr},     {0x04, 1, 0, sr},     {0x08, 1, 0, ris},  {0x0C, 1, 0, ier},
    {0x10, 1, 0, mis},    {0x14, 1, 0, icr},    {0x18, 1, 0, escr}, {0x1C, 1, 0, esur},
    {0x20, 1, 0, cwstrt}, {0x24, 1, 0, cwsize}, {0x28, 1, 0, dr},   REG_FIELDS_END};

static const char *const irq_names[] = {"global", NULL};

const struct model dcmi_model = {
    .kind = "dcmi",
    .size = sizeof(struct dcmi),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
};
