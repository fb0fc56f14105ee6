/* What the library exports for each element type, called by the type's number. */
#ifndef CALLS_H
#define CALLS_H

#include <stdint.h>
#include <stdlib.h>

#include "activations.h"

/* The exported function of that form and type. */
static inline act_status compute(const act_function *f, act_form form, act_type type, size_t n, const void *x,
                                 const void *dy, void *y) {
  enum { OF_FORM = ACT_BF16 + 1 };
  switch (form * OF_FORM + type) {
    case ACT_VALUE *OF_FORM + ACT_F64:
      return act_forward_f64(f, n, (const double *)x, (double *)y);
    case ACT_VALUE *OF_FORM + ACT_F32:
      return act_forward_f32(f, n, (const float *)x, (float *)y);
    case ACT_VALUE *OF_FORM + ACT_F16:
      return act_forward_f16(f, n, (const uint16_t *)x, (uint16_t *)y);
    case ACT_VALUE *OF_FORM + ACT_BF16:
      return act_forward_bf16(f, n, (const uint16_t *)x, (uint16_t *)y);
    case ACT_DERIVATIVE *OF_FORM + ACT_F64:
      return act_derivative_f64(f, n, (const double *)x, (double *)y);
    case ACT_DERIVATIVE *OF_FORM + ACT_F32:
      return act_derivative_f32(f, n, (const float *)x, (float *)y);
    case ACT_DERIVATIVE *OF_FORM + ACT_F16:
      return act_derivative_f16(f, n, (const uint16_t *)x, (uint16_t *)y);
    case ACT_DERIVATIVE *OF_FORM + ACT_BF16:
      return act_derivative_bf16(f, n, (const uint16_t *)x, (uint16_t *)y);
    case ACT_BACKWARD *OF_FORM + ACT_F64:
      return act_backward_f64(f, n, (const double *)x, (const double *)dy, (double *)y);
    case ACT_BACKWARD *OF_FORM + ACT_F32:
      return act_backward_f32(f, n, (const float *)x, (const float *)dy, (float *)y);
    case ACT_BACKWARD *OF_FORM + ACT_F16:
      return act_backward_f16(f, n, (const uint16_t *)x, (const uint16_t *)dy, (uint16_t *)y);
    case ACT_BACKWARD *OF_FORM + ACT_BF16:
      return act_backward_bf16(f, n, (const uint16_t *)x, (const uint16_t *)dy, (uint16_t *)y);
  }
  abort();
}

/* The same of softmax and log_softmax, backward where dy is not NULL, and of gated units. */
static inline act_status compute_rows(int logarithm, act_type type, act_accuracy accuracy, size_t outer, size_t n, size_t inner,
                       const void *x, const void *dy, void *y) {
#define CALL(t, c)                                                                                                  \
  if (dy)                                                                                                           \
    return logarithm ? act_log_softmax_backward_##t(accuracy, outer, n, inner, (const c *)x, (const c *)dy, (c *)y) \
                     : act_softmax_backward_##t(accuracy, outer, n, inner, (const c *)x, (const c *)dy, (c *)y);    \
  return logarithm ? act_log_softmax_##t(accuracy, outer, n, inner, (const c *)x, (c *)y)                           \
                   : act_softmax_##t(accuracy, outer, n, inner, (const c *)x, (c *)y);
  switch (type) {
    case ACT_F64:
      CALL(f64, double)
    case ACT_F32:
      CALL(f32, float)
    case ACT_F16:
      CALL(f16, uint16_t)
    default:
      CALL(bf16, uint16_t)
  }
#undef CALL
}

static inline act_status compute_gated(act_type type, const act_function *f, size_t n, const void *value, const void *gate, void *y) {
  switch (type) {
    case ACT_F64:
      return act_gated_forward_f64(f, n, (const double *)value, (const double *)gate, (double *)y);
    case ACT_F32:
      return act_gated_forward_f32(f, n, (const float *)value, (const float *)gate, (float *)y);
    case ACT_F16:
      return act_gated_forward_f16(f, n, (const uint16_t *)value, (const uint16_t *)gate, (uint16_t *)y);
    default:
      return act_gated_forward_bf16(f, n, (const uint16_t *)value, (const uint16_t *)gate, (uint16_t *)y);
  }
}
static inline act_status compute_gated_backward(act_type type, const act_function *f, size_t n, const void *value, const void *gate,
                                 const void *dy, void *dvalue, void *dgate) {
  switch (type) {
    case ACT_F64:
      return act_gated_backward_f64(f, n, (const double *)value, (const double *)gate, (const double *)dy, (double *)dvalue, (double *)dgate);
    case ACT_F32:
      return act_gated_backward_f32(f, n, (const float *)value, (const float *)gate, (const float *)dy, (float *)dvalue, (float *)dgate);
    case ACT_F16:
      return act_gated_backward_f16(f, n, (const uint16_t *)value, (const uint16_t *)gate, (const uint16_t *)dy, (uint16_t *)dvalue, (uint16_t *)dgate);
    default:
      return act_gated_backward_bf16(f, n, (const uint16_t *)value, (const uint16_t *)gate, (const uint16_t *)dy, (uint16_t *)dvalue, (uint16_t *)dgate);
  }
}

#endif
