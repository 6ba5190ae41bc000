package dev.sparring.plan;

import dev.sparring.init.Initializer;
import dev.sparring.init.Ones;
import dev.sparring.init.Zeros;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Branch;
import dev.sparring.layer.Composite;
import dev.sparring.layer.Conditional;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Parameter;
import dev.sparring.layer.Role;
import dev.sparring.norm.None;
import dev.sparring.norm.WeightNorm;
import dev.sparring.recipe.InitByKind;
import dev.sparring.recipe.NetworkSpec;
import dev.sparring.tensor.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The initializers and normalizations of one network's layers, and who decides each. Plans and
 * comparisons of recipes both use this rule.
 */
public final class Origins {
  /** Inputs that nearly every layer takes: features and an image. */
  private static final List<Shape> LIKELY = List.of(Shape.of(240), Shape.of(240, 64, 64));

  private final NetworkSpec written;
  private final NetworkSpec resolved;

  /**
   * Of a network.
   *
   * @param written as the recipe has it
   * @param resolved with everything written out that the convention decides
   */
  public Origins(NetworkSpec written, NetworkSpec resolved) {
    this.written = written;
    this.resolved = resolved;
  }

  /** How a layer's weight is normalized: as the layer says, else as the network says. */
  public Choice<WeightNorm> norm(Layer layer) {
    WeightNorm own = layer.norm();
    if (own != null) {
      return new Choice<>(own, Origin.LAYER);
    }
    WeightNorm norm = resolved.norm();
    return norm.equals(None.none())
        ? new Choice<>(norm, Origin.DEFAULT)
        : new Choice<>(norm, Origin.NETWORK, "norm");
  }

  /**
   * What draws a parameter. For weights that is the normalization if it draws weights itself, else
   * the layer's initializer, else the one for the layer's kind, else the network's.
   */
  public Choice<Initializer> initializer(Layer layer, Role role) {
    return switch (role) {
      case BIAS -> ofNetwork("biasInit", written.biasInit(), resolved.biasInit());
      case SHIFT, GATE -> new Choice<>(Zeros.zeros(), Origin.DEFAULT);
      case SCALE -> own(layer, new Choice<>(Ones.ones(), Origin.DEFAULT));
      case WEIGHT -> {
        Initializer drawn = norm(layer).value().initializer();
        yield drawn != null
            ? new Choice<>(drawn, Origin.NORM)
            : own(layer, ofNetwork("init", written.init(), resolved.init()));
      }
    };
  }

  /**
   * What an {@code init} that a layer leaves open comes to, without a plan, which would need the
   * shape of the data. None for a layer that draws nothing, several for a layer that makes layers
   * of different kinds.
   *
   * <p>The layer is asked for its parameters for a likely input, since only their roles are of
   * interest. A layer that refuses every likely input is taken for one with a weight.
   */
  public List<Choice<Initializer>> open(Layer layer) {
    Set<Choice<Initializer>> all = drawn(layer);
    all.removeIf(c -> c.origin() == Origin.LAYER);
    // The scales of a normalization inside begin at one whatever the recipe says of weights.
    if (all.stream().anyMatch(c -> c.origin() != Origin.DEFAULT)) {
      all.removeIf(c -> c.origin() == Origin.DEFAULT);
    }
    return List.copyOf(all);
  }

  private Set<Choice<Initializer>> drawn(Layer layer) {
    for (Shape input : LIKELY) {
      Set<Choice<Initializer>> found = new LinkedHashSet<>();
      try {
        draw(layer, input, found);
        return found;
      } catch (RuntimeException refused) {
        // The next input may do. Layers of users fail in ways of their own.
      }
    }
    return new LinkedHashSet<>(List.of(initializer(layer, Role.WEIGHT)));
  }

  /** Collects what draws the weights and scales of a layer and of those that it makes. */
  private void draw(Layer open, Shape input, Set<Choice<Initializer>> found) {
    Layer layer = counted(open);
    for (Parameter p : layer.parameters(input)) {
      if (p.role() == Role.WEIGHT || p.role() == Role.SCALE) {
        found.add(initializer(layer, p.role()));
      }
    }
    if (layer instanceof Composite composite) {
      for (Branch branch : composite.branches(input)) {
        if (branch.place().isEmpty()) {
          Shape shape = branch.input();
          for (Layer made : branch.layers()) {
            draw(made, shape, found);
            shape = counted(made).outputShape(shape);
          }
        }
      }
    }
  }

  /** With a number of classes, which the data may have to say and which changes no role. */
  private static Layer counted(Layer layer) {
    return layer instanceof Conditional c && c.classes() == null ? c.classes(2) : layer;
  }

  private static Choice<Initializer> ofNetwork(
      String setting, @Nullable Initializer written, @Nullable Initializer resolved) {
    Initializer value = Objects.requireNonNull(resolved);
    return written == null
        ? new Choice<>(value, Origin.CONVENTION)
        : new Choice<>(value, Origin.NETWORK, setting);
  }

  /** The layer's own initializer, else that of its kind, else another. */
  private Choice<Initializer> own(Layer layer, Choice<Initializer> other) {
    Initializer own = layer.init();
    if (own != null) {
      return new Choice<>(own, Origin.LAYER);
    }
    InitByKind kinds = resolved.initByKind();
    if (layer instanceof Dense) {
      return ofKind("dense", kinds.dense(), other);
    } else if (layer instanceof Conv) {
      return ofKind("conv", kinds.conv(), other);
    } else if (layer instanceof ConvTranspose) {
      return ofKind("convTranspose", kinds.convTranspose(), other);
    } else if (layer instanceof BatchNorm) {
      return ofKind("batchNorm", kinds.batchNorm(), other);
    }
    return other;
  }

  private static Choice<Initializer> ofKind(
      String kind, @Nullable Initializer value, Choice<Initializer> other) {
    return value == null ? other : new Choice<>(value, Origin.KIND, "initByKind." + kind);
  }
}
