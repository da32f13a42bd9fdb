/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FLASH: option bytes (RM0399 Rev 4, 4.4) and their registers. */
#include "vboard/periph/flash/internal.h"

#include <string.h>

#define OPTKEY1 0x08192A3Bu
#define OPTKEY2 0x4C5D6E7Fu

/* Factory values, Table 20; OPTSR put together from the table's bit row (facts 5). */
#define OPTSR_FACTORY 0x17C6AAF0u
#define BOOT7_FACTORY 0x1FF00800u
#define BOOT4_FACTORY 0x10000810u
#define AREA_FACTORY 0x000000FFu
#define WPSN_FACTORY 0x000000FFu

#define OPTSR_OPT_BUSY (1u << 0)
#define OPTSR_OPTCHANGEERR (1u << 30)
#define OPTSR_RDP 0x0000FF00u

/* An option change rewrites its own small sector; users measured about 0.3 s on an STM32H743 [S]. */
#define CHANGE_TIME VTIME_MS(300)

/* ---- current values ---- */

static uint32_t optsr_current(const struct flash *f)
{
    uint32_t busy = event_queued(&f->options_done) ? OPTSR_OPT_BUSY : 0;
    return f->options.optsr | busy | (f->base.values[R_OPTSR_CUR] & OPTSR_OPTCHANGEERR);
}

uint32_t flash_current_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct flash *f = flash_of(p);
    switch (slot) {
    case R_OPTSR_CUR:
        return optsr_current(f);
    case R_BOOT7_CURR:
        return f->options.boot7;
    case R_BOOT4_CURR:
        return f->options.boot4;
    default:
        break;
    }
    unsigned bank = slot >= R_BANK2;
    switch (slot - (bank ? R_BANK2 : R_BANK1)) {
    case B_PRAR_CUR:
        return f->options.prar[bank];
    case B_SCAR_CUR:
        return f->options.scar[bank];
    case B_WPSN_CUR:
        return f->options.wpsn[bank];
    default:
        return value;
    }
}

/* The options as the _PRG registers ask for them. */
static struct flash_options wanted(struct flash *f)
{
    const uint32_t *v = f->base.values;
    struct flash_options o = {
        .optsr = v[R_OPTSR_PRG], .boot7 = v[R_BOOT7_PRGR], .boot4 = v[R_BOOT4_PRGR]};
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        o.prar[i] = *bank_reg(&f->bank[i], B_PRAR_PRG);
        o.scar[i] = *bank_reg(&f->bank[i], B_SCAR_PRG);
        o.wpsn[i] = *bank_reg(&f->bank[i], B_WPSN_PRG);
    }
    return o;
}

static void load_prg(struct flash *f)
{
    uint32_t *v = f->base.values;
    v[R_OPTSR_PRG] = f->options.optsr;
    v[R_BOOT7_PRGR] = f->options.boot7;
    v[R_BOOT4_PRGR] = f->options.boot4;
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        *bank_reg(&f->bank[i], B_PRAR_PRG) = f->options.prar[i];
        *bank_reg(&f->bank[i], B_SCAR_PRG) = f->options.scar[i];
        *bank_reg(&f->bank[i], B_WPSN_PRG) = f->options.wpsn[i];
    }
}

/* ---- changing them (4.4.3) ---- */

static void options_done(void *ctx, vtime_ps now)
{
    struct flash *f = ctx;
    (void)now;
    f->options = wanted(f);
    *bank_reg(&f->bank[0], B_SR) |= SR_EOP;
    flash_irq_update(f);
}

/* What takes hold at reset (BCM, boot addresses) does so then; the rest at once. */
static void start_change(struct flash *f)
{
    const struct flash_options o = wanted(f);
    if (memcmp(&o, &f->options, sizeof(o)) == 0) {
        return;
    }
    if (((o.optsr ^ f->options.optsr) & OPTSR_RDP) != 0) {
        periph_report(&f->base, R_OPTSR_PRG, FOUND_READOUT_PROTECTION, NULL);
    }
    sched_at(&f->base.chip->sched, &f->options_done, f->base.chip->sched.now + CHANGE_TIME);
}

static bool locked(const struct flash *f)
{
    return (f->base.values[R_OPTCR] & OPTCR_OPTLOCK) != 0;
}

bool flash_prg_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    struct flash *f = flash_of(p);
    (void)written;
    if (locked(f) || event_queued(&f->options_done)) {
        periph_report(p, slot, FOUND_OPTIONS_LOCKED, NULL);
        return true;
    }
    return false;
}

void flash_optkeyr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct flash *f = flash_of(p);
    (void)slot;
    (void)old;
    bool whole = p->chip->access.lanes == ~0u;
    if (whole && f->option_key == KEY_NONE && locked(f) && written == OPTKEY1) {
        f->option_key = KEY_FIRST;
    } else if (whole && f->option_key == KEY_FIRST && written == OPTKEY2) {
        f->option_key = KEY_NONE;
        p->values[R_OPTCR] &= ~OPTCR_OPTLOCK;
    } else {
        f->option_key = KEY_SPOILT;
        p->values[R_OPTCR] |= OPTCR_OPTLOCK;
        p->chip->access.bus_fault = true;
        periph_report(p, R_OPTKEYR, FOUND_FLASH_WRONG_KEY, NULL);
    }
}

bool flash_optcr_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    struct flash *f = flash_of(p);
    if (!locked(f)) {
        return false;
    }
    if ((written & (OPTCR_MER | OPTCR_OPTSTART)) != 0) {
        periph_report(p, slot, FOUND_OPTIONS_LOCKED, NULL);
    }
    return true;
}

void flash_optcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct flash *f = flash_of(p);
    (void)slot;
    (void)old;
    if ((written & OPTCR_OPTSTART) != 0) {
        start_change(f);
    }
    if ((written & OPTCR_MER) != 0) {
        for (unsigned i = 0; i < BANK_COUNT; i++) {
            if ((*bank_reg(&f->bank[i], B_CR) & CR_LOCK) == 0) {
                flash_bank_erase(&f->bank[i], CR_BER);
            }
        }
    }
    flash_irq_update(f);
}

void flash_optccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[R_OPTSR_CUR] &= ~(written & OPTSR_OPTCHANGEERR);
    flash_irq_update(flash_of(p));
}

/* ---- life ---- */

static uint32_t given(uint32_t value, uint32_t factory)
{
    return value != 0 ? value : factory;
}

void flash_options_init(struct flash *f)
{
    const struct chip_params *params = &f->base.chip->params;
    f->options = (struct flash_options){.optsr = given(params->optsr, OPTSR_FACTORY),
                                        .boot7 = given(params->boot7, BOOT7_FACTORY),
                                        .boot4 = given(params->boot4, BOOT4_FACTORY),
                                        .prar = {AREA_FACTORY, AREA_FACTORY},
                                        .scar = {AREA_FACTORY, AREA_FACTORY},
                                        .wpsn = {WPSN_FACTORY, WPSN_FACTORY}};
    event_init(&f->options_done, options_done, f);
}

/* "If a reset occurs while the modification is ongoing, the old values are kept." */
void flash_options_reset(struct flash *f)
{
    struct chip *c = f->base.chip;
    const struct flash_options *o = &f->options;
    sched_cancel(&c->sched, &f->options_done);
    f->option_key = KEY_NONE;
    load_prg(f);
    c->boot_address[CORE_CM7] = c->boot0 ? o->boot7 & 0xFFFF0000u : o->boot7 << 16;
    c->boot_address[CORE_CM4] = c->boot0 ? o->boot4 & 0xFFFF0000u : o->boot4 << 16;
}
