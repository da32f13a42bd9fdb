/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Variables: few are asked for, and so they are looked up in the file itself. */
#include "formats/image/internal.h"

#include <string.h>

/* What is asked about a symbol: true, and it is the one. */
typedef bool wanted(const Elf32_Sym *symbol, const char *name, const void *what);

/* The first variable that is wanted; NULL: none. The name belongs to the file. */
static const char *find_in(const struct image *image, Elf_Scn *section, size_t names,
                           wanted *is_wanted, const void *what, Elf32_Sym *symbol)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t count = data == NULL ? 0 : data->d_size / sizeof(Elf32_Sym);
    for (size_t i = 0; i < count; i++) {
        memcpy(symbol, (const char *)data->d_buf + i * sizeof *symbol, sizeof *symbol);
        const char *name = elf_strptr(image->elf, names, symbol->st_name);
        if (ELF32_ST_TYPE(symbol->st_info) == STT_OBJECT && symbol->st_shndx != SHN_UNDEF &&
            name != NULL && is_wanted(symbol, name, what)) {
            return name;
        }
    }
    return NULL;
}

static const char *find(const struct image *image, wanted *is_wanted, const void *what,
                        Elf32_Sym *symbol)
{
    Elf_Scn *section = NULL;
    while (image->elf != NULL && (section = elf_nextscn(image->elf, section)) != NULL) {
        const Elf32_Shdr *header = elf32_getshdr(section);
        if (header != NULL && header->sh_type == SHT_SYMTAB) {
            return find_in(image, section, header->sh_link, is_wanted, what, symbol);
        }
    }
    return NULL;
}

static bool has_name(const Elf32_Sym *symbol, const char *name, const void *what)
{
    (void)symbol;
    return strcmp(name, what) == 0;
}

static bool contains(const Elf32_Sym *symbol, const char *name, const void *what)
{
    (void)name;
    return *(const uint32_t *)what - symbol->st_value < symbol->st_size;
}

uint32_t image_object(const struct image *image, const char *name)
{
    Elf32_Sym symbol;
    return find(image, has_name, name, &symbol) != NULL ? symbol.st_value : 0;
}

const char *image_variable(const struct image *image, uint32_t address, uint32_t *offset)
{
    Elf32_Sym symbol;
    const char *name = find(image, contains, &address, &symbol);
    *offset = name != NULL ? address - symbol.st_value : 0;
    return name;
}

/* "._user_heap_stack" of ST's linker scripts, ".heap", ".stack_dummy" ...: only room. */
static bool is_room(const char *name)
{
    return name == NULL || strstr(name, "stack") != NULL || strstr(name, "heap") != NULL;
}

uint32_t image_data_end(const struct image *image, uint32_t address)
{
    const uint32_t reach = 0x100000u;
    uint32_t end = 0;
    size_t names = 0;
    Elf_Scn *section = NULL;
    if (image->elf == NULL || elf_getshdrstrndx(image->elf, &names) != 0) {
        return 0;
    }
    while ((section = elf_nextscn(image->elf, section)) != NULL) {
        const Elf32_Shdr *h = elf32_getshdr(section);
        const uint32_t data = SHF_ALLOC | SHF_WRITE;
        if (h == NULL || (h->sh_flags & data) != data || h->sh_size == 0 ||
            is_room(elf_strptr(image->elf, names, h->sh_name))) {
            continue;
        }
        uint32_t last = h->sh_addr + h->sh_size;
        if (last <= address && address - last < reach && last > end) {
            end = last;
        }
    }
    return end;
}
