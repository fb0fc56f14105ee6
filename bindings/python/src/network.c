/* act_network as a Python type. It checks what the library's memory depends on, and leaves what users are told to
 * ../swiftact/_network.py. Arrays are of class ndarray, without gaps, of the network's type; labels are int64. */
#define Py_LIMITED_API 0x030a0000
#define PY_SSIZE_T_CLEAN

#define NPY_TARGET_VERSION NPY_2_0_API_VERSION
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#include <numpy/arrayobject.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "glue.h"

typedef struct network_object {
  PyObject_HEAD act_network *network;
  size_t layers, inputs, outputs, parameters;
  act_type type;
  act_loss loss;
  int is_training;  /* a fit has not returned */
  int is_computing; /* and is between callbacks */
} network_object;

/* ------------------------------------------------------------------------------------------------- arguments --- */

/* Where a member of an options struct is, by the name that it has in a dict. */
typedef struct member {
  const char *name;
  enum { SIZE, SEED, INTEGER, REAL } kind;
  size_t offset;
} member;

static int set_member(char *options, const member *m, PyObject *value) {
  if (m->kind == REAL) {
    const double real = PyFloat_AsDouble(value);
    memcpy(options + m->offset, &real, sizeof real);
  } else if (m->kind == INTEGER) {
    const int integer = (int)PyLong_AsLong(value);
    memcpy(options + m->offset, &integer, sizeof integer);
  } else if (m->kind == SIZE) {
    const size_t size = PyLong_AsSize_t(value);
    memcpy(options + m->offset, &size, sizeof size);
  } else {
    const uint64_t seed = PyLong_AsUnsignedLongLong(value);
    memcpy(options + m->offset, &seed, sizeof seed);
  }
  return PyErr_Occurred() == NULL ? 0 : -1;
}

/* Sets the members that the dict names; 0, or -1 with a Python error. */
static int set_members(void *options, const member *members, size_t count, PyObject *values) {
  PyObject *key, *value;
  Py_ssize_t position = 0;
  while (PyDict_Next(values, &position, &key, &value)) {
    const char *name = PyUnicode_AsUTF8AndSize(key, NULL);
    if (name == NULL) return -1;
    size_t i = 0;
    while (i < count && strcmp(members[i].name, name) != 0) i++;
    if (i == count) {
      PyErr_Format(PyExc_TypeError, "there is no option %s", name);
      return -1;
    }
    if (set_member(options, &members[i], value) < 0) return -1;
  }
  return 0;
}

/* The samples in x, or -1 with a Python error. */
static npy_intp samples_of(const network_object *self, PyObject *given, size_t columns) {
  PyArrayObject *x = (PyArrayObject *)given;
  if (!PyArray_CheckExact(given) || !PyArray_ISCARRAY_RO(x) || PyArray_NDIM(x) != 2 ||
      PyArray_TYPE(x) != (self->type == ACT_F32 ? NPY_FLOAT : NPY_DOUBLE) || (size_t)PyArray_DIM(x, 1) != columns) {
    PyErr_SetString(PyExc_ValueError, "not a matrix of the network's type, without gaps, with as many columns");
    return -1;
  }
  return PyArray_DIM(x, 0);
}

/* Whether y is what the loss needs for that many samples; sets a Python error if not. */
static int check_targets(const network_object *self, PyObject *given, npy_intp samples) {
  PyArrayObject *y = (PyArrayObject *)given;
  if (self->loss != ACT_CROSS_ENTROPY) {
    const npy_intp rows = samples_of(self, given, self->outputs);
    if (rows == samples) return 1;
    if (rows >= 0) PyErr_SetString(PyExc_ValueError, "not as many targets as samples");
    return 0;
  }
  const int fits = PyArray_CheckExact(given) && PyArray_ISCARRAY_RO(y) && PyArray_NDIM(y) == 1 &&
                   PyArray_TYPE(y) == NPY_INT64 && PyArray_DIM(y, 0) == samples;
  if (!fits) PyErr_SetString(PyExc_ValueError, "not one int64 label for each sample");
  return fits;
}

static const void *data_of(PyObject *array) { return PyArray_DATA((PyArrayObject *)array); }

static PyObject *new_array(const network_object *self, int ndim, npy_intp rows, npy_intp columns) {
  const npy_intp dims[] = {rows, columns};
  return PyArray_SimpleNew(ndim, dims, self->type == ACT_F32 ? NPY_FLOAT : NPY_DOUBLE);
}

/* ---------------------------------------------------------------------------------------- making and describing --- */

/* A Python object for the network, which it takes over. */
static PyObject *wrap(PyTypeObject *type, act_network *network) {
  network_object *self = (network_object *)PyType_GenericAlloc(type, 0);
  if (self == NULL) {
    act_network_free(network);
    return NULL;
  }
  self->network = network;
  act_network_info info = {.size = sizeof info};
  const act_status status = act_network_describe(network, &info);
  if (status != ACT_OK) {
    Py_DECREF((PyObject *)self);
    return raise_status(status);
  }
  self->layers = info.layers;
  self->inputs = info.inputs;
  self->outputs = info.outputs;
  self->parameters = info.parameters;
  self->type = info.type;
  self->loss = info.loss;
  return (PyObject *)self;
}

static const member network_members[] = {
    {"type", INTEGER, offsetof(act_network_options, type)},
    {"loss", INTEGER, offsetof(act_network_options, loss)},
    {"huber_delta", REAL, offsetof(act_network_options, huber_delta)},
    {"initializer", INTEGER, offsetof(act_network_options, initializer)},
    {"seed", SEED, offsetof(act_network_options, seed)},
};

static PyObject *network_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
  PyObject *given_sizes, *given_functions;
  if (!PyArg_ParseTuple(args, "O!O!:network", &PyTuple_Type, &given_sizes, &PyTuple_Type, &given_functions))
    return NULL;
  const Py_ssize_t count = PyTuple_Size(given_sizes), hidden = PyTuple_Size(given_functions);
  if (count < 2 || hidden != count - 2) {
    return PyErr_Format(PyExc_ValueError, "network: needs two sizes or more and a function for each between");
  }
  act_network_options options;
  act_status status = act_network_options_init(&options, sizeof options);
  if (status != ACT_OK) return raise_status(status);
  if (keywords != NULL &&
      set_members(&options, network_members, sizeof network_members / sizeof *network_members, keywords) < 0) {
    return NULL;
  }
  size_t *sizes = calloc((size_t)count, sizeof *sizes);
  act_function *functions = calloc((size_t)count, sizeof *functions);
  act_network *network = NULL;
  int is_complete = sizes != NULL && functions != NULL;
  if (!is_complete) PyErr_NoMemory();
  for (Py_ssize_t i = 0; is_complete && i < count; i++) {
    sizes[i] = PyLong_AsSize_t(PyTuple_GetItem(given_sizes, i));
    is_complete = PyErr_Occurred() == NULL;
  }
  for (Py_ssize_t i = 0; is_complete && i < hidden; i++) {
    const act_function *f = bound_function(PyTuple_GetItem(given_functions, i));
    is_complete = f != NULL;
    if (is_complete) functions[i] = *f;
  }
  if (is_complete) {
    PyThreadState *state = PyEval_SaveThread();
    status = act_network_create((size_t)count, sizes, functions, &options, &network);
    PyEval_RestoreThread(state);
    if (status == ACT_ERROR_SIZE) status = ACT_ERROR_MEMORY;
    if (status != ACT_OK) raise_status(status);
  }
  free(sizes);
  free(functions);
  return is_complete && status == ACT_OK ? wrap(type, network) : NULL;
}

static void network_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  act_network_free(((network_object *)self)->network);
  PyObject_Free(self);
  Py_DECREF((PyObject *)type);
}

/* (n_in, n_out, function's name, accuracy, parameters) of a layer. */
static PyObject *layer_tuple(const network_object *self, size_t layer) {
  size_t n_in, n_out;
  act_function f;
  const act_status status = act_network_layer(self->network, layer, &n_in, &n_out, &f);
  if (status != ACT_OK) return raise_status(status);
  PyObject *parameters = PyTuple_New((Py_ssize_t)f.info->parameter_count);
  for (size_t p = 0; parameters != NULL && p < f.info->parameter_count; p++) {
    PyObject *value = PyFloat_FromDouble(f.parameters[p]);
    if (value == NULL || PyTuple_SetItem(parameters, (Py_ssize_t)p, value) < 0) Py_CLEAR(parameters);
  }
  return parameters == NULL
             ? NULL
             : Py_BuildValue("nnsiN", (Py_ssize_t)n_in, (Py_ssize_t)n_out, f.info->name, (int)f.accuracy, parameters);
}

static PyObject *network_describe(PyObject *object, PyObject *ignored) {
  (void)ignored;
  const network_object *self = (const network_object *)object;
  act_network_info info = {.size = sizeof info};
  const act_status status = act_network_describe(self->network, &info);
  if (status != ACT_OK) return raise_status(status);
  PyObject *layers = PyList_New((Py_ssize_t)info.layers);
  for (size_t l = 0; layers != NULL && l < info.layers; l++) {
    PyObject *layer = layer_tuple(self, l);
    if (layer == NULL || PyList_SetItem(layers, (Py_ssize_t)l, layer) < 0) Py_CLEAR(layers);
  }
  if (layers == NULL) return NULL;
  return Py_BuildValue("{s:i, s:i, s:d, s:i, s:K, s:K, s:K, s:N}", "type", (int)info.type, "loss", (int)info.loss,
                       "huber_delta", info.huber_delta, "initializer", (int)info.initializer, "seed",
                       (unsigned long long)info.seed, "epochs", (unsigned long long)info.epochs, "steps",
                       (unsigned long long)info.steps, "layers", layers);
}

/* A view of the network's memory, which keeps it alive. */
static PyObject *view(network_object *self, void *data, int ndim, npy_intp rows, npy_intp columns) {
  const npy_intp dims[] = {rows, columns};
  PyObject *array = PyArray_SimpleNewFromData(ndim, dims, self->type == ACT_F32 ? NPY_FLOAT : NPY_DOUBLE, data);
  if (array == NULL) return NULL;
  Py_INCREF((PyObject *)self); /* which the array takes over */
  if (PyArray_SetBaseObject((PyArrayObject *)array, (PyObject *)self) < 0) Py_CLEAR(array);
  return array;
}

static PyObject *network_layer(PyObject *object, PyObject *number) {
  network_object *self = (network_object *)object;
  const size_t layer = PyLong_AsSize_t(number);
  if (PyErr_Occurred() != NULL) return NULL;
  size_t n_in, n_out;
  const act_status status = act_network_layer(self->network, layer, &n_in, &n_out, NULL);
  if (status != ACT_OK) return raise_status(status);
  PyObject *w = view(self, act_network_weights(self->network, layer), 2, (npy_intp)n_in, (npy_intp)n_out);
  PyObject *b = view(self, act_network_biases(self->network, layer), 1, (npy_intp)n_out, 0);
  PyObject *both = w == NULL || b == NULL ? NULL : PyTuple_Pack(2, w, b);
  Py_XDECREF(w);
  Py_XDECREF(b);
  return both;
}

/* ------------------------------------------------------------------------------------------------- computing --- */

static PyObject *network_predict(PyObject *object, PyObject *x) {
  const network_object *self = (const network_object *)object;
  const npy_intp samples = samples_of(self, x, self->inputs);
  PyObject *y = samples < 0 ? NULL : new_array(self, 2, samples, (npy_intp)self->outputs);
  if (y == NULL) return NULL;
  const void *from = data_of(x);
  void *to = PyArray_DATA((PyArrayObject *)y);
  PyThreadState *state = PyEval_SaveThread();
  const act_status status = self->type == ACT_F32 ? act_network_predict_f32(self->network, (size_t)samples, from, to)
                                                  : act_network_predict_f64(self->network, (size_t)samples, from, to);
  PyEval_RestoreThread(state);
  if (status == ACT_OK) return y;
  Py_DECREF(y);
  return raise_status(status);
}

/* The status of a call that reads data: None for data that must not be, which Python code then looks for. */
static PyObject *data_status(act_status status) {
  if (status == ACT_ERROR_DATA || status == ACT_ERROR_LABEL) Py_RETURN_NONE;
  return raise_status(status);
}

static PyObject *network_loss(PyObject *object, PyObject *const *args, Py_ssize_t count) {
  const network_object *self = (const network_object *)object;
  if (!has_count(count, 2)) return NULL;
  const npy_intp samples = samples_of(self, args[0], self->inputs);
  if (samples < 0 || !check_targets(self, args[1], samples)) return NULL;
  const void *x = data_of(args[0]), *y = data_of(args[1]);
  double loss;
  PyThreadState *state = PyEval_SaveThread();
  const act_status status = self->type == ACT_F32 ? act_network_loss_f32(self->network, (size_t)samples, x, y, &loss)
                                                  : act_network_loss_f64(self->network, (size_t)samples, x, y, &loss);
  PyEval_RestoreThread(state);
  return status == ACT_OK ? PyFloat_FromDouble(loss) : data_status(status);
}

static PyObject *network_gradients(PyObject *object, PyObject *const *args, Py_ssize_t count) {
  const network_object *self = (const network_object *)object;
  if (!has_count(count, 2)) return NULL;
  const npy_intp samples = samples_of(self, args[0], self->inputs);
  if (samples < 0 || !check_targets(self, args[1], samples)) return NULL;
  const void *x = data_of(args[0]), *y = data_of(args[1]);
  PyObject *gradients = new_array(self, 1, (npy_intp)self->parameters, 0);
  if (gradients == NULL) return NULL;
  void *to = PyArray_DATA((PyArrayObject *)gradients);
  PyThreadState *state = PyEval_SaveThread();
  const act_status status = self->type == ACT_F32
                                ? act_network_gradients_f32(self->network, (size_t)samples, x, y, to, NULL)
                                : act_network_gradients_f64(self->network, (size_t)samples, x, y, to, NULL);
  PyEval_RestoreThread(state);
  if (status == ACT_OK) return gradients;
  Py_DECREF(gradients);
  return data_status(status);
}

/* -------------------------------------------------------------------------------------------------- training --- */

static const member fit_members[] = {
    {"epochs", SIZE, offsetof(act_fit_options, epochs)},
    {"batch_size", SIZE, offsetof(act_fit_options, batch_size)},
    {"shuffle", INTEGER, offsetof(act_fit_options, shuffle)},
    {"optimizer", INTEGER, offsetof(act_fit_options, optimizer)},
    {"learning_rate", REAL, offsetof(act_fit_options, learning_rate)},
    {"momentum", REAL, offsetof(act_fit_options, momentum)},
    {"nesterov", INTEGER, offsetof(act_fit_options, nesterov)},
    {"beta1", REAL, offsetof(act_fit_options, beta1)},
    {"beta2", REAL, offsetof(act_fit_options, beta2)},
    {"alpha", REAL, offsetof(act_fit_options, alpha)},
    {"epsilon", REAL, offsetof(act_fit_options, epsilon)},
    {"weight_decay", REAL, offsetof(act_fit_options, weight_decay)},
    {"dropout", REAL, offsetof(act_fit_options, dropout)},
    {"clip_norm", REAL, offsetof(act_fit_options, clip_norm)},
    {"clip_value", REAL, offsetof(act_fit_options, clip_value)},
    {"schedule", INTEGER, offsetof(act_fit_options, schedule)},
    {"schedule_epochs", SIZE, offsetof(act_fit_options, schedule_epochs)},
    {"schedule_factor", REAL, offsetof(act_fit_options, schedule_factor)},
    {"warmup_epochs", SIZE, offsetof(act_fit_options, warmup_epochs)},
    {"validation", REAL, offsetof(act_fit_options, validation)},
    {"patience", SIZE, offsetof(act_fit_options, patience)},
    {"min_delta", REAL, offsetof(act_fit_options, min_delta)},
    {"restore_best", INTEGER, offsetof(act_fit_options, restore_best)},
};

/* What the callbacks of a fit need. */
typedef struct fit_context {
  int *is_computing; /* the network's, or NULL */
  PyThreadState *state;
  PyObject *progress, *poll; /* None: not wanted */
} fit_context;

static void take_gil(fit_context *c) {
  PyEval_RestoreThread(c->state);
  if (c->is_computing != NULL) *c->is_computing = 0;
}

static void release_gil(fit_context *c) {
  if (c->is_computing != NULL) *c->is_computing = 1;
  c->state = PyEval_SaveThread();
}

/* Whether the fit is to end: somebody says so, or there is an exception. Takes the result over. */
static int ends(PyObject *result) {
  const int is_true = result == NULL ? -1 : PyObject_IsTrue(result);
  Py_XDECREF(result);
  return is_true != 0;
}

static PyObject *list_of(const double *values, size_t count) {
  PyObject *list = PyList_New((Py_ssize_t)count);
  for (size_t i = 0; list != NULL && i < count; i++) {
    PyObject *value = PyFloat_FromDouble(values[i]);
    if (value == NULL || PyList_SetItem(list, (Py_ssize_t)i, value) < 0) Py_CLEAR(list);
  }
  return list;
}

static int on_progress(void *context, const act_progress *p) {
  fit_context *c = context;
  take_gil(c);
  PyObject *record = Py_BuildValue("{s:n, s:d, s:d, s:d, s:d, s:N, s:N, s:N}", "epoch", (Py_ssize_t)p->epoch, "loss",
                                   p->loss, "validation_loss", p->validation_loss, "learning_rate", p->learning_rate,
                                   "gradient_norm", p->gradient_norm, "diverged", PyBool_FromLong(p->diverged), "dead",
                                   list_of(p->dead, p->hidden), "saturated", list_of(p->saturated, p->hidden));
  const int end = record == NULL || ends(PyObject_CallFunctionObjArgs(c->progress, record, NULL));
  Py_XDECREF(record);
  release_gil(c);
  return end;
}

static int on_poll(void *context, size_t epoch, size_t samples) {
  fit_context *c = context;
  take_gil(c);
  int end = PyErr_CheckSignals() != 0;
  if (!end && c->poll != Py_None) {
    end = ends(PyObject_CallFunction(c->poll, "nn", (Py_ssize_t)epoch, (Py_ssize_t)samples));
  }
  release_gil(c);
  return end;
}

static PyObject *network_fit(PyObject *object, PyObject *args) {
  network_object *self = (network_object *)object;
  PyObject *x, *y, *validation, *values, *progress, *poll, *validation_x = NULL, *validation_y = NULL;
  if (!PyArg_ParseTuple(args, "OOO!O!OO:fit", &x, &y, &PyTuple_Type, &validation, &PyDict_Type, &values, &progress,
                        &poll)) {
    return NULL;
  }
  if (PyTuple_Size(validation) != 0 && !PyArg_ParseTuple(validation, "OO", &validation_x, &validation_y)) return NULL;
  const npy_intp samples = samples_of(self, x, self->inputs);
  if (samples < 0 || !check_targets(self, y, samples)) return NULL;
  act_fit_options options;
  act_status status = act_fit_options_init(&options, sizeof options);
  if (status != ACT_OK) return raise_status(status);
  if (set_members(&options, fit_members, sizeof fit_members / sizeof *fit_members, values) < 0) return NULL;
  if (validation_x != NULL) {
    const npy_intp rows = samples_of(self, validation_x, self->inputs);
    if (rows < 0 || !check_targets(self, validation_y, rows)) return NULL;
    options.validation_samples = (size_t)rows;
    options.validation_x = data_of(validation_x);
    options.validation_y = data_of(validation_y);
  }
  if (self->is_training) return PyErr_Format(PyExc_RuntimeError, "fit: the network is being trained already");
  fit_context context = {&self->is_computing, NULL, progress, poll};
  options.progress = on_progress;
  options.poll = on_poll;
  options.context = &context;

  const void *from = data_of(x), *wanted = data_of(y);
  Py_INCREF(object);
  self->is_training = 1;
  release_gil(&context);
  status = self->type == ACT_F32 ? act_network_fit_f32(self->network, (size_t)samples, from, wanted, &options)
                                 : act_network_fit_f64(self->network, (size_t)samples, from, wanted, &options);
  take_gil(&context);
  self->is_training = 0;
  Py_DECREF(object);
  if (PyErr_Occurred() != NULL) return NULL; /* of a callback */
  if (status == ACT_OK) Py_RETURN_TRUE;
  return data_status(status);
}

/* Whether nobody is computing with the optimiser's memory; sets a Python error if somebody is. */
static int is_at_rest(const network_object *self, const char *name) {
  if (self->is_computing) PyErr_Format(PyExc_RuntimeError, "%s: the network is being trained", name);
  return !self->is_computing;
}

static PyObject *network_forget_optimizer(PyObject *object, PyObject *ignored) {
  (void)ignored;
  network_object *self = (network_object *)object;
  if (self->is_training) return PyErr_Format(PyExc_RuntimeError, "forget_optimizer: the network is being trained");
  const act_status status = act_network_forget_optimizer(self->network);
  if (status != ACT_OK) return raise_status(status);
  Py_RETURN_NONE;
}

/* ---------------------------------------------------------------------------------------------------- saving --- */

static PyObject *network_write(PyObject *object, PyObject *args) {
  const network_object *self = (const network_object *)object;
  int with_training;
  size_t size;
  if (!PyArg_ParseTuple(args, "p:write", &with_training) || !is_at_rest(self, "write")) return NULL;
  act_status status = act_network_write(self->network, with_training, NULL, 0, &size);
  if (status != ACT_OK) return raise_status(status);
  PyObject *bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size);
  if (bytes == NULL) return NULL;
  status = act_network_write(self->network, with_training, PyBytes_AsString(bytes), size, &size);
  if (status == ACT_OK) return bytes;
  Py_DECREF(bytes);
  return raise_status(status);
}

static PyObject *network_read(PyObject *type, PyObject *bytes) {
  char *data;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) return NULL;
  act_network *network = NULL;
  const char *why = NULL;
  PyThreadState *state = PyEval_SaveThread();
  const act_status status = act_network_read(data, (size_t)size, &network, &why);
  PyEval_RestoreThread(state);
  if (status == ACT_OK) return wrap((PyTypeObject *)type, network);
  if (status != ACT_ERROR_FORMAT) return raise_status(status);
  PyErr_SetString(PyExc_ValueError, why != NULL ? why : act_status_string(status));
  return NULL;
}

/* ------------------------------------------------------------------------------------------------- the type --- */

static PyMethodDef network_methods[] = {
    {"describe", network_describe, METH_NOARGS, "describe($self, /)\n--\n\nArchitecture and options, as a dict."},
    {"layer", network_layer, METH_O,
     "layer($self, number, /)\n--\n\nThe arrays (weights, biases) of a layer: the network's memory."},
    {"predict", network_predict, METH_O, "predict($self, x, /)\n--\n\nThe last layer's outputs."},
    {"loss", (PyCFunction)(void (*)(void))network_loss, METH_FASTCALL,
     "loss($self, x, y, /)\n--\n\nNone, where the data is not finite or a label is none."},
    {"gradients", (PyCFunction)(void (*)(void))network_gradients, METH_FASTCALL,
     "gradients($self, x, y, /)\n--\n\nIn one array; None as for loss."},
    {"fit", network_fit, METH_VARARGS,
     "fit($self, x, y, validation, options, progress, poll, /)\n--\n\n"
     "True; None as for loss. validation is () or (x, y), options a dict with names of act_fit_options."},
    {"forget_optimizer", network_forget_optimizer, METH_NOARGS,
     "forget_optimizer($self, /)\n--\n\nFrees the optimiser's memory."},
    {"write", network_write, METH_VARARGS,
     "write($self, with_training, /)\n--\n\nThe network as a safetensors file's bytes."},
    {"read", network_read, METH_O | METH_CLASS, "read($type, data, /)\n--\n\nThe network of such bytes."},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot network_slots[] = {
    {Py_tp_new, network_new},
    {Py_tp_dealloc, network_dealloc},
    {Py_tp_methods, network_methods},
    {0, NULL},
};
static PyType_Spec network_spec = {
    .name = "swiftact._core.network",
    .basicsize = sizeof(network_object),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = network_slots,
};

/* ---------------------------------------------------------------------------------------- one sample a step --- */

enum { LAYERS_MAX = 1000 };

/* The matrices of a list of float64 arrays without gaps, each fitting the one before, and their sizes; how many there
 * are, or -1 with a Python error. */
static Py_ssize_t read_matrices(PyObject *list, int is_written, size_t *sizes, double **matrices) {
  const Py_ssize_t count = PyList_Size(list);
  if (count < 1 || count >= LAYERS_MAX) {
    PyErr_SetString(PyExc_ValueError, "from 1 to 999 matrices of weights");
    return -1;
  }
  for (Py_ssize_t l = 0; l < count; l++) {
    PyArrayObject *w = (PyArrayObject *)PyList_GetItem(list, l);
    if (!PyArray_CheckExact((PyObject *)w) || PyArray_TYPE(w) != NPY_DOUBLE || PyArray_NDIM(w) != 2 ||
        !(is_written ? PyArray_ISCARRAY(w) : PyArray_ISCARRAY_RO(w)) ||
        (l > 0 && (size_t)PyArray_DIM(w, 0) != sizes[l])) {
      PyErr_SetString(PyExc_ValueError, "weights are float64 matrices without gaps that fit each other");
      return -1;
    }
    sizes[l] = (size_t)PyArray_DIM(w, 0);
    sizes[l + 1] = (size_t)PyArray_DIM(w, 1);
    matrices[l] = PyArray_DATA(w);
  }
  return count;
}

/* The rows of a float64 matrix without gaps and so many columns, or -1 with a Python error. */
static npy_intp rows_of(PyObject *given, size_t columns) {
  PyArrayObject *x = (PyArrayObject *)given;
  if (PyArray_CheckExact(given) && PyArray_ISCARRAY_RO(x) && PyArray_NDIM(x) == 2 && PyArray_TYPE(x) == NPY_DOUBLE &&
      (size_t)PyArray_DIM(x, 1) == columns) {
    return PyArray_DIM(x, 0);
  }
  PyErr_SetString(PyExc_ValueError, "not a float64 matrix without gaps with as many columns");
  return -1;
}

static PyObject *core_online_fit(PyObject *module, PyObject *args) {
  (void)module;
  PyObject *bound, *weights, *x, *y, *order, *poll;
  double learning_rate;
  size_t sizes[LAYERS_MAX + 1];
  double *matrices[LAYERS_MAX];
  if (!PyArg_ParseTuple(args, "OO!OOdOO:online_fit", &bound, &PyList_Type, &weights, &x, &y, &learning_rate, &order,
                        &poll)) {
    return NULL;
  }
  const act_function *f = bound_function(bound);
  const Py_ssize_t count = f == NULL ? -1 : read_matrices(weights, 1, sizes, matrices);
  if (count < 0) return NULL;
  const npy_intp samples = rows_of(x, sizes[0] - 1);
  if (samples < 0) return NULL;
  const npy_intp targets = rows_of(y, sizes[count]);
  if (targets < 0) return NULL;
  PyArrayObject *places = (PyArrayObject *)order;
  if (targets != samples || !PyArray_CheckExact(order) || PyArray_TYPE(places) != NPY_INT64 ||
      PyArray_NDIM(places) != 1 || !PyArray_ISCARRAY_RO(places)) {
    return PyErr_Format(PyExc_ValueError, "not as many targets as samples, or order is no int64 vector");
  }
  fit_context context = {NULL, NULL, Py_None, poll};
  const void *from = data_of(x), *wanted = data_of(y), *which = data_of(order);
  const size_t steps = (size_t)PyArray_DIM(places, 0);
  /* Who lets others change the list meanwhile must not lose its arrays. */
  PyObject *kept = PyList_AsTuple(weights);
  if (kept == NULL) return NULL;
  release_gil(&context);
  const act_status status = act_online_fit_f64(f, (size_t)count + 1, sizes, matrices, (size_t)samples, from, wanted,
                                               learning_rate, steps, which, on_poll, &context);
  take_gil(&context);
  Py_DECREF(kept);
  if (PyErr_Occurred() != NULL) return NULL;
  if (status != ACT_OK) return raise_status(status);
  Py_RETURN_NONE;
}

static PyObject *core_online_predict(PyObject *module, PyObject *args) {
  (void)module;
  PyObject *bound, *weights, *x;
  size_t sizes[LAYERS_MAX + 1];
  double *matrices[LAYERS_MAX];
  if (!PyArg_ParseTuple(args, "OO!O:online_predict", &bound, &PyList_Type, &weights, &x)) return NULL;
  const act_function *f = bound_function(bound);
  const Py_ssize_t count = f == NULL ? -1 : read_matrices(weights, 0, sizes, matrices);
  const npy_intp samples = count < 0 ? -1 : rows_of(x, sizes[0] - 1);
  if (samples < 0) return NULL;
  const npy_intp dims[] = {samples, (npy_intp)sizes[count]};
  PyObject *y = PyArray_SimpleNew(2, dims, NPY_DOUBLE);
  if (y == NULL) return NULL;
  const act_status status = act_online_predict_f64(f, (size_t)count + 1, sizes, (const double *const *)matrices,
                                                   (size_t)samples, data_of(x), PyArray_DATA((PyArrayObject *)y));
  if (status == ACT_OK) return y;
  Py_DECREF(y);
  return raise_status(status);
}

static PyMethodDef methods[] = {
    {"online_fit", core_online_fit, METH_VARARGS,
     "online_fit(f, weights, x, y, learning_rate, order, poll, /)\n--\n\nTrains the list of matrices in place."},
    {"online_predict", core_online_predict, METH_VARARGS,
     "online_predict(f, weights, x, /)\n--\n\nThe last layer's values for each row of x."},
    {NULL, NULL, 0, NULL},
};

int add_network_type(PyObject *module) {
  if (PyArray_ImportNumPyAPI() < 0 || PyModule_AddFunctions(module, methods) < 0) return -1;
  PyObject *type = PyType_FromSpec(&network_spec);
  if (type == NULL || PyModule_AddObject(module, "network", type) < 0) {
    Py_XDECREF(type);
    return -1;
  }
  static const struct {
    const char *name;
    long value;
  } constants[] = {
      {"F32", ACT_F32},
      {"F64", ACT_F64},
      {"CROSS_ENTROPY", ACT_CROSS_ENTROPY},
      {"BINARY_CROSS_ENTROPY", ACT_BINARY_CROSS_ENTROPY},
      {"SQUARED_ERROR", ACT_SQUARED_ERROR},
      {"HUBER", ACT_HUBER},
      {"INITIALIZER_FOR_ACTIVATION", ACT_INITIALIZER_FOR_ACTIVATION},
      {"GLOROT_UNIFORM", ACT_GLOROT_UNIFORM},
      {"GLOROT_NORMAL", ACT_GLOROT_NORMAL},
      {"HE_UNIFORM", ACT_HE_UNIFORM},
      {"HE_NORMAL", ACT_HE_NORMAL},
      {"LECUN_UNIFORM", ACT_LECUN_UNIFORM},
      {"LECUN_NORMAL", ACT_LECUN_NORMAL},
      {"SGD", ACT_SGD},
      {"ADAM", ACT_ADAM},
      {"ADAMW", ACT_ADAMW},
      {"RMSPROP", ACT_RMSPROP},
      {"CONSTANT", ACT_CONSTANT},
      {"STEP", ACT_STEP},
      {"EXPONENTIAL", ACT_EXPONENTIAL},
      {"COSINE", ACT_COSINE},
      {"LINEAR", ACT_LINEAR},
  };
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
    if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0) return -1;
  }
  return 0;
}
