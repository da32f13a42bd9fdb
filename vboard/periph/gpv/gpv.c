/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/gpv/gpv.h"

#include "vboard/chip/fields.h"

#define TARGETS 7u
#define INITIATORS 7u

enum {
    R_PERIPH_ID_4,
    R_PERIPH_ID_0,
    R_PERIPH_ID_1,
    R_PERIPH_ID_2,
    R_PERIPH_ID_3,
    R_COMP_ID_0,
    R_COMP_ID_1,
    R_COMP_ID_2,
    R_COMP_ID_3,
    R_TARG_FN_MOD_ISS_BM,
    R_TARG1_FN_MOD2 = R_TARG_FN_MOD_ISS_BM + TARGETS,
    R_TARG2_FN_MOD2,
    R_TARG7_FN_MOD2,
    R_TARG1_FN_MOD_LB,
    R_TARG2_FN_MOD_LB,
    R_TARG1_FN_MOD,
    R_TARG2_FN_MOD,
    R_TARG7_FN_MOD,
    R_INI1_FN_MOD2,
    R_INI3_FN_MOD2,
    R_INI1_FN_MOD_AHB,
    R_INI3_FN_MOD_AHB,
    R_INI_READ_QOS,
    R_INI_WRITE_QOS = R_INI_READ_QOS + INITIATORS,
    R_INI_FN_MOD = R_INI_WRITE_QOS + INITIATORS,
    R_COUNT = R_INI_FN_MOD + INITIATORS
};

static bool is_cm7(const struct periph *p)
{
    enum master m = p->chip->access.master;
    return m == MASTER_CM7 || m == MASTER_DEBUG;
}

static bool refuse_others(struct periph *p, unsigned slot, uint32_t written)
{
    (void)written;
    if (!is_cm7(p)) {
        periph_report(p, slot, FOUND_NO_REGISTER, NULL);
    }
    return !is_cm7(p);
}

static uint32_t read(struct periph *p, unsigned slot, uint32_t value)
{
    return refuse_others(p, slot, 0) ? 0 : value;
}

#define COMMON .steady = true, .intercept = refuse_others, .read = read
#define ID(at, text, value)                                                                        \
    {                                                                                              \
        .offset = (at), .name = "AXI_" text, .reset = (value), .ro = 0xFFu, COMMON                 \
    }
#define ONE(at, text, bits)                                                                        \
    {                                                                                              \
        .offset = (at), .name = "AXI_" text, .rw = (bits), COMMON                                  \
    }
#define EACH(at, text, bits)                                                                       \
    {                                                                                              \
        .offset = (at), .name = "AXI_" text, .rw = (bits), .count = 7, .stride = 0x1000,           \
        .first = 1, COMMON                                                                         \
    }

/* clang-format off */
static const struct reg regs[R_COUNT] = {
    [R_PERIPH_ID_4] = ID(0x1FD0, "PERIPH_ID_4", 0x04),
    [R_PERIPH_ID_0] = ID(0x1FE0, "PERIPH_ID_0", 0x00),
    [R_PERIPH_ID_1] = ID(0x1FE4, "PERIPH_ID_1", 0xB4),
    [R_PERIPH_ID_2] = ID(0x1FE8, "PERIPH_ID_2", 0x2B),
    [R_PERIPH_ID_3] = ID(0x1FEC, "PERIPH_ID_3", 0x00),
    [R_COMP_ID_0] = ID(0x1FF0, "COMP_ID_0", 0x0D),
    [R_COMP_ID_1] = ID(0x1FF4, "COMP_ID_1", 0xF0),
    [R_COMP_ID_2] = ID(0x1FF8, "COMP_ID_2", 0x05),
    [R_COMP_ID_3] = ID(0x1FFC, "COMP_ID_3", 0xB1),
    [R_TARG_FN_MOD_ISS_BM] = EACH(0x2008, "TARG%u_FN_MOD_ISS_BM", 3u),
    [R_TARG1_FN_MOD2] = ONE(0x2024, "TARG1_FN_MOD2", 1u),
    [R_TARG2_FN_MOD2] = ONE(0x3024, "TARG2_FN_MOD2", 1u),
    [R_TARG7_FN_MOD2] = ONE(0x8024, "TARG7_FN_MOD2", 1u),
    [R_TARG1_FN_MOD_LB] = ONE(0x202C, "TARG1_FN_MOD_LB", 1u),
    [R_TARG2_FN_MOD_LB] = ONE(0x302C, "TARG2_FN_MOD_LB", 1u),
    [R_TARG1_FN_MOD] = ONE(0x2108, "TARG1_FN_MOD", 3u),
    [R_TARG2_FN_MOD] = ONE(0x3108, "TARG2_FN_MOD", 3u),
    [R_TARG7_FN_MOD] = ONE(0x8108, "TARG7_FN_MOD", 3u),
    [R_INI1_FN_MOD2] = ONE(0x42024, "INI1_FN_MOD2", 1u),
    [R_INI3_FN_MOD2] = ONE(0x44024, "INI3_FN_MOD2", 1u),
    [R_INI1_FN_MOD_AHB] = ONE(0x42028, "INI1_FN_MOD_AHB", 3u),
    [R_INI3_FN_MOD_AHB] = ONE(0x44028, "INI3_FN_MOD_AHB", 3u),
    [R_INI_READ_QOS] = EACH(0x42100, "INI%u_READ_QOS", 15u),
    [R_INI_WRITE_QOS] = EACH(0x42104, "INI%u_WRITE_QOS", 15u),
    [R_INI_FN_MOD] = EACH(0x42108, "INI%u_FN_MOD", 3u),
};
/* clang-format on */

static const char why_time[] = "a transaction of the interconnect takes no time of its own";

static const struct field periph_id_4[] = {ACTS("4KCOUNT", BITS(7, 4)),
                                           ACTS("JEP106CON", BITS(3, 0)), FIELDS_END};
static const struct field periph_id_0[] = {ACTS("PARTNUM", BITS(7, 0)), FIELDS_END};
static const struct field periph_id_1[] = {ACTS("JEP106ID", BITS(7, 4)),
                                           ACTS("PARTNUM", BITS(3, 0)), FIELDS_END};
static const struct field periph_id_2[] = {ACTS("REVISION", BITS(7, 4)), ACTS("JEDEC", BIT(3)),
                                           ACTS("JEP106ID", BITS(2, 0)), FIELDS_END};
static const struct field periph_id_3[] = {ACTS("REV_AND", BITS(7, 4)),
                                           ACTS("CUST_MOD_NUM", BITS(3, 0)), FIELDS_END};
static const struct field preamble[] = {ACTS("PREAMBLE", BITS(7, 0)), FIELDS_END};
static const struct field comp_id_1[] = {ACTS("CLASS", BITS(7, 4)), ACTS("PREAMBLE", BITS(3, 0)),
                                         FIELDS_END};
static const struct field issuing[] = {NO_ACTION("WRITE_ISS_OVERRIDE", BIT(1), why_time),
                                       NO_ACTION("READ_ISS_OVERRIDE", BIT(0), why_time),
                                       FIELDS_END};
static const struct field fn_mod2[] = {NO_ACTION("BYPASS_MERGE", BIT(0), why_time), FIELDS_END};
static const struct field fn_mod_lb[] = {NO_ACTION("FN_MOD_LB", BIT(0), why_time), FIELDS_END};
static const struct field fn_mod_ahb[] = {NO_ACTION("WR_INC_OVERRIDE", BIT(1), why_time),
                                          NO_ACTION("RD_INC_OVERRIDE", BIT(0), why_time),
                                          FIELDS_END};
static const struct field read_qos[] = {NO_ACTION("AR_QOS", BITS(3, 0), why_time), FIELDS_END};
static const struct field write_qos[] = {NO_ACTION("AW_QOS", BITS(3, 0), why_time), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x1FD0, 1, 0, periph_id_4},    {0x1FE0, 1, 0, periph_id_0},
    {0x1FE4, 1, 0, periph_id_1},    {0x1FE8, 1, 0, periph_id_2},
    {0x1FEC, 1, 0, periph_id_3},    {0x1FF0, 1, 0, preamble},
    {0x1FF4, 1, 0, comp_id_1},      {0x1FF8, 2, 4, preamble},
    {0x2008, 7, 0x1000, issuing},   {0x2024, 2, 0x1000, fn_mod2},
    {0x8024, 1, 0, fn_mod2},        {0x202C, 2, 0x1000, fn_mod_lb},
    {0x2108, 2, 0x1000, issuing},   {0x8108, 1, 0, issuing},
    {0x42024, 2, 0x2000, fn_mod2},  {0x42028, 2, 0x2000, fn_mod_ahb},
    {0x42100, 7, 0x1000, read_qos}, {0x42104, 7, 0x1000, write_qos},
    {0x42108, 7, 0x1000, issuing},  REG_FIELDS_END};

const struct model gpv_model = {
    .kind = "gpv",
    .size = sizeof(struct periph),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x100000,
};
