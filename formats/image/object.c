/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Variables by name: few are asked for, and so they are looked up in the file itself. */
#include "formats/image/internal.h"

#include <string.h>

static uint32_t find_in(const struct image *image, Elf_Scn *section, size_t names, const char *name)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t count = data == NULL ? 0 : data->d_size / sizeof(Elf32_Sym);
    for (size_t i = 0; i < count; i++) {
        Elf32_Sym symbol;
        memcpy(&symbol, (const char *)data->d_buf + i * sizeof symbol, sizeof symbol);
        const char *found = elf_strptr(image->elf, names, symbol.st_name);
        if (ELF32_ST_TYPE(symbol.st_info) == STT_OBJECT && symbol.st_shndx != SHN_UNDEF &&
            found != NULL && strcmp(found, name) == 0) {
            return symbol.st_value;
        }
    }
    return 0;
}

uint32_t image_object(const struct image *image, const char *name)
{
    Elf_Scn *section = NULL;
    while (image->elf != NULL && (section = elf_nextscn(image->elf, section)) != NULL) {
        const Elf32_Shdr *header = elf32_getshdr(section);
        if (header != NULL && header->sh_type == SHT_SYMTAB) {
            return find_in(image, section, header->sh_link, name);
        }
    }
    return 0;
}
