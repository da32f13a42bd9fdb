/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/vrefbuf/vrefbuf.h"

#include "vboard/chip/fields.h"

enum { R_CSR, R_CCR, R_COUNT };

#define CSR_ENVR (1u << 0)
#define CSR_HIZ (1u << 1)
#define CSR_VRR (1u << 3)
#define CSR_VRS_POS 4u
#define CSR_VRS (7u << CSR_VRS_POS)
#define STARTUP VTIME_US(500)

struct vrefbuf {
    struct periph p;
    struct event ready;
};

/* Table 237: of the four modes, those of ENVR and HIZ. */
static bool gives(const struct vrefbuf *v)
{
    return (v->p.values[R_CSR] & (CSR_ENVR | CSR_HIZ)) == CSR_ENVR;
}

static bool holds(const struct vrefbuf *v)
{
    return (v->p.values[R_CSR] & (CSR_ENVR | CSR_HIZ)) == (CSR_ENVR | CSR_HIZ);
}

/* VRS; from 4 on reserved. */
static uint32_t level_mv(const struct vrefbuf *v)
{
    static const uint16_t mv[8] = {2500, 2048, 1800, 1500};
    return mv[v->p.values[R_CSR] >> CSR_VRS_POS & 7u];
}

static void reached(void *ctx, vtime_ps now)
{
    struct vrefbuf *v = ctx;
    (void)now;
    v->p.values[R_CSR] |= CSR_VRR;
    v->p.chip->analog.vref_buffer_mv = level_mv(v);
}

static void follow(struct vrefbuf *v)
{
    struct chip *c = v->p.chip;
    if (gives(v)) {
        if ((v->p.values[R_CSR] & CSR_VRR) == 0 && !event_queued(&v->ready)) {
            sched_at(&c->sched, &v->ready, c->sched.now + STARTUP);
        }
        return;
    }
    sched_cancel(&c->sched, &v->ready);
    if (!holds(v)) {
        v->p.values[R_CSR] &= ~CSR_VRR;
        c->analog.vref_buffer_mv = 0;
    }
}

/* "VRS only when the VREFBUF is disabled" (28.3.1): what comes of it else is not said. */
static void csr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct vrefbuf *v = (struct vrefbuf *)p;
    const uint32_t mode = CSR_ENVR | CSR_HIZ;
    (void)written;
    if ((old & p->values[slot] & CSR_ENVR) != 0 && ((old ^ p->values[slot]) & CSR_VRS) != 0) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
    }
    if (gives(v) && (old & mode) != CSR_ENVR && p->chip->analog.vref_outside_mv != 0) {
        periph_report(p, slot, FOUND_VREF_SUPPLIED,
                      &(struct finding_data){.mv = p->chip->analog.vref_outside_mv});
    }
    follow(v);
}

static int init(struct periph *p)
{
    struct vrefbuf *v = (struct vrefbuf *)p;
    event_init(&v->ready, reached, v);
    return 0;
}

static void reset(struct periph *p, enum reset_kind kind)
{
    (void)kind;
    follow((struct vrefbuf *)p);
}

static const struct reg regs[R_COUNT] = {
    [R_CSR] = {.offset = 0x00,
               .name = "CSR",
               .reset = CSR_HIZ,
               .rw = CSR_VRS | CSR_HIZ | CSR_ENVR,
               .ro = CSR_VRR,
               .steady = true,
               .write = csr_write},
    [R_CCR] = {.offset = 0x04, .name = "CCR", .rw = 0x3F},
};

static const char why_trim[] =
    "the buffer's voltage is exact: nothing to trim, and no factory value";

static const struct field csr[] = {ACTS("VRS", BITS(6, 4)), ACTS("VRR", BIT(3)),
                                   ACTS("HIZ", BIT(1)), ACTS("ENVR", BIT(0)), FIELDS_END};
static const struct field ccr[] = {NO_ACTION("TRIM", BITS(5, 0), why_trim), FIELDS_END};

static const struct reg_fields fields[] = {{0x00, 1, 0, csr}, {0x04, 1, 0, ccr}, REG_FIELDS_END};

const struct model vrefbuf_model = {
    .kind = "vrefbuf",
    .size = sizeof(struct vrefbuf),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .init = init,
    .reset = reset,
};
