/* swiftact._core: the functions of libactivations as NumPy ufuncs.
 *
 * One abi3 module for Python 3.10 and later, NumPy 2.0 and later. Which ufuncs there are, their names and their
 * documentation are the Python package's affair (see ../swiftact/_ufuncs.py); here is only what Python cannot do. */
#define Py_LIMITED_API 0x030a0000
#define PY_SSIZE_T_CLEAN

#define NPY_TARGET_VERSION NPY_2_0_API_VERSION
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#include <Python.h>
#include <math.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>
#include <stdlib.h>
#include <string.h>

#include "activations.h"
#include "rows.h"

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
  char *parameter_allowed[ACT_PARAMETERS_MAX]; /* "a finite number": for messages */
};

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

/* Sets the Python error for a parameter's value. */
static void refuse_parameter(const definition *d, size_t parameter, double value) {
  PyObject *given = PyFloat_FromDouble(value);
  if (given == NULL) return;
  PyErr_Format(PyExc_ValueError, "%s: %s must be %s, got %S", d->name, d->parameter_name[parameter],
               d->parameter_allowed[parameter], given);
  Py_DECREF(given);
}

/* Whether all parameters are allowed; else NumPy finds the error set. */
static int check_parameters(const loop_data *data, npy_intp n, char *const *args, const npy_intp *steps) {
  for (size_t p = 0; p < data->function.info->parameter_count; p++) {
    const act_parameter_info *info = &data->function.info->parameters[p];
    const int operand = first_parameter(data) + (int)p;
    const npy_intp values = steps[operand] == 0 ? 1 : n;
    for (npy_intp i = 0; i < values; i++) {
      const double value = *(const double *)(args[operand] + i * steps[operand]);
      if (isfinite(value) && value >= info->minimum && value <= info->maximum) continue;
      PyGILState_STATE gil = PyGILState_Ensure(); /* NumPy runs large loops without it */
      if (PyErr_Occurred() == NULL) refuse_parameter(data->definition, p, value);
      PyGILState_Release(gil);
      return 0;
    }
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

/* ------------------------------------------------------------------------------------------------ short calls --- */

static PyObject *out_keyword; /* "out", interned as the names in a call are */

/* The most elements that NumPy, too, computes without letting go of the GIL. */
enum { SHORT = 500 };

/* The loop for x, if that is a short array without gaps and needs no cast; else NULL. */
static const loop_data *short_loop(const definition *d, PyObject *x) {
  if (!PyArray_CheckExact(x)) return NULL;
  PyArrayObject *array = (PyArrayObject *)x;
  if (PyArray_NDIM(array) == 0 || !PyArray_ISCARRAY_RO(array) || PyArray_SIZE(array) > SHORT) return NULL;
  for (int i = 0; i < BUILT_IN_LOOPS; i++) {
    if (built_in[i].numpy_type == PyArray_TYPE(array)) return &d->loops[i];
  }
  return NULL;
}

/* A new reference to what the result goes to: a new array, or `out`, if it is an array like x. Else NULL, with a Python
 * error or without. */
static PyObject *short_result(PyArrayObject *x, PyObject *out) {
  if (out == NULL) {
    Py_INCREF((PyObject *)PyArray_DESCR(x)); /* which the array takes over */
    return PyArray_NewFromDescr(&PyArray_Type, PyArray_DESCR(x), PyArray_NDIM(x), PyArray_DIMS(x), NULL, NULL, 0, NULL);
  }
  if (!PyArray_CheckExact(out)) return NULL;
  PyArrayObject *y = (PyArrayObject *)out;
  if (!PyArray_ISCARRAY(y) || PyArray_TYPE(y) != PyArray_TYPE(x) || !PyArray_SAMESHAPE(x, y)) return NULL;
  if (PyArray_FailUnlessWriteable(y, "output array") < 0) return NULL; /* warns, for some views */
  Py_INCREF(out);
  return out;
}

/* Calls a ufunc of one input. With a short array, all that NumPy does around the inner loop takes longer than the loop
 * itself. So where nothing of that is needed, f(x), f(x, y) and f(x, out=y) are done here; the rest is NumPy's. */
static PyObject *call(PyObject *ufunc, PyObject *const *args, size_t flagged_count, PyObject *keywords) {
  const definition *d = ((const loop_data *)((PyUFuncObject *)ufunc)->data[0])->definition;
  const size_t count = flagged_count & (SIZE_MAX >> 1); /* the top bit is a flag */
  const int out_named = keywords != NULL && PyTuple_Size(keywords) == 1 && PyTuple_GetItem(keywords, 0) == out_keyword;
  const int usual = keywords == NULL ? count == 1 || count == 2 : count == 1 && out_named;
  const loop_data *data = usual ? short_loop(d, args[0]) : NULL;
  if (data != NULL) {
    PyArrayObject *x = (PyArrayObject *)args[0];
    PyObject *y = short_result(x, count == 2 || out_named ? args[1] : NULL);
    if (y != NULL) {
      char *const operands[] = {PyArray_BYTES(x), PyArray_BYTES((PyArrayObject *)y)};
      const npy_intp steps[] = {element_size(data, 0), element_size(data, 0)};
      if (compute(data, PyArray_SIZE(x), operands, steps) == ACT_OK) return y;
      Py_DECREF(y); /* they overlap, and NumPy will see to it */
    } else if (PyErr_Occurred() != NULL) {
      return NULL;
    }
  }
  return d->numpy_call(ufunc, args, flagged_count, keywords);
}

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
  return Py_BuildValue("{s:s, s:d, s:d, s:d}", "name", p->name, "default", p->default_value, "minimum", p->minimum,
                       "maximum", p->maximum);
}

typedef struct alias_of {
  const act_info *info;
  const act_alias_info *alias;
} alias_of;

static PyObject *alias_parameter_dict(const void *context, size_t i) {
  const alias_of *a = context;
  const char *name = a->alias->parameter_name[i];
  if (name == NULL) return parameter_dict(a->info, i); /* as the function's own */
  return Py_BuildValue("{s:s, s:d, s:d, s:d}", "name", name, "default", a->alias->default_value[i], "minimum",
                       a->info->parameters[i].minimum, "maximum", a->info->parameters[i].maximum);
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
      "{s:s, s:N, s:N, s:s, s:s, s:s, s:s, s:s, s:s, s:d, s:d, s:N, s:N, s:N, s:N, s:N, s:N}",
      "name", info->name,
      "aliases", list_of(info->alias_count, alias_dict, info),
      "parameters", list_of(info->parameter_count, parameter_dict, info),
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
  for (int p = 0; p < ACT_PARAMETERS_MAX; p++) {
    free(d->parameter_name[p]);
    free(d->parameter_allowed[p]);
  }
  free(d);
}

/* Copies the texts into the definition; 0, or -1 with a Python error. */
static int set_texts(definition *d, const char *name, const char *documentation, PyObject *parameters) {
  d->name = copy_text(name);
  d->documentation = copy_text(documentation);
  int complete = d->name != NULL && d->documentation != NULL;
  for (Py_ssize_t p = 0; p < PyTuple_Size(parameters); p++) {
    const char *parameter, *allowed;
    if (!PyArg_ParseTuple(PyTuple_GetItem(parameters, p), "ss", &parameter, &allowed)) return -1;
    d->parameter_name[p] = copy_text(parameter);
    d->parameter_allowed[p] = copy_text(allowed);
    complete = complete && d->parameter_name[p] != NULL && d->parameter_allowed[p] != NULL;
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
  if (inputs == 1 && d->numpy_call != NULL) ((PyUFuncObject *)ufunc)->vectorcall = (void *)call;
  return ufunc;
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
     "ufunc(function, accuracy, form, name, documentation, parameters)\n--\n\n"
     "Makes a ufunc of a function of the catalogue. Its inputs are x, for BACKWARD dy, then the parameters.\n"
     "parameters is a tuple with (name, text of what is allowed) for each of them."},
    {"threads", core_threads, METH_NOARGS, "threads()\n--\n\nHow many threads large arrays are split over."},
    {"set_threads", core_set_threads, METH_VARARGS, "set_threads(n)\n--\n\nSets it."},
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
  if (out_keyword == NULL) return NULL;
  PyObject *module = PyModule_Create(&module_definition);
  if (module == NULL) return NULL;
  if (add_row_functions(module) < 0) {
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
