package dev.sparring.train;

import dev.sparring.plan.GamePlan;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Inputs without numbers. */
record ShapeInputs(GamePlan plan, Engine engine) implements GameInputs {
  @Override
  public Batch real(long batch) {
    Shape sample = plan.sample().batch(size());
    return new Batch(make(sample), labels(size()), plan.isPaired() ? source() : null);
  }

  @Override
  public Batch forDiscriminator(long batch) {
    if (plan.hasBackwardDirection()) {
      return Batch.of(source());
    }
    return plan.isPaired()
        ? new Batch(source(), labels(size()), make(plan.sample().batch(size())))
        : noise(size());
  }

  @Override
  public Batch forGenerator(long batch) {
    return plan.source().isPresent()
        ? forDiscriminator(batch)
        : noise(plan.recipe().train().generatorBatchOrDefault());
  }

  private int size() {
    return plan.recipe().train().batch();
  }

  private Batch noise(int count) {
    return new Batch(
        make(Shape.of(count, plan.recipe().generator().latent())), labels(count), null);
  }

  private Tensor source() {
    return make(plan.source().orElseThrow().batch(size()));
  }

  private @Nullable Tensor labels(int count) {
    return plan.classes().isEmpty() ? null : make(Shape.of(count, plan.classes().getAsInt()));
  }

  private Tensor make(Shape shape) {
    return engine.full(0, shape);
  }
}
