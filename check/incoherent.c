/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/incoherent.h"

#include "check/judge.h"
#include "check/names.h"
#include "check/odd.h"
#include "vboard/kernel/words.h"

#include <inttypes.h>
#include <string.h>

/* More of one kind say no more. */
#define MOST 4u
#define UNNAMED 1024u /* bytes that count as one variable where none has a name */

/* ---- which variable ---- */

/* The M7's image may know one that the M4's reads by its address. */
static const char *variable_at(const struct check_config *config, uint32_t address,
                               uint32_t *offset)
{
    const struct image *const images[] = {config->cm7, config->cm4};
    const char *name = NULL;
    for (unsigned i = 0; name == NULL && i < 2; i++) {
        name = images[i] == NULL ? NULL : image_variable(images[i], address, offset);
    }
    return name;
}

/* Where it begins: the same for all that is one. */
static uint32_t start_of(const struct check_config *config, uint32_t address)
{
    uint32_t offset = 0;
    return variable_at(config, address, &offset) != NULL ? address - offset
                                                         : address & ~(UNNAMED - 1u);
}

/* ---- notes ---- */

static bool kind_of(const struct finding *f, enum check_kind *kind)
{
    switch (f->code) {
    case FOUND_CACHE_STALE:
        *kind = CHECK_CACHE_STALE;
        return true;
    case FOUND_CACHE_NOT_CLEANED:
        *kind = CHECK_CACHE_NOT_CLEANED;
        return true;
    case FOUND_CACHE_OVERWRITES:
        *kind = CHECK_CACHE_OVERWRITES;
        return true;
    case FOUND_CACHE_LOST:
        *kind = CHECK_CACHE_LOST;
        return true;
    case FOUND_CACHE_CODE_NOT_CLEANED:
        *kind = CHECK_CODE_NOT_CLEANED;
        return true;
    case FOUND_CACHE_CODE_STALE:
        *kind = CHECK_CODE_STALE;
        return true;
    default:
        return false;
    }
}

static uint32_t address_of(const struct check_item *item)
{
    return item->odd != NULL ? item->odd->value : item->finding.address;
}

bool check_is_new_variable(const struct check_report *report, enum check_kind kind,
                           uint32_t address)
{
    unsigned count = 0;
    uint32_t start = start_of(report->config, address);
    for (size_t i = 0; i < report->item_count; i++) {
        const struct check_item *item = &report->items[i];
        if (item->kind == kind &&
            (++count == MOST || start_of(report->config, address_of(item)) == start)) {
            return false;
        }
    }
    return true;
}

void check_note_caches(struct check_report *report, const struct check_boot *boot)
{
    for (size_t i = 0; i < boot->finding_count; i++) {
        const struct finding *f = &boot->findings[i];
        enum check_kind kind;
        if (!kind_of(f, &kind) || !check_is_new_variable(report, kind, f->address)) {
            continue;
        }
        struct check_item *item = check_add_at(report, boot, kind, check_core_of(f), f->pc, 0);
        if (item != NULL) {
            item->finding = *f;
            item->at = f->first_at;
        }
    }
}

/* ---- words ---- */

static const char *memory_name(uint32_t address)
{
    switch (address >> 20) {
    case 0x000:
        return "ITCM";
    case 0x200:
        return "DTCM";
    case 0x240:
        return "AXI SRAM";
    case 0x100:
    case 0x300:
        return address % 0x100000u < 0x20000u   ? "SRAM1"
               : address % 0x100000u < 0x40000u ? "SRAM2"
                                                : "SRAM3";
    case 0x380:
        return "SRAM4";
    default:
        return "RAM";
    }
}

void check_put_variable(struct line *l, const struct check_config *config,
                        const struct check_item *item)
{
    uint32_t offset = 0;
    uint32_t address = address_of(item);
    const char *name = variable_at(config, address, &offset);
    if (name == NULL) {
        line_put(l, "0x%08" PRIX32 " (%s)", address, memory_name(address));
        return;
    }
    line_put(l, "%s", name);
    if (offset != 0) {
        line_put(l, "+0x%" PRIX32, offset);
    }
    line_put(l, " (0x%08" PRIX32 ", %s)", address, memory_name(address));
}

void check_put_other(struct line *l, const struct check_item *item)
{
    enum master other = (enum master)item->finding.data.subject;
    line_put(l, "%s", master_is_dma(other) ? "a DMA controller" : "the ");
    line_put(l, "%s", master_is_dma(other) ? "" : check_core_name((enum core)master_core(other)));
}

void check_put_other_place(struct line *l, const struct check_config *config,
                           const struct check_item *item)
{
    enum master other = (enum master)item->finding.data.subject;
    char place[160];
    if (item->odd != NULL) {
        check_place(config, item->core == CORE_CM7 ? CORE_CM4 : CORE_CM7, item->odd->want, place,
                    sizeof place);
        line_put(l, "%s", place);
        return;
    }
    check_place(config, master_core(other) == MASTER_CM4 ? CORE_CM4 : CORE_CM7,
                item->finding.data.at, place, sizeof place);
    line_put(l, "%s%s", place, master_is_dma(other) ? " (its order)" : "");
}

void check_put_reader(struct line *l, const struct check_item *item)
{
    line_put(l, "%s",
             master_is_dma(item->finding.master) ? "orders a DMA controller, which reads"
                                                 : "reads");
}
