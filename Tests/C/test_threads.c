/* Many threads in the library at once, its very first call included, must neither race nor change a bit. */
#define _DEFAULT_SOURCE
#include <pthread.h>
#include <stdatomic.h>

#include "cases.h"
#include "check.h"

enum { THREADS = 10, SMALL = 37 };
static const size_t large = 300007; /* well above the size from which an array is split */

typedef struct work {
  test_case c;
  size_t n;
  void *x, *dy, *y; /* y: as one thread computed it */
} work;

static work *works;
static size_t work_count;
static pthread_barrier_t start;
static atomic_int stop, wrong, refused;

static void *first_call(void *argument) {
  float x[SMALL], *y = argument;
  fill_inputs(ACT_F32, 0, SMALL, x);
  pthread_barrier_wait(&start);
  if (act_tanh_f32(SMALL, x, y) != ACT_OK) atomic_fetch_add(&refused, 1);
  if (act_isa() == NULL || act_threads() < 1 || act_catalogue_at(0) == NULL) atomic_fetch_add(&refused, 1);
  return NULL;
}

static void *compute_all(void *argument) {
  size_t first = *(size_t *)argument;
  void *y = allocate(large * 8);
  pthread_barrier_wait(&start);
  for (size_t i = 0; i < work_count; i++) {
    const work *w = &works[(first + i) % work_count];
    size_t bytes = w->n * about_type(w->c.type).size;
    memset(y, 0, bytes);
    if (compute(&w->c.function, w->c.form, w->c.type, w->n, w->x, w->dy, y) != ACT_OK) atomic_fetch_add(&refused, 1);
    if (memcmp(y, w->y, bytes) != 0) atomic_fetch_add(&wrong, 1);
  }
  free(y);
  return NULL;
}

static void *change_threads(void *argument) {
  static const int numbers[] = {1, 2, 3, 7, 16, 2, 1, 64, 5};
  (void)argument;
  for (size_t i = 0; !atomic_load(&stop); i++) {
    if (act_set_threads(numbers[i % (sizeof numbers / sizeof *numbers)]) != ACT_OK) atomic_fetch_add(&refused, 1);
    if (act_threads() < 1) atomic_fetch_add(&wrong, 1);
    nanosleep(&(struct timespec){.tv_nsec = 300000}, NULL);
  }
  return NULL;
}

/* Every function's derivative in float32 and value in float64, small and large, computed by one thread. */
static void prepare(void) {
  works = allocate(act_catalogue_count() * 4 * sizeof *works);
  CHECK(act_set_threads(1) == ACT_OK, "1 thread");
  for (size_t i = 0; i < act_catalogue_count() * 4; i++) {
    work *w = &works[work_count++];
    w->c.function = function_at(i / 4);
    w->c.function.accuracy = i % 8 < 4 ? ACT_EXACT : ACT_FAST;
    w->c.form = i % 2 ? ACT_VALUE : ACT_BACKWARD;
    w->c.type = i % 2 ? ACT_F64 : ACT_F32;
    w->n = i % 4 < 2 ? SMALL : large;
    size_t bytes = w->n * about_type(w->c.type).size;
    w->x = allocate(bytes), w->dy = allocate(bytes), w->y = allocate(bytes);
    fill_inputs(w->c.type, i, w->n, w->x);
    fill_inputs(w->c.type, i + w->n, w->n, w->dy);
    CHECK(compute(&w->c.function, w->c.form, w->c.type, w->n, w->x, w->dy, w->y) == ACT_OK, "%s",
          w->c.function.info->name);
  }
}

static void test_first_call(void) {
  pthread_t threads[THREADS];
  static float y[THREADS][SMALL];
  for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, first_call, y[i]);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  for (int i = 1; i < THREADS; i++) CHECK(memcmp(y[0], y[i], sizeof y[0]) == 0, "first call, thread %d: other bits", i);
}

static void test_all_at_once(void) {
  pthread_t threads[THREADS], changer;
  size_t first[THREADS];
  pthread_create(&changer, NULL, change_threads, NULL);
  for (size_t i = 0; i < THREADS; i++) {
    first[i] = i * work_count / THREADS;
    pthread_create(&threads[i], NULL, compute_all, &first[i]);
  }
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  atomic_store(&stop, 1);
  pthread_join(changer, NULL);
  CHECK(atomic_load(&wrong) == 0, "%d results with other bits than one thread gives", atomic_load(&wrong));
  CHECK(atomic_load(&refused) == 0, "%d calls failed", atomic_load(&refused));
}

/* Each number of threads gives the bits of one thread. */
static void test_numbers_of_threads(void) {
  static const int numbers[] = {1, 2, 3, 7, 16, ACT_THREADS_MAX};
  void *y = allocate(large * 8);
  for (size_t t = 0; t < sizeof numbers / sizeof *numbers; t++) {
    CHECK(act_set_threads(numbers[t]) == ACT_OK && act_threads() == numbers[t], "%d threads", numbers[t]);
    for (size_t i = 0; i < work_count; i++) {
      const work *w = &works[i];
      compute(&w->c.function, w->c.form, w->c.type, w->n, w->x, w->dy, y);
      CHECK(memcmp(y, w->y, w->n * about_type(w->c.type).size) == 0, "%s, n = %zu: other bits with %d threads",
            w->c.function.info->name, w->n, numbers[t]);
    }
  }
  free(y);
}

int main(void) {
  pthread_barrier_init(&start, NULL, THREADS);
  test_first_call(); /* before anything else touches the library */
  prepare();
  test_numbers_of_threads();
  test_all_at_once();
  return report();
}
