/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `obd2`, `uds` and `j1939`: the sources other than `broadcast`. */
#include "formats/profile/source.h"

#include "core/j1939.h"
#include "core/record.h"
#include "formats/profile/broadcast.h"

#define RATE_DEFAULT_MILLIHZ 2000
#define RATE_MIN (RECORD_REQUEST_MILLIHZ_MIN / 1e3)
#define RATE_MAX (RECORD_REQUEST_MILLIHZ_MAX / 1e3)

/* ---- obd2 ---- */

static bool read_pid(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double pid;
    (void)key;
    if (!yaml_number(value, 0, 255, &pid)) {
        return false;
    }
    if (!obd_pid_is_known((uint8_t)pid) || pid != (uint8_t)pid) {
        return yaml_fail(value, "no temperature of one byte: use 0x5C (oil), 0x05 (coolant), 0x0F "
                                "(intake air) or 0x46 (ambient air)");
    }
    *(uint8_t *)target = (uint8_t)pid;
    return true;
}

static bool read_fallback(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const names[] = {"none", "coolant", NULL};
    (void)key;
    int choice = yaml_choice(value, names);
    *(bool *)target = choice == 1;
    return choice >= 0;
}

static bool read_obd_addressing(const struct yaml_value *value, const struct yaml_key *key,
                                void *target)
{
    static const char *const names[] = {
        [OBD_AUTO] = "auto", [OBD_11BIT] = "11bit", [OBD_29BIT] = "29bit", NULL};
    (void)key;
    int choice = yaml_choice(value, names);
    *(enum obd_addressing *)target = (enum obd_addressing)(choice < 0 ? 0 : choice);
    return choice >= 0;
}

static const struct yaml_key obd2_keys[] = {
    {.name = "pid", .read = read_pid, .offset = offsetof(struct source_obd2, pid)},
    {.name = "rate",
     .read = yaml_read_u16,
     .offset = offsetof(struct source_obd2, rate_millihz),
     .min = RATE_MIN,
     .max = RATE_MAX,
     .factor = 1e3},
    {.name = "fallback",
     .read = read_fallback,
     .offset = offsetof(struct source_obd2, fallback_coolant)},
    {.name = "addressing",
     .read = read_obd_addressing,
     .offset = offsetof(struct source_obd2, addressing)},
    {0},
};

static bool read_obd2(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct source_config *config = target;
    struct yaml_key row = *key;
    row.keys = obd2_keys;
    config->kind = SOURCE_OBD2;
    config->obd2 = (struct source_obd2){.pid = OBD_PID_OIL, .rate_millihz = RATE_DEFAULT_MILLIHZ};
    return yaml_read_mapping(value, &row, &config->obd2);
}

static void show_obd2(const struct source_config *config, FILE *out)
{
    const struct source_obd2 *source = &config->obd2;
    static const char *const addressing[] = {"11 or 29 bits", "11 bits", "29 bits"};
    fprintf(out, "  source: OBD-II PID 0x%02X%s, identifiers of %s, asked %g times a second\n",
            source->pid, source->fallback_coolant ? ", or the coolant's" : "",
            addressing[source->addressing], source->rate_millihz / 1e3);
}

const struct profile_source profile_source_obd2 = {
    .name = "obd2",
    .read = read_obd2,
    .show = show_obd2,
};

/* ---- uds ---- */

static bool read_addressing(const struct yaml_value *value, const struct yaml_key *key,
                            void *target)
{
    static const char *const names[] = {"normal", "extended", NULL};
    (void)key;
    int choice = yaml_choice(value, names);
    *(bool *)target = choice == 1;
    return choice >= 0;
}

static bool read_invalid(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct source_uds *source = target;
    (void)key;
    int count = yaml_item_count(value);
    for (int i = 0; i < count; i++) {
        struct yaml_value item = yaml_item(value, i);
        if (source->invalid_count == SOURCE_INVALID_MAX) {
            return yaml_fail(&item, "more than %d ranges: join neighbours as [lowest, highest]",
                             SOURCE_INVALID_MAX);
        }
        if (!profile_read_range(&item, &source->invalid[source->invalid_count])) {
            return false;
        }
        source->invalid_count++;
    }
    return count >= 0;
}

/* `unit` changes scale and offset when both are known (check_uds). */
static bool pass_over(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    (void)key;
    (void)target;
    return yaml_text(value) != NULL;
}

#define FIELD(member) .offset = offsetof(struct source_uds, member)

static const struct yaml_key uds_keys[] = {
    {.name = "request",
     .read = yaml_read_id_u32,
     FIELD(request_id),
     .required = true,
     .min = UDS_REQUEST_ID_MIN,
     .max = CAN_ID_EXTENDED_MAX,
     .factor = 1},
    {.name = "response",
     .read = yaml_read_id_u32,
     FIELD(response_id),
     .required = true,
     .min = 0,
     .max = CAN_ID_EXTENDED_MAX,
     .factor = 1},
    {.name = "did", .read = yaml_read_id_u16, FIELD(did), .min = 0, .max = UINT16_MAX, .factor = 1},
    {.name = "local",
     .read = yaml_read_id_u16,
     FIELD(did),
     .min = 0,
     .max = UINT8_MAX,
     .factor = 1},
    {.name = "start",
     .read = yaml_read_u16,
     FIELD(start_bit),
     .min = 0,
     .max = UDS_START_MAX,
     .factor = 1},
    {.name = "length",
     .read = yaml_read_u8,
     FIELD(length_bits),
     .required = true,
     .min = 1,
     .max = UDS_LENGTH_MAX,
     .factor = 1},
    {.name = "signed", .read = yaml_read_bool, FIELD(is_signed)},
    {.name = "scale", .read = yaml_read_double, FIELD(scale), .min = -1e6, .max = 1e6},
    {.name = "offset", .read = yaml_read_double, FIELD(offset), .min = -1e6, .max = 1e6},
    {.name = "unit", .read = pass_over},
    {.name = "invalid", .read = read_invalid},
    {.name = "addressing", .read = read_addressing, FIELD(has_address)},
    {.name = "ecu", .read = yaml_read_u8, FIELD(ecu), .min = 0, .max = UINT8_MAX, .factor = 1},
    {.name = "rate",
     .read = yaml_read_u16,
     FIELD(rate_millihz),
     .min = RATE_MIN,
     .max = RATE_MAX,
     .factor = 1e3},
    {0},
};

static bool check_uds(const struct yaml_value *value, struct source_uds *source)
{
    struct yaml_value at = *value;
    struct yaml_value other;
    enum temperature_unit unit = UNIT_CELSIUS;
    if (yaml_find(value, "unit", &at) && !profile_read_unit(&at, NULL, &unit)) {
        return false;
    }
    dbc_to_celsius(unit, &source->scale, &source->offset);
    bool has_did = yaml_find(value, "did", &other);
    if (has_did == yaml_find(value, "local", &other)) {
        return yaml_fail(value, "give `did` (service 0x22) or `local` (service 0x21), one of them");
    }
    source->service = has_did ? UDS_READ_DID : UDS_READ_LOCAL;
    if (source->scale == 0) {
        yaml_find(value, "scale", &at);
        return yaml_fail(&at, "0 makes every raw value the same: use the value's factor");
    }
    if (source->has_address != yaml_find(value, "ecu", &at)) {
        return yaml_fail(&at,
                         "`addressing: extended` and `ecu` belong together: give both or none");
    }
    source->extended =
        source->request_id > CAN_ID_STANDARD_MAX || source->response_id > CAN_ID_STANDARD_MAX;
    if (!uds_may_request(source->request_id, source->extended)) {
        yaml_find(value, "request", &at);
        return yaml_fail(&at, "not an identifier of diagnostic requests: of 29 bits use one of "
                              "priority 5 to 7 and of ISO 15765, as 0x18DA10F1");
    }
    if (source->request_id == source->response_id) {
        yaml_find(value, "response", &at);
        return yaml_fail(&at, "the same as request: the control unit answers under another id");
    }
    return true;
}

static bool read_uds(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct source_config *config = target;
    struct yaml_key row = *key;
    row.keys = uds_keys;
    config->kind = SOURCE_UDS;
    config->uds = (struct source_uds){.scale = 1, .rate_millihz = RATE_DEFAULT_MILLIHZ};
    return yaml_read_mapping(value, &row, &config->uds) && check_uds(value, &config->uds);
}

static void show_uds(const struct source_config *config, FILE *out)
{
    const struct source_uds *source = &config->uds;
    fprintf(out, "  source: request 0x%X%s", (unsigned)source->request_id,
            profile_id_bits(source->extended));
    if (source->has_address) {
        fprintf(out, " to unit 0x%02X", source->ecu);
    }
    fprintf(out,
            ", answer 0x%X, service 0x%02X %0*X, bits %d to %d%s, T = raw * %g %c %g °C, asked %g "
            "times "
            "a second\n",
            (unsigned)source->response_id, source->service, source->service == UDS_READ_DID ? 4 : 2,
            source->did, source->start_bit, source->start_bit + source->length_bits - 1,
            source->is_signed ? " signed" : "", source->scale, source->offset < 0 ? '-' : '+',
            source->offset < 0 ? -source->offset : source->offset, source->rate_millihz / 1e3);
}

const struct profile_source profile_source_uds = {
    .name = "uds",
    .read = read_uds,
    .show = show_uds,
};

/* ---- j1939 ---- */

/* SAE J1939-71, PGN 65262 "Engine Temperature 1", once a second. */
static const struct spn {
    uint32_t spn;
    uint32_t pgn;
    uint16_t start;
    uint8_t length;
    double scale;
    double offset;
} spns[] = {
    {110, 65262, 0, 8, 1, -40},          /* engine coolant */
    {174, 65262, 8, 8, 1, -40},          /* fuel */
    {175, 65262, 16, 16, 0.03125, -273}, /* engine oil */
    {176, 65262, 32, 16, 0.03125, -273}, /* turbocharger oil */
};

struct j1939_draft {
    uint32_t spn;
    uint32_t pgn;
    uint16_t start;
    uint8_t length;
    double scale;
    double offset;
};

#define DRAFT(member) .offset = offsetof(struct j1939_draft, member)

static const struct yaml_key j1939_keys[] = {
    {.name = "spn", .read = yaml_read_u32, DRAFT(spn), .min = 1, .max = 524287, .factor = 1},
    {.name = "pgn", .read = yaml_read_u32, DRAFT(pgn), .min = 0, .max = J1939_PGN_MAX, .factor = 1},
    {.name = "start", .read = yaml_read_u16, DRAFT(start), .min = 0, .max = 56, .factor = 1},
    {.name = "length", .read = yaml_read_u8, DRAFT(length), .min = 8, .max = 32, .factor = 1},
    {.name = "scale", .read = yaml_read_double, DRAFT(scale), .min = -1e6, .max = 1e6},
    {.name = "offset", .read = yaml_read_double, DRAFT(offset), .min = -1e6, .max = 1e6},
    {0},
};

/* By its number, or by its bits: not half of each. */
static bool complete(const struct yaml_value *value, struct j1939_draft *draft)
{
    struct yaml_value at;
    if (draft->spn == 0) {
        bool is_whole = yaml_find(value, "pgn", &at) && yaml_find(value, "start", &at) &&
                        yaml_find(value, "length", &at) && draft->scale != 0;
        return is_whole || yaml_fail(value, "give `spn`, or `pgn`, `start`, `length` and `scale`");
    }
    if (draft->pgn != 0 || draft->length != 0 || draft->scale != 0) {
        return yaml_fail(value, "`spn` says where the value is: leave out the other keys");
    }
    for (size_t i = 0; i < sizeof spns / sizeof *spns; i++) {
        if (spns[i].spn == draft->spn) {
            *draft = (struct j1939_draft){spns[i].spn,    spns[i].pgn,   spns[i].start,
                                          spns[i].length, spns[i].scale, spns[i].offset};
            return true;
        }
    }
    yaml_find(value, "spn", &at);
    return yaml_fail(&at, "not known: use 175 (engine oil), 176 (turbocharger oil), 110 (coolant) "
                          "or 174 (fuel), or give `pgn`, `start`, `length` and `scale`");
}

static bool read_j1939(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct source_config *config = target;
    struct yaml_key row = *key;
    struct j1939_draft draft = {0};
    row.keys = j1939_keys;
    if (!yaml_read_mapping(value, &row, &draft) || !complete(value, &draft)) {
        return false;
    }
    uint32_t all = (uint32_t)((UINT64_C(1) << draft.length) - 1);
    config->kind = SOURCE_BROADCAST;
    config->broadcast = (struct source_broadcast){
        .id = j1939_id(draft.pgn),
        .id_mask = j1939_mask(draft.pgn),
        .extended = true,
        .bits = {.start_bit = draft.start, .length_bits = draft.length},
        .invalid_count = 1,
        .invalid = {{j1939_first_invalid(draft.length), all}},
        .scale = draft.scale,
        .offset = draft.offset,
    };
    return true;
}

const struct profile_source profile_source_j1939 = {
    .name = "j1939",
    .read = read_j1939,
};
