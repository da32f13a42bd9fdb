/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_CHIP_H
#define VBOARD_CHIP_CHIP_H

/*
 * What every model may know of the chip it sits in: time, clocks, pins, interrupt inputs of the cores,
 * resets, findings, and the other peripherals by name. No globals: many chips live in one process.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/clock.h"
#include "vboard/chip/clock_ids.h"
#include "vboard/kernel/findings.h"
#include "vboard/chip/irq.h"
#include "vboard/chip/mem_region.h"
#include "vboard/chip/periph.h"
#include "vboard/chip/pinfunc.h"
#include "vboard/kernel/sched.h"
#include "vboard/kernel/signal.h"

#define CORE_COUNT 2
#define CHIP_RECENT 32u /* one for each of as many pages of 1 KB */
enum core { CORE_CM7, CORE_CM4 };

/* Who accesses now; set by the CPU (or debugger) around each access. */
struct access {
    enum master master;
    uint32_t pc; /* of the accessing instruction, or the start of its basic block */
    uint32_t address;
    uint32_t lanes; /* byte mask of the write, expanded to 32 bits */
    uint32_t value; /* what a register write carries; 0 for all else */
    bool steady;    /* a read of a register that only writes and events change (struct reg) */
    bool forgiven;  /* a bus fault will be ignored (CCR.BFHFNMIGN), so it is no finding */
    bool bus_fault; /* a model or the bus refuses the access: the core takes a bus fault */
};

/* One row of the chip's table. */
struct chip_entry {
    const char *name;
    const struct model *model;
    uint32_t base;
    uint16_t
        enr; /* offset of xxxENR in RCC's plain bank (0x0D4 AHB3ENR ... 0x0F4 APB4ENR), 0 = none */
    uint8_t enr_bit;
    struct {
        uint8_t line, number, cores;
    } irq[24]; /* periph->irq[line] -> NVIC number; cores: bit 0 CM7, bit 1 CM4; ends at cores 0 */
    uintptr_t param; /* the model's own: instance number, bus clock ... */
};

enum core_sleep { CORE_AWAKE, CORE_SLEEP, CORE_DEEPSLEEP }; /* WFI/WFE with SLEEPDEEP 0 or 1 */

/* Reset sources as RCC_RSR tells them apart (RM0399 9.4, Table 56). */
enum reset_source {
    RESET_SRC_POR,
    RESET_SRC_BOR,
    RESET_SRC_PIN,
    RESET_SRC_SFT1,
    RESET_SRC_SFT2,
    RESET_SRC_IWDG1,
    RESET_SRC_IWDG2,
    RESET_SRC_WWDG1,
    RESET_SRC_WWDG2,
    RESET_SRC_LPWR1,
    RESET_SRC_LPWR2,
    RESET_SRC_D1,
    RESET_SRC_D2
};

/* Things outside the chip that its models ask for. */
struct chip_params {
    uint32_t optsr, boot7, boot4; /* option bytes (RM0399 4.9): 0 = factory values */
    uint32_t idcode;              /* DBGMCU_IDC: 0 = 0x20036450 */
    uint64_t seed;
};

/* An address range the chip has and this board does not model: reads 0, writes are lost, a finding. */
struct chip_unmodelled {
    const char *name;
    uint32_t base, size;
};

struct cpu; /* cpu.h */

/* What the chip asks of a core; the CPU fills it in. Models never call these. */
struct core_ops {
    void (*reset)(struct cpu *cpu, uint32_t vector_table); /* fetch SP and PC there and run */
    void (*event)(struct cpu *cpu);                        /* set the event register (WFE) */
    /* Host memory that may hold code was changed by a model (flash programmed or erased). */
    void (*code_changed)(struct cpu *cpu, uint32_t address, uint32_t size);
};
struct supply; /* parts/supply.h */

struct core_listener {
    void (*sleep)(void *ctx, enum core core, enum core_sleep state, vtime_ps now); /* may be NULL */
    void (*halted)(void *ctx, enum core core, bool halted,
                   vtime_ps now); /* debugger; may be NULL */
    void *ctx;
    struct core_listener *next;
};

/* What runs in a core's place when it starts at certain addresses: a modelled boot ROM. Its core stays
 * `taken` (and held) until chip_start_core or the next reset. */
struct chip_rom {
    /* A core is about to start: true = the ROM takes it. */
    bool (*takes)(void *ctx, enum core core, uint32_t vector_table);
    /* Reset, power lost or VCORE lost while it ran. */
    void (*lost)(void *ctx);
    void *ctx;
};

/* Who looks on while the cores run: a checker, a tracer. Any may be NULL; a debugger's accesses are not
 * shown. It must not change anything. */
struct chip_watch {
    /* A register access of `size` bytes: before a write, after a read. */
    void (*access)(void *ctx, uint32_t address, unsigned size, bool write, uint32_t value);
    /* What a register reads that the chip has and this board does not model; NULL: 0. */
    uint32_t (*unmodelled)(void *ctx, uint32_t address);
    /* `core` is about to run a basic block that it has not run lately. */
    void (*code)(void *ctx, enum core core, uint32_t address);
    void *ctx;
};

struct chip {
    struct sched sched;
    struct findings findings;
    struct access access;
    struct chip_params params;
    struct clock clocks[CLK_COUNT];
    struct periph **periphs;
    size_t periph_count;
    struct periph *recent[CHIP_RECENT]; /* accessed lately, by page */
    struct mem_region *regions;
    size_t region_count;
    const struct chip_unmodelled *unmodelled; /* ends with a NULL name */
    struct signal pins[11][16];               /* PA0 .. PK15 */
    char pin_names[11][16][5];
    struct signal_listener pin_listeners[11][16];
    struct pinfunc *pin_af[11][16]; /* the alternate function each pin is handed to, or NULL */
    struct pinfunc *pinfuncs[128];
    size_t pinfunc_count;
    struct gate gates[160];
    size_t gate_count;
    struct cpu *cpu[CORE_COUNT]; /* NULL: no core, registers only (model tests) */
    const struct core_ops *core_ops;
    enum core_sleep sleep[CORE_COUNT];
    bool halted[CORE_COUNT]; /* by a debugger */
    bool held[CORE_COUNT];   /* not released: RCC_GCR.BOOT_Cx / option bytes, or no VCORE */
    struct core_listener *core_listeners;
    struct irq_sink nvic[CORE_COUNT]; /* the cores' interrupt inputs 0..149 */
    struct supply *supply;
    bool powered;  /* VDD is up */
    bool run_star; /* Run*: ACTVOSRDY has not been seen since power-on, RAM must not be written */
    struct event reset_event;
    uint32_t reset_pending; /* bit mask of enum reset_source: what the next reset is due to */
    bool boot0;             /* level of BOOT0, sampled at each reset */
    /* Where each core fetches its vectors after reset or release: set by the FLASH model from the
     * option bytes and BOOT0 when it is reset, changed by SYSCFG_UR2/UR3 (RM0399 13.3). */
    uint32_t boot_address[CORE_COUNT];
    bool vcore_lost; /* VDD is up, VCORE is not: nothing runs until VDD falls */
    bool nrst_low;   /* NRST is held low from outside */
    /* Told after each reset has been carried out; `sources` is a bit mask of enum reset_source. */
    void (*on_reset)(void *ctx, uint32_t sources, vtime_ps now);
    void *on_reset_ctx;
    bool started[CORE_COUNT];       /* has been released since the last reset */
    bool resetting;                 /* some peripherals have been reset, others not yet */
    bool starts[CORE_COUNT];        /* released meanwhile: starts when all have been */
    const struct chip_rom *rom;     /* NULL: system memory is what lies there */
    bool taken[CORE_COUNT];         /* by the ROM */
    const struct chip_watch *watch; /* NULL: nobody looks on */
    /* Set by chip_cut_turn; the run loop ends the turn at the next block and clears it. */
    bool turn_cut;
};

/* Everything but the peripherals; returns 0 or -1. The chip table (chip/stm32h755.h) does the rest. */
int chip_setup(struct chip *c, const struct chip_params *params);
void chip_teardown(struct chip *c);
/* Makes all peripherals of a table (ends with a NULL name), connects and resets them. */
int chip_populate(struct chip *c, const struct chip_entry *table);
/* VDD comes up or goes away. */
void chip_power(struct chip *c, bool on);
/* VCORE has collapsed while VDD is up: all logic is dead, pins float, until VDD goes. */
void chip_lose_vcore(struct chip *c);
/* The NRST pin: low resets and holds both cores, letting go starts them. */
void chip_nrst(struct chip *c, bool low);

/* "RCC" -> its peripheral, or NULL. */
struct periph *chip_periph(struct chip *c, const char *name);
/* The alternate function of that name; made on first asking. */
struct pinfunc *chip_pinfunc(struct chip *c, const char *name);
/* GPIO calls this: routes `f` to `pin` (NULL: away). */
void chip_route(struct chip *c, struct pinfunc *f, struct signal *pin, vtime_ps now);
/* Port 'A'..'K', number 0..15. */
struct signal *chip_pin(struct chip *c, char port, unsigned number);
/* The gate of bit `bit` of the plain-bank ENR register at `enr`; made on first asking. */
struct gate *chip_gate(struct chip *c, uint16_t enr, unsigned bit);
/* RCC calls this after it changed a gate: recomputes `any` and tells the peripherals. */
void chip_gate_update(struct chip *c, struct gate *g, bool cm7, bool cm4);

/* Adds a memory region (a model's RAM, e.g. FDCAN message RAM); before power-on only. */
int chip_add_region(struct chip *c, const struct mem_region *r);
struct mem_region *chip_region(struct chip *c, uint32_t address, enum master master);

/* Register access by address; size 1, 2, 4 (8 is split). Unmapped sets access.bus_fault. */
uint32_t chip_mmio_read(struct chip *c, uint32_t address, unsigned size);
void chip_mmio_write(struct chip *c, uint32_t address, unsigned size, uint32_t value);

/* Wakes `core` from WFE: an event from EXTI, SEV or the debugger. */
void chip_cpu_event(struct chip *c, enum core core);
/* A model changed host memory that may hold code (flash programmed or erased, DMA): both cores must
 * translate it anew. */
void chip_code_changed(struct chip *c, uint32_t address, uint32_t size);
/* Lets a core run or not (BOOT_Cx, option bytes): its first fetch is from `boot address`. */
void chip_hold_core(struct chip *c, enum core core, bool held);
/* A core that the ROM took runs from the vectors at `vector_table` on. */
void chip_start_core(struct chip *c, enum core core, uint32_t vector_table);
void chip_listen_cores(struct chip *c, struct core_listener *l);
/* Cores call this when they sleep, wake, or are halted. */
void chip_core_sleeps(struct chip *c, enum core core, enum core_sleep state);
void chip_core_halted(struct chip *c, enum core core, bool halted);
/* The running core has changed a clock or a line: end its turn at the next block. */
void chip_cut_turn(struct chip *c);

/* Asks for a system reset at `now`, after the current instruction. */
void chip_request_reset(struct chip *c, enum reset_source source);

/* Records a finding for the access under way (core, pc and time filled in). `data` may be NULL: nothing
 * beyond code and address. Models say periph_report. */
void chip_report(struct chip *c, enum finding_code code, uint32_t address,
                 const struct finding_data *data);

#endif
