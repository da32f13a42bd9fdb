/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Encodings: Armv7-M Architecture Reference Manual (DDI 0403E), A5.2 (16 bit), A5.3 (32 bit),
 * A6.4. */
#include "vboard/cpu/thumb.h"

#include <stddef.h>

#define HINT_SEV 0xBF40u

unsigned thumb_length(uint16_t first)
{
    return first >= 0xE800u ? 4u : 2u;
}

static uint16_t halfword(const uint8_t *code)
{
    return (uint16_t)(code[0] | code[1] << 8);
}

bool thumb_is_fp(uint16_t first)
{
    return (first & 0xEC00u) == 0xEC00u;
}

static unsigned flags16(uint16_t op)
{
    unsigned flags = 0;
    struct thumb_access a;
    if (thumb_decode_access(op, 0, &a) && a.write) {
        flags |= THUMB_STORES;
    }
    if ((op & 0xFFE8u) == 0xB660u) {                            /* CPS */
        flags |= (op & 1u) != 0 ? THUMB_SYSTEM : THUMB_PRIMASK; /* bit 0: F, bit 1: I */
    }
    if (op == HINT_SEV) {
        flags |= THUMB_SEV;
    }
    return flags;
}

/* LDREX, LDREXB, LDREXH change the exclusive monitor. */
static bool is_load_exclusive(uint16_t first, uint16_t second)
{
    return (first & 0xFFF0u) == 0xE850u ||
           ((first & 0xFFF0u) == 0xE8D0u && (second & 0x00E0u) == 0x0040u);
}

static unsigned flags32(uint16_t first, uint16_t second)
{
    unsigned flags = 0;
    struct thumb_access a;
    if (thumb_is_fp(first)) {
        flags |= THUMB_FP;
    }
    if ((thumb_decode_access(first, second, &a) && a.write) || is_load_exclusive(first, second)) {
        flags |= THUMB_STORES;
    }
    if ((first & 0xFFE0u) == 0xF380u && (second & 0xD000u) == 0x8000u) { /* MSR */
        flags |= THUMB_SYSTEM;
    }
    if (first == 0xF3AFu && second == 0x8004u) { /* SEV.W */
        flags |= THUMB_SEV;
    }
    return flags;
}

struct thumb_scan thumb_scan(const uint8_t *code, uint32_t size)
{
    struct thumb_scan s = {0, 0};
    uint32_t at = 0;
    while (at + 2 <= size) {
        uint16_t first = halfword(code + at);
        s.count++;
        if (thumb_length(first) == 2) {
            s.flags |= (uint16_t)flags16(first);
            at += 2;
        } else if (at + 4 <= size) {
            s.flags |= (uint16_t)flags32(first, halfword(code + at + 2));
            at += 4;
        } else {
            break;
        }
    }
    return s;
}

unsigned thumb_count(const uint8_t *code, uint32_t size)
{
    unsigned count = 0;
    for (uint32_t at = 0; at < size; at += thumb_length(halfword(code + at))) {
        count++;
    }
    return count;
}

/* ---- loads and stores ---- */

static void set(struct thumb_access *a, unsigned base, int32_t offset, unsigned bytes, bool write)
{
    a->base = (uint8_t)base;
    a->index = THUMB_NO_REG;
    a->shift = 0;
    a->bytes = (uint8_t)bytes;
    a->write = write;
    a->offset = offset;
}

static unsigned ones(unsigned bits)
{
    return (unsigned)__builtin_popcount(bits);
}

/* 0101 ooo Rm Rn Rt */
static void register_offset16(uint16_t op, struct thumb_access *a)
{
    static const uint8_t bytes[8] = {4, 2, 1, 1, 4, 2, 1, 2};
    unsigned kind = op >> 9 & 7u;
    set(a, op >> 3 & 7u, 0, bytes[kind], kind < 3);
    a->index = (uint8_t)(op >> 6 & 7u);
}

static bool push_pop(uint16_t op, struct thumb_access *a)
{
    unsigned bytes = 4u * ones(op & 0x1FFu);
    if ((op & 0xFE00u) == 0xB400u) {
        set(a, 13, -(int32_t)bytes, bytes, true);
        return true;
    }
    if ((op & 0xFE00u) == 0xBC00u) {
        set(a, 13, 0, bytes, false);
        return true;
    }
    return false;
}

static bool access16(uint16_t op, struct thumb_access *a)
{
    unsigned base = op >> 3 & 7u;
    int32_t imm5 = op >> 6 & 31;
    bool load = (op & 0x0800u) != 0;
    switch (op >> 12) {
    case 0x4:
        if (!load) {
            return false;
        }
        set(a, 15, (op & 0xFF) * 4, 4, false); /* LDR literal */
        return true;
    case 0x5:
        register_offset16(op, a);
        return true;
    case 0x6:
        set(a, base, imm5 * 4, 4, !load);
        return true;
    case 0x7:
        set(a, base, imm5, 1, !load);
        return true;
    case 0x8:
        set(a, base, imm5 * 2, 2, !load);
        return true;
    case 0x9:
        set(a, 13, (op & 0xFF) * 4, 4, !load);
        return true;
    case 0xB:
        return push_pop(op, a);
    case 0xC:
        set(a, op >> 8 & 7u, 0, 4u * ones(op & 0xFFu), !load);
        return true;
    default:
        return false;
    }
}

/* 1110 100 op 0 W L: LDM, STM. */
static void multiple32(uint16_t first, uint16_t second, struct thumb_access *a)
{
    unsigned bytes = 4u * ones(second);
    bool before = (first & 0x0180u) == 0x0100u; /* DB */
    set(a, first & 15u, before ? -(int32_t)bytes : 0, bytes, (first & 0x10u) == 0);
}

/* 1110 100 op 1: dual, exclusive, table branch. */
static void dual_or_exclusive(uint16_t first, uint16_t second, struct thumb_access *a)
{
    bool load = (first & 0x10u) != 0;
    int32_t imm = (second & 0xFF) * 4;
    if ((first & 0x0120u) != 0) { /* LDRD, STRD: P or W set */
        int32_t offset = (first & 0x0080u) != 0 ? imm : -imm;
        set(a, first & 15u, (first & 0x0100u) != 0 ? offset : 0, 8, !load);
    } else if ((first & 0x0080u) == 0) { /* LDREX, STREX */
        set(a, first & 15u, imm, 4, !load);
    } else if ((second & 0x00E0u) == 0x0000u) { /* TBB, TBH */
        bool half = (second & 0x10u) != 0;
        set(a, first & 15u, 0, half ? 2 : 1, false);
        a->index = (uint8_t)(second & 15u);
        a->shift = half ? 1 : 0;
    } else { /* LDREXB, LDREXH, STREXB, STREXH */
        set(a, first & 15u, 0, (second & 0x10u) != 0 ? 2 : 1, !load);
    }
}

/* 1111 100 s u ss L: LDR, STR and their widths. */
static void single32(uint16_t first, uint16_t second, struct thumb_access *a)
{
    unsigned base = first & 15u;
    unsigned bytes = 1u << (first >> 5 & 3u);
    bool write = (first & 0x10u) == 0;
    if (base == 15) {
        int32_t imm = second & 0xFFF;
        set(a, 15, (first & 0x80u) != 0 ? imm : -imm, bytes, write);
    } else if ((first & 0x80u) != 0) {
        set(a, base, second & 0xFFF, bytes, write);
    } else if ((second & 0x0800u) != 0) {
        int32_t imm = (second & 0x0200u) != 0 ? second & 0xFF : -(second & 0xFF);
        set(a, base, (second & 0x0400u) != 0 ? imm : 0, bytes, write);
    } else {
        set(a, base, 0, bytes, write);
        a->index = (uint8_t)(second & 15u);
        a->shift = (uint8_t)(second >> 4 & 3u);
    }
}

/* 111 T 110 P U D W L: VLDR, VSTR, VLDM, VSTM, VPUSH, VPOP; not VMOV of two registers. */
static bool fp_access(uint16_t first, uint16_t second, struct thumb_access *a)
{
    unsigned mode = first >> 5 & 0xDu; /* P U - W */
    if ((first & 0xFE00u) != 0xEC00u || mode == 0) {
        return false;
    }
    bool add = (first & 0x80u) != 0;
    bool indexed = (first & 0x0100u) != 0;
    bool write = (first & 0x10u) == 0;
    int32_t imm = (second & 0xFF) * 4;
    if (indexed && (first & 0x20u) == 0) { /* VLDR, VSTR */
        set(a, first & 15u, add ? imm : -imm, (second & 0x0100u) != 0 ? 8 : 4, write);
    } else {
        unsigned bytes = imm > 0xFC ? 0xFCu : (unsigned)imm;
        set(a, first & 15u, indexed ? -imm : 0, bytes, write);
    }
    return true;
}

static bool access32(uint16_t first, uint16_t second, struct thumb_access *a)
{
    if ((first & 0xFE00u) == 0xE800u) {
        if ((first & 0x40u) == 0) {
            multiple32(first, second, a);
        } else {
            dual_or_exclusive(first, second, a);
        }
        return true;
    }
    if ((first & 0xFE00u) == 0xF800u && (first & 0x60u) != 0x60u) {
        single32(first, second, a);
        return true;
    }
    return fp_access(first, second, a);
}

bool thumb_decode_access(uint16_t first, uint16_t second, struct thumb_access *a)
{
    return thumb_length(first) == 2 ? access16(first, a) : access32(first, second, a);
}
