/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FLASH: option bytes (RM0399 Rev 4, 4.4) and their registers. */
#include "vboard/periph/flash/internal.h"

#include <string.h>

#define OPTKEY1 0x08192A3Bu
#define OPTKEY2 0x4C5D6E7Fu

#define OPTSR_OPT_BUSY (1u << 0)
#define OPTSR_OPTCHANGEERR (1u << 30)
#define OPTSR_RDP 0x0000FF00u

/* An option change rewrites its own small sector; users measured about 0.3 s on an STM32H743 [S]. */
#define CHANGE_TIME VTIME_MS(300)

static struct option_bytes *options_of(const struct flash *f)
{
    return &f->base.chip->options;
}

/* ---- current values ---- */

static uint32_t optsr_current(const struct flash *f)
{
    uint32_t busy = event_queued(&f->options_done) ? OPTSR_OPT_BUSY : 0;
    return options_of(f)->optsr | busy | (f->base.values[R_OPTSR_CUR] & OPTSR_OPTCHANGEERR);
}

uint32_t flash_current_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct flash *f = flash_of(p);
    const struct option_bytes *o = options_of(f);
    switch (slot) {
    case R_OPTSR_CUR:
        return optsr_current(f);
    case R_BOOT7_CURR:
        return o->boot7;
    case R_BOOT4_CURR:
        return o->boot4;
    default:
        break;
    }
    unsigned bank = slot >= R_BANK2;
    switch (slot - (bank ? R_BANK2 : R_BANK1)) {
    case B_PRAR_CUR:
        return o->prar[bank];
    case B_SCAR_CUR:
        return o->scar[bank];
    case B_WPSN_CUR:
        return o->wpsn[bank];
    default:
        return value;
    }
}

/* The options as the _PRG registers ask for them. */
static struct option_bytes wanted(struct flash *f)
{
    const uint32_t *v = f->base.values;
    struct option_bytes o = {
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
    const struct option_bytes *o = options_of(f);
    v[R_OPTSR_PRG] = o->optsr;
    v[R_BOOT7_PRGR] = o->boot7;
    v[R_BOOT4_PRGR] = o->boot4;
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        *bank_reg(&f->bank[i], B_PRAR_PRG) = o->prar[i];
        *bank_reg(&f->bank[i], B_SCAR_PRG) = o->scar[i];
        *bank_reg(&f->bank[i], B_WPSN_PRG) = o->wpsn[i];
    }
}

/* ---- changing them (4.4.3) ---- */

static void options_done(void *ctx, vtime_ps now)
{
    struct flash *f = ctx;
    (void)now;
    *options_of(f) = wanted(f);
    *bank_reg(&f->bank[0], B_SR) |= SR_EOP;
    flash_irq_update(f);
}

/* What takes hold at reset (BCM, boot addresses) does so then; the rest at once. */
static void start_change(struct flash *f)
{
    const struct option_bytes o = wanted(f);
    if (memcmp(&o, options_of(f), sizeof(o)) == 0) {
        return;
    }
    if (((o.optsr ^ options_of(f)->optsr) & OPTSR_RDP) != 0) {
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

void flash_options_init(struct flash *f)
{
    event_init(&f->options_done, options_done, f);
}

/* "If a reset occurs while the modification is ongoing, the old values are kept." */
void flash_options_reset(struct flash *f)
{
    struct chip *c = f->base.chip;
    sched_cancel(&c->sched, &f->options_done);
    f->option_key = KEY_NONE;
    load_prg(f);
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        c->cores.boot_address[core] =
            option_bytes_boot_address(&c->options, (enum core)core, c->resets.boot0);
    }
}
