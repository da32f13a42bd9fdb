/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A pointer in RAM with a value from the start; one that code sets. */
#include "flow_image.h"

struct driver {
    struct pwr *instance;
    uint32_t mode;
};

struct driver driver = {PWR, 7};
struct pwr *volatile later;

NOINLINE static void use(struct driver *d)
{
    d->instance->CR3 = 2;
}

int main(void)
{
    later = PWR;
    if (BUTTON) {
        use(&driver);
    }
    later->D3CR = 2u << 14;
    for (;;) {
    }
}
