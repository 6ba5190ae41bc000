package dev.sparring.conformance;

import dev.sparring.data.Data;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Generator;
import dev.sparring.recipe.NetworkBuilder;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Small games into which words are put. */
final class KitGame {
  private static final Shape POINTS = Shape.of(2);

  private KitGame() {}

  /** On points, with settings of both networks. */
  static Gan with(Consumer<NetworkBuilder<?>> settings) {
    return game(KitData.of(POINTS), middle(List.of(), Shape.of(6)), List.of(), settings);
  }

  /** On points, with a layer in both networks. */
  static Gan with(Layer word, Shape input) {
    List<Layer> layers = middle(List.of(word), input);
    return game(KitData.of(POINTS), layers, List.of(), networks -> {});
  }

  /** On points, with a loss. */
  static Gan with(Loss word) {
    List<Layer> end = word.wantsProbabilities() ? List.of(new Sigmoid()) : List.of();
    List<Layer> layers = middle(List.of(), Shape.of(6));
    return game(KitData.of(POINTS), layers, end, networks -> {}).loss(word);
  }

  /** On other data. */
  static Gan of(Data data) {
    return game(data, middle(List.of(), Shape.of(6)), List.of(), networks -> {});
  }

  /** From features to features, through layers that take that shape. */
  private static List<Layer> middle(List<Layer> words, Shape input) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Dense.dense(input.elements()));
    if (input.rank() > 1) {
      layers.add(reshape(input));
    }
    layers.add(new Tanh());
    layers.addAll(words);
    Shape output =
        words.isEmpty()
            ? input
            : NetworkPlan.of("layer", Generator.generator(words), input).output();
    if (output.rank() > 1) {
      layers.add(new Flatten());
    }
    return layers;
  }

  private static Gan game(
      Data data, List<Layer> middle, List<Layer> end, Consumer<NetworkBuilder<?>> settings) {
    Shape sample = data.sampleShape();
    List<Layer> generator = new ArrayList<>(middle);
    generator.add(Dense.dense(sample.elements()));
    List<Layer> discriminator = new ArrayList<>();
    if (sample.rank() > 1) {
      generator.add(reshape(sample));
      discriminator.add(new Flatten());
    }
    discriminator.addAll(middle);
    discriminator.add(Dense.dense(1));
    discriminator.addAll(end);
    return Gan.named("kit")
        .data(data)
        .generator(
            g -> {
              g.latent(3).layers(generator.toArray(Layer[]::new));
              settings.accept(g);
            })
        .discriminator(
            d -> {
              d.layers(discriminator.toArray(Layer[]::new));
              settings.accept(d);
            })
        .loss(NonSaturating.nonSaturating())
        .optimizers(Sgd.sgd(0.05).momentum(0.5), Sgd.sgd(0.05).momentum(0.5))
        .train(Train.train().steps(4).batch(5).precision(Precision.FLOAT64))
        .output(Output.output().diagnosticsEvery(0));
  }

  private static Layer reshape(Shape to) {
    return Reshape.reshape(to.dims().stream().mapToInt(Integer::intValue).toArray());
  }
}
