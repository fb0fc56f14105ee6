import Lanes
import Synchronization

/// Splits large arrays over a few threads, which are started when they are first needed and then wait for more.
public enum Threads {
  /// Below this a call is over before another thread has woken up. Measured with two threads: at half of it fast functions
  /// lose, at four times of it the cheapest one wins.
  private static let leastElements = 1 << 18
  private static let wanted = Atomic<Int>(0)

  /// How many threads an array is split over, the caller's included.
  public static var count: Int {
    get {
      let n = wanted.load(ordering: .relaxed)
      if n != 0 { return n }
      let first = initial
      _ = wanted.compareExchange(expected: 0, desired: first, ordering: .relaxed)
      return wanted.load(ordering: .relaxed)
    }
    set { wanted.store(newValue, ordering: .relaxed) }
  }

  private static var initial: Int {
    if let text = getenv("ACT_THREADS") {
      var end: UnsafeMutablePointer<CChar>? = nil
      let n = strtol(text, &end, 10)
      if end != text && end!.pointee == 0 && n >= 1 && n <= Int(ACT_THREADS_MAX) { return n }
    }
    return min(Int(act_processor_count()), Int(ACT_THREADS_MAX))
  }

  /// Does some units of the work that the context describes.
  typealias Body = @convention(c) (_ context: UnsafeRawPointer?, _ first: Int, _ count: Int) -> Void

  /// All units, of so many elements in all: by threads if that pays.
  static func split(_ units: Int, elements: Int, _ context: UnsafeRawPointer, _ body: Body) {
    if elements < leastElements || units == 1 || count == 1 || !Pool.current.run(units, context, body, count) {
      body(context, 0, units)
    }
  }

  /// Units of which each is worth a thread of its own.
  static func each(_ units: Int, _ context: UnsafeRawPointer, _ body: Body) {
    if units == 1 || count == 1 || !Pool.current.run(units, context, body, count) { body(context, 0, units) }
  }

  /// A job over arrays, in whole cache lines.
  static func run(_ job: UnsafePointer<act_job>) {
    let n = job.pointee.count
    if n < leastElements || job.pointee.parameter_step != 0 { return Processor.run(job) }
    split((n + line - 1) / line, elements: n, job) { context, first, count in
      let job = context!.assumingMemoryBound(to: act_job.self)
      let start = first * line
      var own = act_job_part(job, start, min(job.pointee.count - start, count * line))
      Processor.run(&own)
    }
  }
}
/// A cache line, of the smallest elements even two.
private let line = 64
/// So many pauses of the processor take 50 to 100 µs.
private let patience = 2000

/// The threads of this process, and the job that they share. It is reached through a pointer only, field by field: a
/// method that mutates it could keep a field in a register while another thread changes it.
private struct Pool {
  var mutex = pthread_mutex_t(), wake = pthread_cond_t(), done = pthread_cond_t()
  var process = getpid()
  var workers = 0, isBusy = false
  var body: Threads.Body = { _, _, _ in }, context: UnsafeRawPointer? = nil, units = 0
  /// The units are cut into parts; who is free takes the next.
  var parts = 0, next = 0, unfinished = 0
  /// How many more threads may join in.
  var helpers = 0

  /// Count the jobs, so that a thread knows a new one and when it is done, without the mutex.
  static let begun = Atomic<Int>(0), ended = Atomic<Int>(0)

  private static let published = Published<Pool>()

  /// After fork() the child has no threads, and perhaps locks that nobody will open: it gets a pool of its own.
  static var current: UnsafeMutablePointer<Pool> {
    let known = published.value
    if let known, known.pointee.process == getpid() { return known }
    let made = UnsafeMutablePointer<Pool>.allocate(capacity: 1)
    made.initialize(to: Pool())
    pthread_mutex_init(&made.pointee.mutex, nil)
    pthread_cond_init(&made.pointee.wake, nil)
    pthread_cond_init(&made.pointee.done, nil)
    let current = published.publish(made, replacing: known)
    if current != made { made.deallocate() }  // another thread came first
    return current
  }
}

extension UnsafeMutablePointer where Pointee == Pool {
  /// Whether the job was done; not if another one is under way: its threads are busy, so the caller had better compute.
  fileprivate func run(_ units: Int, _ context: UnsafeRawPointer, _ body: Threads.Body, _ threads: Int) -> Bool {
    pthread_mutex_lock(&pointee.mutex)
    if pointee.isBusy {
      pthread_mutex_unlock(&pointee.mutex)
      return false
    }
    while pointee.workers < threads - 1 && startWorker() { pointee.workers += 1 }
    pointee.isBusy = true
    pointee.body = body
    pointee.context = context
    pointee.units = units
    pointee.parts = Swift.min(threads * 4, units)
    pointee.next = 0
    pointee.unfinished = pointee.parts
    pointee.helpers = threads - 1
    let job = Pool.begun.wrappingAdd(1, ordering: .releasing).newValue
    pthread_cond_broadcast(&pointee.wake)
    takeParts()
    wait(&pointee.done) { Pool.ended.load(ordering: .acquiring) == job }
    pointee.isBusy = false
    pthread_mutex_unlock(&pointee.mutex)
    return true
  }

  /// Called and left with the mutex locked.
  private func takeParts() {
    while pointee.next < pointee.parts {
      let part = pointee.next
      pointee.next += 1
      pthread_mutex_unlock(&pointee.mutex)
      compute(part)
      pthread_mutex_lock(&pointee.mutex)
      pointee.unfinished -= 1
    }
    if pointee.unfinished == 0 {
      Pool.ended.store(Pool.begun.load(ordering: .relaxed), ordering: .releasing)
      pthread_cond_signal(&pointee.done)
    }
  }

  /// Called and left with the mutex locked. A thread stays awake for a while: the layers of a network follow one upon the other,
  /// and waking up takes as long as many of them.
  private func wait(_ condition: UnsafeMutablePointer<pthread_cond_t>, until isOver: () -> Bool) {
    if isOver() { return }
    pthread_mutex_unlock(&pointee.mutex)
    for _ in 0..<patience {
      if isOver() { break }
      act_pause()
    }
    pthread_mutex_lock(&pointee.mutex)
    while !isOver() { pthread_cond_wait(condition, &pointee.mutex) }
  }

  /// What the work is does not change before all its parts are finished.
  private func compute(_ part: Int) {
    let units = pointee.units, parts = pointee.parts, first = units * part / parts
    pointee.body(pointee.context, first, units * (part + 1) / parts - first)
  }

  private func startWorker() -> Bool {
    // Signals are for the program's own threads.
    var all = sigset_t(), before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { pool in
        pool!.assumingMemoryBound(to: Pool.self).work()
        return nil
      }, self)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    if failed == 0 { pthread_detach(thread) }
    return failed == 0
  }

  private func work() {
    var seen = 0
    pthread_mutex_lock(&pointee.mutex)
    while true {
      wait(&pointee.wake) { Pool.begun.load(ordering: .acquiring) != seen }
      seen = Pool.begun.load(ordering: .relaxed)
      if pointee.helpers > 0 {
        pointee.helpers -= 1
        takeParts()
      }
    }
  }
}
