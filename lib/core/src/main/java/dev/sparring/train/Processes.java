package dev.sparring.train;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Group;
import java.util.List;
import java.util.Optional;

/**
 * The processes that train one recipe together. Process r of N computes the batches r, r + N, r +
 * 2N and so on of each update, whose number is {@code train.accumulate}; so N processes do what one
 * does with the same recipe, up to the order of sums.
 *
 * @param group that they have joined
 * @param hosts the names of their hosts, in the order of their numbers
 */
public record Processes(Group group, List<String> hosts) {
  /** One process by itself. */
  public static final Processes ALONE = new Processes(Group.ALONE, List.of());

  /** Copies the list. */
  public Processes {
    hosts = List.copyOf(hosts);
  }

  /** How many they are. */
  public int count() {
    return group.size();
  }

  /** Whether this one writes, measures and reports. */
  public boolean isFirst() {
    return group.rank() == 0;
  }

  /**
   * Why a recipe cannot be trained by that number of processes, in one line; empty if it can.
   *
   * @param plan of the recipe
   */
  public static Optional<String> whyNot(GamePlan plan, int count) {
    int parts = plan.recipe().train().accumulate();
    if (count == 1) {
      return Optional.empty();
    }
    if (parts % count != 0) {
      return Optional.of(
          "train.accumulate: "
              + parts
              + (parts == 1 ? " batch" : " batches")
              + " in an update cannot be shared by "
              + count
              + " processes; set it to a multiple of "
              + count
              + (parts > 1 ? "" : ", and train.batch to what one of them takes"));
    }
    if (plan.recipe().discriminator().pool() > 0) {
      return Optional.of(
          "discriminator.pool: "
              + plan.recipe().discriminator().pool()
              + " remembered samples are filled in the order of batches, by one process; set it to 0,"
              + " or train in one process");
    }
    return Optional.empty();
  }

  /**
   * Refuses a recipe that cannot be trained by that number of processes.
   *
   * @throws RecipeException in one line that says why
   */
  public static void require(GamePlan plan, int count) {
    whyNot(plan, count)
        .ifPresent(
            why -> {
              throw new RecipeException("", why);
            });
  }
}
