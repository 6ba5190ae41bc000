package dev.sparring.plan;

import dev.sparring.augment.Augmentation;
import dev.sparring.data.Data;
import dev.sparring.data.DataException;
import dev.sparring.data.DataShapes;
import dev.sparring.data.Mixture;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Block;
import dev.sparring.layer.Conditional;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.MinibatchStdDev;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Stack;
import dev.sparring.loss.Auxiliary;
import dev.sparring.loss.GeneratorTerm;
import dev.sparring.loss.GradientNorm;
import dev.sparring.loss.Identity;
import dev.sparring.loss.Term;
import dev.sparring.recipe.GeneratorStatistics;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Checks whether the parts of a recipe fit together, once each network is valid by itself. */
final class RecipeChecks {
  private final Recipe recipe;
  private final GamePlan plan;

  /** In a stack, many layers have the same problem at the same place. */
  private final Set<Problem> problems = new LinkedHashSet<>();

  RecipeChecks(GamePlan plan) {
    this.plan = plan;
    recipe = plan.recipe();
  }

  List<Problem> problems() {
    classes();
    batches();
    probabilities();
    output();
    augmentations();
    terms();
    classifier();
    statistics();
    independence();
    backward();
    heldOut();
    drawn();
    problems.addAll(new SizeChecks(plan).problems());
    problems.addAll(new ScheduleChecks(plan).problems());
    return List.copyOf(problems);
  }

  /** Whether the running statistics of samples can be had. */
  private void drawn() {
    GeneratorStatistics samples = GeneratorStatistics.ofSamples(recipe);
    GeneratorStatistics measured = GeneratorStatistics.ofMeasured(recipe);
    String wanted = measured.name().toLowerCase(Locale.ROOT);
    if (measured.isKept() && measured != samples) {
      problem(
          "evaluate.statistics",
          wanted + " statistics are kept by an average: write ema: { statistics: " + wanted + " }");
    }
    if (plan.source().isPresent() && GeneratorStatistics.areStanding(recipe)) {
      problem(
          samples == GeneratorStatistics.STANDING ? "ema.statistics" : "evaluate.statistics",
          "standing statistics are of generators from noise, this one's input is images: write own");
    }
  }

  private void problem(String path, String text) {
    problems.add(new Problem(path, text));
  }

  private void classes() {
    if (plan.classes().isEmpty()) {
      return;
    }
    int classes = plan.classes().getAsInt();
    OptionalInt labels = recipe.data().classes();
    if (labels.isEmpty()) {
      problem("data", "has no labels, but layers are conditional: " + conditional());
    }
    Stream.of(plan.generator(), plan.discriminator())
        .flatMap(NetworkPlan::conditional)
        .forEach(
            layer -> {
              int own = ((Conditional) layer.layer()).knownClasses();
              int expected = labels.orElse(classes);
              if (own != expected) {
                problem(layer.place(), "is for " + own + " classes, the data has " + expected);
              }
            });
    if (recipe.discriminator().packing() > 1) {
      problem(
          "discriminator.packing",
          "packs have no class of their own, but layers are conditional: " + conditional());
    }
  }

  private String conditional() {
    return String.join(
        ", ",
        Stream.of(plan.generator(), plan.discriminator())
            .flatMap(NetworkPlan::conditional)
            .map(l -> l.place() + " (" + l.layer().summary() + ")")
            .distinct()
            .toList());
  }

  private void batches() {
    int packing = recipe.discriminator().packing();
    divisible("train.batch", recipe.train().batch(), packing);
    Integer own = recipe.train().generatorBatch();
    if (own != null) {
      divisible("train.generatorBatch", own, packing);
      if (recipe.loss().pairsSamples() && own != recipe.train().batch()) {
        problem(
            "train.generatorBatch",
            "the loss compares real and generated samples in pairs, of which there are "
                + recipe.train().batch()
                + " and "
                + own
                + ": leave it out");
      }
      if (plan.source().isPresent() && own != recipe.train().batch()) {
        problem(
            "train.generatorBatch",
            "in paired data both networks use the same batches: leave it out");
      }
    }
  }

  private void divisible(String path, int batch, int packing) {
    if (batch % packing != 0) {
      problem(path, batch + " samples make no whole number of packs of " + packing);
    }
  }

  private void probabilities() {
    if (recipe.loss().wantsProbabilities() && !endsInSigmoid(plan.discriminator())) {
      List<PlannedLayer> layers = plan.discriminator().layers();
      PlannedLayer last = layers.get(layers.size() - 1);
      problem(
          "loss",
          "takes probabilities, but the discriminator ends in "
              + last.layer().summary()
              + "; put a sigmoid after it, or use nonSaturating, which is the same on scores");
    }
  }

  private static boolean endsInSigmoid(NetworkPlan row) {
    for (int i = row.layers().size() - 1; i >= 0; i--) {
      PlannedLayer layer = row.layers().get(i);
      if (layer.layer() instanceof Stack || layer.layer() instanceof Block) {
        return endsInSigmoid(layer.branches().get(0));
      }
      if (!(layer.layer() instanceof Flatten || layer.layer() instanceof Reshape)) {
        return layer.layer() instanceof Sigmoid;
      }
    }
    return false;
  }

  /** A gradient by a sample belongs to one score. */
  private void output() {
    if (!(recipe.discriminator().output() instanceof GradientNorm)) {
      return;
    }
    Layer last = plan.discriminator().last();
    Shape scores = plan.discriminator().output();
    if (!(last instanceof AuxiliaryClassifier) && !scores.equals(Shape.of(1))) {
      problem(
          "discriminator.output",
          "gradientNorm needs one score for a sample, (1), got "
              + scores
              + " of "
              + last.summary());
    }
  }

  private void augmentations() {
    List<Augmentation> all = recipe.augment();
    for (int i = 0; i < all.size(); i++) {
      try {
        all.get(i).check(plan.sample());
      } catch (IllegalArgumentException e) {
        problem("augment." + i, String.valueOf(e.getMessage()));
      }
    }
  }

  private void terms() {
    List<Term> all = recipe.terms();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) instanceof GeneratorTerm t && t.needsTarget() && !plan.isPaired()) {
        problem("terms." + i, "needs data that comes in pairs, to compare samples with");
      }
    }
  }

  /** Logits need a term that trains them, and the term needs logits. */
  private void classifier() {
    PlannedLayer head = plan.discriminator().layers().get(plan.discriminator().layers().size() - 1);
    boolean classifies = head.layer() instanceof AuxiliaryClassifier;
    Stream.of(plan.generator(), plan.discriminator())
        .flatMap(network -> network.everyLayer().stream())
        .filter(layer -> layer.layer() instanceof AuxiliaryClassifier && !layer.equals(head))
        .forEach(
            layer -> problem(layer.place(), "must be the last of the discriminator's own layers"));
    List<Term> all = recipe.terms();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) instanceof Auxiliary term) {
        if (!classifies) {
          problem(
              "terms." + i,
              "needs logits of classes: auxiliaryClassifier as the discriminator's last layer");
        }
        if (term.ofMadeSamples() && plan.generator().classes().isEmpty()) {
          problem(
              "terms." + i,
              "classifies generated samples, but the generator is not conditional: set fake and"
                  + " generator to 0, or add a conditional layer to the generator");
        }
      }
    }
    if (classifies && all.stream().noneMatch(term -> term instanceof Auxiliary)) {
      problem(
          head.place(), "outputs logits of classes that nothing trains: add the term auxiliary");
    }
  }

  /** Batch normalization of a single number has no variance to divide by. */
  private void statistics() {
    Stream.concat(
            DegenerateBatchNorm.in(plan.generator(), 1, recipe.train()),
            DegenerateBatchNorm.in(
                plan.discriminator(), recipe.discriminator().packing(), recipe.train()))
        .filter(single -> !(single.layer() instanceof BatchNorm b && b.alwaysBatch()))
        .forEach(
            single ->
                problem(
                    single.place(),
                    single.layer().summary()
                        + " has one number for each channel of "
                        + single.input()
                        + " in a batch of 1; "
                        + single.setting()
                        + " must be >= "
                        + single.least()));
  }

  /**
   * A generated sample must not depend on the others of its batch, because samples are also
   * generated one at a time.
   */
  private void independence() {
    for (PlannedLayer layer : plan.generator().everyLayer()) {
      if (layer.layer() instanceof MinibatchStdDev) {
        problem(
            layer.place(),
            "minibatchStdDev compares the samples of a batch and belongs in a discriminator");
      }
    }
  }

  /** Terms that need a backward direction, and settings that exclude one. */
  private void backward() {
    List<Term> all = recipe.terms();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) instanceof GeneratorTerm term && term.needsBackwardDirection()) {
        if (!plan.hasBackwardDirection()) {
          problem(
              "terms." + i,
              "needs a backward direction: unpaired sources and samples (pairs with matched: false)");
        } else if (term instanceof Identity && !plan.source().equals(Optional.of(plan.sample()))) {
          problem(
              "terms." + i,
              "compares the backward generator's output for samples, which are "
                  + plan.sample()
                  + ", with them: sources must be like them, got "
                  + plan.source().map(Shape::toString).orElse("none"));
        }
      }
    }
    if (plan.hasBackwardDirection() && plan.classes().isPresent()) {
      problem(
          "data",
          "has a backward direction, in which classes of samples are not known: " + conditional());
    }
    boolean remembers = recipe.discriminator().pool() > 0;
    if (remembers && (plan.isPaired() || plan.classes().isPresent())) {
      problem(
          "discriminator.pool",
          "an earlier sample would come with another's "
              + (plan.isPaired() ? "source" : "class")
              + "; leave it out");
    }
  }

  /** Points are compared with the modes, which the data's settings define. */
  private void heldOut() {
    Data held = recipe.evaluate() == null ? null : recipe.evaluate().data();
    if (held == null) {
      return;
    }
    if (recipe.data() instanceof Mixture) {
      problem(
          "evaluate.data",
          "points are measured by the modes of the training data, not against other data: leave"
              + " it out");
      return;
    }
    try {
      held.form()
          .misfit(new DataShapes(plan.sample(), plan.source()))
          .ifPresent(misfit -> problem("evaluate.data", misfit));
    } catch (DataException e) {
      problem("evaluate.data", String.valueOf(e.getMessage()));
    }
  }
}
