# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# The data flow over an image's code: a library of its own, used by candial_check.
add_library(candial_flow STATIC
    flow.c
    flow_bits.c
    flow_call.c
    flow_decode.c
    flow_decode_data.c
    flow_decode_narrow.c
    flow_file.c
    flow_files.c
    flow_flags.c
    flow_graph.c
    flow_image.c
    flow_memory.c
    flow_rule.c
    flow_run.c
    flow_state.c
    flow_step.c
    flow_trail.c
    flow_trails.c
    flow_value.c)
target_link_libraries(candial_flow PUBLIC candial_formats candial_vboard)
