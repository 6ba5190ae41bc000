package dev.sparring.plan;

import dev.sparring.init.DataDependent;
import dev.sparring.init.FanRule;
import dev.sparring.init.Fans;
import dev.sparring.init.Initializer;
import dev.sparring.init.WeightSpec;
import dev.sparring.layer.Activation;
import dev.sparring.layer.Block;
import dev.sparring.layer.Branch;
import dev.sparring.layer.Composite;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LinearMap;
import dev.sparring.layer.Parameter;
import dev.sparring.layer.Role;
import dev.sparring.layer.State;
import dev.sparring.norm.None;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.WeightNorm;
import dev.sparring.recipe.BlockDefinition;
import dev.sparring.recipe.NetworkSpec;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.RecipeSize;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans the layers of one network. */
final class Planner {
  private final NetworkSpec spec;
  private final Origins origins;
  private final PlanContext context;

  /** The blocks around the current layer, from the outermost. */
  private final List<String> openBlocks = new ArrayList<>();

  /** Number of layers planned so far. */
  private int planned;

  /** Number of rows around the current layer. */
  private int depth;

  /** Place and settings of the current layer of the network's own row, for messages. */
  private String outermost = "";

  private @Nullable Layer outermostLayer;

  private @Nullable OptionalInt classes;

  Planner(NetworkSpec written, NetworkSpec spec, PlanContext context) {
    this.spec = spec;
    this.origins = new Origins(written, spec);
    this.context = context;
  }

  /** Asked of the data once: some kinds of data read all their labels for it. */
  private OptionalInt classes() {
    if (classes == null) {
      classes = context.classes();
    }
    return classes;
  }

  /**
   * Plans a sequence of layers.
   *
   * @param name prefix of their parameters' names
   * @param place place of the list in the recipe
   * @param written whether the number of a layer is appended to the place; false for layers that a
   *     composite has created
   * @throws RecipeException at the first layer that does not fit
   */
  NetworkPlan row(String name, String place, boolean written, Shape input, List<Layer> layers) {
    List<PlannedLayer> row = new ArrayList<>();
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = context.known(layers.get(i), this::classes);
      String own = written ? place + "." + i : place;
      count(own, layer);
      PlannedLayer next;
      depth++;
      try {
        next = layer(name + "." + i, own, layer, gainBehind(layers, i), shape);
      } catch (RecipeException e) {
        throw e; // from inside the layer, with a place of its own
      } catch (ArithmeticException e) {
        throw new RecipeException(
            new Problem(own, layer.summary() + " has more numbers than fit into an array, 2^31"),
            e);
      } catch (IllegalArgumentException e) {
        throw new RecipeException(new Problem(own, layer.summary() + " " + e.getMessage()), e);
      } finally {
        depth--;
      }
      row.add(next);
      shape = next.output();
    }
    return new NetworkPlan(name, input, row);
  }

  /**
   * Layers that composites make are known only now, so that {@link RecipeSize} is checked once
   * more.
   */
  private void count(String place, Layer layer) {
    if (depth == 0) {
      outermost = place;
      outermostLayer = layer;
    }
    planned++;
    if (depth >= RecipeSize.DEPTH) {
      throw RecipeSize.tooDeep(outermost, Objects.requireNonNull(outermostLayer));
    }
    if (planned > RecipeSize.LAYERS) {
      throw RecipeSize.tooMany(outermost, Objects.requireNonNull(outermostLayer), planned);
    }
  }

  private PlannedLayer layer(String path, String place, Layer layer, double gain, Shape input) {
    List<NetworkPlan> branches =
        layer instanceof Composite composite ? branches(path, place, composite, input) : List.of();
    Shape output =
        layer instanceof Composite composite
            ? composite.outputShape(input, branches.stream().map(NetworkPlan::output).toList())
            : layer.outputShape(input);
    output.elements(); // fails where a sample would not fit into an array
    List<PlannedParameter> parameters = new ArrayList<>();
    FanRule rule = Objects.requireNonNull(spec.fans());
    Fans fans = new Fans(1, 1);
    List<Parameter> declared = layer.parameters(input);
    Choice<WeightNorm> norm = norm(layer, declared);
    for (Parameter p : declared) {
      p.shape().elements(); // likewise
      boolean isBias =
          p.role() == Role.BIAS; // a bias comes after its weight and uses the weight's fans
      WeightSpec weight = new WeightSpec(p.shape(), p.outputAxis(), isBias ? fans : p.fans(), gain);
      if (p.role() == Role.WEIGHT) {
        weight = weight.under(rule);
        fans = weight.fans();
      }
      Choice<Initializer> drawn = origins.initializer(layer, p.role());
      if (p.role() == Role.WEIGHT) {
        needDirection(drawn, norm.value());
        needFit(drawn.value(), weight, norm.value());
      } else {
        drawn.value().check(weight);
      }
      parameters.add(
          new PlannedParameter(
              path + "." + p.name(), p, drawn.value(), drawn.origin(), weight, layer.rate()));
    }
    List<State> states = layer.states(input);
    states.forEach(state -> state.shape().elements()); // likewise
    PlannedLayer result =
        new PlannedLayer(
            path,
            place,
            layer,
            input,
            output,
            parameters,
            states,
            norm.value(),
            norm.origin(),
            branches);
    return result.weight().map(w -> withNorm(result, w)).orElse(result);
  }

  /**
   * Checks that an initializer can draw a layer's weight.
   *
   * @throws IllegalArgumentException if it cannot, in words that follow the layer's
   */
  static void needFit(Initializer initializer, WeightSpec weight, WeightNorm norm) {
    if (initializer instanceof DataDependent && !norm.isIdentity()) {
      throw new IllegalArgumentException(
          "has an init that measures its outputs, and norm "
              + WeightNorm.word(norm)
              + " changes them: take another init, or no norm");
    }
    initializer.check(weight);
  }

  /** The layer with the learnt parameters of its normalization. */
  private static PlannedLayer withNorm(PlannedLayer layer, PlannedParameter weight) {
    Set<String> names = new HashSet<>();
    layer.parameters().forEach(p -> names.add(p.parameter().name()));
    layer.states().forEach(s -> names.add(s.name()));
    List<NormTensor> learnt = layer.norm().parameters(weight.normalized());
    List<NormTensor> beside = Stream.concat(learnt.stream(), layer.normStates().stream()).toList();
    beside.forEach(t -> t.shape().elements()); // fails where one would not fit into an array
    beside.stream()
        .filter(t -> !names.add(t.name()))
        .forEach(
            twice -> {
              throw new IllegalArgumentException(
                  "and its norm "
                      + WeightNorm.word(layer.norm())
                      + " have two tensors of the name "
                      + twice.name()
                      + ": the norm's must have names of their own");
            });
    List<PlannedParameter> all = new ArrayList<>(layer.parameters());
    for (NormTensor t : learnt) {
      all.add(
          new PlannedParameter(
              layer.path() + "." + t.name(),
              new Parameter(t.name(), t.shape(), Role.SCALE, 0, t.spec().fans()),
              t.initializer(),
              Origin.NORM,
              t.spec(),
              layer.layer().rate()));
    }
    return layer.parameters(all);
  }

  private List<NetworkPlan> branches(String path, String place, Composite composite, Shape input) {
    return composite instanceof Block block
        ? List.of(block(path, place, block, input))
        : composite.branches(input).stream().map(b -> branch(path, place, b)).toList();
  }

  private NetworkPlan branch(String path, String place, Branch branch) {
    boolean written = !branch.place().isEmpty();
    return row(
        path + "." + branch.name(),
        written ? place + "." + branch.place() : place,
        written,
        branch.input(),
        branch.layers());
  }

  private NetworkPlan block(String path, String place, Block block, Shape input) {
    List<BlockDefinition> all = context.blocks();
    if (openBlocks.contains(block.name())) {
      throw new RecipeException(place, "block " + block.name() + " contains itself");
    }
    for (int i = 0; i < all.size(); i++) {
      BlockDefinition definition = all.get(i);
      if (definition.name().equals(block.name())) {
        openBlocks.add(block.name());
        NetworkPlan plan =
            row(path + ".layers", "blocks." + i + ".layers", true, input, definition.layers());
        openBlocks.remove(openBlocks.size() - 1);
        return plan;
      }
    }
    throw new RecipeException(
        place,
        all.isEmpty()
            ? "there is no block " + block.name() + ": the recipe defines no blocks"
            : "there is no block "
                + block.name()
                + "; the recipe's blocks are "
                + String.join(", ", all.stream().map(BlockDefinition::name).toList()));
  }

  private Choice<WeightNorm> norm(Layer layer, List<Parameter> parameters) {
    if (parameters.stream().noneMatch(p -> p.role() == Role.WEIGHT)) {
      return new Choice<>(None.none(), Origin.DEFAULT);
    }
    Choice<WeightNorm> norm = origins.norm(layer);
    if (norm.value().initializer() != null && layer.init() != null) {
      throw new IllegalArgumentException(
          "has an init that has no effect: norm "
              + WeightNorm.word(norm.value())
              + " draws the weight itself; leave out init, or set another norm for this layer");
    }
    return norm;
  }

  /** Training cannot begin with zeros divided by their length. */
  private static void needDirection(Choice<Initializer> drawn, WeightNorm norm) {
    OptionalDouble value = drawn.value().everywhere();
    if (norm.dividesByLength() && value.isPresent() && value.getAsDouble() == 0) {
      throw new IllegalArgumentException(
          "starts with a weight of zeros"
              + (drawn.setting() == null ? "" : " (the network's " + drawn.setting() + ")")
              + ", and norm "
              + WeightNorm.word(norm)
              + " divides by its length: draw it, e.g. init: orthogonal, he, xavier or normal");
    }
  }

  /**
   * The gain of the activation that follows in the same row before the next weight or composite; 1
   * where there is none.
   */
  private static double gainBehind(List<Layer> layers, int index) {
    for (Layer next : layers.subList(index + 1, layers.size())) {
      if (next instanceof Activation a) {
        return a.gain();
      } else if (next instanceof LinearMap || next instanceof Composite) {
        return 1;
      }
    }
    return 1;
  }
}
