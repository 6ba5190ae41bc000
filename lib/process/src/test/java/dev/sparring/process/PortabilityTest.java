package dev.sparring.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortabilityTest {
  private static final List<String> HASWELL = List.of("sse4_2", "avx", "fma", "avx2");

  private final Properties before = (Properties) System.getProperties().clone();

  @BeforeEach
  void threadsOfTheSuite() {
    System.clearProperty("sparring.threads");
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  private static String why(boolean isKnown, List<String> flags) {
    return Portability.whyNot(isKnown, "Mac OS X aarch64", flags).orElse("possible");
  }

  @Test
  void processorsWithAvx2AndFmaCanDoIt() {
    assertEquals("possible", why(true, HASWELL));
    System.setProperty("sparring.threads", "1");
    assertEquals("possible", why(true, HASWELL));
  }

  @Test
  void othersAreToldWhatTheyLack() {
    assertEquals("it needs Linux on x86-64, this is Mac OS X aarch64", why(false, HASWELL));
    assertEquals(
        "it needs a processor with AVX2 and FMA, this one has no avx2",
        why(true, List.of("fma", "avx")));
    assertEquals(
        "it needs a processor with AVX2 and FMA, this one has no avx2, no fma",
        why(true, List.of("sse4_2")));
  }

  @Test
  void aNumberOfThreadsAndPortableExcludeEachOther() {
    System.setProperty("sparring.threads", "4");
    assertEquals(
        "it computes with 1 thread, -Dsparring.threads says 4; leave one of the two out",
        why(true, HASWELL));
  }

  @Test
  void anotherBlasIsRefused() {
    System.setProperty("org.bytedeco.openblas.load", "mkl_rt");
    assertEquals(
        "-Dorg.bytedeco.openblas.load puts another library in the place of OpenBLAS; leave it out",
        why(true, HASWELL));
  }

  @Test
  void openBlasHasToHaveTheKernelsThatItWasToldToHave() {
    Portability.requirePinned(Map.of("OpenBLAS kernels", "Haswell"));
    assertEquals(
        "it needs the OpenBLAS kernels for Haswell, here they are SkylakeX",
        assertThrows(
                IllegalStateException.class,
                () -> Portability.requirePinned(Map.of("OpenBLAS kernels", "SkylakeX")))
            .getMessage());
    assertThrows(IllegalStateException.class, () -> Portability.requirePinned(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "ONEDNN_MAX_CPU_ISA, true",
    "DNNL_DEFAULT_FPMATH_MODE, true",
    "OPENBLAS_L2_SIZE, true",
    "MKL_NUM_THREADS, true",
    "OMP_THREAD_LIMIT, true",
    "SD_FORBID_HELPERS, true",
    "GOTO_NUM_THREADS, true",
    "OMP_WAIT_POLICY, false",
    "GOMP_SPINCOUNT, false",
    "GLIBC_TUNABLES, false",
    "SD_TOKEN, false",
    "HOME, false"
  })
  void variablesThatChooseKernelsCountForNothing(String name, boolean ignored) {
    assertEquals(ignored, KernelVariables.isIgnoredIfPortable(name));
  }

  @Test
  void variablesThatMayMatterAreRecordedAndNoOthers() {
    Map<String, String> set =
        Map.of(
            "OMP_NUM_THREADS",
            "2",
            "LD_PRELOAD",
            "a.so",
            "SD_TOKEN",
            "secret",
            "HOME",
            "/root",
            "GOMP_SPINCOUNT",
            "7");
    assertEquals(
        Map.of("OMP_NUM_THREADS", "2", "LD_PRELOAD", "a.so", "GOMP_SPINCOUNT", "7"),
        KernelVariables.of(set));
  }

  @Test
  void processorsTellTheirModelAndVectors() {
    List<String> cpuinfo =
        List.of(
            "processor\t: 0",
            "cpu family\t: 25",
            "model\t\t: 1",
            "model name\t: AMD EPYC",
            "stepping\t: 1",
            "flags\t\t: fpu sse2 sse4_2 avx2 avx fma rdpid avx512f");
    assertEquals(
        Map.of(
            "processor", "AMD EPYC (family 25, model 1, stepping 1)",
            "vectors", "avx avx2 avx512f fma sse4_2"),
        ProcessorFacts.ofLinux(cpuinfo));
    assertTrue(ProcessorFacts.flags(cpuinfo).contains("rdpid"));
  }

  @Test
  void aProcessorThatSaysLittleIsNoError() {
    assertEquals(Map.of(), ProcessorFacts.ofLinux(List.of()));
    assertEquals(
        Map.of("vectors", "asimd"), ProcessorFacts.ofLinux(List.of("Features\t: fp asimd")));
    assertFalse(ProcessorFacts.flags(List.of()).contains("avx2"));
  }

  @Test
  void librariesOutsideOfJarsAreNotDescribed() {
    ClassLoader loader = PortabilityTest.class.getClassLoader();
    assertEquals(Optional.empty(), LibraryFile.describe(loader, "no/such/library.so"));
    assertTrue(
        LibraryFile.describe(loader, "com/sun/jna/Native.class")
            .orElse("")
            .matches("\\d+ bytes, CRC-32 [0-9a-f]{8}"));
  }
}
