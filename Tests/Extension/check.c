/* The function of docs/adding-a-function.md as a C program finds it: by its names, in every accuracy, type and form, at
 * numbers where the results are exact. */
#include "../C/cases.h"
#include "../C/check.h"

enum { COUNT = 8 };
static const double x[COUNT] = {0, 1, -1, 3, -3, INFINITY, -INFINITY, NAN};
static const double want[FORMS][COUNT] = {
  {0.5, 0.75, 0.25, 0.875, 0.125, 1, 0, NAN},
  {0.5, 0.125, 0.125, 0.03125, 0.03125, 0, 0, NAN},
  {-1, -0.25, -0.25, -0.0625, -0.0625, -0.0, -0.0, NAN}, /* dy = -2 */
};

/* The bits of a number that the type holds and that is not subnormal in it. */
static uint64_t bits(act_type type, double number) {
  static const int significand_bits[TYPES] = {52, 23, 10, 7};
  union { double d; uint64_t u; } b = {number};
  type_info about = about_type(type);
  int most = (1 << about.exponent_bits) - 1, exponent = (int)(b.u >> 52 & 0x7ff);
  exponent = exponent == 0 ? 0 : exponent == 0x7ff ? most : exponent - 1023 + most / 2;
  uint64_t size = (uint64_t)exponent << significand_bits[type] | (b.u & 0xfffffffffffff) >> (52 - significand_bits[type]);
  return size | b.u >> 63 << (8 * about.size - 1);
}

int main(void) {
  act_function f, alias;
  CHECK(act_function_named("elliott", &f) == ACT_OK, "no such function");
  CHECK(act_function_named("Elliott", &alias) == ACT_OK && alias.info == f.info, "no such alias");
  CHECK(f.info == act_catalogue_at(act_catalogue_count() - 1), "not the last of the catalogue");

  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    if (c.function.info != f.info) continue;
    size_t size = about_type(c.type).size;
    char inputs[COUNT * 8], gradients[COUNT * 8], outputs[COUNT * 8];
    for (int k = 0; k < COUNT; k++) {
      uint64_t input = bits(c.type, x[k]), gradient = bits(c.type, -2);
      memcpy(inputs + k * size, &input, size);
      memcpy(gradients + k * size, &gradient, size);
    }
    CHECK(compute(&c.function, c.form, c.type, COUNT, inputs, gradients, outputs) == ACT_OK, "%s", c.name);
    for (int k = 0; k < COUNT; k++) {
      uint64_t got = 0, right = bits(c.type, want[c.form][k]);
      memcpy(&got, outputs + k * size, size);
      CHECK(got == right, "%s of %g: %#llx", c.name, x[k], (unsigned long long)got);
    }
  }
  return report();
}
