/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/fate.h"

#include <assert.h>

/* Functions that firmware calls, or that interrupts without a handler enter, when nothing is left to do. */
static const char *const bench_last_calls[] = {
    "Error_Handler",     /* ST's CubeMX and HAL examples */
    "Default_Handler",   /* GCC start-up files: interrupts without a handler */
    "HardFault_Handler", /* CMSIS's names of the faults' handlers */
    "MemManage_Handler",
    "BusFault_Handler",
    "UsageFault_Handler",
    "assert_failed",                 /* ST's assert_param */
    "__assert_func",                 /* newlib */
    "abort",                         /* C */
    "vAssertCalled",                 /* FreeRTOS's demos */
    "vApplicationStackOverflowHook", /* FreeRTOS */
    "vApplicationMallocFailedHook",
    "k_sys_fatal_error_handler", /* Zephyr */
    "arch_system_halt",
    "mbed_die",          /* Mbed OS */
    "rust_begin_unwind", /* Rust: the panic handler */
    "DefaultHandler",    /* cortex-m-rt */
    "HardFault",
    "hard_fault_handler", /* libopencm3 */
    "blocking_handler",
};

#define CALLS (sizeof bench_last_calls / sizeof *bench_last_calls)
static_assert(CALLS <= BENCH_LAST_CALLS_MAX, "room for the address of each");

/* None of them is longer: asking the symbol table is left out for all that lies elsewhere. */
#define CALL_SPAN 0x1000u

const char *bench_fate_name(enum bench_fate fate)
{
    static const char *const names[] = {[BENCH_FATE_NONE] = "none",
                                        [BENCH_FATE_LOCKED_UP] = "locked-up",
                                        [BENCH_FATE_FAULT] = "fault",
                                        [BENCH_FATE_ERROR] = "error-handler",
                                        [BENCH_FATE_STUCK] = "stuck"};
    return names[fate];
}

const char *bench_fault_name(uint32_t exception)
{
    static const char *const names[] = {NULL,        NULL,       "NMI",       "HardFault",
                                        "MemManage", "BusFault", "UsageFault"};
    return exception < sizeof names / sizeof *names ? names[exception] : NULL;
}

static void find_calls(struct bench_last_calls *calls, const struct image *image)
{
    if (calls->image != image) {
        calls->image = image;
        for (unsigned i = 0; i < CALLS; i++) {
            calls->address[i] = image_symbol(image, bench_last_calls[i]);
        }
    }
}

/* The last call that holds `address`, but not at its first byte: that is a pointer to it. */
static const char *call_at(const struct bench_last_calls *calls, uint32_t address, bool first_too)
{
    for (unsigned i = 0; i < CALLS; i++) {
        const uint32_t start = calls->address[i];
        uint32_t offset;
        const bool near = start != 0 && (address & ~1u) - start < CALL_SPAN;
        if (near && image_function(calls->image, address, &offset) != NULL &&
            (address & ~1u) - offset == start && (offset != 0 || first_too)) {
            return bench_last_calls[i];
        }
    }
    return NULL;
}

/* It is there, or a call from there has not returned: its return address lies on the stack. */
static const char *call_of(const struct bench_last_calls *calls, const struct bench_core *look)
{
    const char *name = call_at(calls, look->pc, true);
    for (unsigned i = 0; i < look->stack_words && name == NULL; i++) {
        name = call_at(calls, look->stack[i], false);
    }
    return name;
}

#define FIRST_INTERRUPT 16u

enum bench_fate bench_fate_of(struct bench_last_calls *calls, const struct bench_core *look,
                              const char **function)
{
    *function = NULL;
    if (look->state == BENCH_CORE_LOCKED_UP) {
        return BENCH_FATE_LOCKED_UP;
    }
    if (look->state != BENCH_CORE_RUNS && look->state != BENCH_CORE_ASLEEP) {
        return BENCH_FATE_NONE;
    }
    if (look->image != NULL) {
        find_calls(calls, look->image);
        *function = call_of(calls, look);
    }
    if (bench_fault_name(look->exception) != NULL) {
        return BENCH_FATE_FAULT;
    }
    if (*function != NULL) {
        return BENCH_FATE_ERROR;
    }
    return look->exception >= FIRST_INTERRUPT && look->branches_to_self ? BENCH_FATE_STUCK
                                                                        : BENCH_FATE_NONE;
}
