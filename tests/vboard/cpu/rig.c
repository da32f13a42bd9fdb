/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/cpu/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vboard/cpu/engine.h"

#define FLASH_SIZE 0x200000u
#define DTCM_SIZE 0x20000u
#define ITCM_SIZE 0x10000u
#define AXI_SIZE 0x80000u
#define SRAM1_SIZE 0x20000u
#define SRAM4_SIZE 0x10000u
#define SPECIAL_SIZE 0x1000u
#define LINES 32u

struct device {
    struct periph base;
    struct event alarm;
};

enum {
    R_LOG,
    R_TIME,
    R_SET,
    R_CLEAR,
    R_ALARM,
    R_CLOCK,
    R_FAIL,
    R_PULSE,
    R_EVENT,
    R_LINE8,
    R_PLAIN,
    R_COUNT
};

static struct rig *the_rig(struct periph *p)
{
    return (struct rig *)p->entry->param;
}

static enum core accessing(const struct periph *p)
{
    return p->chip->access.master == MASTER_CM4 ? CORE_CM4 : CORE_CM7;
}

static void log_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rig *r = the_rig(p);
    (void)slot;
    (void)old;
    if (r->note_count < RIG_MAX_LOG) {
        r->notes[r->note_count++] =
            (struct rig_note){accessing(p), p->chip->sched.now, written, p->chip->access.pc};
    }
}

static uint32_t time_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    (void)value;
    return (uint32_t)(p->chip->sched.now / 1000);
}

static uint32_t line8_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    (void)value;
    return p->irq[8].level;
}

static void line_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    unsigned n = written % LINES;
    irq_set(&p->irq[n], slot != R_CLEAR);
    if (slot == R_PULSE) {
        irq_set(&p->irq[n], false);
    }
}

static void alarm_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct device *d = (struct device *)p;
    (void)slot;
    (void)old;
    sched_at(&p->chip->sched, &d->alarm, p->chip->sched.now + VTIME_NS(written));
}

static void alarm_rings(void *ctx, vtime_ps now)
{
    struct periph *p = ctx;
    (void)now;
    irq_set(&p->irq[8], true);
}

static void clock_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    unsigned id = accessing(p) == CORE_CM7 ? CLK_CPU1 : CLK_CPU2;
    (void)slot;
    (void)old;
    clock_set(&p->chip->clocks[id], CLOCK_UHZ(written), p->chip->sched.now);
}

static uint32_t fail_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    p->chip->access.bus_fault = true;
    return value;
}

static void fail_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    p->chip->access.bus_fault = true;
}

static void event_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    chip_cpu_event(p->chip, written == 0 ? CORE_CM7 : CORE_CM4);
}

static const struct reg device_regs[R_COUNT] = {
    [R_LOG] = {.offset = 0x00, .name = "LOG", .wo = ~0u, .write = log_write},
    [R_TIME] = {.offset = 0x04, .name = "TIME", .ro = ~0u, .read = time_read},
    [R_SET] = {.offset = 0x08, .name = "SET", .wo = ~0u, .write = line_write},
    [R_CLEAR] = {.offset = 0x0C, .name = "CLEAR", .wo = ~0u, .write = line_write},
    [R_ALARM] = {.offset = 0x10, .name = "ALARM", .wo = ~0u, .write = alarm_write},
    [R_CLOCK] = {.offset = 0x14, .name = "CLOCK", .wo = ~0u, .write = clock_write},
    [R_FAIL] = {.offset = 0x18, .name = "FAIL", .rw = ~0u, .read = fail_read, .write = fail_write},
    [R_PULSE] = {.offset = 0x1C, .name = "PULSE", .wo = ~0u, .write = line_write},
    [R_EVENT] = {.offset = 0x20, .name = "EVENT", .wo = ~0u, .write = event_write},
    [R_LINE8] = {.offset = 0x24, .name = "LINE8", .ro = ~0u, .read = line8_read},
    [R_PLAIN] = {.offset = 0x28, .name = "PLAIN", .rw = ~0u},
};

static int device_init(struct periph *p)
{
    event_init(&((struct device *)p)->alarm, alarm_rings, p);
    return 0;
}

static const char *const line_names[LINES + 1] = {
    "0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10", "11", "12", "13", "14", "15",
    "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31"};

static const struct model device_model = {.kind = "test device",
                                          .size = sizeof(struct device),
                                          .regs = device_regs,
                                          .slot_count = R_COUNT,
                                          .span = 0x400,
                                          .irq_names = line_names,
                                          .init = device_init};

static uint8_t *add_region(struct rig *r, const char *name, uint32_t base, uint32_t size,
                           uint8_t *host, bool writable, uint8_t masters)
{
    struct mem_region m = {.name = name,
                           .base = base,
                           .size = size,
                           .host = host != NULL ? host : calloc(1, size),
                           .executable = true,
                           .writable = writable,
                           .masters = masters};
    assert_non_null(m.host);
    assert_int_equal(chip_add_region(&r->chip, &m), 0);
    return m.host;
}

static bool special_faults(void *ctx, uint32_t address, unsigned size)
{
    const struct rig *r = ctx;
    (void)size;
    return address == r->bad_address;
}

static void special_write(void *ctx, uint32_t address, unsigned size, uint64_t value)
{
    struct rig *r = ctx;
    r->hook_address = address;
    r->hook_size = size;
    r->hook_value = value;
    r->hook_count++;
}

static void add_special(struct rig *r)
{
    r->special = add_region(r, "special", RIG_SPECIAL, SPECIAL_SIZE, NULL, true, 3);
    struct mem_region *m = rig_special(r);
    r->gate.any = true;
    m->gate = &r->gate;
    m->read_faults = special_faults;
    m->write = special_write;
    m->ctx = r;
}

struct mem_region *rig_special(struct rig *r)
{
    return chip_region(&r->chip, RIG_SPECIAL, MASTER_DEBUG);
}

static void load(const char *name, uint8_t *to, size_t size)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s.bin", CPU_PROGRAMS, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fail_msg("%s: no such program", path);
        return;
    }
    size_t n = fread(to, 1, size, f);
    fclose(f);
    assert_true(n > 0);
}

static void add_device(struct rig *r)
{
    struct chip_entry *table = r->table;
    table[0].name = "DEVICE";
    table[0].model = &device_model;
    table[0].base = 0x40000000u;
    table[0].param = (uintptr_t)r;
    for (uint8_t i = 0; i < 24; i++) {
        table[0].irq[i].line = i;
        table[0].irq[i].number = i;
        table[0].irq[i].cores = 3;
    }
    assert_int_equal(chip_populate(&r->chip, table), 0);
    periph_reset(r->chip.bus.periphs[0], RESET_POWER_ON);
}

static void set_clock(struct rig *r, enum clock_id id, enum clock_id reference, uint64_t hz)
{
    clock_set(&r->chip.clocks[id], CLOCK_UHZ(hz), 0);
    clock_set(&r->chip.clocks[reference], CLOCK_UHZ(hz) / 8, 0);
}

bool rig_is_exact(void)
{
    return engine_by_name(getenv("CANDIAL_ENGINE"))->exact;
}

struct rig *rig_create(const struct rig_options *o)
{
    static const struct chip_params params;
    struct rig *r = calloc(1, sizeof(*r));
    assert_non_null(r);
    chip_setup(&r->chip, &params);
    r->flash = add_region(r, "flash", RIG_FLASH_M7, FLASH_SIZE, NULL, false, 3);
    r->itcm = add_region(r, "ITCM", 0, ITCM_SIZE, NULL, true, 1);
    r->dtcm = add_region(r, "DTCM", 0x20000000u, DTCM_SIZE, NULL, true, 1);
    r->axi = add_region(r, "AXI SRAM", 0x24000000u, AXI_SIZE, NULL, true, 3);
    r->sram1 = add_region(r, "SRAM1", 0x30000000u, SRAM1_SIZE, NULL, true, 3);
    add_region(r, "SRAM1 alias", 0x10000000u, SRAM1_SIZE, r->sram1, true, 3);
    r->sram4 = add_region(r, "SRAM4", 0x38000000u, SRAM4_SIZE, NULL, true, 3);
    add_special(r);
    add_device(r);
    set_clock(r, CLK_CPU1, CLK_SYSTICK1, o->m7_hz != 0 ? o->m7_hz : 400000000);
    set_clock(r, CLK_CPU2, CLK_SYSTICK2, o->m4_hz != 0 ? o->m4_hz : 200000000);
    struct machine_config config = {.no_fast_forward = o->no_fast_forward,
                                    .max_slice_ps = o->max_slice_ps,
                                    .cpu = {.engine = getenv("CANDIAL_ENGINE")}};
    r->machine = machine_create(&r->chip, &config);
    assert_non_null(r->machine);
    chip_power(&r->chip, true);
    r->chip.cores.boot_address[CORE_CM7] = RIG_FLASH_M7;
    r->chip.cores.boot_address[CORE_CM4] = RIG_FLASH_M4;
    if (o->m7 != NULL) {
        load(o->m7, r->flash, FLASH_SIZE / 2);
        chip_hold_core(&r->chip, CORE_CM7, false);
    }
    if (o->m4 != NULL) {
        load(o->m4, r->flash + FLASH_SIZE / 2, FLASH_SIZE / 2);
        chip_hold_core(&r->chip, CORE_CM4, false);
    }
    return r;
}

void rig_destroy(struct rig *r)
{
    machine_destroy(r->machine);
    chip_teardown(&r->chip);
    free(r->flash);
    free(r->itcm);
    free(r->dtcm);
    free(r->axi);
    free(r->sram1);
    free(r->sram4);
    free(r->special);
    free(r);
}

void rig_run(struct rig *r, vtime_ps until)
{
    machine_run_until(r->machine, until);
}

struct cpu *rig_cpu(struct rig *r, enum core core)
{
    return machine_cpu(r->machine, core);
}

size_t rig_values(const struct rig *r, enum core core, uint32_t *values, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < r->note_count; i++) {
        if (r->notes[i].core == core && count < max) {
            values[count++] = r->notes[i].value;
        }
    }
    return count;
}

void rig_expect(const struct rig *r, enum core core, const uint32_t *values, size_t count)
{
    static uint32_t got[RIG_MAX_LOG];
    size_t n = rig_values(r, core, got, RIG_MAX_LOG);
    for (size_t i = 0; i < count || i < n; i++) {
        if (i >= n || i >= count || got[i] != values[i]) {
            for (size_t k = 0; k < n && k < 64; k++) {
                print_error("note %zu: 0x%x\n", k, (unsigned)got[k]);
            }
            fail_msg("note %zu differs (%zu noted, %zu expected)", i, n, count);
        }
    }
}

const struct rig_note *rig_find(const struct rig *r, enum core core, uint32_t value)
{
    for (size_t i = 0; i < r->note_count; i++) {
        if (r->notes[i].core == core && r->notes[i].value == value) {
            return &r->notes[i];
        }
    }
    return NULL;
}

size_t rig_findings(const struct rig *r, enum finding_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < r->chip.findings.count; i++) {
        n += r->chip.findings.list[i].kind == kind;
    }
    return n;
}
