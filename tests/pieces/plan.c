/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/pieces/plan.h"

/* SplitMix64. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static unsigned below(uint64_t *state, unsigned count)
{
    return (unsigned)(next(state) % count);
}

static unsigned any_value(enum what what, uint64_t *state)
{
    static const uint8_t cr3[] = {0x04, 0x02, 0x16, 0x01, 0x06, 0x00, 0x0C, 0x26, 0x1E,
                                  0x2E, 0x1D, 0x2D, 0x14, 0x05, 0x03, 0x0D, 0x07, 0x12};
    switch (what) {
    case WHAT_CR3:
        return cr3[below(state, sizeof cr3)];
    case WHAT_VOS:
        return 1 + below(state, 3);
    case WHAT_CLOCK:
        return below(state, CLOCKS);
    case WHAT_FAULT:
        return below(state, FAULTS);
    default:
        return 0;
    }
}

static bool is_interrupt(const struct plan *p)
{
    return p->when == WHEN_SYSTICK || p->when == WHEN_TIMER;
}

/* What cannot be put together is moved to its neighbour. */
static void settle(struct plan *p)
{
    p->after = p->after || is_interrupt(p) || p->what == WHAT_CLOCK;
    if (p->what == WHAT_CLOCK && p->base == BASE_FAST) {
        p->base = BASE_VOS1; /* PLL1 runs, and cannot be changed then */
    }
    if (p->who == WHO_BOTH && p->what != WHAT_CR3 && p->what != WHAT_FAULT) {
        p->who = WHO_CM7;
    }
    if (p->who == WHO_BOTH && (p->when == WHEN_NTH || p->base > BASE_SUPPLY)) {
        p->when = p->when == WHEN_NTH ? WHEN_AT_ONCE : p->when;
        p->base = p->base > BASE_SUPPLY ? BASE_SUPPLY : p->base;
    }
    if (p->who == WHO_CM4_BESIDE && p->base == BASE_NOTHING) {
        p->base = BASE_SUPPLY;
    }
    /* Only PWR has a harmless neighbour below; VOS is in the second byte. */
    bool pair = p->store == STORE_STRD || p->store == STORE_STM;
    if ((pair && p->what != WHAT_CR3) || (p->store == STORE_BYTE && p->what == WHAT_VOS)) {
        p->store = STORE_MOVW;
    }
    if (p->call == CALL_ITCM && p->who != WHO_CM7) {
        p->call = CALL_AXI;
    }
}

/* Most of what the manual leaves open (oracle.h) is moved to where it does not. */
static void decide(struct plan *p)
{
    const bool oden = p->what == WHAT_ODEN || p->what == WHAT_ODEN_UNCLOCKED;
    if (oden || p->what == WHAT_VOS) {
        p->base = p->base < BASE_VOS1 ? (enum base)(BASE_VOS1 + p->base) : p->base;
    }
    p->after = p->after || p->what == WHAT_VOS;
    if (p->what == WHAT_CLOCK && p->base == BASE_NOTHING) {
        p->base = BASE_VOS1;
    }
    if (p->wiring == WIRED_BYPASS && p->what != WHAT_NOTHING) {
        p->wiring = WIRED_SMPS_LDO;
    }
}

void plan_make(struct plan *p, uint64_t id)
{
    static const enum what weighted[] = {WHAT_NOTHING, WHAT_CR3,   WHAT_CR3,   WHAT_CR3,
                                         WHAT_CR3,     WHAT_CR3,   WHAT_ODEN,  WHAT_ODEN_UNCLOCKED,
                                         WHAT_VOS,     WHAT_VOS,   WHAT_CLOCK, WHAT_LATENCY_0,
                                         WHAT_CLOCK,   WHAT_FAULT, WHAT_FAULT};
    static const uint8_t counts[] = {1, 2, 3, 40};
    uint64_t state = id * 0xD1342543DE82EF95u;
    *p = (struct plan){.id = id};
    /* Half of them as the board is sold. */
    p->wiring = below(&state, 2) == 0 ? WIRED_SMPS : (enum wiring)below(&state, WIRINGS);
    p->hse = below(&state, 2) == 0;
    p->base = (enum base)below(&state, BASES);
    p->who = (enum who)below(&state, WHOS);
    p->after = below(&state, 2) == 0;
    p->when = (enum when)below(&state, WHENS);
    p->count = counts[below(&state, sizeof counts)];
    p->what = weighted[below(&state, sizeof weighted / sizeof *weighted)];
    p->value = any_value(p->what, &state);
    p->store = (enum store)below(&state, STORES);
    p->call = (enum call)below(&state, CALLS);
    if (below(&state, 8) != 0) {
        decide(p);
    }
    settle(p);
}

void plan_print(const struct plan *p, FILE *out)
{
    static const char *const wirings[] = {"smps", "ldo", "smps-ldo", "bypass"};
    static const char *const bases[] = {"nothing", "supply", "supply, VOS1",
                                        "supply, VOS1, 400 MHz"};
    static const char *const whos[] = {"CM7", "CM4 beside the CM7's base", "CM4 alone",
                                       "both cores"};
    static const char *const whens[] = {"at once",
                                        "500 us later",
                                        "5 ms later",
                                        "10 s later",
                                        "in SysTick",
                                        "in TIM2's interrupt",
                                        "if RSR lacks PORRSTF",
                                        "if backup SRAM is marked",
                                        "if the button is pressed",
                                        "after n starts"};
    static const char *const whats[] = {"nothing", "PWR_CR3 <-", "ODEN",  "ODEN without clock",
                                        "VOS",     "latency 0",  "clock", "fault"};
    static const char *const clocks[] = {"400",      "200",      "480", "AHB 400",   "APB 200",
                                         "VCO 1200", "input 32", "HSE", "HSE or HSI"};
    static const char *const faults[] = {"UDF",       "LDRD odd",    "bad address", "stack",
                                         "DIV_0_TRP", "UNALIGN_TRP", "device odd",  "lockup",
                                         "(0/0 = 0)", "(LDR odd)"};
    static const char *const stores[] = {"literal", "MOVW", "STRB", "STRH", "STRD", "STM", "BFI"};
    static const char *const calls[] = {"BL", "pointer", "ITCM", "AXI SRAM"};
    fprintf(out, "id %llu: wired %s, HSE %s; %s; base: %s; %s it, %s", (unsigned long long)p->id,
            wirings[p->wiring], p->hse ? "8M" : "absent", whos[p->who], bases[p->base],
            p->after ? "after" : "before", whens[p->when]);
    if (p->when == WHEN_NTH) {
        fprintf(out, " (n = %u)", p->count);
    }
    fprintf(out, ": %s", whats[p->what]);
    if (p->what == WHAT_CR3) {
        fprintf(out, " 0x%02X", p->value);
    } else if (p->what == WHAT_CLOCK || p->what == WHAT_FAULT) {
        fprintf(out, " %s", p->what == WHAT_CLOCK ? clocks[p->value] : faults[p->value]);
    } else if (p->what == WHAT_VOS) {
        fprintf(out, "%u", p->value);
    }
    fprintf(out, "; by %s, %s\n", stores[p->store], calls[p->call]);
}
