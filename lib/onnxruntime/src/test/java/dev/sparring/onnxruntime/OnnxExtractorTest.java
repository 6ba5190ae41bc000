package dev.sparring.onnxruntime;

import static dev.sparring.onnxruntime.Models.floats;
import static dev.sparring.onnxruntime.Models.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.sparring.conformance.ExtractorConformance;
import dev.sparring.eval.Extractors;
import dev.sparring.extract.Extractor;
import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.Preprocessing;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class OnnxExtractorTest {
  private static final Preprocessing UNIT = Preprocessing.named("unit");

  @TempDir private Path folder;

  private static Path resource(String name) {
    try {
      return Path.of(OnnxExtractorTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The models were written by lib/torch/src/test/golden/extractors.py. */
  @Nested
  class Golden extends ExtractorConformance {
    Golden() {
      super(OnnxExtractorTest.class, 4);
    }
  }

  @Test
  void conditionsNameFileOutputRuntimeAndPreprocessing() {
    try (Extractor maps = Extractors.open(resource("heads.onnx"), UNIT);
        Extractor logits = Extractors.open(resource("heads.onnx"), UNIT, Optional.of("logits"))) {
      assertEquals("heads", maps.name());
      assertTrue(
          maps.conditions()
              .matches(
                  "heads.onnx \\(SHA-256 [0-9a-f]{64}\\), output maps \\(N, 5, 3, 3\\) averaged over"
                      + " height and width, by ONNX Runtime 1\\.\\d+\\.\\d+; preprocessing unit:"
                      + " \\[0, 1\\]"),
          maps.conditions());
      assertTrue(
          logits.conditions().contains(", output logits (N, 3), by ONNX"), logits.conditions());
      assertTrue(logits.id().matches("onnx:[0-9a-f]{64}:logits:unit: \\[0, 1\\]"), logits.id());
    }
  }

  @Test
  void theFirstOutputIsTheFirstOfTheModelNotOfTheAlphabet() {
    Path file =
        Models.write(
            folder.resolve("two.onnx"),
            List.of(floats("x", "n", 1, "h", "w")),
            List.of(node("Neg", "z", "x"), node("Abs", "a", "x")),
            List.of(floats("z", "n", 1, "h", "w"), floats("a", "n", 1, "h", "w")));
    try (Extractor extractor = Extractors.open(file, Preprocessing.named("signed"))) {
      assertEquals(-0.75, extractor.features(new float[] {0.5f, 1}, Shape.of(1, 1, 2)).get(0, 0));
    }
  }

  @Test
  void whatIsNoModelIsSaidInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    String message = assertThrows(ExtractorException.class, () -> open(text)).getMessage();
    assertEquals(
        text
            + ": cannot be used as an ONNX model: Failed to load model because protobuf"
            + " parsing failed.",
        message);
    Path unknown =
        Models.write(
            folder.resolve("unknown.onnx"),
            List.of(floats("x", "n", 1, 2, 2)),
            List.of(node("Telepathy", "y", "x")),
            List.of(floats("y", "n", 1, 2, 2)));
    message = assertThrows(ExtractorException.class, () -> open(unknown)).getMessage();
    assertTrue(message.startsWith(unknown + ": cannot be used as an ONNX model: "), message);
    assertTrue(message.contains("Telepathy"), message);
    assertEquals(1, message.lines().count());
  }

  /** Their checksum would not be in the conditions. */
  @Test
  void weightsInOtherFilesAreNotFollowed() throws IOException {
    Files.write(folder.resolve("weights.bin"), new byte[16]);
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("test")
            .addInput(floats("x", "n", 1, 2, 2))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("w")
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .addAllDims(List.of(2L, 2L))
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(
                        StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue("weights.bin")))
            .addNode(node("Mul", "y", "x", "w"))
            .addOutput(floats("y", "n", 1, 2, 2))
            .build();
    Path file = Models.write(folder.resolve("external.onnx"), graph);
    assertMessage(
        file
            + ": cannot be used as an ONNX model: weights are in another file; export the model as"
            + " one file that holds them",
        () -> open(file));
  }

  @Test
  void modelsThatTakeNoImagesAreRefused() {
    Path vector =
        Models.write(
            folder.resolve("vector.onnx"),
            List.of(floats("x", "n", 7)),
            List.of(node("Neg", "y", "x")),
            List.of(floats("y", "n", 7)));
    assertMessage(
        vector + ": takes x (N, 7); an extractor takes images (N, C, H, W)", () -> open(vector));
    Path bytes =
        Models.write(
            folder.resolve("bytes.onnx"),
            List.of(Models.value("x", TensorProto.DataType.UINT8, "n", 3, 4, 4)),
            List.of(node("Identity", "y", "x")),
            List.of(Models.value("y", TensorProto.DataType.UINT8, "n", 3, 4, 4)));
    assertMessage(
        bytes
            + ": has no input of floats; it takes x (N, 3, 4, 4) of UINT8, and an extractor takes"
            + " images (N, C, H, W)",
        () -> open(bytes));
    Path pair =
        Models.write(
            folder.resolve("pair.onnx"),
            List.of(floats("x", "n", 1, 2, 2), floats("t", 1)),
            List.of(node("Mul", "y", "x", "t")),
            List.of(floats("y", "n", 1, 2, 2)));
    assertMessage(
        pair + ": takes x (N, 1, 2, 2), t (1); an extractor has one input, images (N, C, H, W)",
        () -> open(pair));
  }

  @Test
  void outputsThatAreNoFeaturesAreRefused() {
    Path heads = resource("heads.onnx");
    assertMessage(
        heads + ": no output 'pool'; there is maps (N, 5, 3, 3), logits (N, 3)",
        () -> Extractors.open(heads, UNIT, Optional.of("pool")));
    Path shape =
        Models.write(
            folder.resolve("shape.onnx"),
            List.of(floats("x", "n", 1, 2, 2)),
            List.of(node("Shape", "y", "x")),
            List.of(Models.value("y", TensorProto.DataType.INT64, 4)));
    assertMessage(
        shape
            + ": gives y (4) of INT64; features are floats (N, d) or (N, d, h, w); there is"
            + " y (4) of INT64",
        () -> open(shape));
  }

  @Test
  void samplesThatDoNotFitAreRefusedBeforeTheyAreMade() {
    Path heads = resource("heads.onnx");
    try (Extractor extractor = Extractors.open(heads, UNIT)) {
      assertEquals(
          heads
              + ": takes (N, 3, 6, 8); samples after preprocessing 'unit' are (N, 1, 6, 8); these"
              + " would fit: bytes, imagenet",
          assertThrows(IllegalArgumentException.class, () -> extractor.check(Shape.of(1, 6, 8)))
              .getMessage());
    }
  }

  @Test
  void whatFailsInsideIsSaidInOneLine() {
    Path file =
        Models.write(
            folder.resolve("late.onnx"),
            List.of(floats("x", "n", "c", "h", "w")),
            List.of(node("MatMul", "y", "x", "x")),
            List.of(floats("y", "n", "c", "h", "w2")));
    try (Extractor extractor = Extractors.open(file, UNIT)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> extractor.check(Shape.of(1, 2, 3)))
              .getMessage();
      assertTrue(message.startsWith(file + ": "), message);
      assertTrue(message.contains("MatMul"), message);
      assertTrue(
          message.endsWith("; samples after preprocessing 'unit' are (N, 1, 2, 3)"), message);
      assertEquals(1, message.lines().count());
    }
  }

  private static Extractor open(Path file) {
    return Extractors.open(file, UNIT);
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(ExtractorException.class, call).getMessage());
  }
}
