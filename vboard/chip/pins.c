/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/pins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vboard/chip/chip.h"

struct signal *chip_pin(struct chip *c, char port, unsigned number)
{
    return &c->pins.pin[port - 'A'][number];
}

/* ---- what the chip offers ---- */

const struct pin_row *pin_row_of(const struct pin_row *rows, char port, unsigned number)
{
    for (const struct pin_row *r = rows; r != NULL && r->port != 0; r++) {
        if (r->port == port && r->number == number) {
            return r;
        }
    }
    return NULL;
}

const char *pin_row_function(const struct pin_row *row, unsigned af)
{
    if (af == AF_EVENTOUT) {
        return "EVENTOUT";
    }
    return row != NULL ? row->af[af] : NULL;
}

const struct chip_entry *pin_function_owner(const struct chip_entry *table,
                                            const struct pin_owner *owners, const char *function)
{
    size_t first = strcspn(function, "_");
    for (const struct chip_entry *e = table; e->name != NULL; e++) {
        if (strlen(e->name) == first && strncmp(e->name, function, first) == 0) {
            return e;
        }
    }
    for (const struct pin_owner *o = owners; o->first != NULL; o++) {
        if (strncmp(o->first, function, strlen(o->first)) == 0) {
            return chip_entry_named(table, o->periph);
        }
    }
    return NULL;
}

/* ---- alternate functions ---- */

struct pinfunc *chip_find_pinfunc(const struct chip *c, const char *name)
{
    for (size_t i = 0; i < c->pins.func_count; i++) {
        if (strcmp(c->pins.funcs[i]->name, name) == 0) {
            return c->pins.funcs[i];
        }
    }
    return NULL;
}

struct pinfunc *chip_pinfunc(struct chip *c, const char *name)
{
    struct chip_pins *p = &c->pins;
    struct pinfunc *known = chip_find_pinfunc(c, name);
    if (known != NULL) {
        return known;
    }
    struct pinfunc *f = calloc(1, sizeof(*f));
    if (f == NULL || p->func_count == sizeof(p->funcs) / sizeof(p->funcs[0])) {
        abort();
    }
    snprintf(f->name, sizeof(f->name), "%s", name);
    p->funcs[p->func_count++] = f;
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
    size_t index = (size_t)(pin - &c->pins.pin[0][0]);
    return &c->pins.af[index / PORT_PINS][index % PORT_PINS];
}

static void unroute(struct chip *c, struct pinfunc *f, vtime_ps now)
{
    signal_settle(f->pin);
    f->pin->late = NULL;
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
    pin->late = f->late;
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

/* ---- what EXTI sees ---- */

/* The multiplexer of SYSCFG_EXTICRx: switching it can make an edge as a pin can. */
static void select_pin(struct chip *c, unsigned number)
{
    char port = c->pins.exti_port[number];
    bool level = port != 0 && ((uint32_t)c->pins.inputs[port - 'A'] >> number & 1u) != 0;
    if (c->exti.set != NULL) {
        c->exti.set(c->exti.ctx, number, level);
    }
    wire_set(c->pins.exti_wire[number], level, c->sched.now);
}

void chip_pin_input(struct chip *c, char port, unsigned number, bool level)
{
    uint16_t *inputs = &c->pins.inputs[port - 'A'];
    *inputs = (uint16_t)((*inputs & ~(1u << number)) | (level ? 1u << number : 0u));
    select_pin(c, number);
}

static void settle_number(struct chip *c, unsigned number)
{
    for (unsigned port = 0; port < PIN_PORTS; port++) {
        signal_settle(&c->pins.pin[port][number]);
    }
}

void chip_exti_port(struct chip *c, unsigned number, char port)
{
    settle_number(c, number);
    c->pins.exti_port[number] = port;
    settle_number(c, number);
    select_pin(c, number);
}

void chip_exti_edges(struct chip *c, uint32_t edges)
{
    uint32_t changed = (c->pins.exti_edges ^ edges) & 0xFFFFu;
    c->pins.exti_edges = (uint16_t)edges;
    for (unsigned number = 0; changed >> number != 0; number++) {
        if ((changed >> number & 1u) != 0) {
            settle_number(c, number);
        }
    }
}

bool chip_pin_is_watched(const struct chip *c, const struct signal *pin)
{
    size_t index = (size_t)(pin - &c->pins.pin[0][0]);
    size_t number = index % PORT_PINS;
    bool by_exti = (c->pins.exti_edges >> number & 1u) != 0 &&
                   c->pins.exti_port[number] == (char)('A' + index / PORT_PINS);
    return by_exti || signal_is_watched(pin);
}

/* ---- life ---- */

void pins_init(struct chip *c)
{
    struct chip_pins *p = &c->pins;
    memset(p->exti_port, 'A', sizeof(p->exti_port));
    for (unsigned n = 0; n < PORT_PINS; n++) {
        char name[8];
        snprintf(name, sizeof(name), "EXTI%u", n);
        p->exti_wire[n] = chip_wire_source(c, name, NULL, NULL);
    }
    for (unsigned port = 0; port < PIN_PORTS; port++) {
        for (unsigned n = 0; n < PORT_PINS; n++) {
            snprintf(p->name[port][n], sizeof(p->name[port][n]), "P%c%u", (char)('A' + port), n);
            signal_init(&p->pin[port][n], p->name[port][n]);
            p->listener[port][n] = (struct signal_listener){
                .changed = pin_changed, .symbol = pin_symbol, .ctx = c, .passive = true};
            signal_listen(&p->pin[port][n], &p->listener[port][n]);
        }
    }
}

void pins_destroy(struct chip *c)
{
    for (size_t i = 0; i < c->pins.func_count; i++) {
        free(c->pins.funcs[i]);
    }
}
