/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DSIHOST: registers, interrupts, generic interface, video configuration (RM0399 Rev 4, 34.5.2, 34.7, 34.13, 34.15). */
#include "vboard/periph/dsihost/internal.h"

#include <string.h>

#define ID1 0xDAu

/* ---- interrupts: all on one line (34.13) ---- */

void dsi_update(struct dsihost *d)
{
    const uint32_t *v = d->p.values;
    bool level = (v[R_ISR0] & v[R_IER0]) != 0 || (v[R_ISR1] & v[R_IER1]) != 0 ||
                 (v[R_WISR] & v[R_WIER]) != 0;
    irq_set(&d->p.irq[DSIHOST_IRQ_GLOBAL], level);
    wire_set(d->refreshed, (v[R_WISR] & WISR_ERIF) != 0, d->p.chip->sched.now);
}

static void ier_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    dsi_update((struct dsihost *)p);
}

/* "Always cleared after a read operation" (34.13.2). */
static uint32_t isr_read(struct periph *p, unsigned slot, uint32_t value)
{
    if (p->chip->access.master != MASTER_DEBUG) {
        p->values[slot] = 0;
        dsi_update((struct dsihost *)p);
    }
    return value;
}

static void fir_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    p->values[slot == R_FIR0 ? R_ISR0 : R_ISR1] |= written & p->model->regs[slot].wo;
    dsi_update((struct dsihost *)p);
}

/* ---- generic interface (34.7): what is written leaves as soon as the link is ready ---- */

static void drain(struct dsihost *d)
{
    if (dsi_link_is_ready(d)) {
        d->packets += d->commands;
        d->commands = 0;
        d->payload = 0;
    }
}

static bool is_in_reset(struct dsihost *d, unsigned slot)
{
    if (dsi_has(d, R_CR, CR_EN)) {
        return false;
    }
    periph_report(&d->p, slot, FOUND_WHILE_DISABLED, NULL);
    return true;
}

/* Generic reads with 0 to 2 parameters, and DCS read (MIPI DSI's data types). */
static bool is_read(uint32_t header)
{
    uint32_t type = header & 0x3Fu;
    return type == 0x04 || type == 0x14 || type == 0x24 || type == 0x06;
}

/* DCS reads of the display's identification, if there is one: a word for the read FIFO (34.9.4). */
static bool answer(struct dsihost *d, uint32_t header)
{
    uint32_t command = header >> 8 & 0xFFu;
    if (d->p.chip->dsi_id == 0 || (header & 0x3Fu) != 0x06 || command - ID1 > 2 ||
        !dsi_link_is_ready(d)) {
        return false;
    }
    d->answer = d->p.chip->dsi_id >> (8 * (command - ID1)) & 0xFFu;
    d->p.values[R_GPSR] &= ~GPSR_PRDFE;
    return true;
}

static void ghcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dsihost *d = (struct dsihost *)p;
    (void)old;
    (void)written;
    if (is_in_reset(d, slot)) {
        return;
    }
    drain(d);
    d->commands++;
    drain(d);
    if (is_read(p->values[slot]) && !answer(d, p->values[slot])) {
        p->values[R_GPSR] |= GPSR_RCB;
        periph_unmodelled(p, slot, 0x3Fu);
    }
}

/* Reading is from another FIFO than writing is to. */
static uint32_t gpdr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct dsihost *d = (struct dsihost *)p;
    (void)slot;
    (void)value;
    bool empty = dsi_has(d, R_GPSR, GPSR_PRDFE);
    if (p->chip->access.master != MASTER_DEBUG) {
        p->values[R_GPSR] |= GPSR_PRDFE;
    }
    return empty ? 0 : d->answer;
}

static void gpdr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dsihost *d = (struct dsihost *)p;
    (void)old;
    (void)written;
    d->payload += is_in_reset(d, slot) ? 0 : 1;
}

/* A payload waits for its header. */
static uint32_t gpsr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct dsihost *d = (struct dsihost *)p;
    (void)slot;
    drain(d);
    return value & ~((d->commands != 0 ? GPSR_CMDFE : 0) | (d->payload != 0 ? GPSR_PWRFE : 0));
}

/* EN = 0: "under reset". */
static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dsihost *d = (struct dsihost *)p;
    (void)old;
    (void)written;
    if ((p->values[slot] & CR_EN) == 0) {
        d->commands = 0;
        d->payload = 0;
        p->values[R_GPSR] = GPSR_EMPTY;
    }
    dsi_wrapper_follow(d);
}

uint64_t dsihost_packets(struct chip *c)
{
    struct dsihost *d = (struct dsihost *)chip_periph(c, "DSIHOST");
    if (d == NULL) {
        return 0;
    }
    drain(d);
    return d->packets;
}

/* ---- video configuration: as it is, or as UR took it over (34.5.2) ---- */

static void vscr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dsihost *d = (struct dsihost *)p;
    (void)old;
    (void)written;
    if ((p->values[slot] & VSCR_UR) != 0) {
        p->values[slot] &= ~VSCR_UR;
        memcpy(d->taken, p->values, sizeof(d->taken));
    }
}

/* VMCR has its enables at bit 8, VMCCR at bit 2. */
static uint32_t as_current(unsigned from, uint32_t value)
{
    return from == R_VMCR ? (value >> 6 & 0x3FCu) | (value & 3u) : value;
}

static uint32_t current_read(struct periph *p, unsigned slot, uint32_t value)
{
    static const uint8_t sources[R_VVACCR - R_LCVCIDR + 1] = {
        [R_LCVCIDR - R_LCVCIDR] = R_LVCIDR, [R_LCCCR - R_LCVCIDR] = R_LCOLCR,
        [R_LPMCCR - R_LCVCIDR] = R_LPMCR,   [R_VMCCR - R_LCVCIDR] = R_VMCR,
        [R_VPCCR - R_LCVCIDR] = R_VPCR,     [R_VCCCR - R_LCVCIDR] = R_VCCR,
        [R_VNPCCR - R_LCVCIDR] = R_VNPCR,   [R_VHSACCR - R_LCVCIDR] = R_VHSACR,
        [R_VHBPCCR - R_LCVCIDR] = R_VHBPCR, [R_VLCCR - R_LCVCIDR] = R_VLCR,
        [R_VVSACCR - R_LCVCIDR] = R_VVSACR, [R_VVBPCCR - R_LCVCIDR] = R_VVBPCR,
        [R_VVFPCCR - R_LCVCIDR] = R_VVFPCR, [R_VVACCR - R_LCVCIDR] = R_VVACR,
    };
    const struct dsihost *d = (struct dsihost *)p;
    unsigned from = sources[slot - R_LCVCIDR];
    (void)value;
    return as_current(from, dsi_has(d, R_VSCR, VSCR_EN) ? d->taken[from] : p->values[from]);
}

/* ---- wrapper ---- */

static void wrapper_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    dsi_wrapper_follow((struct dsihost *)p);
}

/* A refresh that waits for LTDC begins when somebody looks. */
static uint32_t wisr_read(struct periph *p, unsigned slot, uint32_t value)
{
    if (p->chip->access.master == MASTER_DEBUG) {
        return value;
    }
    dsi_wrapper_follow((struct dsihost *)p);
    return p->values[slot];
}

static void wifcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    p->values[R_WISR] &= ~(written & p->model->regs[slot].wo);
    dsi_update((struct dsihost *)p);
}

static uint32_t psr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return (value & ~p->model->regs[R_PSR].ro) | dsi_phy_status((struct dsihost *)p);
}

/* ---- life ---- */

static int init(struct periph *p)
{
    dsi_wrapper_init((struct dsihost *)p);
    return 0;
}

static void connect(struct periph *p)
{
    ((struct dsihost *)p)->refreshed = chip_wire_source(p->chip, "DSI_ER", NULL, NULL);
    dsi_wrapper_connect((struct dsihost *)p);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct dsihost *d = (struct dsihost *)p;
    (void)kind;
    d->commands = 0;
    d->payload = 0;
    memcpy(d->taken, p->values, sizeof(d->taken));
    dsi_wrapper_reset(d);
    dsi_update(d);
}

/* clang-format off */
static const struct reg regs[R_COUNT] = {
    [R_VR] = {.offset = 0x000, .name = "VR", .reset = 0x3133302A, .ro = ~0u},
    [R_CR] = {.offset = 0x004, .name = "CR", .rw = 0x1u, .write = cr_write},
    [R_CCR] = {.offset = 0x008, .name = "CCR", .rw = 0xFFFFu},
    [R_LVCIDR] = {.offset = 0x00C, .name = "LVCIDR", .rw = 0x3u},
    [R_LCOLCR] = {.offset = 0x010, .name = "LCOLCR", .rw = 0x10Fu},
    [R_LPCR] = {.offset = 0x014, .name = "LPCR", .rw = 0x7u},
    [R_LPMCR] = {.offset = 0x018, .name = "LPMCR", .rw = 0xFF00FFu},
    [R_PCR] = {.offset = 0x02C, .name = "PCR", .rw = 0x1Fu},
    [R_GVCIDR] = {.offset = 0x030, .name = "GVCIDR", .rw = 0x3u},
    [R_MCR] = {.offset = 0x034, .name = "MCR", .reset = 0x1, .rw = 0x1u},
    [R_VMCR] = {.offset = 0x038, .name = "VMCR", .rw = 0x111FF03u},
    [R_VPCR] = {.offset = 0x03C, .name = "VPCR", .rw = 0x3FFFu},
    [R_VCCR] = {.offset = 0x040, .name = "VCCR", .rw = 0x1FFFu},
    [R_VNPCR] = {.offset = 0x044, .name = "VNPCR", .rw = 0x1FFFu},
    [R_VHSACR] = {.offset = 0x048, .name = "VHSACR", .rw = 0xFFFu},
    [R_VHBPCR] = {.offset = 0x04C, .name = "VHBPCR", .rw = 0xFFFu},
    [R_VLCR] = {.offset = 0x050, .name = "VLCR", .rw = 0x7FFFu},
    [R_VVSACR] = {.offset = 0x054, .name = "VVSACR", .rw = 0x3FFu},
    [R_VVBPCR] = {.offset = 0x058, .name = "VVBPCR", .rw = 0x3FFu},
    [R_VVFPCR] = {.offset = 0x05C, .name = "VVFPCR", .rw = 0x3FFu},
    [R_VVACR] = {.offset = 0x060, .name = "VVACR", .rw = 0x3FFFu},
    [R_LCCR] = {.offset = 0x064, .name = "LCCR", .rw = 0xFFFFu},
    [R_CMCR] = {.offset = 0x068, .name = "CMCR", .rw = 0x10F7F03u, .unmodelled = 0x1u},
    [R_GHCR] = {.offset = 0x06C, .name = "GHCR", .rw = 0xFFFFFFu, .write = ghcr_write},
    [R_GPDR] = {.offset = 0x070, .name = "GPDR", .rw = ~0u, .read = gpdr_read, .write = gpdr_write},
    [R_GPSR] = {.offset = 0x074, .name = "GPSR", .reset = 0x15, .ro = 0x7Fu, .unmodelled = 0x2Au, .steady = true, .read = gpsr_read},
    [R_TCCR0] = {.offset = 0x078, .name = "TCCR0", .rw = ~0u},
    [R_TCCR1] = {.offset = 0x07C, .name = "TCCR1", .rw = 0xFFFFu},
    [R_TCCR2] = {.offset = 0x080, .name = "TCCR2", .rw = 0xFFFFu},
    [R_TCCR3] = {.offset = 0x084, .name = "TCCR3", .rw = 0x100FFFFu},
    [R_TCCR4] = {.offset = 0x088, .name = "TCCR4", .rw = 0xFFFFu},
    [R_TCCR5] = {.offset = 0x08C, .name = "TCCR5", .rw = 0xFFFFu},
    [R_CLCR] = {.offset = 0x094, .name = "CLCR", .rw = 0x3u},
    [R_CLTCR] = {.offset = 0x098, .name = "CLTCR", .rw = 0x3FF03FFu},
    [R_DLTCR] = {.offset = 0x09C, .name = "DLTCR", .rw = 0xFFFF7FFFu},
    [R_PCTLR] = {.offset = 0x0A0, .name = "PCTLR", .rw = 0x6u},
    [R_PCONFR] = {.offset = 0x0A4, .name = "PCONFR", .reset = 0x1, .rw = 0xFF03u},
    [R_PUCR] = {.offset = 0x0A8, .name = "PUCR", .rw = 0xFu},
    [R_PTTCR] = {.offset = 0x0AC, .name = "PTTCR", .rw = 0xFu},
    [R_PSR] = {.offset = 0x0B0, .name = "PSR", .reset = 0x1528, .ro = 0x1FEu, .unmodelled = 0x42u, .steady = true, .read = psr_read},
    [R_ISR0] = {.offset = 0x0BC, .name = "ISR0", .ro = 0x1FFFFFu, .read = isr_read},
    [R_ISR1] = {.offset = 0x0C0, .name = "ISR1", .ro = 0x1FFFu, .read = isr_read},
    [R_IER0] = {.offset = 0x0C4, .name = "IER0", .rw = 0x1FFFFFu, .write = ier_write},
    [R_IER1] = {.offset = 0x0C8, .name = "IER1", .rw = 0x1FFFu, .write = ier_write},
    [R_FIR0] = {.offset = 0x0D8, .name = "FIR0", .wo = 0x1FFFFFu, .write = fir_write},
    [R_FIR1] = {.offset = 0x0DC, .name = "FIR1", .wo = 0x1FFFu, .write = fir_write},
    [R_VSCR] = {.offset = 0x100, .name = "VSCR", .rw = 0x101u, .write = vscr_write},
    [R_LCVCIDR] = {.offset = 0x10C, .name = "LCVCIDR", .ro = 0x3u, .read = current_read},
    [R_LCCCR] = {.offset = 0x110, .name = "LCCCR", .ro = 0x10Fu, .read = current_read},
    [R_LPMCCR] = {.offset = 0x118, .name = "LPMCCR", .ro = 0xFF00FFu, .read = current_read},
    [R_VMCCR] = {.offset = 0x138, .name = "VMCCR", .ro = 0x3FFu, .read = current_read},
    [R_VPCCR] = {.offset = 0x13C, .name = "VPCCR", .ro = 0x3FFFu, .read = current_read},
    [R_VCCCR] = {.offset = 0x140, .name = "VCCCR", .ro = 0x1FFFu, .read = current_read},
    [R_VNPCCR] = {.offset = 0x144, .name = "VNPCCR", .ro = 0x1FFFu, .read = current_read},
    [R_VHSACCR] = {.offset = 0x148, .name = "VHSACCR", .ro = 0xFFFu, .read = current_read},
    [R_VHBPCCR] = {.offset = 0x14C, .name = "VHBPCCR", .ro = 0xFFFu, .read = current_read},
    [R_VLCCR] = {.offset = 0x150, .name = "VLCCR", .ro = 0x7FFFu, .read = current_read},
    [R_VVSACCR] = {.offset = 0x154, .name = "VVSACCR", .ro = 0x3FFu, .read = current_read},
    [R_VVBPCCR] = {.offset = 0x158, .name = "VVBPCCR", .ro = 0x3FFu, .read = current_read},
    [R_VVFPCCR] = {.offset = 0x15C, .name = "VVFPCCR", .ro = 0x3FFu, .read = current_read},
    [R_VVACCR] = {.offset = 0x160, .name = "VVACCR", .ro = 0x3FFFu, .read = current_read},
    [R_WCFGR] = {.offset = 0x400, .name = "WCFGR", .rw = 0xFFu, .unmodelled = 0x70u, .write = wrapper_write},
    [R_WCR] = {.offset = 0x404, .name = "WCR", .rw = 0xFu, .write = wrapper_write},
    [R_WIER] = {.offset = 0x408, .name = "WIER", .rw = 0x2603u, .write = ier_write},
    [R_WISR] = {.offset = 0x40C, .name = "WISR", .ro = 0x3707u, .unmodelled = 0x1u, .steady = true, .read = wisr_read},
    [R_WIFCR] = {.offset = 0x410, .name = "WIFCR", .wo = 0x2603u, .write = wifcr_write},
    [R_WPCR0] = {.offset = 0x418, .name = "WPCR0", .rw = 0xFFD7FFFu},
    [R_WPCR1] = {.offset = 0x41C, .name = "WPCR1", .rw = 0x64F13CFu},
    [R_WPCR2] = {.offset = 0x420, .name = "WPCR2", .rw = ~0u},
    [R_WPCR3] = {.offset = 0x424, .name = "WPCR3", .rw = ~0u},
    [R_WPCR4] = {.offset = 0x428, .name = "WPCR4", .rw = 0xFFu},
    [R_WRPCR] = {.offset = 0x430, .name = "WRPCR", .rw = 0x10379FDu, .write = wrapper_write},
};
/* clang-format on */

static const char *const irq_names[] = {"global", NULL};

const struct model dsihost_model = {
    .kind = "dsihost",
    .size = sizeof(struct dsihost),
    .regs = regs,
    .fields = dsihost_fields,
    .slot_count = R_COUNT,
    .span = 0x1000,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
};
