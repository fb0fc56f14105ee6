/* NaN, ±0, ±∞ and kinks: exactly the values that a formula evaluated as written gets wrong. */
#include "cases.h"
#include "check.h"
#include "numbers.h"

/* One element through the case's form. */
static double at(const test_case *c, double x, double dy) {
  double in, factor, out = 0;
  store(c->type, x, &in);
  store(c->type, dy, &factor);
  act_status status = compute(&c->function, c->form, c->type, 1, &in, &factor, &out);
  CHECK(status == ACT_OK, "%s: %s", c->name, act_status_string(status));
  return load(c->type, &out);
}

/* Equal, zeros with the same sign. */
static int same(double a, double b) { return isnan(a) ? isnan(b) : a == b && signbit(a) == signbit(b); }

/* Equal but for the type's rounding and the fast accuracy's 4 ULP. */
static int is_near(act_type type, double value, double wanted) {
  int fraction_bits = (int)about_type(type).size * 8 - 1 - about_type(type).exponent_bits;
  return value == wanted || fabs(value - wanted) <= ldexp(fabs(wanted), 2 - fraction_bits);
}

/* What follows from the catalogue alone. */
static void test_generic(const test_case *c) {
  const act_info *info = c->function.info;
  const double quantities[] = {NAN, 0.0, -0.0, 1.0, -1.0, INFINITY, -INFINITY};
  size_t count = sizeof quantities / sizeof *quantities;
  CHECK(isnan(at(c, NAN, 1)), "%s: hides a NaN in x", c->name);
  CHECK(isnan(at(c, -NAN, 1)), "%s: hides a NaN in x", c->name);
  switch (c->form) {
    case ACT_VALUE:
      if (info->zero_centred) CHECK(at(c, 0.0, 1) == 0 && at(c, -0.0, 1) == 0, "%s(±0) is not 0", c->name);
      if (info->monotonic) { /* then the limits at ±∞ are the ends of the range */
        CHECK(is_near(c->type, at(c, -INFINITY, 1), info->range_minimum), "%s(-∞) = %g", c->name, at(c, -INFINITY, 1));
        CHECK(is_near(c->type, at(c, INFINITY, 1), info->range_maximum), "%s(∞) = %g", c->name, at(c, INFINITY, 1));
      }
      break;
    case ACT_DERIVATIVE:
      if (info->saturates_left) CHECK(at(c, -INFINITY, 1) == 0, "%s(-∞) = %g", c->name, at(c, -INFINITY, 1));
      if (info->saturates_right) CHECK(at(c, INFINITY, 1) == 0, "%s(∞) = %g", c->name, at(c, INFINITY, 1));
      break;
    default: {
      test_case derivative = *c;
      derivative.form = ACT_DERIVATIVE;
      for (size_t i = 0; i < count; i++) {
        double x = quantities[i], slope = at(&derivative, x, 1);
        CHECK(isnan(at(c, x, NAN)), "%s: hides a NaN in dy at x = %g", c->name, x);
        for (size_t j = 0; j < count; j++) {
          double dy = quantities[j], dx = at(c, x, dy);
          /* These products are exact or special, so the rounded derivative gives them too. */
          CHECK(same(dx, dy * slope), "%s: x = %g, dy = %g, f' = %g: %g", c->name, x, dy, slope, dx);
        }
      }
    }
  }
}

/* The values that are exact in every type and accuracy, as the functions' definitions have them. */
static const struct edge {
  const char *function;
  double x, value, derivative;
} edges[] = {
    {"tanh", 0.0, 0.0, 1},
    {"tanh", -0.0, -0.0, 1},
    {"tanh", INFINITY, 1, 0},
    {"tanh", -INFINITY, -1, 0},
    {"tanh", 1024, 1, 0},
    {"tanh", -1024, -1, 0},
    {"sigmoid", 0.0, 0.5, 0.25},
    {"sigmoid", -0.0, 0.5, 0.25},
    {"sigmoid", INFINITY, 1, 0},
    {"sigmoid", -INFINITY, 0.0, 0},
    {"sigmoid", 1024, 1, 0},
    {"sigmoid", -1024, 0.0, 0},
    {"relu", 0.0, 0.0, 0},
    {"relu", -0.0, 0.0, 0},
    {"relu", 1, 1, 1},
    {"relu", -1, 0.0, 0},
    {"relu", INFINITY, INFINITY, 1},
    {"relu", -INFINITY, 0.0, 0},
    {"leaky_relu", 0.0, 0.0, 0.25},
    {"leaky_relu", -0.0, -0.0, 0.25},
    {"leaky_relu", 1, 1, 1},
    {"leaky_relu", -1, -0.25, 0.25},
    {"leaky_relu", INFINITY, INFINITY, 1},
    {"leaky_relu", -INFINITY, -INFINITY, 0.25},
    {"bent_identity", 0.0, 0.0, 1},
    {"bent_identity", -0.0, -0.0, 1},
    {"bent_identity", INFINITY, INFINITY, 1.5},
    {"bent_identity", -INFINITY, -INFINITY, 0.5},
    {"sinusoid", 0.0, 0.0, 1},
    {"sinusoid", -0.0, -0.0, 1},
    {"sinusoid", INFINITY, NAN, NAN},
    {"sinusoid", -INFINITY, NAN, NAN},
    {"exponential", 0.0, 1, 1},
    {"exponential", -0.0, 1, 1},
    {"exponential", INFINITY, INFINITY, INFINITY},
    {"exponential", -INFINITY, 0.0, 0},
    {"exponential", 1024, INFINITY, INFINITY},
    {"exponential", -1024, 0.0, 0},
    {"gelu", 0.0, 0.0, 0.5},
    {"gelu", -0.0, -0.0, 0.5},
    {"gelu", INFINITY, INFINITY, 1},
    {"gelu", -INFINITY, -0.0, -0.0},
    {"gelu", 1024, 1024, 1},
    {"gelu", -1024, -0.0, -0.0},
    {"gaussian", 0.0, 1, -0.0},
    {"gaussian", -0.0, 1, 0.0},
    {"gaussian", INFINITY, 0.0, 0.0},
    {"gaussian", -INFINITY, 0.0, 0.0},
    {"gaussian", 1024, 0.0, -0.0},
    {"gaussian", -1024, 0.0, 0.0},
    {"erf", 0.0, 0.0, 1.1283791670955126},
    {"erf", -0.0, -0.0, 1.1283791670955126},
    {"erf", INFINITY, 1, 0.0},
    {"erf", -INFINITY, -1, 0.0},
    {"erf", 1024, 1, 0.0},
    {"erf", -1024, -1, 0.0},
};

static void test_table(test_case c) {
  if (c.form == ACT_BACKWARD) return;
  if (strcmp(c.function.info->name, "leaky_relu") == 0)
    c.function.parameters[0] = 0.25; /* every type holds it exactly */
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
    if (strcmp(edges[i].function, c.function.info->name) != 0) continue;
    double wanted = c.form == ACT_VALUE ? edges[i].value : edges[i].derivative, got = at(&c, edges[i].x, 1);
    CHECK(same(got, wanted), "%s at %g: %g instead of %g", c.name, edges[i].x, got, wanted);
  }
}

/* A slope may be 0, negative or beyond the element type's range; the kink stays on the side of "else". */
static void test_slopes(const test_case *leaky_relu) {
  static const double slopes[] = {0, -0.0, 1, -2, 0x1p-1074, 1e300, -1e300};
  test_case c = *leaky_relu;
  for (size_t i = 0; i < sizeof slopes / sizeof *slopes; i++) {
    CHECK(act_function_set(&c.function, "negative_slope", slopes[i]) == ACT_OK, "slope %g", slopes[i]);
    CHECK(isnan(at(&c, NAN, 1)), "%s, slope %g: hides a NaN", c.name, slopes[i]);
    if (c.form == ACT_VALUE) {
      CHECK(at(&c, 0.0, 1) == 0, "%s, slope %g: f(0)", c.name, slopes[i]);
      CHECK(at(&c, 2, 1) == 2, "%s, slope %g: f(2)", c.name, slopes[i]);
      double limit = slopes[i] == 0 ? 0 : slopes[i] < 0 ? INFINITY : -INFINITY;
      CHECK(at(&c, -INFINITY, 1) == limit, "%s, slope %g: f(-∞)", c.name, slopes[i]);
    } else {
      CHECK(at(&c, 2, 1) == 1, "%s, slope %g: f'(2)", c.name, slopes[i]);
      CHECK(at(&c, 0.0, 1) == at(&c, -2, 1), "%s, slope %g: f'(0)", c.name, slopes[i]);
      CHECK(at(&c, -0.0, 1) == at(&c, -2, 1), "%s, slope %g: f'(-0)", c.name, slopes[i]);
    }
  }
}

/* A slope that the element type cannot hold, or only as a subnormal number, still gives products that it can. */
static void test_far_slopes(const test_case *leaky_relu) {
  static const struct {
    double slope, factor, product;
  } far[] = {{0x1.234p-140, 0x1p100, 0x1.234p-40}, {0x1.234p140, 0x1p-100, 0x1.234p40}};
  test_case c = *leaky_relu;
  if (c.type == ACT_F16 || c.form == ACT_DERIVATIVE) return; /* factors and slopes are out of reach there */
  for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
    CHECK(act_function_set(&c.function, "negative_slope", far[i].slope) == ACT_OK, "slope %g", far[i].slope);
    double got = c.form == ACT_VALUE ? -at(&c, -far[i].factor, 1) : at(&c, -1, far[i].factor);
    CHECK(is_near(c.type, got, far[i].product), "%s, slope %g times %g: %g", c.name, far[i].slope, far[i].factor, got);
  }
}

int main(void) {
  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    test_generic(&c);
    test_table(c);
    if (strcmp(c.function.info->name, "leaky_relu") != 0) continue;
    test_slopes(&c);
    test_far_slopes(&c);
  }
  return report();
}
