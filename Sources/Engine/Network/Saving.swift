import Lanes

// A network as safetensors: eight bytes with the length of a JSON header, the header, the tensors. Architecture and options are
// strings of its "__metadata__"; numbers that are not whole are hexadecimal.

private let losses: [4 of StaticString] = ["cross_entropy", "binary_cross_entropy", "squared_error", "huber"]
private let initializers: [7 of StaticString] = [
  "for_activation", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal",
]
private let optimizers: [4 of StaticString] = ["sgd", "adam", "adamw", "rmsprop"]

private func place<let n: Int>(of word: Word, in list: [n of StaticString]) -> Int? {
  for i in 0..<n where word.equals(list[i]) { return i }
  return nil
}

// MARK: Writing

extension Network {
  private func putHeader(_ text: inout Writer, withTraining: Bool) {
    func pair(_ key: StaticString, _ text: inout Writer, _ value: (inout Writer) -> Void) {
      text.put(",\"")
      text.put(key)
      text.put("\":\"")
      value(&text)
      text.put("\"")
    }
    text.put("{\"__metadata__\":{\"format\":\"swiftact.network\",\"version\":\"1\"")
    pair("sizes", &text) { text in
      for l in 0...layers {
        if l > 0 { text.put(" ") }
        text.put(sizes[l])
      }
    }
    for l in 0..<layers - 1 {
      let f = functions[l], info = f.info!.pointee
      text.put(",\"activation.")
      text.put(l)
      text.put("\":\"")
      text.put(info.name)
      if info.parameter_count > 0 {
        text.put(" ")
        text.put(f.parameters.0)
      }
      if info.parameter_count > 1 {
        text.put(" ")
        text.put(f.parameters.1)
      }
      text.put(f.accuracy == ACT_FAST ? " fast\"" : " exact\"")
    }
    pair("loss", &text) { $0.put(losses[Int(loss.rawValue)]) }
    pair("huber_delta", &text) { $0.put(delta) }
    pair("initializer", &text) { $0.put(initializers[Int(initializer.rawValue)]) }
    pair("seed", &text) { $0.put(seed) }
    pair("epochs", &text) { $0.put(epochs) }
    pair("steps", &text) { $0.put(steps) }
    if withTraining && memory.isUsed {
      pair("optimizer", &text) { $0.put(optimizers[Int(memory.optimizer.rawValue)]) }
      pair("optimizer.power1", &text) { $0.put(memory.power1) }
      pair("optimizer.power2", &text) { $0.put(memory.power2) }
    }
    text.put("}")
    var offset = 0
    func tensor(_ text: inout Writer, _ rows: Int?, _ columns: Int) {
      text.put(type == ACT_F64 ? "\":{\"dtype\":\"F64\",\"shape\":[" : "\":{\"dtype\":\"F32\",\"shape\":[")
      if let rows {
        text.put(rows)
        text.put(",")
      }
      text.put(columns)
      text.put("],\"data_offsets\":[")
      text.put(offset)
      text.put(",")
      offset += (rows ?? 1) * columns * element
      text.put(offset)
      text.put("]}")
    }
    for l in 0..<layers {
      text.put(",\"layers.")
      text.put(l)
      text.put(".weight")
      tensor(&text, sizes[l], sizes[l + 1])
      text.put(",\"layers.")
      text.put(l)
      text.put(".bias")
      tensor(&text, nil, sizes[l + 1])
    }
    if withTraining && memory.first != nil {
      text.put(",\"optimizer.first")
      tensor(&text, nil, count)
    }
    if withTraining && memory.second != nil {
      text.put(",\"optimizer.second")
      tensor(&text, nil, count)
    }
    text.put("}")
    while text.count % 8 != 0 { text.put(" ") }
  }

  fileprivate func bytes(withTraining: Bool) -> (header: Int, all: Int) {
    var text = Writer(to: nil)
    putHeader(&text, withTraining: withTraining)
    let arrays = withTraining ? 1 + (memory.first == nil ? 0 : 1) + (memory.second == nil ? 0 : 1) : 1
    return (text.count, 8 + text.count + arrays * count * element)
  }
  fileprivate func write(to bytes: UnsafeMutableRawPointer, header: Int, withTraining: Bool) {
    bytes.storeBytes(of: UInt64(header).littleEndian, as: UInt64.self)
    var text = Writer(to: (bytes + 8).assumingMemoryBound(to: UInt8.self))
    putHeader(&text, withTraining: withTraining)
    var at = bytes + 8 + header
    memcpy(at, parameters, count * element)
    at += count * element
    if withTraining, let first = memory.first {
      memcpy(at, first, count * element)
      at += count * element
    }
    if withTraining, let second = memory.second { memcpy(at, second, count * element) }
  }
}

public func writeNetwork(
  _ handle: OpaquePointer?, withTraining: Bool, _ bytes: UnsafeMutableRawPointer?, _ capacity: Int,
  _ size: UnsafeMutablePointer<Int>?
) -> act_status {
  guard let network = network(handle), let size else { return ACT_ERROR_NULL }
  let (header, all) = network.pointee.bytes(withTraining: withTraining)
  size.pointee = all
  guard let bytes else { return ACT_OK }
  guard capacity < 0 || capacity >= all else { return ACT_ERROR_SIZE }
  network.pointee.write(to: bytes, header: header, withTraining: withTraining)
  return ACT_OK
}

/// Into a file beside the path, which then takes its name.
public func saveNetwork(_ handle: OpaquePointer?, _ path: UnsafePointer<CChar>?, withTraining: Bool) -> act_status {
  guard let network = network(handle), let path else { return ACT_ERROR_NULL }
  let (header, all) = network.pointee.bytes(withTraining: withTraining)
  guard let bytes = malloc(all) else { return ACT_ERROR_MEMORY }
  defer { free(bytes) }
  network.pointee.write(to: bytes, header: header, withTraining: withTraining)
  switch act_write_file(path, bytes, all) {
  case 0: return ACT_OK
  case 1: return ACT_ERROR_MEMORY
  default: return ACT_ERROR_FILE
  }
}

// MARK: Reading

public func loadNetwork(
  _ path: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
  _ why: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) -> act_status {
  guard let path, out != nil else { return ACT_ERROR_NULL }
  var size = 0, bytes: UnsafeMutableRawPointer? = nil
  switch act_read_file(path, &bytes, &size) {
  case 0: break
  case 1: return ACT_ERROR_MEMORY
  default: return ACT_ERROR_FILE
  }
  defer { free(bytes) }
  return readNetwork(bytes, size, out, why)
}

public func readNetwork(
  _ bytes: UnsafeRawPointer?, _ size: Int, _ out: UnsafeMutablePointer<OpaquePointer?>?,
  _ why: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) -> act_status {
  guard let bytes, let out else { return ACT_ERROR_NULL }
  var file = SavedNetwork(bytes, size)
  defer { file.free() }
  let status = file.read()
  if status == ACT_ERROR_FORMAT { why?.pointee = file.why.cString }
  if status == ACT_OK, let network = file.network {
    out.pointee = OpaquePointer(network)
    file.network = nil
  }
  return status
}

/// A file as it is read. `why` says what is wrong with it.
private struct SavedNetwork {
  let bytes: UnsafeRawPointer, size: Int
  var why: StaticString = ""
  var network: UnsafeMutablePointer<Network>? = nil
  private var sizes: UnsafeMutablePointer<Int>? = nil, functions: UnsafeMutablePointer<act_function>? = nil
  /// How many of each there is room for.
  private var most = 0
  private var count = 0, isNetwork = false, version = 0 as UInt64
  private var loss: Int? = nil, initializer: Int? = nil, delta: Double? = nil, seed: UInt64? = nil
  private var epochs = 0 as UInt64, steps = 0 as UInt64, optimizer: Int? = nil, power1 = 1.0, power2 = 1.0
  private var type: act_type? = nil
  /// Which tensors were found: two for each layer, then the optimiser's.
  private var found: UnsafeMutablePointer<Bool>? = nil
  private var dataBytes = 0

  init(_ bytes: UnsafeRawPointer, _ size: Int) { (self.bytes, self.size) = (bytes, size) }

  func free() {
    Lanes.free(sizes)
    Lanes.free(functions)
    Lanes.free(found)
    network?.free()
  }

  private mutating func refuse(_ reason: StaticString) -> Bool {
    why = reason
    return false
  }
  private mutating func refused(_ reason: StaticString) -> act_status {
    if why.utf8CodeUnitCount == 0 { why = reason }
    return ACT_ERROR_FORMAT
  }

  /// The header is read twice: for the metadata, which say what the tensors must be, and for these.
  mutating func read() -> act_status {
    guard size >= 8 else { return refused("it is shorter than the length of a header") }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(size - 8), length < 1 << 24 else { return refused("its header is longer than the file, or too long") }
    let header = (bytes + 8).assumingMemoryBound(to: UInt8.self), data = 8 + Int(length)
    dataBytes = size - data
    most = min(Int(length) / 2 + 2, 1 << 16)  // each size takes two bytes
    sizes = zeros(most * MemoryLayout<Int>.size)?.bindMemory(to: Int.self, capacity: most)
    functions = zeros(most * MemoryLayout<act_function>.size)?.bindMemory(to: act_function.self, capacity: most)
    guard let sizes, let functions else { return ACT_ERROR_MEMORY }

    var reader = Reader(header, Int(length))
    let isRead = reader.object { key, reader in key.equals("__metadata__") ? metadata(&reader) : tensorType(key, &reader) }
    guard isRead, reader.isAtEnd else { return refused("its header is not JSON as safetensors has it") }
    guard isNetwork else { return refused("its metadata do not say that it is a network (format: swiftact.network)") }
    guard version == 1 else { return refused("it is of a version that this library does not know") }
    guard count >= 2 else { return refused("its metadata have no layer sizes") }
    guard let type else { return refused("it has no tensors") }
    guard let loss, let delta, delta > 0, delta < .infinity else { return refused("its metadata have no loss, or no delta") }
    guard let seed, let initializer else { return refused("its metadata have no seed, or no initializer") }
    var weights = 0
    for l in 1..<count {
      let (product, overflow) = (sizes[l - 1] + 1).multipliedReportingOverflow(by: sizes[l])
      guard !overflow, product <= dataBytes else { return refused("its layers are larger than the file") }
      weights += product
      guard weights <= dataBytes / (type == ACT_F64 ? 8 : 4) else { return refused("its layers are larger than the file") }
    }
    for l in 0..<count - 2 where LayerFunction.checked(functions + l).0 != ACT_OK {
      return refused("a hidden layer has no activation function, or one with a parameter that is not allowed")
    }
    let options = act_network_options(
      size: MemoryLayout<act_network_options>.size, type: type, loss: act_loss(rawValue: UInt32(loss)), huber_delta: delta,
      initializer: act_initializer(rawValue: UInt32(initializer)), seed: seed)
    let (status, made) = emptyNetwork(count, sizes, functions, options)
    guard let made else { return status == ACT_ERROR_MEMORY ? status : refused("its layer sizes make no network") }
    network = made
    made.pointee.epochs = epochs
    made.pointee.steps = steps

    found = zeros(2 * count)?.bindMemory(to: Bool.self, capacity: 2 * count)
    guard found != nil else { return ACT_ERROR_MEMORY }
    if let optimizer {
      made.pointee.memory.optimizer = act_optimizer(rawValue: UInt32(optimizer))
      made.pointee.memory.isUsed = true
      made.pointee.memory.power1 = power1
      made.pointee.memory.power2 = power2
    }
    var total = 0
    reader = Reader(header, Int(length))
    let hasTensors = reader.object { key, reader in
      if key.equals("__metadata__") { return reader.object { _, reader in reader.string() != nil } }
      return tensor(key, &reader, bytes + data, &total)
    }
    guard hasTensors else { return why.utf8CodeUnitCount == 0 ? ACT_ERROR_MEMORY : ACT_ERROR_FORMAT }
    for i in 0..<2 * (count - 1) where !found![i] { return refused("a layer's weights or biases are missing") }
    guard total == dataBytes else { return refused("its tensors do not fill the file") }
    return ACT_OK
  }

  private mutating func metadata(_ reader: inout Reader) -> Bool {
    reader.object { key, reader in
      guard let value = reader.string() else { return false }
      if key.equals("format") { isNetwork = value.equals("swiftact.network") }
      if key.equals("version") { version = value.number ?? 0 }
      if key.equals("sizes") { return readSizes(value) }
      if let layer = key.after("activation.") { return readFunction(layer, value) }
      if key.equals("loss") { loss = place(of: value, in: losses) }
      if key.equals("huber_delta") { delta = value.double }
      if key.equals("initializer") { initializer = place(of: value, in: initializers) }
      if key.equals("seed") { seed = value.number }
      if key.equals("epochs") { epochs = value.number ?? 0 }
      if key.equals("steps") { steps = value.number ?? 0 }
      if key.equals("optimizer") { optimizer = place(of: value, in: optimizers) }
      if key.equals("optimizer.power1") { power1 = share(value) }
      if key.equals("optimizer.power2") { power2 = share(value) }
      return true
    }
  }
  private func share(_ value: Word) -> Double {
    guard let x = value.double, x >= 0, x <= 1 else { return 1 }
    return x
  }
  private mutating func readSizes(_ text: Word) -> Bool {
    guard count == 0 else { return refuse("its metadata have layer sizes twice") }
    var rest: Word? = text
    while let text = rest {
      let (word, next) = text.split(at: 32).map { ($0.0, $0.1 as Word?) } ?? (text, nil)
      guard let n = word.integer, n > 0, n < addressSpace, count < most else { return refuse("a layer size is no number above 0") }
      sizes![count] = n
      count += 1
      rest = next
    }
    return true
  }
  /// "tanh exact", "leaky_relu 0x1.…p-7 fast".
  private mutating func readFunction(_ layer: Word, _ text: Word) -> Bool {
    guard let l = layer.integer, l < 1 << 16, let (name, rest) = text.split(at: 32) else {
      return refuse("an activation is unreadable")
    }
    for i in 0..<Catalogue.count where name.equals(Catalogue.functions[i].name) {
      var f = act_function(info: Catalogue.functions + i, accuracy: ACT_EXACT, parameters: (.nan, .nan))
      f.parameters = (Catalogue.functions[i].parameters.0.default_value, Catalogue.functions[i].parameters.1.default_value)
      var last = rest
      for p in 0..<Catalogue.functions[i].parameter_count {
        guard let (word, next) = last.split(at: 32), let x = word.double else { return refuse("an activation lacks a parameter") }
        if p == 0 { f.parameters.0 = x } else { f.parameters.1 = x }
        last = next
      }
      guard last.equals("fast") || last.equals("exact") else { return refuse("an activation has an unknown accuracy") }
      if last.equals("fast") { f.accuracy = ACT_FAST }
      guard l < most else { return refuse("there are activations of layers that there are not") }
      functions![l] = f
      return true
    }
    return refuse("it has an activation function that this library does not know")
  }

  /// One type for all tensors; what else is said of them is looked at later.
  private mutating func tensorType(_ key: Word, _ reader: inout Reader) -> Bool {
    let isRead = reader.object { key, reader in
      if key.equals("dtype") {
        guard let name = reader.string() else { return false }
        let type = name.equals("F32") ? ACT_F32 : name.equals("F64") ? ACT_F64 : ACT_BF16
        guard type != ACT_BF16, self.type == nil || self.type == type else {
          return refuse("its tensors are not all of the same type F32 or F64")
        }
        self.type = type
        return true
      }
      return reader.integers() != nil
    }
    return isRead
  }

  /// Copies a tensor to where it belongs.
  private mutating func tensor(_ key: Word, _ reader: inout Reader, _ data: UnsafeRawPointer, _ total: inout Int) -> Bool {
    guard let network else { return false }
    var shape = (count: -1, 0, 0), offsets = (count: -1, 0, 0)
    let isRead = reader.object { key, reader in
      if key.equals("dtype") { return reader.string() != nil }
      guard let pair = reader.integers() else { return false }
      if key.equals("shape") { shape = pair } else if key.equals("data_offsets") { offsets = pair }
      return true
    }
    guard isRead, shape.count > 0, offsets.count == 2 else { return refuse("a tensor has no shape, or no place") }
    let n = network.pointee
    let to: UnsafeMutableRawPointer, wanted: (rows: Int?, columns: Int), index: Int
    if let rest = key.after("layers."), let (number, name) = rest.split(at: 46), let l = number.integer, l < n.layers,
      name.equals("weight") || name.equals("bias")
    {
      let isWeight = name.equals("weight")
      to = n.parameters + (isWeight ? n.weights(l) : n.biases(l)) * n.element
      wanted = (isWeight ? n.sizes[l] : nil, n.sizes[l + 1])
      index = 2 * l + (isWeight ? 0 : 1)
    } else if optimizer != nil, key.equals("optimizer.first") || key.equals("optimizer.second") {
      let isFirst = key.equals("optimizer.first")
      (wanted, index) = ((nil, n.count), 2 * n.layers + (isFirst ? 0 : 1))
      guard !found![index] else { return refuse("it has a tensor twice") }
      guard let memory = zeros(n.bytes) else { return false }
      if isFirst { network.pointee.memory.first = memory } else { network.pointee.memory.second = memory }
      to = memory
    } else {
      return refuse("it has a tensor that is no layer's weights or biases")
    }
    let isShape =
      wanted.rows == nil
      ? shape.count == 1 && shape.1 == wanted.columns : shape.count == 2 && shape == (2, wanted.rows!, wanted.columns)
    guard isShape else { return refuse("a tensor's shape is not that of its layer") }
    guard !found![index] else { return refuse("it has a tensor twice") }
    let bytes = (wanted.rows ?? 1) * wanted.columns * n.element
    guard offsets.1 <= offsets.2, offsets.2 <= dataBytes, offsets.2 - offsets.1 == bytes else {
      return refuse("a tensor lies outside the file, or is not as long as its shape")
    }
    found![index] = true
    total += bytes
    memcpy(to, data + offsets.1, bytes)
    return true
  }
}
