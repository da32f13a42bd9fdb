/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_FINDINGS_H
#define VBOARD_KERNEL_FINDINGS_H

/*
 * Findings: what the running image did that the manual forbids, warns of, or that this board does not
 * model. The board records it, then behaves as silicon would. In our own tests any finding is a
 * failure; `candial check` turns them into a verdict.
 *
 * A finding is data: a code, who did it and where, and numbers. Its words are made when somebody wants
 * to read them (vboard/chip/finding_text.h), from the one table in finding_codes.c. To add a code: a
 * line here and a row there.
 *
 * The same finding (code, subject, master, address, and pc) is kept once, with a count.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

/* Who accesses a bus. Debug accesses never change state by side effect and never make findings. */
enum master {
    MASTER_CM7,
    MASTER_CM4,
    MASTER_DEBUG,
    MASTER_DMA_CM7, /* a DMA controller, by order of the CM7 */
    MASTER_DMA_CM4,
    MASTER_COUNT
};

/* The core that accesses, or has ordered it; CM7 for the debugger. */
static inline enum master master_core(enum master m)
{
    return m == MASTER_CM4 || m == MASTER_DMA_CM4 ? MASTER_CM4 : MASTER_CM7;
}

static inline bool master_is_dma(enum master m)
{
    return m == MASTER_DMA_CM7 || m == MASTER_DMA_CM4;
}

/* What sort of thing it is; each code is of one kind. */
enum finding_kind {
    FINDING_UNMAPPED,        /* nothing at that address: bus fault */
    FINDING_UNMODELLED,      /* the chip has something there, this board does not */
    FINDING_RESERVED_REG,    /* a hole in a modelled peripheral */
    FINDING_RESERVED_BITS,   /* a reserved bit was changed */
    FINDING_READ_ONLY,       /* a write to a read-only register */
    FINDING_UNCLOCKED,       /* the peripheral's bus clock is off for this core */
    FINDING_BAD_SIZE,        /* access width the peripheral does not support */
    FINDING_PIN_CONFLICT,    /* two outputs on one pin */
    FINDING_WAIT_STATES,     /* flash latency too low for clock and voltage scale */
    FINDING_OVERCLOCK,       /* a clock beyond what voltage scale and supply allow */
    FINDING_OVERVOLTAGE,     /* VCORE above its absolute maximum */
    FINDING_VCORE_LOST,      /* the deadlock: supply selection does not match the wiring */
    FINDING_RAM_IN_RUN_STAR, /* a RAM write before ACTVOSRDY (RM0399 7.4.1) */
    FINDING_FAULT,           /* a fault exception was taken */
    FINDING_LOCKUP,          /* a core is locked up */
    FINDING_CACHE,           /* the M7's D-cache and memory differ, and somebody notices */
    FINDING_BEHAVIOUR,       /* a model refuses, or the manual leaves open what comes of it */
    FINDING_KIND_COUNT
};

/* Each distinct thing that somebody objects to. Behind it: the numbers that go with it. */
enum finding_code {
    /* FINDING_UNMAPPED */
    FOUND_NOTHING_THERE,    /* read or written */
    FOUND_NOTHING_TO_FETCH, /* executed */
    /* FINDING_UNMODELLED */
    FOUND_UNMODELLED_PERIPHERAL,
    FOUND_NOT_ON_PART,      /* subject: enum chip_part */
    FOUND_UNMODELLED_FIELD, /* mask: bits that the chip has and the model does not act on */
    FOUND_READOUT_PROTECTION,
    FOUND_NO_MEMORY, /* external: a bank that is enabled, and the board has none there that is known */
    FOUND_MEMORY_COMMAND, /* external: commands of a NOR flash */
    /* FINDING_RESERVED_REG, _RESERVED_BITS, _READ_ONLY, _BAD_SIZE */
    FOUND_NO_REGISTER,
    FOUND_NO_TTCAN,      /* a register that only FDCAN1 has */
    FOUND_RESERVED_BITS, /* mask */
    FOUND_READ_ONLY,
    FOUND_BAD_SIZE, /* size */
    /* FINDING_UNCLOCKED */
    FOUND_PERIPHERAL_UNCLOCKED, /* enr, enr_bit */
    FOUND_MEMORY_UNCLOCKED,     /* enr, enr_bit */
    /* FINDING_PIN_CONFLICT */
    FOUND_PIN_CONFLICT, /* subject: 16 * port + pin */
    /* FINDING_WAIT_STATES */
    FOUND_LATENCY_TOO_LOW,    /* khz (of the AXI clock), vos, have, need */
    FOUND_WRHIGHFREQ_TOO_LOW, /* khz, vos, have */
    /* FINDING_OVERCLOCK */
    FOUND_OVERCLOCK, /* subject: enum clock_id; khz, vos, high_mhz */
    /* FINDING_OVERVOLTAGE, _VCORE_LOST */
    FOUND_OVERVOLTAGE_SMPS, /* cr3: 1.8 or 2.5 V on VCORE */
    FOUND_OVERVOLTAGE_VOS0, /* cr3, mv: VOS0 asked for, by D3CR.VOS or SYSCFG_PWRCR.ODEN */
    FOUND_VCORE_LOST,       /* cr3, wiring */
    /* FINDING_RAM_IN_RUN_STAR */
    FOUND_RAM_IN_RUN_STAR,
    /* FINDING_FAULT, _LOCKUP */
    FOUND_FAULT,         /* subject: exception number; cfsr */
    FOUND_LOCKUP_FAULT,  /* cfsr: of the fault within a fault */
    FOUND_LOCKUP_VECTOR, /* the vector of HardFault or NMI cannot be read */
    /* FINDING_CACHE: at a byte of RAM; subject: enum master of the other access, at: its place */
    FOUND_CACHE_STALE,       /* the CM7 reads a copy that is older than another master's store */
    FOUND_CACHE_NOT_CLEANED, /* another master reads what the CM7 has not written back */
    FOUND_CACHE_OVERWRITES,  /* the CM7 writes a line back over another master's newer bytes */
    FOUND_CACHE_LOST,        /* the CM7 reads what its invalidation has thrown away */
    FOUND_CACHE_CODE_NOT_CLEANED, /* a core executes what the CM7 has not written back */
    FOUND_CACHE_CODE_STALE, /* the CM7 executes a copy, in its I-cache, that is older than memory */
    /* FINDING_BEHAVIOUR */
    FOUND_BACKUP_PROTECTED, /* PWR_CR1.DBP is 0 */
    FOUND_SUPPLY_LOCKED,    /* cr3 wanted: a second selection, which is refused */
    FOUND_SUPPLY_ILLEGAL,   /* cr3 wanted: refused, and locked nevertheless */
    FOUND_VOS_IN_RUN_STAR,
    FOUND_VOS_LEFT_WITH_ODEN,
    FOUND_ODEN_OUTSIDE_VOS1,
    FOUND_PLL_INPUT, /* subject: 1..3; khz, low_mhz, high_mhz */
    FOUND_PLL_VCO,   /* as FOUND_PLL_INPUT */
    FOUND_PLL_DIVP1_ODD,
    FOUND_PLL_LOCKED, /* mask: bits that an enabled PLL depends on */
    FOUND_FLASH_LOCKED,
    FOUND_OPTIONS_LOCKED,
    FOUND_FLASH_WRONG_KEY,
    FOUND_FLASH_NOT_WAITED,
    FOUND_FLASH_NOT_ERASED,   /* at: the flash word */
    FOUND_WATCHDOG_PROTECTED, /* IWDG */
    FOUND_WATCHDOG_BUSY,
    FOUND_RTC_LOCKED,
    FOUND_RTC_RUNNING,
    FOUND_USART_ENABLED, /* mask: bits that UE = 1 protects */
    FOUND_USART_TDR_FULL,
    FOUND_FDCAN_PROTECTED,     /* CCCR.INIT and CCE are not both set */
    FOUND_FDCAN_CCCR,          /* mask: bits that need them */
    FOUND_FDCAN_TEST,          /* CCCR.TEST is not set */
    FOUND_FDCAN_NO_REQUEST,    /* TXBAR with CCE or bus monitoring on */
    FOUND_FDCAN_RAM_BEYOND,    /* subject: instance; have: word */
    FOUND_VREF_SUPPLIED,       /* mv: VREFBUF drives VREF+, which has a voltage from outside */
    FOUND_OTG_NO_KERNEL_CLOCK, /* mask: bits that wait for clocks of the PHY */
    FOUND_OTG_NO_ULPI_CLOCK,   /* as FOUND_OTG_NO_KERNEL_CLOCK */
    FOUND_OTG_CLOCK,           /* subject: enum clock_id; khz */
    FOUND_OTG_OTHER_MODE,      /* a host's register as a device, or the other way round */
    FOUND_OTG_UNSUPPLIED,      /* PWR_CR3.USB33DEN is 0 */
    FOUND_WHILE_ENABLED,  /* of any peripheral: the manual wants it disabled when this is written */
    FOUND_WHILE_DISABLED, /* ... enabled */
    FOUND_WHILE_BUSY,     /* ... the last write to have arrived */
    FOUND_DMA_BUS_ERROR,  /* at: of a transfer that the bus refused */
    FOUND_NULL_ALIAS,     /* the CM4 at 0 to 0xFFFF, where its boot memory is seen again */
    /* External memories (RM0399 23.5, 24.3.14): a bus error ... */
    FOUND_BANK_OFF,        /* MBKEN, PBKEN */
    FOUND_FMC_OFF,         /* FMC_BCR1.FMCEN */
    FOUND_NO_BANK,         /* reserved by BMAP's mapping */
    FOUND_BANK_PROTECTED,  /* WREN, WP */
    FOUND_NOR_OFF,         /* FACCEN */
    FOUND_SDRAM_NOT_READY, /* subject: enum of the step that is missing, in the order of 23.9.3 */
    FOUND_MEMORY_RANGE,    /* beyond what the registers say of its size */
    FOUND_KERNEL_STOPPED,  /* the controller's kernel clock stands still */
    FOUND_NOT_MAPPED,      /* QUADSPI is not in memory-mapped mode */
    FOUND_MAPPED_WRITE,    /* to QUADSPI's flash */
    /* ... and what is no bus error. */
    FOUND_MEMORY_MISMATCH,  /* the registers describe another memory */
    FOUND_SDRAM_NO_REFRESH, /* SDRTR.COUNT is 0 */
    FOUND_SDRAM_MODE,       /* its mode register does not say what SDCR does */
    FOUND_UNPREDICTABLE,    /* an instruction's encoding, or its place in an IT block */
    FOUND_CODE_COUNT
};

struct model; /* vboard/chip/periph.h */

/* What there is to say beyond code and register: see the codes. What does not apply is 0. */
struct finding_data {
    uint32_t subject;           /* which of several; twins have the same */
    uint32_t mask;              /* bits of the register; those of twins are joined */
    uint32_t khz;               /* as it is */
    uint32_t low_mhz, high_mhz; /* as it may be */
    uint32_t have, need;
    uint32_t at; /* an address */
    uint32_t mv;
    uint32_t cfsr;
    uint16_t enr; /* of the gate: offset in RCC's plain bank, bit */
    uint8_t enr_bit;
    uint8_t vos;    /* 0..3 */
    uint8_t cr3;    /* low byte of PWR_CR3 */
    uint8_t wiring; /* enum supply_wiring */
    uint8_t size;   /* bytes */
    /* Whose register, at which offset, for the names of the bits in `mask` (vboard/chip/fields.h). */
    const struct model *model;
    uint32_t offset;
};

struct finding {
    enum finding_code code;
    enum finding_kind kind; /* the code's; findings_add fills it in */
    enum master master;
    uint32_t pc;
    uint32_t address;  /* of the register the finding is about */
    uint32_t accessed; /* the address accessed when it was found (another one, at times) */
    uint32_t value;    /* written there */
    bool write;
    struct finding_data data;
    vtime_ps first_at;
    uint64_t count;
};

struct findings {
    struct finding *list;
    size_t count, capacity;
};

void findings_init(struct findings *f);
void findings_destroy(struct findings *f);
void findings_clear(struct findings *f);
/* Adds `n`, or counts up its twin and joins their masks. */
void findings_add(struct findings *f, const struct finding *n);

enum finding_kind finding_kind_of(enum finding_code code);
/* "unclocked", "overclock" ... for reports and JSON. */
const char *finding_kind_name(enum finding_kind k);
/* What a code means in words, with {names} where the numbers go: for finding_text.c alone. */
const char *finding_words(enum finding_code code);

#endif
