package dev.sparring.conformance;

import static dev.sparring.conformance.Looks.figure;
import static dev.sparring.conformance.Looks.look;
import static dev.sparring.conformance.Looks.parameter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Noise;
import dev.sparring.diagnose.Diagnostics;
import dev.sparring.init.Normal;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.loss.Hinge;
import dev.sparring.norm.Bsn;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Singular values and variances of diagnostics, for weights with known ones. */
public interface WeightFiguresConformance extends EngineUnderTest {
  /** The norm of the convolution with {@link #lopsided} on images of 3 x 3, by NumPy's svd. */
  double UNROLLED = 6.124505706633614;

  /** Enough iterations in each pass for the estimate to converge. */
  private static Power enough() {
    return Power.power().iterations(80);
  }

  /** An orthogonal matrix times diag(3, 2, 1) times another one. */
  @Test
  default void singularValuesOfDenseLayers() {
    double[] left = reflection(1, -2, 0.5);
    double[] right = reflection(0.3, 1, -1, 2);
    double[] singular = {2, 3, 1};
    double[] weight = new double[12];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < 3; k++) {
          weight[4 * i + j] += left[3 * i + k] * singular[k] * right[4 * k + j];
        }
      }
    }
    for (WeightNorm norm :
        new WeightNorm[] {None.none(), Sn.sn().power(enough()), Bsn.bsn().power(enough())}) {
      Map<String, Double> figures =
          figures(norm, Shape.of(3, 4), weight, Flatten.flatten(), Dense.dense(3));
      assertEquals(3, figure(figures, "sigma.discriminator.1.weight"), 1e-13);
      assertEquals(14.0 / 9, figure(figures, "stable_rank.discriminator.1.weight"), 1e-13);
      assertEquals(Math.sqrt(14), figure(figures, "weight_norm.discriminator.1.weight"), 1e-13);
      String ratio = "sigma_ratio.discriminator.1.weight";
      if (norm instanceof None) {
        assertTrue(!figures.containsKey(ratio), "an estimate of what is not estimated");
      } else {
        assertEquals(1, figure(figures, ratio), 1e-11);
      }
    }
  }

  /** The matrix of the reflection at the plane across a vector. */
  private static double[] reflection(double... v) {
    double squares = Math.pow(Game.norm(v), 2);
    double[] matrix = new double[v.length * v.length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < v.length; j++) {
        matrix[v.length * i + j] = (i == j ? 1 : 0) - 2 * v[i] * v[j] / squares;
      }
    }
    return matrix;
  }

  /**
   * A kernel that is 3 a_1 b c_1 + 4 a_2 b c_2 of unit vectors, the a and the c orthogonal: along
   * its first dimension the singular values are 3 and 4, along its second there is but one, 5.
   */
  private static double[] lopsided() {
    double[] a = reflection(1, 2, -1, 0.5);
    double[] b = {2 / 3.0, -1 / 3.0, 2 / 3.0};
    double[] c = reflection(0.5, -1, 1, 3, 2, 0, 1, -0.25, 1);
    double[] weight = new double[4 * 3 * 9];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 3; j++) {
        for (int t = 0; t < 9; t++) {
          weight[(3 * i + j) * 9 + t] = b[j] * (3 * a[i] * c[t] + 4 * a[4 + i] * c[9 + t]);
        }
      }
    }
    return weight;
  }

  @Test
  default void singularValuesOfConvolutions() {
    Shape shape = Shape.of(4, 3, 3, 3);
    WeightNorm[] norms = {
      None.none(),
      Sn.sn().power(enough()),
      Bssn.bssn(1.4).power(enough()),
      Bsn.bsn().power(enough())
    };
    double[] sigmas = {4, 4, 4.5, 4.5};
    for (int i = 0; i < norms.length; i++) {
      Map<String, Double> figures =
          figures(norms[i], shape, lopsided(), Conv.conv(4), Flatten.flatten(), Dense.dense(1));
      assertEquals(sigmas[i], figure(figures, "sigma.discriminator.0.weight"), 1e-13);
      assertEquals(UNROLLED, figure(figures, "sigma_conv.discriminator.0.weight"), 1e-3 * UNROLLED);
      assertTrue(figure(figures, "sigma_conv.discriminator.0.weight") <= UNROLLED * (1 + 1e-12));
      assertEquals(25.0 / 16, figure(figures, "stable_rank.discriminator.0.weight"), 1e-13);
      if (!(norms[i] instanceof None)) {
        assertEquals(1, figure(figures, "sigma_ratio.discriminator.0.weight"), 1e-11);
      }
    }
  }

  /**
   * Of an image of 96 x 96 a part of 32 x 32 is taken. The kernel (1, 2, 1) times itself has on n x
   * n the norm of the tridiagonal matrix (1, 2, 1) squared, 2 + 2 cos(pi / (n + 1)).
   */
  @Test
  default void convolutionsOfLargeImages() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          Gan.named("large")
              .data(Noise.noise(1, 96, 96))
              .generator(g -> g.latent(2).layers(Dense.dense(96 * 96), Reshape.reshape(1, 96, 96)))
              .discriminator(d -> d.layers(Conv.conv(1), Flatten.flatten(), Dense.dense(1)))
              .train(Train.train().batch(2))
              .build();
      Training training = Training.of(recipe, engine);
      Tensor weight = parameter(training, "discriminator.0.weight");
      double[] kernel = {1, 2, 1, 2, 4, 2, 1, 2, 1};
      weight.assign(engine.upload(kernel, weight.shape()));
      double norm = Math.pow(2 + 2 * Math.cos(Math.PI / 33), 2);
      double found = figure(look(training), "sigma_conv.discriminator.0.weight");
      assertEquals(norm, found, 1e-3 * norm);
      assertTrue(found <= norm * (1 + 1e-12), () -> found + " of " + norm);
    }
  }

  /**
   * The ratio to the singular value is reported for estimates of it, not for other normalizations.
   */
  @Test
  default void columnsAreThoseOfTheNorm() {
    WeightNorm[] norms = {
      None.none(), Sn.sn(), WeightNormalization.weightNorm(), Equalized.equalized()
    };
    for (WeightNorm norm : norms) {
      try (Engine engine = open(Precision.FLOAT64)) {
        Recipe recipe = Looks.recipe(2, 3, norm, Hinge.hinge(), Flatten.flatten(), Dense.dense(1));
        Training training = Training.of(recipe, engine);
        List<String> columns = Diagnostics.of(training, 1).figures();
        String weight = ".discriminator.1.weight";
        assertEquals(
            !(norm instanceof None), columns.contains("grad_norm_normalized" + weight), "" + norm);
        assertEquals(norm instanceof Sn, columns.contains("sigma_ratio" + weight), "" + norm);
        assertTrue(columns.containsAll(look(training).keySet()), "" + norm);
        assertTrue(
            look(training).containsKey("grad_norm_normalized" + weight) || norm instanceof None);
      }
    }
  }

  /** The outputs of a transposed convolution are its weight's second dimension. */
  @Test
  default void singularValuesOfTransposedConvolutions() {
    WeightNorm[] norms = {None.none(), Sn.sn().power(enough()), Bsn.bsn().power(enough())};
    double[] sigmas = {5, 5, 4.5};
    for (int i = 0; i < norms.length; i++) {
      Map<String, Double> figures =
          figures(
              norms[i],
              Shape.of(4, 3, 3, 3),
              lopsided(),
              Conv.conv(4),
              ConvTranspose.convTranspose(3).kernel(3).stride(1).padding(1),
              Flatten.flatten(),
              Dense.dense(1));
      assertEquals(sigmas[i], figure(figures, "sigma.discriminator.1.weight"), 1e-13);
      assertEquals(1, figure(figures, "stable_rank.discriminator.1.weight"), 1e-13);
      if (!(norms[i] instanceof None)) {
        assertEquals(1, figure(figures, "sigma_ratio.discriminator.1.weight"), 1e-11);
      }
    }
  }

  /** The estimate is that of the diagnostics' own pass, one iteration after the last one. */
  @Test
  default void theRatioIsThatOfTheNextPass() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          Looks.recipe(
              3, 3, Bssn.bssn(1.4), Hinge.hinge(), Conv.conv(4), Flatten.flatten(), Dense.dense(1));
      Training training = Training.of(recipe, engine);
      Tensor weight = parameter(training, "discriminator.0.weight");
      weight.assign(engine.upload(Values.random(3, 4, 3, 3, 3).data(), weight.shape()));
      double[] effective = Game.effective(training, "discriminator.0.weight");
      double estimate = 1.4 * weight.toDoubles()[5] / effective[5];
      Map<String, Double> figures = look(training);
      double ratio = estimate / figure(figures, "sigma.discriminator.0.weight");
      assertEquals(ratio, figure(figures, "sigma_ratio.discriminator.0.weight"), 1e-13);
      assertTrue(ratio > 0.3 && ratio < 0.99, () -> "too easy: " + ratio);
    }
  }

  /** Of (1, 2, 4, -3, 0.5, 6): mean 1.75, mean square 66.25 / 6, so the variance is 7.979166.... */
  @Test
  default void variancesByHand() {
    double[] weight = {1, 2, 4, -3, 0.5, 6};
    double variance = 66.25 / 6 - 1.75 * 1.75;
    Shape shape = Shape.of(2, 3);
    Layer[] beforeRelu = {Flatten.flatten(), Dense.dense(2), Relu.relu(), Dense.dense(1)};
    Layer[] beforeNothing = {Flatten.flatten(), Dense.dense(2)};
    Map<String, Double> figures = figures(None.none(), shape, weight, beforeRelu);
    String path = ".discriminator.1.weight";
    assertEquals(3 * variance, figure(figures, "variance_lecun" + path), 1e-13);
    assertEquals(2.5 * variance, figure(figures, "variance_xavier" + path), 1e-13);
    assertEquals(1.5 * variance, figure(figures, "variance_he" + path), 1e-13);
    figures = figures(None.none(), shape, weight, beforeNothing);
    assertEquals(3 * variance, figure(figures, "variance_he" + path), 1e-13);
    // The weight as it is used, twice the normalized one.
    Bssn twice = Bssn.bssn(2).power(enough());
    figures = figures(twice, shape, weight, beforeRelu);
    double sigma = figure(figures, "sigma" + path);
    assertEquals(
        2.5 * variance * 4 / (sigma * sigma), figure(figures, "variance_xavier" + path), 1e-11);
  }

  /** Of a transposed convolution kh * kw / stride^2 taps meet at an output. */
  @Test
  default void variancesOfTransposedConvolutions() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          Gan.named("transposed")
              .data(Noise.noise(3, 4, 4))
              .generator(
                  g ->
                      g.latent(Looks.LATENT)
                          .layers(
                              Dense.dense(5 * 2 * 2),
                              Reshape.reshape(5, 2, 2),
                              ConvTranspose.convTranspose(3)))
              .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
              .train(Train.train().batch(2))
              .build();
      Training training = Training.of(recipe, engine);
      Tensor weight = parameter(training, "generator.2.weight");
      double[] numbers = Values.random(4, 5, 3, 4, 4).data();
      weight.assign(engine.upload(numbers, weight.shape()));
      double mean = 0;
      double square = 0;
      for (double w : numbers) {
        mean += w / numbers.length;
        square += w * w / numbers.length;
      }
      Map<String, Double> figures = look(training);
      double variance = square - mean * mean;
      assertEquals(
          variance * 5 * 16 / 4, figure(figures, "variance_lecun.generator.2.weight"), 1e-12);
      assertEquals(
          variance * (5 * 16 / 4 + 3 * 16) / 2,
          figure(figures, "variance_xavier.generator.2.weight"),
          1e-12);
    }
  }

  /**
   * An m x n Gaussian matrix has norm sqrt(m) + sqrt(n) times its deviation, whatever that is, so
   * that after exact normalization its variance is (sqrt(m) + sqrt(n))^-2: for 512 x 512 a quarter
   * of LeCun's.
   */
  @Test
  default void normalizedGaussiansAgainstInitializers() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training =
          Training.of(
              Looks.recipe(
                  8,
                  8,
                  warm(Sn.sn()),
                  Hinge.hinge(),
                  Flatten.flatten(),
                  Dense.dense(512).init(Normal.normal(0, 0.02)),
                  LeakyRelu.leakyRelu(0.1),
                  Dense.dense(128).init(Normal.normal(0, 3))),
              engine);
      Map<String, Double> figures = look(training);
      near(0.25, figures, "variance_lecun.discriminator.1.weight", 0.03);
      near(0.25, figures, "variance_xavier.discriminator.1.weight", 0.03);
      double wide = Math.pow(Math.sqrt(512) + Math.sqrt(128), -2);
      near(512 * wide, figures, "variance_lecun.discriminator.3.weight", 0.07);
      near(320 * wide, figures, "variance_xavier.discriminator.3.weight", 0.07);
      near(1, figures, "sigma_ratio.discriminator.1.weight", 0.005);
    }
  }

  /**
   * The first layers of the BSSN paper's discriminator, from N(0, 0.02): what each of its kinds of
   * layers has under SN over LeCun's variance, and under BSN over Xavier's, measured once with
   * exact singular values by NumPy.
   */
  @Test
  default void variancesOfThePapersDiscriminator() {
    String[] paths = {"0", "1", "2"};
    double[] lecun = {0.187, 0.658, 0.463};
    double[] xavier = {0.866, 0.657, 0.581};
    try (Engine engine = open(Precision.FLOAT64)) {
      Map<String, Double> one = look(papers(engine, warm(Sn.sn())));
      Map<String, Double> both = look(papers(engine, warm(Bsn.bsn())));
      for (int i = 0; i < paths.length; i++) {
        String layer = ".discriminator." + paths[i] + ".weight";
        // The first has 3 input channels, so chance has an effect.
        double tolerance = i == 0 ? 0.15 : 0.03;
        near(lecun[i], one, "variance_lecun" + layer, tolerance);
        near(xavier[i], both, "variance_xavier" + layer, tolerance);
      }
    }
  }

  private static Training papers(Engine engine, WeightNorm norm) {
    Recipe recipe =
        Looks.recipe(
            3,
            4,
            norm,
            Hinge.hinge(),
            Conv.conv(64),
            Conv.conv(64).kernel(4).stride(2),
            Conv.conv(128),
            Flatten.flatten(),
            Dense.dense(1));
    return Training.of(recipe, engine);
  }

  private static Sn warm(Sn norm) {
    return norm.power(Power.power().warmup(100));
  }

  private static Bsn warm(Bsn norm) {
    return norm.power(Power.power().warmup(100));
  }

  private static void near(
      double expected, Map<String, Double> figures, String column, double tolerance) {
    assertEquals(1, figure(figures, column) / expected, tolerance, column);
  }

  /**
   * What is said of a discriminator on samples of as many numbers as its first dense layer takes,
   * or of three channels, whose weight of that shape is given.
   */
  private Map<String, Double> figures(
      WeightNorm norm, Shape shape, double[] weight, Layer... judge) {
    try (Engine engine = open(Precision.FLOAT64)) {
      boolean dense = shape.dims().size() == 2;
      Recipe recipe =
          Looks.recipe(dense ? shape.dim(1) : 3, dense ? 1 : 3, norm, Hinge.hinge(), judge);
      Training training = Training.of(recipe, engine);
      for (Tensor p : training.tensors().getOrDefault("discriminator", Map.of()).values()) {
        if (p.shape().equals(shape)) {
          p.assign(engine.upload(weight, shape));
        }
      }
      return look(training);
    }
  }
}
