/* A child of fork() has none of its parent's threads: the library must not wait for them. */
#define _DEFAULT_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases.h"
#include "check.h"

enum { FORKS = 25, PATIENCE = 120 /* seconds; a child that hangs is ended by SIGALRM */ };
static const size_t large = 300007;
static float *x, *wanted;
static atomic_int stop;

static int computes(void) {
  float *y = allocate(large * sizeof *y);
  int right = act_tanh_f32(large, x, y) == ACT_OK && memcmp(y, wanted, large * sizeof *y) == 0;
  free(y);
  return right;
}

static void *keep_computing(void *argument) {
  (void)argument;
  int right = 1;
  while (!atomic_load(&stop)) right &= computes();
  return right ? &stop : NULL;
}

/* In a child: large arrays, another number of threads, and a child of its own. */
static int child_is_well(int generation) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    alarm(PATIENCE);
    int right = computes() && act_set_threads(3) == ACT_OK && act_threads() == 3 && computes();
    if (right && generation < 2) right = child_is_well(generation + 1);
    _exit(right ? 0 : 1);
  }
  int status = -1;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(void) {
  alarm(5 * PATIENCE);
  x = allocate(large * sizeof *x);
  wanted = allocate(large * sizeof *wanted);
  fill_inputs(ACT_F32, 0, large, x);
  act_set_threads(1);
  CHECK(act_tanh_f32(large, x, wanted) == ACT_OK, "one thread");
  act_set_threads(4);

  CHECK(child_is_well(1), "forked before the threads started");
  CHECK(computes(), "the parent, after it");
  for (int i = 0; i < 3; i++) {
    CHECK(child_is_well(1), "forked with idle threads");
    CHECK(computes(), "the parent, after it");
  }

  pthread_t busy;
  pthread_create(&busy, NULL, keep_computing, NULL);
  for (int i = 0; i < FORKS; i++) CHECK(child_is_well(2), "forked while another thread was computing");
  atomic_store(&stop, 1);
  void *result = NULL;
  pthread_join(busy, &result);
  CHECK(result != NULL, "the thread that computed meanwhile");
  CHECK(computes(), "the parent, at the end");
  return report();
}
