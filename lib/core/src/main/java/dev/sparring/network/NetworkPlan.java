package dev.sparring.network;

import dev.sparring.init.FanRule;
import dev.sparring.init.Fans;
import dev.sparring.init.Initializer;
import dev.sparring.init.Ones;
import dev.sparring.init.WeightSpec;
import dev.sparring.init.Zeros;
import dev.sparring.layer.Activation;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Parameter;
import dev.sparring.layer.Role;
import dev.sparring.layer.Weighted;
import dev.sparring.norm.None;
import dev.sparring.norm.WeightNorm;
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Effective;
import dev.sparring.recipe.NetworkSpec;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network with every shape, parameter and state worked out, and nothing allocated.
 *
 * @param name what the names of its parameters begin with, e.g. {@code generator}
 * @param input the shape of one input
 * @param layers the layers in their places, at least one
 */
public record NetworkPlan(String name, Shape input, List<PlannedLayer> layers) {
  /** Copies the layers. */
  public NetworkPlan {
    layers = List.copyOf(layers);
  }

  /** The shape of one output. */
  public Shape output() {
    return layers.get(layers.size() - 1).output();
  }

  /** How many numbers the network learns. */
  public long parameterCount() {
    return layers.stream().mapToLong(PlannedLayer::parameterCount).sum();
  }

  /** The same with all weights drawn by one initializer, whatever the recipe says. */
  public NetworkPlan initializedBy(Initializer initializer) {
    List<PlannedLayer> changed =
        layers.stream()
            .map(
                layer ->
                    layer.parameters(
                        layer.parameters().stream()
                            .map(
                                p ->
                                    p.parameter().role() == Role.WEIGHT
                                        ? p.initializer(initializer)
                                        : p)
                            .toList()))
            .toList();
    return new NetworkPlan(name, input, changed);
  }

  /**
   * Works out a network. What it leaves open is this library's own convention: a recipe with
   * another one gives its {@link dev.sparring.recipe.Recipe#effective} network.
   *
   * @param name also the path of the network in the recipe
   * @throws RecipeException at the first layer that does not fit
   */
  public static NetworkPlan of(String name, NetworkSpec open, Shape input) {
    NetworkSpec spec = new Effective(Conventions.SPARRING).network(open);
    if (spec.layers().isEmpty()) {
      throw new RecipeException(name + ".layers", "a network needs at least one layer");
    }
    List<PlannedLayer> planned = new ArrayList<>();
    Shape shape = input;
    for (int i = 0; i < spec.layers().size(); i++) {
      Layer layer = spec.layers().get(i);
      PlannedLayer next;
      try {
        next = plan(name + "." + i, spec, i, shape);
      } catch (ArithmeticException e) {
        throw new RecipeException(
            new Problem(
                name + ".layers." + i,
                layer.summary() + " has more numbers than fit into an array, 2^31"),
            e);
      } catch (IllegalArgumentException e) {
        throw new RecipeException(
            new Problem(name + ".layers." + i, layer.summary() + " " + e.getMessage()), e);
      }
      planned.add(next);
      shape = next.output();
    }
    return new NetworkPlan(name, input, planned);
  }

  private static PlannedLayer plan(String path, NetworkSpec spec, int index, Shape input) {
    Layer layer = spec.layers().get(index);
    Shape output = layer.outputShape(input);
    List<PlannedParameter> parameters = new ArrayList<>();
    output.elements(); // fails where a sample would not fit into an array
    FanRule rule = Objects.requireNonNull(spec.fans());
    Fans fans = new Fans(1, 1);
    for (Parameter p : layer.parameters(input)) {
      p.shape().elements(); // likewise
      boolean isBias = p.role() == Role.BIAS; // behind its weight, whose fans are its own
      WeightSpec weight =
          new WeightSpec(
              p.shape(),
              p.outputAxis(),
              isBias ? fans : p.fans(),
              gainBehind(spec.layers(), index));
      if (p.role() == Role.WEIGHT) {
        weight = weight.under(rule);
        fans = weight.fans();
      }
      parameters.add(
          new PlannedParameter(
              path + "." + p.name(), p, initializer(spec, layer, p.role()), weight));
    }
    return new PlannedLayer(
        path, layer, input, output, parameters, layer.states(input), norm(spec, layer));
  }

  private static WeightNorm norm(NetworkSpec spec, Layer layer) {
    if (!(layer instanceof Weighted weighted)) {
      return None.none();
    }
    WeightNorm own = weighted.norm();
    return own != null ? own : spec.norm();
  }

  /** The layer's own initializer, else its kind's, else the network's. */
  private static Initializer initializer(NetworkSpec spec, Layer layer, Role role) {
    return switch (role) {
      case BIAS -> Objects.requireNonNull(spec.biasInit());
      case SHIFT -> Zeros.zeros();
      case SCALE ->
          first(
              layer instanceof BatchNorm b ? b.init() : null,
              spec.initByKind().batchNorm(),
              Ones.ones());
      case WEIGHT ->
          first(
              layer instanceof Weighted w ? w.init() : null,
              ofKind(spec, layer),
              Objects.requireNonNull(spec.init()));
    };
  }

  private static @Nullable Initializer ofKind(NetworkSpec spec, Layer layer) {
    if (layer instanceof Dense) {
      return spec.initByKind().dense();
    } else if (layer instanceof Conv) {
      return spec.initByKind().conv();
    } else if (layer instanceof ConvTranspose) {
      return spec.initByKind().convTranspose();
    }
    return null;
  }

  private static Initializer first(
      @Nullable Initializer own, @Nullable Initializer kind, Initializer network) {
    return own != null ? own : kind != null ? kind : network;
  }

  /** The gain of the activation that follows before the next weight; 1 where there is none. */
  private static double gainBehind(List<Layer> layers, int index) {
    for (Layer next : layers.subList(index + 1, layers.size())) {
      if (next instanceof Activation a) {
        return a.gain();
      } else if (next instanceof Weighted) {
        return 1;
      }
    }
    return 1;
  }
}
