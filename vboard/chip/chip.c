/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/chip.h"

#include <stdio.h>
#include <string.h>

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

/* ---- life ---- */

int chip_setup(struct chip *c, const struct chip_params *params)
{
    memset(c, 0, sizeof(*c));
    c->params = *params;
    sched_init(&c->sched);
    findings_init(&c->findings);
    for (unsigned i = 0; i < CLK_COUNT; i++) {
        c->clocks[i].name = clock_id_name((enum clock_id)i);
    }
    c->analog.vref_outside_mv = VDDA_MV;
    power_init(&c->power);
    option_bytes_init(&c->options, params->optsr, params->boot7, params->boot4);
    pins_init(c);
    dma_init(c);
    external_init(c);
    resets_init(c);
    cores_reset(&c->cores);
    return 0;
}

/* To the cores and to EXTI. */
static void connect_irqs(struct chip *c, struct periph *p)
{
    const struct chip_entry *e = p->entry;
    for (size_t i = 0; i < sizeof(e->irq) / sizeof(e->irq[0]) && e->irq[i].cores != 0; i++) {
        for (unsigned core = 0; core < CORE_COUNT; core++) {
            if (e->irq[i].line != ENTRY_NO_LINE && (e->irq[i].cores & (1u << core)) != 0) {
                irq_connect(&p->irq[e->irq[i].line], &c->cores.nvic[core], e->irq[i].number);
            }
        }
    }
    for (size_t i = 0; i < sizeof(e->exti) / sizeof(e->exti[0]) && e->exti[i].input != 0; i++) {
        if (e->exti[i].line != ENTRY_NO_LINE) {
            irq_connect(&p->irq[e->exti[i].line], &c->exti, e->exti[i].input);
        }
    }
}

int chip_populate(struct chip *c, const struct chip_entry *table)
{
    if (bus_populate(c, table) != 0) {
        return -1;
    }
    for (size_t i = 0; i < c->bus.periph_count; i++) {
        connect_irqs(c, c->bus.periphs[i]);
    }
    for (size_t i = 0; i < c->bus.periph_count; i++) {
        if (c->bus.periphs[i]->model->connect != NULL) {
            c->bus.periphs[i]->model->connect(c->bus.periphs[i]);
        }
    }
    return 0;
}

void chip_teardown(struct chip *c)
{
    sched_clear(&c->sched);
    bus_destroy(c);
    external_destroy(c);
    pins_destroy(c);
    wires_destroy(&c->wires);
    findings_destroy(&c->findings);
    sched_destroy(&c->sched);
}
