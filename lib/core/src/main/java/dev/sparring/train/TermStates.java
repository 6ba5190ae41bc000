package dev.sparring.train;

import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.Term;
import dev.sparring.loss.TermState;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the terms of a discriminator keep from update to update, and what the batches of the current
 * update say of it. The batches of an update all see the states of before it, so their order, and
 * which process has which, does not matter.
 */
public final class TermStates {
  private static final TermStates NONE = new TermStates(Map.of(), Map.of());

  private final Map<String, Tensor> states;
  private final Map<String, Tensor> sums;

  private TermStates(Map<String, Tensor> states, Map<String, Tensor> sums) {
    this.states = states;
    this.sums = sums;
  }

  /** Those of no term; a term that has states finds them at their first values. */
  public static TermStates none() {
    return NONE;
  }

  /** Those of a recipe's terms, at their first values. */
  static TermStates of(List<Term> terms, Engine engine) {
    Map<String, Tensor> states = new LinkedHashMap<>();
    Map<String, Tensor> sums = new LinkedHashMap<>();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i) instanceof DiscriminatorTerm term) {
        for (TermState state : term.states()) {
          states.put(name(i, state.name()), engine.full(state.initial(), state.shape()));
          sums.put(name(i, state.name()), engine.full(0, state.shape()));
        }
      }
    }
    return states.isEmpty() ? NONE : new TermStates(states, sums);
  }

  private static String name(int term, String state) {
    return "terms." + term + "." + state;
  }

  /** The states by name, e.g. {@code terms.0.real}. */
  Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(states);
  }

  /** The sums over the batches of the current update, in the order of the states. */
  List<Tensor> sums() {
    return List.copyOf(sums.values());
  }

  /**
   * A state of a term.
   *
   * @param number of the term among all
   * @throws IllegalStateException if the term has no such state
   */
  Tensor of(int number, DiscriminatorTerm term, String state, Engine engine) {
    TermState known = null;
    for (TermState s : term.states()) {
      known = s.name().equals(state) ? s : known;
    }
    if (known == null) {
      throw new IllegalStateException("terms." + number + " has no state '" + state + "'");
    }
    Tensor kept = states.get(name(number, state));
    return kept == null ? engine.full(known.initial(), known.shape()) : kept;
  }

  /** What a batch says of the states of a term, by name. */
  static Map<String, Tensor> measured(
      int number, DiscriminatorTerm term, DiscriminatorTerm.Update update) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (TermState state : term.states()) {
      Tensor found = checked(number, state, term.measured(state.name(), update));
      all.put(name(number, state.name()), found.detach());
    }
    return all;
  }

  private static Tensor checked(int number, TermState state, @Nullable Tensor found) {
    if (found == null || !found.shape().equals(state.shape())) {
      throw new RecipeException(
          "terms." + number,
          "its state "
              + state.name()
              + " has the shape "
              + state.shape()
              + ", got "
              + (found == null ? "null" : found.shape()));
    }
    return found;
  }

  /** Adds what a batch of the current update says. */
  void add(Map<String, Tensor> measured) {
    sums.forEach(
        (name, sum) -> {
          Tensor more = measured.get(name);
          if (more != null) {
            sum.blend(1, more, 1);
          }
        });
  }

  /**
   * Ends an update: the states move by the means over its batches.
   *
   * @param terms with the numbers of the step
   * @param number of the update, from 0
   * @param batches in it, those of other processes included
   */
  void follow(List<Term> terms, long number, int batches) {
    List<Runnable> changes = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i) instanceof DiscriminatorTerm term) {
        for (TermState state : term.states()) {
          Tensor old = states.get(name(i, state.name()));
          Tensor sum = sums.get(name(i, state.name()));
          if (old != null && sum != null) {
            Tensor mean = batches == 1 ? sum : sum.times(1.0 / batches);
            Tensor next = checked(i, state, term.moved(state.name(), old, mean, number));
            changes.add(
                () -> {
                  old.assign(next);
                  sum.assign(sum.engine().full(0, sum.shape()));
                });
          }
        }
      }
    }
    changes.forEach(Runnable::run);
  }
}
