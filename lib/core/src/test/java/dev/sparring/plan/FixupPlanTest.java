package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.init.DeltaOrthogonal;
import dev.sparring.init.Fan;
import dev.sparring.init.Fixup;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.init.Multiplied;
import dev.sparring.init.Normal;
import dev.sparring.init.Zeros;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.Scale;
import dev.sparring.layer.Shift;
import dev.sparring.layer.Stack;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.InitByKind;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Fixup reads the number and the depth of residual branches off the plan. */
class FixupPlanTest {
  /** R3GAN's: 8 blocks of 3 convolutions, fan-in 64, leaky ReLU of 0.2. */
  @Test
  void scalesAreThoseOfR3gan() {
    Layer block =
        Residual.residual(
            Conv.conv(64).kernel(1),
            LeakyRelu.leakyRelu(0.2),
            Conv.conv(64).kernel(1),
            LeakyRelu.leakyRelu(0.2),
            Conv.conv(64).kernel(1));
    NetworkPlan plan =
        plan(Fixup.fixup(), None.none(), Conv.conv(64), Stack.stack(8, List.of(block)));
    Map<String, Initializer> drawn = drawn(plan);
    assertEquals(25, drawn.size());
    assertEquals(He.he(), drawn.get("d.0.weight"));
    for (int b = 0; b < 8; b++) {
      String path = "d.1." + b + ".0.layers.";
      assertEquals(new Multiplied(StrictMath.pow(8, -0.25), He.he()), drawn.get(path + "0.weight"));
      assertEquals(new Multiplied(StrictMath.pow(8, -0.25), He.he()), drawn.get(path + "2.weight"));
      assertEquals(Zeros.zeros(), drawn.get(path + "4.weight"));
    }
    PlannedParameter first =
        plan.weighted()
            .map(l -> l.weight().orElseThrow())
            .filter(w -> w.path().equals("d.1.0.0.layers.0.weight"))
            .findFirst()
            .orElseThrow();
    double[] values = first.initializer().draw(first.weight(), new Seed(1).stream("w"));
    double squares = Arrays.stream(values).map(v -> v * v).sum();
    // 4096 draws: 1.1 % of standard error.
    assertEquals(0.10307, Math.sqrt(squares / values.length), 0.004);
  }

  /** The paper's two convolutions: L^(-1/2) on the first, fan-out, zeros at the end. */
  @Test
  void residualBlocksAndTheHeadOfThePaper() {
    He base = He.he().fan(Fan.OUT);
    NetworkPlan plan =
        plan(
            Fixup.fixup().base(base).zeroLast(true),
            None.none(),
            ResidualBlock.residualBlock(4),
            ResidualBlock.residualBlock(5),
            Flatten.flatten(),
            Dense.dense(1));
    Map<String, Initializer> drawn = drawn(plan);
    assertEquals(new Multiplied(StrictMath.pow(2, -0.5), base), drawn.get("d.0.layers.1.weight"));
    assertEquals(Zeros.zeros(), drawn.get("d.0.layers.3.weight"));
    assertEquals(new Multiplied(StrictMath.pow(2, -0.5), base), drawn.get("d.1.layers.1.weight"));
    assertEquals(Zeros.zeros(), drawn.get("d.1.layers.3.weight"));
    // Shortcuts are in no branch.
    assertEquals(base, drawn.get("d.1.shortcut.0.weight"));
    assertEquals(Zeros.zeros(), drawn.get("d.3.weight"));
  }

  /** A branch inside a branch counts for itself, and its weights for it alone. */
  @Test
  void branchesInsideBranches() {
    Layer inner = Residual.residual(Conv.conv(4), Relu.relu(), Conv.conv(4));
    NetworkPlan plan =
        plan(
            Fixup.fixup(),
            None.none(),
            Residual.residual(Conv.conv(4), inner, Conv.conv(4), Conv.conv(4)),
            Residual.residual(Conv.conv(4)));
    Map<String, Initializer> drawn = drawn(plan);
    assertEquals(
        new Multiplied(StrictMath.pow(3, -0.25), He.he()), drawn.get("d.0.layers.0.weight"));
    assertEquals(
        new Multiplied(StrictMath.pow(3, -0.5), He.he()),
        drawn.get("d.0.layers.1.layers.0.weight"));
    assertEquals(Zeros.zeros(), drawn.get("d.0.layers.1.layers.2.weight"));
    assertEquals(
        new Multiplied(StrictMath.pow(3, -0.25), He.he()), drawn.get("d.0.layers.2.weight"));
    assertEquals(Zeros.zeros(), drawn.get("d.0.layers.3.weight"));
    assertEquals(Zeros.zeros(), drawn.get("d.1.layers.0.weight"));
  }

  @Test
  void onlyWhatFixupDrawsIsChanged() {
    NetworkPlan plan =
        plan(
            Normal.normal(),
            None.none(),
            Residual.residual(Conv.conv(4).init(Fixup.fixup()), Conv.conv(4)),
            Residual.residual(Conv.conv(4), Conv.conv(4).init(Fixup.fixup())));
    Map<String, Initializer> drawn = drawn(plan);
    assertEquals(
        new Multiplied(StrictMath.pow(2, -0.5), He.he()), drawn.get("d.0.layers.0.weight"));
    assertEquals(Normal.normal(), drawn.get("d.0.layers.1.weight"));
    assertEquals(Normal.normal(), drawn.get("d.1.layers.0.weight"));
    assertEquals(Zeros.zeros(), drawn.get("d.1.layers.1.weight"));
    // A probe's initializer of all weights.
    Map<String, Initializer> probed = drawn(plan.initializedBy(Fixup.fixup()));
    assertEquals(Zeros.zeros(), probed.get("d.0.layers.1.weight"));
  }

  @Test
  void zerosUnderANormAreRefused() {
    assertEquals(
        "d.layers.0: conv 4 1x1 begins with a weight of zeros, as the last one of its residual"
            + " branch or network, and norm sn divides by its length: take another init here, or"
            + " leave the norm out",
        assertThrows(
                RecipeException.class,
                () ->
                    plan(
                        Fixup.fixup(),
                        Sn.sn(),
                        Residual.residual(Conv.conv(4), Conv.conv(4).kernel(1))))
            .getMessage()
            .replace("d.layers.0.layers.1", "d.layers.0"));
  }

  @Test
  void theBaseChecksWeights() {
    String message =
        assertThrows(
                RecipeException.class,
                () ->
                    plan(
                        Fixup.fixup().base(DeltaOrthogonal.deltaOrthogonal()),
                        None.none(),
                        Conv.conv(3)))
            .getMessage();
    assertTrue(
        message.startsWith("d.layers.0: conv 3 3x3 pad 1 has 4 channels in and 3 out"), message);
  }

  @Test
  void scalesAndShiftsHaveTheirStarts() {
    NetworkPlan plan =
        plan(
            Normal.normal(),
            None.none(),
            Scale.scale(),
            Scale.scale().perChannel(true).init(Zeros.zeros()),
            Shift.shift(),
            Shift.shift().perChannel(true));
    assertEquals(
        "d.0.weight (1) Ones[], d.1.weight (4) Zeros[], d.2.bias (1) Zeros[], d.3.bias (4) Zeros[]",
        String.join(
            ", ",
            plan.everyLayer().stream()
                .flatMap(l -> l.parameters().stream())
                .map(p -> p.path() + " " + p.parameter().shape() + " " + p.initializer())
                .toList()));
  }

  @Test
  void ratesAreThoseOfLayers() {
    NetworkPlan plan =
        plan(
            Normal.normal(),
            None.none(),
            Conv.conv(4).rate(0.25),
            Flatten.flatten(),
            Dense.dense(2).bias(false).rate(0),
            Dense.dense(1));
    assertEquals(Map.of("d.0.weight", 0.25, "d.0.bias", 0.25, "d.2.weight", 0.0), plan.rates());
  }

  private static Map<String, Initializer> drawn(NetworkPlan plan) {
    Map<String, Initializer> drawn = new TreeMap<>();
    plan.weighted()
        .map(l -> l.weight().orElseThrow())
        .forEach(w -> drawn.put(w.path(), w.initializer()));
    return drawn;
  }

  private static NetworkPlan plan(Initializer init, WeightNorm norm, Layer... layers) {
    Discriminator d =
        new Discriminator(
            1, 0, null, init, null, InitByKind.initByKind(), null, norm, List.of(layers));
    return NetworkPlan.of("d", d, Shape.of(4, 3, 3));
  }
}
