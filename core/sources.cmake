# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# What core/ consists of, for the host library and for both cores of the firmware.

# Integer code, all that the M4 needs.
set(CANDIAL_CORE_M4_SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/crc32.c
    ${CMAKE_CURRENT_LIST_DIR}/health.c
    ${CMAKE_CURRENT_LIST_DIR}/ipc.c)

# Everything; needs a double FPU to be fast (M7, PC).
set(CANDIAL_CORE_SOURCES
    ${CANDIAL_CORE_M4_SOURCES}
    ${CMAKE_CURRENT_LIST_DIR}/bus_words.c
    ${CMAKE_CURRENT_LIST_DIR}/can_timing.c
    ${CMAKE_CURRENT_LIST_DIR}/condition.c
    ${CMAKE_CURRENT_LIST_DIR}/curve.c
    ${CMAKE_CURRENT_LIST_DIR}/err.c
    ${CMAKE_CURRENT_LIST_DIR}/field.c
    ${CMAKE_CURRENT_LIST_DIR}/gauge.c
    ${CMAKE_CURRENT_LIST_DIR}/gauge_setup.c
    ${CMAKE_CURRENT_LIST_DIR}/isotp.c
    ${CMAKE_CURRENT_LIST_DIR}/retained.c
    ${CMAKE_CURRENT_LIST_DIR}/lineedit.c
    ${CMAKE_CURRENT_LIST_DIR}/needle.c
    ${CMAKE_CURRENT_LIST_DIR}/obd.c
    ${CMAKE_CURRENT_LIST_DIR}/posts.c
    ${CMAKE_CURRENT_LIST_DIR}/profile_keys.c
    ${CMAKE_CURRENT_LIST_DIR}/pulse.c
    ${CMAKE_CURRENT_LIST_DIR}/record.c
    ${CMAKE_CURRENT_LIST_DIR}/record_build.c
    ${CMAKE_CURRENT_LIST_DIR}/record_condition.c
    ${CMAKE_CURRENT_LIST_DIR}/record_default.c
    ${CMAKE_CURRENT_LIST_DIR}/record_validate.c
    ${CMAKE_CURRENT_LIST_DIR}/request.c
    ${CMAKE_CURRENT_LIST_DIR}/request_ids.c
    ${CMAKE_CURRENT_LIST_DIR}/sanity.c
    ${CMAKE_CURRENT_LIST_DIR}/signal_bits.c
    ${CMAKE_CURRENT_LIST_DIR}/source.c
    ${CMAKE_CURRENT_LIST_DIR}/source_broadcast.c
    ${CMAKE_CURRENT_LIST_DIR}/source_check.c
    ${CMAKE_CURRENT_LIST_DIR}/source_obd2.c
    ${CMAKE_CURRENT_LIST_DIR}/source_uds.c
    ${CMAKE_CURRENT_LIST_DIR}/store.c
    ${CMAKE_CURRENT_LIST_DIR}/store_job.c
    ${CMAKE_CURRENT_LIST_DIR}/telemetry.c
    ${CMAKE_CURRENT_LIST_DIR}/telemetry_parse.c
    ${CMAKE_CURRENT_LIST_DIR}/uds.c
    ${CMAKE_CURRENT_LIST_DIR}/words.c)
