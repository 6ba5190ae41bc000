package dev.sparring.process;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the process that must be made before a numerical library loads. They concern speed
 * only, and are skipped if the system lacks them; {@link #prepare(boolean)} may also choose
 * kernels.
 */
public final class NativeProcess {
  /**
   * The number of threads of a portable process. One, because it is the only number that a machine
   * of every size runs as fast as it can, and because sums over one thread have one order.
   */
  public static final int PORTABLE_THREADS = 1;

  private static final String THREADS = "sparring.threads";

  /** What the libraries of this process were told; null before the first is loaded. */
  private static @Nullable Boolean portable;

  private NativeProcess() {}

  /**
   * Lets the C library keep large blocks of memory, bounds the number of threads and how long
   * waiting ones spin, and removes JavaCPP's limits on native memory, which are meant for programs
   * that leak and whose check costs more than a small operation. To be called before JavaCPP,
   * libgomp or an engine's library loads; further calls have no effect. A process that is portable
   * already stays so.
   */
  public static synchronized void prepare() {
    if (portable == null) {
      portable = false;
    }
    // Its own limit on native arrays would be the size of the Java heap.
    setUnlessSet("org.bytedeco.javacpp.maxBytes");
    setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes");
    Malloc.keepLargeBlocks();
    SpinLimit.spinBriefly();
    Threads.limit(threads());
  }

  /**
   * As {@link #prepare()}, for libraries that have to be portable or have to be free to choose.
   *
   * @param wanted whether kernels are pinned to those that every such machine has, see {@link
   *     Portability}
   * @throws IllegalStateException in one line, if this machine cannot do it, or the process has
   *     loaded libraries with the other setting
   */
  public static synchronized void prepare(boolean wanted) {
    if (portable != null && portable != wanted) {
      throw new IllegalStateException(
          wanted
              ? "an engine that is not portable was opened in this process before, and libraries choose their kernels once; open the portable one first, or in another process"
              : "a portable engine was opened in this process before, and libraries choose their kernels once; open every engine portable, or this one in another process");
    }
    if (wanted && portable == null) {
      Portability.pin();
      portable = true;
    }
    prepare();
  }

  /** Whether the libraries of this process were told to be portable. */
  public static synchronized boolean isPortable() {
    return Boolean.TRUE.equals(portable);
  }

  /**
   * Why this machine cannot compute portably, in words that follow "because"; empty if it can.
   * Loads nothing and changes nothing.
   */
  public static Optional<String> whyNotPortable() {
    return Portability.whyNot();
  }

  private static void setUnlessSet(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "0"); // none
    }
  }

  /**
   * The number of threads of an engine: {@value #PORTABLE_THREADS} in a portable process, otherwise
   * {@code -Dsparring.threads}, else the environment variable OMP_NUM_THREADS, else the number of
   * processors.
   */
  public static int threads() {
    if (isPortable()) {
      return PORTABLE_THREADS;
    }
    Integer wish = positive(System.getProperty(THREADS));
    if (wish == null) {
      wish = positive(System.getenv("OMP_NUM_THREADS"));
    }
    return wish == null ? Runtime.getRuntime().availableProcessors() : wish;
  }

  /** Whether an environment gives a number of threads that counts. */
  public static boolean givesThreads(Map<String, String> environment) {
    return positive(environment.get("OMP_NUM_THREADS")) != null;
  }

  /**
   * Sets a variable of the environment that native libraries read, unless the user has set it.
   * Nothing changes where the system has no way for it, so nothing but speed or texts may depend on
   * it.
   */
  public static void setUnlessGiven(String name, String value) {
    if (System.getenv(name) == null) {
      Environment.set(name, value);
    }
  }

  private static @Nullable Integer positive(@Nullable String text) {
    return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.valueOf(text) : null;
  }

  /**
   * What the bits of any engine's results may depend on in this process: threads, the processor and
   * its vector extensions, the C library, and each environment variable that was set and may choose
   * kernels ({@code env NAME}; {@code ignored NAME} if a portable process has taken it back).
   */
  public static Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("threads", String.valueOf(threads()));
    facts.putAll(ProcessorFacts.ofThisMachine());
    facts.putAll(LoadedLibraries.versionOfC());
    KernelVariables.of(System.getenv())
        .forEach(
            (name, value) -> {
              boolean isIgnored = isPortable() && KernelVariables.isIgnoredIfPortable(name);
              facts.put((isIgnored ? "ignored " : "env ") + name, value);
            });
    return facts;
  }

  /**
   * A native library that is loaded already, to ask it something; empty where the system does not
   * list them.
   *
   * @param name how its file name begins
   */
  public static Optional<NativeLibrary> library(String name) {
    return LoadedLibraries.named(name);
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
