/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The first message: profile and dial, so that the page can draw the face that the firmware's needle moves over. */
#include "web/session.h"

#include "core/curve.h"
#include "host/board_list.h"
#include "view/dial_geometry.h"

#include <inttypes.h>
#include <string.h>

#define NUMBERS 8 /* on the face */

static void put_mark(const struct curve *face, int32_t milli, bool numbered, const char *between,
                     struct web_text *to)
{
    web_text_put(to, "%s[%.3f,%.3f,%s]", between, milli / 1e3, curve_at(face, milli) / 1e3,
                 numbered ? "true" : "false");
}

static void put_marks(const struct gauge_config *dial, struct web_text *to)
{
    const struct dial_marks marks = dial_marks(dial, NUMBERS);
    const char *between = "";
    web_text_put(to, ",\"marks\":[");
    for (int32_t at = dial_first_multiple(marks.first_milli, marks.minor_milli);
         at <= marks.last_milli; at += marks.minor_milli) {
        put_mark(&dial->dial, at, at % marks.major_milli == 0, between, to);
        between = ",";
    }
    web_text_put(to, "]");
}

static void put_dial(const struct gauge_config *dial, struct web_text *to)
{
    web_text_put(to, "{\"low_deg\":%.3f,\"high_deg\":%.3f,\"park_deg\":%.3f",
                 curve_min(&dial->dial) / 1e3, curve_max(&dial->dial) / 1e3, dial->park_mdeg / 1e3);
    web_text_put(to, ",\"low_c\":%.3f,\"high_c\":%.3f", dial->dial.point[0].x / 1e3,
                 dial->dial.point[dial->dial.count - 1].x / 1e3);
    if (dial->warn_high_milli == GAUGE_WARN_NONE) {
        web_text_put(to, ",\"warn_c\":null,\"warn_deg\":null");
    } else {
        web_text_put(to, ",\"warn_c\":%.3f,\"warn_deg\":%.3f", dial->warn_high_milli / 1e3,
                     curve_at(&dial->dial, dial->warn_high_milli) / 1e3);
    }
    put_marks(dial, to);
    web_text_put(to, "}");
}

static void put_images(const struct image_pair *images, struct web_text *to)
{
    const struct image *both[] = {images->cm7, images->cm4};
    const char *between = "";
    web_text_put(to, ",\"images\":[");
    for (size_t i = 0; i < 2; i++) {
        if (both[i] != NULL) {
            web_text_put(to, "%s", between);
            web_text_put_quoted(to, image_path(both[i]), strlen(image_path(both[i])));
            between = ",";
        }
    }
    web_text_put(to, "]");
}

static void put_board(const struct board_data *board, struct web_text *to)
{
    struct board_look look;
    board_list_look(board, &look);
    web_text_put(to, ",\"board\":{\"name\":");
    web_text_put_quoted(to, look.name, strlen(look.name));
    web_text_put(to, ",\"title\":");
    web_text_put_quoted(to, look.title, strlen(look.title));
    web_text_put(to, ",\"chip\":\"%s\",\"leds\":[", look.chip);
    for (unsigned i = 0; i < BOARD_LIST_LEDS; i++) {
        web_text_put(to, "%s%s", i == 0 ? "" : ",", look.leds[i] ? "true" : "false");
    }
    web_text_put(to, "]}");
}

/* Of a log that comes from a pipe nobody knows how long it is. */
static void put_log(const struct web_session *self, struct web_text *to)
{
    if (self->bench->source == NULL) {
        web_text_put(to, ",\"log\":null");
    } else if (self->log.frames == 0) {
        web_text_put(to, ",\"log\":{\"frames\":null,\"length_s\":null}");
    } else {
        web_text_put(to, ",\"log\":{\"frames\":%" PRIu64 ",\"length_s\":%.6f}", self->log.frames,
                     (double)self->log.length_ns * 1e-9);
    }
}

void web_session_hello(const struct web_session *self, struct web_text *to)
{
    const struct record *record = self->bench->record;
    web_text_put(to, "{\"kind\":\"hello\",\"protocol\":1,\"profile\":");
    web_text_put_quoted(to, record->name, strlen(record->name));
    web_text_put(to, ",\"listen_only\":%s,\"own_firmware\":%s,\"drives\":%s",
                 record->mode == RECORD_LISTEN_ONLY ? "true" : "false",
                 self->bench->model.own_firmware ? "true" : "false",
                 self->bench->drives ? "true" : "false");
    put_images(self->images, to);
    put_board(self->board, to);
    put_log(self, to);
    web_text_put(to, ",\"dials\":[");
    for (int i = 0; i < record->dial_count; i++) {
        web_text_put(to, "%s", i == 0 ? "" : ",");
        put_dial(&record->dial[i], to);
    }
    web_text_put(to, "]}");
}
