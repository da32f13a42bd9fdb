/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/kernel/supply.h"

#include <stddef.h>

#define BYPASS 0x01u
#define LDOEN 0x02u
#define SDEN 0x04u
#define SDEXTHP 0x08u
#define SDLEVEL 0x30u
#define SDLEVEL_1V8 0x10u

/* What the SMPS gives from power-on until CR3 is written (RM0399 7.4.1). */
#define SMPS_DEFAULT_UV 1200000u
/* The over-voltage detector forces the SMPS to this (7.5.7). */
#define SMPS_PROTECTED_UV 1000000u
/* The external supply of the bypass wiring: "higher than 1.1 V" at start (7.4.1). */
#define EXTERNAL_UV 1200000u

/*
 * VOS levels. VOS3 and VOS2: the middle of their ranges (RM0399 Table 16). VOS1 and VOS0 from the SMPS:
 * measured on a NUCLEO-H755ZI-Q (Zephyr issue 108941); VOS0 from the LDO: the middle of its range.
 */
static uint32_t level_uv(const struct supply_request *r, bool from_ldo)
{
    if (r->boost) {
        return from_ldo ? 1330000u : 1509000u;
    }
    switch (r->vos) {
    case 1:
        return 1226000u;
    case 2:
        return 1100000u;
    default:
        return 1000000u;
    }
}

/* SDEN with SDLEVEL: an intermediate 1.8 or 2.5 V for the LDO or the board (Table 33, rows 3 to 5). */
static bool smps_intermediate(uint8_t cr3)
{
    return (cr3 & SDEN) != 0 && (cr3 & SDLEVEL) != 0 && (cr3 & (LDOEN | SDEXTHP)) != 0;
}

/* What the SMPS's coil carries, were it fitted. */
static uint32_t smps_uv(const struct supply_request *r)
{
    if ((r->cr3 & SDEN) == 0) {
        return 0;
    }
    if (!r->configured) {
        return SMPS_DEFAULT_UV;
    }
    if (smps_intermediate(r->cr3)) {
        return (r->cr3 & SDLEVEL) == SDLEVEL_1V8 ? 1800000u : 2500000u;
    }
    return level_uv(r, false);
}

/* The LDO's output from an input of `input_uv`; it cannot give more than it gets. */
static uint32_t ldo_uv(const struct supply_request *r, uint32_t input_uv)
{
    if ((r->cr3 & LDOEN) == 0) {
        return 0;
    }
    uint32_t wanted = level_uv(r, true);
    return wanted < input_uv ? wanted : input_uv;
}

/* The coil feeds VCORE and VDDLDO has no source: "no path from VDD_MCU to VDD_LDO". */
static void settle_smps(struct supply *s)
{
    s->vcore_uv = smps_uv(&s->request);
    s->smps_ready = s->vcore_uv != 0 && s->request.configured;
    if (s->request.configured && smps_intermediate(s->request.cr3)) {
        s->protected_ = true;
        s->smps_ready = false;
        s->vcore_uv = SMPS_PROTECTED_UV;
    }
}

static void settle_cascade(struct supply *s)
{
    uint32_t coil_uv = smps_uv(&s->request);
    s->vcore_uv = ldo_uv(&s->request, coil_uv);
    s->smps_ready = coil_uv != 0 && s->request.configured;
}

static void settle(struct supply *s)
{
    s->protected_ = false;
    s->smps_ready = false;
    if (s->vdd_mv == 0) {
        s->vcore_uv = 0;
        return;
    }
    switch (s->wiring) {
    case SUPPLY_SMPS:
        settle_smps(s);
        break;
    case SUPPLY_LDO:
        s->vcore_uv = ldo_uv(&s->request, s->vdd_mv * 1000u);
        break;
    case SUPPLY_SMPS_LDO:
        settle_cascade(s);
        break;
    case SUPPLY_BYPASS:
        s->vcore_uv = EXTERNAL_UV;
        break;
    }
    if (s->vcore_uv < SUPPLY_VCORE_MIN_UV) {
        s->vcore_uv = 0;
    }
}

static void tell(struct supply *s, vtime_ps now)
{
    for (struct supply_listener *l = s->listeners; l != NULL; l = l->next) {
        l->changed(l->ctx, now);
    }
}

void supply_init(struct supply *s, enum supply_wiring wiring)
{
    *s = (struct supply){.wiring = wiring,
                         .vdd_mv = 3300,
                         .pvd_in_mv = SUPPLY_PVD_IN_OPEN,
                         .request = {.cr3 = LDOEN | SDEN, .vos = 3}};
    settle(s);
}

void supply_listen(struct supply *s, struct supply_listener *l)
{
    struct supply_listener **end = &s->listeners;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    l->next = NULL;
    *end = l;
}

void supply_set_vdd(struct supply *s, uint32_t vdd_mv, vtime_ps now)
{
    s->vdd_mv = vdd_mv;
    settle(s);
    tell(s, now);
}

void supply_set_pvd_in(struct supply *s, uint32_t mv, vtime_ps now)
{
    s->pvd_in_mv = mv;
    tell(s, now);
}

void supply_select(struct supply *s, const struct supply_request *request, vtime_ps now)
{
    uint32_t before_uv = s->vcore_uv;
    s->request = *request;
    settle(s);
    if (s->vcore_uv != before_uv) {
        tell(s, now);
    }
}

bool supply_lost(const struct supply *s)
{
    return s->vdd_mv != 0 && s->vcore_uv == 0;
}

uint32_t supply_vcore_uv(const struct supply *s)
{
    return s->vcore_uv;
}

const char *supply_wiring_name(enum supply_wiring wiring)
{
    static const char *const names[] = {"direct SMPS", "LDO", "SMPS and LDO in cascade",
                                        "bypass (external)"};
    return names[wiring];
}

const char *supply_selection_name(uint8_t cr3)
{
    switch (cr3 & (SDEN | LDOEN | BYPASS)) {
    case SDEN:
        return "direct SMPS";
    case LDOEN:
        return "LDO";
    case SDEN | LDOEN:
        return (cr3 & SDLEVEL) != 0 ? "SMPS and LDO in cascade" : "the default";
    case SDEN | BYPASS:
        return "SMPS for external circuits";
    case BYPASS:
        return "bypass (external)";
    default:
        return "nothing";
    }
}
