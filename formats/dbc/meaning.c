/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/dbc/meaning.h"

#include "formats/text/text_fold.h"

#include <string.h>

#define LENGTH_MIN_BITS 6 /* shorter ones are lamps, states and qualities */
#define LENGTH_MAX_BITS 32
#define FOLDED_MAX 400

/* ---- words in names and comments, folded (formats/text/text_fold.h) ---- */

/* How a word must stand, so that coil is no oil and control temp no ol temp. */
enum place {
    ANYWHERE,
    AT_START, /* after no letter, or as a capital after a small letter: EngOil, oil_temp */
    ALONE,    /* and no small letter follows */
};

struct word {
    const char *text;
    enum place place;
};

static const struct word oil_words[] = {
    {"oil", AT_START},    {"enginoil", ANYWHERE}, {"engineoil", ANYWHERE}, /* English */
    {"oel", AT_START},    {"motoroel", ANYWHERE}, {"oltemp", AT_START},    /* German; vw_pq.dbc */
    {"huile", ANYWHERE},                                                   /* French */
    {"olio", AT_START},                                                    /* Italian */
    {"aceite", ANYWHERE},                                                  /* Spanish */
    {"oleo", AT_START},                                                    /* Portuguese */
    {"olie", AT_START},                                                    /* Dutch, Danish */
    {"olja", AT_START},   {"olje", AT_START},                              /* Swedish, Norwegian */
    {"olej", AT_START},                                                    /* Polish, Czech */
    {"масл", ANYWHERE},   {"Масл", ANYWHERE},                              /* Russian */
    {"油温", ANYWHERE},                                                    /* Chinese, Japanese */
    {"eoi", ALONE},                                                        /* bmw_e9x_e8x.dbc */
    {"eot", ALONE},                                                        /* engine oil temp. */
};

static const struct word coolant_words[] = {
    {"coolant", ANYWHERE},
    {"coolnt", ANYWHERE},
    {"cool", AT_START},
    {"clnt", ANYWHERE},
    {"clt", AT_START},
    {"ect", ALONE},
    {"water", AT_START},
    {"kuehlm", ANYWHERE},
    {"kuehlw", ANYWHERE},
    {"wasser", AT_START},
    {"liquide de ref", ANYWHERE},
    {"refroid", ANYWHERE},
    {"temp_eau", ANYWHERE},
    {"eau", ALONE},
    {"refrigerante", ANYWHERE},
    {"acqua", AT_START},
    {"agua", AT_START},
    {"koelv", ANYWHERE},
    {"kylv", ANYWHERE},
    {"水温", ANYWHERE},
    {"охлажд", ANYWHERE},
    {"temp_eng", ANYWHERE},  /* BMW, Hyundai */
    {"motortemp", ANYWHERE}, /* vw_pq.dbc */
};

static const struct word temperature_words[] = {
    {"temp", ANYWHERE},     {"tmp", ANYWHERE},  {"_te_", ANYWHERE}, /* ford_lincoln_base_pt.dbc */
    {"tswmp", ANYWHERE},                                            /* psa_aee2010_r3.dbc */
    {"kuehlm_t", ANYWHERE},                                         /* vw_pq.dbc */
    {"油温", ANYWHERE},     {"水温", ANYWHERE}, {"темп", ANYWHERE},
    {"eot", ALONE},         {"ect", ALONE},     {"clt", ALONE},
};

/* Other things that have oil, coolant or a temperature. */
static const struct word other_words[] = {
    {"gbox", ANYWHERE},   {"gear", ANYWHERE},
    {"getr", ANYWHERE},   {"trans", ANYWHERE},
    {"trn", AT_START},    {"atf", ALONE},
    {"cvt", ALONE},       {"diff", ANYWHERE},
    {"axle", ANYWHERE},   {"achs", ANYWHERE},
    {"boite", ANYWHERE},  {"cambio", ANYWHERE},
    {"batt", ANYWHERE},   {"inv", AT_START},
    {"coil", ANYWHERE},   {"htr", ANYWHERE},
    {"heat", ANYWHERE},   {"elec", ANYWHERE},
    {"air", AT_START},    {"amb", AT_START},
    {"fuel", ANYWHERE},   {"evap", ANYWHERE},
    {"hvac", ANYWHERE},   {"press", ANYWHERE},
    {"prs", AT_START},    {"druck", ANYWHERE},
    {"niveau", ANYWHERE}, {"warn", ANYWHERE},
    {"fehler", ANYWHERE}, {"life", ANYWHERE},
    {"group", ANYWHERE},  {"coolfan", ANYWHERE},
    {"fan", ALONE},       {"luft", ANYWHERE},
    {"sth_", ANYWHERE},   {"standheiz", ANYWHERE},
    {"pump", ANYWHERE},   {"motor_temp_hyb", ANYWHERE},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/*
 * Does the word begin at `at`? Folding keeps lengths of what stands before and after only for ASCII, so
 * capitals are looked up in `text` if it is all ASCII, else every letter counts as a small one.
 */
static bool starts_word(const char *text, const char *folded, size_t at)
{
    char before = at == 0 ? ' ' : text != NULL ? text[at - 1] : folded[at - 1];
    char first = text != NULL ? text[at] : folded[at];
    return !(is_small(before) || is_capital(before)) || (is_small(before) && is_capital(first));
}

static bool ends_word(const char *text, const char *folded, size_t end)
{
    char last = text != NULL ? text[end - 1] : folded[end - 1];
    char next = text != NULL ? text[end] : folded[end];
    return !(is_small(next) || is_capital(next)) || (is_small(last) && is_capital(next));
}

static bool has_word(const char *text, const char *folded, const struct word *word)
{
    for (const char *at = strstr(folded, word->text); at != NULL; at = strstr(at + 1, word->text)) {
        size_t begin = (size_t)(at - folded);
        bool starts = word->place == ANYWHERE || starts_word(text, folded, begin);
        bool ends = word->place != ALONE || ends_word(text, folded, begin + strlen(word->text));
        if (starts && ends) {
            return true;
        }
    }
    return false;
}

static bool has_any(const char *text, const struct word *words, size_t count)
{
    char folded[FOLDED_MAX];
    text_fold(text, folded, sizeof folded);
    bool is_ascii = true;
    for (const char *at = text; *at != '\0'; at++) {
        is_ascii = is_ascii && (unsigned char)*at < 0x80;
    }
    for (size_t i = 0; i < count; i++) {
        if (has_word(is_ascii ? text : NULL, folded, &words[i])) {
            return true;
        }
    }
    return false;
}

#define HAS_ANY(text, words) has_any(text, words, COUNT(words))

enum dbc_meaning dbc_signal_meaning(const struct dbc_signal *signal)
{
    enum temperature_unit unit = dbc_temperature_unit(signal->unit);
    if (signal->bits.length_bits < LENGTH_MIN_BITS || signal->bits.length_bits > LENGTH_MAX_BITS ||
        unit == UNIT_OTHER || HAS_ANY(signal->name, other_words)) {
        return DBC_SOMETHING;
    }
    bool is_temperature = unit != UNIT_UNKNOWN || HAS_ANY(signal->name, temperature_words) ||
                          HAS_ANY(signal->comment, temperature_words);
    if (!is_temperature) {
        return DBC_SOMETHING;
    }
    if (HAS_ANY(signal->name, oil_words)) {
        return DBC_OIL_TEMPERATURE;
    }
    if (HAS_ANY(signal->name, coolant_words)) {
        return DBC_COOLANT_TEMPERATURE;
    }
    if (HAS_ANY(signal->comment, other_words)) {
        return DBC_SOMETHING;
    }
    if (HAS_ANY(signal->comment, oil_words)) {
        return DBC_OIL_TEMPERATURE;
    }
    return HAS_ANY(signal->comment, coolant_words) ? DBC_COOLANT_TEMPERATURE : DBC_SOMETHING;
}

/* ---- units ---- */

/* Folded, without blanks, degree signs, underscores and the like. */
static void squeeze(const char *text, char *squeezed, size_t size)
{
    char folded[FOLDED_MAX];
    size_t used = 0;
    text_fold(text, folded, sizeof folded);
    for (const char *at = folded; *at != '\0' && used + 1 < size; at++) {
        bool is_sign =
            (unsigned char)*at == 0xC2 && at[1] != '\0'; /* U+0080..U+00BF: degree sign */
        at += is_sign;
        if (!is_sign && (is_small(*at) || is_digit(*at) || (unsigned char)*at >= 0x80)) {
            squeezed[used++] = *at;
        }
    }
    squeezed[used] = '\0';
}

enum temperature_unit dbc_temperature_unit(const char *unit)
{
    static const struct {
        const char *name;
        enum temperature_unit unit;
    } names[] = {
        {"", UNIT_UNKNOWN},
        {"unitless", UNIT_UNKNOWN},
        {"℃", UNIT_CELSIUS},
        {"℉", UNIT_FAHRENHEIT},
        {"na", UNIT_UNKNOWN},
        {"none", UNIT_UNKNOWN},
        {"c", UNIT_CELSIUS},
        {"degc", UNIT_CELSIUS},
        {"degreec", UNIT_CELSIUS},
        {"degreesc", UNIT_CELSIUS},
        {"celsius", UNIT_CELSIUS},
        {"gradc", UNIT_CELSIUS},
        {"grad", UNIT_UNKNOWN},
        {"degreecelsius", UNIT_CELSIUS},
        {"gradcelsius", UNIT_CELSIUS},
        {"degreescelsius", UNIT_CELSIUS},
        {"degcelsius", UNIT_CELSIUS},
        {"unitdegrecelsi", UNIT_CELSIUS}, /* vw_mqb.dbc */
        {"degresc", UNIT_CELSIUS},
        {"deg", UNIT_UNKNOWN},
        {"k", UNIT_KELVIN},
        {"kelvin", UNIT_KELVIN},
        {"degk", UNIT_KELVIN},
        {"unitkelvi", UNIT_KELVIN},
        {"degreekelvin", UNIT_KELVIN},
        {"f", UNIT_FAHRENHEIT},
        {"degf", UNIT_FAHRENHEIT},
        {"fahrenheit", UNIT_FAHRENHEIT},
        {"degreef", UNIT_FAHRENHEIT},
        {"degreesf", UNIT_FAHRENHEIT},
        {"degreefahrenheit", UNIT_FAHRENHEIT},
        {"degreesfahrenheit", UNIT_FAHRENHEIT},
        {"degfahrenheit", UNIT_FAHRENHEIT},
        {"unitdegrefahrenheit", UNIT_FAHRENHEIT},
    };
    char squeezed[64];
    squeeze(unit, squeezed, sizeof squeezed);
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(squeezed, names[i].name) == 0) {
            return unit[0] != '\0' && squeezed[0] == '\0' ? UNIT_OTHER : names[i].unit; /* "%" */
        }
    }
    return UNIT_OTHER;
}

void dbc_to_celsius(enum temperature_unit unit, double *scale, double *offset)
{
    if (unit == UNIT_KELVIN) {
        *offset -= 273.15;
    } else if (unit == UNIT_FAHRENHEIT) {
        *scale = *scale * 5 / 9;
        *offset = (*offset - 32) * 5 / 9;
    }
}

/* ---- raw values that are none ---- */

/* "Undefined_2" and "NotUsed12" are "undefined" and "notused". */
static void drop_number(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && is_digit(text[length - 1])) {
        length--;
    }
    if (length > 0) {
        text[length] = '\0';
    }
}

static bool is_one_of(const char *text, const char *const *texts, size_t count)
{
    char squeezed[64];
    squeeze(text, squeezed, sizeof squeezed);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            if (strcmp(squeezed, texts[i]) == 0) {
                return true;
            }
        }
        drop_number(squeezed);
    }
    return false;
}

bool dbc_text_is_not_fitted(const char *text)
{
    static const char *const texts[] = {
        "nichtverbaut",         "notfitted", "notinstalled", "notequipped", "notpresent",
        "signalnichtvorhanden", "absent",    "nonpresente",
    };
    return is_one_of(text, texts, COUNT(texts));
}

bool dbc_text_is_invalid(const char *text)
{
    static const char *const texts[] = {
        /* Ford (ford_lincoln_base_pt.dbc, ford_cgea1_2_ptcan_2011.dbc) */
        "fault",
        "faulty",
        "faultsignal",
        "faultysignal",
        "unknown",
        "unknownsignal",
        "nodataexists",
        "nodataexistssignal",
        "nodata",
        "notused",
        "unused",
        "undefined",
        "faulted",
        /* Volkswagen (vw_mqb.dbc, vw_pq.dbc and their kin) */
        "init",
        "initialisierung",
        "fehler",
        "fehlerwert",
        "nichtverbaut",
        "ungueltig",
        "nichtverfuegbar",
        "signalnichtverfuegbar",
        "nichtdefiniert",
        "keinwert",
        "reserviert",
        "ersatzwert",
        "unplausibel",
        "signalungueltig",
        /* Mercedes-Benz, Chrysler, Tesla: "signal not available" */
        "sna",
        "signalnotavailable",
        "signalnichtvorhanden",
        /* J1939-71 and general use */
        "error",
        "errorindicator",
        "notavailable",
        "notavail",
        "na",
        "invalid",
        "invalidsignal",
        "invaliddata",
        "sensorerror",
        "sensorfault",
        "sensorfailure",
        "sensorinvalid",
        "failure",
        "fail",
        "failed",
        "notfitted",
        "notinstalled",
        "notequipped",
        "notpresent",
        "notsupported",
        "notvalid",
        "notdefined",
        "notdetermined",
        "unavailable",
        "initialization",
        "initialisation",
        "initializing",
        "initialising",
        "reserved",
        "shortcircuit",
        "opencircuit",
        "outofrange",
        "implausible",
        "default",
        "defaultvalue",
        /* French, Italian, Spanish */
        "defaut",
        "invalide",
        "indisponible",
        "nondisponible",
        "erreur",
        "absent",
        "nonvalido",
        "novalido",
        "nodisponible",
        "errore",
        "nonpresente",
    };
    return is_one_of(text, texts, COUNT(texts));
}
