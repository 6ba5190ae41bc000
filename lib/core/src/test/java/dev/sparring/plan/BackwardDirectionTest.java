package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Data;
import dev.sparring.data.Digits;
import dev.sparring.data.Edges;
import dev.sparring.data.FashionMnist;
import dev.sparring.data.Noise;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Layer;
import dev.sparring.loss.CycleConsistency;
import dev.sparring.loss.Identity;
import dev.sparring.loss.Term;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The requirements of a backward direction. */
class BackwardDirectionTest {
  private static final Layer[] SAME = {Conv.conv(1)};
  private static final Data UNMATCHED =
      Pairs.pairs(Digits.digits().size(28), FashionMnist.fashionMnist()).matched(false);

  private static GamePlan plan(Data data, int pool, Layer[] maker, Term... terms) {
    return GamePlan.of(
        Gan.named("test")
            .data(data)
            .generator(g -> g.layers(maker))
            .discriminator(d -> d.pool(pool).layers(Conv.conv(1)))
            .terms(terms)
            .build());
  }

  private static String refusal(Data data, int pool, Layer[] maker, Term... terms) {
    return assertThrows(RecipeException.class, () -> plan(data, pool, maker, terms)).getMessage();
  }

  @Test
  void theBackwardDirectionHasTheSameLayers() {
    GamePlan plan = plan(UNMATCHED, 50, SAME, CycleConsistency.cycle(), Identity.identity());
    assertEquals(
        List.of("generator", "discriminator", "generator_back", "discriminator_back"),
        plan.networks().stream().map(NetworkPlan::name).toList());
    DirectionPlan back = plan.directions().get(1);
    assertTrue(back.isBackward() && plan.hasBackwardDirection());
    assertEquals(
        "generator_back.0.weight", back.generator().layers().get(0).parameters().get(0).path());
    assertEquals("generator.layers.0", back.generator().layers().get(0).place());
    assertEquals(Shape.of(1, 28, 28), plan.discriminator().input());
    assertEquals(1, plan(Edges.edges(FashionMnist.fashionMnist()), 0, SAME).directions().size());
  }

  @Test
  void channelsHaveToComeBack() {
    Layer[] colour = {Conv.conv(3)};
    assertEquals(
        "generator.layers.0: in the backward direction the generator makes (3, 8, 8) of"
            + " samples, but"
            + " a source of the data is (1, 8, 8)",
        refusal(Pairs.pairs(Digits.digits(), Noise.noise(3, 8, 8)).matched(false), 0, colour));
  }

  @Test
  void termsOfTheBackwardDirectionNeedIt() {
    String needs =
        ": needs a backward direction: unpaired sources and samples (pairs with matched: false)";
    assertEquals(
        "terms.0" + needs + "\nterms.1" + needs,
        refusal(
            Edges.edges(Digits.digits()), 0, SAME, CycleConsistency.cycle(), Identity.identity()));
  }

  @Test
  void aPoolForgetsWhatBelongsToASample() {
    assertEquals(
        "discriminator.pool: an earlier sample would come with another's source; leave it out",
        refusal(Edges.edges(Digits.digits()), 50, SAME));
    assertEquals(
        2,
        GamePlan.of(
                Gan.named("ring")
                    .data(Ring.ring())
                    .generator(g -> g.layers(Dense.dense(2)))
                    .discriminator(d -> d.pool(50).layers(Dense.dense(1)))
                    .build())
            .networks()
            .size());
  }
}
