/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "find/print.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEVELS 8
#define SHORT_LOG_S 180.0
#define SCORE_MAX 99.0

void find_chart(const struct find_field *field, char chart[3 * FIND_CHART_WIDTH + 1])
{
    int columns = field->sample_count < FIND_CHART_WIDTH ? field->sample_count : FIND_CHART_WIDTH;
    int span = field->high - field->low;
    char *at = chart;
    for (int i = 0; i < columns; i++) {
        int above = field->samples[i * field->sample_count / columns] - field->low;
        int level = span == 0 ? 0 : above * (LEVELS - 1) / span;
        *at++ = '\xE2'; /* U+2581..U+2588, lower blocks of one to eight eighths */
        *at++ = '\x96';
        *at++ = (char)(0x81 + level);
    }
    *at = '\0';
}

void find_profile_line(const struct find_candidate *candidate, char line[FIND_LINE_MAX])
{
    bool is_intel = candidate->shape == FIND_INTEL;
    char page[80] = "";
    if (candidate->page != &candidate->message->whole) {
        snprintf(page, sizeof page, ", mux: {start: 7, length: 8, order: motorola, equals: %d}",
                 candidate->page->number);
    }
    snprintf(line, FIND_LINE_MAX,
             "broadcast: {id: 0x%X%s, start: %d, length: %d, order: %s, scale: %.9g, offset: %.9g, "
             "invalid: [0, %s]%s}",
             (unsigned)candidate->message->id,
             candidate->message->extended && candidate->message->id <= 0x7FF ? ", extended: true"
                                                                             : "",
             8 * candidate->byte + (is_intel ? 0 : 7), candidate->shape == FIND_BYTE ? 8 : 16,
             is_intel ? "intel" : "motorola", candidate->layout.scale, candidate->layout.offset,
             candidate->shape == FIND_BYTE ? "[254, 255]" : "[65024, 65535]", page);
}

/* "raw - 60", "raw x 0.75 - 48". */
static void print_layout(const struct find_layout *layout)
{
    printf("raw");
    if (layout->scale != 1) {
        printf(" x %.3g", layout->scale);
    }
    if (layout->offset != 0) {
        printf(" %c %.5g", layout->offset < 0 ? '-' : '+', fabs(layout->offset));
    }
}

static void print_range(const struct find_candidate *candidate, const struct find_layout *layout)
{
    double low = find_celsius(layout, candidate->field->low);
    double high = find_celsius(layout, candidate->field->high);
    if (low == high) {
        printf("%.4g °C", low);
    } else {
        printf("%.4g to %.4g °C", low, high);
    }
}

static void print_place(const struct find_bus *bus, const struct find_candidate *candidate)
{
    printf("0x%0*X byte", candidate->message->extended ? 8 : 3, (unsigned)candidate->message->id);
    if (candidate->shape == FIND_BYTE) {
        printf(" %d", candidate->byte);
    } else {
        printf("s %d and %d, %s", candidate->byte, candidate->byte + 1,
               candidate->shape == FIND_INTEL ? "intel" : "motorola");
    }
    if (candidate->page != &candidate->message->whole) {
        printf(", page %d", candidate->page->number);
    }
    if (bus->channel_count > 1) {
        printf(" on %s", bus->channels[candidate->message->channel]);
    }
}

static double log_seconds(const struct find_field *field)
{
    return (double)(field->last_ns - field->first_ns) / 1e9;
}

static void print_motion(const struct find_candidate *candidate)
{
    const struct find_field *field = candidate->field;
    if (field->changes == 0) {
        printf("the same in all %u frames, so only its value speaks for it", field->count);
        return;
    }
    bool rises = find_field_rise(field) > 0;
    printf("%u change%s in %.0f s, %.3g °C at most at a time", field->changes,
           field->changes == 1 ? "" : "s", log_seconds(field),
           field->step_max * candidate->layout.scale);
    if (field->reversals == 0) {
        printf(", all %s", rises ? "upwards" : "downwards");
    } else if (find_field_rise(field) != 0) {
        printf(", %s on the whole", rises ? "upwards" : "downwards");
    }
}

static void print_reasons(const struct find_candidate *candidate)
{
    printf("   why: ");
    print_motion(candidate);
    if (candidate->known != NULL) {
        printf("; %s: %s temperature is here", candidate->known->car,
               candidate->known->is_oil ? "oil" : "coolant");
    }
    if (candidate->partner >= 0) {
        printf("; byte %d behaves alike: oil and coolant?", candidate->partner);
    }
    if (candidate->field->early_sentinels > 0) {
        printf("; begins with \"no value\" (%u frame%s)", candidate->field->early_sentinels,
               candidate->field->early_sentinels == 1 ? "" : "s");
    }
    putchar('\n');
}

static void print_others(const struct find_candidate *candidate)
{
    for (int i = 0; i < candidate->other_count; i++) {
        printf("%s", i == 0 ? "   or:  " : "; ");
        print_range(candidate, &candidate->others[i]);
        printf(" as ");
        print_layout(&candidate->others[i]);
    }
    if (candidate->other_count > 0) {
        putchar('\n');
    }
}

static void print_candidate(const struct find_bus *bus, const struct find_candidate *candidate,
                            size_t place)
{
    char chart[3 * FIND_CHART_WIDTH + 1];
    char line[FIND_LINE_MAX];
    find_chart(candidate->field, chart);
    find_profile_line(candidate, line);
    printf("%zu. ", place);
    print_place(bus, candidate);
    printf(": ");
    print_range(candidate, &candidate->layout);
    printf(" as ");
    print_layout(&candidate->layout);
    printf("   (score %.0f)\n   %s\n", fmin(candidate->score, SCORE_MAX), chart);
    print_reasons(candidate);
    print_others(candidate);
    printf("   %s\n\n", line);
}

/* Is one of the candidates known of the make whose name `car` begins with? */
static bool is_make(const struct find_candidate *best, size_t count, const char *car)
{
    size_t length = strcspn(car, " ,");
    for (size_t i = 0; i < count; i++) {
        const struct find_known *known = best[i].known;
        if (known != NULL && strcspn(known->car, " ,") == length &&
            strncmp(known->car, car, length) == 0) {
            return true;
        }
    }
    return false;
}

/* A place where this make has its temperature, but this log has nothing in it but "no value". */
static void print_absent(const struct find_candidate *best, size_t count,
                         const struct find_message *message)
{
    const struct find_known *known;
    for (int byte = 0; byte < message->whole.length; byte++) {
        const struct find_field *field = find_page_field(&message->whole, byte, FIND_BYTE);
        known = find_known(message->id, message->extended, byte, FIND_BYTE, 0);
        if (known == NULL || !is_make(best, count, known->car) || field->sentinels < 2 ||
            field->count > field->sentinels / 10) {
            continue;
        }
        printf("0x%03X byte %d, where %s has its %s temperature, says \"no value\" in %u of %u "
               "frames: not fitted, or faulty.\n",
               (unsigned)message->id, byte, known->car, known->is_oil ? "oil" : "coolant",
               field->sentinels, field->sentinels + field->count);
    }
}

void find_print(const struct find_bus *bus, const struct find_candidate *best, size_t count)
{
    double time = (double)bus->duration_ns / 1e9;
    bool is_sure = count > 0 && !find_is_constant(&best[0]);
    printf("%llu frames, %zu identifiers, %.1f s\n", (unsigned long long)bus->frame_count,
           bus->message_count, time);
    if (bus->channel_count > 1) {
        printf("%u channels, each a bus of its own: `--channel NAME` looks at one alone.\n",
               bus->channel_count);
    }
    putchar('\n');
    for (size_t i = 0; i < count; i++) {
        print_candidate(bus, &best[i], i + 1);
    }
    for (size_t i = 0; i < bus->message_count; i++) {
        print_absent(best, count, &bus->messages[i]);
    }
    if (count == 0) {
        puts("Nothing in this log behaves like a temperature.");
    }
    if (time < SHORT_LOG_S || !is_sure) {
        printf("The log is %s. Record one from a cold start, ten minutes or more, with the engine "
               "running:\na temperature is the field that climbs all the time, and the order above "
               "becomes much surer.\n",
               time < SHORT_LOG_S ? "short" : "too even: the best field does not move");
    }
    if (count > 0) {
        puts("A log does not show the offset. Compare with the car's own display, or with an OBD "
             "reader (coolant: PID 05,\noil: PID 5C), and take the line whose temperature agrees.");
    }
}
