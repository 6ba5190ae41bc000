package dev.sparring.lint;

import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.Layer;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import java.util.List;

/**
 * Only one of the two networks is conditional. A discriminator that classifies real samples with a
 * generator without labels is semi-supervised learning, which is allowed; if the term {@code
 * auxiliary} classifies generated samples too, the plan is refused. A generator of images from
 * images gets the class from its source and needs no label.
 */
final class LabelsReachBoth implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    List<PlannedLayer> makers = plan.generator().conditional().toList();
    List<PlannedLayer> judges = plan.discriminator().conditional().toList();
    boolean known = !makers.isEmpty() || plan.source().isPresent();
    if (known == !judges.isEmpty() || (makers.isEmpty() && judges.isEmpty())) {
      return List.of();
    }
    return List.of(judges.isEmpty() ? onlyTheGenerator(makers) : onlyTheDiscriminator(judges));
  }

  private static Warning onlyTheGenerator(List<PlannedLayer> makers) {
    return Warning.warning(
        Rows.places(makers),
        "the generator is conditional, and the discriminator is not: nothing makes its samples"
            + " belong to their class",
        "Mirza and Osindero, arXiv:1411.1784, section 3.2",
        "make the discriminator conditional: embedding, concatLabels or auxiliaryClassifier");
  }

  private static Warning onlyTheDiscriminator(List<PlannedLayer> judges) {
    boolean classifiesOnly =
        judges.stream().allMatch(l -> l.layer() instanceof AuxiliaryClassifier);
    String text =
        classifiesOnly
            ? "the discriminator learns classes, and the generator is not conditional: it"
                + " cannot generate samples of a class"
            : "the discriminator is conditional ("
                + Layer.word(judges.get(0).layer())
                + "), and the generator is not: its samples are scored for classes that it does"
                + " not know";
    return Warning.warning(
        Rows.places(judges),
        text,
        classifiesOnly
            ? "Odena, Olah and Shlens, arXiv:1610.09585, section 3"
            : "Mirza and Osindero, arXiv:1411.1784, section 3.2",
        "add a conditional layer to the generator: concatLabels or conditionalBatchNorm");
  }
}
