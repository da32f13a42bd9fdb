/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What several kinds of source have in common: bounds, lists of identifiers. */
#include "core/err.h"
#include "core/source_ops.h"

#define FACTOR_MAX 1e9 /* of scale and offset: far beyond any temperature, far from overflow */

bool source_is_rate(uint16_t rate_millihz)
{
    return rate_millihz >= RECORD_REQUEST_MILLIHZ_MIN && rate_millihz <= RECORD_REQUEST_MILLIHZ_MAX;
}

int source_check_ranges(const struct source_range *ranges, unsigned count)
{
    if (count > SOURCE_INVALID_MAX) {
        return GAUGE_ERR_INVALID;
    }
    for (unsigned i = 0; i < count; i++) {
        if (ranges[i].lo > ranges[i].hi) {
            return GAUGE_ERR_INVALID;
        }
    }
    return 0;
}

/* NaN and infinities fail every comparison that is asked here. */
static bool is_sane_factor(double factor)
{
    return factor >= -FACTOR_MAX && factor <= FACTOR_MAX;
}

int source_check_factors(double scale, double offset)
{
    bool is_good = is_sane_factor(scale) && scale != 0 && is_sane_factor(offset);
    return is_good ? 0 : GAUGE_ERR_SCALE;
}

unsigned request_id_add(struct request_ids *ids, unsigned count, uint32_t id, uint32_t mask,
                        bool extended)
{
    for (unsigned i = 0; i < count; i++) {
        if (ids[i].extended == extended && (ids[i].mask & ~mask) == 0 &&
            ((ids[i].id ^ id) & ids[i].mask) == 0) {
            return count;
        }
    }
    ids[count] = (struct request_ids){id, mask, extended};
    return count + 1;
}

unsigned request_id_add_one(struct request_ids *ids, unsigned count, uint32_t id, bool extended)
{
    return request_id_add(ids, count, id, extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX,
                          extended);
}
