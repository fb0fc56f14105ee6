import Lanes
import Synchronization

/// Splits large arrays over a few threads, which are started when they are first needed and then wait for more.
public enum Threads {
  /// Below this a call is over before another thread has woken up: measured, benchmarks/threads.py.
  private static let leastElements = 1 << 17
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

  static func run(_ job: UnsafePointer<act_job>, elementSize: Int) {
    let n = job.pointee.count
    if n < leastElements || job.pointee.parameter_step != 0 || count == 1 || !Pool.current.run(job, elementSize, count) {
      Processor.run(job)
    }
  }
}

/// The threads of this process, and the job that they share.
private struct Pool {
  private var mutex = pthread_mutex_t(), wake = pthread_cond_t(), done = pthread_cond_t()
  private var process = getpid()
  private var workers = 0, isBusy = false
  /// Counts the jobs, so that a thread knows a new one.
  private var round = 0
  private var job = act_job(), elementSize = 0
  /// The job is cut into parts; who is free takes the next.
  private var parts = 0, next = 0, helpers = 0, unfinished = 0

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
    return published.publish(made, replacing: known)
  }
}

extension UnsafeMutablePointer where Pointee == Pool {
  /// Whether the job was done; not if another one is under way: its threads are busy, so the caller had better compute.
  fileprivate func run(_ job: UnsafePointer<act_job>, _ elementSize: Int, _ threads: Int) -> Bool {
    pointee.run(self, job, elementSize, threads)
  }
}

extension Pool {
  fileprivate mutating func run(_ me: UnsafeMutablePointer<Pool>, _ job: UnsafePointer<act_job>, _ elementSize: Int, _ threads: Int) -> Bool {
    pthread_mutex_lock(&mutex)
    if isBusy {
      pthread_mutex_unlock(&mutex)
      return false
    }
    while workers < threads - 1 && start(me) { workers += 1 }
    isBusy = true
    self.job = job.pointee
    self.elementSize = elementSize
    parts = threads * 4
    next = 0
    unfinished = parts
    helpers = threads - 1
    round += 1
    pthread_cond_broadcast(&wake)
    takeParts()
    while unfinished > 0 { pthread_cond_wait(&done, &mutex) }
    isBusy = false
    pthread_mutex_unlock(&mutex)
    return true
  }

  /// Called and left with the mutex locked.
  private mutating func takeParts() {
    while next < parts {
      let part = next, job = job, size = elementSize, parts = parts
      next += 1
      pthread_mutex_unlock(&mutex)
      Pool.compute(part, of: parts, job, size)
      pthread_mutex_lock(&mutex)
      unfinished -= 1
    }
    if unfinished == 0 { pthread_cond_signal(&done) }
  }

  private static func compute(_ part: Int, of parts: Int, _ job: act_job, _ size: Int) {
    // Whole cache lines to each.
    let lines = (job.count + 63) / 64, first = lines * part / parts * 64, end = min(job.count, lines * (part + 1) / parts * 64)
    guard first < end else { return }
    var own = job
    own.count = end - first
    own.x = job.x + first * size
    if job.form == ACT_BACKWARD { own.dy = job.dy + first * size }
    own.y = job.y + first * size
    Processor.run(&own)
  }

  private func start(_ me: UnsafeMutablePointer<Pool>) -> Bool {
    // Signals are for the program's own threads.
    var all = sigset_t(), before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { argument in
        let pool = argument!.assumingMemoryBound(to: Pool.self)
        pool.pointee.work()
        return nil
      }, me)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    if failed == 0 { pthread_detach(thread) }
    return failed == 0
  }

  private mutating func work() {
    var seen = 0
    pthread_mutex_lock(&mutex)
    while true {
      while round == seen { pthread_cond_wait(&wake, &mutex) }
      seen = round
      if helpers > 0 {
        helpers -= 1
        takeParts()
      }
    }
  }
}
