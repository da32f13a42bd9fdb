/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The disassembly of both images: there is one store to PWR_CR3, in the M7's reset handler, of 0x04. That no
 * other is executed is watched by all tests of tests/system; this one sees what is not executed, too.
 *
 * Constants are followed through a function's registers in the order of the text: literals, MOVW/MOVT,
 * MOV, ADD and SUB of constants. A store through anything else is not seen; so no other function may
 * hold a constant from PWR's registers around CR3.
 */
#include "tests/formats/cmocka_head.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PWR_CR3 0x5802480Cu
#define REGISTERS 16
#define WORDS_MAX 20000u
#define STORES_MAX 16u

struct store {
    char function[80];
    bool value_known;
    uint32_t value;
};

struct scan {
    uint32_t word_at[WORDS_MAX], word[WORDS_MAX]; /* the literals */
    size_t words;
    bool known[REGISTERS];
    uint32_t value[REGISTERS];
    char function[80];
    struct store store[STORES_MAX];
    size_t stores;
    size_t instructions;
};

static struct scan s;

/* ---- reading the text ---- */

static int register_of(const char *text)
{
    static const char *const names[] = {"sl", "fp", "ip", "sp", "lr", "pc"};
    if (text[0] == 'r' && isdigit((unsigned char)text[1])) {
        return atoi(text + 1);
    }
    for (int i = 0; i < 6; i++) {
        if (strncmp(text, names[i], 2) == 0) {
            return 10 + i;
        }
    }
    return text[0] == 's' && text[1] == 'b' ? 9 : -1;
}

/* The operand number `n` (from 0), or "". Commas within brackets do not count. */
static const char *operand(const char *operands, int n)
{
    int depth = 0;
    for (; operands[0] != '\0' && n > 0; operands++) {
        depth +=
            (operands[0] == '[' || operands[0] == '{') - (operands[0] == ']' || operands[0] == '}');
        n -= operands[0] == ',' && depth == 0;
    }
    return operands + strspn(operands, " ");
}

static bool literal(const char *operands, uint32_t *value)
{
    const char *at = strstr(operands, "@ (");
    if (strstr(operands, "[pc") == NULL || at == NULL) {
        return false;
    }
    uint32_t address = (uint32_t)strtoul(at + 3, NULL, 16);
    for (size_t i = 0; i < s.words; i++) {
        if (s.word_at[i] == address) {
            *value = s.word[i];
            return true;
        }
    }
    return false;
}

static void set(int reg, bool known, uint32_t value)
{
    if (reg >= 0 && reg < REGISTERS) {
        s.known[reg] = known;
        s.value[reg] = value;
    }
}

static bool immediate(const char *text, uint32_t *value)
{
    if (text[0] != '#') {
        return false;
    }
    *value = (uint32_t)strtol(text + 1, NULL, 0);
    return true;
}

/* ---- stores ---- */

static void found(int source)
{
    assert_true(s.stores < STORES_MAX);
    struct store *store = &s.store[s.stores++];
    snprintf(store->function, sizeof store->function, "%s", s.function);
    store->value_known = source >= 0 && s.known[source];
    store->value = source >= 0 ? s.value[source] : 0;
}

/* "[r0, #12]", "[r0]", "[r0], #4", "[r0, r1, lsl #2]": true and the address if it is known. */
static bool address_of(const char *text, uint32_t *address)
{
    int base = register_of(text + 1);
    if (text[0] != '[' || base < 0 || !s.known[base]) {
        return false;
    }
    *address = s.value[base];
    const char *inner = operand(text + 1, 1);
    uint32_t offset = 0;
    if (memchr(text, ']', (size_t)(inner - text)) != NULL || inner[0] == '\0') {
        return true; /* nothing inside behind the base: "[r0]", "[r0], #4" */
    }
    if (immediate(inner, &offset)) {
        *address += offset;
        return true;
    }
    int index = register_of(inner);
    const char *shift = strstr(inner, "lsl #");
    *address += index >= 0 ? s.value[index] << (shift != NULL ? atoi(shift + 5) : 0) : 0;
    return index >= 0 && s.known[index];
}

static void take_store(const char *mnemonic, const char *operands)
{
    bool two = strncmp(mnemonic, "strd", 4) == 0;
    uint32_t address;
    if (address_of(operand(operands, two ? 2 : 1), &address)) {
        uint32_t size = two ? 8 : 4;
        if (PWR_CR3 + 3 >= address && address + size > PWR_CR3) {
            bool first = address == PWR_CR3;
            found(register_of(operand(operands, two && !first ? 1 : 0)));
        }
    }
}

/* Several registers from a known base on: any that reaches CR3. */
static void take_multiple(const char *operands)
{
    int base = register_of(operands);
    if (base >= 0 && s.known[base] && PWR_CR3 - s.value[base] < 64) {
        found(-1);
    }
}

/* ---- instructions ---- */

static void take_move(const char *mnemonic, const char *operands, int to)
{
    uint32_t value;
    int from = register_of(operand(operands, 1));
    if (immediate(operand(operands, 1), &value)) {
        if (strncmp(mnemonic, "movt", 4) == 0) {
            set(to, s.known[to], (s.value[to] & 0xFFFFu) | value << 16);
        } else {
            set(to, true, strncmp(mnemonic, "mvn", 3) == 0 ? ~value : value);
        }
    } else {
        set(to, from >= 0 && s.known[from], from >= 0 ? s.value[from] : 0);
    }
}

static void take_sum(const char *mnemonic, const char *operands, int to)
{
    uint32_t value;
    bool three = operand(operands, 2)[0] != '\0';
    int from = three ? register_of(operand(operands, 1)) : to;
    if (!immediate(operand(operands, three ? 2 : 1), &value) || from < 0) {
        set(to, false, 0);
        return;
    }
    uint32_t sum = strncmp(mnemonic, "sub", 3) == 0 ? s.value[from] - value : s.value[from] + value;
    set(to, s.known[from], sum);
}

static void forget_after_call(void)
{
    for (int reg = 0; reg < 4; reg++) {
        set(reg, false, 0);
    }
    set(12, false, 0);
    set(14, false, 0);
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static void take_instruction(const char *mnemonic, const char *operands)
{
    uint32_t value = 0;
    int to = register_of(operands);
    s.instructions++;
    if (starts(mnemonic, "stm")) {
        take_multiple(operands);
    } else if (starts(mnemonic, "str")) {
        take_store(mnemonic, operands);
    } else if (starts(mnemonic, "cmp") || starts(mnemonic, "tst") || starts(mnemonic, "push")) {
        return;
    } else if (strcmp(mnemonic, "bl") == 0 || strcmp(mnemonic, "blx") == 0) {
        forget_after_call();
    } else if (starts(mnemonic, "mov") || starts(mnemonic, "mvn")) {
        take_move(mnemonic, operands, to);
    } else if (starts(mnemonic, "add") || starts(mnemonic, "sub")) {
        take_sum(mnemonic, operands, to);
    } else if (starts(mnemonic, "ldr") && literal(operands, &value)) {
        set(to, true, value);
    } else {
        set(to, false, 0);
    }
}

/* ---- lines ---- */

/* " 8000098:\t6001      \tstr\tr1, [r0, #0]" */
static void take_line(char *line, bool literals)
{
    char *colon = strchr(line, ':');
    if (colon != NULL && colon > line && colon[-1] == '>') {
        char *open = strchr(line, '<');
        snprintf(s.function, sizeof s.function, "%.*s", (int)(colon - open - 2), open + 1);
        memset(s.known, 0, sizeof s.known);
        return;
    }
    char *mnemonic = colon == NULL ? NULL : strchr(colon + 2, '\t');
    if (mnemonic == NULL) {
        return;
    }
    mnemonic++;
    char *operands = mnemonic + strcspn(mnemonic, "\t\n");
    bool none = operands[0] != '\t';
    operands[0] = '\0';
    operands += none ? 0 : 1;
    if (strcmp(mnemonic, ".word") != 0) {
        if (!literals) {
            take_instruction(mnemonic, operands);
        }
    } else if (literals) {
        assert_true(s.words < WORDS_MAX);
        s.word_at[s.words] = (uint32_t)strtoul(line, NULL, 16);
        s.word[s.words++] = (uint32_t)strtoul(operands, NULL, 16);
    }
}

static void pass(const char *path, bool literals)
{
    char command[1200];
    char line[512];
    snprintf(command, sizeof command, "arm-none-eabi-objdump -d '%s'", path);
    FILE *text = popen(command, "r");
    assert_non_null(text);
    while (fgets(line, sizeof line, text) != NULL) {
        take_line(line, literals);
    }
    assert_int_equal(pclose(text), 0);
}

static void scan(const char *name)
{
    char path[1000];
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    snprintf(path, sizeof path, "%s/%s", folder == NULL ? "build/firmware" : folder, name);
    memset(&s, 0, sizeof s);
    pass(path, true);
    pass(path, false);
    print_message("%s: %zu instructions, %zu literals, %zu stores to PWR_CR3\n", name,
                  s.instructions, s.words, s.stores);
    assert_true(s.instructions > 500);
}

static void expect_one(uint32_t value)
{
    assert_int_equal(s.stores, 1);
    assert_string_equal(s.store[0].function, "Reset_Handler");
    assert_true(s.store[0].value_known);
    assert_int_equal(s.store[0].value, value);
}

/* No literal of the image is an address from CR3's word on, so that a store with an unknown index or
 * through a pointer cannot begin there. PWR's base and RCC's are needed for other registers. */
static void expect_no_other_pointer(size_t allowed)
{
    size_t pointers = 0;
    for (size_t i = 0; i < s.words; i++) {
        pointers += s.word[i] - PWR_CR3 < 4;
    }
    assert_int_equal(pointers, allowed);
}

static void cm7(void **state)
{
    (void)state;
    scan("candial_cm7.elf");
    expect_one(0x04);
    expect_no_other_pointer(1);
}

static void cm4(void **state)
{
    (void)state;
    scan("candial_cm4.elf");
    assert_int_equal(s.stores, 0);
    expect_no_other_pointer(0);
}

/* The scan does find what it looks for: the image with the wrong line. */
static void the_wrong_line_is_found(void **state)
{
    (void)state;
    scan("candial_cm7_ldo.elf");
    expect_one(0x02);
}

/* And it would find stores of all the forms that compilers use. */
static void forms_of_stores(void **state)
{
    static const char *const finds[] = {
        " 0:\t0000 \tmovw\tr3, #18444\t@ 0x480c\n| 0:\t0000 \tmovt\tr3, #22530\n| 0:\t0000 "
        "\tstr\tr2, [r3, #0]\n",
        " 0:\t0000 \tmovw\tr3, #17408\n| 0:\t0000 \tmovt\tr3, #22530\n| 0:\t0000 \tstr.w\tr2, "
        "[r3, #1036]\n",
        " 0:\t0000 \tldr\tr5, [pc, #48]\t@ (80000dc <x>)\n| 0:\t0000 \tadds\tr5, #12\n| 0:\t0000 "
        "\tstrb\tr2, [r5]\n",
        " 0:\t0000 \tldr\tr5, [pc, #48]\t@ (80000dc <x>)\n| 0:\t0000 \tstrd\tr1, r2, [r5, #8]\n",
        " 0:\t0000 \tldr\tr5, [pc, #48]\t@ (80000dc <x>)\n| 0:\t0000 \tmov\tr4, r5\n| 0:\t0000 "
        "\tmovs\tr1, #3\n| 0:\t0000 \tstr\tr2, [r4, r1, lsl #2]\n",
        " 0:\t0000 \tldr\tr5, [pc, #48]\t@ (80000dc <x>)\n| 0:\t0000 \tstmia\tr5!, {r0, r1, r2, "
        "r3}\n",
        " 0:\t0000 \tldr\tr5, [pc, #48]\t@ (80000dc <x>)\n| 0:\t0000 \tadd.w\tip, r5, #12\n| "
        "0:\t0000 \tstr.w\tr2, [ip], #4\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof finds / sizeof *finds; i++) {
        char lines[512];
        memset(&s, 0, sizeof s);
        s.words = 1;
        s.word_at[0] = 0x080000dc;
        s.word[0] = 0x58024800;
        snprintf(lines, sizeof lines, "%s", finds[i]);
        for (char *line = strtok(lines, "|"); line != NULL; line = strtok(NULL, "|")) {
            line[strcspn(line, "\n")] = '\0';
            take_line(line, false);
        }
        if (s.stores != 1) {
            fail_msg("form %zu: %zu stores", i, s.stores);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cm7),
        cmocka_unit_test(cm4),
        cmocka_unit_test(the_wrong_line_is_found),
        cmocka_unit_test(forms_of_stores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
