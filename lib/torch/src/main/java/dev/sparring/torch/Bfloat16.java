package dev.sparring.torch;

import com.sun.jna.NativeLibrary;
import dev.sparring.process.NativeProcess;
import dev.sparring.tensor.EngineException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether this process multiplies bfloat16 fast. */
final class Bfloat16 {
  /** {@code at::cpu::is_avx512_bf16_supported()}, by its name in the library. */
  private static final String ASKED = "_ZN2at3cpu24is_avx512_bf16_supportedEv";

  /** What may hold oneDNN to older instructions. */
  private static final List<String> LIMITS = List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA");

  private static final Pattern HIGH_ENOUGH =
      Pattern.compile(
          "|all|default|avx10.*|avx512_core_(bf16|fp16|amx.*)", Pattern.CASE_INSENSITIVE);

  private Bfloat16() {}

  /**
   * Refuses a processor without instructions for bfloat16, where libtorch would compute slowly in
   * loops of its own; libtorch has to be loaded.
   */
  static void require() {
    if (NativeProcess.isPortable()) {
      throw new EngineException(
          "precision bf16 is not portable: its kernels need more than AVX2; use float32, or"
              + " leave out portable");
    }
    for (String name : LIMITS) {
      String limit = System.getenv(name);
      if (limit != null && !HIGH_ENOUGH.matcher(limit).matches()) {
        throw new EngineException(
            "precision bf16 needs kernels that %s=%s in the environment forbids: unset it, or use float32"
                .formatted(name, limit));
      }
    }
    if (!isSupported()) {
      throw new EngineException(
          "precision bf16 needs a processor with AVX-512 BF16 (avx512_bf16 in /proc/cpuinfo), or"
              + " a graphics card; this one has none: use float32");
    }
    if (!Bfloat16Check.passes()) {
      throw new EngineException(
          "precision bf16: on this machine oneDNN computes derivatives of convolutions wrongly; use"
              + " float32");
    }
  }

  private static boolean isSupported() {
    Optional<NativeLibrary> torch = NativeProcess.library(System.mapLibraryName("torch_cpu"));
    try {
      return torch.isPresent()
          && (torch.get().getFunction(ASKED).invokeInt(new Object[0]) & 1) == 1; // a C++ bool
    } catch (LinkageError e) {
      return false; // a libtorch for another kind of processor
    }
  }
}
