package dev.sparring.train;

import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A batch of an update of the discriminator, as a term sees it. */
record DiscriminatorUpdate(
    Engine engine,
    RandomStream random,
    long number,
    Tensor real,
    Tensor fake,
    Tensor realScores,
    Tensor fakeScores,
    GamePlan plan,
    Map<String, Tensor> parameters,
    ForwardPass discriminator,
    Batch realBatch,
    Batch fakeBatch,
    DiscriminatorInput input,
    NextUpdate next,
    Function<String, Tensor> states)
    implements DiscriminatorTerm.Update {
  @Override
  public Tensor state(String name) {
    return states.apply(name);
  }

  @Override
  public Tensor scores(Tensor x) {
    return discriminator.apply(x, realBatch.labels());
  }

  @Override
  public Tensor fakeScores(Tensor x) {
    return discriminator.apply(x, fakeBatch.labels());
  }

  @Override
  public boolean isChanged() {
    return input.changes();
  }

  @Override
  public Tensor rawReal() {
    return realBatch.x();
  }

  @Override
  public Tensor rawFake() {
    return fakeBatch.x();
  }

  @Override
  public Tensor scoresOfRaw(Tensor x) {
    return scores(input.prepare(realBatch.x(x), "more", next));
  }

  @Override
  public List<Tensor> weights() {
    return Objective.matrices(plan, parameters);
  }
}
