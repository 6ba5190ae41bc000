package dev.sparring.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.extract.Extractor;
import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.ExtractorFile;
import dev.sparring.extract.ExtractorProvider;
import dev.sparring.extract.Pixels;
import dev.sparring.extract.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractorsTest {
  private static final Preprocessing UNIT = Preprocessing.named("unit");

  @TempDir private Path folder;

  @Test
  void coreReadsNoFilesItself() {
    assertMessage(
        "a/net.onnx: nothing on the class path reads .onnx files; add the artifact"
            + " sparring-onnxruntime",
        Path.of("a/net.onnx"));
    assertMessage(
        "net.PT: nothing on the class path reads .pt files; add the artifact sparring-torch",
        Path.of("net.PT"));
    assertMessage(
        "weights.pth: expected a file ending in .onnx, .pt, .torchscript, .ts",
        Path.of("weights.pth"));
  }

  @Test
  void theProviderOfTheEndingIsAsked() throws IOException {
    List<ExtractorFile> asked = new ArrayList<>();
    Extractor given = new Pixels();
    ExtractorProvider provider =
        new ExtractorProvider() {
          @Override
          public List<String> endings() {
            return List.of(".one", ".two");
          }

          @Override
          public Extractor open(ExtractorFile file) {
            asked.add(file);
            return given;
          }
        };
    Path path = Files.writeString(folder.resolve("Net.TWO"), "abc");
    Optional<String> output = Optional.of("pool");
    assertSame(given, Extractors.open(path, UNIT, output, List.of(provider)));
    assertEquals(List.of(ExtractorFile.of(path, UNIT, output)), asked);

    Path missing = folder.resolve("missing.one");
    assertEquals(
        missing + ": no such file; expected a network as ONNX or TorchScript",
        assertThrows(
                ExtractorException.class,
                () -> Extractors.open(missing, UNIT, output, List.of(provider)))
            .getMessage());
  }

  private static void assertMessage(String expected, Path path) {
    assertEquals(
        expected,
        assertThrows(ExtractorException.class, () -> Extractors.open(path, UNIT)).getMessage());
  }
}
