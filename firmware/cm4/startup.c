/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Cortex-M4: from reset to cm4_main(), in flash bank 2, on HSI. It never writes PWR_CR3, which is the
 * M7's; it waits for ACTVOSRDY with registers only (RM0399 7.4.1). If that does not come the M7 says
 * why; this core sleeps for good. It starts no watchdog before the M7 has released it.
 */
#include "stm32h755xx.h"

#include "firmware/cm4/startup.h"
#include "firmware/common/boot_asm.h"

__attribute__((naked, used, section(".boot"))) void Reset_Handler(void)
{
    __asm volatile("cpsid i\n" BOOT_WAIT_SUPPLY("800000", "3f")
                       BOOT_COPY("data_start", "data_end", "data_load")
                           BOOT_ZERO("bss_start", "bss_end") "ldr r0, =%c[vtor]\n"
                                                             "ldr r1, =vectors\n"
                                                             "str r1, [r0]\n"
                                                             "dsb\n"
                                                             "isb\n"
                                                             "cpsie i\n"
                                                             "ldr r0, =cm4_main\n"
                                                             "bx r0\n"
                                                             "3: wfi\n"
                                                             "b 3b\n"
                                                             ".ltorg\n"
                   :
                   : BOOT_WAIT_SUPPLY_OPERANDS, BOOT_ADDRESS(vtor, SCB->VTOR));
}
