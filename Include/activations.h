/* activations.h: neural-network activation functions, their derivatives and backward products over arrays.
 *
 * C99 and C++. Link with -lactivations (pkg-config activations). Needs libc and libm only.
 *
 * Accuracy. ACT_EXACT, the default: float32, float16 and bfloat16 results are correctly rounded (to nearest, ties to
 * even) for every input; float64 results are less than 1 ULP from the true value. ACT_FAST: float32 and float64 within
 * 4 ULP (act_info has the measured bound of each function), float16 and bfloat16 as with ACT_EXACT.
 *
 * Sameness. Every result depends on its own input only: the same bits on every processor, for every array length,
 * alignment, stride, position and number of threads, whatever rounding or flush-to-zero mode the caller is in. The
 * caller's floating-point flags and modes are left as they were.
 *
 * Errors. Every call that can fail returns an act_status; whatever it is given, no call aborts, and where the status is
 * not ACT_OK nothing was written. n == 0 is ACT_OK with any pointers.
 *
 * Threads. Every function may be called from any number of threads at once, and after fork().
 *
 * Element types: _f64 double, _f32 float, _f16 IEEE binary16 and _bf16 bfloat16, both as uint16_t bit patterns.
 */
#ifndef ACTIVATIONS_H
#define ACTIVATIONS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ACT_VERSION_MAJOR 1
#define ACT_VERSION_MINOR 0
#define ACT_VERSION_PATCH 0

typedef enum act_status {
  ACT_OK = 0,
  ACT_ERROR_NULL = 1,      /* a pointer is NULL where data is needed */
  ACT_ERROR_NAME = 2,      /* no function, or no parameter of this function, has that name */
  ACT_ERROR_PARAMETER = 3, /* a parameter is not allowed (see act_parameter_info), or was never set */
  ACT_ERROR_FUNCTION = 4,  /* the act_function was not made by act_function_named, or is damaged */
  ACT_ERROR_ACCURACY = 5,  /* neither ACT_EXACT nor ACT_FAST */
  ACT_ERROR_OVERLAP = 6,   /* output and input overlap without being the same array */
  ACT_ERROR_SIZE = 7,      /* n elements of this type do not fit in memory */
  ACT_ERROR_THREADS = 8,   /* a number of threads below 1 or above ACT_THREADS_MAX */
  ACT_ERROR_ARRAYS = 9,    /* an act_arrays with an unknown form, type or size */
  ACT_STATUS_FORCE_INT32 = 0x7fffffff
} act_status;

/* What a status means, in a few English words; never NULL, whatever the argument. */
const char *act_status_string(act_status status);

/* ---------------------------------------------------------------------------------------------- the catalogue --- */

#define ACT_PARAMETERS_MAX 2 /* the most parameters that a function has */

typedef enum act_accuracy { ACT_EXACT = 0, ACT_FAST = 1, ACT_ACCURACY_FORCE_INT32 = 0x7fffffff } act_accuracy;

/* A parameter: a real number, finite. */
typedef struct act_parameter_info {
  const char *name;
  double default_value; /* NaN: there is none, the parameter must be set */
  double minimum;       /* the least and the greatest value allowed */
  double maximum;
  const char *allowed;  /* what it must be, in words: "finite", "finite and greater than 0", "finite and at most b" */
} act_parameter_info;

/* Another name of a function, under which its parameters may have other names and defaults. */
typedef struct act_alias_info {
  const char *name;
  const char *parameter_name[ACT_PARAMETERS_MAX];
  double default_value[ACT_PARAMETERS_MAX];
} act_alias_info;

/* The largest errors measured, in units in the last place of the true value (float16 and bfloat16: at most 0.5). */
typedef struct act_errors {
  double exact_f64; /* ACT_EXACT, float64; float32 is at most 0.5 */
  double fast_f64;  /* ACT_FAST */
  double fast_f32;
} act_errors;

/* One function of the catalogue. Constant, valid for the life of the process; later versions may add members at the
 * end. All text is UTF-8. */
typedef struct act_info {
  const char *name;               /* canonical name, such as "leaky_relu" */
  size_t alias_count;
  const act_alias_info *aliases;  /* alias_count of them */
  const char *formula;            /* f(x) in plain text */
  const char *derivative_formula; /* f'(x) in plain text */
  const char *formula_latex;
  const char *derivative_latex;
  const char *source;             /* the paper or book it comes from */
  const char *smoothness;         /* "C∞" or "C⁰": how often it can be differentiated continuously */
  double range_minimum;           /* the infimum and the supremum of f with the default parameters */
  double range_maximum;
  int monotonic;                  /* 1: never decreases, with the default parameters; 0: it does somewhere */
  int zero_centred;               /* 1: takes both signs and f(0) = 0 */
  int saturates_left;             /* 1: f'(x) tends to 0 for x → −∞ */
  int saturates_right;            /* 1: f'(x) tends to 0 for x → +∞ */
  act_errors value_errors;
  act_errors derivative_errors;
  size_t parameter_count;
  act_parameter_info parameters[ACT_PARAMETERS_MAX];
  int parameters_ordered;         /* 1: the first parameter must be at most the second */
} act_info;

/* How many functions there are, and the i-th of them, from 0; NULL if there is none. */
size_t act_catalogue_count(void);
const act_info *act_catalogue_at(size_t i);

/* A function with its accuracy and parameters: a plain value, to be copied as one likes. Make it with
 * act_function_named; change it with the two setters. */
typedef struct act_function {
  const act_info *info;
  act_accuracy accuracy;
  double parameters[ACT_PARAMETERS_MAX]; /* in the order of info->parameters */
} act_function;

/* The function of that name (canonical or alias, case matters) with ACT_EXACT and its default parameters.
 * ACT_ERROR_NULL, ACT_ERROR_NAME. */
act_status act_function_named(const char *name, act_function *out);

/* Sets a parameter, by the name that the catalogue or an alias gives it. A value outside its domain is
 * ACT_ERROR_PARAMETER, and changes nothing. Whether all parameters are set, and in order where they must be, is seen
 * when the function is computed, so that they can be set in any order: ACT_ERROR_PARAMETER there.
 * Also ACT_ERROR_NULL, ACT_ERROR_FUNCTION, ACT_ERROR_NAME. */
act_status act_function_set(act_function *f, const char *parameter, double value);

/* Sets the accuracy. ACT_ERROR_NULL, ACT_ERROR_FUNCTION, ACT_ERROR_ACCURACY. */
act_status act_function_set_accuracy(act_function *f, act_accuracy accuracy);

/* ------------------------------------------------------------------------------------------------ over arrays --- */

/* y[i] = f(x[i]) for i < n. y may be x; any other overlap is ACT_ERROR_OVERLAP. Also ACT_ERROR_NULL,
 * ACT_ERROR_FUNCTION, ACT_ERROR_ACCURACY, ACT_ERROR_PARAMETER, ACT_ERROR_SIZE. Arrays need no alignment beyond that
 * of their elements. Large arrays are split over the threads (see act_set_threads). */
act_status act_forward_f64(const act_function *f, size_t n, const double *x, double *y);
act_status act_forward_f32(const act_function *f, size_t n, const float *x, float *y);
act_status act_forward_f16(const act_function *f, size_t n, const uint16_t *x, uint16_t *y);
act_status act_forward_bf16(const act_function *f, size_t n, const uint16_t *x, uint16_t *y);

/* dydx[i] = f'(x[i]). Errors as above. At a kink: the limit from the side where the formula reads "else". */
act_status act_derivative_f64(const act_function *f, size_t n, const double *x, double *dydx);
act_status act_derivative_f32(const act_function *f, size_t n, const float *x, float *dydx);
act_status act_derivative_f16(const act_function *f, size_t n, const uint16_t *x, uint16_t *dydx);
act_status act_derivative_bf16(const act_function *f, size_t n, const uint16_t *x, uint16_t *dydx);

/* dx[i] = dy[i]·f'(x[i]), rounded once. dx may be x or dy. Errors as above. */
act_status act_backward_f64(const act_function *f, size_t n, const double *x, const double *dy, double *dx);
act_status act_backward_f32(const act_function *f, size_t n, const float *x, const float *dy, float *dx);
act_status act_backward_f16(const act_function *f, size_t n, const uint16_t *x, const uint16_t *dy, uint16_t *dx);
act_status act_backward_bf16(const act_function *f, size_t n, const uint16_t *x, const uint16_t *dy, uint16_t *dx);

typedef enum act_form { ACT_VALUE = 0, ACT_DERIVATIVE = 1, ACT_BACKWARD = 2, ACT_FORM_FORCE_INT32 = 0x7fffffff } act_form;
typedef enum act_type {
  ACT_F64 = 0, ACT_F32 = 1, ACT_F16 = 2, ACT_BF16 = 3, ACT_TYPE_FORCE_INT32 = 0x7fffffff
} act_type;

/* Arrays with strides, and with a parameter for each element: what bindings and matrix columns need. */
typedef struct act_arrays {
  size_t size;   /* sizeof(act_arrays) */
  act_form form;
  act_type type; /* of x, dy and y */
  size_t n;
  const void *x;
  ptrdiff_t x_stride;  /* in bytes from one element to the next; may be 0 or negative */
  const void *dy;      /* for ACT_BACKWARD only */
  ptrdiff_t dy_stride;
  void *y;
  ptrdiff_t y_stride;
  const double *parameters[ACT_PARAMETERS_MAX]; /* one for each element, not checked, or NULL: the function's own */
  ptrdiff_t parameter_strides[ACT_PARAMETERS_MAX];
} act_arrays;

/* Computes the form over such arrays. The elements of y are those of x or dy, in the same order, or none of them: this
 * is the caller's to see to, where a stride is not the element's size. An element whose own parameters are outside
 * their domains, or not in order where they must be, is unspecified. Errors as above, and ACT_ERROR_ARRAYS. */
act_status act_apply(const act_function *f, const act_arrays *arrays);

/* Six common functions by name, exact, over arrays: y[i] = f(x[i]) and, with _deriv, y[i] = f'(x[i]).
 * leaky_relu is x where x > 0, else a·x. Errors as for act_forward. */
act_status act_tanh_f32(size_t n, const float *x, float *y);
act_status act_tanh_f64(size_t n, const double *x, double *y);
act_status act_tanh_deriv_f32(size_t n, const float *x, float *y);
act_status act_tanh_deriv_f64(size_t n, const double *x, double *y);
act_status act_sigmoid_f32(size_t n, const float *x, float *y);
act_status act_sigmoid_f64(size_t n, const double *x, double *y);
act_status act_sigmoid_deriv_f32(size_t n, const float *x, float *y);
act_status act_sigmoid_deriv_f64(size_t n, const double *x, double *y);
act_status act_relu_f32(size_t n, const float *x, float *y);
act_status act_relu_f64(size_t n, const double *x, double *y);
act_status act_relu_deriv_f32(size_t n, const float *x, float *y);
act_status act_relu_deriv_f64(size_t n, const double *x, double *y);
act_status act_leaky_relu_f32(size_t n, const float *x, float *y, float a);
act_status act_leaky_relu_f64(size_t n, const double *x, double *y, double a);
act_status act_leaky_relu_deriv_f32(size_t n, const float *x, float *y, float a);
act_status act_leaky_relu_deriv_f64(size_t n, const double *x, double *y, double a);
act_status act_bent_identity_f32(size_t n, const float *x, float *y);
act_status act_bent_identity_f64(size_t n, const double *x, double *y);
act_status act_bent_identity_deriv_f32(size_t n, const float *x, float *y);
act_status act_bent_identity_deriv_f64(size_t n, const double *x, double *y);
act_status act_sinusoid_f32(size_t n, const float *x, float *y);
act_status act_sinusoid_f64(size_t n, const double *x, double *y);
act_status act_sinusoid_deriv_f32(size_t n, const float *x, float *y);
act_status act_sinusoid_deriv_f64(size_t n, const double *x, double *y);

/* -------------------------------------------------------------------------------------------------- over rows --- */

/* Softmax along an axis of an array of outer × n × inner elements, the last axis moving fastest: a row is what one moves
 * through on the axis of n elements (inner is 1 where that is the last axis).
 *
 *   softmax      yᵢ = e^xᵢ / Σⱼ e^xⱼ                backward  dxᵢ = yᵢ·(dyᵢ − Σⱼ yⱼ·dyⱼ)
 *   log_softmax  yᵢ = xᵢ − ln Σⱼ e^xⱼ               backward  dxᵢ = dyᵢ − e^yᵢ·Σⱼ dyⱼ
 *
 * Nothing overflows. Values are less than 1 ULP from the true ones, with ACT_FAST less than 4; the backward products
 * subtract, so that their errors are that small compared with the largest of what is summed. A row's results depend on
 * this row only, and have the same bits for every outer and inner, processor and number of threads. An x of −∞ has the
 * softmax 0 and the log_softmax −∞; of one +∞ they are 1 and 0, as in the limit. Where there is no limit, that is with
 * several +∞ and in rows of nothing but −∞, and with NaN in the row, they are NaN.
 *
 * y may be x, and dx may be x or dy; any other overlap is ACT_ERROR_OVERLAP. Also ACT_ERROR_NULL, ACT_ERROR_ACCURACY,
 * ACT_ERROR_SIZE. */
act_status act_softmax_f64(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const double *x, double *y);
act_status act_softmax_f32(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const float *x, float *y);
act_status act_softmax_f16(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const uint16_t *x, uint16_t *y);
act_status act_softmax_bf16(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const uint16_t *x, uint16_t *y);
act_status act_softmax_backward_f64(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const double *x,
                                     const double *dy, double *dx);
act_status act_softmax_backward_f32(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const float *x,
                                     const float *dy, float *dx);
act_status act_softmax_backward_f16(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const uint16_t *x,
                                     const uint16_t *dy, uint16_t *dx);
act_status act_softmax_backward_bf16(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const uint16_t *x,
                                     const uint16_t *dy, uint16_t *dx);
act_status act_log_softmax_f64(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const double *x, double *y);
act_status act_log_softmax_f32(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const float *x, float *y);
act_status act_log_softmax_f16(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const uint16_t *x, uint16_t *y);
act_status act_log_softmax_bf16(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const uint16_t *x, uint16_t *y);
act_status act_log_softmax_backward_f64(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const double *x,
                                     const double *dy, double *dx);
act_status act_log_softmax_backward_f32(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const float *x,
                                     const float *dy, float *dx);
act_status act_log_softmax_backward_f16(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const uint16_t *x,
                                     const uint16_t *dy, uint16_t *dx);
act_status act_log_softmax_backward_bf16(act_accuracy accuracy, size_t outer, size_t n, size_t inner, const uint16_t *x,
                                     const uint16_t *dy, uint16_t *dx);

/* Gated units: y[i] = value[i]·f(gate[i]), rounded once. With f = sigmoid that is the gated linear unit (GLU: Y. N.
 * Dauphin et al., 2017), with silu SwiGLU, gelu GEGLU, relu ReGLU (N. Shazeer, 2020). y may be value or gate.
 * Errors as for act_forward. */
act_status act_gated_forward_f64(const act_function *f, size_t n, const double *value, const double *gate, double *y);
act_status act_gated_forward_f32(const act_function *f, size_t n, const float *value, const float *gate, float *y);
act_status act_gated_forward_f16(const act_function *f, size_t n, const uint16_t *value, const uint16_t *gate, uint16_t *y);
act_status act_gated_forward_bf16(const act_function *f, size_t n, const uint16_t *value, const uint16_t *gate, uint16_t *y);

/* dvalue[i] = dy[i]·f(gate[i]) and dgate[i] = dy[i]·value[i]·f'(gate[i]), each rounded once. Either may be NULL. dvalue
 * may be value, gate or dy; dgate overlaps nothing. */
act_status act_gated_backward_f64(const act_function *f, size_t n, const double *value, const double *gate, const double *dy,
                                  double *dvalue, double *dgate);
act_status act_gated_backward_f32(const act_function *f, size_t n, const float *value, const float *gate, const float *dy,
                                  float *dvalue, float *dgate);
act_status act_gated_backward_f16(const act_function *f, size_t n, const uint16_t *value, const uint16_t *gate, const uint16_t *dy,
                                  uint16_t *dvalue, uint16_t *dgate);
act_status act_gated_backward_bf16(const act_function *f, size_t n, const uint16_t *value, const uint16_t *gate, const uint16_t *dy,
                                  uint16_t *dvalue, uint16_t *dgate);

/* The same where value and gate are the first and the second half of each of `outer` rows of 2·n elements: y and dy have
 * outer × n elements, x and dx outer × 2n. Outputs overlap nothing. */
act_status act_glu_forward_f64(const act_function *f, size_t outer, size_t n, const double *x, double *y);
act_status act_glu_forward_f32(const act_function *f, size_t outer, size_t n, const float *x, float *y);
act_status act_glu_forward_f16(const act_function *f, size_t outer, size_t n, const uint16_t *x, uint16_t *y);
act_status act_glu_forward_bf16(const act_function *f, size_t outer, size_t n, const uint16_t *x, uint16_t *y);
act_status act_glu_backward_f64(const act_function *f, size_t outer, size_t n, const double *x, const double *dy, double *dx);
act_status act_glu_backward_f32(const act_function *f, size_t outer, size_t n, const float *x, const float *dy, float *dx);
act_status act_glu_backward_f16(const act_function *f, size_t outer, size_t n, const uint16_t *x, const uint16_t *dy, uint16_t *dx);
act_status act_glu_backward_bf16(const act_function *f, size_t outer, size_t n, const uint16_t *x, const uint16_t *dy, uint16_t *dx);

/* ------------------------------------------------------------------------------------------------ the library --- */

#define ACT_THREADS_MAX 256

/* How many threads large arrays are split over, the caller's included. At first the environment's ACT_THREADS, else as
 * many as the processors that this process may use. ACT_ERROR_THREADS. */
act_status act_set_threads(int n);
int act_threads(void);

/* The library's version, "1.0.0". */
const char *act_version(void);

/* The instruction set in use: "baseline", "v3" (x86-64-v3: AVX2, FMA), "v4" (x86-64-v4: AVX-512), "aarch64" or
 * "riscv64". The processor's best, unless the environment's ACT_ISA (baseline, v3 or v4) sets a lower limit. Results
 * do not depend on it. */
const char *act_isa(void);

#ifdef __cplusplus
}
#endif
#endif
