package dev.sparring.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sparring.layer.Activation;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Tanh;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** PyTorch's own fans, gains, deviations and bounds, and its recipe for orthogonal matrices. */
class GoldenInitTest {
  private static Map<String, Object> golden() throws IOException {
    try (InputStream in = GoldenInitTest.class.getResourceAsStream("init.f64.json")) {
      return JSON.std.mapFrom(in);
    }
  }

  @Test
  void fansUnderPytorchsRule() throws IOException {
    for (Map<?, ?> c : cases("cases")) {
      Fans fans = spec(c).under(FanRule.PYTORCH).fans();
      assertEquals(number(c, "fan_in"), fans.in(), c.get("layer") + " in");
      assertEquals(number(c, "fan_out"), fans.out(), c.get("layer") + " out");
    }
  }

  @Test
  void heUnderPytorchsRule() throws IOException {
    int checked = 0;
    for (Map<?, ?> c : cases("cases")) {
      for (Object row : (List<?>) c.get("kaiming")) {
        Map<?, ?> k = (Map<?, ?>) row;
        double gain = gain((String) k.get("nonlinearity"), number(k, "a"));
        assertEquals(number(k, "gain"), gain, 1e-15, k.toString());
        He he = He.he().fan(k.get("mode").equals("fan_in") ? Fan.IN : Fan.OUT);
        WeightSpec weight = with(spec(c), gain).under(FanRule.PYTORCH);
        checkMoments(he, weight, number(k, "normal_std"), number(k, "uniform_bound"), k);
        checked++;
      }
    }
    assertEquals(8 * 12, checked);
  }

  @Test
  void xavierUnderPytorchsRule() throws IOException {
    for (Map<?, ?> c : cases("cases")) {
      for (Object row : (List<?>) c.get("xavier")) {
        Map<?, ?> x = (Map<?, ?>) row;
        Xavier xavier = Xavier.xavier().gain(number(x, "gain"));
        WeightSpec weight = spec(c).under(FanRule.PYTORCH);
        Shape few = few(weight.shape());
        WeightSpec small = new WeightSpec(few, 0, weight.fans(), 1);
        double bound = number(x, "uniform_bound");
        assertDraws(xavier, small, Distribution.UNIFORM, bound / Math.sqrt(3), x);
        assertDraws(
            xavier.distribution(Distribution.NORMAL),
            small,
            Distribution.NORMAL,
            number(x, "normal_std"),
            x);
      }
    }
  }

  @Test
  void orthogonalOfGivenGaussians() throws IOException {
    for (Map<?, ?> c : cases("orthogonal")) {
      Map<?, ?> gaussian = (Map<?, ?>) c.get("gaussian_in");
      List<?> shape = (List<?>) gaussian.get("shape");
      double[] q =
          Orthogonal.orthonormalize(
              doubles(gaussian),
              ((Number) shape.get(0)).intValue(),
              ((Number) shape.get(1)).intValue());
      double gain = number(c, "gain");
      for (int i = 0; i < q.length; i++) {
        q[i] *= gain;
      }
      assertArrayEquals(doubles((Map<?, ?>) c.get("W")), q, 1e-12, c.get("shape").toString());
    }
  }

  @Test
  void defaultStdIsDcgans() throws IOException {
    assertEquals(number(golden(), "dcgan_std"), Normal.normal().std());
  }

  private static void checkMoments(
      He he, WeightSpec weight, double std, double bound, Map<?, ?> where) {
    WeightSpec small = new WeightSpec(few(weight.shape()), 0, weight.fans(), weight.gain());
    assertDraws(he, small, Distribution.NORMAL, std, where);
    assertDraws(
        he.distribution(Distribution.UNIFORM),
        small,
        Distribution.UNIFORM,
        bound / Math.sqrt(3),
        where);
  }

  /** The initializer must draw exactly what the distribution of that deviation draws. */
  private static void assertDraws(
      Initializer init, WeightSpec weight, Distribution distribution, double std, Map<?, ?> where) {
    double[] expected = Scaled.draw(distribution, std, weight, Draws.random());
    assertTrue(Draws.largest(expected) > 0);
    assertArrayEquals(expected, Draws.draw(init, weight), 1e-14, where.toString());
  }

  private static Shape few(Shape shape) {
    return Shape.of(1, Math.min(50, shape.elements()));
  }

  private static double gain(String nonlinearity, double a) {
    Activation activation =
        switch (nonlinearity) {
          case "relu" -> Relu.relu();
          case "tanh" -> Tanh.tanh();
          case "leaky_relu" -> a < 1 ? LeakyRelu.leakyRelu(a) : null;
          default -> null;
        };
    if (activation != null) {
      return activation.gain();
    }
    // Slope sqrt(5) is no layer of this library, only PyTorch's default initializer.
    return nonlinearity.equals("linear") ? 1 : Math.sqrt(2 / (1 + a * a));
  }

  private static WeightSpec spec(Map<?, ?> c) {
    List<Integer> shape =
        ((List<?>) c.get("weight_shape")).stream().map(n -> ((Number) n).intValue()).toList();
    boolean transposed = ((String) c.get("layer")).startsWith("ConvTranspose2d");
    // Wrong fans on purpose: PyTorch's rule must compute its own.
    return new WeightSpec(new Shape(shape), transposed ? 1 : 0, new Fans(1e9, 1e9), 1);
  }

  private static WeightSpec with(WeightSpec w, double gain) {
    return new WeightSpec(w.shape(), w.outputAxis(), w.fans(), gain);
  }

  private static List<Map<?, ?>> cases(String name) throws IOException {
    List<Map<?, ?>> all =
        ((List<?>) golden().get(name)).stream().<Map<?, ?>>map(o -> (Map<?, ?>) o).toList();
    assertTrue(all.size() >= 5);
    return all;
  }

  private static double number(Map<?, ?> map, String name) {
    return ((Number) map.get(name)).doubleValue();
  }

  private static double[] doubles(Map<?, ?> tensor) {
    return ((List<?>) tensor.get("data"))
        .stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }
}
