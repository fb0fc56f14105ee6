/* What _core.c and rows.c have of each other. */
#ifndef SWIFTACT_ROWS_H
#define SWIFTACT_ROWS_H

#include <Python.h>

/* _core.c: the type number of ml_dtypes' bfloat16, or NPY_NOTYPE as long as nobody has imported ml_dtypes. */
int bfloat16_type_number(void);

/* rows.c: gives the module its functions over rows; 0, or -1 with a Python error. */
int add_row_functions(PyObject *module);

#endif
