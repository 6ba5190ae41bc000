package dev.sparring.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.conformance.ExtractorConformance;
import dev.sparring.eval.Extractors;
import dev.sparring.extract.Extractor;
import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.Preprocessing;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Files by src/test/golden/extractors.py. */
class TorchExtractorTest {
  private static final Preprocessing UNIT = Preprocessing.named("unit");

  /** Outputs of all kinds, and the signature of the published Inception file. */
  @Nested
  class Golden extends ExtractorConformance {
    Golden() {
      super(TorchExtractorTest.class, 10);
    }
  }

  private static Path resource(String name) {
    try {
      return Path.of(TorchExtractorTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void conditionsSayHowTheModuleIsCalled() {
    try (Extractor like = Extractors.open(resource("like-inception.pt"), UNIT);
        Extractor named = Extractors.open(resource("dict.pt"), UNIT, Optional.of("logits"))) {
      assertTrue(
          like.conditions()
              .matches(
                  "like-inception.pt \\(SHA-256 [0-9a-f]{64}\\), with return_features=True, first"
                      + " output \\(averaged over height and width where it has them\\), by libtorch"
                      + " 2\\.\\S+; preprocessing unit: \\[0, 1\\]"),
          like.conditions());
      assertTrue(
          named.conditions().contains("), output logits (averaged over"), named.conditions());
      assertTrue(named.id().matches("torchscript:[0-9a-f]{64}:logits:unit: .*"), named.id());
    }
  }

  @Test
  void anExtractorOutlivesTheScopeInWhichItWasOpened() {
    Extractor[] kept = new Extractor[1];
    try (TorchEngine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32)) {
      engine.scope(() -> kept[0] = Extractors.open(resource("gray.pt"), UNIT));
    }
    assertEquals(5, kept[0].features(new float[64], Shape.of(1, 8, 8)).columns());
    kept[0].close();
  }

  @Test
  void whatIsNoModuleIsSaidInOneLine() throws IOException {
    assertMessage(
        ": cannot be used as TorchScript: PytorchStreamReader failed locating file constants.pkl:"
            + " file not found; expected a module saved by torch.jit.save",
        "weights.pt");
    assertMessage(": a module without a method forward", "mute.pt");
    Path text = Files.writeString(Files.createTempFile("text", ".pt"), "no module");
    try {
      String message =
          assertThrows(ExtractorException.class, () -> Extractors.open(text, UNIT)).getMessage();
      assertTrue(message.startsWith(text + ": cannot be used as TorchScript: "), message);
      assertEquals(1, message.lines().count(), message);
    } finally {
      Files.delete(text);
    }
  }

  private static void assertMessage(String expected, String file) {
    Path path = resource(file);
    assertEquals(
        path + expected,
        assertThrows(ExtractorException.class, () -> Extractors.open(path, UNIT)).getMessage());
  }

  @Test
  void whatFailsInsideIsSaidWithoutItsTraces() {
    String samples = "; samples after preprocessing 'unit' are (N, 2, 6, 8)";
    assertCheck(
        "tuple.pt",
        ": Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 2, 6, 8] to have 3"
            + " channels, but got 2 channels instead"
            + samples);
    assertCheck("like-inception.pt", ": AssertionError" + samples);
    assertCheck(
        "pair.pt",
        ": forward() is missing value for argument 'y'. Declaration: forward(__torch__.Pair self,"
            + " Tensor x, Tensor y) -> Tensor"
            + samples);
  }

  @Test
  void outputsThatAreNoFeaturesAreRefused() {
    String samples = "; samples after preprocessing 'unit' are (N, 3, 6, 8)";
    assertCheck(
        "words.pt", ": gives String; features are a tensor (N, d) or (N, d, h, w)" + samples, null);
    assertCheck("tuple.pt", ": no output '2'; outputs are numbered from 0 to 1" + samples, "2");
    assertCheck(
        "list.ts", ": no output 'pool'; outputs are numbered from 0 to 1" + samples, "pool");
    assertCheck("dict.pt", ": the output must be named, one of maps, logits" + samples, null);
    assertCheck("dict.pt", ": no output 'pool'; there is maps, logits" + samples, "pool");
    assertCheck(
        "like-inception.pt", ": no output '0'; it gives one tensor, without a name" + samples, "0");
  }

  private static void assertCheck(String file, String expected) {
    assertCheck(file, expected, null, Shape.of(2, 6, 8));
  }

  private static void assertCheck(String file, String expected, String output) {
    assertCheck(file, expected, output, Shape.of(3, 6, 8));
  }

  private static void assertCheck(String file, String expected, String output, Shape sample) {
    Path path = resource(file);
    try (Extractor extractor = Extractors.open(path, UNIT, Optional.ofNullable(output))) {
      Executable check = () -> extractor.check(sample);
      assertEquals(
          path + expected, assertThrows(IllegalArgumentException.class, check).getMessage());
    }
  }
}
