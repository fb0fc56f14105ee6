/* Bad input must give a status and leave the outputs as they were; it must never crash or abort. */
#include <limits.h>

#include "cases.h"
#include "check.h"

enum { N = 24, PATTERN = 0xA5 };

static int is_pattern(const void *memory, size_t bytes) {
  const unsigned char *p = memory;
  for (size_t i = 0; i < bytes; i++)
    if (p[i] != PATTERN) return 0;
  return 1;
}

/* The call must return `expected` and write nothing to y, which has N elements of room. */
static void expect(act_status expected, const act_function *f, act_form form, act_type type, size_t n, const void *x,
                   const void *dy, double y[N], const char *what) {
  memset(y, PATTERN, N * sizeof *y);
  act_status status = compute(f, form, type, n, x, dy, y);
  CHECK(status == expected, "%s: %s instead of %s", what, act_status_string(status), act_status_string(expected));
  CHECK(is_pattern(y, N * sizeof *y), "%s: wrote to the output", what);
}

static void expect_apply(act_status expected, const act_function *f, const act_arrays *a, double y[N],
                         const char *what) {
  memset(y, PATTERN, N * sizeof *y);
  act_status status = act_apply(f, a);
  CHECK(status == expected, "%s: %s instead of %s", what, act_status_string(status), act_status_string(expected));
  CHECK(is_pattern(y, N * sizeof *y), "%s: wrote to the output", what);
}

static void test_null(const test_case *c, const double *x) {
  double y[N];
  expect(ACT_ERROR_NULL, NULL, c->form, c->type, N, x, x, y, c->name);
  expect(ACT_ERROR_NULL, &c->function, c->form, c->type, N, NULL, x, y, c->name);
  if (c->form == ACT_BACKWARD) expect(ACT_ERROR_NULL, &c->function, c->form, c->type, N, x, NULL, y, c->name);
  CHECK(compute(&c->function, c->form, c->type, N, x, x, NULL) == ACT_ERROR_NULL, "%s: y NULL", c->name);
  CHECK(compute(&c->function, c->form, c->type, 0, NULL, NULL, NULL) == ACT_OK, "%s: n 0", c->name);
  expect(ACT_OK, &c->function, c->form, c->type, 0, x, x, y, c->name);
}

static void test_huge_n(const test_case *c, const double *x) {
  double y[N];
  size_t size = about_type(c->type).size;
  const size_t lengths[] = {SIZE_MAX,
                            SIZE_MAX - 1,
                            SIZE_MAX / 2 + 1,
                            (size_t)PTRDIFF_MAX,
                            SIZE_MAX / size + 2, /* its size in bytes wraps round to a few */
                            SIZE_MAX / size,
                            PTRDIFF_MAX / size + 1};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    expect(ACT_ERROR_SIZE, &c->function, c->form, c->type, lengths[i], x, x, y, c->name);
    CHECK(compute(&c->function, c->form, c->type, lengths[i], y, y, y) == ACT_ERROR_SIZE, "%s: in place", c->name);
  }
}

static void test_damaged_function(const test_case *c, const double *x) {
  double y[N];
  act_function f = c->function;
  memset(&f, 0, sizeof f);
  expect(ACT_ERROR_FUNCTION, &f, c->form, c->type, N, x, x, y, "all bytes 0");
  memset(&f, PATTERN, sizeof f);
  expect(ACT_ERROR_FUNCTION, &f, c->form, c->type, N, x, x, y, "all bytes 0xA5");
  memset(&f, 0xFF, sizeof f);
  expect(ACT_ERROR_FUNCTION, &f, c->form, c->type, N, x, x, y, "all bytes 0xFF");

  act_info copy = *c->function.info;
  uintptr_t infos[] = {1,
                       (uintptr_t)&copy,
                       (uintptr_t)c->function.info + 1,
                       (uintptr_t)c->function.info + sizeof(void *),
                       (uintptr_t)c->function.info->name,
                       (uintptr_t)act_catalogue_at(0) - sizeof(act_info),
                       UINTPTR_MAX};
  for (size_t i = 0; i < sizeof infos / sizeof *infos; i++) {
    f = c->function;
    f.info = (const act_info *)infos[i];
    expect(ACT_ERROR_FUNCTION, &f, c->form, c->type, N, x, x, y, "a wrong info pointer");
  }

  const int accuracies[] = {2, 7, -1, INT_MIN, INT_MAX, 256, 65536};
  for (size_t i = 0; i < sizeof accuracies / sizeof *accuracies; i++) {
    f = c->function;
    memcpy(&f.accuracy, &accuracies[i], sizeof f.accuracy);
    expect(ACT_ERROR_ACCURACY, &f, c->form, c->type, N, x, x, y, "an unknown accuracy");
  }

  for (size_t p = 0; p < c->function.info->parameter_count; p++) {
    const act_parameter_info *info = &c->function.info->parameters[p];
    const double values[] = {
        NAN, -NAN, INFINITY, -INFINITY, nextafter(info->minimum, -INFINITY), nextafter(info->maximum, INFINITY)};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
      f = c->function;
      f.parameters[p] = values[i];
      expect(ACT_ERROR_PARAMETER, &f, c->form, c->type, N, x, x, y, info->name);
    }
  }
  if (c->function.info->parameters_ordered) {
    f = c->function;
    f.parameters[0] = nextafter(f.parameters[1], INFINITY);
    expect(ACT_ERROR_PARAMETER, &f, c->form, c->type, N, x, x, y, "parameters not in order");
    f.parameters[0] = f.parameters[1];
    CHECK(compute(&f, c->form, c->type, N, x, x, y) == ACT_OK, "%s: equal parameters", c->name);
  }
}

/* Parameters without a default must be set before anything is computed, and by act_apply unless it is given them. */
static void test_unset(const test_case *c, const double *x) {
  double y[N];
  const double all[ACT_PARAMETERS_MAX] = {c->function.parameters[0], c->function.parameters[1]};
  for (size_t p = 0; p < c->function.info->parameter_count; p++) {
    act_function f = c->function;
    f.parameters[p] = NAN;
    expect(ACT_ERROR_PARAMETER, &f, c->form, c->type, N, x, x, y, "a parameter is not set");
    ptrdiff_t size = (ptrdiff_t)about_type(c->type).size;
    act_arrays a = {.size = sizeof a, .form = c->form, .type = c->type, .n = N, .x = x, .x_stride = size};
    a.dy = x, a.dy_stride = size, a.y = y, a.y_stride = size;
    expect_apply(ACT_ERROR_PARAMETER, &f, &a, y, "a parameter is not set");
    a.parameters[p] = &all[p];
    CHECK(act_apply(&f, &a) == ACT_OK, "%s: the parameter is an array", c->name);
  }
}

/* All ways in which N elements may lie to others within a buffer of 3 N. */
static void test_overlap(const test_case *c, const double *inputs) {
  size_t size = about_type(c->type).size, bytes = N * size;
  unsigned char *buffer = allocate(3 * bytes), *before = allocate(3 * bytes);
  for (size_t i = 0; i < 3; i++) memcpy(before + i * bytes, inputs, bytes);
  for (size_t offset = 0; offset <= 2 * N; offset++) {
    unsigned char *middle = buffer + bytes, *other = buffer + offset * size;
    int apart = offset == 0 || offset == N || offset == 2 * N;
    act_status expected = apart ? ACT_OK : ACT_ERROR_OVERLAP;

    memcpy(buffer, before, 3 * bytes);
    act_status status = compute(&c->function, c->form, c->type, N, middle, inputs, other);
    CHECK(status == expected, "%s: y %td elements after x: %s", c->name, (ptrdiff_t)offset - N,
          act_status_string(status));
    CHECK(apart || memcmp(buffer, before, 3 * bytes) == 0, "%s: wrote in spite of the overlap", c->name);
    if (c->form != ACT_BACKWARD) continue;

    memcpy(buffer, before, 3 * bytes);
    status = compute(&c->function, c->form, c->type, N, inputs, middle, other);
    CHECK(status == expected, "%s: dx %td elements after dy: %s", c->name, (ptrdiff_t)offset - N,
          act_status_string(status));
    CHECK(apart || memcmp(buffer, before, 3 * bytes) == 0, "%s: wrote in spite of the overlap", c->name);

    memcpy(buffer, before, 3 * bytes); /* dx is the one input and overlaps the other */
    CHECK(compute(&c->function, c->form, c->type, N, middle, other, other) == expected, "%s: dx is dy", c->name);
    CHECK(compute(&c->function, c->form, c->type, N, other, middle, other) == expected, "%s: dx is x", c->name);
    CHECK(compute(&c->function, c->form, c->type, N, middle, other, before) == ACT_OK, "%s: x overlaps dy", c->name);
    for (size_t i = 0; i < 3; i++) memcpy(before + i * bytes, inputs, bytes);
  }
  free(buffer);
  free(before);
}

static void test_names(void) {
  act_function f, untouched;
  memset(&untouched, PATTERN, sizeof untouched);
  char *long_name = allocate(1 << 20);
  memset(long_name, 't', (1 << 20) - 1);
  long_name[(1 << 20) - 1] = 0;
  const char *const names[] = {"",     " ",    "tan",      "tanhh",  "tanh ", " tanh",
                               "Tanh", "TANH", "\xff\xfe", "tanh\n", "%s%n",  long_name};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    f = untouched;
    CHECK(act_function_named(names[i], &f) == ACT_ERROR_NAME, "name %zu", i);
    CHECK(memcmp(&f, &untouched, sizeof f) == 0, "name %zu: wrote to the function", i);
  }
  f = untouched;
  CHECK(act_function_named(NULL, &f) == ACT_ERROR_NULL, "no name");
  CHECK(memcmp(&f, &untouched, sizeof f) == 0, "no name: wrote to the function");
  CHECK(act_function_named("tanh", NULL) == ACT_ERROR_NULL, "nowhere to put it");
  free(long_name);
}

static void test_setters(size_t index) {
  act_function f = function_at(index), before = f;
  const act_info *info = f.info;
  CHECK(act_function_set(NULL, "a", 1) == ACT_ERROR_NULL, "no function");
  CHECK(act_function_set(&f, NULL, 1) == ACT_ERROR_NULL, "no parameter's name");
  CHECK(act_function_set(&f, "", 1) == ACT_ERROR_NAME, "%s: empty name", info->name);
  CHECK(act_function_set(&f, "no_such_parameter", 1) == ACT_ERROR_NAME, "%s", info->name);
  int is_parameter = 0;
  for (size_t p = 0; p < info->parameter_count; p++) is_parameter |= strcmp(info->parameters[p].name, info->name) == 0;
  if (!is_parameter)
    CHECK(act_function_set(&f, info->name, 1) == ACT_ERROR_NAME, "%s: its own name", info->name);
  for (size_t p = 0; p < info->parameter_count; p++) {
    const act_parameter_info *parameter = &info->parameters[p];
    const double values[] = {NAN, INFINITY, -INFINITY, nextafter(parameter->minimum, -INFINITY),
                             nextafter(parameter->maximum, INFINITY)};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
      CHECK(act_function_set(&f, parameter->name, values[i]) == ACT_ERROR_PARAMETER, "%s.%s = %g", info->name,
            parameter->name, values[i]);
  }
  CHECK(act_function_set_accuracy(NULL, ACT_FAST) == ACT_ERROR_NULL, "no function");
  CHECK(act_function_set_accuracy(&f, (act_accuracy)2) == ACT_ERROR_ACCURACY, "%s", info->name);
  CHECK(act_function_set_accuracy(&f, (act_accuracy)-1) == ACT_ERROR_ACCURACY, "%s", info->name);
  CHECK(memcmp(&f, &before, sizeof f) == 0, "%s: a failed call changed the function", info->name);

  memset(&f, PATTERN, sizeof f);
  CHECK(act_function_set(&f, "negative_slope", 1) == ACT_ERROR_FUNCTION, "damaged function");
  CHECK(act_function_set_accuracy(&f, ACT_FAST) == ACT_ERROR_FUNCTION, "damaged function");
  CHECK(is_pattern(&f, sizeof f), "a failed call changed the damaged function");
}

static void test_arrays(const test_case *c, const double *x) {
  double y[N];
  ptrdiff_t size = (ptrdiff_t)about_type(c->type).size;
  const act_arrays good = {.size = sizeof good,
                           .form = c->form,
                           .type = c->type,
                           .n = N,
                           .x = x,
                           .x_stride = size,
                           .dy = x,
                           .dy_stride = size,
                           .y = y,
                           .y_stride = size};
  act_arrays bad = good;
  CHECK(act_apply(&c->function, &good) == ACT_OK, "%s", c->name);
  expect_apply(ACT_ERROR_NULL, &c->function, NULL, y, "no arrays");
  expect_apply(ACT_ERROR_NULL, NULL, &good, y, "no function");
  bad.x = NULL;
  expect_apply(ACT_ERROR_NULL, &c->function, &bad, y, "no x");
  bad = good, bad.y = NULL;
  expect_apply(ACT_ERROR_NULL, &c->function, &bad, y, "no y");
  if (c->form == ACT_BACKWARD) {
    bad = good, bad.dy = NULL;
    expect_apply(ACT_ERROR_NULL, &c->function, &bad, y, "no dy");
  }
  bad = good, bad.n = 0, bad.x = bad.dy = NULL;
  expect_apply(ACT_OK, &c->function, &bad, y, "n 0");
  const size_t sizes[] = {0, 1, sizeof good - 1, sizeof good + 1, SIZE_MAX};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    bad = good, bad.size = sizes[i];
    expect_apply(ACT_ERROR_ARRAYS, &c->function, &bad, y, "a wrong size");
  }
  const int numbers[] = {4, 7, -1, INT_MIN, INT_MAX, 256};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    bad = good, memcpy(&bad.type, &numbers[i], sizeof bad.type);
    expect_apply(ACT_ERROR_ARRAYS, &c->function, &bad, y, "an unknown type");
    bad = good, memcpy(&bad.form, &numbers[i], sizeof bad.form);
    expect_apply(ACT_ERROR_ARRAYS, &c->function, &bad, y, "an unknown form");
  }
  bad = good, bad.form = (act_form)3;
  expect_apply(ACT_ERROR_ARRAYS, &c->function, &bad, y, "an unknown form");
  const size_t lengths[] = {SIZE_MAX, SIZE_MAX / (size_t)size + 2, (size_t)(PTRDIFF_MAX / size) + 1};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    bad = good, bad.n = lengths[i];
    expect_apply(ACT_ERROR_SIZE, &c->function, &bad, y, "n too large");
    bad.x_stride = bad.dy_stride = bad.y_stride = 0;
    expect_apply(ACT_ERROR_SIZE, &c->function, &bad, y, "n too large, strides 0");
  }
  bad = good, bad.y = (char *)y + size, bad.x = y;
  expect_apply(ACT_ERROR_OVERLAP, &c->function, &bad, y, "y one element after x");
  act_function damaged;
  memset(&damaged, PATTERN, sizeof damaged);
  expect_apply(ACT_ERROR_FUNCTION, &damaged, &good, y, "damaged function");
}

static void test_library(void) {
  int threads = act_threads();
  const int bad[] = {0, -1, INT_MIN, INT_MAX, ACT_THREADS_MAX + 1};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECK(act_set_threads(bad[i]) == ACT_ERROR_THREADS, "%d threads", bad[i]);
    CHECK(act_threads() == threads, "%d threads: the number changed to %d", bad[i], act_threads());
  }
  CHECK(act_catalogue_at(act_catalogue_count()) == NULL, "one after the last");
  CHECK(act_catalogue_at(SIZE_MAX) == NULL, "far beyond the last");
  for (int i = -5; i < 300; i++) {
    const char *text = act_status_string((act_status)i);
    CHECK(text != NULL && *text != 0, "status %d has no text", i);
    for (int j = ACT_OK; text != NULL && i >= ACT_OK && i <= ACT_ERROR_FORMAT && j < i; j++)
      CHECK(strcmp(text, act_status_string((act_status)j)) != 0, "statuses %d and %d read the same", i, j);
  }
  CHECK(act_status_string((act_status)INT_MAX) != NULL && act_status_string((act_status)INT_MIN) != NULL, "no text");
}

int main(void) {
  double x[N];
  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    fill_inputs(c.type, i * N, N, x);
    test_null(&c, x);
    test_huge_n(&c, x);
    test_damaged_function(&c, x);
    test_unset(&c, x);
    test_overlap(&c, x);
    test_arrays(&c, x);
  }
  for (size_t i = 0; i < act_catalogue_count(); i++) test_setters(i);
  test_names();
  test_library();
  return report();
}
