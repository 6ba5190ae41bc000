package dev.sparring.nd4j;

import dev.sparring.process.NativeProcess;
import dev.sparring.process.OpenBlas;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.EngineException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Loads ND4J once, with the settings that must be made before or right after. */
final class Natives {
  private static boolean loaded;

  private Natives() {}

  /**
   * Loads the native libraries; further calls only check.
   *
   * @param portable whether results have to be portable
   * @throws EngineException in one line that says what to do, if they do not load, or this process
   *     has them loaded otherwise
   */
  static synchronized void load(boolean portable) {
    try {
      if (portable) {
        Processor.whyNotPortable()
            .ifPresent(
                why -> {
                  throw new IllegalStateException(why);
                });
      }
      NativeProcess.prepare(portable);
    } catch (IllegalStateException e) {
      throw new EngineException(
          (portable ? "no portable results: " : "nd4j: ") + e.getMessage(), e);
    }
    if (loaded) {
      return;
    }
    Processor.require();
    try {
      Nd4j.getMemoryManager().togglePeriodicGc(false); // arrays of scopes are not the collector's
      if (Nd4j.getEnvironment().isCPU()) {
        int threads = NativeProcess.threads();
        Nd4j.getEnvironment().setMaxThreads(threads);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        // oneDNN asks libgomp, which ND4J has just set to all cores for the thread that loads it.
        // Other threads have the setting of NativeProcess.
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        // Both libraries bring a pool of threads; two pools on the same cores fight.
        openblas.blas_set_num_threads(1);
        requirePinned();
      }
    } catch (EngineException e) {
      throw e;
    } catch (LinkageError | RuntimeException e) {
      throw new EngineException(
          "ND4J does not load on "
              + Loader.getPlatform()
              + " ("
              + Failures.firstLine(NativeProcess.rootOf(e))
              + "): put nd4j-native with a classifier of this platform on the class path",
          e);
    }
    loaded = true;
  }

  private static void requirePinned() {
    try {
      OpenBlas.requirePinned();
    } catch (IllegalStateException e) {
      throw new EngineException("no portable results: " + e.getMessage(), e);
    }
  }

  /** What the bits of ND4J's results may depend on. */
  static Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>(NativeProcess.facts());
    facts.put("ND4J", version().replace("ND4J ", ""));
    facts.putAll(OpenBlas.facts());
    Processor.library().ifPresent(text -> facts.put(System.mapLibraryName("nd4jcpu"), text));
    return facts;
  }

  /**
   * Refuses a device that the backend on the class path is not for.
   *
   * @throws EngineException if it is not
   */
  static void require(Device device) {
    boolean cpu = Nd4j.getEnvironment().isCPU();
    if (device.kind() == Device.Kind.CPU) {
      if (!cpu) {
        throw new EngineException(
            "the ND4J on the class path is the one for CUDA; use the device cuda, or nd4j-native");
      }
      return;
    }
    if (cpu) {
      throw new EngineException(
          "no device "
              + device
              + ": the ND4J on the class path is the one for processors; use cpu, or put the one for CUDA in its place");
    }
    int cards = Nd4j.getAffinityManager().getNumberOfDevices();
    if (device.index() >= cards) {
      throw new EngineException("no device " + device + ": there are " + cards + " cards");
    }
    Nd4j.getAffinityManager().unsafeSetDevice(device.index());
  }

  /**
   * The version of ND4J and the build of its native half, e.g. {@code ND4J 1.0.0-M2.1 onednn-avx2}.
   */
  static String version() {
    String build = Processor.build();
    try {
      return "ND4J "
          + Loader.getVersion("org.nd4j", "nd4j-api")
          + (build == null ? "" : build.replaceFirst("-", " "));
    } catch (IOException e) {
      return "ND4J of unknown version"; // the jar was repackaged without Maven's metadata
    }
  }
}
