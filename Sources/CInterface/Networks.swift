import CActivations
import Engine

@_cdecl("act_network_options_init") @implementation
public func act_network_options_init(_ options: UnsafeMutablePointer<act_network_options>!, _ size: Int) -> act_status {
  var defaults = act_network_options()
  setDefaults(&defaults)
  return fill(options, size, with: defaults)
}
@_cdecl("act_network_create") @implementation
public func act_network_create(
  _ count: Int, _ sizes: UnsafePointer<Int>!, _ activations: UnsafePointer<act_function>!,
  _ options: UnsafePointer<act_network_options>!, _ out: UnsafeMutablePointer<OpaquePointer?>!
) -> act_status {
  createNetwork(count, sizes, activations, options, out)
}
@_cdecl("act_network_free") @implementation
public func act_network_free(_ network: OpaquePointer!) { freeNetwork(network) }

@_cdecl("act_network_describe") @implementation
public func act_network_describe(_ network: OpaquePointer!, _ info: UnsafeMutablePointer<act_network_info>!) -> act_status {
  describe(network, info)
}
@_cdecl("act_network_layer") @implementation
public func act_network_layer(
  _ network: OpaquePointer!, _ layer: Int, _ n_in: UnsafeMutablePointer<Int>!, _ n_out: UnsafeMutablePointer<Int>!,
  _ f: UnsafeMutablePointer<act_function>!
) -> act_status {
  describeLayer(network, layer, n_in, n_out, f)
}
@_cdecl("act_network_parameters") @implementation
public func act_network_parameters(_ network: OpaquePointer!) -> UnsafeMutableRawPointer! { weights(network, 0, biases: false) }
@_cdecl("act_network_weights") @implementation
public func act_network_weights(_ network: OpaquePointer!, _ layer: Int) -> UnsafeMutableRawPointer! {
  weights(network, layer, biases: false)
}
@_cdecl("act_network_biases") @implementation
public func act_network_biases(_ network: OpaquePointer!, _ layer: Int) -> UnsafeMutableRawPointer! {
  weights(network, layer, biases: true)
}

@_cdecl("act_network_predict_f64") @implementation
public func act_network_predict_f64(
  _ network: OpaquePointer!, _ samples: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!
) -> act_status {
  predict(network, ACT_F64, samples, x, y)
}
@_cdecl("act_network_predict_f32") @implementation
public func act_network_predict_f32(
  _ network: OpaquePointer!, _ samples: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!
) -> act_status {
  predict(network, ACT_F32, samples, x, y)
}
@_cdecl("act_network_loss_f64") @implementation
public func act_network_loss_f64(
  _ network: OpaquePointer!, _ samples: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeRawPointer!,
  _ loss: UnsafeMutablePointer<Double>!
) -> act_status {
  evaluate(network, ACT_F64, samples, x, y, gradients: nil, wantsGradients: false, loss)
}
@_cdecl("act_network_loss_f32") @implementation
public func act_network_loss_f32(
  _ network: OpaquePointer!, _ samples: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeRawPointer!,
  _ loss: UnsafeMutablePointer<Double>!
) -> act_status {
  evaluate(network, ACT_F32, samples, x, y, gradients: nil, wantsGradients: false, loss)
}
@_cdecl("act_network_gradients_f64") @implementation
public func act_network_gradients_f64(
  _ network: OpaquePointer!, _ samples: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeRawPointer!,
  _ gradients: UnsafeMutablePointer<Double>!, _ loss: UnsafeMutablePointer<Double>!
) -> act_status {
  evaluate(network, ACT_F64, samples, x, y, gradients: gradients, wantsGradients: true, loss)
}
@_cdecl("act_network_gradients_f32") @implementation
public func act_network_gradients_f32(
  _ network: OpaquePointer!, _ samples: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeRawPointer!,
  _ gradients: UnsafeMutablePointer<Float>!, _ loss: UnsafeMutablePointer<Double>!
) -> act_status {
  evaluate(network, ACT_F32, samples, x, y, gradients: gradients, wantsGradients: true, loss)
}

@_cdecl("act_fit_options_init") @implementation
public func act_fit_options_init(_ options: UnsafeMutablePointer<act_fit_options>!, _ size: Int) -> act_status {
  var defaults = act_fit_options()
  setDefaults(&defaults)
  return fill(options, size, with: defaults)
}
@_cdecl("act_network_fit_f64") @implementation
public func act_network_fit_f64(
  _ network: OpaquePointer!, _ samples: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeRawPointer!,
  _ options: UnsafePointer<act_fit_options>!
) -> act_status {
  fit(network, ACT_F64, samples, x, y, options)
}
@_cdecl("act_network_fit_f32") @implementation
public func act_network_fit_f32(
  _ network: OpaquePointer!, _ samples: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeRawPointer!,
  _ options: UnsafePointer<act_fit_options>!
) -> act_status {
  fit(network, ACT_F32, samples, x, y, options)
}
@_cdecl("act_network_forget_optimizer") @implementation
public func act_network_forget_optimizer(_ network: OpaquePointer!) -> act_status { forgetOptimizer(network) }

@_cdecl("act_network_save") @implementation
public func act_network_save(_ network: OpaquePointer!, _ path: UnsafePointer<CChar>!, _ with_training: Int32) -> act_status {
  saveNetwork(network, path, withTraining: with_training != 0)
}
@_cdecl("act_network_load") @implementation
public func act_network_load(
  _ path: UnsafePointer<CChar>!, _ out: UnsafeMutablePointer<OpaquePointer?>!,
  _ why: UnsafeMutablePointer<UnsafePointer<CChar>?>!
) -> act_status {
  loadNetwork(path, out, why)
}
@_cdecl("act_network_write") @implementation
public func act_network_write(
  _ network: OpaquePointer!, _ with_training: Int32, _ bytes: UnsafeMutableRawPointer!, _ capacity: Int,
  _ size: UnsafeMutablePointer<Int>!
) -> act_status {
  writeNetwork(network, withTraining: with_training != 0, bytes, capacity, size)
}
@_cdecl("act_network_read") @implementation
public func act_network_read(
  _ bytes: UnsafeRawPointer!, _ size: Int, _ out: UnsafeMutablePointer<OpaquePointer?>!,
  _ why: UnsafeMutablePointer<UnsafePointer<CChar>?>!
) -> act_status {
  readNetwork(bytes, size, out, why)
}

@_cdecl("act_online_fit_f64") @implementation
public func act_online_fit_f64(
  _ f: Function!, _ count: Int, _ sizes: UnsafePointer<Int>!, _ weights: UnsafePointer<UnsafeMutablePointer<Double>?>!,
  _ samples: Int, _ x: UnsafePointer<Double>!, _ y: UnsafePointer<Double>!, _ learning_rate: Double, _ steps: Int,
  _ order: UnsafePointer<Int64>!, _ poll: (@convention(c) (UnsafeMutableRawPointer?, Int, Int) -> Int32)!,
  _ context: UnsafeMutableRawPointer!
) -> act_status {
  fitOnline(f, count, sizes, weights, samples, x, y, learning_rate, steps, order, poll, context)
}
@_cdecl("act_online_predict_f64") @implementation
public func act_online_predict_f64(
  _ f: Function!, _ count: Int, _ sizes: UnsafePointer<Int>!, _ weights: UnsafePointer<UnsafePointer<Double>?>!,
  _ samples: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!
) -> act_status {
  predictOnline(f, count, sizes, weights, samples, x, y)
}
