package dev.sparring.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The detectors that read the figures of diagnostics. */
class LookDetectorsTest {
  private static final List<Weights.Weight> D = Weights.of(Hearing.plan().discriminator());
  private static final List<Weights.Weight> G = Weights.of(Hearing.plan().generator());

  private static Map<String, Double> diversity(double value) {
    return Map.of("diversity", value);
  }

  @Test
  void theGeneratorHasCollapsed() {
    Hearing hearing = Hearing.of(GeneratorCollapses.of(false));
    hearing.step(1, diversity(0.05)).step(100, diversity(0.1)).step(200, diversity(0.9));
    hearing.step(300, diversity(0.0999)).steps(301, 399, Map.of()).step(400, diversity(0));
    assertEquals(List.of(), hearing.said(), "a look too few");
    hearing.step(500, diversity(0.0123)).step(600, diversity(0.01)).step(700, diversity(0.01));
    assertEquals(
        List.of(
            "step 500: G has collapsed: two of its samples are on average 0.012 times as far apart"
                + " as two real ones, and have been below 0.1 times for 200 steps; try another"
                + " seed, a lower learning rate for G, or more updates of D"),
        hearing.said());
    hearing.step(800, diversity(0.1)).step(900, diversity(0)).step(1000, diversity(0));
    assertEquals(List.of(500L), hearing.when());
    hearing.step(1100, diversity(0));
    assertEquals(List.of(500L, 1100L), hearing.when());
  }

  /** Each generator separately, by its own column. */
  @Test
  void eitherGeneratorMayCollapse() {
    Hearing hearing = Hearing.backwardDirection();
    for (long step = 1; step <= 301; step += 100) {
      hearing.step(
          step, Map.of("diversity", 0.9, "diversity.back", 0.01, "grad_norm.generator", 1.0));
    }
    assertEquals(
        List.of(
            "step 201: the G of the backward direction has collapsed: two of its samples are on average"
                + " 0.010 times as far apart as two real ones, and have been below 0.1 times for"
                + " 200 steps; try another seed, a lower learning rate for G, or more updates of"
                + " D"),
        hearing.said());
    Hearing gradients = Hearing.backwardDirection();
    gradients.step(7, Map.of("grad_norm.discriminator_back.0.weight", 2e4));
    assertEquals(List.of(7L), gradients.when());
    assertEquals(
        true,
        gradients.said().get(0).contains("explode at discriminator_back.0 (dense 1)"),
        () -> gradients.said().toString());
  }

  /** Initial weights of 0.02 give small samples, which are therefore alike. */
  @Test
  void itTakesItsTimeFromTheFirstStep() {
    Hearing rare = Hearing.of(GeneratorCollapses.of(false));
    rare.step(1, diversity(0.01)).step(100, diversity(0.05)).step(200, diversity(0.09));
    assertEquals(List.of(), rare.when());
    assertEquals(List.of(300L), rare.step(300, diversity(0.09)).when());
    Hearing each = Hearing.of(GeneratorCollapses.of(false));
    assertEquals(List.of(), each.steps(1, 200, diversity(0.01)).when());
    assertEquals(List.of(201L), each.steps(201, 900, diversity(0.01)).when());
    Hearing rarest = Hearing.of(GeneratorCollapses.of(false));
    rarest.step(1, diversity(0.01)).step(1000, diversity(0.01));
    assertEquals(List.of(), rarest.when(), "two looks are few");
    assertEquals(List.of(2000L), rarest.step(2000, diversity(0.01)).when());
  }

  @Test
  void aDiversityThatIsNoNumberIsNoCollapse() {
    Hearing hearing = Hearing.of(GeneratorCollapses.of(false));
    hearing.steps(1, 150, diversity(0)).step(151, diversity(Double.NaN));
    assertEquals(List.of(), hearing.steps(152, 300, diversity(0)).said());
  }

  /** Norms by column; the root mean square of n elements is the norm over sqrt(n). */
  private static Map<String, Double> norms(List<Weights.Weight> weights, double... norms) {
    Map<String, Double> figures = new HashMap<>();
    for (int i = 0; i < norms.length; i++) {
      figures.put("grad_norm." + weights.get(i).path(), norms[i]);
    }
    return figures;
  }

  @Test
  void theGeneratorOverwhelms() {
    Hearing hearing = Hearing.of(new GeneratorOverwhelms(false));
    Map<String, Double> fooled = Map.of("d_accuracy", 0.52, "energy_distance", 0.41);
    hearing.step(1, fooled).step(100, fooled).step(200, fooled);
    assertEquals(List.of(), hearing.said());
    hearing.step(300, fooled).step(400, fooled);
    assertEquals(
        List.of(
            "step 300: G overwhelms D: D scores a real sample above a generated one in 52 % of"
                + " pairs, about as by chance, while their energy distance is 0.41, and above 0.2"
                + " for 200 steps; try more updates or a higher learning rate for D, a wider D, or"
                + " a lower rate for G"),
        hearing.said());
    // Chance is what an optimum looks like, if samples are near.
    Hearing near = Hearing.of(new GeneratorOverwhelms(false));
    near.steps(1, 500, Map.of("d_accuracy", 0.5, "energy_distance", 0.02));
    // A D that tells them apart is not overwhelmed, however far they are.
    near.steps(501, 1000, Map.of("d_accuracy", 0.8, "energy_distance", 0.6));
    near.steps(1001, 1500, Map.of("d_accuracy", 0.5));
    assertEquals(List.of(), near.said());
    Hearing back = Hearing.of(new GeneratorOverwhelms(true));
    back.steps(1, 201, Map.of("d_accuracy.back", 0.5, "energy_distance.back", 0.3));
    assertEquals(List.of(201L), back.when());
  }

  @Test
  void theBalanceOfTheFirstSteps() {
    assertEquals(
        List.of(
            "step 20: D has won from the start: after 20 steps it scores every real sample above"
                + " the generated ones, and the gradient of G's loss is 0.004 times that after the"
                + " first step; try smaller initial weights or a lower learning rate for D, or a"
                + " normalization of its weights such as sn"),
        begun(1, 1, 0.008).said());
    assertEquals(List.of(), begun(1, 1, 0.04).said(), "G has a gradient");
    assertEquals(List.of(), begun(0.9, 1, 0.008).said(), "it had not won at step 10");
    assertEquals(List.of(), begun(1, 0.97, 0.008).said());
    Hearing resumed = Hearing.of(new InitialBalance(false, "generator"));
    resumed.step(20, Map.of("d_accuracy", 1.0, "grad_norm.generator", 1e-9));
    assertEquals(List.of(), resumed.said(), "its beginning is not known");
  }

  private static Hearing begun(double middle, double last, double gradient) {
    Hearing hearing = Hearing.of(new InitialBalance(false, "generator"));
    return hearing
        .step(1, Map.of("d_accuracy", 0.5, "grad_norm.generator", 2.0))
        .step(10, Map.of("d_accuracy", middle, "grad_norm.generator", 0.5))
        .step(20, Map.of("d_accuracy", last, "grad_norm.generator", gradient))
        .step(21, Map.of("d_accuracy", last, "grad_norm.generator", gradient));
  }

  @Test
  void gradientsVanishAtAWeight() {
    // Of 200, 500 and 5 elements: the first is below 1e-8 up to 1.41e-7, the others are not.
    Map<String, Double> small = norms(D, 1.414e-7, 2.24e-7, 2.24e-8);
    Map<String, Double> fine = norms(D, 1.415e-7, 1, 1);
    Hearing hearing = Hearing.of(new GradientsVanish("discriminator", D));
    hearing.step(1, small).step(100, fine).step(200, small).step(250, Map.of()).step(299, small);
    assertEquals(List.of(), hearing.said(), "a step too few");
    hearing.step(300, small).step(400, small);
    String text =
        ": gradients vanish at discriminator.0 (dense 100): the root mean square of their elements"
            + " is 1.0e-08, and below 1e-08 Adam hardly moves a weight; look at the scale of the"
            + " initial weights, and at whether D has won";
    assertEquals(List.of("step 300" + text), hearing.said());
    hearing.step(500, fine).step(600, small).step(700, small);
    assertEquals(List.of("step 300" + text, "step 700" + text), hearing.said());
  }

  @Test
  void gradientsVanishAtSeveralWeights() {
    Hearing hearing = Hearing.of(new GradientsVanish("discriminator", D));
    hearing.step(100, norms(D, 1, 2e-9, 4e-9)).step(200, norms(D, 1, 2e-9, 4e-9));
    hearing.step(300, norms(D, 0, 2e-9, 4e-9)).step(400, norms(D, 0, 2e-9, 4e-9));
    String end =
        ", and below 1e-08 Adam hardly moves a weight; look at the scale of the initial weights,"
            + " and at whether D has won";
    assertEquals(
        List.of(
            "step 200: gradients vanish at discriminator.2 (dense 5) and 1 more weight: the root"
                + " mean square of their elements is 1.8e-09"
                + end,
            "step 400: gradients vanish at discriminator.0 (dense 100): the root mean square of"
                + " their elements is 0"
                + end),
        hearing.said());
  }

  @Test
  void gradientsVanishEverywhere() {
    Hearing hearing = Hearing.of(new GradientsVanish("generator", G));
    hearing.step(1, norms(G, 0, 0)).step(100, norms(G, 0, 0));
    assertEquals(List.of(), hearing.said(), "the first step and another one are one step too few");
    assertEquals(
        List.of(
            "step 101: gradients vanish at every weight of the generator: the root mean square of"
                + " their elements is 0, and below 1e-08 Adam hardly moves a weight; look at the"
                + " scale of the initial weights, and at whether D has won"),
        hearing.step(101, norms(G, 0, 0)).said());
  }

  @Test
  void anUnknownGradientHasNotVanished() {
    Hearing hearing = Hearing.of(new GradientsVanish("generator", G));
    hearing.step(100, norms(G, 0, 1)).step(200, norms(G, Double.NaN, 1)).step(250, norms(G, 0, 1));
    assertEquals(List.of(), hearing.said());
  }

  @Test
  void gradientsExplode() {
    Hearing hearing = Hearing.of(new GradientsExplode("discriminator", D));
    hearing.step(1, norms(D, 1, 3, 1)).step(100, norms(D, 4, 3, 2)).step(200, norms(D, 2, 3, 3));
    hearing.step(300, norms(D, 2000, 2999, 10)).step(400, Map.of());
    assertEquals(List.of(), hearing.said(), "not yet a thousand times");
    // The medians of 1, 4, 2, 2000 and of 3, 3, 3, 2999: of four the third.
    hearing.step(500, norms(D, 4001, 3001, 10));
    String advice =
        "; try a normalization of D's weights such as sn, a lower learning rate, clipNorm, or"
            + " smaller initial weights";
    assertEquals(
        List.of(
            "step 500: gradients explode at discriminator.0 (dense 100) and 1 more weight: their"
                + " norm is 4.0e+03, up from a median of 4.0e+00"
                + advice),
        hearing.said());
    hearing.step(600, norms(D, 9001, 9001, 3)).step(700, norms(D, 3, 9001, 3));
    assertEquals(List.of(500L), hearing.when(), "said while it lasts");
    hearing.step(800, norms(D, 9001, 3, 3)).step(900, norms(D, 9001, 3, 9001));
    assertEquals(
        "step 900: gradients explode at discriminator.4 (dense 1): their norm is 9.0e+03, up from a"
            + " median of 3.0e+00"
            + advice,
        hearing.said().get(hearing.said().size() - 1));
  }

  /** The largest is named, even if it is not the first. */
  @Test
  void gradientsExplodeFromTheStart() {
    String advice =
        "; try a normalization of D's weights such as sn, a lower learning rate, clipNorm, or"
            + " smaller initial weights";
    Hearing hearing = Hearing.of(new GradientsExplode("discriminator", D));
    hearing.step(1, norms(D, 10_001, 20_000, 10_000)).step(100, norms(D, 10_001, 20_000, 20_000));
    assertEquals(
        List.of(
            "step 1: gradients explode at discriminator.2 (dense 5) and 1 more weight: their norm"
                + " is 2.0e+04"
                + advice,
            "step 100: gradients explode at discriminator.4 (dense 1): their norm is 2.0e+04"
                + advice),
        hearing.said());
    assertEquals(
        List.of(
            "step 1: gradients explode at every weight of the generator: their norm is 3.0e+04"
                + advice),
        Hearing.of(new GradientsExplode("generator", G)).step(1, norms(G, 3e4, 2e4)).said());
  }

  @Test
  void threeLooksMakeAMedian() {
    Hearing hearing = Hearing.of(new GradientsExplode("generator", G));
    hearing.step(1, norms(G, 1, 1)).step(100, norms(G, 1, 1)).step(200, norms(G, 5000, 1));
    assertEquals(List.of(), hearing.said());
    assertEquals(List.of(300L), hearing.step(300, norms(G, 5001, 1)).when());
  }

  /** A network that begins to learn has gradients that are many times as large as before. */
  @Test
  void growthFromNothingIsNoExplosion() {
    Hearing hearing = Hearing.of(new GradientsExplode("generator", G));
    hearing.steps(1, 10, norms(G, 0, 1e-12)).step(11, norms(G, 100, 100));
    assertEquals(List.of(), hearing.said());
    assertEquals(List.of(12L), hearing.step(12, norms(G, 100, 101)).when());
  }

  /** The median is over the last hundred measurements; older ones do not count. */
  @Test
  void whatLiesFarBackIsForgotten() {
    Hearing hearing = Hearing.of(new GradientsExplode("generator", G));
    hearing.steps(1, 100, norms(G, 2, 2)).steps(101, 151, norms(G, 9, 9));
    assertEquals(List.of(), hearing.step(152, norms(G, 8999, 2001)).said());
    Hearing shorter = Hearing.of(new GradientsExplode("generator", G));
    shorter.steps(1, 100, norms(G, 2, 2)).steps(101, 149, norms(G, 9, 9));
    assertEquals(List.of(150L), shorter.step(150, norms(G, 2001, 2)).when());
  }

  @Test
  void anUnknownGradientDoesNotExplode() {
    Hearing hearing = Hearing.of(new GradientsExplode("generator", G));
    hearing.steps(1, 5, norms(G, 1, 1)).step(6, Map.of()).step(7, norms(G, Double.NaN));
    assertEquals(List.of(), hearing.said());
  }
}
