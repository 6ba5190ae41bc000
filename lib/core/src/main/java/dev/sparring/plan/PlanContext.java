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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of a network need to know about the recipe.
 *
 * @param blocks the recipe's named blocks
 * @param data the data of the network, which knows its classes; null for data without labels
 * @param conventions defaults of open settings; a resolved recipe has none, but layers created by
 *     composite layers have
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

  /** The context of a recipe. */
  public static PlanContext of(Recipe recipe) {
    return new PlanContext(recipe.blocks(), recipe.data(), recipe.conventions());
  }

  /**
   * How many classes the data has; none without labels or data.
   *
   * @throws dev.sparring.data.DataException if the files that decide it cannot be read
   */
  OptionalInt classes() {
    return data == null ? OptionalInt.empty() : data.classes();
  }

  /**
   * A layer with all settings filled in that depend on the context. Layers inside it are planned
   * later, and asked for then.
   *
   * @param classes the {@link #classes}, asked for only if the layer needs them, because the data's
   *     files may be missing
   */
  Layer known(Layer open, Supplier<OptionalInt> classes) {
    Layer layer = new ConventionResolver(conventions).own(open);
    if (!(layer instanceof Conditional c) || c.classes() != null) {
      return layer;
    }
    OptionalInt found = classes.get();
    return found.isPresent() ? c.classes(found.getAsInt()) : layer;
  }
}
