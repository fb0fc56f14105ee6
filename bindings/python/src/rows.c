/* Softmax and gated units over NumPy arrays.
 *
 * Here are the usual calls only, and what every call comes down to in the end: plain arrays, that is of class ndarray,
 * without gaps, of a type that the library computes in, of the right shapes. For all other arguments these functions
 * return None, and ../swiftact/_rows.py makes such arrays of them or says what is wrong. */
#define Py_LIMITED_API 0x030a0000
#define PY_SSIZE_T_CLEAN

#define NPY_TARGET_VERSION NPY_2_0_API_VERSION
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#include <numpy/arrayobject.h>
#include <string.h>

#include "glue.h"

/* ----------------------------------------------------------------------------------------- the library's calls --- */

enum { SOFTMAX, LOG_SOFTMAX };

/* What is computed: an array of outer × n × inner elements, and its pointers; dy is NULL in a forward call. */
typedef struct rows_job {
  int is_logarithm;
  act_accuracy accuracy;
  size_t outer, n, inner;
  const void *x, *dy;
  void *y;
} rows_job;

/* The same of a gated unit. gate is NULL where value and gate are the halves of each of `outer` rows of 2·n elements;
 * then dgate is NULL too. */
typedef struct gated_job {
  const act_function *f;
  size_t outer, n;
  const void *value, *gate, *dy;
  void *y, *dgate;
} gated_job;

#define CALLS_IN(T)                                                                                                 \
  static act_status rows_##T(const rows_job *j) {                                                                   \
    if (j->dy == NULL) {                                                                                            \
      return j->is_logarithm ? act_log_softmax_##T(j->accuracy, j->outer, j->n, j->inner, j->x, j->y)               \
                             : act_softmax_##T(j->accuracy, j->outer, j->n, j->inner, j->x, j->y);                  \
    }                                                                                                               \
    return j->is_logarithm ? act_log_softmax_backward_##T(j->accuracy, j->outer, j->n, j->inner, j->x, j->dy, j->y) \
                           : act_softmax_backward_##T(j->accuracy, j->outer, j->n, j->inner, j->x, j->dy, j->y);    \
  }                                                                                                                 \
  static act_status gated_##T(const gated_job *j) {                                                                 \
    if (j->gate == NULL) {                                                                                          \
      return j->dy == NULL ? act_glu_forward_##T(j->f, j->outer, j->n, j->value, j->y)                              \
                           : act_glu_backward_##T(j->f, j->outer, j->n, j->value, j->dy, j->y);                     \
    }                                                                                                               \
    return j->dy == NULL ? act_gated_forward_##T(j->f, j->n, j->value, j->gate, j->y)                               \
                         : act_gated_backward_##T(j->f, j->n, j->value, j->gate, j->dy, j->y, j->dgate);            \
  }
CALLS_IN(f64)
CALLS_IN(f32)
CALLS_IN(f16)
CALLS_IN(bf16)

typedef struct element {
  act_status (*rows)(const rows_job *);
  act_status (*gated)(const gated_job *);
} element;

/* The calls for arrays of that type, or NULL. */
static const element *element_of(PyArrayObject *x) {
  static const element f64 = {rows_f64, gated_f64}, f32 = {rows_f32, gated_f32}, f16 = {rows_f16, gated_f16},
                       bf16 = {rows_bf16, gated_bf16};
  static int bfloat16 = NPY_NOTYPE;
  const int type = PyArray_TYPE(x);
  if (type == NPY_FLOAT) return &f32;
  if (type == NPY_DOUBLE) return &f64;
  if (type == NPY_HALF) return &f16;
  if (type < NPY_USERDEF) return NULL;
  if (bfloat16 == NPY_NOTYPE) bfloat16 = bfloat16_type_number();
  return type == bfloat16 ? &bf16 : NULL;
}

/* The most elements that NumPy, too, computes without letting go of the GIL. */
enum { SHORT = 500 };

static act_status run_rows(const element *e, const rows_job *job, npy_intp size) {
  PyThreadState *state = size > SHORT ? PyEval_SaveThread() : NULL;
  const act_status status = e->rows(job);
  if (state != NULL) PyEval_RestoreThread(state);
  return status;
}

static act_status run_gated(const element *e, const gated_job *job, npy_intp size) {
  PyThreadState *state = size > SHORT ? PyEval_SaveThread() : NULL;
  const act_status status = e->gated(job);
  if (state != NULL) PyEval_RestoreThread(state);
  return status;
}

/* ------------------------------------------------------------------------------------------------ plain arrays --- */

/* The array, if it is plain, else NULL. */
static PyArrayObject *plain(PyObject *x) {
  if (!PyArray_CheckExact(x)) return NULL;
  PyArrayObject *array = (PyArrayObject *)x;
  return PyArray_NDIM(array) != 0 && PyArray_ISCARRAY_RO(array) ? array : NULL;
}

static int has_shape(PyArrayObject *x, const npy_intp *dims, int ndim) {
  return PyArray_NDIM(x) == ndim && memcmp(PyArray_DIMS(x), dims, (size_t)ndim * sizeof *dims) == 0;
}

/* A plain array of x's type and this shape, else NULL. */
static PyArrayObject *plain_like(PyObject *other, PyArrayObject *x, const npy_intp *dims) {
  PyArrayObject *array = plain(other);
  if (array == NULL || PyArray_TYPE(array) != PyArray_TYPE(x)) return NULL;
  return has_shape(array, dims, PyArray_NDIM(x)) ? array : NULL;
}

static PyArrayObject *new_array(PyArrayObject *x, const npy_intp *dims) {
  Py_INCREF((PyObject *)PyArray_DESCR(x)); /* which the array takes over */
  return (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, PyArray_DESCR(x), PyArray_NDIM(x), dims, NULL, NULL, 0,
                                               NULL);
}

/* A new reference to what the result goes to: a new array, or `out`, if it is a plain array of x's type and this shape.
 * Else NULL, with a Python error or without. */
static PyArrayObject *result_array(PyArrayObject *x, const npy_intp *dims, PyObject *out) {
  if (out == Py_None) return new_array(x, dims);
  PyArrayObject *y = plain_like(out, x, dims);
  if (y == NULL || PyArray_FailUnlessWriteable(y, "output array") < 0) return NULL;
  Py_INCREF(out);
  return y;
}

/* The axis from 0, or -1 if there is no such. */
static int axis_of(PyArrayObject *x, PyObject *axis) {
  if (!PyLong_CheckExact(axis)) return -1;
  int overflow;
  const long given = PyLong_AsLongAndOverflow(axis, &overflow);
  const long index = given < 0 ? given + PyArray_NDIM(x) : given;
  return overflow == 0 && index >= 0 && index < PyArray_NDIM(x) ? (int)index : -1;
}

static size_t product(const npy_intp *dims, int count) {
  size_t product = 1;
  for (int i = 0; i < count; i++) product *= (size_t)dims[i];
  return product;
}

/* None, where Python code is to do the rest; NULL, if there is an error already. */
static PyObject *not_plain(void) {
  if (PyErr_Occurred() != NULL) return NULL;
  Py_RETURN_NONE;
}

/* The result, of which this takes over the reference, or what there is instead of it. Of arrays that overlap, Python
 * code makes copies. */
static PyObject *finish(act_status status, PyObject *result) {
  if (status == ACT_OK) return result;
  Py_DECREF(result);
  if (status != ACT_ERROR_OVERLAP) raise_status(status);
  return not_plain();
}

/* ---------------------------------------------------------------------------------------------------- softmax --- */

static PyObject *softmax(PyObject *const *args, PyObject *given_x, PyObject *given_dy, PyObject *axis, PyObject *out) {
  PyArrayObject *x = plain(given_x), *dy = NULL;
  const element *e = x == NULL ? NULL : element_of(x);
  if (e == NULL) return not_plain();
  const npy_intp *dims = PyArray_DIMS(x);
  rows_job job = {
      .is_logarithm = PyLong_AsLong(args[0]) == LOG_SOFTMAX,
      .accuracy = (act_accuracy)PyLong_AsLong(args[1]),
      .outer = 1,
      .n = (size_t)PyArray_SIZE(x),
      .inner = 1,
      .x = PyArray_DATA(x),
  };
  if (PyErr_Occurred() != NULL) return NULL; /* function or accuracy is no int */
  if (axis != Py_None) {
    const int index = axis_of(x, axis);
    if (index < 0) return not_plain();
    job.outer = product(dims, index);
    job.n = (size_t)dims[index];
    job.inner = product(dims + index + 1, PyArray_NDIM(x) - index - 1);
  }
  if (given_dy != NULL) {
    dy = plain_like(given_dy, x, dims);
    if (dy == NULL) return not_plain();
    job.dy = PyArray_DATA(dy);
  }
  PyArrayObject *y = result_array(x, dims, out);
  if (y == NULL) return not_plain();
  job.y = PyArray_DATA(y);
  return finish(run_rows(e, &job, PyArray_SIZE(x)), (PyObject *)y);
}

static PyObject *core_softmax(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  (void)self;
  return has_count(count, 5) ? softmax(args, args[2], NULL, args[3], args[4]) : NULL;
}

static PyObject *core_softmax_backward(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  (void)self;
  return has_count(count, 6) ? softmax(args, args[2], args[3], args[4], args[5]) : NULL;
}

/* ------------------------------------------------------------------------------------------------ gated units --- */

/* Sets the job's rows, where value and gate are the halves of x along an axis, and the dimensions of a half. 0 if x has
 * no such halves. What lies behind the axis belongs to a row: the two halves of one are next to each other. */
static int set_halves(gated_job *job, PyArrayObject *x, PyObject *axis, npy_intp *dims) {
  const int index = axis_of(x, axis), ndim = PyArray_NDIM(x);
  if (index < 0 || PyArray_DIM(x, index) % 2 != 0) return 0;
  memcpy(dims, PyArray_DIMS(x), (size_t)ndim * sizeof *dims);
  dims[index] /= 2;
  job->outer = product(dims, index);
  job->n = product(dims + index, ndim - index);
  return 1;
}

static PyObject *core_gated(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  (void)self;
  if (!has_count(count, 5)) return NULL;
  gated_job job = {.f = bound_function(args[0])};
  if (job.f == NULL) return NULL;
  PyArrayObject *x = plain(args[1]);
  const element *e = x == NULL ? NULL : element_of(x);
  if (e == NULL) return not_plain();
  npy_intp half[NPY_MAXDIMS];
  const npy_intp *dims = PyArray_DIMS(x);
  job.value = PyArray_DATA(x);
  if (args[2] == Py_None) {
    if (!set_halves(&job, x, args[3], half)) return not_plain();
    dims = half;
  } else {
    PyArrayObject *gate = plain_like(args[2], x, dims);
    if (gate == NULL) return not_plain();
    job.gate = PyArray_DATA(gate);
    job.n = (size_t)PyArray_SIZE(x);
  }
  PyArrayObject *y = result_array(x, dims, args[4]);
  if (y == NULL) return not_plain();
  job.y = PyArray_DATA(y);
  return finish(run_gated(e, &job, PyArray_SIZE(x)), (PyObject *)y);
}

static PyObject *core_gated_backward(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  (void)self;
  if (!has_count(count, 5)) return NULL;
  gated_job job = {.f = bound_function(args[0])};
  if (job.f == NULL) return NULL;
  PyArrayObject *x = plain(args[1]);
  const element *e = x == NULL ? NULL : element_of(x);
  if (e == NULL) return not_plain();
  npy_intp half[NPY_MAXDIMS];
  const npy_intp *dims = PyArray_DIMS(x);
  const int is_split = args[3] == Py_None;
  job.value = PyArray_DATA(x);
  if (is_split) {
    if (!set_halves(&job, x, args[4], half)) return not_plain();
  } else {
    PyArrayObject *gate = plain_like(args[3], x, dims);
    if (gate == NULL) return not_plain();
    job.gate = PyArray_DATA(gate);
    job.n = (size_t)PyArray_SIZE(x);
  }
  PyArrayObject *dy = plain_like(args[2], x, is_split ? half : dims);
  if (dy == NULL) return not_plain();
  job.dy = PyArray_DATA(dy);

  PyArrayObject *dx = new_array(x, dims), *dgate = is_split || dx == NULL ? NULL : new_array(x, dims);
  PyObject *result = (PyObject *)dx;
  if (!is_split && dx != NULL) {
    result = dgate == NULL ? NULL : PyTuple_Pack(2, dx, dgate);
    Py_DECREF((PyObject *)dx);
    Py_XDECREF((PyObject *)dgate);
  }
  if (result == NULL) return NULL;
  job.y = PyArray_DATA(dx);
  job.dgate = is_split ? NULL : PyArray_DATA(dgate);
  return finish(run_gated(e, &job, PyArray_SIZE(x)), result);
}

/* ------------------------------------------------------------------------------------------------- the module --- */

static PyMethodDef methods[] = {
    {"softmax", (PyCFunction)(void (*)(void))core_softmax, METH_FASTCALL,
     "softmax(function, accuracy, x, axis, out, /)\n--\n\nNone, where an argument is not plain."},
    {"softmax_backward", (PyCFunction)(void (*)(void))core_softmax_backward, METH_FASTCALL,
     "softmax_backward(function, accuracy, x, dy, axis, out, /)\n--\n\nNone, where an argument is not plain."},
    {"gated", (PyCFunction)(void (*)(void))core_gated, METH_FASTCALL,
     "gated(f, x, gate, axis, out, /)\n--\n\nNone, where an argument is not plain."},
    {"gated_backward", (PyCFunction)(void (*)(void))core_gated_backward, METH_FASTCALL,
     "gated_backward(f, x, dy, gate, axis, /)\n--\n\nNone, where an argument is not plain."},
    {NULL, NULL, 0, NULL},
};

int add_row_functions(PyObject *module) {
  if (PyArray_ImportNumPyAPI() < 0 || PyModule_AddFunctions(module, methods) < 0) return -1;
  if (PyModule_AddIntConstant(module, "SOFTMAX", SOFTMAX) < 0) return -1;
  return PyModule_AddIntConstant(module, "LOG_SOFTMAX", LOG_SOFTMAX);
}
