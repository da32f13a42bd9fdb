# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# Static checks of the tree, registered with CTest; scripts/lint.sh says what each one looks at.
foreach(check headers spdx size links shell format layers)
    add_test(NAME lint_${check} COMMAND ${PROJECT_SOURCE_DIR}/scripts/lint.sh ${check})
    candial_test_properties(lint_${check} LABELS lint)
    set_tests_properties(lint_${check} PROPERTIES SKIP_RETURN_CODE 77)
endforeach()
# Checks are tested too: a planted violation must fail.
add_test(NAME lint_selftest COMMAND ${PROJECT_SOURCE_DIR}/scripts/lint_selftest.sh)
candial_test_properties(lint_selftest LABELS lint)
