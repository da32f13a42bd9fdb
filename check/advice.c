/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/advice.h"

#include "vboard/kernel/supply.h"

#include <stdio.h>
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

static void advise_supply(struct check_item *item, const struct check_config *config,
                          const char *function)
{
    const char *right = check_right_supply(config->board.wiring);
    const char *wrong = item->has_value ? check_supply_name(item->value) : NULL;
    const char *instead = wrong != NULL ? wrong : "what stands there";
    if (function != NULL && strcmp(function, "ExitRun0Mode") == 0) {
        snprintf(
            item->change, sizeof item->change,
            "define USE_%s instead of USE_%s, for both cores (project settings, C preprocessor "
            "symbols)",
            right, instead);
    } else if (function != NULL && strncmp(function, "LL_", 3) == 0) {
        snprintf(item->change, sizeof item->change, "LL_PWR_ConfigSupply(LL_%s) instead of LL_%s",
                 right, instead);
    } else if (function != NULL && strcmp(function, "HAL_PWREx_ConfigSupply") == 0) {
        snprintf(item->change, sizeof item->change,
                 "HAL_PWREx_ConfigSupply(%s) instead of %s (CubeMX: SupplySource)", right, instead);
    } else {
        snprintf(item->change, sizeof item->change,
                 "select %s instead of %s: in HAL_PWREx_ConfigSupply(), or as the symbol USE_%s",
                 right, instead, right);
    }
    if (config->board.wiring == SUPPLY_SMPS) {
        strncat(item->change, "; then VOS1 and 400 MHz are the most",
                sizeof item->change - strlen(item->change) - 1);
    }
}

void check_advise(struct check_item *item, const struct check_config *config, const char *function)
{
    static const struct {
        const char *kind, *text;
    } fixed[] = {
        {"overclock", "slow the PLL or raise the dividers: RCC_OscInitStruct.PLL, "
                      "RCC_ClkInitStruct; VOS1 allows 400 MHz, AHB 200, APB 100"},
        {"wait-states",
         "more wait states before the clock goes up: HAL_RCC_ClockConfig(..., FLASH_LATENCY_4)"},
    };
    if (strcmp(item->kind, "vcore-lost") == 0 || strcmp(item->kind, "supply-race") == 0) {
        advise_supply(item, config, function);
    } else if (strcmp(item->kind, "over-voltage") == 0) {
        bool vos0 = strstr(item->text, "VOS0") != NULL;
        if (vos0) {
            snprintf(item->change, sizeof item->change,
                     "PWR_REGULATOR_VOLTAGE_SCALE1 instead of SCALE0, and at most 400 MHz: VOS0 is "
                     "for the LDO only");
        } else {
            advise_supply(item, config, function);
        }
    } else if (strcmp(item->kind, "never-starts") == 0 && item->change[0] == '\0') {
        bool supply = strncmp(item->register_name, "PWR_", 4) == 0;
        if (supply) {
            snprintf(item->change, sizeof item->change,
                     "select the supply first: USE_%s (CubeH7 1.12 and newer), or "
                     "HAL_PWREx_ConfigSupply(%s)",
                     check_right_supply(config->board.wiring),
                     check_right_supply(config->board.wiring));
        }
    }
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (strcmp(item->kind, fixed[i].kind) == 0) {
            snprintf(item->change, sizeof item->change, "%s", fixed[i].text);
        }
    }
}
