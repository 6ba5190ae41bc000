package dev.sparring.diagnose;

import dev.sparring.data.DataSet;
import dev.sparring.init.Initializer;
import dev.sparring.network.LayerObserver;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.random.RunSeeds;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.Cycle;
import dev.sparring.train.FirstBatch;
import dev.sparring.train.ForwardPass;
import dev.sparring.train.GameInputs;
import dev.sparring.train.NextStep;
import dev.sparring.train.NextUpdate;
import dev.sparring.train.Objective;
import dev.sparring.train.Passes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signals in untrained networks: the size of activations after each layer, and of the gradient of
 * the network's own loss there. If weights are too large or too small, the sizes grow or shrink
 * from layer to layer.
 *
 * @param plan plan with the networks, the loss and the batch size
 * @param data of the plan's recipe
 * @param engine the engine that computes
 */
public record Probe(GamePlan plan, DataSet data, Engine engine) {
  private static final LayerObserver NOBODY = (layer, output) -> {};

  /**
   * One layer at initialization.
   *
   * @param layer the planned layer
   * @param activation root mean square of the layer's output over a batch
   * @param gradient root mean square of the loss's gradient by that output, over a batch
   * @param saturated share of its outputs that are near a bound, of tanh and sigmoid; null for
   *     others: see {@link Figure#SATURATED}
   * @param dead share of its units that are 0 in the whole batch, of ReLU; null for others: see
   *     {@link Figure#DEAD}
   */
  public record LayerReading(
      PlannedLayer layer,
      double activation,
      double gradient,
      @Nullable Double saturated,
      @Nullable Double dead) {}

  /**
   * Examines the networks at initialization: the generator's layers for its loss, then the
   * discriminator's for its loss on real and generated samples. Of the discriminator's two passes,
   * the one of real samples is shown.
   *
   * @param seeds seeds of weights, noise and samples
   * @param initializer initializer of all weights instead of the recipe's, or null for the recipe's
   */
  public List<LayerReading> read(RunSeeds seeds, @Nullable Initializer initializer) {
    List<LayerReading> readings = new ArrayList<>();
    engine.scope(
        () -> {
          List<List<Network>> networks =
              plan.directions().stream()
                  .map(
                      direction ->
                          Stream.of(direction.generator(), direction.discriminator())
                              .map(
                                  own ->
                                      Network.create(
                                          with(own, initializer), engine, seeds.weights()))
                              .toList())
                  .toList();
          new FirstBatch(plan, data, engine, seeds.weights()).start(networks);
          Network generator = networks.get(0).get(0);
          Network discriminator = networks.get(0).get(1);
          @Nullable Network backward = networks.size() > 1 ? networks.get(1).get(0) : null;
          // Training passes change statistics and singular vectors: the first reading has copies.
          engine.scope(
              () ->
                  readings.addAll(
                      generator(generator.snapshot(), discriminator.snapshot(), backward, seeds)));
          engine.scope(() -> readings.addAll(discriminator(generator, discriminator, seeds)));
        });
    return readings;
  }

  private static NetworkPlan with(NetworkPlan plan, @Nullable Initializer initializer) {
    return initializer == null ? plan : plan.initializedBy(initializer);
  }

  private List<LayerReading> generator(
      Network generator, Network discriminator, @Nullable Network backward, RunSeeds seeds) {
    NextUpdate next = first(seeds).generator(0, 0);
    NextUpdate varied = next.from(varied(next.from()));
    Passes ofGenerator = new Passes(seeds.rest(), next.step());
    Passes ofDiscriminator = new Passes(seeds.rest(), next.step());
    Outputs outputs = new Outputs();
    Map<String, Tensor> raw = generator.variables();
    Batch from = varied.from();
    PassOptions options = ofGenerator.generating(varied).labels(from.labels());
    Batch fake = from.made(generator.forward(from.x(), raw, options, outputs));
    Tensor loss =
        objective(seeds)
            .generator(
                varied,
                (x, labels) -> discriminator.forward(x, ofDiscriminator.next().labels(labels)),
                raw,
                fake,
                backward == null ? null : cycle(generator, raw, ofGenerator, backward, seeds));
    return outputs.readings(engine, loss);
  }

  private static Cycle cycle(
      Network generator, Map<String, Tensor> raw, Passes passes, Network backward, RunSeeds seeds) {
    Passes ofBackward = new Passes(seeds.rest(), 1);
    return new Cycle(
        (x, labels) -> generator.forward(x, raw, passes.next()),
        (x, labels) -> backward.forward(x, ofBackward.next()));
  }

  private List<LayerReading> discriminator(
      Network generator, Network discriminator, RunSeeds seeds) {
    NextUpdate next = first(seeds).discriminator(0, 0);
    Batch from = next.from();
    PassOptions options =
        new Passes(seeds.rest(), next.step()).generating(next).labels(from.labels());
    Batch fake = from.made(generator.forward(from.x(), options).detach());
    Map<String, Tensor> raw = discriminator.variables();
    Outputs outputs = new Outputs();
    Passes passes = new Passes(seeds.rest(), next.step());
    ForwardPass judge =
        (x, labels) -> {
          LayerObserver observer =
              passes.count() == 0 ? outputs : NOBODY; // real samples come first
          return discriminator.forward(x, raw, passes.next().labels(labels), observer);
        };
    Batch real = varied(next.real().get());
    return outputs.readings(
        engine, objective(seeds).discriminator(next, judge, raw, real, fake).value());
  }

  private Objective objective(RunSeeds seeds) {
    return new Objective(plan, engine, seeds.rest());
  }

  /** The first step of a training with these seeds. */
  private NextStep first(RunSeeds seeds) {
    return NextStep.first(plan, GameInputs.of(plan, data, engine, seeds));
  }

  /** A batch that varies: outputs before the first learning layer depend on the input only. */
  private static Batch varied(Batch batch) {
    return batch.x(batch.x().variable());
  }

  /** Keeps the output of each layer. */
  private static final class Outputs implements LayerObserver {
    private final List<PlannedLayer> layers = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();

    @Override
    public void output(PlannedLayer layer, Tensor output) {
      layers.add(layer);
      tensors.add(output);
    }

    List<LayerReading> readings(Engine engine, Tensor loss) {
      List<Tensor> gradients = engine.gradients(loss, tensors, false);
      List<LayerReading> readings = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        PlannedLayer layer = layers.get(i);
        Tensor output = tensors.get(i);
        Figure figure = Activations.figure(layer).orElse(null);
        Double share = figure == null ? null : Activations.share(layer, output);
        readings.add(
            new LayerReading(
                layer,
                rootMeanSquare(output),
                rootMeanSquare(gradients.get(i)),
                figure == Figure.SATURATED ? share : null,
                figure == Figure.DEAD ? share : null));
      }
      return readings;
    }

    private static double rootMeanSquare(Tensor t) {
      return Math.sqrt(t.square().mean().item());
    }
  }
}
