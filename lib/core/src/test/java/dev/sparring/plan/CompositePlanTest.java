package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Noise;
import dev.sparring.init.Constant;
import dev.sparring.init.Ones;
import dev.sparring.layer.AvgPool;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Block;
import dev.sparring.layer.Branches;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Join;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.Skip;
import dev.sparring.layer.Stack;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Sn;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Layers made of layers in a plan: paths, places, order, shapes and what does not fit. */
class CompositePlanTest {
  private static final Layer[] JUDGE = {Flatten.flatten(), Dense.dense(1)};

  private static Layer narrow(int filters) {
    return Conv.conv(filters).kernel(1).padding(0).bias(false);
  }

  /** A generator of (2, 4, 4); the layers before it output (2, 4, 4) from a dense layer. */
  private static Gan gan(Layer... layers) {
    return Gan.named("test")
        .data(Noise.noise(2, 4, 4))
        .generator(g -> g.latent(3).layers(layers))
        .discriminator(d -> d.layers(JUDGE));
  }

  private static NetworkPlan plan(Shape input, Layer... layers) {
    return NetworkPlan.of("discriminator", Discriminator.discriminator(List.of(layers)), input);
  }

  private static String refusal(Shape input, Layer... layers) {
    return String.valueOf(
        assertThrows(RecipeException.class, () -> plan(input, layers)).getMessage());
  }

  private static String listing(NetworkPlan plan) {
    StringBuilder text = new StringBuilder();
    for (PlannedLayer layer : plan.everyLayer()) {
      layer.parameters().forEach(p -> text.append(p.path() + " " + p.parameter().shape() + "\n"));
      layer
          .states()
          .forEach(s -> text.append(layer.path() + "." + s.name() + " " + s.shape() + "\n"));
    }
    return text.toString();
  }

  /** A committed listing: files of runs have these names. */
  @Test
  void whatIsInsideHasPathsBelowTheComposite() {
    Recipe recipe =
        Gan.named("test")
            .data(Noise.noise(2, 4, 4))
            .block("head", Relu.relu(), Residual.residual(Conv.conv(6).bias(false)))
            .generator(
                g ->
                    g.latent(3)
                        .layers(
                            Dense.dense(16).bias(false),
                            Reshape.reshape(1, 4, 4),
                            Residual.residual(Conv.conv(6), BatchNorm.batchNorm(), Relu.relu())
                                .shortcut(narrow(6)),
                            Block.block("head"),
                            Block.block("head"),
                            Conv.conv(2)))
            .discriminator(
                d ->
                    d.layers(
                        Skip.skip(
                            Conv.conv(3).kernel(4).stride(2),
                            Skip.skip(
                                Conv.conv(5).kernel(4).stride(2),
                                ConvTranspose.convTranspose(4).bias(false)),
                            ConvTranspose.convTranspose(6)),
                        Branches.branches(
                            List.of(List.of(narrow(4)), List.of(), List.of(narrow(1)))),
                        Branches.branches(
                                List.of(List.of(Relu.relu(), narrow(3)), List.of(narrow(3))))
                            .join(Join.SUM),
                        Stack.stack(2, Residual.residual(Relu.relu(), narrow(3)), Relu.relu()),
                        Stack.stack(1, Flatten.flatten(), Dense.dense(1))))
            .build();
    GamePlan plan = GamePlan.of(recipe);
    assertEquals(
        """
        generator.0.weight (16, 3)
        generator.2.layers.0.weight (6, 1, 3, 3)
        generator.2.layers.0.bias (6)
        generator.2.layers.1.weight (6)
        generator.2.layers.1.bias (6)
        generator.2.layers.1.running_mean (6)
        generator.2.layers.1.running_var (6)
        generator.2.shortcut.0.weight (6, 1, 1, 1)
        generator.3.layers.1.layers.0.weight (6, 6, 3, 3)
        generator.4.layers.1.layers.0.weight (6, 6, 3, 3)
        generator.5.weight (2, 6, 3, 3)
        generator.5.bias (2)
        discriminator.0.layers.0.weight (3, 2, 4, 4)
        discriminator.0.layers.0.bias (3)
        discriminator.0.layers.1.layers.0.weight (5, 3, 4, 4)
        discriminator.0.layers.1.layers.0.bias (5)
        discriminator.0.layers.1.layers.1.weight (5, 4, 4, 4)
        discriminator.0.layers.2.weight (7, 6, 4, 4)
        discriminator.0.layers.2.bias (6)
        discriminator.1.0.0.weight (4, 8, 1, 1)
        discriminator.1.2.0.weight (1, 8, 1, 1)
        discriminator.2.0.1.weight (3, 13, 1, 1)
        discriminator.2.1.0.weight (3, 13, 1, 1)
        discriminator.3.0.0.layers.1.weight (3, 3, 1, 1)
        discriminator.3.1.0.layers.1.weight (3, 3, 1, 1)
        discriminator.4.0.1.weight (1, 48)
        discriminator.4.0.1.bias (1)
        """,
        listing(plan.generator()) + listing(plan.discriminator()));
    assertEquals(48 + 54 + 6 + 12 + 6 + 324 + 324 + 108 + 2, plan.generator().parameterCount());
    assertEquals(54 + 6 + 12 + 6, plan.generator().layers().get(2).parameterCount());
  }

  /**
   * The order of a forward pass, in which the output of a composite comes after those of its
   * layers.
   */
  @Test
  void everyLayerHasAPlaceInTheRecipe() {
    Recipe recipe =
        gan(
                Dense.dense(32),
                Reshape.reshape(2, 4, 4),
                Residual.residual(Relu.relu(), Stack.stack(2, Relu.relu())).shortcut(narrow(2)),
                Branches.branches(List.of(List.of(), List.of(Block.block("b")))).join(Join.SUM))
            .block("a", Relu.relu())
            .block("b", narrow(2), Relu.relu())
            .build();
    assertEquals(
        """
        generator.0 generator.layers.0
        generator.1 generator.layers.1
        generator.2.layers.0 generator.layers.2.layers.0
        generator.2.layers.1.0.0 generator.layers.2.layers.1.layers.0
        generator.2.layers.1.1.0 generator.layers.2.layers.1.layers.0
        generator.2.layers.1 generator.layers.2.layers.1
        generator.2.shortcut.0 generator.layers.2.shortcut.0
        generator.2 generator.layers.2
        generator.3.1.0.layers.0 blocks.1.layers.0
        generator.3.1.0.layers.1 blocks.1.layers.1
        generator.3.1.0 generator.layers.3.paths.1.0
        generator.3 generator.layers.3
        """,
        GamePlan.of(recipe).generator().everyLayer().stream()
            .map(l -> l.path() + " " + l.place() + "\n")
            .reduce("", String::concat));
  }

  /** Initializers, norms and the gain of the activation after a layer are found at any depth. */
  @Test
  void whatIsInsideBeginsAsInTheNetworkItself() {
    Discriminator spec =
        Discriminator.discriminator(
            List.of(
                Residual.residual(
                    Conv.conv(2).norm(Sn.sn()), Relu.relu(), Conv.conv(2).init(Ones.ones())),
                Relu.relu()));
    NetworkPlan plan =
        NetworkPlan.of(
            "discriminator",
            new Discriminator(
                1,
                0,
                null,
                Constant.constant(0.1),
                null,
                spec.initByKind(),
                spec.fans(),
                Bssn.bssn(1.4),
                spec.layers()),
            Shape.of(2, 4, 4));
    List<PlannedLayer> inside = plan.layers().get(0).branches().get(0).layers();
    assertEquals(Sn.sn(), inside.get(0).norm());
    assertEquals(Bssn.bssn(1.4), inside.get(2).norm());
    assertEquals(Constant.constant(0.1), inside.get(0).parameters().get(0).initializer());
    assertEquals(Ones.ones(), inside.get(2).parameters().get(0).initializer());
    assertEquals(Math.sqrt(2), inside.get(0).parameters().get(0).weight().gain());
    // The activation after the block takes the sum, not the output of this layer.
    assertEquals(1, inside.get(2).parameters().get(0).weight().gain());
    NetworkPlan other = plan.initializedBy(Constant.constant(7));
    assertEquals(
        Constant.constant(7),
        other.layers().get(0).branches().get(0).layers().get(2).parameters().get(0).initializer());
  }

  @Test
  void aResidualBlockNeedsOneShape() {
    assertEquals(
        "discriminator.layers.1: residual adds (4, 4, 4) of its layers to (2, 4, 4), its input; both"
            + " must have one shape, e.g. by a shortcut with a 1x1 convolution",
        refusal(Shape.of(2, 4, 4), Relu.relu(), Residual.residual(Conv.conv(4))));
    assertEquals(
        "discriminator.layers.0: residual adds (4, 4, 4) of its layers to (4, 2, 2) of its shortcut;"
            + " both must have one shape, e.g. by a shortcut with a 1x1 convolution",
        refusal(
            Shape.of(2, 4, 4),
            Residual.residual(Conv.conv(4)).shortcut(narrow(4), AvgPool.avgPool())));
  }

  @Test
  void joinsNeedShapesThatFit() {
    assertEquals(
        "discriminator.layers.0: skip cannot join [(2, 4, 4), (3, 2, 2)], which differ in more than their"
            + " channels",
        refusal(Shape.of(2, 4, 4), Skip.skip(Conv.conv(3), AvgPool.avgPool())));
    List<List<Layer>> paths = List.of(List.of(narrow(2)), List.of(narrow(3)));
    assertEquals(
        "discriminator.layers.0: 2 branches cannot add [(2, 4, 4), (3, 4, 4)], which must have one"
            + " shape",
        refusal(Shape.of(2, 4, 4), Branches.branches(paths).join(Join.SUM)));
    assertEquals(
        "discriminator.layers.0: 2 branches cannot join [(32), (2, 4, 4)], which differ in more"
            + " than their channels",
        refusal(
            Shape.of(2, 4, 4), Branches.branches(List.of(List.of(Flatten.flatten()), List.of()))));
    assertEquals(
        "discriminator.layers.0: stack of 3 turns (2, 4, 4) into (4, 4, 4), which its layers cannot"
            + " take once more",
        refusal(Shape.of(2, 4, 4), Stack.stack(3, Conv.conv(4))));
  }

  /** The place is the innermost one. */
  @Test
  void whatDoesNotFitInsideIsNamedThere() {
    assertEquals(
        "discriminator.layers.1.shortcut.0: dense 3 needs features (F), got (2, 4, 4); put a flatten"
            + " before it",
        refusal(
            Shape.of(2, 4, 4),
            Relu.relu(),
            Residual.residual(Relu.relu()).shortcut(Dense.dense(3))));
    assertEquals(
        "discriminator.layers.0.paths.1.0.layers.1: dense 3 needs features (F), got (2, 4, 4); put a"
            + " flatten before it",
        refusal(
            Shape.of(2, 4, 4),
            Branches.branches(
                List.of(List.of(), List.of(Skip.skip(Relu.relu(), Dense.dense(3)))))));
    assertEquals(
        "blocks.0.layers.1: dense 3 needs features (F), got (2, 4, 4); put a flatten before it",
        blocks(gan(start(Block.block("a"))).block("a", Relu.relu(), Dense.dense(3))));
  }

  private static Layer[] start(Layer layer) {
    return new Layer[] {Dense.dense(32), Reshape.reshape(2, 4, 4), layer};
  }

  private static String blocks(Gan gan) {
    return String.valueOf(
        assertThrows(RecipeException.class, () -> GamePlan.of(gan.build())).getMessage());
  }

  @Test
  void blocksAreFoundByName() {
    assertEquals(
        "generator.layers.2: there is no block c: the recipe defines no blocks",
        blocks(gan(start(Block.block("c")))));
    assertEquals(
        "generator.layers.2.layers.0: there is no block c; the recipe's blocks are a, b",
        blocks(
            gan(start(Residual.residual(Block.block("c"))))
                .block("a", Relu.relu())
                .block("b", Relu.relu())));
    assertEquals(
        "blocks.1.layers.0.layers.0: block a contains itself",
        blocks(
            gan(start(Block.block("a")))
                .block("a", Block.block("b"))
                .block("b", Residual.residual(Block.block("a")))));
    assertEquals(
        "blocks must have different names, 'a' comes 2 times",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    gan(start(Block.block("a")))
                        .block("a", Relu.relu())
                        .block("a", Relu.relu())
                        .build())
            .getMessage());
  }

  @Test
  void settingsAreChecked() {
    assertEquals("layers must have at least one layer", wrong(() -> Residual.residual()));
    assertEquals("layers must have at least one layer", wrong(() -> Skip.skip()));
    assertEquals("layers must have at least one layer", wrong(() -> Stack.stack(2)));
    assertEquals(
        "paths must be at least 2, got 1", wrong(() -> Branches.branches(List.of(List.of()))));
    assertEquals(
        "times must be between 1 and 1000, got 0", wrong(() -> Stack.stack(0, Relu.relu())));
    assertEquals("name must not be blank", wrong(() -> Block.block(" ")));
  }

  private static String wrong(Executable made) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, made).getMessage());
  }

  /** A change reaches each layer once, the inner ones first. */
  @Test
  void layersAreChangedInAllDepths() {
    Layer layer =
        Stack.stack(
            2,
            Residual.residual(Skip.skip(Conv.conv(1)))
                .shortcut(
                    Branches.branches(List.of(List.of(Conv.conv(2)), List.of(Conv.conv(3)))),
                    Block.block("a")));
    Layer changed = Layer.deeply(layer, l -> l instanceof Conv c ? Conv.conv(c.filters() + 10) : l);
    assertEquals(
        Stack.stack(
            2,
            Residual.residual(Skip.skip(Conv.conv(11)))
                .shortcut(
                    Branches.branches(List.of(List.of(Conv.conv(12)), List.of(Conv.conv(13)))),
                    Block.block("a"))),
        changed);
    StringBuilder order = new StringBuilder();
    Layer.deeply(
        layer,
        l -> {
          order.append(l.summary()).append("; ");
          return l;
        });
    assertEquals(
        "conv 1 3x3 pad 1; skip; conv 2 3x3 pad 1; conv 3 3x3 pad 1; 2 branches; block a;"
            + " residual; stack of 2; ",
        order.toString());
  }
}
