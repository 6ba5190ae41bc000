package dev.sparring.conformance;

import static dev.sparring.data.Digits.digits;
import static dev.sparring.init.Orthogonal.orthogonal;
import static dev.sparring.layer.BatchNorm.batchNorm;
import static dev.sparring.layer.Conv.conv;
import static dev.sparring.layer.ConvTranspose.convTranspose;
import static dev.sparring.layer.Dense.dense;
import static dev.sparring.layer.Flatten.flatten;
import static dev.sparring.layer.Gelu.gelu;
import static dev.sparring.layer.LeakyRelu.leakyRelu;
import static dev.sparring.layer.Reshape.reshape;
import static dev.sparring.layer.Tanh.tanh;
import static dev.sparring.loss.NonSaturating.nonSaturating;
import static dev.sparring.norm.Bssn.bssn;
import static dev.sparring.optim.Adam.adam;

import dev.sparring.file.Sha256;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Engines;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A short training in a process of its own, for {@link PortableConformance}: libraries choose their
 * kernels once a process.
 */
final class PortableRun {
  private PortableRun() {}

  /** Trains; arguments are the engine's name and whether to be portable. */
  public static void main(String[] args) {
    String name = args[0];
    boolean portable = Boolean.parseBoolean(args[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Engine engine = open(name, portable)) {
      out.println("portable " + engine.isPortable());
      engine.facts().forEach((fact, value) -> out.println("fact " + fact + "=" + value));
      out.println("weights " + weights(engine, portable));
    }
    try (Engine other = open(name, !portable)) {
      out.println("opened " + other.name());
    } catch (EngineException e) {
      out.println("refused " + e.getMessage());
    }
  }

  private static Engine open(String name, boolean portable) {
    return portable
        ? Engines.openPortable(name, Device.CPU, Precision.FLOAT32)
        : Engines.open(name, Device.CPU, Precision.FLOAT32);
  }

  /** The SHA-256 of all that a training has after four steps. */
  private static String weights(Engine engine, boolean portable) {
    Training training = Training.of(recipe(portable), engine);
    training.run();
    Map<String, Tensor> all = new TreeMap<>();
    training
        .tensors()
        .forEach((group, own) -> own.forEach((path, t) -> all.put(group + "/" + path, t)));
    StringBuilder sums = new StringBuilder();
    all.forEach((path, t) -> sums.append(path).append(' ').append(sum(t.toFloats())).append('\n'));
    return Sha256.of(sums.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String sum(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    return Sha256.of(bytes.array());
  }

  private static Recipe recipe(boolean portable) {
    return Gan.named("portable")
        .data(digits())
        .generator(
            g ->
                g.latent(64)
                    .init(orthogonal())
                    .layers(dense(4 * 4 * 64), reshape(64, 4, 4), batchNorm(), gelu())
                    .layers(convTranspose(32), batchNorm(), gelu())
                    .layers(conv(1), tanh()))
        .discriminator(
            d ->
                d.init(orthogonal())
                    .norm(bssn(1.4))
                    .layers(conv(32), leakyRelu(0.1))
                    .layers(conv(64).kernel(4).stride(2), leakyRelu(0.1))
                    .layers(flatten(), dense(1)))
        .loss(nonSaturating())
        .optimizers(adam(2e-4, 0.5, 0.999), adam(4e-4, 0.5, 0.999))
        .train(Train.train().steps(4).portable(portable))
        .build();
  }
}
