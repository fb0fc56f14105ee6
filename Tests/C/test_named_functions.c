/* Twenty-four functions with near-equal names: each must be the one it is called. */
#include "cases.h"
#include "check.h"

enum { N = 401 };
static const double slope = 0.3;

/* leaky_relu with a fixed slope, so that all have one signature. */
static act_status leaky_f32(size_t n, const float *x, float *y) { return act_leaky_relu_f32(n, x, y, (float)slope); }
static act_status leaky_f64(size_t n, const double *x, double *y) { return act_leaky_relu_f64(n, x, y, slope); }
static act_status leaky_deriv_f32(size_t n, const float *x, float *y) {
  return act_leaky_relu_deriv_f32(n, x, y, (float)slope);
}
static act_status leaky_deriv_f64(size_t n, const double *x, double *y) {
  return act_leaky_relu_deriv_f64(n, x, y, slope);
}

static const struct named {
  const char *name;
  act_form form;
  act_status (*f32)(size_t, const float *, float *);
  act_status (*f64)(size_t, const double *, double *);
} all[] = {
    {"tanh", ACT_VALUE, act_tanh_f32, act_tanh_f64},
    {"tanh", ACT_DERIVATIVE, act_tanh_deriv_f32, act_tanh_deriv_f64},
    {"sigmoid", ACT_VALUE, act_sigmoid_f32, act_sigmoid_f64},
    {"sigmoid", ACT_DERIVATIVE, act_sigmoid_deriv_f32, act_sigmoid_deriv_f64},
    {"relu", ACT_VALUE, act_relu_f32, act_relu_f64},
    {"relu", ACT_DERIVATIVE, act_relu_deriv_f32, act_relu_deriv_f64},
    {"leaky_relu", ACT_VALUE, leaky_f32, leaky_f64},
    {"leaky_relu", ACT_DERIVATIVE, leaky_deriv_f32, leaky_deriv_f64},
    {"bent_identity", ACT_VALUE, act_bent_identity_f32, act_bent_identity_f64},
    {"bent_identity", ACT_DERIVATIVE, act_bent_identity_deriv_f32, act_bent_identity_deriv_f64},
    {"sinusoid", ACT_VALUE, act_sinusoid_f32, act_sinusoid_f64},
    {"sinusoid", ACT_DERIVATIVE, act_sinusoid_deriv_f32, act_sinusoid_deriv_f64},
};

static void test_f32(const struct named *named, act_function f) {
  float x[N], y[N], wanted[N];
  for (size_t p = 0; p < f.info->parameter_count; p++) f.parameters[p] = (float)slope;
  fill_inputs(ACT_F32, 5, N, x);
  memset(y, 0xA5, sizeof y);
  CHECK(compute(&f, named->form, ACT_F32, N, x, NULL, wanted) == ACT_OK, "%s", named->name);
  CHECK(named->f32(N, x, y) == ACT_OK && memcmp(y, wanted, sizeof y) == 0, "%s, form %d", named->name, named->form);

  y[0] = 9;
  CHECK(named->f32(4, NULL, y) == ACT_ERROR_NULL && y[0] == 9, "%s", named->name);
  CHECK(named->f32(4, x, NULL) == ACT_ERROR_NULL, "%s", named->name);
  CHECK(named->f32(SIZE_MAX, x, y) == ACT_ERROR_SIZE && y[0] == 9, "%s", named->name);
  CHECK(named->f32(0, NULL, NULL) == ACT_OK, "%s", named->name);
  memcpy(y, x, sizeof y);
  CHECK(named->f32(3, y, y + 1) == ACT_ERROR_OVERLAP && memcmp(y, x, sizeof y) == 0, "%s", named->name);
}

static void test_f64(const struct named *named, act_function f) {
  double x[N], y[N], wanted[N];
  for (size_t p = 0; p < f.info->parameter_count; p++) f.parameters[p] = slope;
  fill_inputs(ACT_F64, 5, N, x);
  memset(y, 0xA5, sizeof y);
  CHECK(compute(&f, named->form, ACT_F64, N, x, NULL, wanted) == ACT_OK, "%s", named->name);
  CHECK(named->f64(N, x, y) == ACT_OK && memcmp(y, wanted, sizeof y) == 0, "%s, form %d", named->name, named->form);

  y[0] = 9;
  CHECK(named->f64(4, NULL, y) == ACT_ERROR_NULL && y[0] == 9, "%s", named->name);
  CHECK(named->f64(4, x, NULL) == ACT_ERROR_NULL, "%s", named->name);
  CHECK(named->f64(SIZE_MAX, x, y) == ACT_ERROR_SIZE && y[0] == 9, "%s", named->name);
  CHECK(named->f64(0, NULL, NULL) == ACT_OK, "%s", named->name);
  memcpy(y, x, sizeof y);
  CHECK(named->f64(3, y, y + 1) == ACT_ERROR_OVERLAP && memcmp(y, x, sizeof y) == 0, "%s", named->name);
}

/* leaky_relu takes its slope by value: NaN and infinite ones are refused. */
static void test_bad_slopes(void) {
  const double slopes[] = {NAN, INFINITY, -INFINITY};
  float x = 1, y = 9;
  double wide_x = 1, wide_y = 9;
  for (int i = 0; i < 3; i++) {
    CHECK(act_leaky_relu_f32(1, &x, &y, (float)slopes[i]) == ACT_ERROR_PARAMETER && y == 9, "%g", slopes[i]);
    CHECK(act_leaky_relu_deriv_f32(1, &x, &y, (float)slopes[i]) == ACT_ERROR_PARAMETER && y == 9, "%g", slopes[i]);
    CHECK(act_leaky_relu_f64(1, &wide_x, &wide_y, slopes[i]) == ACT_ERROR_PARAMETER && wide_y == 9, "%g", slopes[i]);
    CHECK(act_leaky_relu_deriv_f64(1, &wide_x, &wide_y, slopes[i]) == ACT_ERROR_PARAMETER && wide_y == 9, "%g",
          slopes[i]);
  }
}

int main(void) {
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    act_function f;
    CHECK(act_function_named(all[i].name, &f) == ACT_OK, "%s", all[i].name);
    test_f32(&all[i], f);
    test_f64(&all[i], f);
  }
  test_bad_slopes();
  return report();
}
