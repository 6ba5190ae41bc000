package dev.sparring.process;

/**
 * Tells libgomp how many threads to use. Libraries have calls for that, but libgomp's own counts
 * only for the thread that makes it; the environment counts for all.
 */
final class Threads {
  private Threads() {}

  /** Has to be called before libgomp is loaded, which reads its environment just then. */
  static void limit(int threads) {
    // Where that is not possible, only speed depends on it.
    Environment.set("OMP_NUM_THREADS", String.valueOf(threads));
  }
}
