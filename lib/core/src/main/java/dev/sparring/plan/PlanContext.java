package dev.sparring.plan;

import dev.sparring.data.Data;
import dev.sparring.layer.Conditional;
import dev.sparring.layer.Layer;
import dev.sparring.recipe.BlockDefinition;
import dev.sparring.recipe.ConventionResolver;
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Recipe;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a network's layers may need to know beside the network.
 *
 * @param blocks layers that have a name
 * @param data what the network is for, which knows its classes; null for nothing with labels
 * @param conventions what layers have where the recipe says nothing; a recipe has them written out,
 *     but not in the layers that a layer makes
 */
public record PlanContext(
    List<BlockDefinition> blocks, @Nullable Data data, Conventions conventions) {
  /** Copies the blocks. */
  public PlanContext {
    blocks = List.copyOf(blocks);
  }

  /** With this library's own conventions. */
  public PlanContext(List<BlockDefinition> blocks, @Nullable Data data) {
    this(blocks, data, Conventions.SPARRING);
  }

  /** No blocks and no labels. */
  public static PlanContext none() {
    return new PlanContext(List.of(), null);
  }

  /** Those of a recipe. */
  public static PlanContext of(Recipe recipe) {
    return new PlanContext(recipe.blocks(), recipe.data(), recipe.conventions());
  }

  /**
   * A layer with everything known that it leaves to its surroundings. The data is asked for its
   * classes only if a layer wants to know them: it may not be at hand.
   *
   * @throws dev.sparring.data.DataException if the files that decide the classes cannot be read
   */
  Layer known(Layer open) {
    Layer layer = new ConventionResolver(conventions).layer(open);
    if (data == null || !(layer instanceof Conditional c) || c.classes() != null) {
      return layer;
    }
    OptionalInt classes = data.classes();
    return classes.isPresent() ? c.classes(classes.getAsInt()) : layer;
  }
}
