package dev.sparring.conformance;

import static dev.sparring.conformance.SpectralCases.normalize;
import static dev.sparring.conformance.SpectralCases.normalized;
import static dev.sparring.conformance.SpectralCases.sigma;
import static dev.sparring.conformance.SpectralCases.values;
import static dev.sparring.conformance.SpectralCases.vectors;
import static dev.sparring.conformance.SpectralCases.withPower;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.norm.Bsn;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.norm.Spectral;
import dev.sparring.norm.Ssn;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spectral normalization of all four kinds: values, vectors and gradients. */
public interface SpectralConformance extends EngineUnderTest {
  /** In vectors' norms PyTorch takes max(norm, 1e-12) where core takes norm + 1e-12. */
  private static double tolerance(Precision precision) {
    return precision == Precision.FLOAT64 ? 1e-11 : EngineUnderTest.tolerance(precision);
  }

  /** PyTorch's: dense, convolution, transposed convolution; 1, 2 and 5 iterations. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void snIsThatOfTheReference(Precision precision) {
    double tolerance = tolerance(precision);
    Starts.with(
        this,
        precision,
        engine -> {
          for (Golden c : Golden.load("spectral_norm").cases()) {
            int axis = c.integer("rows_dim");
            for (Golden run : c.objects("runs")) {
              Power power = Power.power().iterations(run.integer("power_iterations"));
              String what = c.text("name") + ", " + power;
              Values w = c.tensor("W");
              Map<String, Tensor> vectors = vectors(engine, Sn.sn(), w.shape(), axis);
              vector(vectors, "weight_u").assign(c.tensor("u0").on(engine));
              Tensor variable = w.on(engine).variable();
              Tensor normal =
                  normalize(engine, Sn.sn().power(power), variable, axis, vectors, true);
              Close.to(run.tensor("W_sn"), normal, tolerance, what);
              Close.to(run.tensor("u"), vector(vectors, "weight_u"), tolerance, what + ": u");
              Close.to(run.tensor("v"), vector(vectors, "weight_v"), tolerance, what + ": v");
              Close.numbers(run.number("sigma"), sigma(w, normal), tolerance, what + ": sigma");
              checkGradient(engine, c.tensor("C"), run, variable, normal, tolerance, what);
            }
          }
        });
  }

  /**
   * The reference divides by scale * mean norm, the paper's code and {@link Bssn#scale} multiply by
   * the scale, so that its scale is ours inverted. Its dense case averages both directions; ours
   * uses the out direction alone, as the paper's code does.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void bssnIsThatOfTheReference(Precision precision) {
    double tolerance = tolerance(precision);
    Starts.with(
        this,
        precision,
        engine -> {
          for (Golden c : Golden.load("bssn").cases()) {
            Values w = c.tensor("W");
            boolean dense = w.shape().rank() == 2;
            for (Golden run : c.objects("runs")) {
              Spectral kind =
                  Bssn.bssn(1 / c.number("scale"))
                      .power(Power.power().iterations(run.integer("power_iterations")));
              String what = c.text("name") + ", " + kind;
              Map<String, Tensor> vectors = vectors(engine, kind, w.shape(), 0);
              vector(vectors, "weight_u").assign(c.tensor("u_out0").on(engine));
              if (!dense) {
                vector(vectors, "weight_u_in").assign(c.tensor("u_in0").on(engine));
              }
              Tensor variable = w.on(engine).variable();
              Tensor normal = normalize(engine, kind, variable, 0, vectors, true);
              Close.to(run.tensor("u_out"), vector(vectors, "weight_u"), tolerance, what + ": u");
              Close.to(run.tensor("v_out"), vector(vectors, "weight_v"), tolerance, what + ": v");
              if (dense) {
                assertEquals(2, vectors.size(), what);
                double sigma = c.number("scale") * run.number("s_out");
                Close.to(w.scaled(1 / sigma, 0), normal, tolerance, what);
              } else {
                Close.to(run.tensor("W_bssn"), normal, tolerance, what);
                Close.to(
                    run.tensor("u_in"), vector(vectors, "weight_u_in"), tolerance, what + ": u in");
                Close.to(
                    run.tensor("v_in"), vector(vectors, "weight_v_in"), tolerance, what + ": v in");
                checkGradient(engine, c.tensor("C"), run, variable, normal, tolerance, what);
              }
            }
          }
        });
  }

  private static void checkGradient(
      Engine engine,
      Values c,
      Golden run,
      Tensor variable,
      Tensor normal,
      double tolerance,
      String what) {
    // The references' loss is sum sin(W C); its derivative by W, passed as a constant, gives the
    // same gradient without a sine.
    double[] outer = c.data();
    double[] w = normal.toDoubles();
    double loss = 0;
    for (int i = 0; i < outer.length; i++) {
      loss += Math.sin(outer[i] * w[i]);
      outer[i] *= Math.cos(outer[i] * w[i]);
    }
    Close.numbers(run.number("loss"), loss, tolerance, what + ": loss");
    Tensor directed = normal.times(engine.upload(outer, normal.shape())).sum();
    Close.to(
        run.tensor("grad_W"),
        engine.gradients(directed, List.of(variable), false).get(0),
        tolerance,
        what + ": gradient");
  }

  /** SSN is SN times its scale, BSN is BSSN of scale 1. */
  @Test
  default void scalesAreFactors() {
    Starts.withDoubles(
        this,
        engine -> {
          Values w = Values.random(3, 4, 3, 2, 2);
          Close.to(
              values(normalized(engine, Sn.sn(), w).times(1.7)),
              normalized(engine, Ssn.ssn(1.7), w),
              1e-14,
              "ssn");
          Close.to(
              values(normalized(engine, Bsn.bsn(), w).times(1.7)),
              normalized(engine, Bssn.bssn(1.7), w),
              1e-14,
              "bssn");
        });
  }

  /** Vectors constant: the derivative of W / (u^T M v) with the vectors after the iteration. */
  @Test
  default void gradientWithConstantVectorsIsItsDerivative() {
    for (Spectral kind : List.of(Sn.sn(), Ssn.ssn(1.3), Bsn.bsn(), Bssn.bssn(0.8))) {
      Starts.withDoubles(
          this,
          engine -> {
            Values w = Values.random(5, 3, 4, 2, 2);
            Map<String, Tensor> vectors = vectors(engine, kind, w.shape(), 0);
            Tensor variable = w.on(engine).variable();
            Tensor out = normalize(engine, kind, variable, 0, vectors, true);
            Tensor gradient = gradient(engine, out, variable);
            Values differences =
                differences(
                    w,
                    x -> figure(engine, normalize(engine, kind, x.on(engine), 0, vectors, false)));
            Close.to(differences, gradient, 1e-7, kind.toString());
          });
    }
  }

  /** Vectors differentiated: the derivative of the whole iteration from the vectors before. */
  @Test
  default void gradientThroughVectorsIsThatOfTheIteration() {
    for (Spectral kind : List.of(Sn.sn(), Bssn.bssn(0.8))) {
      Starts.withDoubles(
          this,
          engine -> {
            Spectral through = through(kind, 2);
            Values w = Values.random(5, 3, 4, 2, 2);
            Tensor variable = w.on(engine).variable();
            Tensor out =
                normalize(engine, through, variable, 0, vectors(engine, kind, w.shape(), 0), true);
            Tensor gradient = gradient(engine, out, variable);
            Values differences =
                differences(w, x -> figure(engine, normalized(engine, through, x)));
            Close.to(differences, gradient, 1e-7, through.toString());

            Tensor detached = w.on(engine).variable();
            Spectral constant = withPower(kind, Power.power().iterations(2));
            Tensor same =
                normalize(engine, constant, detached, 0, vectors(engine, kind, w.shape(), 0), true);
            Close.to(values(out), same, 1e-14, "the values");
            double distance =
                gradient(engine, same, detached).minus(gradient).square().sum().sqrt().item();
            assertTrue(distance > 1e-3, () -> "both gradients are the same: " + distance);
          });
    }
  }

  /**
   * A discriminator sees real and generated samples before its gradient is computed: the second
   * pass writes into the vectors, which must not affect the first pass's gradient.
   */
  @Test
  default void twoPassesBeforeTheGradient() {
    for (boolean throughVectors : new boolean[] {false, true}) {
      Starts.withDoubles(
          this,
          engine -> {
            Spectral kind = Sn.sn().power(Power.power().throughVectors(throughVectors));
            Values w = Values.random(6, 4, 5);
            Map<String, Tensor> vectors = vectors(engine, kind, w.shape(), 0);
            Tensor variable = w.on(engine).variable();
            Tensor first = normalize(engine, kind, variable, 0, vectors, true);
            Map<String, Tensor> between = copies(engine, vectors);
            Tensor second = normalize(engine, kind, variable, 0, vectors, true);
            Tensor sum = weighed(engine, first).plus(weighed(engine, second.square()));
            Tensor gradient = engine.gradients(sum, List.of(variable), false).get(0);
            Values differences =
                differences(
                    w,
                    x -> {
                      Tensor moved = x.on(engine);
                      // Each pass differentiates its own iterations only, not those of an earlier
                      // pass.
                      Map<String, Tensor> start =
                          throughVectors ? vectors(engine, kind, w.shape(), 0) : between;
                      Map<String, Tensor> next = throughVectors ? copies(engine, between) : vectors;
                      Tensor one = normalize(engine, kind, moved, 0, start, throughVectors);
                      Tensor two = normalize(engine, kind, moved, 0, next, throughVectors);
                      return weighed(engine, one).plus(weighed(engine, two.square())).item();
                    });
            Close.to(differences, gradient, 1e-7, kind.toString());
          });
    }
  }

  /** Training moves the vectors, evaluation reads them; neither touches the raw weight. */
  @Test
  default void evaluationLeavesTheVectorsAlone() {
    for (Spectral kind : List.of(Sn.sn(), Bssn.bssn(1.4))) {
      Starts.withDoubles(
          this,
          engine -> {
            Values w = Values.random(8, 3, 4, 3, 3);
            Tensor weight = w.on(engine);
            Map<String, Tensor> vectors = vectors(engine, kind, w.shape(), 0);
            Map<String, double[]> before = numbers(vectors);
            Tensor training = normalize(engine, kind, weight, 0, vectors, true);
            Map<String, double[]> after = numbers(vectors);
            before.forEach(
                (name, numbers) ->
                    assertTrue(distance(numbers, get(after, name)) > 1e-3, name + " stood still"));
            Tensor evaluation = normalize(engine, kind, weight, 0, vectors, false);
            numbers(vectors)
                .forEach((name, numbers) -> assertArrayEquals(get(after, name), numbers, name));
            Close.to(values(training), evaluation, 1e-15, "evaluation after a training pass");
            Close.exactly(w, weight, "the raw weight");
          });
    }
  }

  private static Map<String, Tensor> copies(Engine engine, Map<String, Tensor> vectors) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    vectors.forEach((name, t) -> copies.put(name, values(t).on(engine)));
    return copies;
  }

  private static Spectral through(Spectral kind, int iterations) {
    return withPower(kind, Power.power().iterations(iterations).throughVectors(true));
  }

  private static Map<String, double[]> numbers(Map<String, Tensor> tensors) {
    Map<String, double[]> all = new LinkedHashMap<>();
    tensors.forEach((name, t) -> all.put(name, t.toDoubles()));
    return all;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static Tensor vector(Map<String, Tensor> vectors, String name) {
    return get(vectors, name);
  }

  private static <T> T get(Map<String, T> map, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " among " + map.keySet());
    }
    return value;
  }

  /** A scalar with a different weight for every entry. */
  private static Tensor weighed(Engine engine, Tensor t) {
    int[] dims = t.shape().dims().stream().mapToInt(Integer::intValue).toArray();
    return t.times(Values.random(77, dims).on(engine)).sum();
  }

  private static double figure(Engine engine, Tensor normal) {
    return weighed(engine, normal).item();
  }

  private static Tensor gradient(Engine engine, Tensor normal, Tensor variable) {
    return engine.gradients(weighed(engine, normal), List.of(variable), false).get(0);
  }

  /** Central differences of a function of the weight. */
  private static Values differences(
      Values w, java.util.function.ToDoubleFunction<Values> function) {
    double step = 1e-5;
    double[] slopes = new double[w.shape().elements()];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] =
          (function.applyAsDouble(w.nudged(i, step)) - function.applyAsDouble(w.nudged(i, -step)))
              / (2 * step);
    }
    return Values.of(w.shape(), slopes);
  }
}
