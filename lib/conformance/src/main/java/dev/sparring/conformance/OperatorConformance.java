package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.init.Normal;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Embedding;
import dev.sparring.layer.Layer;
import dev.sparring.layer.PadRule;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.LinearOperator;
import dev.sparring.norm.None;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.norm.SnConv;
import dev.sparring.norm.SpectralMode;
import dev.sparring.norm.Ssn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.InitByKind;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Linear maps of layers, their transposes, and normalization by the norm of the whole map. */
public interface OperatorConformance extends EngineUnderTest {
  /** Enough iterations for the estimate to converge. */
  Power ENOUGH = Power.power().warmup(600);

  /** Maps of images of three channels, 6 x 5. */
  private static List<Layer> layers() {
    return List.of(
        Conv.conv(4),
        Conv.conv(2).kernel(4).stride(2),
        Conv.conv(4).stride(2).padding(1),
        Conv.conv(4).kernel(5).stride(3).padding(0),
        Conv.conv(4).kernel(4).pad(PadRule.SAME),
        Conv.conv(4).kernel(5).stride(2).pad(PadRule.SAME),
        Conv.conv(2).kernel(1).stride(2).padding(3),
        ConvTranspose.convTranspose(2),
        ConvTranspose.convTranspose(2).kernel(3).outputPadding(1),
        ConvTranspose.convTranspose(4).kernel(3).stride(1),
        ConvTranspose.convTranspose(2).kernel(5).pad(PadRule.SAME),
        ConvTranspose.convTranspose(2).kernel(2).stride(3).padding(0).outputPadding(1));
  }

  /** (C x, y) = (x, C^T y), and C is the layer without its bias. */
  @Test
  default void transposesAreThoseOfTheirMaps() {
    Starts.withDoubles(
        this,
        engine -> {
          Shape input = Shape.of(3, 6, 5);
          for (Layer layer : layers()) {
            LinearOperator map = Objects.requireNonNull(layer.operator(input));
            Shape weight = layer.parameters(input).get(0).shape();
            Tensor w =
                Values.random(5, weight.dims().stream().mapToInt(d -> d).toArray()).on(engine);
            Tensor x = Values.random(6, 2, 3, 6, 5).on(engine);
            Tensor cx = map.apply(x, w);
            assertEquals(map.output().batch(2), cx.shape(), layer.summary());
            Shape output = map.output();
            Tensor y = Values.random(7, 2, output.dim(0), output.dim(1), output.dim(2)).on(engine);
            Tensor back = map.transposed(y, w);
            assertEquals(x.shape(), back.shape(), layer.summary());
            assertEquals(
                cx.times(y).sum().item(), x.times(back).sum().item(), 1e-12, layer.summary());
            Network network = network(engine, Normal.normal(), None.none(), input, layer);
            Map<String, Tensor> with = new LinkedHashMap<>(network.parameters());
            with.put("d.0.weight", w);
            with.put("d.0.bias", engine.full(0, network.parameters().tensor("d.0.bias").shape()));
            assertArrayEquals(
                network.forward(x, with, PassOptions.evaluation()).toDoubles(),
                cx.toDoubles(),
                layer.summary());
          }
        });
  }

  private static Network network(
      Engine engine, Normal init, WeightNorm norm, Shape input, Layer... layers) {
    Discriminator d =
        new Discriminator(
            1, 0, null, init, null, InitByKind.initByKind(), null, norm, List.of(layers));
    return Network.create(NetworkPlan.of("d", d, input), engine, new Seed(1));
  }

  /** One convolution with a stride, for images of (2, 6, 6). */
  private static Network strided(Engine engine, Normal init, WeightNorm norm) {
    Conv conv = Conv.conv(3).kernel(3).stride(2).padding(1);
    return network(engine, init, norm, Shape.of(2, 6, 6), conv);
  }

  /** Its map, unrolled. */
  private static double[][] strided(double[] w) {
    return unrolled(w, 3, 2, 6, 3, 2, 1);
  }

  /**
   * The largest singular value of a strided convolution with zeros at the borders, unrolled by
   * loops and decomposed by EJML; by the norm it becomes the scale.
   */
  @Test
  default void theNormIsThatOfTheUnrolledMap() {
    Starts.withDoubles(
        this,
        engine -> {
          Network raw = strided(engine, Normal.normal(0, 1), None.none());
          double[] w = raw.parameters().tensor("d.0.weight").toDoubles();
          double sigma = largest(strided(w));
          for (double scale : new double[] {1, 1.7}) {
            WeightNorm norm = SnConv.snConv().scale(scale).power(ENOUGH);
            Network network = strided(engine, Normal.normal(0, 1), norm);
            double[] used = network.normalizedParameters().tensor("d.0.weight").toDoubles();
            for (int i = 0; i < w.length; i++) {
              assertEquals(w[i] * scale / sigma, used[i], 1e-9 * Math.abs(w[i]));
            }
          }
          // The matrix's norm lies below, at most a kernel's side away.
          double matrix = largest(rows(w, 3));
          assertTrue(matrix < sigma && sigma < 3 * matrix, matrix + ", " + sigma);
        });
  }

  /** Above the limit a weight is scaled down to it, below it is left as it is. */
  @Test
  default void clippingLeavesSmallWeights() {
    Starts.withDoubles(
        this,
        engine -> {
          Network raw = strided(engine, Normal.normal(0, 1), None.none());
          double[] w = raw.parameters().tensor("d.0.weight").toDoubles();
          double whole = largest(strided(w));
          double matrix = largest(rows(w, 3));
          for (double share : new double[] {0.8, 1.25}) {
            WeightNorm ofMap =
                SnConv.snConv().scale(share * whole).mode(SpectralMode.CLIP).power(ENOUGH);
            WeightNorm ofMatrix = Ssn.ssn(share * matrix).mode(SpectralMode.CLIP).power(ENOUGH);
            for (WeightNorm norm : List.of(ofMap, ofMatrix)) {
              Network network = strided(engine, Normal.normal(0, 1), norm);
              double[] used = network.normalizedParameters().tensor("d.0.weight").toDoubles();
              for (int i = 0; i < w.length; i++) {
                double expected = w[i] * Math.min(1, share);
                assertEquals(expected, used[i], share > 1 ? 0 : 1e-9, norm.toString());
              }
            }
          }
          Network one =
              strided(
                  engine, Normal.normal(0, 1e-3), Sn.sn().mode(SpectralMode.CLIP).power(ENOUGH));
          assertArrayEquals(
              one.parameters().tensor("d.0.weight").toDoubles(),
              one.normalizedParameters().tensor("d.0.weight").toDoubles());
        });
  }

  /**
   * One iteration a pass in training moves u and v as the formulas say; evaluation moves nothing.
   */
  @Test
  default void passesIterate() {
    Starts.withDoubles(
        this,
        engine -> {
          Network network = strided(engine, Normal.normal(0, 1), SnConv.snConv());
          double[] w = network.parameters().tensor("d.0.weight").toDoubles();
          double[][] map = strided(w);
          assertEquals(Shape.of(3, 3, 3), network.normStates().tensor("d.0.weight_u").shape());
          assertEquals(Shape.of(2, 6, 6), network.normStates().tensor("d.0.weight_v").shape());
          double[] u = network.normStates().tensor("d.0.weight_u").toDoubles();
          Tensor x = Values.random(3, 1, 2, 6, 6).on(engine);
          network.forward(x, PassOptions.evaluation());
          assertArrayEquals(u, network.normStates().tensor("d.0.weight_u").toDoubles());
          network.forward(x, PassOptions.training(new Seed(1), 1, 0));
          double[] v = unit(times(map, u, true));
          assertArrayEquals(v, network.normStates().tensor("d.0.weight_v").toDoubles(), 1e-12);
          double[] image = times(map, v, false);
          assertArrayEquals(
              unit(image), network.normStates().tensor("d.0.weight_u").toDoubles(), 1e-12);
          double sigma = Math.sqrt(Arrays.stream(image).map(e -> e * e).sum());
          double[] used = network.normalizedParameters().tensor("d.0.weight").toDoubles();
          assertEquals(w[4] / sigma, used[4], 1e-12);
        });
  }

  /** Dense layers have the norm of sn, and layers without a map that of their matrix. */
  @Test
  default void matricesAreNormalizedAsBySn() {
    Starts.withDoubles(
        this,
        engine -> {
          for (Layer layer : List.of(Dense.dense(4), Embedding.embedding(3).classes(5))) {
            Shape input = Shape.of(6);
            double[][] used = new double[2][];
            WeightNorm[] norms = {SnConv.snConv().power(ENOUGH), Sn.sn().power(ENOUGH)};
            for (int i = 0; i < 2; i++) {
              Network network = network(engine, Normal.normal(0, 1), norms[i], input, layer);
              used[i] = network.normalizedParameters().tensor("d.0.weight").toDoubles();
            }
            assertArrayEquals(used[1], used[0], 1e-12, layer.summary());
          }
        });
  }

  /** By central differences, with the vectors as constants, in both modes. */
  @TestFactory
  default Stream<DynamicTest> gradientsFlowThroughTheNorm() {
    return Stream.of(
            SnConv.snConv().scale(1.3),
            SnConv.snConv().mode(SpectralMode.CLIP).scale(0.5),
            Ssn.ssn(0.5).mode(SpectralMode.CLIP))
        .map(
            norm -> {
              Shape input = Shape.of(2, 4, 5);
              GradientCase c =
                  new GradientCase(
                      norm.toString(),
                      List.of(Values.random(8, 2, 2, 4, 5), Values.random(9, 3, 2, 3, 3)),
                      (engine, in) -> {
                        Network network =
                            network(
                                engine,
                                Normal.normal(0, 1),
                                norm,
                                input,
                                Conv.conv(3).stride(2).padding(1).bias(false));
                        return network.forward(
                            in.get(0), Map.of("d.0.weight", in.get(1)), PassOptions.evaluation());
                      });
              return DynamicTest.dynamicTest(
                  norm.toString(),
                  () -> Starts.withDoubles(this, engine -> c.checkFirst(engine, Layout.CONVOLVED)));
            });
  }

  /** A convolution as a matrix, by its definition. */
  private static double[][] unrolled(
      double[] w, int out, int in, int side, int kernel, int stride, int padding) {
    int after = (side + 2 * padding - kernel) / stride + 1;
    double[][] map = new double[out * after * after][in * side * side];
    for (int o = 0; o < out; o++) {
      for (int y = 0; y < after; y++) {
        for (int x = 0; x < after; x++) {
          for (int i = 0; i < in; i++) {
            for (int a = 0; a < kernel; a++) {
              for (int b = 0; b < kernel; b++) {
                int row = y * stride + a - padding;
                int column = x * stride + b - padding;
                if (row >= 0 && row < side && column >= 0 && column < side) {
                  map[(o * after + y) * after + x][(i * side + row) * side + column] +=
                      w[((o * in + i) * kernel + a) * kernel + b];
                }
              }
            }
          }
        }
      }
    }
    return map;
  }

  private static double[][] rows(double[] w, int rows) {
    double[][] matrix = new double[rows][];
    int columns = w.length / rows;
    for (int i = 0; i < rows; i++) {
      matrix[i] = Arrays.copyOfRange(w, i * columns, (i + 1) * columns);
    }
    return matrix;
  }

  private static double largest(double[][] matrix) {
    return Arrays.stream(SingularOps_DDRM.singularValues(new DMatrixRMaj(matrix)))
        .max()
        .orElseThrow();
  }

  private static double[] times(double[][] matrix, double[] x, boolean transposed) {
    double[] y = new double[transposed ? matrix[0].length : matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        y[transposed ? j : i] += matrix[i][j] * x[transposed ? i : j];
      }
    }
    return y;
  }

  private static double[] unit(double[] x) {
    double length = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
    return Arrays.stream(x).map(v -> v / length).toArray();
  }
}
