"""The peers that need more than an import."""
import os
import sys

import jax
import numpy as np
import onnx
import onnxruntime

# Doubles; and a call computes before it returns, which is quicker by the hand-over to another thread.
jax.config.update("jax_enable_x64", True)
jax.config.update("jax_cpu_enable_async_dispatch", False)


def import_torch():
    """With symbols bound when first called: the CUDA libraries that are not there are never called."""
    flags = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
    try:
        import torch
    finally:
        sys.setdlopenflags(flags)
    torch.set_num_threads(1)
    return torch


def onnx_model(operator, attributes, x, y):
    """A function that runs the operator, "DOMAIN:NAME" or "NAME", from x to y."""
    domain, _, name = operator.rpartition(":")
    kind = onnx.helper.np_dtype_to_tensor_dtype(x.dtype)
    inputs = [onnx.helper.make_tensor_value_info("x", kind, x.shape)]
    outputs = [onnx.helper.make_tensor_value_info("y", kind, y.shape)]
    node = onnx.helper.make_node(name, ["x"], ["y"], domain=domain, **attributes)
    opsets = [onnx.helper.make_opsetid("", 20), *([onnx.helper.make_opsetid(domain, 1)] if domain else [])]
    model = onnx.helper.make_model(onnx.helper.make_graph([node], name, inputs, outputs), opset_imports=opsets,
                                   ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4  # that it has an operator for one type only is told by the exception
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    binding = session.io_binding()
    binding.bind_ortvalue_input("x", onnxruntime.OrtValue.ortvalue_from_numpy(x))
    binding.bind_ortvalue_output("y", onnxruntime.OrtValue.ortvalue_from_numpy(y))
    return lambda: session.run_with_iobinding(binding)


def jax_functions(expression, derivative):
    """The expression of x, or its slope in both of JAX's ways to it, compiled, by a name."""
    f = eval("lambda x: " + expression, {"jax": jax, "jnp": jax.numpy, "nn": jax.nn})
    if not derivative:
        return {"jax_value": jax.jit(f)}
    return {"jax_jvp": jax.jit(lambda x: jax.jvp(f, (x,), (jax.numpy.ones_like(x),))[1]),
            "jax_grad": jax.jit(jax.vmap(jax.grad(f)))}


def as_array(result, y):
    """What a statement has computed, as a new NumPy array: its value, or y, where it has none."""
    if result is None or result is y:
        return y.copy()
    return np.array(result.numpy() if hasattr(result, "numpy") else result)
