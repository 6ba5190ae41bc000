package dev.sparring.lint;

import static dev.sparring.lint.LintCases.IMAGES;
import static dev.sparring.lint.LintCases.JUDGE;
import static dev.sparring.lint.LintCases.images;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Gan;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All rules together. */
class LintsTest {
  @Test
  void warningsComeBeforeNotesAndSayAllInOneLine() {
    Layer[] moot = {
      Conv.conv(4),
      BatchNorm.batchNorm(),
      LeakyRelu.leakyRelu(0.9),
      Flatten.flatten(),
      Dense.dense(1)
    };
    List<Warning> all = Lints.check(images(moot).build());
    assertEquals(
        "WARNING NOTE NOTE",
        all.stream().map(w -> w.level().name()).collect(Collectors.joining(" ")));
    assertEquals(
        "discriminator.layers.2: leakyRelu 0.9 is nearly linear (arXiv:1511.06434 has 0.2,"
            + " arXiv:1802.05957 0.1); fix: slope: 0.2",
        all.get(0).toString());
  }

  /** A GAN like DCGAN raises no warning, whichever framework's defaults it has. */
  @ParameterizedTest
  @EnumSource
  void conventionsAreNoMistakes(Conventions conventions) {
    Gan gan =
        Gan.named("test")
            .conventions(conventions)
            .data(IMAGES)
            .generator(
                g ->
                    g.layers(Dense.dense(32), Reshape.reshape(8, 2, 2), BatchNorm.batchNorm())
                        .layers(
                            Relu.relu(), ConvTranspose.convTranspose(2).padding(1), Tanh.tanh()))
            .discriminator(d -> d.layers(JUDGE));
    assertEquals(List.of(), Lints.check(gan.build()));
  }
}
