package dev.sparring.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeProcessTest {
  private final Properties before = (Properties) System.getProperties().clone();

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "9999, 9999"})
  void threadsAreThoseOfTheProperty(String wish, int expected) {
    System.setProperty("sparring.threads", wish);
    assertEquals(expected, NativeProcess.threads());
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "two", "1.5", "''", "10000"})
  void otherTextsAreNoWish(String wish) {
    assumeTrue(System.getenv("OMP_NUM_THREADS") == null);
    System.setProperty("sparring.threads", wish);
    assertEquals(Runtime.getRuntime().availableProcessors(), NativeProcess.threads());
  }

  @Test
  void limitsOfTheUserStay() {
    System.setProperty("org.bytedeco.javacpp.maxBytes", "123");
    System.clearProperty("org.bytedeco.javacpp.maxPhysicalBytes");
    NativeProcess.prepare();
    assertEquals("123", System.getProperty("org.bytedeco.javacpp.maxBytes"));
    assertEquals("0", System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes"));
  }

  @Test
  void threadsThatLoadLaterFindTheSpinCount() {
    assumeTrue(Platform.isLinux());
    assumeTrue(System.getenv("GOMP_SPINCOUNT") == null && System.getenv("OMP_WAIT_POLICY") == null);
    NativeProcess.prepare();
    assertEquals("10000", environment("GOMP_SPINCOUNT"));
  }

  @Test
  void librariesThatLoadLaterFindTheNumberOfThreads() {
    assumeTrue(Platform.isLinux() || Platform.isMac());
    System.setProperty("sparring.threads", "3");
    NativeProcess.prepare();
    assertEquals("3", environment("OMP_NUM_THREADS"));
  }

  /** The C library's: Java's copy is older. */
  private static String environment(String name) {
    return NativeLibrary.getProcess()
        .getFunction("getenv")
        .invokeString(new Object[] {name}, false);
  }
}
