/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_FINDINGS_H
#define VBOARD_KERNEL_FINDINGS_H

/*
 * Findings: what the running image did that the manual forbids, warns of, or that this board does not
 * model. The board records it, then behaves as silicon would. In our own tests any finding is a
 * failure; `candial check` turns them into a verdict.
 *
 * The same finding (kind, master, address, and pc) is kept once, with a count.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

/* Who accesses a bus. Debug accesses never change state by side effect and never make findings. */
enum master { MASTER_CM7, MASTER_CM4, MASTER_DEBUG, MASTER_COUNT };

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
    FINDING_BEHAVIOUR,       /* anything else a model objects to; the text says what */
    FINDING_KIND_COUNT
};

struct finding {
    enum finding_kind kind;
    enum master master;
    uint32_t pc;
    uint32_t address;  /* of the register the finding is about */
    uint32_t accessed; /* the address accessed when it was found (another one, at times) */
    uint32_t value;    /* written there */
    bool write;
    vtime_ps first_at;
    uint64_t count;
    char text[120]; /* "USART3.BRR: peripheral clock off (RCC_C1_APB1LENR bit 18)" */
};

struct findings {
    struct finding *list;
    size_t count, capacity;
};

void findings_init(struct findings *f);
void findings_destroy(struct findings *f);
void findings_clear(struct findings *f);
/* Adds `n` or counts up its twin. */
void findings_add(struct findings *f, const struct finding *n);
/* "unclocked", "overclock" ... for reports and JSON. */
const char *finding_kind_name(enum finding_kind k);

#endif
