/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The table of findings: what kind each code is of, and what it means in words. Names in braces are
 * filled in by vboard/chip/finding_text.c. The register comes before the words, so they do not name it.
 */
#include "vboard/kernel/findings.h"

static const struct {
    enum finding_kind kind;
    const char *words;
} codes[FOUND_CODE_COUNT] = {
    [FOUND_NOTHING_THERE] = {FINDING_UNMAPPED, "nothing to {rw}"},
    [FOUND_NOTHING_TO_FETCH] = {FINDING_UNMAPPED, "nothing to execute"},
    [FOUND_UNMODELLED_PERIPHERAL] = {FINDING_UNMODELLED, "not modelled"},
    [FOUND_NOT_ON_PART] = {FINDING_UNMODELLED, "not on the {part}, what happens there is unknown"},
    [FOUND_UNMODELLED_FIELD] = {FINDING_UNMODELLED, "{fields} not modelled"},
    [FOUND_READOUT_PROTECTION] = {FINDING_UNMODELLED, "readout protection is not modelled"},
    [FOUND_NO_MEMORY] = {FINDING_UNMODELLED,
                         "{rw} at {accessed}: of this board no memory is known there, what the bus "
                         "floats to is not known"},
    [FOUND_MEMORY_COMMAND] = {FINDING_UNMODELLED,
                              "written at {accessed}: commands of a NOR flash are not modelled"},
    [FOUND_NO_REGISTER] = {FINDING_RESERVED_REG, "no such register"},
    [FOUND_NO_TTCAN] = {FINDING_RESERVED_REG, "only FDCAN1 has TTCAN"},
    [FOUND_RESERVED_BITS] = {FINDING_RESERVED_BITS, "write changes reserved bits ({mask})"},
    [FOUND_READ_ONLY] = {FINDING_READ_ONLY, "read-only, write has no effect"},
    [FOUND_BAD_SIZE] = {FINDING_BAD_SIZE, "access width not supported ({size} bits)"},
    [FOUND_PERIPHERAL_UNCLOCKED] = {FINDING_UNCLOCKED, "bus clock is off ({gate})"},
    [FOUND_MEMORY_UNCLOCKED] = {FINDING_UNCLOCKED, "{rw} without clock ({gate})"},
    [FOUND_PIN_CONFLICT] = {FINDING_PIN_CONFLICT, "two outputs drive {pin} against each other"},
    [FOUND_LATENCY_TOO_LOW] = {FINDING_WAIT_STATES,
                               "LATENCY {have}, AXI at {khz} kHz in VOS{vos} needs {need}"},
    [FOUND_WRHIGHFREQ_TOO_LOW] = {FINDING_WAIT_STATES,
                                  "WRHIGHFREQ {have} while programming, AXI at "
                                  "{khz} kHz in VOS{vos} needs more"},
    [FOUND_OVERCLOCK] = {FINDING_OVERCLOCK, "{clock} at {khz} kHz, VOS{vos} allows {high} MHz"},
    [FOUND_OVERVOLTAGE_SMPS] = {FINDING_OVERVOLTAGE,
                                "{cr3} puts more than 1.4 V on VCORE: forced to 1.0 V, not ready"},
    [FOUND_OVERVOLTAGE_VOS0] = {FINDING_OVERVOLTAGE, "VCORE is {mv} mV, absolute maximum 1400 mV "
                                                     "(VOS0 under {selection})"},
    [FOUND_VCORE_LOST] = {FINDING_VCORE_LOST,
                          "{cr3} selects {selection}, the wiring is {wiring}: VCORE is gone"},
    [FOUND_RAM_IN_RUN_STAR] = {FINDING_RAM_IN_RUN_STAR,
                               "written before ACTVOSRDY (Run* mode, RM0399 7.4.1)"},
    [FOUND_FAULT] = {FINDING_FAULT, "{exception}: {cause}"},
    [FOUND_LOCKUP_FAULT] = {FINDING_LOCKUP, "core locked up: {cause}"},
    [FOUND_LOCKUP_VECTOR] = {FINDING_LOCKUP,
                             "core locked up: HardFault or NMI vector cannot be read"},
    [FOUND_CACHE_STALE] = {FINDING_CACHE,
                           "an old copy of {address} is read from the CM7's D-cache: the "
                           "{other} has written it since, at {at}"},
    [FOUND_CACHE_NOT_CLEANED] = {FINDING_CACHE,
                                 "{address} is read from memory while what the CM7 wrote at {at} "
                                 "is still in its D-cache"},
    [FOUND_CACHE_OVERWRITES] = {FINDING_CACHE,
                                "the D-cache writes a line back over {address}, which "
                                "the {other} has written at {at}"},
    [FOUND_CACHE_LOST] = {FINDING_CACHE,
                          "what was last written to {address} is gone: its line was invalidated "
                          "at {at} before it was cleaned"},
    [FOUND_CACHE_CODE_NOT_CLEANED] = {FINDING_CACHE,
                                      "{address} is executed from memory while what the CM7 wrote "
                                      "at {at} is still in its D-cache"},
    [FOUND_CACHE_CODE_STALE] = {FINDING_CACHE,
                                "{address} was written since it was last executed, and the "
                                "CM7's I-cache not invalidated: the old code runs"},
    [FOUND_BACKUP_PROTECTED] = {FINDING_BEHAVIOUR, "write-protected (PWR_CR1.DBP = 0)"},
    [FOUND_SUPPLY_LOCKED] = {FINDING_BEHAVIOUR,
                             "locked until VDD is removed, the write is ignored"},
    [FOUND_SUPPLY_ILLEGAL] = {FINDING_BEHAVIOUR, "illegal supply selection {cr3}: ignored, yet "
                                                 "locked until VDD is removed"},
    [FOUND_VOS_IN_RUN_STAR] = {FINDING_BEHAVIOUR, "VOS changed before ACTVOSRDY (Run* mode)"},
    [FOUND_VOS_LEFT_WITH_ODEN] = {FINDING_BEHAVIOUR, "VOS left VOS1 with SYSCFG_PWRCR.ODEN set"},
    [FOUND_ODEN_OUTSIDE_VOS1] = {FINDING_BEHAVIOUR, "SYSCFG_PWRCR.ODEN set outside VOS1"},
    [FOUND_PLL_INPUT] = {FINDING_BEHAVIOUR, "PLL{n} input is {khz} kHz, PLL{n}RGE says {low} to "
                                            "{high} MHz"},
    [FOUND_PLL_VCO] = {FINDING_BEHAVIOUR, "PLL{n} VCO at {khz} kHz, allowed {low} to {high} MHz"},
    [FOUND_PLL_DIVP1_ODD] = {FINDING_BEHAVIOUR, "DIVP1 must be 1 or an even division"},
    [FOUND_PLL_LOCKED] = {FINDING_BEHAVIOUR, "changed while the PLL is on: ignored"},
    [FOUND_FLASH_LOCKED] = {FINDING_BEHAVIOUR, "locked (LOCK): the write is ignored"},
    [FOUND_OPTIONS_LOCKED] = {FINDING_BEHAVIOUR, "locked (OPTCR.OPTLOCK): the write is ignored"},
    [FOUND_FLASH_WRONG_KEY] = {FINDING_BEHAVIOUR, "wrong key: locked until the next reset"},
    [FOUND_FLASH_NOT_WAITED] = {FINDING_BEHAVIOUR,
                                "written on without waiting for QW: beyond what this board queues"},
    [FOUND_FLASH_NOT_ERASED] = {FINDING_BEHAVIOUR,
                                "{at} programmed without being erased: its ECC is spoilt"},
    [FOUND_WATCHDOG_PROTECTED] = {FINDING_BEHAVIOUR, "write-protected (no 0x5555 in KR before it)"},
    [FOUND_WATCHDOG_BUSY] = {FINDING_BEHAVIOUR, "written while its update is under way: lost"},
    [FOUND_RTC_LOCKED] = {FINDING_BEHAVIOUR, "write-protected (no 0xCA and 0x53 in WPR before it)"},
    [FOUND_RTC_RUNNING] = {FINDING_BEHAVIOUR,
                           "written outside of initialization mode (ISR.INITF = 0): ignored"},
    [FOUND_USART_ENABLED] = {FINDING_BEHAVIOUR, "changed with UE = 1, ignored (RM0399 51.8)"},
    [FOUND_USART_TDR_FULL] = {FINDING_BEHAVIOUR, "written while full, a byte is lost"},
    [FOUND_FDCAN_PROTECTED] = {FINDING_BEHAVIOUR, "write has no effect, FDCAN's CCCR.INIT and CCE "
                                                  "are not both set"},
    [FOUND_FDCAN_CCCR] = {FINDING_BEHAVIOUR, "bits {mask} need INIT and CCE set before"},
    [FOUND_FDCAN_TEST] = {FINDING_BEHAVIOUR, "write has no effect, CCCR.TEST is not set"},
    [FOUND_FDCAN_NO_REQUEST] = {FINDING_BEHAVIOUR, "no request while CCE or bus monitoring is on"},
    [FOUND_VREF_SUPPLIED] = {FINDING_BEHAVIOUR,
                             "the buffer drives VREF+, which the board supplies with {mv} mV"},
    [FOUND_OTG_NO_KERNEL_CLOCK] = {FINDING_BEHAVIOUR,
                                   "{fields} will never end: usb_ker_ck stands still "
                                   "(RCC_D2CCIP2R.USBSEL, and what it selects)"},
    [FOUND_OTG_NO_ULPI_CLOCK] = {FINDING_BEHAVIOUR,
                                 "{fields} will never end: the core waits for ULPI_CK, which "
                                 "does not come (GUSBCFG.PHYSEL, RCC_AHB1ENR's ULPI gate)"},
    [FOUND_OTG_CLOCK] =
        {FINDING_BEHAVIOUR,
         "the transceiver is switched on with {clock} at {khz} kHz: USB wants 48 MHz "
         "within 0.25 %, and above 30 MHz of its bus (RM0399 60.4.3)"},
    [FOUND_OTG_OTHER_MODE] = {FINDING_BEHAVIOUR,
                              "of the mode that the core is not in (GINTSTS.CMOD): ignored"},
    [FOUND_OTG_UNSUPPLIED] = {FINDING_BEHAVIOUR,
                              "the transceiver is switched on while VDD33USB is not watched "
                              "(PWR_CR3.USB33DEN = 0)"},
    [FOUND_WHILE_ENABLED] = {FINDING_BEHAVIOUR, "written while enabled: its effect is undefined"},
    [FOUND_WHILE_DISABLED] = {FINDING_BEHAVIOUR, "written while disabled: it has no effect"},
    [FOUND_WHILE_BUSY] = {FINDING_BEHAVIOUR,
                          "written while its last write is under way: unpredictable"},
    [FOUND_DMA_BUS_ERROR] = {FINDING_BEHAVIOUR,
                             "transfer to or from {at} refused: nothing there, or out of this "
                             "controller's reach (RM0399 2.1)"},
    [FOUND_NULL_ALIAS] = {FINDING_BEHAVIOUR,
                          "a null pointer? The CM4 sees its boot memory there (RM0399 2.3.2), so "
                          "that no fault tells"},
    [FOUND_BANK_OFF] = {FINDING_BEHAVIOUR,
                        "{rw} at {accessed}: the bank is not enabled, bus error (RM0399 23.5)"},
    [FOUND_FMC_OFF] = {FINDING_BEHAVIOUR,
                       "{rw} at {accessed}: the FMC is off (FMC_BCR1.FMCEN = 0), bus error"},
    [FOUND_NO_BANK] = {FINDING_BEHAVIOUR,
                       "{rw} at {accessed}: no bank is mapped there, bus error (RM0399 23.5)"},
    [FOUND_BANK_PROTECTED] =
        {FINDING_BEHAVIOUR,
         "written at {accessed}: the bank is write-protected, bus error (RM0399 23.5)"},
    [FOUND_NOR_OFF] =
        {FINDING_BEHAVIOUR,
         "{rw} at {accessed}: access to NOR flash is disabled (FACCEN = 0), bus error"},
    [FOUND_SDRAM_NOT_READY] =
        {FINDING_BEHAVIOUR, "{rw} at {accessed}: the SDRAM is not initialised ({step} is missing), "
                            "bus error (RM0399 23.5)"},
    [FOUND_MEMORY_RANGE] =
        {FINDING_BEHAVIOUR,
         "{rw} at {accessed}: beyond the memory's size as its registers have it, "
         "bus error"},
    [FOUND_KERNEL_STOPPED] =
        {FINDING_BEHAVIOUR,
         "{rw} at {accessed}: the kernel clock stands still; what comes of it is "
         "not known, here a bus error"},
    [FOUND_NOT_MAPPED] = {FINDING_BEHAVIOUR,
                          "{rw} at {accessed}: QUADSPI is not in memory-mapped mode, bus error "
                          "(RM0399 24.3.14)"},
    [FOUND_MAPPED_WRITE] =
        {FINDING_BEHAVIOUR,
         "written at {accessed}: in memory-mapped mode QUADSPI reads only, bus error"},
    [FOUND_MEMORY_MISMATCH] = {FINDING_BEHAVIOUR,
                               "{rw} at {accessed}: the FMC is set up for another memory than the "
                               "board has there (width, multiplexing, rows, columns, banks)"},
    [FOUND_SDRAM_NO_REFRESH] = {FINDING_BEHAVIOUR,
                                "{rw} at {accessed}: SDRAM without refresh (FMC_SDRTR.COUNT = 0) "
                                "forgets"},
    [FOUND_SDRAM_MODE] = {FINDING_BEHAVIOUR,
                          "the SDRAM's mode register wants burst length 1 and SDCR's CAS latency "
                          "(RM0399 23.9.3): reads go wrong"},
    [FOUND_UNPREDICTABLE] = {FINDING_BEHAVIOUR, "an UNPREDICTABLE instruction (DDI 0403 A5.1.1)"},
    [FOUND_FDCAN_RAM_BEYOND] = {FINDING_BEHAVIOUR,
                                "FDCAN{n} uses message RAM beyond its 2,560 words (word {have})"},
};

static const char *const kinds[FINDING_KIND_COUNT] = {
    [FINDING_UNMAPPED] = "unmapped",
    [FINDING_UNMODELLED] = "unmodelled",
    [FINDING_RESERVED_REG] = "reserved-register",
    [FINDING_RESERVED_BITS] = "reserved-bits",
    [FINDING_READ_ONLY] = "read-only",
    [FINDING_UNCLOCKED] = "unclocked",
    [FINDING_BAD_SIZE] = "bad-size",
    [FINDING_PIN_CONFLICT] = "pin-conflict",
    [FINDING_WAIT_STATES] = "wait-states",
    [FINDING_OVERCLOCK] = "overclock",
    [FINDING_CACHE] = "cache",
    [FINDING_OVERVOLTAGE] = "over-voltage",
    [FINDING_VCORE_LOST] = "vcore-lost",
    [FINDING_RAM_IN_RUN_STAR] = "ram-write-in-run-star",
    [FINDING_FAULT] = "fault",
    [FINDING_LOCKUP] = "lockup",
    [FINDING_BEHAVIOUR] = "behaviour",
};

enum finding_kind finding_kind_of(enum finding_code code)
{
    return codes[code].kind;
}

const char *finding_words(enum finding_code code)
{
    return codes[code].words;
}

const char *finding_kind_name(enum finding_kind k)
{
    return k < FINDING_KIND_COUNT && kinds[k] != NULL ? kinds[k] : "unknown";
}
