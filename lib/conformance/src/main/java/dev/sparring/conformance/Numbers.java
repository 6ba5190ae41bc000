package dev.sparring.conformance;

import dev.sparring.train.Training;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every number of a training's checkpoint, as values that can be compared. */
final class Numbers {
  private Numbers() {}

  /** The numbers of each tensor, by its group and path. */
  static Map<String, List<Double>> of(Training training) {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    training
        .tensors()
        .forEach(
            (group, tensors) ->
                tensors.forEach(
                    (path, t) ->
                        all.put(
                            group + " " + path, Arrays.stream(t.toDoubles()).boxed().toList())));
    return all;
  }

  /** The same as arrays and by path alone, which has the network's name in it. */
  static Map<String, double[]> byPath(Training training) {
    Map<String, double[]> all = new LinkedHashMap<>();
    training
        .tensors()
        .values()
        .forEach(group -> group.forEach((path, t) -> all.put(path, t.toDoubles())));
    return all;
  }
}
