/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Kinds of items: what there may be to say (kinds.c has what it says). */
#ifndef CHECK_KIND_H
#define CHECK_KIND_H

enum check_level { CHECK_UNSAFE, CHECK_UNKNOWN, CHECK_NOTE };

/* What there may be to say. kinds.c has the table: level, severity, name, words, remedy. */
enum check_kind {
    CHECK_VCORE_LOST,
    CHECK_SUPPLY_RACE,
    CHECK_OVERVOLTAGE_SMPS, /* 1.8 or 2.5 V on VCORE */
    CHECK_OVERVOLTAGE_VOS0,
    CHECK_LOCKUP,
    CHECK_FAULT,
    CHECK_NEVER_STARTS,
    CHECK_ERASES_ITSELF, /* the vectors it starts from are gone from flash */
    CHECK_OVERCLOCK,
    CHECK_WAIT_STATES,
    /* It cannot be told */
    CHECK_WAITS_UNMODELLED,    /* for a register that is not modelled */
    CHECK_WAITS_FIELD,         /* for a field that its model does not act on */
    CHECK_WAITS_COUNTER,       /* for a counter of the core's own that stands still */
    CHECK_FIELDS_DECIDE,       /* sets such a field, and it decides what runs */
    CHECK_DEPENDS,             /* on what such a register holds */
    CHECK_EXTERNAL_FAULT,      /* a fault or lockup on a memory that is not modelled */
    CHECK_OVERDRIVE_UNCLOCKED, /* VOS0 asked for without SYSCFG's clock */
    CHECK_OVERDRIVE_DECIDES,   /* the same, on a board on which VOS0 would make the clocks right */
    CHECK_READOUT_PROTECTION,
    CHECK_PLL_RANGE,           /* a PLL's input or VCO is outside of what it locks at */
    CHECK_OPTIONS_DECIDE,      /* option bytes changed that decide which core starts, and where */
    CHECK_SUPPLY_CODE_UNSEEN,  /* would select a supply that does not fit, and never ran */
    CHECK_VOLTAGE_CODE_UNSEEN, /* would set VOS0 under the SMPS, and never ran */
    CHECK_READOUT_CODE_UNSEEN, /* would lock the debug port for ever, and never ran */
    CHECK_CLOCK_CODE_UNSEEN,   /* would make something too fast, and never ran */
    CHECK_CODE_UNREAD,         /* too much to be read to its end */
    CHECK_SUPPLY_NOT_NAMED,    /* a project leaves it to an old CubeMX */
    /* Notes */
    CHECK_LOCKUP_NOTED,
    CHECK_FAULT_NOTED,
    CHECK_NO_CM7,
    CHECK_NO_CM4,
    CHECK_NO_SUPPLY,
    CHECK_ERROR_HANDLER,
    CHECK_SUPPLY_REFUSED,
    CHECK_SUPPLY_ILLEGAL,
    CHECK_SUPPLY_CODE_NOT_RUN, /* the same, but PWR_CR3 is locked by then */
    CHECK_OPTION_CODE_NOT_RUN,
    CHECK_WAITS_FOR_PARTNER,
    CHECK_WATCHDOG_RESETS,
    CHECK_PWM_PERIOD,
    CHECK_DMA_REFUSED,     /* a transfer to or from where its controller does not reach */
    CHECK_EXTERNAL_MEMORY, /* refused by FMC or QUADSPI, or set up as it is not */
    CHECK_NO_MEMORY,       /* none of this board is known there */
    CHECK_SHARED_PIN,
    CHECK_PIN_CONFLICT,
    CHECK_HANGS_AFTER_RESET,
    CHECK_HANGS_BEHIND_ROM,
    CHECK_RAM_IN_RUN_STAR,
    CHECK_UNCLOCKED,
    CHECK_NOT_MODELLED,
    CHECK_FIELDS_LEFT_OUT, /* sets fields that their models do not act on */
    CHECK_OPTION_BYTES,
    /* Notes on what a start ends with (odd.h) */
    CHECK_NEVER_RELEASED,
    CHECK_STOP_WITHOUT_WAKE_UP,
    CHECK_WAITS_UNCLOCKED,
    CHECK_NOT_ALLOCATED, /* reached by the other core's enable only */
    CHECK_NO_TICK,
    CHECK_WAITS_WORD, /* of RAM, that nobody writes */
    CHECK_SEMAPHORE_TAKEN,
    CHECK_BACKUP_PROTECTED, /* a write was lost for want of PWR_CR1.DBP */
    CHECK_USB_CLOCK,        /* a USB core waits for a PHY's clock that does not come */
    CHECK_USB_ULPI,         /* ... of an external one */
    CHECK_USB_SUPPLY,       /* ... its transceiver is on, and VDD33USB not watched */
    CHECK_NULL_ALIAS,       /* the CM4 uses a null pointer, which is no fault there */
    CHECK_HSE_CRYSTAL,
    CHECK_HSE_RECKONED,
    CHECK_NODE_RATE,
    CHECK_CAN_PINS,
    CHECK_CAN_FILTERS,
    CHECK_CAN_SAMPLE,
    CHECK_CAN_REJECTS, /* whatever comes */
    CHECK_UART_BAUD,
    CHECK_PWM_PIN,
    /* Notes on RAM that the M7's D-cache and others see differently (incoherent.h) */
    CHECK_CACHE_STALE,
    CHECK_CACHE_NOT_CLEANED,
    CHECK_CACHE_OVERWRITES,
    CHECK_CACHE_LOST,
    CHECK_CODE_NOT_CLEANED, /* what runs then nobody knows */
    CHECK_CODE_STALE,
    /* Notes on what works by chance (sanitize.h) */
    CHECK_FRESH_RAM,  /* a decision by RAM that nobody has written since power-on */
    CHECK_STACK_OVER, /* the stack has reached the image's data */
    CHECK_LOST_UPDATE,
    CHECK_TWO_OWNERS,
    CHECK_NO_HANDLER,
    CHECK_ISR_STORM,
    CHECK_SEMAPHORE_HELD,
    CHECK_FLASH_TWICE,
    CHECK_FLASH_PARTIAL,
    CHECK_FLASH_STALL,
    CHECK_SUPPLY_DEFAULT, /* a project leaves it to CubeMX */
    CHECK_OWNER_SPLIT,    /* a peripheral is one core's, its pin the other's */
    CHECK_CAN_CLOCK,      /* FDCAN's kernel clock is not below its APB's */
    CHECK_CAN_RATE,       /* no bit rate that cars use */
    CHECK_CAN_DEAF,       /* FDCAN has no place for a frame */
    CHECK_KINDS
};

#endif
