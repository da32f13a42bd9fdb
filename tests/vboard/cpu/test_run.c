/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/cpu/rig.h"

#define SUM_OF_SQUARES 332833500u /* of 0 to 999 */

static void runs_from_flash(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "smoke_m7", .m4 = "smoke_m4"});
    rig_run(r, VTIME_MS(1));
    RIG_EXPECT(r, CORE_CM7, 1, 0x1234, 0x411FC271, 0x08000000, SUM_OF_SQUARES, 22);
    RIG_EXPECT(r, CORE_CM4, 1, 0x1234, 0x410FC241, 0x08100000, SUM_OF_SQUARES, 45);
    assert_int_equal(r->chip.findings.count, 0);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(runs_from_flash)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
