/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Two threads on PSP, switched by PendSV from SVC and SysTick; one of them unprivileged. */
#include "prog.h"

static uint32_t stacks[2][128];
static uint32_t *saved[2];
static unsigned current;
static volatile uint32_t counts[2];

__attribute__((used)) static uint32_t *switch_task(uint32_t *sp)
{
    saved[current] = sp;
    current ^= 1;
    MSR("control", (MRS("control") & ~1u) | current); /* task 1 is unprivileged */
    return saved[current];
}

__attribute__((naked)) void pendsv_handler(void)
{
    ASM("mrs r0, psp\n stmdb r0!, {r4-r11}\n push {r4, lr}\n bl switch_task\n pop {r4, lr}\n"
        "ldmia r0!, {r4-r11}\n msr psp, r0\n bx lr");
}

__attribute__((naked)) void svc_handler(void)
{
    ASM("ldr r0, =0xE000ED04\n mov r1, #0x10000000\n str r1, [r0]\n bx lr");
}

static volatile uint32_t systicks;

void systick_handler(void)
{
    systicks++;
    ICSR = PENDSVSET;
}

void bus_fault_handler(void)
{
    LOG = 0x500;
    LOG = BFAR;
    uint32_t *frame = (uint32_t *)MRS("psp");
    frame[6] += 2;
    CFSR = CFSR;
}

static void task0(void)
{
    for (unsigned i = 0; i < 3; i++) {
        LOG = 0x400 + i;
        LOG = MRS("control");
        ASM("svc 0");
    }
    SYST_RVR = 2000;
    SYST_CVR = 0;
    SYST_CSR = 7;
    while (counts[1] < 1000 || systicks < 20) {
        counts[0]++;
    }
    SYST_CSR = 0;
    LOG = 0x4FF;
    stop_here();
}

static void task1(void)
{
    for (unsigned i = 0; i < 3; i++) {
        LOG = 0x410 + i;
        LOG = MRS("control");
        LOG = MRS("primask");
        ASM("svc 0");
    }
    __asm__ volatile("ldr r1, =0xE000ED00\n ldr r0, [r1]\n nop" ::
                         : "r0", "r1", "memory"); /* no PPB for the unprivileged */
    for (;;) {
        counts[1]++;
    }
}

static uint32_t *make(unsigned n, void (*entry)(void))
{
    uint32_t *sp = &stacks[n][128 - 16];
    sp[8 + 6] = (uint32_t)entry & ~1u;
    sp[8 + 7] = 1u << 24;
    return sp;
}

void program(void)
{
    SHPR(14) = 0xF0;
    SHPR(15) = 0xE0;
    SHCSR = 7 << 16;
    saved[1] = make(1, task1);
    /* this becomes task 0 */
    MSR("psp", (uint32_t)&stacks[0][128]);
    MSR("control", 2);
    BARRIER();
    task0();
}
