/* Dense layers over NumPy arrays.
 *
 * Here are arrays only as the library reads them: of class ndarray, float32 or float64, aligned, of matching shapes,
 * with any strides. For all other arguments these functions return None, and ../swiftact/_dense.py makes such arrays of
 * them or says what is wrong. */
#define Py_LIMITED_API 0x030a0000
#define PY_SSIZE_T_CLEAN

#define NPY_TARGET_VERSION NPY_2_0_API_VERSION
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#include <numpy/arrayobject.h>

#include "glue.h"

/* The array, if it is one of that many dimensions whose elements can be read as they lie; else NULL. type: of another
 * array, or NPY_NOTYPE. */
static PyArrayObject *readable(PyObject *x, int ndim, int type) {
  if (!PyArray_CheckExact(x)) return NULL;
  PyArrayObject *array = (PyArrayObject *)x;
  const int own = PyArray_TYPE(array);
  if ((own != NPY_FLOAT && own != NPY_DOUBLE) || (type != NPY_NOTYPE && own != type)) return NULL;
  if (PyArray_NDIM(array) != ndim || !PyArray_ISALIGNED(array) || !PyArray_ISNOTSWAPPED(array)) return NULL;
  for (int i = 0; i < ndim; i++) {
    if (PyArray_STRIDE(array, i) % PyArray_ITEMSIZE(array) != 0) return NULL;
  }
  return array;
}

/* Sets size and strides of a vector as one row, or of a matrix, and returns where it begins. */
static const void *matrix(PyArrayObject *x, size_t *rows, size_t *columns, ptrdiff_t strides[2]) {
  const int ndim = PyArray_NDIM(x);
  *rows = ndim == 1 ? 1 : (size_t)PyArray_DIM(x, 0);
  *columns = (size_t)PyArray_DIM(x, ndim - 1);
  strides[0] = ndim == 1 ? 0 : PyArray_STRIDE(x, 0);
  strides[1] = PyArray_STRIDE(x, ndim - 1);
  return PyArray_DATA(x);
}

/* Reads x, w and b (or None) into `arrays`: the array x, or NULL where one of them is not as it must be. */
static PyArrayObject *read_layer(PyObject *given_x, PyObject *given_w, PyObject *given_b, act_dense_arrays *arrays) {
  PyArrayObject *x = readable(given_x, 2, NPY_NOTYPE);
  if (x == NULL) x = readable(given_x, 1, NPY_NOTYPE);
  PyArrayObject *w = x == NULL ? NULL : readable(given_w, 2, PyArray_TYPE(x));
  if (w == NULL) return NULL;
  size_t n_in;
  *arrays = (act_dense_arrays){.size = sizeof *arrays, .type = PyArray_TYPE(x) == NPY_FLOAT ? ACT_F32 : ACT_F64};
  arrays->x = matrix(x, &arrays->batch, &arrays->n_in, arrays->x_strides);
  arrays->w = matrix(w, &n_in, &arrays->n_out, arrays->w_strides);
  if (n_in != arrays->n_in) return NULL;
  if (given_b != Py_None) {
    PyArrayObject *b = readable(given_b, 1, PyArray_TYPE(x));
    if (b == NULL || (size_t)PyArray_DIM(b, 0) != arrays->n_out || !PyArray_ISCONTIGUOUS(b)) return NULL;
    arrays->b = PyArray_DATA(b);
  }
  return x;
}

/* A new array of x's type. */
static PyObject *new_array(PyArrayObject *x, int ndim, npy_intp rows, npy_intp columns) {
  const npy_intp dims[] = {ndim == 1 ? columns : rows, columns};
  return PyArray_SimpleNew(ndim, dims, PyArray_TYPE(x));
}

static void *data_of(PyObject *array) { return PyArray_DATA((PyArrayObject *)array); }

typedef act_status layer_call(const act_function *f, const act_dense_arrays *arrays);

enum { SHORT = 20000 }; /* this many products take less time than it takes another thread to have the GIL */

static act_status run(layer_call *call, const act_function *f, const act_dense_arrays *arrays) {
  const int is_short = (double)arrays->batch * (double)arrays->n_in * (double)arrays->n_out <= SHORT;
  PyThreadState *state = is_short ? NULL : PyEval_SaveThread();
  const act_status status = call(f, arrays);
  if (state != NULL) PyEval_RestoreThread(state);
  return status;
}

static PyObject *core_dense(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  (void)self;
  if (!has_count(count, 4)) return NULL;
  const act_function *f = bound_function(args[0]);
  if (f == NULL) return NULL;
  act_dense_arrays arrays;
  PyArrayObject *x = read_layer(args[1], args[2], args[3], &arrays);
  if (x == NULL) Py_RETURN_NONE;
  PyObject *y = new_array(x, PyArray_NDIM(x), (npy_intp)arrays.batch, (npy_intp)arrays.n_out);
  if (y == NULL) return NULL;
  arrays.y = data_of(y);
  const act_status status = run(act_dense_forward, f, &arrays);
  if (status == ACT_OK) return y;
  Py_DECREF(y);
  return raise_status(status);
}

/* Computes z = x·w + b, then dx, dw and db. */
static act_status backward(const act_function *f, act_dense_arrays *arrays, PyObject *z) {
  arrays->z = data_of(z);
  const act_status status = run(act_dense_forward, f, arrays);
  return status == ACT_OK ? run(act_dense_backward, f, arrays) : status;
}

static PyObject *core_dense_backward(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  (void)self;
  if (!has_count(count, 5)) return NULL;
  const act_function *f = bound_function(args[0]);
  if (f == NULL) return NULL;
  act_dense_arrays arrays;
  PyArrayObject *x = read_layer(args[1], args[2], args[3], &arrays);
  PyArrayObject *dy = x == NULL ? NULL : readable(args[4], PyArray_NDIM(x), PyArray_TYPE(x));
  if (dy == NULL) Py_RETURN_NONE;
  size_t batch, n_out;
  arrays.dy = matrix(dy, &batch, &n_out, arrays.dy_strides);
  if (batch != arrays.batch || n_out != arrays.n_out) Py_RETURN_NONE;

  const npy_intp rows = (npy_intp)arrays.batch, n_in = (npy_intp)arrays.n_in, columns = (npy_intp)arrays.n_out;
  const int has_bias = arrays.b != NULL;
  PyObject *z = new_array(x, 2, rows, columns), *dx = new_array(x, PyArray_NDIM(x), rows, n_in);
  PyObject *dw = new_array(x, 2, n_in, columns), *db = has_bias ? new_array(x, 1, 1, columns) : Py_None;
  if (!has_bias) Py_INCREF(db);
  PyObject *result = z == NULL || dx == NULL || dw == NULL || db == NULL ? NULL : PyTuple_Pack(3, dx, dw, db);
  if (result != NULL) {
    arrays.dx = data_of(dx);
    arrays.dw = data_of(dw);
    arrays.db = has_bias ? data_of(db) : NULL;
    const act_status status = backward(f, &arrays, z);
    if (status != ACT_OK) {
      Py_CLEAR(result);
      raise_status(status);
    }
  }
  Py_XDECREF(z);
  Py_XDECREF(dx);
  Py_XDECREF(dw);
  Py_XDECREF(db);
  return result;
}

static PyMethodDef methods[] = {
    {"dense", (PyCFunction)(void (*)(void))core_dense, METH_FASTCALL,
     "dense(f, x, w, b, /)\n--\n\nNone, where an argument cannot be read as it lies."},
    {"dense_backward", (PyCFunction)(void (*)(void))core_dense_backward, METH_FASTCALL,
     "dense_backward(f, x, w, b, dy, /)\n--\n\nNone, where an argument cannot be read as it lies."},
    {NULL, NULL, 0, NULL},
};

int add_dense_functions(PyObject *module) {
  return PyArray_ImportNumPyAPI() < 0 ? -1 : PyModule_AddFunctions(module, methods);
}
