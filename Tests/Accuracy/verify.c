/* The proof of the library's accuracy. For every function of the catalogue, with its default parameters and those of
 * its aliases (or, where it has none, those that its reference says), both tiers, all four types, all three forms:
 *
 *   float32 values and derivatives    all 2^32 inputs: exact tier correctly rounded, fast tier within 4 ULP
 *   float16 and bfloat16              all 65,536 inputs, correctly rounded in both tiers
 *   float64                           a sample (inputs.c): exact tier below 1 ULP, fast tier within 4 ULP
 *   backward products                 samples of pairs, by the same bounds
 *
 * softmax and log_softmax (below 1 and within 4 ULP) and the gated units are tried on samples (composed.c).
 *
 * And where the catalogue claims an error bound, nothing above it. Functions with parameters are tried on samples of
 * the same kinds with other parameters too: those that their reference adds, and RANDOM_SETS sets from all of their
 * domains (inputs.c), which share a row.
 *
 * The true values are MPFR's (references.c). Most inputs are decided by the C library's double or long double and the
 * error granted to it; what that leaves open goes to MPFR. A function without a reference fails.
 *
 *   verify                        all of it. Every row has a digest of the results that it is about, and stands for as
 *                                 long as the library gives the same ones, on whatever CPU: such rows of --state and
 *                                 --known are kept. --fresh judges all again, for when the references have changed
 *   verify --sample 1000000       at most so many inputs a row, and nothing kept
 *   verify --function tanh --type f32 --tier exact --form value
 *   verify --help
 *
 * To see it fail, spoil a constant of a kernel: in Sources/Kernels/Elementary/HyperbolicTangent.swift, in the rational
 * approximation of `Doubles`, change a hexadecimal digit near the middle of P's second coefficient (0x1.2a12bd7928579p-3
 * to 0x1.2a12bd8928579p-3), then
 *
 *   make lib && Tests/Accuracy/run.sh --function tanh --sample 1000000
 *
 * must report some 4,000 misrounded float32 values with examples, and end with status 1. A digit further to the right
 * makes fewer wrong, which the full proof still finds (--type f32 --form value, without --sample), until the change is
 * too small to break a promise. Undo it, and `make lib` again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "composed.h"
#include "truth.h"
#include "workers.h"

enum { FORMS = 3 };
static const char *const tier_names[] = {"exact", "fast"};
static const char *const form_names[] = {"value", "derivative", "backward"};

/* How many inputs the full proof takes where it does not take all there are. */
static const uint64_t full_sample = 1 << 24, full_uncatalogued = 1 << 20, full_composed = 1 << 20;
/* A sample takes so many times fewer with each of the other parameters, and of what MPFR decides every result. */
enum { LESS_UNCATALOGUED = 16, LESS_RANDOM = 64, LESS_COMPOSED = 128 };

/* --------------------------------------------------------------------------------------------------- progress --- */

static double time_planned, time_done; /* in nanoseconds or so */
static double started, aside;          /* in seconds: what known rows took, of which the plan says nothing */
static double time_each;                         /* input of the item in work */
static int on_terminal, to_be_long;

static double seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* What an input costs: a vectors' loop for all floats, a random number for the others, long double for float64. */
static double time_of(const item *it) {
  return it->composition ? 5000 : it->type == ACT_F64 ? 25 : it->inputs == UINT64_C(1) << 32 ? 1 : it->form == ACT_BACKWARD ? 12 : 6;
}

void progress(uint64_t inputs) {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  static double last;
  pthread_mutex_lock(&mutex);
  time_done += time_each * (double)inputs;
  if (last == 0) last = started;
  double now = seconds_now(), part = time_done / time_planned, left = (now - started - aside) * (1 - part) / part;
  if (part > 0 && time_each > 0 && (on_terminal ? now - last > 0.5 : to_be_long && now - last > 60)) {
    last = now;
    fprintf(stderr, "%s%5.1f %%, about %.0f:%02d min left %s", on_terminal ? "\r\033[K" : "", 100 * part, floor(left / 60),
            (int)fmod(left, 60), on_terminal ? "" : "\n");
  }
  pthread_mutex_unlock(&mutex);
}

static void progress_clear(void) {
  if (on_terminal) fprintf(stderr, "\r\033[K");
}

/* ------------------------------------------------------------------------------------------------------- rows --- */

static const char row_head[] =
    "function,parameters,tier,type,form,inputs,wrong,worst_ulp,bound_ulp,worst_x,worst_dy,worst_parameters,seconds,date,cpu,isa,commit,digest";
static char where[512]; /* date, CPU, instruction set, commit */

static void where_make(const char *commit) {
  char date[16], cpu[256] = "", line[256];
  time_t t = time(NULL);
  strftime(date, sizeof date, "%Y-%m-%d", localtime(&t));
  FILE *f = fopen("/proc/cpuinfo", "r");
  while (f && fgets(line, sizeof line, f))
    if (strncmp(line, "model name", 10) == 0 && strchr(line, ':'))
      snprintf(cpu, sizeof cpu, "%s", strchr(line, ':') + 2);
  if (f) fclose(f);
  struct utsname machine;
  if (!*cpu && uname(&machine) == 0) snprintf(cpu, sizeof cpu, "%s", machine.machine);
  for (char *p = cpu; *p; p++)
    if (*p == ',' || *p == '\n') *p = *p == ',' ? ';' : '\0';
  snprintf(where, sizeof where, "%s,%s,%s,%s", date, cpu, act_isa(), commit);
}

/* The shortest decimal that is this double. */
static void decimal(double x, char *text, size_t size) {
  for (int digits = 1; digits <= 17; digits++) {
    snprintf(text, size, "%.*g", digits, x);
    if (strtod(text, NULL) == x) return;
  }
}

static void set_text(const item *it, const double *parameters, char *text, size_t size) {
  *text = 0;
  for (size_t i = 0; i < it->info->parameter_count; i++) {
    char value[32];
    size_t used = strlen(text);
    decimal(parameters[i], value, sizeof value);
    snprintf(text + used, size - used, "%s%s=%s", used ? " " : "", it->info->parameters[i].name, value);
  }
}

static void parameters_text(const item *it, char *text, size_t size) {
  if (it->random)
    snprintf(text, size, "%d random", RANDOM_SETS);
  else
    set_text(it, it->parameters, text, size);
}

static uint64_t inputs_together(const item *it) { return it->inputs * (it->random ? RANDOM_SETS : 1); }

/* The row's first columns, which tell it from the others. */
static void row_identity(const item *it, int tier, char *text, size_t size) {
  char parameters[128];
  parameters_text(it, parameters, sizeof parameters);
  snprintf(text, size, "%s,%s,%s,%s,%s,%" PRIu64 ",", it->info->name, parameters, tier_names[tier],
           number_types[it->type].name, form_names[it->form], inputs_together(it));
}

static double bound(const item *it, int tier) {
  return by_rounding(it, tier) ? 0.5 : isnan(claim(it, tier)) ? (within_bound(it, tier, 2) ? 4 : 1) : claim(it, tier);
}

/* Hexadecimal, as inputs and results are shown. */
static void hexadecimal(double x, char *text, size_t size) { snprintf(text, size, isnan(x) ? "nan" : "%a", x); }

static void input_text(const item *it, const double *parameters, double x, double dy, char *text, size_t size) {
  char in[32], in_dy[32], set[128];
  hexadecimal(x, in, sizeof in);
  hexadecimal(dy, in_dy, sizeof in_dy);
  set_text(it, parameters, set, sizeof set);
  int used = snprintf(text, size, "x = %s%s%s%s%s", in, it->form == ACT_BACKWARD ? ", dy = " : "",
                      it->form == ACT_BACKWARD ? in_dy : "", it->random ? ", " : "", it->random ? set : "");
  if (it->composition == SOFTMAX || it->composition == LOG_SOFTMAX)
    snprintf(text + used, size - (size_t)used, ", element %.0f of row %.0f", parameters[1], parameters[0]);
}

static int above_claim(const item *it, int tier, const tally *t) {
  return it->catalogued && !isnan(claim(it, tier)) && !(t->worst <= claim(it, tier));
}

static void row_print(const item *it, int tier, const tally *t, double seconds) {
  char parameters[128], input[256], got[32], want[32];
  int claimed = it->catalogued && it->form != ACT_BACKWARD;
  parameters_text(it, parameters, sizeof parameters);
  progress_clear();
  printf("%s  %s%s%s, %s, %s, %s: %" PRIu64 " inputs, ", t->wrong || above_claim(it, tier, t) ? "FAILED" : "ok    ",
         it->info->name, *parameters ? ", " : "", parameters, tier_names[tier], number_types[it->type].name,
         form_names[it->form], inputs_together(it));
  if (by_rounding(it, tier))
    printf("%" PRIu64 " misrounded", t->wrong);
  else {
    input_text(it, t->worst_parameters, t->worst_x, t->worst_dy, input, sizeof input);
    printf("worst %.4f ULP (%s %.4g)", t->worst, claimed ? "claimed" : "bound", bound(it, tier));
    if (t->worst > 0) printf(" at %s", input);
    if (t->wrong) printf(", %" PRIu64 " not %s ULP", t->wrong, within_bound(it, tier, 2) ? "within 4" : "below 1");
  }
  printf("%s, %.1f s\n", t->wrong >= WRONG_MAX ? ", stopped early" : "", seconds);
  if (above_claim(it, tier, t)) printf("        the catalogue claims at most %.4g ULP\n", claim(it, tier));
  for (int i = 0; i < t->examples; i++) {
    const example *e = &t->example[i];
    input_text(it, e->parameters, e->x, e->dy, input, sizeof input);
    hexadecimal(e->got, got, sizeof got);
    hexadecimal(e->want, want, sizeof want);
    printf("        %s: got %s, want %s (%.4g ULP)\n", input, got, want, e->error);
  }
  fflush(stdout);
}

static char *row_text(const item *it, int tier, const tally *t, double seconds) {
  char identity[256], x[32] = "", dy[32] = "", set[128] = "", *row;
  row_identity(it, tier, identity, sizeof identity);
  if (t->worst > 0) {
    hexadecimal(t->worst_x, x, sizeof x);
    if (it->form == ACT_BACKWARD) hexadecimal(t->worst_dy, dy, sizeof dy);
    if (it->random) set_text(it, t->worst_parameters, set, sizeof set);
  }
  double worst = by_rounding(it, tier) && t->wrong == 0 ? 0.5 : t->worst;
  if (asprintf(&row, "%s%" PRIu64 ",%.4f,%.4g,%s,%s,%s,%.1f,%s,%016" PRIx64, identity, t->wrong, worst, bound(it, tier), x, dy,
               set, seconds, where, t->digest) < 0)
    abort();
  return row;
}

/* The last row of the file that is this one's, or NULL; also where it is above what the catalogue claims now. The bound in it
 * is today's. */
static char *row_known(const char *path, const item *it, int tier) {
  char identity[256], *line = NULL, *row = NULL;
  size_t capacity = 0;
  row_identity(it, tier, identity, sizeof identity);
  FILE *f = path ? fopen(path, "r") : NULL;
  while (f && getline(&line, &capacity, f) > 0) {
    line[strcspn(line, "\n")] = 0;
    if (strncmp(line, identity, strlen(identity)) != 0) continue;
    uint64_t wrong;
    double worst;
    int rest = 0;
    free(row);
    row = NULL;
    if (sscanf(line + strlen(identity), "%" SCNu64 ",%lf,%*[^,]%n", &wrong, &worst, &rest) != 2 || !rest || wrong ||
        above_claim(it, tier, &(tally){.worst = worst}))
      continue;
    if (asprintf(&row, "%s%" PRIu64 ",%.4f,%.4g%s", identity, wrong, worst, bound(it, tier), line + strlen(identity) + rest) < 0)
      abort();
  }
  if (f) fclose(f);
  free(line);
  return row;
}

static int row_has_digest(const char *row, uint64_t digest) {
  const char *last = row ? strrchr(row, ',') : NULL;
  char *end;
  return last && last[1] && strtoull(last + 1, &end, 16) == digest && !*end;
}

static void row_keep(const char *state, const char *row) {
  FILE *f = fopen(state, "a");
  if (!f || fprintf(f, "%s\n", row) < 0 || fclose(f) != 0) {
    fprintf(stderr, "verify: cannot write %s: %s\n", state, strerror(errno));
    exit(2);
  }
}

/* ------------------------------------------------------------------------------------------------------- plan --- */

typedef struct options {
  const char *function, *state, *known, *csv, *commit;
  int form, type, tier, threads, fresh, verbose, self_check; /* form, type, tier: −1 for all */
  uint64_t sample;                                           /* 0: the full proof */
} options;

static item *items;
static size_t item_count;
static int failures;

static uint64_t inputs_of(const options *o, const item *it) {
  if (it->composition) {
    uint64_t sample = o->sample / LESS_COMPOSED + 1;
    return composed_inputs(it, o->sample && sample < full_composed ? sample : full_composed);
  }
  int every = it->form != ACT_BACKWARD;
  if (every && (it->type == ACT_F16 || it->type == ACT_BF16)) return 1 << 16;
  uint64_t n = !it->catalogued                ? full_uncatalogued
               : every && it->type == ACT_F32 ? UINT64_C(1) << 32
                                              : full_sample;
  uint64_t sample = it->catalogued ? o->sample : o->sample / (it->random ? LESS_RANDOM : LESS_UNCATALOGUED) + 1;
  return o->sample && sample < n ? sample : n;
}

/* The item in all types and forms wanted. */
static void plan_forms(const options *o, item it) {
  for (it.type = ACT_F64; it.type <= ACT_BF16; it.type++)
    for (it.form = ACT_VALUE; it.form <= ACT_BACKWARD; it.form++) {
      if ((o->form >= 0 && (int)it.form != o->form) || (o->type >= 0 && (int)it.type != o->type)) continue;
      if (it.composition && it.form == ACT_DERIVATIVE) continue;
      it.inputs = inputs_of(o, &it);
      items = realloc(items, (item_count + 1) * sizeof *items);
      items[item_count++] = it;
    }
}

static void plan_parameters(const options *o, const act_info *info, const reference *r, const double *parameters,
                            int catalogued, int random) {
  item it = {.info = info, .reference = r, .catalogued = catalogued, .random = random};
  memcpy(it.parameters, parameters, sizeof it.parameters);
  for (size_t i = 0; i < info->parameter_count; i++)
    if (isnan(it.parameters[i])) it.parameters[i] = r->standard[i]; /* it has no default */
  for (size_t i = 0; i < item_count && !random; i++)
    if (items[i].info == info &&
        memcmp(items[i].parameters, it.parameters, sizeof it.parameters[0] * info->parameter_count) == 0)
      return;
  plan_forms(o, it);
}

static void plan(const options *o) {
  for (size_t k = 0; k < act_catalogue_count(); k++) {
    const act_info *info = act_catalogue_at(k);
    if (o->function && strcmp(info->name, o->function) != 0) continue;
    const reference *r = reference_named(info->name);
    double parameters[ACT_PARAMETERS_MAX] = {0};
    if (r) {
      for (size_t i = 0; i < info->parameter_count; i++) parameters[i] = info->parameters[i].default_value;
      plan_parameters(o, info, r, parameters, 1, 0);
      for (size_t i = 0; i < info->alias_count && info->parameter_count; i++)
        plan_parameters(o, info, r, info->aliases[i].default_value, 1, 0);
      for (int i = 0; i < r->more_count; i++) plan_parameters(o, info, r, r->more[i], 0, 0);
      if (info->parameter_count) plan_parameters(o, info, r, (double[ACT_PARAMETERS_MAX]){0}, 0, 1);
      continue;
    }
    printf("FAILED  %s: no reference: add one to Tests/Accuracy/references.c\n", info->name);
    failures++;
  }
  item it;
  for (int k = 0; composed_at(k, &it); k++) {
    if (o->function && strcmp(it.info->name, o->function) != 0) continue;
    plan_forms(o, it);
  }
  if (item_count || failures) return;
  fprintf(stderr, "verify: the catalogue has no function \"%s\"; it has", o->function ? o->function : "");
  for (size_t k = 0; k < act_catalogue_count(); k++) fprintf(stderr, "%s %s", k ? "," : "", act_catalogue_at(k)->name);
  fprintf(stderr, "\n");
  exit(2);
}

/* -------------------------------------------------------------------------------------------------------- main --- */

static const char help[] =
    "verify: compares the library's results with MPFR's. Exit status 1: some are wrong.\n"
    "  --function NAME     only this function of the catalogue, or softmax, log_softmax, glu, swiglu, geglu, reglu\n"
    "  --form FORM         only value, derivative or backward\n"
    "  --type TYPE         only f64, f32, f16 or bf16\n"
    "  --tier TIER         only exact or fast\n"
    "  --sample N          at most N inputs for each function, type and form; without it, the full proof\n"
    "  --threads N         default: all processors\n"
    "  --state FILE        keeps the rows of the full proof that are finished\n"
    "  --known FILE        rows of an earlier proof: these and those of --state are not judged again where the library's\n"
    "                      results are the same, as their digest tells\n"
    "  --fresh             judges all again\n"
    "  --verbose           prints all rows of a sample, not only those that fail\n"
    "  --csv FILE          where the full proof of all functions writes its table, if nothing is wrong; a part writes "
    "none\n"
    "  --commit ID         what the table has in its column commit\n"
    "  --self-check N      tests the references only, on N inputs each\n";

static int choice(const char *option, const char *given, const char *const names[], int n) {
  for (int i = 0; i < n; i++)
    if (strcmp(given, names[i]) == 0) return i;
  fprintf(stderr, "verify: --%s %s: allowed are", option, given);
  for (int i = 0; i < n; i++) fprintf(stderr, "%s %s", i ? "," : "", names[i]);
  fprintf(stderr, "\n");
  exit(2);
}

static uint64_t number(const char *option, const char *given, uint64_t most) {
  char *end;
  errno = 0;
  unsigned long long n = strtoull(given, &end, 10);
  if (errno || *end || end == given || *given == '-' || n < 1 || n > most) {
    fprintf(stderr, "verify: --%s %s: allowed are whole numbers from 1 to %" PRIu64 "\n", option, given, most);
    exit(2);
  }
  return n;
}

static options options_read(int argc, char **argv) {
  options o = {.commit = "", .form = -1, .type = -1, .tier = -1, .threads = (int)sysconf(_SC_NPROCESSORS_ONLN)};
  static const struct option names[] = {{"function", 1, 0, 'f'},   {"form", 1, 0, 'o'},
                                        {"type", 1, 0, 't'},       {"tier", 1, 0, 'a'},
                                        {"sample", 1, 0, 'n'},     {"threads", 1, 0, 'j'},
                                        {"state", 1, 0, 's'},      {"fresh", 0, 0, 'r'},
                                        {"known", 1, 0, 'w'},
                                        {"csv", 1, 0, 'c'},        {"commit", 1, 0, 'i'},
                                        {"self-check", 1, 0, 'k'}, {"verbose", 0, 0, 'v'},
                                        {"help", 0, 0, 'h'},       {0, 0, 0, 0}};
  const char *types[TYPES];
  for (int i = 0; i < TYPES; i++) types[i] = number_types[i].name;
  for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) switch (c) {
      case 'f':
        o.function = optarg;
        break;
      case 'o':
        o.form = choice("form", optarg, form_names, FORMS);
        break;
      case 't':
        o.type = choice("type", optarg, types, TYPES);
        break;
      case 'a':
        o.tier = choice("tier", optarg, tier_names, TIERS);
        break;
      case 'n':
        o.sample = number("sample", optarg, UINT64_C(1) << 32);
        break;
      case 'j':
        o.threads = (int)number("threads", optarg, THREADS_MAX);
        break;
      case 's':
        o.state = optarg;
        break;
      case 'w':
        o.known = optarg;
        break;
      case 'r':
        o.fresh = 1;
        break;
      case 'v':
        o.verbose = 1;
        break;
      case 'c':
        o.csv = optarg;
        break;
      case 'i':
        o.commit = optarg;
        break;
      case 'k':
        o.self_check = (int)number("self-check", optarg, 1 << 30);
        break;
      case 'h':
        fputs(help, stdout);
        exit(0);
      default:
        fputs(help, stderr);
        exit(2);
    }
  if (optind < argc) {
    fprintf(stderr, "verify: what is \"%s\"?\n%s", argv[optind], help);
    exit(2);
  }
  return o;
}

static void table_write(const char *path, char **rows, size_t count) {
  FILE *f = fopen(path, "w");
  if (f) {
    fprintf(f, "%s\n", row_head);
    for (size_t i = 0; i < count; i++) fprintf(f, "%s\n", rows[i]);
  }
  if (!f || ferror(f) || fclose(f) != 0) {
    fprintf(stderr, "verify: cannot write %s: %s\n", path, strerror(errno));
    exit(2);
  }
}

/* The references of these parameters' first item are tested once. */
static int parameters_are_new(size_t i) {
  return i == 0 || items[i].info != items[i - 1].info || items[i].random != items[i - 1].random ||
         memcmp(items[i].parameters, items[i - 1].parameters, sizeof items[i].parameters) != 0;
}

/* The k-th of the sets of parameters that the item stands for. */
static item set_of(const item *it, int k) {
  item set = *it;
  if (it->random) parameters_random(it->info, k, set.parameters);
  return set;
}

static int references_fail(const options *o, const item *it) {
  enum { SELF_CHECK = 1000, RANDOM = 50 }; /* inputs, always */
  static landmarks marks;
  int wrong = 0;
  if (it->composition) return 0; /* those of its gate are tested with that function */
  for (int k = 0; k < (it->random ? RANDOM_SETS : 1); k++) {
    item set = set_of(it, k);
    int n = o->self_check ? o->self_check : it->random ? RANDOM : SELF_CHECK;
    set.type = ACT_F64;
    landmarks_find(&set, &marks);
    if (references_check(&set, &marks, n, o->threads) == 0) continue;
    char text[128];
    set_text(it, set.parameters, text, sizeof text);
    if (*text) printf("        with %s\n", text);
    wrong = 1;
  }
  return wrong;
}

/* Runs an item with each of its sets of parameters. */
static act_status sets_run(const options *o, const item *it, const int tiers[TIERS], int judged, tally all[TIERS]) {
  tally found[TIERS];
  for (int k = 0; k < (it->random ? RANDOM_SETS : 1); k++) {
    item set = set_of(it, k);
    act_status status = it->composition ? composed_run(&set, tiers, judged, o->threads, found)
                                        : sweep_run(&set, tiers, judged, o->threads, found);
    for (int tier = 0; tier < TIERS; tier++)
      if (k)
        tally_add(&all[tier], &found[tier]);
      else
        all[tier] = found[tier];
    if (status == ACT_OK) continue;
    char parameters[128];
    set_text(it, set.parameters, parameters, sizeof parameters);
    progress_clear();
    printf("FAILED  %s%s%s, %s, %s: the library says \"%s\"\n", it->info->name, *parameters ? ", " : "", parameters,
           number_types[it->type].name, form_names[it->form], act_status_string(status));
    return status;
  }
  return ACT_OK;
}

/* Takes the rows known that have the digest of today's results. */
static void rows_find(const options *o, const item *it, char *rows[TIERS]) {
  int tiers[TIERS], any = 0;
  char *known[TIERS][2] = {{NULL, NULL}};
  tally today[TIERS];
  for (int tier = 0; tier < TIERS; tier++) {
    if (o->tier < 0 || o->tier == tier) {
      known[tier][0] = row_known(o->state, it, tier);
      known[tier][1] = row_known(o->known, it, tier);
    }
    any |= tiers[tier] = known[tier][0] || known[tier][1];
  }
  int ok = any && sets_run(o, it, tiers, 0, today) == ACT_OK;
  for (int tier = 0; tier < TIERS; tier++)
    for (int k = 0; k < 2; k++)
      if (ok && !rows[tier] && row_has_digest(known[tier][k], today[tier].digest))
        rows[tier] = known[tier][k];
      else
        free(known[tier][k]);
}

/* Judges an item in the tiers that have no row yet; returns how many rows fail. */
static int item_run(const options *o, const item *it, char *rows[TIERS], int tell, int keep) {
  int tiers[TIERS], any = 0, failed = 0;
  for (int tier = 0; tier < TIERS; tier++) any |= tiers[tier] = (o->tier < 0 || o->tier == tier) && !rows[tier];
  if (!any) return 0;
  tally all[TIERS];
  double start = seconds_now();
  if (sets_run(o, it, tiers, 1, all) != ACT_OK) return 1;
  double seconds = seconds_now() - start;
  for (int tier = 0; tier < TIERS; tier++) {
    if (!tiers[tier]) continue;
    int right = all[tier].wrong == 0 && !above_claim(it, tier, &all[tier]);
    rows[tier] = row_text(it, tier, &all[tier], seconds);
    if (tell || !right) row_print(it, tier, &all[tier], seconds);
    if (keep && all[tier].wrong == 0) row_keep(o->state, rows[tier]);
    failed += !right;
  }
  return failed;
}

int main(int argc, char **argv) {
  options o = options_read(argc, argv);
  act_set_threads(1); /* the threads are here */
  on_terminal = isatty(2);
  to_be_long = !o.sample && !o.self_check;
  where_make(o.commit);
  plan(&o);

  int tell = !o.sample || o.verbose, keep = o.state && !o.sample;
  int complete = !o.sample && !o.self_check && !o.function && o.form < 0 && o.type < 0 && o.tier < 0;
  char **rows = calloc(item_count * TIERS + 1, sizeof *rows);
  size_t row_count = 0, row_count_kept = 0;
  for (size_t i = 0; i < item_count; i++) time_planned += time_of(&items[i]) * (double)inputs_together(&items[i]);
  started = seconds_now();
  int failures_of_function = failures;
  for (size_t i = 0; i < item_count; i++) {
    if (parameters_are_new(i)) failures += references_fail(&o, &items[i]);
    if (o.self_check) continue;
    if (keep && !o.fresh) {
      double start = seconds_now();
      time_each = 0;
      rows_find(&o, &items[i], &rows[TIERS * i]);
      aside += seconds_now() - start;
      for (int tier = 0; tier < TIERS; tier++) row_count_kept += rows[TIERS * i + tier] != NULL;
    }
    time_each = time_of(&items[i]);
    if (rows[TIERS * i] && rows[TIERS * i + 1]) time_planned -= time_each * (double)inputs_together(&items[i]);
    failures += item_run(&o, &items[i], &rows[TIERS * i], tell, keep);
    if (i + 1 < item_count && items[i + 1].info == items[i].info) continue;
    if (!tell && failures == failures_of_function) {
      progress_clear();
      printf("ok      %s\n", items[i].info->name);
    }
    failures_of_function = failures;
  }
  progress_clear();
  for (size_t i = 0; i < item_count * TIERS; i++)
    if (rows[i]) rows[row_count++] = rows[i];
  if (o.self_check)
    printf("references: %s\n", failures ? "not as exact as granted" : "as exact as granted");
  else {
    if (row_count_kept) printf("%zu rows are known: the results are those judged before\n", row_count_kept);
    printf("%zu rows, %d failed, %.0f s\n", row_count, failures, seconds_now() - started);
  }
  if (o.csv && complete && !failures) table_write(o.csv, rows, row_count);
  for (size_t i = 0; i < row_count; i++) free(rows[i]);
  free(rows);
  free(items);
  return failures != 0;
}
