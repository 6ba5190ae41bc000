package dev.sparring.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.jna.NativeLibrary;
import dev.sparring.process.OpenBlas;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Engines;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How native libraries are found, and what asking them for their versions must leave as it was. */
class TorchLibrariesTest {
  private static final String GRADIENT = "[24.0, 24.0]";

  /** Unpacked libraries are loaded without JavaCPP, which would search all jars for each class. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void nothingIsSearchedTwice() throws Exception {
    assumeFalse(LibraryUnpacker.hasCuda());
    Engines.open("torch", Device.CPU, Precision.FLOAT32).close(); // unpacks them
    assertEquals(GRADIENT + " [jnijavacpp]", startJvm()); // its own, once
  }

  /** Where JavaCPP is told something, it loads them itself. */
  @Test
  void settingsOfJavaCppCount() throws Exception {
    String line = startJvm("-Dorg.bytedeco.javacpp.logger.debug=false");
    assertTrue(line.startsWith(GRADIENT) && line.contains("jnitorch"), line);
  }

  private static String startJvm(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Step.class.getName()));
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** What a step of a training needs; prints a gradient, and the libraries that JavaCPP loaded. */
  static final class Step {
    private Step() {}

    public static void main(String[] args) {
      try (Engine e = Engines.open("torch", Device.CPU, Precision.FLOAT32)) {
        e.facts();
        e.scope(
            () -> {
              Tensor w = e.full(2, Shape.of(1, 1, 1, 1)).variable();
              Tensor x = e.upload(new float[8], Shape.of(2, 1, 2, 2)).plus(3);
              Tensor y = x.conv2d(w, null, 1, 0).leakyRelu(0.1).reshape(Shape.of(2, 4));
              Tensor scale = e.full(1, Shape.of(2, 1)).variable();
              Tensor sum = y.times(scale).linear(e.full(1, Shape.of(1, 4)), null).sum();
              float[] gradient = e.gradients(sum, List.of(scale), false).get(0).toFloats();
              System.out.println(
                  Arrays.toString(gradient) + " " + Loader.getLoadedLibraries().keySet());
            });
      }
    }
  }

  /**
   * JavaCPP loads two copies of OpenBLAS, each for itself. If one came into the scope of all
   * libraries, functions of the other that are found later would be those of the first: each
   * product would lose a buffer, and the process would end after 128.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void functionsOfOpenBlasStayInTheirLibrary() {
    try (Engine engine = Engines.open("torch", Device.CPU, Precision.FLOAT32)) {
      assertFalse(engine.facts().isEmpty());
      assertFalse(OpenBlas.facts().isEmpty());
      NativeLibrary everything = NativeLibrary.getProcess();
      assertThrows(UnsatisfiedLinkError.class, () -> everything.getFunction("openblas_get_config"));
    }
  }
}
