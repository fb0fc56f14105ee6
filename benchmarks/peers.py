"""The peers that need more than an import."""
import os
import sys

import onnx
import onnxruntime


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


def onnx_model(operator, x, y):
    """A function that runs the operator from x to y."""
    kind = onnx.helper.np_dtype_to_tensor_dtype(x.dtype)
    inputs = [onnx.helper.make_tensor_value_info("x", kind, x.shape)]
    outputs = [onnx.helper.make_tensor_value_info("y", kind, y.shape)]
    graph = onnx.helper.make_graph([onnx.helper.make_node(operator, ["x"], ["y"])], operator, inputs, outputs)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 20)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    binding = session.io_binding()
    binding.bind_ortvalue_input("x", onnxruntime.OrtValue.ortvalue_from_numpy(x))
    binding.bind_ortvalue_output("y", onnxruntime.OrtValue.ortvalue_from_numpy(y))
    return lambda: session.run_with_iobinding(binding)
