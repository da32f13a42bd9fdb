/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/advice.h"

#include "check/places.h"
#include "vboard/kernel/supply.h"

#include <string.h>

/* RM0399 Table 33, with the names of stm32h7xx_hal_pwr_ex.h. */
const char *check_supply_name(uint32_t cr3)
{
    static const struct {
        uint8_t value;
        const char *name;
    } names[] = {
        {0x02, "PWR_LDO_SUPPLY"},
        {0x04, "PWR_DIRECT_SMPS_SUPPLY"},
        {0x16, "PWR_SMPS_1V8_SUPPLIES_LDO"},
        {0x26, "PWR_SMPS_2V5_SUPPLIES_LDO"},
        {0x1E, "PWR_SMPS_1V8_SUPPLIES_EXT_AND_LDO"},
        {0x2E, "PWR_SMPS_2V5_SUPPLIES_EXT_AND_LDO"},
        {0x1D, "PWR_SMPS_1V8_SUPPLIES_EXT"},
        {0x2D, "PWR_SMPS_2V5_SUPPLIES_EXT"},
        {0x01, "PWR_EXTERNAL_SOURCE_SUPPLY"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].value == (cr3 & 0x3Fu)) {
            return names[i].name;
        }
    }
    return NULL;
}

const char *check_right_supply(unsigned wiring)
{
    static const char *const names[] = {
        [SUPPLY_SMPS] = "PWR_DIRECT_SMPS_SUPPLY",
        [SUPPLY_LDO] = "PWR_LDO_SUPPLY",
        [SUPPLY_SMPS_LDO] = "PWR_SMPS_1V8_SUPPLIES_LDO",
        [SUPPLY_BYPASS] = "PWR_EXTERNAL_SOURCE_SUPPLY",
    };
    return names[wiring];
}

uint32_t check_right_selection(unsigned wiring)
{
    static const uint8_t values[] = {[SUPPLY_SMPS] = 0x04,
                                     [SUPPLY_LDO] = 0x02,
                                     [SUPPLY_SMPS_LDO] = 0x16,
                                     [SUPPLY_BYPASS] = 0x01};
    return values[wiring];
}

/* Who selects, by the name of the function that does; the last one is anybody else. */
static const struct {
    const char *function;
    size_t length;      /* of the name that must be so */
    const char *advice; /* {right} and {wrong} are HAL's names */
} selectors[] = {
    {"ExitRun0Mode", sizeof "ExitRun0Mode",
     "define USE_{right} instead of {use_wrong}, for both cores (project settings, C preprocessor "
     "symbols)"},
    {"LL_", 3, "LL_PWR_ConfigSupply(LL_{right}) instead of {ll_wrong}"},
    {"HAL_PWREx_ConfigSupply", sizeof "HAL_PWREx_ConfigSupply",
     "HAL_PWREx_ConfigSupply({right}) instead of {wrong} (CubeMX: SupplySource)"},
    {"", 0,
     "select {right} instead of {wrong}: in HAL_PWREx_ConfigSupply(), or as the symbol "
     "USE_{right}"},
};

struct choice {
    const char *right, *wrong; /* wrong NULL: no legal selection */
};

static void put_wrong_as(struct line *l, const void *about, const char *prefix)
{
    const struct choice *c = about;
    if (c->wrong == NULL) {
        line_put(l, "what stands there");
    } else {
        line_put(l, "%s%s", prefix, c->wrong);
    }
}

static void put_right(struct line *l, const void *about)
{
    line_put(l, "%s", ((const struct choice *)about)->right);
}

static void put_wrong(struct line *l, const void *about)
{
    put_wrong_as(l, about, "");
}

static void put_use_wrong(struct line *l, const void *about)
{
    put_wrong_as(l, about, "USE_");
}

static void put_ll_wrong(struct line *l, const void *about)
{
    put_wrong_as(l, about, "LL_");
}

static const struct word words[] = {
    {"right", put_right},
    {"wrong", put_wrong},
    {"use_wrong", put_use_wrong},
    {"ll_wrong", put_ll_wrong},
};

void check_advise_supply(struct line *l, const struct check_config *config,
                         const struct check_item *item)
{
    const struct choice choice = {check_right_supply(config->board.wiring),
                                  check_supply_name(item->finding.data.cr3)};
    const char *function = "";
    size_t i = 0;
    if (config->project != NULL) {
        function = "HAL_PWREx_ConfigSupply"; /* what CubeMX generates */
    } else if (item->address == PWR_CR3) {
        function = check_function(config, item->core, item->pc);
        function = function != NULL ? function : "";
    } else { /* what stands in PWR_CR3 was written elsewhere, and shows its effect here */
        line_put(l, "PWR_CR3 holds 0x%02X: ", item->finding.data.cr3);
    }
    while (strncmp(function, selectors[i].function, selectors[i].length) != 0) {
        i++;
    }
    line_fill(l, selectors[i].advice, words, sizeof words / sizeof *words, &choice);
    if (config->board.wiring == SUPPLY_SMPS) {
        line_put(l, "; then VOS1 and 400 MHz are the most");
    }
}
