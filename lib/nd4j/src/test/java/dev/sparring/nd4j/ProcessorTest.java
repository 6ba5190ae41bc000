package dev.sparring.nd4j;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
  private static final String X86 =
      """
      processor\t: 0
      vendor_id\t: GenuineIntel
      flags\t\t: fpu vme sse2 avx avx512vl
      vmx flags\t: vnmi preemption_timer avx2

      processor\t: 1
      flags\t\t: fpu vme sse2 avx avx512vl
      """;
  private static final String ARM =
      """
      processor\t: 0
      BogoMIPS\t: 50.00
      Features\t: fp asimd evtstrm crc32
      """;

  @TempDir private Path folder;

  @Test
  void aFeatureIsAWholeWordOfTheFlags() throws IOException {
    Path x86 = cpuinfo(X86);
    assertFalse(Processor.lacks("avx", x86));
    assertFalse(Processor.lacks("fpu", x86));
    assertTrue(Processor.lacks("avx2", x86));
    assertTrue(Processor.lacks("avx512f", x86));
  }

  @Test
  void wherePlainTextDoesNotTellNothingIsLacking() throws IOException {
    assertFalse(Processor.lacks("avx2", cpuinfo(ARM)));
    assertFalse(Processor.lacks("avx2", cpuinfo("")));
    assertFalse(Processor.lacks("avx2", folder.resolve("missing")));
  }

  @Test
  void aBuildThatThisProcessorCannotRunIsRefused() throws IOException {
    Path x86 = cpuinfo(X86);
    String platform = Loader.getPlatform();
    assertEquals(
        "this processor has no avx2, which the %s-onednn-avx2 build of nd4j-native needs; take the"
                .formatted(platform)
            + " classifier "
            + platform
            + "-onednn",
        refusal("-onednn-avx2", x86));
    assertTrue(refusal("-avx2", x86).contains("no avx2"));
    assertTrue(refusal("-onednn-avx512", x86).contains("no avx512f"));
    assertTrue(refusal("-avx512", x86).contains("no avx512f"));
  }

  @Test
  void otherBuildsRunEverywhere() throws IOException {
    Path x86 = cpuinfo(X86);
    assertDoesNotThrow(() -> Processor.require("", x86));
    assertDoesNotThrow(() -> Processor.require("-onednn", x86));
    assertDoesNotThrow(() -> Processor.require(null, x86));
    assertDoesNotThrow(() -> Processor.require("-onednn-avx512", folder.resolve("missing")));
  }

  private static String refusal(String build, Path cpuinfo) {
    return String.valueOf(
        assertThrows(EngineException.class, () -> Processor.require(build, cpuinfo)).getMessage());
  }

  private Path cpuinfo(String text) throws IOException {
    return Files.writeString(folder.resolve("cpuinfo"), text);
  }
}
