package dev.sparring.torch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.jna.NativeLibrary;
import dev.sparring.process.OpenBlas;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Engines;
import dev.sparring.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What asking native libraries for their versions must leave as it was. */
class TorchLibrariesTest {
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
