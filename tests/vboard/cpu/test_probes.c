/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Questions to a core (programs/probe_NAME.c), with the answers that the manuals give. Where Unicorn differs,
 * its own answer stands beside the right one (docs/engines.md).
 */
#include <stdlib.h>

#include "tests/vboard/cpu/rig.h"

/* CFSR (PM0253 4.3.10), and as the programs put it: HFSR.FORCED, HFSR.DEBUGEVT */
#define DACCVIOL 0x82u /* with MMARVALID */
#define PRECISE 0x8200u
#define IMPRECISE 0x0400u
#define UNDEFINED 0x00010000u
#define NOCP 0x00080000u
#define UNALIGNED 0x01000000u
#define DIVBYZERO 0x02000000u
#define FORCED 0x40000000u
#define DEBUGEVT 0x80000000u

struct answer {
    const char *what;
    uint32_t right[2];   /* by core */
    uint32_t unicorn[2]; /* by core */
};

#define ALL(what, value)                                                                           \
    {                                                                                              \
        what, {value, value},                                                                      \
        {                                                                                          \
            value, value                                                                           \
        }                                                                                          \
    }
#define CORES(what, m7, m4)                                                                        \
    {                                                                                              \
        what, {m7, m4},                                                                            \
        {                                                                                          \
            m7, m4                                                                                 \
        }                                                                                          \
    }
/* Unicorn differs. */
#define APART(what, value, unicorn)                                                                \
    {                                                                                              \
        what, {value, value},                                                                      \
        {                                                                                          \
            unicorn, unicorn                                                                       \
        }                                                                                          \
    }
#define APART_CORES(what, m7, m4, unicorn7, unicorn4)                                              \
    {                                                                                              \
        what, {m7, m4},                                                                            \
        {                                                                                          \
            unicorn7, unicorn4                                                                     \
        }                                                                                          \
    }

static void judge(const struct rig *r, enum core core, const struct answer *answers, size_t count)
{
    static uint32_t got[128];
    size_t n = rig_values(r, core, got, 128);
    unsigned wrong = n != count;
    for (size_t i = 0; i < n && i < count; i++) {
        uint32_t wanted = rig_is_exact() ? answers[i].right[core] : answers[i].unicorn[core];
        if (got[i] != wanted) {
            print_error("%s, %s: 0x%x, not 0x%x\n", core == CORE_CM7 ? "M7" : "M4", answers[i].what,
                        (unsigned)got[i], (unsigned)wanted);
            wrong++;
        }
    }
    if (wrong != 0) {
        fail_msg("%u answers are wrong (%zu of %zu given)", wrong, n, count);
    }
}

static void ask(const char *m7, const char *m4, const struct answer *answers, size_t count)
{
    for (enum core core = CORE_CM7; core <= CORE_CM4; core++) {
        struct rig_options o = {.m7 = core == CORE_CM7 ? m7 : NULL,
                                .m4 = core == CORE_CM4 ? m4 : NULL};
        struct rig *r = rig_create(&o);
        rig_run(r, VTIME_MS(1));
        judge(r, core, answers, count);
        rig_destroy(r);
    }
}
#define ASK(name, answers)                                                                         \
    ask(name "_m7", name "_m4", answers, sizeof(answers) / sizeof(answers[0]))

static void faults(void **state)
{
    (void)state;
    static const struct answer answers[] = {
        /* PM0253 3.3.5, PM0214 3.3.5: LDM, STM, LDRD, STRD and VLDR take aligned addresses only */
        APART("LDRD unaligned", UNALIGNED, 0), APART("LDM unaligned", UNALIGNED, 0),
        APART("STRD unaligned", UNALIGNED, 0), APART("STM unaligned", UNALIGNED, 0),
        APART("VLDR unaligned", UNALIGNED, 0), ALL("LDR unaligned", 0),
        /* PM0253 2.3.3: Device memory; DDI 0403 A3.2.1 */
        APART("LDR unaligned, Device", UNALIGNED, 0), ALL("LDREX unaligned", UNALIGNED),
        APART("LDR unaligned, UNALIGN_TRP", UNALIGNED, 0), /* PM0253 4.3.7, PM0214 4.4.7 */
        ALL("UDIV by 0", 0),                               /* PM0253 3.6.12: DIV_0_TRP is 0 */
        APART("UDIV by 0, DIV_0_TRP", DIVBYZERO, 0),       /* PM0253 4.3.7 */
        CORES("VADD.F64", 0, UNDEFINED),   /* PM0214 4.6: single precision; PM0253 4.7: both */
        CORES("VSELEQ.F32", 0, UNDEFINED), /* PM0253 3.11: FPv5 */
        ALL("FPU off", NOCP),              /* PM0253 4.7.1 */
        APART("CDP p0", NOCP, DEBUGEVT),   /* PM0253 4.3.10: no such coprocessor */
        APART("MCR p5", NOCP, DEBUGEVT), APART("MRC p15", NOCP, DEBUGEVT),
        ALL("SMC", UNDEFINED),                 /* DDI 0403 A5.3.4: no Security Extension */
        ALL("SVC in SVC", FORCED),             /* PM0253 2.5.2: its priority is too low */
        ALL("SVC, PRIMASK", FORCED),           /* likewise */
        ALL("BKPT, no debugger", DEBUGEVT),    /* PM0253 4.3.11: HFSR */
        ALL("DFSR after BKPT", 2),             /* DDI 0403 B3.2.11 */
        ALL("UDF in an IT block", UNDEFINED),  /* PM0253 3.9.3 */
        ALL("ITSTATE stacked", 0x00000400),    /* DDI 0403 B1.5.6: EQ, two to go: IT = 0x04 */
        ALL("load behind the flash", PRECISE), /* RM0399 2.3.2: reserved; PM0253 4.3.10 */
        ALL("load behind SRAM3", PRECISE),     /* likewise */
        ALL("load behind AXI SRAM", PRECISE),  /* likewise */
        ALL("load, FMC", PRECISE),             /* no memory is there */
        ALL("load, OCTOSPI's end", PRECISE),   /* RM0399 2.3.2: 0xA0000000 is external Device */
        APART("store behind AXI SRAM", IMPRECISE, PRECISE), /* PM0253 2.5.3, PM0214 2.5.3 */
        /* PM0214 4.4.1: DISDEFWBUF makes them precise; that bit is none of the M7's */
        APART_CORES("the same, DISDEFWBUF", IMPRECISE, PRECISE, PRECISE, PRECISE),
        ALL("load, BFHFNMIGN", PRECISE), /* PM0253 4.3.7: status, no exception */
        ALL("debug registers", 0),       /* DDI 0403 B3.1.1: the private bus answers */
        ALL("cache operations", 0),      /* PM0253 4.8; reserved on the M4, and ignored */
    };
    ASK("probe_faults", answers);
}

static void priorities(void **state)
{
    (void)state;
    static const struct answer answers[] = {
        /* PM0253 2.4.5, 4.3.5: BASEPRI and preemption go by the group */
        ALL("BASEPRI of the group", 0),
        ALL("BASEPRI 0", 0x10),
        ALL("same group: no preemption", 0x122211),
        ALL("no groups: preemption", 0x121122),
        ALL("equal priority: by number", 0x1011),
        ALL("the more urgent first", 0x1110),
        ALL("AIRCR without the key", 0),      /* PM0253 4.3.5 */
        ALL("BASEPRI_MAX less urgent", 0x40), /* PM0253 3.12.7: only to a lower value */
        ALL("BASEPRI_MAX 0", 0x40),           /* and not 0 */
        ALL("BASEPRI_MAX more urgent", 0x20),
        ALL("FAULTMASK after return", 0),  /* PM0253 2.1.3: cleared */
        ALL("NMIPENDSET", 0x02),           /* PM0253 4.3.3 */
        ALL("WFI, PRIMASK: not taken", 0), /* PM0253 2.6.2: woken */
        ALL("ICSR then", 0x00411800),      /* RETTOBASE, VECTPENDING 17, ISRPENDING */
        ALL("taken after CPSIE", 0x11),
        ALL("disabled: not taken", 0), /* PM0253 4.2.2 */
        ALL("taken once enabled", 0x11),
        ALL("ICSR in irq4", 0x814), /* VECTACTIVE 20, RETTOBASE */
        ALL("STIR", 0x10),          /* PM0253 4.2.8 */
    };
    ASK("probe_priorities", answers);
}

static void context(void **state)
{
    (void)state;
    static const struct answer answers[] = {
        /* DDI 0403 B1.5.6 to B1.5.8; PM0253 4.7, PM0214 4.6 */
        ALL("EXC_RETURN", 0xFFFFFFE9), ALL("FPCA in the handler", 0),
        ALL("FPSCR in the handler is FPDSCR", 0), ALL("S0 survives", 0x12345678),
        ALL("S5 survives", 0x12345678), ALL("FPSCR survives", 0x01C00000),
        /* ASPEN, LSPEN, and of the entry: MMRDY, BFRDY, HFRDY, THREAD; not kept with Unicorn */
        APART("FPCCR", 0xC0000078, 0xC0000000),
        /* PM0253 2.3.6, PM0214 2.2.7 */
        APART("STREX behind an exception", 1, 0), ALL("STREX", 0), ALL("STREX without LDREX", 1),
        ALL("STREX behind CLREX", 1), ALL("which stores nothing", 7),
        APART("STREX behind an own store", 0, 1), /* DDI 0403 A3.4.1 */
        ALL("SVC in an IT block", 8),             /* PM0253 3.9.3: goes on within it */
        ALL("SP at a multiple of 4", 4),          /* PM0253 2.4.7: STKALIGN, bit 9 of xPSR */
        ALL("QADD sets Q", 1u << 27),             /* PM0253 3.7.3 */
    };
    ASK("probe_context", answers);
}

static void registers(void **state)
{
    (void)state;
    static const struct answer answers[] = {
        /* DDI 0403 C1.8.7: the software lock, which the M4 does not implement (its LSR reads 0) */
        CORES("CYCCNT, locked", 0, 1),
        CORES("LSR", 3, 0),
        ALL("CYCCNT, unlocked", 1),
        CORES("LSR", 1, 0),
        CORES("CPUID", 0x411FC271, 0x410FC241), /* RM0399 60.5.1: r1p1; 60.5.2: r0p1 */
        ALL("ICTR", 4),                         /* 150 interrupts: RM0399 19 */
        CORES("CCR", 0x00040200, 0x00000200),   /* PM0253 4.3.7: BP, STKALIGN; PM0214 4.4.7 */
        CORES("MVFR0", 0x10110221, 0x10110021), /* double precision, and single */
        CORES("MVFR1", 0x12000011, 0x11000011),
        CORES("MPU_TYPE", 0x1000, 0x800), /* PM0253 4.6.1: 16 regions; PM0214 4.2.5: 8 */
        ALL("SHCSR", 0),
        /* DDI 0403 B3.2.5; of bits 31:30 PM0214 4.4.4 says that they are reserved */
        ALL("VTOR", 0x3FFFFF80),
        ALL("ISER4", 0x003FFFFF), /* up to interrupt 149 */
        ALL("IPR0", 0xF0F0F0F0),  /* RM0399 19.1: 4 bits */
        ALL("byte of IPR0", 0x3000),
        ALL("SYST_CALIB", 1),       /* SKEW: as modelled (facts) */
        ALL("SYST_CVR written", 0), /* PM0253 4.4.3: any write clears it */
        ALL("SYST_CSR", 0x10005),
        ALL("COUNTFLAG read twice", 0),
    };
    ASK("probe_registers", answers);
}

static void protection(void **state)
{
    (void)state;
    static const struct answer answers[] = {
        /* PM0253 4.6.5, PM0214 4.2.9: SRD; MemManage, MMFAR valid */
        ALL("in the region", DACCVIOL), ALL("subregion off: background", 0),
        ALL("its last word", 0), ALL("behind it", DACCVIOL),
        APART("region of 32 bytes", DACCVIOL, 0), ALL("behind that", 0),
        /* PM0253 2.1.1, PM0214 2.1.1: MSR and CPS limited, no private bus */
        ALL("CPS by nobody", 0), ALL("private bus: two faults", 2), ALL("both BusFaults", PRECISE),
        /* PM0214 2.2.5; the M7 has no bit-banding, and nothing is there (RM0399 2.3.2) */
        APART_CORES("store to an alias", IMPRECISE, 0, PRECISE, 0), CORES("its bit is set", 0, 1),
        CORES("and read", 0, 1), ALL("the next one is not", 0),
        ALL("SRAM alias", PRECISE), /* the M4 has no memory at 0x20000000, the M7 no alias */
    };
    ASK("probe_protection", answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults),    cmocka_unit_test(priorities), cmocka_unit_test(context),
        cmocka_unit_test(registers), cmocka_unit_test(protection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
