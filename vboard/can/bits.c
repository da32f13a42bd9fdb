/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Two ways to the same numbers. Every classic frame on the bus is measured in steps of four bits, whose stuff bits a
 * table knows. The encoder writes bit after bit as the standard tells it; FD frames use it, and a test compares the two.
 */
#include "vboard/can/bits.h"

#include <string.h>

__extension__ typedef unsigned __int128 u128;

/* Header up to and including the DLC, most significant bit first. */
#define STANDARD_HEADER_BITS 19u
#define EXTENDED_HEADER_BITS 39u
#define CRC15_BITS 15u
/* CRC delimiter, ACK slot, ACK delimiter, end of frame: all left recessive by the sender. */
#define END_BITS (3u + CAN_EOF_BITS)

/* x^15+x^14+x^10+x^8+x^7+x^4+x^3+1. A CRC is linear: the entry of a byte is the sum of its bits'. */
#define CRC15_POLYNOMIAL 0x4599u
#define CRC17_POLYNOMIAL 0x1685Bu
#define CRC21_POLYNOMIAL 0x102899u
#define BIT(i, k, value) ((((i) >> (k)) & 1u) != 0 ? (value) : 0u)
#define T1(i)                                                                                      \
    (uint16_t)(BIT(i, 0, 0x4599u) ^ BIT(i, 1, 0x4EABu) ^ BIT(i, 2, 0x58CFu) ^ BIT(i, 3, 0x7407u) ^ \
               BIT(i, 4, 0x2D97u) ^ BIT(i, 5, 0x5B2Eu) ^ BIT(i, 6, 0x73C5u) ^ BIT(i, 7, 0x2213u))
#define T4(i) T1(i), T1((i) + 1u), T1((i) + 2u), T1((i) + 3u)
#define T16(i) T4(i), T4((i) + 4u), T4((i) + 8u), T4((i) + 12u)
#define T64(i) T16(i), T16((i) + 16u), T16((i) + 32u), T16((i) + 48u)

static const uint16_t crc15_table[256] = {T64(0u), T64(64u), T64(128u), T64(192u)};

static uint32_t crc15_byte(uint32_t crc, uint32_t byte)
{
    return ((crc << 8) ^ crc15_table[((crc >> 7) ^ byte) & 0xFFu]) & 0x7FFFu;
}

static unsigned header_bits(const struct bus_frame *f)
{
    return f->extended ? EXTENDED_HEADER_BITS : STANDARD_HEADER_BITS;
}

/* Classic: SOF, identifier, RTR, IDE, reserved bits, DLC as one number. */
static uint64_t classic_header(const struct bus_frame *f)
{
    uint64_t tail = (f->remote ? 0x40u : 0u) | (f->dlc & 0xFu);

    if (!f->extended) {
        return ((uint64_t)(f->id & 0x7FFu) << 7) | tail;
    }
    uint64_t base = (f->id >> 18) & 0x7FFu;
    uint64_t low = f->id & 0x3FFFFu;
    return (base << 27) | (UINT64_C(3) << 25) | (low << 7) | tail; /* 3: SRR and IDE */
}

/* The stuffed part of a classic frame, right-aligned; returns its length. */
static unsigned classic_bits(const struct bus_frame *f, u128 *bits)
{
    uint64_t header = classic_header(f);
    unsigned length = can_frame_length(f);
    uint64_t data = 0;
    uint32_t crc = 0;

    /* Zeros in front do not change a CRC that starts at zero: whole bytes will do. */
    for (int shift = f->extended ? 32 : 16; shift >= 0; shift -= 8) {
        crc = crc15_byte(crc, (uint32_t)(header >> shift) & 0xFFu);
    }
    for (unsigned i = 0; i < length; i++) {
        crc = crc15_byte(crc, f->data[i]);
        data = (data << 8) | f->data[i];
    }
    *bits = ((((u128)header << (8 * length)) | data) << CRC15_BITS) | crc;
    return header_bits(f) + 8 * length + CRC15_BITS;
}

/*
 * Where stuff bits go: after five equal bits, of which the first may be a stuff bit itself. So what has been is the
 * value of the last bit on the wire and how many equal ones there are, 1 to 4: after a fifth the stuff bit
 * has followed at once. Four bits are taken in a step, which has a stuff bit at most: behind one are three bits left.
 */
#define STATE(value, run) ((value) << 2 | ((run)-1u))
#define BIT_OF(n, i) ((n) >> (3u - (i)) & 1u) /* bit i of four, the first one is 0 */
/* Equal bits at the end of the last `count` of four. */
#define CHANGES(n) (((n) ^ (n) >> 1) & 7u) /* bit 0: the last one differs from the one before */
#define TAIL_OF_4(n)                                                                               \
    ((CHANGES(n) & 1u) != 0 ? 1u : (CHANGES(n) & 2u) != 0 ? 2u : (CHANGES(n) & 4u) != 0 ? 3u : 4u)
#define TAIL(n, count) (TAIL_OF_4(n) < (count) ? TAIL_OF_4(n) : (count))
/* The first of the four that are equal to v. */
#define HEAD(n, v)                                                                                 \
    (BIT_OF(n, 0u) != (v)   ? 0u                                                                   \
     : BIT_OF(n, 1u) != (v) ? 1u                                                                   \
     : BIT_OF(n, 2u) != (v) ? 2u                                                                   \
     : BIT_OF(n, 3u) != (v) ? 3u                                                                   \
                            : 4u)
#define IS_STUFFED(n, v, run) (HEAD(n, v) + (run) >= 5u)
/* `left` bits behind a stuff bit of value !v, which counts if they are all equal to it. */
#define RUN_BEHIND(n, v, left) (TAIL(n, left) + (TAIL(n, left) == (left) && BIT_OF(n, 3u) != (v)))
#define NEXT_STUFFED(n, v, run)                                                                    \
    ((run) == 1u ? STATE(1u - (v), 1u) : STATE(BIT_OF(n, 3u), RUN_BEHIND(n, v, (run)-1u)))
#define NEXT(n, v, run)                                                                            \
    (IS_STUFFED(n, v, run) ? NEXT_STUFFED(n, v, run) : STATE(BIT_OF(n, 3u), TAIL_OF_4(n)))
#define ZEROS(n) (4u - BIT_OF(n, 0u) - BIT_OF(n, 1u) - BIT_OF(n, 2u) - BIT_OF(n, 3u))

/* A step: the state behind it in bits 6:4, stuff bits in 7, dominant bits from 12 on, so that all of them can be added
 * up. */
#define STEP_STATE 0x70u
#define STEP_STUFF_SHIFT 7u
#define STEP_DOMINANT_SHIFT 12u
#define STEP(n, v, run)                                                                            \
    (uint16_t)(NEXT(n, v, run) << 4 | (IS_STUFFED(n, v, run) ? 1u << STEP_STUFF_SHIFT : 0u) |      \
               (ZEROS(n) + (IS_STUFFED(n, v, run) && (v) == 1u ? 1u : 0u)) << STEP_DOMINANT_SHIFT)
#define STEPS_4(n, v, run)                                                                         \
    STEP(n, v, run), STEP((n) + 1u, v, run), STEP((n) + 2u, v, run), STEP((n) + 3u, v, run)
#define STEPS(v, run)                                                                              \
    STEPS_4(0u, v, run), STEPS_4(4u, v, run), STEPS_4(8u, v, run), STEPS_4(12u, v, run)

static const uint16_t steps[8 * 16] = {STEPS(0u, 1u), STEPS(0u, 2u), STEPS(0u, 3u), STEPS(0u, 4u),
                                       STEPS(1u, 1u), STEPS(1u, 2u), STEPS(1u, 3u), STEPS(1u, 4u)};

/* `bits` four at a time, the first ones on top; *step is the last one taken, *sum counts. */
static inline void walk(uint64_t bits, unsigned count, unsigned *step, uint32_t *sum)
{
    for (unsigned i = 0; i < count; i += 4, bits <<= 4) {
        *step = steps[(*step & STEP_STATE) + (unsigned)(bits >> 60)];
        *sum += *step >> STEP_STUFF_SHIFT;
    }
}

/* Start of frame, which is dominant, and the first bit of the identifier go in front; then there are fours. */
static void count_bits(u128 bits, unsigned length, struct can_bits *out)
{
    const unsigned front = 2;
    unsigned first = (unsigned)(bits >> (length - front)) & 1u;
    unsigned step = (first != 0 ? STATE(1u, 1u) : STATE(0u, 2u)) << 4;
    uint32_t sum = 0;
    unsigned left = length - front;
    u128 rest = bits << (128u - left);
    walk((uint64_t)(rest >> 64), left < 64 ? left : 64, &step, &sum);
    if (left > 64) {
        walk((uint64_t)rest, left - 64, &step, &sum);
    }
    const unsigned dominant_at = STEP_DOMINANT_SHIFT - STEP_STUFF_SHIFT;
    out->stuff = (uint16_t)(sum & ((1u << dominant_at) - 1u));
    out->dominant = (uint16_t)((sum >> dominant_at) + front - first);
}

static void measure_classic(const struct bus_frame *f, struct can_bits *out)
{
    u128 bits;
    unsigned length = classic_bits(f, &bits);

    count_bits(bits, length, out);
    out->total = (uint16_t)(length + out->stuff + END_BITS);
    out->head = out->total;
    out->data = 0;
}

void can_bits_measure(const struct bus_frame *f, struct can_bits *out)
{
    uint8_t wire[CAN_BITS_MAX];

    if (f->fd) {
        can_bits_encode(f, wire, out);
    } else {
        measure_classic(f, out);
    }
}

/* ---- bit by bit ---- */

struct writer {
    uint8_t *wire;
    size_t count;
    unsigned run;   /* equal bits at the end, stuff bits included */
    unsigned stuff; /* dynamic stuff bits */
    unsigned fixed; /* fixed stuff bits */
};

static void put_raw(struct writer *w, unsigned bit)
{
    bool same = w->count > 0 && w->wire[w->count - 1] == bit;

    w->run = same ? w->run + 1 : 1;
    w->wire[w->count++] = (uint8_t)bit;
}

/* A stuff bit that is due goes out before the next bit. */
static void flush_stuff(struct writer *w)
{
    if (w->run == 5) {
        put_raw(w, w->wire[w->count - 1] ^ 1u);
        w->stuff++;
    }
}

static void put(struct writer *w, uint32_t value, unsigned bits)
{
    while (bits-- > 0) {
        flush_stuff(w);
        put_raw(w, (value >> bits) & 1u);
    }
}

static void put_fixed_stuff(struct writer *w)
{
    put_raw(w, w->wire[w->count - 1] ^ 1u);
    w->fixed++;
}

static uint32_t crc_bits(const uint8_t *bits, size_t count, unsigned width, uint32_t polynomial,
                         uint32_t crc)
{
    uint32_t top = 1u << (width - 1);
    uint32_t mask = (top << 1) - 1;

    for (size_t i = 0; i < count; i++) {
        bool divide = ((crc & top) != 0) != (bits[i] != 0);
        crc = (crc << 1) & mask;
        if (divide) {
            crc ^= polynomial;
        }
    }
    return crc;
}

uint32_t can_crc15(const uint8_t *bits, size_t count)
{
    return crc_bits(bits, count, 15, CRC15_POLYNOMIAL, 0);
}

uint32_t can_crc17(const uint8_t *bits, size_t count)
{
    return crc_bits(bits, count, 17, CRC17_POLYNOMIAL, 1u << 16);
}

uint32_t can_crc21(const uint8_t *bits, size_t count)
{
    return crc_bits(bits, count, 21, CRC21_POLYNOMIAL, 1u << 20);
}

static void put_identifier(struct writer *w, const struct bus_frame *f)
{
    unsigned rtr = f->remote ? 1 : 0;

    put(w, 0, 1); /* start of frame */
    if (f->extended) {
        put(w, (f->id >> 18) & 0x7FFu, 11);
        put(w, 3, 2); /* SRR, IDE */
        put(w, f->id & 0x3FFFFu, 18);
        put(w, rtr, 1);
    } else {
        put(w, f->id & 0x7FFu, 11);
        put(w, rtr, 1);
        put(w, 0, 1); /* IDE */
    }
}

static void put_data(struct writer *w, const struct bus_frame *f)
{
    unsigned length = can_frame_length(f);

    for (unsigned i = 0; i < length; i++) {
        put(w, f->data[i], 8);
    }
}

static void encode_classic(struct writer *w, const struct bus_frame *f)
{
    uint8_t plain[EXTENDED_HEADER_BITS + 64u];
    struct writer unstuffed = {.wire = plain};
    uint64_t header = classic_header(f);
    unsigned length = can_frame_length(f);

    put_identifier(w, f);
    put(w, 0, f->extended ? 2 : 1); /* r1, r0 */
    put(w, f->dlc & 0xFu, 4);
    put_data(w, f);
    for (unsigned i = header_bits(f); i-- > 0;) {
        put_raw(&unstuffed, (unsigned)(header >> i) & 1u);
    }
    for (unsigned i = 0; i < 8 * length; i++) {
        put_raw(&unstuffed, ((unsigned)f->data[i / 8] >> (7 - i % 8)) & 1u);
    }
    put(w, can_crc15(plain, unstuffed.count), CRC15_BITS);
    flush_stuff(w);
    put_raw(w, 1); /* CRC delimiter */
}

/* Stuff count (Gray code and parity) and CRC with a fixed stuff bit before every fourth bit. */
static void put_fd_crc(struct writer *w, const struct bus_frame *f)
{
    unsigned count = w->stuff & 7u;
    unsigned gray = count ^ (count >> 1);
    unsigned parity = (gray ^ (gray >> 1) ^ (gray >> 2)) & 1u;
    unsigned field = (gray << 1) | parity;
    unsigned width = can_frame_length(f) <= 16 ? 17 : 21;
    uint8_t covered[CAN_BITS_MAX];

    memcpy(covered, w->wire, w->count);
    for (unsigned i = 0; i < 4; i++) {
        covered[w->count + i] = (uint8_t)((field >> (3 - i)) & 1u);
    }
    uint32_t crc =
        width == 17 ? can_crc17(covered, w->count + 4) : can_crc21(covered, w->count + 4);
    uint32_t all = ((uint32_t)field << width) | crc;
    for (unsigned i = 0; i < width + 4; i++) {
        if (i % 4 == 0) {
            put_fixed_stuff(w);
        }
        put_raw(w, (all >> (width + 3 - i)) & 1u);
    }
}

/* Returns the number of bits up to and including BRS. */
static size_t encode_fd(struct writer *w, const struct bus_frame *f)
{
    put_identifier(w, f); /* RRS where classic has RTR */
    put(w, 2, 2);         /* FDF recessive, res dominant */
    put(w, f->brs ? 1 : 0, 1);
    size_t head = w->count;
    put(w, f->esi ? 1 : 0, 1);
    put(w, f->dlc & 0xFu, 4);
    put_data(w, f);
    put_fd_crc(w, f); /* a dynamic stuff bit due here gives way to the first fixed one */
    put_raw(w, 1);    /* CRC delimiter */
    return head;
}

size_t can_bits_encode(const struct bus_frame *f, uint8_t *wire, struct can_bits *counts)
{
    struct writer w = {.wire = wire};
    size_t head = 0;

    if (f->fd) {
        head = encode_fd(&w, f);
    } else {
        encode_classic(&w, f);
    }
    size_t switched = f->fd && f->brs ? w.count - head : 0;
    for (unsigned i = 0; i < END_BITS - 1; i++) {
        put_raw(&w, 1);
    }
    if (counts != NULL) {
        size_t dominant = 0;
        for (size_t i = 0; i < w.count; i++) {
            dominant += wire[i] == 0 ? 1 : 0;
        }
        counts->total = (uint16_t)w.count;
        counts->head = (uint16_t)(switched != 0 ? head : w.count);
        counts->data = (uint16_t)switched;
        counts->dominant = (uint16_t)dominant;
        counts->stuff = (uint16_t)(w.stuff + w.fixed);
    }
    return w.count;
}

uint64_t can_bits_span(const struct can_bits *b, unsigned bits, uint64_t bit_ps,
                       uint64_t data_bit_ps)
{
    unsigned data = 0;

    if (bits > b->head) {
        data = bits - b->head < b->data ? bits - b->head : b->data;
    }
    return (bits - data) * bit_ps + data * data_bit_ps;
}

uint32_t can_bits_priority(const struct bus_frame *f)
{
    uint32_t rtr = f->remote ? 1u : 0u;

    if (!f->extended) {
        return ((f->id & 0x7FFu) << 21) | (rtr << 20);
    }
    return (((f->id >> 18) & 0x7FFu) << 21) | (3u << 19) | ((f->id & 0x3FFFFu) << 1) | rtr;
}
