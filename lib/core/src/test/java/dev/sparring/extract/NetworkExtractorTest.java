package dev.sparring.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class NetworkExtractorTest {
  @TempDir private Path folder;

  /** In place of a runtime: outputs the mean and the first number of each image. */
  private static final class Fake implements FeatureModel {
    final Input input;
    final Function<Shape, Shape> output;
    final List<Shape> ran = new ArrayList<>();
    boolean closed;

    Fake(Input input, Function<Shape, Shape> output) {
      this.input = input;
      this.output = output;
    }

    @Override
    public String kind() {
      return "fake";
    }

    @Override
    public Input input() {
      return input;
    }

    @Override
    public String description() {
      return "by a test";
    }

    @Override
    public Output run(float[] images, Shape shape) {
      ran.add(shape);
      assertEquals(shape.elements(), images.length);
      Shape made = output.apply(shape);
      float[] values = new float[made.elements()];
      int size = shape.sample().elements();
      int perSample = values.length / made.dim(0);
      for (int i = 0; i < values.length; i++) {
        values[i] = images[Math.min(i / perSample, shape.dim(0) - 1) * size] + i % perSample;
      }
      return FeatureModel.output(made, values);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static Function<Shape, Shape> columns(int d) {
    return shape -> Shape.of(shape.dim(0), d);
  }

  private ExtractorFile file(String preprocessing) {
    try {
      Path path = Files.writeString(folder.resolve("net work.2.onnx"), "abc");
      return ExtractorFile.of(path, Preprocessing.named(preprocessing), Optional.empty());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private NetworkExtractor extractor(String preprocessing, Fake model) {
    return new NetworkExtractor(file(preprocessing), model);
  }

  private static float[] ramp(int count, int size) {
    float[] samples = new float[count * size];
    for (int i = 0; i < samples.length; i++) {
      int sample = i / size;
      samples[i] = sample / 128f;
    }
    return samples;
  }

  private static void assertRamp(int count, int d, Features features) {
    assertEquals(count, features.rows());
    assertEquals(d, features.columns());
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < d; c++) {
        assertEquals(i / 128f + c, features.get(i, c), 1e-6, i + ", " + c);
      }
    }
  }

  @Test
  void samplesPassInBatchesOfBoundedSize() {
    Fake model = new Fake(FeatureModel.Input.ANY, columns(3));
    assertRamp(130, 3, extractor("signed", model).features(ramp(130, 4), Shape.of(1, 2, 2)));
    assertEquals(List.of(64, 64, 2), model.ran.stream().map(s -> s.dim(0)).toList());
    model.ran.clear();
    extractor("inception2015", model).features(ramp(40, 4), Shape.of(1, 2, 2));
    assertEquals(List.of(31, 9), model.ran.stream().map(s -> s.dim(0)).toList());
    assertEquals(Shape.of(31, 3, 299, 299), model.ran.get(0));
  }

  @Test
  void aFixedBatchIsFilledUp() {
    Fake model = new Fake(new FeatureModel.Input(5, 1, 0, 0), columns(2));
    assertRamp(12, 2, extractor("signed", model).features(ramp(12, 4), Shape.of(1, 2, 2)));
    assertEquals(List.of(5, 5, 5), model.ran.stream().map(s -> s.dim(0)).toList());
  }

  @Test
  void mapsAreAveraged() {
    Fake model = new Fake(FeatureModel.Input.ANY, shape -> Shape.of(shape.dim(0), 2, 3, 5));
    Features features = extractor("signed", model).features(ramp(3, 4), Shape.of(1, 2, 2));
    assertEquals(2, features.columns());
    assertEquals(2 / 128f + 7, features.get(2, 0), 1e-6); // of 0 to 14
    assertEquals(2 / 128f + 22, features.get(2, 1), 1e-6);
  }

  @Test
  void outputsThatAreNoFeaturesAreRefused() {
    Path path = file("unit").path();
    for (Shape wrong : List.of(Shape.of(4), Shape.of(4, 2, 2), Shape.of(3, 2))) {
      Fake model = new Fake(FeatureModel.Input.ANY, shape -> wrong);
      assertMessage(
          ExtractorException.class,
          path + ": gives " + wrong + " for 4 samples; features are (N, d) or (N, d, h, w)",
          () -> extractor("unit", model).features(ramp(4, 4), Shape.of(1, 2, 2)));
    }
    int[] calls = {0};
    Fake moody = new Fake(FeatureModel.Input.ANY, s -> Shape.of(s.dim(0), 2 + calls[0]++));
    assertMessage(
        ExtractorException.class,
        path + ": gives 3 features, after 2 of the samples before",
        () -> extractor("unit", moody).features(ramp(65, 4), Shape.of(1, 2, 2)));
  }

  @Test
  void whatTheNetworkDoesNotTakeIsSaidWithWhatWouldBeRight() {
    Path path = file("unit").path();
    Shape sample = Shape.of(1, 28, 28);
    Fake inception = new Fake(new FeatureModel.Input(0, 3, 299, 299), columns(2));
    String text =
        path
            + ": takes (N, 3, 299, 299); samples after preprocessing 'unit' are (N, 1, 28, 28);"
            + " these would fit: inception2015, bytes@299, imagenet@299";
    assertMessage(
        IllegalArgumentException.class,
        text,
        () -> extractor("unit", inception).features(new float[784], sample));
    assertMessage(
        IllegalArgumentException.class, text, () -> extractor("unit", inception).check(sample));
    assertEquals(List.of(), inception.ran);
    Fake wide = new Fake(new FeatureModel.Input(2, 3, 0, 32), columns(2));
    assertMessage(
        IllegalArgumentException.class,
        path
            + ": takes (2, 3, H, 32); samples after preprocessing 'unit' are (N, 1, 28, 28);"
            + " no preprocessing makes them so",
        () -> extractor("unit", wide).check(sample));
    Fake gray = new Fake(new FeatureModel.Input(0, 1, 28, 28), columns(2));
    assertMessage(
        IllegalArgumentException.class,
        path
            + ": takes (N, 1, 28, 28); samples after preprocessing 'bytes' are (N, 3, 28, 28);"
            + " these would fit: unit, signed",
        () -> extractor("bytes", gray).check(sample));
  }

  @Test
  void theCheckRunsTheNetworkOnOneSample() {
    Fake free = new Fake(FeatureModel.Input.ANY, columns(2));
    extractor("unit", free).check(Shape.of(1, 3, 4));
    assertEquals(List.of(Shape.of(1, 1, 3, 4)), free.ran);
    Fake fixed = new Fake(new FeatureModel.Input(6, 0, 0, 0), columns(2));
    extractor("unit", fixed).check(Shape.of(1, 3, 4));
    assertEquals(List.of(Shape.of(6, 1, 3, 4)), fixed.ran);
    Fake wrong = new Fake(FeatureModel.Input.ANY, s -> Shape.of(2, 2, 2));
    assertMessage(
        IllegalArgumentException.class,
        file("unit").path()
            + ": gives (2, 2, 2) for 1 samples; features are (N, d) or (N, d, h, w); samples after"
            + " preprocessing 'unit' are (N, 1, 3, 4)",
        () -> extractor("unit", wrong).check(Shape.of(1, 3, 4)));
  }

  @Test
  void nameIdentityAndConditions() {
    Fake model = new Fake(FeatureModel.Input.ANY, columns(2));
    NetworkExtractor extractor = extractor("unit", model);
    String sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // of abc
    assertEquals("net_work.2", extractor.name());
    assertEquals("fake:" + sum + ":unit: [0, 1]", extractor.id());
    assertEquals(
        "net work.2.onnx (SHA-256 " + sum + "), by a test; preprocessing unit: [0, 1]",
        extractor.conditions());
    ExtractorFile named =
        new ExtractorFile(
            file("unit").path(), Preprocessing.named("bytes"), Optional.of("pool"), sum);
    assertTrue(new NetworkExtractor(named, model).id().startsWith("fake:" + sum + ":pool:bytes: "));
    extractor.close();
    assertTrue(model.closed);
  }

  @Test
  void noFilePassesForAnotherExtractor() throws IOException {
    for (String name : List.of("pixels", "points", "classifier")) {
      Path path = Files.writeString(folder.resolve(name + ".onnx"), "");
      assertEquals(
          name + ".onnx",
          ExtractorFile.of(path, Preprocessing.named("unit"), Optional.empty()).name());
    }
  }

  private static <T extends Throwable> void assertMessage(
      Class<T> type, String expected, Executable call) {
    assertEquals(expected, assertThrows(type, call).getMessage());
  }
}
