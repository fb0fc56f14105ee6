/* swiftact._core: the functions of libactivations as NumPy ufuncs, and what calls those that have parameters.
 *
 * One abi3 module for Python 3.10 and later, NumPy 2.0 and later. Which functions there are, their names and their
 * documentation are the Python package's affair (see ../swiftact/_ufuncs.py and _functions.py); here is only what
 * Python cannot do, or not fast enough. */
#define Py_LIMITED_API 0x030a0000
#define PY_SSIZE_T_CLEAN

#define NPY_TARGET_VERSION NPY_2_0_API_VERSION
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#include <Python.h>
#include <float.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>
#include <stdlib.h>
#include <string.h>
#include <structmember.h>

#include "glue.h"

/* ----------------------------------------------------------------------------------------------- inner loops --- */

typedef struct definition definition;

/* What an inner loop is told: the function, what of it is wanted, and in which type. */
typedef struct loop_data {
  act_function function;
  act_form form;
  act_type type;
  definition *definition;
} loop_data;

/* The loops that each ufunc starts with. NumPy takes the first one that an input fits in without loss: in this order,
 * integers and bool go to the types that np.tanh takes them to. */
enum { BUILT_IN_LOOPS = 3 };
static const struct {
  int numpy_type;
  act_type type;
} built_in[BUILT_IN_LOOPS] = {
    {NPY_HALF, ACT_F16},
    {NPY_FLOAT, ACT_F32},
    {NPY_DOUBLE, ACT_F64},
};

enum { MAX_OPERANDS = 2 + ACT_PARAMETERS_MAX + 1 }; /* x, dy, the parameters, y */

/* What Python calls in an object with the vectorcall protocol (PEP 590); the limited API of 3.10 has no name for it. */
typedef PyObject *(*call_function)(PyObject *callable, PyObject *const *args, size_t flagged_count, PyObject *keywords);

/* All that a ufunc points to. Ufuncs live as long as the process, so this is never freed. */
struct definition {
  loop_data loops[BUILT_IN_LOOPS];
  loop_data bfloat16_loop;
  int has_bfloat16;
  PyUFuncGenericFunction functions[BUILT_IN_LOOPS];
  void *data[BUILT_IN_LOOPS];
  char types[BUILT_IN_LOOPS * MAX_OPERANDS];
  call_function numpy_call;
  char *name;
  char *documentation;
  char *parameter_name[ACT_PARAMETERS_MAX];
};

static const act_info *info_of(const definition *d) { return d->bfloat16_loop.function.info; }

static int first_parameter(const loop_data *data) { return data->form == ACT_BACKWARD ? 2 : 1; }

static int input_count(const loop_data *data) {
  return first_parameter(data) + (int)data->function.info->parameter_count;
}

static int is_parameter(const loop_data *data, int operand) {
  return operand >= first_parameter(data) && operand < input_count(data);
}

/* Calls the library. args and steps are those of an inner loop: x, for ACT_BACKWARD dy, the parameters, y. */
static act_status compute(const loop_data *data, npy_intp n, char *const *args, const npy_intp *steps) {
  act_function function = data->function;
  act_arrays arrays = {
      .size = sizeof arrays,
      .form = data->form,
      .type = data->type,
      .n = (size_t)n,
      .x = args[0],
      .x_stride = steps[0],
  };
  if (data->form == ACT_BACKWARD) {
    arrays.dy = args[1];
    arrays.dy_stride = steps[1];
  }
  int next = first_parameter(data);
  for (size_t p = 0; p < function.info->parameter_count; p++, next++) {
    if (steps[next] == 0) {
      function.parameters[p] = *(const double *)args[next]; /* one value for the whole loop */
    } else {
      arrays.parameters[p] = (const double *)args[next];
      arrays.parameter_strides[p] = steps[next];
    }
  }
  arrays.y = args[next];
  arrays.y_stride = steps[next];
  return act_apply(&function, &arrays);
}

static npy_intp element_size(const loop_data *data, int operand) {
  static const npy_intp sizes[] = {[ACT_F64] = 8, [ACT_F32] = 4, [ACT_F16] = 2, [ACT_BF16] = 2};
  return is_parameter(data, operand) ? (npy_intp)sizeof(double) : sizes[data->type];
}

/* How many elements may be computed at once so that all is as if they were computed one after the other, which is what
 * NumPy expects where y overlaps an input: NPY_MAX_INTP, all of them; BLOCK, if what is overwritten has been read
 * before; 1, if what is written is read later (ufunc.reduce and accumulate do that). */
enum { BLOCK = 256 };
static npy_intp block_length(const loop_data *data, npy_intp n, int input, char *const *args, const npy_intp *steps) {
  const int y = input_count(data);
  const npy_intp step = steps[input], y_step = steps[y];
  const npy_intp size = element_size(data, input), y_size = element_size(data, y);
  const npy_intp distance = args[y] - args[input];
  const npy_intp span = (n - 1) * step, y_span = (n - 1) * y_step;
  if (n == 1 || distance + (y_span < 0 ? y_span : 0) >= (span > 0 ? span : 0) + size ||
      distance + (y_span > 0 ? y_span : 0) + y_size <= (span < 0 ? span : 0)) {
    return NPY_MAX_INTP; /* no overlap */
  }
  if (step == y_step && step != 0) {
    const npy_intp record = step < 0 ? -step : step;
    const npy_intp offset = (distance % record + record) % record;
    if (distance == 0 || (offset >= size && offset + y_size <= record)) return NPY_MAX_INTP; /* in place; two columns */
  }
  const int reads_ahead = step > 0 ? distance <= 0 && step >= y_step : step < 0 && distance >= 0 && step <= y_step;
  return reads_ahead ? BLOCK : 1;
}

/* As compute, so many elements at a time, the inputs' copied out before y's are written. */
static act_status compute_in_blocks(const loop_data *data, npy_intp n, npy_intp length, char *const *args,
                                    const npy_intp *steps) {
  double copies[MAX_OPERANDS - 1][BLOCK];
  char *block_args[MAX_OPERANDS];
  npy_intp block_steps[MAX_OPERANDS];
  const int inputs = input_count(data);
  act_status status = ACT_OK;
  for (npy_intp start = 0; start < n && status == ACT_OK; start += length) {
    const npy_intp m = n - start < length ? n - start : length;
    for (int i = 0; i < inputs; i++) {
      const npy_intp size = element_size(data, i);
      block_args[i] = (char *)copies[i];
      block_steps[i] = size;
      for (npy_intp j = 0; j < m; j++) memcpy(block_args[i] + j * size, args[i] + (start + j) * steps[i], (size_t)size);
    }
    block_args[inputs] = args[inputs] + start * steps[inputs];
    block_steps[inputs] = steps[inputs];
    status = compute(data, m, block_args, block_steps);
  }
  return status;
}

/* Integers in the order of the doubles, NaN beyond the infinities. Doubles would not tell a subnormal number from 0
 * where somebody has set the mode in which they are taken for 0. */
static int64_t rank(double value) {
  int64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits < 0 ? INT64_MIN - bits : bits;
}

static int is_allowed(const act_parameter_info *parameter, double value) {
  return rank(value) >= rank(parameter->minimum) && rank(value) <= rank(parameter->maximum);
}

/* Which of the parameters is not allowed, or -1. */
static int refused_parameter(const act_info *info, const double *values) {
  for (int p = 0; p < (int)info->parameter_count; p++) {
    if (!is_allowed(&info->parameters[p], values[p])) return p;
  }
  return info->parameters_ordered && rank(values[0]) > rank(values[1]) ? 0 : -1;
}

/* Sets the Python error for a parameter that is not allowed. */
static void refuse_parameter(const definition *d, int p, const double *values) {
  const act_parameter_info *parameter = &info_of(d)->parameters[p];
  PyObject *given = PyFloat_FromDouble(values[p]), *second = NULL, *where = NULL;
  if (is_allowed(parameter, values[p])) { /* but not in order */
    second = PyFloat_FromDouble(values[1]);
    where = second == NULL ? NULL : PyUnicode_FromFormat(" where %s is %S", d->parameter_name[1], second);
  } else {
    where = PyUnicode_FromString("");
  }
  if (given != NULL && where != NULL) {
    PyErr_Format(PyExc_ValueError, "%s: %s must be %s, got %S%U", d->name, d->parameter_name[p], parameter->allowed,
                 given, where);
  }
  Py_XDECREF(given);
  Py_XDECREF(second);
  Py_XDECREF(where);
}

/* Whether all of these are allowed, quickly: if not it is for refused_parameter to say. */
static int are_surely_allowed(const act_parameter_info *parameter, npy_intp n, const char *values, npy_intp step) {
  const double maximum = parameter->maximum;
  double minimum = parameter->minimum;
  if (minimum >= 0 && minimum < DBL_MIN) minimum = DBL_MIN; /* below it doubles do not tell: see rank */
  npy_intp allowed = 0;
  for (npy_intp i = 0; i < n; i++) {
    const double value = *(const double *)(values + i * step);
    allowed += (value >= minimum) & (value <= maximum);
  }
  return allowed == n;
}

/* Whether all parameters are allowed; else NumPy finds the error set. */
static int check_parameters(const loop_data *data, npy_intp n, char *const *args, const npy_intp *steps) {
  const act_info *info = data->function.info;
  const int first = first_parameter(data), count = (int)info->parameter_count;
  npy_intp sets = 1;
  int surely = !info->parameters_ordered;
  for (int p = 0; p < count; p++) {
    if (steps[first + p] != 0) sets = n;
    const npy_intp different = steps[first + p] == 0 ? 1 : n;
    surely = surely && are_surely_allowed(&info->parameters[p], different, args[first + p], steps[first + p]);
  }
  if (surely) return 1;
  for (npy_intp i = 0; i < sets; i++) {
    double values[ACT_PARAMETERS_MAX];
    for (int p = 0; p < count; p++) values[p] = *(const double *)(args[first + p] + i * steps[first + p]);
    const int refused = refused_parameter(info, values);
    if (refused < 0) continue;
    PyGILState_STATE gil = PyGILState_Ensure(); /* NumPy runs large loops without it */
    if (PyErr_Occurred() == NULL) refuse_parameter(data->definition, refused, values);
    PyGILState_Release(gil);
    return 0;
  }
  return 1;
}

/* The loop of every ufunc here. */
static void inner_loop(char **args, const npy_intp *dimensions, const npy_intp *steps, void *user_data) {
  const loop_data *data = user_data;
  const npy_intp n = dimensions[0];
  if (n == 0 || !check_parameters(data, n, args, steps)) return;
  npy_intp length = NPY_MAX_INTP;
  for (int i = 0; i < input_count(data); i++) {
    const npy_intp allowed = block_length(data, n, i, args, steps);
    if (allowed < length) length = allowed;
  }
  const act_status status =
      length == NPY_MAX_INTP ? compute(data, n, args, steps) : compute_in_blocks(data, n, length, args, steps);
  if (status != ACT_OK) {
    PyGILState_STATE gil = PyGILState_Ensure();
    if (PyErr_Occurred() == NULL) {
      PyErr_Format(PyExc_RuntimeError, "%s: %s", data->definition->name, act_status_string(status));
    }
    PyGILState_Release(gil);
  }
}

/* ------------------------------------------------------------------------------------ what all files here use --- */

PyObject *raise_status(act_status status) {
  if (status == ACT_ERROR_MEMORY) return PyErr_NoMemory();
  PyErr_SetString(PyExc_RuntimeError, act_status_string(status));
  return NULL;
}

int has_count(Py_ssize_t given, Py_ssize_t expected) {
  if (given != expected) PyErr_Format(PyExc_TypeError, "%zd arguments expected, got %zd", expected, given);
  return given == expected;
}

/* ------------------------------------------------------------------------------------------- type resolution --- */

/* The type number of ml_dtypes' bfloat16, or NPY_NOTYPE as long as nobody has imported ml_dtypes: no array of that
 * type exists before that, so it is not imported here. */
int bfloat16_type_number(void) {
  PyObject *name = PyUnicode_FromString("ml_dtypes");
  PyObject *module = name == NULL ? NULL : PyImport_GetModule(name);
  PyObject *type = module == NULL ? NULL : PyObject_GetAttrString(module, "bfloat16");
  PyArray_Descr *descr = type == NULL ? NULL : PyArray_DescrFromTypeObject(type);
  int number = descr == NULL ? NPY_NOTYPE : descr->type_num;
  PyErr_Clear(); /* another thread is still importing it */
  Py_XDECREF((PyObject *)descr);
  Py_XDECREF(type);
  Py_XDECREF(module);
  Py_XDECREF(name);
  return number;
}

/* Gives the ufunc its bfloat16 loop, if ml_dtypes is there. */
static int add_bfloat16_loop(PyUFuncObject *ufunc, definition *d) {
  int number = bfloat16_type_number();
  if (number == NPY_NOTYPE) return 0;
  int types[MAX_OPERANDS];
  for (int i = 0; i < ufunc->nargs; i++) {
    types[i] = is_parameter(&d->bfloat16_loop, i) ? NPY_DOUBLE : number;
  }
  d->has_bfloat16 = 1;
  return PyUFunc_RegisterLoopForType(ufunc, number, inner_loop, types, &d->bfloat16_loop);
}

/* The types that the user asks for, one for each operand or None. From dtype=, which gives the result's alone, NumPy
 * would conclude that all operands have it; here the parameters are doubles. */
static PyObject *complete_types(PyUFuncObject *ufunc, const definition *d, PyObject *type_tuple) {
  int only_result = PyTuple_Size(type_tuple) == ufunc->nargs;
  for (int i = 0; i < ufunc->nin && only_result; i++) only_result = PyTuple_GetItem(type_tuple, i) == Py_None;
  if (!only_result) {
    Py_INCREF(type_tuple);
    return type_tuple;
  }
  PyObject *completed = PyTuple_New(ufunc->nargs);
  for (int i = 0; completed != NULL && i < ufunc->nargs; i++) {
    PyObject *type = PyTuple_GetItem(type_tuple, ufunc->nin);
    if (is_parameter(&d->bfloat16_loop, i)) {
      type = (PyObject *)PyArray_DescrFromType(NPY_DOUBLE);
    } else {
      Py_INCREF(type);
    }
    if (PyTuple_SetItem(completed, i, type) < 0) Py_CLEAR(completed);
  }
  return completed;
}

/* "dtype float32" or "dtypes float32, complex128": what was given, for messages. */
static PyObject *given_dtypes(PyUFuncObject *ufunc, PyArrayObject **operands) {
  PyObject *text = PyUnicode_FromString(ufunc->nin == 1 ? "dtype" : "dtypes");
  for (int i = 0; text != NULL && i < ufunc->nin; i++) {
    PyObject *longer = PyUnicode_FromFormat("%U%s %S", text, i == 0 ? "" : ",", PyArray_DESCR(operands[i]));
    Py_DECREF(text);
    text = longer;
  }
  return text;
}

/* NumPy asks this when it meets operand types for which it knows no loop yet, as bfloat16 is at first. So that is when
 * a ufunc gets its bfloat16 loop, whether ml_dtypes was imported before swiftact or after. All else is NumPy's rule,
 * with a message that names the dtype. */
static int resolve_types(PyUFuncObject *ufunc, NPY_CASTING casting, PyArrayObject **operands, PyObject *type_tuple,
                         PyArray_Descr **out_dtypes) {
  definition *d = ((const loop_data *)ufunc->data[0])->definition;
  if (!d->has_bfloat16 && add_bfloat16_loop(ufunc, d) < 0) return -1;
  PyObject *types = type_tuple == NULL ? NULL : complete_types(ufunc, d, type_tuple);
  if (type_tuple != NULL && types == NULL) return -1;
  int result = PyUFunc_DefaultTypeResolver(ufunc, casting, operands, types, out_dtypes);
  Py_XDECREF(types);
  if (result == -1 && type_tuple == NULL && PyErr_ExceptionMatches(PyExc_TypeError)) {
    PyErr_Clear();
    PyObject *given = given_dtypes(ufunc, operands);
    if (given != NULL) {
      PyErr_Format(PyExc_TypeError,
                   "%s does not take %U; it takes bool, integers up to 64 bits, float16, float32, float64 "
                   "and ml_dtypes' bfloat16",
                   d->name, given);
      Py_DECREF(given);
    }
  }
  return result;
}

/* ------------------------------------------------------------------------------------------------ plain calls --- */

static PyObject *out_keyword, *where_keyword; /* "out", "where", interned as the names in a call are */

/* The most elements that NumPy, too, computes without letting go of the GIL. */
enum { SHORT = 500 };

static const definition *definition_of(PyObject *ufunc) {
  return ((const loop_data *)((PyUFuncObject *)ufunc)->data[0])->definition;
}

static const loop_data *loop_for(const definition *d, int numpy_type) {
  for (int i = 0; i < BUILT_IN_LOOPS; i++) {
    if (built_in[i].numpy_type == numpy_type) return &d->loops[i];
  }
  return NULL;
}

/* Whether it is an array, of no subclass, without gaps, whose elements need no cast. One without dimensions is not. */
static int is_plain(PyObject *x) {
  return PyArray_CheckExact(x) && PyArray_NDIM((PyArrayObject *)x) != 0 && PyArray_ISCARRAY_RO((PyArrayObject *)x);
}

static int is_alike(PyArrayObject *x, PyArrayObject *other) {
  return PyArray_TYPE(other) == PyArray_TYPE(x) && PyArray_SAMESHAPE(x, other);
}

/* A new reference to what the result goes to: a new array, or `out`, if it is an array like x. Else NULL, with a Python
 * error or without. */
static PyObject *plain_result(PyArrayObject *x, PyObject *out) {
  if (out == NULL) {
    Py_INCREF((PyObject *)PyArray_DESCR(x)); /* which the array takes over */
    return PyArray_NewFromDescr(&PyArray_Type, PyArray_DESCR(x), PyArray_NDIM(x), PyArray_DIMS(x), NULL, NULL, 0, NULL);
  }
  if (!PyArray_CheckExact(out)) return NULL;
  PyArrayObject *y = (PyArrayObject *)out;
  if (!PyArray_ISCARRAY(y) || !is_alike(x, y)) return NULL;
  if (PyArray_FailUnlessWriteable(y, "output array") < 0) return NULL; /* warns, for some views */
  Py_INCREF(out);
  return out;
}

/* Reads the parameters, if all are Python floats. 1 if they are, 0 if not, -1 with a Python error if not allowed. */
static int plain_parameters(const definition *d, PyObject *const *given, double *values) {
  const size_t count = info_of(d)->parameter_count;
  for (size_t p = 0; p < count; p++) {
    if (!PyFloat_CheckExact(given[p])) return 0;
    values[p] = PyFloat_AsDouble(given[p]);
  }
  const int refused = refused_parameter(info_of(d), values);
  if (refused >= 0) refuse_parameter(d, refused, values);
  return refused < 0 ? 1 : -1;
}

/* Of a float, Python's or NumPy's: a scalar. NULL, with a Python error or without, if NumPy is to do it. */
static PyObject *call_scalar(const definition *d, PyObject *x, double *parameters) {
  union {
    double f64;
    char bytes[sizeof(double)];
  } value;
  int numpy_type = NPY_DOUBLE;
  if (PyFloat_CheckExact(x)) {
    value.f64 = PyFloat_AsDouble(x);
  } else {
    if (Py_TYPE(x) == &PyFloatArrType_Type) {
      numpy_type = NPY_FLOAT;
    } else if (Py_TYPE(x) == &PyHalfArrType_Type) {
      numpy_type = NPY_HALF;
    } else if (Py_TYPE(x) != &PyDoubleArrType_Type) {
      return NULL;
    }
    PyArray_ScalarAsCtype(x, value.bytes);
  }
  char *operands[MAX_OPERANDS] = {value.bytes};
  npy_intp steps[MAX_OPERANDS] = {0};
  const loop_data *data = loop_for(d, numpy_type);
  const int inputs = input_count(data);
  for (int i = 1; i < inputs; i++) operands[i] = (char *)&parameters[i - 1];
  operands[inputs] = value.bytes;
  steps[0] = steps[inputs] = element_size(data, 0);
  if (compute(data, 1, operands, steps) != ACT_OK) return NULL;
  PyArray_Descr *descr = PyArray_DescrFromType(numpy_type);
  PyObject *result = PyArray_Scalar(value.bytes, descr, NULL);
  Py_DECREF((PyObject *)descr);
  return result;
}

/* Of plain arrays of the same shape and type. NULL as above. */
static PyObject *call_plain(const definition *d, PyObject *const *args, PyObject *out, double *parameters) {
  PyArrayObject *x = (PyArrayObject *)args[0];
  const loop_data *data = loop_for(d, PyArray_TYPE(x));
  if (data == NULL) return NULL;
  const int operand_count = first_parameter(data), inputs = input_count(data);
  if (operand_count == 2 && !(is_plain(args[1]) && is_alike(x, (PyArrayObject *)args[1]))) return NULL;
  PyObject *y = plain_result(x, out);
  if (y == NULL) return NULL;

  char *operands[MAX_OPERANDS];
  npy_intp steps[MAX_OPERANDS];
  for (int i = 0; i <= inputs; i++) {
    if (is_parameter(data, i)) {
      operands[i] = (char *)&parameters[i - operand_count];
      steps[i] = 0;
    } else {
      operands[i] = PyArray_BYTES((PyArrayObject *)(i == inputs ? y : args[i]));
      steps[i] = element_size(data, i);
    }
  }
  const npy_intp n = PyArray_SIZE(x);
  PyThreadState *state = n > SHORT ? PyEval_SaveThread() : NULL;
  const act_status status = compute(data, n, operands, steps);
  if (state != NULL) PyEval_RestoreThread(state);
  if (status == ACT_OK) return y;
  Py_DECREF(y); /* they overlap, and NumPy will see to it */
  return NULL;
}

/* Goes through parameters that broadcast against each other and against `where`, which says which of them count. -1
 * with a Python error for the first that is not allowed. What NumPy will refuse anyway is left to it. */
static int check_each(const definition *d, PyObject *const *given, PyObject *where) {
  const int count = (int)info_of(d)->parameter_count;
  PyObject *arrays[ACT_PARAMETERS_MAX + 1] = {NULL};
  int complete = 1, result = 0;
  for (int p = 0; p < count && complete; p++) {
    complete =
        !PyArray_CheckExact(given[p]) || PyArray_CanCastSafely(PyArray_TYPE((PyArrayObject *)given[p]), NPY_DOUBLE);
    if (complete) arrays[p] = PyArray_FROM_OTF(given[p], NPY_DOUBLE, NPY_ARRAY_CARRAY_RO);
    complete = arrays[p] != NULL;
  }
  arrays[count] = PyArray_FROM_OTF(where, NPY_BOOL, NPY_ARRAY_CARRAY_RO);
  complete = complete && arrays[count] != NULL;
  PyArrayMultiIterObject *all =
      complete ? (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects(arrays, count + 1, 0) : NULL;
  while (all != NULL && PyArray_MultiIter_NOTDONE(all) && result == 0) {
    double values[ACT_PARAMETERS_MAX];
    for (int p = 0; p < count; p++) values[p] = *(const double *)PyArray_MultiIter_DATA(all, p);
    const int refused = refused_parameter(info_of(d), values);
    if (refused >= 0 && *(const npy_bool *)PyArray_MultiIter_DATA(all, count)) {
      refuse_parameter(d, refused, values);
      result = -1;
    }
    PyArray_MultiIter_NEXT(all);
  }
  if (result == 0) PyErr_Clear();
  Py_XDECREF((PyObject *)all);
  for (int p = 0; p <= count; p++) Py_XDECREF(arrays[p]);
  return result;
}

/* NumPy calls the inner loop for one part of an array after the other. So that a parameter that is not allowed is found
 * before anything is written, arrays of them are looked through before. -1 with a Python error if there is one. */
static int check_arrays(const definition *d, PyObject *const *given, PyObject *where) {
  const int count = (int)info_of(d)->parameter_count;
  const act_info *info = info_of(d);
  int surely = !info->parameters_ordered;
  for (int p = 0; p < count; p++) {
    if (PyArray_CheckExact(given[p])) {
      PyArrayObject *array = (PyArrayObject *)given[p];
      surely = surely && PyArray_TYPE(array) == NPY_DOUBLE && PyArray_ISONESEGMENT(array) &&
               PyArray_ISBEHAVED_RO(array) &&
               are_surely_allowed(&info->parameters[p], PyArray_SIZE(array), PyArray_BYTES(array), sizeof(double));
    } else if (PyFloat_Check(given[p])) {
      surely = surely && is_allowed(&info->parameters[p], PyFloat_AsDouble(given[p]));
    } else {
      return 0; /* NumPy's affair, or that of whose type it is */
    }
  }
  return surely ? 0 : check_each(d, given, where);
}

/* Calls a ufunc. All that NumPy does around the inner loop takes longer than the loop itself, where an array is short,
 * and longer for two inputs than for one. So where nothing of that is needed it is done here: f(x), f(x, y) and
 * f(x, out=y) of plain arrays or a scalar, the parameters being floats. The rest is NumPy's. */
static PyObject *call(PyObject *ufunc, PyObject *const *args, size_t flagged_count, PyObject *keywords) {
  const definition *d = definition_of(ufunc);
  const size_t operand_count = (size_t)first_parameter(&d->bfloat16_loop);
  const size_t parameter_count = info_of(d)->parameter_count;
  const size_t inputs = operand_count + parameter_count;
  const size_t count = flagged_count & (SIZE_MAX >> 1); /* the top bit is a flag */
  const int out_named = keywords != NULL && PyTuple_Size(keywords) == 1 && PyTuple_GetItem(keywords, 0) == out_keyword;
  const int usual = keywords == NULL ? count == inputs || count == inputs + 1 : count == inputs && out_named;
  double parameters[ACT_PARAMETERS_MAX];
  const int read = count >= inputs ? plain_parameters(d, args + operand_count, parameters) : 0;
  if (read < 0) return NULL;
  if (read && usual) {
    PyObject *out = count > inputs || out_named ? args[inputs] : NULL, *result = NULL;
    if (is_plain(args[0])) {
      result = call_plain(d, args, out, parameters);
    } else if (operand_count == 1 && out == NULL) {
      result = call_scalar(d, args[0], parameters);
    }
    if (result != NULL || PyErr_Occurred() != NULL) return result;
  }
  if (!read && count >= inputs) {
    PyObject *where = Py_True;
    for (Py_ssize_t i = 0; keywords != NULL && i < PyTuple_Size(keywords); i++) {
      if (PyTuple_GetItem(keywords, i) == where_keyword) where = args[count + (size_t)i];
    }
    if (check_arrays(d, args + operand_count, where) < 0) return NULL;
  }
  return d->numpy_call(ufunc, args, flagged_count, keywords);
}

/* --------------------------------------------------------------------------------- functions with parameters --- */

/* A ufunc with parameters as a callable without: it finds them among the arguments, by position or name, or takes their
 * defaults, and then calls the ufunc. */
typedef struct function_object {
  PyObject_HEAD call_function vectorcall;
  PyObject *ufunc;
  Py_ssize_t positional; /* how many parameters may be given by position */
  PyObject *defaults;    /* a tuple: of each parameter what it is if it is not given; None: it must be given */
  PyObject *keywords;    /* a dict: what may be given by name; of a parameter its number, of NumPy's arguments -1 */
  PyObject *general;     /* a Python function that does the same, for all cases, errors and conversions included */
  PyObject *dict;        /* __name__, __doc__ and so on */
  PyObject *weak_references;
} function_object;

enum { NUMPYS_KEYWORDS_MAX = 8 };

/* A new reference to a parameter as the ufunc gets it: a float, or an array, of doubles if it has no gaps. NULL without
 * a Python error: any other thing. */
static PyObject *known_parameter(PyObject *given) {
  if (PyFloat_CheckExact(given)) {
    Py_INCREF(given);
    return given;
  }
  if (PyArray_CheckExact(given)) {
    PyArrayObject *array = (PyArrayObject *)given;
    const int type = PyArray_TYPE(array);
    const int is_number = PyTypeNum_ISBOOL(type) || PyTypeNum_ISINTEGER(type) || type == NPY_HALF ||
                          type == NPY_FLOAT || type == NPY_DOUBLE;
    if (!is_number || PyArray_NDIM(array) == 0) return NULL;
    if (PyArray_ISONESEGMENT(array)) { /* which is faster than if NumPy casts them part by part */
      return PyArray_FromArray(array, PyArray_DescrFromType(NPY_DOUBLE), NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED);
    }
    Py_INCREF(given);
    return given;
  }
  if (!PyFloat_Check(given) && !PyLong_Check(given)) return NULL;
  const double value = PyFloat_AsDouble(given);
  if (value == -1 && PyErr_Occurred() != NULL) {
    PyErr_Clear();
    return NULL;
  }
  return PyFloat_FromDouble(value);
}

/* A new tuple of the names that are not parameters'. */
static PyObject *names_without_parameters(PyObject *names, const long *places, Py_ssize_t left) {
  PyObject *rest = PyTuple_New(left);
  Py_ssize_t next = 0;
  for (Py_ssize_t i = 0; rest != NULL && next < left; i++) {
    if (places[i] >= 0) continue;
    PyObject *name = PyTuple_GetItem(names, i);
    Py_INCREF(name);
    if (PyTuple_SetItem(rest, next++, name) < 0) Py_CLEAR(rest);
  }
  return rest;
}

/* Calls the ufunc. NULL without a Python error: these arguments are for the general function. */
static PyObject *call_ufunc(const function_object *f, PyObject *const *args, Py_ssize_t count, PyObject *names) {
  const definition *d = definition_of(f->ufunc);
  const Py_ssize_t operands = first_parameter(&d->bfloat16_loop);
  const Py_ssize_t parameters = input_count(&d->bfloat16_loop) - operands;
  const Py_ssize_t before_out = operands + f->positional;
  const Py_ssize_t named = names == NULL ? 0 : PyTuple_Size(names);
  if (count < operands || count > before_out + 1 || named > ACT_PARAMETERS_MAX + NUMPYS_KEYWORDS_MAX) return NULL;

  /* What the ufunc is called with: x, dy, the parameters, out, NumPy's keyword arguments. */
  PyObject *stack[MAX_OPERANDS + ACT_PARAMETERS_MAX + NUMPYS_KEYWORDS_MAX];
  PyObject *given[ACT_PARAMETERS_MAX] = {NULL};
  Py_ssize_t used = operands + parameters;
  for (Py_ssize_t i = 0; i < operands; i++) stack[i] = args[i];
  for (Py_ssize_t i = operands; i < count && i < before_out; i++) given[i - operands] = args[i];
  if (count > before_out) stack[used++] = args[before_out];
  const Py_ssize_t positional = used;
  long places[ACT_PARAMETERS_MAX + NUMPYS_KEYWORDS_MAX];
  for (Py_ssize_t i = 0; i < named; i++) {
    PyObject *place = PyDict_GetItem(f->keywords, PyTuple_GetItem(names, i));
    places[i] = place == NULL ? parameters : PyLong_AsLong(place);
    if (places[i] < 0) {
      stack[used++] = args[count + i];
    } else if (places[i] < parameters && given[places[i]] == NULL) {
      given[places[i]] = args[count + i];
    } else {
      return NULL; /* an unknown name, or a second value */
    }
  }

  int numbers = 1, arrays = 0;
  for (Py_ssize_t i = 0; i < operands; i++)
    numbers = numbers && (PyFloat_CheckExact(args[i]) || PyLong_CheckExact(args[i]));
  Py_ssize_t known = 0;
  for (; known < parameters; known++) {
    PyObject *parameter = known_parameter(given[known] != NULL ? given[known] : PyTuple_GetItem(f->defaults, known));
    if (parameter == NULL) break;
    arrays = arrays || PyArray_CheckExact(parameter);
    stack[operands + known] = parameter;
  }
  PyObject *result = NULL;
  if (known == parameters && !(numbers && arrays)) {
    PyObject *rest = names;
    const Py_ssize_t left = used - positional;
    if (left == 0) {
      rest = NULL;
    } else if (left < named) {
      rest = names_without_parameters(names, places, left);
    }
    if (left == 0 || rest != NULL) result = call(f->ufunc, stack, (size_t)positional, rest);
    if (rest != names) Py_XDECREF(rest);
  }
  for (Py_ssize_t p = 0; p < known; p++) Py_DECREF(stack[operands + p]);
  return result;
}

static PyObject *function_call(PyObject *self, PyObject *const *args, size_t flagged_count, PyObject *names) {
  const function_object *f = (const function_object *)self;
  const Py_ssize_t count = (Py_ssize_t)(flagged_count & (SIZE_MAX >> 1));
  PyObject *result = call_ufunc(f, args, count, names);
  if (result != NULL || PyErr_Occurred() != NULL) return result;

  PyObject *positional = PyTuple_New(count), *keywords = PyDict_New();
  int complete = positional != NULL && keywords != NULL;
  for (Py_ssize_t i = 0; complete && i < count; i++) {
    Py_INCREF(args[i]);
    complete = PyTuple_SetItem(positional, i, args[i]) == 0;
  }
  for (Py_ssize_t i = 0; complete && names != NULL && i < PyTuple_Size(names); i++) {
    complete = PyDict_SetItem(keywords, PyTuple_GetItem(names, i), args[count + i]) == 0;
  }
  if (complete) result = PyObject_Call(f->general, positional, keywords);
  Py_XDECREF(positional);
  Py_XDECREF(keywords);
  return result;
}

/* What Python takes where somebody calls leaky_relu.__call__. */
static PyObject *function_tp_call(PyObject *self, PyObject *args, PyObject *keywords) {
  return PyObject_Call(((function_object *)self)->general, args, keywords);
}

static PyObject *function_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
  PyObject *ufunc, *defaults, *names, *general;
  Py_ssize_t positional;
  if (keywords != NULL && PyDict_Size(keywords) != 0) return PyErr_Format(PyExc_TypeError, "function: no keywords");
  if (!PyArg_ParseTuple(args, "O!nO!O!O:function", &PyUFunc_Type, &ufunc, &positional, &PyTuple_Type, &defaults,
                        &PyDict_Type, &names, &general)) {
    return NULL;
  }
  if (((PyUFuncObject *)ufunc)->vectorcall != (void *)call) {
    return PyErr_Format(PyExc_ValueError, "function: not a ufunc of this module");
  }
  const Py_ssize_t parameters = (Py_ssize_t)definition_of(ufunc)->bfloat16_loop.function.info->parameter_count;
  if (PyTuple_Size(defaults) != parameters || positional < 0 || positional > parameters) {
    return PyErr_Format(PyExc_ValueError, "function: wrong number of parameters");
  }
  function_object *f = (function_object *)PyType_GenericAlloc(type, 0);
  if (f == NULL) return NULL;
  f->vectorcall = function_call;
  f->ufunc = ufunc;
  f->positional = positional;
  f->defaults = defaults;
  f->keywords = names;
  f->general = general;
  Py_INCREF(ufunc), Py_INCREF(defaults), Py_INCREF(names), Py_INCREF(general);
  return (PyObject *)f;
}

static int function_traverse(PyObject *self, visitproc visit, void *arg) {
  const function_object *f = (const function_object *)self;
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(f->ufunc);
  Py_VISIT(f->defaults);
  Py_VISIT(f->keywords);
  Py_VISIT(f->general);
  Py_VISIT(f->dict);
  return 0;
}

/* Cycles go through the attributes; the rest is needed as long as somebody may call it. */
static int function_clear(PyObject *self) {
  Py_CLEAR(((function_object *)self)->dict);
  return 0;
}

static void function_dealloc(PyObject *self) {
  function_object *f = (function_object *)self;
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  if (f->weak_references != NULL) PyObject_ClearWeakRefs(self);
  Py_CLEAR(f->ufunc);
  Py_CLEAR(f->defaults);
  Py_CLEAR(f->keywords);
  Py_CLEAR(f->general);
  Py_CLEAR(f->dict);
  PyObject_GC_Del(self);
  Py_DECREF((PyObject *)type);
}

static PyObject *function_repr(PyObject *self) {
  PyObject *module = PyObject_GetAttrString(self, "__module__"), *name = PyObject_GetAttrString(self, "__qualname__");
  PyObject *text = module == NULL || name == NULL ? NULL : PyUnicode_FromFormat("<function %S.%S>", module, name);
  Py_XDECREF(module);
  Py_XDECREF(name);
  return text;
}

/* Pickled by name, and its own copy. */
static PyObject *function_reduce(PyObject *self, PyObject *ignored) {
  (void)ignored;
  return PyObject_GetAttrString(self, "__qualname__");
}

static PyMethodDef function_methods[] = {
    {"__reduce__", function_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyMemberDef function_members[] = {
    {"ufunc", T_OBJECT, offsetof(function_object, ufunc), READONLY,
     "The ufunc that computes it; its inputs are x and the parameters."},
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(function_object, vectorcall), READONLY, NULL},
    {"__dictoffset__", T_PYSSIZET, offsetof(function_object, dict), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(function_object, weak_references), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef function_attributes[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot function_slots[] = {
    {Py_tp_new, function_new},           {Py_tp_dealloc, function_dealloc},
    {Py_tp_traverse, function_traverse}, {Py_tp_clear, function_clear},
    {Py_tp_call, function_tp_call},      {Py_tp_repr, function_repr},
    {Py_tp_methods, function_methods},   {Py_tp_members, function_members},
    {Py_tp_getset, function_attributes}, {0, NULL},
};
enum { HAVE_VECTORCALL = 1 << 11 }; /* Py_TPFLAGS_HAVE_VECTORCALL, which the limited API of 3.10 lacks, too */
static PyType_Spec function_spec = {
    .name = "swiftact._core.function",
    .basicsize = sizeof(function_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | HAVE_VECTORCALL,
    .slots = function_slots,
};

/* --------------------------------------------------------------------------------------------- the catalogue --- */

/* A list of the n items that `item` makes. */
static PyObject *list_of(size_t n, PyObject *(*item)(const void *, size_t), const void *context) {
  PyObject *list = PyList_New((Py_ssize_t)n);
  for (size_t i = 0; list != NULL && i < n; i++) {
    PyObject *made = item(context, i);
    if (made == NULL || PyList_SetItem(list, (Py_ssize_t)i, made) < 0) Py_CLEAR(list);
  }
  return list;
}

static PyObject *parameter_dict(const void *info, size_t i) {
  const act_parameter_info *p = &((const act_info *)info)->parameters[i];
  return Py_BuildValue("{s:s, s:d, s:d, s:d, s:s}", "name", p->name, "default", p->default_value, "minimum", p->minimum,
                       "maximum", p->maximum, "allowed", p->allowed);
}

typedef struct alias_of {
  const act_info *info;
  const act_alias_info *alias;
} alias_of;

static PyObject *alias_parameter_dict(const void *context, size_t i) {
  const alias_of *a = context;
  const char *name = a->alias->parameter_name[i];
  if (name == NULL) return parameter_dict(a->info, i); /* as the function's own */
  const act_parameter_info *p = &a->info->parameters[i];
  return Py_BuildValue("{s:s, s:d, s:d, s:d, s:s}", "name", name, "default", a->alias->default_value[i], "minimum",
                       p->minimum, "maximum", p->maximum, "allowed", p->allowed);
}

static PyObject *alias_dict(const void *info, size_t i) {
  alias_of a = {info, &((const act_info *)info)->aliases[i]};
  return Py_BuildValue("{s:s, s:N}", "name", a.alias->name, "parameters",
                       list_of(a.info->parameter_count, alias_parameter_dict, &a));
}

static PyObject *errors_dict(const act_errors *e) {
  return Py_BuildValue("{s:d, s:d, s:d}", "exact_f64", e->exact_f64, "fast_f64", e->fast_f64, "fast_f32", e->fast_f32);
}

static PyObject *info_dict(const void *context, size_t i) {
  (void)context;
  const act_info *info = act_catalogue_at(i);
  /* clang-format off */
  return Py_BuildValue(
      "{s:s, s:N, s:N, s:N, s:s, s:s, s:s, s:s, s:s, s:s, s:d, s:d, s:N, s:N, s:N, s:N, s:N, s:N}",
      "name", info->name,
      "aliases", list_of(info->alias_count, alias_dict, info),
      "parameters", list_of(info->parameter_count, parameter_dict, info),
      "parameters_ordered", PyBool_FromLong(info->parameters_ordered),
      "formula", info->formula,
      "derivative_formula", info->derivative_formula,
      "formula_latex", info->formula_latex,
      "derivative_latex", info->derivative_latex,
      "source", info->source,
      "smoothness", info->smoothness,
      "range_minimum", info->range_minimum,
      "range_maximum", info->range_maximum,
      "monotonic", PyBool_FromLong(info->monotonic),
      "zero_centred", PyBool_FromLong(info->zero_centred),
      "saturates_left", PyBool_FromLong(info->saturates_left),
      "saturates_right", PyBool_FromLong(info->saturates_right),
      "value_errors", errors_dict(&info->value_errors),
      "derivative_errors", errors_dict(&info->derivative_errors));
  /* clang-format on */
}

static PyObject *core_catalogue(PyObject *self, PyObject *ignored) {
  (void)self, (void)ignored;
  return list_of(act_catalogue_count(), info_dict, NULL);
}

/* ------------------------------------------------------------------------------------------------ the module --- */

static char *copy_text(const char *text) {
  size_t size = strlen(text) + 1;
  char *copy = malloc(size);
  return copy == NULL ? NULL : memcpy(copy, text, size);
}

static void free_definition(definition *d) {
  free(d->name);
  free(d->documentation);
  for (int p = 0; p < ACT_PARAMETERS_MAX; p++) free(d->parameter_name[p]);
  free(d);
}

/* Copies the texts into the definition; 0, or -1 with a Python error. */
static int set_texts(definition *d, const char *name, const char *documentation, PyObject *parameters) {
  d->name = copy_text(name);
  d->documentation = copy_text(documentation);
  int complete = d->name != NULL && d->documentation != NULL;
  for (Py_ssize_t p = 0; p < PyTuple_Size(parameters); p++) {
    const char *parameter = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(parameters, p), NULL);
    if (parameter == NULL) return -1;
    d->parameter_name[p] = copy_text(parameter);
    complete = complete && d->parameter_name[p] != NULL;
  }
  if (!complete) PyErr_NoMemory();
  return complete ? 0 : -1;
}

static PyObject *core_ufunc(PyObject *self, PyObject *args) {
  (void)self;
  const char *function_name, *name, *documentation;
  int accuracy, form;
  PyObject *parameters;
  if (!PyArg_ParseTuple(args, "siissO!:ufunc", &function_name, &accuracy, &form, &name, &documentation, &PyTuple_Type,
                        &parameters)) {
    return NULL;
  }
  act_function function;
  act_status status = act_function_named(function_name, &function);
  if (status == ACT_OK) status = act_function_set_accuracy(&function, (act_accuracy)accuracy);
  if (status != ACT_OK) return PyErr_Format(PyExc_ValueError, "%s: %s", function_name, act_status_string(status));
  if (form < ACT_VALUE || form > ACT_BACKWARD ||
      PyTuple_Size(parameters) != (Py_ssize_t)function.info->parameter_count) {
    return PyErr_Format(PyExc_ValueError, "%s: no such form, or wrong number of parameters", function_name);
  }

  definition *d = calloc(1, sizeof *d);
  if (d == NULL) return PyErr_NoMemory();
  if (set_texts(d, name, documentation, parameters) < 0) {
    free_definition(d);
    return NULL;
  }
  d->bfloat16_loop = (loop_data){function, (act_form)form, ACT_BF16, d};
  const int inputs = input_count(&d->bfloat16_loop);
  for (int i = 0; i < BUILT_IN_LOOPS; i++) {
    d->loops[i] = (loop_data){function, (act_form)form, built_in[i].type, d};
    d->functions[i] = inner_loop;
    d->data[i] = &d->loops[i];
    char *types = &d->types[i * (inputs + 1)];
    for (int j = 0; j <= inputs; j++) {
      types[j] = (char)(is_parameter(&d->loops[i], j) ? NPY_DOUBLE : built_in[i].numpy_type);
    }
  }

  PyObject *ufunc = PyUFunc_FromFuncAndData(d->functions, d->data, d->types, BUILT_IN_LOOPS, inputs, 1, PyUFunc_None,
                                            d->name, d->documentation, 0);
  if (ufunc == NULL) {
    free_definition(d);
    return NULL;
  }
  ((PyUFuncObject *)ufunc)->type_resolver = resolve_types;
  d->numpy_call = (call_function)((PyUFuncObject *)ufunc)->vectorcall;
  if (d->numpy_call != NULL) ((PyUFuncObject *)ufunc)->vectorcall = (void *)call;
  return ufunc;
}

/* A function of the catalogue with its parameters, as a capsule. */
static const char bound_name[] = "swiftact._core.bound";

const act_function *bound_function(PyObject *bound) { return PyCapsule_GetPointer(bound, bound_name); }

static void free_bound(PyObject *capsule) { free(PyCapsule_GetPointer(capsule, bound_name)); }

static PyObject *core_bound(PyObject *self, PyObject *args) {
  (void)self;
  const char *name;
  int accuracy;
  PyObject *parameters;
  if (!PyArg_ParseTuple(args, "siO!:bound", &name, &accuracy, &PyTuple_Type, &parameters)) return NULL;
  act_function function;
  act_status status = act_function_named(name, &function);
  if (status == ACT_OK) status = act_function_set_accuracy(&function, (act_accuracy)accuracy);
  if (status == ACT_OK && PyTuple_Size(parameters) != (Py_ssize_t)function.info->parameter_count) {
    return PyErr_Format(PyExc_ValueError, "%s: wrong number of parameters", name);
  }
  for (Py_ssize_t p = 0; status == ACT_OK && p < PyTuple_Size(parameters); p++) {
    const double value = PyFloat_AsDouble(PyTuple_GetItem(parameters, p));
    if (value == -1 && PyErr_Occurred() != NULL) return NULL;
    status = act_function_set(&function, function.info->parameters[p].name, value);
  }
  if (status != ACT_OK) return PyErr_Format(PyExc_ValueError, "%s: %s", name, act_status_string(status));
  act_function *kept = malloc(sizeof *kept);
  if (kept == NULL) return PyErr_NoMemory();
  *kept = function;
  PyObject *capsule = PyCapsule_New(kept, bound_name, free_bound);
  if (capsule == NULL) free(kept);
  return capsule;
}

static PyObject *core_threads(PyObject *self, PyObject *ignored) {
  (void)self, (void)ignored;
  return PyLong_FromLong(act_threads());
}

static PyObject *core_set_threads(PyObject *self, PyObject *args) {
  (void)self;
  int n;
  if (!PyArg_ParseTuple(args, "i:set_threads", &n)) return NULL;
  act_status status = act_set_threads(n);
  if (status != ACT_OK) return PyErr_Format(PyExc_ValueError, "set_threads: %s", act_status_string(status));
  Py_RETURN_NONE;
}

static PyObject *core_version(PyObject *self, PyObject *ignored) {
  (void)self, (void)ignored;
  return PyUnicode_FromString(act_version());
}

static PyObject *core_isa(PyObject *self, PyObject *ignored) {
  (void)self, (void)ignored;
  return PyUnicode_FromString(act_isa());
}

static PyMethodDef methods[] = {
    {"catalogue", core_catalogue, METH_NOARGS, "catalogue()\n--\n\nThe library's catalogue: a list of dicts."},
    {"ufunc", core_ufunc, METH_VARARGS,
     "ufunc(function, accuracy, form, name, documentation, parameters, /)\n--\n\n"
     "Makes a ufunc of a function of the catalogue. Its inputs are x, for BACKWARD dy, then the parameters.\n"
     "parameters is a tuple of what their names are here."},
    {"bound", core_bound, METH_VARARGS,
     "bound(function, accuracy, parameters, /)\n--\n\nA function with its parameters, as what takes one wants it."},
    {"threads", core_threads, METH_NOARGS, "threads()\n--\n\nHow many threads large arrays are split over."},
    {"set_threads", core_set_threads, METH_VARARGS, "set_threads(n, /)\n--\n\nSets it."},
    {"version", core_version, METH_NOARGS, "version()\n--\n\nThe library's version."},
    {"isa", core_isa, METH_NOARGS, "isa()\n--\n\nThe instruction set in use."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_definition = {
    PyModuleDef_HEAD_INIT, .m_name = "swiftact._core", .m_doc = "libactivations for NumPy.",
    .m_size = -1,          .m_methods = methods,
};

PyMODINIT_FUNC PyInit__core(void) {
  import_array();
  import_umath();
  if (out_keyword == NULL) out_keyword = PyUnicode_InternFromString("out");
  if (where_keyword == NULL) where_keyword = PyUnicode_InternFromString("where");
  if (out_keyword == NULL || where_keyword == NULL) return NULL;
  PyObject *module = PyModule_Create(&module_definition);
  if (module == NULL) return NULL;
  PyObject *type = PyType_FromSpec(&function_spec);
  if (type == NULL || PyModule_AddObject(module, "function", type) < 0) {
    Py_XDECREF(type);
    Py_DECREF(module);
    return NULL;
  }
  if (add_row_functions(module) < 0 || add_dense_functions(module) < 0 || add_network_type(module) < 0) {
    Py_DECREF(module);
    return NULL;
  }
  static const struct {
    const char *name;
    long value;
  } constants[] = {
      {"EXACT", ACT_EXACT},           {"FAST", ACT_FAST},         {"VALUE", ACT_VALUE},
      {"DERIVATIVE", ACT_DERIVATIVE}, {"BACKWARD", ACT_BACKWARD}, {"THREADS_MAX", ACT_THREADS_MAX},
  };
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
    if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0) {
      Py_DECREF(module);
      return NULL;
    }
  }
  return module;
}
