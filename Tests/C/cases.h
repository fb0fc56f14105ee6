/* Every case there is: each function of the catalogue × accuracy × element type × form, called by number, on inputs
 * that reach every exponent and all special values. Tests loop over cases and so hold for functions added later. */
#ifndef CASES_H
#define CASES_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "splitmix.h"

enum { ACCURACIES = 2, TYPES = 4, FORMS = 3, CASES_PER_FUNCTION = ACCURACIES * TYPES * FORMS };

typedef struct test_case {
  act_function function;
  act_form form;
  act_type type;
  char name[96]; /* "tanh exact f32 derivative" */
} test_case;

/* A type's width and how many of its bits are the exponent. */
typedef struct type_info {
  const char *name;
  size_t size;
  int exponent_bits;
} type_info;

static inline type_info about_type(act_type type) {
  static const type_info table[TYPES] = {{"f64", 8, 11}, {"f32", 4, 8}, {"f16", 2, 5}, {"bf16", 2, 8}};
  return table[type];
}

/* The function's defaults, and something in the domain for a parameter that has no default. */
static inline act_function function_at(size_t index) {
  act_function f;
  const act_info *info = act_catalogue_at(index);
  if (act_function_named(info->name, &f) != ACT_OK) {
    printf("the catalogue's %s is not known by name\n", info->name);
    exit(2);
  }
  for (size_t p = 0; p < info->parameter_count; p++)
    if (isnan(f.parameters[p]))
      f.parameters[p] = fmin(fmax(0.5, info->parameters[p].minimum), info->parameters[p].maximum);
  return f;
}

/* The i-th case; 0 when there are no more. */
static inline int case_at(size_t i, test_case *out) {
  static const char *const forms[FORMS] = {"value", "derivative", "backward"};
  if (i / CASES_PER_FUNCTION >= act_catalogue_count()) return 0;
  out->function = function_at(i / CASES_PER_FUNCTION);
  size_t rest = i % CASES_PER_FUNCTION;
  out->form = (act_form)(rest % FORMS);
  out->type = (act_type)(rest / FORMS % TYPES);
  out->function.accuracy = (act_accuracy)(rest / FORMS / TYPES);
  snprintf(out->name, sizeof out->name, "%s %s %s %s", out->function.info->name,
           out->function.accuracy == ACT_EXACT ? "exact" : "fast", about_type(out->type).name, forms[out->form]);
  return 1;
}

/* 64 random bits, the same for the same counter. */
static inline uint64_t mix(uint64_t counter) { return mixed((counter + 1) * SPLITMIX_STEP); }

/* The bits of an input: in turn any bit pattern at all, a number around 1, one in the tails, and a special value. */
static inline uint64_t input_bits(act_type type, uint64_t counter) {
  type_info t = about_type(type);
  int width = (int)t.size * 8, fraction = width - 1 - t.exponent_bits;
  /* As biased exponents: */
  uint64_t one = (1u << (t.exponent_bits - 1)) - 1u, infinity = (1u << t.exponent_bits) - 1u;
  uint64_t choice = mix(counter), bits = mix(~counter) >> (64 - width);
  uint64_t sign = bits >> (width - 1) << (width - 1), low = bits & (((uint64_t)1 << fraction) - 1);
  switch (choice % 4) {
    case 0:
      return bits;
    case 1:
      return sign | ((one - 10 + (choice >> 2) % 14) << fraction) | low; /* 2⁻¹⁰ … 2⁴ */
    case 2:
      return sign | ((one + 2 + (choice >> 2) % 12) << fraction) | low; /* 2² … 2¹⁴ */
  }
  uint64_t unit = (uint64_t)1 << fraction;
  const uint64_t special[] = {
      0,
      1,
      unit - 1,
      unit,
      unit + 1, /* zero, subnormal and least normal numbers */
      (one << fraction) - 1,
      one << fraction,
      (one << fraction) + 1, /* around 1 */
      (infinity << fraction) - 1,
      infinity << fraction, /* the greatest, infinity */
      (infinity << fraction) + 1,
      (infinity << fraction) | (unit >> 1), /* signalling and quiet NaN */
  };
  return sign | special[(choice >> 2) % (sizeof special / sizeof *special)];
}

/* n inputs, the counter's and those after it. The machine must be little-endian, as all those supported are. */
static inline void fill_inputs(act_type type, uint64_t counter, size_t n, void *out) {
  size_t size = about_type(type).size;
  for (size_t i = 0; i < n; i++) {
    uint64_t bits = input_bits(type, counter + i);
    memcpy((char *)out + i * size, &bits, size);
  }
}

/* Memory or the end of the test. */
static inline void *allocate(size_t bytes) {
  void *memory = malloc(bytes ? bytes : 1);
  if (memory == NULL) {
    printf("out of memory\n");
    exit(2);
  }
  return memory;
}

#endif
