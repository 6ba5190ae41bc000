package dev.sparring.torch;

import dev.sparring.file.Reason;
import dev.sparring.process.NativeProcess;
import dev.sparring.process.OpenBlas;
import dev.sparring.tensor.EngineException;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch once, with the settings that must be made before or right after. */
final class Natives {
  private static boolean loaded;

  private Natives() {}

  /** Loads the native libraries for portable results or others, as this process has them. */
  static void load() {
    load(NativeProcess.isPortable());
  }

  /**
   * Loads the native libraries; further calls only check.
   *
   * @param portable whether results have to be portable
   * @throws EngineException in one line that says what to do, if they do not load, or this process
   *     has them loaded otherwise
   */
  static synchronized void load(boolean portable) {
    try {
      NativeProcess.prepare(portable);
    } catch (IllegalStateException e) {
      throw new EngineException(
          (portable ? "no portable results: " : "torch: ") + e.getMessage(), e);
    }
    if (loaded) {
      return;
    }
    try {
      LibraryUnpacker.unpack();
      Loader.load(openblas.class);
      JavaCppClasses.load();
      // Both libraries bring a pool of threads; two pools on the same cores fight.
      JavaCppClasses.withoutSearch(() -> openblas.blas_set_num_threads(1));
      torch.set_num_threads(NativeProcess.threads());
      // It takes over some convolutions on one thread, with other roundings, on processors that it
      // knows; on others it tells the terminal at each convolution that it does not.
      torch.globalContext().setUserEnabledNNPACK(false);
      OpenBlas.requirePinned();
    } catch (IllegalStateException e) {
      throw new EngineException("no portable results: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new EngineException(
          "libtorch does not load on "
              + Loader.getPlatform()
              + " ("
              + Failures.firstLine(NativeProcess.rootOf(e))
              + "): put javacpp, openblas and pytorch with the classifier "
              + Loader.getPlatform()
              + " on the class path",
          e);
    } catch (IOException e) {
      throw new EngineException(
          "libtorch cannot be unpacked: " + Reason.of(e) + "; is there room in the home folder?",
          e);
    }
    loaded = true;
  }

  /** The version of libtorch and of its Java binding, e.g. {@code libtorch 2.10.0-1.5.13}. */
  static String version() {
    try {
      return "libtorch " + Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      return "libtorch of unknown version"; // the jar was repackaged without Maven's metadata
    }
  }
}
