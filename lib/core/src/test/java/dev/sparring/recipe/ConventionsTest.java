package dev.sparring.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Noise;
import dev.sparring.init.Distribution;
import dev.sparring.init.Fan;
import dev.sparring.init.FanRule;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.init.Ones;
import dev.sparring.init.Orthogonal;
import dev.sparring.init.Xavier;
import dev.sparring.init.Zeros;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.GroupNorm;
import dev.sparring.layer.InstanceNorm;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerNorm;
import dev.sparring.layer.PadRule;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.Stack;
import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConventionsTest {
  private static final Layer[] MAKER = {
    Dense.dense(36),
    Reshape.reshape(9, 2, 2),
    BatchNorm.batchNorm(),
    Relu.relu(),
    ConvTranspose.convTranspose(3).kernel(3).padding(1).outputPadding(1)
  };
  private static final Layer[] JUDGE = {Conv.conv(5), Flatten.flatten(), Dense.dense(1)};

  private static Recipe silent(Conventions conventions, Optimizer a, Optimizer b) {
    return Gan.named("test")
        .conventions(conventions)
        .data(Noise.noise(3, 4, 4))
        .generator(g -> g.latent(6).layers(MAKER))
        .discriminator(d -> d.layers(JUDGE))
        .optimizers(a, b)
        .build();
  }

  /** The defaults in PyTorch's, Keras's and TensorFlow's sources, copied by hand. */
  @Test
  void whatSilenceMeans() {
    He bounded = new He(Distribution.UNIFORM, Fan.IN, 0.5773502691896257);
    Map<Conventions, List<Object>> expected =
        Map.of(
            Conventions.SPARRING,
            List.of(
                new Normal(0, 0.02),
                Zeros.zeros(),
                FanRule.FORWARD,
                List.of(1e-5, 0.1),
                Conv.conv(5).padding(1),
                Adam.adam().eps(1e-8).epsHat(false),
                RmsProp.rmsProp().eps(1e-8).decay(0.99).epsInRoot(false).startAtOne(false),
                AdamW.adamW().eps(1e-8).epsHat(false)),
            Conventions.PYTORCH,
            List.of(
                bounded,
                bounded,
                FanRule.PYTORCH,
                List.of(1e-5, 0.1),
                Conv.conv(5).padding(0),
                Adam.adam().eps(1e-8).epsHat(false),
                RmsProp.rmsProp().eps(1e-8).decay(0.99).epsInRoot(false).startAtOne(false),
                AdamW.adamW().eps(1e-8).epsHat(false)),
            Conventions.KERAS,
            List.of(
                Xavier.xavier(),
                Zeros.zeros(),
                FanRule.PYTORCH,
                List.of(1e-3, 0.01),
                Conv.conv(5).pad(PadRule.SAME),
                Adam.adam().eps(1e-7).epsHat(true),
                RmsProp.rmsProp().eps(1e-7).decay(0.9).epsInRoot(true).startAtOne(false),
                AdamW.adamW().eps(1e-7).epsHat(true)),
            Conventions.TENSORFLOW1,
            List.of(
                Xavier.xavier(),
                Zeros.zeros(),
                FanRule.PYTORCH,
                List.of(1e-3, 0.01),
                Conv.conv(5).pad(PadRule.SAME),
                Adam.adam().eps(1e-8).epsHat(true),
                RmsProp.rmsProp().eps(1e-10).decay(0.9).epsInRoot(true).startAtOne(true),
                AdamW.adamW().eps(1e-8).epsHat(true)));
    expected.forEach(
        (conventions, values) -> {
          Recipe one = silent(conventions, Adam.adam(), RmsProp.rmsProp()).resolved();
          Recipe two = silent(conventions, AdamW.adamW(), Adam.adam()).resolved();
          BatchNorm norm = (BatchNorm) one.generator().layers().get(2);
          assertEquals(
              values,
              Arrays.asList(
                  one.generator().init(),
                  one.discriminator().biasInit(),
                  one.generator().fans(),
                  Arrays.asList(norm.eps(), norm.momentum()),
                  one.discriminator().layers().get(0),
                  one.optimizer().generator(),
                  one.optimizer().discriminator(),
                  two.optimizer().generator()),
              conventions::name);
        });
  }

  @ParameterizedTest
  @EnumSource
  void theEffectiveFormIsItsOwn(Conventions conventions) {
    Recipe recipe = silent(conventions, Adam.adam(), RmsProp.rmsProp());
    assertNotEquals(recipe, recipe.resolved());
    assertEquals(recipe.resolved(), recipe.resolved().resolved());
    for (Conventions other : Conventions.values()) {
      assertEquals(
          recipe.resolved().generator(),
          recipe.resolved().conventions(other).resolved().generator());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatARecipeSaysStays(Conventions conventions) {
    Recipe recipe =
        Gan.named("test")
            .conventions(conventions)
            .data(Noise.noise(3, 4, 4))
            .generator(
                g ->
                    g.latent(6)
                        .init(Orthogonal.orthogonal())
                        .biasInit(Ones.ones())
                        .fans(FanRule.FORWARD)
                        .layers(BatchNorm.batchNorm().eps(0.5).momentum(0.25))
                        .layers(ConvTranspose.convTranspose(3).pad(PadRule.SAME).kernel(5)))
            .discriminator(
                d ->
                    d.init(Orthogonal.orthogonal())
                        .biasInit(Ones.ones())
                        .fans(FanRule.PYTORCH)
                        .layers(Conv.conv(2).padding(2)))
            .optimizers(
                Adam.adam().eps(0.1).epsHat(conventions == Conventions.PYTORCH),
                RmsProp.rmsProp()
                    .eps(0.2)
                    .decay(0.3)
                    .epsInRoot(conventions == Conventions.PYTORCH)
                    .startAtOne(conventions == Conventions.PYTORCH))
            .build();
    assertEquals(recipe, recipe.resolved());
  }

  /** Of LayerNorm, InstanceNorm and GroupNorm, each with a number of its own. */
  @Test
  void epsilonsOfNormsOfSingleSamples() {
    Map<Conventions, List<Double>> expected =
        Map.of(
            Conventions.SPARRING, List.of(1e-5, 1e-5, 1e-5),
            Conventions.PYTORCH, List.of(1e-5, 1e-5, 1e-5),
            Conventions.KERAS, List.of(1e-3, 1e-3, 1e-3),
            Conventions.TENSORFLOW1, List.of(1e-12, 1e-6, 1e-6));
    expected.forEach(
        (conventions, eps) -> {
          ConventionResolver effective = new ConventionResolver(conventions);
          assertEquals(
              List.of(
                  LayerNorm.layerNorm().eps(eps.get(0)),
                  InstanceNorm.instanceNorm().eps(eps.get(1)),
                  GroupNorm.groupNorm(2).eps(eps.get(2))),
              List.of(
                  effective.layer(LayerNorm.layerNorm()),
                  effective.layer(InstanceNorm.instanceNorm()),
                  effective.layer(GroupNorm.groupNorm(2))),
              conventions::name);
          Layer own = Residual.residual(LayerNorm.layerNorm().eps(0.5));
          assertEquals(own, effective.layer(own));
        });
    assertEquals(1e-5, LayerNorm.layerNorm().epsOrDefault());
    assertEquals(1e-5, InstanceNorm.instanceNorm().epsOrDefault());
    assertEquals(0.25, GroupNorm.groupNorm().eps(0.25).epsOrDefault());
  }

  /** A plan of an open recipe and one of its resolved form differ in what was written only. */
  @Test
  void plansResolveTheirRecipe() {
    Recipe open = silent(Conventions.KERAS, Adam.adam(), RmsProp.rmsProp());
    GamePlan plan = GamePlan.of(open);
    assertEquals(open, plan.written());
    assertEquals(open.resolved(), plan.recipe());
    GamePlan again = GamePlan.of(open.resolved());
    assertEquals(plan.recipe(), again.recipe());
    assertEquals(withoutOrigins(plan), withoutOrigins(again));
    assertTrue(plan.directions().toString().contains("origin=CONVENTION"));
    assertFalse(again.directions().toString().contains("origin=CONVENTION"));
    assertEquals(open.resolved(), again.written());
  }

  private static String withoutOrigins(GamePlan plan) {
    return plan.directions().toString().replaceAll("origin=[A-Z]+", "");
  }

  /** nn.Linear(6, 36), nn.ConvTranspose2d(9, 3, 3) and nn.Conv2d(3, 5, 3): 1 / sqrt(fan-in). */
  @Test
  void pyTorchsBiasesGoAsFarAsItsWeights() {
    GamePlan plan =
        GamePlan.of(
            silent(Conventions.PYTORCH, Adam.adam(), Adam.adam())
                .train(Train.train().precision(dev.sparring.tensor.Precision.FLOAT64)));
    double transposed = 1 / Math.sqrt(3 * 9); // PyTorch counts the outputs
    check(1 / Math.sqrt(6), plan.generator().layers().get(0).parameters());
    check(transposed, plan.generator().layers().get(4).parameters());
    check(1 / Math.sqrt(3 * 9), plan.discriminator().layers().get(0).parameters());
  }

  private static void check(double bound, List<PlannedParameter> parameters) {
    for (PlannedParameter p : parameters) {
      double most = 0;
      for (int seed = 0; seed < 200; seed++) {
        double[] drawn = p.initializer().draw(p.weight(), new Seed(seed).stream(p.path()));
        most = Math.max(most, Arrays.stream(drawn).map(Math::abs).max().orElseThrow());
      }
      assertTrue(most < bound && most > 0.97 * bound, p.path() + ": " + most + " of " + bound);
    }
    assertEquals(2, parameters.size());
  }

  /** In residual and parallel layers, and in blocks. */
  @Test
  void layersInsideOfOthersAreWrittenOutToo() {
    BatchNorm norm = BatchNorm.batchNorm().eps(1e-3).momentum(0.01);
    Layer open = Residual.residual(Stack.stack(2, BatchNorm.batchNorm())).shortcut(Conv.conv(3));
    Layer done = Residual.residual(Stack.stack(2, norm)).shortcut(Conv.conv(3).pad(PadRule.SAME));
    assertEquals(done, new ConventionResolver(Conventions.KERAS).layer(open));
    assertEquals(done, new ConventionResolver(Conventions.PYTORCH).layer(done));
    assertEquals(
        List.of(open, Stack.stack(2, BatchNorm.batchNorm()), BatchNorm.batchNorm(), Conv.conv(3)),
        LayerTree.all(List.of(open)));
    Recipe recipe =
        Gan.named("test")
            .conventions(Conventions.KERAS)
            .data(Noise.noise(3, 4, 4))
            .block("a", open)
            .generator(g -> g.layers(MAKER))
            .discriminator(d -> d.layers(JUDGE))
            .build();
    assertEquals(List.of(new BlockDefinition("a", List.of(done))), recipe.resolved().blocks());
  }

  /** SNGAN's blocks create their own layers, which also follow the convention. */
  @Test
  void blocksNormalizeAsTheConventionDoes() {
    ResidualBlock block = ResidualBlock.residualBlock(3);
    Layer keras = new ConventionResolver(Conventions.KERAS).layer(block.normalize(BlockNorm.BATCH));
    assertEquals(block.normalize(BlockNorm.BATCH).eps(1e-3).momentum(0.01), keras);
    assertEquals(
        List.of(BatchNorm.batchNorm().eps(1e-3).momentum(0.01)),
        ((ResidualBlock) keras)
            .branches(Shape.of(3, 4, 4)).get(0).layers().stream()
                .filter(BatchNorm.class::isInstance)
                .distinct()
                .toList());
    assertEquals(block, new ConventionResolver(Conventions.KERAS).layer(block));
    assertEquals(
        "eps and momentum are for blocks that normalize",
        assertThrows(IllegalArgumentException.class, () -> block.eps(1e-3)).getMessage());
  }

  @Test
  void theNetworksInitializersGoFromTheRecipe() {
    Recipe recipe = silent(Conventions.KERAS, Adam.adam(), Adam.adam());
    List<Initializer> drawn =
        GamePlan.of(recipe).discriminator().layers().stream()
            .flatMap(l -> l.parameters().stream())
            .map(PlannedParameter::initializer)
            .toList();
    assertEquals(List.of(Xavier.xavier(), Zeros.zeros(), Xavier.xavier(), Zeros.zeros()), drawn);
  }
}
