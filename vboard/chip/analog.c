/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/analog.h"

#include "vboard/chip/chip.h"

static void tell(struct chip *c)
{
    for (struct analog_listener *l = c->analog.listeners; l != NULL; l = l->next) {
        l->changed(l->ctx);
    }
}

void chip_analog_set(struct chip *c, char port, unsigned pin, uint32_t uv)
{
    bool *known = &c->analog.known[port - 'A'][pin];
    uint32_t *now = &c->analog.uv[port - 'A'][pin];
    if (!*known || *now != uv) {
        *known = true;
        *now = uv;
        tell(c);
    }
}

void chip_analog_forget(struct chip *c, char port, unsigned pin)
{
    bool *known = &c->analog.known[port - 'A'][pin];
    if (*known) {
        *known = false;
        tell(c);
    }
}

uint32_t chip_analog_uv(struct chip *c, char port, unsigned pin)
{
    if (c->analog.known[port - 'A'][pin]) {
        return c->analog.uv[port - 'A'][pin];
    }
    struct signal *s = chip_pin(c, port, pin);
    signal_settle(s);
    return s->level == LEVEL_HIGH ? VDDA_MV * 1000u : 0;
}

void chip_analog_set_dac(struct chip *c, unsigned channel, uint32_t uv)
{
    if (c->analog.dac_uv[channel] != uv) {
        c->analog.dac_uv[channel] = uv;
        tell(c);
    }
}

uint32_t chip_vref_mv(const struct chip *c)
{
    return c->analog.vref_outside_mv != 0 ? c->analog.vref_outside_mv : c->analog.vref_buffer_mv;
}

void chip_analog_listen(struct chip *c, struct analog_listener *l)
{
    l->next = c->analog.listeners;
    c->analog.listeners = l;
}

static void edge(void *ctx, struct signal *s, vtime_ps now)
{
    const struct analog_listener *l = ctx;
    (void)s;
    (void)now;
    l->changed(l->ctx);
}

void chip_analog_connect(struct chip *c, struct analog_pin *p, char port, unsigned pin,
                         struct analog_listener *l)
{
    p->signal = chip_pin(c, port, pin);
    p->listener = (struct signal_listener){.changed = edge, .ctx = l, .passive = true};
    signal_listen(p->signal, &p->listener);
}

void analog_pin_follow(struct analog_pin *p, bool follows)
{
    if (p->listener.passive == follows) {
        p->listener.passive = !follows;
        signal_settle(p->signal);
    }
}
