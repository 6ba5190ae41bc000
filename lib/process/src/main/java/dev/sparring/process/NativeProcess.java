package dev.sparring.process;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the process that have to be made before a numerical library loads. They concern speed
 * only, and are skipped where the system has no such thing.
 */
public final class NativeProcess {
  private NativeProcess() {}

  /**
   * Lets the C library keep large blocks of memory, bounds how many threads there are and how long
   * those that wait spin, and takes JavaCPP's limits on native memory away, which are meant for
   * programs that leak and cost more than a small operation. To be called before JavaCPP, libgomp
   * or an engine's library loads; again does no harm.
   */
  public static void prepare() {
    // Its own limit on what its arrays take would be the size of the Java heap.
    setUnlessSet("org.bytedeco.javacpp.maxBytes");
    setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes");
    Malloc.keepLargeBlocks();
    SpinLimit.spinBriefly();
    Threads.limit(threads());
  }

  private static void setUnlessSet(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "0"); // none
    }
  }

  /**
   * How many threads an engine shall compute with: {@code -Dsparring.threads}, else the environment
   * variable OMP_NUM_THREADS, else as many as there are processors.
   */
  public static int threads() {
    Integer wish = positive(System.getProperty("sparring.threads"));
    if (wish == null) {
      wish = positive(System.getenv("OMP_NUM_THREADS"));
    }
    return wish == null ? Runtime.getRuntime().availableProcessors() : wish;
  }

  private static @Nullable Integer positive(@Nullable String text) {
    return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.valueOf(text) : null;
  }

  /** Why a library did not load: what lies under the errors that classes wrap it in. */
  public static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
