package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reverse-mode differentiation: from the output back along the tape, each node once. */
final class Gradients {
  private final Set<Node> asked;
  private final Set<Node> relevant;
  private final @Nullable Temporaries temporaries;
  private final Map<Node, Nd4jTensor> found = new HashMap<>();
  private final TreeMap<Node, Arrival> waiting =
      new TreeMap<>(Comparator.comparingLong(Node::number).reversed());

  /** A tensor on the tape and its derivative, as accumulated so far. */
  private record Arrival(Nd4jTensor tensor, Nd4jTensor gradient) {}

  private Gradients(Set<Node> asked, Set<Node> relevant, @Nullable Temporaries temporaries) {
    this.asked = asked;
    this.relevant = relevant;
    this.temporaries = temporaries;
  }

  /**
   * The derivatives of a scalar, null for an input that it does not depend on.
   *
   * @param memory gets arrays back as soon as they are not needed; null to keep all, which is
   *     necessary if this computation is itself recorded
   */
  static List<@Nullable Nd4jTensor> of(
      Nd4jTensor output, List<Nd4jTensor> inputs, Nd4jTensor one, @Nullable Memory memory) {
    Set<Node> asked =
        inputs.stream().map(Nd4jTensor::node).filter(n -> n != null).collect(Collectors.toSet());
    Set<Node> relevant = between(output, asked);
    Gradients run = new Gradients(asked, relevant, memory == null ? null : new Temporaries(memory));
    if (output.node() != null && relevant.contains(output.node())) {
      run.back(output, one);
    }
    List<@Nullable Nd4jTensor> gradients = new ArrayList<>(inputs.size());
    for (Nd4jTensor input : inputs) {
      gradients.add(input.node() == null ? null : run.found.get(input.node()));
    }
    return gradients;
  }

  /** The nodes on the paths from the output to the requested inputs. */
  private static Set<Node> between(Nd4jTensor output, Set<Node> asked) {
    Set<Node> reached = new HashSet<>();
    List<Node> open = new ArrayList<>();
    if (output.node() != null) {
      open.add(output.node());
    }
    while (!open.isEmpty()) {
      Node node = open.remove(open.size() - 1);
      if (reached.add(node)) {
        for (Nd4jTensor operand : node.operands()) {
          if (operand.node() != null) {
            open.add(operand.node());
          }
        }
      }
    }
    Set<Node> relevant = new HashSet<>();
    reached.stream()
        .sorted(Comparator.comparingLong(Node::number)) // operands first
        .filter(n -> asked.contains(n) || n.operands().stream().anyMatch(o -> in(relevant, o)))
        .forEach(relevant::add);
    return relevant;
  }

  private static boolean in(Set<Node> nodes, Nd4jTensor t) {
    return t.node() != null && nodes.contains(t.node());
  }

  private void back(Nd4jTensor output, Nd4jTensor one) {
    arrive(output, one);
    while (!waiting.isEmpty()) {
      Map.Entry<Node, Arrival> next = waiting.pollFirstEntry();
      Node node = next.getKey();
      Arrival at = next.getValue();
      if (asked.contains(node)) {
        found.put(node, at.gradient());
        hold(at.gradient());
      }
      Node.Rule rule = node.rule();
      if (rule != null) {
        spread(node, rule, at);
      }
      drop(at.gradient());
    }
  }

  private void spread(Node node, Node.Rule rule, Arrival at) {
    List<Nd4jTensor> operands = node.operands();
    boolean[] needed = new boolean[operands.size()];
    for (int i = 0; i < needed.length; i++) {
      needed[i] = in(relevant, operands.get(i));
    }
    int mark = temporaries == null ? 0 : temporaries.mark();
    @Nullable Nd4jTensor[] gradients = rule.apply(at.tensor(), at.gradient(), needed);
    for (int i = 0; i < needed.length; i++) {
      Nd4jTensor g = gradients[i];
      if (needed[i] && g != null) {
        arrive(operands.get(i), g);
      }
    }
    if (temporaries != null) {
      temporaries.releaseUnheld(mark);
    }
  }

  private void arrive(Nd4jTensor tensor, Nd4jTensor gradient) {
    Node node = tensor.node();
    if (node == null) {
      throw new IllegalStateException("a constant has no derivative");
    }
    Shape shape = tensor.shape();
    if (!gradient.shape().equals(shape)) {
      throw new IllegalStateException(
          "a derivative by " + shape + " came as " + gradient.shape() + "; a chain rule is wrong");
    }
    Arrival before = waiting.get(node);
    Nd4jTensor sum = before == null ? gradient : before.gradient().plus(gradient);
    waiting.put(node, new Arrival(tensor, sum));
    hold(sum);
    if (before != null) {
      drop(before.gradient());
    }
  }

  private void hold(Nd4jTensor t) {
    if (temporaries != null) {
      temporaries.hold(t.value().lease());
    }
  }

  private void drop(Nd4jTensor t) {
    if (temporaries != null) {
      temporaries.drop(t.value().lease());
    }
  }
}
