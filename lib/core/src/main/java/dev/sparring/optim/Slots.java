package dev.sparring.optim;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An optimizer's state for some parameters, and its updates. */
public final class Slots {
  private Optimizer optimizer;
  private final Map<String, Tensor> parameters;
  private final Engine engine;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<List<Tensor>> byParameter = new ArrayList<>();

  /** The parameters of each factor on the rate, by their numbers; most networks have one. */
  private final Map<Double, List<Integer>> byRate = new LinkedHashMap<>();

  private long updates;

  /**
   * Before the first update.
   *
   * @param parameters the parameters by path, which are changed in place
   */
  public Slots(Optimizer optimizer, Map<String, Tensor> parameters, Engine engine) {
    this(optimizer, parameters, Map.of(), engine);
  }

  /**
   * The same where some parameters learn at another rate.
   *
   * @param rates factors on the learning rate by path, where they are not 1
   */
  public Slots(
      Optimizer optimizer,
      Map<String, Tensor> parameters,
      Map<String, Double> rates,
      Engine engine) {
    this.optimizer = optimizer;
    this.parameters = parameters;
    this.engine = engine;
    parameters.forEach(
        (path, p) -> {
          List<Tensor> own = new ArrayList<>();
          for (String slot : optimizer.slots()) {
            Tensor tensor = engine.full(optimizer.start(slot), p.shape());
            own.add(tensor);
            tensors.put(path + "." + slot, tensor);
          }
          byParameter.add(own);
        });
    group(rates);
  }

  private void group(Map<String, Double> rates) {
    byRate.clear();
    int number = 0;
    for (String path : parameters.keySet()) {
      byRate.computeIfAbsent(rates.getOrDefault(path, 1.0), r -> new ArrayList<>()).add(number++);
    }
  }

  /**
   * Goes on with other numbers of the same optimizer.
   *
   * @param optimizer of the same kind, with the same slots
   * @param rates factors on the learning rate by path, where they are not 1
   */
  public void follow(Optimizer optimizer, Map<String, Double> rates) {
    this.optimizer = optimizer;
    group(rates);
  }

  /** The optimizer's state tensors, by parameter path and slot. */
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** The number of updates so far. */
  public long updates() {
    return updates;
  }

  /** Sets the number of updates so far. */
  public void updates(long updates) {
    this.updates = updates;
  }

  /**
   * Updates all parameters.
   *
   * @param gradients in the order of the parameters; clipped if the optimizer clips
   * @param rateFactor the schedule's factor on the learning rate
   */
  public void update(List<Tensor> gradients, double rateFactor) {
    List<Tensor> clipped = clipped(gradients);
    updates++;
    List<Tensor> values = List.copyOf(parameters.values());
    double rate = optimizer.lr() * rateFactor;
    byRate.forEach(
        (factor, numbers) ->
            optimizer.updateAll(
                engine,
                numbers.stream().map(values::get).toList(),
                numbers.stream().map(clipped::get).toList(),
                numbers.stream().map(byParameter::get).toList(),
                updates,
                rate * factor));
  }

  private List<Tensor> clipped(List<Tensor> gradients) {
    Double limit = optimizer.clipNorm();
    if (limit == null || gradients.isEmpty()) {
      return gradients;
    }
    double sum = 0;
    for (double square : squares(gradients)) {
      sum += square;
    }
    double norm = Math.sqrt(sum);
    if (!(norm > limit)) {
      return gradients;
    }
    return gradients.stream().map(g -> g.times(limit / norm)).toList();
  }

  /** The sum of squares of each, read at once: a graphics card is awaited once. */
  private double[] squares(List<Tensor> gradients) {
    List<Tensor> sums = new ArrayList<>();
    for (Tensor g : gradients) {
      sums.addAll(engine.keep(() -> List.of(g.square().sum().reshape(Shape.of(1)))));
    }
    return sums.get(0).concat(sums.subList(1, sums.size()), 0).toDoubles();
  }
}
