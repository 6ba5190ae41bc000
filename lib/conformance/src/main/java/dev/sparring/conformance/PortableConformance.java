package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.EngineProvider;
import dev.sparring.tensor.Engines;
import dev.sparring.tensor.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A portable engine does not hear the environment, and says what it computes with. Trainings run in
 * processes of their own; a machine that cannot be portable skips all but the refusal.
 */
public interface PortableConformance {
  /** Other kernels and more threads, in the words of every library. */
  Map<String, String> OTHER =
      Map.of(
          "ATEN_CPU_CAPABILITY", "default",
          "DNNL_MAX_CPU_ISA", "SSE41",
          "OMP_NUM_THREADS", "2",
          "ONEDNN_MAX_CPU_ISA", "SSE41",
          "OPENBLAS_CORETYPE", "Prescott");

  /** The same, and what an engine may not even survive if it hears it. */
  Map<String, String> ADVERSE = adverse();

  private static Map<String, String> adverse() {
    Map<String, String> all = new LinkedHashMap<>(OTHER);
    all.put("OMP_DYNAMIC", "true");
    all.put("OMP_THREAD_LIMIT", "2");
    all.put("ONEDNN_DEFAULT_FPMATH_MODE", "BF16");
    all.put("OPENBLAS_L2_SIZE", "0x400");
    all.put("SD_FORBID_HELPERS", "1");
    all.put("SD_MAX_THREADS", "2");
    return Map.copyOf(all);
  }

  /** The name of the engine under test. */
  String engine();

  /** Equal bits under an environment that changes them otherwise; one process has one setting. */
  @Test
  default void theEnvironmentChangesOtherBitsOnly() throws Exception {
    assumeTrue(Engines.named(engine()).whyNotPortable().isEmpty());
    Said quiet = run(true, Map.of());
    Said loud = run(true, ADVERSE);
    Said free = run(false, OTHER);
    assertEquals("true", quiet.word("portable"));
    assertEquals(quiet.word("weights"), loud.word("weights"));
    assertNotEquals(quiet.word("weights"), free.word("weights"), "the test cannot fail");

    assertEquals("1", loud.fact("threads"));
    assertEquals("Haswell", loud.fact("OpenBLAS kernels"));
    assertEquals("SSE41", loud.fact("ignored ONEDNN_MAX_CPU_ISA"));
    assertEquals("2", free.fact("threads"));
    assertEquals("false", free.word("portable"));
    assertEquals("Prescott", free.fact("OpenBLAS kernels"));
    assertEquals("SSE41", free.fact("env ONEDNN_MAX_CPU_ISA"));
    for (String fact : List.of("processor", "vectors", "glibc", "OpenBLAS")) {
      assertTrue(quiet.facts().containsKey(fact), () -> fact + " of " + quiet);
    }

    assertTrue(
        quiet
            .word("refused")
            .endsWith("open every engine portable, or this one in another process"),
        quiet::toString);
    assertTrue(
        free.word("refused").endsWith("open the portable one first, or in another process"),
        free::toString);
  }

  /** In this process, where an engine may be open already, only what concerns the device. */
  @Test
  default void cardsAreRefused() {
    EngineProvider provider = Engines.named(engine());
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> provider.openPortable(Device.parse("cuda"), Precision.FLOAT32));
    assertEquals("portable results are for the device cpu, not for cuda:0", e.getMessage());
  }

  private Said run(boolean portable, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", // it runs for a moment
            "-cp",
            System.getProperty("java.class.path"),
            PortableRun.class.getName(),
            engine(),
            String.valueOf(portable));
    builder.environment().keySet().removeIf(ADVERSE::containsKey);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    return Said.of(text);
  }

  /** The lines of a process: words, and facts. */
  record Said(Map<String, String> words, Map<String, String> facts) {
    static Said of(String text) {
      Map<String, String> words = new LinkedHashMap<>();
      Map<String, String> facts = new LinkedHashMap<>();
      for (String line : text.lines().toList()) {
        int end = line.indexOf(' ');
        if (line.startsWith("fact ")) {
          int equals = line.indexOf('=');
          facts.put(line.substring(end + 1, equals), line.substring(equals + 1));
        } else if (end > 0) {
          words.put(line.substring(0, end), line.substring(end + 1));
        }
      }
      return new Said(words, facts);
    }

    String word(String name) {
      return words.getOrDefault(name, "no word " + name);
    }

    String fact(String name) {
      return facts.getOrDefault(name, "no fact " + name);
    }
  }
}
