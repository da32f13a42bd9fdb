/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/chip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PORTS 11u
#define PORT_PINS 16u
#define DBGMCU_APBD 0xE00E1000u
#define DBGMCU_BASE 0x5C001000u
#define DBGMCU_SPAN 0x1000u

/* ---- findings ---- */

void chip_report(struct chip *c, enum finding_code code, uint32_t address,
                 const struct finding_data *data)
{
    const struct finding f = {.code = code,
                              .master = c->access.master,
                              .pc = c->access.pc,
                              .address = address,
                              .accessed = c->access.address,
                              .value = c->access.value,
                              .write = c->access.lanes != 0,
                              .data = data != NULL ? *data : (struct finding_data){0},
                              .first_at = c->sched.now};
    findings_add(&c->findings, &f);
}

/* ---- address map ---- */

struct periph *chip_periph(struct chip *c, const char *name)
{
    for (size_t i = 0; i < c->periph_count; i++) {
        if (strcmp(c->periphs[i]->name, name) == 0) {
            return c->periphs[i];
        }
    }
    return NULL;
}

/* Binary search in the list sorted by base. */
static struct periph *find_periph(struct chip *c, uint32_t address)
{
    size_t low = 0;
    size_t high = c->periph_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        struct periph *p = c->periphs[middle];
        if (address < p->base) {
            high = middle;
        } else if (address - p->base >= p->model->span) {
            low = middle + 1;
        } else {
            return p;
        }
    }
    return NULL;
}

/* The same few are accessed again and again. */
static struct periph *periph_at(struct chip *c, uint32_t address)
{
    struct periph **recent = &c->recent[(address >> 10) % CHIP_RECENT];
    if (*recent == NULL || address - (*recent)->base >= (*recent)->model->span) {
        *recent = find_periph(c, address);
    }
    return *recent;
}

int chip_add_region(struct chip *c, const struct mem_region *r)
{
    struct mem_region *list = realloc(c->regions, (c->region_count + 1) * sizeof(*list));
    if (list == NULL) {
        return -1;
    }
    c->regions = list;
    c->regions[c->region_count++] = *r;
    return 0;
}

struct mem_region *chip_region(struct chip *c, uint32_t address, enum master master)
{
    for (size_t i = 0; i < c->region_count; i++) {
        struct mem_region *r = &c->regions[i];
        bool visible = master == MASTER_DEBUG || (r->masters & (1u << master)) != 0;
        if (visible && address >= r->base && address - r->base < r->size) {
            return r;
        }
    }
    return NULL;
}

/* ---- register accesses ---- */

static bool watched(const struct chip *c)
{
    return c->watch != NULL && c->access.master != MASTER_DEBUG;
}

/* Nothing modelled there: either a part of the chip we leave out, or nothing at all. */
static uint32_t access_hole(struct chip *c, uint32_t address)
{
    for (const struct chip_unmodelled *b = c->unmodelled; b != NULL && b->name != NULL; b++) {
        if (address >= b->base && address - b->base < b->size) {
            chip_report(c, FOUND_UNMODELLED_PERIPHERAL, address, NULL);
            bool asked = c->access.lanes == 0 && watched(c) && c->watch->unmodelled != NULL;
            c->access.steady = !asked;
            return asked ? c->watch->unmodelled(c->watch->ctx, address) : 0;
        }
    }
    c->access.bus_fault = true;
    if (!c->access.forgiven) {
        chip_report(c, FOUND_NOTHING_THERE, address, NULL);
    }
    return 0;
}

static void show(struct chip *c, uint32_t address, unsigned size, bool write, uint32_t value)
{
    if (watched(c) && c->watch->access != NULL) {
        c->watch->access(c->watch->ctx, address, size, write, value);
    }
}

/* A debugger's access port on APB-D sees DBGMCU at another address than the cores (RM0399 63.5.8). */
static uint32_t seen_from(const struct chip *c, uint32_t address)
{
    bool debug_bus = c->access.master == MASTER_DEBUG && address - DBGMCU_APBD < DBGMCU_SPAN;
    return debug_bus ? address - DBGMCU_APBD + DBGMCU_BASE : address;
}

uint32_t chip_mmio_read(struct chip *c, uint32_t address, unsigned size)
{
    address = seen_from(c, address);
    c->access.address = address;
    c->access.lanes = 0;
    c->access.value = 0;
    c->access.steady = false;
    struct periph *p = periph_at(c, address);
    uint32_t value = p == NULL ? access_hole(c, address) : periph_read(p, address - p->base, size);
    show(c, address, size, false, value);
    return value;
}

void chip_mmio_write(struct chip *c, uint32_t address, unsigned size, uint32_t value)
{
    address = seen_from(c, address);
    c->access.address = address;
    c->access.lanes = ~0u;
    c->access.value = value;
    show(c, address, size, true, value);
    struct periph *p = periph_at(c, address);
    if (p == NULL) {
        access_hole(c, address);
    } else {
        periph_write(p, address - p->base, size, value);
    }
}

/* ---- clock gates ---- */

struct gate *chip_gate(struct chip *c, uint16_t enr, unsigned bit)
{
    char name[24];
    snprintf(name, sizeof(name), "RCC+0x%03X bit %u", enr, bit);
    for (size_t i = 0; i < c->gate_count; i++) {
        if (c->gates[i].enr == enr && c->gates[i].bit == bit) {
            return &c->gates[i];
        }
    }
    if (c->gate_count == sizeof(c->gates) / sizeof(c->gates[0])) {
        abort();
    }
    struct gate *g = &c->gates[c->gate_count++];
    g->enr = enr;
    g->bit = (uint8_t)bit;
    memcpy(g->name, name, sizeof(g->name));
    return g;
}

void chip_gate_update(struct chip *c, struct gate *g, bool cm7, bool cm4)
{
    bool was = g->any;
    (void)c;
    g->on[CORE_CM7] = cm7;
    g->on[CORE_CM4] = cm4;
    g->any = cm7 || cm4;
    if (was == g->any) {
        return;
    }
    for (struct periph *p = g->users; p != NULL; p = p->next_user) {
        p->model->gated(p, g->any);
    }
}

/* ---- pins ---- */

struct signal *chip_pin(struct chip *c, char port, unsigned number)
{
    return &c->pins[port - 'A'][number];
}

struct pinfunc *chip_pinfunc(struct chip *c, const char *name)
{
    for (size_t i = 0; i < c->pinfunc_count; i++) {
        if (strcmp(c->pinfuncs[i]->name, name) == 0) {
            return c->pinfuncs[i];
        }
    }
    struct pinfunc *f = calloc(1, sizeof(*f));
    if (f == NULL || c->pinfunc_count == sizeof(c->pinfuncs) / sizeof(c->pinfuncs[0])) {
        abort();
    }
    snprintf(f->name, sizeof(f->name), "%s", name);
    c->pinfuncs[c->pinfunc_count++] = f;
    return f;
}

void pinfunc_drive(struct pinfunc *f, enum drive drive, vtime_ps now)
{
    f->wanted = drive;
    if (f->pin != NULL) {
        signal_drive(&f->out, drive, now);
    }
}

bool pinfunc_is_high(const struct pinfunc *f)
{
    return f->pin != NULL && signal_is_high(f->pin);
}

static struct pinfunc **af_of(struct chip *c, const struct signal *pin)
{
    size_t index = (size_t)(pin - &c->pins[0][0]);
    return &c->pin_af[index / PORT_PINS][index % PORT_PINS];
}

static void unroute(struct chip *c, struct pinfunc *f, vtime_ps now)
{
    *af_of(c, f->pin) = NULL;
    f->pin = NULL;
    signal_detach(&f->out, now);
    if (f->routed != NULL) {
        f->routed(f->ctx, false, now);
    }
}

void chip_route(struct chip *c, struct pinfunc *f, struct signal *pin, vtime_ps now)
{
    if (f->pin == pin) {
        return;
    }
    if (f->pin != NULL) {
        unroute(c, f, now);
    }
    if (pin == NULL) {
        return;
    }
    if (*af_of(c, pin) != NULL) {
        unroute(c, *af_of(c, pin), now);
    }
    *af_of(c, pin) = f;
    f->pin = pin;
    signal_attach(pin, &f->out);
    signal_drive(&f->out, f->wanted, now);
    if (f->routed != NULL) {
        f->routed(f->ctx, true, now);
    }
    if (f->changed != NULL) {
        f->changed(f->ctx, signal_is_high(pin), now);
    }
}

static void pin_changed(void *ctx, struct signal *s, vtime_ps now)
{
    struct pinfunc *f = *af_of(ctx, s);
    if (f != NULL && f->changed != NULL) {
        f->changed(f->ctx, signal_is_high(s), now);
    }
}

static void pin_symbol(void *ctx, struct signal *s, const struct symbol *sym)
{
    struct pinfunc *f = *af_of(ctx, s);
    if (f != NULL && f->symbol != NULL) {
        f->symbol(f->ctx, sym);
    }
}

static void setup_pins(struct chip *c)
{
    for (unsigned port = 0; port < PORTS; port++) {
        for (unsigned n = 0; n < PORT_PINS; n++) {
            snprintf(c->pin_names[port][n], sizeof(c->pin_names[port][n]), "P%c%u",
                     (char)('A' + port), n);
            signal_init(&c->pins[port][n], c->pin_names[port][n]);
            struct signal_listener *l = &c->pin_listeners[port][n];
            l->changed = pin_changed;
            l->symbol = pin_symbol;
            l->ctx = c;
            signal_listen(&c->pins[port][n], l);
        }
    }
}

/* ---- cores ---- */

void chip_cut_turn(struct chip *c)
{
    c->turn_cut = true;
}

void chip_cpu_event(struct chip *c, enum core core)
{
    if (c->cpu[core] != NULL) {
        c->core_ops->event(c->cpu[core]);
    }
}

void chip_code_changed(struct chip *c, uint32_t address, uint32_t size)
{
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        if (c->cpu[core] != NULL) {
            c->core_ops->code_changed(c->cpu[core], address, size);
        }
    }
}

void chip_listen_cores(struct chip *c, struct core_listener *l)
{
    l->next = c->core_listeners;
    c->core_listeners = l;
}

void chip_core_sleeps(struct chip *c, enum core core, enum core_sleep state)
{
    if (c->sleep[core] == state) {
        return;
    }
    c->sleep[core] = state;
    for (struct core_listener *l = c->core_listeners; l != NULL; l = l->next) {
        if (l->sleep != NULL) {
            l->sleep(l->ctx, core, state, c->sched.now);
        }
    }
}

void chip_core_halted(struct chip *c, enum core core, bool halted)
{
    if (c->halted[core] == halted) {
        return;
    }
    c->halted[core] = halted;
    for (struct core_listener *l = c->core_listeners; l != NULL; l = l->next) {
        if (l->halted != NULL) {
            l->halted(l->ctx, core, halted, c->sched.now);
        }
    }
}

/* A core released for the first time since reset starts at its boot address (RM0399 9.5.11). */
void chip_hold_core(struct chip *c, enum core core, bool held)
{
    if (!held && (!c->powered || c->vcore_lost || c->nrst_low)) {
        return;
    }
    if (c->resetting) {
        c->starts[core] = !held;
        return;
    }
    if (c->held[core] == held || c->taken[core]) {
        return;
    }
    c->held[core] = held;
    chip_cut_turn(c);
    if (!held && !c->started[core] && c->cpu[core] != NULL) {
        c->started[core] = true;
        if (c->rom != NULL && c->rom->takes(c->rom->ctx, core, c->boot_address[core])) {
            c->taken[core] = c->held[core] = true;
            return;
        }
        c->core_ops->reset(c->cpu[core], c->boot_address[core]);
    }
}

void chip_start_core(struct chip *c, enum core core, uint32_t vector_table)
{
    c->taken[core] = c->held[core] = false;
    chip_cut_turn(c);
    c->core_ops->reset(c->cpu[core], vector_table);
}

/* ---- power and reset ---- */

/* All at once, as far as a core can tell: no line of one that comes later in the table may still be
 * high when a core starts, or it would be pending there. */
static void reset_periphs(struct chip *c, enum reset_kind kind)
{
    c->resetting = true;
    for (size_t i = 0; i < c->periph_count; i++) {
        c->periphs[i]->held_in_reset = false;
        periph_reset(c->periphs[i], kind);
    }
    c->resetting = false;
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        if (c->starts[core]) {
            c->starts[core] = false;
            chip_hold_core(c, (enum core)core, false);
        }
    }
}

static void reset_all(struct chip *c, enum reset_kind kind)
{
    uint32_t sources = c->reset_pending;
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        c->sleep[core] = CORE_AWAKE;
        c->started[core] = false;
        c->held[core] = true;
        c->taken[core] = false;
    }
    if (c->rom != NULL) {
        c->rom->lost(c->rom->ctx);
    }
    c->access = (struct access){.master = MASTER_DEBUG};
    reset_periphs(c, kind);
    c->reset_pending = 0;
    chip_cut_turn(c);
    if (c->on_reset != NULL && sources != 0) {
        c->on_reset(c->on_reset_ctx, sources, c->sched.now);
    }
}

static void run_reset(void *ctx, vtime_ps now)
{
    struct chip *c = ctx;
    (void)now;
    if (c->powered && !c->vcore_lost) {
        reset_all(c, RESET_SYSTEM);
    }
}

void chip_request_reset(struct chip *c, enum reset_source source)
{
    c->reset_pending |= 1u << source;
    if (!event_queued(&c->reset_event)) {
        sched_at(&c->sched, &c->reset_event, c->sched.now);
    }
    chip_cut_turn(c);
}

void chip_nrst(struct chip *c, bool low)
{
    if (c->nrst_low == low) {
        return;
    }
    c->nrst_low = low;
    if (c->powered && !c->vcore_lost) {
        c->reset_pending |= 1u << RESET_SRC_PIN;
        reset_all(c, RESET_SYSTEM);
    }
}

void chip_lose_vcore(struct chip *c)
{
    c->vcore_lost = true;
    sched_cancel(&c->sched, &c->reset_event);
    c->reset_pending = 0;
    reset_all(c, RESET_SYSTEM);
}

void chip_power(struct chip *c, bool on)
{
    if (on == c->powered) {
        return;
    }
    c->powered = on;
    c->vcore_lost = false;
    sched_cancel(&c->sched, &c->reset_event);
    c->reset_pending = on ? 1u << RESET_SRC_POR : 0;
    reset_all(c, RESET_POWER_ON);
}

/* ---- life ---- */

static int by_base(const void *a, const void *b)
{
    const struct periph *const *pa = a;
    const struct periph *const *pb = b;
    return (*pa)->base < (*pb)->base ? -1 : (*pa)->base > (*pb)->base;
}

static void connect_irqs(struct chip *c, struct periph *p)
{
    const size_t rows = sizeof(p->entry->irq) / sizeof(p->entry->irq[0]);
    for (size_t i = 0; i < rows && p->entry->irq[i].cores != 0; i++) {
        for (unsigned core = 0; core < CORE_COUNT; core++) {
            if ((p->entry->irq[i].cores & (1u << core)) != 0) {
                irq_connect(&p->irq[p->entry->irq[i].line], &c->nvic[core],
                            p->entry->irq[i].number);
            }
        }
    }
}

int chip_setup(struct chip *c, const struct chip_params *params)
{
    memset(c, 0, sizeof(*c));
    c->params = *params;
    sched_init(&c->sched);
    findings_init(&c->findings);
    for (unsigned i = 0; i < CLK_COUNT; i++) {
        c->clocks[i].name = clock_id_name((enum clock_id)i);
    }
    setup_pins(c);
    event_init(&c->reset_event, run_reset, c);
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        c->held[core] = true;
    }
    return 0;
}

/* For chip_gate_update, in the order of their addresses. */
static void connect_gates(struct chip *c)
{
    for (size_t i = c->periph_count; i-- > 0;) {
        struct periph *p = c->periphs[i];
        if (p->gate != NULL && p->model->gated != NULL) {
            p->next_user = p->gate->users;
            p->gate->users = p;
        }
    }
}

int chip_populate(struct chip *c, const struct chip_entry *table)
{
    size_t count = 0;
    while (table[count].name != NULL) {
        count++;
    }
    c->periphs = calloc(count, sizeof(struct periph *));
    if (c->periphs == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        struct periph *p = periph_create(c, &table[i]);
        if (p == NULL) {
            return -1;
        }
        c->periphs[c->periph_count++] = p;
        connect_irqs(c, p);
    }
    qsort(c->periphs, c->periph_count, sizeof(struct periph *), by_base);
    connect_gates(c);
    for (size_t i = 0; i < c->periph_count; i++) {
        if (c->periphs[i]->model->connect != NULL) {
            c->periphs[i]->model->connect(c->periphs[i]);
        }
    }
    return 0;
}

void chip_teardown(struct chip *c)
{
    sched_clear(&c->sched);
    for (size_t i = 0; i < c->periph_count; i++) {
        periph_destroy(c->periphs[i]);
    }
    for (size_t i = 0; i < c->pinfunc_count; i++) {
        free(c->pinfuncs[i]);
    }
    free(c->periphs);
    free(c->regions);
    findings_destroy(&c->findings);
    sched_destroy(&c->sched);
}
