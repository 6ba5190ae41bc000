package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.init.Normal;
import dev.sparring.init.Orthogonal;
import dev.sparring.init.Zeros;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Embedding;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Projection;
import dev.sparring.norm.Bsn;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters and states of weight normalizations in plans. */
class NormPlanTest {
  private static final Equalized EQUALIZED = Equalized.equalized().multiplier(0.01);

  @Test
  void namesAndShapesAreThoseOfPyTorch() {
    PlannedLayer conv = plan(Bsn.bsn(), Conv.conv(4)).layers().get(0);
    assertEquals(
        "weight_u (4), weight_v (18), weight_u_in (2), weight_v_in (36)",
        String.join(", ", conv.normStates().stream().map(NormPlanTest::text).toList()));
    assertEquals(List.of("d.0.weight", "d.0.bias"), paths(conv));
    PlannedLayer lengths = plan(WeightNormalization.weightNorm(), Conv.conv(4)).layers().get(0);
    assertEquals(List.of(), lengths.normStates());
    assertEquals(List.of("d.0.weight", "d.0.bias", "d.0.weight_g"), paths(lengths));
    assertEquals(Shape.of(4, 1, 1, 1), lengths.parameters().get(2).parameter().shape());
  }

  @Test
  void weightsAreThoseOfLinearMaps() {
    NetworkPlan plan =
        plan(Bsn.bsn(), Conv.conv(4), BatchNorm.batchNorm(), Flatten.flatten(), Dense.dense(1));
    assertEquals(
        List.of("d.0.weight", "d.3.weight"),
        plan.weighted().map(l -> l.weight().orElseThrow().path()).toList());
    assertEquals(None.none(), plan.layers().get(1).norm());
    assertEquals(List.of(), plan.layers().get(1).normStates());
  }

  @Test
  void equalizedDrawsItself() {
    NetworkPlan plan =
        plan(EQUALIZED, Conv.conv(4), Conv.conv(4).norm(None.none()).init(Zeros.zeros()));
    assertEquals(Normal.normal(0, 100), drawnBy(plan, 0));
    assertEquals(Zeros.zeros(), drawnBy(plan, 1));
    NetworkPlan probed = plan.initializedBy(Orthogonal.orthogonal());
    assertEquals(Normal.normal(0, 100), drawnBy(probed, 0));
    assertEquals(Orthogonal.orthogonal(), drawnBy(probed, 1));
  }

  @Test
  void anInitOfTheLayerIsRefused() {
    String why =
        "has an init that has no effect: norm equalized draws the weight itself; leave out"
            + " init, or set"
            + " another norm for this layer";
    assertEquals(
        "d.layers.1: dense 3 " + why,
        refusal(EQUALIZED, Flatten.flatten(), Dense.dense(3).init(Orthogonal.orthogonal())));
    assertEquals(
        "d.layers.0: conv 4 3x3 pad 1 " + why,
        refusal(None.none(), Conv.conv(4).norm(EQUALIZED).init(Orthogonal.orthogonal())));
    assertEquals(
        "d.layers.1: dense 1 " + why,
        refusal(EQUALIZED, Flatten.flatten(), Projection.projection().init(Zeros.zeros())));
    assertEquals(
        "d.layers.0: embedding 5 " + why,
        refusal(EQUALIZED, Embedding.embedding(5).classes(3).init(Zeros.zeros())));
  }

  private static String refusal(WeightNorm norm, Layer... layers) {
    return String.valueOf(
        assertThrows(RecipeException.class, () -> plan(norm, layers)).getMessage());
  }

  private static Object drawnBy(NetworkPlan plan, int layer) {
    return plan.layers().get(layer).weight().orElseThrow().initializer();
  }

  private static List<String> paths(PlannedLayer layer) {
    return layer.parameters().stream().map(PlannedParameter::path).toList();
  }

  private static String text(NormTensor t) {
    return t.name() + " " + t.shape();
  }

  private static NetworkPlan plan(WeightNorm norm, Layer... layers) {
    Discriminator d = Discriminator.discriminator(List.of(layers));
    Discriminator normalized =
        new Discriminator(
            d.packing(),
            d.pool(),
            null,
            d.init(),
            d.biasInit(),
            d.initByKind(),
            d.fans(),
            norm,
            d.layers());
    return NetworkPlan.of("d", normalized, Shape.of(2, 4, 4));
  }
}
