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
  ACT_ERROR_ARRAYS = 9,    /* arrays with an unknown form, type or size, or strides that are not allowed */
  ACT_ERROR_MEMORY = 10,   /* there is not enough memory */
  ACT_ERROR_NETWORK = 11,  /* layer sizes that make no network, or no such layer */
  ACT_ERROR_OPTIONS = 12,  /* options of an unknown size, or with a member that is not allowed */
  ACT_ERROR_TYPE = 13,     /* the network is of another type */
  ACT_ERROR_LABEL = 14,    /* a label or a place outside what there is */
  ACT_ERROR_DATA = 15,     /* no samples, or NaN or an infinity among them */
  ACT_ERROR_FILE = 16,     /* the file cannot be read or written: see errno */
  ACT_ERROR_FORMAT = 17,   /* the file or memory is not a saved network */
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
 * subtract, so that their errors are that small compared with the largest of what is summed and the result. A row's
 * results depend on this row only, and have the same bits for every outer and inner, processor and number of threads. An x of −∞ has the
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

/* ----------------------------------------------------------------------------------------------- dense layers --- */

/* A dense layer: z = x·w + b and y = f(z), x being batch × n_in, w n_in × n_out, b n_out, z and y batch × n_out elements,
 * all row after row. b may be NULL: none; z may be NULL: it is not wanted.
 *
 * Every element of a product is one chain of fused multiply-adds over the inner index, in order, from 0; then b is added,
 * then f applied. So a row's results have the same bits alone and in any batch. Any size may be 0: a sum of nothing is 0.
 * Outputs overlap nothing else: ACT_ERROR_OVERLAP. Also ACT_ERROR_NULL, ACT_ERROR_FUNCTION, ACT_ERROR_ACCURACY,
 * ACT_ERROR_PARAMETER, ACT_ERROR_SIZE, ACT_ERROR_MEMORY. Large layers are split over the threads. */
act_status act_dense_forward_f64(const act_function *f, size_t batch, size_t n_in, size_t n_out, const double *x, const double *w,
                                 const double *b, double *z, double *y);
act_status act_dense_forward_f32(const act_function *f, size_t batch, size_t n_in, size_t n_out, const float *x, const float *w,
                                 const float *b, float *z, float *y);

/* Its gradients, from z and dy: with dz = dy·f'(z), rounded once, dx = dz·wᵀ, dw = xᵀ·dz and db = the sum of dz's rows, from
 * the first to the last. dx and db may be NULL; w may be where dx is. Errors as above. */
act_status act_dense_backward_f64(const act_function *f, size_t batch, size_t n_in, size_t n_out, const double *x,
                                  const double *w, const double *z, const double *dy, double *dx, double *dw, double *db);
act_status act_dense_backward_f32(const act_function *f, size_t batch, size_t n_in, size_t n_out, const float *x,
                                  const float *w, const float *z, const float *dy, float *dx, float *dw, float *db);

/* The same for inputs with strides: transposed and sliced matrices are read as they lie. Outputs, b and z lie row after
 * row. */
typedef struct act_dense_arrays {
  size_t size;   /* sizeof(act_dense_arrays) */
  act_type type; /* ACT_F32 or ACT_F64, of all arrays */
  size_t batch, n_in, n_out;
  const void *x;
  ptrdiff_t x_strides[2]; /* in bytes from row to row and from column to column: any multiple of the element's size */
  const void *w;
  ptrdiff_t w_strides[2];
  const void *b;          /* or NULL */
  void *z;                /* forward: output, or NULL; backward: input */
  void *y;                /* forward: output; NULL where only z is wanted */
  const void *dy;         /* backward, as all that follow */
  ptrdiff_t dy_strides[2];
  void *dx, *dw, *db;     /* outputs; any may be NULL */
} act_dense_arrays;

/* Errors as above, and ACT_ERROR_ARRAYS. */
act_status act_dense_forward(const act_function *f, const act_dense_arrays *arrays);
act_status act_dense_backward(const act_function *f, const act_dense_arrays *arrays);

/* --------------------------------------------------------------------------------------------------- networks --- */

/* A network of dense layers: each hidden layer with its activation function, the last one linear under the loss. A seed
 * and data make the same weights on every processor, with every number of threads. Calls with a const network may run at
 * once; those that change it, and writing to its weights, are for one thread at a time. */
typedef struct act_network act_network;

/* Each is the mean that PyTorch's loss of that name takes. */
typedef enum act_loss {
  ACT_CROSS_ENTROPY = 0,        /* softmax inside; y is one int64_t label from 0 to outputs − 1 for each sample */
  ACT_BINARY_CROSS_ENTROPY = 1, /* sigmoid inside; y from 0 to 1; mean over samples and outputs, as below */
  ACT_SQUARED_ERROR = 2,        /* (output − y)² */
  ACT_HUBER = 3,                /* e²/2 for |e| ≤ delta, else delta·(|e| − delta/2), e being output − y */
  ACT_LOSS_FORCE_INT32 = 0x7fffffff
} act_loss;

/* How weights are drawn: uniformly from ±√(3v), or from the normal distribution of variance v. Biases begin as 0. */
typedef enum act_initializer {
  ACT_INITIALIZER_FOR_ACTIVATION = 0, /* LeCun normal for selu; He uniform for functions that hold back what is negative, as
                                         relu, elu and gelu do (not right-saturating, |f(−2)| < |f(2)|/2); else, and for the
                                         last layer, Glorot uniform */
  ACT_GLOROT_UNIFORM = 1, ACT_GLOROT_NORMAL = 2, /* v = 2/(n_in + n_out) */
  ACT_HE_UNIFORM = 3, ACT_HE_NORMAL = 4,         /* v = 2/n_in */
  ACT_LECUN_UNIFORM = 5, ACT_LECUN_NORMAL = 6,   /* v = 1/n_in */
  ACT_INITIALIZER_FORCE_INT32 = 0x7fffffff
} act_initializer;

typedef struct act_network_options {
  size_t size;                 /* sizeof(act_network_options) */
  act_type type;               /* ACT_F32; or ACT_F64: of weights and data */
  act_loss loss;               /* ACT_CROSS_ENTROPY */
  double huber_delta;          /* 1.0; greater than 0 */
  act_initializer initializer; /* ACT_INITIALIZER_FOR_ACTIVATION */
  uint64_t seed;               /* 0: the key of the generator (Philox4x32-10) behind weights, shuffling and dropout */
} act_network_options;

/* Fills the first `size` bytes of the options in with defaults, those in the comments: pass sizeof. ACT_ERROR_NULL,
 * ACT_ERROR_OPTIONS. */
act_status act_network_options_init(act_network_options *options, size_t size);

/* A network of `count` ≥ 2 layer sizes, each at least 1: inputs, hidden layers, outputs. `activations` has one function for
 * each hidden layer, count − 2 (NULL where that is 0). options NULL: the defaults. The network is to be freed.
 * ACT_ERROR_NULL, ACT_ERROR_NETWORK (sizes), ACT_ERROR_OPTIONS, ACT_ERROR_SIZE, ACT_ERROR_MEMORY, and those of a function. */
act_status act_network_create(size_t count, const size_t *sizes, const act_function *activations,
                              const act_network_options *options, act_network **out);
void act_network_free(act_network *network); /* NULL: nothing */

typedef struct act_network_info {
  size_t size;         /* sizeof(act_network_info), set by the caller */
  act_type type;
  act_loss loss;
  double huber_delta;
  act_initializer initializer;
  uint64_t seed;
  size_t layers;       /* of weights: one less than there are sizes */
  size_t inputs, outputs;
  size_t parameters;   /* weights and biases of all layers */
  uint64_t epochs, steps; /* trained so far */
} act_network_info;

/* ACT_ERROR_NULL, ACT_ERROR_OPTIONS: the size. */
act_status act_network_describe(const act_network *network, act_network_info *info);

/* A layer, from 0: its sizes and, of a hidden layer, its function (identity for the last). Each may be NULL.
 * ACT_ERROR_NULL, ACT_ERROR_NETWORK: there is no such layer. */
act_status act_network_layer(const act_network *network, size_t layer, size_t *n_in, size_t *n_out, act_function *f);

/* All weights and biases of the network's type, to be read and written, until it is freed: for each layer its n_in × n_out
 * weights row after row, then its n_out biases. NULL of NULL. */
void *act_network_parameters(act_network *network);
/* Where those of one layer begin; NULL if there is no such layer. */
void *act_network_weights(act_network *network, size_t layer);
void *act_network_biases(act_network *network, size_t layer);

/* The last layer's outputs, samples × outputs: what the loss is taken of. (Their softmax, for ACT_CROSS_ENTROPY, or sigmoid,
 * for ACT_BINARY_CROSS_ENTROPY, are probabilities.) A sample's outputs have the same bits alone and in any number.
 * ACT_ERROR_NULL, ACT_ERROR_TYPE (the network is of the other type), ACT_ERROR_SIZE, ACT_ERROR_OVERLAP, ACT_ERROR_MEMORY. */
act_status act_network_predict_f64(const act_network *network, size_t samples, const double *x, double *y);
act_status act_network_predict_f32(const act_network *network, size_t samples, const float *x, float *y);

/* The loss over all samples, 0 of none. y: labels (const int64_t *, one a sample) for ACT_CROSS_ENTROPY, for the others
 * samples × outputs elements of the network's type. Errors as above, and ACT_ERROR_LABEL, ACT_ERROR_DATA. */
act_status act_network_loss_f64(const act_network *network, size_t samples, const double *x, const void *y, double *loss);
act_status act_network_loss_f32(const act_network *network, size_t samples, const float *x, const void *y, double *loss);

/* The loss (may be NULL) and its gradients, in the order of act_network_parameters. */
act_status act_network_gradients_f64(const act_network *network, size_t samples, const double *x, const void *y,
                                     double *gradients, double *loss);
act_status act_network_gradients_f32(const act_network *network, size_t samples, const float *x, const void *y,
                                     float *gradients, double *loss);

/* As PyTorch's optimisers of these names. */
typedef enum act_optimizer {
  ACT_SGD = 0, ACT_ADAM = 1, ACT_ADAMW = 2, ACT_RMSPROP = 3, ACT_OPTIMIZER_FORCE_INT32 = 0x7fffffff
} act_optimizer;

/* How the learning rate of an epoch follows from the first one; each fit begins anew. t runs from 0 in the first to 1 after
 * the last epoch, warm-up not counted. */
typedef enum act_schedule {
  ACT_CONSTANT = 0,
  ACT_STEP = 1,        /* times schedule_factor (0.1) after every schedule_epochs */
  ACT_EXPONENTIAL = 2, /* times schedule_factor (0.95) after every epoch */
  ACT_COSINE = 3,      /* down to schedule_factor (0) times it, along half a cosine of t */
  ACT_LINEAR = 4,      /* down to schedule_factor (0) times it, linearly in t */
  ACT_SCHEDULE_FORCE_INT32 = 0x7fffffff
} act_schedule;

/* How training goes, after an epoch. Valid during the call only. */
typedef struct act_progress {
  size_t size;
  size_t epoch, epochs;     /* done of this fit, from 1; wanted */
  double loss;              /* the mean over the epoch's samples, each as its batch came, with dropout */
  double validation_loss;   /* NaN: none */
  double learning_rate;
  double gradient_norm;     /* the largest of a batch in this epoch, before clipping */
  int diverged;             /* 1: a loss or a weight is not finite */
  size_t hidden;            /* how many hidden layers */
  const double *dead;       /* of each the share of units with f'(z) = 0 for every one of up to 512 samples */
  const double *saturated;  /* of the others, those with |f'(z)| < 0.01 for at least 95 of 100 of them */
} act_progress;

/* Called after each epoch; what is not 0 ends the fit. */
typedef int act_progress_function(void *context, const act_progress *progress);
/* Called between batches some twenty times a second, with the epoch, from 1, and how many of its samples are done; what is
 * not 0 ends the fit. */
typedef int act_poll_function(void *context, size_t epoch, size_t samples);

typedef struct act_fit_options {
  size_t size;             /* sizeof(act_fit_options) */
  size_t epochs;           /* 10 */
  size_t batch_size;       /* 32; at least 1; the last batch of an epoch may be smaller */
  int shuffle;             /* 1: each epoch in another order; 0: in that of the data */
  act_optimizer optimizer; /* ACT_ADAM */
  double learning_rate;    /* 0.001; at least 0 */
  double momentum;         /* 0; ACT_SGD and ACT_RMSPROP; from 0 to less than 1 */
  int nesterov;            /* 0; ACT_SGD, where the momentum is not 0 */
  double beta1, beta2;     /* 0.9, 0.999; ACT_ADAM and ACT_ADAMW; from 0 to less than 1 */
  double alpha;            /* 0.99; ACT_RMSPROP; from 0 to 1 */
  double epsilon;          /* 1e-8; ACT_ADAM, ACT_ADAMW and ACT_RMSPROP; at least 0 */
  double weight_decay;     /* NaN: 0.01 for ACT_ADAMW, where it is apart from the gradient, else 0; at least 0 */
  double dropout;          /* 0; the share of hidden units left out of each sample; from 0 to less than 1 */
  double clip_norm;        /* 0: none; else the gradient's norm is made at most this */
  double clip_value;       /* 0: none; else each of its elements is, before that */
  act_schedule schedule;   /* ACT_CONSTANT */
  size_t schedule_epochs;  /* 10; ACT_STEP; at least 1 */
  double schedule_factor;  /* NaN: as said at the schedule; from 0 to 1 */
  size_t warmup_epochs;    /* 0; at first the rate grows linearly over so many epochs */
  double validation;       /* 0; from 0 to less than 1: a share of the samples to validate with, drawn by the seed (the last
                              ones where shuffle is 0), the same in every fit of as many samples */
  size_t validation_samples; /* 0; else validation data of the caller's, and `validation` must be 0 */
  const void *validation_x, *validation_y;
  size_t patience;         /* 0: never; else the fit ends after so many epochs without a better validation loss (without
                              validation data: training loss) */
  double min_delta;        /* 0; better is by more than this */
  int restore_best;        /* 1: with patience, the parameters of the best epoch are the network's in the end */
  act_progress_function *progress; /* NULL: none */
  act_poll_function *poll;         /* NULL: none */
  void *context;                   /* NULL; for both */
} act_fit_options;

act_status act_fit_options_init(act_fit_options *options, size_t size);

/* Trains the network, from the parameters it has: another fit goes on where the last one ended. The optimiser's memory, its
 * count of steps and the shuffling go on too, so that two fits of 5 epochs are one of 10; another optimiser begins anew.
 * options NULL: the defaults. x is samples × inputs; y as for the loss. What is allocated, at the start: the optimiser's
 * memory once, and a batch's activations and gradients (of at most 1024 samples: a larger batch goes through in parts, which
 * changes no bit); a step allocates nothing. Callbacks are called on the caller's thread.
 *
 * If a callback ends the fit it is ACT_OK; the network is usable then. No samples are ACT_ERROR_DATA, as is NaN or an
 * infinity in x or y. Errors as above, and ACT_ERROR_OPTIONS; then the network is unchanged. */
act_status act_network_fit_f64(act_network *network, size_t samples, const double *x, const void *y,
                               const act_fit_options *options);
act_status act_network_fit_f32(act_network *network, size_t samples, const float *x, const void *y,
                               const act_fit_options *options);
/* Forgets the optimiser's memory and step count, which frees its memory. ACT_ERROR_NULL. */
act_status act_network_forget_optimizer(act_network *network);

/* Saves a network as a safetensors file: tensors "layers.0.weight" (n_in × n_out), "layers.0.bias", …, architecture and
 * options as metadata; with_training not 0: also the optimiser's memory, so that a fit after loading goes on with the same
 * bits. Written beside the path and then renamed: what was there before stays whole until the new file is.
 * ACT_ERROR_NULL, ACT_ERROR_FILE (errno says why), ACT_ERROR_MEMORY. */
act_status act_network_save(const act_network *network, const char *path, int with_training);
/* The network of such a file. Everything in it is checked. `why` (may be NULL) receives a constant text that says what is
 * wrong with it. ACT_ERROR_NULL, ACT_ERROR_FILE, ACT_ERROR_FORMAT, ACT_ERROR_MEMORY. */
act_status act_network_load(const char *path, act_network **out, const char **why);
/* The same to and from memory. *size receives how many bytes there are (bytes may be NULL, to ask for that); where capacity
 * is less nothing is written: ACT_ERROR_SIZE. */
act_status act_network_write(const act_network *network, int with_training, void *bytes, size_t capacity, size_t *size);
act_status act_network_read(const void *bytes, size_t size, act_network **out, const char **why);

/* The network of the textbooks, one sample a step: `count` ≥ 2 layer sizes; weights[l] is sizes[l] × sizes[l + 1], row after
 * row; a(0) is the sample with a 1 after it, so that x is samples × (sizes[0] − 1); a(l + 1) = f(a(l)·weights[l]), the last
 * layer included. For each of the `steps` samples of `order` (places in x, less than `samples`), with the error
 * e = y − a(last), y being samples × sizes[count − 1]: the deltas d(last) = e·f'(z) and, backwards,
 * d(l) = (d(l + 1)·weights[l]ᵀ)·f'(z), then weights[l] += a(l)ᵀ·(learning_rate·d(l + 1)). `poll` as above, with the steps
 * done (epoch 1); it ends the fit between two of them.
 * ACT_ERROR_NULL, ACT_ERROR_NETWORK, ACT_ERROR_LABEL (a place in order), ACT_ERROR_OPTIONS (the rate: not finite),
 * ACT_ERROR_SIZE, ACT_ERROR_OVERLAP, ACT_ERROR_MEMORY, and those of a function. */
act_status act_online_fit_f64(const act_function *f, size_t count, const size_t *sizes, double *const *weights, size_t samples,
                              const double *x, const double *y, double learning_rate, size_t steps, const int64_t *order,
                              act_poll_function *poll, void *context);
/* a(last) of some samples: y is samples × sizes[count − 1]. */
act_status act_online_predict_f64(const act_function *f, size_t count, const size_t *sizes, const double *const *weights,
                                  size_t samples, const double *x, double *y);

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
