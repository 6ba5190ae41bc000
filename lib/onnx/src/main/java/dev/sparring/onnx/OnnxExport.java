package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.sparring.file.AtomicFile;
import dev.sparring.file.Reason;
import dev.sparring.file.Sha256;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Tanh;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.run.Checkpoint;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunException;
import dev.sparring.run.Runs;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes generators as ONNX models (github.com/onnx/onnx): input {@code latent} (batch, latent), or
 * {@code source} (batch, channels, height, width) if images are generated from images; output
 * {@code image} (batch, channels, height, width) or {@code sample} (batch, ...); single precision,
 * any batch size; the output is that of evaluation. A conditional generator has a second input
 * {@code labels} (batch, classes): one 1 in each row, at the class of the sample, else 0.
 *
 * <p>Initializers have the parameters' paths, e.g. {@code generator.2.weight}. Values that are
 * computed from parameters alone are constants of the model: a spectrally normalized weight is the
 * initializer {@code generator.2.weight.folded}, and raw weight and singular vectors are left out.
 *
 * <p>The metadata of a model, beside what the caller adds:
 *
 * <pre>
 * noise           how to draw the input latent: normal, each element from N(0, 1), or
 *                 uniform, each element from U[-1, 1)
 * source          how to give the input source, in place of noise
 * labels          only where there are classes: how to give them, and how many there are
 * output.layout   NCHW for images, else batch first
 * output.range    [-1, 1] after tanh, [0, 1] after sigmoid, else unbounded
 * </pre>
 *
 * and of a model from a run: {@code recipe} (its name), {@code recipe.sha256} (of the run's
 * recipe.yaml, as run.json has it; absent where the recipe has no text), {@code seed} and {@code
 * checkpoint.step}.
 */
public final class OnnxExport {
  /**
   * The version of ONNX's operators: that of ONNX 1.8 (2020). It has every operator that generators
   * need in its present meaning, so a later one would only exclude older runtimes. It is also the
   * first in which weights can be quantized by channel, so quantizers accept the models as they
   * are.
   */
  public static final int OPSET = 13;

  /** The version of ONNX's file format that came with {@link #OPSET}. */
  public static final int IR_VERSION = 7;

  private static final String LATENT = "latent";
  private static final String SOURCE = "source";
  private static final String LABELS = "labels";

  private OnnxExport() {}

  /**
   * Writes the generator of a checkpoint.
   *
   * @param run where the checkpoint's run is
   * @param checkpoint one of the run's, e.g. {@link Runs#latest}
   * @param recipe the run's own, as {@link RunDirectory#recipe} has it
   * @param engine computes the constants
   * @param file the model; appears whole or not at all, and replaces one that is there
   * @throws dev.sparring.run.RunException if the checkpoint is not there or not of that recipe
   * @throws IOException if the file cannot be written
   */
  public static OnnxModel write(
      RunDirectory run, Checkpoint checkpoint, Recipe recipe, Engine engine, Path file)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("recipe", recipe.name());
    if (Files.exists(run.recipe())) {
      metadata.put("recipe.sha256", sha256(run.recipe()));
    }
    metadata.put("seed", String.valueOf(recipe.train().seed()));
    metadata.put("checkpoint.step", String.valueOf(checkpoint.progress().step()));
    // Runs decides which weights of a checkpoint generate samples, raw or averaged ones.
    Network generator = Runs.generator(checkpoint, recipe, engine);
    return write(generator, recipe.generator().noise(), metadata, file);
  }

  /**
   * Writes a generator as it is now; double precision is rounded.
   *
   * @param noise the distribution of its input, if that is noise
   * @param metadata further entries, by key
   * @param file the model; appears whole or not at all, and replaces one that is there
   * @throws EngineException if the network does what no graph for batches of any size can do, draws
   *     random numbers in evaluation, or is larger than the 2 GiB that a model file holds
   * @throws IOException if the file cannot be written
   */
  public static OnnxModel write(
      Network generator, Latent noise, Map<String, String> metadata, Path file) throws IOException {
    ModelProto model = model(generator, noise, metadata);
    AtomicFile.write(file, model::writeTo);
    return OnnxModel.of(model);
  }

  static ModelProto model(Network generator, Latent noise, Map<String, String> metadata) {
    Map<String, String> facts = new TreeMap<>(metadata);
    facts.put(isNoise(generator.plan()) ? "noise" : SOURCE, text(generator.plan(), noise));
    generator.plan().classes().ifPresent(k -> facts.put("labels", text(k)));
    facts.put("output.layout", generator.plan().output().rank() == 3 ? "NCHW" : "batch first");
    facts.put("output.range", range(generator.plan()));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setProducerName("sparring")
            .setProducerVersion(version())
            .setGraph(graph(generator, noise));
    facts.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  /** Refuses networks that are not a function of their inputs alone. */
  private static void refuseOthers(NetworkPlan plan) {
    for (PlannedLayer layer : plan.everyLayer()) {
      if (layer.layer() instanceof Dropout dropout && dropout.always()) {
        refuse(layer, "dropout that is always on needs random numbers");
      } else if (layer.layer() instanceof BatchNorm norm && norm.alwaysBatch()) {
        refuse(layer, "batch statistics always make a sample depend on those beside it");
      }
    }
  }

  private static void refuse(PlannedLayer layer, String why) {
    throw new EngineException(
        layer.path()
            + ": "
            + why
            + ", which an ONNX model does not have; sparring sample makes samples of it, and"
            + " networks that are trained without can be exported");
  }

  private static GraphProto graph(Network generator, Latent noise) {
    NetworkPlan plan = generator.plan();
    refuseOthers(plan);
    String name = isNoise(plan) ? LATENT : SOURCE;
    String text = isNoise(plan) ? "noise, " + text(plan, noise) : text(plan, noise);
    List<Trace.Input> given = new ArrayList<>(List.of(new Trace.Input(name, plan.input())));
    List<ValueInfoProto> inputs = new ArrayList<>(List.of(input(name, plan.input(), text)));
    plan.classes()
        .ifPresent(
            k -> {
              given.add(new Trace.Input(LABELS, Shape.of(k)));
              inputs.add(input(LABELS, Shape.of(k), text(k)));
            });
    Trace trace =
        Trace.of(
            generator.engine(),
            plan.everyLayer().get(0).path(),
            given,
            (engine, graph, x) -> forward(generator.on(engine, engine::parameter), graph, x));
    boolean images = plan.output().rank() == 3;
    ValueInfoProto output =
        Values.info(images ? "image" : "sample", plan.output()).toBuilder()
            .setDocString(images ? "-1 is dark, 1 is bright" : "as in the training data")
            .build();
    return trace.toProto(plan.name(), inputs, output);
  }

  private static ValueInfoProto input(String name, Shape sample, String text) {
    return Values.info(name, sample).toBuilder().setDocString(text).build();
  }

  private static String text(int classes) {
    return "one-hot: a 1 at the class, 0 to " + (classes - 1) + ", else 0";
  }

  private static Tensor forward(Network generator, Graph graph, List<Tensor> x) {
    Iterator<PlannedLayer> next = generator.plan().everyLayer().iterator();
    graph.enter(next.next().path());
    return generator.forward(
        x.get(0),
        generator.parameters(),
        PassOptions.evaluation().labels(x.size() > 1 ? x.get(1) : null),
        (layer, output) -> {
          if (next.hasNext()) {
            graph.enter(next.next().path());
          }
        });
  }

  /** Noise inputs have one dimension; anything else is a source image. */
  private static boolean isNoise(NetworkPlan plan) {
    return plan.input().rank() == 1;
  }

  private static String text(NetworkPlan plan, Latent noise) {
    return isNoise(plan) ? text(noise) : "an image, NCHW; -1 is dark, 1 is bright";
  }

  private static String text(Latent noise) {
    return switch (noise) {
      case NORMAL -> "normal, each element from N(0, 1)";
      case UNIFORM -> "uniform, each element from U[-1, 1)";
    };
  }

  private static String range(NetworkPlan plan) {
    Layer last = plan.layers().get(plan.layers().size() - 1).layer();
    return last instanceof Tanh ? "[-1, 1]" : last instanceof Sigmoid ? "[0, 1]" : "unbounded";
  }

  private static String version() {
    String version = OnnxExport.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String sha256(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return Sha256.of(bytes);
    } catch (IOException e) {
      throw new RunException(file + ": cannot be read: " + Reason.of(e), e);
    }
  }
}
