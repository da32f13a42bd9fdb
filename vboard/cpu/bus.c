/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The core's address map, made of the chip's regions and peripherals (RM0399 2.3.2).
 *
 * RAM and flash are host memory that the engine reaches without a call. Everything else is I/O:
 * the peripherals and the private bus at their own addresses, external memories that are not open (vboard/chip/external.h)
 * at theirs, and a window above 0xA0000000 through which go writes to flash and reads of guarded or
 * unclocked memory. Aliases of one RAM share the physical pages of the first,
 * so that code written through one is seen through the other. A page that the other core executes
 * is written through the window too, so that its translations follow. Left out: MPU regions below 1 KB (mpu.h).
 */
#include <string.h>

#include "vboard/cpu/bit_band.h"
#include "vboard/cpu/bus_map.h"
#include "vboard/cpu/caches.h"
#include "vboard/cpu/code.h"
#include "vboard/cpu/core.h"
#include "vboard/cpu/exact.h"

/* ---- regions ---- */

static struct cpu_region *region_at(struct cpu *c, uint32_t address)
{
    if (external_is(address)) {
        return external_region(c->chip, address) != NULL ? &c->external[external_slot(address)]
                                                         : NULL;
    }
    for (unsigned i = 0; i < c->region_count; i++) {
        struct mem_region *r = c->regions[i].region;
        if (address - r->base < r->size) {
            return &c->regions[i];
        }
    }
    return NULL;
}

static struct cpu_region *region_of_window(struct cpu *c, uint32_t physical)
{
    for (unsigned i = 0; i < c->region_count; i++) {
        struct cpu_region *r = &c->regions[i];
        if (physical - r->window < r->region->size) {
            return r;
        }
    }
    return NULL;
}

static bool is_bit_alias(const struct cpu *c, uint32_t address)
{
    return c->core == CORE_CM4 && bit_band_is_alias(address);
}

static bool has_periph(const struct cpu *c, uint32_t page)
{
    return is_bit_alias(c, page) ? bit_band_has_periph(c->chip, page, ENGINE_PAGE_SIZE)
                                 : chip_has_periph(c->chip, page, ENGINE_PAGE_SIZE);
}

/* What lies there does not change while the core runs, but for cpu_map_changed, so it is looked up once. */
const struct cpu_page *cpu_bus_page(struct cpu *c, uint32_t address)
{
    /* Folded: memories and peripherals begin at round addresses. */
    struct cpu_page *p = &c->pages[(address >> 10 ^ address >> 16 ^ address >> 22) % CPU_PAGES];
    if (!p->known || p->address != address) {
        p->known = true;
        p->address = address;
        p->region = region_at(c, address);
        p->physical = p->region != NULL ? cpu_code_physical(c, p->region->region, address) : 0;
        p->peripheral =
            address - PERIPHERALS < PERIPHERALS_END - PERIPHERALS && has_periph(c, address);
    }
    return p;
}

static const struct cpu_region *region_of(struct cpu *c, uint32_t address)
{
    return cpu_bus_page(c, address & ~(ENGINE_PAGE_SIZE - 1u))->region;
}

bool cpu_bus_is_writable(struct cpu *c, uint32_t address)
{
    const struct cpu_region *r = region_of(c, address);
    return r != NULL && r->region->writable;
}

static bool has_clock(const struct mem_region *r)
{
    return r->gate == NULL || r->gate->any;
}

static vtime_ps busy_until(const struct mem_region *r)
{
    return r->busy_until != NULL ? r->busy_until(r->ctx) : 0;
}

static unsigned guard_of(const struct mem_region *r, uint32_t address, uint32_t size)
{
    if (!r->guarded) {
        return 0;
    }
    return r->guard != NULL ? r->guard(r->ctx, address, size) : MEM_ASKS | MEM_NO_FETCH;
}

/* Frames, vectors and code may be taken from there without asking. */
static bool is_readable(const struct mem_region *r, uint32_t address, uint32_t size)
{
    return has_clock(r) && (guard_of(r, address, size) & MEM_NO_FETCH) == 0;
}

uint8_t *cpu_bus_host(struct cpu *c, uint32_t address, uint32_t size)
{
    const struct cpu_region *r = region_of(c, address);
    if (r == NULL || size > r->region->size - (address - r->region->base) ||
        (external_is(address) && external_region(c->chip, address + size - 1) == NULL) ||
        (r->by_io && !is_readable(r->region, address, size))) {
        return NULL;
    }
    return r->region->host + (address - r->region->base);
}

bool cpu_bus_read_word(struct cpu *c, uint32_t address, uint32_t *value)
{
    const uint8_t *host = cpu_bus_host(c, address, 4);
    if (host == NULL) {
        return false;
    }
    memcpy(value, host, 4);
    return true;
}

bool cpu_bus_write_word(struct cpu *c, uint32_t address, uint32_t value)
{
    uint8_t *host = cpu_bus_host(c, address, 4);
    if (host == NULL || !cpu_bus_is_writable(c, address)) {
        return false;
    }
    memcpy(host, &value, 4);
    return true;
}

static bool needs_io(const struct mem_region *r)
{
    return r->guarded || !has_clock(r) || busy_until(r) != 0;
}

void cpu_bus_refresh(struct cpu *c)
{
    bool changed = false;
    for (unsigned i = 0; i < c->changing_count; i++) {
        struct cpu_region *r = &c->regions[c->changing[i]];
        bool io = needs_io(r->region);
        changed = changed || io != r->by_io || (io && r->guard_changes != r->region->guard_changes);
        r->by_io = io;
        r->guard_changes = r->region->guard_changes;
    }
    if (changed) {
        engine_flush_pages(c->engine);
    }
}

/* ---- page policy ---- */

/* Must this access to a page of a region `by_io` go through the window? */
static bool page_by_io(const struct mem_region *m, uint32_t page, enum engine_access access)
{
    if (!has_clock(m) || busy_until(m) != 0) {
        return true;
    }
    unsigned guard = guard_of(m, page, ENGINE_PAGE_SIZE);
    return (guard & (access == ENGINE_FETCH ? MEM_NO_FETCH : MEM_ASKS)) != 0;
}

static unsigned memory_page(struct cpu *c, const struct cpu_page *known, enum engine_access access,
                            uint32_t *physical)
{
    const struct cpu_region *r = known->region;
    const struct mem_region *m = r->region;
    uint32_t page = known->address;
    bool by_io = r->by_io && page_by_io(m, page, access);
    bool shared = m->writable && cpu_code_of_other(c, page);
    bool hooked = m->writable ? shared : m->write != NULL;
    bool watched = access != ENGINE_FETCH && cpu_debug_watches(c, page);
    if ((access == ENGINE_WRITE && hooked) || by_io || watched) {
        *physical = r->window + (page - m->base);
        if (access == ENGINE_FETCH) {
            c->stall_until = c->forgetting ? 0 : busy_until(m);
            return 0;
        }
        return ENGINE_MAY_READ | ENGINE_MAY_WRITE;
    }
    *physical = known->physical;
    if (r->by_io && access == ENGINE_FETCH) {
        cpu_code_fetched(c, *physical);
        return ENGINE_MAY_EXECUTE; /* data of the same page may still have to be asked for */
    }
    unsigned may = ENGINE_MAY_READ | (m->writable && !shared ? ENGINE_MAY_WRITE : 0u);
    if (access == ENGINE_FETCH && m->executable) {
        cpu_code_fetched(c, *physical);
    }
    /* Pages that may be both written and executed cost a call per store: only where code runs. */
    return may | (m->executable && cpu_code_is(c, *physical) ? ENGINE_MAY_EXECUTE : 0u);
}

bool cpu_is_privileged(const struct cpu *c)
{
    if (c->meter->unprivileged) {
        return false;
    }
    if (engine_exception(c->engine) != 0) {
        return true;
    }
    uint32_t control =
        c->meter->system_ran ? engine_get(c->engine, ENGINE_CONTROL) : c->masks_control;
    return (control & 1u) == 0;
}

static unsigned allowed_by_mpu(struct cpu *c, uint32_t page)
{
    bool negative = nvic_is_negative(&c->nvic, &c->masks);
    unsigned rights = mpu_rights(&c->mpu, page, cpu_is_privileged(c), negative);
    return ((rights >> MPU_READ & 1u) != 0 ? (unsigned)ENGINE_MAY_READ : 0u) |
           ((rights >> MPU_WRITE & 1u) != 0 ? (unsigned)ENGINE_MAY_WRITE : 0u) |
           ((rights >> MPU_FETCH & 1u) != 0 ? (unsigned)ENGINE_MAY_EXECUTE : 0u);
}

/* CCR.BFHFNMIGN: loads and stores at priority -1 or -2 ignore bus faults (DDI 0403 B3.2.8; PM0253
 * 4.3.7). They set BFSR and BFAR all the same; a load gets 0, which the manuals leave open. */
static __attribute__((noinline)) bool ignores_bus_faults_here(struct cpu *c)
{
    bool system_ran = c->meter->system_ran;
    bool primask_ran = c->meter->primask_ran;
    cpu_read_masks(c);
    c->meter->system_ran = system_ran; /* the running block's CPS is still to come */
    c->meter->primask_ran = primask_ran;
    return nvic_is_negative(&c->nvic, &c->masks);
}

static inline bool ignores_bus_faults(struct cpu *c)
{
    return (c->scb.ccr & CCR_BFHFNMIGN) != 0 && ignores_bus_faults_here(c);
}

/* What the bus would refuse goes to a page where every access fails, so that it can be ignored. */
static bool send_nowhere(struct cpu *c, uint32_t page, unsigned wanted, struct engine_page *out)
{
    bool protects = (c->mpu.ctrl & 1u) != 0 && (allowed_by_mpu(c, page) & wanted) == 0;
    bool buffered = wanted == ENGINE_MAY_WRITE && cpu_buffers_store(c, page);
    if (protects || (!buffered && !ignores_bus_faults(c))) {
        return false;
    }
    page &= ~(ENGINE_PAGE_SIZE - 1u);
    if (c->nowhere_stands_for != page) {
        engine_flush_pages(c->engine);
    }
    c->nowhere_stands_for = page;
    *out = (struct engine_page){c->nowhere, wanted};
    return true;
}

static bool on_page(void *ctx, uint32_t address, enum engine_access access, struct engine_page *out)
{
    static const unsigned wanted[] = {ENGINE_MAY_READ, ENGINE_MAY_WRITE, ENGINE_MAY_EXECUTE};
    struct cpu *c = ctx;
    const uint32_t page = address & ~(ENGINE_PAGE_SIZE - 1u);
    const struct cpu_page *known = cpu_bus_page(c, page);
    if (access == ENGINE_FETCH && known->region == NULL) {
        known = cpu_external_fetch(c, known, address);
    }
    const struct cpu_region *r = known->region;
    out->physical = page;
    out->may = 0;
    if (r != NULL) {
        out->may = memory_page(c, known, access, &out->physical);
    } else if (page - PPB < PPB_SIZE) {
        out->may = cpu_is_privileged(c) ? ENGINE_MAY_READ | ENGINE_MAY_WRITE : 0;
    } else if (known->peripheral || external_is(page)) {
        out->may = ENGINE_MAY_READ | ENGINE_MAY_WRITE;
    }
    const bool device = page - EXTERNAL_DEVICES < EXTERNAL_DEVICES_SIZE;
    if (((c->mpu.ctrl & 1u) != 0 || device) && !c->forgetting) {
        out->may &= allowed_by_mpu(c, address);
    }
    if (c->exact) {
        const uint32_t real = c->debug.watch_count != 0 ? known->physical : out->physical;
        out->may |= cpu_page_is_special(c, known, address, access, real);
    }
    if (c->chip->power.run_star && r != NULL) {
        cpu_watch_run_star(c, r, page, access, out);
    }
    if (c->loop.recording) {
        if (access == ENGINE_WRITE && r != NULL) { /* registers tell by themselves: end_access */
            cpu_loop_record(c, page);
        } else if (access != ENGINE_WRITE) {
            out->may &= ~(unsigned)ENGINE_MAY_WRITE; /* so that the first store asks again */
        }
    }
    return (out->may & wanted[access]) != 0 ||
           (access != ENGINE_FETCH && send_nowhere(c, address, wanted[access], out));
}

/* ---- accesses ---- */

#define IN_LINE static inline __attribute__((always_inline))

static __attribute__((noinline)) void find_in_block(struct cpu *c, uint32_t address, unsigned size,
                                                    bool write)
{
    cpu_access_locate(c, address, size, write);
    c->access.to_come = c->meter->block->count - c->access.index;
    c->chip->access.pc += c->access.offset;
}

/* The moment and the place of the access, for the models and for findings. */
IN_LINE void begin_access(struct cpu *c, uint32_t address, unsigned size, bool write)
{
    struct chip *chip = c->chip;
    chip->access.pc = engine_access_pc(c->engine);
    c->access.to_come = 1;
    if (!c->exact) {
        find_in_block(c, address, size, write);
    }
    chip->sched.now = cpu_time_at(c, cpu_cycles_done(c) - c->access.to_come);
    chip->access.master = c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4;
    chip->access.address = address;
    chip->access.value = 0;
    chip->access.lanes = write ? ~0u : 0;
    chip->access.bus_fault = false;
    chip->access.forgiven = ignores_bus_faults(c);
    chip->access.steady = false;
}

/* The instruction is executed again when the memory is ready. Within an IT block that cannot be: there
 * the read gets nothing. */
static void refuse_to_wait(struct cpu *c)
{
    if (!c->exact && cpu_access_in_it_block(c, c->chip->access.pc)) {
        c->stall_until = 0;
    } else {
        engine_refuse(c->engine, c->chip->access.pc, ENGINE_READ);
    }
}

static void fault(struct cpu *c, bool write)
{
    struct access *a = &c->chip->access;
    c->fault_address = a->address;
    c->fault_pc = a->pc;
    if (a->forgiven) {
        a->bus_fault = false;
        c->scb.cfsr |= CFSR_PRECISERR | CFSR_BFARVALID;
        c->scb.bfar = a->address;
    } else if ((write && cpu_buffers_store(c, a->address)) ||
               (!c->exact && cpu_access_in_it_block(c, a->pc))) {
        c->fault_late = true;
        c->meter->observe |= ENGINE_OBSERVE_STOP;
    } else {
        engine_refuse(c->engine, a->pc, write ? ENGINE_WRITE : ENGINE_READ);
    }
}

/* What seldom follows an access: the turn is cut, the memory is busy, the bus refuses. */
static __attribute__((noinline)) void follow_up(struct cpu *c, bool write)
{
    if (c->chip->cores.turn_cut) {
        c->turn_over = true;
        c->meter->observe |= ENGINE_OBSERVE_STOP;
    }
    if (c->stall_until != 0) {
        refuse_to_wait(c);
        return;
    }
    if (c->chip->access.bus_fault) {
        fault(c, write);
    }
    c->chip->access.forgiven = false; /* a debugger may be next */
}

IN_LINE void end_access(struct cpu *c, uint32_t address, unsigned size, bool write)
{
    const struct chip *chip = c->chip;
    if (!chip->access.steady) {
        c->loop.disturbed = true;
    }
    c->access.to_come = 0;
    c->register_accesses++;
    if (c->debug.watch_count == 0 || !cpu_debug_accessed(c, address, size, write)) {
        cpu_time_charge(c, c->config.mmio_cycles);
    }
    if (chip->cores.turn_cut || c->stall_until != 0 || chip->access.bus_fault ||
        chip->access.forgiven) {
        follow_up(c, write);
    }
}

static void report_unclocked(struct cpu *c, const struct gate *gate, uint32_t address)
{
    chip_report(c->chip, FOUND_MEMORY_UNCLOCKED, address,
                &(struct finding_data){.enr = gate->enr, .enr_bit = gate->bit});
}

static uint64_t window_read(struct cpu *c, uint32_t physical, unsigned size)
{
    const struct cpu_region *r = region_of_window(c, physical);
    const struct mem_region *m = r->region;
    uint32_t address = m->base + (physical - r->window);
    uint64_t value = 0;
    c->chip->access.address = address;
    if (m->gate != NULL && !m->gate->any) {
        report_unclocked(c, m->gate, address);
        return 0;
    }
    c->stall_until = busy_until(m);
    if (c->stall_until != 0) {
        return 0;
    }
    if (m->read_faults != NULL && m->guarded && m->read_faults(m->ctx, address, size)) {
        c->chip->access.bus_fault = true;
        return 0;
    }
    memcpy(&value, m->host + (address - m->base), size);
    return value;
}

static void window_write(struct cpu *c, uint32_t physical, unsigned size, uint64_t value)
{
    const struct cpu_region *r = region_of_window(c, physical);
    const struct mem_region *m = r->region;
    uint32_t address = m->base + (physical - r->window);
    c->chip->access.address = address;
    if (m->gate != NULL && !m->gate->any) {
        report_unclocked(c, m->gate, address);
    } else if (m->writable) {
        cpu_caches_store_to_code(c, address, size);
        memcpy(m->host + (address - m->base), &value, size);
        chip_code_changed(c->chip, address, size);
    } else if (m->write != NULL) {
        m->write(m->ctx, address, size, value);
    } else {
        c->chip->access.bus_fault = true;
    }
}

static bool is_nowhere(const struct cpu *c, uint32_t physical)
{
    return physical - c->nowhere < ENGINE_PAGE_SIZE;
}

static uint32_t address_of(struct cpu *c, uint32_t physical)
{
    if (physical < WINDOWS || external_is(physical)) {
        return physical;
    }
    if (is_nowhere(c, physical)) {
        return c->nowhere_stands_for + (physical - c->nowhere);
    }
    if (physical - WINDOWS < PPB - WINDOWS) {
        const struct cpu_region *r = region_of_window(c, physical);
        return r->region->base + (physical - r->window);
    }
    return physical;
}

/* The page may still be there when faults are no longer ignored. */
static void refuse_nowhere(struct cpu *c)
{
    struct access *a = &c->chip->access;
    a->bus_fault = true;
    if (!a->forgiven) {
        chip_report(c->chip, FOUND_NOTHING_THERE, a->address, NULL);
    }
}

/* ---- what the engine asks ---- */

static uint64_t read_beyond(struct cpu *c, uint32_t physical, unsigned size)
{
    if (physical >= PPB) {
        return cpu_ppb_read(c, physical, size);
    }
    if (external_is(physical)) {
        return external_read(c->chip, physical, size);
    }
    if (is_nowhere(c, physical)) {
        refuse_nowhere(c);
        return 0;
    }
    return window_read(c, physical, size);
}

static uint64_t on_read(void *ctx, uint32_t physical, unsigned size)
{
    struct cpu *c = ctx;
    uint64_t value;
    const uint32_t address = address_of(c, physical);
    begin_access(c, address, size, false);
    if (physical >= BEYOND) {
        value = read_beyond(c, physical, size);
    } else if (is_bit_alias(c, physical)) {
        value = bit_band_read(c->chip, physical, size);
    } else {
        value = chip_mmio_read(c->chip, physical, size);
    }
    if (c->chip->access.bus_fault) {
        value = 0;
    }
    end_access(c, address, size, false);
    return value;
}

static void write_beyond(struct cpu *c, uint32_t physical, unsigned size, uint64_t value)
{
    if (physical >= PPB) {
        cpu_ppb_write(c, physical, size, (uint32_t)value);
    } else if (external_is(physical)) {
        external_write(c->chip, physical, size, value);
    } else if (is_nowhere(c, physical)) {
        refuse_nowhere(c);
    } else {
        window_write(c, physical, size, value);
    }
}

static void on_write(void *ctx, uint32_t physical, unsigned size, uint64_t value)
{
    struct cpu *c = ctx;
    const uint32_t address = address_of(c, physical);
    begin_access(c, address, size, true);
    if (physical >= BEYOND) {
        write_beyond(c, physical, size, value);
    } else if (is_bit_alias(c, physical)) {
        bit_band_write(c->chip, physical, size, (uint32_t)value);
    } else {
        chip_mmio_write(c->chip, physical, size, (uint32_t)value);
    }
    end_access(c, address, size, true);
}

static const uint8_t *on_code(void *ctx, uint32_t address, uint32_t size)
{
    struct cpu *c = ctx;
    const struct chip_watch *watch = c->chip->bus.watch;
    if (watch != NULL && watch->code != NULL) {
        watch->code(watch->ctx, c->core, address);
    }
    cpu_caches_fetch(c, address, size);
    return cpu_bus_host(c, address, size);
}

static bool on_refill(void *ctx, uint32_t address)
{
    (void)address;
    return cpu_run_refill(ctx);
}

static void on_block(void *ctx, const struct engine_block *block)
{
    cpu_loop_block(ctx, block);
}

static void on_sev(void *ctx)
{
    struct cpu *c = ctx;
    c->loop.disturbed = true;
    c->meter->asks_below = INT64_MAX;
    c->chip->sched.now = cpu_time(c);
    c->machine.sev(c->machine.ctx, c->core);
}

const struct engine_ops cpu_engine_ops = {.page = on_page,
                                          .read = on_read,
                                          .write = on_write,
                                          .code = on_code,
                                          .refill = on_refill,
                                          .block = on_block,
                                          .sev = on_sev,
                                          .jumped = cpu_on_jump,
                                          .turn = cpu_on_turn,
                                          .is_device = cpu_on_is_device,
                                          .use_fp = cpu_on_use_fp,
                                          .unpredictable = cpu_on_unpredictable};
