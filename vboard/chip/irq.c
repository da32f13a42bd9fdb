/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/irq.h"

#include <stdlib.h>

void irq_connect(struct irq_line *line, struct irq_sink *sink, unsigned number)
{
    if (line->fanout == IRQ_FANOUT) {
        abort(); /* the chip's table is wrong: a programming error, not a run-time state */
    }
    line->to[line->fanout].sink = sink;
    line->to[line->fanout].number = number;
    line->fanout++;
}

void irq_change(struct irq_line *line, bool level)
{
    line->level = level;
    for (unsigned i = 0; i < line->fanout; i++) {
        struct irq_sink *sink = line->to[i].sink;
        uint8_t *high = &sink->high[line->to[i].number];
        bool was = *high != 0;
        if (level || was) { /* a sink that came late has not counted it */
            *high = (uint8_t)(level ? *high + 1 : *high - 1);
        }
        if (sink->set != NULL && was != (*high != 0)) { /* no core is there in tests of models */
            sink->set(sink->ctx, line->to[i].number, level);
        }
    }
}
