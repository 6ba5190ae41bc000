package dev.sparring.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Data;
import dev.sparring.data.Noise;
import dev.sparring.init.Initializer;
import dev.sparring.init.Orthogonal;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import java.util.List;

/** Small recipes to change, and what a rule says of them. */
final class LintCases {
  static final Layer[] MAKER = {
    Dense.dense(32).bias(false),
    Reshape.reshape(8, 2, 2),
    BatchNorm.batchNorm(),
    Relu.relu(),
    ConvTranspose.convTranspose(2),
    Tanh.tanh()
  };
  static final Layer[] JUDGE = {
    Conv.conv(5), LeakyRelu.leakyRelu(), Flatten.flatten(), Dense.dense(1)
  };
  static final Layer[] POINTS = {Dense.dense(8), Relu.relu(), Dense.dense(2)};
  static final Data IMAGES = Noise.noise(2, 4, 4);

  static Gan gan(Data data, Layer[] maker, Layer[] judge) {
    return Gan.named("test")
        .data(data)
        .generator(g -> g.latent(6).init(Orthogonal.orthogonal()).layers(maker))
        .discriminator(d -> d.init(Orthogonal.orthogonal()).layers(judge));
  }

  static Gan images(Layer... judge) {
    return gan(IMAGES, MAKER, judge);
  }

  static Gan judged(Initializer init, WeightNorm norm) {
    return images(JUDGE).discriminator(d -> d.init(init).norm(norm).layers(JUDGE));
  }

  /** The warnings of one rule: level, path and text. */
  static List<String> found(Lint lint, Gan gan) {
    Recipe recipe = gan.build();
    return lint.look(GamePlan.of(recipe)).stream()
        .map(w -> w.level() + " " + w.path() + ": " + w.text())
        .toList();
  }

  static void finds(String expected, Lint lint, Gan... gans) {
    for (Gan gan : gans) {
      assertEquals(List.of(expected), found(lint, gan));
    }
  }

  static void findsNothing(Lint lint, Gan... gans) {
    for (Gan gan : gans) {
      assertEquals(List.of(), found(lint, gan));
    }
  }

  private LintCases() {}
}
