package dev.sparring.torch;

import dev.sparring.process.NativeProcess;
import org.bytedeco.pytorch.global.torch;

/**
 * What c10d says by itself on standard error, with a C++ stack at times: that it tries again, that
 * a connection has ended. It throws the same, and our one line says it.
 */
final class GroupLog {
  /** libtorch's own variable: the least level that is written. */
  private static final String LEVEL = "TORCH_CPP_LOG_LEVEL";

  private GroupLog() {}

  /**
   * Silences everything that does not end the process, from now on. If the user has set libtorch's
   * variable, that counts.
   */
  static void silence() {
    NativeProcess.setUnlessGiven(LEVEL, "FATAL");
    // Reads the variable, which without Python nothing else does.
    torch.initLogging();
  }
}
