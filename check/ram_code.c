/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/ram_code.h"

#include "formats/image/image.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_MASK (CHECK_PAGE - 1u)

struct check_pages *check_pages_of(struct check_pages *pages)
{
    struct check_pages *p = pages != NULL ? pages : calloc(1, sizeof *p);
    if (p == NULL) {
        abort();
    }
    return p;
}

void check_note_page(struct check_pages *pages, enum core core, uint32_t address)
{
    const uint32_t page = address & ~PAGE_MASK;
    if (address - IMAGE_FLASH_BASE < IMAGE_FLASH_SIZE || pages->count == CHECK_PAGES) {
        return;
    }
    for (size_t i = 0; i < pages->count; i++) {
        if (pages->list[i].address == page && pages->list[i].core == core) {
            return;
        }
    }
    pages->list[pages->count++] = (struct check_page){.core = core, .address = page};
}

void check_keep_pages(struct check_pages *pages, struct chip *chip)
{
    size_t kept = 0;
    for (size_t i = 0; i < pages->count; i++) {
        struct check_page *p = &pages->list[i];
        const struct mem_region *r =
            chip_region(chip, p->address, p->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4);
        /* The boot ROM is nobody's image. */
        if (r != NULL && r->writable && r->size - (p->address - r->base) >= CHECK_PAGE) {
            memcpy(p->bytes, r->host + (p->address - r->base), CHECK_PAGE);
            pages->list[kept++] = *p;
        }
    }
    pages->count = kept;
}
