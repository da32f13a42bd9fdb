/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/watch.h"

#include "check/asked.h"
#include "check/chip.h"
#include "check/copies.h"
#include "check/counter.h"
#include "check/coverage.h"
#include "check/fields.h"
#include "check/lasting.h"
#include "check/line.h"
#include "check/odd.h"
#include "check/outcome.h"
#include "check/places.h"
#include "check/ram_code.h"
#include "check/ram_wait.h"
#include "check/run.h"
#include "check/sanitize.h"
#include "check/senses.h"
#include "check/spare.h"
#include "check/timers.h"
#include "vboard/boards/board.h"
#include "vboard/cpu/cpu.h"

#include <stdlib.h>
#include <string.h>

#define PWR_SIZE 0x2Cu
#define MESSAGE_RAM 0x4000AC00u
#define GPIOS_SIZE (11u * 0x400u)
#define GPIO_IDR 0x10u
#define GPIO_ODR 0x14u
#define GPIO_BSRR 0x18u

#define HSEM_SIZE 0x400u
#define RCC_AHB4ENR_OFFSET 0xE0u
#define HSEMEN 25u
#define IPSR 0x1FFu
#define PPB 0xE0000000u

/* Registers that are not modelled, for `CHECK_MEMORY`. */
#define STORE 512u

struct watched_core {
    struct check_window window[2];
    uint32_t main; /* 0: not known */
    uint16_t pins[11];
    const char *place; /* the function it was in at the last samples */
    bool many_places, sampled;
    uint32_t borrowed_pc; /* of odd.h */
    uint32_t tick;        /* HAL's counter of ms: its address, or 0 */
    uint32_t first_tick;  /* at the first sample */
    struct check_ram_wait ram;
};

struct stored {
    uint32_t address, value;
    bool odd; /* CHECK_CHANGING: all ones next */
};

struct check_watch {
    struct chip_watch hooks;
    struct board *board;
    struct chip *chip;
    const struct check_config *config;
    enum check_unmodelled_reads unmodelled_reads;
    struct check_boot *boot;
    vtime_ps begin;
    struct check_coverage *coverage; /* NULL: not asked for */
    struct check_inputs inputs;
    uint64_t ram_last;
    bool powered_up; /* the start is a power-on */
    uint64_t resets_before;
    struct check_lasting lasting;
    struct check_sanitizer *sanitizer;
    const struct gate *hsem_gate;
    bool looked_at_ram;
    uint32_t message_ram[CHECK_MESSAGE_RAM_WORDS]; /* as power-on left it */
    struct watched_core core[CORE_COUNT];
    struct stored store[STORE];
    unsigned stored;
};

/* ---- helpers ---- */

static enum core core_of(const struct chip *chip)
{
    return master_core(chip->access.master) == MASTER_CM4 ? CORE_CM4 : CORE_CM7;
}

static struct stored *stored_at(struct check_watch *w, uint32_t address)
{
    for (unsigned i = 0; i < w->stored; i++) {
        if (w->store[i].address == address) {
            return &w->store[i];
        }
    }
    if (w->stored == STORE) {
        return NULL;
    }
    w->store[w->stored] = (struct stored){.address = address};
    return &w->store[w->stored++];
}

static struct check_window *present_window(struct check_watch *w, enum core core)
{
    bool handler = (cpu_get_reg(board_cpu(w->board, core), CPU_XPSR) & IPSR) != 0;
    return &w->core[core].window[handler ? 1 : 0];
}

/* ---- what it writes ---- */

static bool decides(uint32_t address)
{
    return address == PWR_CR3 || address == PWR_D3CR || address == SYSCFG_PWRCR ||
           address == FLASH_ACR || address == RCC_CFGR ||
           (address >= RCC_D1CFGR && address <= RCC_PLL3FRACR);
}

/* By the core that selects the supply; the other one starts with it and sets up its own memory. */
static bool ram_was_written(const struct check_watch *w)
{
    const struct findings *f = &w->chip->findings;
    for (size_t i = 0; i < f->count; i++) {
        const struct finding *n = &f->list[i];
        if (n->kind == FINDING_RAM_IN_RUN_STAR && n->master == MASTER_CM7 &&
            n->first_at >= w->begin) {
            return true;
        }
    }
    return false;
}

static void note_supply(struct check_watch *w, enum core core, uint32_t value)
{
    struct check_boot *s = w->boot;
    if (s->write_count == 0) {
        s->ram_before_supply = w->powered_up && ram_was_written(w);
    }
    if (s->write_count < CHECK_WRITES) {
        s->writes[s->write_count++] = (struct check_write){
            core, w->chip->access.pc, cpu_get_reg(board_cpu(w->board, core), CPU_LR), value,
            w->chip->sched.now - w->begin};
    }
}

/* Is it one whose stores are looked for in the code, too? */
static bool is_scanned(uint32_t address)
{
    return address == PWR_CR3 || address == PWR_D3CR || address == SYSCFG_PWRCR ||
           address - FLASH_ACR < 0x200u || address - RCC <= RCC_PLL3FRACR - RCC;
}

static void note_store(struct check_boot *s, struct chip *chip, const struct check_store *store)
{
    for (size_t i = 0; i < s->store_count; i++) {
        const struct check_store *old = &s->stores[i];
        if (old->core == store->core && old->pc == store->pc && old->address == store->address &&
            old->value == store->value) {
            return;
        }
    }
    if (s->store_count < CHECK_STORES) {
        s->stores[s->store_count] = *store;
        check_keep_code(chip, &s->stores[s->store_count++]);
    }
}

static void note_write(struct check_watch *w, enum core core, uint32_t address, uint32_t value)
{
    if (is_scanned(address & ~3u)) {
        if (flow_file_reg_at(address & ~3u) != FLOW_FILE_REGS) {
            w->boot->last_pc[core] = w->chip->access.pc;
        }
        note_store(w->boot, w->chip,
                   &(struct check_store){
                       .core = core, .pc = w->chip->access.pc, .address = address, .value = value});
    }
    uint64_t *trace = &w->boot->trace[core];
    if (decides(address & ~3u)) {
        *trace = ((*trace ^ address) * UINT64_C(0x100000001B3) ^ value) * UINT64_C(0x100000001B3);
    }
    if (address == PWR_CR3) { /* its low byte is written */
        note_supply(w, core, value);
    }
}

/* Pins a core sets by itself; alternate functions are the peripherals'. */
static void note_pins(struct check_watch *w, enum core core, uint32_t address, uint32_t value)
{
    uint32_t offset = address & 0x3FFu;
    unsigned port = (address - GPIOA) / 0x400u;
    if (offset == GPIO_BSRR) {
        w->core[core].pins[port] |= (uint16_t)(value | value >> 16);
    } else if (offset == GPIO_ODR) {
        w->core[core].pins[port] |= (uint16_t)(value ^ check_peek(w->chip, address));
    }
}

/* HSEM, enabled by the other core only. */
static void note_borrowed(struct check_watch *w, enum core core)
{
    const struct gate *gate = w->hsem_gate;
    if (gate != NULL && !gate->on[core == CORE_CM4 ? MASTER_CM4 : MASTER_CM7] && gate->any &&
        w->core[core].borrowed_pc == 0) {
        w->core[core].borrowed_pc = w->chip->access.pc;
    }
}

static void on_access(void *ctx, uint32_t address, unsigned size, bool write, uint32_t value)
{
    struct check_watch *w = ctx;
    (void)size;
    enum core core = core_of(w->chip);
    if (w->boot == NULL || (address >= PPB && (write || !w->chip->access.steady))) {
        return; /* of the core's own registers only a counter that stands still is a wait */
    }
    check_sanitizer_access(w->sanitizer, core, address, write, value);
    if (address - HSEM < HSEM_SIZE) {
        note_borrowed(w, core);
    }
    if (!write && master_is_dma(w->chip->access.master)) {
        return; /* it asks for nothing */
    }
    if (!write) {
        if (address - GPIOA < GPIOS_SIZE && (address & 0x3FCu) == GPIO_IDR) {
            check_note_input(&w->inputs, board_cpu(w->board, core), w->chip->access.pc, address,
                             value);
        }
        const struct check_asking asking = {w->chip->access.pc, address, value, w->chip->sched.now};
        check_ask(present_window(w, core), board_cpu(w->board, core), &asking);
        return;
    }
    present_window(w, core)->count = 0;
    note_write(w, core, address, value);
    if (address - GPIOA < GPIOS_SIZE) {
        note_pins(w, core, address, value);
    }
    if (!check_is_modelled(w->chip, address)) {
        struct stored *s = stored_at(w, address & ~3u);
        if (s != NULL) {
            s->value = value << (8 * (address & 3u));
        }
    }
}

/* ---- registers that are not modelled ---- */

static void note_unmodelled(struct check_watch *w, uint32_t address)
{
    struct check_boot *s = w->boot;
    uint32_t pc = w->chip->access.pc;
    for (size_t i = 0; i < s->unmodelled_count; i++) {
        if (s->unmodelled[i].pc == pc && s->unmodelled[i].address == address) {
            s->unmodelled[i].count++;
            return;
        }
    }
    if (s->unmodelled_count < CHECK_UNMODELLED) {
        s->unmodelled[s->unmodelled_count++] =
            (struct check_unmodelled){core_of(w->chip), pc, address, 1};
    }
}

static uint32_t on_unmodelled(void *ctx, uint32_t address)
{
    struct check_watch *w = ctx;
    if (w->boot == NULL) {
        return 0;
    }
    note_unmodelled(w, address);
    w->chip->access.steady = w->unmodelled_reads != CHECK_CHANGING;
    struct stored *s = stored_at(w, address & ~3u);
    switch (w->unmodelled_reads) {
    case CHECK_ONES:
        return UINT32_MAX;
    case CHECK_CHANGING:
        if (s != NULL) {
            s->odd = !s->odd;
        }
        return s != NULL && s->odd ? UINT32_MAX : 0;
    case CHECK_MEMORY:
        return s != NULL ? s->value >> (8 * (address & 3u)) : 0;
    default:
        return 0;
    }
}

/* ---- where it got to ---- */

/* Once for each instruction, or block, after a reset. */
static void note_code(struct check_watch *w, enum core core, uint32_t address)
{
    w->boot->settled_at = cpu_time(board_cpu(w->board, core)) - w->begin;
    w->boot->new_code += check_cover(w->coverage, core, address) ? 1 : 0;
}

static void on_code(void *ctx, enum core core, uint32_t address)
{
    struct check_watch *w = ctx;
    if (w->boot == NULL) {
        return;
    }
    struct check_core *c = &w->boot->core[core];
    if (w->coverage != NULL) {
        note_code(w, core, address);
    }
    check_note_page(w->boot->pages, core, address);
    if (address == w->core[core].main && w->core[core].main != 0 && !c->main_reached) {
        c->main_reached = true;
        c->main_at = cpu_time(board_cpu(w->board, core)) - w->begin;
    }
}

static uint32_t tick_of(struct check_watch *w, unsigned core)
{
    uint32_t tick = 0;
    if (w->core[core].tick != 0) {
        cpu_read_mem(board_cpu(w->board, core), w->core[core].tick, &tick, sizeof tick);
    }
    return tick;
}

void check_watch_sample(struct check_watch *w)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        struct watched_core *c = &w->core[i];
        uint32_t pc = cpu_get_reg(board_cpu(w->board, i), CPU_PC);
        const char *name = check_function(w->config, (enum core)i, pc);
        c->many_places = c->many_places || (c->sampled && c->place != name);
        c->place = name;
        check_ram_wait_look(&c->ram, board_cpu(w->board, i));
        c->first_tick = c->sampled ? c->first_tick : tick_of(w, i);
        c->sampled = true;
    }
}

/* ---- life ---- */

struct check_watch *check_watch_create(struct board *board, const struct check_config *config,
                                       enum check_unmodelled_reads unmodelled_reads)
{
    struct check_watch *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return NULL;
    }
    const struct image *images[CORE_COUNT] = {config->cm7,
                                              config->cm4 != NULL ? config->cm4 : config->cm7};
    w->board = board;
    w->chip = board_chip(board);
    w->config = config;
    w->unmodelled_reads = unmodelled_reads;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        w->core[i].main = image_symbol(images[i], "main");
        w->core[i].tick = image_object(images[i], "uwTick");
    }
    if (config->cm4 == NULL) {
        w->core[CORE_CM4].main = 0; /* the only image's main is the M7's */
    }
    w->hooks = (struct chip_watch){on_access, on_unmodelled, on_code, w};
    w->chip->bus.watch = &w->hooks;
    w->sanitizer = check_sanitizer_create(board, config);
    w->hsem_gate = chip_gate(w->chip, RCC_AHB4ENR_OFFSET, HSEMEN);
    return w;
}

void check_watch_destroy(struct check_watch *w)
{
    if (w != NULL) {
        w->chip->bus.watch = NULL;
        check_sanitizer_destroy(w->sanitizer);
        free(w);
    }
}

void check_watch_cover(struct check_watch *w, struct check_coverage *coverage)
{
    w->coverage = coverage;
}

void check_watch_sense(struct check_watch *w)
{
    check_sense(&w->boot->senses, w->chip, &w->inputs);
}

void check_watch_loaded(struct check_watch *w)
{
    check_lasting_begin(&w->lasting, w->chip, w->config);
}

static void keep_message_ram(struct check_watch *w)
{
    const struct mem_region *r = chip_region(w->chip, MESSAGE_RAM, MASTER_DEBUG);
    if (r != NULL) {
        memcpy(w->message_ram, r->host, sizeof w->message_ram);
    }
}

void check_watch_begin(struct check_watch *w, struct check_boot *boot, bool power)
{
    w->boot = boot;
    boot->pages = check_pages_of(boot->pages);
    w->begin = w->chip->sched.now;
    w->powered_up = power;
    w->resets_before = board_resets(w->board);
    if (power) {
        w->stored = 0;
        keep_message_ram(w);
    }
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        uint32_t main = w->core[i].main;
        uint32_t tick = w->core[i].tick;
        memset(&w->core[i], 0, sizeof w->core[i]);
        w->core[i].main = main;
        w->core[i].tick = tick;
        boot->core[i].main_known = main != 0;
    }
    memset(&w->inputs, 0, sizeof w->inputs);
    bool fresh = power && boot->history == CHECK_FRESH && !w->looked_at_ram;
    w->looked_at_ram = true;
    check_sanitizer_begin(w->sanitizer, fresh && w->unmodelled_reads == CHECK_ZEROS);
    findings_clear(&w->chip->findings);
}

/* ---- the end ---- */

static const struct check_window *waiting_window(const struct check_watch *w, unsigned core)
{
    const struct check_window *windows = w->core[core].window;
    vtime_ps quarter = w->config->length / 4; /* a short start has no 100 ms to wait */
    vtime_ps wait_min = quarter < CHECK_WAIT_MIN ? quarter : CHECK_WAIT_MIN;
    uint32_t pc = cpu_get_reg(board_cpu(w->board, core), CPU_PC);
    for (unsigned i = 0; i < 2; i++) {
        if (check_window_waits(&windows[i], pc, w->chip->sched.now, wait_min,
                               check_slice(w->config))) {
            return &windows[i];
        }
    }
    return NULL;
}

static bool is_empty(struct check_watch *w, enum core core)
{
    uint32_t vectors[2] = {0, 0};
    struct cpu *cpu = board_cpu(w->board, core);
    return cpu_read_mem(cpu, w->chip->cores.boot_address[core], vectors, sizeof vectors) &&
           vectors[0] == UINT32_MAX && vectors[1] == UINT32_MAX;
}

static enum check_state state_of(struct check_watch *w, enum core core)
{
    const struct cpu *cpu = board_cpu(w->board, core);
    if (w->chip->resets.vcore_lost) {
        return CHECK_DEAD;
    }
    if (w->chip->cores.off[core] || w->chip->resets.standby) {
        return CHECK_STOPS; /* in Standby: what wakes it comes from outside, or from the RTC */
    }
    if (w->chip->cores.held[core]) {
        return CHECK_HELD;
    }
    if (cpu_is_locked_up(cpu)) {
        return CHECK_LOCKED_UP;
    }
    if (cpu_is_sleeping(cpu)) {
        return w->chip->cores.sleep[core] == CORE_DEEPSLEEP ? CHECK_STOPS : CHECK_SLEEPS;
    }
    return waiting_window(w, core) != NULL ? CHECK_WAITS : CHECK_RUNS;
}

static void end_core(struct check_watch *w, enum core core)
{
    struct check_core *c = &w->boot->core[core];
    c->empty = is_empty(w, core);
    c->state = state_of(w, core);
    c->place = w->core[core].many_places ? NULL : w->core[core].place;
    if (c->state == CHECK_RUNS && !check_dma_is_on(w->chip)) {
        c->ram = w->core[core].ram;
    }
    if (c->state == CHECK_WAITS) {
        const struct check_asked *a = check_last_asked(waiting_window(w, core));
        c->poll =
            (struct check_poll){a->pc, a->address, a->value,
                                check_tested_bits(board_cpu(w->board, core), a->pc, a->value)};
        c->stands = check_why_it_stands(board_cpu(w->board, core), &c->poll);
    }
}

static uint32_t read_register(void *ctx, uint32_t address)
{
    struct check_watch *w = ctx;
    if (check_is_modelled(w->chip, address)) {
        return check_peek(w->chip, address);
    }
    for (unsigned i = 0; i < w->stored; i++) {
        if (w->store[i].address == address) {
            return w->store[i].value;
        }
    }
    return 0;
}

/* ---- what it ends with ---- */

static uint32_t read_word(void *ctx, uint32_t address)
{
    struct check_watch *w = ctx;
    const struct mem_region *r = chip_region(w->chip, address, MASTER_DEBUG);
    uint32_t word = 0;
    if (r == NULL) {
        return read_register(ctx, address);
    }
    memcpy(&word, r->host + (address - r->base), sizeof word);
    return word;
}

static void look_for_odds(struct check_watch *w)
{
    struct check_scene scene = {.chip = w->chip,
                                .boot = w->boot,
                                .read = read_word,
                                .ctx = w,
                                .powered_up = w->powered_up,
                                .message_ram = w->message_ram,
                                .board = board_options_board(&w->config->board)};
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        scene.cpu[i] = board_cpu(w->board, i);
        scene.function[i] =
            check_function(w->config, (enum core)i, cpu_get_reg(scene.cpu[i], CPU_PC));
        scene.borrowed_pc[i] = w->core[i].borrowed_pc;
        scene.tick_stands[i] = w->core[i].tick != 0 && tick_of(w, i) == w->core[i].first_tick;
    }
    w->boot->odds = check_look(&scene);
    w->boot->on_hse = check_is_on_hse(&scene);
}

void check_watch_end(struct check_watch *w)
{
    struct check_boot *s = w->boot;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        end_core(w, (enum core)i);
        s->core[i].faults_handled = check_faults_handled(&w->chip->cores, (enum core)i);
    }
    for (unsigned port = 0; port < 11; port++) {
        s->shared_pins[port] = w->core[CORE_CM7].pins[port] & w->core[CORE_CM4].pins[port];
    }
    check_copy_findings(s, &w->chip->findings, w->begin);
    s->vcore_lost = s->vcore_lost || w->chip->resets.vcore_lost;
    s->resets = board_resets(w->board); /* since the power came, perhaps in this start */
    s->resets -= s->resets >= w->resets_before ? w->resets_before : 0;
    check_lasting_end(&w->lasting, w->chip, s);
    check_watch_sense(w);
    s->vos = w->chip->power.vos;
    check_file_read(w->chip, s->registers);
    check_keep_pages(s->pages, w->chip);
    s->cm7_hz = clock_hz(&w->chip->clocks[CLK_CPU1]);
    if (s->write_count == 0 && w->powered_up) {
        s->ram_before_supply = ram_was_written(w);
    }
    if (!w->chip->resets.vcore_lost) {
        s->pwm_count = check_timers(w->chip, read_register, w, s->pwms, CHECK_PWMS);
    }
    look_for_odds(w);
    check_sanitizer_end(w->sanitizer, s->odds);
    w->boot = NULL;
}

bool check_watch_frozen(struct check_watch *w)
{
    uint64_t ram = w->ram_last;
    if (w->chip->resets.vcore_lost) {
        return true;
    }
    if (sched_next(&w->chip->sched) != VTIME_NEVER) {
        return false;
    }
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        enum check_state state = state_of(w, (enum core)i);
        if (state == CHECK_RUNS ||
            (state == CHECK_WAITS && !check_turns_alike(waiting_window(w, i)))) {
            return false;
        }
    }
    /* Nor did anything change in memory since the last time we were here. */
    w->ram_last = check_ram_sum(w->chip);
    return w->ram_last == ram;
}

vtime_ps check_watch_waits_for_supply(struct check_watch *w)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        const struct check_window *window = waiting_window(w, i);
        if (state_of(w, (enum core)i) == CHECK_WAITS &&
            check_last_asked(window)->address - PWR < PWR_SIZE) {
            return w->chip->sched.now - window->since;
        }
    }
    return 0;
}
