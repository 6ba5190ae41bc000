package dev.sparring.process;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the process that must be made before a numerical library loads. They concern speed
 * only, and are skipped if the system lacks them.
 */
public final class NativeProcess {
  private NativeProcess() {}

  /**
   * Lets the C library keep large blocks of memory, bounds the number of threads and how long
   * waiting ones spin, and removes JavaCPP's limits on native memory, which are meant for programs
   * that leak and whose check costs more than a small operation. To be called before JavaCPP,
   * libgomp or an engine's library loads; further calls have no effect.
   */
  public static void prepare() {
    // Its own limit on native arrays would be the size of the Java heap.
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
   * The number of threads of an engine: {@code -Dsparring.threads}, else the environment variable
   * OMP_NUM_THREADS, else the number of processors.
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

  /** Why a library did not load: the root cause. */
  public static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
