package dev.sparring.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.safetensors.FileBuilder;
import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which weights of a DCGAN the tensors of PyTorch's files are. */
class FirstWeightsTest {
  private static final Map<String, Map<String, Shape>> DCGAN =
      networks(
          "generator.1.weight 8,4,4,4",
          "generator.2.weight 4",
          "generator.2.bias 4",
          "generator.4.weight 4,4,4,4",
          "generator.5.weight 4",
          "generator.5.bias 4",
          "generator.7.weight 4,1,4,4",
          "generator.2.running_mean 4",
          "generator.2.running_var 4",
          "generator.5.running_mean 4",
          "generator.5.running_var 4",
          "discriminator.0.weight 4,1,4,4",
          "discriminator.3.weight 1,64");

  @TempDir Path dir;
  private FileBuilder file;

  @BeforeEach
  void begin() {
    file = new FileBuilder();
  }

  private static Map<String, Map<String, Shape>> networks(String... weights) {
    Map<String, Map<String, Shape>> networks = new LinkedHashMap<>();
    for (String weight : weights) {
      String[] parts = weight.split(" ");
      String network = parts[0].substring(0, parts[0].indexOf('.'));
      networks
          .computeIfAbsent(network, n -> new LinkedHashMap<>())
          .put(parts[0], Shape.of(dims(parts[1])));
    }
    return networks;
  }

  private static int[] dims(String text) {
    return Stream.of(text.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private FirstWeightsTest with(String name, int... dims) {
    file.floats(name, dims);
    return this;
  }

  private FirstWeightsTest norm(String module, int size) {
    with(module + ".weight", size).with(module + ".bias", size);
    with(module + ".running_mean", size).with(module + ".running_var", size);
    file.counter(module + ".num_batches_tracked");
    return this;
  }

  /** A generator as PyTorch's DCGAN example has it, one place before ours. */
  private void torchGenerator(String prefix) {
    // Sorted by name, as files are: 10 would come before 2.
    with(prefix + "0.weight", 8, 4, 4, 4);
    norm(prefix + "10", 4);
    with(prefix + "12.weight", 4, 1, 4, 4);
    norm(prefix + "2", 4);
    with(prefix + "9.weight", 4, 4, 4, 4);
  }

  private FirstWeights.Fit fit(Map<String, Map<String, Shape>> networks) throws IOException {
    return FirstWeights.open(file.write(dir.resolve("w.safetensors"))).fit(networks);
  }

  private void refuses(String message, Map<String, Map<String, Shape>> networks) {
    String refusal = assertThrows(SafetensorsException.class, () -> fit(networks)).getMessage();
    assertEquals(dir.resolve("w.safetensors") + ": " + message, refusal);
  }

  @Test
  void ownNamesAreTakenAndCountersLeftOut() throws IOException {
    with("generator.1.weight", 8, 4, 4, 4).norm("generator.2", 4);
    FirstWeights.Fit fit = fit(DCGAN);
    assertEquals(5, fit.sources().size());
    assertEquals("generator.2.bias", fit.sources().get("generator.2.bias"));
    assertEquals("by name", fit.how());
    assertEquals(Map.of("generator.2.num_batches_tracked", "counters of batches"), fit.leftOut());
  }

  @Test
  void aStartThatAllNamesHaveIsCut() throws IOException {
    with("module.generator.1.weight", 8, 4, 4, 4).with("module.discriminator.3.weight", 1, 64);
    FirstWeights.Fit fit = fit(DCGAN);
    assertEquals("by name without 'module.'", fit.how());
    assertEquals("generator.1.weight", fit.sources().get("module.generator.1.weight"));
  }

  @Test
  void placesOfANetworkNameItsLayers() throws IOException {
    with("module.main.1.weight", 8, 4, 4, 4).norm("module.main.2", 4);
    with("module.main.4.weight", 4, 4, 4, 4);
    FirstWeights.Fit fit = fit(DCGAN);
    assertEquals("by the places of generator without 'module.main.'", fit.how());
    assertEquals("generator.4.weight", fit.sources().get("module.main.4.weight"));
    assertEquals("generator.2.running_var", fit.sources().get("module.main.2.running_var"));
  }

  @Test
  void orderAndShapesFindLayersAtOtherPlaces() throws IOException {
    torchGenerator("main.");
    FirstWeights.Fit fit = fit(DCGAN);
    assertEquals("by the order and shapes of generator", fit.how());
    assertEquals("generator.1.weight", fit.sources().get("main.0.weight"));
    assertEquals("generator.2.bias", fit.sources().get("main.2.bias"));
    assertEquals("generator.4.weight", fit.sources().get("main.9.weight"));
    assertEquals("generator.5.bias", fit.sources().get("main.10.bias"));
    assertEquals("generator.7.weight", fit.sources().get("main.12.weight"));
    assertEquals(
        Set.of("main.10.num_batches_tracked", "main.2.num_batches_tracked"),
        fit.leftOut().keySet());
  }

  @Test
  void bothNetworksMayBeInOneFile() throws IOException {
    torchGenerator("netG.main.");
    with("netD.main.0.weight", 4, 1, 4, 4).with("netD.main.3.weight", 1, 64);
    FirstWeights.Fit fit = fit(DCGAN);
    assertEquals(
        "by the order and shapes of generator; by the places of discriminator without"
            + " 'netD.main.'",
        fit.how());
    assertEquals("generator.5.weight", fit.sources().get("netG.main.10.weight"));
    assertEquals("discriminator.3.weight", fit.sources().get("netD.main.3.weight"));
    assertEquals(13, fit.sources().size());
  }

  @Test
  void namedModulesAreFoundByShapesThatAreTheirOwn() throws IOException {
    with("fc.weight", 1, 64).with("conv.weight", 4, 1, 4, 4);
    FirstWeights.Fit fit = fit(DCGAN);
    assertEquals("discriminator.3.weight", fit.sources().get("fc.weight"));
    assertEquals("discriminator.0.weight", fit.sources().get("conv.weight"));
  }

  @Test
  void equalShapesWithoutNumbersAreRefused() {
    Map<String, Map<String, Shape>> twins =
        networks("generator.0.weight 4,4", "generator.2.weight 4,4");
    with("first.weight", 4, 4).with("second.weight", 4, 4);
    refuses(
        "does not fit the recipe's networks: it has first.weight (4, 4), second.weight (4, 4); the"
            + " recipe has 2 of generator: generator.0.weight (4, 4), generator.2.weight (4, 4)",
        twins);
  }

  @Test
  void numbersWithinOneNameOrderEqualShapes() throws IOException {
    Map<String, Map<String, Shape>> twins =
        networks("generator.0.weight 4,4", "generator.2.weight 4,4");
    with("fc10.weight", 4, 4).with("fc9.weight", 4, 4);
    FirstWeights.Fit fit = fit(twins);
    assertEquals("generator.0.weight", fit.sources().get("fc9.weight"));
    assertEquals("generator.2.weight", fit.sources().get("fc10.weight"));
  }

  @Test
  void anotherOrderOfTheSameShapesIsRefused() {
    Map<String, Map<String, Shape>> rows =
        networks("generator.0.weight 4,8", "generator.2.weight 8,4");
    with("5.weight", 8, 4).with("7.weight", 4, 8);
    assertTrue(
        assertThrows(SafetensorsException.class, () -> fit(rows))
            .getMessage()
            .contains("does not fit the recipe's networks"));
  }

  @Test
  void whatFitsBothNetworksIsRefused() {
    Map<String, Map<String, Shape>> alike =
        networks("generator.0.weight 4,4", "discriminator.0.weight 4,4");
    with("0.weight", 4, 4);
    refuses(
        "its tensors fit generator and discriminator alike; begin their names with 'generator.' or"
            + " 'discriminator.'",
        alike);
  }

  @Test
  void surplusAndMissingLayersAreRefusedWithBothSides() {
    with("generator.1.weight", 8, 4, 4, 4).with("generator.9.weight", 3);
    refuses(
        "does not fit the recipe's networks: it has generator.9.weight (3); the recipe has 11 of"
            + " generator: generator.1.weight (8, 4, 4, 4), generator.2.bias (4),"
            + " generator.2.running_mean (4) and 8 more; 2 of discriminator:"
            + " discriminator.0.weight (4, 1, 4, 4), discriminator.3.weight (1, 64)",
        DCGAN);
  }

  @Test
  void otherShapesAreRefusedByName() {
    with("generator.1.weight", 8, 4, 3, 3);
    refuses("'generator.1.weight' is (8, 4, 3, 3), but the recipe needs (8, 4, 4, 4)", DCGAN);
  }

  @Test
  void spectralNormOfBothKinds() throws IOException {
    with("0.weight_orig", 4, 1, 4, 4).with("0.weight_u", 4).with("0.weight_v", 16);
    with("3.parametrizations.weight.original", 1, 64);
    with("3.parametrizations.weight.0._u", 1).with("3.parametrizations.weight.0._v", 64);
    FirstWeights.Fit fit = fit(DCGAN);
    assertEquals(
        Map.of(
            "0.weight_orig", "discriminator.0.weight",
            "3.parametrizations.weight.original", "discriminator.3.weight"),
        fit.sources());
    assertEquals(4, fit.leftOut().size());
    assertEquals(Set.of("singular vectors"), Set.copyOf(fit.leftOut().values()));
  }

  @Test
  void weightNormOfBothKinds() throws IOException {
    Map<String, Map<String, Shape>> normed =
        networks(
            "generator.0.weight 4,8",
            "generator.0.weight_g 4,1",
            "generator.2.weight 2,4",
            "generator.2.weight_g 2,1");
    with("0.weight_g", 4, 1).with("0.weight_v", 4, 8);
    with("2.parametrizations.weight.original0", 2, 1);
    with("2.parametrizations.weight.original1", 2, 4);
    assertEquals(
        new TreeMap<>(
            Map.of(
                "0.weight_g", "generator.0.weight_g",
                "0.weight_v", "generator.0.weight",
                "2.parametrizations.weight.original0", "generator.2.weight_g",
                "2.parametrizations.weight.original1", "generator.2.weight")),
        new TreeMap<>(fit(normed).sources()));
  }

  @Test
  void oneWeightTwiceIsRefused() {
    with("0.weight", 4, 1, 4, 4).with("0.weight_orig", 4, 1, 4, 4);
    refuses("'0.weight' and '0.weight_orig' are one weight", DCGAN);
  }

  @Test
  void wholeNumbersThatNobodyWantsAreLeftOut() throws IOException {
    with("discriminator.0.weight", 4, 1, 4, 4);
    file.counter("steps").raw("mask", "BOOL", new int[] {1}, (byte) 1);
    file.raw("none", "F32", new int[] {0});
    FirstWeights.Fit fit = fit(DCGAN);
    assertEquals(Set.of("discriminator.0.weight"), fit.sources().keySet());
    assertEquals(
        Map.of("steps", "of type I64", "mask", "of type BOOL", "none", "of type F32, empty"),
        fit.leftOut());
  }

  @Test
  void wholeNumbersThatAWeightNeedsAreRefused() {
    with("discriminator.0.weight", 4, 1, 4, 4);
    file.raw("discriminator.3.weight", "I8", new int[] {1, 64}, new byte[64]);
    refuses(
        "'discriminator.3.weight' is of type I8; weights are read from F64, F32, F16 and BF16",
        DCGAN);
  }

  @Test
  void wholeNumbersAtThePlaceOfAWeightAreRefused() {
    with("0.weight", 4, 1, 4, 4);
    file.raw("3.weight", "F8_E4M3", new int[] {1, 64}, new byte[64]);
    refuses("'3.weight' is of type F8_E4M3; weights are read from F64, F32, F16 and BF16", DCGAN);
  }

  @Test
  void filesWithoutWeightsAreRefused() {
    file.counter("generator.2.num_batches_tracked");
    assertTrue(
        assertThrows(SafetensorsException.class, () -> fit(DCGAN))
            .getMessage()
            .contains("does not fit the recipe's networks: it has no weights; the recipe has 11"));
  }

  @Test
  void firstWeightsAreFiniteAndVariancesNotNegative() throws IOException {
    file.values("w", new int[] {2, 2}, 1, 2, Float.NaN, 4);
    file.values("v", new int[] {2}, 0, -0.5f);
    file.raw("big", "F64", new int[] {1}, bytes(1e300));
    Path path = file.write(dir.resolve("v.safetensors"));
    Safetensors read = Safetensors.open(path);
    FirstValues single = new FirstValues(read, Precision.FLOAT32);
    for (List<String> wrong :
        List.of(
            List.of("w", "a.weight", "'w' has NaN at [1, 0]; first weights must be finite"),
            List.of("v", "a.running_var", "'v' has -0.5 at [1]; a variance must be >= 0"),
            List.of(
                "big",
                "a.weight",
                "'big' has 1.0E300 at [0], more than single precision can hold"))) {
      assertEquals(
          path + ": " + wrong.get(2),
          assertThrows(SafetensorsException.class, () -> single.check(wrong.get(0), wrong.get(1)))
              .getMessage());
    }
    single.check("v", "a.running_mean");
    new FirstValues(read, Precision.FLOAT64).check("big", "a.weight");
  }

  private static byte[] bytes(double value) {
    return java.nio.ByteBuffer.allocate(8)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putDouble(value)
        .array();
  }
}
