/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/yaml/yaml_read.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

/* Parses the whole file; libyaml's own words are short, so they come with what to look at. */
static bool load(struct yaml_file *file, FILE *input)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        snprintf(file->error, file->error_size, "%s: out of memory", file->path);
        return false;
    }
    yaml_parser_set_input_file(&parser, input);
    bool good = yaml_parser_load(&parser, file->document) != 0;
    if (!good) {
        snprintf(file->error, file->error_size,
                 "%s:%zu: not valid YAML: %s: check this line and the one above", file->path,
                 parser.problem_mark.line + 1,
                 parser.problem == NULL ? "cannot be read" : parser.problem);
        memset(file->document, 0, sizeof *file->document);
    }
    yaml_parser_delete(&parser);
    return good;
}

bool yaml_open(struct yaml_file *file, const char *path, char *error, size_t error_size,
               struct yaml_value *root)
{
    *file = (struct yaml_file){.path = path, .error = error, .error_size = error_size};
    file->document = calloc(1, sizeof *file->document);
    FILE *input = fopen(path, "rb");
    if (file->document == NULL || input == NULL) {
        snprintf(error, error_size, "%s: %s: give the name of a readable file", path,
                 strerror(errno));
        if (input != NULL) {
            fclose(input);
        }
        return false;
    }
    bool good = load(file, input);
    fclose(input);
    if (!good) {
        return false;
    }
    *root = (struct yaml_value){.file = file, .node = yaml_document_get_root_node(file->document)};
    if (root->node == NULL) {
        snprintf(error, error_size,
                 "%s:1: the file is empty: see `candial profile list` for examples", path);
        return false;
    }
    return true;
}

void yaml_close(struct yaml_file *file)
{
    if (file->document != NULL) {
        yaml_document_delete(file->document);
        free(file->document);
        file->document = NULL;
    }
}

bool yaml_fail(const struct yaml_value *value, const char *format, ...)
{
    char what[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    snprintf(value->file->error, value->file->error_size, "%s:%zu: %s%s%s", value->file->path,
             value->node->start_mark.line + 1, value->key, value->key[0] == '\0' ? "" : ": ", what);
    return false;
}

unsigned yaml_line(const struct yaml_value *value)
{
    return (unsigned)value->node->start_mark.line + 1;
}

const char *yaml_text(const struct yaml_value *value)
{
    if (value->node->type != YAML_SCALAR_NODE) {
        yaml_fail(value, "not a single value: write `key: value`");
        return NULL;
    }
    const char *text = (const char *)value->node->data.scalar.value;
    if (strlen(text) != value->node->data.scalar.length) {
        yaml_fail(value, "contains a zero byte: remove it");
        return NULL;
    }
    return text;
}

bool yaml_is_sequence(const struct yaml_value *value)
{
    return value->node->type == YAML_SEQUENCE_NODE;
}

int yaml_item_count(const struct yaml_value *value)
{
    if (!yaml_is_sequence(value)) {
        yaml_fail(value,
                  "not a list: write it in square brackets or as lines that begin with `- `");
        return -1;
    }
    return (int)(value->node->data.sequence.items.top - value->node->data.sequence.items.start);
}

struct yaml_value yaml_item(const struct yaml_value *value, int index)
{
    struct yaml_value item = {.file = value->file};
    int id = value->node->data.sequence.items.start[index];
    item.node = yaml_document_get_node(value->file->document, id);
    snprintf(item.key, sizeof item.key, "%.80s[%d]", value->key, index);
    return item;
}

static struct yaml_value pair_value(const struct yaml_value *mapping, const yaml_node_pair_t *pair,
                                    const char *name)
{
    struct yaml_value value = {.file = mapping->file};
    value.node = yaml_document_get_node(mapping->file->document, pair->value);
    snprintf(value.key, sizeof value.key, "%.64s%s%.28s", mapping->key,
             mapping->key[0] == '\0' ? "" : ".", name);
    return value;
}

/* The name of a pair's key, or NULL if the key is no plain text. */
static const char *pair_name(const struct yaml_value *mapping, const yaml_node_pair_t *pair)
{
    const yaml_node_t *key = yaml_document_get_node(mapping->file->document, pair->key);
    return key->type == YAML_SCALAR_NODE ? (const char *)key->data.scalar.value : NULL;
}

bool yaml_find(const struct yaml_value *mapping, const char *name, struct yaml_value *found)
{
    if (mapping->node->type != YAML_MAPPING_NODE) {
        return false;
    }
    const yaml_node_pair_t *pair = mapping->node->data.mapping.pairs.start;
    for (; pair < mapping->node->data.mapping.pairs.top; pair++) {
        const char *key = pair_name(mapping, pair);
        if (key != NULL && strcmp(key, name) == 0) {
            *found = pair_value(mapping, pair, name);
            return true;
        }
    }
    return false;
}

/* The keys of a table in one line, for the remedy. */
static const char *list_keys(const struct yaml_key *keys, char *text, size_t size)
{
    size_t used = 0;
    for (const struct yaml_key *key = keys; key->name != NULL && used < size; key++) {
        used +=
            (size_t)snprintf(text + used, size - used, "%s%s", key == keys ? "" : ", ", key->name);
    }
    return text;
}

/* Reads one pair; `seen` has a bit for each row of the table. */
static bool read_pair(const struct yaml_value *mapping, const yaml_node_pair_t *pair,
                      const struct yaml_key *keys, uint32_t *seen, void *target)
{
    char names[160];
    const char *name = pair_name(mapping, pair);
    if (name == NULL) {
        return yaml_fail(mapping, "a key is not plain text: write `key: value`");
    }
    struct yaml_value value = pair_value(mapping, pair, name);
    /* Errors about the key itself are at the key's line; its value may begin further down. */
    struct yaml_value at_key = value;
    at_key.node = yaml_document_get_node(mapping->file->document, pair->key);
    for (const struct yaml_key *key = keys; key->name != NULL; key++) {
        if (strcmp(key->name, name) != 0) {
            continue;
        }
        uint32_t bit = 1u << (key - keys);
        if ((*seen & bit) != 0) {
            return yaml_fail(&at_key, "given twice: remove one");
        }
        *seen |= bit;
        return key->read(&value, key, (char *)target + key->offset);
    }
    return yaml_fail(&at_key, "unknown key: use one of: %s", list_keys(keys, names, sizeof names));
}

bool yaml_read_mapping(const struct yaml_value *value, const struct yaml_key *row, void *target)
{
    uint32_t seen = 0;
    if (value->node->type != YAML_MAPPING_NODE) {
        char names[160];
        return yaml_fail(value, "not a group of keys: give some of: %s",
                         list_keys(row->keys, names, sizeof names));
    }
    const yaml_node_pair_t *pair = value->node->data.mapping.pairs.start;
    for (; pair < value->node->data.mapping.pairs.top; pair++) {
        if (!read_pair(value, pair, row->keys, &seen, target)) {
            return false;
        }
    }
    for (const struct yaml_key *key = row->keys; key->name != NULL; key++) {
        if (key->required && (seen & 1u << (key - row->keys)) == 0) {
            struct yaml_value missing = *value;
            snprintf(missing.key, sizeof missing.key, "%.64s%s%.28s", value->key,
                     value->key[0] == '\0' ? "" : ".", key->name);
            return yaml_fail(&missing, "missing: add it");
        }
    }
    return true;
}

int yaml_choice(const struct yaml_value *value, const char *const *choices)
{
    char names[160];
    size_t used = 0;
    const char *text = yaml_text(value);
    if (text == NULL) {
        return -1;
    }
    for (int i = 0; choices[i] != NULL; i++) {
        if (strcmp(text, choices[i]) == 0) {
            return i;
        }
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i == 0 ? "" : " or ",
                                 choices[i]);
    }
    yaml_fail(value, "`%.40s` is not known: use %s", text, names);
    return -1;
}

bool yaml_read_bool(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const choices[] = {"false", "true", NULL};
    (void)key;
    int index = yaml_choice(value, choices);
    *(bool *)target = index == 1;
    return index >= 0;
}

/* A number at the start of `text`; *end is moved behind it. */
static bool parse_number(const char *text, double *number, const char **end)
{
    char *stop = NULL;
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        errno = 0;
        *number = (double)strtoull(text, &stop, 16);
        *end = stop;
        return stop > text + 2 && errno == 0;
    }
    if (strchr("+-.0123456789", text[0]) == NULL || text[0] == '\0') {
        return false; /* strtod would take words and blanks as well */
    }
    *number = strtod(text, &stop);
    *end = stop;
    return stop != text && isfinite(*number);
}

static bool check_bounds(const struct yaml_value *value, const char *text, double number,
                         double min, double max)
{
    if (number < min || number > max) {
        return yaml_fail(value, "%.40s is out of range: use %.10g to %.10g", text, min, max);
    }
    return true;
}

bool yaml_number(const struct yaml_value *value, double min, double max, double *number)
{
    const char *text = yaml_text(value);
    const char *end = text;
    if (text == NULL) {
        return false;
    }
    if (!parse_number(text, number, &end) || *end != '\0') {
        return yaml_fail(value, "`%.40s` is not a number: use %.10g to %.10g", text, min, max);
    }
    return check_bounds(value, text, *number, min, max);
}

/* Of hexadecimal digits only, without 0x. */
static bool is_bare_hex(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789abcdefABCDEF")] == '\0';
}

/* Whole numbers have no exponent: 1E3 is somebody's 0x1E3. */
static bool check_exponent(const struct yaml_value *value)
{
    const char *text = yaml_text(value);
    if (text == NULL || strncasecmp(text, "0x", 2) == 0 || strpbrk(text, "eE") == NULL ||
        strchr("+-.0123456789", text[0]) == NULL) {
        return text != NULL;
    }
    return yaml_fail(value, "`%.40s` is no whole number: write it in full%s%.10s", text,
                     is_bare_hex(text) ? ", or 0x" : "", is_bare_hex(text) ? text : "");
}

static bool read_scaled(const struct yaml_value *value, const struct yaml_key *key, double *scaled)
{
    double number;
    if (key->factor == 1 && !check_exponent(value)) {
        return false;
    }
    if (!yaml_number(value, key->min, key->max, &number)) {
        return false;
    }
    *scaled = number * key->factor;
    if (key->factor == 1 && number != floor(number)) {
        return yaml_fail(value, "%s is not a whole number: round it", yaml_text(value));
    }
    return true;
}

bool yaml_read_double(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    return yaml_number(value, key->min, key->max, target);
}

bool yaml_read_u8(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double number;
    if (!read_scaled(value, key, &number)) {
        return false;
    }
    *(uint8_t *)target = (uint8_t)lround(number);
    return true;
}

bool yaml_read_u16(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double number;
    if (!read_scaled(value, key, &number)) {
        return false;
    }
    *(uint16_t *)target = (uint16_t)lround(number);
    return true;
}

bool yaml_read_u32(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double number;
    if (!read_scaled(value, key, &number)) {
        return false;
    }
    *(uint32_t *)target = (uint32_t)llround(number);
    return true;
}

static bool check_id(const struct yaml_value *value)
{
    const char *text = yaml_text(value);
    if (text == NULL || !is_bare_hex(text) || (strlen(text) == 1 && *text <= '9')) {
        return text != NULL;
    }
    if (text[strspn(text, "0123456789")] != '\0' || strlen(text) > 9) {
        return yaml_fail(value, "`%.40s` is hexadecimal: write 0x%.40s", text, text);
    }
    return yaml_fail(value,
                     "`%.40s` may be decimal or hexadecimal: write 0x%s, or 0x%lX for decimal %s",
                     text, text, strtoul(text, NULL, 10), text);
}

bool yaml_read_id_u32(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    return check_id(value) && yaml_read_u32(value, key, target);
}

bool yaml_read_id_u16(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    return check_id(value) && yaml_read_u16(value, key, target);
}

bool yaml_read_i16(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double number;
    if (!read_scaled(value, key, &number)) {
        return false;
    }
    *(int16_t *)target = (int16_t)lround(number);
    return true;
}

bool yaml_read_i32(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double number;
    if (!read_scaled(value, key, &number)) {
        return false;
    }
    *(int32_t *)target = (int32_t)lround(number);
    return true;
}

struct suffix {
    const char *text;
    double factor;
};

/* A number with one of the suffixes; false if it has another one or is no number. */
static bool with_suffix(const char *text, const struct suffix *suffixes, double *number)
{
    const char *end = text;
    if (!parse_number(text, number, &end)) {
        return false;
    }
    while (*end == ' ') {
        end++;
    }
    for (const struct suffix *suffix = suffixes; suffix->text != NULL; suffix++) {
        if (strcmp(end, suffix->text) == 0) {
            *number *= suffix->factor;
            return true;
        }
    }
    return false;
}

static bool read_duration(const struct yaml_value *value, const struct yaml_key *key,
                          double *scaled)
{
    static const struct suffix suffixes[] = {
        {"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"min", 60}, {NULL, 0}};
    const char *text = yaml_text(value);
    double seconds;
    if (text == NULL) {
        return false;
    }
    if (!with_suffix(text, suffixes, &seconds)) {
        return yaml_fail(value, "`%.40s` is not a time: write a number and s, ms or us", text);
    }
    if (seconds < key->min || seconds > key->max) {
        return yaml_fail(value, "%.40s is out of range: use %.6gs to %.6gs", text, key->min,
                         key->max);
    }
    *scaled = seconds * key->factor;
    return true;
}

bool yaml_read_duration_u16(const struct yaml_value *value, const struct yaml_key *key,
                            void *target)
{
    double scaled;
    if (!read_duration(value, key, &scaled)) {
        return false;
    }
    *(uint16_t *)target = (uint16_t)lround(scaled);
    return true;
}

bool yaml_read_duration_u32(const struct yaml_value *value, const struct yaml_key *key,
                            void *target)
{
    double scaled;
    if (!read_duration(value, key, &scaled)) {
        return false;
    }
    *(uint32_t *)target = (uint32_t)lround(scaled);
    return true;
}

bool yaml_read_rate_u32(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const struct suffix suffixes[] = {{"", 1}, {"k", 1e3}, {"M", 1e6}, {NULL, 0}};
    const char *text = yaml_text(value);
    double rate;
    if (text == NULL) {
        return false;
    }
    if (!with_suffix(text, suffixes, &rate)) {
        return yaml_fail(value, "`%.40s` is not a bit rate: write it as 500k or 1M", text);
    }
    if (!check_bounds(value, text, rate, key->min, key->max)) {
        return false;
    }
    *(uint32_t *)target = (uint32_t)lround(rate);
    return true;
}
