/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/ram_wait.h"

#include "check/chip.h"
#include "check/flow_decode.h"
#include "vboard/cpu/cpu.h"

/* A loop's instructions, and bytes. */
#define LOOP_MAX 24u
#define LOOP_SPAN 96u
/* RM0399 15.5.5, 16.5.5, 14.5.5: DMA_SxCR, BDMA_CCRx, MDMA_CxCR, bit 0 of each: EN. */
static const struct {
    uint32_t first, step, count;
} channels[] = {{0x40020010u, 0x18u, 8},
                {0x40020410u, 0x18u, 8},
                {0x58025408u, 0x14u, 8},
                {0x5200004Cu, 0x40u, 16}};

bool check_dma_is_on(struct chip *chip)
{
    for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
        for (uint32_t k = 0; k < channels[i].count; k++) {
            if ((check_peek(chip, channels[i].first + k * channels[i].step) & 1u) != 0) {
                return true;
            }
        }
    }
    return false;
}

struct loop {
    struct cpu *cpu;
    struct flow_insn insn[LOOP_MAX];
    uint32_t pc[LOOP_MAX];
    unsigned count;
    uint32_t writes; /* registers that it changes */
};

static bool decode(struct cpu *cpu, uint32_t pc, struct flow_insn *insn)
{
    uint16_t code[2];
    if (!cpu_read_mem(cpu, pc, code, sizeof code)) {
        return false;
    }
    *insn = flow_decode(code[0], code[1], pc);
    return true;
}

/* Nothing but looks, compares and goes on. */
static bool is_harmless(const struct flow_insn *i)
{
    switch (i->op) {
    case FLOW_NOTHING:
    case FLOW_ALU:
    case FLOW_SHIFT:
    case FLOW_MOVT:
    case FLOW_EXTRACT:
    case FLOW_EXTEND:
    case FLOW_BRANCH:
    case FLOW_BRANCH_ZERO:
        return true;
    case FLOW_SINGLE:
        return i->load && !i->writeback && i->rd != FLOW_PC && !i->may_fail;
    default:
        return false;
    }
}

/* The branch that leads back over `pc`: where to. */
static bool find_end(struct cpu *cpu, uint32_t pc, uint32_t *begin, uint32_t *end)
{
    struct flow_insn insn;
    uint32_t at = pc;
    for (unsigned i = 0; i < LOOP_MAX && decode(cpu, at, &insn) && is_harmless(&insn); i++) {
        bool jumps = insn.op == FLOW_BRANCH || insn.op == FLOW_BRANCH_ZERO;
        if (jumps && insn.imm <= pc && at - insn.imm <= LOOP_SPAN) {
            *begin = insn.imm;
            *end = at;
            return true;
        }
        at += insn.length;
    }
    return false;
}

static bool read_loop(struct loop *l, struct cpu *cpu)
{
    uint32_t at, end;
    *l = (struct loop){.cpu = cpu};
    if (!find_end(cpu, cpu_get_reg(cpu, CPU_PC), &at, &end)) {
        return false;
    }
    for (; at <= end; at += l->insn[l->count++].length) {
        if (l->count == LOOP_MAX || !decode(cpu, at, &l->insn[l->count]) ||
            !is_harmless(&l->insn[l->count])) {
            return false;
        }
        l->pc[l->count] = at;
        l->writes |= flow_writes(&l->insn[l->count]);
    }
    return true;
}

/* What a register holds before instruction `at`: what a literal has put there, or what it always holds. */
static bool base_of(const struct loop *l, unsigned at, unsigned reg, uint32_t *value)
{
    for (unsigned i = at; i > 0; i--) {
        const struct flow_insn *insn = &l->insn[i - 1];
        if (((unsigned)flow_writes(insn) >> reg & 1u) == 0) {
            continue;
        }
        if (insn->op == FLOW_ALU && insn->alu == FLOW_MOV && insn->has_imm) {
            *value = insn->imm;
            return true;
        }
        if (insn->op == FLOW_MOVT && base_of(l, i - 1, reg, value)) {
            *value = (*value & 0xFFFFu) | insn->imm << 16;
            return true;
        }
        uint32_t literal = ((l->pc[i - 1] + 4u) & ~3u) + insn->imm;
        return insn->op == FLOW_SINGLE && insn->rn == FLOW_PC && insn->size == 4 &&
               cpu_read_mem(l->cpu, literal, value, sizeof *value);
    }
    *value = cpu_get_reg(l->cpu, (enum cpu_reg)(CPU_R0 + reg));
    return (l->writes >> reg & 1u) == 0;
}

static bool is_ram(uint32_t address)
{
    return (address >= 0x10000000u && address < 0x10048000u) ||
           (address >= 0x20000000u && address < 0x40000000u);
}

/* All that it loads is literals and one word. */
static bool find_word(const struct loop *l, struct check_ram_wait *found)
{
    for (unsigned i = 0; i < l->count; i++) {
        const struct flow_insn *insn = &l->insn[i];
        uint32_t base;
        if (insn->op != FLOW_SINGLE || insn->rn == FLOW_PC) {
            continue;
        }
        if (!insn->has_imm || !base_of(l, i, insn->rn, &base)) {
            return false;
        }
        uint32_t address = base + (insn->pre ? insn->imm : 0);
        if (!is_ram(address) || (found->address != 0 && found->address != address)) {
            return false;
        }
        found->address = address;
        found->pc = l->pc[i];
    }
    return found->address != 0 &&
           cpu_read_mem(l->cpu, found->address & ~3u, &found->value, sizeof found->value);
}

void check_ram_wait_look(struct check_ram_wait *wait, struct cpu *cpu)
{
    struct loop l;
    struct check_ram_wait found = {.looked = true};
    if (wait->looked && wait->address == 0) {
        return;
    }
    if (!read_loop(&l, cpu) || !find_word(&l, &found)) {
        found = (struct check_ram_wait){.looked = true};
    }
    bool same = found.address == wait->address && found.value == wait->value;
    *wait = !wait->looked || same ? found : (struct check_ram_wait){.looked = true};
}
