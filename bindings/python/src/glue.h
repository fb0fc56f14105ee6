/* What the files of this module have of each other. */
#ifndef SWIFTACT_GLUE_H
#define SWIFTACT_GLUE_H

#include <Python.h>

#include "activations.h"

/* _core.c: the type number of ml_dtypes' bfloat16, or NPY_NOTYPE as long as nobody has imported ml_dtypes. */
int bfloat16_type_number(void);

/* _core.c: the function that _core.bound has made, or NULL with a Python error. */
const act_function *bound_function(PyObject *bound);

/* _core.c: sets the Python error for a status that is not ACT_OK; NULL. */
PyObject *raise_status(act_status status);

/* _core.c: whether a call has that many arguments; sets a Python error if not. */
int has_count(Py_ssize_t given, Py_ssize_t expected);

/* Give the module their functions; 0, or -1 with a Python error. */
int add_row_functions(PyObject *module);   /* rows.c */
int add_dense_functions(PyObject *module); /* dense.c */
int add_network_type(PyObject *module);    /* network.c */

#endif
