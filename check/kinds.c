/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/kinds.h"

#include <stddef.h>

#define ONCE true
#define EACH false

#define CRASHES "crashes"
#define VOLTS "puts too many volts on the core"
#define DEPENDS "depends on something that the virtual board does not model"
#define UNKNOWN_CODE "runs code from RAM that memory, or the CM7's I-cache, may not hold"
#define UNSEEN "it holds dangerous code that never ran in any start"
#define WAITS "{wait}{no_symbols}"

static const struct {
    enum check_level level;
    unsigned severity;
    const char *name;
    bool once;            /* for all places */
    const char *headline; /* of the verdict, if it is the gravest */
    const char *words;
    const char *remedy; /* NULL: none */
} rows[CHECK_KINDS] = {
    [CHECK_VCORE_LOST] =
        {CHECK_UNSAFE, 0, "vcore-lost", EACH, "locks the board up: it takes the core's supply away",
         "selects {selection}, the board is wired for {wiring}: VCORE is gone, both "
         "cores and the debug port are dead",
         "{supply_remedy}"},
    [CHECK_SUPPLY_RACE] =
        {CHECK_UNSAFE, 1, "supply-race", EACH,
         "may lock the board up: which core is first decides about the supply",
         "selects {selection}, the board is wired for {wiring}: VCORE is gone, both "
         "cores and the debug port are dead",
         "{supply_remedy}"},
    [CHECK_OVERVOLTAGE_SMPS] = {CHECK_UNSAFE, 2, "over-voltage", EACH, VOLTS, "{finding}",
                                "{supply_remedy}"},
    [CHECK_OVERVOLTAGE_VOS0] =
        {CHECK_UNSAFE, 2, "over-voltage", EACH, VOLTS, "{finding}",
         "PWR_REGULATOR_VOLTAGE_SCALE1 instead of SCALE0 "
         "(SYSCFG_PWRCR.ODEN stays 0), and at most 400 MHz: VOS0 is for the LDO "
         "only"},
    [CHECK_LOCKUP] = {CHECK_UNSAFE, 3, "lockup", EACH, "crashes: a core locks up", "{finding}",
                      NULL},
    [CHECK_FAULT] = {CHECK_UNSAFE, 4, "fault", EACH, CRASHES, "{finding}{fault_address}", NULL},
    [CHECK_NEVER_STARTS] =
        {CHECK_UNSAFE, 5, "never-starts", EACH, "never gets past its start-up", WAITS,
         "select the supply first: USE_{right_supply} (CubeH7 1.12 and newer), or "
         "HAL_PWREx_ConfigSupply({right_supply})"},
    [CHECK_ERASES_ITSELF] =
        {CHECK_UNSAFE, 5, "erases-itself", ONCE, "erases or overwrites its own start",
         "the vectors that the CM7 starts from are no longer what was flashed: after the "
         "next reset nothing sensible runs",
         "keep bank 1's first sector: erase and program others"},
    [CHECK_OVERCLOCK] = {CHECK_UNSAFE, 6, "overclock", ONCE,
                         "runs faster than supply and voltage scale allow", "{clocks}",
                         "slow the PLL or raise the dividers: RCC_OscInitStruct.PLL, "
                         "RCC_ClkInitStruct; VOS1 allows 400 MHz, AHB 200, APB 100"},
    [CHECK_WAIT_STATES] = {CHECK_UNSAFE, 7, "wait-states", ONCE,
                           "reads flash with too few wait states", "{finding}",
                           "more wait states before the clock goes up: HAL_RCC_ClockConfig(..., "
                           "FLASH_LATENCY_4)"},

    [CHECK_WAITS_UNMODELLED] = {CHECK_UNKNOWN, 0, "not-modelled", EACH, DEPENDS,
                                "waits for a peripheral that this board does not model", NULL},
    [CHECK_WAITS_FIELD] = {CHECK_UNKNOWN, 0, "not-modelled", EACH, DEPENDS,
                           "waits for {fields}, which this board does not model", NULL},
    [CHECK_WAITS_COUNTER] = {CHECK_UNKNOWN, 9, "counter-stands", EACH,
                             "waits for a counter that stands still",
                             "never gets on: {stands}; what comes behind it was not seen, and "
                             "runs if a debugger has let it count",
                             "{stands_remedy}"},
    [CHECK_FIELDS_DECIDE] = {CHECK_UNKNOWN, 0, "unmodelled-fields", ONCE, DEPENDS,
                             "sets {fields}: not modelled, and it decides what runs from then on",
                             NULL},
    [CHECK_DEPENDS] =
        {CHECK_UNKNOWN, 0, "not-modelled", EACH, DEPENDS,
         "goes on differently depending on what this register holds, which this board "
         "does not model",
         NULL},
    [CHECK_EXTERNAL_FAULT] = {CHECK_UNKNOWN, 0, "not-modelled", EACH, DEPENDS,
                              "{finding}{fault_address}", NULL},
    [CHECK_OVERDRIVE_UNCLOCKED] =
        {CHECK_UNKNOWN, 0, "not-modelled", EACH, DEPENDS,
         "asks for VOS0 while SYSCFG has no clock; with an effect it would "
         "be 1.5 V",
         NULL},
    [CHECK_OVERDRIVE_DECIDES] =
        {CHECK_UNKNOWN, 0, "overdrive-unclocked", ONCE,
         "depends on what a write without a clock does: VOS0, or too fast",
         "{harm}, if SYSCFG_PWRCR.ODEN has no effect, which was set while SYSCFG had no "
         "clock, as here; if it has one, this is VOS0, and right: silicon is not known to do "
         "either",
         "__HAL_RCC_SYSCFG_CLK_ENABLE() before PWR_REGULATOR_VOLTAGE_SCALE0 is selected"},
    [CHECK_READOUT_PROTECTION] = {CHECK_UNKNOWN, 0, "not-modelled", EACH, DEPENDS, "{finding}",
                                  NULL},
    [CHECK_PLL_RANGE] =
        {CHECK_UNKNOWN, 6, "pll-range", EACH, "runs a PLL outside of its range", "{finding}",
         "PLLM so that the input is 1 to 16 MHz and PLLRGE says which; PLLN so that the VCO "
         "is in the range that PLLVCOSEL selects (RM0399 9.5.5)"},
    [CHECK_OPTIONS_DECIDE] =
        {CHECK_UNKNOWN, 7, "option-bytes", ONCE, "changes option bytes that decide what starts",
         "changes the option bytes: {options}. What starts after the next reset is another "
         "question than the "
         "one that was checked",
         "check again with the option bytes as they will be: --optsr, --boot7, --boot4"},
    [CHECK_SUPPLY_CODE_UNSEEN] = {CHECK_UNKNOWN, 12, "supply-code-not-run", EACH, UNSEEN,
                                  "this code would select {code_supply}, and never ran{handler}: "
                                  "the board is wired for {wiring}",
                                  NULL},
    [CHECK_VOLTAGE_CODE_UNSEEN] =
        {CHECK_UNKNOWN, 13, "voltage-code-not-run", EACH, UNSEEN,
         "this code would ask for VOS0, 1.5 V from the SMPS, and never ran{handler}",
         "PWR_REGULATOR_VOLTAGE_SCALE1 instead of SCALE0"},
    [CHECK_READOUT_CODE_UNSEEN] =
        {CHECK_UNKNOWN, 14, "option-code-not-run", EACH, UNSEEN,
         "this code would set readout protection level 2, for ever, and never ran{handler}", NULL},
    [CHECK_CLOCK_CODE_UNSEEN] =
        {CHECK_UNKNOWN, 13, "clock-code-not-run", EACH, UNSEEN,
         "this code never ran{handler}; with what it leaves in the registers: {harm}",
         "going up, PWR_D3CR and FLASH_ACR first, then the clock; going down, the clock first"},
    [CHECK_CODE_UNREAD] =
        {CHECK_UNKNOWN, 15, "code-not-read", ONCE, "part of its code was neither run nor read",
         "the code of the {core} is too much to be read to its end: what the rest could do is not "
         "known",
         NULL},

    [CHECK_SUPPLY_NOT_NAMED] =
        {CHECK_UNKNOWN, 13, "supply-not-named", ONCE, "leaves the supply to an old CubeMX",
         "the project names no supply, and what this version of CubeMX takes then is not known",
         "CubeMX: RCC, SupplySource: {right_supply}; then generate the code anew"},

    [CHECK_LOCKUP_NOTED] = {CHECK_NOTE, 3, "lockup", EACH, "", "{finding}", NULL},
    [CHECK_FAULT_NOTED] = {CHECK_NOTE, 4, "fault", EACH, "", "{finding}{fault_address}", NULL},
    [CHECK_NO_CM7] =
        {CHECK_NOTE, 24, "no-cm7", ONCE, "",
         "no image for the {core}: it fetches from erased flash and locks up, harmlessly", NULL},
    [CHECK_NO_CM4] =
        {CHECK_NOTE, 8, "no-cm4", ONCE, "",
         "no image for the {core}: it fetches from erased flash and locks up, harmlessly", NULL},
    [CHECK_NO_SUPPLY] = {CHECK_NOTE, 9, "no-supply", ONCE, "",
                         "PWR_CR3 is never written: the board stays in Run* at VOS3, where RM0399 "
                         "7.4.1 forbids RAM writes",
                         NULL},
    [CHECK_ERROR_HANDLER] = {CHECK_NOTE, 10, "error-handler", ONCE, "",
                             "the {core} ends in Error_Handler{without_cm4}",
                             "flash the CM4's image, too; candial check CM7.elf CM4.elf looks at "
                             "both. Who has none takes the wait for D2CKRDY out of main()"},
    [CHECK_SUPPLY_REFUSED] = {CHECK_NOTE, 11, "supply-refused", EACH, "",
                              "{wrong_supply}: refused, only because the supply had been selected "
                              "before",
                              NULL},
    [CHECK_SUPPLY_ILLEGAL] = {CHECK_NOTE, 11, "supply-refused", EACH, "",
                              "no legal selection: refused", NULL},
    [CHECK_SUPPLY_CODE_NOT_RUN] = {CHECK_NOTE, 12, "supply-code-not-run", EACH, "",
                                   "would select {code_supply} here, which never ran: too late, "
                                   "PWR_CR3 is locked by then",
                                   NULL},
    [CHECK_OPTION_CODE_NOT_RUN] = {CHECK_NOTE, 24, "option-code-not-run", ONCE, "",
                                   "would change the option bytes here, and never ran{handler}",
                                   NULL},
    [CHECK_WAITS_FOR_PARTNER] = {CHECK_NOTE, 13, "waits-for-partner", EACH, "", WAITS, NULL},
    [CHECK_WATCHDOG_RESETS] =
        {CHECK_NOTE, 14, "watchdog", ONCE, "",
         "{watchdog} resets the board {resets} times in a start: nobody feeds it",
         "write 0xAAAA to {watchdog}_KR (HAL_IWDG_Refresh); one that starts by itself is the "
         "option byte "
         "{watchdog}_SW = 0: set it to 1 (connect under reset, or BOOT0)"},
    [CHECK_PWM_PERIOD] =
        {CHECK_NOTE, 16, "pwm-period", ONCE, "",
         "{timer} gives a period of {period} ms, not a servo's 20 ms: PSC {psc} is "
         "for {reckoned} MHz, its clock is {clock} MHz",
         "PSC {right_psc}"},
    [CHECK_EXTERNAL_MEMORY] = {CHECK_NOTE, 5, "external-memory", EACH, "", "{finding}", NULL},
    [CHECK_NO_MEMORY] = {CHECK_NOTE, 5, "external-memory", EACH, "", "{finding}",
                         "--board with the board that has it, or a board file with its memories: "
                         "(docs/boards.md)"},
    [CHECK_DMA_REFUSED] = {CHECK_NOTE, 5, "dma-reach", EACH, "", "{finding}",
                           "the buffer to where it reaches: AXI SRAM or SRAM1 to 4; for BDMA "
                           "SRAM4, for SDMMC1 AXI SRAM; ITCM and DTCM are "
                           "MDMA's alone, by SBUS or DBUS"},
    [CHECK_SHARED_PIN] = {CHECK_NOTE, 17, "shared-pin", ONCE, "", "both cores drive {pins}", NULL},
    [CHECK_PIN_CONFLICT] = {CHECK_NOTE, 18, "pin-conflict", ONCE, "",
                            "two outputs drive against each other: {pins}", NULL},
    [CHECK_HANGS_AFTER_RESET] = {CHECK_NOTE, 19, "hangs-after-reset", ONCE, "",
                                 "after a reset, {core} hangs{waiting}: power off and on helps",
                                 NULL},
    [CHECK_HANGS_BEHIND_ROM] = {CHECK_NOTE, 20, "hangs-behind-rom", ONCE, "",
                                "flashed by boot ROM 0x90, which locks PWR_CR3 at 0x06, {core} "
                                "hangs{waiting}: power off and on",
                                NULL},
    [CHECK_RAM_IN_RUN_STAR] = {CHECK_NOTE, 21, "ram-write-in-run-star", ONCE, "",
                               "RAM is written before the supply is selected: RM0399 7.4.1 forbids "
                               "it, ST's start-up did so up to CubeH7 1.11",
                               NULL},
    [CHECK_UNCLOCKED] = {CHECK_NOTE, 22, "unclocked", ONCE, "",
                         "accessed without clock, without effect: {members}{only_syscfg}", NULL},
    [CHECK_NOT_MODELLED] = {CHECK_NOTE, 23, "not-modelled", ONCE, "",
                            "not modelled: {members}{only_syscfg}{confirmed}", NULL},
    [CHECK_FIELDS_LEFT_OUT] = {CHECK_NOTE, 23, "unmodelled-fields", ONCE, "",
                               "sets fields that are not modelled, without effect here: {fields}",
                               NULL},
    [CHECK_NEVER_RELEASED] =
        {CHECK_NOTE, 1, "never-released", ONCE, "",
         "the {core} never starts: its option byte {bcm} is 0 and {boot} is never set, so that its "
         "image is not run, and who waits for it waits for ever",
         "option byte {bcm} = 1, or RCC_GCR.{boot} = 1"},
    [CHECK_STOP_WITHOUT_WAKE_UP] =
        {CHECK_NOTE, 1, "no-wake-up", EACH, "",
         "the {core} stays in Stop: HSEM is to wake it, and EXTI does not let its line through",
         "set its bit {bit} (for WFI: that of IMR3, and the interrupt in NVIC)"},
    [CHECK_WAITS_UNCLOCKED] = {CHECK_NOTE, 1, "waits-unclocked", EACH, "",
                               "asked for ever, and it reads 0: it has no clock for the {core}",
                               "set {enable} bit {bit} on this core, too"},
    [CHECK_NOT_ALLOCATED] = {CHECK_NOTE, 2, "not-allocated", ONCE, "",
                             "the {core} uses HSEM without a clock of its own, by the other core's "
                             "enable: boards have been "
                             "seen on which it then reads 0 and never gets on (RM0399 9.5.10)",
                             "set {enable}.HSEMEN on this core, too: __HAL_RCC_HSEM_CLK_ENABLE()"},
    [CHECK_NO_TICK] =
        {CHECK_NOTE, 1, "no-tick", EACH, "", "waits for ever: HAL's tick stands still{masked}",
         "let its interrupt through: __enable_irq(), HAL_InitTick(), no HAL_Delay() in a handler "
         "of the tick's priority"},
    [CHECK_WAITS_WORD] =
        {CHECK_NOTE, 1, "waits-word", EACH, "",
         "waits for ever for {awaited}, which holds {word_value}: no code that could "
         "still run is seen to store to it",
         "write it on the other core, or in a handler whose interrupt comes; put what "
         "both cores share at one address, in RAM that both reach (SRAM4)"},
    [CHECK_SEMAPHORE_TAKEN] =
        {CHECK_NOTE, 1, "semaphore-taken", EACH, "",
         "the other core holds semaphore {bit}: reading HSEM_RLR{bit} takes it, so that the other "
         "core does not wait and the {core} does not get it",
         "who only looks reads HSEM_R{bit}"},
    [CHECK_BACKUP_PROTECTED] =
        {CHECK_NOTE, 1, "backup-protected", EACH, "",
         "the write is ignored: PWR_CR1.DBP is 0 (RM0399 7.4.4), so that LSE "
         "and RTC do not start",
         "HAL_PWR_EnableBkUpAccess() first"},
    [CHECK_USB_CLOCK] =
        {CHECK_NOTE, 1, "usb-clock", EACH, "", "{finding}",
         "48 MHz first: HSI48 or a PLL's Q on, and HAL_RCCEx_PeriphCLKConfig() with "
         "RCC_PERIPHCLK_USB"},
    [CHECK_USB_ULPI] =
        {CHECK_NOTE, 1, "usb-ulpi", EACH, "", "{finding}",
         "for the embedded PHY its ULPI clock stays off, "
         "__HAL_RCC_USB1_OTG_HS_ULPI_CLK_DISABLE(), and PHYSEL is set before the reset"},
    [CHECK_USB_SUPPLY] = {CHECK_NOTE, 1, "usb-supply", EACH, "", "{finding}",
                          "HAL_PWREx_EnableUSBVoltageDetector() first (RM0399 7.4.7)"},
    [CHECK_NULL_ALIAS] =
        {CHECK_NOTE, 1, "null-pointer", EACH, "",
         "the CM4 uses a null pointer: it sees its boot memory at 0 (RM0399 2.3.2), so that it "
         "reads its vector table as data and no fault tells",
         "set the pointer before it is used: HAL's handles hold 0 on the core that has not "
         "initialised the peripheral"},
    [CHECK_HSE_CRYSTAL] = {CHECK_NOTE, 6, "hse-crystal", ONCE, "",
                           "HSE is started as a crystal (HSEBYP = 0), this board has none but a "
                           "clock from outside: HSERDY is not to be relied on",
                           "RCC_HSE_BYPASS instead of RCC_HSE_ON"},
    [CHECK_HSE_RECKONED] =
        {CHECK_NOTE, 5, "hse-reckoned", ONCE, "",
         "the clocks seem reckoned for an HSE of {from} MHz, this board has {bit} MHz: SYSCLK is "
         "{have_mhz} MHz instead of {want_mhz}, and everything slower or faster by {bit}/{from}",
         "HSE_VALUE {bit}000000, and PLLM and PLLN for it"},
    [CHECK_NODE_RATE] =
        {CHECK_NOTE, 3, "can-rate", EACH, "",
         "{odd} runs at {have} kbit/s from a kernel clock of {kernel} MHz{meant}: on a bus of "
         "another rate it sees and sends nothing but errors",
         "RCC_D2CCIP1R.FDCANSEL, or the prescaler"},
    [CHECK_CAN_PINS] = {CHECK_NOTE, 3, "can-pins", EACH, "",
                        "{odd} is on, and no pin is given to its {can_pin}",
                        "GPIO alternate function 9 (HAL_FDCAN_MspInit)"},
    [CHECK_CAN_FILTERS] =
        {CHECK_NOTE, 3, "can-filters", EACH, "",
         "{bit} filters of {odd} were never written: the message RAM holds noise after power-on, "
         "so that frames are accepted or rejected by chance",
         "zero the message RAM, or write as many filters as SIDFC.LSS and XIDFC.LSE say"},
    [CHECK_CAN_SAMPLE] = {CHECK_NOTE, 4, "can-sample-point", EACH, "",
                          "{odd} samples a bit at {bit} %: CiA 301 names 75 to 90, and other nodes "
                          "sample there; long wires and "
                          "oscillators that differ make errors",
                          "FDCAN_NBTP: NTSEG1 and NTSEG2 for 87.5 % of the {want} quanta: NTSEG2 "
                          "about an eighth of them"},
    [CHECK_CAN_REJECTS] =
        {CHECK_NOTE, 3, "can-no-receive", EACH, "",
         "{odd} receives nothing: it has no filter, and FDCAN_GFC rejects what matches none, "
         "standard and "
         "extended",
         "a filter for the ids that are wanted (HAL_FDCAN_ConfigFilter, StdFiltersNbr), or "
         "HAL_FDCAN_ConfigGlobalFilter with FDCAN_ACCEPT_IN_RX_FIFO0"},
    [CHECK_UART_BAUD] = {CHECK_NOTE, 4, "uart-baud", EACH, "",
                         "{odd} runs at {have} kBd from a kernel clock of {bit} MHz, which no "
                         "terminal has{reckoned_baud}",
                         "{right_brr}"},
    [CHECK_PWM_PIN] = {CHECK_NOTE, 4, "pwm-pin", EACH, "",
                       "{odd}_CH{bit} gives PWM, and no pin carries it",
                       "GPIO alternate function of {odd}_CH{bit} (HAL_TIM_MspPostInit)"},
    [CHECK_CACHE_STALE] =
        {CHECK_NOTE, 2, "cache-stale", EACH, "",
         "reads an old copy of {variable} from its D-cache: {other} has written it since, at "
         "{other_place}",
         "an MPU region that is not cacheable (or shareable) for what others write, or "
         "SCB_InvalidateDCache_by_Addr() before it is read"},
    [CHECK_CACHE_NOT_CLEANED] =
        {CHECK_NOTE, 2, "cache-not-cleaned", EACH, "",
         "{reader} {variable} from memory, while what the CM7 wrote at {other_place} is still in "
         "its D-cache (write-back): it is not seen",
         "an MPU region that is not cacheable (or shareable) for what others read, or "
         "SCB_CleanDCache_by_Addr() after it is written"},
    [CHECK_CACHE_OVERWRITES] =
        {CHECK_NOTE, 2, "cache-overwrites", EACH, "",
         "cleans a line of its D-cache, 32 bytes as they were: over {variable}, which {other} has "
         "written at {other_place}",
         "what others write begins at a multiple of 32 bytes and fills it: "
         "__attribute__((aligned(32))); clean before they write, invalidate after"},
    [CHECK_CACHE_LOST] =
        {CHECK_NOTE, 2, "cache-lost", EACH, "",
         "reads {variable}, whose last value is gone: it was in the D-cache when its line was "
         "invalidated at {other_place}",
         "what is invalidated begins at a multiple of 32 bytes and fills it: "
         "__attribute__((aligned(32))); or SCB_CleanInvalidateDCache_by_Addr()"},
    [CHECK_CODE_NOT_CLEANED] =
        {CHECK_UNKNOWN, 8, "cache-code-not-cleaned", EACH, UNKNOWN_CODE,
         "executes {variable}, which the CM7 wrote at {other_place} and has still in its D-cache "
         "(write-back): memory holds what was there before",
         "SCB_CleanDCache_by_Addr() after code is copied, then SCB_InvalidateICache(); or copy it "
         "before SCB_EnableDCache()"},
    [CHECK_CODE_STALE] =
        {CHECK_UNKNOWN, 8, "cache-code-stale", EACH, UNKNOWN_CODE,
         "executes {variable}, which was written since it last ran: the CM7's I-cache still holds "
         "the old code",
         "SCB_InvalidateICache() after code is copied, DSB, ISB"},
    [CHECK_FRESH_RAM] =
        {CHECK_NOTE, 3, "uninitialised", EACH, "",
         "decides by {variable}, which nobody has written since power-on: RAM holds noise then",
         "write it first; what is to outlive a reset is guarded by a magic word of 32 bits"},
    [CHECK_STACK_OVER] =
        {CHECK_NOTE, 1, "stack-overflow", EACH, "",
         "the main stack has reached {variable}: its pointer is {sp}, the image's data end at "
         "{limit}",
         "a larger stack (RAM, and _Min_Stack_Size, in the linker script), or smaller locals"},
    [CHECK_LOST_UPDATE] =
        {CHECK_NOTE, 1, "lost-update", EACH, "",
         "the {core} read it, the {other_core} wrote it at {other_place}, and the {core} writes "
         "back what it had read: {lost_fields} as before",
         "one core alone changes a register; GPIOx_BSRR instead of ODR; or a semaphore of HSEM "
         "around both"},
    [CHECK_TWO_OWNERS] = {CHECK_NOTE, 7, "two-owners", EACH, "",
                          "set up by both cores: by the {other_core} at {other_place}",
                          "give the peripheral to one core, and let the other one ask it"},
    [CHECK_NO_HANDLER] =
        {CHECK_NOTE, 4, "no-handler", EACH, "",
         "interrupt {bit} is enabled in the {core}'s NVIC, and its handler is an endless loop",
         "a handler by the name that the vector table has, in this core's image; or do not enable "
         "it on this core"},
    [CHECK_ISR_STORM] =
        {CHECK_NOTE, 1, "isr-storm", EACH, "",
         "this handler (exception {bit}) is entered again as soon as it returns, {count} times "
         "without an instruction between: the rest of the {core}'s program stands still",
         "clear the flag in the peripheral, at the handler's begin, and read it back; or a slower "
         "source"},
    [CHECK_SEMAPHORE_HELD] =
        {CHECK_NOTE, 1, "semaphore-held", EACH, "",
         "waits for semaphore {bit}, which the {holder} has taken and does not release",
         "HSEM_R{bit} = its COREID and PROCID, without LOCK, on every way out "
         "(HAL_HSEM_Release)"},
    [CHECK_FLASH_TWICE] =
        {CHECK_NOTE, 3, "flash-twice", EACH, "",
         "{finding}: reading it gives an ECC error (RM0399 4.7.7)",
         "a flash word of 32 bytes is programmed once, after its sector was erased"},
    [CHECK_FLASH_PARTIAL] =
        {CHECK_NOTE, 3, "flash-partial", EACH, "",
         "WBNE is 1: a flash word was begun, and not all 32 bytes were written, so that nothing is "
         "programmed (RM0399 4.3.9)",
         "write all 32 bytes, or FLASH_CR.FW"},
    [CHECK_FLASH_STALL] =
        {CHECK_NOTE, 5, "flash-stall", EACH, "",
         "stands still for {count} ms, with all its interrupts: its code or data are in the bank "
         "that is erased or programmed",
         "erase the other bank, or run this and its interrupts from RAM"},
    [CHECK_SUPPLY_DEFAULT] =
        {CHECK_NOTE, 9, "supply-default", ONCE, "",
         "the project names no supply: CubeMX 6.16 and newer take PWR_DIRECT_SMPS_SUPPLY", NULL},
    [CHECK_OWNER_SPLIT] = {CHECK_NOTE, 17, "core-owner", EACH, "",
                           "{peripheral} is set up by the {peripheral_of}, its pin {pin} by the "
                           "{pin_of}: give both to one core",
                           NULL},
    [CHECK_CAN_CLOCK] = {CHECK_NOTE, 16, "can-clock", ONCE, "",
                         "FDCAN's kernel clock is {can_mhz} MHz, its APB1 {apb_mhz} MHz: RM0399 "
                         "59.4.5 wants the kernel clock to be the lower one",
                         NULL},
    [CHECK_CAN_RATE] = {CHECK_NOTE, 16, "can-bit-rate", EACH, "",
                        "{bit_rate} bit/s at {can_mhz} MHz: no rate that cars use",
                        "kernel clock / (NominalPrescaler x (1 + NominalTimeSeg1 + "
                        "NominalTimeSeg2)) must be 500000, or whatever the bus has"},
    [CHECK_CAN_DEAF] = {CHECK_NOTE, 16, "can-no-receive", EACH, "",
                        "no element in either receive FIFO, no receive buffer: no frame is ever "
                        "received",
                        "RxFifo0ElmtsNbr, 8 say, and StdFiltersNbr for the filters"},
    [CHECK_OPTION_BYTES] = {CHECK_NOTE, 24, "option-bytes", ONCE, "", "it changes the option bytes",
                            NULL},
};

static const char *const outcomes[CHECK_OUTCOMES] = {
    [CHECK_RUNS_ON] = "runs: CM7 {cm7}{mhz}, CM4 {cm4}, VOS{vos}",
    [CHECK_HELD_UP] = "stays in its start-up: CM7 {cm7}, CM4 {cm4}",
    [CHECK_STUCK] = "gets nowhere: CM7 {cm7}, CM4 {cm4}",
    [CHECK_GIVES_UP] = "gives up: ends in Error_Handler",
    [CHECK_RESETS_ON] = "RESETS again and again: nobody feeds the watchdog",
    [CHECK_HANGS] = "hangs",
    [CHECK_HANGS_LOCKED] = "waits for power off and on",
    [CHECK_TOO_FEW_STATES] = "TOO FEW flash wait states",
    [CHECK_TOO_FAST] = "TOO FAST for supply and voltage scale",
    [CHECK_FAULTS] = "CRASHES: a fault",
    [CHECK_LOCKS_UP] = "CRASHES: a core locks up",
    [CHECK_TOO_MANY_VOLTS] = "OVER-VOLTAGE: VCORE above its absolute maximum",
    [CHECK_DOES_NOT_START] = "NEVER STARTS",
    [CHECK_DEADLOCK] = "DEADLOCK: VCORE is gone{after}",
};

enum check_level check_level_of(enum check_kind kind)
{
    return rows[kind].level;
}

const char *check_kind_name(enum check_kind kind)
{
    return rows[kind].name;
}

unsigned check_severity(enum check_kind kind)
{
    return rows[kind].severity;
}

bool check_is_said_once(enum check_kind kind)
{
    return rows[kind].once;
}

bool check_lacks_model(enum check_kind kind)
{
    return rows[kind].level == CHECK_UNKNOWN && kind != CHECK_SUPPLY_CODE_UNSEEN &&
           kind != CHECK_WAITS_COUNTER && kind != CHECK_PLL_RANGE && kind != CHECK_OPTIONS_DECIDE &&
           kind != CHECK_VOLTAGE_CODE_UNSEEN && kind != CHECK_READOUT_CODE_UNSEEN &&
           kind != CHECK_SUPPLY_NOT_NAMED;
}

bool check_has_remedy(enum check_kind kind)
{
    return rows[kind].remedy != NULL;
}

const char *check_headline(enum check_kind kind)
{
    return rows[kind].headline;
}

const char *check_words(enum check_kind kind)
{
    return rows[kind].words;
}

const char *check_remedy(enum check_kind kind)
{
    return rows[kind].remedy;
}

const char *check_outcome_words(enum check_outcome outcome)
{
    return outcomes[outcome];
}
