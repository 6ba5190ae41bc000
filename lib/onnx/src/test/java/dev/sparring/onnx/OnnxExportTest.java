package dev.sparring.onnx;

import static dev.sparring.data.Digits.digits;
import static dev.sparring.data.Noise.noise;
import static dev.sparring.data.Pairs.pairs;
import static dev.sparring.layer.BatchNorm.batchNorm;
import static dev.sparring.layer.ConcatLabels.concatLabels;
import static dev.sparring.layer.Conv.conv;
import static dev.sparring.layer.ConvTranspose.convTranspose;
import static dev.sparring.layer.Dense.dense;
import static dev.sparring.layer.Dropout.dropout;
import static dev.sparring.layer.Flatten.flatten;
import static dev.sparring.layer.InstanceNorm.instanceNorm;
import static dev.sparring.layer.LeakyRelu.leakyRelu;
import static dev.sparring.layer.Relu.relu;
import static dev.sparring.layer.Reshape.reshape;
import static dev.sparring.layer.Sigmoid.sigmoid;
import static dev.sparring.layer.Skip.skip;
import static dev.sparring.layer.Tanh.tanh;
import static dev.sparring.loss.CycleConsistency.cycle;
import static dev.sparring.loss.LeastSquares.leastSquares;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.sparring.network.Network;
import dev.sparring.network.Sampler;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.torch.TorchEngine;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExportTest {
  private static final String TEXT =
      "name: small\ndata: digits\ngenerator: {}\ndiscriminator: {}\n";

  @TempDir Path folder;

  private final Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32);

  @AfterEach
  void close() {
    engine.close();
  }

  private Network small() {
    return Nets.random(
        engine, 4, None.none(), List.of(dense(18), reshape(2, 3, 3), batchNorm(), conv(1), tanh()));
  }

  @Test
  void aModelSaysWhatItIs() {
    ModelProto model = OnnxExport.model(small(), Latent.UNIFORM, Map.of("seed", "42"));
    assertEquals(7, model.getIrVersion());
    assertEquals(1, model.getOpsetImportCount());
    assertEquals("", model.getOpsetImport(0).getDomain());
    assertEquals(13, model.getOpsetImport(0).getVersion());
    assertEquals("sparring", model.getProducerName());
    assertEquals("development", model.getProducerVersion());
    assertEquals("generator", model.getGraph().getName());
    OnnxModel summary = OnnxModel.of(model);
    assertEquals("latent (batch, 4) -> image (batch, 1, 3, 3)", summary.signature());
    assertEquals(13, summary.opset());
    assertEquals(7, summary.irVersion());
    assertEquals(
        Map.of(
            "seed", "42",
            "noise", "uniform, each element from U[-1, 1)",
            "output.layout", "NCHW",
            "output.range", "[-1, 1]"),
        summary.metadata());
  }

  /** A second input, and how to fill it in. */
  @Test
  void aConditionalModelAsksForLabels() {
    ModelProto model =
        OnnxExport.model(
            Nets.random(engine, 4, None.none(), List.of(concatLabels(), dense(2))),
            Latent.NORMAL,
            Map.of());
    OnnxModel summary = OnnxModel.of(model);
    assertEquals("latent (batch, 4), labels (batch, 3) -> sample (batch, 2)", summary.signature());
    assertEquals("one-hot: a 1 at the class, 0 to 2, else 0", summary.metadata().get("labels"));
    assertEquals(
        "one-hot: a 1 at the class, 0 to 2, else 0", model.getGraph().getInput(1).getDocString());
  }

  /** A small U-Net, as in pix2pix, on images that are wider than high. */
  @Test
  void imagesAreMadeFromImages() {
    ModelProto model =
        Nets.assertSame(
            Nets.random(
                engine,
                Shape.of(3, 4, 6),
                WeightNormalization.weightNorm(),
                List.of(
                    conv(4).kernel(4).stride(2),
                    skip(List.of(leakyRelu(), conv(5), instanceNorm(), dropout(0.5))),
                    relu(),
                    convTranspose(2),
                    tanh())));
    OnnxModel summary = OnnxModel.of(model);
    assertEquals("source (batch, 3, 4, 6) -> image (batch, 2, 4, 6)", summary.signature());
    assertEquals(
        Map.of(
            "source", "an image, NCHW; -1 is dark, 1 is bright",
            "output.layout", "NCHW",
            "output.range", "[-1, 1]"),
        summary.metadata());
    assertEquals(
        "an image, NCHW; -1 is dark, 1 is bright", model.getGraph().getInput(0).getDocString());
  }

  @Test
  void whatTheOutputIsFollowsFromTheNetwork() {
    assertEquals(
        "latent (batch, 2) -> sample (batch, 3); batch first; unbounded",
        output(Nets.random(engine, 2, None.none(), List.of(dense(3)))));
    assertEquals(
        "latent (batch, 2) -> image (batch, 1, 2, 2); NCHW; [0, 1]",
        output(
            Nets.random(engine, 2, None.none(), List.of(dense(4), reshape(1, 2, 2), sigmoid()))));
  }

  private static String output(Network network) {
    OnnxModel model = OnnxModel.of(OnnxExport.model(network, Latent.NORMAL, Map.of()));
    return String.join(
        "; ",
        model.signature(),
        model.metadata().get("output.layout"),
        model.metadata().get("output.range"));
  }

  @Test
  void nodesAndInitializersHaveTheNamesOfTheNetwork() {
    ModelProto model = OnnxExport.model(small(), Latent.NORMAL, Map.of());
    assertEquals(
        List.of(
            "generator.0/Gemm latent generator.0.weight generator.0.bias -> generator.0/Gemm",
            "generator.1/Reshape generator.0/Gemm generator.1/shape -> generator.1/Reshape",
            "generator.2/BatchNormalization generator.1/Reshape generator.2.weight"
                + " generator.2.bias generator.2.running_mean generator.2.running_var"
                + " -> generator.2/BatchNormalization",
            "generator.3/Conv generator.2/BatchNormalization generator.3.weight generator.3.bias"
                + " -> generator.3/Conv",
            "generator.4/Tanh generator.3/Conv -> image"),
        model.getGraph().getNodeList().stream()
            .map(
                n ->
                    n.getName()
                        + " "
                        + String.join(" ", n.getInputList())
                        + " -> "
                        + String.join(" ", n.getOutputList()))
            .toList());
    assertEquals(
        List.of("generator.0/Gemm", "generator.1/Reshape", "generator.2/BatchNormalization"),
        model.getGraph().getValueInfoList().stream()
            .map(ValueInfoProto::getName)
            .limit(3)
            .toList());
    for (TensorProto t : model.getGraph().getInitializerList()) {
      assertEquals(true, t.hasRawData(), t.getName());
    }
  }

  @Test
  void theNetworkIsLeftAlone() {
    Network network =
        Nets.random(engine, 4, Sn.sn(), List.of(dense(18), reshape(2, 3, 3), batchNorm()));
    Map<String, List<Float>> before = numbers(network);
    OnnxExport.model(network, Latent.NORMAL, Map.of());
    assertEquals(before, numbers(network));
  }

  private static Map<String, List<Float>> numbers(Network network) {
    Map<String, List<Float>> all = new TreeMap<>();
    Stream.of(network.parameters(), network.buffers(), network.normStates())
        .forEach(
            group ->
                group.forEach(
                    (path, t) -> {
                      List<Float> values = new java.util.ArrayList<>();
                      for (float f : t.toFloats()) {
                        values.add(f);
                      }
                      all.put(path, values);
                    }));
    return all;
  }

  @Test
  void doublePrecisionIsRounded() {
    try (Engine exact = TorchEngine.open(Device.CPU, Precision.FLOAT64)) {
      Nets.assertSame(Nets.random(exact, 4, Sn.sn(), List.of(dense(18), relu(), dense(3))));
    }
  }

  private static Recipe recipe() {
    return Gan.named("small")
        .data(digits())
        .generator(
            g ->
                g.latent(8)
                    .norm(Sn.sn())
                    .layers(dense(64), reshape(4, 4, 4), batchNorm(), relu())
                    .layers(convTranspose(1), tanh()))
        .discriminator(d -> d.layers(conv(4).stride(2), leakyRelu(), flatten(), dense(1)))
        .train(Train.train().steps(20))
        .build();
  }

  @Test
  void aTrainedRunMakesTheSameDigits() throws IOException {
    Recipe recipe = recipe();
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Training training = Training.of(recipe, engine).listen(RunRecorder.fresh(run, TEXT));
    training.run();
    Path file = folder.resolve("generator.onnx");
    OnnxModel model = OnnxExport.write(run, Runs.latest(run), recipe, engine, file);
    assertEquals(
        Map.of(
            "recipe",
            "small",
            "recipe.sha256",
            "8d8a4e353752249aa044cfbd6fd0127948e42c90d7d6d048bcd1a994d7317e34",
            "seed",
            "42",
            "checkpoint.step",
            "20",
            "noise",
            "normal, each element from N(0, 1)",
            "output.layout",
            "NCHW",
            "output.range",
            "[-1, 1]"),
        model.metadata());
    Sampler sampler = training.sampler();
    float[] z = Latent.NORMAL.draw(new Seed(3).stream("noise"), 5 * 8);
    try (Ort ort = new Ort(ModelProto.parseFrom(Files.readAllBytes(file)))) {
      assertArrayEquals(
          sampler.decode(z, 5), ort.run(z, Shape.of(5, 8), Shape.of(5, 1, 8, 8)), 1e-5f);
    }
  }

  /** CycleGAN's forward direction, from unmatched data. */
  @Test
  void aTrainedRunMakesTheSameOfImages() throws IOException {
    Recipe recipe =
        Gan.named("small")
            .data(pairs(digits(), noise(1, 8, 8)).matched(false))
            .generator(g -> g.layers(conv(4), instanceNorm(), relu(), conv(1), tanh()))
            .discriminator(d -> d.layers(conv(4).stride(2), leakyRelu(), flatten(), dense(1)))
            .loss(leastSquares())
            .terms(cycle())
            .train(Train.train().steps(3).batch(4))
            .build();
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Training training = Training.of(recipe, engine).listen(RunRecorder.fresh(run, TEXT));
    training.run();
    Path file = folder.resolve("generator.onnx");
    OnnxExport.write(run, Runs.latest(run), recipe, engine, file);
    Sampler sampler = training.sampler();
    try (Ort ort = new Ort(ModelProto.parseFrom(Files.readAllBytes(file)))) {
      Shape images = Shape.of(5, 1, 8, 8);
      assertArrayEquals(
          sampler.sample(5, 3),
          ort.run(
              Map.of("source", new Ort.Input(FloatBuffer.wrap(sampler.sources(5, 3)), images)),
              images),
          1e-5f);
    }
  }

  @Test
  void aFileIsReplacedWholeOrNotAtAll() throws IOException {
    Path file = folder.resolve("generator.onnx");
    Files.writeString(file, "an older one");
    OnnxExport.write(small(), Latent.NORMAL, Map.of(), file);
    assertEquals("sparring", ModelProto.parseFrom(Files.readAllBytes(file)).getProducerName());
    Path occupied = Files.createDirectories(folder.resolve("folder/inside")).getParent();
    assertThrows(
        IOException.class, () -> OnnxExport.write(small(), Latent.NORMAL, Map.of(), occupied));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of("folder", "generator.onnx"),
          left.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }
}
