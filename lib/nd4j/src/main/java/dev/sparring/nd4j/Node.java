package dev.sparring.nd4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of the tape: the operation that a tensor results from. */
final class Node {
  /**
   * The chain rule of one operation, itself written in differentiable operations: recording them
   * gives second derivatives.
   */
  interface Rule {
    /**
     * The derivatives by the operands.
     *
     * @param y the operation's result
     * @param g the derivative by the result, of its shape
     * @param needed which operands' derivatives are needed
     * @return in the operands' order; those that are not needed may be null
     */
    @Nullable Nd4jTensor[] apply(Nd4jTensor y, Nd4jTensor g, boolean[] needed);
  }

  private final long number;
  private final List<Nd4jTensor> operands;
  private final @Nullable Rule rule;

  private Node(long number, List<Nd4jTensor> operands, @Nullable Rule rule) {
    this.number = number;
    this.operands = operands;
    this.rule = rule;
  }

  static Node variable(long number) {
    return new Node(number, List.of(), null);
  }

  static Node operation(long number, List<Nd4jTensor> operands, Rule rule) {
    return new Node(number, operands, rule);
  }

  /** Counts upwards: operands have smaller numbers than results. */
  long number() {
    return number;
  }

  /** The operands, constants included; none for a variable. */
  List<Nd4jTensor> operands() {
    return operands;
  }

  /** Null for a variable. */
  @Nullable Rule rule() {
    return rule;
  }
}
