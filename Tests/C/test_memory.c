/* What training allocates: all of it before the first step, and no more at once than docs/dense.md says. Every allocation of
 * the process is counted: with glibc by functions that stand before its own, under a sanitizer by its hooks. */
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "activations.h"
#include "check.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

static atomic_size_t calls, held, most; /* allocations so far; bytes now, and at most */

static void *taken(void *p) {
  if (p == NULL) return NULL;
  atomic_fetch_add(&calls, 1);
  size_t size = malloc_usable_size(p), now = atomic_fetch_add(&held, size) + size, before = atomic_load(&most);
  while (before < now && !atomic_compare_exchange_weak(&most, &before, now)) {}
  return p;
}
static void given_back(void *p) {
  if (p != NULL) atomic_fetch_sub(&held, malloc_usable_size(p));
}

#if defined(SANITIZED)
int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void *, size_t), void (*)(const volatile void *));
static void on_malloc(const volatile void *p, size_t size) { (void)size, taken((void *)p); }
static void on_free(const volatile void *p) { given_back((void *)p); }
static int can_count(void) { return __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free) > 0; }
#elif defined(__GLIBC__)
void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t), *__libc_memalign(size_t, size_t);
void __libc_free(void *);
void *malloc(size_t size) { return taken(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return taken(__libc_calloc(count, size)); }
void *realloc(void *p, size_t size) {
  given_back(p);
  return taken(__libc_realloc(p, size));
}
void *aligned_alloc(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }
void *memalign(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }
int posix_memalign(void **p, size_t alignment, size_t size) { return (*p = taken(__libc_memalign(alignment, size))) ? 0 : 12; }
void free(void *p) {
  given_back(p);
  __libc_free(p);
}
static int can_count(void) { return 1; }
#else
static int can_count(void) { return 0; }
#endif

enum { SAMPLES = 1100, WIDE_SAMPLES = 192, WIDEST = 900, MOST_LAYERS = 3 };
static double x64[SAMPLES * 300], y64[SAMPLES * 10];
static float x32[SAMPLES * 300], y32[SAMPLES * 10];
static int64_t labels[SAMPLES];

static void prepare(void) {
  uint64_t state = 1;
  for (int i = 0; i < SAMPLES * 300; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    x64[i] = (double)((int64_t)state >> 40) * 0x1p-23, x32[i] = (float)x64[i];
  }
  for (int i = 0; i < SAMPLES * 10; i++) y64[i] = (x64[i] + 1) / 2, y32[i] = (float)y64[i];
  for (int i = 0; i < SAMPLES; i++) labels[i] = i % 4;
}

/* A network of MOST_LAYERS layers of weights, or fewer, that learns. */
typedef struct job {
  const char *what;
  act_type type;
  act_loss loss;
  size_t layers, sizes[MOST_LAYERS + 1], samples;
  int threads;
  act_fit_options options;
} job;
typedef struct use { size_t calls, bytes; } use;

static const void *targets(const job *j) {
  if (j->loss == ACT_CROSS_ENTROPY) return labels;
  return j->type == ACT_F64 ? (const void *)y64 : y32;
}

/* What a fit of a new network allocates: how often, and the most at once. */
static use fit(const job *j, size_t epochs) {
  act_function f[MOST_LAYERS];
  act_network_options options;
  act_network *network = NULL;
  for (size_t l = 0; l < j->layers; l++) act_function_named("gelu", &f[l]);
  act_network_options_init(&options, sizeof options);
  options.type = j->type, options.loss = j->loss;
  CHECK(act_network_create(j->layers + 1, j->sizes, f, &options, &network) == ACT_OK, "%s: create", j->what);
  act_fit_options o = j->options;
  o.epochs = epochs;
  if (o.validation_samples > 0) o.validation_x = j->type == ACT_F64 ? (const void *)x64 : x32, o.validation_y = targets(j);
  size_t calls_before = atomic_load(&calls), held_before = atomic_load(&held);
  atomic_store(&most, held_before);
  act_status status = j->type == ACT_F64 ? act_network_fit_f64(network, j->samples, x64, targets(j), &o)
                                         : act_network_fit_f32(network, j->samples, x32, targets(j), &o);
  use used = {atomic_load(&calls) - calls_before, atomic_load(&most) - held_before};
  act_network_info info = {.size = sizeof info};
  act_network_describe(network, &info);
  CHECK(status == ACT_OK && info.epochs == epochs, "%s: fit", j->what);
  act_network_free(network);
  return used;
}

/* The arrays as long as the parameters that a fit holds beside them: the gradient, the optimiser's, the best epoch's. */
static size_t bytes_of_arrays(const job *j) {
  size_t parameters = 0, arrays = 1;
  for (size_t l = 0; l < j->layers; l++) parameters += (j->sizes[l] + 1) * j->sizes[l + 1];
  arrays += j->options.optimizer == ACT_ADAM || j->options.optimizer == ACT_ADAMW || j->options.momentum > 0;
  arrays += j->options.optimizer != ACT_SGD;
  arrays += j->options.patience > 0;
  return arrays * parameters * (j->type == ACT_F64 ? 8 : 4);
}
/* With a batch's activations, and what there is for each sample and thread. */
static size_t bytes_at_most(const job *j) {
  size_t element = j->type == ACT_F64 ? 8 : 4, outputs = j->sizes[j->layers], hidden = 0, widest = 0;
  size_t rows = j->options.batch_size < 64 ? 64 : j->options.batch_size;
  for (size_t l = 0; l <= j->layers; l++) widest = j->sizes[l] > widest ? j->sizes[l] : widest;
  for (size_t l = 1; l < j->layers; l++) hidden += j->sizes[l];
  if (rows > j->samples) rows = j->samples;
  if (rows > 1024) rows = 1024;
  size_t of_row = (j->sizes[0] + 2 * hidden + 2 * widest + 3 * outputs) * element + 3 * 8;
  size_t block = 2048 / element, of_thread = ((widest < block ? widest : block) + 56) * 256 * element, rounded_up = 48 << 10;
  return bytes_of_arrays(j) + rows * of_row + j->samples * 8 + (size_t)j->threads * of_thread + rounded_up;
}

static void check(const char *what, job of_it) {
  const job *j = &of_it;
  of_it.what = what;
  CHECK(act_set_threads(j->threads) == ACT_OK, "threads");
  fit(j, 1); /* what is made once in a process: threads */
  use once = fit(j, 1), often = fit(j, 20);
  CHECK(once.calls > 0 && once.calls <= 8, "%s: %zu allocations", j->what, once.calls);
  CHECK(often.calls == once.calls, "%s: %zu allocations in 1 epoch, %zu in 20", j->what, once.calls, often.calls);
  CHECK(often.bytes == once.bytes, "%s: %zu bytes in 1 epoch, %zu in 20", j->what, once.bytes, often.bytes);
  CHECK(once.bytes > bytes_of_arrays(j) && once.bytes <= bytes_at_most(j), "%s: %zu bytes, not from %zu to %zu", j->what,
        once.bytes, bytes_of_arrays(j), bytes_at_most(j));
}

static int on_progress(void *context, const act_progress *progress) { return (void)context, progress->diverged; }
static int on_poll(void *context, size_t epoch, size_t samples) { return (void)context, (void)epoch, samples == 0; }

/* Each optimiser, with each of the other things that a step or an epoch does. */
static void test_options(act_type type) {
  for (int optimizer = ACT_SGD; optimizer <= ACT_RMSPROP; optimizer++) {
    job j = {.type = type, .layers = 3, .sizes = {5, 7, 6, 4}, .samples = SAMPLES, .threads = 1};
    act_fit_options_init(&j.options, sizeof j.options);
    j.options.optimizer = (act_optimizer)optimizer;
    check("defaults", j);
    job k = j;
    k.loss = ACT_BINARY_CROSS_ENTROPY;
    k.options.dropout = 0.3, k.options.clip_norm = 1, k.options.clip_value = 0.1, k.options.momentum = 0.9;
    k.options.schedule = ACT_COSINE, k.options.warmup_epochs = 2;
    check("dropout, clipping, a schedule", k);
    k = j, k.loss = ACT_SQUARED_ERROR;
    k.options.validation = 0.25, k.options.patience = 50, k.options.progress = on_progress, k.options.poll = on_poll;
    check("a share to validate with, callbacks", k);
    k = j, k.loss = ACT_HUBER;
    k.options.validation_samples = 90, k.options.batch_size = SAMPLES, k.options.shuffle = 0;
    check("data to validate with, a batch in parts", k);
  }
}
/* So large that threads take part, in products as in the optimiser's steps. */
static void test_threads(act_type type) {
  job j = {.type = type, .layers = 2, .sizes = {300, WIDEST, 10}, .samples = WIDE_SAMPLES, .threads = 2};
  act_fit_options_init(&j.options, sizeof j.options);
  j.options.batch_size = 64, j.options.dropout = 0.1, j.options.validation = 1 / 3.0;
  check("two threads", j);
}

/* One sample a step. */
static void test_online(void) {
  static double w[2][400];
  double *weights[] = {w[0], w[1]};
  static int64_t order[1000];
  size_t sizes[] = {6, 40, 4}, counts[2];
  act_function f;
  act_function_named("tanh", &f);
  for (int i = 0; i < 1000; i++) order[i] = i;
  for (int i = 0; i < 2; i++) {
    size_t before = atomic_load(&calls);
    CHECK(act_online_fit_f64(&f, 3, sizes, weights, SAMPLES, x64, y64, 0.1, i ? 1000 : 1, order, on_poll, NULL) == ACT_OK, "fit");
    counts[i] = atomic_load(&calls) - before;
  }
  CHECK(counts[0] > 0 && counts[0] == counts[1], "%zu allocations in 1 step, %zu in 1000", counts[0], counts[1]);
}

int main(void) {
  prepare();
  if (!can_count()) {
    printf("skipped, as this C library's allocations cannot be counted: 0 passed, 0 failed\n");
    return 0;
  }
  for (int type = ACT_F64; type <= ACT_F32; type++) {
    test_options((act_type)type);
    test_threads((act_type)type);
  }
  test_online();
  return report();
}
