// The catalogue, and a 2-8-1 network that learns exclusive or.
//   swift run --package-path examples/swift
import Activations

func row(_ cells: [String]) {
  print(cells.dropLast().map { $0 + String(repeating: " ", count: max(1, 16 - $0.count)) }.joined() + cells.last!)
}
row(["name", "f(-1)", "f(1)", "f'(1)", "f(x)"])
for f in Activation.all where f.isComplete {
  let x: [Float] = [-1, 1]
  row([f.name] + f(x).map(\.description) + [f.derivative(at: x[1]).description, f.formula])
}

let hidden = 8, rate: Float = 0.5
let inputs: [[Float]] = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]  // the last one: a bias
let targets: [Float] = [0, 1, 1, 0]
var w = (0..<3).map { i in (0..<hidden).map { h in start(8 * i + h) } }
var v = (0..<hidden).map { h in start(24 + h) }
/// From -1 to 1, without order, and the same on every computer.
func start(_ i: Int) -> Float { Activation.sinusoid(Float(i * i)) }

for step in 0...2000 {
  var outputs: [Float] = []
  for (x, target) in zip(inputs, targets) {
    let z = (0..<hidden).map { h in x[0] * w[0][h] + x[1] * w[1][h] + x[2] * w[2][h] }
    let a = Activation.tanh(z), s = zip(a, v).map(*).reduce(0, +), y = Activation.sigmoid(s)
    outputs.append(y)
    let ds = Activation.sigmoid.backward(s, gradient: 2 * (y - target))  // the loss is (y − target)²
    let dz = Activation.tanh.backward(z, gradient: v.map { $0 * ds })
    for h in 0..<hidden {
      v[h] -= rate * ds * a[h]
      for i in 0..<3 { w[i][h] -= rate * dz[h] * x[i] }
    }
  }
  if step % 500 == 0 { print("step", step, "outputs", outputs) }
}
