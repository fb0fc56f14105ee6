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
      test_case derivative = *c, exact = *c;
      derivative.form = exact.form = ACT_DERIVATIVE;
      exact.function.accuracy = ACT_EXACT;
      for (size_t i = 0; i < count; i++) {
        double x = quantities[i], slope = at(&derivative, x, 1), exact_slope = at(&exact, x, 1);
        CHECK(isnan(at(c, x, NAN)), "%s: hides a NaN in dy at x = %g", c->name, x);
        for (size_t j = 0; j < count; j++) {
          double dy = quantities[j], dx = at(c, x, dy);
          /* These products are exact or special, so the rounded derivative gives them too. A fast one may be the exact one. */
          CHECK(same(dx, dy * slope) || same(dx, dy * exact_slope), "%s: x = %g, dy = %g, f' = %g: %g", c->name, x, dy, slope, dx);
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
    {"bent_identity", 0.0, 0.0, 1},
    {"bent_identity", -0.0, -0.0, 1},
    {"bent_identity", INFINITY, INFINITY, 1.5},
    {"bent_identity", -INFINITY, -INFINITY, 0.5},
    {"sinusoid", 0.0, 0.0, 1},
    {"sinusoid", -0.0, -0.0, 1},
    {"sinusoid", INFINITY, NAN, NAN},
    {"sinusoid", -INFINITY, NAN, NAN},
    {"gelu_tanh", 0.0, 0.0, 0.5},
    {"gelu_tanh", -0.0, -0.0, 0.5},
    {"gelu_tanh", INFINITY, INFINITY, 1},
    {"gelu_tanh", -INFINITY, -0.0, -0.0},
    {"gelu_tanh", 1024, 1024, 1},
    {"gelu_tanh", -1024, -0.0, -0.0},
    {"quick_gelu", 0.0, 0.0, 0.5},
    {"quick_gelu", -0.0, -0.0, 0.5},
    {"quick_gelu", INFINITY, INFINITY, 1},
    {"quick_gelu", -INFINITY, -0.0, -0.0},
    {"quick_gelu", 1024, 1024, 1},
    {"quick_gelu", -1024, -0.0, -0.0},
    {"silu", 0.0, 0.0, 0.5},
    {"silu", -0.0, -0.0, 0.5},
    {"silu", INFINITY, INFINITY, 1},
    {"silu", -INFINITY, -0.0, -0.0},
    {"silu", 1024, 1024, 1},
    {"silu", -1024, -0.0, -0.0},
    {"swish", 0.0, 0.0, 0.5},
    {"swish", -0.0, -0.0, 0.5},
    {"swish", INFINITY, INFINITY, 1},
    {"swish", -INFINITY, -0.0, -0.0},
    {"swish", 1024, 1024, 1},
    {"swish", -1024, -0.0, -0.0},
    {"mish", INFINITY, INFINITY, 1},
    {"mish", -INFINITY, -0.0, -0.0},
    {"mish", 1024, 1024, 1},
    {"mish", -1024, -0.0, -0.0},
    {"elu", 0.0, 0.0, 1},
    {"elu", -0.0, -0.0, 1},
    {"elu", 1, 1, 1},
    {"elu", INFINITY, INFINITY, 1},
    {"elu", -INFINITY, -1, 0},
    {"elu", -1024, -1, 0},
    {"celu", 0.0, 0.0, 1},
    {"celu", -0.0, -0.0, 1},
    {"celu", 1, 1, 1},
    {"celu", INFINITY, INFINITY, 1},
    {"celu", -INFINITY, -1, 0},
    {"celu", -1024, -1, 0},
    {"softplus", 1024, 1024, 1},
    {"softplus", -1024, 0.0, 0},
    {"softplus", INFINITY, INFINITY, 1},
    {"softplus", -INFINITY, 0.0, 0},
    {"logsigmoid", 1024, -0.0, 0},
    {"logsigmoid", -1024, -1024, 1},
    {"logsigmoid", INFINITY, -0.0, 0},
    {"logsigmoid", -INFINITY, -INFINITY, 1},
    {"exponential", 0.0, 1, 1},
    {"exponential", -0.0, 1, 1},
    {"exponential", INFINITY, INFINITY, INFINITY},
    {"exponential", -INFINITY, 0.0, 0},
    {"exponential", 1024, INFINITY, INFINITY},
    {"exponential", -1024, 0.0, 0},
    {"tanhshrink", 0.0, 0.0, 0},
    {"tanhshrink", -0.0, -0.0, 0},
    {"tanhshrink", 128, 127, 1},
    {"tanhshrink", -128, -127, 1},
    {"tanhshrink", INFINITY, INFINITY, 1},
    {"tanhshrink", -INFINITY, -INFINITY, 1},
    {"arctan", 0.0, 0.0, 1},
    {"arctan", -0.0, -0.0, 1},
    {"lisht", 0.0, 0.0, 0.0},
    {"lisht", -0.0, 0.0, -0.0},
    {"lisht", 128, 128, 1},
    {"lisht", -128, 128, -1},
    {"lisht", INFINITY, INFINITY, 1},
    {"lisht", -INFINITY, INFINITY, -1},
    {"snake", 0.0, 0.0, 1},
    {"snake", -0.0, -0.0, 1},
    {"snake", INFINITY, INFINITY, NAN},
    {"snake", -INFINITY, -INFINITY, NAN},
    {"identity", 0.0, 0.0, 1},
    {"identity", -0.0, -0.0, 1},
    {"identity", 1.5, 1.5, 1},
    {"identity", INFINITY, INFINITY, 1},
    {"identity", -INFINITY, -INFINITY, 1},
    {"softsign", 0.0, 0.0, 1},
    {"softsign", -0.0, -0.0, 1},
    {"softsign", 1, 0.5, 0.25},
    {"softsign", -1, -0.5, 0.25},
    {"softsign", 3, 0.75, 0.0625},
    {"softsign", INFINITY, 1, 0},
    {"softsign", -INFINITY, -1, 0},
    {"softshrink", 0.0, 0.0, 0},
    {"softshrink", -0.0, 0.0, 0},
    {"softshrink", 0.5, 0.0, 0},
    {"softshrink", -0.5, 0.0, 0},
    {"softshrink", 0.75, 0.25, 1},
    {"softshrink", -0.75, -0.25, 1},
    {"softshrink", INFINITY, INFINITY, 1},
    {"softshrink", -INFINITY, -INFINITY, 1},
    {"hardshrink", 0.0, 0.0, 0},
    {"hardshrink", -0.0, 0.0, 0},
    {"hardshrink", 0.5, 0.0, 0},
    {"hardshrink", -0.5, 0.0, 0},
    {"hardshrink", 0.75, 0.75, 1},
    {"hardshrink", -0.75, -0.75, 1},
    {"hardshrink", INFINITY, INFINITY, 1},
    {"hardshrink", -INFINITY, -INFINITY, 1},
    {"hardtanh", 0.0, 0.0, 1},
    {"hardtanh", -0.0, -0.0, 1},
    {"hardtanh", 1, 1, 0},
    {"hardtanh", -1, -1, 0},
    {"hardtanh", 0.5, 0.5, 1},
    {"hardtanh", -0.5, -0.5, 1},
    {"hardtanh", 2, 1, 0},
    {"hardtanh", INFINITY, 1, 0},
    {"hardtanh", -INFINITY, -1, 0},
    {"hardsigmoid", -3, 0.0, 0},
    {"hardsigmoid", 3, 1, 0},
    {"hardsigmoid", -4, 0.0, 0},
    {"hardsigmoid", 4, 1, 0},
    {"hardsigmoid", INFINITY, 1, 0},
    {"hardsigmoid", -INFINITY, 0.0, 0},
    {"hardswish", 0.0, 0.0, 0.5},
    {"hardswish", -0.0, -0.0, 0.5},
    {"hardswish", -3, -0.0, 0},
    {"hardswish", 3, 3, 1},
    {"hardswish", -1.5, -0.375, 0},
    {"hardswish", -4, -0.0, 0},
    {"hardswish", 4, 4, 1},
    {"hardswish", INFINITY, INFINITY, 1},
    {"hardswish", -INFINITY, -0.0, 0},
    {"relu6", 0.0, 0.0, 0},
    {"relu6", -0.0, 0.0, 0},
    {"relu6", 0.5, 0.5, 1},
    {"relu6", -1, 0.0, 0},
    {"relu6", 6, 6, 0},
    {"relu6", 5.5, 5.5, 1},
    {"relu6", 7, 6, 0},
    {"relu6", INFINITY, 6, 0},
    {"relu6", -INFINITY, 0.0, 0},
    {"squared_relu", 0.0, 0.0, 0},
    {"squared_relu", -0.0, 0.0, 0},
    {"squared_relu", 3, 9, 6},
    {"squared_relu", -1, 0.0, 0},
    {"squared_relu", INFINITY, INFINITY, INFINITY},
    {"squared_relu", -INFINITY, 0.0, 0},
    {"squareplus", 0.0, 1, 0.5},
    {"squareplus", -0.0, 1, 0.5},
    {"squareplus", INFINITY, INFINITY, 1},
    {"squareplus", -INFINITY, 0.0, 0},
    {"gelu", 0.0, 0.0, 0.5},
    {"gelu", -0.0, -0.0, 0.5},
    {"gelu", INFINITY, INFINITY, 1},
    {"gelu", -INFINITY, -0.0, -0.0},
    {"gelu", 1024, 1024, 1},
    {"gelu", -1024, -0.0, -0.0},
    {"gaussian", 0.0, 1, -0.0},
    {"gaussian", -0.0, 1, 0.0},
    {"gaussian", INFINITY, 0.0, -0.0},
    {"gaussian", -INFINITY, 0.0, 0.0},
    {"gaussian", 1024, 0.0, -0.0},
    {"gaussian", -1024, 0.0, 0.0},
    {"erf", INFINITY, 1, 0.0},
    {"erf", -INFINITY, -1, 0.0},
    {"erf", 1024, 1, 0.0},
    {"erf", -1024, -1, 0.0},
};

/* The same with parameters. */
static const struct parameter_edge {
  const char *function;
  double parameters[ACT_PARAMETERS_MAX];
  double x, value, derivative;
} parameter_edges[] = {
    {"leaky_relu", {0.25, 0}, 0.0, 0.0, 0.25},
    {"prelu", {0.25, 0}, 0.0, 0.0, 0.25},
    {"leaky_relu", {0.25, 0}, -0.0, -0.0, 0.25},
    {"prelu", {0.25, 0}, -0.0, -0.0, 0.25},
    {"leaky_relu", {-2.5, 0}, 0.0, -0.0, -2.5},
    {"leaky_relu", {-2.5, 0}, -0.0, 0.0, -2.5},
    {"prelu", {-2.5, 0}, 0.0, -0.0, -2.5},
    {"prelu", {-0.5, 0}, -0.0, 0.0, -0.5},
    {"leaky_relu", {0.25, 0}, 1, 1, 1},
    {"prelu", {0.25, 0}, 1, 1, 1},
    {"leaky_relu", {0.25, 0}, -1, -0.25, 0.25},
    {"prelu", {0.25, 0}, -1, -0.25, 0.25},
    {"leaky_relu", {0.25, 0}, INFINITY, INFINITY, 1},
    {"prelu", {0.25, 0}, INFINITY, INFINITY, 1},
    {"leaky_relu", {0.25, 0}, -INFINITY, -INFINITY, 0.25},
    {"prelu", {0.25, 0}, -INFINITY, -INFINITY, 0.25},
    {"softshrink", {0, 0}, 0.0, 0.0, 0},
    {"hardshrink", {-0.0, 0}, 0.0, 0.0, 0},
    {"softshrink", {0, 0}, 0x1p-10, 0x1p-10, 1},
    {"hardshrink", {-0.0, 0}, 0x1p-10, 0x1p-10, 1},
    {"softshrink", {0, 0}, -2, -2, 1},
    {"hardshrink", {-0.0, 0}, -2, -2, 1},
    {"softshrink", {1e300, 0}, 2, 0.0, 0},
    {"hardshrink", {1e300, 0}, 2, 0.0, 0},
    {"softshrink", {1e300, 0}, -2, 0.0, 0},
    {"hardshrink", {1e300, 0}, -2, 0.0, 0},
    {"softshrink", {1e300, 0}, INFINITY, INFINITY, 1},
    {"hardshrink", {1e300, 0}, INFINITY, INFINITY, 1},
    {"softshrink", {1e300, 0}, -INFINITY, -INFINITY, 1},
    {"hardshrink", {1e300, 0}, -INFINITY, -INFINITY, 1},
    {"hardshrink", {5e-324, 0}, 2, 2, 1},
    {"softshrink", {5e-324, 0}, 2, 2, 1},
    {"hardshrink", {5e-324, 0}, -2, -2, 1},
    {"softshrink", {5e-324, 0}, -2, -2, 1},
    {"hardshrink", {5e-324, 0}, 0.0, 0.0, 0},
    {"softshrink", {5e-324, 0}, 0.0, 0.0, 0},
    {"hardtanh", {0, 6}, -2, 0.0, 0},
    {"hardtanh", {0, 6}, 0.0, 0.0, 0},
    {"hardtanh", {0, 6}, -0.0, 0.0, 0},
    {"hardtanh", {0, 6}, 0.5, 0.5, 1},
    {"hardtanh", {0, 6}, 6, 6, 0},
    {"hardtanh", {0, 6}, INFINITY, 6, 0},
    {"hardtanh", {-1e300, 1e300}, 2, 2, 1},
    {"hardtanh", {-1e300, 1e300}, -2, -2, 1},
    {"hardtanh", {-1e300, 1e300}, 0.0, 0.0, 1},
    {"hardtanh", {0.75, 0.75}, 2, 0.75, 0},
    {"hardtanh", {0.75, 0.75}, 0.75, 0.75, 0},
    {"hardtanh", {0.75, 0.75}, 0.5, 0.75, 0},
    {"threshold", {1, -0.5}, 2, 2, 1},
    {"threshold", {1, -0.5}, 1, -0.5, 0},
    {"threshold", {1, -0.5}, 0.5, -0.5, 0},
    {"threshold", {1, -0.5}, 0.0, -0.5, 0},
    {"threshold", {1, -0.5}, -INFINITY, -0.5, 0},
    {"threshold", {1, -0.5}, INFINITY, INFINITY, 1},
    {"threshold", {-0.0, -0.0}, 0.0, -0.0, 0},
    {"threshold", {-0.0, -0.0}, -0.0, -0.0, 0},
    {"squareplus", {0, 0}, 0.0, 0.0, 0},
    {"squareplus", {0, 0}, -0.0, 0.0, 0},
    {"squareplus", {0, 0}, 2, 2, 1},
    {"squareplus", {0, 0}, -2, 0.0, 0},
    {"squareplus", {0, 0}, INFINITY, INFINITY, 1},
    {"squareplus", {0, 0}, -INFINITY, 0.0, 0},
    {"squareplus", {1, 0}, 0.0, 0.5, 0.5},
    {"squareplus", {1, 0}, -0.0, 0.5, 0.5},
};

/* Results that are not exact: correctly rounded, by MPFR. The left tails are lost by some libraries: by 1 + tanh u, which cancels (tt-metal
 * #56517), by ln(1 + e^x) without log1p (darknet #5452), or by e^-x, which overflows (jax #39798, tensorflow #124835,
 * tt-metal #55711). */
static const struct rounded_point {
  const char *function;
  act_form form;
  act_type type;
  double x, y;
} points[] = {
    {"erf", ACT_VALUE, ACT_F32, -0.0, -0.0},
    {"erf", ACT_DERIVATIVE, ACT_F64, -0.0, 0x1.20dd750429b6dp+0},
    {"erf", ACT_DERIVATIVE, ACT_F32, -0.0, 0x1.20dd76p+0},
    {"erf", ACT_DERIVATIVE, ACT_BF16, -0.0, 0x1.2p+0},
    {"silu", ACT_DERIVATIVE, ACT_F64, -709, -0x1.832b6579fe168p-1014},
    {"silu", ACT_DERIVATIVE, ACT_F64, -745, -0x0.00000000001a9p-1022},
    {"silu", ACT_VALUE, ACT_F64, -709, -0x1.83b763cfdc18bp-1014},
    {"silu", ACT_VALUE, ACT_F64, -745.5, -0x0.0000000000102p-1022},
    {"silu", ACT_VALUE, ACT_F32, -90, -0x1.918314p-124},
    {"silu", ACT_DERIVATIVE, ACT_F32, -90, -0x1.8d0dp-124},
    {"silu", ACT_VALUE, ACT_F32, -105, -0x1.3p-145},
    {"mish", ACT_VALUE, ACT_F32, -90, -0x1.918314p-124},
    {"mish", ACT_DERIVATIVE, ACT_F32, -90, -0x1.8d0dp-124},
    {"mish", ACT_VALUE, ACT_F32, -100, -0x1.4bep-138},
    {"mish", ACT_VALUE, ACT_F64, -709, -0x1.83b763cfdc18bp-1014},
    {"mish", ACT_DERIVATIVE, ACT_F64, -709, -0x1.832b6579fe168p-1014},
    {"gelu_tanh", ACT_VALUE, ACT_F32, -6, -0x1.732dfap-34},
    {"gelu_tanh", ACT_DERIVATIVE, ACT_F32, -6, -0x1.a7dc3cp-31},
    {"gelu_tanh", ACT_VALUE, ACT_F32, -5, -0x1.ec28d4p-23},
    {"gelu_tanh", ACT_VALUE, ACT_F32, -4, -0x1.26a204p-14},
    {"gelu_tanh", ACT_VALUE, ACT_F32, -8, -0x1.d5a288p-69},
    {"gelu_tanh", ACT_VALUE, ACT_F64, -6, -0x1.732df96e75a6cp-34},
    {"gelu_tanh", ACT_DERIVATIVE, ACT_F64, -6, -0x1.a7dc3c93f6b96p-31},
    {"gelu_tanh", ACT_VALUE, ACT_BF16, -6, -0x1.74p-34},
    {"gelu_tanh", ACT_VALUE, ACT_BF16, -4.5, -0x1.58p-18},
    {"mish", ACT_VALUE, ACT_F32, -10, -0x1.dc0abep-12},
    {"mish", ACT_DERIVATIVE, ACT_F32, -10, -0x1.ac6d4ep-12},
    {"mish", ACT_VALUE, ACT_F32, -12.5, -0x1.86c466p-15},
    {"mish", ACT_VALUE, ACT_F32, -16.5, -0x1.2e519p-20},
    {"mish", ACT_VALUE, ACT_F32, -17, -0x1.79d814p-21},
    {"mish", ACT_VALUE, ACT_F32, -19.5, -0x1.1c9c7cp-24},
    {"mish", ACT_VALUE, ACT_F32, -20.5, -0x1.b849bap-26},
    {"mish", ACT_VALUE, ACT_F64, -10, -0x1.dc0abdf6dc5a5p-12},
    {"mish", ACT_DERIVATIVE, ACT_F64, -10, -0x1.ac6d4d292f6e6p-12},
    {"mish", ACT_VALUE, ACT_F64, -36.5, -0x1.7204dd9421e55p-48},
    {"mish", ACT_DERIVATIVE, ACT_F64, -36.5, -0x1.67e1a9eb40875p-48},
};

static void test_points(test_case c) {
  for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
    if (strcmp(points[i].function, c.function.info->name) != 0 || points[i].form != c.form || points[i].type != c.type) continue;
    double got = at(&c, points[i].x, 1), wanted = points[i].y;
    int64_t a = 0, b = 0; /* the patterns: places are steps between them */
    store(c.type, got, &a);
    store(c.type, wanted, &b);
    int within = c.type == ACT_BF16 ? 0 : c.function.accuracy == ACT_FAST ? 4 : c.type == ACT_F64;
    CHECK(!signbit(got) == !signbit(wanted) && llabs(a - b) <= within, "%s at %g: %a instead of %a", c.name, points[i].x, got, wanted);
  }
}

static void test_table(test_case c) {
  if (c.form == ACT_BACKWARD) return;
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
    if (strcmp(edges[i].function, c.function.info->name) != 0) continue;
    double wanted = c.form == ACT_VALUE ? edges[i].value : edges[i].derivative, got = at(&c, edges[i].x, 1);
    CHECK(same(got, wanted), "%s at %g: %g instead of %g", c.name, edges[i].x, got, wanted);
  }
  for (size_t i = 0; i < sizeof parameter_edges / sizeof *parameter_edges; i++) {
    const struct parameter_edge *e = &parameter_edges[i];
    if (strcmp(e->function, c.function.info->name) != 0) continue;
    memcpy(c.function.parameters, e->parameters, sizeof e->parameters);
    CHECK(isnan(at(&c, NAN, 1)), "%s, parameter %g: hides a NaN", c.name, e->parameters[0]);
    double wanted = c.form == ACT_VALUE ? e->value : e->derivative, got = at(&c, e->x, 1);
    CHECK(same(got, wanted), "%s, parameters %g and %g, at %g: %g instead of %g", c.name, e->parameters[0],
          e->parameters[1], e->x, got, wanted);
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

/* Without a wave it is x, with one too fine for doubles it is next to x; the angle may exceed the range of doubles. */
static void test_waves(const test_case *snake) {
  static const double alphas[] = {0, -0.0, 0x1p-1074, 1e300, -1.7e308};
  test_case c = *snake;
  for (size_t i = 0; i < sizeof alphas / sizeof *alphas; i++) {
    CHECK(act_function_set(&c.function, "alpha", alphas[i]) == ACT_OK, "alpha %g", alphas[i]);
    CHECK(isnan(at(&c, NAN, 1)), "%s, alpha %g: hides a NaN", c.name, alphas[i]);
    double zero = at(&c, -0.0, 1), four = at(&c, 4, 1), limit = at(&c, INFINITY, 1);
    if (c.form == ACT_VALUE) {
      CHECK(same(zero, -0.0), "%s, alpha %g: f(-0) = %g", c.name, alphas[i], zero);
      CHECK(four == 4, "%s, alpha %g: f(4) = %g", c.name, alphas[i], four);
      CHECK(limit == INFINITY, "%s, alpha %g: f(∞) = %g", c.name, alphas[i], limit);
    } else {
      CHECK(zero == 1, "%s, alpha %g: f'(0) = %g", c.name, alphas[i], zero);
      CHECK(i < 3 ? four == 1 : four >= 0 && four <= 2, "%s, alpha %g: f'(4) = %g", c.name, alphas[i], four);
      CHECK(alphas[i] == 0 ? limit == 1 : isnan(limit), "%s, alpha %g: f'(∞) = %g", c.name, alphas[i], limit);
    }
  }
}

/* A threshold that is no number of the element type lies between two of them, or beyond them all. */
static void test_thresholds(test_case c) {
  static const double thresholds[] = {0.1, 0.3, 1e-30, 1 - 0x1p-50, 1 + 0x1p-50, 123456.7, 1e-310, 1e300};
  if (c.form != ACT_DERIVATIVE) return;
  int is_hardtanh = strcmp(c.function.info->name, "hardtanh") == 0;
  for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
    double t = thresholds[i], stored = 0;
    store(c.type, t, &stored);
    c.function.parameters[0] = is_hardtanh ? -t : t;
    c.function.parameters[1] = t;
    uint64_t bits = 0;
    memcpy(&bits, &stored, about_type(c.type).size);
    for (int step = -1; step <= 1; step++) { /* not beyond infinity */
      if ((int64_t)bits + step < 0 || isinf(load(c.type, &bits)) || (c.type == ACT_F16 && (t < 0x1p-14 || t > 65504))) continue;
      uint64_t near = bits + (uint64_t)(int64_t)step;
      double x = load(c.type, &near);
      if (isinf(x)) continue;
      double wanted = is_hardtanh ? x < t : x > t;
      CHECK(at(&c, x, 1) == wanted, "%s, threshold %a: f'(%a) = %g", c.name, t, x, at(&c, x, 1));
      wanted = is_hardtanh ? x < t : strcmp(c.function.info->name, "threshold") != 0 && x > t;
      CHECK(at(&c, -x, 1) == wanted, "%s, threshold %a: f'(%a) = %g", c.name, t, -x, at(&c, -x, 1));
    }
  }
}

/* A beta of 0 makes a line of swish, a negative one its mirror image; and where beta·x overflows, the limits are there. */
static void test_betas(const test_case *swish) {
  static const struct {
    double beta, x, value, derivative;
  } rows[] = {
      {0, 2, 1, 0.5},
      {0, -0.0, -0.0, 0.5},
      {0, INFINITY, INFINITY, 0.5},
      {0, -INFINITY, -INFINITY, 0.5},
      {-0.0, -2, -1, 0.5},
      {-1, INFINITY, 0.0, -0.0},
      {-1, -INFINITY, -INFINITY, 1},
      {-1, 0.0, 0.0, 0.5},
      {1e300, 1024, 1024, 1},
      {1e300, -1024, -0.0, -0.0},
      {1e300, 0.0, 0.0, 0.5},
      {-1e308, -1024, -1024, 1},
      {-1e308, 1024, 0.0, -0.0},
      {0x1p-1074, 2, 1, 0.5},
      {0x1p-1074, -2, -1, 0.5},
  };
  test_case c = *swish;
  if (c.form == ACT_BACKWARD) return;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    CHECK(act_function_set(&c.function, "beta", rows[i].beta) == ACT_OK, "beta %g", rows[i].beta);
    CHECK(isnan(at(&c, NAN, 1)), "%s, beta %g: hides a NaN", c.name, rows[i].beta);
    double wanted = c.form == ACT_VALUE ? rows[i].value : rows[i].derivative, got = at(&c, rows[i].x, 1);
    CHECK(same(got, wanted), "%s, beta %g, at %g: %g instead of %g", c.name, rows[i].beta, rows[i].x, got, wanted);
  }
}

int main(void) {
  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    test_generic(&c);
    test_table(c);
    test_points(c);
    if (strcmp(c.function.info->name, "swish") == 0) test_betas(&c);
    if (strcmp(c.function.info->name, "snake") == 0) test_waves(&c);
    static const char *const with_thresholds[] = {"softshrink", "hardshrink", "hardtanh", "threshold"};
    for (size_t j = 0; j < sizeof with_thresholds / sizeof *with_thresholds; j++)
      if (strcmp(c.function.info->name, with_thresholds[j]) == 0) test_thresholds(c);
    if (strcmp(c.function.info->name, "leaky_relu") != 0) continue;
    test_slopes(&c);
    test_far_slopes(&c);
  }
  return report();
}
