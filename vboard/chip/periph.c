/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/periph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vboard/chip/chip.h"
#include "vboard/chip/fields.h"

static unsigned reg_count(const struct reg *r)
{
    return r->count != 0 ? r->count : 1u;
}

static uint32_t reg_end(const struct reg *r)
{
    return r->offset + (reg_count(r) - 1) * r->stride + (r->window != 0 ? r->window : 4u);
}

/* Models' spans end with what the manual gives them; most of that is no register. */
static uint32_t end_of_registers(const struct model *m)
{
    uint32_t end = 0;
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        const struct reg *r = &m->regs[slot];
        end = r->name != NULL && reg_end(r) > end ? reg_end(r) : end;
    }
    return end;
}

static void index_registers(struct periph *p)
{
    const struct model *m = p->model;
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        const struct reg *r = &m->regs[slot];
        if (r->name == NULL) {
            continue; /* inside an array, or not used */
        }
        for (unsigned i = 0; i < reg_count(r); i++) {
            uint32_t first = (r->offset + i * r->stride) / 4;
            for (uint32_t word = 0; word == 0 || word < r->window / 4u; word++) {
                p->slot_at[first + word] = (uint16_t)(slot + i + 1);
            }
        }
    }
}

static unsigned irq_count(const struct model *m)
{
    unsigned n = 0;
    while (m->irq_names != NULL && m->irq_names[n] != NULL) {
        n++;
    }
    return n;
}

struct periph *periph_create(struct chip *chip, const struct chip_entry *entry)
{
    const struct model *m = entry->model;
    struct periph *p = calloc(1, m->size);
    if (p == NULL) {
        return NULL;
    }
    p->model = m;
    p->entry = entry;
    p->chip = chip;
    p->name = entry->name;
    p->base = entry->base;
    p->values = calloc(m->slot_count != 0 ? m->slot_count : 1, sizeof(uint32_t));
    p->mapped = end_of_registers(m);
    p->slot_at = calloc(p->mapped / 4 + 1, sizeof(uint16_t));
    p->irq = calloc(irq_count(m) + 1, sizeof(struct irq_line));
    if (p->values == NULL || p->slot_at == NULL || p->irq == NULL) {
        periph_destroy(p);
        return NULL;
    }
    index_registers(p);
    if (entry->enr != 0) {
        p->gate = chip_gate(chip, entry->enr, entry->enr_bit);
    }
    if (m->init != NULL && m->init(p) != 0) {
        periph_destroy(p);
        return NULL;
    }
    return p;
}

void periph_destroy(struct periph *p)
{
    if (p == NULL) {
        return;
    }
    if (p->model->destroy != NULL) {
        p->model->destroy(p);
    }
    free(p->values);
    free(p->slot_at);
    free(p->irq);
    free(p);
}

void periph_reset(struct periph *p, enum reset_kind kind)
{
    const struct model *m = p->model;
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        const struct reg *r = &m->regs[slot];
        if (r->name == NULL) {
            continue;
        }
        for (unsigned i = 0; i < reg_count(r); i++) {
            if (m->keeps == NULL || !m->keeps(p, slot + i, kind)) {
                p->values[slot + i] = r->reset;
            }
        }
    }
    if (m->reset != NULL) {
        m->reset(p, kind);
    }
}

/* The register in a slot, or the head of its array. */
static inline const struct reg *head_of(const struct periph *p, unsigned slot)
{
    const struct reg *r = &p->model->regs[slot];
    while (r->name == NULL) {
        r--;
    }
    return r;
}

const struct reg *periph_reg_at(const struct periph *p, uint32_t offset, unsigned *index)
{
    if (offset >= p->mapped || p->slot_at[offset / 4] == 0) {
        return NULL;
    }
    unsigned slot = p->slot_at[offset / 4] - 1u;
    const struct reg *r = head_of(p, slot);
    if (index != NULL) {
        *index = slot - (unsigned)(r - p->model->regs);
    }
    return r;
}

const struct reg *model_reg_at(const struct model *m, uint32_t offset, unsigned *index)
{
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        const struct reg *r = &m->regs[slot];
        for (unsigned i = 0; r->name != NULL && i < reg_count(r); i++) {
            if (r->offset + i * r->stride != offset) {
                continue;
            }
            if (index != NULL) {
                *index = i;
            }
            return r;
        }
    }
    return NULL;
}

const char *periph_reg_name(const struct periph *p, uint32_t offset, char *buf, size_t size)
{
    unsigned index = 0;
    const struct reg *r = periph_reg_at(p, offset, &index);
    if (r == NULL) {
        snprintf(buf, size, "%s+0x%02X (reserved)", p->name, (unsigned)offset);
        return buf;
    }
    int n = snprintf(buf, size, "%s.", p->name);
    if (n < 0 || (size_t)n >= size) {
        return buf;
    }
    const char *hole = strstr(r->name, "%u");
    if (hole != NULL) {
        snprintf(buf + n, size - (size_t)n, "%.*s%u%s", (int)(hole - r->name), r->name,
                 r->first + index, hole + 2);
    } else {
        snprintf(buf + n, size - (size_t)n, "%s", r->name);
    }
    return buf;
}

static bool is_debug(const struct periph *p)
{
    return p->chip->access.master == MASTER_DEBUG;
}

static void report_at(struct periph *p, uint32_t offset, enum finding_code code,
                      const struct finding_data *data)
{
    if (!is_debug(p)) {
        chip_report(p->chip, code, p->base + offset, data);
    }
}

static uint32_t slot_offset(const struct periph *p, unsigned slot)
{
    const struct reg *r = head_of(p, slot);
    return r->offset + (slot - (unsigned)(r - p->model->regs)) * r->stride;
}

void periph_report(struct periph *p, unsigned slot, enum finding_code code,
                   const struct finding_data *data)
{
    report_at(p, slot_offset(p, slot), code, data);
}

static bool clocked(const struct periph *p)
{
    enum master m = p->chip->access.master;
    if (p->gate == NULL || m == MASTER_DEBUG) {
        return true;
    }
    /* A peripheral one core has enabled is clocked for both while that core runs, but the other must
     * allocate it for itself to be sure (RM0399 9.5.10): reaching it by the other's enable works. */
    return p->gate->on[master_core(m)] || p->gate->any;
}

/* Why the access goes nowhere. */
static __attribute__((noinline)) void report_nowhere(struct periph *p, uint32_t offset,
                                                     unsigned size, const struct reg *r)
{
    if (!clocked(p) && (r == NULL || !r->ungated)) {
        report_at(p, offset, FOUND_PERIPHERAL_UNCLOCKED,
                  &(struct finding_data){.enr = p->gate->enr, .enr_bit = p->gate->bit});
    } else if (r == NULL) {
        report_at(p, offset, FOUND_NO_REGISTER, NULL);
    } else {
        report_at(p, offset, FOUND_BAD_SIZE, &(struct finding_data){.size = (uint8_t)size});
    }
}

/* Checks gate, hole and width; NULL when the access goes nowhere. */
static inline __attribute__((always_inline)) const struct reg *
resolve(struct periph *p, uint32_t offset, unsigned size, unsigned *slot)
{
    const struct reg *r = NULL;
    unsigned known = offset < p->mapped ? p->slot_at[offset / 4] : 0;
    if (known != 0) {
        *slot = known - 1u;
        r = head_of(p, *slot);
    }
    bool answers = r != NULL && (r->ungated || clocked(p));
    if (!answers || (r->widths != 0 && (r->widths & size) == 0)) {
        report_nowhere(p, offset, size, r);
        return NULL;
    }
    return r;
}

uint32_t periph_read(struct periph *p, uint32_t offset, unsigned size)
{
    unsigned slot;
    const struct reg *r = resolve(p, offset, size, &slot);
    if (r == NULL) {
        return 0;
    }
    uint32_t value = p->values[slot] & ~r->wo;
    p->chip->access.steady = r->steady || r->read == NULL; /* values change by writes and events */
    if (r->read != NULL) {
        value = r->read(p, slot, value);
    }
    value >>= 8u * (offset & 3u);
    return size == 4 ? value : value & ((1u << (8u * size)) - 1u);
}

/* Is it a write without a finding? */
static bool check_masks(struct periph *p, const struct reg *r, uint32_t offset, uint32_t lanes,
                        uint32_t written, uint32_t old)
{
    uint32_t writable = r->rw | r->wo | r->w1c | r->w0c | r->w1s;
    if (writable == 0 && r->ignored == 0 && r->write == NULL && r->intercept == NULL) {
        report_at(p, offset, FOUND_READ_ONLY, NULL);
        return false;
    }
    uint32_t reserved = (written ^ old) & ~(writable | r->ro | r->ignored) & lanes;
    if (reserved != 0) {
        report_at(p, offset, FOUND_RESERVED_BITS, &(struct finding_data){.mask = reserved});
    }
    return reserved == 0;
}

void periph_unmodelled(struct periph *p, unsigned slot, uint32_t bits)
{
    const struct finding_data data = {
        .mask = bits, .model = p->model, .offset = slot_offset(p, slot)};
    periph_report(p, slot, FOUND_UNMODELLED_FIELD, &data);
}

static void store(struct periph *p, const struct reg *r, unsigned slot, uint32_t lanes,
                  uint32_t written)
{
    uint32_t old = p->values[slot]; /* the intercept may have brought it up to date */
    uint32_t next = (old & ~(r->rw & lanes)) | (written & r->rw);
    next &= ~(written & r->w1c);
    next &= ~(~written & r->w0c & lanes);
    next |= written & r->w1s;
    p->values[slot] = next;
    if (r->write != NULL) {
        r->write(p, slot, old, written);
    }
}

/* `odd`: unmodelled bits that were written with something else than before and than after reset. Writing
 * a flag clears it and asks for nothing. */
static void check_unmodelled(struct periph *p, const struct reg *r, unsigned slot, uint32_t odd)
{
    odd &= r->rw | r->wo | r->w1s;
    if (odd != 0) {
        periph_unmodelled(p, slot, fields_unmodelled(p->model, slot_offset(p, slot), odd));
    }
}

void periph_write(struct periph *p, uint32_t offset, unsigned size, uint32_t value)
{
    unsigned slot;
    const struct reg *r = resolve(p, offset, size, &slot);
    if (r == NULL || p->held_in_reset) {
        return;
    }
    unsigned shift = 8u * (offset & 3u);
    uint32_t lanes = (size == 4 ? ~0u : (1u << (8u * size)) - 1u) << shift;
    uint32_t written = (value << shift) & lanes;
    uint32_t old = p->values[slot];
    p->chip->access.lanes = lanes;
    bool good = check_masks(p, r, offset & ~3u, lanes, written, old);
    uint32_t odd = (written ^ r->reset) & (written ^ (old & ~r->wo)) & r->unmodelled & lanes;
    bool handled = r->intercept != NULL && r->intercept(p, slot, written);
    if (handled) {
        odd &= p->values[slot] ^ r->reset; /* what it refused has no effect either */
    } else {
        store(p, r, slot, lanes, written);
    }
    if (r->write == NULL && r->read == NULL && r->intercept == NULL) {
        p->chip->access.steady = good && odd == 0 && p->values[slot] == old; /* what was there */
    }
    if (odd != 0) {
        check_unmodelled(p, r, slot, odd);
    }
}
