/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Vector table and reset handler of the test programs. */
#include "prog.h"

extern uint32_t stack_top, data_load, data_start, data_end, bss_start, bss_end;

void reset_handler(void);
void unexpected(void);

void reset_handler(void)
{
    const uint32_t *from = &data_load;
    for (uint32_t *to = &data_start; to < &data_end; to++) {
        *to = *from++;
    }
    for (uint32_t *to = &bss_start; to < &bss_end; to++) {
        *to = 0;
    }
    program();
    stop_here();
}

void unexpected(void)
{
    LOG = 0xDEAD0000u + MRS("ipsr");
    stop_here();
}

#define WEAK __attribute__((weak, alias("unexpected")))
WEAK void nmi_handler(void);
WEAK void hard_fault_handler(void);
WEAK void mem_manage_handler(void);
WEAK void bus_fault_handler(void);
WEAK void usage_fault_handler(void);
WEAK void svc_handler(void);
WEAK void debug_handler(void);
WEAK void pendsv_handler(void);
WEAK void systick_handler(void);
WEAK void irq0_handler(void);
WEAK void irq1_handler(void);
WEAK void irq2_handler(void);
WEAK void irq3_handler(void);
WEAK void irq4_handler(void);
WEAK void irq5_handler(void);
WEAK void irq6_handler(void);
WEAK void irq7_handler(void);
WEAK void irq8_handler(void);

typedef void handler(void);
__attribute__((section(".vectors"), used)) static handler *const vectors[] = {(handler *)&stack_top,
                                                                              reset_handler,
                                                                              nmi_handler,
                                                                              hard_fault_handler,
                                                                              mem_manage_handler,
                                                                              bus_fault_handler,
                                                                              usage_fault_handler,
                                                                              unexpected,
                                                                              unexpected,
                                                                              unexpected,
                                                                              unexpected,
                                                                              svc_handler,
                                                                              debug_handler,
                                                                              unexpected,
                                                                              pendsv_handler,
                                                                              systick_handler,
                                                                              irq0_handler,
                                                                              irq1_handler,
                                                                              irq2_handler,
                                                                              irq3_handler,
                                                                              irq4_handler,
                                                                              irq5_handler,
                                                                              irq6_handler,
                                                                              irq7_handler,
                                                                              irq8_handler};
