package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sparring.augment.Augmentation;
import dev.sparring.augment.Flip;
import dev.sparring.data.Noise;
import dev.sparring.init.Ones;
import dev.sparring.layer.Block;
import dev.sparring.layer.Branch;
import dev.sparring.layer.Branches;
import dev.sparring.layer.Composite;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Join;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerContext;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.MinibatchStdDev;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.Skip;
import dev.sparring.layer.Stack;
import dev.sparring.lint.Lints;
import dev.sparring.loss.R1;
import dev.sparring.loss.Term;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.StepFlops;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Recipes that are too large are refused at once, whatever they come to. */
class RecipeSizeTest {
  /** Milliseconds on a machine that does nothing else; endless or out of memory without limits. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final String LAYERS =
      " layers, with those of each repetition and each use of a block; at most 10000 are allowed";
  private static final String LEVELS =
      " has layers inside layers more than 64 levels deep, blocks included; at most 64 are allowed";

  /** A recipe whose discriminator begins with these layers, which keep (1, 4, 4). */
  private static Gan gan(Layer... layers) {
    return Gan.named("test")
        .data(Noise.noise(1, 4, 4))
        .generator(g -> g.latent(2).layers(Dense.dense(16), Reshape.reshape(1, 4, 4)))
        .discriminator(d -> d.layers(layers).layers(Flatten.flatten(), Dense.dense(1)));
  }

  private static void refused(String expected, Supplier<Gan> gan) {
    RecipeException e =
        assertTimeoutPreemptively(
            AT_ONCE,
            () -> assertThrows(RecipeException.class, () -> GamePlan.of(gan.get().build())));
    assertEquals(expected, e.getMessage());
  }

  /** Blocks that each use the one before twice. */
  private static Gan doubling(int blocks) {
    Gan gan = gan(Block.block("b" + (blocks - 1))).block("b0", Relu.relu());
    for (int i = 1; i < blocks; i++) {
      Block before = Block.block("b" + (i - 1));
      gan = gan.block("b" + i, before, before);
    }
    return gan;
  }

  @Test
  void blocksThatUseTheOneBeforeTwice() {
    refused(
        "discriminator.layers.0: block b23 brings the network to 25165823" + LAYERS,
        () -> doubling(24));
    refused(
        "discriminator.layers.0: block b62 brings the network to more than 1000000000000" + LAYERS,
        () -> doubling(63));
    assertEquals(3071, GamePlan.of(doubling(11).build()).discriminator().everyLayer().size() - 2);
  }

  @Test
  void stacksInStacks() {
    refused(
        "discriminator.layers.1: stack of 10 brings the network to 11111112" + LAYERS,
        () -> gan(Relu.relu(), stacks(7, 10)));
    refused(
        "discriminator.layers.0: stack of 1000 brings the network to more than 1000000000000"
            + LAYERS,
        () -> gan(stacks(20, 1000)));
  }

  private static Layer stacks(int levels, int times) {
    Layer layer = Relu.relu();
    for (int i = 0; i < levels; i++) {
      layer = Stack.stack(times, layer);
    }
    return layer;
  }

  @Test
  void aStackIsRefusedBeforeItIsListed() {
    assertEquals(
        "times must be between 1 and 1000, got 2147483647",
        assertThrows(
                IllegalArgumentException.class, () -> Stack.stack(Integer.MAX_VALUE, Relu.relu()))
            .getMessage());
  }

  /** A program may share one object, so that few objects are many layers. */
  @Test
  void sharedObjects() {
    refused(
        "discriminator.layers.0: residual brings the network to more than 1000000000000" + LAYERS,
        () -> gan(shared(40, l -> new Residual(List.of(l), List.of(l)))));
    refused(
        "discriminator.layers.0: 2 branches brings the network to 2097151" + LAYERS,
        () ->
            gan(
                shared(
                    20, l -> Branches.branches(List.of(List.of(l), List.of(l))).join(Join.SUM))));
  }

  private static Layer shared(int levels, UnaryOperator<Layer> around) {
    Layer layer = Relu.relu();
    for (int i = 0; i < levels; i++) {
      layer = around.apply(layer);
    }
    return layer;
  }

  @Test
  void levelsOfLayers() {
    refused(
        "discriminator.layers.1: residual" + LEVELS,
        () -> gan(Relu.relu(), shared(1_000, l -> Residual.residual(l))));
    refused("discriminator.layers.0: skip" + LEVELS, () -> gan(shared(100_000, l -> Skip.skip(l))));
    refused("discriminator.layers.0: residual" + LEVELS, () -> gan(shared(64, Residual::residual)));
    GamePlan deepest = GamePlan.of(gan(shared(63, Residual::residual)).build());
    assertEquals(66, deepest.discriminator().everyLayer().size());
  }

  @Test
  void levelsOfBlocks() {
    Gan chain = gan(Block.block("b99")).block("b0", Relu.relu());
    for (int i = 1; i < 100; i++) {
      chain = chain.block("b" + i, Block.block("b" + (i - 1)));
    }
    Gan all = chain;
    refused("discriminator.layers.0: block b99" + LEVELS, () -> all);
    refused(
        "blocks.0.layers.0: residual" + LEVELS,
        () -> gan().block("unused", shared(1_000, l -> Residual.residual(l))));
  }

  @Test
  void blocksThatContainThemselvesAreNamedAsThat() {
    refused(
        "blocks.1.layers.0: block a contains itself",
        () ->
            gan(Block.block("a"))
                .block("a", Block.block("b"), Block.block("b"))
                .block("b", Block.block("a"), Block.block("a")));
  }

  @Test
  void aNetworkMayHaveTenThousandLayers() {
    Layer[] most = IntStream.range(0, 9_998).mapToObj(i -> Relu.relu()).toArray(Layer[]::new);
    GamePlan plan = assertTimeoutPreemptively(AT_ONCE, () -> GamePlan.of(gan(most).build()));
    assertEquals(10_000, plan.discriminator().everyLayer().size());
    Layer[] more = IntStream.range(0, 9_999).mapToObj(i -> Relu.relu()).toArray(Layer[]::new);
    refused(
        "discriminator.layers.10000: dense 1 brings the network to 10001" + LAYERS,
        () -> gan(more));
  }

  /** What a composite makes is known when it is planned. */
  @Test
  void layersThatLayersMake() {
    refused(
        "discriminator.layers.1: stack of 1000 brings the network to 10001" + LAYERS,
        () ->
            gan(
                Conv.conv(2),
                Stack.stack(1000, ResidualBlock.residualBlock(2), ResidualBlock.residualBlock(2))));
    refused("discriminator.layers.0: Endless" + LEVELS, () -> gan(new Endless(1)));
    refused(
        "discriminator.layers.0: Endless brings the network to 10001" + LAYERS,
        () -> gan(new Endless(20_000)));
  }

  /** A layer of a user's that makes itself. */
  private record Endless(int copies) implements Composite {
    @Override
    public List<Branch> branches(Shape input) {
      Layer inner = copies == 1 ? this : Relu.relu();
      return IntStream.range(0, copies)
          .mapToObj(i -> new Branch("" + i, "", input, List.of(inner)))
          .toList();
    }

    @Override
    public Shape outputShape(Shape input, List<Shape> outputs) {
      return input;
    }

    @Override
    public Composite withEach(UnaryOperator<Layer> change) {
      return this;
    }

    @Override
    public Tensor forward(Tensor x, LayerContext pass) {
      return x;
    }
  }

  @Test
  void networksOfProgramsAreCheckedToo() {
    RecipeException e =
        assertTimeoutPreemptively(
            AT_ONCE,
            () ->
                assertThrows(
                    RecipeException.class,
                    () ->
                        NetworkPlan.of(
                            "critic",
                            Discriminator.discriminator(
                                List.of(shared(50_000, l -> Residual.residual(l)))),
                            Shape.of(3))));
    assertEquals("critic.layers.0: residual" + LEVELS, e.getMessage());
  }

  /** What looks at a large plan takes time in proportion to it. */
  @Test
  void aLargePlanIsCheckedAtOnce() {
    Layer deep = shared(60, l -> Residual.residual(l));
    Recipe recipe = gan(Stack.stack(160, deep), LeakyRelu.leakyRelu(0.9)).build();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          GamePlan plan = GamePlan.of(recipe);
          assertEquals(9_764, plan.discriminator().everyLayer().size());
          assertEquals(
              1, Lints.check(plan).stream().filter(w -> w.text().contains("linear")).count());
          assertEquals(true, StepFlops.of(plan) > 0);
        });
  }

  @Test
  void equalProblemsAndWarningsOfAStackAreSaidOnce() {
    Layer ones = Conv.conv(3).init(Ones.ones());
    Layer repeated = Stack.stack(9, ones, LeakyRelu.leakyRelu(0.9), ones);
    GamePlan plan = GamePlan.of(gan(Conv.conv(3), repeated).build());
    List<String> warned =
        Lints.check(plan).stream()
            .map(w -> w.path() + " " + w.text())
            .filter(w -> w.contains("one value") || w.contains("linear"))
            .toList();
    assertEquals(
        List.of(
            "discriminator.layers.1.layers.0 its weights and those of"
                + " discriminator.layers.1.layers.2 start with one value each: its outputs are"
                + " equal, get equal gradients, and stay equal",
            "discriminator.layers.1.layers.1 leakyRelu 0.9 is nearly linear"),
        warned);
    Gan maker =
        gan()
            .generator(
                g ->
                    g.latent(2)
                        .layers(
                            Stack.stack(1, Dense.dense(2)),
                            Stack.stack(9, MinibatchStdDev.minibatchStdDev(), Dense.dense(2)),
                            Dense.dense(16),
                            Reshape.reshape(1, 4, 4)));
    RecipeException e = assertThrows(RecipeException.class, () -> GamePlan.of(maker.build()));
    assertEquals(1, e.problems().size(), e.getMessage());
  }

  /** Every one of them is computed in each update. */
  @Test
  void listsHaveALimit() {
    Augmentation[] flips = Collections.nCopies(1_001, Flip.flip()).toArray(Augmentation[]::new);
    assertEquals(
        "augment: has 1001 of them; at most 1000 are allowed",
        assertThrows(RecipeException.class, () -> gan().augment(flips).build()).getMessage());
    Term[] terms = Collections.nCopies(1_001, R1.r1()).toArray(Term[]::new);
    assertEquals(
        "terms: has 1001 of them; at most 1000 are allowed",
        assertThrows(RecipeException.class, () -> gan().terms(terms).build()).getMessage());
    Augmentation[] fewer = Arrays.copyOf(flips, 1_000);
    assertEquals(1_000, gan().augment(fewer).build().augment().size());
  }
}
