package dev.sparring.recipe;

import dev.sparring.layer.Block;
import dev.sparring.layer.Composite;
import dev.sparring.layer.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large the networks of a recipe may be. A few lines of blocks that use the block before them
 * twice, or of stacks in stacks, describe more layers than any machine can hold, so their number is
 * computed before anything is planned: in time linear in what is written, whatever it comes to.
 */
public final class RecipeSize {
  /**
   * The largest number of layers of a network: every layer counts, as often as it is planned, those
   * inside other layers included. The largest networks of papers have about a thousand; ten times
   * that is planned in well under a second, and its table can still be read.
   */
  public static final int LAYERS = 10_000;

  /**
   * How many levels of layers inside layers a network may have, uses of blocks included. The U-Nets
   * of papers have 8. Plans and forward passes recurse once a level.
   */
  public static final int DEPTH = 64;

  /**
   * The most terms, augmentations or schedules: each is computed in every update, and papers have a
   * handful.
   */
  public static final int LIST = 1_000;

  /** Numbers of layers above this one are not told apart. */
  private static final long MANY = 1_000_000_000_000L;

  private final Map<String, List<Layer>> blocks = new HashMap<>();
  private final Map<String, Extent> ofBlocks = new HashMap<>();
  private final Set<String> openBlocks = new HashSet<>();

  /** By identity: a program may use one object in many places. */
  private final IdentityHashMap<Layer, Extent> known = new IdentityHashMap<>();

  private RecipeSize(List<BlockDefinition> blocks) {
    blocks.forEach(block -> this.blocks.putIfAbsent(block.name(), block.layers()));
  }

  /**
   * What a layer comes to, itself included.
   *
   * @param layers number of layers
   * @param depth number of levels
   */
  private record Extent(long layers, int depth) {}

  /**
   * Refuses networks and blocks that are too large.
   *
   * @throws RecipeException at the layer with which a limit is passed
   */
  static void check(
      List<BlockDefinition> blocks, NetworkSpec generator, NetworkSpec discriminator) {
    RecipeSize size = new RecipeSize(blocks);
    size.row("generator.layers", generator.layers());
    size.row("discriminator.layers", discriminator.layers());
    for (int i = 0; i < blocks.size(); i++) {
      size.row("blocks." + i + ".layers", blocks.get(i).layers());
    }
  }

  /**
   * Refuses layers that are too many or too deep for one network.
   *
   * @param place the place of the list in the recipe
   * @param blocks the recipe's
   * @throws RecipeException at the layer with which a limit is passed
   */
  public static void check(String place, List<Layer> layers, List<BlockDefinition> blocks) {
    new RecipeSize(blocks).row(place, layers);
  }

  /** Refuses a list of the recipe that is too long. */
  static void checkCount(String place, int count) {
    if (count > LIST) {
      throw new RecipeException(
          place, "has " + count + " of them; at most " + LIST + " are allowed");
    }
  }

  /**
   * Too many layers.
   *
   * @param place the layer with which there are too many
   */
  public static RecipeException tooMany(String place, Layer layer, long layers) {
    return new RecipeException(
        place,
        layer.summary()
            + " brings the network to "
            + (layers >= MANY ? "more than " + MANY : String.valueOf(layers))
            + " layers, with those of each repetition and each use of a block; at most "
            + LAYERS
            + " are allowed");
  }

  /**
   * Too many levels.
   *
   * @param place the outermost layer
   */
  public static RecipeException tooDeep(String place, Layer layer) {
    return new RecipeException(
        place,
        layer.summary()
            + " has layers inside layers more than "
            + DEPTH
            + " levels deep, blocks included; at most "
            + DEPTH
            + " are allowed");
  }

  private void row(String place, List<Layer> layers) {
    long sum = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Extent extent = of(layer, 1);
      if (extent.depth() > DEPTH) {
        throw tooDeep(place + "." + i, layer);
      }
      sum = Math.min(MANY, sum + extent.layers());
      if (sum > LAYERS) {
        throw tooMany(place + "." + i, layer, sum);
      }
    }
  }

  /** Layers below the lowest allowed level are not looked at. */
  private Extent of(Layer layer, int level) {
    if (level > DEPTH || !(layer instanceof Composite composite)) {
      return new Extent(1, 1);
    }
    Extent found = known.get(layer);
    if (found == null) {
      found = layer instanceof Block use ? ofBlock(use, level) : ofEach(composite, level);
      known.put(layer, found);
    }
    return found;
  }

  private Extent ofEach(Composite composite, int level) {
    List<Layer> inside = new ArrayList<>();
    composite.withEach(
        layer -> {
          inside.add(layer);
          return layer;
        });
    Extent each = sum(inside, level);
    long times = Math.max(1, composite.repetitions());
    long layers = each.layers() > MANY / times ? MANY : Math.min(MANY, 1 + each.layers() * times);
    return new Extent(layers, 1 + each.depth());
  }

  /** A block that contains itself is refused by the plan, and unknown ones too. */
  private Extent ofBlock(Block use, int level) {
    List<Layer> layers = blocks.get(use.name());
    if (layers == null || !openBlocks.add(use.name())) {
      return new Extent(1, 1);
    }
    Extent found = ofBlocks.get(use.name());
    if (found == null) {
      Extent inside = sum(layers, level);
      found = new Extent(Math.min(MANY, 1 + inside.layers()), 1 + inside.depth());
      ofBlocks.put(use.name(), found);
    }
    openBlocks.remove(use.name());
    return found;
  }

  private Extent sum(List<Layer> layers, int level) {
    long sum = 0;
    int depth = 0;
    for (Layer layer : layers) {
      Extent extent = of(layer, level + 1);
      sum = Math.min(MANY, sum + extent.layers());
      depth = Math.max(depth, extent.depth());
    }
    return new Extent(sum, depth);
  }
}
