/* The caller's rounding, flush-to-zero and trap modes must not reach the results, nor the library change them or the
 * exception flags; and no text in ACT_THREADS or ACT_ISA may do harm. */
#define _GNU_SOURCE
#include <fenv.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "cases.h"
#include "check.h"

enum { N = 1009 };
static const size_t large = 300007; /* enough to be split over threads */

/* The control bits that C has no names for: flush-to-zero (and on x86 denormals-are-zero) with the rest of the mode. */
#if defined(__x86_64__)
enum { FLUSH = 0x8040 };
static uint64_t control(void) { return _mm_getcsr(); }
static void set_control(uint64_t bits) { _mm_setcsr((unsigned)bits); }
#elif defined(__aarch64__)
enum { FLUSH = 1 << 24 };
static uint64_t control(void) {
  uint64_t bits;
  __asm__ volatile("mrs %0, fpcr" : "=r"(bits));
  return bits;
}
static void set_control(uint64_t bits) { __asm__ volatile("msr fpcr, %0" : : "r"(bits)); }
#else
enum { FLUSH = 0 };
static uint64_t control(void) { return 0; }
static void set_control(uint64_t bits) { (void)bits; }
#endif

static void test_modes(const test_case *c, uint64_t counter) {
  static const int roundings[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
  static double x[N], dy[N], wanted[N], y[N];
  size_t bytes = N * about_type(c->type).size;
  fill_inputs(c->type, counter, N, x);
  fill_inputs(c->type, counter + N, N, dy);
  CHECK(compute(&c->function, c->form, c->type, N, x, dy, wanted) == ACT_OK, "%s", c->name);
  for (size_t i = 0; i < 8; i++) {
    int rounding = roundings[i % 4];
    fesetround(rounding);
    set_control(control() | (i < 4 ? 0 : FLUSH));
    feclearexcept(FE_ALL_EXCEPT);
    feraiseexcept(FE_DIVBYZERO);
    memset(y, 0, bytes);
    uint64_t before = control();
    act_status status = compute(&c->function, c->form, c->type, N, x, dy, y);
    uint64_t after = control();
    int rounding_after = fegetround(), raised = fetestexcept(FE_ALL_EXCEPT);
    fesetenv(FE_DFL_ENV);
    CHECK(status == ACT_OK && memcmp(y, wanted, bytes) == 0, "%s: other bits in mode %zu", c->name, i);
    CHECK(before == after && rounding == rounding_after, "%s: changed the mode %zu", c->name, i);
    CHECK(raised == FE_DIVBYZERO, "%s: changed the exception flags to %#x", c->name, raised);
  }
}

#if defined(__x86_64__) /* the others here cannot trap */
static void test_traps(const test_case *c, uint64_t counter) {
  static double x[N], dy[N], y[N];
  fill_inputs(c->type, counter, N, x);
  fill_inputs(c->type, counter + N, N, dy);
  feenableexcept(FE_ALL_EXCEPT); /* from here on, an invalid operation ends the program with SIGFPE */
  act_status status = compute(&c->function, c->form, c->type, N, x, dy, y);
  int enabled = fegetexcept();
  fedisableexcept(FE_ALL_EXCEPT);
  CHECK(status == ACT_OK && enabled == FE_ALL_EXCEPT, "%s: traps enabled afterwards: %#x", c->name, enabled);
}
#endif

/* Threads inherit the modes of the one that starts them: here the library's are started in a strange one. */
static int large_arrays_are_right(void) {
  float *x = allocate(large * sizeof *x), *y = allocate(large * sizeof *y), *wanted = allocate(large * sizeof *wanted);
  fill_inputs(ACT_F32, 7, large, x);
  act_set_threads(4);
  fesetround(FE_UPWARD);
  set_control(control() | FLUSH);
  int right = act_sigmoid_f32(large, x, y) == ACT_OK;
  fesetenv(FE_DFL_ENV);
  right &= act_sigmoid_f32(large, x, wanted) == ACT_OK && memcmp(y, wanted, large * sizeof *y) == 0;
  for (size_t i = 0; i < large; i += 101) /* one element is never split */
    right &= act_sigmoid_f32(1, x + i, y + i) == ACT_OK && memcmp(y + i, wanted + i, sizeof *y) == 0;
  free(x), free(y), free(wanted);
  return right;
}

/* What the library says and does in a process where the variable is set (or not, for NULL) before its first call. */
static int ask_child(const char *variable, const char *value, char isa[32]) {
  int ends[2], threads = -1;
  fflush(stdout);
  if (pipe(ends) != 0) return -1;
  pid_t child = fork();
  if (child == 0) {
    unsetenv("ACT_THREADS");
    unsetenv("ACT_ISA");
    if (value != NULL) setenv(variable, value, 1);
    dprintf(ends[1], "%d %s\n", act_threads(), act_isa());
    _exit(large_arrays_are_right() ? 0 : 1);
  }
  close(ends[1]);
  FILE *in = fdopen(ends[0], "r");
  isa[0] = 0;
  if (in == NULL || fscanf(in, "%d %31s", &threads, isa) != 2) threads = -1;
  if (in != NULL) fclose(in);
  int status = -1;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) threads = -1;
  return threads;
}

static void test_variables(void) {
  char best[32], isa[32];
  int usual = ask_child(NULL, NULL, best);
  CHECK(usual >= 1 && usual <= ACT_THREADS_MAX, "without ACT_THREADS: %d threads", usual);

  static const char *const bad[] = {"",
                                    " ",
                                    "0",
                                    "-3",
                                    "+",
                                    "abc",
                                    "3x",
                                    "x3",
                                    "2.5",
                                    "0x4",
                                    "1e3",
                                    "257",
                                    "\xff",
                                    "99999999999999999999",
                                    "-99999999999999999999"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    int threads = ask_child("ACT_THREADS", bad[i], isa);
    CHECK(threads == usual, "ACT_THREADS=%s: %d threads", bad[i], threads);
    CHECK(ask_child("ACT_ISA", bad[i], isa) == usual && strcmp(isa, best) == 0, "ACT_ISA=%s: %s", bad[i], isa);
  }
  CHECK(ask_child("ACT_THREADS", "1", isa) == 1, "ACT_THREADS=1");
  CHECK(ask_child("ACT_THREADS", "3", isa) == 3, "ACT_THREADS=3");
  CHECK(ask_child("ACT_THREADS", "256", isa) == 256, "ACT_THREADS=256");

  char *long_text = allocate(100001);
  memset(long_text, '1', 100000);
  long_text[100000] = 0;
  CHECK(ask_child("ACT_THREADS", long_text, isa) == usual, "ACT_THREADS of 100000 digits");
  CHECK(ask_child("ACT_ISA", long_text, isa) == usual && strcmp(isa, best) == 0, "a long ACT_ISA: %s", isa);
  free(long_text);

#if defined(__x86_64__)
  static const char *const levels[] = {"baseline", "v3", "v4"};
  int highest = 0;
  for (int i = 0; i < 3; i++)
    if (strcmp(best, levels[i]) == 0) highest = i;
  for (int i = 0; i < 3; i++) {
    const char *wanted = levels[i < highest ? i : highest]; /* a limit above the processor's best is none */
    CHECK(ask_child("ACT_ISA", levels[i], isa) == usual && strcmp(isa, wanted) == 0, "ACT_ISA=%s: %s", levels[i], isa);
  }
  CHECK(ask_child("ACT_ISA", "V3", isa) == usual && strcmp(isa, best) == 0, "ACT_ISA=V3: %s", isa);
#else
  CHECK(ask_child("ACT_ISA", "baseline", isa) == usual && strcmp(isa, best) == 0, "ACT_ISA=baseline: %s", isa);
#endif
}

int main(void) {
  test_variables(); /* in children, before this process calls the library */
  CHECK(large_arrays_are_right(), "threads started in another rounding mode");
  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    test_modes(&c, i * 2 * N);
#if defined(__x86_64__)
    test_traps(&c, i * 2 * N);
#endif
  }
  return report();
}
