package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Noise;
import dev.sparring.init.Constant;
import dev.sparring.init.FanRule;
import dev.sparring.init.Fans;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.init.Ones;
import dev.sparring.init.Orthogonal;
import dev.sparring.init.Xavier;
import dev.sparring.init.Zeros;
import dev.sparring.layer.AvgPool;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.GroupNorm;
import dev.sparring.layer.InstanceNorm;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerNorm;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.InitByKind;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
  private static final Layer[] MAKER = {
    Dense.dense(32).bias(false),
    Reshape.reshape(8, 2, 2),
    BatchNorm.batchNorm(),
    Relu.relu(),
    ConvTranspose.convTranspose(4),
    Conv.conv(2),
    Tanh.tanh()
  };
  private static final Layer[] JUDGE = {
    Conv.conv(5), LeakyRelu.leakyRelu(0.1), Flatten.flatten(), Dense.dense(1)
  };

  private static Recipe recipe(Layer[] maker, Layer[] judge) {
    return Gan.named("test")
        .data(Noise.noise(2, 4, 4))
        .generator(g -> g.latent(6).layers(maker))
        .discriminator(d -> d.layers(judge))
        .build();
  }

  /** A committed listing of paths and shapes. */
  @Test
  void parametersAndStatesAreAtTheirPaths() {
    GamePlan plan = GamePlan.of(recipe(MAKER, JUDGE));
    assertEquals(
        """
        generator.0.weight (32, 6)
        generator.2.weight (8)
        generator.2.bias (8)
        generator.2.running_mean (8)
        generator.2.running_var (8)
        generator.4.weight (8, 4, 4, 4)
        generator.4.bias (4)
        generator.5.weight (2, 4, 3, 3)
        generator.5.bias (2)
        discriminator.0.weight (5, 2, 3, 3)
        discriminator.0.bias (5)
        discriminator.3.weight (1, 80)
        discriminator.3.bias (1)
        """,
        listing(plan.generator()) + listing(plan.discriminator()));
    assertEquals(192 + 16 + 512 + 4 + 72 + 2, plan.generator().parameterCount());
    assertEquals(Shape.of(2, 4, 4), plan.generator().output());
    assertEquals(Shape.of(1), plan.discriminator().output());
    assertEquals(Shape.of(2, 4, 4), plan.sample());
  }

  private static String listing(NetworkPlan plan) {
    StringBuilder text = new StringBuilder();
    for (PlannedLayer layer : plan.layers()) {
      layer.parameters().forEach(p -> text.append(p.path() + " " + p.parameter().shape() + "\n"));
      layer
          .states()
          .forEach(s -> text.append(layer.path() + "." + s.name() + " " + s.shape() + "\n"));
    }
    return text.toString();
  }

  @Test
  void aLayerThatDoesNotFitIsNamed() {
    Layer[] judge = {Conv.conv(5).kernel(4).stride(2), Dense.dense(1)};
    assertEquals(
        "discriminator.layers.1: dense 1 needs features (F), got (5, 2, 2); put a flatten before"
            + " it",
        refusal(recipe(MAKER, judge)));
  }

  @Test
  void bothNetworksAreReportedTogether() {
    Layer[] maker = {Dense.dense(30), Reshape.reshape(8, 2, 2)};
    Layer[] judge = {Flatten.flatten(), Conv.conv(3), Dense.dense(1)};
    Recipe recipe = recipe(maker, judge);
    assertEquals(
        """
        generator.layers.1: reshape (8, 2, 2) cannot turn (30), 30 numbers, into (8, 2, 2), which \
        holds 32
        discriminator.layers.1: conv 3 3x3 pad 1 needs images (C, H, W), got (32); put a reshape to (C, \
        H, W) before it""",
        refusal(recipe));
    RecipeException e = assertThrows(RecipeException.class, () -> GamePlan.of(recipe));
    assertEquals(
        List.of("generator.layers.1", "discriminator.layers.1"),
        e.problems().stream().map(Problem::path).toList());
  }

  @Test
  void batchNormalizationNeedsMoreThanOneNumberAChannel() {
    Layer[] judge = {Flatten.flatten(), BatchNorm.batchNorm(), Dense.dense(1)};
    Recipe one = recipe(MAKER, judge);
    assertEquals(
        "discriminator.layers.1: batchNorm has one number for each channel of (32) in a batch of 1;"
            + " train.batch must be >= 2",
        refusal(one.train(one.train().batch(1))));
    assertEquals(
        Shape.of(1), GamePlan.of(one.train(one.train().batch(2))).discriminator().output());
  }

  @Test
  void aSampleOfAnotherShapeIsReportedBesideTheRest() {
    Layer[] maker = {Dense.dense(48), Reshape.reshape(3, 4, 4)};
    Layer[] judge = {Dense.dense(1)};
    assertEquals(
        """
        generator.layers.1: the generator makes (3, 4, 4), but a sample of the data is (2, 4, 4)
        discriminator.layers.0: dense 1 needs features (F), got (2, 4, 4); put a flatten before it\
        """,
        refusal(recipe(maker, judge)));
  }

  @Test
  void anEmptyNetworkIsRefused() {
    assertEquals(
        "discriminator.layers: a network needs at least one layer",
        refusal(recipe(MAKER, new Layer[0])));
  }

  @Test
  void aNetworkTooLargeForArraysIsRefused() {
    Layer[] maker = {Dense.dense(65536), Reshape.reshape(65536, 1, 1), Conv.conv(65536)};
    RecipeException e =
        assertThrows(RecipeException.class, () -> GamePlan.of(recipe(maker, JUDGE)));
    assertEquals("generator.layers.2", e.problems().get(0).path());
  }

  private static String refusal(Recipe recipe) {
    return assertThrows(RecipeException.class, () -> GamePlan.of(recipe)).getMessage();
  }

  /** The layer's own initializer, else its kind's, else the network's. */
  @Test
  void initializersWinInTheirOrder() {
    Recipe recipe =
        Gan.named("test")
            .data(Noise.noise(2, 4, 4))
            .generator(
                g ->
                    g.latent(6)
                        .init(Xavier.xavier())
                        .initByKind(
                            InitByKind.initByKind()
                                .conv(Orthogonal.orthogonal())
                                .batchNorm(Normal.normal(1, 0.02)))
                        .layers(
                            Dense.dense(32),
                            Reshape.reshape(8, 2, 2),
                            BatchNorm.batchNorm(),
                            BatchNorm.batchNorm().init(Constant.constant(2)),
                            ConvTranspose.convTranspose(4),
                            Conv.conv(4),
                            Conv.conv(2).init(He.he())))
            .discriminator(d -> d.layers(Flatten.flatten(), BatchNorm.batchNorm(), Dense.dense(1)))
            .build();
    Map<String, Initializer> by = new LinkedHashMap<>();
    GamePlan plan = GamePlan.of(recipe);
    for (NetworkPlan network : List.of(plan.generator(), plan.discriminator())) {
      network.layers().forEach(l -> l.parameters().forEach(p -> by.put(p.path(), p.initializer())));
    }
    Map<String, Initializer> expected = new LinkedHashMap<>();
    expected.put("generator.0.weight", Xavier.xavier());
    expected.put("generator.0.bias", Zeros.zeros());
    expected.put("generator.2.weight", Normal.normal(1, 0.02));
    expected.put("generator.2.bias", Zeros.zeros());
    expected.put("generator.3.weight", Constant.constant(2));
    expected.put("generator.3.bias", Zeros.zeros());
    expected.put("generator.4.weight", Xavier.xavier());
    expected.put("generator.4.bias", Zeros.zeros());
    expected.put("generator.5.weight", Orthogonal.orthogonal());
    expected.put("generator.5.bias", Zeros.zeros());
    expected.put("generator.6.weight", He.he());
    expected.put("generator.6.bias", Zeros.zeros());
    expected.put("discriminator.1.weight", Ones.ones());
    expected.put("discriminator.1.bias", Zeros.zeros());
    expected.put("discriminator.2.weight", Normal.normal());
    expected.put("discriminator.2.bias", Zeros.zeros());
    assertEquals(expected, by);
  }

  /** The text that a recipe's author reads. */
  @Test
  void normsWithoutVarianceAreRefusedInTheirPlace() {
    RecipeException refused =
        assertThrows(
            RecipeException.class,
            () ->
                plan(
                    Shape.of(2, 4, 4),
                    Conv.conv(3).kernel(4).padding(0),
                    InstanceNorm.instanceNorm()));
    assertEquals(
        "discriminator.layers.1: instanceNorm has a single number in each channel of (3, 1, 1),"
            + " and so no variance to divide by; layerNorm takes all channels",
        refused.getMessage());
  }

  /** The kind is batch normalization; the others have their own initializer, or ones. */
  @Test
  void scalesOfOtherNormsAreNotBatchNormalizations() {
    Normal own = Normal.normal(1, 0.5);
    Recipe recipe =
        Gan.named("test")
            .data(Noise.noise(2, 4, 4))
            .generator(g -> g.layers(Dense.dense(32), Reshape.reshape(2, 4, 4)))
            .discriminator(
                d ->
                    d.initByKind(InitByKind.initByKind().batchNorm(Constant.constant(3)))
                        .layers(
                            InstanceNorm.instanceNorm().affine(true),
                            LayerNorm.layerNorm().init(own),
                            GroupNorm.groupNorm(2),
                            BatchNorm.batchNorm()))
            .build();
    NetworkPlan plan = GamePlan.of(recipe).discriminator();
    assertEquals(
        List.of(Ones.ones(), own, Ones.ones(), Constant.constant(3)),
        plan.layers().stream().map(l -> l.parameters().get(0).initializer()).toList());
  }

  /** Over normalization, pooling and dropout, but not over another weight. */
  @Test
  void theGainIsThatOfTheActivationBehind() {
    NetworkPlan plan =
        plan(
            Shape.of(2, 4, 4),
            Conv.conv(3),
            BatchNorm.batchNorm(),
            LeakyRelu.leakyRelu(0.2),
            Conv.conv(3),
            AvgPool.avgPool(),
            Dropout.dropout(),
            Relu.relu(),
            Conv.conv(3),
            Conv.conv(3),
            Tanh.tanh(),
            Flatten.flatten(),
            Dense.dense(1));
    assertEquals(Math.sqrt(2 / 1.04), gain(plan, 0), 1e-15);
    assertEquals(Math.sqrt(2), gain(plan, 3), 1e-15);
    assertEquals(1, gain(plan, 7));
    assertEquals(5 / 3.0, gain(plan, 8), 1e-15);
    assertEquals(1, gain(plan, 11));
  }

  private static double gain(NetworkPlan plan, int layer) {
    return plan.layers().get(layer).parameters().get(0).weight().gain();
  }

  @Test
  void fansFollowTheRule() {
    NetworkPlan forward = plan(Shape.of(6, 2, 2), ConvTranspose.convTranspose(5));
    assertEquals(
        new Fans(6 * 4, 5 * 16), forward.layers().get(0).parameters().get(0).weight().fans());
    Recipe recipe =
        Gan.named("test")
            .data(Noise.noise(2, 4, 4))
            .generator(
                g ->
                    g.latent(24)
                        .fans(FanRule.PYTORCH)
                        .layers(Reshape.reshape(6, 2, 2), ConvTranspose.convTranspose(2)))
            .discriminator(d -> d.layers(JUDGE))
            .build();
    PlannedParameter weight = GamePlan.of(recipe).generator().layers().get(1).parameters().get(0);
    assertEquals(new Fans(2 * 16, 6 * 16), weight.weight().fans());
    assertEquals(0, weight.weight().outputAxis());
    assertEquals(1, weight.parameter().outputAxis());
  }

  @Test
  void normsFollowTheLayerThenTheNetwork() {
    Recipe recipe =
        Gan.named("test")
            .data(Noise.noise(2, 4, 4))
            .generator(g -> g.latent(6).layers(MAKER))
            .discriminator(
                d ->
                    d.norm(Bssn.bssn(1.4))
                        .layers(
                            Conv.conv(5),
                            BatchNorm.batchNorm(),
                            Conv.conv(5).norm(Sn.sn()),
                            Conv.conv(5).norm(None.none())))
            .build();
    List<PlannedLayer> layers = GamePlan.of(recipe).discriminator().layers();
    assertEquals(
        List.of(Bssn.bssn(1.4), None.none(), Sn.sn(), None.none()),
        layers.stream().map(PlannedLayer::norm).toList());
  }

  /** Equal layers draw from streams of their own, and so do networks of different names. */
  @Test
  void noTwoLayersBeginAlike() {
    Layer[] twice = {Conv.conv(2).bias(false), Conv.conv(2).bias(false)};
    NetworkPlan one = plan(Shape.of(2, 4, 4), twice);
    double[] first = values(one, 0, 42);
    assertFalse(Arrays.equals(first, values(one, 1, 42)));
    assertFalse(Arrays.equals(first, values(one, 0, 43)));
    assertEquals(Arrays.toString(first), Arrays.toString(values(one, 0, 42)));
  }

  private static double[] values(NetworkPlan plan, int layer, long seed) {
    PlannedParameter p = plan.layers().get(layer).parameters().get(0);
    return p.initializer().draw(p.weight(), new Seed(seed).stream("initialize " + p.path()));
  }

  private static NetworkPlan plan(Shape sample, Layer... layers) {
    Recipe recipe =
        Gan.named("test")
            .data(Noise.noise(2, 4, 4))
            .generator(g -> g.layers(layers))
            .discriminator(d -> d.layers(layers))
            .build();
    return NetworkPlan.of("discriminator", recipe.discriminator(), sample);
  }
}
