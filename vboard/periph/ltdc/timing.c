/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* LTDC: the timing generator (RM0399 Rev 4, 33.4.1, Figure 251). */
#include "vboard/periph/ltdc/internal.h"

static uint64_t width(const struct ltdc *l)
{
    return (uint64_t)ltdc_h(l, R_TWCR) + 1;
}

static uint64_t height(const struct ltdc *l)
{
    return (uint64_t)ltdc_v(l, R_TWCR) + 1;
}

uint32_t ltdc_frame_pixels(const struct ltdc *l)
{
    return (uint32_t)(width(l) * height(l));
}

struct ltdc_place ltdc_place(const struct ltdc *l, uint64_t pixel)
{
    uint64_t in_frame = pixel % (width(l) * height(l));
    return (struct ltdc_place){.x = (uint32_t)(in_frame % width(l)),
                               .y = (uint32_t)(in_frame / width(l))};
}

uint64_t ltdc_line_start(const struct ltdc *l, uint64_t from, uint32_t line)
{
    if (line >= height(l)) {
        return UINT64_MAX;
    }
    uint64_t frame = width(l) * height(l);
    uint64_t start = from / frame * frame + line * width(l);
    return start >= from ? start : start + frame;
}

/* "At the beginning of the first line after the active display area" (33.7.6): without a front porch, the next frame. */
uint32_t ltdc_blanking_line(const struct ltdc *l)
{
    return (ltdc_v(l, R_AWCR) + 1) % (uint32_t)height(l);
}

static bool within(uint32_t at, uint32_t after, uint32_t last)
{
    return at > after && at <= last;
}

/* "It returns the current active display phase" whatever the polarities (33.7.13). */
uint32_t ltdc_phases(const struct ltdc *l, struct ltdc_place place)
{
    return (place.x <= ltdc_h(l, R_SSCR) ? CDSR_HSYNCS : 0) |
           (place.y <= ltdc_v(l, R_SSCR) ? CDSR_VSYNCS : 0) |
           (within(place.x, ltdc_h(l, R_BPCR), ltdc_h(l, R_AWCR)) ? CDSR_HDES : 0) |
           (within(place.y, ltdc_v(l, R_BPCR), ltdc_v(l, R_AWCR)) ? CDSR_VDES : 0);
}
