/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "find/rank.h"

#include "find/make.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* An engine in any weather, and one that runs hot. */
#define COLDEST_C (-45.0)
#define HOTTEST_C 150.0

#define FRAMES_MIN 8
#define STEP_MAX_C 2.5 /* at a time; one bit of noise on the coarsest layout, and a degree more */
#define QUIET_C_PER_S 0.4 /* all ups and downs together: a warm-up makes 0.1 to 0.3 */
#define RESTLESS_C_PER_S 3.0
#define DRIFT_MAX_C_PER_S 0.4 /* from first to last; oil 0.1, coolant 0.3 at most */
#define DRIFT_FREE_C 2.0      /* so much a short log may show at any pace */
#define GAPS_MAX 2            /* a key turned twice; more is a field that has its zeros */
#define LEAPS_MAX 1
#define FINE_STEP_C 0.6 /* on average; the steps of a field of 16 bits are smaller than a byte's */
#define CYCLE_MIN_S 0.008
#define CYCLE_MAX_S 1.3

/* Points; their sum is 90 where everything in the log speaks for a field. */
#define POINTS_SLOW 30
#define POINTS_VALUE 20
#define POINTS_ONE_WAY 15
#define POINTS_SPAN 10 /* ten degrees, in one direction */
#define POINTS_PARTNER 10
#define POINTS_KNOWN 35 /* more than all else where nothing moves */
#define POINTS_CYCLE 5
#define POINTS_SENTINEL 5 /* "no value" before the first value */
#define POINTS_SIBLING 8  /* the same car's other temperature is where it should be */
#define PENALTY_CONSTANT 20
#define PENALTY_WIDE 12 /* far more cars have a byte */

static const struct find_layout byte_layouts[] = {
    {1, -40}, {1, -60}, {1, -48}, {0.75, -48}, {0.75, -40}};
static const struct find_layout wide_layouts[] = {
    {0.1, -273.15}, {0.1, 0},        {0.1, -40},  {0.1, -50},
    {1, -50},       {0.03125, -273}, {0.25, -56}, {0.1 * 5 / 9, -160.0 / 9},
};

double find_celsius(const struct find_layout *layout, double raw)
{
    return raw * layout->scale + layout->offset;
}

bool find_is_constant(const struct find_candidate *candidate)
{
    return candidate->field->changes == 0;
}

static double seconds(const struct find_field *field)
{
    return (double)(field->last_ns - field->first_ns) / 1e9;
}

/* 1 for what a running engine has, less above, below and in the cold; 0: impossible. */
static double grade_value(const struct find_field *field, const struct find_layout *layout)
{
    double low = find_celsius(layout, field->low);
    double high = find_celsius(layout, field->high);
    double end = find_celsius(layout, field->last);
    if (low < COLDEST_C || high > HOTTEST_C) {
        return 0;
    }
    if (high < 0) {
        return 0.01;
    }
    double away = fabs(end - 90); /* thermostats and oil at work: 75 to 105 */
    return fmin(fmax(1 - (away - 15) / 90, 0.1), 1);
}

/* How steadily it went one way: 1 without a step back, 0 if it only went to and fro. */
static double one_way(const struct find_field *field)
{
    double net = find_field_drift(field);
    return field->way == 0 ? 0 : fmin(net / field->way, 1);
}

static bool is_upper_half(const struct find_field *field)
{
    uint32_t carries =
        field->carries[0] > field->carries[1] ? field->carries[0] : field->carries[1];
    return field->changes > 0 && 5 * (uint64_t)carries >= 3 * (uint64_t)field->changes;
}

bool find_fits(const struct find_field *field, const struct find_layout *layout)
{
    double time = seconds(field);
    unsigned logs = field->logs;
    double drift = find_field_drift(field) * layout->scale;
    if (drift > DRIFT_FREE_C * logs &&
        drift > DRIFT_MAX_C_PER_S * time + DRIFT_FREE_C * (logs - 1)) {
        return false;
    }
    return field->count >= FRAMES_MIN && logs > 0 && time > 0 && !is_upper_half(field) &&
           !find_field_is_clock(field) && field->gaps <= GAPS_MAX * logs &&
           field->leaps <= LEAPS_MAX * logs && field->step_max * layout->scale <= STEP_MAX_C &&
           field->way * layout->scale / time < RESTLESS_C_PER_S && grade_value(field, layout) > 0;
}

static double points_of_motion(const struct find_field *field, const struct find_layout *layout)
{
    double pace = field->way * layout->scale / seconds(field);
    double calm =
        (RESTLESS_C_PER_S - fmax(pace, QUIET_C_PER_S)) / (RESTLESS_C_PER_S - QUIET_C_PER_S);
    double span = (field->high - field->low) * layout->scale;
    double steady = one_way(field);
    double points = POINTS_SLOW * calm;
    if (field->changes == 0) {
        return points - PENALTY_CONSTANT;
    }
    points += POINTS_ONE_WAY * steady * fmin(1, 0.5 + span / 4);
    return points + POINTS_SPAN * steady * fmin(1, span / 10);
}

static double points_of_cycle(const struct find_field *field)
{
    double cycle = seconds(field) / fmax(1, field->count + field->sentinels - 1.0);
    return cycle >= CYCLE_MIN_S && cycle <= CYCLE_MAX_S ? POINTS_CYCLE : 0;
}

/*
 * The lower half of a wide field must move, or the field is a byte beside a zero; and where the upper half is
 * zero or all else is one byte's doing, the byte is the field.
 */
static bool is_really_wide(const struct find_page *page, int byte, enum find_shape shape)
{
    int low = shape == FIND_MOTOROLA ? byte + 1 : byte;
    int high = shape == FIND_MOTOROLA ? byte : byte + 1;
    const struct find_field *lower = find_page_field(page, low, FIND_BYTE);
    const struct find_field *upper = find_page_field(page, high, FIND_BYTE);
    bool moves = lower != NULL && lower->count > 0 && lower->changes > 0;
    bool has_upper = upper != NULL && upper->count > 0;
    return moves && has_upper;
}

static bool is_fine(const struct find_field *field, const struct find_layout *layout)
{
    return field->way * layout->scale <= FINE_STEP_C * field->changes;
}

static const struct find_layout *layouts_of(enum find_shape shape, size_t *count)
{
    *count = shape == FIND_BYTE ? COUNT(byte_layouts) : COUNT(wide_layouts);
    return shape == FIND_BYTE ? byte_layouts : wide_layouts;
}

static void use_layout(struct find_candidate *candidate, const struct find_layout *layout,
                       double points)
{
    if (points <= candidate->score) {
        if (candidate->other_count < FIND_LAYOUTS_MAX) {
            candidate->others[candidate->other_count++] = *layout;
        }
        return;
    }
    if (candidate->score > 0 && candidate->other_count < FIND_LAYOUTS_MAX) {
        candidate->others[candidate->other_count++] = candidate->layout;
    }
    candidate->layout = *layout;
    candidate->score = points;
}

/* Tries all layouts; the score is 0 if none fits. */
static void judge_motion(struct find_candidate *candidate)
{
    size_t count;
    const struct find_layout *layouts = layouts_of(candidate->shape, &count);
    for (size_t i = 0; i < count; i++) {
        bool is_fit = candidate->shape == FIND_BYTE || is_fine(candidate->field, &layouts[i]);
        if (is_fit && find_fits(candidate->field, &layouts[i])) {
            double points = points_of_motion(candidate->field, &layouts[i]) +
                            POINTS_VALUE * grade_value(candidate->field, &layouts[i]);
            use_layout(candidate, &layouts[i], fmax(points, 0.1));
        }
    }
}

/* Is the other temperature of the same car, in the same message, there as well? */
static bool has_sibling(const struct find_candidate *candidate, const struct find_known *known)
{
    for (int byte = 0; byte < candidate->page->length; byte++) {
        const struct find_known *other;
        for (int i = 0; (other = find_known(candidate->message->id, candidate->message->extended,
                                            byte, known->shape, i)) != NULL;
             i++) {
            const struct find_field *field = find_page_field(candidate->page, byte, known->shape);
            if (other != known && strcmp(other->car, known->car) == 0 &&
                find_fits(field, &other->layout)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_same(const struct find_layout *a, const struct find_layout *b)
{
    return a->scale == b->scale && a->offset == b->offset;
}

/* The known layout comes first, the others stay as alternatives. */
static void take_known(struct find_candidate *candidate, const struct find_known *known,
                       double points)
{
    int kept = 0;
    for (int i = 0; i < candidate->other_count; i++) {
        if (!is_same(&candidate->others[i], &known->layout)) {
            candidate->others[kept++] = candidate->others[i];
        }
    }
    if (candidate->score > 0 && !is_same(&candidate->layout, &known->layout) &&
        kept < FIND_LAYOUTS_MAX) {
        candidate->others[kept++] = candidate->layout;
    }
    candidate->other_count = kept;
    candidate->known = known;
    candidate->layout = known->layout;
    candidate->score = points;
}

/* A car that has its temperature here, if the value fits. */
static void judge_known(struct find_candidate *candidate, const struct find_votes *votes)
{
    const struct find_known *known;
    for (int i = 0; (known = find_known(candidate->message->id, candidate->message->extended,
                                        candidate->byte, candidate->shape, i)) != NULL;
         i++) {
        if (!find_fits(candidate->field, &known->layout) || find_is_outvoted(votes, known)) {
            continue;
        }
        double points = points_of_motion(candidate->field, &known->layout) +
                        POINTS_VALUE * grade_value(candidate->field, &known->layout) +
                        (known->is_aftermarket ? POINTS_KNOWN / 2 : POINTS_KNOWN) +
                        (has_sibling(candidate, known) ? POINTS_SIBLING : 0);
        if (candidate->known == NULL) {
            take_known(candidate, known, points);
        }
    }
}

/* A neighbour that could be the other of oil and coolant: it moves, slowly, and reads nearly the same. */
static void judge_partner(struct find_candidate *candidate)
{
    int width = candidate->shape == FIND_BYTE ? 1 : 2;
    candidate->partner = -1;
    for (int side = -1; side <= 1; side += 2) {
        int byte = candidate->byte + side * width;
        const struct find_field *other = find_page_field(candidate->page, byte, candidate->shape);
        if (other == NULL || other->count < FRAMES_MIN || other->changes == 0 ||
            !find_fits(other, &candidate->layout)) {
            continue;
        }
        double difference = fabs(find_celsius(&candidate->layout, other->last) -
                                 find_celsius(&candidate->layout, candidate->field->last));
        if (difference <= 40) {
            candidate->partner = byte;
        }
    }
    candidate->score += candidate->partner >= 0 ? POINTS_PARTNER : 0;
}

static bool judge(struct find_candidate *candidate, const struct find_votes *votes)
{
    if (candidate->field == NULL || candidate->field->count < FRAMES_MIN) {
        return false;
    }
    if (candidate->shape != FIND_BYTE &&
        !is_really_wide(candidate->page, candidate->byte, candidate->shape)) {
        return false;
    }
    judge_motion(candidate);
    if (votes != NULL) {
        judge_known(candidate, votes);
    }
    if (candidate->score <= 0) {
        return false;
    }
    candidate->score += points_of_cycle(candidate->field);
    bool starts_late = candidate->field->early_sentinels > 0 && candidate->field->gaps == 0;
    candidate->score += starts_late ? POINTS_SENTINEL : 0;
    candidate->score -= candidate->shape == FIND_BYTE ? 0 : PENALTY_WIDE;
    judge_partner(candidate);
    return candidate->score > 0;
}

static bool overlaps(const struct find_candidate *a, const struct find_candidate *b)
{
    int a_end = a->byte + (a->shape == FIND_BYTE ? 0 : 1);
    int b_end = b->byte + (b->shape == FIND_BYTE ? 0 : 1);
    return a->page == b->page && a->byte <= b_end && b->byte <= a_end;
}

struct ranking {
    struct find_candidate *best;
    size_t count;
    size_t room;
};

/* Puts a candidate in its place; of two over the same bits the better stays. */
static void insert(struct ranking *ranking, const struct find_candidate *candidate)
{
    size_t at = ranking->count;
    for (size_t i = 0; i < ranking->count; i++) {
        if (!overlaps(&ranking->best[i], candidate)) {
            continue;
        }
        if (ranking->best[i].score >= candidate->score) {
            return;
        }
        memmove(&ranking->best[i], &ranking->best[i + 1],
                (ranking->count - 1 - i) * sizeof *ranking->best);
        ranking->count--;
        i--;
    }
    for (at = ranking->count; at > 0 && ranking->best[at - 1].score < candidate->score; at--) {
    }
    if (at == ranking->room) {
        return;
    }
    size_t moved = ranking->count - at - (ranking->count == ranking->room);
    memmove(&ranking->best[at + 1], &ranking->best[at], moved * sizeof *ranking->best);
    ranking->best[at] = *candidate;
    ranking->count += ranking->count < ranking->room;
}

/* A field that is slow on all pages together needs no page of its own. */
static bool is_slow_anyway(const struct find_message *message, int byte, enum find_shape shape)
{
    size_t count;
    const struct find_layout *layouts = layouts_of(shape, &count);
    const struct find_field *field = find_page_field(&message->whole, byte, shape);
    for (size_t i = 0; field != NULL && i < count; i++) {
        if (find_fits(field, &layouts[i])) {
            return true;
        }
    }
    return false;
}

static void rank_page(struct ranking *ranking, const struct find_message *message,
                      const struct find_page *page, int first_byte, const struct find_votes *votes)
{
    for (int byte = first_byte; byte < page->length; byte++) {
        for (int shape = 0; shape < FIND_SHAPES; shape++) {
            struct find_candidate candidate = {
                .message = message,
                .page = page,
                .byte = byte,
                .shape = (enum find_shape)shape,
                .field = find_page_field(page, byte, (enum find_shape)shape),
            };
            if (page != &message->whole && is_slow_anyway(message, byte, candidate.shape)) {
                continue;
            }
            if (judge(&candidate, votes)) {
                insert(ranking, &candidate);
            }
        }
    }
}

/* Byte 0 takes a few values, each often, and another one in most frames. */
static bool is_multiplexed(const struct find_message *message)
{
    if (message->has_many_pages || message->page_count < 2 ||
        message->page_changes * 2u < message->whole.frames) {
        return false;
    }
    for (int i = 0; i < message->page_count; i++) {
        if (message->pages[i].frames < FRAMES_MIN) {
            return false;
        }
    }
    return true;
}

size_t find_rank(const struct find_bus *bus, bool use_known, struct find_candidate *best,
                 size_t room)
{
    struct ranking ranking = {.best = best, .room = room};
    struct find_votes all = find_vote(bus);
    const struct find_votes *votes = use_known ? &all : NULL; /* NULL: by behaviour alone */
    for (size_t i = 0; i < bus->message_count && room > 0; i++) {
        const struct find_message *message = &bus->messages[i];
        bool has_pages = is_multiplexed(message);
        rank_page(&ranking, message, &message->whole, has_pages ? 1 : 0, votes);
        for (int k = 0; has_pages && k < message->page_count; k++) {
            rank_page(&ranking, message, &message->pages[k], 1, votes);
        }
    }
    return ranking.count;
}
