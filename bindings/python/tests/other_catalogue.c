/* Another catalogue behind the same header, for test_other_catalogue.py: functions with two parameters, without
 * defaults, with aliases that rename some or none of them, and one that fails. float32 and float64 only. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "activations.h"

static const act_alias_info clip_names[] = {{"clip", {"low", "high"}, {0, 6}}, {"hard_tanh", {NULL, NULL}, {NAN, NAN}}};

/* clang-format off */
#define TEXTS .formula = "f", .derivative_formula = "f'", .formula_latex = "f", .derivative_latex = "f'", .source = "-"
#define FINITE -DBL_MAX, DBL_MAX, "finite"
static const act_info catalogue[] = {
  {.name = "prelu", TEXTS, .smoothness = "C⁰", .parameter_count = 1,
   .parameters = {{"weight", NAN, FINITE}}},
  {.name = "threshold", TEXTS, .smoothness = "C⁰", .parameter_count = 2,
   .parameters = {{"threshold", NAN, FINITE}, {"value", NAN, -1, 9, "finite, at least -1 and at most 9"}}},
  {.name = "hardtanh", .alias_count = 2, .aliases = clip_names, TEXTS, .smoothness = "C⁰", .parameter_count = 2,
   .parameters = {{"min_val", -1, -DBL_MAX, DBL_MAX, "finite and at most max_val"},
                  {"max_val", 1, -DBL_MAX, DBL_MAX, "finite and at least min_val"}},
   .parameters_ordered = 1},
  {.name = "snake", TEXTS, .smoothness = "C∞", .parameter_count = 1,
   .parameters = {{"alpha", 1, 4.9e-324, DBL_MAX, "finite and greater than 0"}}},
  {.name = "failing", TEXTS, .smoothness = "C∞"},
};
/* clang-format on */
enum { PRELU, THRESHOLD, HARDTANH, SNAKE, FAILING, COUNT };

size_t act_catalogue_count(void) { return COUNT; }
const act_info *act_catalogue_at(size_t i) { return i < COUNT ? &catalogue[i] : NULL; }
const char *act_status_string(act_status status) { return status == ACT_ERROR_SIZE ? "too large" : "another error"; }
const char *act_version(void) { return "0.0.0"; }
const char *act_isa(void) { return "baseline"; }
int act_threads(void) { return 1; }
act_status act_set_threads(int n) { return n == 1 ? ACT_OK : ACT_ERROR_THREADS; }

act_status act_function_named(const char *name, act_function *out) {
  for (size_t i = 0; i < COUNT; i++) {
    if (strcmp(catalogue[i].name, name) == 0) {
      *out = (act_function){&catalogue[i],
                            ACT_EXACT,
                            {catalogue[i].parameters[0].default_value, catalogue[i].parameters[1].default_value}};
      return ACT_OK;
    }
  }
  return ACT_ERROR_NAME;
}

act_status act_function_set(act_function *f, const char *parameter, double value) {
  for (size_t p = 0; p < f->info->parameter_count; p++) {
    if (strcmp(f->info->parameters[p].name, parameter) == 0) f->parameters[p] = value;
  }
  return ACT_OK;
}

act_status act_function_set_accuracy(act_function *f, act_accuracy accuracy) {
  f->accuracy = accuracy;
  return ACT_OK;
}

static double value(int i, double x, const double *p) {
  switch (i) {
    case PRELU:
      return x > 0 ? x : p[0] * x;
    case THRESHOLD:
      return x > p[0] ? x : p[1];
    case HARDTANH:
      return x < p[0] ? p[0] : x > p[1] ? p[1] : x;
    default:
      return x + p[0];
  }
}

static double slope(int i, double x, const double *p) {
  switch (i) {
    case PRELU:
      return x > 0 ? 1 : p[0];
    case THRESHOLD:
      return x > p[0];
    case HARDTANH:
      return x > p[0] && x < p[1];
    default:
      return 1;
  }
}

static double at(act_type type, const void *base, ptrdiff_t offset) {
  const char *address = (const char *)base + offset;
  return type == ACT_F64 ? *(const double *)address : *(const float *)address;
}

act_status act_apply(const act_function *f, const act_arrays *a) {
  const int which = (int)(f->info - catalogue);
  if (which == FAILING) return ACT_ERROR_SIZE;
  for (ptrdiff_t i = 0; i < (ptrdiff_t)a->n; i++) {
    double p[ACT_PARAMETERS_MAX];
    for (size_t k = 0; k < f->info->parameter_count; k++) {
      p[k] = a->parameters[k] ? at(ACT_F64, a->parameters[k], i * a->parameter_strides[k]) : f->parameters[k];
      const act_parameter_info *info = &f->info->parameters[k];
      if (!(p[k] >= info->minimum && p[k] <= info->maximum)) return ACT_ERROR_PARAMETER;
    }
    if (f->info->parameters_ordered && p[0] > p[1]) return ACT_ERROR_PARAMETER;
    const double x = at(a->type, a->x, i * a->x_stride);
    double y = a->form == ACT_VALUE ? value(which, x, p) : slope(which, x, p);
    if (a->form == ACT_BACKWARD) y *= at(a->type, a->dy, i * a->dy_stride);
    char *out = (char *)a->y + i * a->y_stride;
    if (a->type == ACT_F64) {
      *(double *)out = y;
    } else {
      *(float *)out = (float)y;
    }
  }
  return ACT_OK;
}

/* In place of every other function of the library; nothing here calls them. */
act_status other_missing(void) { return ACT_ERROR_SIZE; }
